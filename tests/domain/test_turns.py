"""What a stretch of speech is: an answer, or something that consumes no question."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.domain.turns import (
    DEFAULT_FILLERS,
    End,
    Ladder,
    Meaning,
    Rung,
    TurnRules,
    count_words,
    is_unfinished,
    meaning_of,
    silence_ladder,
    strip_markers,
    wants_end,
)

CORPUS = Path(__file__).resolve().parent.parent / "corpus"

SAID = {
    Meaning.ANSWER: (
        "Five years.",
        "Yes, at Bosch.",
        "No, never, but I learn fast",
        "Okay, so in my last job I built a parser",
        "I don't know",
        "no idea",
        "It took one second.",
        "Hello world is what I printed first in Java",
        "We repeated the test because I didn't hear the alarm",
        "I had to stop the interview because the candidate was ill",
        "I moved on to the next project",
        "Let me think, in 2019 I worked at Bosch",
        "I said could you repeat that to the customer and he did",
        "I need to go to the ward first",
        "I have to leave the ward at six",
        "I am good at Excel",
        "I wait for the customer",
        "Thank you for asking, I led a team",
        "(In a bakery, for two years.)",
        "[I worked at Bosch for five years]",
        "Zwei Jahre bei Bosch.",
        "Trabajé dos años en una panadería",
        "J'ai travaillé deux ans chez Renault",
        "我在博世工作了五年",
        "मैंने पाँच साल काम किया",
    ),
    Meaning.NOTHING: (
        "", "  \n", "...", "—", "[noise]", "(coughs)", "*laughs*", "♪♪", "[BLANK_AUDIO]", "<noise> [silence]", "ahem",
        "Thank you for watching.", "Untertitel der Amara.org-Community",
    ),
    Meaning.FILLER: (
        "sure", "Yes.", "okay", "uh huh", "mm", "Mm-hmm.", "Okay, yes, sure.", "Thank you.", "Got it, thanks", "um",
        "Ja, genau.", "Sí, claro.", "Oui, d'accord.", "I see.", "Bosch", "Um, well, uh", "[noise] okay", "I'm ready.",
    ),
    Meaning.REPEAT: (
        "please repeat",
        "Can you say that again?",
        "I didn't catch that.",
        "what was the question",
        "Pardon?",
        "Sorry?",
        "Sorry, I didn't catch that, could you please repeat the question?",
        "Could you repeat the second question?",
        "What do you mean by stakeholder?",
        "I don't understand the question",
        "Könnten Sie die Frage bitte wiederholen?",
        "Wie bitte?",
        "¿Puede repetir la pregunta, por favor?",
        "Pouvez-vous répéter la question ?",
    ),
    Meaning.THINK: (
        "let me think",
        "give me a moment",
        "One second.",
        "Hmm, let me think about that for a second",
        "Can I have a minute to think?",
        "hold on",
        "Einen Moment bitte.",
        "Un momento, por favor.",
        "Laissez-moi réfléchir.",
    ),
    Meaning.SKIP: (
        "I'd like to skip this one",
        "skip this one please",
        "Can we skip this?",
        "next question please",
        "pass",
        "Can we move on?",
        "I don't know, can we skip this one?",
        "I'd rather not answer that",
        "Nächste Frage bitte",
        "Siguiente pregunta, por favor",
        "Question suivante s'il vous plaît",
    ),
    Meaning.STOP: (
        "end the interview",
        "stop here",
        "I want to finish now",
        "I'd like to stop here please",
        "Okay, I would like to end the interview now, thank you",
        "Ich möchte jetzt aufhören",
        "Quiero terminar aquí",
        "Je voudrais arrêter ici",
    ),
    Meaning.GREETING: (
        "hello",
        "hi, can you hear me?",
        "good morning",
        "Hello? Is anyone there?",
        "Hi Sarah, nice to meet you",
        "I'm good, thanks, how are you?",
        "Testing, one two three",
        "Guten Tag",
        "Hola, buenos días",
        "Bonjour",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "meaning"), [(text, meaning) for meaning, texts in SAID.items() for text in texts])
def test_speech_is_understood(text: str, meaning: Meaning) -> None:
    assert meaning_of(text) is meaning


def _answers() -> list[tuple[str, str]]:
    found = [(item["question"], item["answer"]) for file in (CORPUS / "answers").glob("*.json") for item in _read(file)
             if set(item["substance"]) & {"story", "partial", "opinion"}]  # fmt: skip
    for file in (CORPUS / "ladders").glob("*.json"):
        ladder = _read(file)
        found += [(ladder["question"], rung["text"]) for rung in ladder["rungs"][4:]]
    return found


def _read(file: Path):  # type: ignore[no-untyped-def]
    return json.loads(file.read_text("utf-8"))


def test_no_answer_of_the_corpus_is_lost_in_the_room() -> None:
    answers = _answers()
    assert len(answers) > 200
    lost = [text for question, text in answers if meaning_of(text, interviewer_said=question) is not Meaning.ANSWER]
    assert lost == []


def test_the_operator_sets_what_is_too_little() -> None:
    assert meaning_of("Python.") is Meaning.FILLER
    assert meaning_of("Python.", rules=TurnRules(least_words=1)) is Meaning.ANSWER
    assert meaning_of("Um, Python.", rules=TurnRules(least_words=2)) is Meaning.FILLER
    assert meaning_of("in a shop", rules=TurnRules(least_words=4)) is Meaning.FILLER


def test_the_operator_adds_fillers() -> None:
    assert meaning_of("roger that") is Meaning.ANSWER
    rules = TurnRules(fillers=DEFAULT_FILLERS | {"Roger that"})
    assert meaning_of("Okay, roger that.", rules=rules) is Meaning.FILLER
    assert meaning_of("Roger that, I led the crew", rules=rules) is Meaning.ANSWER


ASKED = "Tell me about a time when you had to lead a difficult project with your team."


@pytest.mark.parametrize(
    "heard",
    [
        ASKED,
        "tell me about a time when you had to lead a difficult project with your team",
        "about a time when you had to lead a difficult",
        "a time when you had to lead difficult projects with your",
    ],
)
def test_the_interviewers_own_voice_is_an_echo(heard: str) -> None:
    assert meaning_of(heard, interviewer_said=ASKED) is Meaning.ECHO
    assert meaning_of(heard, interviewer_said="What did you do at Bosch?") is Meaning.ANSWER


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (ASKED, "I had to lead a difficult project with my team at Bosch, and the supplier went bankrupt"),
        (ASKED, "A time when I had to lead a team was the flood of 2021, when the cellar was full of water"),
        ("Was that in the first year or in the second year?", "in the second year"),
        ("How long did you work at Bosch?", "Five years at Bosch"),
    ],
)
def test_words_of_the_question_in_an_answer_are_no_echo(asked: str, answer: str) -> None:
    assert meaning_of(answer, interviewer_said=asked) is Meaning.ANSWER


@given(st.text(max_size=400), st.text(max_size=200))
def test_any_text_has_a_meaning(text: str, said: str) -> None:
    assert meaning_of(text, interviewer_said=said) in Meaning
    is_unfinished(text)
    assert wants_end(strip_markers(text)) is None


@given(st.lists(st.sampled_from(sorted(DEFAULT_FILLERS)), min_size=1, max_size=8))
def test_fillers_in_any_number_and_order_are_no_answer(parts: list[str]) -> None:
    assert meaning_of(", ".join(parts)) is not Meaning.ANSWER


def test_hostile_lengths_are_read_quickly() -> None:
    for text in ("okay " * 50_000, "[" * 50_000, "can you " * 20_000, "a time when you " * 5_000):
        assert meaning_of(text, interviewer_said=text) in Meaning


@pytest.mark.parametrize(
    "text",
    ["I did it because", "because um.", "with the", "Well, the thing is...", "ich habe bei", "parce que", "Yes,",
     "I worked for Bosch and um", "en la", "I did it because."],
)  # fmt: skip
def test_a_sentence_that_will_go_on(text: str) -> None:
    assert is_unfinished(text)


@pytest.mark.parametrize(
    "text",
    ["", "five years", "I worked with.", "I think so.", "and then we shipped it", "Five years at Bosch.", "Why not?",
     "[noise]"],
)  # fmt: skip
def test_a_sentence_that_may_be_over(text: str) -> None:
    assert not is_unfinished(text)


def test_only_a_marker_ends_the_interview() -> None:
    assert wants_end("Thank you. [END_INTERVIEW]") is End.COMPLETE
    assert wants_end("I end it here. [end_interview_conduct] Bye.") is End.CONDUCT
    assert wants_end("Thank you and best of luck. This is the end of the interview.") is None


def test_markers_are_never_spoken() -> None:
    assert strip_markers("Good luck. [END_INTERVIEW]") == "Good luck."
    assert strip_markers("That is it. [END_INTERVIEW_CONDUCT] Goodbye.") == "That is it. Goodbye."
    for length in range(1, len("[END_INTERVIEW_CONDUCT]")):
        assert strip_markers("Bye " + "[END_INTERVIEW_CONDUCT]"[:length]) == "Bye"
    assert strip_markers("As in [1] and [END], see there") == "As in [1] and [END], see there"
    assert strip_markers("a piece ") == "a piece "


def test_a_silence_climbs_the_ladder() -> None:
    seconds = (0, 7.9, 8, 19.9, 20, 39.9, 40, 119, 120, 9_999)
    assert [silence_ladder(value) for value in seconds] == [
        Rung.WAIT, Rung.WAIT, Rung.EASE, Rung.EASE, Rung.REPEAT, Rung.REPEAT, Rung.OFFER, Rung.OFFER, Rung.PAUSE,
        Rung.PAUSE,
    ]  # fmt: skip
    assert silence_ladder(3, Ladder(ease=2)) is Rung.EASE


def test_words_are_counted_as_they_are_spoken() -> None:
    assert count_words("I don't know -- well-known things, 42 of them!") == 8
    assert count_words("") == 0
    assert count_words("我在博世工作了五年") == 4
