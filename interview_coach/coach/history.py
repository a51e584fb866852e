"""The conversation so far, within a budget of characters, with nothing left out but words.

Every question and every answer stays; a long answer is shortened to its most telling sentences, in their order. The
last answer gets the largest share because the next question builds on it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from interview_coach.domain.transcript import Transcript, Turn

TOTAL = 9000
"""Characters for all questions and answers together."""
LAST_ANSWER = 1600
EARLIER_ANSWER = 700
QUESTION = 260
"""40 words are about 240 characters."""
SHORTEST = 60
"""An earlier answer keeps at least so much, however long the interview."""
GAP = " […] "

_SENTENCE = re.compile(r"[^.!?\n。！？]+(?:[.!?。！？]+|\n|\Z)")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and its answer as a model sees them. `answer` is empty when it was skipped."""

    number: int
    question: str
    answer: str


def shorten(text: str, budget: int, focus: str = "") -> str:
    """At most `budget` characters of `text`: its most telling sentences in their order, `[…]` where some are left out.

    A sentence tells more the more figures, names and words of `focus` it has; the first and the last count a little
    extra, as that is where a setting and a result stand.
    """
    text = text.strip()
    if len(text) <= budget:
        return text
    sentences = [found.group().strip() for found in _SENTENCE.finditer(text)]
    sentences = [sentence for sentence in sentences if sentence]
    wanted = {word.lower() for word in _WORD.findall(focus) if len(word) > 3}
    ranked = sorted(range(len(sentences)), key=lambda i: (-_weight(sentences, i, wanted), i))
    kept: set[int] = set()
    for index in ranked:
        if len(_join(sentences, kept | {index})) <= budget:
            kept.add(index)
    if kept:
        return _join(sentences, kept)
    return _cut(sentences[ranked[0]] if ranked else text, budget)


def recount(transcript: Transcript, *, focus: str, clean: Callable[[str], str]) -> tuple[Exchange, ...]:
    """Every turn within `TOTAL` characters; `clean` takes contact data out of an answer before it is shortened."""
    turns = transcript.turns
    questions = [_cut(turn.question.strip(), QUESTION) for turn in turns]
    budgets = _budgets(turns, TOTAL - sum(map(len, questions)))
    return tuple(
        Exchange(turn.number, question, shorten(clean(turn.answer), budget, focus) if turn.answer else "")
        for turn, question, budget in zip(turns, questions, budgets, strict=True)
    )


def _budgets(turns: Sequence[Turn], room: int) -> list[int]:
    """Characters for each answer: the last answered turn first, the others share what is left."""
    answered = [index for index, turn in enumerate(turns) if turn.answer]
    budgets = [0] * len(turns)
    if not answered:
        return budgets
    last, earlier = answered[-1], answered[:-1]
    budgets[last] = max(SHORTEST, min(LAST_ANSWER, room - SHORTEST * len(earlier)))
    if earlier:
        share = max(SHORTEST, min(EARLIER_ANSWER, (room - budgets[last]) // len(earlier)))
        for index in earlier:
            budgets[index] = share
    return budgets


def _weight(sentences: Sequence[str], index: int, wanted: set[str]) -> float:
    words = _WORD.findall(sentences[index])
    if not words:
        return 0.0
    figures: int = sum(any(char.isdigit() for char in word) for word in words)
    names: int = sum(word[0].isupper() for word in words[1:])
    shared: int = sum(word.lower() in wanted for word in words)
    edge = 1.0 if index in (0, len(sentences) - 1) else 0.0
    told = 2.0 * min(figures, 3) + min(names, 4) + 1.5 * min(shared, 4)
    return told + edge + min(len(words), 12) / 12


def _join(sentences: Sequence[str], kept: set[int]) -> str:
    parts: list[str] = []
    previous = -1
    for index in sorted(kept):
        parts.append(GAP if index > previous + 1 else " " if parts else "")
        parts.append(sentences[index])
        previous = index
    if previous < len(sentences) - 1:
        parts.append(GAP)
    return "".join(parts).strip()


def _cut(text: str, budget: int) -> str:
    if len(text) <= budget:
        return text
    mark = GAP.rstrip()
    if budget <= len(mark):
        return text[:budget]
    head = text[: budget - len(mark)]
    return (head.rsplit(None, 1)[0] if " " in head.strip() else head) + mark
