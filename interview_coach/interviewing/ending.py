"""The end of an interview: finished, or deleted with everything that belongs to it."""

from typing import Any

from sqlalchemy import delete as sql_delete
from sqlalchemy import select
from sqlalchemy.orm import Session

from interview_coach import evaluating, sound_files
from interview_coach.creating import drop_unused
from interview_coach.db import erase, now, writing
from interview_coach.errors import Problem
from interview_coach.interviewing.showing import own
from interview_coach.models import (
    Answer,
    Call,
    Delivery,
    Draft,
    Evaluation,
    Interview,
    ProviderCall,
    Question,
    Score,
    Utterance,
)


def complete(session: Session, interview: Interview) -> str:
    """Facts of the end, in the transaction of what ended it. Returns the id of the evaluation."""
    interview.completed_at = now()
    session.execute(sql_delete(Draft).where(Draft.interview_id == interview.id))
    return evaluating.enqueue(session, interview)


def finish(owner: str, interview_id: str) -> None:
    """End early or finally, and have it judged. Repeating it changes nothing."""
    with writing() as session:
        row = own(session, owner, interview_id)
        if row.completed_at is not None:
            return
        if row.started_at is None:
            raise Problem(
                "NOT_COMPLETED",
                "This interview has not started, so there is nothing to finish. Start it, or delete it.",
            )
        evaluation_id = complete(session, row)
    evaluating.submit(evaluation_id)


def delete(owner: str, interview_id: str) -> None:
    """Remove an interview and everything that belongs to it; a CV goes with the last interview that uses it."""

    kept: list[str | None] = []

    def remove(session: Session) -> None:
        row = own(session, owner, interview_id)
        used = {row.cv_id, row.job_id}
        evaluations = select(Evaluation.id).where(Evaluation.interview_id == interview_id)
        session.execute(sql_delete(Score).where(Score.evaluation_id.in_(evaluations)))
        kept[:] = session.scalars(select(Call.recording).where(Call.interview_id == interview_id))
        parts: tuple[Any, ...] = (Evaluation, Utterance, Call, Delivery, Answer, Question, Draft, ProviderCall)
        for table in parts:
            session.execute(sql_delete(table).where(table.interview_id == interview_id))
        session.delete(row)
        session.flush()
        drop_unused(session, used)

    erase(remove)
    sound_files.remove(kept)
