"""Somebody in a call, over an in-memory peer: hears the interviewer out, then speaks, and marks what was played."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from interview_coach.voice.call import hold
from tests.fakes.gemini_live_server import speech
from tests.fakes.peer import ScriptedPeer, control, hello, sound
from tests.patience import PATIENCE

LISTENING = {"type": "state", "state": "listening"}
PIECE = 640
"""Bytes of 20 ms at 16 kHz."""


class Robot:
    """`async with Robot(app, owner, interview_id) as robot:` is on the line."""

    def __init__(self, app: Any, owner: str, interview_id: str, **options: object) -> None:
        self.peer = ScriptedPeer([hello(**options)])
        self._work = (app, owner, interview_id)
        self._read = 0
        self.played = True

    async def __aenter__(self) -> "Robot":
        self.call = asyncio.create_task(hold(*self._work, self.peer))
        self._marking = asyncio.create_task(self._mark())
        return self

    async def __aexit__(self, *exc: object) -> None:
        self.peer.hang_up()
        self._marking.cancel()
        await asyncio.wait_for(self.call, PATIENCE)
        await asyncio.gather(self._marking, return_exceptions=True)

    async def _mark(self) -> None:
        """The browser plays at once whatever comes."""
        while True:
            await asyncio.sleep(0.02)
            if self.played:
                self.hears_all()

    def hears_all(self) -> None:
        """What has come by now was played, and the server is told so before whatever comes next."""
        epoch = self.peer.epoch
        done = sum(len(item.pcm) for item in self.peer.voiced if item.epoch == epoch) / 48
        if done:
            self.peer.put(control("played", epoch=epoch, ms=done))

    async def next(self, wanted: Callable[[dict[str, Any]], bool], timeout: float = PATIENCE) -> dict[str, Any]:
        """The next message that is wanted, after those that were waited for before."""
        try:
            message = await self.peer.until(wanted, after=self._read, timeout=timeout)
        except TimeoutError:
            raise AssertionError(f"it never came; {self._read} were read of\n{self.dump()}") from None
        self._read = next(
            place + 1 for place, found in enumerate(self.peer.told) if place >= self._read and found == message
        )
        return message

    async def saved(self, number: int, speaker: str) -> None:
        await self.next(lambda message: message == {"type": "saved", "number": number, "speaker": speaker})

    async def has_listened(self) -> None:
        """Once in this call; before or after what was waited for last."""
        await self.peer.until(lambda message: message == LISTENING, timeout=PATIENCE)

    async def listening(self) -> None:
        """Anew."""
        await self.next(lambda message: message == LISTENING)

    def say(self, seconds: float = 0.6, pause: float = 1.6) -> None:
        """Speech and the silence after it, faster than real time."""
        pcm = speech(seconds, pause)
        self.peer.put(*(sound(pcm[at : at + PIECE]) for at in range(0, len(pcm), PIECE)))

    def type(self, text: str) -> None:
        self.peer.put(control("text", text=text))

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [message for message in self.peer.told if message["type"] == kind]

    def dump(self) -> str:
        return "\n".join(json.dumps(message) for message in self.peer.told)
