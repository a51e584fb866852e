"""The sheet: A4 pages on which paragraphs, rules and bars are put from top to bottom. All lengths are points.

Everything drawn is either marked as part of the document (paragraph, heading, figure with its words) or as decoration,
so that a screen reader gets the text in order.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import Any, Self

from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.fonts import TTFFont
from fpdf.prefs import ViewerPreferences

from interview_coach.pdf.faces import BOLD, REGULAR, candidates, installed
from interview_coach.pdf.lines import Line, Run, break_lines, in_reading_order, levels
from interview_coach.pdf.scripts import JOINERS, needs_shaping, printable

SIDE, TOP, BOTTOM = 58.0, 56.0, 64.0
INK, MUTED, ACCENT = (41, 37, 32), (94, 86, 74), (140, 69, 16)
LINE, SUNK, BAR = (221, 211, 195), (240, 234, 223), (28, 63, 104)
GOOD, GOOD_SOFT = (31, 92, 51), (220, 239, 220)
GAP, GAP_SOFT, BOTH_SOFT = (138, 58, 15), (251, 229, 212), (251, 233, 207)
MARKS = {"strength": (GOOD, GOOD_SOFT), "improvement": (GAP, GAP_SOFT), "both": (INK, BOTH_SOFT)}
"""Kind of quote -> colour of the line under it (dashed for an improvement), colour behind it."""
MISSING = "□"
"""Stands for a character that no font here has."""

_PAGES = "\x1e\x1e\x1e\x1e"
"""Becomes the number of pages. Made of what `printable` takes out, so that nobody can write it in an answer."""

Colour = tuple[int, int, int]
Pieces = Sequence[tuple[str, str]]
"""Text, and the kind of quote that it is (empty for none)."""


class Paper(FPDF):
    """Pages with our fonts. `borrow` allows fonts of this computer for what ours lack, `shape` the shaping engine."""

    def __init__(self, footer_words: str, *, borrow: bool = True, shape: bool = True) -> None:
        super().__init__(unit="pt", format="A4")
        self.footer_words = footer_words
        self.missing: set[str] = set()
        """Characters that could not be printed."""
        self._borrow = borrow
        self._shape = shape and find_spec("uharfbuzz") is not None
        self._face_of: dict[tuple[str, bool], str] = {}
        self._broken: set[str] = set()
        self._widths: dict[tuple[str, str], float] = {}
        self.set_margins(SIDE, TOP, SIDE)
        self.c_margin = 0
        self.set_auto_page_break(False)
        self.add_font("paper", "", REGULAR)
        self.add_font("paper", "B", BOLD)
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.alias_nb_pages(_PAGES)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for font in self.fonts.values():
            if isinstance(font, TTFFont):
                font.close()

    # -- the document's structure ---------------------------------------------------------------------------------

    @contextmanager
    def part(self, kind: str, words: str | None = None) -> Iterator[None]:
        """What is drawn inside is one element: P, H1, H2, H3, LI, Figure (with `words` instead of it)."""
        number = self.struct_builder.next_mcid_for_page(self.page)
        self._add_marked_content(struct_type=f"/{kind}", mcid=number, alt_text=words)
        self._out(f"/{kind} <</MCID {number}>> BDC")
        yield
        self._out("EMC")

    @contextmanager
    def decoration(self) -> Iterator[None]:
        """What is drawn inside says nothing that is not said elsewhere."""
        self._out("/Artifact BMC")
        yield
        self._out("EMC")

    def footer(self) -> None:
        with self.decoration():
            self.set_y(-40)
            self.set_font("paper", "", 8)
            self.set_text_color(*MUTED)
            self.cell(w=self.epw - 60, h=10, text=self.footer_words)
            self.cell(w=60, h=10, text=f"{self.page_no()} / {_PAGES}", align="R")

    # -- room -----------------------------------------------------------------------------------------------------

    @property
    def floor(self) -> float:
        return float(self.h) - BOTTOM

    def need(self, height: float) -> None:
        """A new page unless so much is left on this one."""
        if self.y + height > self.floor:
            self.add_page()

    def gap(self, height: float) -> None:
        """Space, which is not carried over to a new page."""
        self.y = min(self.y + height, self.floor) if self.y > TOP else self.y

    # -- fonts ----------------------------------------------------------------------------------------------------

    def _font(self, face: str) -> TTFFont:
        font = self.fonts[face]
        assert isinstance(font, TTFFont)
        return font

    def _face(self, character: str, bold: bool) -> str:
        """Key of a font that has the character; empty when there is none."""
        key = (character, bold)
        if key not in self._face_of:
            own = "paperB" if bold else "paper"
            has = ord(character) in self._font(own).cmap or character == " "
            self._face_of[key] = own if has else self._borrowed(character)
        return self._face_of[key]

    def _borrowed(self, character: str) -> str:
        if ord(character) in self._font("paper").cmap:
            return "paper"
        if not self._borrow or character in JOINERS:
            return ""
        for name in candidates(character):
            path = installed().get(name)
            face = name.lower()
            if path is None or name in self._broken:
                continue
            if face not in self.fonts and not self._open(face, path):
                self._broken.add(name)
            elif ord(character) in self._font(face).cmap:
                return face
        return ""

    def _open(self, face: str, path: Path) -> bool:
        try:
            with path.open("rb") as file, TTFont(file, fontNumber=0, lazy=True):
                pass  # a file that is no font is found here, where it is closed again
            self.add_font(face, "", path)
        except Exception:  # a font of somebody else's computer can be broken in any way; we can do without it
            return False
        return True

    def _drawn(self, character: str, bold: bool) -> str:
        """The character, or what stands for it."""
        if character in JOINERS:
            return character
        if self._face(character, bold):
            return character
        self.missing.add(character)
        return MISSING

    def _parts(self, text: str, bold: bool) -> list[tuple[str, str]]:
        """(font, text): neighbours in one font together. A combining character stays with what it stands on."""
        found: list[tuple[str, str]] = []
        for character in text:
            own = self._face(character, bold)
            follows = bool(unicodedata.combining(character)) or character in JOINERS or character == " "
            if found and (follows or found[-1][0] == own) and (not follows or self._has(found[-1][0], character)):
                found[-1] = (found[-1][0], found[-1][1] + character)
            elif own:
                found.append((own, character))
        return found

    def _has(self, face: str, character: str) -> bool:
        return ord(character) in self._font(face).cmap

    def _width(self, face: str, text: str) -> float:
        """Width at size 1."""
        if not needs_shaping(text) or not self._shape:
            return sum(self._letter(face, character) for character in text)
        key = (face, text)
        if key not in self._widths:
            font = self._font(face)
            shaping: dict[str, Any] = {"use_shaping_engine": True, "features": {}, "direction": None}
            shaping |= {"script": None, "language": None, "fragment_direction": None, "paragraph_direction": None}
            self._widths[key] = font.get_text_width(text, 100, shaping)[1] / 100
        return self._widths[key]

    def _letter(self, face: str, character: str) -> float:
        key = (face, character)
        if key not in self._widths:
            self._widths[key] = self._font(face).get_text_width(character, 100, None)[1] / 100
        return self._widths[key]

    def width_of(self, text: str, size: float, bold: bool = False) -> float:
        return size * sum(self._width(face, part) for face, part in self._parts(text, bold))

    # -- text -----------------------------------------------------------------------------------------------------

    def paragraph(
        self,
        content: str | Pieces,
        *,
        size: float = 10,
        bold: bool = False,
        colour: Colour = INK,
        indent: float = 0,
        width: float | None = None,
        rule: Colour | None = None,
        kind: str = "P",
        bullet: str = "",
    ) -> None:
        """Text from here down, over as many pages as it takes. Line ends in it are kept.

        `rule` is the colour of a line beside it; `bullet` stands before its first line.
        """
        text, marks = _joined([(content, "")] if isinstance(content, str) else content)
        text = "".join(c if c == "\n" else self._drawn(c, bold) for c in text)
        width = self.epw - indent if width is None else width
        leading = size * 1.45
        left = SIDE + indent
        place = 0
        for paragraph in text.split("\n"):
            found = break_lines(paragraph, width, lambda part: self.width_of(part, size, bold))
            level, from_right = levels(paragraph)
            number = 0
            while number < len(found):
                self.need(leading)
                fitting = max(1, int((self.floor - self.y + 0.01) // leading))
                lines = found[number : number + fitting]
                number += len(lines)
                if rule:
                    with self.decoration():
                        self.set_draw_color(*rule)
                        self.set_line_width(2)
                        side = left + width + 10 if from_right else left - 10
                        self.line(side, self.y, side, self.y + leading * len(lines))
                with self.part(kind):
                    if bullet:
                        self._draw([Run(bullet, 0, "paperB", "")], left - 14, leading, size, ACCENT)
                        bullet = ""
                    for line in lines:
                        runs = self._runs(paragraph, marks[place : place + len(paragraph)], level, line, bold)
                        free = width - sum(self._width(run.face, run.text) for run in runs) * size
                        self._draw(runs, left + (free if from_right else 0), leading, size, colour)
                        self.y += leading
            place += len(paragraph) + 1

    def _runs(self, text: str, marks: Sequence[str], level: Sequence[int], line: Line, bold: bool) -> list[Run]:
        """The parts of a line that are drawn as one each, from left to right."""
        places = range(line.start, line.end)
        found: list[Run] = []
        for (mark, depth), group in groupby(places, key=lambda place: (marks[place], level[place])):
            part = "".join(text[place] for place in group)
            found += [Run(words, depth, face, mark) for face, words in self._parts(part, bold)]
        return in_reading_order(found)

    def _draw(self, runs: Sequence[Run], x: float, leading: float, size: float, colour: Colour) -> None:
        for run in runs:
            width = self._width(run.face, run.text) * size
            if run.mark:
                self._mark(run.mark, x, leading, size, width)
            self.set_text_color(*colour)
            family, style = ("paper", "B") if run.face == "paperB" else (run.face, "")
            self.set_font(family, style, size)
            self.set_xy(x, self.y)
            self._write(run, width, leading)
            x += width

    def _write(self, run: Run, width: float, leading: float) -> None:
        text = run.text
        shaped = self._shape and needs_shaping(text)
        if shaped:
            self.set_text_shaping(True, direction="rtl" if run.level % 2 else "ltr")
        elif run.level % 2:
            text = "".join(_mirrored(character) for character in reversed(text))
        self.cell(w=width, h=leading, text=text)
        if shaped:
            self.set_text_shaping(False)

    def _mark(self, mark: str, x: float, leading: float, size: float, width: float) -> None:
        colour, behind = MARKS[mark]
        self.set_fill_color(*behind)
        self.rect(x, self.y + leading / 2 - size * 0.62, width, size * 1.24, style="F")
        self.set_draw_color(*colour)
        self.set_line_width(0.8)
        low = self.y + leading / 2 + size * 0.55
        if mark == "improvement":
            self.set_dash_pattern(dash=2.5, gap=1.5)
        self.line(x, low, x + width, low)
        self.set_dash_pattern()
        if mark == "both":
            self.line(x, low + 1.6, x + width, low + 1.6)

    # -- figures --------------------------------------------------------------------------------------------------

    def bar(self, name: str, value: int | None, most: int, *, size: float = 9.5, names: float = 190) -> None:
        """A named bar with its figure; None is said in words."""
        height = size * 1.7
        self.need(height)
        figure = "not enough to measure it" if value is None else f"{value} of {most}"
        x, end = SIDE + names, SIDE + float(self.epw) - 62
        with self.part("P"):
            self._draw([Run(name, 0, "paper", "")], SIDE, height, size, INK)
            start = x if value is None else end + 62 - self.width_of(figure, size)
            self._draw([Run(figure, 0, "paper", "")], start, height, size, MUTED if value is None else INK)
        if value is not None:
            with self.decoration():
                self.set_fill_color(*SUNK)
                self.set_draw_color(*MUTED)
                self.set_line_width(0.5)
                self.rect(x, self.y + height / 2 - 3.5, end - x, 7, style="DF")
                self.set_fill_color(*BAR)
                self.rect(x, self.y + height / 2 - 3.5, (end - x) * min(max(value / most, 0), 1), 7, style="F")
        self.y += height

    def rule(self) -> None:
        """A thin line across."""
        with self.decoration():
            self.set_draw_color(*LINE)
            self.set_line_width(0.7)
            self.line(SIDE, self.y, SIDE + float(self.epw), self.y)


def _joined(pieces: Pieces) -> tuple[str, list[str]]:
    """The printable text, and for each of its characters the kind of quote that it is in."""
    text: list[str] = []
    marks: list[str] = []
    for raw, mark in pieces:
        clean = unicodedata.normalize("NFC", printable(raw))
        text.append(clean)
        marks += [mark] * len(clean)
    return "".join(text), marks


_PAIRS = dict(zip("()[]{}<>«»‹›", ")(][}{><»«›‹", strict=True))


def _mirrored(character: str) -> str:
    return _PAIRS.get(character, character)
