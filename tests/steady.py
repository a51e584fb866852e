"""Event loops of tests count no time while the machine stands still.

On a shared machine everything stops for a second now and then. Deadlines of the code under test that are a fraction of
that, chosen so that tests are quick, would then be over before the answer that is there already could be read.
"""

import asyncio
from time import monotonic

LONGEST = 0.02
"""Seconds that pass at most between two looks at the clock."""
LOOK = 0.01
"""Seconds between two looks of a loop that has nothing to do."""


class SteadyLoop(asyncio.SelectorEventLoop):
    """The usual loop, by a clock that leaves out the seconds in which nobody could look at it."""

    def __init__(self) -> None:
        self._now = self._looked_at = monotonic()
        super().__init__()

    def time(self) -> float:
        looked_at, self._looked_at = self._looked_at, monotonic()
        self._now += min(self._looked_at - looked_at, LONGEST)
        return self._now

    def run_forever(self) -> None:
        looks = [self.call_soon(lambda: look())]

        def look() -> None:
            looks[:] = [self.call_later(LOOK, look)]

        try:
            super().run_forever()
        finally:
            looks[0].cancel()


class SteadyPolicy(asyncio.DefaultEventLoopPolicy):
    """Every new loop is a steady one."""

    _loop_factory = SteadyLoop
