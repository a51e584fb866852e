"""The person's sound in one call: as the interviewer hears it, and when the person spoke, on the clock of the sound.

Whoever listens for the interviewer (a vendor, or the cascade) has an ear of its own for ends of turns. The figures of
delivery come from here for both, so that they mean the same.
"""

import threading
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

from interview_coach.domain.speech import Delivery, RunningStatistics, Segment, delivery_of
from interview_coach.providers.base import Frame
from interview_coach.voice.audio import HEARING_RATE, Resampler, decode
from interview_coach.voice.endpointing import SpeechClock
from interview_coach.voice.vad import WINDOW, SileroDetector, judged

_BYTES = WINDOW * 2


class Hearing:
    """`take` belongs on the loop; `answered` may come from several threads."""

    def __init__(self, rate: int, encoding: str) -> None:
        self._encoding = encoding
        self._resampler = Resampler(rate)
        self._lock = threading.Lock()
        self._samples = 0
        self._new = bytearray()
        self._detector: SileroDetector | None = None
        self._clock = SpeechClock()
        self._taken_until = 0.0
        self._asked_at: float | None = None
        self._statistics = RunningStatistics(session_start=0.0)
        self._before: tuple[float, float | None, RunningStatistics] = 0.0, None, self._statistics
        """What held before the last answer was measured."""

    @property
    def now(self) -> float:
        """Seconds of sound that came in."""
        return self._samples / HEARING_RATE

    def take(self, payload: bytes) -> list[Frame]:
        """A piece of the microphone, ready for whoever listens; nothing when it is too little yet."""
        pcm = self._resampler.feed(decode(payload, self._encoding))
        if not pcm:
            return []
        self._samples += len(pcm) // 2
        self._new += pcm
        return [Frame(pcm, HEARING_RATE)]

    def question_over(self) -> None:
        """The interviewer was heard to the end: from here on the person is waited for."""
        self._asked_at = self.now

    def passed(self, until: float) -> None:
        """What was said before was no answer: a wish, a filler, or nothing that counts."""
        self._taken_until = max(self._taken_until, until)

    def _fresh(self) -> tuple[SileroDetector, bytes]:
        """What came since the last time, in whole windows, and who judges it."""
        self._detector = self._detector or SileroDetector()
        fresh = bytes(self._new[: len(self._new) // _BYTES * _BYTES])
        del self._new[: len(fresh)]  # what `take` adds meanwhile stands behind it
        return self._detector, fresh

    def _so_far(self) -> list[Segment]:
        """Stretches of speech that belong to no earlier answer."""
        clock = self._clock
        found = [(part.start, part.end) for part in tuple(clock.segments)]
        since = clock.since
        if since is not None:
            found.append((since, max(since, clock.seconds - clock.pause)))
        return [Segment(max(start, self._taken_until), end) for start, end in found if end > self._taken_until]

    def answered(
        self,
        text: str | None,
        *,
        verbatim: bool,
        language: str,
        until: float | None = None,
        again: bool = False,
    ) -> Delivery | None:
        """The answer that was spoken since the last one, until now or until then, measured; `again`: that one went on,
        so both are one. None when no speech was heard. For a thread."""
        with self._lock:
            _measure([self])
            if again:
                self._taken_until, self._asked_at, self._statistics = self._before
            statistics = self._statistics
            copied = replace(statistics, response_latencies=[*statistics.response_latencies])
            self._before = self._taken_until, self._asked_at, copied
            return self._answered(text, until, verbatim=verbatim, language=language)

    def _answered(self, text: str | None, until: float | None, *, verbatim: bool, language: str) -> Delivery | None:
        end = self._clock.seconds if until is None else until
        segments = [Segment(part.start, min(part.end, end)) for part in self._so_far() if part.start < end]
        self._taken_until = end
        asked_at, self._asked_at = self._asked_at, None
        if not segments:
            self._statistics.answered(None, at=self.now)
            return None
        delivery = delivery_of(
            segments, text, asked_at=asked_at, ended_at=segments[-1].end, verbatim=verbatim, language=language
        )
        self._statistics.answered(delivery, at=self.now)
        return delivery

    def live(self, text: str) -> dict[str, Any]:
        """The figures of this call so far, with the answer that is being spoken."""
        current = None
        segments = self._so_far()
        if segments:
            current = delivery_of(segments, text or None, asked_at=self._asked_at)
        found = self._statistics.metrics(self.now, current)
        return {
            "speaking_ratio": found.speaking_ratio,
            "wpm": found.wpm,
            "long_pause_count": found.long_pause_count,
            "avg_response_latency": found.avg_response_latency,
            "fluency_score": found.fluency_score,
            "speaking_time": found.speaking_time,
        }


def measure(hearings: Sequence[Hearing]) -> None:
    """Find the speech in what came to these calls since the last time: 0.02 ms for each 32 ms, so not on the loop. Only
    one thread may do this for several, and no call may be there twice."""
    with ExitStack() as held:
        for hearing in hearings:
            held.enter_context(hearing._lock)
        _measure(hearings)


def _measure(hearings: Sequence[Hearing]) -> None:
    fresh = [hearing._fresh() for hearing in hearings]
    for hearing, (_, windows), found in zip(hearings, fresh, judged(fresh), strict=True):
        hearing._clock.judged(windows, found)
