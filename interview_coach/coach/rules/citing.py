"""Which words of an answer stand beside a remark about it: never what is to be spared (nerves, grief, thanks)."""

from collections.abc import Sequence

from interview_coach.coach.rules.marking import Marking
from interview_coach.coach.rules.sparing import touches
from interview_coach.domain.evidence import Source, Span
from interview_coach.domain.phrases import contact_data, span_of
from interview_coach.domain.star import said
from interview_coach.domain.text import Clause, Token, has_cue
from interview_coach.domain.vocabulary import phrases, words

_QUOTE_WORDS = 30
_JOINTS = frozenset({"and", "so", "but", "then"})
_HANGING = frozenset({"into", "with", "to", "which", "that", "who", "where", "because", "until", "before"})
"""A clause that opens so goes on with the one before."""
_DENIALS = phrases(
    """
    i have never | i've never | i never | i have not | i haven't | i don't have | i do not have | i have no | i've no |
    no experience | not yet | i had no | i had never | i am not | i'm not
    """
)
_MISHAPS = words(
    """
    missed miss lost lose late failed fail forgot forgotten broken broke complaint complaints accident accidents error
    errors mistake mistakes regretted refused stopped crashed damaged dropped injured burnt sent skipped gave given left
    """
)
"""What it is good never to have had or done."""
_BEGINNING = 80
"""Characters of an answer that has no clause worth quoting."""


def quote_of(clause: Clause, answer: str) -> Span:
    """The clause, or its first words when it is long; ends before anything that looks like contact data."""
    tokens = clause.tokens[_opening(clause.tokens) :]
    while len(tokens) > 2 and tokens[0].lower in _JOINTS and tokens[1].lower != "that":
        tokens = tokens[1:]
    start = tokens[0].start
    end = said(clause, answer).end if len(tokens) <= _QUOTE_WORDS else tokens[_QUOTE_WORDS - 1].end
    for left, _ in contact_data(answer):
        if start < left < end:
            end = max((token.end for token in tokens if token.end <= left), default=end)
    return span_of(answer, start, end)


def _opening(tokens: Sequence[Token]) -> int:
    """The first token after leading markup and after a bracket that closes nothing: `1)</script> **bold** I counted`,
    `the night team) and I counted`."""
    first = depth = 0
    for number, token in enumerate(tokens[:-2]):
        after = tokens[number + 1].gap
        depth += token.gap.count("(") if number else 0
        stray = after.count(")") > depth
        marked = first == number and (("<" in after or ">" in after) or (first > 0 and "**" in after))
        if stray or marked:
            first = number + 1
        depth = max(0, depth - after.count(")"))
    return first


def denies(clause: Clause) -> bool:
    """`I have never led a team`; not `I have never missed a deadline`, which is a strength."""
    return has_cue(clause, _DENIALS) and _MISHAPS.isdisjoint(token.lower for token in clause.tokens)


def beginning(answer: str) -> Span:
    """The first words of an answer that is quoted as a whole."""
    left = len(answer) - len(answer.lstrip())
    text = answer[left : left + _BEGINNING].split("\n")[0].rstrip()
    return Span(Source.ANSWER, text, left, left + len(text))


def _stands_alone(clause: Clause) -> bool:
    return next((t.lower for t in clause.tokens if t.lower not in _JOINTS), "") not in _HANGING


class Citation:
    """The clauses of one marked answer that may be shown to the person again."""

    def __init__(self, marking: Marking, answer: str) -> None:
        self._answer = answer
        self._spared = marking.spared
        self._phrases = marking.study.reading.phrases
        self._whole = tuple(filter(self.allows, marking.study.clauses))
        self.told = tuple(filter(self.allows, marking.told)) or self._whole

    def allows(self, clause: Clause) -> bool:
        """Nothing in it is to be spared."""
        return not touches(self._spared, clause.start, clause.end)

    def of(self, *clauses: Clause | None) -> Span | None:
        """The first of these that may be quoted; None when none may."""
        return next((quote_of(clause, self._answer) for clause in clauses if clause and self.allows(clause)), None)

    def strong(self, *clauses: Clause | None) -> Span | None:
        """As `of`, and no denial: what may stand as a strength or as the point of the answer."""
        return self.of(*(clause for clause in clauses if clause and not denies(clause)))

    @property
    def alone(self) -> tuple[Clause, ...]:
        """What can be read without the clause before; all when nothing can."""
        return tuple(filter(_stands_alone, self.told)) or self.told

    @property
    def first(self) -> Span | None:
        """What the answer begins with."""
        return self.of(*self.told)

    @property
    def last(self) -> Span | None:
        """What the answer ends with, and can be read alone."""
        return self.of(*reversed(self.alone))

    @property
    def best(self) -> Span | None:
        """The words that say most; None when all is to be spared."""
        free = (phrase for phrase in self._phrases if not touches(self._spared, phrase.start, phrase.end))
        whole = beginning(self._answer)
        rest = None if touches(self._spared, whole.start, whole.end) else whole
        return next(free, None) or self.of(*self._whole) or rest
