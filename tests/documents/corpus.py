"""Documents as people really send them, as programs break them, and as attackers build them. All made here.

`controls()` must be read, with the words that have to be found. `hostile()` must end in text or in a sentence, in
time and within memory; where only one end is right, it is named.
"""

import codecs
import io
import json
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache

from tests.documents import docxs, pdfs

Maker = Callable[[], bytes]

CV = [
    "Maria Keller",
    "Registered Nurse",
    "maria.keller@example.org | +49 30 5550 1234",
    "Experience",
    "Ward Nurse, St. Anne's Hospital, 2018-03 to 2024-07",
    "• Cared for up to 14 patients a shift on a surgical ward",
    "• Cut medication errors by 28% with a double-check routine",
    "Education",
    "Diploma in Nursing, City College, 2014 to 2017",
]
WORDS = ("Registered Nurse", "2018-03 to 2024-07", "14 patients", "28%", "Diploma in Nursing")


@dataclass(frozen=True)
class Document:
    """`outcome` is `text`, `unreadable`, `large`, or empty when either end is fair."""

    name: str
    make: Maker
    outcome: str = ""
    words: tuple[str, ...] = field(default=())


def _docx_cv() -> bytes:
    return docxs.docx(
        "".join(docxs.paragraph(line.lstrip("• "), properties=docxs.BULLET if line[0] == "•" else "") for line in CV)
    )


def _resume() -> dict[str, object]:
    return {
        "basics": {"name": "Maria Keller", "label": "Registered Nurse", "email": "maria.keller@example.org"},
        "work": [
            {
                "name": "St. Anne's Hospital",
                "position": "Ward Nurse",
                "startDate": "2018-03",
                "endDate": "2024-07",
                "highlights": ["Cared for up to 14 patients a shift", "Cut medication errors by 28%"],
            }
        ],
        "education": [{"institution": "City College", "studyType": "Diploma in Nursing", "endDate": "2017"}],
    }


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


def _encrypted(password: str) -> bytes:
    import pypdf

    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(pdfs.text_pdf(CV))))
    writer.encrypt(user_password=password, owner_password="owner", algorithm="AES-256")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def controls() -> Iterator[Document]:
    """Honest files: all must be read."""
    text = "\n".join(CV)
    long_cv = [f"{line} ({page})" for page in range(4) for line in CV]
    yield Document("cv.pdf", lambda: pdfs.text_pdf(CV), "text", WORDS)
    yield Document("cv four pages.PDF", lambda: pdfs.text_pdf(*[CV] * 4), "text", WORDS)
    yield Document("owner password only.pdf", lambda: _encrypted(""), "text", WORDS)
    yield Document("cv.docx", _docx_cv, "text", WORDS)
    yield Document("table.docx", lambda: docxs.docx(docxs.table(*[[line] for line in CV])), "text", WORDS)
    yield Document("cv.txt", lambda: text.encode(), "text", WORDS)
    yield Document("cv.md", lambda: ("# " + text).encode(), "text", WORDS)
    yield Document("bom.txt", lambda: codecs.BOM_UTF8 + text.encode(), "text", WORDS)
    yield Document("utf16.txt", lambda: text.encode("utf-16"), "text", WORDS)
    yield Document("utf16 without mark.txt", lambda: text.encode("utf-16-le"), "text", WORDS)
    yield Document("utf16 big.txt", lambda: codecs.BOM_UTF16_BE + text.encode("utf-16-be"), "text", WORDS)
    yield Document("cp1252.txt", lambda: (text + "\nZürich – “naïve” café").encode("cp1252"), "text", ("naïve", *WORDS))
    yield Document("windows.txt", lambda: text.replace("\n", "\r\n").encode(), "text", WORDS)
    yield Document("old mac.txt", lambda: text.replace("\n", "\r").encode(), "text", WORDS)
    yield Document("resume.json", lambda: _json(_resume()), "text", ("Ward Nurse", "14 patients", "Diploma in Nursing"))
    yield Document("no ending", lambda: pdfs.text_pdf(CV), "text", WORDS)
    yield Document("really a pdf.docx", lambda: pdfs.text_pdf(CV), "text", WORDS)
    yield Document("really a docx.pdf", _docx_cv, "text", WORDS)
    yield Document("junk before.pdf", lambda: b"\r\nHTTP junk\r\n" + pdfs.text_pdf(CV), "text", WORDS)
    yield Document("long.pdf", lambda: pdfs.text_pdf(long_cv), "text", WORDS)


