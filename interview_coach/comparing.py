"""Two scores of one question side by side: what got better, what got lost, what is still missing, each in words.

A pure function over values. It only says what the marks and the parts of the story say; it adds no judgement.
"""

from dataclasses import dataclass
from typing import Any

from interview_coach.domain.evidence import Span
from interview_coach.domain.scorecard import AnswerScore
from interview_coach.naming import CRITERIA, listing
from interview_coach.views import span_json

PARTS = {
    "situation": "where and when it was",
    "task": "what had to be done",
    "action": "what you did yourself",
    "result": "how it ended",
}
ALIKE = 1
"""A part that differs by no more than this many marks is called about the same, and so are all of them together."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the marks, before and after. None where there are no marks."""

    key: str
    name: str
    maximum: int
    before: int | None
    after: int | None

    @property
    def change(self) -> int | None:
        """Marks more (or fewer, below 0); None when one side has none."""
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def direction(self) -> str:
        """`more`, `less`, `same`, or `unknown` when one side has no marks."""
        if self.change is None:
            return "unknown"
        if abs(self.change) <= ALIKE:
            return "same"
        return "more" if self.change > 0 else "less"

    @property
    def words(self) -> str:
        """The change without a figure."""
        return {"more": "stronger now", "less": "weaker now", "same": "about the same", "unknown": "not to compare"}[
            self.direction
        ]


@dataclass(frozen=True, slots=True)
class Point:
    """A sentence, with the words of the answer it rests on (of the earlier answer for what got lost)."""

    text: str
    quote: Span | None = None

    def to_json(self) -> dict[str, Any]:
        return {"text": self.text, "quote": span_json(self.quote) if self.quote else None}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of an answer from one take to another."""

    parts: tuple[Part, ...]
    total: Part
    better: tuple[Point, ...]
    worse: tuple[Point, ...]
    missing: tuple[Point, ...]
    """What the newer answer could still add, one doable step each."""
    same_marker: bool
    """The same coach with the same rules or model gave both: only then are the marks one measure."""

    def to_json(self) -> dict[str, Any]:
        return {
            "change": self.total.change,
            "parts": [
                {"key": part.key, "maximum": part.maximum, "before": part.before, "after": part.after}
                | {"change": part.change}
                for part in self.parts
            ],
            "better": [point.to_json() for point in self.better],
            "worse": [point.to_json() for point in self.worse],
            "missing": [point.to_json() for point in self.missing],
            "same_marker": self.same_marker,
        }


def compare(before: AnswerScore | None, after: AnswerScore) -> Comparison:
    """`before` is None when the question had no marks yet; then there is nothing to set against it."""
    parts = tuple(
        Part(key, name, maximum, getattr(before, key) if before else None, getattr(after, key))
        for key, name, maximum in CRITERIA
    )
    total = Part("score", "Together", 100, before.score if before else None, after.score)
    if before is not None and None in (before.score, after.score):
        before = None  # what was not judged cannot have got better or worse
    return Comparison(
        parts=parts,
        total=total,
        better=_gained(before, after, parts, "more"),
        worse=_gained(after, before, parts, "less") if before is not None else (),
        missing=tuple(Point(remark.text, remark.quote) for remark in after.improvements),
        same_marker=before is not None and before.provenance.hand == after.provenance.hand,
    )


def _gained(
    old: AnswerScore | None, new: AnswerScore | None, parts: tuple[Part, ...], direction: str
) -> tuple[Point, ...]:
    """Parts of the story that `new` has and `old` has not, what was strong only in `new`, and marks that moved that
    way. Seen the other way round it is what got lost."""
    if new is None:
        return ()
    is_gain = direction == "more"
    found: list[Point] = []
    for part, words in PARTS.items():
        span = getattr(new.star, part)
        if span is not None and old is not None and getattr(old.star, part) is None:
            found.append(Point(f"It {'now says' if is_gain else 'no longer says'} {words}.", span))
    # Rules say the same thing in the same words, so another sentence is another fact; a model words each anew.
    if old is not None and old.provenance.coach == new.provenance.coach == "rules":
        known, quoted = {remark.text for remark in old.remarks}, {point.quote for point in found}
        found += [
            Point(remark.text if is_gain else f"Before: {remark.text}", remark.quote)
            for remark in new.remarks
            if remark.text not in known and remark.quote not in quoted
        ]
    moved = [part.name.lower() for part in parts if part.direction == direction]
    if moved:
        found.append(Point(f"{listing(moved).capitalize()} got {'stronger' if is_gain else 'weaker'}."))
    return tuple(found)
