"""The report as a PDF: read back with another library, with odd texts, and without reaching for anything."""

import io
import re
import sys
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

import interview_coach.pdf.faces as faces
import interview_coach.pdf.paper as papers
from interview_coach.pdf.report import Cover, _set, render
from interview_coach.reporting import Report
from tests.test_reporting import ACTION, STORY, VAGUE, report

MOMENT = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
COVER = Cover("Receptionist at Seaview", "cv-anna.pdf", MOMENT, MOMENT, MOMENT, "0.1.0")
ARABIC = "في الصيف الماضي وصلت ضيفة بحجز لتاريخ خاطئ (رقم 42). اتصلت بأربعة فنادق و Booking.com. "
HEBREW = "בקיץ שעבר הגיעה אורחת עם הזמנה לתאריך שגוי. "
CHINESE = "去年夏天，一位客人带着错误日期的预订来到酒店。我打电话给四家酒店，并安排了出租车。"


@pytest.fixture(autouse=True)
def _fresh():
    faces.installed.cache_clear()
    yield
    faces.installed.cache_clear()


@pytest.fixture
def alone(monkeypatch):
    """A computer without fonts of its own."""
    monkeypatch.setattr(papers, "installed", dict)


def plain(result: Report, **changes: bool) -> bytes:
    """Without the net that `render` has: a failure is a failure."""
    return _set(result, COVER, **{"borrow": True, "shape": True, **changes})


def words(pdf: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text))


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()


def test_everything_of_the_report_is_in_it():
    result = report(STORY, ACTION, VAGUE, None)
    text = words(plain(result))
    assert "Receptionist at Seaview" in text and "Interview i1" in text and "4 March 2026, 09:30 UTC" in text
    assert "cv-anna.pdf" in text and f"{result.overall} of 100" in text
    assert one_line(result.summary) in text and one_line(result.readiness) in text
    assert "for practice, not for selection" in text
    for point in (*result.next_steps, *result.strengths, *result.improvements):
        assert one_line(point.text) in text
    for entry in result.answers:
        score = entry.score
        assert f"Question {score.number}: {score.category}" in text
        assert f"Marks: {score.score} of 100" in text
        assert f"Accuracy {score.accuracy} of 40 Completeness {score.completeness} of 30" in text
        assert one_line(score.feedback) in text and one_line(score.reference_answer) in text
        for remark in (*score.remarks, *score.improvements):
            assert remark.quote is None or one_line(remark.quote.text) in text
        assert entry.answer is None or one_line(entry.answer) in text
    marks = [entry.score.score for entry in result.answers]
    assert f"{' + '.join(map(str, marks))} = {sum(marks)}; {sum(marks)} / 4 = {result.overall}" in text
    assert "Not answered, so it counts as 0." in text
    assert "Marked by the built-in coach" in text


def test_pages_are_numbered_titled_tagged_and_in_an_outline():
    reader = PdfReader(io.BytesIO(plain(report(STORY, ACTION, None))))
    assert reader.metadata.title == "Interview report: Receptionist at Seaview"
    root = reader.root_object
    assert root["/Lang"] == "en" and root["/MarkInfo"]["/Marked"] and root["/ViewerPreferences"]["/DisplayDocTitle"]
    kinds = {element.get_object()["/S"] for element in root["/StructTreeRoot"]["/K"][0]["/K"]}
    assert {"/H1", "/H2", "/H3", "/P", "/LI", "/BlockQuote"} <= kinds
    titles = [entry.title for entry in reader.outline]
    assert titles[0] == "Overview" and "Question by question" in titles and titles[-1] == "How the number comes about"
    for number, page in enumerate(reader.pages, 1):
        assert f"{number} / {len(reader.pages)}" in page.extract_text()
        content = page.get_contents().get_data()
        assert content.count(b" BDC") + content.count(b" BMC") == content.count(b"EMC")


def test_a_fallback_and_its_reason_are_told():
    result = report(STORY)
    entry = result.answers[0]
    source = replace(entry.score.provenance, fallback=True, reason="The model did not answer.")
    told = replace(result, answers=(replace(entry, score=replace(entry.score, provenance=source)),))
    assert "The model did not answer." not in words(plain(result))
    assert "The model did not answer." in words(plain(told))


def test_without_marks_it_says_so():
    result = report(STORY, ACTION)
    text = words(plain(replace(result, answers=result.answers[:1], overall=None, recommendation=None, next_steps=())))
    assert "No overall was given." in text and "1 question has no marks yet" in text


