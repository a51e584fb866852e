"""When somebody speaks, and when they have finished. The clock is the sound: seconds of samples that were fed, never
the time of day, so that a stalled line is no silence and a test needs no waiting.

Speech begins with three windows of at least 0.5 and pauses below 0.35 (Silero's own thresholds with a short
confirmation). The model sees the end of speech up to 0.2 s late; where exactly a stretch begins and ends is therefore
read from the level of the sound around the model's word.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from interview_coach.domain.speech import Segment
from interview_coach.domain.turns import Meaning, is_unfinished, meaning_of
from interview_coach.providers.base import Frame
from interview_coach.voice.audio import HEARING_RATE
from interview_coach.voice.vad import WINDOW, WINDOW_SECONDS, Detector

ONSET = 0.5
RELEASE = 0.35
ONSET_WINDOWS = 3
LEAST_GAP = 0.25
"""Seconds. A shorter gap divides no stretch of speech: between words and before plosives there are many."""
LEAST_SPEECH = 0.3
"""Seconds. Less is a cough or a click."""

STRETCH = 2.0
"""Times the silence that is waited for after a filler or an unfinished sentence."""
UNHURRIED = 1.5
"""Times the silence that is waited for at the last question."""
THINKING = 10.0
"""Seconds more after "let me think"."""

_BLOCK = 128
_BLOCKS = WINDOW // _BLOCK
_BLOCK_SECONDS = _BLOCK / HEARING_RATE
_LOOKED_BACK = 0.15
"""Seconds before the model's first word in which speech may have begun."""
_REMEMBERED = 3.0
_LATE = 0.15
_RANGE = 35.0
"""dB between the loudest and the faintest sound of one voice."""
_ABOVE_FLOOR = 6.0


@dataclass(frozen=True, slots=True)
class Began:
    """Somebody speaks since then."""

    at: float


@dataclass(frozen=True, slots=True)
class Ceased:
    """They have paused."""

    segment: Segment


