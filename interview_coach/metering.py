"""What calls to models used: collected where a call is made, because the event loop may not write to the database, and
stored with what came of it. Holds no words."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy import insert
from sqlalchemy.orm import Session

from interview_coach.db import now
from interview_coach.models import Interview, ProviderCall
from interview_coach.providers.base import Usage

_calls: ContextVar[list[Usage] | None] = ContextVar("calls", default=None)


def meter(usage: Usage) -> None:
    """Add a call to the list of whoever is collecting."""
    calls = _calls.get()
    if calls is not None:
        calls.append(usage)


@contextmanager
def collect(calls: list[Usage]) -> Iterator[None]:
    """Add to `calls` what the calls started inside use. Work sent to the loop keeps the list with its context, so
    this may end before the work does."""
    token = _calls.set(calls)
    try:
        yield
    finally:
        _calls.reset(token)


def record(session: Session, interview_id: str, calls: list[Usage]) -> None:
    """Store the collected calls in the caller's transaction."""
    if not calls or session.get(Interview, interview_id) is None:  # deleted while the model was writing
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
