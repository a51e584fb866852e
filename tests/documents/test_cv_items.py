"""What a CV claims: roles, deeds, skills, whole and verbatim, without private data."""

import pytest

from interview_coach.documents.cv_items import MOST, find_cv_items
from interview_coach.documents.phrasing import tells
from interview_coach.domain.evidence import CvItemKind
from interview_coach.samples import load_sample
from tests.growth import is_linear

CV = """Ida Merz
12 Harbour Street, Dunwick | ida@example.com | +44 20 7946 0958
Born 3 May 1990, married

WORK EXPERIENCE
Night Porter, Hotel Anker, Dunwick, 2019 - 2024
- Checked in up to 40 late guests a night
- Rewrote the fire drill and trained six colleagues in it
2016 – 2019 Kitchen Assistant at Café Moll
- Washed, peeled and ordered vegetables

PROJECTS
Night map: a hand-drawn map of places open after midnight

EDUCATION
Diploma in Hospitality, Dunwick College, 2016

SKILLS
Opera PMS, first aid, Spanish (B2), cash handling

INTERESTS
My church choir and my three children
"""


def by_kind(text: str) -> dict[CvItemKind, list[str]]:
    found: dict[CvItemKind, list[str]] = {kind: [] for kind in CvItemKind}
    for item in find_cv_items(text):
        assert item.span.is_in(text)
        assert item.label in item.span.text
        assert 0 <= item.weight <= 1
        found[item.kind].append(item.label)
    return found


def test_each_kind_is_found():
    found = by_kind(CV)
    assert set(found[CvItemKind.ROLE]) == {"Night Porter", "Kitchen Assistant"}
    assert found[CvItemKind.PROJECT] == ["Night map"]
    assert "Diploma in Hospitality" in found[CvItemKind.EDUCATION]
    assert set(found[CvItemKind.SKILL]) == {"Opera PMS", "first aid", "Spanish", "cash handling"}
    deeds = found[CvItemKind.ACHIEVEMENT]
    assert any(deed.startswith("Checked in up to 40 late guests") for deed in deeds)
    assert all(tells(deed) for deed in deeds)


def test_private_data_is_never_an_item():
    everything = " ".join(item.span.text for item in find_cv_items(CV))
    for private in ("example.com", "7946", "Harbour Street", "Born", "married", "church", "children"):
        assert private in CV
        assert private not in everything


def test_items_come_most_telling_first():
    weights = [item.weight for item in find_cv_items(CV)]
    assert weights == sorted(weights, reverse=True)
    assert find_cv_items(CV)[0].kind is not CvItemKind.SKILL


def test_a_sparse_cv_in_prose_still_gives_items():
    text = (
        "Tom Lindt\n\nI left school two years ago. I worked as a shop assistant at my aunt's kiosk for one year. "
        "I served customers and counted the till every evening. "
        "Last summer I also picked apples. I can drive a tractor."
    )
    found = by_kind(text)
    assert "shop assistant" in found[CvItemKind.ROLE]
    assert len(found[CvItemKind.ACHIEVEMENT]) >= 2


def test_title_and_employer_on_two_lines_are_one_role():
    found = find_cv_items("EXPERIENCE\n\nBarista\nCafé Tern, 2019 - 2021\n- Made 300 coffees a day\n")
    role = next(item for item in found if item.kind is CvItemKind.ROLE)
    assert role.label == "Barista"
    assert "Café Tern" in role.span.text


def test_the_sample_gives_roles_projects_deeds_and_skills():
    found = by_kind(load_sample().cv_text)
    assert len(found[CvItemKind.ROLE]) == 4
    assert len(found[CvItemKind.PROJECT]) == 2
    assert len(found[CvItemKind.ACHIEVEMENT]) >= 10
    assert len(found[CvItemKind.SKILL]) >= 8


@pytest.mark.parametrize(
    "text", ["", "\n\n", "•••", "x" * 9000, "2019 - 2020\n" * 50, "職務経歴\n・営業を担当\n", "| | |\n" * 40]
)
def test_odd_texts_do_not_break_it(text):
    for item in find_cv_items(text):
        assert item.span.is_in(text)


@pytest.mark.parametrize("unit", [CV, "word,\n", "\t x", "2019 - "])
def test_time_grows_with_the_length_only(unit):
    text = (unit * 40_000)[:40_000]
    assert len(find_cv_items(text)) <= MOST
    assert is_linear(find_cv_items, text)


def test_deed_with_a_year_in_it_is_no_role():
    cv = (
        "Assistant, Vang Orchards, 2012 - 2016\n"
        "* Lost a whole yard to disease in 2014 and burned the hives by order of the inspector\n"
        "* Cut losses in 2015 and wrote a guide for the manager\n"
    )
    roles = [item.label for item in find_cv_items(cv) if item.kind is CvItemKind.ROLE]
    assert roles == ["Assistant"]


def test_bullet_that_is_the_head_of_an_entry_is_a_role():
    cv = "WORK\n- Shop assistant, Brightside, 2019 - 2023\n- 2017-2019 Waiter at Cafe Lumen\n"
    roles = {item.label for item in find_cv_items(cv) if item.kind is CvItemKind.ROLE}
    assert roles == {"Shop assistant", "Waiter"}
