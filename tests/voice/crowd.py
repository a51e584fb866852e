"""Well-behaved calls, 20 at once, and the process of those that mean harm beside them."""

import asyncio
import json
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from websockets.asyncio.client import connect

from tests.patience import PATIENCE

ROOT = Path(__file__).resolve().parent.parent.parent
CALLS = 20
FRAME_SECONDS = 0.02
PCM = bytes(636)


@dataclass
class Healthy:
    """What one well-behaved browser saw."""

    sent: int = 0
    numbers: list[int] = field(default_factory=list)
    """Of the frames that came back, in the order in which they came."""
    delays: list[float] = field(default_factory=list)
    """Seconds, of the same frames."""


@dataclass
class Attack:
    """The other process, seen from here."""

    beaten: threading.Event = field(default_factory=threading.Event)
    """Set when those that break a bound have been thrown out and have dialled again."""
    done: dict[str, list[int]] = field(default_factory=dict)
    """After the end: how often each kind dialled, and how much it sent."""


async def talk(port: int, all_here: asyncio.Barrier, go_on: Callable[[int], bool]) -> Healthy:
    """Send a numbered frame every 20 ms for as long as `go_on` says so, which is told how many were sent; then wait for
    what has not come back."""
    seen = Healthy()
    sent_at: list[float] = []
    origin = f"http://127.0.0.1:{port}"
    async with connect(f"ws://127.0.0.1:{port}/live", compression=None, origin=origin, ping_interval=None) as ws:  # type: ignore[arg-type]
        await all_here.wait()

        async def listen() -> None:
            async for message in ws:
                assert isinstance(message, bytes)
                number = struct.unpack_from("<I", message, 4)[0]
                seen.numbers.append(number)
                seen.delays.append(time.perf_counter() - sent_at[number])

        listener = asyncio.create_task(listen())
        began = time.perf_counter()
        while go_on(seen.sent):
            await asyncio.sleep(max(0.0, began + seen.sent * FRAME_SECONDS - time.perf_counter()))
            sent_at.append(time.perf_counter())
            await ws.send(struct.pack("<BBHI", 2, 0, 0, seen.sent) + PCM)
            seen.sent += 1
        until = time.monotonic() + PATIENCE
        while len(seen.numbers) < seen.sent and not listener.done() and time.monotonic() < until:
            await asyncio.sleep(0.01)
        listener.cancel()
    return seen


async def everybody(port: int, go_on: Callable[[int], bool]) -> list[Healthy]:
    """20 calls that begin together."""
    all_here = asyncio.Barrier(CALLS)
    async with asyncio.timeout(2.5 * PATIENCE):
        return list(await asyncio.gather(*(talk(port, all_here, go_on) for _ in range(CALLS))))


@contextmanager
def attackers(port: int) -> Iterator[Attack]:
    """They are at it when this begins, and stop at its end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.voice.hostile", str(port)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    attack = Attack()
    lines = process.stdout
    assert lines is not None and process.stdin is not None

    def follow() -> None:
        for line in lines:
            if line == "beaten\n":
                attack.beaten.set()
            else:
                attack.done.update(json.loads(line))

    assert lines.readline() == "attacking\n"
    follower = threading.Thread(target=follow)
    follower.start()
    try:
        yield attack
    finally:
        process.stdin.close()
        follower.join(PATIENCE)
        process.kill()
        process.wait()
        follower.join()
        lines.close()
