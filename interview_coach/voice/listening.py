"""Sound that nobody waits for: of all calls it is looked at together, which takes half the time."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from weakref import WeakKeyDictionary

from interview_coach.voice.hearing import Hearing, measure

GATHER_SECONDS = 0.5
"""From the first call that asks until all that have asked are looked at."""

_thread = ThreadPoolExecutor(1, thread_name_prefix="coach-hearing")
"""One for all calls: many detectors at once would take the processor from the loop. It is no nicer than the rest,
because the loop would wait for it when it is put aside with the interpreter's lock."""

_Asked = list[tuple[Hearing, "asyncio.Future[None]"]]
_asked: WeakKeyDictionary[asyncio.AbstractEventLoop, _Asked] = WeakKeyDictionary()


def listen(hearing: Hearing) -> "asyncio.Future[None]":
    """Have the speech found in what has come. Done when it has been."""
    loop = asyncio.get_running_loop()
    if loop not in _asked:
        _asked[loop] = []
        loop.call_later(GATHER_SECONDS, _look, loop)
    done: asyncio.Future[None] = loop.create_future()
    _asked[loop].append((hearing, done))
    return done


def _look(loop: asyncio.AbstractEventLoop) -> None:
    asked = _asked.pop(loop)
    looking = loop.run_in_executor(_thread, measure, list(dict.fromkeys(hearing for hearing, _ in asked)))

    def tell(looked: "asyncio.Future[None]") -> None:
        error = looked.exception()
        for _, done in asked:
            if done.done():  # whoever asked has hung up
                continue
            if error is None:
                done.set_result(None)
            else:
                done.set_exception(error)

    looking.add_done_callback(tell)
