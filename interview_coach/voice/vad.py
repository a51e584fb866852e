"""Is this speech? Silero's model, 32 ms at a time: 0.07 ms of the processor, and 2 KB for a stream."""

from typing import Protocol

from interview_coach.voice.audio import HEARING_RATE
from interview_coach.voice.silero import WINDOW, Memory, silero

__all__ = ["WINDOW", "WINDOW_SECONDS", "Detector", "SileroDetector"]

WINDOW_SECONDS = WINDOW / HEARING_RATE
_FAINT = 3
"""Samples no larger than this (-81 dBFS) are a muted microphone: nobody speaks, and the model is not asked."""


class Detector(Protocol):
    """Remembers what it heard; use one for each stream."""

    def probability(self, window: bytes) -> float:
        """That somebody speaks in these WINDOW samples, 16 kHz PCM: 0..1."""
        ...


class SileroDetector:
    """One stream. Make the first one of a process in a thread: it reads the model."""

    def __init__(self) -> None:
        import numpy

        self._numpy = numpy
        self._model = silero()
        self._memory: Memory | None = None

    def probability(self, window: bytes) -> float:
        """See `Detector.probability`."""
        samples = self._numpy.frombuffer(window, "<i2")
        if samples.max(initial=0) <= _FAINT and samples.min(initial=0) >= -_FAINT:
            self._memory = None
            return 0.0
        if self._memory is None:
            self._memory = Memory.empty()
        return self._model.probability(samples.astype(self._numpy.float32) / 32768, self._memory)
