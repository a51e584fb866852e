"""A value over several interviews as a line. The table beside it says the same in figures."""

from collections.abc import Sequence
from itertools import pairwise

from interview_coach import charts
from interview_coach.pdf.palette import BAR, INK, LINE, MUTED, SIDE
from interview_coach.pdf.paper import Paper
from interview_coach.pdf.prose import LEADING, line_of

_SIZE = 7.5


def progression(
    paper: Paper,
    words: str,
    values: Sequence[tuple[str, int | None]],
    *,
    left: float = SIDE,
    width: float | None = None,
    height: float = 120,
    steps: int = 4,
) -> None:
    """(name, 0-100 or None) pairs in order. `words` say what is drawn to those who do not see it."""
    whole = paper.width if width is None else width
    scale, names = 22.0, 14.0
    drawn = charts.line(
        [(float(place), value) for place, (_, value) in enumerate(values)],
        width=whole - scale, height=height - names, steps=steps,
    )  # fmt: skip
    paper.need(height)
    x, y = left + scale, paper.y
    with paper.part("Figure", words):
        paper.set_line_width(0.5)
        paper.set_draw_color(*LINE)
        for level, line in drawn.grid:
            paper.line(x, y + line, left + whole, y + line)
            half = _SIZE * LEADING / 2
            line_of(paper, f"{level:g}", x - 5, y + line - half, size=_SIZE, colour=MUTED, anchor="end")
        paper.set_draw_color(*BAR)
        paper.set_fill_color(*BAR)
        paper.set_line_width(1.6)
        for run in drawn.runs:
            for (left_x, left_y), (right_x, right_y) in pairwise(run):
                paper.line(x + left_x, y + left_y, x + right_x, y + right_y)
        room = (whole - scale) / max(len(values), 1)
        every = max(1, round(58 / room + 0.49))
        for place, ((name, value), dot) in enumerate(zip(values, drawn.dots, strict=True)):
            if dot is None:
                continue
            paper.circle(x + dot[0], y + dot[1], 2.6, style="F")
            if len(values) <= 12 and height > 80:
                line_of(paper, f"{value}", x + dot[0], y + dot[1] - 15, size=_SIZE, colour=INK, anchor="middle")
            if place % every == 0 and name:
                anchor = "start" if place == 0 and len(values) > 1 else "middle"
                anchor = "end" if place == len(values) - 1 and place else anchor
                line_of(paper, name, x + dot[0], y + height - names, size=_SIZE, colour=MUTED, anchor=anchor)
    paper.y = y + height
