"""Quotes that a person can read by themselves.

A rule or a model may point at three words only ("I gave us"). Shown alone they look cut off, so the report widens what
is short to the sentence, or to the clauses around it. What is shown stays a verbatim span of the answer.
"""

import re
from dataclasses import replace
from functools import cached_property

from interview_coach.coach.rules.sparing import Spared, spared, touches
from interview_coach.domain.evidence import Span
from interview_coach.domain.scorecard import PARTS, AnswerScore, Remark

SHORT = 30
"""Characters: a quote below this is widened."""
LONG = 150
"""Characters: a sentence above this is too long to quote whole; the clauses around the words do."""

_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|\Z)|[。！？]+|\n+")
_CLAUSE = re.compile(r"[,;:](?=\s)|[，、；：]|\s[–—-](?=\s)")
_JOINING = re.compile(r"(?:and|but)\s+", re.IGNORECASE)


class Private:
    """What of an answer is part of a story at times, and still nobody's to say back: nerves, grief, thanks. Looked for
    when it first matters, and once."""

    def __init__(self, answer: str | None) -> None:
        self._answer = answer or ""

    @cached_property
    def _parts(self) -> tuple[Spared, ...]:
        return spared(self._answer)

    def touches(self, start: int, end: int) -> bool:
        """True when some of it stands between these places."""
        return touches(self._parts, start, end)


def readable(span: Span, answer: str, private: Private) -> Span:
    """The span, or more of the answer around it when it is too short to be read alone, and without a joining word at
    its beginning. It takes in nothing private that the words alone leave out."""
    start, end = span.start, span.end
    joining = _JOINING.match(answer, start, end)
    if (end - start >= SHORT and joining is None) or not span.is_in(answer):
        return span
    if end - start < SHORT:
        start, end = _around(answer, start, end)
        joining = _JOINING.match(answer, start, end)
    if joining is not None and end - joining.end() >= SHORT:
        start = joining.end()
    if (start, end) == (span.start, span.end):
        return span
    if private.touches(start, end) and not private.touches(span.start, span.end):
        return span
    return Span(span.source, answer[start:end], start, end)


def _around(answer: str, start: int, end: int) -> tuple[int, int]:
    """The sentence that holds these places, or as many of its clauses as it takes."""
    first, last = _between(_END, answer, start, end, 0, len(answer))
    if last - first <= LONG:
        return first, last
    low, high = _between(_CLAUSE, answer, start, end, first, last)
    while high - low < SHORT:
        wider = _between(_CLAUSE, answer, low, min(high + 2, last), first, last)
        if wider == (low, high):
            wider = _between(_CLAUSE, answer, max(low - 2, first), high, first, last)
        if wider == (low, high):
            break
        low, high = wider
    return (low, high) if high - low <= LONG else (start, end)


def _between(mark: re.Pattern[str], answer: str, start: int, end: int, lowest: int, highest: int) -> tuple[int, int]:
    """From after the mark before `start` to the mark at or after `end`, without white space and the mark at the ends.

    Marks are looked for in the whole answer: a mark at the end of the quote stands before white space outside it."""
    first, last = lowest, highest
    for found in mark.finditer(answer, lowest):
        if found.end() <= start:
            first = found.end()
        elif found.end() >= end:
            last = min(highest, found.start() if found.start() >= end else end)
            break
    text = answer[first:last]
    return min(first + len(text) - len(text.lstrip()), start), max(first + len(text.rstrip()), end)


def with_readable_quotes(score: AnswerScore, answer: str | None, private: Private) -> AnswerScore:
    """The same marks, every quote wide enough to be read alone."""
    if not answer:
        return score

    def remark(found: Remark) -> Remark:
        quote = readable(found.quote, answer, private) if found.quote is not None else None
        return found if quote is found.quote else Remark(found.text, found.about, quote)

    star = score.star
    wider = {
        part: wide
        for part in PARTS
        if (span := getattr(star, part)) is not None and (wide := readable(span, answer, private)) is not span
    }
    return replace(
        score,
        remarks=tuple(map(remark, score.remarks)),
        improvements=tuple(map(remark, score.improvements)),
        star=replace(star, **wider) if wider else star,
    )
