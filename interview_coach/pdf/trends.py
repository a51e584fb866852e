"""How this interview stands among the others of the same person."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from interview_coach.naming import DIMENSIONS
from interview_coach.pdf.bars import bar
from interview_coach.pdf.headings import section, subsection
from interview_coach.pdf.moments import day
from interview_coach.pdf.palette import MUTED, SIDE
from interview_coach.pdf.paper import Paper
from interview_coach.pdf.progression import progression
from interview_coach.pdf.prose import line_of, paragraph
from interview_coach.pdf.table import Column, table

_LISTED = 20
"""Interviews in the table; the line shows all."""
_BESIDE = 3
"""Drawings in a row."""


@dataclass(frozen=True, slots=True)
class PastInterview:
    """One judged interview as a point in time."""

    completed_at: datetime
    job: str
    """Title and company."""
    overall: int | None
    """0-100."""
    dimensions: dict[str, int | None] = field(default_factory=dict)
    """0-100 each; None = not measurable."""
    marked_by: str = ""
    """Name of the coach. Only marks of one coach are drawn as one line."""


@dataclass(frozen=True, slots=True)
class Category:
    """What is asked about, and how well it goes by now."""

    name: str
    value: int
    """0-100."""
    answers: int
    """How many judged answers it rests on."""


@dataclass(frozen=True, slots=True)
class Trends:
    """`interviews` oldest first, `categories` in any order."""

    interviews: tuple[PastInterview, ...]
    categories: tuple[Category, ...] = ()


def trends_section(paper: Paper, trends: Trends) -> None:
    """Nothing with fewer than two judged interviews."""
    marked = [past for past in trends.interviews if past.overall is not None]
    if len(marked) < 2:
        return
    alike = [past for past in marked if past.marked_by == marked[-1].marked_by]
    section(paper, "Your interviews over time", room=330)
    paragraph(paper, _change(alike, len(marked)))
    if len(alike) > 1:
        paper.gap(12)
        said = ", ".join(f"{day(past.completed_at)}: {past.overall}" for past in alike)
        values = [(day(past.completed_at), past.overall) for past in alike]
        progression(paper, f"Overall of your interviews, of 100. {said}.", values)
    paper.gap(12)
    _list(paper, trends.interviews)
    if len(alike) > 1:
        _dimensions(paper, alike)
    _categories(paper, trends.categories)


def _change(alike: Sequence[PastInterview], marked: int) -> str:
    others = marked - len(alike)
    coach = alike[-1].marked_by or "One coach"
    if len(alike) < 2:
        said = f"{coach}: one interview, so there is nothing to compare it with."
    else:
        first, last = alike[0].overall or 0, alike[-1].overall or 0
        more = last - first
        change = "no change" if not more else f"{abs(more)} {'more' if more > 0 else 'less'}"
        said = f"{coach}: {len(alike)} interviews, from {first} of 100 in the first to {last} in the last, "
        said += f"{change}."
    if others:
        some = "1 interview that another coach" if others == 1 else f"{others} interviews that other coaches"
        said += f" {some} marked {'is' if others == 1 else 'are'} in the table only: two coaches do not mark alike."
    return said


def _list(paper: Paper, interviews: Sequence[PastInterview]) -> None:
    shown = list(reversed(interviews))[:_LISTED]
    if len(interviews) > len(shown):
        paragraph(paper, f"The last {len(shown)} of {len(interviews)}, newest first:", size=8.5, colour=MUTED)
        paper.gap(4)
    columns = (Column("Finished", 20), Column("Job", 44), Column("Overall", 16), Column("Marked by", 20))
    rows = [
        (
            day(past.completed_at),
            past.job,
            "needs review" if past.overall is None else f"{past.overall} of 100",
            past.marked_by,
        )
        for past in shown
    ]
    table(paper, columns, rows)


def _dimensions(paper: Paper, alike: Sequence[PastInterview]) -> None:
    """Small multiples beside each other, each with its figures."""
    keys = [key for key in DIMENSIONS if sum(past.dimensions.get(key) is not None for past in alike) > 1]
    if not keys:
        return
    subsection(paper, "The dimensions over time", room=150)
    gutter, height = 16.0, 74.0
    wide = (paper.width + gutter) / _BESIDE - gutter
    for place in range(0, len(keys), _BESIDE):
        paper.need(height + 41)
        top = paper.y
        for column, key in enumerate(keys[place : place + _BESIDE]):
            values = [(day(past.completed_at), past.dimensions.get(key)) for past in alike]
            left = SIDE + column * (wide + gutter)
            with paper.part("P"):
                line_of(paper, DIMENSIONS[key], left, top, size=8.5, bold=True, width=wide)
                line_of(paper, _range(alike, key), left, top + 12, size=8, colour=MUTED, width=wide)
            paper.y = top + 27
            said = ", ".join(f"{name}: {'not measured' if value is None else value}" for name, value in values)
            words = f"{DIMENSIONS[key]} of your interviews, of 100. {said}."
            progression(paper, words, values, left=left, width=wide, height=height, steps=2)
        paper.y = top + height + 36


def _range(alike: Sequence[PastInterview], key: str) -> str:
    known = [value for past in alike if (value := past.dimensions.get(key)) is not None]
    return f"{known[0]} to {known[-1]}" + (f", best {max(known)}" if max(known) > known[-1] else "")


def _categories(paper: Paper, categories: Sequence[Category]) -> None:
    if not categories:
        return
    subsection(paper, "What goes well by now, and what less", room=110)
    paragraph(paper, "From all judged answers, the newest counting most.", size=8.5, colour=MUTED)
    paper.gap(4)
    for found in sorted(categories, key=lambda found: (-found.value, found.name)):
        answers = "1 answer" if found.answers == 1 else f"{found.answers} answers"
        bar(paper, f"{found.name} ({answers})", found.value, 100, names=230)
