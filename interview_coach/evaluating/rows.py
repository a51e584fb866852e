"""What the rows of an evaluation say. One place, so that every reader derives the same state from the same facts."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, or_, select
from sqlalchemy.orm import Session

from interview_coach import codec, transcripts
from interview_coach.coach.base import AnsweredQuestion
from interview_coach.db import now
from interview_coach.domain.evidence import Requirement
from interview_coach.domain.plan import Plan
from interview_coach.domain.scorecard import AnswerScore
from interview_coach.domain.transcript import QuestionKind
from interview_coach.errors import Problem
from interview_coach.models import Evaluation, Interview, Retake, Score
from interview_coach.views import EvaluationView

LEASE_SECONDS = 15.0
"""A claim without a heartbeat for so long has lapsed: whoever held it was killed."""


def status(row: Evaluation | Row[Any]) -> str:
    """PENDING, PROCESSING, COMPLETED or FAILED."""
    if row.finished_at is not None:
        return "COMPLETED"
    if row.failed_at is not None:
        return "FAILED"
    return "PENDING" if row.claimed_at is None else "PROCESSING"


def view(row: Evaluation | Row[Any], done: int) -> EvaluationView:
    """As readers see it. `done`: answers that have a score."""
    return EvaluationView(
        id=row.id,
        status=status(row),
        done=done,
        total=row.total,
        error=row.error,
        coach=row.coach,
        runs=row.runs,
        requested_at=row.requested_at,
        finished_at=row.finished_at,
    )


def newest(
    session: Session, interview_id: str, retake_id: str | None = None, *, finished: bool = False, hold: bool = False
) -> Evaluation | None:
    """The newest evaluation of the interview itself, or of one of its retakes. `finished`: of those with all marks.
    With `hold`, nobody takes it up until this transaction has ended."""
    query = (
        select(Evaluation)
        .where(Evaluation.interview_id == interview_id, Evaluation.retake_id == retake_id)
        .order_by(Evaluation.requested_at.desc(), Evaluation.id)
        .limit(1)
    )
    if finished:
        query = query.where(Evaluation.finished_at.is_not(None))
    return session.scalars(query.with_for_update() if hold else query).first()


def is_unfinished() -> ColumnElement[bool]:
    """Neither done nor given up."""
    return and_(Evaluation.finished_at.is_(None), Evaluation.failed_at.is_(None))


def is_free() -> ColumnElement[bool]:
    """Nobody holds a claim that still counts."""
    lapsed = now() - timedelta(seconds=LEASE_SECONDS)
    return or_(Evaluation.worker.is_(None), Evaluation.heartbeat_at.is_(None), Evaluation.heartbeat_at < lapsed)


def scores(session: Session, evaluation_id: str) -> Mapping[int, AnswerScore]:
    """Number of a question -> its score in this evaluation, in order."""
    rows = session.execute(
        select(Score.number, Score.detail).where(Score.evaluation_id == evaluation_id).order_by(Score.number)
    )
    return {number: codec.load(AnswerScore, detail) for number, detail in rows}


def questions(session: Session, interview_id: str) -> tuple[AnsweredQuestion, ...]:
    """Every question that was asked, as an assessor sees it."""
    row = session.get_one(Interview, interview_id)
    requirements = codec.load(tuple[Requirement, ...], row.requirements)
    topics = codec.load(Plan, row.plan).topics if row.plan is not None else ()
    return tuple(
        AnsweredQuestion(
            number=turn.number,
            kind=QuestionKind(turn.kind),
            competency=topics[turn.topic].competency,
            question=turn.question,
            answer=turn.answer,
            requirements=tuple(requirements[index] for index in topics[turn.topic].requirements),
            evidence=turn.evidence,
        )
        for turn in transcripts.transcript(session, interview_id).turns
    )


def retaken(session: Session, retake_id: str) -> AnsweredQuestion:
    """The question of a retake with its new answer."""
    from dataclasses import replace

    row = session.get_one(Retake, retake_id)
    asked = next(asked for asked in questions(session, row.interview_id) if asked.number == row.number)
    return replace(asked, answer=row.text)


def not_completed() -> Problem:
    """There is nothing to judge yet."""
    return Problem(
        "NOT_COMPLETED",
        "The report comes when this interview is finished. Your answers so far are saved. Go on with the open "
        "question, or finish early if you would like the report now.",
    )
