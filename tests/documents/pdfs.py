"""A small writer of PDFs, good ones and bad ones, byte by byte."""

import zlib


def stream(body: bytes, extra: str = "", *, flate: bool = False) -> bytes:
    """A stream object's content."""
    if flate:
        body, extra = zlib.compress(body, 9), f"/Filter /FlateDecode {extra}"
    return f"<< /Length {len(body)} {extra} >>\nstream\n".encode() + body + b"\nendstream"


def pdf(objects: dict[int, bytes], *, root: int = 1, trailer: str = "", size: int | None = None) -> bytes:
    """Objects by number -> a file with a proper cross-reference table."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets: dict[int, int] = {}
    for number, body in objects.items():
        offsets[number] = len(out)
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    count = max(objects) + 1
    out += f"xref\n0 {count}\n0000000000 65535 f \n".encode()
    for number in range(1, count):
        out += (f"{offsets[number]:010d} 00000 n \n" if number in offsets else "0000000000 65535 f \n").encode()
    out += f"trailer\n<< /Size {size or count} /Root {root} 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def escaped(text: str) -> bytes:
    """A string for a Tj operator, in WinAnsi."""
    return text.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def drawn(lines: list[str], *, x: int = 60, top: int = 780, step: int = 14) -> bytes:
    """Operators that draw lines from the top."""
    return drawn_at([(x, top - step * row, line) for row, line in enumerate(lines)])


def drawn_at(pieces: list[tuple[int, int, str]]) -> bytes:
    """Operators that draw each piece at its place, in this order."""
    parts = [b"BT /F1 10 Tf"]
    parts += [b"1 0 0 1 %d %d Tm (%s) Tj" % (x, y, escaped(text)) for x, y, text in pieces]
    return b"\n".join([*parts, b"ET"])


def pages(contents: list[bytes], *, font: bytes = FONT, extra: dict[int, bytes] | None = None) -> dict[int, bytes]:
    """Objects of a document: 1 catalog, 2 page tree, 3 font, then page and content by turns."""
    objects = {3: font}
    forms = "/XObject << /X1 4 0 R >>" if extra and 4 in extra else ""
    kids = []
    for index, content in enumerate(contents):
        page, body = 10 + 2 * index, 11 + 2 * index
        kids.append(f"{page} 0 R")
        objects[page] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {body} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> {forms} >> >>"
        ).encode()
        objects[body] = content
    objects[1] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[2] = f"<< /Type /Pages /Count {len(contents)} /Kids [{' '.join(kids)}] >>".encode()
    return {**objects, **(extra or {})}


def text_pdf(*page_lines: list[str]) -> bytes:
    """An honest PDF: one list of lines for each page."""
    return pdf(pages([stream(drawn(lines), flate=True) for lines in page_lines]))
