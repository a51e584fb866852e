"""A document as blocks: bullets, paragraphs and headings, each a verbatim range of the text.

Lines that a PDF wrapped are put together again, because a requirement that runs over two lines is one requirement;
cells set apart by wide gaps are put asunder, because two columns on one line are two texts. Nothing is rewritten:
a block is only a start and an end.
"""

import re
from dataclasses import dataclass

from interview_coach.documents.lines import listed_lines

_BULLET = re.compile(
    r"(?:[•·▪▫◦‣●○■□✓✔✗✅☑✨⭐👉🔹🔸🚀💡📌🎯➡▶➢►➤→❖★☆⋆◆◇∙⁃]+|[*\-–—+>](?=\s)|o(?=\s{1,4}\S)|\(?\d{1,2}[.)](?=\s)"
    r"|\(?[a-h]\)(?=\s))\s*"
)
_GAP = re.compile(
    r"\t+|\s{3,}|\s*\|\s*|\s*(?:</?(?:p|div|li|ul|ol|br|h[1-6]|tr|td|th|table|section|article)\b[^<>\n]{0,200}>\s*)+",
    re.IGNORECASE,
)
_INLINE_BULLET = re.compile(r"\s[•·▪◦●■✓✔➢►❖]\s")
_DATED = re.compile(r"\b(?:19|20)\d\d\b|\b(?:present|current|heute)\b", re.IGNORECASE)
_OPEN_ENDED = re.compile(
    r"(?:[,&/–—(-]|\b(?:and|or|of|the|a|an|to|in|with|for|at|by|on|from|our|your|their|as|including|und"
    r"|oder|et|de|der|die))$",
    re.IGNORECASE,
)

_LABELLED = re.compile(r"[A-Z][\w/&’'-]{1,20}(?: [\w/&’'-]{1,20}){0,3}:[ \t]")
"""`Salary: ...` begins something of its own."""
_ASKING_HEAD = re.compile(
    r"(?:who|what)(?: (?:else|exactly))? (?:we|you)[^.,;:\n]{0,25} (?:looking|searching|asking) for", re.IGNORECASE
)
"""`Who we are looking for` ends like a line that runs on, and is a heading all the same."""


@dataclass(frozen=True, slots=True)
class Block:
    """`text[start:end]` is the content without its bullet and emphasis marks."""

    start: int
    end: int
    bullet: bool
    emphasis: bool
    """Marked as a heading or set in bold, as far as plain text can say so."""
    after_gap: bool
    """A blank line comes before it."""


@dataclass(slots=True)
class _Piece:
    start: int
    end: int
    bullet: bool
    emphasis: bool
    after_gap: bool
    cell: bool


def blocks(text: str) -> list[Block]:
    """Blocks of the text in order. Linear in its length."""
    pieces = list(_pieces(text))
    width = _width(pieces)
    listed = _listed(text, pieces)
    joined: list[_Piece] = []
    for index, piece in enumerate(pieces):
        if joined and index not in listed and _continues(text, joined[-1], piece, width):
            joined[-1].end = piece.end
        else:
            joined.append(piece)
    return [Block(p.start, p.end, p.bullet, p.emphasis, p.after_gap) for p in joined]


def _pieces(text: str) -> list[_Piece]:
    found: list[_Piece] = []
    offset, blank = 0, True
    for line in text.splitlines(keepends=True):
        if not line.strip():
            blank = True
        else:
            for cell_start, cell_end, several in _cells(line):
                piece = _piece(text, offset + cell_start, offset + cell_end, blank, several)
                if piece is not None:
                    found.append(piece)
                    blank = False
        offset += len(line)
    return found


def _cells(line: str) -> list[tuple[int, int, bool]]:
    left = len(line) - len(line.lstrip())
    right = len(line.rstrip())
    cuts = [m.span() for m in _GAP.finditer(line, left, right)] + [
        m.span() for m in _INLINE_BULLET.finditer(line, left, right)
    ]
    # A gap right after a bullet mark belongs to the bullet.
    mark = _BULLET.match(line, left)
    floor = mark.end() if mark else left
    cells, start = [], left
    for cut_start, cut_end in sorted(cuts):
        if cut_start < floor or cut_start < start:
            continue
        if line.startswith(":", cut_end):
            continue  # `Duration     : 2019 to 2021`, written under each other
        cells.append((start, cut_start))
        between = line[cut_start:cut_end].strip()
        start = cut_end if between in {"", "|"} or between.startswith("<") else cut_start + 1
    cells.append((start, right))
    return [(a, b, len(cells) > 1) for a, b in cells if b > a]


def _piece(text: str, start: int, end: int, blank: bool, cell: bool) -> _Piece | None:
    emphasis = False
    while start < end and text[start] in "# ":
        emphasis = emphasis or text[start] == "#"
        start += 1
    mark = _BULLET.match(text, start, end)
    bullet = mark is not None and not text.startswith("**", start)
    if mark is not None and bullet:
        start = mark.end()
    while start < end and text[start] in "*_ ":
        emphasis = True
        start += 1
    while end > start and text[end - 1] in "*_ ":
        end -= 1
    if not any(character.isalnum() for character in text[start:end]):
        return None
    return _Piece(start, end, bullet, emphasis, blank, cell)


def _listed(text: str, pieces: list[_Piece]) -> set[int]:
    """Pieces that are items of a list without bullets."""
    lines: list[str] = []
    numbers: list[int] = []
    for number, piece in enumerate(pieces):
        if piece.after_gap:
            lines.append("")
            numbers.append(-1)
        lines.append("" if piece.bullet or piece.cell else text[piece.start : piece.end])
        numbers.append(number)
    return {numbers[at] for at in listed_lines(lines)}


def _width(pieces: list[_Piece]) -> int:
    """Characters at which lines were wrapped; 0 when the text looks unwrapped.

    A wrapped text has many lines near its edge.
    """
    lengths = sorted(piece.end - piece.start for piece in pieces)
    if len(lengths) < 6:
        return 0
    longest = lengths[-1 - len(lengths) // 20]
    near = sum(length >= longest * 0.8 for length in lengths)
    return longest if 60 <= longest <= 130 and near >= max(3, len(lengths) * 0.2) else 0


def _continues(text: str, before: _Piece, piece: _Piece, width: int) -> bool:
    if piece.bullet or piece.after_gap or piece.emphasis or piece.cell or before.cell:
        return False
    if _LABELLED.match(text, piece.start, piece.end):
        return False
    last_line = text.rfind("\n", before.start, before.end) + 1 or before.start
    tail = text[max(last_line, before.end - 30) : before.end]
    if tail.endswith(("e.g.", "i.e.", "etc.")) and (text[piece.start].islower() or not tail.endswith("etc.")):
        return True
    if tail.endswith((".", "!", "?", ":", ";", "。", "！", "？")):
        # A paragraph may go on after a full stop at the wrapping edge; sentences are split later anyway.
        return before.end - last_line >= width * 0.8 > 0 and not tail.endswith((":", ";")) and not before.bullet
    if _DATED.search(text, last_line, before.end) and before.end - last_line < 100:
        # A line with a year is mostly the head of an entry, not prose that runs on.
        return text[piece.start].islower()
    first = text[piece.start]
    if not first.islower() and _ASKING_HEAD.fullmatch(text, before.start, before.end):
        return False
    if first.islower() or _OPEN_ENDED.search(tail):
        return True
    long_enough = width > 0 and before.end - last_line >= width * (0.75 if first.islower() else 0.85)
    return long_enough and (first.isdigit() or first in "(&/" or first.isalpha())
