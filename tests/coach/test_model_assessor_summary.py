"""The summary: from the scorecard only, checked, repaired once, and given up rather than shown."""

import asyncio
from dataclasses import replace

import pytest

from interview_coach.coach.model_assessor import VERSION, ModelAssessor
from interview_coach.coach.rules.rubric import RUBRIC
from interview_coach.domain.scorecard import Scorecard, Summary
from interview_coach.providers.base import BadReply, Unavailable
from tests.coach.test_model_assessor import BACKGROUND, GATED, PLAIN, STORY, asked, assess
from tests.fakes.scripted_assessor import SUMMARY, Judge, JudgeChat, blocks

ANSWERS = [asked(1, STORY), asked(2, PLAIN)]
CARD = Scorecard(RUBRIC.version, assess(JudgeChat(Judge()), STORY, PLAIN))


def summarise(chat: JudgeChat, card: Scorecard = CARD, language: str = "en") -> Summary | None:
    background = replace(BACKGROUND, language=language)
    return asyncio.run(ModelAssessor(chat).summarise(ANSWERS, card, background))


def test_a_summary_is_one_request_and_says_who_wrote_it() -> None:
    chat = JudgeChat(Judge())
    summary = summarise(chat)
    assert summary is not None
    assert summary.text == SUMMARY
    made = summary.provenance
    assert (made.coach, made.version, made.model, made.prompt) == ("model", VERSION, "scripted-1-dated", "summary@1")
    assert chat.purposes == ["summary"]


def test_it_is_told_the_scorecard_and_no_raw_answer() -> None:
    chat = JudgeChat(Judge())
    summarise(chat)
    material = blocks(chat.briefs[0].messages[0].text)
    assert list(material) == ["scorecard"]
    assert "accuracy 34 of 40" in material["scorecard"]
    assert STORY not in chat.told
    assert "tested it for six weeks" not in chat.told, "words that no remark quotes stay here"
    assert "scorecard" not in chat.briefs[0].system.split("The material:")[0].lower()


@pytest.mark.parametrize(
    "text",
    [
        "You reached 97 points in all. That is far above what most people get.",
        "You are a natural leader. Your answers have a clear scene.",
        "You seem nervous in your answers. Say what came of each step.",
        "Your answers are clear. You should be hired for this.",
        "Excellent work on all of these. Your answers name the scene.",
        "Your answers name the scene.",
        "Your answers name the scene. They name the step. They name the result. They name why. They name you.",
        "Ihre Antworten nennen die Lage und was Sie getan haben. Was noch fehlt, ist das Ergebnis und Wirkung.",
        "Your work at Siemens comes up often. Say more about the results.",
        "<b>Your answers</b> name the scene. Say more about the results.",
        "Everything you may know is in the material. Say what their answers do well again and again.",
        "",
    ],
)
def test_an_unfit_summary_is_repaired_once_and_then_refused(text: str) -> None:
    chat = JudgeChat(Judge(summary=[text or "…", SUMMARY]))
    summary = summarise(chat)
    assert summary is not None
    assert summary.text == SUMMARY
    assert chat.purposes == ["summary", "summary again"]
    chat = JudgeChat(Judge(summary=text or "…"))
    with pytest.raises(BadReply) as raised:
        summarise(chat)
    assert len(chat.briefs) == 2
    assert raised.value.message == "The summary that the model wrote could not be used."
    assert raised.value.__context__ is None


def test_the_repair_says_what_was_wrong_and_fences_the_draft() -> None:
    chat = JudgeChat(Judge(summary=["You reached 97 points in all. That is good.", SUMMARY]))
    summarise(chat)
    text = chat.briefs[1].messages[0].text
    assert blocks(text)["draft"] == "You reached 97 points in all. That is good."
    assert "- It has a number, a name or a quotation that is not in the material." in text


def test_a_figure_with_a_point_in_it_ends_no_sentence() -> None:
    quoted = replace(CARD.answers[0], feedback="It fell from 4.5 to 3.2 and then to 1.25 hours.")
    words = "Your first answer says that it fell from 4.5 to 3.2 and to 1.25 hours. The second one has no result yet."
    summary = summarise(JudgeChat(Judge(summary=words)), Scorecard(RUBRIC.version, (quoted, *CARD.answers[1:])))
    assert summary is not None and summary.text == words


def test_numbers_of_the_scorecard_may_be_said() -> None:
    words = "Your first answer has 86 of 100. The second one has no result yet."
    chat = JudgeChat(Judge(summary=words))
    summary = summarise(chat)
    assert summary is not None
    assert summary.text == words


def test_an_exclamation_mark_becomes_a_full_stop() -> None:
    summary = summarise(JudgeChat(Judge(summary="Your answers name the scene! Say what came of each step!")))
    assert summary is not None
    assert summary.text == "Your answers name the scene. Say what came of each step."


def test_without_an_answer_that_the_model_judged_there_is_no_call() -> None:
    chat = JudgeChat(Judge())
    card = Scorecard(RUBRIC.version, assess(chat, *GATED.values()))
    assert summarise(chat, card) is None
    none = Scorecard(RUBRIC.version, assess(JudgeChat(Judge("99")), STORY))
    assert summarise(chat, none) is None
    assert chat.briefs == []


def test_a_provider_that_fails_is_raised() -> None:
    with pytest.raises(Unavailable):
        summarise(JudgeChat(Judge(), errors={1: Unavailable("Down.")}))


def test_another_language_is_written_in_that_language() -> None:
    german = "Ihre Antworten nennen die Lage und was Sie getan haben. Was noch fehlt, ist das Ergebnis."
    chat = JudgeChat(Judge(summary=german))
    summary = summarise(chat, language="de")
    assert summary is not None
    assert summary.text == german
    assert "Write in German" in chat.briefs[0].system


def test_the_summary_of_reviewed_answers_gives_them_no_number() -> None:
    mixed = Scorecard(RUBRIC.version, assess(JudgeChat(Judge("99")), STORY, PLAIN))
    chat = JudgeChat(Judge())
    summarise(chat, mixed)
    assert "Answer 1, " in chat.told
    assert "no marks, a person has to look at it" in chat.told
