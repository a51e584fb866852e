"""Work for which many calls ask all the time, and which costs little more for all of them than for one: whoever asks
within the same moment is served together, in a thread."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

Asked = TypeVar("Asked")
Found = TypeVar("Found")


class Gathering(Generic[Asked, Found]):
    """One of a process. `work` gives what it finds in the order of what was asked; `seconds` is the moment, from the
    first that asks."""

    def __init__(self, name: str, seconds: float, work: Callable[[Sequence[Asked]], Sequence[Found]]) -> None:
        self.seconds = seconds
        self.work = work
        self.thread = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._waiting: WeakKeyDictionary[asyncio.AbstractEventLoop, list[tuple[Asked, asyncio.Future[Found]]]] = (
            WeakKeyDictionary()
        )

    def ask(self, what: Asked) -> "asyncio.Future[Found]":
        """What was found, or what went wrong with all of them."""
        loop = asyncio.get_running_loop()
        if loop not in self._waiting:
            self._waiting[loop] = []
            loop.call_later(self.seconds, self._begin, loop)
        answer: asyncio.Future[Found] = loop.create_future()
        self._waiting[loop].append((what, answer))
        return answer

    def _begin(self, loop: asyncio.AbstractEventLoop) -> None:
        waiting = self._waiting.pop(loop)
        working = loop.run_in_executor(self.thread, self.work, [what for what, _ in waiting])
        working.add_done_callback(lambda worked: _tell(worked, [answer for _, answer in waiting]))


def _tell(worked: "asyncio.Future[Sequence[Found]]", answers: "list[asyncio.Future[Found]]") -> None:
    error = worked.exception()
    found: Sequence[Found | None] = [None] * len(answers) if error is not None else worked.result()
    for answer, one in zip(answers, found, strict=True):
        if answer.done():  # whoever asked has hung up
            continue
        if error is not None:
            answer.set_exception(error)
        else:
            answer.set_result(one)  # type: ignore[arg-type]  # None only beside an error
