"""Use cases of an interview: ask, answer, skip, draft, finish, resume, delete.

Commit, then show: nothing is reported as stored before its transaction has ended, and every write may be repeated.
No transaction spans a call to a model.
"""

import threading
import time
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, ScalarSelect, bindparam, exists, func, insert, select, update
from sqlalchemy import delete as sql_delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from interview_coach import codec, evaluating, loop, transcripts
from interview_coach.coach.base import Asked, Interviewer, Situation, Withdrawn, Words
from interview_coach.coaches import coaches, metering
from interview_coach.creating import MOST_QUESTIONS, drop_unused
from interview_coach.db import erase, now, reading, writing
from interview_coach.documents.cleaning import clean_text
from interview_coach.documents.matching import best_evidence
from interview_coach.domain.dossier import Dossier
from interview_coach.domain.evidence import CvItem, Requirement
from interview_coach.domain.formats import Difficulty, Format
from interview_coach.domain.moves import Close, Probe, next_move
from interview_coach.domain.plan import Plan
from interview_coach.domain.reading import is_filler
from interview_coach.domain.transcript import QuestionKind, Transcript
from interview_coach.errors import Problem, already_completed, interview_not_found
from interview_coach.models import Answer, Document, Draft, Evaluation, Interview, ProviderCall, Question, Score
from interview_coach.providers.base import NotConfigured, ProviderError, Refused, Throttled, Usage
from interview_coach.views import DocumentsView, DraftView, InterviewSummary, InterviewView, QuestionView

LONGEST_ANSWER = 10_000
PLAN_SECONDS = 30.0
ASK_SECONDS = 120.0
"""How long a second request waits for the question that a first one is getting."""
BEAT_SECONDS = 1.0
"""How often whoever waits for words is told that they are still being awaited."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Nothing new yet. Who passes this on to the reader notices in time that the reader has gone."""


_asking: weakref.WeakValueDictionary[str, Any] = weakref.WeakValueDictionary()
_asking_guard = threading.Lock()


class _Turnstile:
    """One question at a time per interview in this process, so that two tabs do not pay for the same question."""

    def __init__(self) -> None:
        self.lock = threading.Lock()


def _turnstile(interview_id: str) -> _Turnstile:
    with _asking_guard:
        found: _Turnstile = _asking.setdefault(interview_id, _Turnstile())
        return found


def _own(session: Session, owner: str, interview_id: str) -> Interview:
    row = session.get(Interview, interview_id)
    if row is None or row.owner_id != owner:
        raise interview_not_found()
    return row


def _status(row: Interview, evaluated: bool) -> str:
    if row.started_at is None and row.completed_at is None:
        return "CREATED"
    if row.completed_at is None:
        return "IN_PROGRESS"
    return "EVALUATED" if evaluated else "COMPLETED"


def view(owner: str, interview_id: str) -> InterviewView:
    """One interview, whole."""
    with reading() as session:
        row = _own(session, owner, interview_id)
        asked = transcripts.questions(session, interview_id)
        draft = session.get(Draft, interview_id)
        evaluation = evaluating.latest(session, interview_id)
        open_number = asked[-1].number if asked and asked[-1].is_open else None
        return InterviewView(
            id=row.id,
            status=_status(row, evaluation is not None and evaluation.status == "COMPLETED"),
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
        select(Interview, asked.c.asked, answered.c.answered)
        .join(asked, asked.c.interview_id == Interview.id, isouter=True)
        .join(answered, answered.c.interview_id == Interview.id, isouter=True)
        .where(Interview.owner_id == owner)
        .order_by(Interview.created_at.desc(), Interview.id)
    )
    if format:
        query = query.where(Interview.format == format)
    with reading() as session:
        rows = session.execute(query).all()
        overall = evaluating.overalls(session, owner)
        found = [
            InterviewSummary(
                id=row.id,
                status=_status(row, row.id in overall),
                format=row.format,
                job_title=row.job_title,
                company=row.company,
                max_questions=row.max_questions,
                question_count=asked_count or 0,
                answered_count=answered_count or 0,
                created_at=row.created_at,
                started_at=row.started_at,
                completed_at=row.completed_at,
                overall=overall.get(row.id),
            )
            for row, asked_count, answered_count in rows
        ]
    return [summary for summary in found if not state or summary.status == state]


