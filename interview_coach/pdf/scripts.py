"""What a character needs to be printed: is it anything visible, must it be shaped, which kind of font has it."""

import unicodedata

JOINERS = "\u200c\u200d"
"""Invisible, but they decide which form the letters beside them take."""
_SHAPED = (
    (0x0590, 0x109F),  # Hebrew, Arabic, Syriac, Thaana, N'Ko, the scripts of India, Thai, Lao, Tibetan, Burmese
    (0x1780, 0x17FF),  # Khmer
    (0xFB1D, 0xFDFF),
    (0xFE70, 0xFEFC),
)
_WIDE = (
    (0x1100, 0x11FF),  # Hangul letters
    (0x2E80, 0x9FFF),  # radicals, kana, ideographs
    (0xA960, 0xA97F),
    (0xAC00, 0xD7FF),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE4F),
    (0xFF00, 0xFFEF),
    (0x20000, 0x3FFFF),
)
_PICTURES = ((0x1F000, 0x1FAFF), (0x2600, 0x27BF), (0x2B00, 0x2BFF), (0x2300, 0x23FF))
_NOT_AT_THE_START = "、。，．・：；？！）］｝〉》」』】〕ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"


def _within(character: str, ranges: tuple[tuple[int, int], ...]) -> bool:
    code = ord(character)
    return any(first <= code <= last for first, last in ranges)


def needs_shaping(text: str) -> bool:
    """True when letters change form, move or combine beside each other."""
    return any(_within(c, _SHAPED) or unicodedata.combining(c) or c in JOINERS for c in text)


def is_wide(character: str) -> bool:
    """Written without spaces: a line may end behind any of these."""
    return _within(character, _WIDE)


def is_picture(character: str) -> bool:
    """Emoji and other small pictures."""
    return _within(character, _PICTURES)


def may_begin_line(character: str) -> bool:
    return character not in _NOT_AT_THE_START


def is_rtl(text: str) -> bool:
    """True when any of it is written from right to left."""
    return any(unicodedata.bidirectional(c) in ("R", "AL", "AN") for c in text)


def printable(text: str) -> str:
    """The text without what has no shape: control characters, direction and style switches, half characters.

    Line ends stay. Direction switches go because a hidden one makes a line read otherwise than it was written.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
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
