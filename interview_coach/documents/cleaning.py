"""Text from anywhere -> text that can be stored, shown, sent and exported without surprises.

What goes: code points that cannot be stored (NUL, lone surrogates), that steer a terminal (C0, C1), that reorder or
hide what is shown (bidi controls, zero-width, tags, variation selectors, fillers), noncharacters and private use.
What is repaired: surrogate pairs that came as two halves, line ends, odd spaces, bullets of symbol fonts, and
decomposed letters (NFC), so that a search for a typed word finds it.
"""

import re
import unicodedata

MAX_MARKS = 8
"""Combining marks kept after one letter. No language needs more, and CPython sorts a run of marks in quadratic time."""

_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACE = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_BULLET = re.compile("^([ \t]*)[\uf020-\uf0ff][\uf020-\uf0ff \t]*", re.MULTILINE)
_FORBIDDEN = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 and C1, all but tab and newline
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, joiners, fillers, old selectors
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f"  # zero-width, separators, bidi, invisible operators
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"  # blanks, selectors, byte order mark, specials
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef"  # halves, private use, noncharacters
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # shorthand and music format controls
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff"  # tags, selectors, private planes
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(1, 15))
    + "]+"
)
_TRAILING = re.compile(r"(?<![ \t])[ \t]+$", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n{3,}")


def clean_text(text: str) -> str:
    """Make any `str` safe to store and show. Never raises, is idempotent, takes linear time.

    Keeps newlines, tabs, indentation and every visible character; line ends become \\n, trailing spaces and outer
    blank lines go.
    """
    text = _PAIR.sub(lambda pair: _joined(pair.group()), text)
    text = _LINE_END.sub("\n", text)
    if not text.isascii():
        text = _SPACE.sub(" ", text)
        text = _BULLET.sub(r"\1- ", text)
    text = _FORBIDDEN.sub("", text)
    if not text.isascii():
        text = _few_marks(unicodedata.normalize("NFC", _few_marks(text)))
        # A canonical mapping may lead back to one of the odd spaces.
        text = _SPACE.sub(" ", text)
    return _outer(_TRAILING.sub("", text))


def clean_extracted(text: str) -> str:
    """`clean_text` for what a parser drew out of a file: also NFKC (ligatures, full-width forms) and no more than
    one blank line in a row."""
    text = clean_text(text)
    if not text.isascii():
        text = clean_text(unicodedata.normalize("NFKC", text))
    return _BLANK_LINES.sub("\n\n", text)


def _joined(pair: str) -> str:
    return chr(0x10000 + ((ord(pair[0]) - 0xD800) << 10) + (ord(pair[1]) - 0xDC00))


def _few_marks(text: str) -> str:
    """Drop combining marks beyond `MAX_MARKS` in a row."""
    kept: list[str] = []
    run = 0
    for character in text:
        run = run + 1 if character > "\u02ff" and unicodedata.combining(character) else 0
        if run <= MAX_MARKS:
            kept.append(character)
    return "".join(kept)


def _outer(text: str) -> str:
    """Without blank lines around; the indentation of the first line stays."""
    lines_end = text.rstrip("\n \t")
    start = len(lines_end) - len(lines_end.lstrip("\n \t"))
    return lines_end[lines_end.rfind("\n", 0, start) + 1 :]
