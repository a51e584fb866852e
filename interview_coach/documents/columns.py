"""Two columns drawn row by row -> first the left one, then the right one.

Most programs draw one column after the other, and then the order of the content stream is the order of reading. Some
draw across the page, which leaves `left line 1 right line 1 left line 2 ...`. Which of the two it is shows when the
page as it looks (`layout`, wide gaps kept) is held against the page as it is drawn (`plain`).

A table or a column of dates also has wide gaps, but is read row by row; its cells do not go on in the next row, as
sentences in a column do: that is the difference which decides.
"""

import re

_GAP = re.compile(r"[ ]{3,}")
_FEWEST_ROWS = 5
_WORDS = 3.0
"""Words in an average line of a column; cells have less."""
_CONTINUED = 0.25
"""Share of lines that begin in lower case, that is, in the middle of a sentence."""


def unweave(plain: str, layout: str) -> str:
    """`plain` with woven columns taken apart; unchanged when there are none. Every word stays."""
    splits = {_bare(row): pair for row in layout.split("\n") if (pair := _pair(row))}
    out: list[str] = []
    block: list[tuple[str, str]] = []
    for line in plain.split("\n"):
        pair = splits.get(_bare(line))
        if pair:
            block.append(_cut(line, len(_bare(pair[0]))))
        else:
            out += _ordered(block)
            block = []
            out.append(line)
    return "\n".join(out + _ordered(block))


def _pair(row: str) -> tuple[str, str] | None:
    pieces = _GAP.split(row.strip())
    return (pieces[0], pieces[1]) if len(pieces) == 2 else None


def _bare(text: str) -> str:
    return "".join(text.split())


def _cut(line: str, count: int) -> tuple[str, str]:
    """Split after so many characters that are not spaces."""
    for at, character in enumerate(line):
        if not count:
            return line[:at].rstrip(), line[at:].lstrip()
        count -= not character.isspace()
    return line, ""


def _ordered(block: list[tuple[str, str]]) -> list[str]:
    left, right = [pair[0] for pair in block], [pair[1] for pair in block]
    if len(block) >= _FEWEST_ROWS and _is_prose(left, right):
        return left + right
    return [f"{first} {second}" for first, second in block]


def _is_prose(left: list[str], right: list[str]) -> bool:
    enough = all(sum(len(line.split()) for line in side) >= _WORDS * len(side) for side in (left, right))
    return enough and all(sum(line[:1].islower() for line in side) >= _CONTINUED * len(side) for side in (left, right))
