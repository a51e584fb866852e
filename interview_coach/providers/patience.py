"""How long we wait for a vendor and when we ask again.

The deadlines are ours because the SDKs have none that help: their time-outs are per read, and a server that only
sends keep-alive comments resets those for ever.
"""

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from interview_coach.providers.base import ProviderError, Throttled, Unavailable


@dataclass(frozen=True, slots=True)
class Patience:
    """All in seconds, but for `tries`."""

    connect: float = 5.0
    first: float = 20.0
    """Until the first sign of an answer; a keep-alive comment is none."""
    idle: float = 15.0
    """Between two pieces."""
    tail: float = 2.0
    """For the record of usage after the last word."""
    total: float = 90.0
    """For one call: all tries and the pauses between them."""
    tries: int = 3
    longest_wait: float = 60.0
    """All pauses of one call together, where the vendor named a time."""
    trying: float = 40.0
    """Without a named time, a new try must have room to end within this. So refused connections and errors 500 are
    tried again, but a vendor that was silent until `first` ran out is not: a person is waiting, and another coach
    can speak instead."""

    def pause(
        self, error: ProviderError, *, tries: int, waited: float, elapsed: float, jitter: float = 0.5
    ) -> float | None:
        """Seconds until the next try, or None to give up. `jitter` is a random number from 0 to 1."""
        if tries >= self.tries or not isinstance(error, Throttled | Unavailable):
            return None
        if error.retry_after is not None:
            seconds = error.retry_after + jitter
            fits = waited + error.retry_after <= self.longest_wait
        else:
            seconds = 2 ** (tries - 1) * (0.5 + jitter / 2)
            fits = elapsed + seconds + self.first <= self.trying
        return seconds if fits and elapsed + seconds < self.total else None


def retry_after(headers: Mapping[str, str], *, now: float | None = None) -> float | None:
    """Seconds named by Retry-After, as a number or as a date, or by OpenAI's retry-after-ms.

    A date is read against the server's own Date where there is one: clocks differ.
    """
    milliseconds = _seconds(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return milliseconds / 1000
    value = headers.get("retry-after")
    seconds = _seconds(value)
    if seconds is not None or not value:
        return seconds
    try:
        then = parsedate_to_datetime(value).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None
    try:
        base = parsedate_to_datetime(headers["date"]).timestamp()
    except (KeyError, ValueError, TypeError, OverflowError):
        base = time.time() if now is None else now
    return max(0.0, then - base)


def _seconds(value: str | None) -> float | None:
    try:
        seconds = float(value or "")
    except ValueError:
        return None
    return max(0.0, seconds) if math.isfinite(seconds) else None
