"""Honest answers of many trades and kinds, each with what a fair coach might say and what never.

The annotation stands in tests/corpus/answers/coached.json under `coach`: `first` lists the topics that the first step
may have, `never` those that no step may have, `unsaid` the words that stand beside no remark.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from interview_coach.coach.base import AnsweredQuestion
from interview_coach.coach.rules.assessor import score_answer
from interview_coach.coach.rules.rubric import RUBRIC
from interview_coach.domain.evidence import Requirement, RequirementKind, Source, Span
from interview_coach.domain.scorecard import AnswerScore
from interview_coach.domain.transcript import QuestionKind
from interview_coach.reporting.quoting import Private, with_readable_quotes

CORPUS = Path(__file__).parent.parent / "corpus" / "answers" / "coached.json"
SAMPLES: list[dict[str, Any]] = json.loads(CORPUS.read_text(encoding="utf-8"))
TOPICS = {
    "add what changed": "result",
    "in the end": "result_plain",
    "put one number": "number",
    "how that showed": "noticed",
    "where and when": "scene",
    "what you had to achieve": "task",
    "part of this was yours": "own_part",
    "and says what you did": "action",
    "what this has to do": "link",
    "why you": "reason",
    "add why": "reason",
    "goes wrong without it": "reason",
    "differently today": "reflection",
    "used from this": "reflection",
    "the other person": "reaction",
    "step that comes after": "next_step",
    "whether it worked": "check",
    "was understood": "check",
    "does not help": "obstacle",
    "nearest thing": "example",
    "last time that you needed": "example",
    "add one case": "example",
    "back this with": "example",
    "one day": "day",
    "means for this job": "fit",
    "shows for": "fit",
    "would bring": "bring",
    "that shows it": "proof",
    "because …": "because",
    "first answer next time": "early",
    "another case": "other_case",
    "something close to it": "nearest",
    "leave out": "hedge",
    "since when": "precise",
    "two minutes": "shorter",
    "aloud once": "aloud",
}


def score(sample: dict[str, Any]) -> AnswerScore:
    label, key = sample["requirement"], sample["competency"]
    found = Requirement(Span(Source.JOB, label, 0, len(label)), RequirementKind.MUST, label, 1.0, key)
    asked = AnsweredQuestion(1, QuestionKind(sample["kind"]), key, sample["question"], sample["answer"], (found,), ())
    return with_readable_quotes(score_answer(asked, RUBRIC), sample["answer"], Private(sample["answer"]))


def topic(text: str) -> str:
    """What a step is about, by its words."""
    return next((name for words, name in TOPICS.items() if words in text.lower()), text)


@pytest.mark.parametrize("sample", SAMPLES, ids=[sample["id"] for sample in SAMPLES])
def test_a_fair_coach_would_say_it(sample: dict[str, Any]) -> None:
    result, fair = score(sample), sample["coach"]
    topics = [topic(step.text) for step in result.improvements]
    own = [name for name in topics if name != "link"]  # a doubt about the link is the marks', and measured there
    assert not own or own[0] in fair["first"], result.improvements
    assert not set(topics) & set(fair["never"])
    if "number" in fair["never"]:
        assert "no figure" not in result.feedback


@pytest.mark.parametrize("sample", [s for s in SAMPLES if s["coach"]["unsaid"]], ids=lambda sample: sample["id"])
def test_nerves_grief_and_thanks_stand_beside_no_remark(sample: dict[str, Any]) -> None:
    result = score(sample)
    quotes = [remark.quote.text for remark in (*result.remarks, *result.improvements) if remark.quote]
    assert quotes
    for words in sample["coach"]["unsaid"]:
        assert not any(words.lower() in quote.lower() for quote in quotes)
        assert words.lower() not in result.reference_answer.lower()


def test_no_step_stands_beside_every_answer() -> None:
    first = [topic(score(sample).improvements[0].text) for sample in SAMPLES]
    assert len(set(first)) >= 8
    assert max(map(first.count, first)) <= len(first) // 3
