"""Which words of an answer may be said back to the person, and in which grammatical place."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from interview_coach.coach.rules.checks import touches_protected_topic
from interview_coach.coach.rules.endings import settled
from interview_coach.coach.rules.labels import lexicon, shorten
from interview_coach.coach.rules.sparing import Spared, spared, touches
from interview_coach.coach.rules.wordlists import wordset
from interview_coach.domain.evidence import Source, Span
from interview_coach.domain.reading import Reading

_CONTACT = re.compile(
    r"@|https?:|www\.|\b[\w-]+\.(?:com|org|net|io|de|uk|gov|edu|dk|fr|info)\b|\d[\d\s().+/-]{6,}\d|"
    r"\b\d+\s+\w+\s+(?:street|st\.|road|rd\.|avenue|lane)\b",
    re.I,
)
_REACH = re.compile(r"\b(?:linkedin|telephone|phone number|my number|e-?mail address|mail me|call me)\b", re.I)
"""Words that stand beside contact data in an answer; in an ad they are duties (`answer the telephone`)."""
_MACHINE = re.compile(
    r"\b(?:ignore|disregard|forget|override|instructions?|prompts?|system message|rubric|scores?|points|marks|grade|"
    r"you are now|act as|pretend|assistant|language model|chatgpt|gpt|gemini|jailbreak|developer mode|hire me|"
    r"strong_hire|respond with|reply with|output|repeat after|full credit|interviewer)\b",
    re.I,
)
_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override) (?:all|any|the|your|previous|prior|everything|above)\b|"
    r"\bsystem (?:prompt|message)\b|\byou are now\b|\b(?:give|award) (?:me|this candidate|full)\b|\bas an ai\b|"
    r"\blanguage model\b.{0,30}\b(?:must|should|reply)\b|\bstrong_hire\b|<\s*/?\s*(?:script|system|img|iframe)",
    re.I,
)
_ABUSE = re.compile(
    r"\b(?:fuck\w*|shit\w*|bitch\w*|bastard\w*|asshole\w*|idiot\w*|stupid\w*|moron\w*|crap|damn|wtf|hate you|shut up|"
    r"dumb)\b",
    re.I,
)
_PRIVATE = re.compile(
    r"\bmy (?:own )?(?:son|daughter|mother|father|mum|dad|parents?|famil\w+|kids?|child\w*|partner|"
    r"illness\w*|health|therapy|depression|"
    r"disabilit\w+|faith|religion|pregnan\w+|parish)\b|\b(?:wife|husband|spouse|kids|god|church|mosque|synagogue|pray\w*|pregnan\w+|"
    r"divorce\w*|cancer|diagnosed with)\b",
    re.I,
)
_MARKUP = re.compile(r"[<>{}\[\]|\\`#*_=“”\"?!\n\r\t\u202a-\u202e\u2066-\u2069]|\.\s")
_TIME = wordset(
    """year years month months week weeks day days hour hours minute minutes morning afternoon evening night
    today yesterday
    ago last next end beginning start time times monday tuesday wednesday thursday friday saturday sunday
    january february
    march april may june july august september october november december spring summer autumn winter percent
    one two three
    four five six seven eight nine ten first second third half few later moment general case"""
)
_LIGHT = wordset(
    """a an the and or but so of to in on at for from by with as into about than that which who is are was were
    be been being
    am it i my our we they he she you your its this these those then there if when because very really just had has have
    not would could will can did do does also some always usually normally often him her them me us things
    thing lot kind
    everything something anything people good well best try tried sort bit much many more most all any got get
    went go came"""
)
_BREAK = re.compile(
    r"[,;:.!?()\n–—]+\s*|\s+(?:and|but|so|because|while|when|which|who|although|until|before|after|where|since)\s+"
)
_OTHERS = re.compile(r"\b(?:which|who)\b", re.I)
_SUBJECT = re.compile(r"(?:(?:and|then|so|first|also|finally|later|there|eventually|personally)\s+)*(?:i|we)\s+", re.I)
_JOINT = re.compile(r"(?:(?:and|but|so|because|or|then|in general|of course|well)\b,?\s+)+", re.I)
_LEAD_IN = re.compile(
    r"(?:then|also|first|finally|later|just|personally|quickly|eventually|immediately|even|then)\s+", re.I
)
_IDLE = re.compile(
    r"(?:to be (?:honest|fair|frank)|i (?:think|guess|suppose|mean|do)|you know|kind of|sort of|as i said|of course|"
    r"for example|for instance|at least|in fact|a bit|a lot|not sure|i am not sure)\W*$",
    re.I,
)
"""Said by the way."""
_CLOSED = re.compile(r"\s*(?:[,;:.!?()\n–—]|$|\s(?:and|but|so|because|while|when)\b)")
"""What may follow where a clause is over."""
_STATE = re.compile(r"(?:am|was|were|are|feel|felt|['’]m)\b", re.I)
_SAME_TODAY = frozenset({"read", "put", "cut", "set", "let", "hit", "spread", "shut", "lent", "bid"})
"""Verbs whose past looks like their present."""
_DENIES = re.compile(r"\b(?:not|never|no|nothing|nobody)\b|n['’]t\b", re.I)
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
_WORD = re.compile(r"[^\W_]+(?:[’'.,&%/+-]+[^\W_]+)*%?")
SHORTEST, LONGEST = 2, 7
"""Words of a quote."""


_BEGINS = re.compile(r"(?:I|[Ww]e)(?:['’]\w+)?\s")
_BEFORE = re.compile(
    r"(?:[,;:.!?()\n–—]\s*|\b(?:and|but|so|because|while|when|although|until|before|after|where|since)\s+)$", re.I
)
_FRAGMENT = re.compile(
    r"(?:at|in|on|for|from|with|by|of|to|about|during|within)\s(?!.*\b(?:I|we|he|she|they|it)\b)|"
    r"(?:to be (?:honest|fair|frank)|honestly|frankly)\b",
    re.I,
)
"""A place or a hedge alone says nothing."""
_SELF = re.compile(r"\b(?:myself|ourselves)\b", re.I)


class Place(StrEnum):
    """Where a phrase fits in a sentence."""

    DID = "did"
    """After `you`: a verb in the past that the person said of themselves."""
    THING = "thing"
    """Where a noun phrase is wanted."""
    SAID = "said"
    """Only after `you said`."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A phrase of the last answer, fit to be said back."""

    span: Span
    place: Place

    @property
    def slots(self) -> dict[str, str]:
        """What the phrase puts into the slots `did`, `thing`, `told`, `claim` and `quote`."""
        quoted = f"“{self.span.text}”"
        if self.place is Place.DID:
            return {"did": f"you {quoted}"}
        found = {"quote": quoted}
        if self.place is Place.THING:
            found["thing"] = quoted
        elif _tells(self.span.text):
            found["told"] = quoted
        else:
            found["claim"] = quoted
        return found

    @property
    def denies(self) -> bool:
        """True for what was not done or is not known."""
        return bool(_DENIES.search(self.span.text))

    @property
    def is_imagined(self) -> bool:
        """True for what would be done, not what was."""
        return bool(re.search(r"\b(?:would|could|will)\b|\b(?:I|we)['’](?:d|ll)\b", self.span.text))


