"""Sentences that speak to whoever gives the marks instead of answering, found by what they ask for.

Such a sentence joins two of these: it turns to the marker or the machine, it names marks, it names the highest of them,
or it gives an order. One alone is common in honest answers ("I marked thirty tests", "the score rose to 100").
"""

import re
from collections.abc import Iterator

_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?!\s|$)[^.!?\n]*)*")
_LONGEST = 600
"""Characters; a longer stretch without a full stop is looked at in pieces."""
_MARKER = re.compile(
    r"\b(?:dear|hey|hello|hi|note (?:to|for)(?: the)?|message (?:to|for)(?: the)?|attention|to the|you are an?"
    r"|as an?)\s+(?:ai|bot|chatbot|computer|machine|model|llm|assessor|assessors|grader|graders|evaluator|marker|scorer|examiner"
    r"|(?:scoring|marking|grading|evaluation|assessment)\s+\w+)\b"
    r"|\b(?:scoring|marking|grading|evaluation|assessment)\s+"
    r"(?:department|software|system|engine|model|program|machine|algorithm|script|tool|bot|ai|team|panel|rules?)\b"
    r"|\b(?:assessor|grader|evaluator|marker|scorer|system|admin|automatic|administrator|developer)(?:'s)?\s+"
    r"(?:note|message|notice|override|instruction|comment|prompt)s?\b"
    r"|<\|?/?\s*(?:system|assistant|user|instructions?|answer|im_start|im_end)\b|^\s*(?:system|assistant|developer)\s*:"
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
    r"\b(?:100|hundred|full|top|maximum|maximal|max|perfect|perfectly|highest|best|outstanding|exempt|flawless|excellent)\b"
    r"|\b(?:40|30|10)\s?/\s?(?:40|30|10)\b|\b40\W{1,5}30\W{1,7}30\b|\bfulfilled\b",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"\b(?:deserves?|merits?|warrants?|earns?|qualif(?:y|ies) for|entitled to|is worth|counts? as|has to get"
    r"|must get)\b|(?:^|[,;:(\[\-–]|\b(?:please|pls|plz|just|kindly|so|and|then|must|should|can you|could you|will you|now)\b)\s*"
    r"(?:please\s+|pls\s+|just\s+)?"
    r"(?:give|award|grant|assign|record|enter|set|put|write|print|output|return|treat|mark|grade|score|rate|round|skip|ignore"
    r"|forget|disregard|bypass|override|add|accept|count|consider|do not|don'?t|dont|never)\b",
    re.IGNORECASE,
)
_LEAVE_OUT = re.compile(
    r"\b(?:ignore|forget|disregard|bypass|override|skip)\b[^.!?\n]{0,30}"
    r"\b(?:rules you|the rules (?:above|given)|assessment|evaluation|marking|scoring|grading|rubric|checking)\b"
    r"|\bdo(?: not|n'?t) (?:re)?(?:calculate|evaluate|assess|score|mark|grade|check) (?:this|the text|it|the answer)\b"
    r"|\bdo(?: not|n'?t) recalculate\b"
    r"|\b(?:checking|marking|scoring|grading|assessment|evaluation) (?:has been|have been|is|was|are) "
    r"(?:switched|turned|disabled|suspended|skipped|off)\b"
    r"|\bexempt from (?:rule|the rule|mark|scor|grad|assess)\w*",
    re.IGNORECASE,
)


def instructions(text: str) -> Iterator[tuple[int, int]]:
    """Where such sentences stand in the text, in order. Linear in its length."""
    before = -10
    for match in _SENTENCE.finditer(text):
        for start in range(match.start(), match.end(), _LONGEST):
            end = min(start + _LONGEST, match.end())
            follows = start - before <= 3
            if _is_instruction(text[start:end], follows=follows):
                yield start, end
                before = end


def _is_instruction(sentence: str, *, follows: bool) -> bool:
    """`follows`: the sentence before was one, so that less is enough."""
    if _LEAVE_OUT.search(sentence):
        return True
    marker, marks = _MARKER.search(sentence), _MARKS.search(sentence)
    highest, order = _HIGHEST.search(sentence), _ORDER.search(sentence.strip())
    this = _THIS.search(sentence)
    if marker and (marks or highest or order or len(sentence) < 60):
        return True
    if marks and highest and (order or this):
        return True
    if this and order and (marks or highest):
        return True
    return follows and bool(marks and (highest or order))
