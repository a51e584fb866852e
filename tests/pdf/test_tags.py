"""What a screen reader and an outline see of the PDF."""

import io
from collections import Counter
from dataclasses import replace

from pypdf import PdfReader

from tests.pdf.reports import ACTION, STORY, VAGUE, plain, report, take
from tests.pdf.test_trends import TRENDS


def full() -> PdfReader:
    result = report(STORY, ACTION, VAGUE, None)
    result = replace(result, answers=(replace(result.answers[0], takes=(take(STORY),)), *result.answers[1:]))
    return PdfReader(io.BytesIO(plain(result, TRENDS)))


def below(element):
    """(kind, element) of every tag in order."""
    kids = element["/K"]
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object()
        if not isinstance(kid, int):
            yield kid["/S"], kid
            yield from below(kid)


def test_title_language_and_tags_are_declared():
    reader = full()
    assert reader.metadata.title == "Interview report: Receptionist at Seaview"
    root = reader.root_object
    assert root["/Lang"] == "en" and root["/MarkInfo"]["/Marked"] and root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_headings_lists_and_tables_are_tagged_as_such():
    document = full().root_object["/StructTreeRoot"]["/K"][0].get_object()
    kinds = Counter(kind for kind, _ in below(document))
    assert kinds["/H1"] == 1
    for kind in ("/H2", "/H3", "/H4", "/P", "/L", "/LI", "/BlockQuote", "/Table", "/TR", "/TH", "/TD", "/Figure"):
        assert kinds[kind], kind
    for kind, element in below(document):
        inside = {kid.get_object()["/S"] for kid in element["/K"] if not isinstance(kid, int)}
        parent = element["/P"].get_object()["/S"]
        assert (kind == "/LI") <= (parent == "/L") and (kind in ("/TD", "/TH")) <= (parent == "/TR")
        assert (kind == "/L") <= (inside == {"/LI"}) and (kind == "/Table") <= (inside == {"/TR"})
        assert element["/K"], "no empty tags"


def test_every_drawing_says_in_words_what_it_shows():
    document = full().root_object["/StructTreeRoot"]["/K"][0].get_object()
    told = [element["/Alt"] for kind, element in below(document) if kind == "/Figure"]
    assert any(words.startswith("Radar of the dimensions.") and "not measured" in words for words in told)
    assert any(words.startswith("Time for each question.") for words in told)
    assert any(words.startswith("Overall of your interviews") for words in told)


def test_each_marked_content_has_one_tag_on_its_own_page():
    reader = full()
    document = reader.root_object["/StructTreeRoot"]["/K"][0].get_object()
    tagged = Counter()
    for _, element in below(document):
        for kid in element["/K"]:
            if isinstance(kid, int):
                tagged[element["/Pg"].idnum if hasattr(element["/Pg"], "idnum") else id(element["/Pg"]), kid] += 1
    assert set(tagged.values()) == {1}
    drawn = sum(page.get_contents().get_data().count(b"/MCID") for page in reader.pages)
    assert len(tagged) == drawn > 100


def test_what_is_drawn_is_either_tagged_or_decoration():
    for number, page in enumerate(full().pages, 1):
        content = page.get_contents().get_data()
        assert content.count(b" BDC") + content.count(b" BMC") == content.count(b"EMC")
        depth = 0
        for line in content.splitlines():
            depth += line.endswith((b" BDC", b" BMC"))
            depth -= line == b"EMC"
            assert 0 <= depth <= 1
            if b" Tj" in line or b" TJ" in line:
                assert depth == 1, number


def test_pages_are_numbered_and_an_outline_leads_to_each_question():
    reader = full()
    outline = reader.outline
    titles = [entry.title for entry in outline if not isinstance(entry, list)]
    assert titles[:2] == ["Overview", "Summary"] and "Question by question" in titles
    assert titles.index("Question by question") < titles.index("Your interviews over time")
    assert titles[-2:] == ["How the number comes about", "Who asked and who marked"]
    inside = next(entry for entry in outline if isinstance(entry, list))
    assert [entry.title for entry in inside] == [f"Question {number}" for number in range(1, 5)]
    for number, page in enumerate(reader.pages, 1):
        assert f"{number} / {len(reader.pages)}" in page.extract_text()
