"""How the marks of single answers add up. Reports and trends both count here, so that they cannot disagree."""

from collections.abc import Iterable

from interview_coach.domain.rubric import Rubric
from interview_coach.domain.transcript import QuestionKind


def weight(rubric: Rubric | None, kind: QuestionKind) -> float:
    """What the answer to such a question counts; without a rubric every answer counts the same."""
    if rubric is None:
        return 1.0
    return rubric.probe_weight if kind is QuestionKind.PROBE else rubric.question_weight


def mean(values: Iterable[tuple[int | None, float]]) -> int | None:
    """Weighted mean of (0-100, weight), rounded; None when no value is known.

    A value of None (an answer that needs review, a dimension that could not be measured) does not count: it is no 0
    and no guess. An unanswered question brings its 0.
    """
    known = [(value, each) for value, each in values if value is not None and each > 0]
    if not known:
        return None
    return round(sum(value * each for value, each in known) / sum(each for _, each in known))
