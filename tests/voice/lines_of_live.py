"""A vendor of live voice in memory, and a clock that is moved by hand."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from interview_coach.providers.base import Frame, Image, LiveBrief, LiveEvent, LiveSession

RATE = 16_000


def sound(seconds: float = 0.02, level: int = 6000) -> Frame:
    """A square wave of 500 Hz."""
    half = level.to_bytes(2, "little", signed=True) * 16 + (-level).to_bytes(2, "little", signed=True) * 16
    return Frame((half * (int(seconds * RATE) // 32 + 1))[: 2 * int(seconds * RATE)], RATE)


def quiet(seconds: float = 0.02) -> Frame:
    return Frame(bytes(2 * int(seconds * RATE)), RATE)


class HandClock:
    """Stands still until `passes`."""

    def __init__(self) -> None:
        self.now = 1000.0
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        future = asyncio.get_running_loop().create_future()
        entry = (self.now + seconds, future)
        self._sleepers.append(entry)
        try:
            await future
        finally:
            self._sleepers.remove(entry)

    async def passes(self, seconds: float) -> None:
        """Let everybody who wakes in this time act, in order."""
        end = self.now + seconds
        while True:
            await settle()
            due = [entry for entry in self._sleepers if entry[0] <= end and not entry[1].done()]
            if not due:
                break
            when, future = min(due, key=lambda entry: entry[0])
            self.now = max(self.now, when)
            future.set_result(None)
        self.now = end
        await settle()


async def settle() -> None:
    """Until all that can run without time passing has run."""
    for _ in range(40):
        await asyncio.sleep(0)


class Line:
    """One connection. `calls` in order; frames as ("hear", frame)."""

    def __init__(self, brief: LiveBrief, resume: str | None) -> None:
        self.brief = brief
        self.resume = resume
        self.calls: list[tuple[str, Any]] = []
        self.stuck = False
        self._events: asyncio.Queue[LiveEvent | Exception | None] = asyncio.Queue()

    @property
    def told(self) -> list[str]:
        return [value for kind, value in self.calls if kind == "tell"]

    @property
    def heard(self) -> bytes:
        return b"".join(value.pcm for kind, value in self.calls if kind == "hear")

    async def gives(self, *events: LiveEvent | Exception | None) -> None:
        """Exceptions are raised, None ends the session."""
        for event in events:
            self._events.put_nowait(event)
        await settle()

    async def hear(self, frame: Frame) -> None:
        await self._note("hear", frame)

    async def see(self, image: Image) -> None:
        await self._note("see", image)

    async def tell(self, text: str) -> None:
        await self._note("tell", text)

    async def end_turn(self) -> None:
        await self._note("end_turn", None)

    async def _note(self, kind: str, value: Any) -> None:
        if self.stuck:
            await asyncio.Event().wait()
        self.calls.append((kind, value))

    async def events(self) -> AsyncIterator[LiveEvent]:
        while (event := await self._events.get()) is not None:
            if isinstance(event, Exception):
                raise event
            yield event


class MemoryLive:
    """A `Live`. `plans` say what becomes of the attempts to connect: an exception is raised, None works, and so does
    everything after the last."""

    provider = model = "memory"
    sees = True

    def __init__(self, *plans: Exception | None) -> None:
        self.plans = list(plans)
        self.lines: list[Line] = []
        self.log: list[str] = []
        self.attempts: list[str | None] = []

    @property
    def line(self) -> Line:
        return self.lines[-1]

    @asynccontextmanager
    async def connect(self, brief: LiveBrief, *, resume: str | None = None) -> AsyncIterator[LiveSession]:
        self.attempts.append(resume)
        plan = self.plans.pop(0) if self.plans else None
        if plan is not None:
            raise plan
        self.log.append("open")
        self.lines.append(Line(brief, resume))
        try:
            yield self.line
        finally:
            await asyncio.sleep(0)
            self.log.append("close")
