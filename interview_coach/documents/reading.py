"""An uploaded file -> clean text, or one sentence that says why not."""

import re
from collections.abc import Callable

from interview_coach.documents.cleaning import clean_extracted, clean_text
from interview_coach.documents.jail import Parsed, parse
from interview_coach.documents.kinds import Kind, kind_of
from interview_coach.documents.limits import DEFAULT_LIMITS, Limits
from interview_coach.documents.lines import tidy_lines
from interview_coach.documents.messages import problem
from interview_coach.documents.plain import decode

_FEWEST_LETTERS = 20
"""A PDF with less than this is a scan with a stamp or a page number on it."""
_LEAST_TEXTUAL = 0.5
"""Share of letters and digits among visible characters; prose and CVs have 0.8 and more."""

Watch = Callable[[Parsed], None]


def read_upload(data: bytes, filename: str, limits: Limits = DEFAULT_LIMITS, *, watch: Watch | None = None) -> str:
    """Clean text of a PDF, DOCX, TXT, Markdown or JSON Resume file.

    Raises `Unreadable`, `Busy` or `TooLarge`, each with a sentence for a person. Takes at most
    `limits.wall_seconds` after a reader is free. `watch` is told what the child process took.
    """
    if len(data) > limits.upload_bytes:
        raise problem("upload", limits)
    if not data.strip(b"\x00 \t\r\n"):
        raise problem("empty", limits)
    kind = kind_of(data, filename, limits)
    text = clean_text(decode(data, limits)) if kind is Kind.TEXT else _from_child(data, kind, limits, watch)
    if len(text) > limits.characters:
        raise problem("text", limits)
    _check(text, kind, limits)
    return text


def _from_child(data: bytes, kind: Kind, limits: Limits, watch: Watch | None) -> str:
    parsed = parse(data, kind, limits)
    if watch:
        watch(parsed)
    if parsed.problem:
        raise problem(parsed.problem, limits, parsed.count)
    if kind is Kind.PDF:
        return clean_extracted(tidy_lines(clean_extracted(parsed.text)))
    return clean_extracted(parsed.text)


def _check(text: str, kind: Kind, limits: Limits) -> None:
    """An empty CV is never accepted, nor one that only looks like text."""
    textual = sum(character.isalnum() for character in text)
    visible = len(text) - sum(map(str.isspace, text))
    if not textual or (kind is Kind.PDF and textual < _FEWEST_LETTERS):
        raise problem("no_text", limits)
    if textual < _LEAST_TEXTUAL * visible and not re.search(r"[^\W\d_]{3,}\s+[^\W\d_]{3,}\s+[^\W\d_]{3,}", text):
        raise problem("garbled", limits)
