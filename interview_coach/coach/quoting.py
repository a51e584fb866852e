"""What a question takes up from the answer before it, as a verbatim span of that answer."""

import re

from interview_coach.coach.rules import checks
from interview_coach.domain.evidence import Source, Span

SHORTEST = 2
"""Words: one word alone may be chance."""

_WORD = re.compile(r"[^\W_]+(?:['’.,/&+-][^\W_]+)*")


def quoted_span(question: str, answer: str) -> Span | None:
    """The longest run of words that the question shares with the answer, or None.

    At least `SHORTEST` words, one of them with a meaning of its own: `and then I` is no quotation.
    """
    asked = [_plain(found.group()) for found in _WORD.finditer(question)]
    found = list(_WORD.finditer(answer))
    said = [_plain(match.group()) for match in found]
    best: tuple[int, int] | None = None
    lengths = [0] * (len(said) + 1)
    for word in asked:
        fresh = [0] * (len(said) + 1)
        for at, other in enumerate(said):
            if word != other:
                continue
            length = fresh[at + 1] = lengths[at] + 1
            start = at - length + 1
            longer = best is None or length > best[1] - best[0] + 1
            if length >= SHORTEST and longer and checks.content(answer[found[start].start() : found[at].end()]):
                best = (start, at)
        lengths = fresh
    if best is None:
        return None
    start, end = found[best[0]].start(), found[best[1]].end()
    return Span(Source.ANSWER, answer[start:end], start, end)


def _plain(word: str) -> str:
    return word.casefold().replace("’", "'")
