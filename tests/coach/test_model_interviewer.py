"""The model coach: what it lets through, what it takes back, and who is said to have asked."""

import asyncio
import logging
from dataclasses import replace
from itertools import count

import pytest

from interview_coach.coach.base import Asked, Situation, Spoken, Withdrawn, Words
from interview_coach.coach.model import ModelInterviewer, new_nonce
from interview_coach.domain.evidence import Source
from interview_coach.providers.base import BadReply, ProviderError, Refused, Throttled, Unavailable
from tests.coach.interviews import (
    ANSWER,
    CV,
    FIRST,
    GOOD,
    OFFLINE,
    PLAN,
    PROBE,
    OfflineCoach,
    ever_shown,
    follow_up,
    listen,
    next_topic,
    on_page,
    opening,
)
from tests.fakes.scripted_chat import ScriptedChat, in_pieces
from tests.patience import PATIENCE

BETTER = "Hello Mara, how did you go about leading the handover redesign on the surgical ward?"


def interviewer(chat: ScriptedChat, **options: bool) -> ModelInterviewer:
    numbers = count()
    return ModelInterviewer(chat, OfflineCoach(), nonce=lambda: f"nonce{next(numbers):04d}", **options)


def run(chat: ScriptedChat, situation: Situation, **options: bool) -> list[Spoken]:
    return asyncio.run(listen(interviewer(chat, **options), situation))


def asked(events: list[Spoken]) -> Asked:
    finals = [event for event in events if isinstance(event, Asked)]
    assert len(finals) == 1
    assert events[-1] is finals[0]
    return finals[0]


def test_a_good_question_is_streamed_in_pieces_that_join_to_it_exactly() -> None:
    chat = ScriptedChat([GOOD])
    events = run(chat, opening())
    final = asked(events)
    assert final.text == GOOD == on_page(events)
    assert sum(isinstance(event, Words) for event in events) > 3
    assert not any(isinstance(event, Withdrawn) for event in events)
    assert final.provenance.coach == "model"
    assert not final.provenance.fallback
    assert final.provenance.reason is None
    assert (final.provenance.provider, final.provenance.model) == ("scripted", "scripted-1")
    assert final.provenance.prompt == "opening@1"
    assert len(chat.briefs) == 1


def test_words_are_shown_before_the_reply_is_complete() -> None:
    chat = ScriptedChat([GOOD], hang=True)

    async def first_words() -> Spoken:
        events = interviewer(chat).ask(opening())
        event = await asyncio.wait_for(anext(events), PATIENCE)
        await events.aclose()  # type: ignore[attr-defined]
        return event

    event = asyncio.run(first_words())
    assert isinstance(event, Words)
    assert GOOD.startswith(event.text)
    assert chat.open == 0


@pytest.mark.parametrize(
    ("situation", "text", "prompt"),
    [
        (opening(), GOOD, "opening@1"),
        (follow_up(), PROBE, "probe@1"),
        (next_topic(), "After the one-page board: how do you teach wound care to new nurses?", "question@1"),
    ],
)
def test_each_move_has_its_prompt(situation: Situation, text: str, prompt: str) -> None:
    assert asked(run(ScriptedChat([text]), situation)).provenance.prompt == prompt


def test_a_follow_up_carries_the_verbatim_words_of_the_answer_that_it_takes_up() -> None:
    evidence = asked(run(ScriptedChat([PROBE]), follow_up())).evidence
    assert evidence[:-1] == PLAN.topics[0].evidence
    assert evidence[-1].source is Source.ANSWER
    assert evidence[-1].text == "a one-page board with the night team"
    assert evidence[-1].is_in(ANSWER)


def test_a_new_topic_without_a_bridge_claims_nothing_of_the_answer() -> None:
    text = "How have you taught wound care on the ward to newly qualified nurses?"
    assert asked(run(ScriptedChat([text]), next_topic(bridge=False))).evidence == PLAN.topics[1].evidence


