"""Calls beside peers that never read, flood and send garbage: 20 healthy ones lose no frame, and memory stays small."""

import asyncio
import json
import os
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from websockets.asyncio.client import ClientConnection, connect

from interview_coach import loop
from interview_coach.voice import line, socket
from interview_coach.voice.line import Bounds
from tests.voice.lines import application, echo, eventually, werkzeug

ROOT = Path(__file__).resolve().parent.parent.parent
CALLS = 20
FRAMES = 150
"""Of 20 ms."""
PCM = bytes(636)


@dataclass
class Healthy:
    """What one well-behaved browser saw."""

    delays: list[float] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)


async def talk(port: int, started: asyncio.Event, frames: int) -> Healthy:
    """Send a numbered frame every 20 ms, and read what comes back."""
    seen = Healthy()
    sent_at: list[float] = []
    async with connect(
        f"ws://127.0.0.1:{port}/live", compression=None, origin=f"http://127.0.0.1:{port}", ping_interval=None
    ) as ws:  # type: ignore[arg-type]
        await started.wait()

        async def listen(ws: ClientConnection) -> None:
            async for message in ws:
                assert isinstance(message, bytes)
                number = struct.unpack_from("<I", message, 4)[0]
                seen.numbers.append(number)
                seen.delays.append(time.perf_counter() - sent_at[number])
                if len(seen.numbers) == frames:
                    return

        listener = asyncio.create_task(listen(ws))
        began = time.perf_counter()
        for number in range(frames):
            await asyncio.sleep(max(0.0, began + number * 0.02 - time.perf_counter()))
            sent_at.append(time.perf_counter())
            await ws.send(struct.pack("<BBHI", 2, 0, 0, number) + PCM)
        await asyncio.wait((listener,), timeout=3)
        listener.cancel()
    return seen


async def everybody(port: int, frames: int = FRAMES) -> list[Healthy]:
    started = asyncio.Event()
    calls = [asyncio.create_task(talk(port, started, frames)) for _ in range(CALLS)]
    await asyncio.sleep(0.3)
    started.set()
    return list(await asyncio.gather(*calls))


def p99(calls: list[Healthy]) -> float:
    """Seconds; endless when nothing came back at all."""
    delays = sorted(delay for call in calls for delay in call.delays)
    return delays[len(delays) * 99 // 100] if delays else float("inf")


@contextmanager
def attackers(port: int, seconds: float) -> Iterator[dict[str, list[int]]]:
    """They are at it when this begins; what they achieved is there when it has ended."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.voice.hostile", str(port), str(seconds)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    done: dict[str, list[int]] = {}
    assert process.stdout is not None
    assert process.stdout.readline() == "attacking\n"
    try:
        yield done
        done.update(json.loads(process.stdout.readline()))
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def resident() -> int:
    """Bytes, 0 where the system does not tell."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") if statm.exists() else 0


@pytest.fixture
def codes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """With which codes calls ended."""
    seen: list[int] = []
    end = line.Line._end

    def note(self: line.Line, code: int) -> None:
        if not self.gone.done():
            seen.append(code)
        end(self, code)

    monkeypatch.setattr(line.Line, "_end", note)
    return seen


def test_20_calls_lose_no_frame_beside_peers_that_never_read_flood_and_send_garbage(codes: list[int]) -> None:
    bounds = Bounds(stuck=1.0, flood=1.5, farewell=0.5)
    loop.get()
    threads = threading.active_count()
    with werkzeug(application(echo, bounds)) as port:
        alone = p99(asyncio.run(asyncio.wait_for(everybody(port, 25), 20)))
        with attackers(port, 0.7):  # what threads, once made, keep for themselves is no growth
            pass
        codes.clear()
        before = resident()
        with attackers(port, FRAMES * 0.02 + 1.5) as done:
            calls = asyncio.run(asyncio.wait_for(everybody(port), 20))
        grown = resident() - before
        assert eventually(lambda: socket.calls() == 0)
    assert [call.numbers for call in calls] == [list(range(FRAMES))] * CALLS, "every frame came back, in order"
    delays = sorted(delay for call in calls for delay in call.delays)
    late = p99(calls)
    p50 = delays[len(delays) // 2]
    print(f"p50 {p50 * 1000:.1f} ms, p99 {late * 1000:.1f} ms (alone {alone * 1000:.1f}), +{grown / 2**20:.1f} MiB")
    print(done)
    print({code: codes.count(code) for code in set(codes)})
    assert late < max(0.25, 5 * alone), "a call beside them can still be talked over, on a busy machine too"
    # Both ends of all calls live in this process, and the allocator keeps what other tests left in pieces; queues
    # without a bound would hold hundreds of MiB.
    assert grown < (32 + CALLS * 0.5) * 2**20
    # They really did harm as far as they could, and were thrown out for it.
    assert done["never_reads"][1] > 500
    assert done["floods"][1] > 1000
    assert done["noise"][0] > 5
    assert codes.count(line.PROTOCOL_ERROR) >= done["noise"][0] // 2
    assert codes.count(line.POLICY) >= 2, "the one that never reads, and the one with control messages"
    assert eventually(lambda: threading.active_count() <= threads)


def test_the_measure_above_would_notice_a_loop_that_is_held_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a stall in every write to one peer, as `sendall` to a full socket is one, the others' delay shows it."""
    pump = line.Line._pump
    monkeypatch.setattr(line.Line, "_pump", lambda self: (time.sleep(0.003), pump(self))[1])
    with werkzeug(application(echo)) as port:
        calls = asyncio.run(asyncio.wait_for(everybody(port, 40), 30))
    assert p99(calls) > 0.25
