"""Material from outside, fenced off so that a model can tell it from what we ask.

A fence carries a nonce that is new for every request. Whoever wrote the material could not know it, so the material
cannot close its own fence; and should it hold the nonce all the same (a nonce read off an earlier screen, a test), the
nonce is taken out of the material.
"""

import re
import unicodedata

_KEPT_CONTROLS = frozenset("\n\t")
_KEPT_FORMATS = frozenset("\u200c\u200d")
"""Joiners that Persian, Indian scripts and others need; every other format character can hide text from a reader."""


def visible(text: str) -> str:
    """`text` without control, bidirectional and other invisible characters: a model must not read what a person cannot
    see."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        char
        for char in text
        if char in _KEPT_CONTROLS
        or char in _KEPT_FORMATS
        or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )


def fence(name: str, text: str, nonce: str) -> str:
    """A block that says its name and ends where we say. `name` is a word of ours, never one from outside."""
    inside = visible(text).replace("<<", "‹‹").replace(">>", "››")
    inside = re.sub(re.escape(nonce), "·", inside, flags=re.IGNORECASE)
    return f"<<data {nonce} {name}>>\n{inside.strip()}\n<<end {nonce}>>"
