"""A `Peer` in memory: a test says what comes up, and reads what went down. No socket, no thread, no clock.

peer = ScriptedPeer([hello(), sound(b"..."), control("bye")])     # what is there from the start
task = asyncio.create_task(hold(app, owner, interview_id, peer))
state = await peer.until(lambda message: message["type"] == "ready")
peer.put(control("text", text="..."))                             # and what comes later
peer.hang_up()                                                    # the browser is gone: 1006
"""

import asyncio
import json
import struct
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from interview_coach.voice.peer import PeerGone
from tests.patience import PATIENCE

INTERVIEWER, MICROPHONE, SCREEN, CAMERA = 1, 2, 3, 4
SLICE = 4800
"""Bytes of 100 ms, mono s16le at 24 kHz."""


def control(kind: str, **values: object) -> str:
    """A text message of the browser."""
    return json.dumps({"type": kind, **values})


def hello(**options: object) -> str:
    """The first message of every call."""
    return control("hello", **{"version": 1, "rate": 16000, "encoding": "s16le", **options})


def sound(pcm: bytes, *, epoch: int = 0) -> bytes:
    """A message of the microphone."""
    return struct.pack("<BBH", MICROPHONE, 0, epoch) + pcm


@dataclass(frozen=True)
class Sounded:
    """One message of the interviewer's sound, as it would have gone over the wire."""

    epoch: int
    pcm: bytes


class ScriptedPeer:
    """`sent` holds everything that went down, in order: dictionaries (told) and Sounded (voiced). What a real socket
    would drop at a flush is dropped here only when the test says that the peer reads slowly (`reads=False`)."""

    def __init__(self, script: Iterable[str | bytes] = (), *, reads: bool = True) -> None:
        self.reads = reads
        self.sent: list[dict[str, Any] | Sounded] = []
        self.epoch = 0
        self.closed: tuple[int, str] | None = None
        """Code and reason once our side has closed."""
        self._incoming = deque(script)
        self._gone: int | None = None
        self._half: dict[int, bytes] = {}
        self._came = asyncio.Event()
        self._watchers: list[_Watcher] = []

    # The browser's side: what a test does.

    def put(self, *messages: str | bytes) -> None:
        """More messages of the browser. From the loop's own thread only."""
        self._incoming.extend(messages)
        self._came.set()

    def hang_up(self, code: int = 1006) -> None:
        """The browser is gone: what was sent before is still received, then PeerGone."""
        if self._gone is None:
            self._gone = code
        self._came.set()

    @property
    def told(self) -> list[dict[str, Any]]:
        """The text messages, in order."""
        return [item for item in self.sent if isinstance(item, dict)]

    @property
    def voiced(self) -> list[Sounded]:
        """The sound, in order."""
        return [item for item in self.sent if isinstance(item, Sounded)]

    def types(self) -> list[str]:
        """The `type` of each text message."""
        return [str(message["type"]) for message in self.told]

    def pcm(self, epoch: int | None = None) -> bytes:
        """All sound joined, or that of one epoch."""
        return b"".join(item.pcm for item in self.voiced if epoch is None or item.epoch == epoch)

    async def until(
        self, wanted: Callable[[dict[str, Any]], bool], *, after: int = 0, timeout: float = PATIENCE
    ) -> dict[str, Any]:
        """The first text message that is wanted, from place `after` of `told` on; TimeoutError when none comes."""
        for message in self.told[after:]:
            if wanted(message):
                return message
        watcher = _Watcher(wanted, asyncio.get_running_loop().create_future())
        self._watchers.append(watcher)
        try:
            return await asyncio.wait_for(watcher.found, timeout)
        finally:
            self._watchers.remove(watcher)

    # The call's side: the protocol.

    async def receive(self) -> str | bytes:
        while not self._incoming:
            if self._gone is not None:
                raise PeerGone(self._gone)
            self._came.clear()
            await self._came.wait()
        return self._incoming.popleft()

    def tell(self, message: Mapping[str, Any]) -> None:
        if self._gone is not None:
            return
        whole: dict[str, Any] = json.loads(json.dumps(message, allow_nan=False))
        self.sent.append(whole)
        for watcher in self._watchers:
            if not watcher.found.done() and watcher.wanted(whole):
                watcher.found.set_result(whole)

    def voice(self, epoch: int, pcm: bytes) -> None:
        if self._gone is not None or epoch < self.epoch:
            return
        pcm = self._half.pop(epoch, b"") + pcm  # as on the real socket: half a sample waits for its other half
        if len(pcm) % 2:
            self._half[epoch] = pcm[-1:]
            pcm = pcm[:-1]
        self.sent += [Sounded(epoch, pcm[at : at + SLICE]) for at in range(0, len(pcm), SLICE)]

    def flush(self, epoch: int) -> None:
        self.epoch = epoch
        if not self.reads:
            self.sent = [item for item in self.sent if isinstance(item, dict) or item.epoch >= epoch]

    async def close(self, code: int = 1000, reason: str = "") -> None:
        if self.closed is None:
            self.closed = (code, reason)
        self.hang_up(code)


@dataclass(frozen=True)
class _Watcher:
    wanted: Callable[[dict[str, Any]], bool]
    found: "asyncio.Future[dict[str, Any]]" = field(repr=False)
