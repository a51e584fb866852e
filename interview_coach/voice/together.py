"""Pieces of work that live and end together."""

import asyncio
from collections.abc import Awaitable
from typing import Any


async def until_one_ends(*pieces: Awaitable[Any]) -> None:
    """Run all at once until the first ends, and raise what that one raised. The rest are cancelled, and are over when
    this returns."""
    tasks = [asyncio.ensure_future(piece) for piece in pieces]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
