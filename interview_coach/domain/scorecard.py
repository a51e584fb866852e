"""Marks and remarks. Totals are computed from the parts, never stored beside them."""

from dataclasses import dataclass
from enum import StrEnum
from statistics import pstdev

from interview_coach.domain.evidence import Span
from interview_coach.domain.provenance import Provenance
from interview_coach.domain.reading import Star

DIMENSIONS = ("communication", "technical_depth", "problem_solving", "confidence", "relevance")
"""Other views of the same answers, 0-100 each."""
PARTS = ("situation", "task", "action", "result")
"""Of a story."""


class Recommendation(StrEnum):
    """Readiness for this job, as practice and not as selection."""

    STRONG_HIRE = "strong_hire"
    HIRE = "hire"
    NO_HIRE = "no_hire"
    STRONG_NO_HIRE = "strong_no_hire"


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence about the answer, resting on a verbatim quote of it (None only when there is no answer to quote)."""

    text: str
    about: str
    """`strength`, `improvement`, or a STAR part."""
    quote: Span | None


@dataclass(frozen=True, slots=True)
class Marks:
    """What one reading of an answer gave: accuracy 0-40, completeness 0-30, clarity 0-30."""

    accuracy: int
    completeness: int
    clarity: int

    @property
    def total(self) -> int:
        """0-100."""
        return self.accuracy + self.completeness + self.clarity


WIDE = 5.0
"""Marks: a standard deviation between readings above this is shown as a disagreement."""


@dataclass(frozen=True, slots=True)
class AnswerScore:
    """Marks of one answer. accuracy 0-40, completeness 0-30, clarity 0-30.

    All three are None when no usable marks came: the answer then needs a person's look, and no number stands for it.
    """

    number: int
    category: str
    accuracy: int | None
    completeness: int | None
    clarity: int | None
    star: Star
    feedback: str
    remarks: tuple[Remark, ...]
    """What was strong; every one quotes the answer."""
    improvements: tuple[Remark, ...]
    """What to do next time, one doable step each; quoted where there is something to quote."""
    reference_answer: str
    """How a strong answer would be built, from the person's own facts; gaps are written as [your number]."""
    dimensions: dict[str, int | None]
    """communication, technical_depth, problem_solving, confidence, relevance: 0-100 or None = not measurable."""
    provenance: Provenance
    runs: tuple[Marks, ...] = ()
    """Every reading of a model, when there was more than one; each mark above is their median."""
    needs_review: str | None = None
    """Why there are no marks, as a sentence; None when there are."""
    notes: tuple[str, ...] = ()
    """What a reader should know: words that were left out of the marks, quotes that were dropped."""
    reference_sources: tuple[Span, ...] = ()
    """What the reference answer takes its facts from."""

    @property
    def score(self) -> int | None:
        """0-100, or None when it needs review."""
        if self.accuracy is None or self.completeness is None or self.clarity is None:
            return None
        return self.accuracy + self.completeness + self.clarity

    @property
    def deviation(self) -> float | None:
        """Standard deviation of the totals of all readings; None with fewer than two."""
        return pstdev(marks.total for marks in self.runs) if len(self.runs) > 1 else None

    @property
    def is_uncertain(self) -> bool:
        """The readings differ so much that a person should look."""
        return self.deviation is not None and self.deviation > WIDE


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All answers of an interview, in order of their numbers."""

    rubric_version: str
    answers: tuple[AnswerScore, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """A few sentences about the whole interview, and who wrote them."""

    text: str
    provenance: Provenance
