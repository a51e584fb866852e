"""What was asked and answered so far."""

from dataclasses import dataclass
from enum import StrEnum

from interview_coach.domain.evidence import Span


class QuestionKind(StrEnum):
    """A main question, a follow-up on the last answer, or the closing words."""

    QUESTION = "question"
    PROBE = "probe"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and what came back."""

    number: int
    """1, 2, 3 ... without gaps; probes count."""
    kind: QuestionKind
    topic: int
    """Index into `Plan.topics`."""
    question: str
    evidence: tuple[Span, ...] = ()
    answer: str | None = None
    """None: not answered yet, or skipped."""
    skipped: bool = False
    correction: int = 0
    """Version of the correction that `answer` shows; 0 = as it was given."""

    @property
    def is_open(self) -> bool:
        """Waiting for the person."""
        return self.answer is None and not self.skipped


@dataclass(frozen=True, slots=True)
class Transcript:
    """Turns in order; only the last may be open."""

    turns: tuple[Turn, ...] = ()

    @property
    def question_count(self) -> int:
        return len(self.turns)

    @property
    def answered_count(self) -> int:
        return sum(turn.answer is not None for turn in self.turns)

    @property
    def last(self) -> Turn | None:
        return self.turns[-1] if self.turns else None
