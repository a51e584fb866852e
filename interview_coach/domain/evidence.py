"""What a question or a remark rests on: verbatim spans of a stored text."""

from dataclasses import dataclass
from enum import StrEnum


class Source(StrEnum):
    """The stored text that a span points into."""

    CV = "cv"
    JOB = "job"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Span:
    """`text` is exactly `stored[start:end]` of its source; offsets count code points, end exclusive."""

    source: Source
    text: str
    start: int
    end: int

    def is_in(self, stored: str) -> bool:
        """True when the span is found verbatim where it says it is."""
        return bool(self.text) and stored[self.start : self.end] == self.text


class RequirementKind(StrEnum):
    """How strongly an ad asks for something."""

    MUST = "must"
    NICE = "nice"
    DUTY = "duty"
    SOFT = "soft"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that a job ad asks for.

    `span` is the clause in the ad; `label` is a short noun or verb phrase for use inside a spoken sentence, and is
    itself a verbatim substring of the ad; `importance` runs 0..1 (1 = most important); `competency` is a key of the
    competency table of the question bank.
    """

    span: Span
    kind: RequirementKind
    label: str
    importance: float
    competency: str


class CvItemKind(StrEnum):
    """What a line of a CV is about."""

    ROLE = "role"
    PROJECT = "project"
    ACHIEVEMENT = "achievement"
    SKILL = "skill"
    EDUCATION = "education"


@dataclass(frozen=True, slots=True)
class CvItem:
    """One thing that a CV claims. `label` is a short verbatim substring for use inside a spoken sentence."""

    span: Span
    kind: CvItemKind
    label: str
    weight: float
    """0..1: how much an interviewer would want to talk about it."""
