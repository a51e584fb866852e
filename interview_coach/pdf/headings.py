"""Headings, each with room for something below it, and entries in the document's outline."""

from interview_coach.pdf.palette import ACCENT, MUTED
from interview_coach.pdf.paper import Paper
from interview_coach.pdf.prose import height_of, paragraph


def section(paper: Paper, title: str, room: float = 120) -> None:
    """A main heading with at least `room` points on its page."""
    paper.need(room)
    paper.gap(18)
    paper.start_section(title)
    paragraph(paper, title, size=15, bold=True, colour=ACCENT, kind="H2")
    paper.gap(6)


def subsection(paper: Paper, title: str, room: float = 90) -> None:
    """A heading inside a section, not in the outline."""
    paper.need(room)
    paper.gap(10)
    paragraph(paper, title, size=11, bold=True, kind="H3")
    paper.gap(4)


def heading(paper: Paper, title: str, room: float = 52) -> None:
    """A small heading inside a question."""
    paper.need(room)
    paper.gap(7)
    paragraph(paper, title, size=8.5, bold=True, colour=MUTED, kind="H4")
    paper.gap(2)


def fact(paper: Paper, name: str, value: str, *, names: float = 96) -> None:
    """A name, and beside it what there is to say of it."""
    size = 9.0
    paper.need(height_of(paper, value, size=size, width=paper.width - names) + 2)
    paper.beside(
        lambda: paragraph(paper, name, size=size, colour=MUTED, width=names - 8),
        lambda: paragraph(paper, value, size=size, indent=names),
    )
    paper.gap(2)
