"""Putting right what was heard of a spoken answer, before or after it has its marks.

What was heard stays; each correction is another version, and the newest is what the interviewer and the assessor read.
An answer that was typed is what the person wrote: it is not edited but retaken.
"""

from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from interview_coach import evaluating, transcripts
from interview_coach.db import now, reading, writing
from interview_coach.errors import Problem
from interview_coach.evaluating import rows
from interview_coach.interviewing.answering import fit
from interview_coach.interviewing.showing import own
from interview_coach.models import Interview
from interview_coach.views import QuestionView

TRIES = 5


@dataclass(frozen=True, slots=True)
class Corrected:
    """What became of a correction."""

    question: QuestionView
    is_new: bool
    """False: these are the words that were stored already."""
    evaluation_id: str | None
    """The marks that were asked for again, because the interview was over."""


def correct_answer(owner: str, interview_id: str, number: int, text: str) -> Corrected:
    """Store what was really said. The same words again change nothing.

    When the interview is over, its marks are asked for again in the same transaction; the earlier ones stay.
    """
    said = fit(text, instead=", or leave it as it was heard")
    for attempt in range(TRIES):
        try:
            return _correct_once(owner, interview_id, number, said)
        except IntegrityError:  # another process took this version between our look and our write
            if attempt == TRIES - 1:
                raise
    raise AssertionError("unreachable")


def _correct_once(owner: str, interview_id: str, number: int, said: str) -> Corrected:
    evaluation_id: str | None = None
    with writing() as session:
        row = own(session, owner, interview_id, hold=True)
        found = _spoken(session, row, number)
        assert found.answer is not None
        if found.answer.text == said:
            return Corrected(found, is_new=False, evaluation_id=None)
        stored = transcripts.add_correction(session, interview_id, found, text=said, corrected_at=now())
        if row.completed_at is not None:
            evaluation_id = _judge_again(session, row)
    if evaluation_id is not None:
        evaluating.submit(evaluation_id)
    return Corrected(stored, is_new=True, evaluation_id=evaluation_id)


def correctable(owner: str, interview_id: str, number: int) -> QuestionView:
    """A question whose answer can be corrected, or a sentence that says why it cannot."""
    with reading() as session:
        return _spoken(session, own(session, owner, interview_id), number)


def _spoken(session: Session, interview: Interview, number: int) -> QuestionView:
    found = transcripts.question(session, interview.id, number) if number > 0 else None
    if found is None:
        raise Problem("QUESTION_NOT_FOUND", "This question has not been asked, so there is nothing to correct.")
    if found.answer is None:
        raise Problem("QUESTION_NOT_FOUND", "This question has no answer, so there is nothing to correct.")
    if found.answer.source != "spoken":
        over = interview.completed_at is not None
        when = "Retake the question" if over else "When the interview is finished, retake the question"
        raise Problem(
            "ANSWER_CONFLICT",
            "Only a spoken answer can be corrected, where it was heard wrongly. What you typed stays as you sent it. "
            f"{when} to answer it anew and see both side by side.",
        )
    return found


def _judge_again(session: Session, interview: Interview) -> str:
    """By the coach that gave the newest marks, so that only the words differ. One that nobody has begun will read the
    new words anyway."""
    newest = rows.newest(session, interview.id, hold=True)
    if newest is None:
        return evaluating.enqueue(session, interview)
    if rows.status(newest) == "PENDING":
        return newest.id
    return evaluating.enqueue(session, interview, coach=newest.coach, runs=newest.runs)
