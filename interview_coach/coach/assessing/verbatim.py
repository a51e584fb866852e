"""Finds words of a model in a text, in spite of what a model changes when it copies: quotation marks, dashes, spaces,
capitals, the full stop at the end. What is stored is the text's own wording at the place found."""

import re
import unicodedata

_SAME = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "‛": "'",
        "`": "'",
        "´": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "–": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
        "−": "-",
        "…": ".",
    }
)
_FIGURE = re.compile(r"\d+(?:[.,:]\d+)+")
_EDGES = " \"'.,;:!?。、，！？()[]*_-"
SHORTEST = 2
"""Letters or digits: less is no quotation of anything."""


def find(quote: str, text: str) -> tuple[int, int] | None:
    """Start and end in `text` of what `quote` copies, or None when it is not there."""
    wanted, _ = _plain(quote)
    wanted = wanted.strip(_EDGES)
    if sum(char.isalnum() for char in wanted) < SHORTEST:
        return None
    plain, places = _plain(text)
    at = plain.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if _is_whole(plain, at, end):
            return places[at], places[end - 1] + 1
        at = plain.find(wanted, at + 1)
    return None


def _plain(text: str) -> tuple[str, list[int]]:
    """The text as it is compared, and for each of its characters the place in the text as it was given."""
    out: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        if unicodedata.category(char) == "Cf":
            continue
        if char.isspace():
            if out and out[-1] == " ":
                continue
            folded = " "
        else:
            folded = unicodedata.normalize("NFKD", char).casefold().translate(_SAME)
        out += folded
        places += [place] * len(folded)
    return "".join(out), places


def _is_whole(plain: str, start: int, end: int) -> bool:
    """Neither end cuts a word or a number in two. Scripts without spaces have no such ends."""
    return not (_joined(plain, start) or _joined(plain, end))


def _joined(plain: str, at: int) -> bool:
    if not 0 < at < len(plain):
        return False
    if any(start < at < end for start, end in _figures(plain, at)):
        return True
    before, after = plain[at - 1], plain[at]
    return before.isalnum() and after.isalnum() and not (_is_wide(before) or _is_wide(after))


def _figures(plain: str, at: int) -> list[tuple[int, int]]:
    """Figures such as `4.5` or `12,000` around a place."""
    left = max(0, at - 12)
    return [(left + found.start(), left + found.end()) for found in _FIGURE.finditer(plain[left : at + 12])]


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF" or "\u0e00" <= char <= "\u0e7f"