def _dossier(session: Session, row: Interview) -> Dossier:
    earlier = (
        select(Question.text)
        .join(Interview, Interview.id == Question.interview_id)
        .where(Interview.owner_id == row.owner_id, Interview.cv_id == row.cv_id, Interview.id != row.id)
        .order_by(Question.asked_at.desc())
        .limit(200)
    )
    cv, job = session.get_one(Document, row.cv_id), session.get_one(Document, row.job_id)
    return Dossier(
        cv_text=cv.text,
        job_text=job.text,
        cv_items=codec.load(tuple[CvItem, ...], row.cv_items),
        requirements=codec.load(tuple[Requirement, ...], row.requirements),
        job_title=row.job_title,
        company=row.company,
        format=Format(row.format),
        difficulty=Difficulty(row.difficulty),
        language=row.language,
        max_questions=row.max_questions,
        follow_ups=row.follow_ups,
        seed=row.seed,
        earlier_questions=tuple(session.scalars(earlier)),
    )


def documents(owner: str, interview_id: str) -> DocumentsView:
    """The stored texts and what was understood of them."""
    with reading() as session:
        row = _own(session, owner, interview_id)
        cv, job = session.get_one(Document, row.cv_id), session.get_one(Document, row.job_id)
        requirements = codec.load(tuple[Requirement, ...], row.requirements)
        cv_items = codec.load(tuple[CvItem, ...], row.cv_items)
        return DocumentsView(
            cv_text=cv.text,
            job_text=job.text,
            requirements=requirements,
            cv_items=cv_items,
            matches=tuple(best_evidence(requirement, cv_items) for requirement in requirements),
        )


@dataclass(frozen=True, slots=True)
class _Round:
    """What is read before the next question is worded."""

    interview: Interview
    dossier: Dossier
    plan: Plan | None
    transcript: Transcript


def _stored_or_round(owner: str, interview_id: str) -> QuestionView | _Round:
    with reading() as session:
        row = _own(session, owner, interview_id)
        if row.completed_at is not None:
            raise already_completed()
        so_far = transcripts.transcript(session, interview_id)
        if so_far.last is not None and so_far.last.is_open:
            stored = transcripts.question(session, interview_id, so_far.last.number)
            assert stored is not None
            return stored
        dossier = _dossier(session, row)
        session.expunge(row)
        return _Round(
            interview=row,
            dossier=dossier,
            plan=codec.load(Plan, row.plan) if row.plan is not None else None,
            transcript=so_far,
        )


def _ensure_plan(interviewer: Interviewer, current: _Round, calls: list[Usage]) -> Plan:
    if current.plan is not None:
        return current.plan
    with metering(calls):
        made = loop.call(interviewer.plan(current.dossier), timeout=PLAN_SECONDS)
    with writing() as session:
        session.execute(
            update(Interview)
            .where(Interview.id == current.interview.id, Interview.plan.is_(None))
            .values(plan=codec.dump(Plan, made), started_at=func.coalesce(Interview.started_at, now()))
        )
        stored = session.scalar(select(Interview.plan).where(Interview.id == current.interview.id))
    if stored is None:
        raise interview_not_found()
    return codec.load(Plan, stored)


def _record(interview_id: str, calls: list[Usage]) -> None:
    if not calls:
        return
    with writing() as session:
        if session.get(Interview, interview_id) is None:  # deleted while the model was writing
            return
        session.execute(
            insert(ProviderCall),
            [
                {
                    "interview_id": interview_id,
                    "provider": call.provider,
                    "model": call.model,
                    "purpose": call.purpose,
                    "seconds": call.seconds,
                    "input_tokens": call.input_tokens,
                    "output_tokens": call.output_tokens,
                    "cost_usd": call.cost_usd,
                    "outcome": call.outcome,
                    "created_at": now(),
                }
                for call in calls
            ],
        )


