"""Parts of an answer that are nobody's to repeat: nerves, apologies, grief, health, talk about the interview.

Somebody who says `my father died last month` or `sorry, I am nervous` must not hear it again in the next question.
Plain words (data/sparing.toml) in the first person; nothing is concluded about the person, and what others felt or went
through at work stays quotable, since it is the work of many. A part too many costs only a quote.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_DATA = files(__package__) / "data" / "sparing.toml"
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]*)*")
_CLAUSE_BREAK = re.compile(
    r"[,;:()–—]|\s-\s|\s(?:and|but|so|because|while|when|which|who|although|though|until|till|before|after|where|since|as)\s",
    re.I,
)
_PLAIN = str.maketrans("İıſ", "iis")
_RUN_ON = 30
"""Words; a longer sentence is speech without full stops, where not all of it belongs together."""


class Spared(NamedTuple):
    """A stretch of an answer, in characters."""

    start: int
    end: int
    is_distress: bool
    """False for thanks, greetings and talk about the interview."""
    is_grave: bool = False
    """Grief, illness and the like, with what is told in the same breath."""


class _Patterns(NamedTuple):
    """Over small letters, and tried only where a word begins: trying each of hundreds of words at every letter, large
    and small, would take most of the time in which a report is made."""

    grave: re.Pattern[str]
    """Spares its whole sentence."""
    troubled: re.Pattern[str]
    """Spares its clause, as the next one does."""
    aside: re.Pattern[str]


def spared(answer: str) -> tuple[Spared, ...]:
    """The parts not to be said back, in order; linear in the length of the answer."""
    return tuple(_parts(answer))


def touches(parts: Iterable[Spared], start: int, end: int) -> bool:
    """True when something between these places is to be spared."""
    return any(part.start < end and start < part.end for part in parts)


def _parts(answer: str) -> Iterator[Spared]:
    patterns = _patterns()
    for sentence in _SENTENCE.finditer(answer):
        text = _small(sentence.group())
        is_grave = bool(patterns.grave.search(text))
        if is_grave and len(text.split()) <= _RUN_ON:
            yield Spared(sentence.start(), sentence.end(), True, True)
            continue
        goes_on = False
        for start, end in _clauses(answer, sentence.start(), sentence.end()):
            clause = _small(answer[start:end])
            # In a long sentence what follows a blow mostly still speaks of it.
            hit = is_grave and bool(patterns.grave.search(clause))
            if hit or goes_on or patterns.troubled.search(clause):
                yield Spared(start, end, True, hit or goes_on)
            elif patterns.aside.search(clause):
                yield Spared(start, end, False)
            goes_on = hit


def _small(text: str) -> str:
    """In small letters, also those that lower() leaves apart from the plain ones."""
    return text.lower() if text.isascii() else text.translate(_PLAIN).lower()


def _clauses(answer: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for mark in _CLAUSE_BREAK.finditer(answer, start, end):
        if mark.start() > start:
            yield start, mark.start()
        start = mark.end()
    if start < end:
        yield start, end


@cache
def _patterns() -> _Patterns:
    table = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    feelings, states, conditions, kin, blows = (
        "|".join(map(re.escape, table[key].lower().split()))
        for key in ("feelings", "states", "conditions", "kin", "blows")
    )
    courtesies = "|".join(re.escape(words.lower()) for words in table["courtesies"])
    much = (
        r"(?:(?:a|an|bit|little|so|very|really|quite|too|rather|pretty|extremely|totally|completely|absolutely|just|still|"
        r"also|always|often|sometimes|honestly|kind|sort|of|all|all over|terribly|incredibly|super|more|most|feeling|"
        r"getting|being)\s+){0,5}"
    )
    i_am = (
        r"i(?:['’]m|['’]ve been|['’]d been|"
        r"\s+(?:\w+\s+)?(?:am|was|feel|felt|get|got|became|become|have been|had been))"
        rf"\s+(?:not\s+)?{much}"
    )
    mine = r"(?:my|our)\s+(?:\w+['’]?s?\s+){0,2}"
    grave = "|".join(
        (
            rf"{mine}(?:{kin})\b.{{0,80}}?\b(?:{blows})\b",
            rf"(?:death|loss|funeral|illness|passing|suicide|care) of {mine}(?:{kin})\b",
            rf"i\s+(?:\w+\s+){{0,2}}(?:lost|buried|miss|missed|mourn\w*|griev\w*)\s+(?:him|her|them|{mine}(?:{kin}))\b",
            rf"(?:i\s+(?:\w+\s+)?(?:have|had|suffer|suffered|suffering|got)|i['’]ve had|i['’]ve got|i['’]ve)\s+"
            rf"(?:from\s+)?(?:(?:a|an|my|some|severe|bad|post-?natal|chronic)\s+){{0,3}}(?:{conditions})\b",
            rf"my\s+(?:\w+\s+)?(?:{conditions}|mental health|health|breakdown)\b",
            r"i\s+(?:\w+\s+){0,4}?(?:panic attack|nervous breakdown|mental breakdown|heart attack)s?\b",
            r"i\s+(?:\w+\s+)?(?:burned|burnt) out\b|off sick\b|i (?:was|am|went) on sick leave\b|"
            r"i was (?:\w+ )?(?:in hospital|in therapy|in rehab|in mourning|in a coma)\b",
            r"(?:kill|hurt|harm|cut) myself\b|end my life\b|want(?:ed)? to die\b|self-harm\w*",
        )
    )
    troubled = "|".join(
        (
            rf"{i_am}(?:{feelings}|{states})\b",
            r"i\s+(?:\w+\s+)?(?:panicked|cried|wept|fainted|froze|broke down)\s*(?:$|in tears|inside|a lot|every)",
            r"i\s+(?:can(?:['’]t|not)|could(?:n['’]t| not))\s+(?:\w+\s+)?"
            r"(?:cope|breathe|sleep|stop crying|think straight)\b",
            r"i(?:['’]m|\s+am|\s+was|\s+feel)\s+(?:(?:just|so|really|still|a bit of)\s+)?"
            r"(?:all over the place|a (?:bit of a )?(?:mess|wreck)|falling apart|all nerves|not at my best)\b",
            r"i\s+feel\s+like\s+(?:a|an|i|crying|giving)\b|i\s+have not been myself\b|i haven['’]t been myself\b",
            r"my\s+(?:hands?|heart|voice|knees|legs?|head|mind|stomach)\s+(?:is|are|was|were|went|goes|keeps|started)\b",
            r"it(?:['’]s| is| was| has been|['’]s been) (?:\w+ )?(?:hard|tough|difficult|painful|rough)\s*"
            r"(?:$|for me|on me|to talk|to speak|to say|time)",
            r"i\s+(?:lost my job|was made redundant|was laid off|was let go)\b",
            r"i\s+(?:\w+\s+)?(?:went|came|got|returned)\s+(?:back\s+)?to work\b",
            r"sorry\b(?<!said sorry)(?<!say sorry)(?<!saying sorry)|i\s+(?:\w+\s+){0,2}apologi[sz]e\b|"
            r"(?:forgive|excuse|pardon) me\b|bear with me\b",
        )
    )
    aside = "|".join(
        (
            r"this (?:interview|conversation|call)\b|first interview\b|(?:in|at|with|for|to) interviews\b",
            r"makes? sense\b|made sense to you\b|your question\b|"
            r"the question\b.{0,30}?\b(?:again|was|is|mean\w*)\b",
            r"(?:good|great|hard|tough|difficult|interesting|tricky|nice|fair) question\b|next question\b",
            r"(?:talk|talking|speak|speaking) about myself\b|my english\b|my answers?\b|let me think\b|"
            r"(?:know|sure|idea) what (?:to say|else to say|you mean|you want)\b|"
            r"i (?:hope|think) (?:that['’]s|that is|this is|it['’]s) "
            r"(?:ok|okay|enough|what you|fine|all right|alright)\b|"
            r"i(?:['’]m| am) (?:talking|speaking) too\b|"
            r"i (?:forgot|lost) (?:what|my train|the thread|my thread)\b|"
            r"it(?:['’]s| has)? been (?:\w+ )?(?:a|some|ages|long)\b(?: \w+){0,2}\s*(?:since|$)|"
            r"it(?:['’]s| is) (?:a )?(?:long|ages)(?: time| while)?\s*(?:since|$)|"
            r"where to (?:begin|start)\b|"
            r"(?:do not|don['’]t) get me started\b|but never mind\b|i digress\b|"
            rf"{mine}(?:{kin})\s+(?:always|often|still)\s+(?:say|says|said|tells?|told|used to)\b|"
            r"where was i\b|can you hear\b|not prepared\b|that['’]s (?:all|it)\s*$|that is (?:all|it)\s*$",
        )
    )
    opens_troubled = rf"{much}(?:{feelings})\W*(?:today|now|right now|about this|here)?\W*$|(?:my )?apologies\b"
    opens_aside = (
        rf"(?:(?:ok|okay|well|so|yes|and)\s+)*(?:{courtesies})\b|"
        r"(?:do|should|shall|can) i (?:even )?(?:begin|start)\b|never mind\b"
    )
    return _Patterns(
        re.compile(rf"\b(?:{grave})"),
        re.compile(rf"^\W*(?:{opens_troubled})|\b(?:{troubled})"),
        re.compile(rf"^\W*(?:{opens_aside})|\b(?:{aside})"),
    )
