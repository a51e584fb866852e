"""Evaluations as the outside sees them: their state and their overall."""

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from interview_coach.db import reading
from interview_coach.errors import Problem
from interview_coach.evaluating import rows
from interview_coach.models import Evaluation, Score
from interview_coach.views import EvaluationView


def _as_view(session: Session, row: Evaluation) -> EvaluationView:
    done = session.scalar(select(func.count()).where(Score.evaluation_id == row.id)) or 0
    return rows.view(row, done)


def latest(session: Session, interview_id: str) -> EvaluationView | None:
    """The newest evaluation of an interview."""
    row = rows.newest(session, interview_id)
    return None if row is None else _as_view(session, row)


def one(owner: str, interview_id: str, evaluation_id: str) -> EvaluationView:
    """One evaluation of an interview. EVALUATION_NOT_FOUND also for somebody else's."""
    with reading() as session:
        row = session.get(Evaluation, evaluation_id)
        if row is None or row.owner_id != owner or row.interview_id != interview_id or row.retake_id is not None:
            raise not_found()
        return _as_view(session, row)


def not_found() -> Problem:
    """No such evaluation."""
    return Problem("EVALUATION_NOT_FOUND", "These marks are not stored. The newest ones are in the report.")


def overalls(session: Session, owner: str) -> Mapping[str, int | None]:
    """Interview id -> overall of its newest finished evaluation (None when nothing has marks)."""
    marks = Score.accuracy + Score.completeness + Score.clarity
    found = session.execute(
        select(Evaluation.interview_id, func.count(marks), func.sum(marks))
        .join(Score, Score.evaluation_id == Evaluation.id, isouter=True)
        .where(Evaluation.owner_id == owner, Evaluation.finished_at.is_not(None), Evaluation.retake_id.is_(None))
        .group_by(Evaluation.id, Evaluation.interview_id, Evaluation.requested_at)
        .order_by(Evaluation.requested_at)
    )
    return {interview_id: round((total or 0) / marked) if marked else None for interview_id, marked, total in found}
