"""The delay of 20 calls beside peers that never read, flood and send garbage, as a ratio to the delay without them.

    python -m benchmarks.hostile [--frames 150]

Each call sends a frame every 20 ms to a server that sends it back; all of it and the server live in one process on one
interpreter, the attackers in another. The last row shows what the measure is worth: every write to a peer then holds
the loop up for 3 ms, as a write that waits for its peer does, and that must be seen.
"""

import argparse
import asyncio
import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from interview_coach.voice import line
from interview_coach.voice.line import Bounds
from tests.voice.crowd import CALLS, Healthy, attackers, everybody
from tests.voice.lines import application, echo, werkzeug

RATIO, MS = 5.0, 250.0
"""Beside attackers the p99 may be so many times the one alone, or so many milliseconds: less is not heard when somebody
is talked over."""
NOTICED = 2.0
"""A held-up loop must be so many times worse than the limit above."""
STALL_SECONDS = 0.003


def percentile(calls: list[Healthy], share: int) -> float:
    """Milliseconds; endless when nothing came back at all."""
    delays = sorted(delay for call in calls for delay in call.delays)
    return delays[len(delays) * share // 100] * 1000 if delays else float("inf")


@contextmanager
def held_up() -> Iterator[None]:
    """Every write waits."""
    pump: Callable[[line.Line], None] = line.Line._pump

    def waiting(self: line.Line) -> None:
        time.sleep(STALL_SECONDS)
        pump(self)

    line.Line._pump = waiting  # type: ignore[method-assign]
    try:
        yield
    finally:
        line.Line._pump = pump  # type: ignore[method-assign]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--frames", type=int, default=150, help="of 20 ms, from each call")
    frames = parser.parse_args().frames
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    with werkzeug(application(echo, Bounds(stuck=1.0, flood=1.5, farewell=0.5))) as port:
        alone = asyncio.run(everybody(port, lambda sent: sent < frames))
        with attackers(port) as attack:
            beside = asyncio.run(everybody(port, lambda sent: sent < frames or not attack.beaten.is_set()))
    with held_up(), werkzeug(application(echo)) as port:
        stalled = asyncio.run(everybody(port, lambda sent: sent < 40))

    base = percentile(alone, 99)
    limit = max(MS, RATIO * base)
    print(f"{CALLS} calls               p50 ms    p99 ms    p99 to alone    frames lost")
    for name, calls in (("alone", alone), ("beside attackers", beside), ("writes that wait", stalled)):
        p50, p99 = percentile(calls, 50), percentile(calls, 99)
        lost = sum(call.sent - len(call.numbers) for call in calls)
        print(f"{name:20} {p50:9.1f} {p99:9.1f} {p99 / base:15.1f} {lost:14}")
    for how, (dials, sent) in sorted(attack.done.items()):
        print(f"  {how:18} dialled {dials} times, sent {sent}")
    lost = any(call.sent > len(call.numbers) for call in (*alone, *beside))
    failed = lost or percentile(beside, 99) > limit or percentile(stalled, 99) < NOTICED * limit
    print(f"limit of the p99 {limit:.0f} ms: {'FAIL' if failed else 'PASS'}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
