"""Is this speech? Silero's model, 32 ms at a time: 2 KB for a stream, and 0.03 ms of the processor, or half of that
where many streams are judged together."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Protocol

from interview_coach.voice.audio import HEARING_RATE
from interview_coach.voice.silero import WINDOW, Memory, silero

if TYPE_CHECKING:
    import numpy as np

__all__ = ["WINDOW", "WINDOW_SECONDS", "Detector", "SileroDetector", "judged"]

WINDOW_SECONDS = WINDOW / HEARING_RATE
_FAINT = 3
"""Samples no larger than this (-81 dBFS) are a muted microphone: nobody speaks, and the model is not asked."""
_AT_ONCE = 128
"""Windows that are judged together: more would save nothing, and hold others up."""
_OF_ONE = 16
"""Of one stream."""


class Detector(Protocol):
    """Remembers what it heard; use one for each stream."""

    def probabilities(self, windows: bytes) -> list[float]:
        """That somebody speaks, for each WINDOW samples of these, 16 kHz PCM: 0..1."""
        ...


@dataclass(slots=True)
class _Run:
    """Windows of one stream that follow each other, and where their answers belong."""

    samples: "np.ndarray"
    memory: Memory
    found: list[float]
    place: int


class SileroDetector:
    """One stream. Make the first one of a process in a thread: it reads the model."""

    def __init__(self) -> None:
        silero()
        self._memory: Memory | None = None

    def probabilities(self, windows: bytes) -> list[float]:
        """See `Detector.probabilities`."""
        return judged([(self, windows)])[0]

    def _runs(self, windows: bytes, found: list[float]) -> list[_Run]:
        """What the model is to be asked. Silence is not, and nothing from before it is remembered behind it."""
        import numpy as np

        samples = np.frombuffer(windows, "<i2").reshape(-1, WINDOW)
        faint = (samples.max(axis=1) <= _FAINT) & (samples.min(axis=1) >= -_FAINT)
        runs = []
        for is_faint, run in groupby(range(len(samples)), key=faint.tolist().__getitem__):
            places = list(run)
            if is_faint:
                self._memory = None
                continue
            self._memory = self._memory or Memory.empty()
            runs.append(_Run(samples[places[0] : places[-1] + 1], self._memory, found, places[0]))
        return runs


def judged(streams: Sequence[tuple[SileroDetector, bytes]]) -> list[list[float]]:
    """As `Detector.probabilities`, for each of these streams."""
    import numpy as np

    model = silero()
    found = [[0.0] * (len(windows) // (2 * WINDOW)) for _, windows in streams]
    runs = [
        run
        for (detector, windows), answers in zip(streams, found, strict=True)
        for run in detector._runs(windows, answers)
    ]
    step = max(1, min(_OF_ONE, _AT_ONCE // max(1, len(runs))))
    for at in range(0, max((len(run.samples) for run in runs), default=0), step):
        if at:
            time.sleep(0)  # whoever waits for the interpreter's lock has its turn: the loop, with everybody's sound
        going = [run for run in runs if at < len(run.samples)]
        parts = [(run.samples[at : at + step].astype(np.float32) / 32768, run.memory) for run in going]
        for run, some in zip(going, model.probabilities(parts), strict=True):
            run.found[run.place + at : run.place + at + len(some)] = some
    return found
