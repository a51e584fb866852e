"""Frames, beside another library: both understand the same."""

import logging
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wsproto.connection import Connection, ConnectionType
from wsproto.events import BytesMessage, CloseConnection, Ping, Pong, TextMessage

from interview_coach.voice import frames
from interview_coach.voice.frames import Breach, Control, Frames

LEAST, MOST = 70_000, 200_000

Found = list[str | bytes | tuple[int, bytes]]
"""Messages, control frames, and with what it ended."""

BREACH = -1


def masked(first: int, payload: bytes, *, mask: bytes = b"\1\2\3\4", is_masked: bool = True) -> bytes:
    """A frame by hand."""
    size, bit = len(payload), 0x80 if is_masked else 0
    if size < 126:
        head = bytes([first, bit | size])
    elif size < 1 << 16:
        head = struct.pack("!BBH", first, bit | 126, size)
    else:
        head = struct.pack("!BBQ", first, bit | 127, size)
    if not is_masked:
        return head + payload
    return head + mask + bytes(byte ^ mask[place % 4] for place, byte in enumerate(payload))


def ours(pieces: list[bytes]) -> Found:
    taken = Frames(MOST, lambda kind, first: MOST if (kind, first) == (frames.BINARY, 3) else LEAST)
    found: Found = []
    for piece in pieces:
        taken.feed(piece)
        try:
            while (one := taken.take()) is not None:
                if not isinstance(one, Control):
                    found.append(one)
                elif one.kind == frames.CLOSE:
                    return [*found, (frames.CLOSE, str(frames.code_of(one.payload)).encode())]
                elif one.kind != frames.CONTINUATION:
                    found.append((one.kind, one.payload))
        except Breach as breach:
            return [*found, (BREACH, str(breach.code).encode())]
    return found


def theirs(pieces: list[bytes]) -> Found:
    connection = Connection(ConnectionType.SERVER)
    found: Found = []
    parts: list[str | bytes] = []
    for piece in pieces:
        connection.receive_data(piece)
        for event in connection.events():
            match event:
                case TextMessage() | BytesMessage():
                    parts.append(event.data if isinstance(event, TextMessage) else bytes(event.data))
                    if event.message_finished:
                        found.append(type(parts[0])().join(parts))  # type: ignore[arg-type]
                        parts = []
                case Ping():
                    found.append((frames.PING, bytes(event.payload)))
                case Pong():
                    found.append((frames.PONG, bytes(event.payload)))
                case CloseConnection():
                    was_said = connection.state.name == "REMOTE_CLOSING"
                    return [*found, (frames.CLOSE if was_said else BREACH, str(int(event.code)).encode())]
    return found


masks = st.binary(min_size=4, max_size=4)
sizes = st.sampled_from([0, 1, 3, 125, 126, 127, 644, 65_535, 65_536])
small = st.integers(0, 7)


@st.composite
def wholes(draw: st.DrawFn) -> list[bytes]:
    """The frames of a message, between which there may be a ping."""
    if draw(st.booleans()):
        opcode, content = frames.TEXT, draw(st.text(max_size=40)).encode()
    else:
        opcode, content = frames.BINARY, (draw(st.binary(max_size=20)) * 70_000)[: draw(sizes)]
    cuts = sorted(draw(st.lists(st.integers(0, len(content)), max_size=3)))
    parts = [content[start:end] for start, end in zip([0, *cuts], [*cuts, len(content)], strict=True)]
    found = []
    for place, part in enumerate(parts):
        kind = (opcode if place == 0 else frames.CONTINUATION) | (0x80 if place == len(parts) - 1 else 0)
        found.append(masked(kind, part, mask=draw(masks)))
        if draw(small) == 0:
            found.append(
                masked(0x80 | draw(st.sampled_from([frames.PING, frames.PONG])), draw(st.binary(max_size=125)))
            )
    return found


@st.composite
def streams(draw: st.DrawFn) -> list[bytes]:
    """Good frames, cut anywhere."""
    stream = b"".join(frame for message in draw(st.lists(wholes(), max_size=4)) for frame in message)
    cuts = sorted(draw(st.lists(st.integers(0, len(stream)), max_size=6)))
    return [stream[start:end] for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True)]


@settings(deadline=None, derandomize=True)
@given(streams())
def test_what_comes_is_understood_as_by_another_library(pieces: list[bytes]) -> None:
    found = ours(pieces)
    assert found == theirs(pieces)
    assert BREACH not in [one[0] for one in found if isinstance(one, tuple)]


