"""Sound that nobody waits for: of all calls it is looked at together, which takes half the time.

In one thread, because many detectors at once would take the processor from the loop. It is no nicer than the rest: the
loop would wait for it when it is put aside with the interpreter's lock.
"""

import asyncio
from collections.abc import Sequence

from interview_coach.voice.gathering import Gathering
from interview_coach.voice.hearing import Hearing, measure


def _listen(asked: Sequence[Hearing]) -> Sequence[None]:
    measure(list(dict.fromkeys(asked)))
    return [None] * len(asked)


_looks: Gathering[Hearing, None] = Gathering("coach-hearing", 0.5, _listen)


def listen(hearing: Hearing) -> "asyncio.Future[None]":
    """Have the speech found in what has come. Done when it has been."""
    return _looks.ask(hearing)
