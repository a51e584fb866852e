"""How much of something may come in a while: so much a second, and so much at once."""


class Allowance:
    """A bucket of tokens that refills. Times are seconds of any clock that only goes forward."""

    __slots__ = ("_at_once", "_left", "_per_second", "_then")

    def __init__(self, per_second: float, at_once: float, now: float) -> None:
        self._per_second = per_second
        self._at_once = at_once
        self._left = at_once
        self._then = now

    def spend(self, amount: float, now: float) -> float:
        """Take so much, whether it is there or not; the seconds until the debt is paid, 0 without one."""
        self._left = min(self._at_once, self._left + (now - self._then) * self._per_second) - amount
        self._then = now
        return max(0.0, -self._left / self._per_second)
