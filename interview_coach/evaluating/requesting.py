"""Asking for marks. The row is the truth; the queue only carries its id."""

from datetime import timedelta

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from interview_coach import jobs
from interview_coach.coaches import NAMES, OFFLINE, coaches
from interview_coach.creating import new_id
from interview_coach.db import now, writing
from interview_coach.errors import Problem, interview_not_found
from interview_coach.evaluating import rows
from interview_coach.models import Evaluation, Interview, Question

CAREFUL_RUNS = 3
"""Readings of each answer in careful mode: with three, the median is one that was really given."""


def enqueue(
    session: Session,
    interview: Interview,
    *,
    coach: str | None = None,
    runs: int | None = None,
    retake_id: str | None = None,
) -> str:
    """Ask for an evaluation inside the caller's transaction; `submit` its id after the commit.

    `coach` is `offline`, `gemini` or `openrouter`; None = who asked the questions. `runs` is how often a model reads
    each answer; None = as the settings say. With `retake_id` that one retaken answer is judged and not the interview.
    """
    total = 1
    if retake_id is None:
        total = session.scalar(select(func.count()).where(Question.interview_id == interview.id)) or 0
    at, before = now(), rows.newest(session, interview.id, retake_id)
    if before is not None and before.requested_at >= at:  # the clock went back; the newest one must still be the newest
        at = before.requested_at + timedelta(microseconds=1)
    chosen = coaches().resolve(coach or interview.coach)
    row = Evaluation(
        id=new_id(),
        interview_id=interview.id,
        owner_id=interview.owner_id,
        coach=chosen,
        total=total,
        requested_at=at,
        retake_id=retake_id,
        runs=1 if chosen == OFFLINE else runs or _usual_runs(),
    )
    session.add(row)
    session.flush()
    return row.id


def _usual_runs() -> int:
    return CAREFUL_RUNS if current_app.config["COACH_SETTINGS"].careful else 1


def submit(evaluation_id: str) -> None:
    """Have it done soon, by this process or another. Never raises: the row is committed, and a sweep finds it."""
    jobs.submit(evaluation_id)


def check_coach(coach: str | None) -> None:
    """Raises VALIDATION_FAILED for a name that is none, and for a coach that cannot mark here."""
    if not coach:
        return
    sentence = ""
    if coach not in NAMES:
        sentence = f"Choose one of {', '.join(NAMES)}."
    elif not coaches().is_configured(coach):
        sentence = "This coach has no key on this computer. Choose the built-in coach, or set the key first."
    if sentence:
        raise Problem("VALIDATION_FAILED", sentence, fields={"provider": sentence})


def request(owner: str, interview_id: str, coach: str | None = None, *, careful: bool = False) -> str:
    """Judge again, perhaps by another coach. While an evaluation runs, that one is the answer."""
    check_coach(coach)
    with writing() as session:
        row = session.get(Interview, interview_id, with_for_update=True)  # or two requests would both find none running
        if row is None or row.owner_id != owner:
            raise interview_not_found()
        if row.completed_at is None:
            raise rows.not_completed()
        running = rows.newest(session, interview_id)
        if running is not None and rows.status(running) in ("PENDING", "PROCESSING"):
            evaluation_id = running.id
        else:
            evaluation_id = enqueue(session, row, coach=coach, runs=CAREFUL_RUNS if careful else None)
    submit(evaluation_id)
    return evaluation_id
