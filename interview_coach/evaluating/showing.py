"""Evaluations as the outside sees them: their state and their overall."""

from collections.abc import Mapping
from itertools import groupby

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from interview_coach.coach.rules.rubric import rubric_by_version
from interview_coach.db import reading
from interview_coach.domain import totals
from interview_coach.domain.transcript import QuestionKind
from interview_coach.errors import Problem
from interview_coach.evaluating import rows
from interview_coach.models import Evaluation, Question, Score
from interview_coach.views import EvaluationView


def _as_view(session: Session, row: Evaluation) -> EvaluationView:
    done = session.scalar(select(func.count()).where(Score.evaluation_id == row.id)) or 0
    return rows.view(row, done)


def latest(session: Session, interview_id: str) -> EvaluationView | None:
    """The newest evaluation of an interview."""
    row = rows.newest(session, interview_id)
    return None if row is None else _as_view(session, row)


def is_evaluated(session: Session, interview_id: str) -> bool:
    """There are whole marks of this interview, also while others are being given or when those failed."""
    return rows.newest(session, interview_id, finished=True) is not None


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
    """Interview id -> overall of its newest finished evaluation (None when nothing has marks), as in its report."""
    found = session.execute(
        select(
            Evaluation.id, Evaluation.interview_id, Evaluation.rubric_version, Question.kind,
            (Score.accuracy + Score.completeness + Score.clarity).label("marks"),
        )
        .join(Score, Score.evaluation_id == Evaluation.id, isouter=True)
        .join(
            Question,
            (Question.interview_id == Evaluation.interview_id) & (Question.number == Score.number),
            isouter=True,
        )
        .where(Evaluation.owner_id == owner, Evaluation.finished_at.is_not(None), Evaluation.retake_id.is_(None))
        .order_by(Evaluation.requested_at, Evaluation.id.desc())
    )  # fmt: skip
    newest: dict[str, int | None] = {}
    for (_, interview_id, version), scores in groupby(found, key=lambda row: row[:3]):
        rubric = rubric_by_version(version or "")
        newest[interview_id] = totals.mean(
            (score.marks, totals.weight(rubric, QuestionKind(score.kind))) for score in scores if score.kind is not None
        )
    return newest
