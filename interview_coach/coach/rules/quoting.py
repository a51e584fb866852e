"""Which words of an answer may be said back to the person, and in which grammatical place."""

import re
from dataclasses import dataclass

from interview_coach.coach.rules.checks import touches_protected_topic
from interview_coach.coach.rules.phrasing import (
    LIGHT,
    LONGEST,
    WORD,
    Place,
    beginnings,
    hangs_on_another,
    phrases,
)
from interview_coach.coach.rules.shapes import lexicon
from interview_coach.coach.rules.sparing import Spared, spared, touches
from interview_coach.coach.rules.wordlists import wordset
from interview_coach.domain.evidence import Source, Span
from interview_coach.domain.reading import Reading

_CONTACT = re.compile(
    r"@|https?:|www\.|\b[\w-]+\.(?:com|org|net|io|de|uk|gov|edu|dk|fr|info)\b|\d[\d\s().+/-]{6,}\d|"
    r"\b\d+\s+\w+\s+(?:street|st\.|road|rd\.|avenue|lane)\b",
    re.I,
)
_YEARS = re.compile(r"\b(?:(?:0?[1-9]|1[0-2])[./])?(?:19|20)\d\d\b\s*(?:[-–—/]|to)?\s*")
"""A stretch of years is no telephone number."""
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
_IDLE = re.compile(
    r"(?:to be (?:honest|fair|frank)|i (?:think|guess|suppose|mean|do)|you know|kind of|sort of|as i said|of course|"
    r"for example|for instance|at least|in fact|a bit|a lot|not sure|i am not sure)\W*$",
    re.I,
)
"""Said by the way."""
_SAME_TODAY = frozenset({"read", "put", "cut", "set", "let", "hit", "spread", "shut", "lent", "bid"})
"""Verbs whose past looks like their present."""
_DENIES = re.compile(r"\b(?:not|never|no|nothing|nobody)\b|n['’]t\b", re.I)
_TRIFLES = wordset(
    """took put looked saw went came sat stood walked picked turned grabbed opened stopped heard arrived joined left
    entered"""
)
"""Deeds that lead up to another."""
SHORTEST = 2
"""Words of a quote."""


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
    words = [match.group().casefold() for match in WORD.finditer(text)]
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
    text = _YEARS.sub(" ", text)
    return not (_CONTACT.search(text) or _ORDER.search(text) or touches_protected_topic(text))


def quotable(answer: str, reading: Reading) -> tuple[Quote, ...]:
    """Phrases of the answer that may be quoted, best first; empty when nothing was really said."""
    if not reading.is_substantive:
        return ()
    scored: dict[tuple[int, int], tuple[float, Quote]] = {}
    private = spared(answer)
    for place, start, end, is_clause in phrases(answer, reading):
        text = answer[start:end]
        count = len(text.split())
        if not SHORTEST <= count <= LONGEST or not is_safe(text) or _IDLE.match(text):
            continue
        if not _is_free(text, start, end, private):
            continue
        unsure = place is not Place.DID or text.split()[0].casefold() in _SAME_TODAY
        if unsure and hangs_on_another(answer, start, end, told=_tells(text)):
            continue
        weight = _weight(text)
        if weight <= 0:
            continue
        value = (
            weight
            - _trifling(text)
            + {Place.DID: 1.6, Place.THING: 1.0, Place.SAID: 0.0}[place]
            - 0.25 * max(0, count - 5)
        )
        if place is Place.SAID:
            value -= 1.0 if count < 3 else 0.0
            value -= 0.0 if is_clause else 1.0
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


def _is_free(text: str, start: int, end: int, private: tuple[Spared, ...]) -> bool:
    """True for words outside every part to be spared, in the script that the rules know words of."""
    latin = all(not char.isalpha() or char < "\u0250" or "\u1e00" <= char < "\u1f00" for char in text)
    return latin and not touches(private, start, end)


def _weight(text: str) -> float:
    """How much a phrase says: its words that are neither light nor only about time."""
    words = [match.group().casefold() for match in WORD.finditer(text)]
    heavy = [word for word in words if word not in LIGHT and word not in _TIME and not word[0].isdigit()]
    if not heavy:
        return 0.0
    pronouns = sum(word in {"it", "him", "her", "them", "that", "this", "my", "me", "us", "our"} for word in words)
    return min(len(heavy), 3) + (0.4 if any(word[0].isdigit() for word in words) else 0.0) - 0.3 * pronouns


def _trifling(text: str) -> float:
    """What a deed loses that only leads up to another: `took the guest list` before `counted the guests outside`."""
    return 1.2 if leads_up(text) else 0.0


def leads_up(text: str) -> bool:
    """True for a deed that is only the way to another one."""
    verb = re.sub(r"^(?:i|we)\s+", "", text, flags=re.I).split()[:1]
    return bool(verb) and verb[0].casefold() in _TRIFLES


def _any_words(answer: str, private: tuple[Spared, ...]) -> tuple[Quote, ...]:
    """Beginnings of clauses that end well: a plain stand-in when nothing better was found."""
    found = []
    for start, stop in beginnings(answer):
        text = answer[start:stop]
        if (
            not _IDLE.match(text)
            and not re.search(r"[,;:]", text)
            and is_safe(text)
            and _weight(text) > 0
            and _is_free(text, start, stop, private)
            and not hangs_on_another(answer, start, stop, told=True)
        ):
            found.append(Quote(Span(Source.ANSWER, text, start, stop), Place.SAID))
    return tuple(found[:6])
