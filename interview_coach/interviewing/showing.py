"""An interview as it stands: one, all, and what was understood of its documents."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from interview_coach import codec, evaluating, transcripts
from interview_coach.db import reading
from interview_coach.documents.matching import best_evidence, best_guess
from interview_coach.domain.evidence import CvItem, Requirement
from interview_coach.errors import interview_not_found
from interview_coach.models import Answer, Document, Draft, Interview, Question
from interview_coach.views import DocumentsView, DraftView, InterviewSummary, InterviewView, duration


def own(session: Session, owner: str, interview_id: str, *, hold: bool = False) -> Interview:
    """The row, if it is theirs. With `hold`, whoever else wants to hold it waits until this transaction has ended."""
    row = session.get(Interview, interview_id, with_for_update=True if hold else None)
    if row is None or row.owner_id != owner:
        raise interview_not_found()
    return row


def _status(started_at: datetime | None, completed_at: datetime | None, *, evaluated: bool) -> str:
    if started_at is None and completed_at is None:
        return "CREATED"
    if completed_at is None:
        return "IN_PROGRESS"
    return "EVALUATED" if evaluated else "COMPLETED"


def view(owner: str, interview_id: str) -> InterviewView:
    """One interview, whole."""
    with reading() as session:
        row = own(session, owner, interview_id)
        asked = transcripts.questions(session, interview_id)
        draft = session.get(Draft, interview_id)
        evaluation = evaluating.latest(session, interview_id)
        open_number = asked[-1].number if asked and asked[-1].is_open else None
        return InterviewView(
            id=row.id,
            status=_status(
                row.started_at,
                row.completed_at,
                evaluated=evaluation is not None
                and (evaluation.status == "COMPLETED" or evaluating.is_evaluated(session, interview_id)),
            ),
            format=row.format,
            job_title=row.job_title,
            company=row.company,
            difficulty=row.difficulty,
            language=row.language,
            coach=row.coach,
            follow_ups=row.follow_ups,
            max_questions=row.max_questions,
            questions=asked,
            draft=DraftView(number=draft.number, text=draft.text, updated_at=draft.updated_at)
            if draft is not None and draft.number == open_number and row.completed_at is None
            else None,
            created_at=row.created_at,
            started_at=row.started_at,
            completed_at=row.completed_at,
            evaluation=evaluation,
            coaching=row.coaching,
            focus=tuple(row.focus or ()),
            persona=row.persona,
            minutes=row.minutes,
        )


def listing(owner: str, *, format: str | None = None, state: str | None = None) -> list[InterviewSummary]:
    """All interviews, newest first. `state` is one of the four of the lifecycle."""
    asked = select(Question.interview_id, func.count().label("asked")).group_by(Question.interview_id).subquery()
    answered = (
        select(Answer.interview_id, func.count().label("answered"))
        .where(Answer.skipped.is_(False))
        .group_by(Answer.interview_id)
        .subquery()
    )
    query = (
        # Plans and requirements stay where they are: for hundreds of interviews they are megabytes.
        select(
            Interview.id, Interview.format, Interview.job_title, Interview.company, Interview.max_questions,
            Interview.created_at, Interview.started_at, Interview.completed_at,
            func.coalesce(asked.c.asked, 0).label("asked"), func.coalesce(answered.c.answered, 0).label("answered"),
        )
        .join(asked, asked.c.interview_id == Interview.id, isouter=True)
        .join(answered, answered.c.interview_id == Interview.id, isouter=True)
        .where(Interview.owner_id == owner)
        .order_by(Interview.created_at.desc(), Interview.id)
    )  # fmt: skip
    if format:
        query = query.where(Interview.format == format)
    with reading() as session:
        rows = session.execute(query).all()
        overall = evaluating.overalls(session, owner)
        found = [
            InterviewSummary(
                id=row.id,
                status=_status(row.started_at, row.completed_at, evaluated=row.id in overall),
                format=row.format,
                job_title=row.job_title,
                company=row.company,
                max_questions=row.max_questions,
                question_count=row.asked,
                answered_count=row.answered,
                created_at=row.created_at,
                started_at=row.started_at,
                completed_at=row.completed_at,
                overall=overall.get(row.id),
            )
            for row in rows
        ]
    return [summary for summary in found if not state or summary.status == state]


def durations(owner: str) -> dict[str, int]:
    """Interview -> seconds that it has taken, without breaks; of those that have begun."""
    begun = select(Interview.id, Interview.started_at, Interview.completed_at).where(
        Interview.owner_id == owner, Interview.started_at.is_not(None)
    )
    given = (Answer.interview_id == Question.interview_id) & (Answer.number == Question.number)
    said = (
        select(Question.interview_id, Question.asked_at, Answer.answered_at)
        .join(Interview, Interview.id == Question.interview_id)
        .join(Answer, given & Answer.skipped.is_(False), isouter=True)
        .where(Interview.owner_id == owner)
    )
    with reading() as session:
        moments = {id: ends for id, *ends in session.execute(begun)}
        for id, *more in session.execute(said):
            if id in moments:
                moments[id] += more
    return {id: found for id, known in moments.items() if (found := duration(*known)) is not None}


def documents(owner: str, interview_id: str) -> DocumentsView:
    """The stored texts and what was understood of them."""
    with reading() as session:
        row = own(session, owner, interview_id)
        cv, job = session.get_one(Document, row.cv_id), session.get_one(Document, row.job_id)
        requirements = codec.load(tuple[Requirement, ...], row.requirements)
        cv_items = codec.load(tuple[CvItem, ...], row.cv_items)
        return DocumentsView(
            cv_text=cv.text,
            job_text=job.text,
            requirements=requirements,
            cv_items=cv_items,
            matches=tuple(best_evidence(requirement, cv_items) for requirement in requirements),
            guesses=tuple(best_guess(requirement, cv_items) for requirement in requirements),
        )
