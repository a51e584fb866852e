"""Geometry of charts, for pages and for paper: figures in, coordinates out. Pure; knows neither SVG nor PDF.

`y` grows downwards, as on a page. Lengths are in the unit of the width and height that are asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

XY = tuple[float, float]


def path(points: Sequence[XY]) -> str:
    """`1,2 3.5,4` for the `points` of a polygon or polyline."""
    return " ".join(f"{x:g},{y:g}" for x, y in points)


def _at(x: float, y: float) -> XY:
    return round(x, 2), round(y, 2)


@dataclass(frozen=True, slots=True)
class Axis:
    """One direction of a radar. `value` is 0-100, None = not measurable; `point` is where it is drawn."""

    name: str
    value: int | None
    end: XY
    label: XY
    """Where the name goes."""
    anchor: str
    """`start`, `middle` or `end`: how the name is set against `label`."""
    point: XY | None


@dataclass(frozen=True, slots=True)
class Radar:
    """Axes clockwise from the top, rings from the inside out, and the area between what was measured."""

    centre: XY
    axes: tuple[Axis, ...]
    rings: tuple[tuple[XY, ...], ...]
    area: tuple[XY, ...]
    """Corners at the measured axes; an axis without a value is left out and never drawn as 0."""


def radar(
    values: Sequence[tuple[str, int | None]], *, centre: XY, radius: float, gap: float = 14.0, rings: int = 4
) -> Radar | None:
    """A radar of named values 0-100. None when fewer than three can be measured: there is no area to draw then."""
    if sum(value is not None for _, value in values) < 3:
        return None
    count = len(values)
    turns = [2 * pi * place / count - pi / 2 for place in range(count)]

    def out(turn: float, length: float) -> XY:
        return _at(centre[0] + length * cos(turn), centre[1] + length * sin(turn))

    axes = tuple(
        Axis(
            name=name,
            value=value,
            end=out(turn, radius),
            label=out(turn, radius + gap),
            anchor="middle" if abs(cos(turn)) < 0.1 else ("start" if cos(turn) > 0 else "end"),
            point=None if value is None else out(turn, radius * value / 100),
        )
        for turn, (name, value) in zip(turns, values, strict=True)
    )
    return Radar(
        centre=centre,
        axes=axes,
        rings=tuple(tuple(out(turn, radius * ring / rings) for turn in turns) for ring in range(1, rings + 1)),
        area=tuple(axis.point for axis in axes if axis.point is not None),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A line through measured points."""

    runs: tuple[tuple[XY, ...], ...]
    """Polylines; where a value is missing the line stops and a new one begins."""
    dots: tuple[XY | None, ...]
    """One for each value, None where it is missing."""
    grid: tuple[tuple[float, float], ...]
    """(value, y) of the horizontal lines to draw, from the lowest up."""


def line(
    points: Sequence[tuple[float, float | None]],
    *,
    width: float,
    height: float,
    lowest: float = 0.0,
    highest: float = 100.0,
    margin: float = 6.0,
    steps: int = 4,
) -> Line:
    """(x, value) pairs in order -> a line chart inside `width` x `height`, `margin` free on every side.

    x may be a place in a row or seconds since an epoch; equal or single x are drawn in the middle. Values outside
    lowest..highest are drawn at the edge. Works for a sparkline of any size.
    """
    if highest <= lowest:
        raise ValueError("the highest value must be above the lowest")
    places = [x for x, _ in points]
    first, last = (min(places), max(places)) if places else (0.0, 0.0)

    def across(x: float) -> float:
        return width / 2 if last == first else margin + (width - 2 * margin) * (x - first) / (last - first)

    def down(value: float) -> float:
        share = (min(max(value, lowest), highest) - lowest) / (highest - lowest)
        return height - margin - (height - 2 * margin) * share

    dots = tuple(None if value is None else _at(across(x), down(value)) for x, value in points)
    runs: list[list[XY]] = [[]]
    for dot in dots:
        if dot is not None:
            runs[-1].append(dot)
        elif runs[-1]:
            runs.append([])
    marks = [lowest + (highest - lowest) * step / steps for step in range(steps + 1)]
    return Line(
        runs=tuple(tuple(run) for run in runs if run),
        dots=dots,
        grid=tuple((value, round(down(value), 2)) for value in marks),
    )


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch of a timeline: the time for a question, or a break (`number` None)."""

    number: int | None
    seconds: float | None
    """Of a break as long as it was, though it is drawn shorter; None = never answered."""
    x: float
    width: float


def timeline(
    times: Sequence[tuple[int, float | None, float]], *, width: float, gap: float = 2.0, narrowest: float = 6.0
) -> tuple[Stretch, ...]:
    """(number, seconds from question to answer, seconds of a break before it) -> stretches side by side.

    Widths are in proportion to the time, but nothing is narrower than `narrowest`; a break is one narrow stretch,
    because drawn to scale it would squeeze everything else. A question without an answer is narrow too.
    """
    parts: list[tuple[int | None, float | None, float]] = []
    for number, seconds, away in times:
        if away > 0:
            parts.append((None, away, 0.0))
        parts.append((number, seconds, seconds or 0.0))
    if not parts:
        return ()
    room = width - gap * (len(parts) - 1)
    narrowest = min(narrowest, room / len(parts))
    widths = _shares([drawn for _, _, drawn in parts], room, narrowest)
    found: list[Stretch] = []
    x = 0.0
    for (which, lasted, _), wide in zip(parts, widths, strict=True):
        found.append(Stretch(which, lasted, round(x, 2), round(wide, 2)))
        x += wide + gap
    return tuple(found)


def _shares(amounts: Sequence[float], room: float, least: float) -> list[float]:
    """Room divided in proportion to the amounts, with at least `least` for each."""
    small: set[int] = set()
    while True:
        total = sum(amount for place, amount in enumerate(amounts) if place not in small)
        left = room - least * len(small)
        if total <= 0:
            return [least if any(amounts) or place in small else room / len(amounts) for place in range(len(amounts))]
        shares = [least if place in small else left * amount / total for place, amount in enumerate(amounts)]
        more = {place for place, share in enumerate(shares) if share < least and place not in small}
        if not more:
            return shares
        small |= more
