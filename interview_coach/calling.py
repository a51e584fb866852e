"""Use cases of a spoken interview: picking up, what was said aloud, how it sounded, hanging up.

Questions and answers are the interview's own, stored by the same code as typed ones. What is here beside them is what
only a call has. A call's row is written with every heartbeat, so that any process can go on after a kill.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import cast

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.orm import Session

from interview_coach import codec, transcripts
from interview_coach.coach.base import Asked
from interview_coach.coaches import coaches
from interview_coach.creating import new_id
from interview_coach.db import now, reading, writing
from interview_coach.domain.dossier import Dossier
from interview_coach.domain.moves import Close, Probe, next_move
from interview_coach.domain.plan import Plan
from interview_coach.domain.speech import Delivery
from interview_coach.domain.transcript import QuestionKind, Transcript, Turn
from interview_coach.errors import already_completed
from interview_coach.interviewing import asking
from interview_coach.interviewing.showing import own
from interview_coach.models import Answer, Call, Draft, Interview, Question, Utterance
from interview_coach.models import Delivery as DeliveryRow
from interview_coach.providers.base import Message, Usage
from interview_coach.views import QuestionView

HANDLE_HOURS = 2
"""How long a vendor keeps what a resumption handle stands for."""
SILENT_SECONDS = 15.0
"""A call whose row was not written for so long has ended with its process."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an interview stands when somebody picks up."""

    call_id: str
    coach: str
    persona: str
    language: str
    minutes: int | None
    max_questions: int
    question_count: int
    answered_count: int
    open_question: QuestionView | None
    draft: str
    """What was said or typed to the open question, and not been stored as its answer."""
    greeted: bool
    """Somebody has been greeted in this interview before: it is not done twice."""
    silent_for: float | None
    """Seconds since the last words of an earlier call; None = there was none."""
    seconds: float
    """Time on the line in earlier calls."""
    handle: str | None
    """Of the same vendor and model, if it may still be good."""
    unasked: bool = False
    """The greeting broke off, so the open question was not heard."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """What an interviewer who speaks for itself must know."""

    dossier: Dossier
    plan: Plan
    transcript: Transcript


def chosen_coach(owner: str, interview_id: str) -> str:
    """Who asks in this interview: `offline`, `gemini` or `openrouter`."""
    with reading() as session:
        row = own(session, owner, interview_id)
        if row.completed_at is not None:
            raise already_completed()
        return coaches().resolve(row.coach)


def is_on_the_line(owner: str, interview_id: str) -> bool:
    """True while a call of this interview goes on, in whatever window and process."""
    with reading() as session:
        own(session, owner, interview_id)
        found = select(Call.id).where(
            Call.interview_id == interview_id,
            Call.ended_at.is_(None),
            Call.heartbeat_at > now() - timedelta(seconds=SILENT_SECONDS),
        )
        return session.scalar(found.limit(1)) is not None


def pick_up(owner: str, interview_id: str, *, provider: str, model: str) -> Standing:
    """Begin a call. One that is still open is ended: the same person is here now."""
    with writing() as session:
        row = own(session, owner, interview_id)
        if row.completed_at is not None:
            raise already_completed()
        earlier = session.scalars(
            select(Call).where(Call.interview_id == interview_id).order_by(Call.started_at.desc(), Call.id)
        ).all()
        fresh = now() - timedelta(hours=HANDLE_HOURS)
        handle = next(
            (
                call.handle
                for call in earlier
                if call.handle and call.heartbeat_at > fresh and (call.provider, call.model) == (provider, model)
            ),
            None,
        )
        session.execute(
            update(Call)
            .where(Call.interview_id == interview_id, Call.ended_at.is_(None))
            .values(ended_at=Call.heartbeat_at, reason="left")
        )
        call = Call(
            id=new_id(),
            interview_id=interview_id,
            provider=provider,
            model=model,
            started_at=now(),
            heartbeat_at=now(),
        )
        session.add(call)
        last = session.scalar(
            select(Utterance).where(Utterance.interview_id == interview_id).order_by(Utterance.seq.desc()).limit(1)
        )
        transcript = transcripts.transcript(session, interview_id)
        open_turn = transcript.last if transcript.last is not None and transcript.last.is_open else None
        if transcript.last is not None and not _was_aloud(session, interview_id, transcript.last):
            handle = None  # the vendor knows nothing of what was written meanwhile: it is told our transcript
        draft = session.get(Draft, interview_id)
        return Standing(
            call_id=call.id,
            coach=coaches().resolve(row.coach),
            persona=row.persona,
            language=row.language,
            minutes=row.minutes,
            max_questions=row.max_questions,
            question_count=transcript.question_count,
            answered_count=transcript.answered_count,
            open_question=transcripts.question(session, interview_id, open_turn.number) if open_turn else None,
            draft=draft.text if draft is not None and open_turn and draft.number == open_turn.number else "",
            greeted=last is not None,
            silent_for=None if last is None else max(0.0, (now() - last.said_at).total_seconds()),
            seconds=sum(found.seconds for found in earlier),
            handle=handle,
            unasked=last is not None and _is_begun(last),
        )


class Beat(StrEnum):
    """How a call stands, seen from the database."""

    ON = "on"
    ELSEWHERE = "elsewhere"
    """Another call has taken the interview over."""
    FINISHED = "finished"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Pulse:
    """A call that goes on."""

    call_id: str
    seconds: float
    """On the line so far."""
    handle: str | None
    """The vendor's, for resuming."""


