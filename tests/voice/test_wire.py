"""The table of messages: what it takes, what it refuses, and that refusing changes nothing (W8, W9)."""

import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.voice import wire
from interview_coach.voice.wire import (
    Bye,
    Draft,
    EndTurn,
    Hello,
    Options,
    Pause,
    Picture,
    Played,
    Resume,
    Sound,
    Spoken,
    Text,
    Think,
    WireError,
    parse,
)

HELLO = {"type": "hello", "version": 1, "rate": 16000, "encoding": "s16le"}
JPEG = b"\xff\xd8\xff\xe0picture\xff\xd9"


def binary(kind: int, payload: bytes, epoch: int = 0, flags: int = 0) -> bytes:
    return struct.pack("<BBH", kind, flags, epoch) + payload


def test_a_hello_needs_only_what_the_contract_names() -> None:
    assert parse(json.dumps(HELLO)) == Hello(16000, "s16le", Options())


def test_a_hello_carries_the_choices_of_the_person() -> None:
    chosen = {
        "mode": "push_to_talk",
        "barge_in": False,
        "thinking_seconds": 2,
        "speech": "browser",
        "captions_only": True,
        "record": True,
        "screen": True,
        "metrics": True,
        "heard": "It began",
        "draft": "on a",
    }
    heard = parse(json.dumps({**HELLO, "rate": 48000, "encoding": "f32le", **chosen}))
    assert heard == Hello(
        48000, "f32le", Options("push_to_talk", False, 2, "browser", True, True, True, True, "It began", "on a")
    )
    assert isinstance(heard, Hello)
    assert heard.bytes_per_second == 192_000


@pytest.mark.parametrize(
    ("message", "meant"),
    [
        ({"type": "text", "text": "Good day"}, Text("Good day")),
        ({"type": "text", "text": "I le", "spoken": True, "final": False}, Text("I le", True, False)),
        ({"type": "draft", "text": ""}, Draft("")),
        ({"type": "end_turn"}, EndTurn()),
        ({"type": "played", "epoch": 3, "ms": 120.5}, Played(3, 120.5)),
        ({"type": "spoken", "epoch": 65535}, Spoken(65535)),
        ({"type": "think"}, Think()),
        ({"type": "pause"}, Pause()),
        ({"type": "resume"}, Resume()),
        ({"type": "bye"}, Bye()),
    ],
)
def test_every_message_of_the_browser(message: dict[str, object], meant: wire.Up) -> None:
    assert parse(json.dumps(message)) == meant
    assert parse(json.dumps({**message, "of_a_later_version": {"a": [1]}})) == meant, "unknown keys are ignored"


def test_sound_and_pictures_have_a_header() -> None:
    assert parse(binary(2, b"\x01\x00\x02\x00", epoch=513, flags=7)) == Sound(513, b"\x01\x00\x02\x00")
    assert parse(binary(3, JPEG)) == Picture(3, JPEG)
    assert parse(binary(4, JPEG)) == Picture(4, JPEG)


