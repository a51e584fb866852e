"""Sentences that are nothing but politeness: a greeting, thanks, nerves, the hope to have answered.

They turn to whoever listens, as words to the marker do, and ask for nothing. So they are known by their whole form and
by having no word of marks in them; anything more than that is weighed like any other sentence.
"""

import re
from collections.abc import Iterator

_SENTENCE = re.compile(r"[^.!?;\n]+")
_LONGEST = 120
"""Characters of a polite sentence."""
_POLITE = re.compile(
    r"^\W*(?:(?:well|so|ok|okay|yes|hi|hello|oh|and|but|sorry|anyway|first of all"
    r"|good (?:morning|afternoon|evening))\W+)*"
    r"(?:(?:many )?(?:thank you|thanks)(?: (?:very|so) much)?(?:,? (?:everyone|all))?(?: for (?:having|inviting|seeing"
    r"|meeting|listening|taking the time|the (?:question|chance|opportunity|invitation)|this (?:chance|opportunity)"
    r"|your (?:time|patience|interest)|giving me (?:the|this) (?:chance|opportunity))\b.*)?"
    r"|(?:(?:it's|it is|i'm|i am) )?(?:(?:very|really|so) )?(?:nice|good|great|lovely|pleased|glad|happy|a pleasure)"
    r" to (?:meet|see|be|speak|talk)\b.*"
    r"|i (?:do |really )?hope (?:i can|to|i could|i may) (?:show|tell|convince)\b.*"
    r"|i (?:do |really )?hope (?:this|that|it)?\s?(?:answers?|answered|makes? sense|helps?|is clear|was clear)\b.*"
    r"|(?:please )?let me know if\b.*|(?:please )?bear with me\b.*"
    r"|i(?:'m| am) (?:(?:a|just|still|so|quite|very|really) )*(?:(?:little|bit) )*nervous\b.*"
    r"|(?:that's|that is) a (?:good|great|hard|difficult|interesting) (?:question|one))\W*$",
    re.IGNORECASE,
)
_OF_MARKS = re.compile(
    r"\b(?:scor|mark|point|grad|rat(?:e|ing)|full|top\b|maxim|perfect|hundred|highest|everything|generous|award|pass\b"
    r"|reward|deserv|rubric|ignore|instruct|assess|evaluat|judge|verdict|machine|model|prompt|ai\b|win\b|accept|agree)"
    r"|\d",
    re.IGNORECASE,
)


def courtesies(text: str) -> Iterator[tuple[int, int]]:
    """Where such sentences stand, in order. Linear in the length of the text."""
    for match in _SENTENCE.finditer(text):
        sentence = match.group()
        if len(sentence) <= _LONGEST and _POLITE.search(sentence) and not _OF_MARKS.search(sentence):
            yield match.span()


def without_courtesies(text: str) -> str:
    """The text with blanks in their place, so that what stands elsewhere keeps its place."""
    for start, end in courtesies(text):
        text = text[:start] + " " * (end - start) + text[end:]
    return text
