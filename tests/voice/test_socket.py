"""The socket of a call, over real servers and real TCP. Each test is named for the trap that it closes."""

import asyncio
import gc
import json
import logging
import os
import socket as sockets
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from flask import current_app
from wsproto.events import BytesMessage, Pong, TextMessage
from wsproto.frame_protocol import Opcode

from interview_coach import loop
from interview_coach.voice import close_codes, line, socket
from interview_coach.voice.inbox import MOST_CONTROL, Flood, Inbox
from interview_coach.voice.line import Bounds
from interview_coach.voice.outbox import SLICE, Outbox
from interview_coach.voice.peer import Peer, PeerGone
from tests.patience import PATIENCE, eventually
from tests.voice.lines import Browser, application, echo, on_loop, picture, sound, werkzeug


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A server that gives back what it hears."""
    with werkzeug(application(echo)) as port:
        yield port


@pytest.fixture(autouse=True)
def nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """After every test: no call, and the process may take new ones. Before it: the one thread that stays."""
    loop.get()
    monkeypatch.setattr(socket, "_draining", threading.Event())
    yield
    assert eventually(lambda: socket.calls() == 0), "a call is left"


class Keeper:
    """Work that remembers its peer and how it was told that it had gone."""

    def __init__(self, then: Callable[[Peer], Any] | None = None) -> None:
        self.peer: Any = None
        self.code: int | None = None
        self.messages: list[str | bytes] = []
        self.began = threading.Event()
        self.ended = threading.Event()
        self._then = then

    async def __call__(self, peer: Peer) -> None:
        self.peer = peer
        self.began.set()
        try:
            if self._then is not None:
                await self._then(peer)
            while True:
                self.messages.append(await peer.receive())
        except PeerGone as gone:
            self.code = gone.code
        finally:
            self.ended.set()


def texts(browser: Browser, many: int) -> list[Any]:
    return [json.loads(browser.message()) for _ in range(many)]


# The handshake


def test_deflate_is_refused_although_every_browser_offers_it(port: int) -> None:
    with Browser(port) as browser:
        assert browser.status == 101
        assert "extensions" not in browser.head.lower()
        browser.send("x" * 5000)
        assert "x" * 5000 in str(browser.message())
        # The reserved bit that marks a compressed message is a breach of the protocol here.
        browser.sock.sendall(b"\xc1\x81\x00\x00\x00\x00a")
        assert browser.end() == close_codes.PROTOCOL_ERROR


def test_bytes_that_come_with_the_handshake_are_not_lost(port: int) -> None:
    with Browser(port) as other:
        early = other.frame("early") + other.frame(sound(b"\x01\x02" * 1000)) + other.frame("later")
        rest = other.frame("afterwards")
    with Browser(port, behind=early) as browser:
        assert [json.loads(browser.message())["text"]] == ["early"]
        assert browser.message() == struct.pack("<BBH", 1, 0, 0) + b"\x01\x02" * 1000
        browser.sock.sendall(rest)
        assert [message["text"] for message in texts(browser, 2)] == ["later", "afterwards"]


def test_the_context_of_the_request_does_not_reach_the_loop() -> None:
    seen: list[bool] = []

    async def work(_peer: Peer) -> None:
        seen.append(bool(current_app))

    with werkzeug(application(work)) as port, Browser(port) as browser:
        assert browser.end() == 1000
    assert seen == [False]


def test_no_reader_thread_and_only_the_servers_own_thread_waits(port: int) -> None:
    before = threading.active_count()
    browsers = [Browser(port) for _ in range(5)]
    for browser in browsers:
        browser.send("here")
        browser.message()
    assert threading.active_count() - before <= 5
    for browser in browsers:
        browser.close()
        browser.end()
        browser.sock.close()


# Messages


def test_fragments_are_put_together_text_and_binary(port: int) -> None:
    with Browser(port) as browser:
        for piece, finished in (("Grü", False), ("", False), ("ße, ", False), ("您好", True)):
            browser.sock.sendall(browser.frame(piece, finished=finished))
        assert json.loads(browser.message())["text"] == "Grüße, 您好"
        whole = sound(b"\x05\x06" * 10)
        for at in range(0, len(whole), 3):
            browser.sock.sendall(browser.frame(whole[at : at + 3], finished=at + 3 >= len(whole)))
        assert browser.message() == struct.pack("<BBH", 1, 0, 0) + b"\x05\x06" * 10


def test_a_ping_between_fragments_is_answered_and_breaks_nothing(port: int) -> None:
    with Browser(port) as browser:
        browser.sock.sendall(browser.frame("one ", finished=False) + b"\x89\x82\x00\x00\x00\x00hi")
        event = browser.event()
        assert isinstance(event, Pong)
        assert event.payload == b"hi"
        browser.sock.sendall(browser.frame("two"))
        assert json.loads(browser.message())["text"] == "one two"


def test_a_frame_that_comes_byte_by_byte_is_one_message(port: int) -> None:
    with Browser(port) as browser:
        for byte in browser.frame("slowly"):
            browser.sock.sendall(bytes([byte]))
        assert json.loads(browser.message())["text"] == "slowly"


@pytest.mark.parametrize(
    ("largest", "too_large"),
    [
        ("a" * line.LONGEST_MESSAGE, "a" * (line.LONGEST_MESSAGE + 1)),
        ("ä" * (line.LONGEST_MESSAGE // 2), "ä" * (line.LONGEST_MESSAGE // 2 + 1)),
        (sound(b"\0" * (line.LONGEST_MESSAGE - 4)), sound(b"\0" * (line.LONGEST_MESSAGE - 2))),
        (picture(line.LONGEST_PICTURE), picture(line.LONGEST_PICTURE + 1)),
        (picture(line.LONGEST_PICTURE, kind=4), picture(line.LONGEST_PICTURE + 1, kind=4)),
    ],
    ids=["text", "text counted in bytes", "sound", "screen", "camera"],
)
def test_a_message_may_be_so_large_and_not_larger(largest: str | bytes, too_large: str | bytes) -> None:
    keeper = Keeper()
    with werkzeug(application(keeper)) as port, Browser(port) as browser:
        browser.send(largest)
        assert eventually(lambda: len(keeper.messages) == 1)
        assert keeper.messages == [largest]
        browser.send(too_large)
        assert browser.end() == close_codes.TOO_BIG
        assert keeper.ended.wait(PATIENCE)
    assert keeper.code == close_codes.TOO_BIG
    assert len(keeper.messages) == 1


def test_endless_fragments_are_stopped_at_the_same_size_and_hold_no_memory(port: int) -> None:
    with Browser(port) as browser:
        browser.sock.sendall(browser.frame(sound(b""), finished=False))
        piece = browser.frame(b"\0" * 1000, finished=False)
        sent = 0
        try:
            while sent < 10 * line.LONGEST_MESSAGE:
                browser.sock.sendall(piece)
                sent += 1000
        except OSError:
            pass
        assert browser.end() in (close_codes.TOO_BIG, None)  # our side may have shut the door on what was still coming


def test_a_frame_that_claims_terabytes_reserves_nothing(port: int) -> None:
    with Browser(port) as browser:
        browser.sock.sendall(b"\x82\xff" + struct.pack("!Q", 2**42) + b"\0\0\0\0" + sound(b"\0" * 70_000))
        assert browser.end() == close_codes.TOO_BIG


# Garbage


@pytest.mark.parametrize(
    ("garbage", "code"),
    [
        (b"\x81\x82\x00\x00\x00\x00\xc3\x28", 1007),
        (b"\x88\x84\x00\x00\x00\x00\x03\xe8\xc3\x28", 1007),
        (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", 1002),
        (b"\x83\x80\x00\x00\x00\x00", 1002),
        (b"\x81\x01a", 1002),
        (b"\x80\x81\x00\x00\x00\x00a", 1002),
        (b"\x09\x80\x00\x00\x00\x00", 1002),
        (b"\x89\xfe\x00\x7e\x00\x00\x00\x00" + b"p" * 126, 1002),
        (b"\x88\x81\x00\x00\x00\x00\x03", 1002),
        (b"\x88\x82\x00\x00\x00\x00\x03\xed", 1002),
        (b"\x01\x81\x00\x00\x00\x00a\x81\x81\x00\x00\x00\x00b", 1002),
        (b"\xff" * 4000, 1002),
    ],
    ids=[
        "text that is no UTF-8", "reason that is no UTF-8", "HTTP", "unknown opcode", "no mask", "continues nothing",
        "ping in pieces", "ping too long", "close with half a code", "close with a code that may not be sent",
        "message in a message", "noise",
    ],
)  # fmt: skip
def test_garbage_is_answered_with_its_code_and_the_work_learns_it(garbage: bytes, code: int) -> None:
    keeper = Keeper()
    with werkzeug(application(keeper)) as port, Browser(port) as browser:
        browser.sock.sendall(garbage)
        assert browser.end() == code
        assert keeper.ended.wait(PATIENCE)
    assert keeper.code == code
    assert keeper.messages == []


# Goodbyes


def test_the_code_of_the_browser_reaches_the_work_after_what_was_sent_before() -> None:
    keeper = Keeper()
    with werkzeug(application(keeper)) as port, Browser(port) as browser:
        browser.send("last words")
        browser.close(4321)
        assert browser.end() == 4321
        assert keeper.ended.wait(PATIENCE)
    assert keeper.messages == ["last words"]
    assert keeper.code == 4321


def test_no_http_response_is_written_behind_the_close_frame(port: int) -> None:
    with Browser(port) as browser:
        browser.close()
        assert browser.end() == 1000
        assert browser.after_close == b""


def test_close_sends_what_is_queued_then_the_code_then_nothing() -> None:
    async def goodbye(peer: Peer) -> None:
        for number in range(300):
            peer.tell({"number": number, "text": "x" * 1000})
        await peer.close(4000, "so long")
        peer.tell({"number": "too late"})
        peer.voice(0, b"\0\0")

    with werkzeug(application(goodbye)) as port, Browser(port) as browser:
        assert [message["number"] for message in texts(browser, 300)] == list(range(300))
        assert browser.end() == 4000


def test_a_work_that_returns_closes_normally(port: int) -> None:
    async def short(peer: Peer) -> None:
        peer.tell({"type": "ended"})

    with werkzeug(application(short)) as port, Browser(port) as browser:
        assert texts(browser, 1) == [{"type": "ended"}]
        assert browser.end() == 1000


def test_an_error_in_the_work_closes_with_1011_and_is_logged_without_its_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def broken(peer: Peer) -> None:
        raise ValueError(f"Mathilde said {await peer.receive()!r}")

    with werkzeug(application(broken)) as port, Browser(port) as browser, caplog.at_level(logging.DEBUG):
        browser.send("a secret")
        assert browser.end() == 1011
    records = [record.getMessage() for record in caplog.records if record.name == "interview_coach.voice"]
    assert len(records) == 1
    assert records[0].startswith("a call broke: ValueError at test_socket.py:")
    assert "secret" not in caplog.text
    assert "Mathilde" not in caplog.text


def test_the_connection_ends_at_once_although_the_work_still_stores_something() -> None:
    """The server holds a copy of the socket until its thread is free; closing ours alone would say nothing."""
    begun, stored = threading.Event(), threading.Event()

    async def storing(peer: Peer) -> None:
        begun.set()
        with suppress(PeerGone):
            await peer.receive()
        await asyncio.to_thread(stored.wait, PATIENCE)

    with werkzeug(application(storing)) as port, Browser(port) as browser:
        assert begun.wait(PATIENCE)
        browser.close()
        assert browser.end() == 1000  # returns when the connection has ended
        assert not stored.is_set()
        assert socket.calls() == 1
        stored.set()


def test_a_browser_that_vanishes_ends_the_call() -> None:
    keeper = Keeper()
    with werkzeug(application(keeper)) as port:
        browser = Browser(port)
        assert keeper.began.wait(PATIENCE)
        browser.reset()
        assert keeper.ended.wait(PATIENCE)
    assert keeper.code == 1006


def test_a_browser_that_never_answers_our_goodbye_is_gone_all_the_same() -> None:
    async def leave(peer: Peer) -> None:
        await peer.close(1000)

    keeper = Keeper(leave)
    with werkzeug(application(keeper, Bounds(farewell=0.2))) as port, Browser(port):
        assert keeper.ended.wait(PATIENCE)
        assert eventually(lambda: socket.calls() == 0)


def test_a_work_that_does_not_end_is_cancelled_and_frees_the_thread() -> None:
    cancelled = threading.Event()

    async def deaf(_peer: Peer) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    before = threading.active_count()
    with werkzeug(application(deaf, Bounds(patience=0.2))) as port:
        with Browser(port) as browser:
            browser.close()
            browser.end()
        assert cancelled.wait(PATIENCE)
        assert eventually(lambda: socket.calls() == 0)
    assert eventually(lambda: threading.active_count() <= before)


# Half-open


def test_a_silent_peer_is_found_when_the_second_ping_is_due(monkeypatch: pytest.MonkeyPatch) -> None:
    due = []
    ping = line.Line._ping
    monkeypatch.setattr(line.Line, "_ping", lambda self: (due.append(1), ping(self)))
    keeper = Keeper()
    with werkzeug(application(keeper, Bounds(ping=0.3))) as port, Browser(port):
        assert keeper.ended.wait(PATIENCE)
    assert keeper.code == 1006
    assert len(due) == 2


def test_a_peer_that_only_answers_pings_stays() -> None:
    keeper = Keeper()
    with werkzeug(application(keeper, Bounds(ping=3600))) as port, Browser(port) as browser:
        assert keeper.began.wait(PATIENCE)
        for _ in range(6):
            on_loop(lambda: keeper.peer._ping())  # as if the hour were over
            on_loop(lambda: setattr(keeper.peer, "_heard_at", 0.0))
            browser.ws.receive_data(browser.sock.recv(100))
            for event in browser.ws.events():
                browser.sock.sendall(browser.ws.send(event.response()))  # type: ignore[attr-defined]
            assert eventually(lambda: keeper.peer._heard_at >= keeper.peer._pinged_at)
        assert not keeper.ended.is_set()
        browser.close()
        browser.end()


# A peer that does not read


def test_one_that_does_not_read_is_closed_in_time_and_its_thread_is_free() -> None:
    async def flood(peer: Peer) -> None:
        for _ in range(400):
            peer.voice(0, bytes(SLICE))

    keeper = Keeper(flood)
    before = threading.active_count()
    bounds = Bounds(stuck=0.3, farewell=0.2, unsent_bytes=64 * 1024 * 1024)
    with werkzeug(application(keeper, bounds)) as port, Browser(port, window=4096):
        assert keeper.ended.wait(PATIENCE)
        assert eventually(lambda: socket.calls() == 0)
        assert keeper.code == close_codes.POLICY
    assert eventually(lambda: threading.active_count() <= before)


def test_what_waits_for_a_slow_reader_is_bounded() -> None:
    largest = 0

    async def flood(peer: Any) -> None:
        nonlocal largest
        for _ in range(1000):
            peer.voice(0, bytes(SLICE))
            largest = max(largest, peer._outbox.size)

    keeper = Keeper(flood)
    bounds = Bounds(stuck=60, farewell=0.2, unsent_bytes=1024 * 1024)
    with werkzeug(application(keeper, bounds)) as port, Browser(port, window=4096):
        assert keeper.ended.wait(PATIENCE)
    assert keeper.code == close_codes.POLICY
    assert 1024 * 1024 - 2 * SLICE < largest < 1024 * 1024 + 2 * SLICE


def test_a_slow_reader_that_reads_gets_everything_whole_and_in_order() -> None:
    sent = [os.urandom(SLICE) for _ in range(300)]

    async def play(peer: Peer) -> None:
        for number, pcm in enumerate(sent):
            peer.voice(3, pcm)
            peer.tell({"number": number})
        while True:
            await peer.receive()

    with werkzeug(application(Keeper(play))) as port, Browser(port, window=4096) as browser:
        for number, pcm in enumerate(sent):
            assert browser.message() == struct.pack("<BBH", 1, 0, 3) + pcm
            assert json.loads(browser.message()) == {"number": number}
        browser.close()
        browser.end()


@pytest.mark.parametrize("pieces", [1, 200])
def test_sound_of_an_earlier_epoch_that_was_not_sent_yet_is_dropped_at_a_flush(pieces: int) -> None:
    flushed = threading.Event()
    left: list[int] = []

    async def interrupted(peer: Any) -> None:
        for _ in range(pieces):
            peer.voice(1, b"\x01\x01" * (SLICE // 2) * (200 // pieces))
        peer.tell({"type": "before"})
        left.append(len(peer._outbox))
        peer.flush(2)
        peer.tell({"type": "interrupted", "epoch": 2})
        peer.voice(1, b"\x01\x01" * 100)
        peer.voice(2, b"\x02\x02" * 100)
        peer.tell({"type": "after"})
        flushed.set()

    with werkzeug(application(Keeper(interrupted))) as port, Browser(port, window=4096) as browser:
        assert flushed.wait(PATIENCE)
        old, rest = 0, []
        while not rest or '"after"' not in str(rest[-1]):
            message = browser.message()
            if isinstance(message, bytes) and message[2] == 1:
                old += 1
            else:
                rest.append(message)
        assert left[0] > 100, "the peer was too fast for this test to mean anything"
        assert old == 200 - (left[0] - 1), "only what had left the queue was sent"
        assert rest == [
            '{"type":"before"}',
            '{"type":"interrupted","epoch":2}',
            struct.pack("<BBH", 1, 0, 2) + b"\x02\x02" * 100,
            '{"type":"after"}',
        ]
        browser.close()
        browser.end()


# A peer that sends too much


def test_old_sound_is_dropped_and_counted_when_nobody_reads_it() -> None:
    read = threading.Event()

    async def busy(_peer: Peer) -> None:
        await asyncio.to_thread(read.wait, PATIENCE)

    keeper = Keeper(busy)
    hello = '{"type":"hello","version":1,"rate":16000,"encoding":"s16le"}'
    with werkzeug(application(keeper)) as port, Browser(port) as browser:
        browser.send(hello)
        for number in range(400):  # 8 s of frames of 20 ms
            browser.send(sound(struct.pack("<H", number) * 320))
        browser.send('{"type":"end_turn"}')
        assert keeper.began.wait(PATIENCE)
        assert eventually(lambda: keeper.peer.dropped > 0 and on_loop(lambda: len(keeper.peer._inbox)) > 200)
        assert eventually(lambda: b"end_turn" in str(keeper.peer._inbox._messages[-1]).encode())
        held = on_loop(lambda: keeper.peer._inbox.sound_bytes)
        assert held <= 5 * 32_000
        read.set()
        assert eventually(lambda: '{"type":"end_turn"}' in keeper.messages)
        browser.close()
        browser.end()
    numbers = [struct.unpack_from("<H", m, 4)[0] for m in keeper.messages if isinstance(m, bytes)]
    assert keeper.messages[0] == hello
    assert numbers == list(range(400 - len(numbers), 400)), "the newest are kept, in order"
    assert keeper.peer.dropped == 400 - len(numbers)
    assert len(numbers) > 4.2 * 50


def test_a_flood_of_control_messages_is_closed_with_1008_and_keeps_its_memory_small() -> None:
    keeper = Keeper()
    with werkzeug(application(keeper)) as port, Browser(port) as browser:
        frame = browser.frame('{"type":"pause"}')
        try:
            for _ in range(50):
                browser.sock.sendall(frame * 100)
        except OSError:
            pass
        assert keeper.ended.wait(PATIENCE)
        assert eventually(lambda: socket.calls() == 0)
    assert keeper.code == close_codes.POLICY


def test_the_socket_is_not_read_while_a_peer_sends_far_too_much() -> None:
    """TCP slows the sender down; nothing is lost, and nothing piles up here."""
    keeper = Keeper()
    bounds = Bounds(messages_per_second=200)
    with werkzeug(application(keeper, bounds)) as port, Browser(port) as browser:
        browser.sock.setsockopt(sockets.SOL_SOCKET, sockets.SO_SNDBUF, 16384)
        assert keeper.began.wait(PATIENCE)
        began = time.monotonic()
        # An empty bucket at once, whatever came before.
        on_loop(lambda: keeper.peer._messages.spend(400, loop.get().time()))
        browser.send(*[sound(struct.pack("<H", n) * 32) for n in range(200)])
        assert eventually(lambda: len(keeper.messages) == 200)
        took = time.monotonic() - began
        browser.close()
        browser.end()
    assert took > 0.5, "200 messages at 200 a second"
    assert [struct.unpack_from("<H", m, 4)[0] for m in keeper.messages] == list(range(200))  # type: ignore[arg-type]


def test_a_flood_is_known_on_a_machine_that_takes_messages_slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """There, no allowance is ever used up: who sends more than is taken has no pause all the same."""
    take = line.Line._take

    def slowly(self: line.Line, whole: Any) -> None:
        time.sleep(0.002)
        take(self, whole)

    monkeypatch.setattr(line.Line, "_take", slowly)
    keeper = Keeper()
    bounds = Bounds(flood=0.3, messages_per_second=501)
    with werkzeug(application(keeper, bounds)) as port, Browser(port) as browser:
        browser.sock.sendall(browser.frame(sound(b""), finished=False) + browser.frame(b"", finished=False) * 2000)
        assert browser.end() == close_codes.POLICY
        assert keeper.ended.wait(PATIENCE)
    assert keeper.code == close_codes.POLICY


def test_bytes_count_as_well_as_messages() -> None:
    keeper = Keeper()
    with werkzeug(application(keeper, Bounds(bytes_per_second=100_000))) as port, Browser(port) as browser:
        assert keeper.began.wait(PATIENCE)
        began = time.monotonic()
        on_loop(lambda: keeper.peer._bytes.spend(200_000, loop.get().time()))
        browser.send(*[sound(bytes(10_000)) for _ in range(8)])
        assert eventually(lambda: len(keeper.messages) == 8)
        took = time.monotonic() - began
        browser.close()
        browser.end()
    assert took > 0.5, "80 kB at 100 kB a second"


def test_only_the_last_pictures_are_kept() -> None:
    inbox = Inbox(1000)
    for number in range(5):
        inbox.put(picture(1000 + number))
        inbox.put(f"{number}")
    assert [len(inbox.get()) for _ in range(len(inbox))] == [1, 1, 1, 1003, 1, 1004, 1]


def test_control_messages_are_never_dropped_for_sound() -> None:
    inbox = Inbox(1000)
    for number in range(MOST_CONTROL):
        inbox.put(str(number))
        inbox.put(sound(bytes(300)))
    with pytest.raises(Flood):
        inbox.put("one more")
    inbox.put(sound(bytes(300)))
    kept = [inbox.get() for _ in range(len(inbox))]
    assert [message for message in kept if isinstance(message, str)] == [str(n) for n in range(MOST_CONTROL)]
    assert inbox.sound_bytes == 0
    assert len(kept) - MOST_CONTROL == 2
    assert inbox.dropped == MOST_CONTROL + 1 - 2


def test_empty_messages_cost_their_place_as_well() -> None:
    inbox = Inbox(32_000)
    for _ in range(10_000):
        inbox.put(sound(b""))
    assert len(inbox) < 500
    with pytest.raises(Flood):
        for _ in range(10_000):
            inbox.put(b"")


# Sound down


def test_long_sound_is_cut_into_messages_of_100_ms_and_half_a_sample_waits() -> None:
    box = Outbox()
    pcm = os.urandom(2 * SLICE + 101)
    box.put_sound(0, pcm)
    box.put_sound(0, b"\x07")
    got = [box.get() for _ in range(len(box))]
    assert [len(message) - 4 for message in got] == [SLICE, SLICE, 100, 2]
    assert b"".join(message[4:] for message in got if isinstance(message, bytes)) == pcm + b"\x07"
    assert box.size == 0


def test_half_a_sample_of_an_interrupted_sentence_does_not_shift_the_next() -> None:
    box = Outbox()
    box.put_sound(0, b"\x01\x02\x03")
    box.flush(1)
    box.put_sound(1, b"\x0a\x0b")
    assert [box.get()] == [struct.pack("<BBH", 1, 0, 1) + b"\x0a\x0b"]


def test_a_number_that_json_does_not_have_is_refused_where_it_is_said() -> None:
    raised: list[str] = []

    async def wrong(peer: Peer) -> None:
        try:
            peer.tell({"ms": float("nan")})
        except ValueError as error:
            raised.append(type(error).__name__)
        peer.tell({"half": "\ud800"})

    with werkzeug(application(wrong)) as port, Browser(port) as browser:
        assert browser.message() == '{"half":"\\ud800"}'
        assert browser.end() == 1000
    assert raised == ["ValueError"]


# A server that stops


def test_drain_tells_everybody_to_reconnect_and_waits_for_the_work() -> None:
    stored: list[int] = []

    async def storing(peer: Peer) -> None:
        try:
            while True:
                await peer.receive()
        except PeerGone as gone:
            await asyncio.sleep(0.05)  # what an interview stores when its peer has gone
            stored.append(gone.code)

    with werkzeug(application(storing)) as port:
        browsers = [Browser(port) for _ in range(20)]
        assert eventually(lambda: socket.calls() == 20)
        ends: list[tuple[Any, int | None]] = []

        def listen(browser: Browser) -> None:
            ends.append((json.loads(browser.message()), browser.end()))

        listeners = [threading.Thread(target=listen, args=(browser,)) for browser in browsers]
        for listener in listeners:
            listener.start()
        assert socket.drain(PATIENCE) == 0
        for listener in listeners:
            listener.join()
        assert ends == [({"type": "state", "state": "reconnecting"}, 1012)] * 20
        assert stored == [1012] * 20
        with Browser(port) as late:
            assert late.end() == 1012
        for browser in browsers:
            browser.sock.close()


def test_drain_does_not_wait_for_a_peer_that_does_not_listen() -> None:
    with werkzeug(application(Keeper(), Bounds(farewell=0.3))) as port, Browser(port):
        assert eventually(lambda: socket.calls() == 1)
        assert socket.drain(PATIENCE) == 0


# Nothing is left


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir())) if Path("/proc/self/fd").exists() else 0


def tasks() -> int:
    return int(on_loop(lambda: len(asyncio.all_tasks(loop.get()))))


def lines() -> list[line.Line]:
    gc.collect()
    return [thing for thing in gc.get_objects() if isinstance(thing, line.Line)]


def test_nothing_is_left_after_200_calls(port: int) -> None:
    with Browser(port) as browser:  # whatever is made once, is made now
        browser.close()
        browser.end()
    assert eventually(lambda: socket.calls() == 0)
    gc.collect()
    before = (threading.active_count(), tasks(), descriptors())
    for number in range(200):
        browser = Browser(port)
        browser.send("hello")
        match number % 4:
            case 0:
                browser.message()
                browser.close()
                browser.end()
                browser.sock.close()
            case 1:
                browser.sock.close()
            case 2:
                browser.reset()
            case _:
                browser.sock.sendall(b"\xff\xff\xff")
                browser.sock.close()

    def now() -> tuple[int, int, int]:
        return threading.active_count(), tasks(), descriptors()

    assert eventually(lambda: all(left <= had for left, had in zip(now(), before, strict=True))), (before, now())
    assert eventually(lambda: not lines()), "a line is still referred to"


def test_an_idle_call_costs_less_than_a_mebibyte(port: int) -> None:
    def resident() -> int:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    if not Path("/proc/self/statm").exists():
        pytest.skip("this system does not tell")
    with Browser(port) as browser:
        browser.send("warm")
        browser.message()
    gc.collect()
    before = resident()
    browsers = [Browser(port) for _ in range(40)]
    for browser in browsers:
        browser.send("hello")
        browser.message()
    cost = (resident() - before) / 40
    for browser in browsers:
        browser.sock.close()
    assert cost < 1024 * 1024


def test_opcodes_are_what_this_file_thinks_they_are() -> None:
    """The frames of the tests above are written by hand."""
    assert (Opcode.TEXT, Opcode.BINARY, Opcode.CLOSE, Opcode.PING, Opcode.CONTINUATION) == (1, 2, 8, 9, 0)
    assert issubclass(TextMessage, object) and issubclass(BytesMessage, object)
