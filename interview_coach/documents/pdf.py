"""PDF -> text by pypdf. Runs only in the child process: pypdf has no time limit of its own."""

import logging
import re
import time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from interview_coach.documents.columns import unweave
from interview_coach.documents.limits import Limits
from interview_coach.documents.problems import Stop

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_ICON_FONT = re.compile(
    r"awesome|material.?(icon|symbol)|icomoon|entypo|academicons|simple.?icons|glyphicons|ionicons|feather|"
    r"fa-(solid|brands|regular)|marvosym|typicons|foundation-icons",
    re.IGNORECASE,
)
_LIGATURE = re.compile(r"/([A-Za-z])_([A-Za-z])(?:_([A-Za-z]))?(?!_)")
"""A glyph name that stands for its letters, by the naming rule for composed glyphs (`f_f_i`)."""
_MAX_FIELDS = 500
_CHEAP_SECONDS = 0.2
"""CPU time of one look at a page, above which there is no second look."""


def pdf_text(data: bytes, limits: Limits) -> str:
    """Text of all pages, then what was typed into form fields. Raises `Stop`, or anything that pypdf raises."""
    logging.disable(logging.CRITICAL)  # its warnings quote the document
    reader = _opened(data)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Stop("locked")
    count = _page_count(reader)
    if count > limits.pages:
        raise Stop("pages", count)
    pages: list[str] = []
    size = 0
    for number in range(count):
        try:
            began = time.process_time()
            page = page_text(reader.pages[number])
            page = _in_columns(reader.pages[number], page, time.process_time() - began)
        except MemoryError:
            raise
        except Exception:  # noqa: S112 - one damaged page must not cost the others
            continue
        pages.append(_without_number(page, number + 1))
        size += len(pages[-1])
        if size > limits.characters:
            raise Stop("text")
    if count and not pages:
        raise Stop("broken")
    return "\n\n".join(filter(None, (*pages, _fields(reader, "\n".join(pages)))))


def _opened(data: bytes) -> "PdfReader":
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        return PdfReader(BytesIO(data), strict=False)
    except PyPdfError:
        # Cut off at the end: a start that points nowhere makes pypdf search for the objects instead.
        return PdfReader(BytesIO(data + b"\nstartxref\n0\n%%EOF\n"), strict=False)


def _page_count(reader: "PdfReader") -> int:
    try:
        return len(reader.pages)
    except RecursionError as error:
        raise Stop("broken") from error


def page_text(page: "PageObject") -> str:
    """Text of one page in the order of its content stream, without icons drawn as letters of an icon font."""
    pieces: list[str] = []

    def visit(text: str, _cm: Any, _tm: Any, font: Any, _size: Any) -> None:
        if text:
            is_icon = font is not None and _ICON_FONT.search(str(font.get("/BaseFont", "")))
            pieces.append("\n" if is_icon and text.endswith("\n") else " " if is_icon else text)

    page.extract_text(visitor_text=visit)
    text = _LIGATURE.sub(lambda name: "".join(filter(None, name.groups())), "".join(pieces))
    lines = [line.strip() for line in text.split("\n")]
    return "\n".join(filter(None, lines))


def _in_columns(page: "PageObject", plain: str, seconds: float) -> str:
    """Woven columns taken apart, where that is cheap to find out."""
    if seconds > _CHEAP_SECONDS or plain.count("\n") < 4:
        return plain
    try:
        return unweave(plain, page.extract_text(extraction_mode="layout", layout_mode_space_vertically=False))
    except MemoryError:
        raise
    except Exception:
        # The second look is a favour; the first has the text.
        return plain


def _without_number(page: str, number: int) -> str:
    """Without a last line that only counts the pages."""
    lines, _, last = page.rpartition("\n")
    counts = re.fullmatch(
        r"(?:page|seite|p\.)?[ ]?(\d{1,3})(?:[ ]?(?:/|of|von)[ ]?\d{1,3})?", last.strip(), re.IGNORECASE
    )
    return lines if counts and int(counts[1]) == number else page


def _fields(reader: "PdfReader", seen: str) -> str:
    """Values of form fields that the pages do not show already."""
    values = (reader.get_form_text_fields() or {}).values()
    texts = [str(value).strip() for value in list(values)[:_MAX_FIELDS] if isinstance(value, str)]
    return "\n".join(text for text in dict.fromkeys(texts) if text and text not in seen)
