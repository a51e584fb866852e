"""Evaluations as the outside sees them: their state, their overall, the report."""

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from interview_coach.coach.rules.rubric import RUBRIC
from interview_coach.db import reading
from interview_coach.domain.scorecard import Scorecard
from interview_coach.errors import Problem, interview_not_found
from interview_coach.evaluating import rows
from interview_coach.models import Evaluation, Interview, Score
from interview_coach.reporting import Report, build_report
from interview_coach.views import EvaluationView


def _as_view(session: Session, row: Evaluation) -> EvaluationView:
    done = session.scalar(select(func.count()).where(Score.evaluation_id == row.id)) or 0
    return EvaluationView(
        id=row.id,
        status=rows.status(row),
        done=done,
        total=row.total,
        error=row.error,
        coach=row.coach,
        runs=row.runs,
        requested_at=row.requested_at,
        finished_at=row.finished_at,
    )


def latest(session: Session, interview_id: str) -> EvaluationView | None:
    """The newest evaluation of an interview."""
    row = rows.newest(session, interview_id)
    return None if row is None else _as_view(session, row)


def evaluations(owner: str, interview_id: str) -> list[EvaluationView]:
    """All evaluations of an interview, newest first."""
    with reading() as session:
        found = session.scalars(
            select(Evaluation)
            .where(
                Evaluation.interview_id == interview_id,
                Evaluation.owner_id == owner,
                Evaluation.retake_id.is_(None),
            )
            .order_by(Evaluation.requested_at.desc(), Evaluation.id)
        ).all()
        return [_as_view(session, row) for row in found]


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


def report(owner: str, interview_id: str, evaluation_id: str | None = None) -> Report:
    """The report of one evaluation, the newest when none is named. Until there is one: NOT_COMPLETED or its state."""
    with reading() as session:
        row = session.get(Interview, interview_id)
        if row is None or row.owner_id != owner:
            raise interview_not_found()
        if row.completed_at is None:
            raise rows.not_completed()
        if evaluation_id is None:
            evaluation = rows.newest(session, interview_id)
        else:
            evaluation = session.get(Evaluation, evaluation_id)
            if evaluation is None or evaluation.interview_id != interview_id or evaluation.retake_id is not None:
                raise Problem("EVALUATION_NOT_FOUND", "These marks are not stored. The newest ones are in the report.")
        status = "PENDING" if evaluation is None else rows.status(evaluation)
        scores = tuple(rows.scores(session, evaluation.id).values()) if evaluation is not None else ()
        answers = rows.questions(session, interview_id)
        version = (evaluation.rubric_version if evaluation else None) or RUBRIC.version
    return build_report(
        interview_id=interview_id,
        evaluation_status=status,
        answers=answers,
        scorecard=Scorecard(rubric_version=version, answers=scores),
    )