_calls, _interviews = cast(Table, Call.__table__), cast(Table, Interview.__table__)
_BEAT = (
    update(_calls)
    .where(_calls.c.id == bindparam("call_id"), _calls.c.ended_at.is_(None))
    .values(heartbeat_at=bindparam("at"), seconds=bindparam("so_far"), handle=bindparam("latest"))
    .returning(
        select(_interviews.c.completed_at)
        .where(_interviews.c.id == _calls.c.interview_id)
        .scalar_subquery()
        .label("completed_at")
    )
)
"""Made once, without the ORM: every call does this every two seconds, and making it takes longer than doing it."""


def beat(pulses: Sequence[Pulse]) -> list[Beat]:
    """Say of these calls that they go on, in one commit: it is what takes the time."""
    with writing() as session:
        return [_beat(session, pulse) for pulse in pulses]


def _beat(session: Session, pulse: Pulse) -> Beat:
    found = session.execute(
        _BEAT, {"call_id": pulse.call_id, "at": now(), "so_far": pulse.seconds, "latest": pulse.handle}
    ).one_or_none()
    if found is not None:
        return Beat.ON if found.completed_at is None else Beat.FINISHED
    return Beat.DELETED if session.get(Call, pulse.call_id) is None else Beat.ELSEWHERE


def hang_up(call_id: str, *, seconds: float, handle: str | None, reason: str, calls: list[Usage]) -> None:
    """End a call and store what it used. The handle stays when the interview can go on."""
    from interview_coach import metering

    with writing() as session:
        call = session.get(Call, call_id)
        if call is None:
            return
        metering.record(session, call.interview_id, calls)
        if call.ended_at is None:
            call.ended_at = call.heartbeat_at = now()
            call.seconds = seconds
            call.reason = reason
            call.handle = None if reason in ("complete", "requested", "time") else handle


def utter(
    owner: str,
    interview_id: str,
    call_id: str,
    *,
    speaker: str,
    kind: str,
    number: int | None,
    text: str,
    interrupted: bool = False,
) -> None:
    """Keep words that were said aloud; those of a greeting that was kept when it had only begun take its place.
    Nothing happens when the interview was deleted meanwhile."""
    with writing() as session:
        if session.get(Interview, interview_id) is None or session.get(Call, call_id) is None:
            return
        own(session, owner, interview_id)
        last = session.scalar(
            select(Utterance).where(Utterance.interview_id == interview_id).order_by(Utterance.seq.desc()).limit(1)
        )
        if last is not None and last.call_id == call_id and _is_begun(last) and _is_same(last.text, text):
            last.kind, last.number, last.text, last.interrupted, last.said_at = kind, number, text, interrupted, now()
            return
        seq = last.seq if last is not None else 0
        session.execute(
            insert(Utterance).values(
                interview_id=interview_id,
                call_id=call_id,
                seq=seq + 1,
                speaker=speaker,
                kind=kind,
                number=number,
                text=text,
                interrupted=interrupted,
                said_at=now(),
            )
        )


