"""A word right after an answer: shared words, keywords of the ad, and one thing to add."""

from dataclasses import replace

import pytest

from interview_coach.coach.base import AnsweredQuestion
from interview_coach.coach.rules.coaching import coach
from interview_coach.domain.evidence import Requirement, RequirementKind, Source, Span
from interview_coach.domain.transcript import QuestionKind

LABEL = "handle guest complaints in writing"
ANSWER = "Last May a guest wrote two complaints. I called her the same day and moved her to a quiet room."


def asked(answer: str | None, label: str = LABEL) -> AnsweredQuestion:
    requirement = Requirement(Span(Source.JOB, label, 0, len(label)), RequirementKind.MUST, label, 1.0, "service")
    question = "Tell me about a guest whom you had to win back."
    return AnsweredQuestion(1, QuestionKind.QUESTION, "service", question, answer, (requirement,), ())


def test_it_names_the_words_of_the_ad_that_are_used_and_those_that_are_not() -> None:
    coaching = coach(asked(ANSWER))
    assert coaching.covered == ("guest", "complaints")
    assert coaching.missing == ("writing",)
    assert coaching.keyword_coverage == 67
    assert 0 < coaching.similarity <= 1


def test_it_gives_one_step_that_quotes_the_answer() -> None:
    coaching = coach(asked(ANSWER))
    assert coaching.add.count(".") >= 1 and coaching.quote is not None and coaching.quote.is_in(ANSWER)
    assert coaching.provenance.coach == "rules"


@pytest.mark.parametrize("answer", [None, "", "um", "I don't know", "asdf qwer zxcv", asked(None).question])
def test_what_is_no_answer_shares_nothing(answer: str | None) -> None:
    coaching = coach(asked(answer))
    assert (coaching.similarity, coaching.keyword_coverage, coaching.covered) == (0.0, 0, ())
    assert coaching.add


def test_without_a_requirement_there_is_no_coverage_to_speak_of() -> None:
    coaching = coach(replace(asked(ANSWER), requirements=()))
    assert coaching.keyword_coverage is None
    assert coaching.covered == coaching.missing == ()


def test_the_same_answer_gets_the_same_words() -> None:
    assert coach(asked(ANSWER)) == coach(asked(ANSWER))