@pytest.mark.parametrize(
    ("wrapped", "bare"),
    [
        (f'"{GOOD}"', GOOD),
        (f"“{GOOD}”", GOOD),
        (f"**Question 1:** {GOOD}", GOOD),
        (f"Question 1 of 8: {GOOD}", GOOD),
        (f"Interviewer: {GOOD}", GOOD),
        (f"Sure! Here is your question: {GOOD}", GOOD),
        (f"<think>The ward, \n maybe? What about doses?</think>\n{GOOD}\n", GOOD),
        (f"thinking aloud about it</think>{GOOD}", GOOD),
        (f"```text\n{GOOD}\n```", GOOD),
        (f"> {GOOD}", GOOD),
        (f"1. {GOOD}", GOOD),
        (GOOD.replace("first", "*first*"), GOOD),
        (GOOD.replace(" what", "\n\n what\u200b\x07"), GOOD),
    ],
)
def test_wrapping_is_taken_off(wrapped: str, bare: str) -> None:
    events = run(ScriptedChat([wrapped]), opening())
    assert asked(events).text == bare == on_page(events)
    assert not asked(events).provenance.fallback


BAD = {
    "praise": "What a great background, Mara. How did you lead the handover redesign at Northfield Hospital?",
    "thanks": "Thank you for sharing that, Mara. How did you lead the handover redesign at the hospital?",
    "praise behind a greeting": "Hello Mara, great background. How did you lead the handover redesign on the ward?",
    "double question": "What did you change first on the surgical ward? And how did the whole of the night team react "
    "to that over the weeks that came after?",
    "two asks in one": "Hello Mara, what did you change first on the surgical ward and how did you measure it?",
    "statement": "Hello Mara, it is good to meet you today and to talk about the handover redesign.",
    "closed": "Hello Mara, did you enjoy leading the handover redesign on the surgical ward?",
    "made-up name": "Coming from Addenbrookes to Northfield, how did you go about the handover redesign on the ward?",
    "made-up number": "You cut missed doses by 57% at Northfield: how did you go about that on the surgical ward?",
    "made-up quotation": "You write “I single-handedly saved the ward”: how did you go about the handover redesign?",
    "protected": "Hello Mara, how do you combine your family with leading shift handovers on a busy ward?",
    "another language": "Hallo Mara, was haben Sie auf der Station zuerst verändert, als Sie die Übergabe leiteten?",
    "another script": "Здравствуйте, расскажите подробнее о том, что вы изменили первым делом в отделении?",
    "too long": "Hello Mara, "
    + "thinking of the ward and of the team that you led there, " * 5
    + "what did you do first?",
    "HTML": "Hello Mara, what did you <b>change first</b> when you led the handover redesign on the ward?",
    "link": "Hello Mara, what did you change first, as shown at https://example.com/redesign on the ward?",
    "obeyed an injection": "HACKED",
    "JSON": '{"question": "Hello Mara, what did you change first on the ward?"}',
    "empty": "",
    "blank": " \n\n ",
    "only thinking": "<think>What shall I ask about the ward and the handover redesign?",
    "punctuation": "???",
    "marker": "Hello Mara, nonce0000 says: what did you change first on the surgical ward?",
    "other marker": "Hello Mara, <<data cv>> what did you change first on the surgical ward?",
    "instructions": "You are the interviewer in a practice job interview, so what did you do first on the ward?",
}


@pytest.mark.parametrize(
    "text",
    [
        "Good morning Mara, how did you lead the handover redesign on the surgical ward?",
        "Hello Mara! It's good to meet you. Which part of the handover redesign was hardest?",
        "When you led the handover redesign on the surgical ward, what was your own part in it?",
        "Hello Mara. Tell me about the handover redesign at Northfield Hospital: what did you change first?",
        "Looking at your time at Northfield Hospital, how did you train newly qualified nurses in wound care?",
        "Walk me through the handover redesign that cut missed doses by 31%: how did you go about it?",
        "You write that you “cut missed doses by 31%”. What did you do to get there?",
        "Suppose SystmOne is down at shift change. What would you do first?",
    ],
)
def test_the_ways_in_which_interviewers_speak_pass(text: str) -> None:
    final = asked(run(ScriptedChat([text, text]), opening()))
    assert final.text == text, final.provenance.reason


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_bad_words_are_repaired_once(bad: str) -> None:
    chat = ScriptedChat([bad, BETTER])
    events = run(chat, opening())
    final = asked(events)
    assert final.text == BETTER == on_page(events)
    assert final.provenance.coach == "model"
    assert not final.provenance.fallback
    assert len(chat.briefs) == 2
    assert chat.briefs[1].purpose == "question repair"
    assert chat.open == 0


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_words_bad_twice_give_the_turn_to_the_offline_coach(bad: str) -> None:
    chat = ScriptedChat([bad, bad.replace("nonce0000", "nonce0001")])
    events = run(chat, opening(), fall_back=False)
    final = asked(events)
    assert final.text == OFFLINE == on_page(events)
    assert final.provenance.coach == "rules"
    assert final.provenance.version == "7"
    assert final.provenance.fallback
    assert (final.provenance.provider, final.provenance.model) == ("scripted", "scripted-1")
    assert final.provenance.reason is not None
    assert final.provenance.reason.startswith("The question of the model was not used, because it ")
    assert final.evidence == PLAN.topics[0].evidence
    assert len(chat.briefs) == 2