def hostile() -> Iterator[Document]:
    """Odd, broken and malicious files."""
    yield from _odd_files()
    yield from _foreign_kinds()
    yield from _bad_pdfs()
    yield from _bad_docxs()
    yield from _bad_json()


def _odd_files() -> Iterator[Document]:
    noise = random.Random(7)
    yield Document("empty.pdf", lambda: b"", "unreadable")
    yield Document("one byte.txt", lambda: b"\x00", "unreadable")
    yield Document("one letter.pdf", lambda: b"a", "unreadable")
    yield Document("blank.txt", lambda: b" \r\n\t" * 500, "unreadable")
    yield Document("invisible.txt", lambda: "\u200b\u202e\U000e0041".encode() * 300, "unreadable")
    yield Document("zeros.txt", lambda: bytes(100_000), "unreadable")
    yield Document("noise.txt", lambda: noise.randbytes(100_000), "unreadable")
    yield Document("high noise.txt", lambda: bytes(noise.randrange(128, 256) for _ in range(5000)), "unreadable")
    yield Document("symbols.txt", lambda: "■▪◆□ \n".encode() * 2000, "unreadable")
    yield Document("ten megabytes.txt", lambda: b"I nursed. " * 1_000_000, "large")
    yield Document("seventeen megabytes.pdf", lambda: b"%PDF-1.7\n" + bytes(17 * 1024 * 1024), "large")
    yield Document("just too long.txt", lambda: b"word " * 40_001, "large")
    yield Document(
        "cyrillic cp1251.txt", lambda: ("Медицинская сестра, опыт работы " * 20).encode("cp1251"), "unreadable"
    )
    yield Document(
        "bidi and tags.txt", lambda: ("Nurse \u202eesrun\u2066 \U000e0049\U000e0067 ward " * 50).encode(), "text"
    )
    yield Document("surrogates.txt", lambda: ("Nurse on a ward \ud83d \udc00 " * 50).encode("utf-8", "surrogatepass"))
    yield Document("controls.txt", lambda: b"Nurse \x1b[31mred\x1b[0m ward in town, four years of work\n" * 50)
    yield Document(
        "html.md", lambda: b"<script>alert(1)</script><img src=x onerror=alert(1)> nurse on a ward\n" * 20, "text"
    )
    yield Document("formulas.txt", lambda: b"=cmd|' /C calc'!A0\n@SUM(1+1)*cmd\n-2+3 nurse on a ward\n" * 20, "text")
    yield Document("templates.txt", lambda: b"{{7*7}} ${7*7} {% raw %} nurse on a ward\n" * 20, "text")
    yield Document("one line.txt", lambda: b"a" * 190_000, "text")
    yield Document("marks.txt", lambda: ("Nurse" + "\u0301\u0316" * 50_000).encode())
    yield Document("hyphens.pdf", lambda: pdfs.text_pdf(["nurse-"] * 55), "text")
    yield Document("../../etc/passwd\x00.pdf", lambda: pdfs.text_pdf(CV), "text")
    yield Document("x" * 5000 + ".txt", lambda: b"Registered nurse on a ward", "text")


