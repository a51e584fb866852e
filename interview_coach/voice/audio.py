"""Sound: from what browsers send to 16 kHz mono PCM, from what speech servers send to 24 kHz.

All PCM here is mono, signed 16 bit little-endian. numpy and soxr are loaded on first use (about 0.1 s: `warm_up`).
"""

import math
from typing import TYPE_CHECKING

from interview_coach.providers.base import Frame
from interview_coach.providers.sound import frame_of_wav, wav_of

if TYPE_CHECKING:
    import numpy as np

__all__ = [
    "ENCODINGS", "HEARING_RATE", "SILENCE", "SPEAKING_RATE",
    "Resampler", "decode", "frame_of_wav", "level", "warm_up", "wav_of",
]  # fmt: skip

HEARING_RATE = 16_000
"""Hertz of everything that is listened to."""
SPEAKING_RATE = 24_000
"""Hertz of everything that is played."""
ENCODINGS = {"s16le": 2, "f32le": 4}
"""Name of an encoding -> bytes of a sample."""
SILENCE = -96.0
"""dBFS of digital silence: below the smallest sample."""


def warm_up() -> None:
    """Load what is heavy. Call it from a thread."""
    import numpy as np
    import soxr  # noqa: F401

    np.zeros(1, np.float32)


def decode(payload: bytes, encoding: str) -> bytes:
    """Browser's samples -> PCM. Half a sample at the end is dropped, what is no number is silence, what is too loud is
    clipped."""
    payload = payload[: len(payload) // ENCODINGS[encoding] * ENCODINGS[encoding]]
    if encoding == "s16le":
        return payload
    import numpy as np

    sound = np.nan_to_num(np.frombuffer(payload, "<f4"), nan=0.0, posinf=1.0, neginf=-1.0)
    return _pcm(sound * 32767)


def level(pcm: bytes) -> float:
    """RMS in dBFS: 0 = a full-scale square wave, SILENCE at the least."""
    import numpy as np

    samples = np.frombuffer(pcm[: len(pcm) // 2 * 2], "<i2").astype(np.float32)
    if not len(samples):
        return SILENCE
    power = float(np.dot(samples, samples)) / len(samples)
    return max(SILENCE, 10 * math.log10(power / 32768**2)) if power > 0 else SILENCE


class Resampler:
    """A stream of PCM from one rate to another; the same rates pass untouched.

    soxr's LQ in the stream (11.5 ms of delay in the mean, 20 ms at most; alias -109 dB): its better recipes deliver in
    bursts of up to 76 ms.
    """

    def __init__(self, rate: int, to: int = HEARING_RATE) -> None:
        self.rate = rate
        self.to = to
        self._rest = b""
        self._stream = None
        if rate != to:
            import soxr

            self._stream = soxr.ResampleStream(rate, to, 1, dtype="int16", quality="LQ")

    def feed(self, pcm: bytes, *, last: bool = False) -> bytes:
        """What is ready by now; with `last`, all of it."""
        pcm = self._rest + pcm
        whole = len(pcm) // 2 * 2
        self._rest = b"" if last else pcm[whole:]
        if self._stream is None:
            return pcm[:whole]
        import numpy as np

        ready: bytes = self._stream.resample_chunk(np.frombuffer(pcm[:whole], "<i2"), last=last).tobytes()
        return ready


class ForPlaying:
    """Frames of any rate -> frames of 24 kHz, in order. One for each text that is spoken."""

    def __init__(self) -> None:
        self._resampler: Resampler | None = None

    def feed(self, frame: Frame) -> Frame:
        """What is ready by now; may be empty."""
        if self._resampler is None or self._resampler.rate != frame.rate:
            self._resampler = Resampler(frame.rate, SPEAKING_RATE)
        return Frame(self._resampler.feed(frame.pcm), SPEAKING_RATE)

    def finish(self) -> Frame:
        """The rest."""
        rest = self._resampler.feed(b"", last=True) if self._resampler else b""
        return Frame(rest, SPEAKING_RATE)


def _pcm(samples: "np.ndarray") -> bytes:
    import numpy as np

    return np.clip(np.round(samples), -32768, 32767).astype("<i2").tobytes()