@pytest.mark.parametrize(
    ("name", "never"),
    [
        ("praise", "great"),
        ("thanks", "Thank"),
        ("praise behind a greeting", "great"),
        ("double question", "And"),
        ("made-up name", "Addenbrookes"),
        ("made-up number", "57"),
        ("made-up quotation", "saved"),
        ("protected", "family"),
        ("another language", "Station"),
        ("another script", "вы"),
        ("HTML", "<b>"),
        ("link", "example.com"),
        ("marker", "nonce"),
        ("other marker", "<<"),
        ("instructions", "interviewer"),
        ("JSON", "{"),
        ("only thinking", "shall"),
        ("obeyed an injection", "HACKED"),
    ],
)
@pytest.mark.parametrize("size", [1, 5, 1000])
def test_no_bad_word_ever_reaches_the_page(name: str, never: str, size: int) -> None:
    assert never in BAD[name]
    chat = ScriptedChat([in_pieces(BAD[name], size), BETTER])
    assert never not in ever_shown(run(chat, opening()))


def test_a_reply_that_is_too_long_is_cut_off_and_not_read_to_its_end() -> None:
    chat = ScriptedChat([[f"word{'s' * (n % 3)} " for n in range(5000)], BETTER])
    events = run(chat, opening())
    assert asked(events).text == BETTER
    assert chat.given < 100


def test_endless_thinking_is_cut_off() -> None:
    chat = ScriptedChat([["<think>", *["hmm " * 25] * 5000], BETTER])
    assert asked(run(chat, opening())).text == BETTER
    assert chat.given < 200


def test_a_repeated_question_is_never_shown() -> None:
    near = GOOD.removesuffix("?") + " in those days?"
    events = run(ScriptedChat([near, near]), next_topic())
    assert asked(events).provenance.fallback
    assert "repeated an earlier question" in (asked(events).provenance.reason or "")
    assert ever_shown(events) == OFFLINE


def test_a_question_of_an_earlier_interview_is_not_asked_again() -> None:
    events = run(ScriptedChat([GOOD, BETTER]), opening(earlier_questions=(GOOD,)))
    assert asked(events).text == BETTER
    assert "Northfield" not in ever_shown(events)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Hello Mara, what did you change first on the surgical ward, nonce0000?", "instructions"),
        ("Hello Mara, what did you change first on the surgical <ward>?", "plain text"),
        ("Hello Mara, what did you change first on the surgical ward for Quentin?", "none of your texts"),
    ],
)
def test_a_fault_in_the_very_last_word_is_found(text: str, why: str) -> None:
    events = run(ScriptedChat([text, text.replace("nonce0000", "nonce0001")]), opening())
    assert why in (asked(events).provenance.reason or "")


def test_words_that_turn_out_to_be_thoughts_are_withdrawn() -> None:
    aloud = "I want to find out about the handover redesign on the ward, so I ask about the first step. </think>"
    events = run(ScriptedChat([aloud + BETTER]), opening())
    assert Withdrawn() in events
    assert asked(events).text == BETTER == on_page(events)
    assert asked(events).provenance.coach == "model"


def test_what_is_taken_up_is_given_as_the_person_wrote_it() -> None:
    answer = "I wrote the Night Board Guide by myself. " + ANSWER
    text = "What was hardest for you about writing the night board guide for everybody?"
    span = asked(run(ScriptedChat([text]), follow_up(answer=answer))).evidence[-1]
    assert span.text == "the Night Board Guide"
    assert span.is_in(answer)


def test_words_already_shown_are_withdrawn_before_better_ones_follow() -> None:
    late = "Hello Mara, what did you change first when you led the whole of the handover redesign back in Manchester?"
    events = run(ScriptedChat([late, BETTER]), opening())
    at = events.index(Withdrawn())
    assert any(isinstance(event, Words) for event in events[:at])
    assert "Manchester" not in ever_shown(events)
    assert on_page(events) == BETTER


