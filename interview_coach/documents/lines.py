"""Lines as a PDF page breaks them -> lines as they were written.

A PDF knows no paragraphs: a sentence is cut at the margin and a word at its hyphen. Both are put together again where
the text itself gives reason to, never across a bullet, a heading or an empty line.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

_WORD = re.compile(r"[^\W\d_]++")
_HYPHENATED_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]++-[^\W\d_]++")
_HYPHENS = "-\u2010\xad"
_HYPHENS_EACH = tuple(_HYPHENS)
_CUT_WORD = re.compile(r"(?<![^\W\d_])([^\W\d_]++)[-\u2010\xad]$")
_FIRST_WORD = re.compile(r"[^\W\d_]++")
_BULLET = re.compile(r"[ \t]*([•◦▪‣·○●■□➢✓❖*–—-]|\(?[0-9]{1,2}[.)]|[a-z][.)])(?=\s)")
_LONE_BULLET = re.compile(r"[ \t]*[•◦▪‣·○●■□➢✓❖*–-][ \t]*")
_ADDRESS = re.compile(r"\S*@|www\.|https?:|\S+\.(com|org|net|io|de|co|edu)\b", re.IGNORECASE)
_OPEN_END = re.compile(
    r"(,|&|\b(and|or|of|the|a|an|for|with|in|to|by|on|from|und|der|die|das|mit|für))$", re.IGNORECASE
)
_OPEN_RANGE = re.compile(r"(?<!\d)(?:19|20)\d\d[ ]?[-–—]$")
_TIGHT_RANGE = re.compile(r"\d[-–—]$")
_RANGE_END = re.compile(
    r"(?:present|now|today|current|heute|jetzt|ongoing|\w{0,10}[ .]?(?:19|20)\d\d)\b", re.IGNORECASE
)
_SHORTEST = 30
"""A line of fewer characters is an entry of a list rather than a wrapped sentence."""
_LONGEST_ITEM = 130
_SHORT_HEAD = re.compile(r"[A-Z]\S*(?: \S+){0,5}(?<![.,;!?:&-])")
_HYPHENATING = frozenset({
    "self", "non", "cross", "co", "multi", "well", "full", "part", "long", "short", "high", "low", "end", "real",
    "all", "anti", "semi", "pre", "post", "ex", "in", "on", "off", "up", "day", "week", "month", "year", "two",
    "three", "four", "first", "second", "third", "hands", "state", "decision", "problem", "data", "user",
})  # fmt: skip
"""First halves that usually keep their hyphen."""


def tidy_lines(text: str) -> str:
    """Join words cut by a hyphen and sentences cut by the margin. Linear in the length of the text."""
    lines = _with_bullets(text.split("\n"))
    lines = _whole_words(lines)
    return "\n".join(_whole_sentences(lines))


def _with_bullets(lines: list[str]) -> list[str]:
    """A bullet drawn apart from its text comes as a line of its own: put it before the next line."""
    out: list[str] = []
    waiting = ""
    for line in lines:
        if _LONE_BULLET.fullmatch(line):
            waiting = line.strip()
        elif waiting and line.strip():
            out.append(line if _BULLET.match(line) else f"{waiting} {line.strip()}")
            waiting = ""
        else:
            out.append(line)
    return out


def _whole_words(lines: list[str]) -> list[str]:
    cuts = [_cut(line, following) for line, following in zip(lines, [*lines[1:], ""], strict=True)]
    words = _Words(lines, cuts)
    out: list[list[str]] = []
    joined = False
    for line, cut in zip(lines, cuts, strict=True):
        if joined:
            out[-1].append(line)
        else:
            out.append([line])
        joined = cut is not None
        if cut:
            hyphen = "-" if words.keep_hyphen(*cut) else ""
            out[-1][-1] = line.rstrip(_HYPHENS) + hyphen
    return ["".join(pieces) for pieces in out]


def _cut(line: str, following: str) -> tuple[str, str] | None:
    """The halves of a word cut at the end of `line`."""
    head = _CUT_WORD.search(line) if line.endswith(_HYPHENS_EACH) else None
    tail = _FIRST_WORD.match(following)
    if not head or not tail or not tail[0][0].islower():
        return None
    return head[1].lower(), tail[0].lower()


class _Words:
    """What the rest of the text says about how a word is written."""

    def __init__(self, lines: list[str], cuts: list[tuple[str, str] | None]) -> None:
        counts = Counter(word.lower() for line in lines for word in _WORD.findall(line))
        for cut in cuts:
            counts.subtract(cut or ())
        self._whole = {word for word, count in counts.items() if count > 0}
        self._hyphenated = {word.lower() for line in lines for word in _HYPHENATED_WORD.findall(line)}

    def keep_hyphen(self, head: str, tail: str) -> bool:
        """`cross-functional` keeps it, `develop-ment` does not."""
        if f"{head}-{tail}" in self._hyphenated:
            return True
        if head + tail in self._whole:
            return False
        return head in _HYPHENATING or {head, tail} <= self._whole


def listed_lines(lines: Sequence[str]) -> set[int]:
    """Numbers of the lines that are each an item of a list without bullets; an empty line ends a list.

    Such a list stands under a line that ends with a colon or under a short line with a capital. A margin
    breaks a line where the next word finds no room: where most lines end although it would have fitted, the writer
    ended them.
    """
    found: set[int] = set()
    at = 0
    while at < len(lines):
        head, first = lines[at].strip(), at + 1
        at = first
        announces = head.endswith(":")
        if not announces and not (_SHORT_HEAD.fullmatch(head) and lines[first - 2 : first - 1] in ([], [""])):
            continue
        while first < len(lines) and first < at + 2 and not lines[first].strip():
            first += 1
        last = first
        while last < len(lines) and lines[last].strip() and not _ends_list(lines[last]):
            last += 1
        run = lines[first:last]
        small = {_begins_small(line.strip()) for line in run} - {None}
        if (
            len(run) > 1
            and (small == {True} or (len(small) < 2 and (announces or len(run) > 2)))
            and _ended_by_hand(run)
        ):
            found |= set(range(first, last))
            at = last
    return found


def _ends_list(line: str) -> bool:
    return line.rstrip().endswith(":") or _BULLET.match(line) is not None


def _begins_small(line: str) -> bool | None:
    """None for what is written one way only: `3 years`, `CPR`."""
    if line[0].islower():
        return True
    return False if line[:2].istitle() else None


def _ended_by_hand(run: Sequence[str]) -> bool:
    if run[-1].rstrip().endswith("."):
        return False  # only the last has a full stop: one sentence over several lines
    longest = max(len(line.strip()) for line in run)
    early = 0
    for line, after in pairwise(run):
        if line.rstrip().endswith((".", "!", "?")) or _OPEN_END.search(line.rstrip()):
            return False
        early += len(line.strip()) < _SHORTEST or len(line.strip()) + 1 + len(after.split(None, 1)[0]) <= longest
    return early * 2 >= len(run) - 1 and longest <= _LONGEST_ITEM


def _whole_sentences(lines: list[str]) -> list[str]:
    out: list[list[str]] = []
    before = ""
    listed = listed_lines(lines)
    for number, line in enumerate(lines):
        if number not in listed and _goes_on(before, line):
            out[-1] += ("" if _TIGHT_RANGE.search(before) else " ", line.strip())
        else:
            out.append([line])
        before = line
    return ["".join(pieces) for pieces in out]


def _goes_on(before: str, line: str) -> bool:
    """Is `line` the rest of the sentence that `before` began?"""
    start = line.lstrip()
    if _OPEN_RANGE.search(before) and _RANGE_END.match(start):
        return True
    if not start or len(before) < _SHORTEST or before.endswith((".", ":", ";", "!", "?", "|")):
        return False
    if _BULLET.match(line) or _ADDRESS.match(start) or "@" in before.rsplit(" ", 1)[-1]:
        return False
    return start[0].islower() or bool(_OPEN_END.search(before))
