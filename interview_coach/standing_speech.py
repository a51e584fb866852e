"""How speech changed from interview to interview, for people: what each figure did in one sentence, and where its
points are drawn. Pure. Unlike marks, these figures are measured alike whoever gives the marks: there is one line each.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from interview_coach import charts
from interview_coach.domain.speech import Pace, pace_of
from interview_coach.progress import Progress
from interview_coach.speaking_trends import Spoken
from interview_coach.standing import DRAWN, HEIGHT, WIDTH, Series

_PACES = {Pace.SLOW: "slow", Pace.STEADY: "steady", Pace.FAST: "fast"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of an interview."""

    key: str
    name: str
    unit: str
    of: Callable[[Spoken], float | None]
    """Rounded as it is shown; None = not measurable."""
    least_top: float
    """The upper end of its drawing, unless a value is higher."""


FIGURES = (
    Figure("wpm", "Pace", "words a minute", lambda one: one.metrics.wpm and round(one.metrics.wpm), 200),
    Figure("pauses", "Long pauses", "an answer", lambda one: one.pauses_per_answer, 2),
    Figure("fillers", "Filler words", "a minute", lambda one: one.fillers_per_minute, 10),
)


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """One of the small drawings; it has what `macros/trend.html` needs."""

    key: str
    name: str
    unit: str
    sentence: str
    series: tuple[Series, ...]
    grid: tuple[tuple[float, float], ...]


def lines(progress: Progress) -> tuple[SpokenLine, ...]:
    """A drawing for each figure that was measured at least twice, of the newest interviews."""
    spoken = [trend.speech for trend in progress.spoken if trend.speech is not None][-DRAWN:]
    found = []
    for figure in FIGURES:
        values = [figure.of(one) for one in spoken]
        known = [value for value in values if value is not None]
        if len(known) > 1:
            found.append(_line(figure, values, known))
    return tuple(found)


def _line(figure: Figure, values: list[float | None], known: list[float]) -> SpokenLine:
    top = max(figure.least_top, 2 * ceil(max(known) / 2))  # even, so that the line in the middle has a whole number
    line = charts.line(list(enumerate(values)), width=WIDTH, height=HEIGHT, highest=top, steps=2)
    dots = tuple(dot for dot in line.dots if dot is not None)
    first, last = (f"{value:g}" for value in (known[0], known[-1]))
    change = f"{last} {figure.unit}, as at first" if first == last else f"From {first} to {last} {figure.unit}"
    return SpokenLine(
        key=figure.key,
        name=figure.name,
        unit=figure.unit,
        sentence=f"{change}, over {len(known)} interviews.",
        series=(Series("", "circle", charts.path(dots), dots),),
        grid=line.grid,
    )


def sentence(progress: Progress) -> str:
    """How much can be said of speech, or why nothing can."""
    paces = [trend.speech.metrics.wpm for trend in progress.spoken if trend.speech is not None]
    known = [pace for pace in paces if pace is not None]
    if len(known) == 1:
        return f"One interview so far was spoken long enough to measure: {known[0]:.0f} words a minute."
    if known:
        return f"{len(known)} interviews were spoken long enough to measure."
    return _why_none(progress)


def plain(progress: Progress) -> str:
    """How the newest one sounded, without numbers."""
    paces = [trend.speech.metrics.wpm for trend in progress.spoken if trend.speech is not None]
    known = [pace for pace in paces if pace is not None]
    if not known:
        return _why_none(progress)
    return f"The newest interview that you spoke long enough to measure was {_PACES[pace_of(known[-1])]} in pace."


def _why_none(progress: Progress) -> str:
    if progress.spoken:
        return "Not measurable: too little was spoken for a pace."
    if any(trend.is_spoken for trend in progress.trends):
        return "Not measurable: when each word was spoken was not kept."
    return "Not measurable: these interviews were typed."
