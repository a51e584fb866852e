"""What the marks of single answers say about a person, read from the rows. Mastery follows from it and is never stored.

What counts as an observation: every answer with marks, by the newest finished evaluation of its interview; a skipped
question as 0, because the person saw it and passed; each judged retake, in time order. What does not: an answer that
needs review (there is no number to go by), and the question that stood open when an interview was ended early (leaving
says nothing about it, though the report counts it as unanswered).
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Subquery, bindparam, false, func, literal, select, union_all

from interview_coach.domain.mastery import Observation
from interview_coach.domain.mastery_change import Changes
from interview_coach.models import Answer, Evaluation, Question, Retake, Score

MARKS = (Score.accuracy + Score.completeness + Score.clarity).label("marks")
"""NULL when the answer needs review."""


def newest(*, of_retakes: bool = False) -> Subquery:
    """Newest finished evaluation of each interview, or of each retake, of the person bound to `owner`."""
    place = func.row_number().over(
        partition_by=Evaluation.retake_id if of_retakes else Evaluation.interview_id,
        order_by=(Evaluation.requested_at.desc(), Evaluation.id),
    )
    ranked = (
        select(
            Evaluation.id, Evaluation.interview_id, Evaluation.retake_id, Evaluation.coach, Evaluation.rubric_version,
            place.label("place"),
        )
        .where(
            Evaluation.owner_id == bindparam("owner"),
            Evaluation.finished_at.is_not(None),
            Evaluation.retake_id.is_not(None) if of_retakes else Evaluation.retake_id.is_(None),
        )
        .subquery()
    )  # fmt: skip
    return select(ranked).where(ranked.c.place == 1).subquery()


_NEWEST = newest()
_NEWEST_RETAKES = newest(of_retakes=True)
_WHAT = (Question.competency, Question.subject)


def _answers(*columns: ColumnElement[Any]) -> Select[Any]:
    """The judged answers of interviews."""
    return (
        select(*columns, literal(1).label("take"), *_WHAT, Answer.answered_at.label("at"), MARKS)
        .select_from(_NEWEST)
        .join(Score, Score.evaluation_id == _NEWEST.c.id)
        .join(Question, (Question.interview_id == _NEWEST.c.interview_id) & (Question.number == Score.number))
        .join(Answer, (Answer.interview_id == Question.interview_id) & (Answer.number == Question.number))
        .where(Score.accuracy.is_not(None))
    )


def _retakes(*columns: ColumnElement[Any]) -> Select[Any]:
    """The judged retakes."""
    return (
        select(*columns, Retake.take, *_WHAT, Retake.answered_at.label("at"), MARKS)
        .select_from(_NEWEST_RETAKES)
        .join(Retake, Retake.id == _NEWEST_RETAKES.c.retake_id)
        .join(Score, (Score.evaluation_id == _NEWEST_RETAKES.c.id) & (Score.number == Retake.number))
        .join(Question, (Question.interview_id == Retake.interview_id) & (Question.number == Retake.number))
        .where(Score.accuracy.is_not(None))
    )


# Put together once: building a statement takes longer than running it.
_OBSERVED = union_all(_answers(), _retakes())


def observed(connection: Connection, owner: str) -> list[Observation]:
    """Everything of this person, in one query."""
    return [
        Observation(at.timestamp(), competency, subject, marks / 100, take)
        for take, competency, subject, at, marks in connection.execute(_OBSERVED, {"owner": owner})
    ]


def _changed() -> Select[Any]:
    """What counts beside the marks of the evaluation bound to `evaluation`: its own answers, and everything else about
    the same competencies up to the last of them, in order of time. Whatever is later came on top."""
    own = (
        select(Question.competency, Answer.answered_at.label("at"))
        .select_from(Evaluation)
        .join(Score, Score.evaluation_id == Evaluation.id)
        .join(Question, (Question.interview_id == Evaluation.interview_id) & (Question.number == Score.number))
        .join(Answer, (Answer.interview_id == Question.interview_id) & (Answer.number == Question.number))
        .where(Evaluation.id == bindparam("evaluation"), Score.accuracy.is_not(None))
        .cte("own")
    )
    about = Question.competency.in_(select(own.c.competency))
    end = select(func.max(own.c.at)).scalar_subquery()
    found = union_all(
        _answers((_NEWEST.c.id == bindparam("evaluation")).label("is_own")).where(about, Answer.answered_at <= end),
        _retakes(false().label("is_own")).where(about, Retake.answered_at <= end),
    ).subquery()
    given = found.c
    return select(given.is_own, given.competency, given.subject, given.marks).order_by(
        given.at, given.take, given.competency, given.subject, given.marks
    )


_CHANGED = _changed()


def changed_by(connection: Connection, owner: str, evaluation_id: str) -> Changes | None:
    """What the marks of this evaluation, the newest of its interview, changed; None where none of them counts. Of all
    that is known of a person, only what the change depends on is read, in one query."""
    judged: Sequence[Any] = connection.execute(_CHANGED, {"owner": owner, "evaluation": evaluation_id}).all()
    return Changes(judged) if judged else None
