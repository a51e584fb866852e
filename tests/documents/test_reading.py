"""Reading uploads: what comes out of each kind, how the child is kept, and what the sentences say."""

import json
import os
import sys
import threading
from pathlib import Path

import pytest

from interview_coach.documents import child, jail
from interview_coach.documents.errors import Busy, DocumentProblem, TooLarge, Unreadable
from interview_coach.documents.kinds import Kind
from interview_coach.documents.limits import DEFAULT_LIMITS, Limits
from interview_coach.documents.lines import tidy_lines
from interview_coach.documents.messages import UNREADABLE, problem
from interview_coach.documents.reading import read_upload
from tests.documents import docxs, pdfs
from tests.growth import is_linear
from tests.patience import eventually


def test_docx_keeps_the_order_of_a_reader() -> None:
    body = (
        docxs.paragraph("Experience")
        + docxs.paragraph("Led a ward", properties=docxs.BULLET)
        + docxs.paragraph("Cut errors", properties='<w:pStyle w:val="ListBullet2"/>')
        + docxs.table(["Nurse", "2018 to 2024"], ["Skills", docxs.paragraph("Wound care") + docxs.paragraph("Triage")])
        + docxs.text_box("Boxed words")
        + docxs.paragraph("secret", run="<w:vanish/>")
        + "<w:p><w:r><w:t>one</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t></w:r><w:del><w:r><w:delText>old"
        + "</w:delText></w:r></w:del></w:p>"
    )
    header = docxs.part("hdr", docxs.paragraph("Maria Keller"))
    footer = docxs.part("ftr", docxs.paragraph("Page"))
    text = read_upload(docxs.docx(body, header1_xml=header, header2_xml=header, footer1_xml=footer), "cv.docx")
    assert text.split("\n") == [
        "Maria Keller",
        "",
        "Experience",
        "- Led a ward",
        "- Cut errors",
        "Nurse | 2018 to 2024",
        "Skills",
        "Wound care",
        "Triage",
        "",
        "Boxed words",
        "",
        "one\ttwo",
        "three",
        "",
        "Page",
    ]


def test_docx_placeholders_of_a_template_are_left_out() -> None:
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    body = control.format("<w:showingPlcHdr/>", docxs.paragraph("Click here")) + control.format(
        "", docxs.paragraph("Nurse on a ward")
    )
    assert read_upload(docxs.docx(body), "cv.docx") == "Nurse on a ward"


def test_json_resume_becomes_a_readable_cv() -> None:
    resume = {
        "basics": {"name": "Maria", "summary": "A nurse.", "location": {"postalCode": "10115", "city": "Berlin"}},
        "work": [{"name": "St. Anne", "position": "Nurse", "startDate": "2018-03", "highlights": ["Led a ward"]}],
        "skills": [{"name": "Care", "level": "Master", "keywords": ["wounds", "triage"]}],
        "languages": [{"language": "German", "fluency": "Native"}],
    }
    assert read_upload(json.dumps(resume).encode(), "resume.json") == (
        "Maria\n10115 Berlin\n\nSummary\nA nurse.\n\nExperience\nNurse, St. Anne | 2018-03 to present\n- Led a ward\n\n"
        "Skills\n- Care, Master: wounds, triage\n\nLanguages\nGerman, Native"
    )


def test_pdf_lines_are_put_together_again() -> None:
    lines = [
        "Summary",
        "I develop care plans with families and have a strong interest in the continuous develop-",
        "ment of quality and cross-functional work, and I led a cross-",
        "functional team of nurses.",
        "Experience",
        "2018 –",
        "Present",
        "• Cared for fourteen patients a shift on a busy ward and",
        "trained two students",
        "• Cut errors",
    ]
    assert read_upload(pdfs.text_pdf(lines), "cv.pdf").split("\n") == [
        "Summary",
        "I develop care plans with families and have a strong interest in the continuous development of quality and "
        "cross-functional work, and I led a cross-functional team of nurses.",
        "Experience",
        "2018 – Present",
        "• Cared for fourteen patients a shift on a busy ward and trained two students",
        "• Cut errors",
    ]


LEFT = [
    "Ward nurse with ten years of surgical care",
    "and a calm hand in long night shifts on a",
    "busy ward. Trained eleven students since",
    "2018 and wrote the checklist for the safe",
    "handover of patients between two teams,",
    "which the clinic now uses on all wards.",
]
RIGHT = [
    "Skills: wound care, triage, infusion, the",
    "documentation of care in two systems and",
    "planning of duty rosters for twenty staff.",
    "Courses in palliative care and in basic",
    "life support, renewed each year. Member",
    "of the ethics board of the clinic.",
]


