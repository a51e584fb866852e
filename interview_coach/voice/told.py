"""What a session has to tell, until somebody takes it."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator

from interview_coach.providers.base import LiveEvent


class Told:
    """Events in their order, for one reader on the same loop."""

    def __init__(self) -> None:
        self._events: deque[LiveEvent] = deque()
        self._news = asyncio.Event()
        self._all_taken = asyncio.Event()
        self._all_taken.set()
        self._error: Exception | None = None
        self._is_closed = False

    @property
    def waiting(self) -> tuple[LiveEvent, ...]:
        """Nobody has taken these yet."""
        return tuple(self._events)

    def put(self, event: LiveEvent) -> None:
        """One more."""
        self._events.append(event)
        self._all_taken.clear()
        self._news.set()

    def drop(self, *kinds: type[LiveEvent]) -> None:
        """What of these was not taken yet is never told."""
        kept = [event for event in self._events if not isinstance(event, kinds)]
        self._events.clear()
        self._events.extend(kept)

    def fail(self, error: Exception) -> None:
        """End with an error, after what was told before."""
        self._error = error
        self._news.set()

    def close(self) -> None:
        """End, after what was told before."""
        self._is_closed = True
        self._news.set()

    async def all_taken(self) -> None:
        """Until the reader has taken everything and asks for more."""
        await self._all_taken.wait()

    async def events(self) -> AsyncIterator[LiveEvent]:
        """See `LiveSession.events`."""
        while True:
            while self._events:
                yield self._events.popleft()
            if self._error is not None:
                raise self._error
            if self._is_closed:
                return
            self._news.clear()
            self._all_taken.set()
            await self._news.wait()
