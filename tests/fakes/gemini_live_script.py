"""What the stand-in for Gemini Live is told to do: what the interviewer says, what it hears, and what goes wrong."""

import json
import math
import struct
import wave
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

RATE = 24_000
"""Hertz of the interviewer's sound."""
CHUNK = 11_520
"""Bytes of one piece of it: 240 ms."""

FAULTS = (
    "empty",  # turnComplete, and nothing before it
    "no_answer",  # nothing at all to this one; the next input is answered
    "freeze",  # nothing any more on this connection, which stays open
    "no_turn_complete",  # everything but the end
    "phantom",  # `interrupted` half-way, though nobody spoke
    "drop",  # the TCP connection is reset half-way
    "close",  # closed half-way with `code` and `reason`
    "garbage",  # messages that no SDK can read, half-way
    "unknown",  # messages of tomorrow's API, half-way: unknown keys, a tool nobody declared
    "text_only",  # the words as a part of the model's turn, no sound, no transcription
)
# A turn of which nothing is left (empty, no_answer, freeze, drop, close) comes again, without the fault, when the next
# input comes. So does one that was said after the handle from which the conversation is resumed.


@dataclass
class Turn:
    """One turn of the interviewer."""

    text: str = ""
    seconds: float | None = None
    """Of sound. None = as long as the words take at 2.5 a second."""
    fault: str | None = None
    captions: str = "with"
    """When its transcription comes: `early`, `with` the sound, `late` (before the end), `after` the end, `none`."""
    code: int = 1011
    reason: str = "Internal error encountered."
    go_away: float | None = None
    """Announce in the middle of this turn that the connection closes in so many seconds."""
    then: str = "close"
    """What follows the announcement: `close`, or `silent` = nothing is ever said again on that connection."""
    why: str | None = None
    """turnCompleteReason."""
    usage: dict[str, Any] | None = None
    """usageMetadata; None = plausible figures."""
    hertz: float | None = None
    """The tone it speaks in; None = another one for each turn."""
    wav: str | None = None
    """A WAV file (mono, 16 bit, 24 kHz) instead of the tone."""

    def __post_init__(self) -> None:
        assert self.fault is None or self.fault in FAULTS, self.fault
        assert self.captions in {"early", "with", "late", "after", "none"}, self.captions

    def sound(self, number: int) -> bytes:
        if self.wav is not None:
            with wave.open(self.wav, "rb") as file:
                assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
                return file.readframes(file.getnframes())
        seconds = self.seconds if self.seconds is not None else max(0.5, len(self.text.split()) / 2.5)
        return tone(seconds, self.hertz or 300.0 + 25.0 * (number % 40), rate=RATE)


@dataclass
class Utterance:
    """What is made of one stretch of the person's speech."""

    text: str
    how: str = "once"
    """`once` when it ends; `split` into words then; `late`, under way of the reply; `none`."""

    def __post_init__(self) -> None:
        assert self.how in {"once", "split", "late", "none"}, self.how


@dataclass
class Connect:
    """What happens to one attempt to connect. The default is that it works."""

    delay: float = 0.0
    """Seconds before setupComplete."""
    never: bool = False
    """No setupComplete at all."""
    first: dict[str, Any] | None = None
    """Sent in its place."""
    close: tuple[int, str] | None = None
    """Closed in its place."""
    reject: int | None = None
    """HTTP status in place of the handshake."""
    drop: bool = False
    """Reset in place of setupComplete."""


@dataclass
class Script:
    turns: list[Turn] = field(default_factory=list)
    """When they are used up, the interviewer says `rest`."""
    heard: list[Utterance] = field(default_factory=list)
    """The n-th stretch of speech is this. Beyond: `utterance n`."""
    connects: list[Connect] = field(default_factory=list)
    """One for each attempt, then all work."""
    rest: str = "Thank you."
    speed: float = 4.0
    """How much faster than it sounds the interviewer's sound is sent."""
    playback: float = 1.0
    """1 = turnComplete waits until all that was sent would have been played, as the real one does; 0 = at once."""

    @classmethod
    def of(cls, turns: list[str], heard: list[str], **more: Any) -> "Script":
        return cls([Turn(text) for text in turns], [Utterance(text) for text in heard], **more)

    @classmethod
    def read(cls, file: Path) -> "Script":
        """From JSON with the names of the fields; a plain string stands for a turn or an utterance without faults."""
        told: dict[str, Any] = json.loads(file.read_text("utf-8"))
        return cls(
            turns=[Turn(**item) if isinstance(item, dict) else Turn(item) for item in told.pop("turns", [])],
            heard=[Utterance(**item) if isinstance(item, dict) else Utterance(item) for item in told.pop("heard", [])],
            connects=[
                Connect(**{**item, "close": tuple(item["close"]) if item.get("close") else None})
                for item in told.pop("connects", [])
            ],
            **told,
        )


def tone(seconds: float, hertz: float, *, rate: int, level: float = 0.3) -> bytes:
    """Mono s16le. One second is made and repeated, so whole hertz join without a click."""
    hertz = round(hertz)
    second = [round(32767 * level * math.sin(2 * math.pi * hertz * at / rate)) for at in range(rate)]
    count = round(seconds * rate)
    samples = (second * math.ceil(count / rate))[:count]
    return struct.pack(f"<{count}h", *samples)


def silence(seconds: float, *, rate: int) -> bytes:
    return bytes(2 * round(seconds * rate))
