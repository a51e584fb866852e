"""The dimensions as a radar. The bars beside it say the same in figures."""

from collections.abc import Sequence

from interview_coach import charts
from interview_coach.pdf.palette import AREA, BAR, INK, LINE, MUTED
from interview_coach.pdf.paper import Paper
from interview_coach.pdf.prose import LEADING, line_of

_SIZE = 8.0


def radar(
    paper: Paper, values: Sequence[tuple[str, int | None]], *, centre: tuple[float, float], radius: float
) -> bool:
    """Draws it around `centre`; False when too few can be measured for an area, and nothing is drawn."""
    drawn = charts.radar(values, centre=centre, radius=radius, gap=9)
    if drawn is None:
        return False
    said = "; ".join(f"{name}: {'not measured' if value is None else f'{value} of 100'}" for name, value in values)
    with paper.part("Figure", f"Radar of the dimensions. {said}."):
        paper.set_line_width(0.5)
        paper.set_draw_color(*LINE)
        for ring in drawn.rings:
            paper.polygon(ring)
        for axis in drawn.axes:
            paper.line(*drawn.centre, *axis.end)
        paper.set_fill_color(*AREA)
        paper.set_draw_color(*BAR)
        paper.set_line_width(1.4)
        paper.polygon(drawn.area, style="DF")
        paper.set_fill_color(*BAR)
        for axis in drawn.axes:
            if axis.point is not None:
                paper.circle(*axis.point, 2.2, style="F")
            colour = MUTED if axis.value is None else INK
            top = axis.label[1] - _SIZE * LEADING / 2
            line_of(paper, axis.name, axis.label[0], top, size=_SIZE, colour=colour, anchor=axis.anchor)
    return True
