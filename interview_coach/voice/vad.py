"""Is this speech? Silero's model, 32 ms at a time: 0.04 ms of the processor, and 2 KB for a stream."""

import time
from itertools import groupby
from typing import Protocol

from interview_coach.voice.audio import HEARING_RATE
from interview_coach.voice.silero import WINDOW, Memory, silero

__all__ = ["WINDOW", "WINDOW_SECONDS", "Detector", "SileroDetector"]

WINDOW_SECONDS = WINDOW / HEARING_RATE
_FAINT = 3
"""Samples no larger than this (-81 dBFS) are a muted microphone: nobody speaks, and the model is not asked."""
_AT_ONCE = 16
"""Windows that are judged together: more would save nothing, and hold others up."""


class Detector(Protocol):
    """Remembers what it heard; use one for each stream."""

    def probabilities(self, windows: bytes) -> list[float]:
        """That somebody speaks, for each WINDOW samples of these, 16 kHz PCM: 0..1."""
        ...


class SileroDetector:
    """One stream. Make the first one of a process in a thread: it reads the model."""

    def __init__(self) -> None:
        import numpy

        self._numpy = numpy
        self._model = silero()
        self._memory: Memory | None = None

    def probabilities(self, windows: bytes) -> list[float]:
        """See `Detector.probabilities`."""
        np = self._numpy
        samples = np.frombuffer(windows, "<i2").reshape(-1, WINDOW)
        faint = (samples.max(axis=1) <= _FAINT) & (samples.min(axis=1) >= -_FAINT)
        found: list[float] = []
        for is_faint, run in groupby(range(len(samples)), key=faint.tolist().__getitem__):
            places = list(run)
            if is_faint:
                self._memory = None
                found += [0.0] * len(places)
                continue
            self._memory = self._memory or Memory.empty()
            for start in range(places[0], places[-1] + 1, _AT_ONCE):
                part = samples[start : min(start + _AT_ONCE, places[-1] + 1)]
                found += self._model.probabilities(part.astype(np.float32) / 32768, self._memory)
                time.sleep(0)  # whoever waits for the interpreter's lock has its turn: the loop, with everybody's sound
        return found
