"""What a file is, by its first bytes together with its name."""

import unicodedata
from enum import StrEnum
from pathlib import PurePosixPath

from interview_coach.documents.limits import Limits
from interview_coach.documents.messages import problem

_PDF_HEAD = 1024
"""Readers look for the PDF mark in so many first bytes; mail gateways and old printers put junk before it."""

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"\x00\x00\x01\x00")
_FOREIGN = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"{\\rtf")
_PICTURE_NAMES = {".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic", ".svg"}


class Kind(StrEnum):
    """The kinds that are read."""

    PDF = "pdf"
    DOCX = "docx"
    JSON = "json"
    TEXT = "text"


_NAMES = {
    ".pdf": Kind.PDF,
    ".docx": Kind.DOCX,
    ".json": Kind.JSON,
    ".txt": Kind.TEXT,
    ".text": Kind.TEXT,
    ".md": Kind.TEXT,
    ".markdown": Kind.TEXT,
}


def kind_of(data: bytes, filename: str, limits: Limits) -> Kind:
    """Decide how to read a file. The name must be one that we accept (or have no ending); then the bytes decide, so
    that a PDF called cv.docx is still read. Raises `Unreadable` for everything else."""
    ending = _ending(filename)
    if ending in _PICTURE_NAMES:
        raise problem("picture", limits)
    if ending in {".doc", ".dot"}:
        raise problem("old_word", limits)
    if ending in {".docm", ".dotm"}:
        raise problem("macros", limits)
    if ending and ending not in _NAMES:
        raise problem("kind", limits)
    return _by_content(data, _NAMES.get(ending), limits)


def _by_content(data: bytes, named: Kind | None, limits: Limits) -> Kind:
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        # A DOCX with a password is wrapped in the container format of old Word.
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise problem("locked" if locked else "old_word", limits)
    if data.startswith(_PICTURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        raise problem("picture", limits)
    if data.startswith(_FOREIGN):
        raise problem("kind", limits)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Kind.DOCX
    if b"%PDF-" in data[: _PDF_HEAD if named in {Kind.PDF, None} else 8]:
        return Kind.PDF
    if named in {Kind.PDF, Kind.DOCX}:
        raise problem("broken", limits)
    return named or Kind.TEXT


def _ending(filename: str) -> str:
    """Lower-case ending of the last part of a name that may be hostile: either slash, odd signs, any length."""
    name = unicodedata.normalize("NFKC", filename[-255:]).replace("\\", "/").rstrip("/. \t\r\n\x00")
    return PurePosixPath(name).suffix.lower()
