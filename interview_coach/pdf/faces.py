"""Which font prints a character: ours, and for writing that fills a whole font, a better one of this computer.

Ours print any living script that many people write; a computer's own fonts are preferred for Chinese, Japanese and
Korean, where ours is plain, and asked for what ours lack.
"""

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from interview_coach.pdf.scripts import is_emoji, is_symbol, is_wide

FOLDER = Path(__file__).resolve().parent / "fonts"
REGULAR, BOLD = FOLDER / "dejavu-2.37" / "DejaVuSans.ttf", FOLDER / "dejavu-2.37" / "DejaVuSans-Bold.ttf"
EMOJI = FOLDER / "noto-emoji-3.006" / "NotoEmoji-Regular.ttf"
WIDE = FOLDER / "droid-6.0.1" / "DroidSansFallback.ttf"
_SCRIPTS = (
    (0x0900, 0x097F, "Devanagari"), (0x0980, 0x09FF, "Bengali"), (0x0A00, 0x0A7F, "Gurmukhi"),
    (0x0A80, 0x0AFF, "Gujarati"), (0x0B00, 0x0B7F, "Oriya"), (0x0B80, 0x0BFF, "Tamil"), (0x0C00, 0x0C7F, "Telugu"),
    (0x0C80, 0x0CFF, "Kannada"), (0x0D00, 0x0D7F, "Malayalam"), (0x0D80, 0x0DFF, "Sinhala"), (0x0E00, 0x0E7F, "Thai"),
    (0x0E80, 0x0EFF, "Lao"), (0x1000, 0x109F, "Myanmar"), (0x1200, 0x139F, "Ethiopic"), (0x1780, 0x17FF, "Khmer"),
    (0x19E0, 0x19FF, "Khmer"), (0xA8E0, 0xA8FF, "Devanagari"),
)  # fmt: skip
_INSTALLED_WIDE = (
    "NotoSansCJK-Regular.ttc", "NotoSansCJKsc-Regular.otf", "NotoSansCJKjp-Regular.otf", "NotoSansSC-Regular.otf",
    "NotoSansSC-Regular.ttf", "SourceHanSansSC-Regular.otf", "wqy-microhei.ttc", "DroidSansFallbackFull.ttf",
    "msyh.ttc", "simsun.ttc", "msgothic.ttc", "malgun.ttf", "Hiragino Sans GB.ttc", "Arial Unicode.ttf",
)  # fmt: skip
_INSTALLED_SYMBOLS = ("NotoSansSymbols2-Regular.ttf", "Symbola.ttf", "Symbola_hint.ttf", "seguisym.ttf")
_INSTALLED_OTHERS = (
    "NotoSansTibetan-Regular.ttf", "NotoSerifTibetan-Regular.ttf", "NotoSansMongolian-Regular.ttf",
    "NotoSansSyriac-Regular.ttf", "NotoSansThaana-Regular.ttf", "NotoSansCherokee-Regular.ttf",
    "NotoSansJavanese-Regular.ttf", "NotoSansAdlam-Regular.ttf", "NotoSansMath-Regular.ttf",
    "NotoSansSymbols-Regular.ttf", "FreeSans.ttf", "Arial Unicode.ttf", "Nirmala.ttf", "LeelawUI.ttf",
)  # fmt: skip
_KANA, _HANGUL = re.compile("[\u3041-\u30fa]"), re.compile("[\uac00-\ud7a3]")


@dataclass(frozen=True, slots=True)
class Face:
    """A font file, and which of the fonts in it."""

    path: Path
    number: int = 0

    @property
    def key(self) -> str:
        """What a document calls it."""
        return f"{self.path.name.lower()} {self.number}"


def own(character: str) -> Face | None:
    """The font of ours for a character that the text font lacks, should there be one."""
    if is_wide(character):
        return Face(WIDE)
    if is_symbol(character):
        return Face(EMOJI)
    code = ord(character)
    for first, last, script in _SCRIPTS:
        if first <= code <= last:
            return Face(FOLDER / "noto-2020.12" / f"NotoSans{script}-Regular.ttf")
    return None


def candidates(character: str, number: int = 0, *, borrow: bool = True) -> Iterator[Face]:
    """Fonts that may have a character, the best first. `number`: of the fonts in a pan-CJK file, as of `cjk_number`."""
    ours = own(character)
    if is_wide(character):
        if borrow:
            yield from (Face(path, number if "CJK" in path.name else 0) for path in _found(_INSTALLED_WIDE))
        yield Face(WIDE)
        return
    if ours is not None:
        yield ours
    if borrow:
        if not is_emoji(character):
            yield from map(Face, _found(_INSTALLED_OTHERS))
        yield from map(Face, _found(_INSTALLED_SYMBOLS))


def cjk_number(text: str) -> int:
    """Which font in a file of fonts for Chinese, Japanese and Korean writes this text the way its readers know it."""
    if _KANA.search(text):
        return 0
    return 1 if _HANGUL.search(text) else 2


def _found(names: tuple[str, ...]) -> Iterator[Path]:
    here = installed()
    return (here[name] for name in names if name in here)


def folders() -> Iterator[Path]:
    """Where this computer keeps its fonts."""
    if sys.platform == "win32":
        yield Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
    elif sys.platform == "darwin":
        yield from (Path("/System/Library/Fonts"), Path("/Library/Fonts"))
    else:
        yield from (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))


@cache
def installed() -> dict[str, Path]:
    """File name -> font of this computer, of those that we know by name."""
    known = {*_INSTALLED_WIDE, *_INSTALLED_SYMBOLS, *_INSTALLED_OTHERS}
    found: dict[str, Path] = {}
    for folder in folders():
        for place, _, names in os.walk(folder):
            found |= {name: Path(place) / name for name in names if name in known and name not in found}
    return found
