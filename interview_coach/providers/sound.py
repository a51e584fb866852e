"""Sound as it travels: WAV around PCM, and what a stream of bytes from a speech server really is.

A server that was asked for PCM may send WAV, MP3 or an error as well, and raw PCM says nothing about its rate.
"""

import re
import struct

from interview_coach.providers.base import BadReply, Frame

PCM_RATE = 24_000
"""Hertz of raw PCM whose sender names no rate, as OpenAI's and OpenRouter's."""
LEAST_RATE, MOST_RATE = 8_000, 96_000
_HEAD = 1_536
"""Bytes that are looked at before anything is believed: room for one frame of MP3 and the head of the next."""
_LONGEST_HEAD = 65_536
"""Bytes of notes that a WAV may carry before its sound."""
_COMPRESSED = ("mpeg", "mp3", "ogg", "opus", "flac", "aac", "mp4", "m4a", "webm")


def wav_of(frame: Frame) -> bytes:
    """The frame as a WAV file."""
    size = len(frame.pcm)
    head = struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        b"RIFF", 36 + size, b"WAVE", b"fmt ", 16, 1, 1, frame.rate, frame.rate * 2, 2, 16, b"data", size,
    )  # fmt: skip
    return head + frame.pcm


def frame_of_wav(data: bytes) -> Frame:
    """The sound of a WAV file, both channels of a stereo file as one. ValueError when it is none, or not 16 bit PCM."""
    found = _wav_head(data)
    if found is None:
        raise ValueError("This is not a whole WAV file.")
    rate, channels, start, length = found
    pcm = data[start:] if length is None else data[start : start + length]
    return Frame(_mono(pcm[: len(pcm) // (2 * channels) * (2 * channels)], channels), rate)


class Incoming:
    """Bytes from a speech server, made into frames as they come.

    `label` is the server's name in sentences, `kind` the Content-Type. Raises BadReply for what is no plain sound.
    """

    def __init__(self, label: str, kind: str) -> None:
        self._label = label
        kind = kind.lower()
        if any(name in kind for name in _COMPRESSED):
            raise self._refusal("compressed sound")
        self._rate = _named_rate(kind) or PCM_RATE
        self._channels = 2 if re.search(r"channels\s*=\s*\"?2\b", kind) else 1
        self._left: int | None = None
        self._head: bytes | None = b""
        self._rest = b""
        self._check_rate()

    def feed(self, data: bytes) -> Frame | None:
        """The sound that is complete by now."""
        if self._head is not None:
            self._head += data
            return self._begin(at_end=False)
        return self._frame(data)

    def finish(self) -> Frame | None:
        """What is left at the end. Half a sample is dropped."""
        return self._begin(at_end=True) if self._head is not None else None

    def _begin(self, *, at_end: bool) -> Frame | None:
        head = self._head or b""
        if head[:4] in (b"OggS", b"fLaC") or head[:3] == b"ID3" or _is_mp3(head):
            raise self._refusal("compressed sound")
        start = 0
        if head[:4] == b"RIFF":
            try:
                found = _wav_head(head)
            except ValueError:
                raise self._refusal("a kind of WAV that is not 16 bit PCM") from None
            if found is None:
                if at_end or len(head) > _LONGEST_HEAD:
                    raise self._refusal("a WAV without sound")
                return None
            self._rate, self._channels, start, self._left = found
            self._check_rate()
        elif len(head) < _HEAD and not at_end:
            return None
        self._head = None
        return self._frame(head[start:])

    def _frame(self, data: bytes) -> Frame | None:
        if self._left is not None:
            data = data[: self._left]
            self._left -= len(data)
        data = self._rest + data
        whole = len(data) // (2 * self._channels) * (2 * self._channels)
        self._rest = data[whole:]
        return Frame(_mono(data[:whole], self._channels), self._rate) if whole else None

    def _check_rate(self) -> None:
        if not LEAST_RATE <= self._rate <= MOST_RATE:
            raise self._refusal("sound of an impossible rate")

    def _refusal(self, what: str) -> BadReply:
        return BadReply(f"{self._label} sends {what} where plain sound was asked for.")


def _named_rate(kind: str) -> int | None:
    found = re.search(r"\brate\s*=\s*\"?(\d{1,7})", kind)
    return int(found[1]) if found else None


def _wav_head(data: bytes) -> tuple[int, int, int, int | None] | None:
    """Rate, channels, where the sound starts, its length in bytes (None = to the end). None when more is needed."""
    if len(data) < 12:
        return None
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise ValueError("not a WAV")
    at, form = 12, None
    while len(data) >= at + 8:
        name, size = struct.unpack_from("<4sI", data, at)
        at += 8
        if name == b"data":
            if form is None:
                raise ValueError("sound before its form")
            # Who streams does not know the length yet and writes 0 or the largest number.
            return *form, at, size if 0 < size < 0x7FFFFFFF else None
        if name == b"fmt ":
            if len(data) < at + 16:
                return None
            coding, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", data, at)
            if coding == 0xFFFE and size >= 26 and len(data) >= at + 26:
                (coding,) = struct.unpack_from("<H", data, at + 24)
            if coding != 1 or bits != 16 or channels not in (1, 2) or rate == 0:
                raise ValueError("not 16 bit PCM")
            form = (rate, channels)
        at += size + size % 2
    return None


def _is_mp3(data: bytes) -> bool:
    """Two heads of MPEG frames at the right distance. One alone is also four quiet samples of PCM."""
    length = _mp3_frame(data[:4])
    return bool(length) and len(data) >= length + 4 and bool(_mp3_frame(data[length : length + 4]))


def _mp3_frame(head: bytes) -> int:
    """Bytes of the MPEG layer III frame with this head; 0 when it is none."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return 0
    version = head[1] >> 3 & 3
    if version == 1 or head[2] >> 4 in (0, 15) or head[2] >> 2 & 3 == 3:
        return 0
    newest = version == 3
    bitrates = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
    older = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
    kilobits = (bitrates if newest else older)[(head[2] >> 4) - 1]
    rate = (44_100, 48_000, 32_000)[head[2] >> 2 & 3] // {3: 1, 2: 2, 0: 4}[version]
    return (144 if newest else 72) * kilobits * 1000 // rate + (head[2] >> 1 & 1)


def _mono(pcm: bytes, channels: int) -> bytes:
    if channels == 1:
        return pcm
    import numpy as np

    pairs = np.frombuffer(pcm, "<i2").reshape(-1, channels).astype(np.int32)
    mean: bytes = (pairs.sum(axis=1) // channels).astype("<i2").tobytes()
    return mean
