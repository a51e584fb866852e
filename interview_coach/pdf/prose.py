"""Text on paper: paragraphs over as many pages as they take, in any writing, with quoted words marked in them."""

import unicodedata
from collections.abc import Sequence
from itertools import groupby

from interview_coach.pdf.lines import Line, Run, break_lines, in_reading_order, levels
from interview_coach.pdf.palette import ACCENT, INK, MARKS, SIDE, Colour
from interview_coach.pdf.paper import Paper
from interview_coach.pdf.scripts import needs_shaping, places_to_cut, printable

LEADING = 1.45
"""Height of a line in sizes of its letters."""
Pieces = Sequence[tuple[str, str]]
"""Text, and the kind of quote that it is (empty for none)."""


def paragraph(
    paper: Paper,
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
    """Text from here down. Line ends in it are kept.

    `rule` is the colour of a line beside it; `bullet` stands before its first line. One or two lines are never left
    alone on a page when all of a short paragraph could stand together.
    """
    text, marks = _joined([(content, "")] if isinstance(content, str) else content)
    text = paper.type.drawn(text, bold)
    width = paper.width - indent if width is None else width
    leading = size * LEADING
    left = SIDE + indent
    place = 0
    for part in text.split("\n"):
        found = break_lines(part, width, paper.type.measure(size, bold))
        level, from_right = levels(part)
        number = 0
        while number < len(found):
            paper.need(leading * _together(len(found) - number))
            fitting = max(1, int((paper.floor - paper.y + 0.01) // leading))
            if len(found) - number - fitting == 1 and fitting > 2:
                fitting -= 1
            lines = found[number : number + fitting]
            number += len(lines)
            if rule:
                with paper.decoration():
                    paper.set_draw_color(*rule)
                    paper.set_line_width(2)
                    side = left + width + 10 if from_right else left - 10
                    paper.line(side, paper.y, side, paper.y + leading * len(lines))
            with paper.part(kind):
                if bullet:
                    shown = break_lines(bullet, width, paper.type.measure(size, True))[0]
                    runs = _runs(paper, bullet, [""] * len(bullet), [0] * len(bullet), shown, True)
                    _draw(paper, runs, left - 16, leading, size, ACCENT)
                    bullet = ""
                for line in lines:
                    runs = _runs(paper, part, marks[place : place + len(part)], level, line, bold)
                    free = width - sum(paper.type.width(run.face, run.text) for run in runs) * size
                    _draw(paper, runs, left + (free if from_right else 0), leading, size, colour)
                    paper.y += leading
        place += len(part) + 1


def height_of(paper: Paper, text: str, *, size: float = 10, bold: bool = False, width: float | None = None) -> float:
    """Height of a paragraph."""
    clean = paper.type.drawn(_joined([(text, "")])[0], bold)
    measure = paper.type.measure(size, bold)
    wide = paper.width if width is None else width
    return size * LEADING * sum(len(break_lines(part, wide, measure)) for part in clean.split("\n"))


def line_of(
    paper: Paper,
    text: str,
    x: float,
    y: float,
    *,
    width: float | None = None,
    size: float = 8,
    bold: bool = False,
    colour: Colour = INK,
    anchor: str = "start",
) -> None:
    """One line at a place, ending in an ellipsis where it is wider than `width`; `anchor` is start, middle or end."""
    shown = paper.type.drawn(_joined([(text.replace("\n", " "), "")])[0], bold)
    measure = paper.type.measure(size, bold)
    if width is not None and measure(shown) > width:
        first = break_lines(shown, width - measure("…"), measure)[0]
        shown = shown[first.start : first.end] + "…"
    level, _ = levels(shown)
    runs = _runs(paper, shown, [""] * len(shown), level, Line(0, len(shown)), bold)
    left = x - {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * measure(shown)
    before, paper.y = paper.y, y
    _draw(paper, runs, left, size * LEADING, size, colour)
    paper.y = before


def _together(lines: int) -> int:
    """Lines that must not be parted at the beginning of what is left."""
    return lines if lines <= 3 else 2


def _runs(paper: Paper, text: str, marks: Sequence[str], level: Sequence[int], line: Line, bold: bool) -> list[Run]:
    """The parts of a line that are drawn as one each, from left to right."""
    places = range(line.start, line.end)
    found: list[Run] = []
    for (mark, depth), group in groupby(places, key=lambda place: (marks[place], level[place])):
        part = "".join(text[place] for place in group)
        found += [Run(words, depth, face, mark) for face, words in paper.type.parts(part, bold)]
    return in_reading_order(found)


def _draw(paper: Paper, runs: Sequence[Run], x: float, leading: float, size: float, colour: Colour) -> None:
    for run in runs:
        width = paper.type.width(run.face, run.text) * size
        if run.mark:
            _mark(paper, run.mark, x, leading, size, width)
        paper.set_text_color(*colour)
        paper.set_font(*paper.type.style_of(run.face), size)
        paper.set_xy(x, paper.y)
        _write(paper, run, width, leading)
        x += width


def _write(paper: Paper, run: Run, width: float, leading: float) -> None:
    text = run.text
    shaped = paper.type.shape and needs_shaping(text)
    if shaped:
        paper.set_text_shaping(True, direction="rtl" if run.level % 2 else "ltr")
    elif run.level % 2:
        text = "".join(_mirrored(character) for character in reversed(text))
    paper.cell(w=width, h=leading, text=text)
    if shaped:
        paper.set_text_shaping(False)


def _mark(paper: Paper, mark: str, x: float, leading: float, size: float, width: float) -> None:
    colour, behind = MARKS[mark]
    paper.set_fill_color(*behind)
    paper.rect(x, paper.y + leading / 2 - size * 0.62, width, size * 1.24, style="F")
    paper.set_draw_color(*colour)
    paper.set_line_width(0.8)
    low = paper.y + leading / 2 + size * 0.55
    if mark == "improvement":
        paper.set_dash_pattern(dash=2.5, gap=1.5)
    paper.line(x, low, x + width, low)
    paper.set_dash_pattern()
    if mark == "both":
        paper.line(x, low + 1.6, x + width, low + 1.6)


def _joined(pieces: Pieces) -> tuple[str, list[str]]:
    """The printable text, and for each of its characters the kind of quote that it is in."""
    text: list[str] = []
    marks: list[str] = []
    for raw, mark in pieces:
        clean = unicodedata.normalize("NFC", printable(raw))
        text.append(clean)
        marks += [mark] * len(clean)
    whole = "".join(text)
    if not whole.isascii():
        kept = {0, *places_to_cut(whole)}
        for place in range(len(marks)):
            if place not in kept:
                marks[place] = marks[place - 1]  # what is seen as one is not parted by the end of a quote
    return whole, marks


_PAIRS = dict(zip("()[]{}<>«»‹›", ")(][}{><»«›‹", strict=True))


def _mirrored(character: str) -> str:
    return _PAIRS.get(character, character)
