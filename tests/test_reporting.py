"""The report follows from its answers and says what it rests on."""

import asyncio
import json
from dataclasses import replace

import pytest

from interview_coach.coach.base import AnsweredQuestion, Background
from interview_coach.coach.rules.assessor import RulesAssessor
from interview_coach.coach.rules.rubric import RUBRIC
from interview_coach.domain.evidence import Requirement, RequirementKind, Source, Span
from interview_coach.domain.provenance import Provenance
from interview_coach.domain.scorecard import Recommendation, Scorecard
from interview_coach.domain.transcript import QuestionKind
from interview_coach.reporting import READINESS, Report, build_report

BACKGROUND = Background((), "", "", "en")

QUESTION = "Tell me about a complaint that you solved for a guest."
STORY = (
    "Last summer a guest arrived with a booking for the wrong date. I had to find her a room. I called four hotels and "
    "arranged a taxi. As a result she came back twice and complaints fell from 9 to 2 per month."
)
ACTION = "I called four hotels nearby and arranged a taxi for the guest."
VAGUE = "I am friendly and I always try my best with guests."


def asked(number: int, answer: str | None) -> AnsweredQuestion:
    label = "handle guest complaints"
    requirement = Requirement(Span(Source.JOB, label, 0, len(label)), RequirementKind.MUST, label, 1.0, "service")
    return AnsweredQuestion(number, QuestionKind.QUESTION, "service", QUESTION, answer, (requirement,), ())


def judge(answers: list[AnsweredQuestion]) -> Scorecard:
    return asyncio.run(RulesAssessor().assess(answers, RUBRIC, BACKGROUND))


def report(*texts: str | None) -> Report:
    answers = [asked(number, text) for number, text in enumerate(texts, 1)]
    return build_report(interview_id="i1", evaluation_status="COMPLETED", answers=answers, scorecard=judge(answers))


def test_overall_is_the_mean_over_all_asked_questions() -> None:
    result = report(STORY, ACTION, None, "")
    marks = [entry.score.score for entry in result.answers]
    assert marks[2:] == [0, 0]
    assert result.overall == round(sum(marks) / 4)
    assert (result.asked, result.answered, result.coverage) == (4, 2, 0.5)


def test_skipping_lowers_the_overall() -> None:
    whole, skipped = report(STORY, STORY).overall, report(STORY, None).overall
    assert whole is not None and skipped is not None and skipped < whole


def test_dimensions_are_means_over_what_is_measurable() -> None:
    result = report(STORY, "fine", None)
    for name, value in result.dimensions.items():
        known = [d for entry in result.answers if (d := entry.score.dimensions[name]) is not None]
        assert value == (round(sum(known) / len(known)) if known else None)
    assert report(None).dimensions == dict.fromkeys(result.dimensions)


def test_json_has_the_fields_of_the_contract_and_is_recomputable() -> None:
    data = json.loads(json.dumps(report(STORY, VAGUE, None).to_json()))
    assert set(data) >= {
        "interview_id", "evaluation_status", "overall", "coverage", "recommendation", "dimensions", "answers",
        "strengths", "improvements", "summary", "provenance", "speech",
    }  # fmt: skip
    assert data["speech"] is None
    assert data["recommendation"] in {"strong_hire", "hire", "no_hire", "strong_no_hire"}
    texts = {1: STORY, 2: VAGUE, 3: ""}
    for entry in data["answers"]:
        assert set(entry) >= {
            "number", "category", "accuracy", "completeness", "clarity", "score", "star", "feedback", "quotes",
            "improvements", "reference_answer", "provenance",
        }  # fmt: skip
        assert entry["score"] == entry["accuracy"] + entry["completeness"] + entry["clarity"]
        assert set(entry["star"]) == {"situation", "task", "action", "result"}
        for quote in entry["quotes"]:
            assert texts[entry["number"]][quote["start"] : quote["end"]] == quote["text"]
            assert quote["about"]
    assert data["overall"] == round(sum(entry["score"] for entry in data["answers"]) / len(data["answers"]))
    for point in (*data["strengths"], *data["improvements"]):
        assert {"text", "number", "quote"} <= set(point)
        assert point["quote"] is None or point["quote"] in texts[point["number"]]
    assert data["provenance"]["coach"] == "rules"


def test_strengths_come_only_from_answers_that_have_some() -> None:
    assert report(VAGUE, "fine", None).strengths == ()
    assert {point.number for point in report(VAGUE, STORY).strengths} == {2}


def test_no_sentence_is_said_twice() -> None:
    result = report(ACTION, ACTION + " It was late.", ACTION + " It was cold.")
    for points in (result.strengths, result.improvements):
        assert len({point.text for point in points}) == len(points)


@pytest.mark.parametrize("texts", [(STORY, ACTION, VAGUE), (None, None), (STORY,), ("fine", None)])
def test_there_are_three_different_things_to_do_next(texts: tuple[str | None, ...]) -> None:
    steps = report(*texts).next_steps
    assert len({step.text for step in steps}) == 3


def test_what_most_answers_lack_comes_first() -> None:
    first = report(ACTION, ACTION + " Then I paid the bill.", STORY).next_steps[0]
    assert "what changed" in first.text
    assert {first.number, *first.also} == {1, 2}


def test_open_questions_are_named_as_a_step() -> None:
    assert "questions 2 and 3" in report(STORY, None, None).next_steps[0].text


def test_recommendation_follows_the_stated_thresholds_and_speaks_of_practice() -> None:
    strong, weak = report(STORY), report("fine")
    assert strong.recommendation is Recommendation.STRONG_HIRE
    assert weak.recommendation is Recommendation.STRONG_NO_HIRE
    assert [lowest for lowest, _, _ in READINESS] == sorted((low for low, _, _ in READINESS), reverse=True)
    assert "practice, not for selection" in strong.readiness


def test_while_scores_are_missing_there_is_no_overall() -> None:
    answers = [asked(1, STORY), asked(2, ACTION)]
    card = judge(answers[:1])
    result = build_report(interview_id="i1", evaluation_status="PROCESSING", answers=answers, scorecard=card)
    assert result.overall is None and result.recommendation is None and result.next_steps == ()
    assert result.to_json()["evaluation_status"] == "PROCESSING"


def test_an_interview_without_questions_has_no_overall() -> None:
    result = build_report(
        interview_id="i1", evaluation_status="COMPLETED", answers=[], scorecard=Scorecard(RUBRIC.version, ())
    )
    assert result.overall is None and result.coverage == 0.0 and result.answers == () and result.provenance is None


def test_a_fallback_among_the_scores_is_not_hidden() -> None:
    answers = [asked(1, STORY), asked(2, STORY), asked(3, STORY)]
    scores = list(judge(answers).answers)
    model = Provenance(coach="model", version="m", provider="gemini", model="x")
    fallback = Provenance(coach="rules", version="r", fallback=True, reason="The model did not answer.")
    mixed = (
        replace(scores[0], provenance=model),
        replace(scores[1], provenance=model),
        replace(scores[2], provenance=fallback),
    )
    result = build_report(
        interview_id="i1", evaluation_status="COMPLETED", answers=answers, scorecard=Scorecard("1", mixed)
    )
    assert result.provenance == fallback
