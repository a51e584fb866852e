"""Progress for people: what each trend means in one sentence, and where its points are drawn. Pure.

Only marks of one coach are compared, because two coaches do not mark alike; each coach has its own shape and line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from interview_coach import charts
from interview_coach.domain.mastery import LEAST, WINDOW, velocity
from interview_coach.naming import DIMENSIONS, coach_name, coach_words, listing
from interview_coach.progress import Progress, Trend

DRAWN = 30
"""Interviews in a drawing and in its table; more would be a grey band."""
WIDTH, HEIGHT = 300.0, 120.0
SHAPES = ("circle", "square", "diamond")
SLIGHT = 1.0
"""Points per interview below which a line counts as level."""


class Direction(StrEnum):
    """Where a trend goes."""

    UP = "up"
    LEVEL = "level"
    DOWN = "down"
    UNKNOWN = "unknown"


ARROWS = {Direction.UP: "↗\ufe0e", Direction.LEVEL: "→", Direction.DOWN: "↘\ufe0e", Direction.UNKNOWN: "·"}
"""As text: without the selector some systems draw a coloured picture."""


@dataclass(frozen=True, slots=True)
class Series:
    """The points of one coach."""

    coach: str
    shape: str
    path: str
    """For a polyline; empty with fewer than two points."""
    dots: tuple[charts.XY, ...]


@dataclass(frozen=True, slots=True)
class Multiple:
    """One of the small drawings beside each other."""

    key: str
    name: str
    sentence: str
    plain: str
    """The sentence without numbers."""
    direction: Direction
    series: tuple[Series, ...]
    grid: tuple[tuple[float, float], ...]
    """(value, y) of the lines behind it."""

    unit = "of 100"

    @property
    def arrow(self) -> str:
        return ARROWS[self.direction]

    @property
    def is_drawn(self) -> bool:
        """A single point is told better than drawn."""
        return sum(len(series.dots) for series in self.series) > 1


def direction(values: Sequence[int]) -> Direction:
    """Of the last five values, oldest first; two are compared with each other."""
    if len(values) < 2:
        return Direction.UNKNOWN
    pace = velocity(values)
    if pace is None:
        pace = float(values[-1] - values[-2])
    if abs(pace) < SLIGHT:
        return Direction.LEVEL
    return Direction.UP if pace > 0 else Direction.DOWN


def _sentence(values: Sequence[int]) -> str:
    if not values:
        return _UNMEASURED
    if len(values) == 1:
        return f"{values[0]} of 100 so far. One interview shows no trend yet."
    if len(values) < LEAST:
        return f"From {values[0]} to {values[1]} of 100. From the third interview on you see a pace here."
    pace, count = velocity(values) or 0.0, min(len(values), WINDOW)
    newest = f"the newest has {values[-1]} of 100."
    if abs(pace) < SLIGHT:
        return f"About the same over the last {count} interviews; {newest}"
    more = "higher" if pace > 0 else "lower"
    return f"About {_points(pace)} {more} from one interview to the next, over the last {count}; {newest}"


def _points(pace: float) -> str:
    whole = round(abs(pace))
    return "1 point" if whole == 1 else f"{whole} points"


_UNMEASURED = "Not measurable in these interviews."
_PLAIN = {
    Direction.UP: "Rising over your last interviews.",
    Direction.LEVEL: "About the same over your last interviews.",
    Direction.UNKNOWN: "One interview so far. The next ones show where it goes.",
    Direction.DOWN: "Lower over your last interviews. One more interview often looks different.",
}
"""Without numbers; in the order in which they are told."""
_ORDER = [*_PLAIN.values(), _UNMEASURED]


def _plain(values: Sequence[int]) -> str:
    return _PLAIN[direction(values)] if values else _UNMEASURED


def plain_groups(multiples: Sequence[Multiple]) -> list[tuple[str, str, str]]:
    """Arrow, names and sentence for those who want no numbers: one sentence for all that go the same way, the rising
    ones first."""
    groups = [[one for one in multiples if one.plain == sentence] for sentence in _ORDER]
    return [(group[0].arrow, ", ".join(one.name for one in group), group[0].plain) for group in groups if group]


def lower_sentence(multiples: Sequence[Multiple]) -> str:
    """What a falling line does and does not say; empty when the overall does not fall."""
    if not multiples or multiples[0].direction is not Direction.DOWN:
        return ""
    return "A lower figure is about the answers of one day: another job, harder questions or a few short answers do it."


def _value(trend: Trend, key: str) -> int | None:
    return trend.overall if key == "overall" else trend.dimensions[key]


def drawn(progress: Progress) -> tuple[Trend, ...]:
    """The newest interviews, oldest first: those that drawings and table show."""
    return progress.trends[-DRAWN:]


def shapes(trends: Sequence[Trend]) -> dict[str, str]:
    """Coach -> shape of its marks, in order of their first appearance."""
    names = dict.fromkeys(trend.coach for trend in trends)
    return {name: SHAPES[place % len(SHAPES)] for place, name in enumerate(names)}


def multiples(progress: Progress) -> tuple[Multiple, ...]:
    """The overall, then the five dimensions."""
    shown = drawn(progress)
    names = {"overall": "Overall", **DIMENSIONS}
    return tuple(_multiple(key, name, shown, progress.comparable) for key, name in names.items())


def _multiple(key: str, name: str, shown: Sequence[Trend], comparable: Sequence[Trend]) -> Multiple:
    values = [value for trend in comparable if (value := _value(trend, key)) is not None]
    line = charts.line(
        [(float(place), _value(trend, key)) for place, trend in enumerate(shown)], width=WIDTH, height=HEIGHT, steps=2
    )
    series = []
    for coach, shape in shapes(shown).items():
        dots = [dot for dot, trend in zip(line.dots, shown, strict=True) if dot is not None and trend.coach == coach]
        if dots:
            path = charts.path(dots) if len(dots) > 1 else ""
            series.append(Series(coach_name(coach), shape, path, tuple(dots)))
    return Multiple(
        key=key,
        name=name,
        sentence=_sentence(values),
        plain=_plain(values),
        direction=direction(values),
        series=tuple(series),
        grid=line.grid,
    )


def coaches_sentence(progress: Progress) -> str:
    """What to keep in mind when several coaches gave marks; empty when one did."""
    found = shapes(drawn(progress))
    if len(found) < 2:
        return ""
    who = listing([f"{coach_words(coach)} as {shape}s" for coach, shape in found.items()])
    newest = coach_words((progress.comparable or progress.trends)[-1].coach)
    return (
        f"Marks are drawn by who gave them: {who}. Two coaches do not mark alike, so compare equal shapes only; "
        f"the sentences speak of those by {newest}."
    )


def coaches_plain(progress: Progress) -> str:
    """The same without numbers or drawings."""
    if len({trend.coach for trend in drawn(progress)}) < 2:
        return ""
    newest = coach_words((progress.comparable or progress.trends)[-1].coach)
    return f"Two coaches do not mark alike, so this only looks at interviews that were marked by {newest}."


_BEGIN = "The next steps in your newest report say where to begin."


def pace_sentence(progress: Progress) -> str:
    """Learning velocity in words."""
    count, pace = len(progress.comparable), progress.velocity
    if pace is None:
        have = {0: "there is none yet", 1: "there is one so far", 2: "there are two so far"}[count]
        return f"Not measurable yet: it takes three interviews marked by the same coach, and {have}."
    over = f"the last {min(count, WINDOW)} interviews marked by {coach_words(progress.comparable[-1].coach)}"
    if abs(pace) < SLIGHT:
        return f"About level over {over}: less than one point of change from one to the next."
    if pace < 0:
        return f"About {_points(pace)} lower from one interview to the next, over {over}. {_BEGIN}"
    return f"You gained about {_points(pace)} from one interview to the next, over {over}."


def pace_plain(progress: Progress) -> str:
    """The same without numbers."""
    pace = progress.velocity
    if pace is None:
        return "Not measurable yet: it takes a few more interviews marked by the same coach."
    if abs(pace) < SLIGHT:
        return "About level from one interview to the next."
    return "Each interview tends to go better than the one before." if pace > 0 else f"Lower lately. {_BEGIN}"


def changes(trends: Sequence[Trend]) -> dict[str, str]:
    """Interview -> how its overall compares with the one before that the same coach marked."""
    found: dict[str, str] = {}
    before: dict[str, int] = {}
    last = ""
    for trend in trends:
        if trend.overall is None:
            continue
        if trend.coach in before:
            change = trend.overall - before[trend.coach]
            than = "before" if trend.coach == last else f"the one before by {coach_words(trend.coach)}"
            more = f"{abs(change)} {'more' if change > 0 else 'less'} than {than}"
            found[trend.interview_id] = more if change else f"same as {than}"
        before[trend.coach] = trend.overall
        last = trend.coach
    return found
