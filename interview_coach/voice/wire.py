"""The messages between browser and server during a call: one table, both ways.

Up, as text (JSON with a `type`): hello, text, draft, end_turn, played, spoken, think, pause, resume, bye.
Up, as bytes: a header `<BBH` (kind, flags, epoch) and a payload: 2 microphone, 3 screen, 4 camera.
Down, as text: the types in `DOWN`. Down, as bytes: the same header, kind 1, the interviewer.

Keys that are not known are ignored, so that an older server understands a newer page. Everything else that does not
fit is a WireError and changes nothing: whoever reads goes on with the next message.
"""

import json
import math
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

VERSION: Final = 1
HEADER: Final = struct.Struct("<BBH")
INTERVIEWER, MICROPHONE, SCREEN, CAMERA = 1, 2, 3, 4
"""Kinds of a binary message."""
PICTURES: Final = frozenset((SCREEN, CAMERA))

RATES: Final = (16000, 44100, 48000)
"""Hertz of the microphone."""
SAMPLE_BYTES: Final = {"s16le": 2, "f32le": 4}
"""Encoding of the microphone -> bytes of one sample."""
MODES: Final = ("hands_free", "push_to_talk")
SPEECH: Final = ("server", "browser")
LONGEST_PLAYED: Final = 24 * 3600 * 1000
"""Milliseconds."""
LAST_EPOCH: Final = 0xFFFF

DOWN: Final = frozenset(
    {
        "ready",
        "state",
        "said",
        "heard",
        "saved",
        "kept",
        "interrupted",
        "progress",
        "metrics",
        "latency",
        "hint",
        "ended",
        "error",
    }
)
"""Types of the text messages down."""


class WireError(Exception):
    """A message that is refused. The words are ours and hold nothing of the message."""

    code = "BAD_MESSAGE"

    def to_json(self) -> dict[str, object]:
        """The message down that says so."""
        return {"type": "error", "code": self.code, "message": str(self), "retry_after": None}


@dataclass(frozen=True, slots=True)
class Options:
    """How the person wants the call. All of it may be left out."""

    mode: str = "hands_free"
    """`push_to_talk`: only `end_turn` ends a turn."""
    barge_in: bool = True
    """False = the microphone is not listened to while the interviewer speaks (loudspeakers)."""
    thinking_seconds: float | None = None
    """Silence that ends a turn; None = as the installation has it."""
    speech: str = "server"
    """`browser`: the browser hears and speaks, only words travel."""
    captions_only: bool = False
    record: bool = False
    screen: bool = False
    metrics: bool = False
    """Live figures of delivery are wanted."""
    heard: str | None = field(default=None, repr=False)
    """What the page has shown as heard, and not as saved; None = it has no box for typing."""
    draft: str | None = field(default=None, repr=False)
    """What stands in its box; None = it has not been told yet what belongs there."""


@dataclass(frozen=True, slots=True)
class Hello:
    """The first message: what the microphone sends."""

    rate: int
    """Hertz."""
    encoding: str
    options: Options = Options()

    @property
    def bytes_per_second(self) -> int:
        return self.rate * SAMPLE_BYTES[self.encoding]


@dataclass(frozen=True, slots=True)
class Text:
    """A typed answer, or words that the browser has recognised (`spoken`)."""

    text: str = field(repr=False)
    spoken: bool = False
    final: bool = True


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in the box for typing, not sent yet."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class EndTurn:
    """Done speaking."""


@dataclass(frozen=True, slots=True)
class Played:
    """So many milliseconds of the interviewer's sound of this epoch have left the speaker."""

    epoch: int
    ms: float


@dataclass(frozen=True, slots=True)
class Spoken:
    """The browser's own voice has spoken what was said in this epoch to its end."""

    epoch: int


@dataclass(frozen=True, slots=True)
class Think:
    """Let me think: the silence that follows is no answer."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop listening for now."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Go on."""