HOSTILE = {
    "html": "<script>alert(1)</script><img src=http://example.com/x.png> <b>b</b> &amp; <style>@import url(x)</style>",
    "markdown": "**bold** __under__ [link](http://example.com) --strike-- ![x](file:///etc/passwd)",
    "alias": "{nb} {pages} {{nb}} \\(paren\\) ) Tj ET (unbalanced",
    "control": "\x00\x01\x07\x1b[31m red \x1e\x1e \u202egnp.exe\u202c \ufeff \u200b \x7f\x85",
    "surrogate": "half \ud83d and \udc00 end",
    "combining": "e" + "\u0301" * 3000 + " z" + "\u0489" * 500,
    "one word": "x" * 8000,
    "one letter a line": "a\n" * 2000,
    "spaces": " " * 5000 + "a" + "\u3000" * 500 + "\t" * 500,
    "joiners": "\u200d\u200c" * 1000 + "a",
    "private": "\ue000\uf8ff\U000f0000\U0010ffff\uffff\ufffe",
    "brackets": "(" * 400 + "א" + "[" * 400,
    "isolates": "\u2067" * 300 + "abc" + "\u2069" * 300 + "א",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_odd_texts_are_only_text(name):
    odd = HOSTILE[name]
    result = report(STORY + " " + odd, odd)
    result = replace(result, summary=odd, readiness=odd, interview_id="i1")
    result = replace(result, answers=tuple(replace(entry, question=odd) for entry in result.answers))
    pdf = plain(result)
    reader = PdfReader(io.BytesIO(pdf))
    assert len(reader.pages) > 2
    assert not any("/Annots" in page for page in reader.pages)
    assert not {"/AA", "/AcroForm"} & set(reader.root_object)
    assert not isinstance(reader.root_object["/OpenAction"], dict), "a place to open at, and nothing to do"
    assert "/JavaScript" not in reader.root_object.get("/Names", {})
    assert "Marked by the built-in coach" in words(pdf)


def test_markup_and_aliases_are_printed_as_they_were_written():
    text = words(plain(report(STORY + " <b>x</b> **y** {nb} {pages}")))
    assert "<b>x</b> **y** {nb} {pages}" in text


def test_hidden_direction_switches_do_not_turn_words_round():
    text = words(plain(report(STORY + " I opened \u202egnp.exe\u202c then.")))
    assert "I opened gnp.exe then." in text


def test_twenty_long_answers_are_all_there():
    answers = [" ".join(f"word{number}x{place}" for place in range(700))[:8000] for number in range(20)]
    pdf = plain(report(*answers))
    text = words(pdf)
    assert all(f"word{number}x{place}" in text for number in range(20) for place in (0, 350, 600))
    assert len(pdf) < 1_000_000


def test_right_to_left_letters_are_joined_and_stand_in_order(alone):
    text = words(plain(report(ARABIC + STORY, HEBREW + STORY)))
    assert MISSING not in text
    assert "Booking.com" in text and "42" in text
    back = {unicodedata.normalize("NFKC", word) for word in ("فنادق", "ضيفة", "אורחת")}
    letters = "".join(text.split())
    assert all(word in letters or word[::-1] in letters for word in back)


def test_shaping_changes_the_glyphs_of_arabic_only():
    arabic, latin = report(ARABIC), report(STORY)
    assert plain(arabic) != plain(arabic, shape=False)
    assert plain(latin) == plain(latin, shape=False)


MISSING = papers.MISSING


def test_what_has_no_font_is_shown_and_told(alone):
    text = words(plain(report(CHINESE + " " + STORY)))
    assert MISSING in text and "could not be printed" in text and "full text is on the page" in text
    assert "could not be printed" not in words(plain(report(STORY)))


@pytest.mark.skipif(not any("CJK" in name for name in faces.installed()), reason="no font for Chinese here")
def test_a_font_of_this_computer_prints_what_ours_lacks():
    pdf = plain(report(CHINESE))
    fonts = {
        font.get_object()["/BaseFont"]
        for page in PdfReader(io.BytesIO(pdf)).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert any("CJK" in name for name in fonts)
    assert MISSING not in words(pdf) and "could not be printed" not in words(pdf)
    assert len(pdf) < 300_000, "a part of the font, not all of it"


def test_a_broken_font_of_this_computer_does_no_harm(monkeypatch, tmp_path):
    bad = tmp_path / "NotoSansCJK-Regular.ttc"
    bad.write_bytes(b"ttcf not a font")
    monkeypatch.setattr(papers, "installed", lambda: {bad.name: bad})
    assert "could not be printed" in words(plain(report(CHINESE)))


def test_when_setting_fails_it_is_set_again_with_less(monkeypatch):
    whole = papers.Paper._write

    def fails(self, run, width, leading):
        if self._shape:
            raise RuntimeError("the engine is broken")
        whole(self, run, width, leading)

    monkeypatch.setattr(papers.Paper, "_write", fails)
    assert "Last summer" in words(render(report(STORY), COVER))


_seen: list[tuple[str, object]] = []
_watching = False


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if _watching and (event == "open" or event.startswith(("socket.", "subprocess.", "urllib."))):
        _seen.append((event, arguments[0] if arguments else None))


sys.addaudithook(_watch)


def reached(result: Report) -> list[tuple[str, object]]:
    """Files, sockets and processes that setting a report opens."""
    global _watching
    plain(result)  # modules are imported on first use
    _seen.clear()
    _watching = True
    try:
        plain(result)
    finally:
        _watching = False
    return list(_seen)


def test_nothing_but_our_fonts_is_opened():
    found = reached(report(STORY + HOSTILE["html"], HOSTILE["markdown"], ARABIC + HEBREW))
    names = {Path(str(place)).resolve() for event, place in found if event == "open"}
    assert {event for event, _ in found} == {"open"}
    assert names == {faces.REGULAR, faces.BOLD}


def test_the_same_report_gives_the_same_bytes_and_the_date_is_all_that_changes():
    result = report(STORY, ACTION, None)
    assert render(result, COVER) == render(result, COVER)
    later = render(result, replace(COVER, made_at=MOMENT + timedelta(days=1)))
    assert later != render(result, COVER)
    assert words(later).replace("5 March 2026", "4 March 2026") == words(render(result, COVER))


def test_it_is_small():
    assert len(render(report(*[STORY, ACTION, VAGUE, None] * 2), COVER)) < 200_000
