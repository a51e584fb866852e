"""How an interview was spoken: the figures, and what each of them means in plain words. The same on page and paper.

Words about what can be heard and counted, never about the person.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from interview_coach.domain.provenance import Provenance
from interview_coach.domain.speech import (
    Delivery,
    Pace,
    SpeechMetrics,
    pace_of,
    similarity_measure,
    spoken_minutes,
    with_relevance,
)

NOT_MEASURABLE = "not measurable"
_PACES = {Pace.SLOW: "slow", Pace.STEADY: "easy to follow", Pace.FAST: "fast"}
_LISTED = 5
"""Filler words that are named."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with its meaning. `plain` says it without the number; empty when there is nothing to say."""

    key: str
    name: str
    value: str
    meaning: str
    plain: str = ""


@dataclass(frozen=True, slots=True)
class Speech:
    """Figures of an interview of which at least one answer was spoken."""

    metrics: SpeechMetrics
    answers: tuple[tuple[int, Delivery], ...]
    """(number of the question, how its answer was spoken), in order."""
    language: str = "en"
    similarity_measure: str | None = None
    """How `avg_semantic_similarity` came about; None without one."""

    def with_relevance(self, relevance: int | None, provenance: Provenance | None) -> "Speech":
        """With the similarity that the marks have: 0-100 as their dimension, and who gave it."""
        measure = None if relevance is None or provenance is None else similarity_measure(provenance.coach == "rules")
        return replace(self, metrics=with_relevance(self.metrics, relevance), similarity_measure=measure)

    @property
    def fillers(self) -> Mapping[str, int] | None:
        """Filler word -> how often, most frequent first, in the answers whose transcript has them; None = in none."""
        known = [delivery.fillers for _, delivery in self.answers if delivery.fillers is not None]
        if not known:
            return None
        total: Counter[str] = Counter()
        for fillers in known:
            total.update(fillers)
        return dict(sorted(total.items(), key=lambda item: (-item[1], item[0])))

    @property
    def is_english(self) -> bool:
        """Usual paces are only known for English here."""
        return self.language.lower().split("-")[0] == "en"

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All of them; what could not be measured says so."""
        return (self._pace(), self._share(), self._pauses(), self._latency(), self._fluency(), self._fillers())

    def pace_words(self, wpm: float) -> str:
        """`easy to follow`, where that can be said; else empty."""
        return _PACES[pace_of(wpm)] if self.is_english else ""

    def _pace(self) -> Figure:
        wpm, meaning = self.metrics.wpm, "Words for each minute of speech, pauses left out."
        if self.is_english:
            meaning += " In English 120 to 150 are easy to follow; below 110 is slow, above 160 fast."
        if wpm is None:
            return Figure("wpm", "Pace", NOT_MEASURABLE, meaning)
        words = self.pace_words(wpm)
        return Figure(
            "wpm",
            "Pace",
            f"{wpm:.0f} words a minute{f', {words}' if words else ''}",
            meaning,
            f"Your pace was {words}." if words else "",
        )

    def _share(self) -> Figure:
        found = self.metrics
        meaning = "How much of your time you spoke; the rest is thinking and pauses. 60 to 75 % is usual."
        if found.speaking_ratio is None:
            return Figure("speaking_ratio", "Speaking time", NOT_MEASURABLE, meaning)
        spoken, whole = spoken_minutes(found.speaking_time), spoken_minutes(found.effective_duration)
        return Figure(
            "speaking_ratio",
            "Speaking time",
            f"{spoken} of {whole} minutes, {found.speaking_ratio * 100:.0f} %",
            meaning,
        )

    def _pauses(self) -> Figure:
        count = self.metrics.long_pause_count
        meaning = "Pauses of more than five seconds inside an answer. Fewer than two in an answer are usual."
        if count is None:
            return Figure("long_pause_count", "Long pauses", NOT_MEASURABLE, meaning)
        most = max((delivery.long_pause_count for _, delivery in self.answers), default=0)
        plain = "Your answers had no long pause." if count == 0 else ""
        if most >= 2:
            plain = "Some answers had several long pauses. Taking the time before you begin keeps them whole."
        return Figure("long_pause_count", "Long pauses", str(count), meaning, plain)

    def _latency(self) -> Figure:
        seconds = self.metrics.avg_response_latency
        meaning = "From the end of a question to your first word, on average. 1 to 3 seconds are usual, more is fine."
        value = NOT_MEASURABLE if seconds is None else f"{seconds:.1f} seconds"
        return Figure("avg_response_latency", "Before the first word", value, meaning)

    def _fluency(self) -> Figure:
        score = self.metrics.fluency_score
        meaning = "Your pace as a share of 140 words a minute, at most 1. It says nothing about what you said."
        return Figure("fluency_score", "Fluency", NOT_MEASURABLE if score is None else f"{score:.2f} of 1", meaning)

    def _fillers(self) -> Figure:
        meaning = "Sounds and phrases such as um or you know. They never change a mark."
        fillers = self.fillers
        if fillers is None:
            meaning += " Here the transcript leaves them out, so nobody can count them."
            return Figure("fillers", "Filler words", NOT_MEASURABLE, meaning)
        if len(self._with_fillers()) < len(self.answers):
            listed = ", ".join(str(number) for number in self._with_fillers())
            meaning += f" Counted in question{'' if len(self._with_fillers()) == 1 else 's'} {listed} only."
        shown = ", ".join(f"{word} {count}" for word, count in list(fillers.items())[:_LISTED])
        value = f"{sum(fillers.values())}: {shown}" if fillers else "none"
        return Figure("fillers", "Filler words", value, meaning)

    def _with_fillers(self) -> list[int]:
        return [number for number, delivery in self.answers if delivery.fillers is not None]

    def to_json(self) -> dict[str, Any]:
        """The figures by their names, filler words, and each answer's own."""
        fillers = self.fillers
        return {
            **asdict(self.metrics),
            "similarity_measure": self.similarity_measure,
            "fillers": None if fillers is None else dict(fillers),
            "answers": [{"number": number, **asdict(delivery)} for number, delivery in self.answers],
        }
