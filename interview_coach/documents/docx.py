"""DOCX -> text: streaming, so that memory does not depend on what the XML holds.

A DOCX is a zip of XML parts. Sizes written in a zip may lie and its entries may overlap, therefore the cap counts
bytes that were really unpacked. expat reads each part as it is unpacked, document types are refused (that is where
entity bombs live), and no tree is built.
"""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from xml.parsers import expat

from interview_coach.documents.limits import Limits
from interview_coach.documents.problems import Stop
from interview_coach.documents.wordml import WordText

_CHUNK = 65_536
_MAX_DIRECTORY = 2 * 1024 * 1024
"""Bytes of the zip directory; zipfile makes an object of each of its entries before we see any."""
_MAX_DEPTH = 2_000
_MAX_ELEMENTS = 400_000
"""Elements of all parts: several times what sixty full pages need, read in well under a second."""
_SEPARATOR = "\x1f"
_LOCKED = 0x1


def docx_text(data: bytes, limits: Limits) -> str:
    """Headers, body (with tables and text boxes where they stand), notes, footers. Raises `Stop`, or anything that
    zipfile and expat raise on broken input."""
    if _directory_bytes(data) > _MAX_DIRECTORY:
        raise Stop("unpacked")
    with zipfile.ZipFile(BytesIO(data)) as archive:
        package = _Package(archive, limits)
        return package.text()


def _directory_bytes(data: bytes) -> int:
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000))
    return int.from_bytes(data[end + 12 : end + 16], "little") if end >= 0 else 0


class _Package:
    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self._archive = archive
        self._names = set(archive.namelist())
        self._left = limits.inflated_bytes
        self._characters = limits.characters
        self._elements_left = _MAX_ELEMENTS

    def text(self) -> str:
        main = self._main_part()
        folder = posixpath.dirname(main)
        parts = {kind: self._numbered(folder, kind) for kind in ("header", "footer")}
        notes = [name for name in (f"{folder}/footnotes.xml", f"{folder}/endnotes.xml") if name in self._names]
        blocks: list[str] = []
        # First page, odd and even pages often carry the same header: say it once.
        for name in [*parts["header"], main, *notes, *parts["footer"]]:
            block = self._part_text(name)
            if block and block not in blocks:
                blocks.append(block)
        return "\n\n".join(blocks)

    def _main_part(self) -> str:
        """The part that the package calls its document: nearly always word/document.xml, but not by right."""
        if "_rels/.rels" in self._names:
            for attributes in self._elements("_rels/.rels", "Relationship"):
                if attributes.get("Type", "").endswith("/officeDocument"):
                    target = attributes.get("Target", "").lstrip("/")
                    if target in self._names and target.startswith("word/"):
                        return target
        if "word/document.xml" in self._names:
            return "word/document.xml"
        raise Stop("kind")

    def _numbered(self, folder: str, kind: str) -> list[str]:
        pattern = re.compile(rf"{re.escape(folder)}/{kind}(\d{{0,4}})\.xml")
        found = [(int(match[1] or 0), name) for name in self._names if (match := pattern.fullmatch(name))]
        return [name for _, name in sorted(found)][:20]

    def _part_text(self, name: str) -> str:
        reader = WordText(self._characters)
        parser = _parser()
        depth = 0

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > _MAX_DEPTH:
                raise Stop("broken")
            self._elements_left -= 1
            if self._elements_left < 0:
                raise Stop("unpacked")
            reader.start(_local(tag), {_local(key): value for key, value in attributes.items()})

        def end(tag: str) -> None:
            nonlocal depth
            depth -= 1
            reader.end(_local(tag))

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = reader.data
        self._feed(parser, name)
        return reader.text()

    def _elements(self, name: str, wanted: str) -> list[dict[str, str]]:
        found: list[dict[str, str]] = []
        parser = _parser()

        def start(tag: str, attributes: dict[str, str]) -> None:
            if _local(tag) == wanted and len(found) < 1000:
                found.append(attributes)

        parser.StartElementHandler = start
        self._feed(parser, name)
        return found

    def _feed(self, parser: expat.XMLParserType, name: str) -> None:
        for chunk in self._chunks(name):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)

    def _chunks(self, name: str) -> Iterator[bytes]:
        entry = self._archive.getinfo(name)
        if entry.flag_bits & _LOCKED:
            raise Stop("locked")
        with self._archive.open(entry) as part:
            while True:
                try:
                    chunk = part.read(_CHUNK)
                except zlib.error as error:
                    raise Stop("broken") from error
                if not chunk:
                    return
                self._left -= len(chunk)
                if self._left < 0:
                    raise Stop("unpacked")
                yield chunk


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise Stop("broken")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser


def _local(name: str) -> str:
    """Name without its namespace: Word writes two sets of namespaces (transitional and strict) with the same names."""
    return name.rpartition(_SEPARATOR)[2]
