"""Which words of an answer may be said back to the person."""

import re
from collections.abc import Sequence

from interview_coach.coach.rules.checks import touches_protected_topic
from interview_coach.coach.rules.wordlists import wordset
from interview_coach.domain.evidence import Source, Span
from interview_coach.domain.reading import Reading

_CONTACT = re.compile(
    r"@|https?:|www\.|\b[\w-]+\.(?:com|org|net|io|de|uk|gov|edu|dk|fr|info)\b|\d[\d\s().+/-]{6,}\d|"
    r"\b\d+\s+\w+\s+(?:street|st\.|road|rd\.|avenue|lane)\b|\b(?:linkedin|github|telephone|phone number|e-?mail address)\b",
    re.I,
)
_MACHINE = re.compile(
    r"\b(?:ignore|disregard|forget|override|instructions?|prompts?|system message|rubric|scores?|points|marks|grade|you are now|"
    r"act as|pretend|assistant|language model|chatgpt|gpt|gemini|jailbreak|developer mode|hire me|strong_hire|respond with|"
    r"reply with|output|repeat after|full credit|interviewer)\b",
    re.I,
)
_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override) (?:all|any|the|your|previous|prior|everything|above)\b|\bsystem (?:prompt|message)\b|"
    r"\byou are now\b|\b(?:give|award) (?:me|this candidate|full)\b|\bas an ai\b|\blanguage model\b.{0,30}\b(?:must|should|reply)\b|"
    r"\bstrong_hire\b|<\s*/?\s*(?:script|system|img|iframe)",
    re.I,
)
_ABUSE = re.compile(
    r"\b(?:fuck\w*|shit\w*|bitch\w*|bastard\w*|asshole\w*|idiot\w*|stupid\w*|moron\w*|crap|damn|wtf|hate you|shut up|dumb)\b",
    re.I,
)
_MARKUP = re.compile(r"[<>{}\[\]|\\`#*_=“”\"?!\n\r\t\u202a-\u202e\u2066-\u2069]|\.\s")
_EDGE = wordset(
    """a an the and or but so of to in on at for from by with as into about than that which who is are was were
    be been it i my our we they he she you your its this then there if when because very really just had has
    have not would could will can did do also some"""
)
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*%?")
SHORTEST, LONGEST = 2, 7
"""Words of a quote."""


def is_safe(text: str) -> bool:
    """True when repeating the words can neither harm, expose nor obey anything."""
    return not any(pattern.search(text) for pattern in (_CONTACT, _MACHINE, _ABUSE, _MARKUP)) and not (
        touches_protected_topic(text)
    )


def is_nameable(text: str) -> bool:
    """True when words of an ad or a CV may stand in a question: looser than `is_safe`, since ads speak of scores."""
    return not (_CONTACT.search(text) or _ORDER.search(text) or touches_protected_topic(text))


def quotable(answer: str, reading: Reading) -> tuple[Span, ...]:
    """Phrases of the answer that may be quoted, best first; empty when nothing was really said."""
    if not reading.is_substantive:
        return ()
    found = [
        span
        for span in reading.phrases
        if SHORTEST <= len(span.text.split()) <= LONGEST and span.is_in(answer) and is_safe(span.text)
    ]
    return tuple(found) or _windows(answer)


def _windows(answer: str) -> tuple[Span, ...]:
    """Two to five words in a row that begin and end with a word of weight: a plain stand-in when no phrase was found."""
    tokens = list(_WORD.finditer(answer))
    found = []
    for size in (4, 3, 5, 2):
        for first, last in zip(tokens, tokens[size - 1 :], strict=False):
            text = answer[first.start() : last.end()]
            edges = {first.group().casefold(), last.group().casefold()}
            if edges & _EDGE or "," in text or ";" in text or ":" in text or not is_safe(text):
                continue
            found.append(Span(Source.ANSWER, text, first.start(), last.end()))
    return tuple(found[:6])


def shortest_first(spans: Sequence[Span], enough: int) -> tuple[Span, ...]:
    """The order kept, but phrases of more than `enough` words come last: they leave little room for the question."""
    return tuple(sorted(spans, key=lambda span: len(span.text.split()) > enough))
