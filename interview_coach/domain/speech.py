"""How answers were spoken: pace, pauses, latency. Measured from the sound, in seconds of the audio clock.

    effective_duration = session_duration - forced_silence_time
    silence_time       = effective_duration - speaking_time
    speaking_ratio     = speaking_time / effective_duration
    wpm                = words / (speaking_time / 60)
    fluency_score      = min(1, wpm / 140)

Two formulas are in use for fluency that agree at a usual pace: the one above and 0.7 min(1, wpm / 150) + 0.3. We take
the one without a floor: the other gives 0.3 to whoever says next to nothing, and silence must not earn a figure. It is
the pace as a share of 140 words per minute and no more than that; it says nothing about what was said.

None always means "not measurable", never 0.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import pairwise
from math import isfinite
from statistics import fmean
from typing import Any, NamedTuple

from interview_coach.domain.speech_fillers import fillers_of
from interview_coach.domain.turns import count_words

LONG_PAUSE_SECONDS = 5.0
"""A pause is long when it lasts longer than this."""
PAUSE_SECONDS = 0.3
"""A shorter gap belongs to speaking."""
LEAST_SPEAKING_SECONDS = 5.0
"""With less speech than this, a pace would be chance."""
FLUENT_WPM = 140.0
SLOW_WPM, FAST_WPM = 110.0, 160.0
"""Below the one, slow; above the other, fast. For English; other languages have longer or shorter words."""


class Segment(NamedTuple):
    """A stretch of the person's speech, in seconds of the audio clock."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Delivery:
    """How one answer was spoken. All times in seconds."""

    duration: float
    """From the end of the question to the end of the answer."""
    speaking_time: float
    silence_time: float
    """`duration - speaking_time`: the time before the first word and the pauses."""
    long_pause_count: int
    """Pauses of more than five seconds between two words of the answer, each counted once."""
    response_latency: float | None = None
    """From the end of the question to the first word; 0 when the person did not wait for its end."""
    words: int | None = None
    """None without a transcript of the sound."""
    wpm: float | None = None
    """Words per minute of speech; None below five seconds of it."""
    fillers: Mapping[str, int] | None = None
    """Filler word -> how often; None where the transcript leaves such words out."""

    @property
    def filler_count(self) -> int | None:
        return None if self.fillers is None else sum(self.fillers.values())


@dataclass(frozen=True, slots=True)
class SpeechMetrics:
    """How an interview was spoken, rounded as it is shown. Times in seconds."""

    session_duration: float
    effective_duration: float
    """Without the time in which the person waited for the next question."""
    forced_silence_time: float
    speaking_time: float
    silence_time: float
    speaking_ratio: float | None
    """0..1"""
    total_words: int | None
    wpm: float | None
    long_pause_count: int | None
    avg_response_latency: float | None
    fluency_score: float | None
    """0..1"""
    questions_answered: int
    avg_semantic_similarity: float | None
    """0..1: how near the answers are to what was asked, by whoever gave the marks; None before there are marks."""


class Pace(StrEnum):
    """A pace in a word."""

    SLOW = "slow"
    STEADY = "steady"
    FAST = "fast"


def pace_of(wpm: float) -> Pace:
    """The band of a pace in English."""
    return Pace.SLOW if wpm < SLOW_WPM else Pace.FAST if wpm > FAST_WPM else Pace.STEADY


def merge(segments: Iterable[Segment | tuple[float, float]]) -> tuple[Segment, ...]:
    """Stretches in order, with overlaps and gaps too short for a pause closed. Empty stretches are dropped.

    Raises ValueError for times that are no numbers.
    """
    merged: list[Segment] = []
    for start, end in sorted((float(start), float(end)) for start, end in segments):
        if not (isfinite(start) and isfinite(end)):
            raise ValueError("a stretch of speech begins and ends at a time")
        if end <= start:
            continue
        if merged and start - merged[-1].end < PAUSE_SECONDS:
            merged[-1] = Segment(merged[-1].start, max(end, merged[-1].end))
        else:
            merged.append(Segment(start, end))
    return tuple(merged)