def _unavailable(error: ProviderError) -> Problem:
    if isinstance(error, NotConfigured | Refused):
        what = "The interviewer cannot be reached with the key on this computer."
    elif isinstance(error, Throttled):
        what = "The interviewer is busy."
    else:
        what = "The interviewer did not answer in time."
    return Problem(
        "PROVIDER_UNAVAILABLE",
        f"{what} Everything you wrote is saved. Ask again, or continue with the built-in coach.",
        retry_after=error.retry_after,
    )


def stream_question(
    owner: str, interview_id: str, coach: str | None = None
) -> Iterator[Words | Withdrawn | Waiting | QuestionView]:
    """Make sure that the next question exists; yields its words as they are written and the stored question last.

    Safe to repeat and to abandon: closing the iterator cancels the model, and nothing is stored. `coach` takes this
    one turn instead of the interview's own.
    """
    found = _stored_or_round(owner, interview_id)
    if isinstance(found, QuestionView):
        yield found
        return
    turnstile = _turnstile(interview_id)
    patience = time.monotonic() + ASK_SECONDS
    while not turnstile.lock.acquire(timeout=BEAT_SECONDS):
        if time.monotonic() > patience:
            raise Problem("PROVIDER_UNAVAILABLE", "The next question is still being written. Ask again in a moment.")
        yield Waiting()
    try:
        found = _stored_or_round(owner, interview_id)
        if isinstance(found, QuestionView):
            yield found
            return
        yield from _word_question(owner, found, coach)
    finally:
        turnstile.lock.release()


def _word_question(
    owner: str, current: _Round, coach: str | None
) -> Iterator[Words | Withdrawn | Waiting | QuestionView]:
    interview_id = current.interview.id
    calls: list[Usage] = []
    asked: Asked | None = None
    try:
        interviewer = coaches().interviewer(coach or current.interview.coach)
        plan = _ensure_plan(interviewer, current, calls)
        # The very rows that said "nothing is open": a question that another process asks meanwhile takes the number
        # that we would take, and wins.
        transcript = current.transcript
        move = next_move(
            plan, transcript, max_questions=current.interview.max_questions, follow_ups=current.interview.follow_ups
        )
        if isinstance(move, Close):
            finish(owner, interview_id)
            raise already_completed()
        with metering(calls):
            events = loop.stream(interviewer.ask(Situation(current.dossier, plan, transcript, move)), beat=BEAT_SECONDS)
        try:
            for event in events:
                if isinstance(event, Asked):
                    asked = event
                else:
                    yield Waiting() if event is None else event
        finally:
            events.close()
    except ProviderError as error:
        raise _unavailable(error) from error
    finally:
        _record(interview_id, calls)
    if asked is None:
        raise Problem("PROVIDER_UNAVAILABLE", "No question came. Everything you wrote is saved. Ask again.")
    number = transcript.question_count + 1
    with writing() as session:
        if session.scalar(select(Interview.completed_at).where(Interview.id == interview_id)) is not None:
            raise already_completed()
        if session.get(Interview, interview_id) is None:
            raise interview_not_found()
        transcripts.add_question(
            session,
            interview_id,
            number,
            kind=QuestionKind.PROBE if isinstance(move, Probe) else QuestionKind.QUESTION,
            topic=move.topic,
            competency=plan.topics[move.topic].competency,
            asked=asked,
            asked_at=now(),
        )
        stored = transcripts.question(session, interview_id, number)
    if stored is None:
        raise interview_not_found()
    yield stored


def next_question(owner: str, interview_id: str, coach: str | None = None) -> QuestionView:
    """The open question, worded now if need be. Safe to repeat."""
    last: QuestionView | None = None
    for event in stream_question(owner, interview_id, coach):
        if isinstance(event, QuestionView):
            last = event
    if last is None:
        raise Problem("PROVIDER_UNAVAILABLE", "No question came. Everything you wrote is saved. Ask again.")
    return last


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of an answer, and where the interview stands now: enough to show it without reading again."""

    id: str
    language: str
    question: QuestionView
    repeated: bool
    """True: it had been stored before, by this request's twin."""
    answered_count: int
    skipped_count: int
    question_count: int
    max_questions: int
    is_complete: bool
    is_started: bool = True
    open_question: None = None
    draft: None = None


