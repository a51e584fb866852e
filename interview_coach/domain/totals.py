"""How the marks of single answers add up. Reports and trends both count here, so that they cannot disagree."""

from collections.abc import Iterable
from statistics import fmean

from interview_coach.domain.rubric import Rubric
from interview_coach.domain.transcript import QuestionKind


def weight(rubric: Rubric, kind: QuestionKind) -> float:
    """What an answer to such a question counts in the overall."""
    return rubric.probe_weight if kind is QuestionKind.PROBE else rubric.question_weight


def overall(marks: Iterable[tuple[int | None, float]]) -> int | None:
    """0-100: weighted mean of (score of an answer, its weight), rounded. None when no answer has marks.

    A score of None needs review: it is no 0 and no guess, so it does not count. An unanswered question brings its 0.
    """
    counted = [(score, each) for score, each in marks if score is not None and each > 0]
    if not counted:
        return None
    return round(sum(score * each for score, each in counted) / sum(each for _, each in counted))


def dimension(values: Iterable[int | None]) -> int | None:
    """0-100: mean over the answers in which it could be measured, rounded. None when it could in none."""
    measured = [value for value in values if value is not None]
    return round(fmean(measured)) if measured else None
