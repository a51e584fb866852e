"""Every form of the question bank keeps the rules of a good question."""

import re
from itertools import combinations

import pytest

from interview_coach.coach.rules import checks
from interview_coach.coach.rules.bank import AIMS, QUOTES, SLOTS, Form, bank
from interview_coach.domain.competencies import COMPETENCIES

FILLING = {
    "ad": "the ad asks for careful records",
    "req": "careful records",
    "doing": "keeping careful records",
    "cv": "your work rebuilding the archive",
    "in_cv": "when you rebuilt the archive",
    "cv_says": "your CV says that you rebuilt the archive",
    "job": "the archivist role",
    "employer": "this employer",
    "quote": "“sorted the old files”",
    "did": "you “sorted the old files”",
    "thing": "“the old files”",
    "told": "“we sorted the old files”",
    "claim": "“files need order”",
}


def filled(form: Form) -> str:
    return re.sub(r"\{(\w+)\}", lambda match: FILLING[match[1]], form.text)


FORMS = bank().forms


def test_there_are_at_least_250_different_forms():
    assert len({form.text for form in FORMS}) == len(FORMS) >= 250


def test_every_kind_of_phrase_can_be_said_back_in_several_ways():
    for slot in ("did", "thing", "told", "claim"):
        assert len(set(bank().bridges[slot])) >= 5
        assert all(f"{{{slot}}}" in text and "?" not in text for text in bank().bridges[slot])


@pytest.mark.parametrize("kind", sorted({form.kind for form in FORMS}))
def test_every_form_is_one_open_short_clean_ask(kind: str):
    for form in FORMS:
        if form.kind == kind:
            assert checks.problems(filled(form)) == (), form.text
            assert form.slots <= SLOTS
            assert checks.word_count(filled(form)) <= checks.MAX_WORDS
            assert not re.search(r"\b(?:age|family|health|religion|origin|for example|such as|e\.g\.)\b", form.text)


def test_no_two_forms_of_a_kind_are_near_duplicates():
    for one, two in combinations(FORMS, 2):
        if one.kind == two.kind:
            left, right = (re.sub(r"\{\w+\}", " ", form.text) for form in (one, two))
            assert checks.likeness(left, right) < 0.85, (one.text, two.text)


def test_every_competency_can_be_asked_without_a_cv():
    for competency in COMPETENCIES:
        forms = [form for form in bank().main["experience"] if form.competency == competency]
        assert len(forms) >= 6
        assert any(not form.slots & {"cv", "in_cv", "cv_says"} for form in forms)


def test_every_probe_quotes_and_every_aim_has_forms_for_any_phrase():
    for aim in AIMS:
        forms = bank().probes[aim, "past"]
        assert len(forms) >= 7
        assert any(form.slots == {"quote"} for form in forms) and any(form.slots & {"did"} for form in forms)
        assert all(form.slots & QUOTES for form in forms)
        for kind in ("did", "thing", "told", "claim"):
            assert any(kind in form.slots for form in forms), (aim, kind)


def test_the_checks_would_catch_a_bad_form():
    assert "not_open" in checks.problems("Did you sort the files?")
    assert "not_one_ask" in checks.problems("What did you do? Why?")
    assert "double" in checks.problems("What did you do and why did you do it?")
    assert "praise" in checks.problems("Great answer. What did you do next?")
    assert "protected" in checks.problems("How old are your children, and what do they say?")
    assert "too_long" in checks.problems("What " + "very " * 45 + "long?")
    assert "leading" in checks.problems("What a mess, isn't it?")
    assert "repeat" in checks.problems("What did you do with the old files?", ["What did you do with the old files?"])