def test_columns_drawn_row_by_row_are_read_one_after_the_other() -> None:
    woven = [(x, 700 - 14 * row, line) for row in range(6) for x, line in ((50, LEFT[row]), (320, RIGHT[row]))]
    top = (50, 760, "Maria Keller, registered nurse, with a line of text that runs over both columns below it")
    text = read_upload(pdfs.pdf(pdfs.pages([pdfs.stream(pdfs.drawn_at([top, *woven]))])), "cv.pdf")
    assert "surgical care and a calm hand in long night shifts on a busy ward." in text
    assert "all wards.\nSkills: wound care, triage, infusion, the documentation of care" in text


def test_columns_drawn_one_after_the_other_stay_so() -> None:
    pieces = [(x, 700 - 14 * row, line) for x, side in ((50, LEFT), (320, RIGHT)) for row, line in enumerate(side)]
    text = read_upload(pdfs.pdf(pdfs.pages([pdfs.stream(pdfs.drawn_at(pieces))])), "cv.pdf")
    assert "surgical care and a calm hand in long night shifts on a busy ward." in text
    assert "all wards.\nSkills: wound care, triage, infusion, the documentation of care" in text


def test_a_table_and_a_column_of_dates_are_read_row_by_row() -> None:
    jobs = [f"Ward nurse in the surgical clinic number {row}" for row in range(8)]
    rows = [
        (x, 700 - 14 * row, t) for row, job in enumerate(jobs) for x, t in ((50, job), (420, f"201{row} to 202{row}"))
    ]
    text = read_upload(pdfs.pdf(pdfs.pages([pdfs.stream(pdfs.drawn_at(rows))])), "cv.pdf")
    assert text.split("\n") == [f"{job} 201{row} to 202{row}" for row, job in enumerate(jobs)]


@pytest.mark.parametrize(
    ("lines", "tidy"),
    [
        ("•\nLed a ward\n•\nCut errors", "• Led a ward\n• Cut errors"),
        ("Python\nSQL\nexcel", "Python\nSQL\nexcel"),
        (
            "Some words that fill a line to its end\njane@example.org",
            "Some words that fill a line to its end\njane@example.org",
        ),
        ("Ends with a full stop and is long enough.\nlower", "Ends with a full stop and is long enough.\nlower"),
        ("A heading of the very same length here\nExperience", "A heading of the very same length here\nExperience"),
        ("2018 –\nMay 2021\nNurse", "2018 – May 2021\nNurse"),
        ("2018–\n2021 Nurse", "2018–2021 Nurse"),
    ],
)
def test_lines_are_joined_only_for_a_reason(lines: str, tidy: str) -> None:
    assert tidy_lines(lines) == tidy


@pytest.mark.parametrize(
    ("piece", "end"), [("a", "-\nb"), ("ab-\n", ""), ("word of a line that goes on and on and\n", ""), ("a1", "-\nb")]
)
def test_joining_lines_takes_linear_time(piece: str, end: str) -> None:
    assert is_linear(lambda text: tidy_lines(text + end), (piece * 200_000)[:200_000])


def test_form_fields_of_a_pdf_are_read() -> None:
    field = b"<< /FT /Tx /T (name) /V (Typed into a form field) >>"
    objects = pdfs.pages([pdfs.stream(pdfs.drawn(["Application of a nurse for a ward"]))], extra={6: field})
    objects[1] = b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] >> >>"
    assert "Typed into a form field" in read_upload(pdfs.pdf(objects), "form.pdf")


def test_one_damaged_page_does_not_cost_the_others() -> None:
    good = pdfs.stream(pdfs.drawn(["Registered nurse on a surgical ward"]))
    bad = pdfs.stream(b"not flate at all", "/Filter /Unknown")
    assert "Registered nurse" in read_upload(pdfs.pdf(pdfs.pages([bad, good])), "cv.pdf")


# How the child is kept


def test_the_child_sees_no_secret_and_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEMINI_API_KEY", "canary")
    monkeypatch.setenv("COACH_SECRET_KEY", "canary")
    environment = jail._environment()
    assert "canary" not in environment.values()
    assert set(environment) <= {*jail._INHERITED, "PYTHONPATH", "PYTHONUTF8", "PYTHONNOUSERSITE", "LC_ALL"}


def test_a_child_that_hangs_is_killed_with_all_that_it_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    script = tmp_path / "hang.py"
    pid = tmp_path / "pid"
    script.write_text(
        "import os,pathlib,subprocess,sys,time\n"
        "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"pathlib.Path({str(pid)!r}).write_text(str(p.pid))\n"
        "time.sleep(600)\n"
    )
    monkeypatch.setattr(jail, "command", lambda kind, limits: [sys.executable, str(script)])
    for seconds in (3, 15, 75):  # a busy machine may need some of them to begin
        parsed = jail.parse(b"%PDF-", Kind.PDF, Limits(wall_seconds=seconds))  # returns at all
        assert parsed.problem == "slow"
        if pid.exists() and pid.read_text():
            break
    assert eventually(lambda: _is_gone(int(pid.read_text())))


