"""Annotated answers of many trades and styles keep being read as a careful reader reads them."""

import pytest

from benchmarks import reading


@pytest.mark.parametrize("half", reading.HALVES)
def test_every_quote_of_the_annotation_occurs_in_its_answer(half: str) -> None:
    samples = reading.load(half)
    assert len(samples) >= 45
    for sample in samples:
        for part in sample.parts.values():
            assert all(quote in sample.answer for quote in (part.quotes if part else ())), sample.id
        assert all(phrase in sample.answer for phrase in sample.quotable), sample.id


@pytest.mark.parametrize(
    ("half", "result", "situation", "phrase", "bad"), [("tuned", 0.95, 0.92, 0.88, 6), ("held_out", 0.8, 0.85, 0.8, 3)]
)
def test_parts_kinds_and_phrases_are_found(half: str, result: float, situation: float, phrase: float, bad: int) -> None:
    figures = reading.measure(reading.load(half))
    assert figures.recall["result"] >= result and figures.precision["result"] >= 0.9
    assert figures.recall["action"] >= 0.95 and figures.precision["action"] >= 0.95
    assert figures.recall["situation"] >= situation and figures.precision["situation"] >= 0.9
    assert figures.recall["task"] >= 0.9 and figures.precision["task"] >= 0.8
    assert figures.substance >= 0.9
    assert figures.first_phrase >= phrase
    assert figures.bad_phrases <= bad