class SpeechClock:
    """Counts the seconds of a stream and finds the speech in them. `segments` has what is over; for delivery metrics
    this is all that is needed, whoever hears the words. Who asks a detector for many clocks at once gives none to them,
    and uses `judged`."""

    def __init__(self, detector: Detector | None = None) -> None:
        self._detector = detector
        self._pending = b""
        self._samples = 0
        self._run = 0
        self._levels: deque[tuple[float, float]] = deque(maxlen=round(_REMEMBERED / _BLOCK_SECONDS))
        self._floor: float | None = None
        self._loudest = -96.0
        self._loud_until = 0.0
        self._voiced_until = 0.0
        self.segments: list[Segment] = []
        self.since: float | None = None
        """When the speech that goes on now began; None in a pause."""

    @property
    def seconds(self) -> float:
        """Of sound that was judged."""
        return self._samples / HEARING_RATE

    @property
    def is_speaking(self) -> bool:
        return self.since is not None

    @property
    def silence(self) -> float:
        """Seconds since the model last heard speech; it hears it up to 0.2 s too long."""
        return self.seconds - self._voiced_until

    @property
    def stillness(self) -> float:
        """Seconds of silence that count for the end of a turn: since the voice fell silent by its level, but at most so
        much longer than `silence` as the model may be late. A faint ending that only the model hears is not cut."""
        return min(self.pause, self.silence + _LATE)

    @property
    def pause(self) -> float:
        """Seconds since the voice fell silent by its level: `silence` and the model's delay."""
        return self.seconds - min(self._loud_until, self._voiced_until)

    @property
    def is_voiced(self) -> bool:
        """The window before now was speech."""
        return self.silence < WINDOW_SECONDS / 2

    def feed(self, frame: Frame) -> list[Began | Ceased]:
        """What was found in it. `frame` is 16 kHz, of any length."""
        if frame.rate != HEARING_RATE:
            raise ValueError("Speech is listened to at 16 kHz.")
        self._pending += frame.pcm
        whole = len(self._pending) - len(self._pending) % (2 * WINDOW)
        windows, self._pending = self._pending[:whole], self._pending[whole:]
        if not windows:
            return []
        assert self._detector is not None
        return self.judged(windows, self._detector.probabilities(windows))

    def judged(self, windows: bytes, probabilities: list[float]) -> list[Began | Ceased]:
        """What is found in whole windows about which the detector was asked already."""
        both = zip(_block_levels(windows), probabilities, strict=True)
        return [event for blocks, probability in both for event in self._judge(blocks, probability)]

    def skip(self, frame: Frame) -> list[Began | Ceased]:
        """Let the time of this frame pass as silence, whatever is in it."""
        return self.feed(Frame(bytes(len(frame.pcm)), frame.rate))

    def quietest(self, since: float) -> float:
        """The moment of the last seconds, not before `since`, at which to cut what must be cut."""
        found = [(heard, at) for at, heard in self._levels if at >= since]
        return min(found)[1] if found else self.seconds

    def _judge(self, blocks: list[float], probability: float) -> Iterable[Began | Ceased]:
        start = self.seconds
        self._levels.extend((start + place * _BLOCK_SECONDS, heard) for place, heard in enumerate(blocks))
        self._samples += WINDOW
        if probability >= RELEASE:
            self._voiced_until = self.seconds
        else:
            # Falls fast and rises slowly: the quiet between the words is the room.
            lowest = min(blocks)
            falls = self._floor is None or lowest < self._floor
            self._floor = lowest if falls or self._floor is None else self._floor + 0.1 * (lowest - self._floor)
        self._run = self._run + 1 if probability >= ONSET else 0
        if self.since is None:
            if self._run >= ONSET_WINDOWS:
                self._loudest = max(heard for at, heard in self._levels if at >= self.seconds - self._run_seconds)
                self.since = self._first_loud(self.seconds - self._run_seconds)
                self._follow()
                yield Began(self.since)
            return
        self._loudest = max(self._loudest, *blocks)
        self._follow()
        if self.silence >= WINDOW_SECONDS * ONSET_WINDOWS / 2 and self.pause >= LEAST_GAP:
            segment = Segment(self.since, max(self.since, min(self._loud_until, self._voiced_until)))
            self.segments.append(segment)
            self.since = None
            yield Ceased(segment)

    @property
    def _run_seconds(self) -> float:
        return self._run * WINDOW_SECONDS

    @property
    def _threshold(self) -> float:
        faintest = self._loudest - _RANGE
        return faintest if self._floor is None else max(self._floor + _ABOVE_FLOOR, faintest)

    def _follow(self) -> None:
        """Note the last moment that was loud enough to be the voice."""
        threshold = self._threshold
        for at, heard in reversed(self._levels):
            end = at + _BLOCK_SECONDS
            if end <= self._loud_until:
                return
            if heard >= threshold:
                self._loud_until = end
                return

    def _first_loud(self, first: float) -> float:
        """The beginning of the loud blocks around the model's first window of speech, not within earlier speech."""
        earliest = max(first - _LOOKED_BACK, self.segments[-1].end if self.segments else 0.0)
        threshold = self._threshold
        start = first
        for at, heard in reversed(self._levels):
            if at < earliest or (at < first and heard < threshold):
                break
            if heard >= threshold and at < first + WINDOW_SECONDS:
                start = at
        else:
            return start
        if start < first:
            return start
        return next((at for at, heard in self._levels if at >= first and heard >= threshold), first)


class Silence:
    """How long a pause ends a turn: the person's own choice, longer where the words are not finished."""

    def __init__(self, thinking_seconds: float) -> None:
        self._base = thinking_seconds
        self._punctuates = False
        self.is_unhurried = False
        """True at the last question."""
        self.is_asked_for = False
        """The person wants a moment; until they speak again."""

    def least(self) -> float:
        """Seconds, when the words are not known yet."""
        return self._base * (UNHURRIED if self.is_unhurried else 1.0) + (THINKING if self.is_asked_for else 0.0)

    def limit(self, words: str, last: str) -> float:
        """Seconds of silence after these words of a turn; `last` are those of its last stretch."""
        words, last = words.strip(), last.strip()
        self._punctuates = self._punctuates or any(mark in words for mark in ".?!。？！")
        open_end = self._punctuates and not words.rstrip("\"'”’»)").endswith((".", "?", "!", "。", "？", "！"))
        seconds = self._base * (UNHURRIED if self.is_unhurried else 1.0)
        if words and (open_end or is_unfinished(words)):
            seconds *= STRETCH
        if self.is_asked_for or (last and meaning_of(last) is Meaning.THINK):
            seconds += THINKING
        return seconds


def _block_levels(windows: bytes) -> list[list[float]]:
    """dBFS of each block, for each window."""
    import numpy as np

    blocks = np.frombuffer(windows, "<i2").astype(np.float32).reshape(-1, _BLOCKS, _BLOCK)
    power = np.einsum("wij,wij->wi", blocks, blocks) / (_BLOCK * 32768.0**2)
    levels: list[list[float]] = (10 * np.log10(np.maximum(power, 2.5e-10))).tolist()
    return levels