def _tells(text: str) -> bool:
    """True for a clause about something that happened: it has a verb in the past, and it denies nothing."""
    words = [match.group().casefold() for match in _WORD.finditer(text)]
    if any(
        word in {"can", "could", "will", "would", "should", "not", "never", "always", "usually"}
        or word.endswith(("n't", "n’t"))
        for word in words
    ):
        return False
    past = (lexicon()["past"] - _SAME_TODAY) | {"was", "were", "had", "went", "got", "did"}
    return any(word in past or (word.endswith("ed") and len(word) > 4) for word in words)


def is_safe(text: str) -> bool:
    """True when repeating the words can neither harm nor expose anyone, nor pass on an order."""
    patterns = (_CONTACT, _REACH, _MACHINE, _ABUSE, _MARKUP, _PRIVATE)
    return not any(pattern.search(text) for pattern in patterns) and not touches_protected_topic(text)


def is_nameable(text: str) -> bool:
    """True when words of an ad or a CV may stand in a question: looser than `is_safe`, since ads speak of scores."""
    return not (_CONTACT.search(text) or _ORDER.search(text) or touches_protected_topic(text))


def quotable(answer: str, reading: Reading) -> tuple[Quote, ...]:
    """Phrases of the answer that may be quoted, best first; empty when nothing was really said."""
    if not reading.is_substantive:
        return ()
    scored: dict[tuple[int, int], tuple[float, Quote]] = {}
    private = spared(answer)
    clauses = list(_clauses(answer))
    for place, start, end in _whole(answer, (*clauses, *_phrases(answer, reading))):
        text = answer[start:end]
        count = len(text.split())
        if not SHORTEST <= count <= LONGEST or not is_safe(text) or _IDLE.match(text):
            continue
        if not _is_free(text, start, end, private):
            continue
        weight = _weight(text)
        if weight <= 0:
            continue
        value = weight + {Place.DID: 1.6, Place.THING: 1.0, Place.SAID: 0.0}[place] - 0.25 * max(0, count - 5)
        if place is Place.SAID:
            value -= 1.0 if count < 3 else 0.0
            value -= 0.0 if (place, start, end) in clauses else 1.0
            value += 1.0 if re.match(r"(?:i|we)\b", text, re.I) else 0.0
        if _DENIES.search(text):
            # Saying back what somebody has not done helps nobody.
            value -= 2.0
        if re.match(r"(?:th(?:at|is|ose|ese|ey)|it|he|she)\b|(?:A|An|The)\b", text):
            value -= 0.7
        quote = Quote(Span(Source.ANSWER, text, start, end), place)
        old = scored.get((start, end))
        if old is None or old[0] < value:
            scored[start, end] = (value, quote)
    best = sorted(scored.values(), key=lambda pair: (-pair[0], pair[1].span.start))
    return tuple(quote for _, quote in best[:10]) or _any_words(answer, private)


