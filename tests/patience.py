"""Waiting for what must happen, on a machine that may stand still for seconds.

No test says how fast something is: benchmarks do. A test waits until it is so, and gives up long after any machine
would have got there; that costs nothing when all is well.
"""

import time
from collections.abc import Callable

PATIENCE = 60.0
"""Seconds after which a test gives up."""


def eventually(is_so: Callable[[], object], seconds: float = PATIENCE) -> bool:
    """True as soon as it is so, False when it never is."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            return bool(is_so())  # the machine may have stood still since the last look
        time.sleep(0.01)
    return True
