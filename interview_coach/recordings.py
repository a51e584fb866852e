"""Recordings of a person's own voice: noted, listed, deleted. The sound itself is in `sound_files`."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from interview_coach import sound_files
from interview_coach.db import reading, writing
from interview_coach.interviewing.showing import own
from interview_coach.models import Call


@dataclass(frozen=True, slots=True)
class RecordingView:
    """One recording as it is listed."""

    call_id: str
    name: str
    started_at: datetime
    seconds: float


def note(call_id: str, name: str) -> None:
    """A recording of this call exists from now on."""
    with writing() as session:
        session.execute(update(Call).where(Call.id == call_id).values(recording=name))


def of_interview(owner: str, interview_id: str) -> tuple[RecordingView, ...]:
    """Recordings of an interview, oldest first."""
    with reading() as session:
        own(session, owner, interview_id)
        rows = session.scalars(
            select(Call)
            .where(Call.interview_id == interview_id, Call.recording.is_not(None))
            .order_by(Call.started_at, Call.id)
        )
        return tuple(RecordingView(row.id, row.recording or "", row.started_at, row.seconds) for row in rows)


def delete(owner: str, interview_id: str, call_id: str) -> None:
    """Remove one recording for good. Repeating it changes nothing."""
    with writing() as session:
        own(session, owner, interview_id)
        call = session.get(Call, call_id)
        if call is None or call.interview_id != interview_id or call.recording is None:
            return
        name, call.recording = call.recording, None
    sound_files.remove([name])
