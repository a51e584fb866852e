"""An answer cut at the ends of what was quoted from it, so that a page can show the quotes in their place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from interview_coach.domain.scorecard import AnswerScore


class Marked(Protocol):
    """Whatever has words and marks for them."""

    @property
    def answer(self) -> str | None: ...

    @property
    def score(self) -> AnswerScore: ...


@dataclass(frozen=True, slots=True)
class Piece:
    """`about` is empty, `strength`, `improvement` or `both`."""

    text: str
    about: str


LEGEND = (
    ("strength", "underlined, it worked"),
    ("improvement", "dashed, here something can be added"),
    ("both", "double, it worked and something can be added"),
)
"""How words of an answer are marked, and what that says of them."""


KINDS = ("strength", "improvement")


def legend(cuts: Iterable[Sequence[Piece]]) -> list[tuple[str, str]]:
    """What the marks in these answers mean, as far as they occur."""
    kinds = {piece.about for cut in cuts for piece in cut}
    return [(kind, words) for kind, words in LEGEND if kind in kinds]


def _quotes(score: AnswerScore) -> list[tuple[int, int, str]]:
    strong = [(remark.quote.start, remark.quote.end, "strength") for remark in score.remarks if remark.quote]
    weak = [(remark.quote.start, remark.quote.end, "improvement") for remark in score.improvements if remark.quote]
    return strong + weak


def pieces(entry: Marked) -> list[Piece]:
    """The whole answer in order; joined, the pieces are the answer again."""
    answer = entry.answer or ""
    quotes = _quotes(entry.score)
    return _cut(answer, quotes)


def _cut(answer: str, quotes: Sequence[tuple[int, int, str]]) -> list[Piece]:
    """From edge to edge, counting which quotes are open."""
    opened: dict[int, dict[str, int]] = {0: {}, len(answer): {}}
    for start, end, about in quotes:
        for edge, step in ((start, 1), (end, -1)):
            steps = opened.setdefault(edge, {})
            steps[about] = steps.get(about, 0) + step
    count = dict.fromkeys(KINDS, 0)
    found: list[Piece] = []
    for start, end in pairwise(sorted(opened)):
        for about, step in opened[start].items():
            count[about] += step
        if start < 0 or end > len(answer):
            continue
        strong, weak = count["strength"] > 0, count["improvement"] > 0
        about = "both" if strong and weak else "strength" if strong else "improvement" if weak else ""
        if found and found[-1].about == about:
            found[-1] = Piece(found[-1].text + answer[start:end], about)
        else:
            found.append(Piece(answer[start:end], about))
    return found