def _wpm(words: int, speaking: float) -> float | None:
    return words * 60 / speaking if speaking > LEAST_SPEAKING_SECONDS else None


def delivery_of(
    segments: Iterable[Segment | tuple[float, float]],
    text: str | None,
    *,
    asked_at: float | None = None,
    ended_at: float | None = None,
    verbatim: bool = False,
    language: str = "en",
) -> Delivery:
    """Measure one answer.

    `segments` are the stretches of the person's speech; `text` is the transcript of exactly these, None when there is
    none. `asked_at` is when the question had been heard to its end, `ended_at` when the answer was taken as finished;
    all on one clock. `verbatim`: the transcriber writes down every "um". Silence behind the last word is not part of
    the answer's pauses, because it is how the end is recognised.
    """
    stretches = merge(segments)
    speaking = sum(stretch.end - stretch.start for stretch in stretches)
    pauses = [after.start - before.end for before, after in pairwise(stretches)]
    latency = None
    if stretches and asked_at is not None:
        latency = max(0.0, stretches[0].start - asked_at)
    marks = [
        mark for mark in (asked_at, ended_at, *(mark for stretch in stretches for mark in stretch)) if mark is not None
    ]
    duration = max(marks) - min(marks) if marks else 0.0
    words = count_words(text) if text is not None and stretches else None
    wpm = None if words is None else _wpm(words, speaking)
    return Delivery(
        duration=round(duration, 3),
        speaking_time=round(speaking, 3),
        silence_time=round(max(0.0, duration - speaking), 3),
        # A sum of floating points must not make a pause of exactly five seconds a long one.
        long_pause_count=sum(round(pause, 3) > LONG_PAUSE_SECONDS for pause in pauses),
        response_latency=None if latency is None else round(latency, 3),
        words=words,
        wpm=None if wpm is None else round(wpm, 1),
        fillers=fillers_of(text, language) if verbatim and text is not None else None,
    )


