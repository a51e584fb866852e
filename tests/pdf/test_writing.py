"""Any writing, and any odd text: shown, or said that it can not be shown; never an exception."""

import hashlib
import io
import unicodedata
from dataclasses import replace

import pytest
from pypdf import PdfReader

import interview_coach.pdf.faces as faces
from interview_coach.pdf.typecase import MISSING
from tests.pdf.reports import (
    ARABIC,
    CHINESE,
    EMOJI,
    HEBREW,
    HINDI,
    JAPANESE,
    KOREAN,
    STORY,
    THAI,
    fonts,
    plain,
    report,
    words,
)

CUNEIFORM = "\U00012000"


@pytest.fixture
def alone(monkeypatch):
    """A computer without fonts of its own."""
    monkeypatch.setattr(faces, "installed", dict)


def test_our_fonts_are_what_their_list_says():
    listed = {}
    for line in (faces.FOLDER / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split()
        listed[faces.FOLDER / name] = digest
    there = {path for path in faces.FOLDER.rglob("*") if path.is_file() and path.parent != faces.FOLDER}
    assert {path.resolve() for path in listed} == there
    assert all(hashlib.sha256(path.read_bytes()).hexdigest() == digest for path, digest in listed.items())
    assert {folder.name for folder in faces.FOLDER.iterdir() if folder.is_dir()} == {path.parent.name for path in there}
    assert all((path.parent / "LICENSE").is_file() for path in there)


SCRIPTS = {
    "chinese": CHINESE, "japanese": JAPANESE, "korean": KOREAN, "hindi": HINDI, "thai": THAI, "arabic": ARABIC,
    "hebrew": HEBREW, "emoji": EMOJI, "russian": "Прошлым летом приехала гостья. ", "greek": "Πέρσι το καλοκαίρι. ",
    "tamil": "கடந்த கோடையில் ஒரு விருந்தினர் வந்தார். ", "bengali": "গত গ্রীষ্মে একজন অতিথি এসেছিলেন। ",
    "telugu": "గత వేసవిలో ఒక అతిథి వచ్చారు. ", "gujarati": "ગયા ઉનાળામાં એક મહેમાન આવ્યા. ", "punjabi": "ਪਿਛਲੀ ਗਰਮੀ ਵਿੱਚ. ",
    "kannada": "ಕಳೆದ ಬೇಸಿಗೆಯಲ್ಲಿ. ", "malayalam": "കഴിഞ്ഞ വേനലിൽ. ", "sinhala": "පසුගිය ගිම්හානයේ. ", "khmer": "កាលពីរដូវក្តៅមុន។ ",
    "lao": "ລະດູຮ້ອນທີ່ຜ່ານມາ ", "burmese": "ပြီးခဲ့သောနွေရာသီ။ ", "amharic": "ባለፈው ክረምት። ", "odia": "ଗତ ଗ୍ରୀଷ୍ମରେ। ",
    "georgian": "გასულ ზაფხულს. ", "armenian": "Անցյալ ամառ։ ", "vietnamese": "Mùa hè năm ngoái một vị khách. ",
}  # fmt: skip


@pytest.mark.parametrize("shape", [True, False])
def test_our_own_fonts_print_the_scripts_of_the_living(shape, alone):
    text = words(plain(report(*(f"{name} {sample}" for name, sample in SCRIPTS.items())), shape=shape))
    assert all(name in text for name in SCRIPTS)
    assert MISSING not in text and "could not be printed" not in text


def test_wide_writing_can_be_copied_out_again(alone):
    text = "".join(words(plain(report(CHINESE + JAPANESE + KOREAN))).split())
    for sample in (CHINESE, JAPANESE, KOREAN):
        assert "".join(unicodedata.normalize("NFKC", sample).split()) in text


def test_all_pictures_come_from_one_font(alone):
    assert any("NotoEmoji" in name for name in fonts(plain(report(EMOJI + STORY))))
    assert not any("NotoEmoji" in name for name in fonts(plain(report(STORY))))


def test_right_to_left_letters_are_joined_and_stand_in_order(alone):
    text = words(plain(report(ARABIC + STORY, HEBREW + STORY)))
    assert MISSING not in text
    assert "Booking.com" in text and "42" in text
    back = {unicodedata.normalize("NFKC", word) for word in ("فنادق", "ضيفة", "אורחת")}
    letters = "".join(text.split())
    assert all(word in letters or word[::-1] in letters for word in back)


def test_shaping_changes_the_glyphs_of_what_needs_it_only():
    for sample in (ARABIC, HINDI, "👍🏽 👩‍💻"):
        assert plain(report(sample)) != plain(report(sample), shape=False)
    assert plain(report(STORY)) == plain(report(STORY), shape=False)


def test_what_has_no_font_is_shown_as_a_box_and_named(alone):
    text = words(plain(report(f"{STORY} It said {CUNEIFORM}{CUNEIFORM}.")))
    assert f"It said {MISSING}{MISSING}." in text and "One character could not be printed" in text
    assert "U+12000 cuneiform sign a" in text and "the end of this file names it" in text
    many = "".join(chr(0x12000 + place) for place in range(40))
    text = words(plain(report(f"{STORY} {many}")))
    assert "40 different characters could not be printed" in text and "and 28 more" in text
    assert "could not be printed" not in words(plain(report(STORY)))


@pytest.mark.skipif(not any("CJK" in name for name in faces.installed()), reason="no pan-CJK font here")
@pytest.mark.parametrize(("sample", "name"), [(JAPANESE, "CJKjp"), (KOREAN, "CJKkr"), (CHINESE, "CJKsc")])
def test_a_font_of_this_computer_is_preferred_in_the_form_of_the_language(sample, name):
    pdf = plain(report(sample))
    assert any(name.lower() in found.lower().replace("-", "") for found in fonts(pdf)), fonts(pdf)
    assert MISSING not in words(pdf)
    assert len(pdf) < 300_000, "a part of the font, not all of it"


def test_a_broken_font_of_this_computer_does_no_harm(monkeypatch, tmp_path):
    bad = tmp_path / "NotoSansCJK-Regular.ttc"
    bad.write_bytes(b"ttcf not a font")
    monkeypatch.setattr(faces, "installed", lambda: {bad.name: bad})
    pdf = plain(report(CHINESE))
    assert any("Droid" in name for name in fonts(pdf)) and MISSING not in words(pdf)


HOSTILE = {
    "html": "<script>alert(1)</script><img src=http://example.com/x.png> <b>b</b> &amp; <style>@import url(x)</style>",
    "markdown": "**bold** __under__ [link](http://example.com) --strike-- ![x](file:///etc/passwd)",
    "alias": "{nb} {pages} {{nb}} \\(paren\\) ) Tj ET (unbalanced",
    "control": "\x00\x01\x07\x1b[31m red \x1e\x1e \u202egnp.exe\u202c \ufeff \u200b \x7f\x85",
    "surrogate": "half \ud83d and \udc00 end",
    "combining": "e" + "\u0301" * 3000 + " z" + "\u0489" * 500,
    "one word": "x" * 8000,
    "one wide word": "ー" * 3000,
    "one word of flags": "🇯🇵" * 1500,
    "one arabic word": "ش" * 3000,
    "one letter a line": "a\n" * 2000,
    "spaces": " " * 5000 + "a" + "\u3000" * 500 + "\t" * 500,
    "joiners": "\u200d\u200c" * 1000 + "a",
    "family": "👩‍" * 700,
    "private": "\ue000\uf8ff\U000f0000\U0010ffff\uffff\ufffe",
    "brackets": "(" * 400 + "א" + "[" * 400,
    "isolates": "\u2067" * 300 + "abc" + "\u2069" * 300 + "א",
    "mixed": ARABIC + CHINESE + THAI + EMOJI + HEBREW + HINDI,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_odd_texts_are_only_text(name):
    odd = HOSTILE[name]
    result = report(STORY + " " + odd, odd)
    result = replace(result, written=odd, readiness=odd, interview_id="i1")
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


def test_a_word_without_end_stays_between_the_margins():
    pages = PdfReader(io.BytesIO(plain(report("x" * 3000)))).pages
    found = []

    def visit(text, _, matrix, *__):
        if set(text.strip()) == {"x"}:
            found.append((matrix[4], len(text.strip())))

    for page in pages:
        page.extract_text(visitor_text=visit)
    assert sum(count for _, count in found) >= 3000 and max(count for _, count in found) < 120


def test_twenty_long_answers_are_all_there():
    answers = [" ".join(f"word{number}x{place}" for place in range(700))[:8000] for number in range(20)]
    pdf = plain(report(*answers))
    text = words(pdf)
    assert all(f"word{number}x{place}" in text for number in range(20) for place in (0, 350, 600))
    assert len(pdf) < 1_000_000