ODD = {
    "reserved bits": [masked(0x82 | bit, b"ab") for bit in (0x10, 0x20, 0x40)],
    "unknown kinds": [masked(0x80 | kind, b"ab") for kind in (3, 7, 11, 15)],
    "control in pieces": [masked(kind, b"ab") for kind in (frames.CLOSE, frames.PING, frames.PONG)],
    "long control": [masked(0x80 | kind, b"x" * 126) for kind in (frames.CLOSE, frames.PING, frames.PONG)],
    "no mask": [masked(0x80 | kind, b"ab", is_masked=False) for kind in (frames.TEXT, frames.BINARY, frames.PING)],
    "negative length": [b"\x82\xff" + struct.pack("!Q", 1 << 63) + bytes(4)],
    "half a code": [masked(0x88, b"\3")],
    "codes that nobody sends": [
        masked(0x88, struct.pack("!H", code)) for code in (0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000)
    ],
}
BEFORE = {
    "first": b"",
    "after a message": masked(0x82, b"whole") + masked(0x89, b""),
    "inside of bytes": masked(0x02, b"open"),
}


@pytest.mark.parametrize("before", BEFORE.values(), ids=BEFORE.keys())
@pytest.mark.parametrize("odd", [frame for kind in ODD.values() for frame in kind], ids=lambda odd: odd[:18].hex())
def test_what_is_odd_is_refused_however_it_comes(before: bytes, odd: bytes) -> None:
    for pieces in ([before + odd], [before, odd[:1], odd[1:3], odd[3:]]):
        *messages, end = ours(pieces)
        assert end in [(BREACH, b"1002"), (BREACH, b"1009")]
        assert messages == ours([before])


@pytest.mark.parametrize("odd", [masked(0x80, b"continues"), masked(0x81, b"no text \xff")])
def test_what_continues_nothing_and_what_is_no_text_is_refused(odd: bytes) -> None:
    assert ours([odd]) == [(BREACH, b"1007" if odd[0] == 0x81 else b"1002")]


def test_no_message_begins_within_another() -> None:
    assert ours([BEFORE["inside of bytes"], masked(0x81, b"begins")]) == [(BREACH, b"1002")]


@pytest.mark.parametrize("code", [1000, 1001, 1003, 1007, 1011, 3000, 4999])
def test_what_the_peer_closes_with_is_known(code: int) -> None:
    assert ours([masked(0x88, struct.pack("!H", code) + "füße".encode())]) == [(frames.CLOSE, str(code).encode())]
    assert ours([masked(0x88, b"")]) == [(frames.CLOSE, b"1005")]


@settings(deadline=None, derandomize=True)
@given(st.sampled_from([frames.TEXT, frames.BINARY]), sizes)
def test_what_is_sent_is_what_another_library_would_send(kind: int, size: int) -> None:
    content = "a" * size if kind == frames.TEXT else b"a" * size
    event = TextMessage(content) if isinstance(content, str) else BytesMessage(content)
    assert frames.pack(kind, b"a" * size) == Connection(ConnectionType.SERVER).send(event)


@pytest.mark.parametrize("reason", ["", "restarting", "ä" * 200])
def test_a_goodbye_is_what_another_library_would_send(reason: str) -> None:
    assert frames.goodbye(1012, reason) == Connection(ConnectionType.SERVER).send(CloseConnection(1012, reason))


def test_nothing_that_comes_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        assert ours([masked(0x81, b"my secret")]) == ["my secret"]
    assert caplog.text == ""


@pytest.mark.parametrize("size", [LEAST, LEAST + 1])
@pytest.mark.parametrize("at_once", [True, False])
def test_a_text_may_be_so_long_and_not_longer(size: int, at_once: bool) -> None:
    content = b"a" * size
    pieces = [masked(0x81, content)] if at_once else [masked(0x01, content[:-5]), masked(0x80, content[-5:])]
    assert ours(pieces) == ([content.decode()] if size <= LEAST else [(BREACH, b"1009")])


@pytest.mark.parametrize(
    ("first", "size", "is_taken"), [(3, MOST, True), (3, MOST + 1, False), (2, LEAST, True), (2, LEAST + 1, False)]
)
@pytest.mark.parametrize("at_once", [True, False])
def test_the_first_byte_says_how_long_it_may_be(first: int, size: int, is_taken: bool, at_once: bool) -> None:
    content = bytes([first]).ljust(size, b"p")
    halves = [masked(0x02, b""), masked(0x00, content[:5]), masked(0x80, content[5:])]
    assert ours([masked(0x82, content)] if at_once else halves) == ([content] if is_taken else [(BREACH, b"1009")])


def test_what_nobody_may_send_is_refused_before_it_comes() -> None:
    head = masked(0x82, bytes(MOST + 1))[:14]
    assert ours([head]) == [(BREACH, b"1009")]


def test_each_message_has_its_whole_length_and_what_comes_between_takes_none_of_it() -> None:
    pieces = [masked(0x01, b"a" * (LEAST - 5)), masked(0x89, b"x" * 100), masked(0x80, b"a" * 5)]
    assert ours(pieces * 2) == [(frames.PING, b"x" * 100), "a" * LEAST] * 2