def _was_aloud(session: Session, interview_id: str, last: Turn) -> bool:
    """True when the last thing in the interview, a question or its answer, came in a call."""
    speaker = "interviewer" if last.is_open else "person"
    found = select(Utterance.seq).where(
        Utterance.interview_id == interview_id, Utterance.number == last.number, Utterance.speaker == speaker
    )
    return session.scalar(found.limit(1)) is not None


def _is_begun(last: Utterance) -> bool:
    return last.kind == "greeting" and last.interrupted


def _is_same(begun: str, text: str) -> bool:
    return text.startswith(begun) or begun.startswith(text)


def prepare(owner: str, interview_id: str, coach: str | None = None) -> Conversation:
    """Texts, plan and transcript for an interviewer who speaks for itself; makes the plan when there is none."""
    dossier, plan, transcript = asking.planned(owner, interview_id, coach)
    return Conversation(dossier, plan, transcript)


def keep_question(owner: str, interview_id: str, number: int, asked: Asked) -> QuestionView:
    """Store a question that was asked aloud by an interviewer who words its own. Safe to repeat: the first holds."""
    dossier, plan, transcript = asking.planned(owner, interview_id)
    move = None
    if not (transcript.last is not None and transcript.last.is_open):
        move = next_move(plan, transcript, max_questions=dossier.max_questions, follow_ups=dossier.follow_ups)
    topic = 0
    if move is not None and not isinstance(move, Close):
        topic = move.topic
    elif transcript.last is not None:
        topic = transcript.last.topic
    with writing() as session:
        row = own(session, owner, interview_id)
        if row.completed_at is not None:
            raise already_completed()
        transcripts.add_question(
            session,
            interview_id,
            number,
            kind=QuestionKind.PROBE if isinstance(move, Probe) else QuestionKind.QUESTION,
            topic=topic,
            competency=plan.topics[topic].competency,
            subject=asking.subject(plan, dossier, topic),
            asked=asked,
            asked_at=now(),
        )
        stored = transcripts.question(session, interview_id, number)
    assert stored is not None
    return stored


def cut_question(owner: str, interview_id: str, number: int, heard: str) -> QuestionView | None:
    """Cut a question that was spoken over to what was heard of it. Not when it has an answer already.

    The one change of a stored row: nobody has read it as it was, and an answer must not be judged by words that its
    author did not hear.
    """
    with writing() as session:
        own(session, owner, interview_id)
        answered = select(Answer.id).where(Answer.interview_id == interview_id, Answer.number == number)
        session.execute(
            update(Question)
            .where(Question.interview_id == interview_id, Question.number == number, ~answered.exists())
            .values(text=heard)
        )
        return transcripts.question(session, interview_id, number)


def keep_delivery(owner: str, interview_id: str, number: int, delivery: Delivery, *, again: bool = False) -> None:
    """How the answer was spoken. The first measurement holds, unless the answer went on and was measured `again`;
    without a stored answer there is nothing to keep."""
    with writing() as session:
        own(session, owner, interview_id)
        answered = session.scalar(
            select(Answer.source).where(Answer.interview_id == interview_id, Answer.number == number)
        )
        known = session.scalar(
            select(DeliveryRow).where(DeliveryRow.interview_id == interview_id, DeliveryRow.number == number)
        )
        measured = codec.dump(Delivery, delivery)
        if known is not None and again:
            known.measured = measured
        elif answered == "spoken" and known is None:
            session.execute(insert(DeliveryRow).values(interview_id=interview_id, number=number, measured=measured))


def history(owner: str, interview_id: str) -> tuple[Message, ...]:
    """The conversation so far, for a session that knows nothing; `voice.lasting` cuts it to what such a one is told."""
    with reading() as session:
        own(session, owner, interview_id)
        turns = transcripts.transcript(session, interview_id).turns
        if not turns:
            begun = session.scalar(
                select(Utterance.text)
                .where(Utterance.interview_id == interview_id, Utterance.speaker == "interviewer")
                .order_by(Utterance.seq.desc())
                .limit(1)
            )
            if begun:  # whoever was cut off in the greeting goes on behind it
                return (Message("assistant", begun),)
    messages: list[Message] = []
    for turn in turns:
        messages.append(Message("assistant", turn.question))
        if turn.answer is not None or turn.skipped:
            messages.append(Message("user", turn.answer or "(I skip this question.)"))
    return tuple(messages)
