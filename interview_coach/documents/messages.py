"""Sentences for people about documents, by code. The child process sends codes only."""

from interview_coach.documents.errors import Busy, DocumentProblem, TooLarge, Unreadable
from interview_coach.documents.limits import MIB, Limits

ACCEPTED = "PDF, Word (.docx), plain text (.txt), Markdown (.md) and JSON Resume (.json)"

UNREADABLE: dict[str, str] = {
    "empty": "This file is empty. Please choose another file, or paste the text instead.",
    "no_text": ("This file has no readable text in it. It may be a scan or a picture. Please paste the text instead."),
    "garbled": (
        "The text of this file comes out as unreadable signs, because of the fonts or the encoding it uses. "
        "Please paste the text instead."
    ),
    "locked": ("This file is protected with a password. Please save a copy without one, or paste the text instead."),
    "broken": (
        "This file could not be read. It may be damaged or incomplete. "
        "Please save it again and try once more, or paste the text instead."
    ),
    "slow": "Reading this file took too long, so we stopped. Please paste the text instead.",
    "heavy": "Reading this file needed too much memory, so we stopped. Please paste the text instead.",
    "old_word": ("This is an old Word file (.doc). Please save it as .docx or PDF, or paste the text instead."),
    "macros": ("This is a Word file with macros (.docm). Please save it as .docx or PDF, or paste the text instead."),
    "picture": f"This is a picture, not a document. We read {ACCEPTED}. Please paste the text instead.",
    "kind": f"We cannot read this kind of file. We read {ACCEPTED}. You can also paste the text instead.",
    "no_resume": (
        "This JSON file is not a JSON Resume, or it has nothing in it. Please paste the text of your CV instead."
    ),
    "bad_json": "This JSON file could not be read because it is not valid JSON. Please paste the text instead.",
}

BUSY = "Other documents are being read right now. Please try again in a few seconds, or paste the text instead."


def problem(code: str, limits: Limits, count: int = 0) -> DocumentProblem:
    """The error for a code; `count` is the number of pages for `pages`. An unknown code reads as broken."""
    if code == "busy":
        return Busy(BUSY)
    if code == "pages":
        return TooLarge(
            f"This document has {count:,} pages. We read up to {limits.pages}. Please paste the part that matters."
        )
    if code == "text":
        return TooLarge(
            f"This document has more text than we can take: up to {limits.characters:,} characters. "
            "Please paste the part that matters."
        )
    if code == "upload":
        return TooLarge(
            f"This file is larger than {limits.upload_bytes // MIB} MB. "
            "Please choose a smaller one, or paste the text instead."
        )
    if code == "unpacked":
        return TooLarge(
            "This file unpacks to far more than a document should hold, so we stopped. Please paste the text instead."
        )
    return Unreadable(UNREADABLE.get(code, UNREADABLE["broken"]))
