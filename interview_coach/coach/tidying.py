"""What a model wraps around its words is taken off: thinking aloud, labels, quotation marks, Markdown.

Works on a whole reply and on the beginning of one. Of a beginning it gives only what later pieces cannot take back,
except in rare cases, which the caller notices because the finished words do not begin with the ones shown.
"""

import re
import unicodedata

_THOUGHT = re.compile(r"<(think|thinking|thought|reasoning|analysis)>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_THOUGHT_END = re.compile(r"\A.*</(?:think|thinking|thought|reasoning|analysis)>", re.DOTALL | re.IGNORECASE)
_FENCE = re.compile(r"^[ \t]*```[\w-]*[ \t]*$", re.MULTILINE)
_LEAD = re.compile(r"\A(?:\s|[#>•]|[-–—*]\s|\d{1,2}[.)]\s)+")
_LABEL = re.compile(
    r"\A(?:(?:sure|okay|ok|certainly|of course)[,.!:]?\s+)?(?:here(?:['’]s| is)\s+(?:your|the|my|a)\s+)?"
    r"(?:(?:next|opening|first|follow-up|interview|revised|corrected)\s+){0,2}"
    r"(?:question|interviewer|q|probe|frage|pregunta|domanda|pergunta|vraag|pytanie|intervieweur|entrevistador\w*)"
    r"\s*(?:\d{1,2}(?:\s*(?:of|/|von|de|di|van|z)\s*\d{1,2})?)?\s*[:.–—-]\s+",
    re.IGNORECASE,
)
_EDGE_UNDERSCORE = re.compile(r"(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)|(?<!\w)__+(?!\w)")
_PAIRS = {'"': '"', "“": "”", "„": "“”", "«": "»", "‘": "’", "'": "'", "「": "」"}
_THOUGHT_OPENING = re.compile(r"<[/\w]{0,10}\Z")


def tidy(raw: str, *, finished: bool = True) -> str:
    """The bare words of a reply. Empty while a beginning does not show yet where they start."""
    text = _THOUGHT.sub(" ", raw)
    text = _THOUGHT_END.sub(" ", text)
    if not finished:
        text = _THOUGHT_OPENING.sub("", text)
    text = _FENCE.sub(" ", text)
    text = "".join(_plain(char) for char in text).replace("*", "").replace("`", "")
    text = _EDGE_UNDERSCORE.sub("", text)
    text = " ".join(text.split())
    for _ in range(3):
        bare = _LABEL.sub("", _LEAD.sub("", text), count=1)
        bare = _unquoted(bare, finished=finished)
        if bare == text:
            break
        text = bare
    return text


def _plain(char: str) -> str:
    kind = unicodedata.category(char)
    if kind == "Cc":
        return " " if char.isspace() else ""
    return "" if kind in {"Cf", "Cs", "Co", "Cn"} and char not in "\u200c\u200d" else char


def _unquoted(text: str, *, finished: bool) -> str:
    """Without the quotation marks around the whole. A beginning inside such marks is held until they close."""
    if not text or text[0] not in _PAIRS:
        return text
    if text[0] in "'‘":  # the closing mark is also an apostrophe: only the end of the whole tells them apart
        return text if finished and text[-1] not in "'’" else text[1:-1].strip() if finished else ""
    close = next((at for at, char in enumerate(text[1:], 1) if char in _PAIRS[text[0]]), None)
    if close is None:
        return text[1:].lstrip() if finished else ""
    if close == len(text) - 1:
        return text[1:-1].strip() if finished else ""
    return text
