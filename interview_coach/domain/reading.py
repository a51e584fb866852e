"""How one answer reads: is it an answer at all, which STAR parts are there, how specific is it.

Used twice: to decide the next move of the interviewer, and as the first step of scoring. It looks at the words only
and claims nothing about the person.
"""

from dataclasses import dataclass
from enum import StrEnum

from interview_coach.domain.evidence import Span


class Substance(StrEnum):
    """What kind of thing was written, worst first."""

    EMPTY = "empty"
    FILLER = "filler"
    """Nothing but `um`, `okay`, `yes` and the like: consumes no question."""
    GIBBERISH = "gibberish"
    COPIED = "copied"
    """The question given back."""
    DONT_KNOW = "dont_know"
    HOSTILE = "hostile"
    """Insults, or instructions meant for a machine."""
    VAGUE = "vague"
    OPINION = "opinion"
    """General talk or self-description without an event."""
    PARTIAL = "partial"
    """A real event with parts of STAR missing."""
    STORY = "story"
    """A whole one."""


@dataclass(frozen=True, slots=True)
class Star:
    """The first span in which each part is found; None = not found."""

    situation: Span | None = None
    task: Span | None = None
    action: Span | None = None
    result: Span | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the parts not found, in the order in which to ask for them."""
        parts = {"action": self.action, "result": self.result, "situation": self.situation, "task": self.task}
        return tuple(name for name, span in parts.items() if span is None)


@dataclass(frozen=True, slots=True)
class Reading:
    """Facts about the words of one answer."""

    substance: Substance
    star: Star
    words: int
    numbers: tuple[Span, ...] = ()
    """Figures with their unit or noun."""
    names: tuple[Span, ...] = ()
    """Tools, places, organisations and other proper names."""
    phrases: tuple[Span, ...] = ()
    """Phrases of two to seven words worth quoting back, best first; each verbatim."""

    @property
    def is_substantive(self) -> bool:
        """Something was said that one can ask further about."""
        return self.substance in {Substance.VAGUE, Substance.OPINION, Substance.PARTIAL, Substance.STORY}
