"""A table: its head again on every page that it runs over, no row parted between two."""

from collections.abc import Sequence
from dataclasses import dataclass

from interview_coach.pdf.palette import INK, LINE, MUTED, SIDE, SUNK
from interview_coach.pdf.paper import Paper
from interview_coach.pdf.prose import height_of, paragraph

_PAD = 5.0
_LONGEST = 300
"""Characters of a cell."""
_TOGETHER = 220.0
"""Points: a table that is no taller stays on one page."""


@dataclass(frozen=True, slots=True)
class Column:
    """`share` of the width, against the others'."""

    name: str
    share: float


def room_for(paper: Paper, columns: Sequence[Column], rows: Sequence[Sequence[str]], *, size: float = 8.5) -> float:
    """Height that a table needs where it begins: all of it when it is short, else its head and three rows."""
    widths = _widths(paper, columns)
    names = [column.name for column in columns]
    head = _height(paper, names, widths, size, True)
    tall = [_height(paper, cells, widths, size, False) for cells in rows]
    whole = head + sum(tall)
    return whole if whole <= _TOGETHER else head + sum(tall[:3])


def _widths(paper: Paper, columns: Sequence[Column]) -> list[float]:
    total = sum(column.share for column in columns)
    return [paper.width * column.share / total for column in columns]


def _height(paper: Paper, cells: Sequence[str], widths: Sequence[float], size: float, bold: bool) -> float:
    return 2 * _PAD + max(
        height_of(paper, _cut(cell), size=size, bold=bold, width=wide - 2 * _PAD)
        for cell, wide in zip(cells, widths, strict=True)
    )


def _cut(cell: str) -> str:
    """A row must fit on a page."""
    return cell if len(cell) <= _LONGEST else cell[:_LONGEST].rstrip() + "…"


def table(paper: Paper, columns: Sequence[Column], rows: Sequence[Sequence[str]], *, size: float = 8.5) -> None:
    """Rows of text; the first cell of each names the row."""
    widths = _widths(paper, columns)

    def row(cells: Sequence[str], kinds: Sequence[str], tall: float) -> None:
        top = paper.y
        if kinds[-1] == "TH":
            with paper.decoration():
                paper.set_fill_color(*SUNK)
                paper.rect(SIDE, top, paper.width, tall, style="F")
        with paper.group("TR"):
            left = 0.0
            for cell, kind, wide in zip(cells, kinds, widths, strict=True):
                paper.y = top + _PAD
                bold = kinds[-1] == "TH"
                colour = MUTED if bold else INK
                paragraph(
                    paper, _cut(cell) or "–", size=size, bold=bold, colour=colour, indent=left + _PAD,
                    width=wide - 2 * _PAD, kind=kind,
                )  # fmt: skip
                left += wide
        paper.y = top + tall
        with paper.decoration():
            paper.set_draw_color(*LINE)
            paper.set_line_width(0.5)
            paper.line(SIDE, paper.y, SIDE + paper.width, paper.y)

    paper.need(room_for(paper, columns, rows, size=size))
    names = [column.name for column in columns]
    head = _height(paper, names, widths, size, True)
    with paper.group("Table"):
        row(names, ["TH"] * len(names), head)
        for cells in rows:
            tall = _height(paper, cells, widths, size, False)
            if paper.y + tall > paper.floor:
                paper.add_page()
                row(names, ["TH"] * len(names), head)
            row(cells, ["TH", *["TD"] * (len(cells) - 1)] if len(cells) > 1 else ["TD"], tall)
