"""What a character needs to be printed: is it anything visible, must it be shaped, where may a text be cut."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

JOINERS = "\u200c\u200d"
"""Invisible, but they decide which form the letters beside them take."""
_MODIFIERS = "\U0001f3fb-\U0001f3ff"
"""Colours of skin: they change the picture before them."""
_FLAG_LETTERS = "\U0001f1e6-\U0001f1ff"
"""Two of them are one flag."""
_COMBINING = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f"
_SHAPED = re.compile(
    "[\u0590-\u109f"  # Hebrew, Arabic, Syriac, Thaana, N'Ko, the scripts of India, Thai, Lao, Tibetan, Burmese
    "\u1780-\u17ff"  # Khmer
    f"\ufb1d-\ufdff\ufe70-\ufefc{JOINERS}{_COMBINING}{_MODIFIERS}{_FLAG_LETTERS}]"
)
_WIDE = re.compile(
    "[\u1100-\u11ff"  # Hangul letters
    "\u2e80-\u9fff"  # radicals, kana, ideographs
    "\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
)
_SYMBOL = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2300-\u23ff]")
_EMOJI = re.compile("[\U0001f000-\U0001faff]")
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_NOT_AT_THE_START = "、。，．・：；？！）］｝〉》」』】〕ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"


def needs_shaping(text: str) -> bool:
    """True when letters change form, move or combine beside each other."""
    return not text.isascii() and _SHAPED.search(text) is not None


def is_wide(character: str) -> bool:
    """Written without spaces: a line may end behind any of these."""
    return _WIDE.match(character) is not None


def is_symbol(character: str) -> bool:
    """Emoji and other small pictures."""
    return _SYMBOL.match(character) is not None


def is_emoji(character: str) -> bool:
    """Of the pictures, those that belong together in look."""
    return _EMOJI.match(character) is not None


def may_begin_line(character: str) -> bool:
    return character not in _NOT_AT_THE_START


def is_rtl(text: str) -> bool:
    """True when any of it is written from right to left."""
    return not text.isascii() and _RTL.search(text) is not None


@lru_cache(maxsize=4096)
def clings(character: str) -> bool:
    """It is drawn on or in the character before it."""
    if character.isascii():
        return False
    return (
        character in JOINERS
        or unicodedata.category(character) in ("Mn", "Mc", "Me")
        or "\U0001f3fb" <= character <= "\U0001f3ff"
    )


def places_to_cut(text: str) -> Iterator[int]:
    """Places inside the text where a cut takes nothing apart that is seen as one."""
    # Combining class 9: the virama, which melts the letters on both sides of it into one.
    flags = 0
    for place in range(1, len(text)):
        before, here = text[place - 1], text[place]
        flags = flags + 1 if "\U0001f1e6" <= before <= "\U0001f1ff" else 0
        if (
            clings(here)
            or before == "\u200d"
            or unicodedata.combining(before) == 9
            or (flags % 2 and "\U0001f1e6" <= here <= "\U0001f1ff")
        ):
            continue
        yield place


def printable(text: str) -> str:
    """The text without what has no shape: control characters, direction and style switches, half characters.

    Line ends stay. Direction switches go because a hidden one makes a line read otherwise than it was written.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    return "".join(filter(None, (_shown(character) for character in text)))


def _shown(character: str) -> str:
    if character == "\n" or character in JOINERS:
        return character
    kind = unicodedata.category(character)
    if kind == "Cs":
        return "\ufffd"
    if kind == "Zs" or character == "\t":
        return " "
    if kind in ("Cc", "Cf") or 0xFE00 <= ord(character) <= 0xFE0F or 0xE0000 <= ord(character) <= 0xE0FFF:
        return ""
    return character
