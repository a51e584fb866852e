"""Gemini's live voice, the real SDK and the stand-in, ready to be used in a test."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from interview_coach.providers.base import Frame, Heard, LiveBrief, LiveEvent, LiveSession, Said, Voiced
from interview_coach.providers.gemini_live import GeminiLive
from tests.fakes.gemini_live_server import FakeGeminiLive, speech
from tests.patience import PATIENCE

R = TypeVar("R")

KEY = "key-never-shown"
BRIEF = LiveBrief("Be an interviewer. SYSTEM-CANARY.", "Kore", "en-US", thinking_seconds=0.5)


class FastClock:
    """Runs so many times faster than that of the loop."""

    def __init__(self, factor: float) -> None:
        self.factor = factor

    def monotonic(self) -> float:
        return asyncio.get_running_loop().time() * self.factor

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self.factor)


def run(server: FakeGeminiLive, work: Callable[[GeminiLive], Awaitable[R]], **how: Any) -> R:
    """`work` with an adapter that is closed afterwards. Nothing may be left running, and what the service saw of it is
    on record."""
    os.environ["SSL_CERT_FILE"] = str(server.cafile)  # the caller's fixture puts it back

    async def main() -> R:
        live = GeminiLive(
            how.pop("key", KEY), how.pop("model", "gemini-3.8-live"), base_url=how.pop("base_url", server.url), **how
        )
        try:
            return await work(live)
        finally:
            await live.aclose()
            assert asyncio.all_tasks() == {asyncio.current_task()}

    got = asyncio.run(main())
    server.wait_until_left()
    return got


async def speaks(session: LiveSession, seconds: float = 0.6, pause: float = 0.8) -> None:
    """An utterance, in frames of 20 ms, as fast as they are taken."""
    pcm = speech(seconds, pause)
    for at in range(0, len(pcm), 640):
        await session.hear(Frame(pcm[at : at + 640], 16_000))


async def until(session: LiveSession, last: Callable[[LiveEvent], object]) -> list[LiveEvent]:
    """The events up to the first of which `last` is true."""
    got = []
    async with asyncio.timeout(PATIENCE):
        async for event in session.events():
            got.append(event)
            if last(event):
                return got
    raise AssertionError(f"it never came: {got}")


def said(events: list[LiveEvent]) -> str:
    return "".join(event.text for event in events if isinstance(event, Said))


def heard(events: list[LiveEvent]) -> str:
    return "".join(event.text for event in events if isinstance(event, Heard))


def voiced(events: list[LiveEvent]) -> bytes:
    return b"".join(event.frame.pcm for event in events if isinstance(event, Voiced))
