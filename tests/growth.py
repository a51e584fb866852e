"""Whether work grows with the length of what it is given, and not with its square. No test says how long it takes.

Told by the CPU time of the thread, which hardly counts what the machine does meanwhile, and by its ratio for a long and
a short input. One lucky try with the long one is proof; of the short one the best of several counts, because bad luck
with it would make the square look linear.
"""

import time
from collections.abc import Callable

LONGER = 16
"""Times the longer input is longer: linear work costs 16 times as much, work of the square 256 times."""
MOST = 64.0
"""Midway by ratio, so that a measure may be wrong by a factor of 4 on either side: on a shared machine it is by 2."""
TRIES = 10
SHORT_TRIES = 5


def cost(work: Callable[[], object]) -> float:
    """Seconds of CPU."""
    began = time.thread_time()
    work()
    return time.thread_time() - began


def is_linear(work: Callable[[str], object], text: str) -> bool:
    """Whether the whole of `text` costs about as many times more than a part of it as it is longer."""
    short = text[: len(text) // LONGER]
    least = float("inf"), float("inf")
    for _ in range(TRIES):
        quick = min(cost(lambda: work(short)) for _ in range(SHORT_TRIES))
        least = min(least[0], quick), min(least[1], cost(lambda: work(text)))
        if least[1] <= MOST * least[0] + 0.002:
            return True
    return False
