"""The end of a turn that somebody else's recogniser hears: nothing but a silence of the right length tells it."""

import asyncio
from collections.abc import Awaitable, Callable


class Quiet:
    """Calls `over` once when nothing was heard for so long. Times are of the same clock as `now`, in seconds."""

    def __init__(self, now: Callable[[], float], over: Callable[[], Awaitable[None]]) -> None:
        self._now = now
        self._over = over
        self._thinks_until = now()
        self._waiting: asyncio.TimerHandle | None = None
        self._ending: asyncio.Future[None] | None = None

    def wait(self, seconds: float) -> None:
        """End the turn after so much silence from now on, or after the time to think that was asked for."""
        self.stop()
        wait = max(seconds, self._thinks_until - self._now())
        self._waiting = asyncio.get_running_loop().call_later(wait, self._end_turn)

    def think(self, seconds: float) -> None:
        """The silence that follows is no end: so much of it, whatever was said already."""
        self._thinks_until = self._now() + seconds
        if self._waiting is not None:
            self.wait(seconds)

    def stop(self) -> None:
        """Something is being said."""
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def close(self) -> None:
        """Nobody listens any more: what has begun to end the turn is given up as well."""
        self.stop()
        if self._ending is not None:
            self._ending.cancel()

    def end(self) -> None:
        """The turn is over; nobody thinks any more."""
        self.stop()
        self._thinks_until = self._now()

    def _end_turn(self) -> None:
        self._ending = asyncio.ensure_future(self._over())  # kept: a loop holds its tasks weakly
