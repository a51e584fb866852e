"""Judging a finished interview: the request is a row that is committed with the end of the interview; the work may die
at any moment and is taken up again, because every score is stored once per evaluation and question."""

import threading
from collections.abc import Mapping
from datetime import timedelta

from flask import Flask, current_app
from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from interview_coach import codec, loop, transcripts
from interview_coach.coach.base import AnsweredQuestion, Background
from interview_coach.coach.rules.rubric import RUBRIC
from interview_coach.coaches import OFFLINE, coaches
from interview_coach.db import now, reading, writing
from interview_coach.domain.evidence import Requirement
from interview_coach.domain.plan import Plan
from interview_coach.domain.scorecard import AnswerScore, Scorecard
from interview_coach.domain.transcript import QuestionKind
from interview_coach.errors import Problem, interview_not_found
from interview_coach.models import Evaluation, Interview, Question, Score
from interview_coach.reporting import Report, build_report
from interview_coach.views import EvaluationView

ASSESS_SECONDS = 300.0
AGAIN_SECONDS = 15.0
"""Until the storage is tried again."""

_running: set[str] = set()
_guard = threading.Lock()


def _status(row: Evaluation) -> str:
    if row.finished_at is not None:
        return "COMPLETED"
    if row.failed_at is not None:
        return "FAILED"
    return "PENDING" if row.claimed_at is None else "PROCESSING"


def _latest_row(session: Session, interview_id: str) -> Evaluation | None:
    return session.scalars(
        select(Evaluation)
        .where(Evaluation.interview_id == interview_id)
        .order_by(Evaluation.requested_at.desc(), Evaluation.id)
        .limit(1)
    ).first()


def latest(session: Session, interview_id: str) -> EvaluationView | None:
    """The newest evaluation of an interview."""
    row = _latest_row(session, interview_id)
    if row is None:
        return None
    done = session.scalar(select(func.count()).where(Score.evaluation_id == row.id)) or 0
    return EvaluationView(id=row.id, status=_status(row), done=done, total=row.total, error=row.error)


def overalls(session: Session, owner: str) -> Mapping[str, int | None]:
    """Interview id -> overall of its newest finished evaluation (None when nothing was asked)."""
    marks = func.sum(Score.accuracy + Score.completeness + Score.clarity)
    rows = session.execute(
        select(Evaluation.interview_id, Evaluation.total, marks)
        .join(Score, Score.evaluation_id == Evaluation.id, isouter=True)
        .where(Evaluation.owner_id == owner, Evaluation.finished_at.is_not(None))
        .group_by(Evaluation.id, Evaluation.interview_id, Evaluation.total, Evaluation.requested_at)
        .order_by(Evaluation.requested_at)
    )
    return {interview_id: round((total or 0) / asked) if asked else None for interview_id, asked, total in rows}


def enqueue(session: Session, owner: str, interview_id: str) -> str:
    """Ask for an evaluation inside the caller's transaction; `work` does it after the commit."""
    from interview_coach.creating import new_id

    total = session.scalar(select(func.count()).where(Question.interview_id == interview_id)) or 0
    at, before = now(), _latest_row(session, interview_id)
    if before is not None and before.requested_at >= at:  # the clock went back; the newest one must still be the newest
        at = before.requested_at + timedelta(microseconds=1)
    row = Evaluation(
        id=new_id(), interview_id=interview_id, owner_id=owner, coach=OFFLINE, total=total, requested_at=at
    )
    session.add(row)
    session.flush()
    return row.id


def request(owner: str, interview_id: str) -> str:
    """Judge again. While an evaluation runs, that one is the answer."""
    with writing() as session:
        row = session.get(Interview, interview_id)
        if row is None or row.owner_id != owner:
            raise interview_not_found()
        if row.completed_at is None:
            raise _not_completed()
        running = _latest_row(session, interview_id)
        if running is not None and _status(running) in ("PENDING", "PROCESSING"):
            evaluation_id = running.id
        else:
            evaluation_id = enqueue(session, owner, interview_id)
    work(evaluation_id)
    return evaluation_id


def _not_completed() -> Problem:
    return Problem(
        "NOT_COMPLETED", "This interview is not finished yet. Answer the last question or finish it early first."
    )


def _answers(session: Session, interview_id: str) -> list[AnsweredQuestion]:
    row = session.get_one(Interview, interview_id)
    requirements = codec.load(tuple[Requirement, ...], row.requirements)
    topics = codec.load(Plan, row.plan).topics if row.plan is not None else ()
    turns = transcripts.transcript(session, interview_id).turns
    return [
        AnsweredQuestion(
            number=turn.number,
            kind=QuestionKind(turn.kind),
            competency=topics[turn.topic].competency,
            question=turn.question,
            answer=turn.answer,
            requirements=tuple(requirements[index] for index in topics[turn.topic].requirements),
            evidence=turn.evidence,
        )
        for turn in turns
    ]


