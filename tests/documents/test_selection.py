"""A budget is kept by choosing, not by cutting the head."""

import pytest

from benchmarks.extraction import corpus, measure, total
from interview_coach.documents.cv_items import find_cv_items
from interview_coach.documents.requirements import find_requirements
from interview_coach.documents.selection import FOLLOW_UP_BUDGET, OPENING_BUDGET, is_kept, select

INTRO = "Our company was founded long ago and is proud of its many stories and of its green offices. " * 40
ASKS = "\nRequirements\n" + "".join(
    f"- Experience of repairing {thing} for private customers in their own homes at short notice\n"
    for thing in ("clocks", "bicycles", "pianos", "lamps", "boats", "kettles", "roofs", "violins", "tractors", "looms")
)
TEXT = INTRO + ASKS


@pytest.mark.parametrize("budget", [FOLLOW_UP_BUDGET, OPENING_BUDGET])
def test_what_stands_behind_a_long_introduction_is_kept(budget):
    found = find_requirements(TEXT)
    assert len(found) == 10
    assert not any(r.span.end <= budget for r in found)
    selected = select(TEXT, found, budget)
    assert len(selected) <= budget
    assert all(is_kept(selected, r) for r in found)


@pytest.mark.parametrize("budget", [FOLLOW_UP_BUDGET, OPENING_BUDGET])
def test_nine_tenths_of_the_corpus_are_kept(budget):
    long_ads = [ad for ad in corpus() if len(ad.text) > budget]
    assert long_ads
    row = total([measure(ad) for ad in long_ads], "long")
    assert row.kept[budget] >= 0.9 * row.found
    assert row.kept[budget] > row.head[budget]


def test_document_order_and_whole_lines():
    found = find_requirements(TEXT)
    lines = select(TEXT, found, 700).splitlines()
    assert lines
    places = [TEXT.find(line) for line in lines]
    assert all(place >= 0 for place in places)
    assert places == sorted(places)
    forms = {r.label for r in found} | {r.span.text for r in found}
    assert all(line in forms or any(r.label.startswith(line) for r in found) for line in lines)


def test_focus_decides_when_room_is_short():
    found = find_requirements(TEXT)
    assert "looms" in select(TEXT, found, 120, focus=["repairing looms"])
    assert "violins" in select(TEXT, found, 120, focus=["violins"])


@pytest.mark.parametrize("budget", [0, 1, 10, 40, 200])
def test_small_budgets_hold(budget):
    assert len(select(TEXT, find_requirements(TEXT), budget)) <= budget


def test_a_text_that_fits_is_given_whole():
    assert select(" short text \n", (), 100) == "short text"


def test_without_spans_whole_lines_from_the_head():
    text = "one line\n" * 40
    selected = select(text, (), 100)
    assert 0 < len(selected) <= 100
    assert set(selected.splitlines()) == {"one line"}


def test_many_requirements_are_kept_in_short_forms():
    text = "Requirements\n" + "".join(
        f"- {craft} {thing} for customers who bring them to the workshop by hand or by post\n"
        for craft in ("Repairing", "Painting", "Cleaning", "Tuning", "Selling", "Packing")
        for thing in ("clocks", "bicycles", "pianos", "lamps", "boats", "kettles", "roofs", "violins", "tractors")
    )
    found = find_requirements(text)
    selected = select(text, found, FOLLOW_UP_BUDGET)
    assert len(selected) <= FOLLOW_UP_BUDGET
    assert len(found) >= 50
    assert sum(is_kept(selected, r) for r in found) >= 0.9 * len(found)
    assert sum(r.span.end <= FOLLOW_UP_BUDGET for r in found) < 0.5 * len(found)


def test_cv_items_are_selected_too():
    cv = "EXPERIENCE\n" + "".join(
        f"- Repaired {n} old pianos for the town hall and its {n} guests\n" for n in range(10, 90)
    )
    items = find_cv_items(cv)
    selected = select(cv, items, OPENING_BUDGET, focus=["pianos"])
    assert 1000 < len(selected) <= OPENING_BUDGET
