"""The sheet: A4 pages that are filled from top to bottom. All lengths are points.

Everything drawn is either tagged as part of the document (paragraph, heading, figure with its words) or as decoration,
so that a screen reader gets the text in order.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Self

from fpdf import FPDF
from fpdf.prefs import ViewerPreferences

from interview_coach.pdf.palette import BOTTOM, LINE, SIDE, TOP, Colour
from interview_coach.pdf.structure import Structure
from interview_coach.pdf.typecase import Typecase

PAGES = "\x1e\x1e\x1e\x1e"
"""Becomes the number of pages. Made of what `printable` takes out, so that nobody can write it in an answer."""


class Paper(FPDF):
    """Pages with our fonts. `foot` draws what stands at the foot of each."""

    def __init__(
        self, foot: Callable[["Paper"], None], *, borrow: bool = True, shape: bool = True, cjk: int = 0
    ) -> None:
        super().__init__(unit="pt", format="A4")
        self.tags = Structure()
        self.struct_builder = self.tags
        self._foot = foot
        self.set_margins(SIDE, TOP, SIDE)
        self.c_margin = 0
        self.set_auto_page_break(False)
        self.type = Typecase(self, borrow=borrow, shape=shape, cjk=cjk)
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.alias_nb_pages(PAGES)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.type.close()

    # -- the document's structure ---------------------------------------------------------------------------------

    @contextmanager
    def part(self, kind: str, words: str | None = None) -> Iterator[None]:
        """What is drawn inside is one tag: P, H1, H2, H3, TD ..., or Figure (with `words` that say the same)."""
        number = self.struct_builder.next_mcid_for_page(self.page)
        self._add_marked_content(struct_type=f"/{kind}", mcid=number, alt_text=words)
        self._out(f"/{kind} <</MCID {number}>> BDC")
        yield
        self._out("EMC")

    @contextmanager
    def group(self, kind: str) -> Iterator[None]:
        """Tags inside belong together: L, LI, Table, TR."""
        with self.tags.group(kind, self.page):
            yield

    @contextmanager
    def decoration(self) -> Iterator[None]:
        """What is drawn inside says nothing that is not said elsewhere."""
        self._out("/Artifact BMC")
        yield
        self._out("EMC")

    def footer(self) -> None:
        with self.decoration():
            self._foot(self)

    # -- room -----------------------------------------------------------------------------------------------------

    @property
    def floor(self) -> float:
        return float(self.h) - BOTTOM

    @property
    def width(self) -> float:
        """Between the margins."""
        return float(self.epw)

    def need(self, height: float) -> None:
        """A new page unless so much is left on this one. Nothing can need more than a page has."""
        if self.y > TOP and self.y + min(height, self.floor - TOP) > self.floor:
            self.add_page()

    def gap(self, height: float) -> None:
        """Space, which is not carried over to a new page."""
        self.y = min(self.y + height, self.floor) if self.y > TOP else self.y

    def rule(self, colour: Colour = LINE) -> None:
        """A thin line across."""
        with self.decoration():
            self.set_draw_color(*colour)
            self.set_line_width(0.7)
            self.line(SIDE, self.y, SIDE + self.width, self.y)

    def beside(self, *columns: Callable[[], None]) -> None:
        """Each begins at the same height; what comes next begins below the longest. They must fit on the page."""
        top, lowest = self.y, self.y
        for column in columns:
            self.y = top
            column()
            lowest = max(lowest, self.y)
        self.y = lowest
