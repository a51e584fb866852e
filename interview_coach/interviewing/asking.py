"""The next question: found when it is there, worded once when it is not. No transaction spans a call to a model."""

import threading
import time
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from interview_coach import codec, loop, metering, transcripts
from interview_coach.coach.base import Asked, Interviewer, Situation, Withdrawn, Words
from interview_coach.coaches import coaches
from interview_coach.db import now, reading, writing
from interview_coach.domain.dossier import Dossier
from interview_coach.domain.evidence import CvItem, Requirement
from interview_coach.domain.formats import ADAPTIVE, Difficulty, Format
from interview_coach.domain.moves import Close, Probe, next_move
from interview_coach.domain.plan import Plan
from interview_coach.domain.transcript import QuestionKind, Transcript
from interview_coach.errors import Problem, already_completed, interview_not_found
from interview_coach.interviewing.ending import finish
from interview_coach.interviewing.showing import own
from interview_coach.models import Document, Interview, Question
from interview_coach.personas import persona
from interview_coach.providers.base import NotConfigured, ProviderError, Refused, Throttled, Usage
from interview_coach.views import QuestionView

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


def _dossier(session: Session, row: Interview) -> Dossier:
    earlier = (
        select(Question.text)
        .join(Interview, Interview.id == Question.interview_id)
        .where(Interview.owner_id == row.owner_id, Interview.cv_id == row.cv_id, Interview.id != row.id)
        .order_by(Question.asked_at.desc())
        .limit(200)
    )
    cv, job = session.get_one(Document, row.cv_id), session.get_one(Document, row.job_id)
    is_adaptive = row.difficulty == ADAPTIVE
    levels = (row.levels or {}) if is_adaptive else {}
    return Dossier(
        cv_text=cv.text,
        job_text=job.text,
        cv_items=codec.load(tuple[CvItem, ...], row.cv_items),
        requirements=codec.load(tuple[Requirement, ...], row.requirements),
        job_title=row.job_title,
        company=row.company,
        format=Format(row.format),
        difficulty=Difficulty.MEDIUM if is_adaptive else Difficulty(row.difficulty),
        language=row.language,
        max_questions=row.max_questions,
        follow_ups=row.follow_ups,
        seed=row.seed,
        earlier_questions=tuple(session.scalars(earlier)),
        levels=tuple(sorted((name, Difficulty(level)) for name, level in levels.items())),
        focus=tuple(row.focus or ()),
        persona=persona(row.persona),
        minutes=row.minutes,
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
        row = own(session, owner, interview_id)
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
    with metering.collect(calls):
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
    if calls:
        with writing() as session:
            metering.record(session, interview_id, calls)


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
        with metering.collect(calls):
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
            subject=subject(plan, current.dossier, move.topic),
            asked=asked,
            asked_at=now(),
        )
        stored = transcripts.question(session, interview_id, number)
    if stored is None:
        raise interview_not_found()
    yield stored


def subject(plan: Plan, dossier: Dossier, topic: int) -> str:
    """Label of the requirement that a topic is about; empty when the ad gave none."""
    first = next(iter(plan.topics[topic].requirements), None)
    return "" if first is None else dossier.requirements[first].label


def planned(owner: str, interview_id: str, coach: str | None = None) -> tuple[Dossier, Plan, Transcript]:
    """What the next question rests on; makes the plan when there is none."""
    with reading() as session:
        row = own(session, owner, interview_id)
        if row.completed_at is not None:
            raise already_completed()
        current = _Round(
            interview=row,
            dossier=_dossier(session, row),
            plan=codec.load(Plan, row.plan) if row.plan is not None else None,
            transcript=transcripts.transcript(session, interview_id),
        )
        session.expunge(row)
    calls: list[Usage] = []
    try:
        plan = _ensure_plan(coaches().interviewer(coach or current.interview.coach), current, calls)
    except ProviderError as error:
        raise _unavailable(error) from error
    finally:
        _record(interview_id, calls)
    return current.dossier, plan, current.transcript


def next_question(owner: str, interview_id: str, coach: str | None = None) -> QuestionView:
    """The open question, worded now if need be. Safe to repeat."""
    last: QuestionView | None = None
    for event in stream_question(owner, interview_id, coach):
        if isinstance(event, QuestionView):
            last = event
    if last is None:
        raise Problem("PROVIDER_UNAVAILABLE", "No question came. Everything you wrote is saved. Ask again.")
    return last