@dataclass(slots=True)
class RunningStatistics:
    """Sums over the answers so far, for the live display and for going on after a call was cut.

    `session_start` is a reading of a clock that only this process knows; `to_dict` therefore stores durations.
    """

    session_start: float
    questions_answered: int = 0
    total_words: int = 0
    speaking_time: float = 0.0
    silence_time: float = 0.0
    long_pause_count: int = 0
    forced_silence_time: float = 0.0
    """Waiting for the next question, until the last answer was finished."""
    response_latencies: list[float] = field(default_factory=list)
    semantic_similarities: list[float] = field(default_factory=list)
    worded_time: float = 0.0
    """Speaking time of the answers whose words are known."""
    measured: int = 0
    """Answers that were spoken."""
    worded: int = 0
    """Spoken answers whose words are known."""

    def answered(self, delivery: Delivery | None, *, at: float, similarity: float | None = None) -> None:
        """An answer is finished. `at` is the clock now; `delivery` is None for a typed answer, whose time counts as
        waiting."""
        self.questions_answered += 1
        if similarity is not None:
            self.semantic_similarities.append(similarity)
        if delivery is not None:
            self._add(delivery)
        self.forced_silence_time = max(0.0, at - self.session_start - self.speaking_time - self.silence_time)

    def _add(self, delivery: Delivery) -> None:
        self.measured += 1
        self.speaking_time += delivery.speaking_time
        self.silence_time += delivery.silence_time
        self.long_pause_count += delivery.long_pause_count
        if delivery.response_latency is not None:
            self.response_latencies.append(delivery.response_latency)
        if delivery.words is not None:
            self.worded += 1
            self.total_words += delivery.words
            self.worded_time += delivery.speaking_time

    def metrics(self, now: float, current: Delivery | None = None) -> SpeechMetrics:
        """The figures at this moment. `current` is the answer that is being spoken; it counts in the sums and not as
        answered."""
        sums = self
        if current is not None:
            sums = replace(self, response_latencies=[*self.response_latencies])
            sums._add(current)
        return sums._metrics(max(0.0, now - self.session_start))

    def _metrics(self, session_duration: float) -> SpeechMetrics:
        effective = self.speaking_time + self.silence_time
        session = max(session_duration, effective)
        is_measured = self.measured > 0
        wpm = _wpm(self.total_words, self.worded_time) if self.worded else None
        return SpeechMetrics(
            session_duration=round(session, 1),
            effective_duration=round(effective, 1),
            forced_silence_time=round(session - effective, 1),
            speaking_time=round(self.speaking_time, 1),
            silence_time=round(self.silence_time, 1),
            speaking_ratio=round(self.speaking_time / effective, 3) if is_measured and effective > 0 else None,
            total_words=self.total_words if self.worded else None,
            wpm=None if wpm is None else round(wpm, 1),
            long_pause_count=self.long_pause_count if is_measured else None,
            avg_response_latency=_mean(self.response_latencies, 1),
            fluency_score=None if wpm is None else round(fluency(wpm), 3),
            questions_answered=self.questions_answered,
            avg_semantic_similarity=_mean(self.semantic_similarities, 2),
        )

    def to_dict(self, now: float) -> dict[str, Any]:
        """As plain values. `session_duration` takes the place of the start."""
        return {
            "session_duration": max(0.0, now - self.session_start),
            "questions_answered": self.questions_answered,
            "total_words": self.total_words,
            "speaking_time": self.speaking_time,
            "silence_time": self.silence_time,
            "long_pause_count": self.long_pause_count,
            "forced_silence_time": self.forced_silence_time,
            "response_latencies": [*self.response_latencies],
            "semantic_similarities": [*self.semantic_similarities],
            "worded_time": self.worded_time,
            "measured": self.measured,
            "worded": self.worded,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], now: float) -> "RunningStatistics":
        """Go on from what `to_dict` stored; the time between does not count."""
        rest = {name: value for name, value in data.items() if name != "session_duration"}
        found = cls(session_start=now - float(data["session_duration"]), **rest)
        found.response_latencies = [*found.response_latencies]
        found.semantic_similarities = [*found.semantic_similarities]
        return found


def _mean(values: Sequence[float], digits: int) -> float | None:
    return round(fmean(values), digits) if values else None


def fluency(wpm: float) -> float:
    """0..1: the pace as a share of 140 words per minute."""
    return min(1.0, wpm / FLUENT_WPM)


def metrics_of(
    deliveries: Iterable[Delivery],
    *,
    session_duration: float,
    questions_answered: int | None = None,
    similarities: Iterable[float] = (),
) -> SpeechMetrics | None:
    """The figures of an interview from those of its answers; None without a single spoken answer.

    `session_duration` is how long the calls lasted together. What of it lies outside the answers is the time in which
    the person had to wait. `questions_answered` counts the typed ones as well; by default those that were spoken.
    """
    sums = RunningStatistics(0.0, semantic_similarities=[*similarities])
    for delivery in deliveries:
        sums._add(delivery)
    if not sums.measured:
        return None
    sums.questions_answered = sums.measured if questions_answered is None else questions_answered
    return sums._metrics(session_duration)


def similarity_measure(by_rules: bool) -> str:
    """What stands behind a similarity: `shared_words` of the built-in coach, or `judged_by_model`."""
    return "shared_words" if by_rules else "judged_by_model"


def with_relevance(metrics: SpeechMetrics, relevance: int | None) -> SpeechMetrics:
    """With the mean relevance of the answers, 0-100 as in their marks, as their similarity to what was asked.

    It is the one measure of it that the product has: the built-in coach counts shared words and does not understand
    meaning, a model judges. So `avg_semantic_similarity` times 100 is the dimension `relevance`."""
    return replace(metrics, avg_semantic_similarity=None if relevance is None else relevance / 100)


def spoken_minutes(seconds: float) -> str:
    """A time as `7:05`."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02}"
