"""A short note after each answer, when the person wants one. In exam mode there is none, and that stays so.

A note is derived from the rows each time it is shown: nothing is stored, the interviewer and the assessor never see it,
and the next question does not wait for it.
"""

from dataclasses import replace

from flask import current_app

from interview_coach.coach.rules.coaching import Coaching, coach
from interview_coach.db import reading, writing
from interview_coach.errors import Problem
from interview_coach.evaluating import rows
from interview_coach.interviewing.answering import Answered
from interview_coach.interviewing.showing import own
from interview_coach.views import InterviewView, QuestionView

OFF, ON, EXAM = "off", "on", "exam"
CHOICES = (OFF, ON, EXAM)


def switch(owner: str, interview_id: str, state: str) -> None:
    """Notes from now on, or none. Refused in exam mode."""
    if state not in (ON, OFF):
        sentence = "Choose on or off."
        raise Problem("VALIDATION_FAILED", sentence, fields={"state": sentence})
    with writing() as session:
        row = own(session, owner, interview_id)
        if row.coaching == EXAM:
            raise Problem(
                "EXAM_MODE",
                "This interview is an exam: its feedback comes at the end, as you chose when you made it. "
                "Begin another interview to get a note after each answer.",
            )
        row.coaching = state


def notes(owner: str, interview_id: str, number: int | None = None) -> dict[int, Coaching]:
    """Number of an answered question (or of this one) -> its note; empty unless notes are on."""
    with reading() as session:
        if own(session, owner, interview_id).coaching != ON:
            return {}
        asked = rows.questions(session, interview_id)
    return {
        question.number: coach(question)
        for question in asked
        if question.answer is not None and number in (None, question.number)
    }


def noted(owner: str, interview: InterviewView) -> InterviewView:
    """The interview with the notes that belong on it."""
    if interview.coaching != ON or not interview.answered_count:
        return interview
    found = notes(owner, interview.id)
    questions = tuple(replace(question, coaching=found.get(question.number)) for question in interview.questions)
    return replace(interview, questions=questions)


def noted_answer(owner: str, done: Answered) -> QuestionView:
    """The question that was just answered, with its note. The answer is stored by now: whatever goes wrong here costs
    the note and nothing else."""
    if done.coaching != ON or done.question.answer is None:
        return done.question
    try:
        return replace(done.question, coaching=notes(owner, done.id, done.question.number).get(done.question.number))
    except Exception as error:
        current_app.logger.error("a note could not be made: %s", type(error).__name__)
        return done.question
