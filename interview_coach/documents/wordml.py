"""Events of a WordprocessingML part -> lines of text."""

from dataclasses import dataclass, field

from interview_coach.documents.problems import Stop

_SILENT = {"Fallback", "instrText", "delText", "del", "moveFrom"}
"""Second copies of text boxes, field codes, deleted text."""
_CELL = 60
"""A row whose cells are all one line of at most so many characters reads as one line; others cell after cell."""
_MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_LIST_STYLES = ("listbullet", "listnumber")
_BULLETS = "•◦▪‣·-–—*●○■□➢✓"


@dataclass(slots=True)
class _Paragraph:
    pieces: list[str] = field(default_factory=list)
    listed: bool = False
    after: list[str] = field(default_factory=list)
    """Lines of text boxes anchored here."""


@dataclass(slots=True)
class _Row:
    cells: list[list[str]] = field(default_factory=list)


class WordText:
    """Feed `start`, `data`, `end`; ask for `text`. Raises `Stop` when the text grows past `limit` characters."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._sinks: list[list[str]] = [[]]
        """Where finished lines go: the part, then cells and text boxes inside it."""
        self._paragraphs: list[_Paragraph] = []
        self._rows: list[_Row] = []
        self._silent = 0
        self._in_text = False
        self._run_hidden = False
        self._in_properties = 0
        self._placeholders: list[bool] = []

    def text(self) -> str:
        """Lines so far, outer blanks removed."""
        return "\n".join(self._sinks[0]).strip("\n")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._silent or name in _SILENT:
            self._silent += 1
            return
        match name:
            case "p":
                self._paragraphs.append(_Paragraph())
            case "txbxContent":
                self._sinks.append([])
            case "tr":
                self._rows.append(_Row())
            case "tc":
                self._sinks.append([])
            case "sdt":
                self._placeholders.append(False)
            case "showingPlcHdr":
                if self._placeholders:
                    self._placeholders[-1] = _on(attributes)
            case "sdtContent":
                if self._placeholders and self._placeholders[-1]:
                    self._silent += 1
            case "pPr" | "rPr" | "tabs":
                self._in_properties += 1
            case "numPr":
                self._list()
            case "pStyle":
                if attributes.get("val", "").lower().replace(" ", "").startswith(_LIST_STYLES):
                    self._list()
            case "numId":
                if attributes.get("val") == "0" and self._paragraphs:
                    self._paragraphs[-1].listed = False
            case "r":
                self._run_hidden = False
            case "vanish":
                self._run_hidden = _on(attributes)
            case "t":
                self._in_text = True
            case "sym":
                self._write(_symbol(attributes.get("char", "")))
            case _:
                if name in _MARKS and not self._in_properties:
                    self._write(_MARKS[name])

    def data(self, text: str) -> None:
        if self._in_text and not self._silent and not self._run_hidden:
            self._write(text)

    def end(self, name: str) -> None:
        if self._silent:
            self._silent -= 1
            return
        match name:
            case "t":
                self._in_text = False
            case "r":
                self._run_hidden = False
            case "pPr" | "rPr" | "tabs":
                self._in_properties = max(0, self._in_properties - 1)
            case "sdt":
                if self._placeholders:
                    self._placeholders.pop()
            case "p":
                if self._paragraphs:
                    self._close_paragraph(self._paragraphs.pop())
            case "txbxContent":
                lines = self._pop_sink()
                if self._paragraphs:
                    self._paragraphs[-1].after.extend(lines)
                else:
                    self._sinks[-1].extend(lines)
            case "tc":
                lines = [line for line in self._pop_sink() if line.strip()]
                if self._rows:
                    self._rows[-1].cells.append(lines)
            case "tr":
                if self._rows:
                    self._sinks[-1].extend(_row_lines(self._rows.pop()))

    def _list(self) -> None:
        if self._paragraphs:
            self._paragraphs[-1].listed = True

    def _write(self, text: str) -> None:
        self._size += len(text)
        if self._size > self._limit:
            raise Stop("text")
        if self._paragraphs:
            self._paragraphs[-1].pieces.append(text)

    def _close_paragraph(self, paragraph: _Paragraph) -> None:
        line = "".join(paragraph.pieces).strip("\n ")
        if paragraph.listed and line and line[0] not in _BULLETS:
            line = f"- {line.lstrip()}"
        self._sinks[-1].append(line)
        self._sinks[-1].extend(paragraph.after)

    def _pop_sink(self) -> list[str]:
        return self._sinks.pop() if len(self._sinks) > 1 else []


def _row_lines(row: _Row) -> list[str]:
    cells = [cell for cell in row.cells if cell]
    if all(len(cell) == 1 and len(cell[0]) <= _CELL for cell in cells):
        line = " | ".join(cell[0].strip() for cell in cells)
        return [line] if line else []
    return [line for cell in cells for line in cell]


def _on(attributes: dict[str, str]) -> bool:
    return attributes.get("val", "true") not in {"0", "false", "off"}


def _symbol(code: str) -> str:
    """A sign of a symbol font; the cleaning turns private use at the start of a line into a bullet."""
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
