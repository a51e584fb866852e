"""A circuit breaker: after a row of failures a vendor is left alone for a while, then asked once."""

import threading
import time
from collections.abc import Callable


class Breaker:
    """Closed: calls go through. Open: none does, for `rest` seconds. Half-open: one call goes, and decides.

    Every `admit()` that returned 0 is followed by exactly one of `succeeded`, `failed` or `released`.
    Thread-safe. `now` gives monotonic seconds.
    """

    def __init__(self, *, failures: int = 3, rest: float = 120.0, now: Callable[[], float] = time.monotonic) -> None:
        self._limit = failures
        self._rest = rest
        self._now = now
        self._lock = threading.Lock()
        self._failures = 0
        self._opened_at: float | None = None
        self._probing = False

    def admit(self) -> float:
        """0 when a call may go, else the seconds until the next one may try."""
        with self._lock:
            if self._opened_at is None:
                return 0.0
            left = self._opened_at + self._rest - self._now()
            if left > 0:
                return left
            if self._probing:
                return 1.0
            self._probing = True
            return 0.0

    def succeeded(self) -> None:
        """The vendor answered."""
        with self._lock:
            self._failures, self._opened_at, self._probing = 0, None, False

    def failed(self) -> None:
        """The vendor was down, too slow or overloaded."""
        with self._lock:
            self._failures += 1
            if self._probing or (self._opened_at is None and self._failures >= self._limit):
                self._opened_at, self._probing = self._now(), False

    def released(self) -> None:
        """The call was given up by us: nothing was learnt about the vendor."""
        with self._lock:
            self._probing = False
