"""The one event loop of a process, and the one bridge by which threads reach it.

Why one: provider clients belong to the loop they were made on, and cancelling a silent network read is only prompt in
asyncio. Why not in `voice/`: text interviews need it first, and use cases may not import the entry points above them.
The loop starts lazily, because the server forks and a thread does not survive a fork. No SQL, resampling or PDF work
runs on it.
"""

import asyncio
import os
import queue
import sys
import threading
from collections.abc import AsyncIterator, Coroutine, Generator
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from typing import Any, TypeVar, overload

T = TypeVar("T")

WAIT_SECONDS = 0.001
"""How long the loop waits for a thread that computes in Python. With Python's own five milliseconds, frames of calls
would come late whenever a page is made."""

_lock = threading.Lock()
_loop: asyncio.AbstractEventLoop | None = None
_pid = 0


def get() -> asyncio.AbstractEventLoop:
    """The running loop of this process, started on first use."""
    global _loop, _pid
    with _lock:
        if _loop is None or _pid != os.getpid():
            _loop = _make()
            _pid = os.getpid()
            sys.setswitchinterval(min(sys.getswitchinterval(), WAIT_SECONDS))
            threading.Thread(target=_loop.run_forever, name="coach-loop", daemon=True).start()
        return _loop


def _make() -> asyncio.AbstractEventLoop:
    try:
        import uvloop
    except ImportError:  # as on Windows
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()


def call(work: Coroutine[Any, Any, T], *, timeout: float) -> T:
    """Run a coroutine on the loop and wait at most `timeout` seconds; then it is cancelled and TimeoutError raised."""
    future = asyncio.run_coroutine_threadsafe(work, get())
    try:
        return future.result(timeout)
    except TimeoutError:
        future.cancel()
        raise


class _End:
    pass


@overload
def stream(events: AsyncIterator[T]) -> Generator[T, None, None]: ...


@overload
def stream(events: AsyncIterator[T], *, beat: float) -> Generator[T | None, None, None]: ...


def stream(events: AsyncIterator[T], *, beat: float | None = None) -> Generator[T | None, None, None]:
    """The events of an asynchronous iterator, for a thread. The work starts now, in a copy of the caller's context
    variables; closing the returned generator cancels it.

    With `beat`, None comes after each so many seconds without an event: a thread that only waits can neither be
    closed nor notice that nobody listens any more.
    """
    handed: queue.Queue[T | _End] = queue.Queue()

    async def pump() -> None:
        try:
            async for item in events:
                handed.put(item)
        finally:
            close = getattr(events, "aclose", None)
            if close is not None:
                with suppress(Exception):
                    await close()
            handed.put(_End())

    return _drain(handed, asyncio.run_coroutine_threadsafe(pump(), get()), beat)


def _drain(
    handed: "queue.Queue[T | _End]", future: Future[None], beat: float | None
) -> Generator[T | None, None, None]:
    try:
        while True:
            try:
                item = handed.get(timeout=beat)
            except queue.Empty:
                yield None
                continue
            if isinstance(item, _End):
                break
            yield item
        future.result()
    finally:
        if not future.done():
            future.cancel()
            with suppress(CancelledError, Exception):
                future.result(5)
