"""A stream of words -> pieces that can be spoken one after the other.

The first piece is small, so that the voice begins soon; the others are sentences, so that it sounds right.
"""

import re
from collections.abc import Iterator

from interview_coach.domain.turns import strip_markers

FIRST_CLAUSE = 12
"""Characters, at least, of the first piece when it ends at a clause."""
LONG_SENTENCE = 160
"""Characters from which on a sentence is divided at a clause."""
LONGEST_PIECE = 320
"""Characters after which a piece is cut at a blank."""

_END = re.compile(r"""[.!?…]+["'”’»)\]*_]*(?=\s)\s+|[。！？]+["'”’」』)]*|\n+\s*""")
_CLAUSE = re.compile(r"""[,;:—–]["'”’»)*_]*\s+|\s[—–-]\s+|[，、；：]""")
_NO_END = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|mr|mrs|ms|dr|prof|st|no|nr|z\.b|u\.a|d\.h|bzw|ca|approx|inc|ltd|jr|sr|sra|mme|p\.ej)"
    r"|\b[A-ZÄÖÜ]|^\s*\d{1,3})\.$",
    re.IGNORECASE,
)
_NOT_SPOKEN = (
    (re.compile(r"```.*?(?:```|$)", re.DOTALL), " "),
    (re.compile(r"!?\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"https?://\S+"), ""),
    (re.compile(r"^\s*(?:#{1,6}|>|[-*+•])\s+", re.MULTILINE), ""),
    (re.compile(r"^\s*[-*_]{3,}\s*$", re.MULTILINE), ""),
    (re.compile(r"(\*{1,3}|_{1,3}|~~|`)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"[*`#|]+|(?<!\w)_+|_+(?!\w)"), ""),
    (re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]"), ""),
)


class Sentences:
    """Takes words as they come, gives whole pieces; all pieces joined are the words, to the letter."""

    def __init__(self) -> None:
        self._text = ""
        self._is_first = True

    def feed(self, words: str) -> list[str]:
        """The pieces that are complete by now."""
        self._text += words
        pieces = []
        while (end := self._next()) is not None:
            pieces.append(self._text[:end])
            self._text = self._text[end:]
            self._is_first = False
        return pieces

    def finish(self) -> str:
        """What is left."""
        rest, self._text = self._text, ""
        return rest

    def _next(self) -> int | None:
        end = next(_ends(self._text), None)
        least = FIRST_CLAUSE if self._is_first else LONG_SENTENCE
        clauses = (found.end() for found in _CLAUSE.finditer(self._text) if found.end() >= least)
        clause = next(clauses, None)
        if clause is not None and (end is None or clause < end):
            return clause
        if end is None and len(self._text) > LONGEST_PIECE:
            blank = self._text.rfind(" ", 0, LONGEST_PIECE)
            return blank + 1 if blank > 0 else LONGEST_PIECE
        return end


def whole_sentences(beginning: str) -> str:
    """The sentences of an unfinished text that are complete, with the blank behind the last."""
    return beginning[: max(_ends(beginning), default=0)]


def _ends(text: str) -> Iterator[int]:
    for found in _END.finditer(text):
        before = text[: found.end()].strip()
        if any(char.isalnum() for char in before) and ("\n" in found.group() or _NO_END.search(before) is None):
            yield found.end()


def speakable(text: str) -> str:
    """What a voice should say of it: no marks of writing, no addresses, no marks meant for us. May be empty."""
    text = strip_markers(text)
    for pattern, instead in _NOT_SPOKEN:
        text = pattern.sub(instead, text)
    text = " ".join(text.split())
    return text if any(char.isalnum() for char in text) else ""
