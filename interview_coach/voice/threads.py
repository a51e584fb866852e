"""Work with the database for coroutines of a call: in threads of their own, each piece in its own application context.

A context held for a whole call would pin a connection and show rows as they were when it began.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from flask import Flask

P = ParamSpec("P")
T = TypeVar("T")

MOST = 32
"""Pieces of work at once. A question that is being worded holds one for as long as the model takes."""

_pool = ThreadPoolExecutor(MOST, thread_name_prefix="coach-call")


async def work(app: Flask, function: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
    """The result of a function that reads or writes rows."""

    def inside() -> T:
        with app.app_context():
            return function(*args, **named)

    return await asyncio.get_running_loop().run_in_executor(_pool, inside)


async def items(app: Flask, make: Callable[[], Generator[T, None, None]]) -> AsyncGenerator[T, None]:
    """What a generator yields that reads and writes rows and waits in between. Closing this closes the generator, as
    soon as it yields the next time."""
    loop = asyncio.get_running_loop()
    handed: asyncio.Queue[tuple[str, T | BaseException | None]] = asyncio.Queue()
    closed = False

    def hand(kind: str, item: T | BaseException | None) -> None:
        loop.call_soon_threadsafe(handed.put_nowait, (kind, item))

    def run() -> None:
        with app.app_context():
            source = make()
            try:
                for item in source:
                    if closed:
                        break
                    hand("item", item)
                hand("end", None)
            except BaseException as error:  # the reader raises it where it can be understood
                hand("error", error)
            finally:
                source.close()

    running = loop.run_in_executor(_pool, run)
    try:
        while True:
            kind, item = await handed.get()
            if kind == "end":
                break
            if isinstance(item, BaseException):
                raise item
            yield item  # type: ignore[misc]  # only errors and the end are anything else
    finally:
        closed = True
        if running.done():
            await running