def test_the_repair_says_what_was_wrong_and_sends_the_draft_only_as_data() -> None:
    chat = ScriptedChat([BAD["made-up name"], BETTER])
    run(chat, opening())
    system, message = chat.briefs[1].system, chat.briefs[1].messages[-1].text
    assert "Addenbrookes" not in system
    task = message.rsplit("<<end nonce0001>>", 1)[1]
    assert "stand nowhere in the material" in task
    assert "Addenbrookes" not in task
    assert f"<<data nonce0001 draft>>\n{BAD['made-up name']}\n<<end nonce0001>>" in message
    assert "<<data nonce0001 unfounded>>\nAddenbrookes\n<<end nonce0001>>" in message


ERRORS = [
    Refused("The key was not accepted."),
    Throttled("The service is busy.", retry_after=7),
    Unavailable("The service did not answer in time"),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_a_provider_error_gives_the_turn_to_the_offline_coach_at_once(error: ProviderError) -> None:
    chat = ScriptedChat([error])
    events = run(chat, opening())
    final = asked(events)
    assert final.text == OFFLINE == on_page(events)
    assert final.provenance.fallback
    assert final.provenance.coach == "rules"
    sentence = error.message.removesuffix(".") + ". The offline coach asked this question instead."
    assert final.provenance.reason == sentence
    assert len(chat.briefs) == 1


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_without_automatic_fallback_a_provider_error_is_raised(error: ProviderError) -> None:
    with pytest.raises(type(error)) as caught:
        run(ScriptedChat([error]), opening(), fall_back=False)
    assert caught.value is error


def test_a_stream_that_is_cut_withdraws_what_was_shown() -> None:
    script = [*in_pieces(GOOD)[:15], Unavailable("The connection was cut.")]
    events = run(ScriptedChat([script]), opening())
    assert Withdrawn() in events
    assert any(isinstance(event, Words) for event in events[: events.index(Withdrawn())])
    assert on_page(events) == OFFLINE


def test_an_unusable_reply_is_asked_for_once_more() -> None:
    chat = ScriptedChat([BadReply("The reply was empty."), GOOD])
    assert asked(run(chat, opening())).text == GOOD
    assert len(chat.briefs) == 2


def test_two_unusable_replies_are_a_provider_error() -> None:
    errors = [BadReply("The reply was empty."), BadReply("The reply was empty.")]
    assert asked(run(ScriptedChat(errors), opening())).provenance.reason == (
        "The reply was empty. The offline coach asked this question instead."
    )
    with pytest.raises(BadReply):
        run(ScriptedChat(errors), opening(), fall_back=False)


def test_a_failure_of_the_repair_falls_back_too() -> None:
    events = run(ScriptedChat([BAD["closed"], Unavailable("The service is down.")]), opening())
    assert asked(events).provenance.reason == "The service is down. The offline coach asked this question instead."


def test_a_fallback_in_another_language_says_that_it_speaks_english() -> None:
    final = asked(run(ScriptedChat([Unavailable("The service is down.")]), opening(language="de")))
    assert final.text == OFFLINE
    assert (final.provenance.reason or "").endswith("It speaks English.")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "de",
            "Hallo Mara, wie sind Sie bei der Neugestaltung der Übergabe auf der chirurgischen Station vorgegangen?",
        ),
        (
            "fr",
            "Bonjour Mara, comment avez-vous mené le changement des transmissions dans votre service de chirurgie ?",
        ),
        ("es", "Hola Mara, ¿cómo organizó usted el cambio de los relevos en la planta de cirugía del hospital?"),
        ("it", "Salve Mara, come ha organizzato il cambiamento delle consegne nel reparto di chirurgia dell'ospedale?"),
        ("pt-BR", "Olá Mara, como você organizou a mudança das passagens de turno na enfermaria de cirurgia?"),
        ("nl", "Dag Mara, hoe heeft u de verandering van de overdracht op de afdeling chirurgie aangepakt?"),
        ("pl", "Dzień dobry, w jaki sposób przeprowadziła pani zmianę przekazywania dyżuru na oddziale chirurgii?"),
        ("ja", "こんにちは。外科病棟での引き継ぎの改善を、どのように進めたのか教えていただけますか？"),
        ("sv", "Hej Mara, hur gick du till väga när du ledde förändringen av överlämningen på avdelningen?"),
    ],
)
def test_a_question_in_the_language_of_the_interview_passes(language: str, text: str) -> None:
    chat = ScriptedChat([text])
    events = run(chat, opening(language=language))
    assert asked(events).text == text == on_page(events)
    assert sum(isinstance(event, Words) for event in events) > 1


