"""Letters for a document: which font prints a character, how wide a text is, and what no font can print."""

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.fonts import TTFFont

from interview_coach.pdf.faces import BOLD, EMOJI, REGULAR, Face, candidates
from interview_coach.pdf.scripts import JOINERS, clings, is_emoji, needs_shaping

MISSING = "□"
"""Stands for a character that no font here has."""
_PLAIN, _BOLD = "paper", "paperB"


class Typecase:
    """Fonts of one document. `borrow` allows those of this computer, `shape` the shaping engine."""

    def __init__(self, document: FPDF, *, borrow: bool = True, shape: bool = True, cjk: int = 0) -> None:
        self.missing: dict[str, int] = {}
        """Characters that could not be printed, in order, and how often."""
        self._document = document
        self._borrow = borrow
        self._cjk = cjk
        self.shape = shape and find_spec("uharfbuzz") is not None
        self._face_of: dict[tuple[str, bool], str] = {}
        self._broken: set[str] = set()
        self._letters: dict[tuple[str, str], float] = {}
        self._shaped: dict[tuple[str, str], float] = {}
        document.add_font(_PLAIN, "", REGULAR)
        document.add_font(_PLAIN, "B", BOLD)

    def close(self) -> None:
        """Closes the files."""
        for font in self._document.fonts.values():
            if isinstance(font, TTFFont):
                font.close()

    def style_of(self, face: str) -> tuple[str, str]:
        """Family and style by which the document selects a font."""
        return (_PLAIN, "B") if face == _BOLD else (face, "")

    def _font(self, face: str) -> TTFFont:
        font = self._document.fonts[face]
        assert isinstance(font, TTFFont)
        return font

    def _has(self, face: str, character: str) -> bool:
        return ord(character) in self._font(face).cmap

    def _face(self, character: str, bold: bool) -> str:
        """Key of a font that has the character; empty when there is none."""
        key = (character, bold)
        if key not in self._face_of:
            self._face_of[key] = self._look_up(character, bold)
        return self._face_of[key]

    def _look_up(self, character: str, bold: bool) -> str:
        own = _BOLD if bold else _PLAIN
        if is_emoji(character) and self._opened(Face(EMOJI)) and self._has(Face(EMOJI).key, character):
            return Face(EMOJI).key  # all of them from one hand, though the text font has some
        if character == " " or self._has(own, character):
            return own
        if self._has(_PLAIN, character):
            return _PLAIN
        if character in JOINERS:
            return ""
        for face in candidates(character, self._cjk, borrow=self._borrow):
            if self._opened(face) and self._has(face.key, character):
                return face.key
        return ""

    def _opened(self, face: Face) -> bool:
        if face.key in self._document.fonts:
            return True
        if face.key in self._broken:
            return False
        try:
            with face.path.open("rb") as file, TTFont(file, fontNumber=face.number, lazy=True):
                pass  # a file that is no font is found here, where it is closed again
            self._document.add_font(face.key, "", face.path, collection_font_number=face.number)
        except Exception:  # a font of somebody else's computer can be broken in any way; we can do without it
            self._broken.add(face.key)
            return False
        return True

    def drawn(self, text: str, bold: bool) -> str:
        """The text, with a box where no font has a character."""
        if text.isascii():
            return text
        return "".join(self._drawn(character, bold) for character in text)

    def _drawn(self, character: str, bold: bool) -> str:
        if character == "\n" or character in JOINERS or self._face(character, bold):
            return character
        self.missing[character] = self.missing.get(character, 0) + 1
        return MISSING

    def parts(self, text: str, bold: bool) -> list[tuple[str, str]]:
        """(font, text): neighbours in one font together. What clings to a character stays with it."""
        if text.isascii():
            return [(_BOLD if bold else _PLAIN, text)] if text else []
        found: list[tuple[str, str]] = []
        for character in text:
            own = self._face(character, bold)
            follows = clings(character) or (character == " " and bool(found) and found[-1][0] != Face(EMOJI).key)
            if found and (follows or found[-1][0] == own) and (not follows or self._has(found[-1][0], character)):
                found[-1] = (found[-1][0], found[-1][1] + character)
            elif own:
                found.append((own, character))
        return found

    def width(self, face: str, text: str) -> float:
        """Width at size 1."""
        if not self.shape or not needs_shaping(text):
            return sum(self._letter(face, character) for character in text)
        key = (face, text)
        if key not in self._shaped:
            font = self._font(face)
            shaping: dict[str, Any] = {"use_shaping_engine": True, "features": {}, "direction": None}
            shaping |= {"script": None, "language": None, "fragment_direction": None, "paragraph_direction": None}
            self._shaped[key] = font.get_text_width(text, 100, shaping)[1] / 100
        return self._shaped[key]

    def _letter(self, face: str, character: str) -> float:
        key = (face, character)
        if key not in self._letters:
            self._letters[key] = self._font(face).get_text_width(character, 100, None)[1] / 100
        return self._letters[key]

    def width_of(self, text: str, size: float, bold: bool = False) -> float:
        """Width of a text in whichever fonts it takes, in points."""
        return size * sum(self.width(face, part) for face, part in self.parts(text, bold))

    def measure(self, size: float, bold: bool) -> Callable[[str], float]:
        """`width_of` for one size and weight."""
        return lambda text: self.width_of(text, size, bold)
