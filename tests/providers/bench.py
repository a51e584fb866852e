"""A vendor's adapter, the real SDK and the vendor's stand-in, ready to be used in a test."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, TypeVar

from pydantic import BaseModel, Field

from interview_coach.providers.base import Brief, Message, Usage
from interview_coach.providers.calls import VendorChat
from interview_coach.providers.gemini import GeminiChat
from interview_coach.providers.openrouter import OpenRouterChat
from tests.fakes.gemini_server import FakeGemini
from tests.fakes.openai_server import FakeOpenAI
from tests.fakes.vendor import Asked, FakeVendor

R = TypeVar("R")

KEY = "sk-never-show-this-key"
SYSTEM = "You are the interviewer. SYSTEM-CANARY."
CV = "CV-CANARY: led the migration of a hospital's patient records."
BRIEF = Brief(
    SYSTEM,
    (Message("user", CV), Message("assistant", "How did you plan it?"), Message("user", "ANSWER-CANARY: in steps.")),
    max_tokens=150,
    temperature=0.3,
)


class Mark(BaseModel):
    points: int = Field(ge=0, le=100)
    quote: str


class Card(BaseModel):
    marks: list[Mark]
    remark: str | None = None


class PretendClock:
    """Runs like that of the loop, but a sleep costs nothing and is written down."""

    def __init__(self) -> None:
        self.ahead = 0.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        try:
            return asyncio.get_running_loop().time() + self.ahead
        except RuntimeError:  # between two runs
            return time.monotonic() + self.ahead

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.ahead += seconds
        await asyncio.sleep(0)


class Bench:
    def __init__(self, kind: str, server: FakeVendor) -> None:
        self.kind = kind
        self.server = server
        self.clock = PretendClock()
        self.usages: list[Usage] = []

    def chat(self, *, key: str | None = KEY, **how: Any) -> VendorChat:
        how = {"clock": self.clock, "jitter": lambda: 0.5, **how}
        if self.kind == "gemini":
            how = {"base_url": self.server.url, **how}
            return GeminiChat(key, "gemini-3.8-flash", self.usages.append, **how)
        how = {"base_url": self.server.url, "itself": True, **how}
        return OpenRouterChat(key, "some/model", self.usages.append, **how)

    def run(self, work: Callable[[VendorChat], Awaitable[R]], **how: Any) -> R:
        """`work` with a chat that is closed afterwards, on a loop of its own."""

        async def main() -> R:
            chat = self.chat(**how)
            try:
                return await work(chat)
            finally:
                await chat.aclose()

        return asyncio.run(main())

    @property
    def asked(self) -> list[Asked]:
        return self.server.requests

    @property
    def outcomes(self) -> list[str]:
        return [usage.outcome for usage in self.usages]


def fake(kind: str) -> FakeVendor:
    return FakeGemini() if kind == "gemini" else FakeOpenAI()


async def all_of(words: AsyncIterator[str], into: list[str] | None = None) -> str:
    """The whole stream; what came before an error is in `into`."""
    got = [] if into is None else into
    async for piece in words:
        got.append(piece)
    return "".join(got)


async def whole(chat: VendorChat) -> str:
    return (await chat.reply(BRIEF)).text


async def streamed(chat: VendorChat) -> str:
    return await all_of(chat.stream(BRIEF))


async def structured(chat: VendorChat) -> str:
    return (await chat.reply(BRIEF, schema=Card)).text


WAYS = {"whole": whole, "streamed": streamed, "structured": structured}
