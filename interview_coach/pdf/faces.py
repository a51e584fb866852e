"""Which font prints a character: ours, else one of this computer, looked for only when ours lacks a character."""

import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from interview_coach.pdf.scripts import is_picture, is_wide

FOLDER = Path(__file__).resolve().parent / "fonts" / "dejavu-2.37"
REGULAR, BOLD = FOLDER / "DejaVuSans.ttf", FOLDER / "DejaVuSans-Bold.ttf"

_WIDE = (
    "NotoSansCJK-Regular.ttc", "NotoSansCJKsc-Regular.otf", "NotoSansSC-Regular.otf", "NotoSansSC-Regular.ttf",
    "SourceHanSansSC-Regular.otf", "wqy-microhei.ttc", "DroidSansFallbackFull.ttf", "DroidSansFallback.ttf",
    "msyh.ttc", "simsun.ttc", "msgothic.ttc", "malgun.ttf", "Hiragino Sans GB.ttc", "Arial Unicode.ttf",
)  # fmt: skip
_PICTURES = (
    "NotoEmoji-Regular.ttf",
    "NotoEmoji.ttf",
    "Symbola.ttf",
    "Symbola_hint.ttf",
    "seguiemj.ttf",
    "seguisym.ttf",
)
_OTHERS = (
    "NotoSansDevanagari-Regular.ttf", "NotoSansBengali-Regular.ttf", "NotoSansTamil-Regular.ttf",
    "NotoSansTelugu-Regular.ttf", "NotoSansGujarati-Regular.ttf", "NotoSansGurmukhi-Regular.ttf",
    "NotoSansKannada-Regular.ttf", "NotoSansMalayalam-Regular.ttf", "NotoSansSinhala-Regular.ttf",
    "NotoSansThai-Regular.ttf", "NotoSansKhmer-Regular.ttf", "NotoSansMyanmar-Regular.ttf",
    "NotoSansEthiopic-Regular.ttf", "NotoSansSymbols-Regular.ttf", "NotoSansSymbols2-Regular.ttf",
    "FreeSans.ttf", "Arial Unicode.ttf", "Nirmala.ttf", "LeelawUI.ttf",
)  # fmt: skip


def candidates(character: str) -> tuple[str, ...]:
    """File names of fonts that may have a character, the likeliest first."""
    if is_wide(character):
        return _WIDE
    return _PICTURES if is_picture(character) else _OTHERS


def _folders() -> Iterator[Path]:
    if sys.platform == "win32":
        yield Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
    elif sys.platform == "darwin":
        yield from (Path("/System/Library/Fonts"), Path("/Library/Fonts"))
    else:
        yield from (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))


@cache
def installed() -> dict[str, Path]:
    """File name -> font of this computer, of those that we know by name."""
    known = {*_WIDE, *_PICTURES, *_OTHERS}
    found: dict[str, Path] = {}
    for folder in _folders():
        for place, _, names in os.walk(folder):
            found |= {name: Path(place) / name for name in names if name in known and name not in found}
    return found