def _foreign_kinds() -> Iterator[Document]:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
    png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(500)
    odt = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<office/>"}
    yield Document("old.doc", lambda: ole, "unreadable")
    yield Document("old renamed.docx", lambda: ole, "unreadable")
    yield Document("password.docx", lambda: ole + "EncryptedPackage".encode("utf-16-le"), "unreadable")
    yield Document("letter.rtf", lambda: b"{\\rtf1\\ansi Nurse}", "unreadable")
    yield Document("letter renamed.txt", lambda: b"{\\rtf1\\ansi Nurse}", "unreadable")
    yield Document("open.odt", lambda: docxs.package(dict(odt)), "unreadable")
    yield Document("open renamed.docx", lambda: docxs.package(dict(odt)), "unreadable")
    yield Document("sheet renamed.docx", lambda: docxs.package({"xl/workbook.xml": "<workbook/>"}), "unreadable")
    yield Document("macros.docm", _docx_cv, "unreadable")
    yield Document("photo.png", lambda: png, "unreadable")
    yield Document("photo renamed.pdf", lambda: png, "unreadable")
    yield Document("photo renamed.docx", lambda: b"\xff\xd8\xff\xe0" + bytes(900), "unreadable")
    yield Document("program.exe", lambda: b"MZ" + bytes(900), "unreadable")
    yield Document("program renamed.txt", lambda: b"\x7fELF" + bytes(900), "unreadable")
    yield Document("pdf as program.exe", lambda: pdfs.text_pdf(CV), "unreadable")
    yield Document("text renamed.pdf", lambda: b"Registered nurse on a ward", "unreadable")
    yield Document("text renamed.docx", lambda: b"Registered nurse on a ward", "unreadable")
    yield Document("html renamed.pdf", lambda: b"<!doctype html><h1>Nurse</h1>", "unreadable")
    yield Document("polyglot.pdf", lambda: pdfs.text_pdf(CV) + docxs.package({"a.txt": "nurse"}))
    yield Document("zip then pdf.pdf", lambda: docxs.package({"a.txt": "nurse"}) + pdfs.text_pdf(CV), "unreadable")
    yield Document("archive.zip", lambda: docxs.package({"a.txt": "nurse"}), "unreadable")


