"""The other end of a call, in the hands of a test: it says what it is told to and keeps what it hears."""

import asyncio
import json
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Flask

from interview_coach.voice.peer import Peer, PeerGone
from tests.patience import PATIENCE, eventually

HEADER = struct.Struct("<BBH")
MICROPHONE, SCREEN = 2, 3


@dataclass
class Heard:
    """One message of the microphone or the screen."""

    kind: int
    epoch: int
    payload: bytes = field(repr=False)


class End:
    """One connection."""

    def __init__(self, loop: asyncio.AbstractEventLoop, peer: Peer) -> None:
        self._loop = loop
        self._peer = peer
        self.said: list[dict[str, Any]] = []
        """Text messages of the page, the hello first."""
        self.before: list[int] = []
        """For each of them, how many messages of the microphone and the screen came first."""
        self.heard: list[Heard] = []
        self.code: int | None = None
        """Close code, once the page is gone."""

    async def listen(self) -> None:
        try:
            while True:
                raw = await self._peer.receive()
                if isinstance(raw, str):
                    self.before.append(len(self.heard))
                    self.said.append(json.loads(raw))
                else:
                    kind, _, epoch = HEADER.unpack_from(raw)
                    self.heard.append(Heard(kind, epoch, raw[HEADER.size :]))
        except PeerGone as gone:
            self.code = gone.code

    def tell(self, kind: str, **values: Any) -> None:
        self._loop.call_soon_threadsafe(self._peer.tell, {"type": kind, **values})

    def ready(self, **values: Any) -> None:
        """What the server says first."""
        self.tell(
            "ready",
            **{
                "resumed": False,
                "question_count": 1,
                "answered_count": 0,
                "max_questions": 8,
                "sees": False,
                "hears": True,
                "speaks": True,
                **values,
            },
        )

    def state(self, name: str) -> None:
        self.tell("state", state=name)

    def voice(self, epoch: int, pcm: bytes) -> None:
        self._loop.call_soon_threadsafe(self._peer.voice, epoch, pcm)

    def close(self, code: int) -> None:
        asyncio.run_coroutine_threadsafe(self._peer.close(code), self._loop).result(PATIENCE)

    def of(self, kind: str) -> list[dict[str, Any]]:
        """Messages of the page of this type."""
        return [message for message in self.said if message["type"] == kind]

    def microphone(self) -> list[Heard]:
        return [message for message in self.heard if message.kind == MICROPHONE]


def wait(what: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """The first true value of `what`."""
    found: list[Any] = []
    assert eventually(lambda: found.append(what()) or found[-1], seconds), "it did not happen"
    return found[-1]


class FarEnd:
    """Stands where `interview_coach.voice.call.hold` stands."""

    def __init__(self) -> None:
        self.ends: list[End] = []
        self._refuses: int | None = None
        self._lock = threading.Lock()

    async def hold(self, _app: Flask, _owner: str, _interview: str, peer: Peer) -> None:
        end = End(asyncio.get_running_loop(), peer)
        with self._lock:
            self.ends.append(end)
            code = self._refuses
        if code is not None:
            await peer.close(code)
        await end.listen()

    def refuses(self, code: int | None) -> int:
        """From now on, close every new connection at once with this code; or (None) take it. Gives how many there were
        before."""
        with self._lock:
            self._refuses = code
            return len(self.ends)

    def picks_up(self, number: int = 1) -> End:
        """The end of the `number`-th connection, after its hello."""
        wait(lambda: len(self.ends) >= number and self.ends[number - 1].said)
        return self.ends[number - 1]
