"""What the marks of single answers say about a person, read from the rows. Mastery follows from it and is never stored.

What counts as an observation: every answer with marks, by the newest finished evaluation of its interview; a skipped
question as 0, because the person saw it and passed; each judged retake, in time order. What does not: an answer that
needs review (there is no number to go by), and the question that stood open when an interview was ended early (leaving
says nothing about it, though the report counts it as unanswered).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Subquery, bindparam, func, literal, select, union_all

from interview_coach.domain.mastery import Observation
from interview_coach.domain.mastery_change import Changes, changed
from interview_coach.models import Answer, Evaluation, Question, Retake, Score

MARKS = (Score.accuracy + Score.completeness + Score.clarity).label("marks")
"""NULL when the answer needs review."""


def newest() -> Subquery:
    """Newest finished evaluation of each interview, and of each retake, of the person bound to `owner`."""
    place = func.row_number().over(
        partition_by=(Evaluation.interview_id, Evaluation.retake_id),
        order_by=(Evaluation.requested_at.desc(), Evaluation.id),
    )
    ranked = (
        select(
            Evaluation.id, Evaluation.interview_id, Evaluation.retake_id, Evaluation.coach, Evaluation.rubric_version,
            place.label("place"),
        )
        .where(Evaluation.owner_id == bindparam("owner"), Evaluation.finished_at.is_not(None))
        .subquery()
    )  # fmt: skip
    return select(ranked).where(ranked.c.place == 1).subquery()


_NEWEST = newest()
_WHAT = (Question.competency, Question.subject)
# Put together once: building a statement takes longer than running it.
_OBSERVED = union_all(
    select(_NEWEST.c.id, literal(1).label("take"), *_WHAT, Answer.answered_at.label("at"), MARKS)
    .select_from(_NEWEST)
    .join(Score, Score.evaluation_id == _NEWEST.c.id)
    .join(Question, (Question.interview_id == _NEWEST.c.interview_id) & (Question.number == Score.number))
    .join(Answer, (Answer.interview_id == Question.interview_id) & (Answer.number == Question.number))
    .where(_NEWEST.c.retake_id.is_(None), Score.accuracy.is_not(None)),
    select(_NEWEST.c.id, Retake.take, *_WHAT, Retake.answered_at.label("at"), MARKS)
    .select_from(_NEWEST)
    .join(Retake, Retake.id == _NEWEST.c.retake_id)
    .join(Score, (Score.evaluation_id == _NEWEST.c.id) & (Score.number == Retake.number))
    .join(Question, (Question.interview_id == Retake.interview_id) & (Question.number == Retake.number))
    .where(Score.accuracy.is_not(None)),
)


@dataclass(frozen=True, slots=True)
class Observed:
    """An observation with where it comes from."""

    evaluation_id: str
    seen: Observation


def observed(connection: Connection, owner: str) -> list[Observed]:
    """Everything of this person, in one query."""
    return [
        Observed(evaluation_id, Observation(at.timestamp(), competency, subject, marks / 100, take))
        for evaluation_id, take, competency, subject, at, marks in connection.execute(_OBSERVED, {"owner": owner})
    ]


def changed_by(evaluation_id: str, everything: Sequence[Observed]) -> Changes | None:
    """What the marks of this evaluation changed; None where none of them counts."""
    own = [one.seen for one in everything if one.evaluation_id == evaluation_id]
    others = [one.seen for one in everything if one.evaluation_id != evaluation_id]
    return changed(others, own) if own else None
