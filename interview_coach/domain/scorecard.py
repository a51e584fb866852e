"""Marks and remarks. Totals are computed from the parts, never stored beside them."""

from dataclasses import dataclass
from enum import StrEnum

from interview_coach.domain.evidence import Span
from interview_coach.domain.provenance import Provenance
from interview_coach.domain.reading import Star


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
class AnswerScore:
    """Marks of one answer. accuracy 0-40, completeness 0-30, clarity 0-30."""

    number: int
    category: str
    accuracy: int
    completeness: int
    clarity: int
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

    @property
    def score(self) -> int:
        """0-100."""
        return self.accuracy + self.completeness + self.clarity


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All answers of an interview, in order of their numbers."""

    rubric_version: str
    answers: tuple[AnswerScore, ...]
