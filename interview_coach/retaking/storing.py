"""Storing a retake and asking for its marks."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from interview_coach import evaluating
from interview_coach.coaches import coaches
from interview_coach.creating import new_id
from interview_coach.db import now, reading, writing
from interview_coach.errors import Problem
from interview_coach.evaluating import rows
from interview_coach.interviewing.answering import clean_key, fit
from interview_coach.models import Draft, Interview, Retake
from interview_coach.retaking.showing import RetakeView, asked, finished, not_found, views

MOST_RETAKES = 20
"""Of one question."""
TRIES = 5


@dataclass(frozen=True, slots=True)
class Retaken:
    """What became of a retake."""

    retake: RetakeView
    repeated: bool
    """True: it had been stored before, by this request's twin."""


def retake(
    owner: str, interview_id: str, number: int, text: str, *, key: str | None = None, source: str = "typed"
) -> Retaken:
    """Store another answer to a question of a finished interview and ask for its marks, in one transaction.

    A repeat gives the stored one: the same `key`, or without a key the same words for the same question.
    """
    words = fit(text, instead="")
    key = clean_key(key) or f"words-{number}-{hashlib.sha256(words.encode()).hexdigest()[:40]}"
    for attempt in range(TRIES):
        try:
            return _retake_once(owner, interview_id, number, words, key=key, source=source)
        except IntegrityError:  # another process took this number or this key between our look and our write
            if attempt == TRIES - 1:
                raise
    raise AssertionError("unreachable")


def _retake_once(owner: str, interview_id: str, number: int, words: str, *, key: str, source: str) -> Retaken:
    evaluation_id: str | None = None
    with writing() as session:
        interview = finished(session, owner, interview_id, hold=True)
        asked(session, interview, number)
        row = session.scalars(select(Retake).where(Retake.interview_id == interview_id, Retake.key == key)).first()
        if row is not None and (row.number, row.text) != (number, words):
            raise Problem(
                "ANSWER_CONFLICT",
                "This was sent once already, with other words. What you typed is still here: send it again.",
            )
        repeated = row is not None
        if row is None:
            row = _add(session, interview, number, words, key=key, source=source)
            evaluation_id = _ask_for_marks(session, interview, row)
            _drop_draft(session, interview_id, number)
        retake_id = row.id
    if evaluation_id is not None:
        evaluating.submit(evaluation_id)
    with reading() as session:
        return Retaken(views(session, session.scalars(select(Retake).where(Retake.id == retake_id)).all())[0], repeated)


def _add(session: Session, interview: Interview, number: int, words: str, *, key: str, source: str) -> Retake:
    given, last = session.execute(
        select(func.count(), func.max(Retake.take)).where(Retake.interview_id == interview.id, Retake.number == number)
    ).one()
    if given >= MOST_RETAKES:
        sentence = (
            f"This question has been answered {MOST_RETAKES} more times already, and all of them are kept. "
            "Take another question, or begin a new interview."
        )
        raise Problem("VALIDATION_FAILED", sentence, fields={"answer": sentence})
    row = Retake(
        id=new_id(),
        interview_id=interview.id,
        number=number,
        take=(last or 1) + 1,
        text=words,
        source=source,
        key=key,
        answered_at=now(),
    )
    session.add(row)
    session.flush()
    return row


def _ask_for_marks(session: Session, interview: Interview, row: Retake) -> str:
    """By whoever gave the newest marks of the interview, as carefully: only then are before and after one measure."""
    before = rows.newest(session, interview.id, finished=True)
    if before is None or not coaches().is_configured(before.coach):
        return evaluating.enqueue(session, interview, retake_id=row.id)
    return evaluating.enqueue(session, interview, coach=before.coach, runs=before.runs, retake_id=row.id)


def judge_again(owner: str, interview_id: str, number: int, take: int, coach: str | None = None) -> RetakeView:
    """Ask for the marks of a retake again, perhaps by another coach. While they are being given, those are it."""
    evaluating.check_coach(coach)
    evaluation_id: str | None = None
    with writing() as session:
        interview = finished(session, owner, interview_id, hold=True)
        row = session.scalars(
            select(Retake).where(Retake.interview_id == interview_id, Retake.number == number, Retake.take == take)
        ).first()
        if row is None:
            raise not_found()
        running = rows.newest(session, interview_id, row.id)
        if running is None or rows.status(running) not in ("PENDING", "PROCESSING"):
            evaluation_id = evaluating.enqueue(session, interview, coach=coach, retake_id=row.id)
        retake_id = row.id
    if evaluation_id is not None:
        evaluating.submit(evaluation_id)
    with reading() as session:
        return views(session, [session.get_one(Retake, retake_id)])[0]


def _drop_draft(session: Session, interview_id: str, number: int) -> None:
    draft = session.get(Draft, interview_id)
    if draft is not None and draft.number == number:
        session.delete(draft)
