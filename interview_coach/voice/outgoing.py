"""What waits to be sent to the vendor, in order. Sound that has to wait goes together, because it is messages that take
time on the way and not their length: whoever has fallen behind catches up, and who has not waits for nothing."""

import asyncio
from collections import deque

from interview_coach.providers.base import Frame, Image

TOGETHER = 0.1
"""Seconds of sound in one message, at most."""
ENOUGH = 0.04
"""Seconds of it that need not wait for more in any case."""

Item = Frame | Image | str | None
"""None = the end of a turn."""


class Outgoing:
    """Anybody may put; one task gets."""

    def __init__(self) -> None:
        self._items: deque[Item] = deque()
        self._waiter: asyncio.Future[None] | None = None

    def __len__(self) -> int:
        return len(self._items)

    def put(self, item: Item, *, may_wait: bool = False) -> None:
        """Behind all the others. Sound that `may_wait` goes when there is enough of it, or something else."""
        items = self._items
        last = items[-1] if items else None
        if isinstance(item, Frame) and isinstance(last, Frame) and _fits(last, item):
            item = items[-1] = Frame(last.pcm + item.pcm, item.rate)
        else:
            items.append(item)
        waits = may_wait and len(items) == 1 and isinstance(item, Frame) and item.seconds < ENOUGH
        if self._waiter is not None and not self._waiter.done() and not waits:
            self._waiter.set_result(None)

    async def get(self) -> Item:
        """The oldest, as soon as there is one."""
        while not self._items:
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        return self._items.popleft()

    def clear(self) -> None:
        """Drop everything."""
        self._items.clear()


def _fits(last: Frame, more: Frame) -> bool:
    return last.rate == more.rate and last.seconds + more.seconds <= TOGETHER
