"""One question of a report with all that came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from interview_coach.coach.rules.modes import Mode, mode_of
from interview_coach.domain.evidence import Span
from interview_coach.domain.provenance import Provenance
from interview_coach.domain.rubric import Anchor
from interview_coach.domain.scorecard import PARTS, AnswerScore
from interview_coach.domain.transcript import QuestionKind
from interview_coach.reporting.quoting import Private
from interview_coach.reporting.repeating import NOTHING, Told

_ALL_PARTS = 26
"""Marks for completeness from which on the rubric speaks of all parts."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """When and how a question was asked and answered."""

    number: int
    asked_at: datetime
    asked_by: Provenance
    answered_at: datetime | None = None
    """None: never answered and never skipped."""
    source: str | None = None
    """`typed` or `spoken`; None without an answer."""
    heard: str | None = None
    """A spoken answer as it was heard, when the person corrected it; `answer` is then the corrected text."""
    skipped: bool = False
    corrected_since: bool = False
    """The person corrected the answer after these marks were given: they rest on the older words."""

    @property
    def seconds(self) -> float | None:
        """From question to answer; None without an answer."""
        if self.answered_at is None or self.skipped:
            return None
        return max(0.0, (self.answered_at - self.asked_at).total_seconds())


@dataclass(frozen=True, slots=True)
class Take:
    """Another answer to the same question, given later for practice. It changes no total of the interview."""

    id: str
    """Of the retake."""
    take: int
    """2, 3, 4 ...: the first is the interview's answer."""
    text: str
    source: str
    answered_at: datetime
    status: str | None
    """Of its evaluation: PENDING, PROCESSING, COMPLETED or FAILED; None when none was asked for."""
    coach: str | None
    """Who marks it: `offline`, `gemini` or `openrouter`."""
    score: AnswerScore | None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Unmarked:
    """A question that was asked and has no marks yet: the evaluation still runs, or failed before it."""

    number: int
    kind: QuestionKind
    question: str
    answer: str | None


@dataclass(frozen=True)
class ReportedAnswer:
    """One question with its answer and marks. What takes a look at every word is worked out for whom asks, and once."""

    question: str
    competency: str
    answer: str | None
    """The text that was marked."""
    score: AnswerScore
    private: Private = field(compare=False)
    kind: QuestionKind = QuestionKind.QUESTION
    weight: float = 1.0
    """What it counts in the overall, beside the others."""
    why: tuple[Span, ...] = ()
    """Lines of the ad, the CV or an earlier answer that the question rests on."""
    exchange: Exchange | None = None
    anchors: Mapping[str, Anchor] = field(default_factory=dict)
    """accuracy, completeness, clarity -> the behaviour whose band the mark fell into; empty without marks."""
    takes: tuple[Take, ...] = ()
    told: Told = NOTHING
    """Its remarks as they stand beside it, without what the report says once for several answers."""

    @property
    def number(self) -> int:
        return self.score.number

    @cached_property
    def is_answered(self) -> bool:
        return bool(self.answer and self.answer.strip())

    @property
    def stood_open(self) -> bool:
        """The interview was finished while this question waited: it was neither answered nor passed."""
        return not self.is_answered and self.exchange is not None and not self.exchange.skipped

    @cached_property
    def asks_story(self) -> bool:
        """The question asks for something that happened; otherwise parts of a story are not looked for."""
        return mode_of(self.question, self.competency) is Mode.STORY

    @cached_property
    def parts(self) -> tuple[tuple[str, Span | None], ...]:
        """The parts of a story to show, in order; empty when there is nothing to say about them.

        None = not found, and told only of an answer to a question that asks for a whole story: a follow-up asks for one
        part, and a question for a view asks for none. Parts never contradict the marks: an answer that got none for
        completeness shows no part, and one in the highest band misses none.
        """
        complete = self.score.completeness
        if not self.is_answered or self.score.score == 0 or complete == 0:
            return ()
        spans = ((part, getattr(self.score.star, part)) for part in PARTS)
        every = [(part, span) for part, span in spans if span is None or not self.private.touches(span.start, span.end)]
        found = tuple((part, span) for part, span in every if span is not None)
        is_whole = complete is not None and complete >= _ALL_PARTS
        if found and not is_whole and self.kind is not QuestionKind.PROBE and self.asks_story:
            return tuple(every)
        return found if len(found) > 1 else ()

    @property
    def words(self) -> int:
        """Of the answer, between white space."""
        return len((self.answer or "").split())

    def change(self, take: Take) -> int | None:
        """Marks of a take minus the marks here; None when one of them has none, or other hands gave them."""
        if take.score is None or take.score.score is None or self.score.score is None:
            return None
        return take.score.score - self.score.score if self.is_comparable(take) else None

    def is_comparable(self, take: Take) -> bool:
        """True when the same coach with the same rules or model marked both."""
        return take.score is not None and take.score.provenance.hand == self.score.provenance.hand
