"""Filler words in a verbatim transcript: sounds and phrases that are nothing else.

`like`, `so` and `well` are ordinary words most of the time, so they are not counted: a figure that blames somebody for
"I like the work" would be worse than one that misses a few.
"""

import re

_SOUNDS = {"uh": "u+h+", "erm": "e+rm+", "hm": "h+m+", "mm": "m{2,}", "ah": "a+h+", "eh": "e+h+"}
"""In every language: as it is shown -> pattern of a whole word in lower case. "um" is a word in German and Portuguese,
"er" in German."""

_UM = {"um": "u+h?m+"}
_OF_LANGUAGE = {
    "en": _UM
    | {
        "er": "e+r+",
        "you know": "you know(?! (?:how|what|who|that|the|a|if|why|when|where))",
        "I mean": "i mean(?! (?:it|that))",
    },
    "de": {"äh": "ä+h+|ae+h+", "ähm": "ä+h?m+|ae+h?m+", "öh": "ö+h+", "ehm": "e+hm+", "halt so": "halt so"},
    "es": _UM | {"em": "e+m+", "o sea": "o sea", "eeh": "e{2,}h*"},
    "fr": _UM | {"euh": "e+u+h+", "heu": "h+e+u+", "hum": "h+u+m+", "tu vois": "tu vois(?! (?:le|la|les|que|ce))"},
}


def _compiled(language: str) -> dict[str, re.Pattern[str]]:
    every = _SOUNDS | _OF_LANGUAGE.get(language, {})
    return {shown: re.compile(rf"(?<![\w'’-])(?:{pattern})(?![\w'’-])") for shown, pattern in every.items()}


_PATTERNS = {language: _compiled(language) for language in ("", *_OF_LANGUAGE)}


def fillers_of(text: str, language: str) -> dict[str, int]:
    """Filler word -> how often, most frequent first. `language` is a BCP 47 tag; sounds are counted in any language."""
    base = language.lower().split("-")[0]
    lower = " ".join(text.lower().split())
    counts: dict[str, int] = {}
    for shown, pattern in _PATTERNS.get(base, _PATTERNS[""]).items():
        lower, counts[shown] = pattern.subn(" | ", lower)
    return dict(
        sorted(((shown, count) for shown, count in counts.items() if count), key=lambda item: (-item[1], item[0]))
    )