def _bad_pdfs() -> Iterator[Document]:
    good = pdfs.text_pdf(CV)
    noise = random.Random(11)
    yield Document("half.pdf", lambda: good[: len(good) // 2], "unreadable")
    yield Document("only a head.pdf", lambda: b"%PDF-1.7\n", "unreadable")
    yield Document("no end.pdf", lambda: good[:-12], "text")
    yield Document("no trailer.pdf", lambda: good[: good.rfind(b"trailer")])
    yield Document("holes.pdf", lambda: bytes(byte if noise.random() > 0.02 else 32 for byte in good))
    yield Document("real password.pdf", lambda: _encrypted("secret"), "unreadable")
    yield Document("odd encryption.pdf", _odd_encryption, "unreadable")
    yield Document("scan.pdf", _scan, "unreadable")
    yield Document("scan with number.pdf", lambda: pdfs.text_pdf(["Page 1"]), "unreadable")
    yield Document("no pages.pdf", lambda: pdfs.pdf(pdfs.pages([])), "unreadable")
    yield Document("two hundred pages.pdf", lambda: pdfs.text_pdf(*[CV] * 200), "large")
    yield Document("ten thousand pages.pdf", lambda: pdfs.text_pdf(*[["Nurse"]] * 10_000), "large")
    yield Document("lying count.pdf", _lying_count)
    yield Document("much text.pdf", lambda: pdfs.text_pdf(*[["ward nurse " * 500] * 40] * 12), "large")
    yield Document("flate bomb.pdf", lambda: _content(_packed(b"0 g " * 100_000, 500), "/Filter /FlateDecode"))
    yield Document("double flate bomb.pdf", _double_bomb)
    yield Document("text bomb.pdf", _text_bomb)
    yield Document("many strings.pdf", lambda: pdfs.pdf(pdfs.pages([pdfs.stream(_shows(400_000), flate=True)])))
    yield Document("many filters.pdf", lambda: _content(b"abc", f"/Filter [{' /FlateDecode' * 5000}]"))
    yield Document("ascii hex bomb.pdf", lambda: _content(b"41" * 4_000_000 + b">", "/Filter /ASCIIHexDecode"))
    yield Document("lzw noise.pdf", lambda: _content(noise.randbytes(500_000), "/Filter /LZWDecode"))
    yield Document("run length bomb.pdf", lambda: _content(b"\x81 " * 1_000_000 + b"\x80", "/Filter /RunLengthDecode"))
    yield Document("predictor.pdf", _predictor)
    yield Document("page cycle.pdf", _page_cycle)
    yield Document("page is its own parent.pdf", _own_parent)
    yield Document("deep page tree.pdf", _deep_tree)
    yield Document("wide page tree.pdf", _wide_tree)
    yield Document("form calls itself.pdf", _form_cycle)
    yield Document("forms by tens.pdf", _form_fan)
    yield Document("nested arrays.pdf", lambda: _content(b"[" * 200_000 + b"]" * 200_000))
    yield Document(
        "nested dictionaries.pdf", lambda: pdfs.pdf({1: b"<< /Pages " * 50_000 + b">>" * 50_000}), "unreadable"
    )
    yield Document("huge xref.pdf", _huge_xref)
    yield Document("xref cycle.pdf", _xref_cycle)
    yield Document("object stream bomb.pdf", _object_stream)
    yield Document("huge length.pdf", lambda: good.replace(b"/Length ", b"/Length 99999999999"))
    yield Document("huge numbers.pdf", lambda: _content(b"BT /F1 1e999 Tf " + b"9" * 50_000 + b" 0 Td (Nurse) Tj ET"))
    yield Document("deep graphics state.pdf", lambda: _content(b"q " * 300_000 + b"BT /F1 9 Tf (Nurse) Tj ET"))
    yield Document("cmap bomb.pdf", _cmap_bomb)
    yield Document("surrogates by cmap.pdf", _cmap_surrogates)
    yield Document("private bullets.pdf", _cmap_private)
    yield Document("script and launch.pdf", _script, "text")
    yield Document("xfa form.pdf", _xfa)
    yield Document("field cycle.pdf", _field_cycle)
    yield Document(
        "hostile text.pdf", lambda: pdfs.text_pdf(["<script>alert(1)</script>", "=1+1 {{7*7}} nurse"]), "text"
    )
    yield Document("endless objects.pdf", lambda: b"%PDF-1.4\n" + b"1 0 obj\n" * 700_000, "unreadable")
    yield Document("endless comments.pdf", lambda: b"%PDF-1.4\n" + b"%\n" * 3_000_000, "unreadable")
    yield Document("inline images.pdf", lambda: _content(b"BI /W 1 /H 1 ID " * 100_000))


def _shows(count: int) -> bytes:
    return b"BT /F1 9 Tf " + b"() Tj 0 -1 Td " * count + b"ET"


def _content(body: bytes, extra: str = "") -> bytes:
    return pdfs.pdf(pdfs.pages([pdfs.stream(body, extra)]))


def _odd_encryption() -> bytes:
    objects = pdfs.pages([pdfs.stream(pdfs.drawn(CV))], extra={5: b"<< /Filter /Unknown /V 99 /R 99 >>"})
    return pdfs.pdf(objects, trailer="/Encrypt 5 0 R /ID [<00> <00>]")


def _scan() -> bytes:
    image = pdfs.stream(
        random.Random(3).randbytes(200 * 280),
        "/Type /XObject /Subtype /Image /Width 200 /Height 280 /ColorSpace /DeviceGray /BitsPerComponent 8",
    )
    return pdfs.pdf(pdfs.pages([pdfs.stream(b"595 0 0 842 0 0 cm /X1 Do")], extra={4: image}))


def _lying_count() -> bytes:
    objects = pdfs.pages([pdfs.stream(pdfs.drawn(CV))])
    return pdfs.pdf({**objects, 2: objects[2].replace(b"/Count 1", b"/Count 999999999")})


@cache
def _packed(piece: bytes, times: int) -> bytes:
    """Flate data of a piece many times over, made without holding it: packed apart from what was before it, each piece
    after the first comes to the same bytes."""
    machine = zlib.compressobj(9)
    first, again = (machine.compress(piece) + machine.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    check = 1
    for _ in range(times):
        check = zlib.adler32(piece, check)
    return b"".join([first, again * (times - 1), b"\x03\x00", struct.pack(">I", check)])


def _double_bomb() -> bytes:
    return _content(zlib.compress(_packed(bytes(1_000_000), 1000), 9), "/Filter [/FlateDecode /FlateDecode]")


def _text_bomb() -> bytes:
    return _content(_packed(b"BT /F1 9 Tf (" + b"nurse " * 100_000 + b") Tj ET ", 100), "/Filter /FlateDecode")


def _predictor() -> bytes:
    extra = "/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 2000000000 /Colors 32 /BitsPerComponent 32 >>"
    return _content(zlib.compress(b"0 g " * 1000), extra)


def _page_cycle() -> bytes:
    objects = pdfs.pages([pdfs.stream(pdfs.drawn(CV))])
    return pdfs.pdf({**objects, 2: b"<< /Type /Pages /Count 5 /Kids [10 0 R 2 0 R 2 0 R] >>"})


def _own_parent() -> bytes:
    objects = pdfs.pages([pdfs.stream(pdfs.drawn(CV))])
    return pdfs.pdf({**objects, 10: b"<< /Type /Page /Parent 10 0 R /Contents 11 0 R >>"})


def _deep_tree() -> bytes:
    objects = {1: b"<< /Type /Catalog /Pages 2 0 R >>"}
    for level in range(2, 5000):
        objects[level] = b"<< /Type /Pages /Count 1 /Kids [%d 0 R] >>" % (level + 1)
    return pdfs.pdf(objects)


def _wide_tree() -> bytes:
    """Ten levels of ten times the same kid: ten thousand million pages in two kilobytes."""
    objects = pdfs.pages([pdfs.stream(pdfs.drawn(CV))])
    for level in range(20, 30):
        kid = level + 1 if level < 29 else 10
        objects[level] = b"<< /Type /Pages /Count 10 /Kids [" + b"%d 0 R " % kid * 10 + b"] >>"
    return pdfs.pdf({**objects, 1: b"<< /Type /Catalog /Pages 20 0 R >>"})


def _form(calls: str, resources: str) -> bytes:
    return pdfs.stream(
        calls.encode(), f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << {resources} >> >>"
    )


def _form_cycle() -> bytes:
    form = _form("/X1 Do /X1 Do", "/X1 4 0 R")
    return pdfs.pdf(pdfs.pages([pdfs.stream(b"/X1 Do")], extra={4: form}))


def _form_fan() -> bytes:
    forms = {4 if level == 0 else 50 + level: _form("/X Do " * 10, f"/X {51 + level} 0 R") for level in range(12)}
    forms[62] = _form("BT (nurse) Tj ET", "")
    return pdfs.pdf(pdfs.pages([pdfs.stream(b"/X1 Do")], extra=forms))


def _huge_xref() -> bytes:
    entries = b"0000000000 00000 n \n" * 700_000
    return b"%PDF-1.4\nxref\n0 700000\n" + entries + b"trailer\n<< /Size 700000 /Root 1 0 R >>\nstartxref\n9\n%%EOF"


def _xref_cycle() -> bytes:
    good = pdfs.text_pdf(CV)
    start = int(good.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    return good.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % start)


def _object_stream() -> bytes:
    body = pdfs.stream(_packed(bytes(1_000_000), 200), "/Type /ObjStm /N 1000000 /First 100 /Filter /FlateDecode")
    xref = struct.pack(">BIB", 0, 0, 0) + struct.pack(">BIB", 2, 5, 0) * 3
    objects = b"%PDF-1.5\n5 0 obj\n" + body + b"\nendobj\n"
    table = pdfs.stream(xref, "/Type /XRef /Size 4 /W [1 4 1] /Root 1 0 R")
    return objects + b"6 0 obj\n" + table + b"\nendobj\nstartxref\n%d\n%%%%EOF" % len(objects)


def _cmap(body: bytes, shown: bytes) -> bytes:
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /Identity-H /ToUnicode 6 0 R >>"
    cmap = b"begincmap\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n" + body + b"\nendcmap"
    content = pdfs.stream(b"BT /F1 9 Tf 60 700 Td <" + shown + b"> Tj ET")
    return pdfs.pdf(pdfs.pages([content], font=font, extra={6: pdfs.stream(cmap)}))


def _cmap_bomb() -> bytes:
    ranges = b"".join(b"<0000> <FFFF> <%04X>\n" % number for number in range(2000))
    return _cmap(b"2000 beginbfrange\n" + ranges + b"endbfrange", b"0041" * 100)


def _cmap_surrogates() -> bytes:
    body = b"3 beginbfchar\n<0001> <D83D>\n<0002> <DC00>\n<0003> <006E>\nendbfchar"
    return _cmap(body, b"0003" * 60 + b"000100030002")


def _cmap_private() -> bytes:
    body = b"2 beginbfchar\n<0001> <F0B7>\n<0003> <006E>\nendbfchar"
    return _cmap(body, b"0001" + b"0003" * 60)


def _script() -> bytes:
    objects = pdfs.pages([pdfs.stream(pdfs.drawn(CV))])
    action = b"<< /S /JavaScript /JS (app.alert(1)) >>"
    catalog = b"<< /Type /Catalog /Pages 2 0 R /OpenAction 7 0 R /AA << /O 8 0 R >> >>"
    return pdfs.pdf({**objects, 1: catalog, 7: action, 8: b"<< /S /Launch /F (/bin/sh) >>"})


def _xfa() -> bytes:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    xfa = pdfs.stream(f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><x>&l9;</x>'.encode())
    objects = pdfs.pages([pdfs.stream(pdfs.drawn(CV))], extra={6: xfa})
    return pdfs.pdf({**objects, 1: b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /XFA 6 0 R /Fields [] >> >>"})


def _field_cycle() -> bytes:
    objects = pdfs.pages(
        [pdfs.stream(pdfs.drawn(CV))], extra={6: b"<< /FT /Tx /T (a) /V (nurse) /Kids [6 0 R 6 0 R] >>"}
    )
    return pdfs.pdf({**objects, 1: b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] >> >>"})


def _bad_docxs() -> Iterator[Document]:
    good = _docx_cv()
    head = f'<?xml version="1.0"?><w:document {docxs.NAMESPACES}><w:body>'
    tail = "</w:body></w:document>"
    yield Document("half.docx", lambda: good[: len(good) // 2], "unreadable")
    yield Document("holes.docx", lambda: good[:300] + bytes(40) + good[340:])
    yield Document("not xml.docx", lambda: _document("Nurse & ward <"), "unreadable")
    yield Document("no words.docx", lambda: docxs.docx(docxs.paragraph("")), "unreadable")
    yield Document("picture only.docx", lambda: docxs.docx("<w:p><w:r><w:drawing/></w:r></w:p>"), "unreadable")
    yield Document("zip bomb.docx", lambda: _poured(head.encode(), b"<w:p/>" * 100_000, 1000), "large")
    yield Document("lying sizes.docx", _lying_sizes)
    yield Document("overlap.docx", _overlap)  # newer Pythons refuse entries that overlap
    yield Document("twenty thousand members.docx", lambda: _members(20_000), "text")
    yield Document("hundred thousand members.docx", lambda: _members(100_000), "large")
    yield Document(
        "billion laughs.docx", lambda: _document(_laughs() + head + docxs.paragraph("x") + tail), "unreadable"
    )
    yield Document("outer entity.docx", _outer_entity, "unreadable")
    yield Document("quadratic entity.docx", _quadratic, "unreadable")
    yield Document("deep.docx", lambda: _document(head + "<w:p>" * 500_000), "unreadable")
    yield Document("deep tables.docx", lambda: docxs.docx("<w:tbl><w:tr><w:tc>" * 600 + docxs.paragraph("Nurse")))
    yield Document("many attributes.docx", _attributes)
    yield Document("long name.docx", lambda: _document(head + f"<w:{'n' * 8_000_000}/>" + tail), "unreadable")
    yield Document("much text.docx", lambda: docxs.docx(docxs.paragraph("ward nurse " * 1_000_000)), "large")
    yield Document("password zip.docx", _locked_zip, "unreadable")
    yield Document("odd method.docx", lambda: good.replace(b"\x08\x00", b"\x63\x00"), "unreadable")
    yield Document("nested zip.docx", lambda: docxs.package({"word/document.xml": good}), "unreadable")
    yield Document(
        "climbing names.docx", lambda: docxs.docx(docxs.paragraph("Nurse on a ward"), **{"../../x": "y"}), "text"
    )
    yield Document(
        "hostile words.docx", lambda: docxs.docx(docxs.paragraph("<script>alert(1)</script> =1+1 nurse")), "text"
    )
    yield Document(
        "utf16.docx",
        lambda: _document(
            (head + docxs.paragraph("Nurse on a ward") + tail)
            .replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-16"?>')
            .encode("utf-16")
        ),
        "text",
    )
    yield Document("many rows.docx", lambda: docxs.docx(docxs.table(*[["a", "b"]] * 15_000)))


def _attributes() -> bytes:
    attributes = " ".join(f'a{number}="1"' for number in range(300_000))
    return _document(f"<w:document {docxs.NAMESPACES} {attributes}/>")


def _document(xml: str | bytes) -> bytes:
    return docxs.package({"word/document.xml": xml})


def _poured(head: bytes, piece: bytes, times: int) -> bytes:
    """A document part of a piece many times over, made without holding it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        part.write(head)
        for _ in range(times):
            part.write(piece)
    return buffer.getvalue()


def _lying_sizes() -> bytes:
    """The directory and the entry say 100 bytes; 200 MB come out."""
    head = f"<w:document {docxs.NAMESPACES}>".encode()
    size = struct.pack("<I", len(head) + 200_000_000)
    return _poured(head, b" " * 1_000_000, 200).replace(size, struct.pack("<I", 100))


def _overlap() -> bytes:
    """A directory of a thousand entries that share one body of 30 MB; each body alone would be allowed."""
    files: dict[str, str | bytes] = {
        "word/document.xml": docxs.part("document", docxs.paragraph("Nurse on a ward")),
        "word/header1.xml": docxs.part("hdr", " " * 30_000_000),
    }
    whole = docxs.package(files)
    start = int.from_bytes(whole[-6:-2], "little")
    entries = whole[start:-22]
    entries += entries[entries.rfind(b"PK\x01\x02") :] * 1000
    return whole[:start] + entries + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1002, 1002, len(entries), start, 0)


def _members(count: int) -> bytes:
    files: dict[str, str | bytes] = {"word/document.xml": docxs.part("document", docxs.paragraph("Nurse on a ward"))}
    files.update({f"word/media/{number}.png": "" for number in range(count)})
    return docxs.package(files, compression=zipfile.ZIP_STORED)


def _laughs() -> str:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE x [<!ENTITY l0 "ha">{entities}]>'


def _outer_entity() -> bytes:
    xml = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>' + docxs.part(
        "document", "<w:p><w:r><w:t>&f;</w:t></w:r></w:p>"
    )
    return _document(xml.replace('<?xml version="1.0" encoding="UTF-8"?>', ""))


def _quadratic() -> bytes:
    return _document(f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]><x>{"&a;" * 100_000}</x>')


def _locked_zip() -> bytes:
    """The flag that says encrypted, in the entry and in the directory."""
    body = bytearray(_document(docxs.part("document", docxs.paragraph("Nurse"))))
    body[6] |= 1
    body[body.rfind(b"PK\x01\x02") + 8] |= 1
    return bytes(body)


def _bad_json() -> Iterator[Document]:
    yield Document("not json.json", lambda: b"{nurse", "unreadable")
    yield Document("list.json", lambda: b"[1, 2, 3]", "unreadable")
    yield Document("another.json", lambda: b'{"name": "left-pad", "version": "1.0.0"}', "unreadable")
    yield Document("deep list.json", lambda: b"[" * 1_000_000, "unreadable")
    yield Document("deep object.json", lambda: b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "unreadable")
    yield Document("huge number.json", lambda: b'{"basics": {"name": ' + b"9" * 1_000_000 + b"}}", "unreadable")
    yield Document("not a number.json", lambda: b'{"basics": {"name": NaN, "label": Infinity}}')
    yield Document("surrogates.json", lambda: b'{"basics": {"name": "\\ud83d nurse \\udc00 on a ward"}}', "text")
    yield Document("odd types.json", lambda: _json(_odd_resume()), "text", ("Ward Nurse", "14 patients"))
    yield Document("many entries.json", lambda: _json({"work": [{"name": "x" * 50}] * 200_000}))
    yield Document("much text.json", lambda: _json({"basics": {"summary": "nurse " * 200_000}}), "large")
    yield Document("null.json", lambda: b"null", "unreadable")
    yield Document("utf16.json", lambda: json.dumps(_resume()).encode("utf-16"), "text")


def _odd_resume() -> dict[str, object]:
    return {
        "basics": [],
        "work": {"position": "Ward Nurse", "startDate": 2018, "endDate": None, "highlights": "14 patients", "name": {}},
        "education": "none",
        "skills": ["care", 7, None, {"name": "wounds", "keywords": "dressing"}],
        "languages": {"language": "German", "fluency": True},
        "references": 12,
    }
