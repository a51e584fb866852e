"""Calls beside peers that never read, flood and send garbage: 20 healthy ones lose no frame, memory stays small, and
one peer never holds up the loop. What the delay is beside them, `python -m benchmarks.hostile` measures."""

import asyncio
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from interview_coach import loop
from interview_coach.voice import close_codes, line, socket
from interview_coach.voice.line import Bounds
from interview_coach.voice.outbox import SLICE
from interview_coach.voice.peer import Peer
from tests.patience import PATIENCE, eventually
from tests.voice.crowd import CALLS, attackers, everybody
from tests.voice.lines import Browser, application, echo, on_loop, sound, werkzeug

FRAMES = 150
"""Of 20 ms."""


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
    bounds = Bounds(stuck=2.0, flood=2.0, farewell=0.5)
    loop.get()
    threads = threading.active_count()
    with werkzeug(application(echo, bounds)) as port:
        with attackers(port) as attack:  # what threads, once made, keep for themselves is no growth
            asyncio.run(everybody(port, lambda sent: sent < 25))
        assert eventually(lambda: socket.calls() == 0)
        codes.clear()
        before = resident()
        with attackers(port) as attack:
            give_up = time.monotonic() + PATIENCE

            def go_on(sent: int) -> bool:
                return sent < FRAMES or not (attack.beaten.is_set() or time.monotonic() > give_up)

            calls = asyncio.run(everybody(port, go_on))
        grown = resident() - before
        assert eventually(lambda: socket.calls() == 0)
    print(f"{min(call.sent for call in calls)} frames or more each, +{grown / 2**20:.1f} MiB, {attack.done}")
    print({code: codes.count(code) for code in set(codes)})
    assert min(call.sent for call in calls) >= FRAMES
    assert [call.numbers for call in calls] == [list(range(call.sent)) for call in calls], "all came back, in order"
    # Both ends of all calls live in this process, and the allocator keeps what other tests left in pieces; queues
    # without a bound would hold hundreds of MiB.
    assert grown < (32 + CALLS * 0.5) * 2**20
    # They really did harm as far as they could, and were thrown out for it.
    assert attack.beaten.is_set(), attack.done
    assert codes.count(close_codes.PROTOCOL_ERROR) >= attack.done["noise"][0] // 2
    assert codes.count(close_codes.POLICY) >= 3, (
        "who never reads, who sends control messages, who fragments without end"
    )
    assert attack.done["floods"][1] > 1000
    assert codes.count(close_codes.NORMAL) == CALLS, "no other call was ended by us"
    assert eventually(lambda: threading.active_count() <= threads)


# One that does not read holds up nobody. Blocked is blocked for ever here, so that no clock is asked.


async def deluge(peer: Peer) -> None:
    """Echo; who asks for `much` gets more than any socket takes."""
    while True:
        message = await peer.receive()
        if message == "much":
            for _ in range(400):
                peer.voice(0, bytes(SLICE))
        else:
            assert isinstance(message, bytes)
            peer.voice(0, message[4:])


@contextmanager
def beside_one_that_does_not_read(lines: list[Any]) -> Iterator[Browser]:
    """A healthy browser, while writing to another one is not possible."""
    bounds = Bounds(ping=3600, stuck=3600, farewell=0.2, unsent_bytes=64 * 1024 * 1024)
    with werkzeug(application(deluge, bounds)) as port, Browser(port) as healthy:
        healthy.send(sound(b"\0\0"))
        healthy.message()
        with Browser(port, window=4096) as stuck:
            assert eventually(lambda: len(lines) == 2)
            stuck.send("much")
            yield healthy
            stuck.reset()
        assert eventually(lambda: socket.calls() == 1)


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every line that is made, in order."""
    made: list[Any] = []
    connected = line.Line.connection_made

    def note(self: line.Line, transport: asyncio.BaseTransport) -> None:
        made.append(self)
        connected(self, transport)

    monkeypatch.setattr(line.Line, "connection_made", note)
    return made


def test_a_socket_that_takes_nothing_holds_up_no_other_call(lines: list[Any]) -> None:
    with beside_one_that_does_not_read(lines) as healthy:
        assert eventually(lambda: lines[1]._stuck is not None)
        for number in range(200):
            pcm = number.to_bytes(2, "little") * 320
            healthy.send(sound(pcm))
            assert healthy.message()[4:] == pcm  # type: ignore[comparison-overlap]
        # All that time the other one was stuck, with a full socket and a queue behind it, and on no socket could a
        # write have waited.
        assert lines[1]._stuck is not None
        assert on_loop(lambda: len(lines[1]._outbox)) > 100
        assert [made._sock.getblocking() for made in lines] == [False, False]


def test_a_write_that_waits_for_its_peer_would_be_noticed(lines: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """The same, with writes that wait as `sendall` on a blocking socket does: the healthy one hears nothing more."""

    def write(self: line.Line, data: bytes) -> None:
        copy = self._sock.dup()
        try:
            copy.setblocking(True)
            copy.sendall(data)
        except OSError:  # it has gone
            self.abort()
        finally:
            copy.setblocking(False)  # one flag for all copies
            copy.close()

    monkeypatch.setattr(line.Line, "_write", write)
    with beside_one_that_does_not_read(lines) as healthy:
        healthy.sock.settimeout(1)
        with pytest.raises(TimeoutError):
            while True:  # until the other one's sound fills its socket
                healthy.send(sound(b"\1\1"))
                healthy.message()
        healthy.sock.settimeout(PATIENCE)


def test_others_have_their_turn_between_64_messages_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted in rounds of the loop: however much of one peer has been read already, no round takes more of it."""
    rounds: list[int] = [0]
    take = line.Line._take

    def count(self: line.Line, event: Any) -> None:
        rounds[-1] += 1
        take(self, event)

    def next_round() -> None:
        rounds.append(0)
        if sum(rounds) < many:
            loop.get().call_soon(next_round)

    many = 1000
    monkeypatch.setattr(line.Line, "_take", count)
    bounds = Bounds(messages_per_second=1e6)
    with werkzeug(application(echo, bounds)) as port, Browser(port) as browser:
        loop.get().call_soon_threadsafe(next_round)
        browser.sock.sendall(browser.frame(sound(b"\0\0")) * many)
        assert eventually(lambda: sum(rounds) >= many)
        browser.close()
        browser.end()
    # One turn for what has just come, and one for what had been read before.
    assert line.TURN <= max(rounds) <= 2 * line.TURN
