"""What answers are measured by: criteria, their maximum marks, and the behaviour that earns each band."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Anchor:
    """Marks from `lowest` up are earned by this behaviour."""

    lowest: int
    behaviour: str
    example: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """`key` is accuracy, completeness or clarity; `anchors` from the highest band down."""

    key: str
    maximum: int
    question: str
    """What the criterion asks of an answer, as a sentence for a person."""
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class Dimension:
    """Another view of the same answers, 0-100. `key` is communication, technical_depth, problem_solving, confidence
    or relevance."""

    key: str
    name: str
    meaning: str
    """What it looks at and how it is measured, as sentences for a person."""


@dataclass(frozen=True, slots=True)
class Rubric:
    """A versioned set of criteria whose maxima add up to 100, for one format of interview."""

    version: str
    criteria: tuple[Criterion, ...]
    dimensions: tuple[Dimension, ...] = ()
    question_weight: float = 1.0
    """What a main question counts in the overall."""
    probe_weight: float = 1.0
    """What a follow-up counts in it."""
    weighting: str = ""
    """Why these weights, as a sentence for a person."""
