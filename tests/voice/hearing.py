"""What tests of the cascade are made of: a detector that goes by loudness, ears, a voice and a coach that do what they
are told, and a call that is fed with sound as fast as the machine allows."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np

from interview_coach.providers.base import (
    Frame,
    Heard,
    Interrupted,
    LiveBrief,
    LiveEvent,
    Said,
    Trouble,
    TurnEnded,
    Voiced,
)
from interview_coach.voice.cascade import Cascade
from interview_coach.voice.speaking import Deadlines
from interview_coach.voice.vad import WINDOW
from tests.fakes import sounds
from tests.patience import PATIENCE

T = TypeVar("T")
STEP = 0.02


class LoudDetector:
    """Takes for speech what is louder than -45 dBFS."""

    def probabilities(self, windows: bytes) -> list[float]:
        power = np.mean((np.frombuffer(windows, "<i2").reshape(-1, WINDOW) / 32768.0) ** 2, axis=1)
        return [0.99 if loud else 0.01 for loud in power > 10**-4.5]


class QuietClock:
    """Sleeps cost nothing."""

    def monotonic(self) -> float:
        return 0.0

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)


Answer = str | Exception | Callable[[], Awaitable[str]]


class ScriptedEars:
    """Gives one answer for each clip; when there are no more, `word` and a number."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.clips: list[Frame] = []
        self.cancelled = 0

    async def transcribe(self, speech: Frame, *, language: str) -> str:
        self.clips.append(speech)
        answer: Answer = self.answers.pop(0) if self.answers else f"word {len(self.clips)}."
        try:
            if isinstance(answer, Exception):
                raise answer
            return answer if isinstance(answer, str) else await answer()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise


class ScriptedVoice:
    """A tenth of a second of sound for each letter, in frames of 0.1 s; or what `faults` says for the n-th text: an
    exception before any sound, or an event to wait for in the middle."""

    def __init__(self, faults: dict[int, Exception | asyncio.Event] | None = None, *, rate: int = 24_000) -> None:
        self.faults = faults or {}
        self.rate = rate
        self.texts: list[str] = []
        self.at_once = 0
        self.most_at_once = 0
        self.cancelled = 0

    async def speak(self, text: str, *, voice: str, language: str) -> AsyncIterator[Frame]:
        fault = self.faults.get(len(self.texts))
        self.texts.append(text)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await asyncio.sleep(0)
            if isinstance(fault, Exception):
                raise fault
            for at in range(len(text)):
                if isinstance(fault, asyncio.Event) and at == len(text) // 2:
                    await fault.wait()
                yield Frame(sounds.tone(0.1, rate=self.rate), self.rate)
        except (asyncio.CancelledError, GeneratorExit):
            self.cancelled += 1
            raise
        finally:
            self.at_once -= 1


class ScriptedCoach:
    """Answers the n-th turn with the n-th reply: a text, pieces of one, an exception, or an event to wait for."""

    def __init__(self, *replies: Any) -> None:
        self.replies = list(replies)
        self.asked: list[str] = []
        self.closed: list[str] = []

    async def respond(self, text: str) -> AsyncIterator[str]:
        self.asked.append(text)
        reply = self.replies.pop(0) if self.replies else ""
        try:
            for piece in reply if isinstance(reply, list | tuple) else [reply]:
                if isinstance(piece, Exception):
                    raise piece
                if isinstance(piece, asyncio.Event):
                    await piece.wait()
                elif piece:
                    yield piece
                await asyncio.sleep(0)
        finally:
            self.closed.append(text)


@dataclass
class Held:
    """A call under test."""

    session: Cascade
    coach: ScriptedCoach
    got: list[LiveEvent] = field(default_factory=list)
    ended: "asyncio.Task[None] | None" = None

    async def feed(self, *pcm: bytes) -> None:
        """The microphone, in frames of 20 ms; everybody else may run between them."""
        sound = b"".join(pcm)
        size = 2 * round(STEP * 16_000)
        for at in range(0, len(sound), size):
            await self.session.hear(Frame(sound[at : at + size], 16_000))
            await settle(8)

    async def say(self, seconds: float, *, seed: int = 1) -> None:
        await self.feed(sounds.voice(seconds, seed=seed))

    async def quiet(self, seconds: float) -> None:
        await self.feed(sounds.noise(seconds, level=-70))

    def of(self, kind: type[T]) -> list[T]:
        return [event for event in self.got if isinstance(event, kind)]

    @property
    def heard(self) -> str:
        return "".join(event.text for event in self.of(Heard))

    @property
    def said(self) -> str:
        return "".join(event.text for event in self.of(Said))

    @property
    def sound(self) -> float:
        return sum(event.frame.seconds for event in self.of(Voiced))

    @property
    def story(self) -> list[str]:
        """Names of what happened, repetitions left out."""
        names = [_NAMES[type(event)] for event in self.got if type(event) in _NAMES]
        return [name for at, name in enumerate(names) if at == 0 or names[at - 1] != name]


_NAMES: dict[type, str] = {
    Heard: "heard",
    Said: "said",
    Voiced: "voiced",
    Interrupted: "interrupted",
    TurnEnded: "ended",
    Trouble: "trouble",
}

BRIEF = LiveBrief(instruction="", voice="warm", language="en", thinking_seconds=1.0)
QUICK = Deadlines(first_words=0.5, words=0.5, first_sound=0.5, sound=0.5, closing=0.5)
"""For those who hang."""


async def settle(rounds: int = 200) -> None:
    """Let every task do what it can."""
    for _ in range(rounds):
        await asyncio.sleep(0)


def hold(
    work: Callable[[Held], Awaitable[None]],
    *,
    ears: Any = None,
    voice: Any = None,
    replies: tuple[Any, ...] = (),
    brief: LiveBrief = BRIEF,
    **how: Any,
) -> Held:
    """Run `work` with a call that has begun, and end the call."""
    coach = ScriptedCoach("", *replies)
    kept: list[Held] = []

    async def main() -> None:
        how.setdefault("detector", LoudDetector() if ears is not None else None)
        how.setdefault("clock", QuietClock())
        async with Cascade(ears, voice, brief, coach.respond, **how) as session:
            held = Held(session, coach)
            kept.append(held)

            async def read() -> None:
                async for event in session.events():
                    held.got.append(event)

            held.ended = asyncio.create_task(read())
            await settle()
            held.got.clear()
            await work(held)
        await asyncio.wait_for(held.ended, PATIENCE)

    asyncio.run(asyncio.wait_for(main(), 2 * PATIENCE))
    return kept[0]