def _whole(answer: str, found: Iterable[tuple[Place, int, int]]) -> Iterator[tuple[Place, int, int]]:
    """What was found, cut back to where it ends well; without what begins in the middle of a clause."""
    for place, start, end in found:
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
            yield place, start, stop


def _begins_clause(answer: str, start: int) -> bool:
    before = answer[max(0, start - 24) : start]
    return not before.strip() or bool(_BEFORE.search(before))


def _is_free(text: str, start: int, end: int, private: tuple[Spared, ...]) -> bool:
    """True for words outside every part to be spared, in the script that the rules know words of."""
    latin = all(not char.isalpha() or char < "\u0250" or "\u1e00" <= char < "\u1f00" for char in text)
    return latin and not touches(private, start, end)


def _weight(text: str) -> float:
    """How much a phrase says: its words that are neither light nor only about time."""
    words = [match.group().casefold() for match in _WORD.finditer(text)]
    heavy = [word for word in words if word not in _LIGHT and word not in _TIME and not word[0].isdigit()]
    if not heavy:
        return 0.0
    pronouns = sum(word in {"it", "him", "her", "them", "that", "this", "my", "me", "us", "our"} for word in words)
    return min(len(heavy), 3) + (0.4 if any(word[0].isdigit() for word in words) else 0.0) - 0.3 * pronouns


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


def _phrases(answer: str, reading: Reading) -> Iterator[tuple[Place, int, int]]:
    """What the reading found quotable: noun phrases can stand anywhere, the rest only after `you said`."""
    lex = lexicon()
    for span in reading.phrases:
        if not span.is_in(answer):
            continue
        words = [match.group().casefold() for match in _WORD.finditer(span.text)]
        if not words:
            continue
        adjective = words[0] in lex["adjectives"]
        verbal = adjective or any(word in _VERBISH or word in lex["past"] or word.endswith("ed") for word in words)
        opened = words[0] in _DETERMINERS or (words[0] not in lex["clear"] and not words[0].endswith(("ly", "ing")))
        if not verbal and opened and words[0] not in _LIGHT - _DETERMINERS and words[-1] not in lex["adjectives"]:
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


def _any_words(answer: str, private: tuple[Spared, ...]) -> tuple[Quote, ...]:
    """Beginnings of clauses that end well: a plain stand-in when nothing better was found."""
    found = []
    starts = [0, *(match.end() for match in _BREAK.finditer(answer))]
    # A thing with its article is whole as well, wherever it stands.
    starts += [match.start() for match in re.finditer(r"\b(?:the|an?|our)\s", answer)]
    for start in starts:
        words = list(re.finditer(r"\S+", re.split(r"[,;:.!?()\n]", answer[start : start + 200])[0]))[:LONGEST]
        stop = settled(answer, start, start + words[-1].end()) if words else None
        if stop is None or _FRAGMENT.match(answer, start, stop) or _IDLE.match(answer[start:stop]):
            continue
        text = answer[start:stop]
        if (
            not re.search(r"[,;:]", text)
            and is_safe(text)
            and _weight(text) > 0
            and _is_free(text, start, stop, private)
        ):
            found.append(Quote(Span(Source.ANSWER, text, start, stop), Place.SAID))
    return tuple(found[:6])