def work(evaluation_id: str) -> None:
    """Do or finish one evaluation; returns at once when this process is at it already.

    Never raises: what asked for the evaluation is committed, and must not be told otherwise. After a failure the row
    says why. Where the storage does not take the marks, they are tried again until it does.
    """
    with _guard:
        if evaluation_id in _running:
            return
        _running.add(evaluation_id)
    try:
        _work(evaluation_id)
    except Exception as error:
        current_app.logger.error("evaluation %s waits: %s", evaluation_id, type(error).__name__)
        _again(evaluation_id, AGAIN_SECONDS)
    finally:
        with _guard:
            _running.discard(evaluation_id)


def _again(evaluation_id: str, seconds: float) -> None:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # a thread needs more than the proxy

    def run() -> None:
        with app.app_context():
            work(evaluation_id)

    timer = threading.Timer(seconds, run)
    timer.daemon = True
    timer.start()


def _work(evaluation_id: str) -> None:
    with writing() as session:
        claimed = session.execute(
            update(Evaluation)
            .where(Evaluation.id == evaluation_id, Evaluation.finished_at.is_(None), Evaluation.failed_at.is_(None))
            .values(claimed_at=now())
        )
        if not claimed.rowcount:  # type: ignore[attr-defined]  # an UPDATE gives a cursor result
            return
        interview_id = session.get_one(Evaluation, evaluation_id).interview_id
    try:
        with reading() as session:
            answers = _answers(session, interview_id)
        scorecard = loop.call(
            coaches().assessor().assess(answers, RUBRIC, Background((), "", "", "en")), timeout=ASSESS_SECONDS
        )
        _store(evaluation_id, scorecard)
    except Problem:
        raise
    except Exception as error:
        current_app.logger.error("evaluation %s failed: %s", evaluation_id, type(error).__name__)
        with writing() as session:
            session.execute(
                update(Evaluation)
                .where(Evaluation.id == evaluation_id)
                .values(
                    failed_at=now(),
                    error="The feedback could not be written. Your answers are saved. You can ask for it again.",
                )
            )


def _store(evaluation_id: str, scorecard: Scorecard) -> None:
    try:
        with writing() as session:
            stored = set(session.scalars(select(Score.number).where(Score.evaluation_id == evaluation_id)))
            rows = [
                {
                    "evaluation_id": evaluation_id,
                    "number": score.number,
                    "accuracy": score.accuracy,
                    "completeness": score.completeness,
                    "clarity": score.clarity,
                    "detail": codec.dump(AnswerScore, score),
                }
                for score in scorecard.answers
                if score.number not in stored
            ]
            if rows:
                session.execute(insert(Score), rows)
            session.execute(
                update(Evaluation)
                .where(Evaluation.id == evaluation_id)
                .values(finished_at=now(), rubric_version=scorecard.rubric_version)
            )
    except IntegrityError:  # another worker stored the same scores first
        return


def resume() -> int:
    """At start: do what an ended process left. Returns how many there were."""
    with reading() as session:
        left = list(
            session.scalars(
                select(Evaluation.id).where(Evaluation.finished_at.is_(None), Evaluation.failed_at.is_(None))
            )
        )
    for evaluation_id in left:
        work(evaluation_id)
    return len(left)


def report(owner: str, interview_id: str) -> Report:
    """The report of the newest evaluation. Until there is one: NOT_COMPLETED or its state."""
    with reading() as session:
        row = session.get(Interview, interview_id)
        if row is None or row.owner_id != owner:
            raise interview_not_found()
        if row.completed_at is None:
            raise _not_completed()
        evaluation = _latest_row(session, interview_id)
        status = "PENDING" if evaluation is None else _status(evaluation)
        details = (
            session.scalars(select(Score.detail).where(Score.evaluation_id == evaluation.id).order_by(Score.number))
            if evaluation is not None
            else ()
        )
        scores = tuple(codec.load(AnswerScore, detail) for detail in details)
        answers = _answers(session, interview_id)
        version = (evaluation.rubric_version if evaluation else None) or RUBRIC.version
    return build_report(
        interview_id=interview_id,
        evaluation_status=status,
        answers=answers,
        scorecard=Scorecard(rubric_version=version, answers=scores),
    )