def _is_gone(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        return False
    return state in "ZX"


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        ("import sys; sys.stdin.buffer.read(); print('{\"text\": 5}')", "broken"),
        ("import sys; sys.stdin.buffer.read(); print('[' * 100000)", "broken"),
        ("raise SystemExit(3)", "broken"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "broken"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "slow"),
        ("while True: print('x' * 65536)", "broken"),
    ],
)
def test_whatever_the_child_says_becomes_a_code(monkeypatch: pytest.MonkeyPatch, code: str, outcome: str) -> None:
    monkeypatch.setattr(jail, "command", lambda kind, limits: [sys.executable, "-c", code])
    assert jail.parse(bytes(5_000_000), Kind.PDF, DEFAULT_LIMITS).problem == outcome


def test_memory_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    code = (
        "import sys; from interview_coach.documents import child\n"
        "child.parser_for = lambda kind: lambda data, limits: 'x' * 700_000_000\n"
        "child.main(sys.argv[1:])"
    )
    monkeypatch.setattr(
        jail, "command", lambda kind, limits: [sys.executable, "-c", code, *child.arguments_of(kind, limits)]
    )
    assert jail.parse(b"x", Kind.JSON, DEFAULT_LIMITS).problem == "heavy"


def test_the_child_imports_only_what_it_needs() -> None:
    import subprocess

    code = "import sys; import interview_coach.documents.child; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"flask", "sqlalchemy", "pydantic", "pypdf", "numpy", "openai", "google.genai"} & set(loaded)


def test_a_full_house_is_said_plainly_and_seats_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    seats = threading.BoundedSemaphore(1)
    monkeypatch.setattr(jail, "_seats", seats)
    data = pdfs.text_pdf(["Registered nurse on a surgical ward"])
    with seats, pytest.raises(Busy, match="try again"):
        read_upload(data, "cv.pdf", Limits(wait_seconds=0.05))
    for _ in range(3):
        assert "nurse" in read_upload(data, "cv.pdf")


def test_nothing_is_left_in_the_temporary_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    read_upload(pdfs.text_pdf(["Registered nurse on a surgical ward"]), "cv.pdf")
    assert list(tmp_path.iterdir()) == []


# Limits and sentences


@pytest.mark.parametrize(("pages", "fits"), [(2, True), (3, False)])
def test_the_limit_of_pages_is_exact(pages: int, fits: bool) -> None:
    data = pdfs.text_pdf(*[["Registered nurse on a surgical ward"]] * pages)
    if fits:
        assert read_upload(data, "cv.pdf", Limits(pages=2)).count("nurse") == 2
    else:
        with pytest.raises(TooLarge, match=r"has 3 pages\. We read up to 2"):
            read_upload(data, "cv.pdf", Limits(pages=2))


@pytest.mark.parametrize(("length", "fits"), [(99, True), (100, True), (101, False)])
def test_the_limit_of_text_is_exact(length: int, fits: bool) -> None:
    data = ("nurse " * 50)[: length - 1].encode() + b"x"
    if fits:
        assert len(read_upload(data, "cv.txt", Limits(characters=100))) == length
    else:
        with pytest.raises(TooLarge, match="up to 100 characters"):
            read_upload(data, "cv.txt", Limits(characters=100))


@pytest.mark.parametrize(("length", "fits"), [(1024, True), (1025, False)])
def test_the_limit_of_upload_is_exact(length: int, fits: bool) -> None:
    data = ("nurse " * 500)[:length].encode()
    if fits:
        assert read_upload(data, "cv.txt", Limits(upload_bytes=1024))
    else:
        with pytest.raises(TooLarge):
            read_upload(data, "cv.txt", Limits(upload_bytes=1024))


@pytest.mark.parametrize("code", [*UNREADABLE, "busy", "pages", "text", "upload", "unpacked", "no such code"])
def test_every_sentence_says_what_to_do(code: str) -> None:
    found = problem(code, DEFAULT_LIMITS, 61)
    assert isinstance(found, DocumentProblem)
    assert isinstance(found, TooLarge if code in {"pages", "text", "upload", "unpacked"} else Unreadable)
    assert found.message.endswith(".") and "paste" in found.message.lower()
    assert str(found) == found.message


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.doc", b"x", "old Word"),
        ("a.odt", b"x", "PDF, Word"),
        ("a.png", b"x", "picture"),
        ("a.docm", b"x", "macros"),
        ("a.pdf.exe", b"%PDF-1.7", "PDF, Word"),
        ("a.txt", b"", "empty"),
        ("a.pdf", b"nurse", "damaged"),
        ("a.json", b"{", "valid JSON"),
    ],
)
def test_the_sentence_fits_the_file(name: str, data: bytes, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        read_upload(data, name)
