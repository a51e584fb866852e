"""Quotes that a person can read by themselves.

A rule or a model may point at three words only ("I gave us"). Shown alone they look cut off, so the report widens what
is short to the sentence, or to the clauses around it. What is shown stays a verbatim span of the answer.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

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


def readable(span: Span, answer: str, private: Sequence[Spared] | None = None) -> Span:
    """The span, or more of the answer around it when it is too short to be read alone, and without a joining word at
    its beginning. `private` is what of the answer is to be spared, for whom knows it already."""
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
    if _takes_in(spared(answer) if private is None else private, span, start, end):
        return span
    return Span(span.source, answer[start:end], start, end)


def _takes_in(private: Sequence[Spared], span: Span, start: int, end: int) -> bool:
    """Between the wider places stands something to be spared (nerves, grief, thanks) that the words alone leave out."""
    return touches(private, start, end) and not touches(private, span.start, span.end)


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


def with_readable_quotes(
    score: AnswerScore, answer: str | None, private: Sequence[Spared] | None = None
) -> AnswerScore:
    """The same marks, every quote wide enough to be read alone."""
    if not answer:
        return score
    private = spared(answer) if private is None else private

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
