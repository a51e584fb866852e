"""Sentences that speak to whoever gives the marks instead of answering, found by what they ask for.

Such a sentence joins two of these: it turns to the marker or the machine, it names marks, it names the highest of them,
or it gives an order. One alone is common in honest answers ("I marked thirty tests", "the score rose to 100").
"""

import re
from collections.abc import Iterator

_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?!\s|$)[^.!?\n]*)*")
_LONGEST = 600
"""Characters; a longer stretch without a full stop is looked at in pieces."""
_SHORT = 180
"""Characters of a sentence that is set aside as a whole."""
_MARKER = re.compile(
    r"\b(?:dear|hey|hello|note (?:to|for)(?: the)?|message (?:to|for)(?: the)?|attention|you are an?|as an?)\s+"
    r"(?:ai|bot|chatbot|computer|machine|model|llm|assessors?|graders?|evaluator|marker|scorer|examiner)\b"
    r"|\b(?:scoring|marking|grading)\s+"
    r"(?:department|software|system|engine|model|program|machine|algorithm|script|tool|bot|ai|team|panel|rules?)\b"
    r"|\b(?:assessor|grader|evaluator|scorer|system|admin|automatic|administrator|developer)(?:'s)?\s+"
    r"(?:note|message|notice|override|instruction|prompt)s?\s*[:\]]"
    r"|<\|?/?\s*(?:system|assistant|user|instructions?|answer|im_start|im_end)\b|^\s*(?:system|assistant|developer)\s*:"
    r"|\bwho(?:m|so)?ever (?:reads|marks|grades|checks|scores|assesses|evaluates) this\b"
    r"|\bif you are (?:an? )?(?:ai|bot|machine|language model|llm|computer|reading this)\b"
    r"|\bpretend (?:to be|that you|you)\b|\bsudo\b|\b(?:score|marks?|points|grade)\s*:?=\s*\S"
    r"|\b(?:all|every|other|previous|earlier) (?:candidates?|applicants?|interviewees?) (?:gets?|got|receives?)\b"
    r"|^\W*(?:the|this) (?:candidate|applicant|interviewee) (?:meets|fulfils|fulfills|exceeds|demonstrates|deserves"
    r"|shows|has (?:fully|completely|shown|demonstrated|passed))\b"
    r"|\badministrator of (?:this|the) (?:system|app|site|program|software|tool)\b|\bend of (?:the )?answer\b",
    re.IGNORECASE,
)
_THIS = re.compile(
    r"\b(?:this|my|the above|the following)\s+(?:answer|response|text|reply|submission|item|entry|sentence"
    r"|transcript)\b|\banswers? (?:which|that) contains?\b",
    re.IGNORECASE,
)
_MARKS = re.compile(
    r"\b(?:scores?|scored|scoring|marks?|marked|marking|points?|grades?|graded|grading|ratings?|rated|rubric|criteria"
    r"|criterion|assessment|evaluation|band|deductions?|percent)\b|\b(?:100|40|30|10)\s?/\s?(?:100|40|30|10)\b"
    r"|\b40\W{1,5}30\W{1,7}30\b|%",
    re.IGNORECASE,
)
_HIGHEST = re.compile(
    r"\b(?:100|hundred|full|top|maximum|maximal|max|perfect|perfectly|highest|best|outstanding|exempt|flawless|excellent|greatest)\b"
    r"|\b(?:40|30|10)\s?/\s?(?:40|30|10)\b|\b40\W{1,5}30\W{1,7}30\b|\bfulfilled\b|\b10 out of 10\b|\ba\+(?!\w)",
    re.IGNORECASE,
)
_OPENS = (
    r"(?:^\s*|[,;:(\[\-–]\s*|\b(?:please|pls|plz|just|kindly|so|and|then|can you|could you|will you|you must|now)\s+)"
    r"(?:please\s+|pls\s+|just\s+|now\s+)?"
)
"""Where an order stands: at the start, after a mark, after `please`; not after somebody who did it."""
_ORDER = re.compile(
    r"\b(?:deserves?|merits?|warrants?|earns?|qualif(?:y|ies) for|entitled to|is worth|counts? as|has to get"
    r"|must get)\b"
    rf"|{_OPENS}(?:give|award|grant|assign|record|enter|set|put|write|print|output|return|treat|mark|grade|score|rate"
    r"|round|skip|ignore|forget|disregard|bypass|override|add|accept|count|consider|do not|don'?t|dont|never)\b",
    re.IGNORECASE,
)
_LEAVE_OUT = re.compile(
    rf"{_OPENS}(?:ignore|forget|disregard|bypass|override|skip)\b[^.!?\n]{{0,30}}"
    r"\b(?:rules you|the rules (?:above|given)|assessment|evaluation|marking|scoring|grading|rubric|checking)\b"
    rf"|{_OPENS}do(?: not|n'?t) (?:re-?)?(?:calculate|evaluate|assess|score|mark|grade)\b"
    r"|\b(?:answer|text|response|item|entry) is exempt from\b",
    re.IGNORECASE,
)


def instructions(text: str) -> Iterator[tuple[int, int]]:
    """Where such sentences stand in the text, in order. Linear in its length."""
    before = -10
    for match in _SENTENCE.finditer(text):
        for start in range(match.start(), match.end(), _LONGEST):
            end = min(start + _LONGEST, match.end())
            found = _instruction(text[start:end], follows=start - before <= 3)
            if found is not None:
                yield start + found[0], start + found[1]
                before = end


def _instruction(sentence: str, *, follows: bool) -> tuple[int, int] | None:
    """Where in a sentence it stands: all of a short one, of a long one from the first telling word to the last.

    `follows`: the sentence before was one, so that less is enough.
    """
    places = [match.span() for match in _telling(sentence, follows=follows) if match is not None]
    if not places:
        return None
    if len(sentence) <= _SHORT:
        return 0, len(sentence)
    return min(start for start, _ in places), max(end for _, end in places)


def _telling(sentence: str, *, follows: bool) -> tuple[re.Match[str] | None, ...]:
    """The words that give it away; none when it is no instruction."""
    leave_out = _LEAVE_OUT.search(sentence)
    if leave_out:
        return (leave_out,)
    marker, marks = _MARKER.search(sentence), _MARKS.search(sentence)
    highest, order = _HIGHEST.search(sentence), _ORDER.search(sentence)
    this = _THIS.search(sentence)
    told = (marker, marks, highest, order, this)
    if marker and (marks or highest or order or len(sentence) < _SHORT // 3):
        return told
    if marks and highest and (order or this):
        return told
    if this and order and (marks or highest):
        return told
    return told if follows and marks and (highest or order) else ()