@dataclass(frozen=True, slots=True)
class Bye:
    """The person ends the call."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A piece of the microphone, in the encoding of the hello."""

    epoch: int
    payload: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG of the screen (3) or of the camera (4)."""

    kind: int
    jpeg: bytes = field(repr=False)


Up = Hello | Text | Draft | EndTurn | Played | Spoken | Think | Pause | Resume | Bye | Sound | Picture


def parse(raw: str | bytes, *, encoding: str | None = None) -> Up:
    """One whole message of the browser. With the `encoding` of the hello, sound must consist of whole samples.
    Raises WireError."""
    return _parse_bytes(raw, encoding) if isinstance(raw, bytes) else _parse_text(raw)


def pack(kind: int, epoch: int, payload: bytes) -> bytes:
    """A binary message."""
    return HEADER.pack(kind, 0, epoch) + payload


def _parse_bytes(raw: bytes, encoding: str | None) -> Sound | Picture:
    if len(raw) < HEADER.size:
        raise WireError("A binary message without a header.")
    kind, _flags, epoch = HEADER.unpack_from(raw)
    payload = raw[HEADER.size :]
    if kind == MICROPHONE:
        size = SAMPLE_BYTES[encoding] if encoding else 2
        if not payload or len(payload) % size:
            raise WireError("Sound that does not consist of whole samples.")
        return Sound(epoch, payload)
    if kind in PICTURES:
        if not payload.startswith(b"\xff\xd8\xff"):
            raise WireError("A picture that is not a JPEG.")
        return Picture(kind, payload)
    raise WireError("A binary message of a kind that is not known.")


def _parse_text(raw: str) -> Up:
    try:
        message = json.loads(raw, object_pairs_hook=_object, parse_constant=_constant)
    except (ValueError, RecursionError):  # a number of 5000 digits is a ValueError, brackets in brackets the other
        raise WireError("A text message that is not valid JSON.") from None
    if not isinstance(message, dict):
        raise WireError("A text message that is not an object.")
    kind = message.get("type")
    read = _UP.get(kind) if isinstance(kind, str) else None
    if read is None:
        raise WireError("A text message of a type that is not known.")
    return read(message)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    whole = dict(pairs)
    if len(whole) != len(pairs):  # two readers might believe different ones
        raise WireError("A text message that names a key twice.")
    return whole


def _constant(_name: str) -> None:
    raise WireError("A text message with a number that JSON does not have.")


def _flag(message: Mapping[str, Any], key: str, default: bool) -> bool:
    value = message.get(key, default)
    if not isinstance(value, bool):
        raise WireError(f"`{key}` is true or false.")
    return value


def _number(value: object, key: str, least: float, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise WireError(f"`{key}` is a number.")
    if not least <= value <= most or not math.isfinite(value):
        raise WireError(f"`{key}` lies outside of what is possible.")
    return value


def _whole(value: object, key: str, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise WireError(f"`{key}` is a whole number.")
    return int(_number(value, key, 0, most))


def _choice(message: Mapping[str, Any], key: str, choices: tuple[str, ...]) -> str:
    value = message.get(key, choices[0])
    if value not in choices:
        raise WireError(f"`{key}` is one of: {', '.join(choices)}.")
    return str(value)


def _hello(message: Mapping[str, Any]) -> Hello:
    if _whole(message.get("version"), "version", 1_000_000) != VERSION:
        raise WireError("The page and the server speak different versions. Reload the page.")
    rate, encoding = message.get("rate"), message.get("encoding")
    if _whole(rate, "rate", 1_000_000) not in RATES:
        raise WireError(f"`rate` is one of: {', '.join(map(str, RATES))}.")
    if not isinstance(encoding, str) or encoding not in SAMPLE_BYTES:
        raise WireError(f"`encoding` is one of: {', '.join(SAMPLE_BYTES)}.")
    thinking = message.get("thinking_seconds")
    options = Options(
        mode=_choice(message, "mode", MODES),
        barge_in=_flag(message, "barge_in", True),
        thinking_seconds=None if thinking is None else _number(thinking, "thinking_seconds", 0.4, 5),
        speech=_choice(message, "speech", SPEECH),
        captions_only=_flag(message, "captions_only", False),
        record=_flag(message, "record", False),
        screen=_flag(message, "screen", False),
        metrics=_flag(message, "metrics", False),
        heard=_words(message, "heard") if "heard" in message else None,
        draft=_words(message, "draft") if "draft" in message else None,
    )
    return Hello(int(message["rate"]), encoding, options)


def _words(message: Mapping[str, Any], key: str) -> str:
    text = message.get(key)
    if not isinstance(text, str):
        raise WireError(f"`{key}` is a text.")
    # JSON can spell half of a pair of surrogates, which no database and no encoding takes.
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _text(message: Mapping[str, Any]) -> Text:
    return Text(_words(message, "text"), spoken=_flag(message, "spoken", False), final=_flag(message, "final", True))


def _played(message: Mapping[str, Any]) -> Played:
    return Played(
        _whole(message.get("epoch"), "epoch", LAST_EPOCH), _number(message.get("ms"), "ms", 0, LONGEST_PLAYED)
    )


_UP: Final[dict[str, Callable[[Mapping[str, Any]], Up]]] = {
    "hello": _hello,
    "text": _text,
    "draft": lambda message: Draft(_words(message, "text")),
    "end_turn": lambda _: EndTurn(),
    "played": _played,
    "spoken": lambda message: Spoken(_whole(message.get("epoch"), "epoch", LAST_EPOCH)),
    "think": lambda _: Think(),
    "pause": lambda _: Pause(),
    "resume": lambda _: Resume(),
    "bye": lambda _: Bye(),
}
"""Type of a text message up -> how it is read."""
