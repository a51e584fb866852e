"""Whether an answer is about what was asked, as a small network sees it that was trained on texts of our own.

data/subject/README.md says on which texts and how, docs/scoring.md how well it does. It asks no network of the other
kind, and is read from its file when the first answer is marked.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from interview_coach.coach.rules.wordpiece import WordPiece

if TYPE_CHECKING:
    from interview_coach.coach.rules.network import Matrix

_FOLDER = files(__package__) / "data" / "subject"
_LAYERS = 6
_WINDOW, _MOST_WINDOWS = 110, 4
"""Pieces that are read at once, as in training, and how often: of about 300 words all are seen."""


def on_subject(question: str, answer: str) -> float:
    """Log-odds that the answer is about what the question asks: above 0 it rather is. Any text.

    A long answer counts by the stretch of it that is nearest, since who comes to the subject late has come to it.
    To two decimals, so that machines that add in another order agree.
    """
    return round(_encoder().odds(_direction(question), answer), 2)


class _Encoder:
    def __init__(self) -> None:
        import numpy as np

        from interview_coach.coach.rules.network import Network

        self._wordpiece = WordPiece((_FOLDER / "vocabulary.txt").read_text(encoding="utf-8").split("\n"))
        with as_file(_FOLDER / "weights.npz") as path, np.load(path) as arrays:
            self._network = Network(arrays, _LAYERS)
            self._weight: Matrix = arrays["weight"].astype(np.float32)
            """What likeness in each of the directions says."""
            self._lean: Matrix = arrays["lean"].astype(np.float32)
            """What the answer says for itself, whatever was asked."""
            self._start = float(arrays["start"])

    def odds(self, asked: "Matrix", answer: str) -> float:
        pieces = self._wordpiece.pieces(answer, most=_WINDOW * _MOST_WINDOWS)
        towards = self._weight * asked + self._lean
        return max(float(towards @ self._read(window)) for window in _windows(pieces)) + self._start

    def direction(self, text: str) -> "Matrix":
        return self._read(self._wordpiece.pieces(text, most=_WINDOW))

    def _read(self, pieces: Sequence[int]) -> "Matrix":
        return self._network.direction([self._wordpiece.start, *pieces, self._wordpiece.end])


@cache
def _encoder() -> _Encoder:
    return _Encoder()


@lru_cache(maxsize=64)
def _direction(question: str) -> "Matrix":
    return _encoder().direction(question)


def _windows(pieces: Sequence[int]) -> list[Sequence[int]]:
    """As few as cover all, each full where there is more than one."""
    count = max(1, -(-len(pieces) // _WINDOW))
    spare = max(0, len(pieces) - _WINDOW)
    starts = [spare * number // max(1, count - 1) for number in range(count)]
    return [pieces[start : start + _WINDOW] for start in starts]
