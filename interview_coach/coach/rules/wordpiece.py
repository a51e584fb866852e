"""WordPiece: a text becomes numbers of the pieces in a vocabulary, longest piece first (Schuster and Nakajima, 2012).

Cut as BERT's uncased models cut, because the network was begun from one: lower case, no accents, each sign of
punctuation and each CJK character apart.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import islice

_LONGEST = 100
"""Characters of a word; a longer one is unknown."""
_CJK = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2FA1F))


class WordPiece:
    """A vocabulary, and how it cuts. Pieces that go on with a word begin with `##`."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._unknown = self._numbers["[UNK]"]
        self.start, self.end = self._numbers["[CLS]"], self._numbers["[SEP]"]

    def pieces(self, text: str, *, most: int) -> list[int]:
        """The numbers of its first `most` pieces, without marks of start and end. Any text."""
        return list(islice((number for word in _words(text) for number in self._cut(word)), most))

    def _cut(self, word: str) -> list[int]:
        if len(word) > _LONGEST:
            return [self._unknown]
        found: list[int] = []
        start = 0
        while start < len(word):
            prefix = "##" if start else ""
            ends = range(len(word), start, -1)
            end = next((end for end in ends if prefix + word[start:end] in self._numbers), None)
            if end is None:
                return [self._unknown]
            found.append(self._numbers[prefix + word[start:end]])
            start = end
        return found


def _words(text: str) -> Iterator[str]:
    spaced = "".join(f" {c} " if _is_cjk(c) else c for c in text if not _is_control(c))
    for run in spaced.lower().split():
        word = ""
        for character in unicodedata.normalize("NFD", run):
            if unicodedata.category(character) == "Mn":
                continue
            if _is_mark(character):
                if word:
                    yield word
                yield character
                word = ""
            else:
                word += character
        if word:
            yield word


def _is_control(character: str) -> bool:
    return character not in "\t\n\r" and (character == "\ufffd" or unicodedata.category(character).startswith("C"))


def _is_mark(character: str) -> bool:
    """ASCII signs that are no letter, digit or space count too, as `$` and `+`."""
    ascii_sign = character.isascii() and character.isprintable() and not character.isalnum() and character != " "
    return ascii_sign or unicodedata.category(character).startswith("P")


def _is_cjk(character: str) -> bool:
    return any(first <= ord(character) <= last for first, last in _CJK)