def answer(
    owner: str, interview_id: str, number: int, text: str, *, key: str | None = None, source: str = "typed"
) -> Answered:
    """Store the answer to the open question. A repeat gives the stored one; another text for it is a conflict."""
    cleaned = clean_text(text).strip()
    if not cleaned:
        raise _unfit("Write an answer first, or skip the question.")
    if len(cleaned) > LONGEST_ANSWER:
        raise _unfit(
            f"This answer has {len(cleaned):,} characters; at most {LONGEST_ANSWER:,} can be stored. "
            "Nothing was lost: shorten it and send it again."
        )
    if is_filler(cleaned):
        raise _unfit(
            "There is nothing in this to ask further about yet, so it was not counted as your answer. "
            "Add a sentence, or skip the question."
        )
    return _resolve(owner, interview_id, number, cleaned, skipped=False, key=key, source=source)


def skip(owner: str, interview_id: str, number: int, *, key: str | None = None) -> Answered:
    """Leave the open question unanswered and go on. It scores 0."""
    return _resolve(owner, interview_id, number, "", skipped=True, key=key, source="typed")


def _unfit(sentence: str) -> Problem:
    return Problem("VALIDATION_FAILED", sentence, fields={"answer": sentence})


def _resolve(
    owner: str, interview_id: str, number: int, text: str, *, skipped: bool, key: str | None, source: str
) -> Answered:
    key = (clean_text(key).strip() or f"number-{number}")[:64] if key else f"number-{number}"
    try:
        return _resolve_once(owner, interview_id, number, text, skipped=skipped, key=key, source=source)
    except IntegrityError:  # another process stored an answer between our look and our write: look again
        return _resolve_once(owner, interview_id, number, text, skipped=skipped, key=key, source=source)


