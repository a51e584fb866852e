"""The foot of every page: what this is, who gave the marks, and the number of the page."""

from collections.abc import Callable

from interview_coach.pdf.palette import BOTTOM, LINE, MUTED, SIDE
from interview_coach.pdf.paper import PAGES, Paper
from interview_coach.pdf.prose import line_of

_SIZE = 7.5
_NUMBER = 34.0


def foot(*words: str) -> Callable[[Paper], None]:
    """Draws these lines, two at most."""

    def draw(paper: Paper) -> None:
        top = float(paper.h) - BOTTOM + 20
        paper.set_draw_color(*LINE)
        paper.set_line_width(0.5)
        paper.line(SIDE, top - 7, SIDE + paper.width, top - 7)
        for number, line in enumerate(words):
            line_of(paper, line, SIDE, top + 11 * number, width=paper.width - _NUMBER, size=_SIZE, colour=MUTED)
        paper.set_xy(SIDE + paper.width - _NUMBER, top)
        paper.set_font("paper", "", _SIZE)
        paper.set_text_color(*MUTED)
        paper.cell(w=_NUMBER, h=11, text=f"{paper.page_no()} / {PAGES}")

    return draw
