"""Whether work grows with the length of what it is given, and not with its square. No test says how long it takes.

Told by the CPU time of the thread, which does not count what the machine does meanwhile, and by its ratio for a long
and a short input. One lucky try is proof: bad luck makes linear work look worse, and none makes the square look linear.
"""

import time
from collections.abc import Callable

LONGER = 4
"""Times the longer input is longer: linear work costs 4 times as much, work of the square 16 times."""
MOST = 9.0
TRIES = 10


def cost(work: Callable[[], object]) -> float:
    """Seconds of CPU."""
    began = time.thread_time()
    work()
    return time.thread_time() - began


def is_linear(work: Callable[[str], object], text: str) -> bool:
    """Whether the whole of `text` costs about as many times more than a quarter of it as it is longer."""
    short = text[: len(text) // LONGER]
    least = float("inf"), float("inf")
    for _ in range(TRIES):
        least = min(least[0], cost(lambda: work(short))), min(least[1], cost(lambda: work(text)))
        if least[1] <= MOST * least[0] + 0.002:
            return True
    return False
