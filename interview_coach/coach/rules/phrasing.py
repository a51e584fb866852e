"""The clauses and phrases of an answer: where each begins and ends, and in which place of a sentence it fits."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from interview_coach.coach.rules.endings import settled
from interview_coach.coach.rules.labels import shorten
from interview_coach.coach.rules.shapes import lexicon
from interview_coach.coach.rules.wordlists import wordset
from interview_coach.domain.reading import Reading

LONGEST = 7
"""Words of a quote."""
_MARKS = r",;:.!?()\n–—"
_JOINTS = "and|but|so|because|while|when|although|until|before|after|where|since"
LIGHT = wordset(
    """a an the and or but so of to in on at for from by with as into about than that which who is are was were
    be been being
    am it i my our we they he she you your its this these those then there if when because very really just had has have
    not would could will can did do does also some always usually normally often him her them me us things
    thing lot kind
    everything something anything people good well best try tried sort bit much many more most all any got get
    went go came"""
)
"""Words that tell nothing by themselves."""
WORD = re.compile(r"[^\W_]+(?:[’'.,&%/+-]+[^\W_]+)*%?")
_BREAK = re.compile(rf"[{_MARKS}]+\s*|\s+(?:{_JOINTS}|which|who)\s+")
_OTHERS = re.compile(r"\b(?:which|who)\b", re.I)
_SUBJECT = re.compile(r"(?:(?:and|then|so|first|also|finally|later|there|eventually|personally)\s+)*(?:i|we)\s+", re.I)
_JOINT = re.compile(r"(?:(?:and|but|so|because|or|then|in general|of course|well)\b,?\s+)+", re.I)
_LEAD_IN = re.compile(
    r"(?:then|also|first|finally|later|just|personally|quickly|eventually|immediately|even|then)\s+", re.I
)
_CLOSED = re.compile(rf"\s*(?:[{_MARKS}]|$|\s(?:and|but|so|because|while|when)\b)")
"""What may follow where a clause is over."""
_STATE = re.compile(r"(?:am|was|were|are|feel|felt|['’]m)\b", re.I)
_WEAK = wordset(
    "had was were did got felt thought knew said wanted needed tried liked seemed became used started began decided"
)
_DETERMINERS = wordset(
    "a an the our my every each all both one two three four five six seven eight nine ten twelve forty"
)
_VERBISH = wordset(
    """is are was were am be been being have has had do does did will would can could should may might must go goes make
    makes take takes try tries keep keeps stay stays depend depends say says think like want work works look looks"""
)
_BEGINS = re.compile(r"(?:I|[Ww]e)(?:['’]\w+)?\s")
_BEFORE = re.compile(rf"(?:[{_MARKS}]\s*|\b(?:{_JOINTS})\s+)$", re.I)
_FRAGMENT = re.compile(
    r"(?:at|in|on|for|from|with|by|of|to|about|during|within)\s(?!.*\b(?:I|we|he|she|they|it)\b)|"
    r"(?:to be (?:honest|fair|frank)|honestly|frankly)\b",
    re.I,
)
"""A place or a hedge alone says nothing."""
_SELF = re.compile(r"\b(?:myself|ourselves)\b", re.I)


_ON_CONDITION = re.compile(
    r"(?<!see )(?<!ask )(?<!asked )(?<!check )(?<!checked )(?<!know )(?<!knew )(?<!wonder )(?<!wondered )(?<!sure )"
    r"\b(?:if|unless|in case|whenever|as long as|provided that|otherwise)\b",
    re.I,
)
_ON_OCCASION = re.compile(r"\b(?:when|once|as soon as|until|till)\b", re.I)
_LEADING = re.compile(r"(?:(?:and|but|so|then)\s+)?(?:because|since|as|although|though|while)\s", re.I)
_STRONG = re.compile(r"[.!?;\n]+")


class Place(StrEnum):
    """Where a phrase fits in a sentence."""

    DID = "did"
    """After `you`: a verb in the past that the person said of themselves."""
    THING = "thing"
    """Where a noun phrase is wanted."""
    SAID = "said"
    """Only after `you said`."""


class Phrase(NamedTuple):
    """A stretch of an answer, in characters."""

    place: Place
    start: int
    end: int
    is_clause: bool = False
    """A whole clause, as it was said."""


def phrases(answer: str, reading: Reading) -> Iterator[Phrase]:
    """What was found, cut back to where it ends well; without what begins in the middle of a clause."""
    clauses = list(_clauses(answer))
    known = set(clauses)
    for place, start, end in (*clauses, *_found(answer, reading)):
        if len(answer[start:end].split()) > 2 * LONGEST:
            continue
        if place is Place.SAID and not _BEGINS.match(answer, start) and not _begins_clause(answer, start):
            continue
        if place is Place.SAID and _FRAGMENT.match(answer, start, end):
            continue
        if place is Place.DID and _SELF.search(answer, start, end):
            # `you “stood there myself”` is nobody's sentence.
            continue
        stop = settled(answer, start, end)
        if stop is not None and (stop == end or place is not Place.THING):
            yield Phrase(place, start, stop, (place, start, stop) in known)


def hangs_on_another(answer: str, start: int, end: int, *, told: bool) -> bool:
    """True for half of a thought: a clause on a condition without it (`people cannot plan` of `if I am late, people
    cannot plan`), or the condition alone. `told`: it happened, so `when` and `because` do not limit it."""
    begin = max((mark.end() for mark in _STRONG.finditer(answer, 0, start)), default=0)
    stop = _STRONG.search(answer, end)
    sentence = answer[begin : stop.start() if stop else len(answer)]
    limits = [_ON_CONDITION] if told else [_ON_CONDITION, _ON_OCCASION]
    for limit in limits:
        for found in limit.finditer(sentence):
            whole = start < begin + found.start() and begin + found.end() < end
            if not whole:
                return True
    if _ON_OCCASION.match(answer, start):
        return True
    return not told and "," in sentence and bool(_LEADING.match(sentence.lstrip()))


def beginnings(answer: str) -> Iterator[tuple[int, int]]:
    """First words of clauses, and things with their article, as far as they end well."""
    starts = [0, *(match.end() for match in _BREAK.finditer(answer))]
    # A thing with its article is whole as well, wherever it stands.
    starts += [match.start() for match in re.finditer(r"\b(?:the|an?|our)\s", answer)]
    for start in starts:
        words = list(re.finditer(r"\S+", re.split(r"[,;:.!?()\n]", answer[start : start + 200])[0]))[:LONGEST]
        stop = settled(answer, start, start + words[-1].end()) if words else None
        if stop is not None and not _FRAGMENT.match(answer, start, stop):
            yield start, stop


def _begins_clause(answer: str, start: int) -> bool:
    before = answer[max(0, start - 24) : start]
    return not before.strip() or bool(_BEFORE.search(before))


def _clauses(answer: str) -> Iterator[tuple[Place, int, int]]:
    """Clauses of the answer: what the person did, and whole short clauses as they were said."""
    mine = kept = False
    start = 0
    bounds = [
        *((match.start(), match.end(), match.group()) for match in _BREAK.finditer(answer)),
        (len(answer),) * 2 + (".",),
    ]
    for end, following, mark in bounds:
        begin, stop = start, end
        joined = _JOINT.match(answer[begin:stop])
        begin += joined.end() if joined else 0
        said_from = begin
        clause = answer[begin:stop]
        subject = _SUBJECT.match(clause)
        if subject:
            mine = True
        else:
            inner = re.search(r"\b(?:I|we)\s+", clause)
            if inner:
                yield from _done(answer, begin + inner.end(), stop)
                if inner.start():
                    yield Place.SAID, begin + inner.start(), begin + len(clause.rstrip())
        if subject:
            begin += subject.end()
        done = tuple(_done(answer, begin, stop)) if mine else ()
        yield from done
        if (not done and not subject) or (subject and _STATE.match(answer[begin:stop])):
            # `I am calm and organised`: what follows is no deed.
            mine = False
        whole = answer[said_from:stop].rstrip()
        if len(whole.split()) >= 3:
            yield Place.SAID, said_from, said_from + len(whole)
        if any(char in mark for char in ".!?\n"):
            mine = False
        elif _OTHERS.search(mark):
            # `the people who took bookings`: somebody else's deed, up to the next comma.
            kept, mine = mine, False
        elif kept and "," in mark:
            kept, mine = False, True
        start = following


def _done(answer: str, begin: int, stop: int) -> Iterator[tuple[Place, int, int]]:
    """`called the supplier`, when the stretch begins with a verb in the past."""
    lead = _LEAD_IN.match(answer[begin:stop])
    if lead:
        begin += lead.end()
    first = answer[begin:stop].split(" ", 1)[0].casefold()
    if (first in lexicon()["past"] or (first.endswith("ed") and len(first) > 4)) and first not in _WEAK | {"indeed"}:
        text = re.sub(r"\s+from\s+\S+$", "", shorten(answer[begin:stop], LONGEST))
        yield Place.DID, begin, begin + len(text)


def _found(answer: str, reading: Reading) -> Iterator[tuple[Place, int, int]]:
    """What the reading found quotable: noun phrases can stand anywhere, the rest only after `you said`."""
    lex = lexicon()
    for span in reading.phrases:
        if not span.is_in(answer):
            continue
        words = [match.group().casefold() for match in WORD.finditer(span.text)]
        if not words:
            continue
        adjective = words[0] in lex["adjectives"]
        verbal = adjective or any(word in _VERBISH or word in lex["past"] or word.endswith("ed") for word in words)
        opened = words[0] in _DETERMINERS or (words[0] not in lex["clear"] and not words[0].endswith(("ly", "ing")))
        if not verbal and opened and words[0] not in LIGHT - _DETERMINERS and words[-1] not in lex["adjectives"]:
            before = answer[: span.start].split()
            # With its article a noun phrase reads as it was said.
            start = span.start
            if before and before[-1].casefold() in _DETERMINERS and answer[span.start - 1] == " ":
                start = span.start - 1 - len(before[-1])
            if not words[-1].endswith(("est", "ly")):
                yield Place.THING, start, span.end
        else:
            mine = re.search(r"\b(?:I|[Ww]e)\s+$", answer[: span.start]) or words[0] in {"i", "we"}
            if not mine:
                yield Place.SAID, span.start, span.end
            elif words[0] in lex["past"] or (words[0].endswith("ed") and len(words[0]) > 4):
                if words[0] not in _WEAK:
                    yield Place.DID, span.start, span.end
            elif words[0] in {"i", "we"} and _CLOSED.match(answer[span.end :]):
                # Anything else is half of a clause, as `I think good code` is.
                yield Place.SAID, span.start, span.end
