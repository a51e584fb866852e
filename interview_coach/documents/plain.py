"""Bytes of a text file -> str, when nobody says which encoding it is."""

import codecs

from interview_coach.documents.limits import Limits
from interview_coach.documents.messages import problem

_SAMPLE = 65_536
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose little-endian mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAX_CONTROLS = 0.02
"""Share of control bytes above which a file is not text; random bytes have 0.11."""
_MAX_FOREIGN = 0.4
"""Share of non-ASCII among letters above which a one-byte file is in an alphabet that cp1252 would turn into junk."""


def decode(data: bytes, limits: Limits) -> str:
    """Text of the file. Raises `Unreadable` for binary data and for encodings that cannot be told apart, `TooLarge`
    before decoding what cannot fit anyway."""
    if len(data) > 4 * limits.characters + 4:  # no Unicode encoding needs more than four bytes each
        raise problem("text", limits)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _textual(data.decode(encoding, "replace"), limits)
    if wide := _wide(data[:_SAMPLE]):
        return _textual(data.decode(wide, "replace"), limits)
    try:
        return _textual(data.decode("utf-8"), limits)
    except UnicodeDecodeError:
        pass
    text = "".join(_one_byte(data))
    letters = sum(character.isalpha() for character in text)
    foreign = sum(character.isalpha() and not character.isascii() for character in text)
    if foreign > _MAX_FOREIGN * letters:
        raise problem("garbled", limits)
    return _textual(text, limits)


def _one_byte(data: bytes) -> list[str]:
    """cp1252, with latin-1 for the five bytes that it leaves undefined."""
    try:
        return [data.decode("cp1252")]
    except UnicodeDecodeError:
        return [bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data]


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark shows as NUL in every other byte of Latin text."""
    half = len(sample) // 2
    if half < 2:
        return None
    first = sample[0::2].count(0) / half
    second = sample[1::2].count(0) / half
    if second > 0.5 and first < 0.05:
        return "utf-16-le"
    if first > 0.5 and second < 0.05:
        return "utf-16-be"
    return None


def _textual(text: str, limits: Limits) -> str:
    controls = sum((character < " " and character not in "\t\n\r\f") or character == "\ufffd" for character in text)
    if controls > _MAX_CONTROLS * len(text):
        raise problem("kind", limits)
    return text