@given(st.integers(1, 4), st.integers(0, 65535), st.binary(max_size=64))
def test_a_packed_message_is_the_header_of_the_contract_and_the_payload(kind: int, epoch: int, payload: bytes) -> None:
    whole = wire.pack(kind, epoch, payload)
    assert whole[:4] == bytes([kind, 0, epoch % 256, epoch // 256])
    assert whole[4:] == payload


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "null",
        "[]",
        '"hello"',
        "{",
        "{'type': 'bye'}",
        '{"type": "bye"} {"type": "bye"}',
        '{"type": null}',
        '{"type": ["bye"]}',
        '{"type": {"bye": 1}}',
        '{"Type": "bye"}',
        '{"type": "BYE"}',
        '{"type": "bye", "x": NaN}',
        '{"type": "played", "epoch": 1, "ms": NaN}',
        '{"type": "played", "epoch": 1, "ms": Infinity}',
        '{"type": "played", "epoch": 1, "ms": 1e999}',
        '{"type": "played", "epoch": 1, "ms": -1}',
        '{"type": "played", "epoch": 1, "ms": true}',
        '{"type": "played", "epoch": 1, "ms": "5"}',
        '{"type": "played", "epoch": 1}',
        '{"type": "played", "epoch": 1.0, "ms": 5}',
        '{"type": "played", "epoch": true, "ms": 5}',
        '{"type": "played", "epoch": 65536, "ms": 5}',
        '{"type": "played", "epoch": -1, "ms": 5}',
        '{"type": "spoken"}',
        pytest.param('{"type": "spoken", "epoch": ' + "9" * 400 + "}", id="bigint"),
        pytest.param('{"type": "spoken", "epoch": 1, "x": ' + "9" * 5000 + "}", id="very bigint"),
        pytest.param('{"type": "played", "epoch": 1, "ms": ' + "9" * 400 + "}", id="bigint for a float"),
        pytest.param('{"type": "bye", "x": ' + "[" * 100_000 + "]" * 100_000 + "}", id="deep list"),
        pytest.param('{"type": "bye", "x": ' + '{"a":' * 50_000 + "1" + "}" * 50_000 + "}", id="deep object"),
        '{"type": "bye", "type": "text", "text": "a"}',
        '{"type": "text", "text": "a", "x": {"y": 1, "y": 2}}',
        '{"type": "text"}',
        '{"type": "text", "text": null}',
        '{"type": "text", "text": 5}',
        '{"type": "text", "text": "a", "spoken": 1}',
        '{"type": "text", "text": "a", "final": "yes"}',
        '{"type": "saved", "number": 1, "speaker": "person"}',
        '{"type": "ended", "reason": "complete", "report": "/"}',
        '{"type": "ready", "resumed": true}',
    ],
)
def test_bad_control_messages_are_refused(raw: str) -> None:
    with pytest.raises(WireError):
        parse(raw)


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"version": True},
        {"version": "1"},
        {"version": None},
        {"rate": 22050},
        {"rate": 16000.0},
        {"rate": "16000"},
        {"rate": None},
        {"rate": True},
        {"encoding": "opus"},
        {"encoding": ["s16le"]},
        {"encoding": None},
        {"mode": "telepathy"},
        {"mode": None},
        {"mode": []},
        {"barge_in": 1},
        {"thinking_seconds": 0.3},
        {"thinking_seconds": 5.1},
        {"thinking_seconds": True},
        {"thinking_seconds": "1"},
        {"speech": "cloud"},
        {"record": "no"},
        {"metrics": 0},
    ],
)
def test_a_hello_that_does_not_fit_is_refused(change: dict[str, object]) -> None:
    assert parse(json.dumps(HELLO))
    with pytest.raises(WireError):
        parse(json.dumps({**HELLO, **change}))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x02",
        b"\x02\x00\x00",
        binary(2, b""),
        binary(2, b"\x01"),
        binary(2, b"\x01\x02\x03"),
        binary(1, b"\x01\x02"),
        binary(0, b"\x01\x02"),
        binary(5, b"\x01\x02"),
        binary(255, b"\x01\x02"),
        binary(3, b""),
        binary(3, b"GIF89a"),
        binary(4, b"\xff\xd8"),
        b'{"type":"bye"}',
    ],
)
def test_bad_binary_messages_are_refused(raw: bytes) -> None:
    with pytest.raises(WireError):
        parse(raw)


def test_half_a_float_is_no_sound() -> None:
    six = binary(2, b"\x00" * 6)
    assert parse(six, encoding="s16le") == Sound(0, b"\x00" * 6)
    with pytest.raises(WireError):
        parse(six, encoding="f32le")


def test_half_a_surrogate_does_not_reach_storage() -> None:
    heard = parse('{"type": "text", "text": "a\\ud800b \\ud83d\\ude00"}')
    assert heard == Text("a\ufffdb \U0001f600")


@given(st.text(max_size=200) | st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
       lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8).map(json.dumps))  # fmt: skip
def test_whatever_comes_is_a_message_or_a_wire_error(raw: str) -> None:
    try:
        parse(raw)
    except WireError as error:
        assert error.to_json()["type"] == "error"


@given(st.binary(max_size=100))
def test_whatever_bytes_come_are_a_message_or_a_wire_error(raw: bytes) -> None:
    try:
        heard = parse(raw)
    except WireError:
        return
    assert isinstance(heard, Sound | Picture)


def test_the_words_of_a_person_are_in_no_error_and_in_no_repr() -> None:
    secret = "Mathilde-Secret"
    with pytest.raises(WireError) as caught:
        parse(json.dumps({"type": secret, "text": secret}))
    assert secret not in str(caught.value)
    assert caught.value.__cause__ is None
    assert secret not in repr(parse(json.dumps({"type": "text", "text": secret})))
    assert "1, 0" not in repr(parse(binary(2, b"\x01\x00")))
    with pytest.raises(WireError) as caught:
        parse(f'{{"type": "text", "text": "{secret}')
    assert caught.value.__suppress_context__
