"""A sentence of the report with the answer it is about and the words it rests on."""

from dataclasses import dataclass

from interview_coach.domain.evidence import Span
from interview_coach.naming import listing

SEVERAL = 3
"""A sentence that holds for so many answers is said once, with their number."""


@dataclass(frozen=True, slots=True)
class Point:
    """A remark with the answer that it is about. `quote` is a verbatim span of that answer."""

    text: str
    number: int | None
    quote: Span | None
    also: tuple[int, ...] = ()
    """Numbers of other questions that it holds for."""
    evidence: Span | None = None
    """A line of the CV or the ad to start from, where there is no answer to quote."""
    is_same: bool = True
    """The other answers got this very sentence; else one like it with words of their own in it."""

    @property
    def holds_for(self) -> int:
        """How many answers it is about."""
        return len(self.also) + (self.number is not None)

    @property
    def is_often(self) -> bool:
        """Worth its number: an answer shows it, and several do."""
        return self.quote is not None and self.holds_for >= SEVERAL

    @property
    def like(self) -> str:
        """What stands between its own question and the others."""
        return "also" if self.is_same else "much the same in"

    @property
    def where(self) -> str:
        """`question 4` and more, without a full stop; empty when it is about no answer."""
        if self.number is None:
            return ""
        if not self.also:
            return f"question {self.number}"
        return f"question {self.number}, {self.like} {listing([str(number) for number in self.also])}"
