"""What worked, what to work on, and the three things to do next. Every sentence is an assessor's about one answer, or
names the very words it starts from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from interview_coach.domain.evidence import Source, Span
from interview_coach.domain.scorecard import Remark
from interview_coach.reporting.answers import ReportedAnswer
from interview_coach.reporting.points import Point

MOST_POINTS = 5
STEPS = 3
WHOLE = 85
"""Marks: from here on an answer is not worth writing again, and lacks nothing that is worth naming for the whole."""
WORTH = 60
"""Marks: below, an answer is no good thing to learn by heart."""
_QUOTED = re.compile("“[^”]*”")
_NAMED = 4
"""More open questions than this are counted and not listed."""


def strengths(entries: Sequence[ReportedAnswer]) -> tuple[Point, ...]:
    """What worked, one per answer before a second of any, best answers first. Nothing is said twice."""
    ranked = sorted(entries, key=lambda entry: (-_marks(entry), entry.number))
    return _pick([(entry.number, entry.score.remarks) for entry in ranked])


def improvements(entries: Sequence[ReportedAnswer]) -> tuple[Point, ...]:
    """What to work on, one per answer before a second of any, weakest answers first. Nothing is said twice."""
    ranked = sorted(entries, key=lambda entry: (not entry.is_answered, _marks(entry), entry.number))
    return _pick([(entry.number, entry.score.improvements) for entry in ranked])


def _marks(entry: ReportedAnswer) -> int:
    """For ranking; an answer that needs review ranks in the middle, because nothing is known of it."""
    return 50 if entry.score.score is None else entry.score.score


def _pick(groups: Sequence[tuple[int, Sequence[Remark]]]) -> tuple[Point, ...]:
    chosen: list[Point] = []
    kinds: set[str] = set()
    for place in range(max((len(remarks) for _, remarks in groups), default=0)):
        for number, remarks in groups:
            if place < len(remarks) and len(chosen) < MOST_POINTS and kind_of(remarks[place].text) not in kinds:
                kinds.add(kind_of(remarks[place].text))
                chosen.append(_point(remarks[place], number, groups))
    return tuple(chosen)


def _point(remark: Remark, number: int, groups: Sequence[tuple[int, Sequence[Remark]]]) -> Point:
    """With all other answers that got the same sentence, or one like it."""
    kind = kind_of(remark.text)
    alike = {
        other: found.text == remark.text
        for other, remarks in groups
        for found in remarks
        if other != number and kind_of(found.text) == kind
    }
    return Point(remark.text, number, remark.quote, tuple(sorted(alike)), is_same=all(alike.values()))


def kind_of(text: str) -> str:
    """The sentence without what it quotes."""
    return _QUOTED.sub("“”", text) if "“" in text else text


@dataclass(frozen=True, slots=True)
class _Place:
    """One remark where it stands."""

    rank: int
    """0 = the assessor named it first for this answer."""
    marks: int
    number: int
    remark: Remark

    @property
    def worth_showing(self) -> tuple[bool, int, int, int]:
        """For choosing the example of a group, the smallest first: with words to quote, then where it helps most."""
        return self.remark.quote is None, self.rank, self.marks, self.number


def next_steps(entries: Sequence[ReportedAnswer]) -> tuple[Point, ...]:
    """The three things to do next.

    Questions that were passed come first, because they lose most; then what there is most to gain by: the marks that
    all answers with the same remark still lack, less for a remark that the assessor put second or third. A second
    remark on the same answer waits until every other answer had its turn. The question that waited when somebody
    finished early comes after all these: leaving says nothing about it. Only when there is nothing left to say,
    practice with what is there fills the places.
    """
    steps = _open([entry for entry in entries if not entry.is_answered and not entry.stood_open])
    used: set[int] = set()
    left = _groups(entries)
    for again in (False, True):
        for group in list(left):
            place = min(group, key=lambda found: (found.number in used, *found.worth_showing))
            if len(steps) >= STEPS or (place.number in used and not again):
                continue
            steps.append(_point(place.remark, place.number, [(found.number, [found.remark]) for found in group]))
            used.add(place.number)
            left.remove(group)
    for step in [*_open([entry for entry in entries if entry.stood_open]), *_practice(entries)]:
        if len(steps) < STEPS and step.text not in {taken.text for taken in steps}:
            steps.append(step)
    return tuple(steps[:STEPS])


def _groups(entries: Sequence[ReportedAnswer]) -> list[list[_Place]]:
    """The same remark on several answers is one group; the one with most to gain first."""
    found: dict[str, list[_Place]] = {}
    for entry in entries:
        for rank, remark in enumerate(entry.score.improvements if entry.is_answered else ()):
            found.setdefault(kind_of(remark.text), []).append(_Place(rank, _marks(entry), entry.number, remark))

    def order(group: list[_Place]) -> tuple[float, int, int, int]:
        weakest = min(group, key=lambda place: (place.rank, place.marks, place.number))
        gains: dict[int, float] = {}
        for place in group:
            gains[place.number] = max(gains.get(place.number, 0.0), (100 - place.marks) / (1 + place.rank))
        return -sum(gains.values()), weakest.rank, weakest.marks, weakest.number

    return sorted(found.values(), key=order)


def _open(entries: Sequence[ReportedAnswer]) -> list[Point]:
    """One step for all questions without an answer, with a line of the CV to start from where there is one."""
    if not entries:
        return []
    first = next((entry for entry in entries if _line_of(entry)), entries[0])
    if len(entries) == 1 and first.score.improvements:
        text = first.score.improvements[0].text
    else:
        text = f"Write two sentences for {_questions(entries)}: one thing that you did or would do, and why."
    also = tuple(entry.number for entry in entries if entry is not first)
    return [Point(text, first.number, None, also, _line_of(first))]


def _line_of(entry: ReportedAnswer) -> Span | None:
    return next((span for span in entry.why if span.source is Source.CV), None)


def _questions(entries: Sequence[ReportedAnswer]) -> str:
    names = [str(entry.number) for entry in entries]
    if len(names) == 1:
        return f"question {names[0]}"
    if len(names) > _NAMED:
        return f"each of the {len(names)} questions without an answer"
    return f"questions {', '.join(names[:-1])} and {names[-1]}"


def _practice(entries: Sequence[ReportedAnswer]) -> list[Point]:
    """What can still be done when the remarks are used up: with the strongest words, with the weakest answer."""
    told = sorted((entry for entry in entries if entry.is_answered), key=lambda entry: (_marks(entry), entry.number))
    steps: list[Point] = []
    for entry in reversed(told):
        kept = next((remark.quote for remark in entry.score.remarks if remark.quote), None)
        if kept is not None:
            steps.append(
                Point(
                    "Keep these words for the real interview: say them aloud once, without reading.", entry.number, kept
                )
            )
            break
    weak = next((entry for entry in told if entry.score.reference_answer and _marks(entry) < WHOLE), None)
    if weak is not None:
        text = "Answer this question again along the outline that stands below it, and compare the two."
        steps.append(Point(text, weak.number, None))
    if told and _marks(told[-1]) >= WORTH:
        text = "Say this answer aloud once, in under two minutes and without reading it."
        steps.append(Point(text, told[-1].number, None))
    line = next((span for entry in entries if (span := _line_of(entry))), None)
    if line is not None:
        text = "Take this line of your CV and write down one thing that you did there, with a number in it."
        steps.append(Point(text, None, None, (), line))
    else:
        text = "Note one event from your CV with a number in it, so that it is at hand."
        steps.append(Point(text, None, None))
    steps.append(Point("Start a new interview with three questions and answer each in two sentences.", None, None))
    return steps
