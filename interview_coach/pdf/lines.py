"""Text to lines: where a line may end, and in which order its parts are seen. Knows nothing of fonts or pages."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from interview_coach.pdf.scripts import is_rtl, is_wide, may_begin_line, places_to_cut

_LONGEST = 400
"""Characters of a piece of a word that is measured at once, so that a word without end costs no more than a text."""


@dataclass(frozen=True, slots=True)
class Line:
    """`text[start:end]` of a paragraph, without the space that it ends with."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbours that are drawn together. An odd level is read from right to left."""

    text: str
    level: int
    face: str
    mark: str


def _words(text: str) -> Iterator[tuple[int, int]]:
    """Places of what stays together: a word with the spaces behind it, or one wide character."""
    for word in re.finditer(r"\S+\s*|\s+", text):
        start = word.start()
        for place in range(word.start() + 1, word.end()):
            before, here = text[place - 1], text[place]
            if (is_wide(before) or is_wide(here)) and not here.isspace() and may_begin_line(here):
                yield start, place
                start = place
        yield start, word.end()


def break_lines(text: str, width: float, measure: Callable[[str], float]) -> list[Line]:
    """Lines of one paragraph (no line end in it), each as wide as `width` at most, in the unit of `measure`.

    A word that is wider than a line is cut.
    """
    lines: list[Line] = []
    start, used, end = 0, 0.0, 0
    for first, last in _words(text):
        whole = text[first:last].rstrip()
        needed = measure(whole) if len(whole) <= _LONGEST else width + 1
        if used and used + needed > width:
            lines.append(Line(start, end))
            start, used = first, 0.0
        if needed > width:
            for cut in _cuts(whole, width, measure):
                lines.append(Line(first, first + cut))
                first += cut
            start, needed = first, measure(text[first:last].rstrip())
        used += measure(text[first:last])
        end = first + len(text[first:last].rstrip())
    if end > start or not lines:
        lines.append(Line(start, end))
    return lines


def _cuts(word: str, width: float, measure: Callable[[str], float]) -> Iterator[int]:
    """Lengths of the full lines that a long word fills; what is left fits into one line."""
    done, places = 0, [0, *places_to_cut(word), len(word)]
    while len(word) > _LONGEST or measure(word) > width:
        low, high = 1, min(len(word), _LONGEST)
        while low < high:  # the longest beginning that fits
            middle = (low + high + 1) // 2
            low, high = (middle, high) if measure(word[:middle]) <= width else (low, middle - 1)
        whole = places[bisect_right(places, done + low) - 1] - done
        low = whole if whole > 0 else low  # more signs on one letter than a line has room for are parted
        yield low
        done += low
        word = word[low:]


def in_reading_order(runs: Sequence[Run]) -> list[Run]:
    """Runs of a line from left to right: from the highest level down, neighbours of that level or above are turned
    round (rule L2 of the Unicode bidirectional algorithm)."""
    order = list(runs)
    for level in range(max((run.level for run in order), default=0), 0, -1):
        place = 0
        while place < len(order):
            end = place
            while end < len(order) and order[end].level >= level:
                end += 1
            order[place:end] = reversed(order[place:end])
            place = end + 1
    return order


def levels(text: str) -> tuple[list[int], bool]:
    """Level of each character, and whether the paragraph runs from right to left."""
    if not is_rtl(text):
        return [0] * len(text), False
    from fpdf.bidi import BidiParagraph, auto_detect_base_direction
    from fpdf.enums import TextDirection

    base = auto_detect_base_direction(text)
    found = [int(base == TextDirection.RTL)] * len(text)
    for character in BidiParagraph(text, base, preserve_bn_chars=True).get_characters_with_embedding_level():
        found[character.character_index] = character.embedding_level
    return found, base == TextDirection.RTL
