"""People who talk all the time: so many connections, a frame every 20 ms on each, spread over those 20 ms.

    python -m benchmarks.voice_bench.talkers CORE

Reads orders as lines of JSON and answers each with one line:
{"grow": N, "port": P, "paths": [...], "header": true}  until so many are on the line; N = 0 drops all
{"measure": seconds}                                    then what came back
{"drop": count, "at_once": n, ...}                      connect and drop so many times
"""

import asyncio
import json
import math
import struct
import sys
import threading
from typing import Any

from benchmarks.voice_bench import wire

LOST_AFTER = 1.5
"""Seconds after the last frame."""
PLAYED_EVERY = 12
"""Frames between two marks of what was played."""
SPOKEN = b"".join(
    struct.pack("<h", round(6000 * math.sin(2 * math.pi * 180 * at / 16_000) * (0.6 + 0.4 * math.sin(at / 700))))
    for at in range(320)
)
HEADER = struct.pack("<BBH", 2, 0, 0)
HELLO = json.dumps({"type": "hello", "version": 1, "rate": 16000, "encoding": "s16le"}).encode()


class Talker(asyncio.Protocol):
    """One of them. `header`: the other end is ours, and speaks the wire of our calls."""

    def __init__(self, port: int, path: str, *, header: bool, hello: bool) -> None:
        self.port, self.path, self.header, self.hello = port, path, header, hello
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.number = 0
        self.played = 0
        self.sent: dict[int, float] = {}
        self.late: list[float] = []
        """Of each frame: seconds from sending to coming back, without what the vendor held it."""
        self.last: list[float] = []
        """The same, only of the last frame in each message."""
        self.measuring = False
        self.gone = False
        self._head: bytes | None = b""
        self._frames = wire.Frames(self._take)
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport  # type: ignore[assignment]
        self.transport.write(
            f"GET {self.path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Origin: http://127.0.0.1:{self.port}\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
            "Sec-WebSocket-Version: 13\r\n\r\n".encode()
        )

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 (the name is asyncio's)
        self.gone = True
        self._fail("the connection was lost")

    def _fail(self, why: str) -> None:
        if not self.ready.done():
            self.ready.set_exception(RuntimeError(why))

    def data_received(self, data: bytes) -> None:
        if self._head is None:
            self._frames.feed(data)
            return
        self._head += data
        if b"\r\n\r\n" in self._head:
            head, rest = self._head.split(b"\r\n\r\n", 1)
            self._head = None
            if not head.startswith(b"HTTP/1.1 101"):
                self._fail(head.decode("latin-1") + rest.decode("latin-1")[:300])
                return
            if self.hello:
                self.transport.write(wire.pack(wire.TEXT, HELLO, masked=True))
            else:
                self.ready.set_result(None)
            if rest:
                self._frames.feed(rest)

    def _take(self, opcode: int, payload: bytes) -> None:
        if opcode == wire.PING:
            self.transport.write(wire.pack(wire.PONG, payload, masked=True))
        elif opcode == wire.TEXT and not self.ready.done() and b'"ready"' in payload:
            self.ready.set_result(None)
        elif opcode == wire.BINARY:
            came = wire.now()
            self.played += len(payload)
            echo = wire.read(payload[4:] if self.header else payload)
            if echo is None or not echo.frames:
                return
            for number, sent in echo.frames:
                if self.sent.pop(number, None) is not None:
                    self.late.append(came - sent - echo.held)
            if echo.frames[-1][0] >= 0 and self.measuring:
                self.last.append(came - echo.frames[-1][1] - echo.held)

    def talk(self) -> None:
        if self.gone or self.transport.is_closing():
            return
        self.number += 1
        at = wire.now()
        if self.measuring:
            self.sent[self.number] = at
        frame = wire.MIC.pack(b"MIC0", self.number, at) + SPOKEN[wire.MIC.size :]
        out = wire.pack(wire.BINARY, HEADER + frame if self.header else frame, masked=True)
        if self.hello and self.number % PLAYED_EVERY == 0:
            mark = json.dumps({"type": "played", "epoch": 0, "ms": self.played / 48}).encode()
            out += wire.pack(wire.TEXT, mark, masked=True)
        self.transport.write(out)


class Crowd:
    """All of them, and the clock that they share."""

    def __init__(self) -> None:
        self.talkers: list[Talker] = []
        self._clock: asyncio.Task[None] | None = None

    async def grow(self, count: int, port: int, paths: list[str], header: bool, hello: bool) -> dict[str, Any]:
        loop = asyncio.get_running_loop()
        if count == 0:
            if self._clock is not None:
                self._clock.cancel()
                self._clock = None
            for talker in self.talkers:
                talker.transport.abort()
            self.talkers = []
        if self._clock is None and count:
            self._clock = asyncio.create_task(self._talk())
        while len(self.talkers) < count:
            path = paths[len(self.talkers) % len(paths)]
            talker = Talker(port, path, header=header, hello=hello)
            await loop.create_connection(lambda talker=talker: talker, "127.0.0.1", port)  # type: ignore[misc]
            await asyncio.wait_for(talker.ready, 30)
            self.talkers.append(talker)
        return {"calls": len(self.talkers)}

    async def _talk(self) -> None:
        loop = asyncio.get_running_loop()
        began, done = loop.time(), 0.0
        while True:
            passed = loop.time() - began
            for place, talker in enumerate(self.talkers):
                phase = 0.02 * place / len(self.talkers)
                due = math.floor((passed - phase) / 0.02) - math.floor((done - phase) / 0.02)
                for _ in range(min(due, 5)):
                    talker.talk()
            done = passed
            await asyncio.sleep(0.0008)  # the pace of microphones

    async def measure(self, seconds: float) -> dict[str, Any]:
        for talker in self.talkers:
            talker.sent, talker.late, talker.last = {}, [], []
            talker.measuring = True
        before = sum(talker.number for talker in self.talkers)
        await asyncio.sleep(seconds)
        frames = sum(talker.number for talker in self.talkers) - before
        for talker in self.talkers:
            talker.measuring = False
        counted = [dict(talker.sent) for talker in self.talkers]
        await asyncio.sleep(LOST_AFTER)
        lost = sum(
            sum(number in talker.sent for number in open_) for talker, open_ in zip(self.talkers, counted, strict=True)
        )
        late = sorted(value for talker in self.talkers for value in talker.late)
        last = sorted(value for talker in self.talkers for value in talker.last)

        def at(values: list[float], share: float) -> float:
            return values[min(len(values) - 1, int(share * len(values)))] * 1000 if values else math.inf

        return {
            "frames": frames,
            "lost": lost,
            "gone": sum(talker.gone for talker in self.talkers),
            "p50": at(late, 0.5),
            "p99": at(late, 0.99),
            "last50": at(last, 0.5),
            "last99": at(last, 0.99),
            "wanted": len(self.talkers) * seconds * 50,
        }

    async def drop(
        self, count: int, at_once: int, port: int, paths: list[str], header: bool, hello: bool
    ) -> dict[str, Any]:
        async def one(place: int) -> bool:
            talker = Talker(port, paths[place % len(paths)], header=header, hello=hello)
            await asyncio.get_running_loop().create_connection(lambda: talker, "127.0.0.1", port)
            try:
                await asyncio.wait_for(talker.ready, 30)
            except (RuntimeError, TimeoutError):
                talker.transport.abort()
                return False
            for _ in range(5):
                talker.talk()
                await asyncio.sleep(0.02)  # a tenth of a second of speech
            talker.transport.abort()
            return True

        done = 0
        for start in range(0, count, at_once):
            done += sum(await asyncio.gather(*(one(place) for place in range(start, min(count, start + at_once)))))
        return {"cycles": done}


async def main() -> None:
    wire.pin(int(sys.argv[1]))
    loop = asyncio.get_running_loop()
    orders: asyncio.Queue[str] = asyncio.Queue()

    def listen() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(orders.put_nowait, line)
        loop.call_soon_threadsafe(orders.put_nowait, "")

    threading.Thread(target=listen, daemon=True).start()
    crowd = Crowd()
    while line := await orders.get():
        order = json.loads(line)
        work = getattr(crowd, order.pop("do"))
        try:
            found = await work(**order)
        except Exception as error:
            found = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