def _count(table: type[Question] | type[Answer], *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    query = select(func.count()).select_from(table).where(table.interview_id == Interview.id, *conditions)
    return query.correlate(Interview).scalar_subquery()


# One statement, built once: an answer is the request that people wait for most often.
_STANDING = (
    select(
        Interview.owner_id,
        Interview.completed_at,
        Interview.max_questions,
        Interview.language,
        _count(Question).label("asked"),
        _count(Answer, Answer.skipped.is_(False)).label("answered"),
        _count(Answer, Answer.skipped.is_(True)).label("left"),
        _count(Answer, Answer.key == bindparam("key")).label("key_used"),
        exists().where(Draft.interview_id == Interview.id).correlate(Interview).label("drafted"),
        *transcripts.COLUMNS,
    )
    .select_from(Interview)
    .join(Question, (Question.interview_id == Interview.id) & (Question.number == bindparam("number")), isouter=True)
    .join(Answer, (Answer.interview_id == Question.interview_id) & (Answer.number == Question.number), isouter=True)
    .where(Interview.id == bindparam("interview_id"))
)


def _resolve_once(
    owner: str, interview_id: str, number: int, text: str, *, skipped: bool, key: str, source: str
) -> Answered:
    evaluation_id: str | None = None
    known = number if 1 <= number <= MOST_QUESTIONS else 0
    with writing() as session:
        row = (
            session.connection()
            .execute(_STANDING, {"interview_id": interview_id, "number": known, "key": key})
            .one_or_none()
        )
        if row is None or row.owner_id != owner:
            raise interview_not_found()
        found = transcripts.as_view(row) if row.number is not None else None
        if found is not None and not found.is_open:
            _check_repeat(found, text, skipped)
            return _answered(interview_id, row, found, complete=row.completed_at is not None, repeated=True)
        if row.completed_at is not None:
            raise already_completed()
        if found is None:
            raise Problem(
                "QUESTION_NOT_FOUND",
                "This question has not been asked yet. Reload the page to see where your interview stands.",
            )
        if row.key_used:
            raise Problem(
                "ANSWER_CONFLICT",
                "This was sent once already, for another question. What you typed is still here: send it again.",
            )
        stored = transcripts.add_answer(
            session, interview_id, found, text=text, skipped=skipped, source=source, key=key, answered_at=now()
        )
        if row.drafted:
            session.execute(sql_delete(Draft).where(Draft.interview_id == interview_id))
        complete = number >= row.max_questions
        if complete:
            evaluation_id = _complete(session, owner, interview_id)
    if evaluation_id is not None:
        evaluating.work(evaluation_id)
    return _answered(interview_id, row, stored, complete=complete, repeated=False)


def _check_repeat(found: QuestionView, text: str, skipped: bool) -> None:
    if found.skipped and skipped:
        return
    if found.answer is not None and not skipped and found.answer.text == text:
        return
    raise Problem(
        "ANSWER_CONFLICT",
        "This question has its answer already, perhaps from another tab. The stored answer was not changed, "
        "and what you typed is still here.",
    )


def _answered(interview_id: str, row: Row[Any], question: QuestionView, *, complete: bool, repeated: bool) -> Answered:
    new = 0 if repeated else 1
    return Answered(
        id=interview_id,
        language=row.language,
        question=question,
        repeated=repeated,
        answered_count=row.answered + (0 if question.skipped else new),
        skipped_count=row.left + (new if question.skipped else 0),
        question_count=row.asked,
        max_questions=row.max_questions,
        is_complete=complete,
    )


def _complete(session: Session, owner: str, interview_id: str) -> str:
    """Facts of the end, in the transaction of what ended it. Returns the id of the evaluation."""
    session.execute(update(Interview).where(Interview.id == interview_id).values(completed_at=now()))
    session.execute(sql_delete(Draft).where(Draft.interview_id == interview_id))
    return evaluating.enqueue(session, owner, interview_id)


def save_draft(owner: str, interview_id: str, number: int, text: str) -> DraftView:
    """Keep what is being typed for the open question. An older request may arrive late; the last one wins."""
    cleaned = clean_text(text)
    if len(cleaned) > LONGEST_ANSWER:
        raise _unfit(f"At most {LONGEST_ANSWER:,} characters can be stored as a draft.")
    with writing() as session:
        row = _own(session, owner, interview_id)
        if row.completed_at is not None:
            raise already_completed()
        found = transcripts.question(session, interview_id, number)
        if found is None:
            raise Problem("QUESTION_NOT_FOUND", "This question has not been asked yet.")
        if not found.is_open:
            raise Problem("ANSWER_CONFLICT", "This question has its answer already, so the draft was not stored.")
        at = now()
        stored = session.get(Draft, interview_id)
        if stored is None:
            session.add(Draft(interview_id=interview_id, number=number, text=cleaned, updated_at=at))
        else:
            stored.number, stored.text, stored.updated_at = number, cleaned, at
    return DraftView(number=number, text=cleaned, updated_at=at)


def finish(owner: str, interview_id: str) -> None:
    """End early or finally, and have it judged. Repeating it changes nothing."""
    with writing() as session:
        row = _own(session, owner, interview_id)
        if row.completed_at is not None:
            return
        if row.started_at is None:
            raise Problem(
                "NOT_COMPLETED",
                "This interview has not started, so there is nothing to finish. Start it, or delete it.",
            )
        evaluation_id = _complete(session, owner, interview_id)
    evaluating.work(evaluation_id)


def delete(owner: str, interview_id: str) -> None:
    """Remove an interview and everything that belongs to it; a CV goes with the last interview that uses it."""

    def remove(session: Session) -> None:
        row = _own(session, owner, interview_id)
        used = {row.cv_id, row.job_id}
        evaluations = select(Evaluation.id).where(Evaluation.interview_id == interview_id)
        session.execute(sql_delete(Score).where(Score.evaluation_id.in_(evaluations)))
        for table in (Evaluation, Answer, Question, Draft, ProviderCall):
            session.execute(sql_delete(table).where(table.interview_id == interview_id))
        session.delete(row)
        session.flush()
        drop_unused(session, used)

    erase(remove)
