"""Coaches for tests of pages: they say what they are told to, as slowly as they are told to."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable

from interview_coach.coach.base import Asked, Assessor, Interviewer, Situation, Spoken, Withdrawn, Words
from interview_coach.coach.rules.interviewer import RulesInterviewer
from interview_coach.coaches import OFFLINE, Coaches
from interview_coach.domain.dossier import Dossier
from interview_coach.domain.plan import Plan
from interview_coach.domain.provenance import Provenance

MODEL = Provenance("model", "3", provider="gemini", model="test-model", prompt="question@3")
Script = Callable[[int], AsyncIterator[Spoken]]


class Scripted:
    """Plans like the built-in coach; the words come from `script(number)`."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.started = 0
        self.cancelled = 0

    async def plan(self, dossier: Dossier) -> Plan:
        return await RulesInterviewer().plan(dossier)

    async def ask(self, situation: Situation) -> AsyncIterator[Spoken]:
        self.started += 1
        try:
            async for event in self.script(situation.transcript.question_count + 1):
                yield event
        except (asyncio.CancelledError, GeneratorExit):
            self.cancelled += 1
            raise


class TestCoaches(Coaches):
    """The model is played by a script; the built-in coach stays what it is."""

    __test__ = False
    scripted: Interviewer

    def resolve(self, name: str) -> str:
        return "gemini" if name == "auto" else name

    def is_configured(self, name: str) -> bool:
        return True

    def assessor(self, name: str = OFFLINE, runs: int = 1) -> Assessor:
        return super().assessor(OFFLINE)

    def interviewer(self, name: str) -> Interviewer:
        return super().interviewer(OFFLINE) if self.resolve(name) == OFFLINE else self.scripted


def slowly(
    pause: float = 0.0,
    withdraw: bool = False,
    text: str = "",
    step: threading.Semaphore | None = None,
    thinks: bool = False,
) -> Script:
    """Word by word, `pause` seconds apart or each at a release of `step`, and as long before the first one if it
    `thinks`; with `withdraw` the first try is taken back."""

    async def rest() -> None:
        await asyncio.sleep(pause)
        while step is not None and not step.acquire(blocking=False):
            await asyncio.sleep(0.005)

    async def script(number: int) -> AsyncIterator[Spoken]:
        if thinks:
            await rest()
        if withdraw:
            yield Words("Something that did not pass.")
            await rest()
            yield Withdrawn()
        sentence = text or f"This is question {number} and it asks what you did when the plan changed, step by step?"
        for word in sentence.split(" "):
            yield Words(f"{word} ")
            await rest()
        yield Asked(sentence, (), MODEL)

    return script


def failing(error: Exception) -> Script:
    """Begins a question and fails."""

    async def script(_number: int) -> AsyncIterator[Spoken]:
        yield Words("Tell me ")
        raise error

    return script
