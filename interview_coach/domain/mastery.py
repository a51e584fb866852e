"""How well a person does what interviews ask for, from the marks of single answers over time.

**Mastery** is an exponentially weighted moving average (simple exponential smoothing, R. G. Brown, 1956): the first
observation starts it, and each later value v moves it from m to 0.3 v + 0.7 m. So the last five answers make up 83 % of
it, and one bad day is not forgotten but does not decide either.

**Difficulty** goes up one step after three good answers in a row (above 0.7) and down one step after two poor ones
(below 0.4), as in a staircase of adaptive testing; it begins at medium. A value between the two ends a row. After a
step the row is counted anew, so that each level gets its own chance.

**Learning velocity** is the slope of the straight line that fits the last five overalls best (least squares).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from statistics import fmean

from interview_coach.domain.formats import Difficulty

ALPHA = 0.3
"""Weight of the newest observation."""
GOOD = 0.7
"""An observation above it is good."""
POOR = 0.4
"""One below it is poor."""
GOOD_IN_A_ROW = 3
POOR_IN_A_ROW = 2
STEPS = (Difficulty.EASY, Difficulty.MEDIUM, Difficulty.HARD)
WINDOW = 5
"""Interviews that the learning velocity looks back on."""
LEAST = 3
"""With fewer, any slope would be chance."""


class Band(StrEnum):
    """Mastery in words, with the thresholds that also make an answer good or poor."""

    STRONG = "strong"
    GROWING = "growing"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Observation:
    """What one judged answer says. `value` is its score / 100; `when` (seconds since 1970) orders answers in time."""

    when: float
    competency: str
    subject: str
    """What it was about, in the words of the ad; empty when the question had no requirement."""
    value: float
    take: int = 1
    """1 is the interview's answer; 2, 3 ... are retakes of the same question."""

    def __post_init__(self) -> None:
        if not 0 <= self.value <= 1:
            raise ValueError("an observation lies between 0 and 1")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands in one thing."""

    value: float
    """0..1"""
    count: int
    """Judged answers, retakes included."""
    streak: int
    """Good answers in a row since the last step of difficulty; below 0, poor ones."""
    level: Difficulty
    """How demanding the next question about it should be."""

    @property
    def band(self) -> Band:
        if self.value > GOOD:
            return Band.STRONG
        return Band.WEAK if self.value < POOR else Band.GROWING


@dataclass(frozen=True, slots=True)
class Mastery(Standing):
    """Where a person stands in one competency, or in one subject of it."""

    competency: str
    subject: str
    """Empty: the competency as a whole."""
    last_seen: float
    """When the newest answer was given, in seconds since 1970."""


class Course:
    """Mastery while answers come in one after the other, the oldest first."""

    __slots__ = ("_step", "_value", "count", "streak")

    def __init__(self) -> None:
        self._value = 0.0
        self._step = STEPS.index(Difficulty.MEDIUM)
        self.count = 0
        self.streak = 0

    def see(self, values: Iterable[float]) -> None:
        """More judged answers, 0..1 each, the oldest first."""
        value, step, count, streak = self._value, self._step, self.count, self.streak
        for seen in values:
            value = ALPHA * seen + (1 - ALPHA) * value if count else seen
            count += 1
            if seen > GOOD:
                streak = max(streak, 0) + 1
            elif seen < POOR:
                streak = min(streak, 0) - 1
            else:
                streak = 0
            wanted = step + (streak >= GOOD_IN_A_ROW) - (streak <= -POOR_IN_A_ROW)
            if wanted != step and 0 <= wanted < len(STEPS):
                step, streak = wanted, 0
        self._value, self._step, self.count, self.streak = value, step, count, streak

    @property
    def value(self) -> float:
        return min(1.0, max(0.0, self._value))  # what rounding may add

    @property
    def level(self) -> Difficulty:
        return STEPS[self._step]

    def standing(self) -> Standing:
        """By now."""
        return Standing(self.value, self.count, self.streak, self.level)


_IN_TIME = attrgetter("when", "take", "competency", "subject", "value")


def by_competency(observations: Iterable[Observation]) -> tuple[Mastery, ...]:
    """Mastery of each competency that was asked for, by name. `observations` may come in any order."""
    return _grouped(observations, lambda seen: (seen.competency, ""))


def by_topic(observations: Iterable[Observation]) -> tuple[Mastery, ...]:
    """Mastery of each subject within its competency. Observations without a subject say nothing here."""
    named = (seen for seen in observations if seen.subject.strip())
    return _grouped(named, lambda seen: (seen.competency, plain_subject(seen.subject).casefold()))


def plain_subject(subject: str) -> str:
    """With single spaces; two that differ in their spaces or in capitals only are the same."""
    return " ".join(subject.split())


def _grouped(observations: Iterable[Observation], key: Callable[[Observation], tuple[str, str]]) -> tuple[Mastery, ...]:
    groups: dict[tuple[str, str], list[Observation]] = {}
    for seen in sorted(observations, key=_IN_TIME):
        groups.setdefault(key(seen), []).append(seen)
    return tuple(_mastery(groups[name], topic=bool(name[1])) for name in sorted(groups))


def _mastery(seen: Sequence[Observation], *, topic: bool) -> Mastery:
    course, last = Course(), seen[-1]
    course.see(one.value for one in seen)
    return Mastery(
        value=course.value,
        count=course.count,
        streak=course.streak,
        level=course.level,
        competency=last.competency,
        subject=plain_subject(last.subject) if topic else "",
        last_seen=last.when,
    )


def weakest(masteries: Iterable[Mastery], most: int | None = None) -> tuple[Mastery, ...]:
    """At most so many, the lowest first; of two equal ones the one that was asked later."""
    return tuple(sorted(masteries, key=lambda m: (m.value, -m.last_seen, m.competency, m.subject))[:most])


def strongest(masteries: Iterable[Mastery], most: int | None = None) -> tuple[Mastery, ...]:
    """At most so many, the highest first; of two equal ones the one that was asked later."""
    return tuple(sorted(masteries, key=lambda m: (-m.value, -m.last_seen, m.competency, m.subject))[:most])


def to_practise(masteries: Iterable[Mastery], most: int = 3) -> tuple[Mastery, ...]:
    """The weakest that are not strong yet; when all are strong, the weakest one."""
    everything = tuple(masteries)
    return weakest((m for m in everything if m.band is not Band.STRONG), most) or weakest(everything, 1)


def levels(masteries: Iterable[Mastery]) -> dict[str, Difficulty]:
    """Competency -> how demanding the next questions about it should be."""
    return {m.competency: m.level for m in masteries}


def velocity(overalls: Sequence[float]) -> float | None:
    """Points per interview: the least-squares slope over the last five `overalls`, oldest first.

    None with fewer than three: not measurable yet.
    """
    recent = overalls[-WINDOW:]
    if len(recent) < LEAST:
        return None
    middle, mean = (len(recent) - 1) / 2, fmean(recent)
    spread = sum((place - middle) ** 2 for place in range(len(recent)))
    return sum((place - middle) * (value - mean) for place, value in enumerate(recent)) / spread