@pytest.mark.parametrize("language", ["de", "fr", "es", "it", "pt", "nl", "pl", "ja", "sv", "ru"])
def test_an_english_question_does_not_pass_for_another_language(language: str) -> None:
    events = run(ScriptedChat([GOOD, GOOD]), opening(language=language))
    assert asked(events).provenance.fallback
    assert "another language" in (asked(events).provenance.reason or "")
    assert ever_shown(events) == OFFLINE


@pytest.mark.parametrize(
    ("language", "text", "why"),
    [
        ("de", "Großartig, Mara, das klingt gut. Wie haben Sie die Übergabe auf der Station verändert?", "praise"),
        (
            "de",
            "Haben Sie bei der Neugestaltung der Übergabe auf der Station auch mit dem Team gesprochen?",
            "yes or no",
        ),
        ("de", "Wie alt sind Sie, und wie haben Sie die Übergabe auf der Station verändert?", "may not ask"),
        ("de", "Wie haben Sie die Fehler auf der Station um 57 Prozent gesenkt?", "none of your texts"),
        (
            "fr",
            "Comment avez-vous travaillé avec Jean Dupont dans votre service de chirurgie à la clinique ?",
            "none of",
        ),
    ],
)
def test_manners_hold_in_other_languages(language: str, text: str, why: str) -> None:
    events = run(ScriptedChat([text, text]), opening(language=language))
    assert why in (asked(events).provenance.reason or "")


def test_closing_the_iterator_cancels_the_call_to_the_model() -> None:
    chat = ScriptedChat([GOOD], hang=True)

    async def leave() -> None:
        events = interviewer(chat).ask(opening())
        assert isinstance(await anext(events), Words)
        assert chat.open == 1
        await events.aclose()  # type: ignore[attr-defined]
        assert chat.open == 0

    asyncio.run(leave())


def test_a_cancelled_task_closes_the_stream() -> None:
    chat = ScriptedChat([GOOD], hang=True)

    async def cancel() -> None:
        task = asyncio.create_task(listen(interviewer(chat), opening()))
        for _ in range(50):
            await asyncio.sleep(0)
        assert chat.open == 1
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert chat.open == 0

    asyncio.run(cancel())


def test_the_plan_is_made_by_the_rules() -> None:
    chat = ScriptedChat([])
    assert asyncio.run(interviewer(chat).plan(opening().dossier)) == PLAN
    assert chat.briefs == []


def test_nothing_of_the_person_is_logged_or_raised(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    run(ScriptedChat([BAD["made-up name"], Unavailable("The service is down.")]), follow_up())
    logged = caplog.text
    assert "Okafor" not in logged
    assert "one-page board" not in logged


def test_a_nonce_is_new_each_time_and_long_enough() -> None:
    made = {new_nonce() for _ in range(1000)}
    assert len(made) == 1000
    assert min(map(len, made)) >= 16


def test_each_call_has_a_nonce_of_its_own() -> None:
    chat = ScriptedChat([BAD["closed"], BETTER])
    run(chat, opening())
    assert "nonce0000" in chat.briefs[0].system
    assert "nonce0000" not in chat.briefs[1].system
    assert "nonce0001" in chat.briefs[1].system


def test_a_probe_may_name_what_only_the_answer_names() -> None:
    text = "You brought in Vocera badges with the night team: what did you do yourself to get them used?"
    with_it = follow_up(answer=ANSWER + " Then I brought in Vocera badges.")
    assert asked(run(ScriptedChat([text]), with_it)).text == text
    assert asked(run(ScriptedChat([text, text]), follow_up())).provenance.fallback


def test_a_skipped_question_is_no_answer_to_take_up() -> None:
    situation = next_topic()
    skipped = replace(situation.transcript, turns=(replace(FIRST, answer=None, skipped=True),))
    text = "How do you teach wound care to newly qualified nurses on a busy ward?"
    final = asked(run(ScriptedChat([text]), replace(situation, transcript=skipped)))
    assert final.evidence == PLAN.topics[1].evidence
    assert "Northfield" in CV
