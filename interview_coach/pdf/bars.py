"""A named bar with its figure, in one line or in two; what can not be measured is said in words, never drawn as 0."""

from interview_coach.pdf.palette import BAR, INK, MUTED, SIDE, SUNK
from interview_coach.pdf.paper import Paper
from interview_coach.pdf.prose import line_of

UNMEASURED = "not measurable here"
_FIGURE = 62.0
_NARROW = 46.0


def bar(
    paper: Paper,
    name: str,
    value: int | None,
    most: int,
    *,
    size: float = 9.5,
    names: float = 190,
    left: float = SIDE,
    width: float | None = None,
) -> None:
    """One line: the name in `names` points, the bar, and `value of most`."""
    height = size * 1.7
    paper.need(height)
    whole = paper.width if width is None else width
    figure = UNMEASURED if value is None else f"{value} of {most}"
    x, end = left + names, left + whole - _FIGURE
    with paper.part("P"):
        line_of(paper, name, left, paper.y, size=size, width=names - 8)
        if value is None:
            line_of(paper, figure, x, paper.y, size=size, colour=MUTED, width=whole - names)
        else:
            line_of(paper, figure, left + whole, paper.y, size=size, colour=INK, anchor="end")
    if value is not None:
        _length(paper, x, end, paper.y + size * 0.725, value, most)
    paper.y += height


def narrow_bar(paper: Paper, name: str, value: int, most: int, *, left: float, width: float) -> None:
    """Name and figure, and the bar below them. There must be room for it."""
    size = 9.0
    with paper.part("P"):
        line_of(paper, name, left, paper.y, size=size, bold=True, width=width - _NARROW)
        line_of(paper, f"{value} of {most}", left + width, paper.y, size=size, colour=INK, anchor="end")
    paper.y += size * 1.45
    _length(paper, left, left + width, paper.y + 4, value, most)
    paper.y += 11


def _length(paper: Paper, x: float, end: float, middle: float, value: int, most: int) -> None:
    with paper.decoration():
        paper.set_fill_color(*SUNK)
        paper.set_draw_color(*MUTED)
        paper.set_line_width(0.5)
        paper.rect(x, middle - 3.5, end - x, 7, style="DF")
        if value > 0:
            paper.set_fill_color(*BAR)
            paper.rect(x, middle - 3.5, (end - x) * min(value / most, 1), 7, style="F")
