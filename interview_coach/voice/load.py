"""How full the event loop is of conversations: then sound goes to the vendor in larger pieces, before everybody's comes
late."""

import time
from collections.abc import Callable

MANY = 20
"""Conversations. With fewer it is not they that fill the loop."""
FULL, FREE = 0.75, 0.45
"""Shares of the time: above the first it is full, until it is below the second. Larger pieces alone take an eighth off,
which must not be taken for an end of it."""
EVERY = 0.5
"""Seconds between two looks."""


class Load:
    """Of one loop, asked in its thread. `now` and `used` are seconds: the time, and what this thread has worked."""

    def __init__(self, now: Callable[[], float] = time.monotonic, used: Callable[[], float] = time.thread_time) -> None:
        self.conversations = 0
        """Whoever begins or ends one counts it here."""
        self._now = now
        self._used = used
        self._looked: tuple[float, float] | None = None
        self._is_full = False

    def is_full(self) -> bool:
        """Costs next to nothing."""
        if self.conversations < MANY:
            self._looked, self._is_full = None, False
            return False
        now = self._now()
        if self._looked is None:
            self._looked = now, self._used()
        elif now - self._looked[0] >= EVERY:
            used = self._used()
            share = (used - self._looked[1]) / (now - self._looked[0])
            self._looked = now, used
            self._is_full = share > (FREE if self._is_full else FULL)
        return self._is_full
