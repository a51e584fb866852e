"""Quotes in a report can be read alone, and stand in the answer where they say."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.domain.evidence import Source, Span
from interview_coach.domain.transcript import QuestionKind
from interview_coach.reporting.quoting import LONG, Private, readable
from tests.test_reporting import ACTION, HYPOTHETICAL, STORY, build

MOVED = "It was about to rain. I gave us until half past twelve, then I said we move. I took the seating myself."
TOOLS = (
    "First I counted, "
    + "then we talked for an hour about it, " * 6
    + "and I called the florist and the band, and left."
)


def span(answer: str, words: str) -> Span:
    start = answer.index(words)
    return Span(Source.ANSWER, words, start, start + len(words))


@pytest.mark.parametrize(
    ("answer", "words", "shown"),
    [
        (MOVED, "I gave us", "I gave us until half past twelve, then I said we move"),
        (MOVED, "I took", "I took the seating myself"),
        (MOVED, "gave us until half past twelve, then", "gave us until half past twelve, then"),
        (TOOLS, "called", "I called the florist and the band"),
        ("but I changed only one thing in the first month", "but I changed only one thing in the first month",
         "I changed only one thing in the first month"),
        ("それは冬でした。ミスは半分になりました。", "ミスは", "ミスは半分になりました"),
        ("Fine", "Fine", "Fine"),
    ],
)  # fmt: skip
def test_a_fragment_is_widened_to_what_it_belongs_to(answer: str, words: str, shown: str) -> None:
    assert readable(span(answer, words), answer, Private(answer)).text == shown


@given(st.text(alphabet="ab ,.;\n。", max_size=300), st.data())
def test_what_is_shown_stands_in_the_answer_and_holds_the_quote(answer: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(answer)))
    end = data.draw(st.integers(start, len(answer)))
    quote = Span(Source.ANSWER, answer[start:end], start, end)
    found = readable(quote, answer, Private(answer))
    assert found.text == answer[found.start : found.end]
    assert found.start <= start and found.end >= end
    assert len(found.text) <= max(LONG, end - start)


def test_a_quote_that_is_not_there_is_left_alone() -> None:
    wrong = Span(Source.ANSWER, "never", 0, 5)
    assert readable(wrong, MOVED, Private(MOVED)) is wrong


def test_parts_of_a_story_are_missing_only_where_a_whole_story_was_asked_for() -> None:
    entry = build([STORY]).answers[0]
    some = replace(entry.score, star=replace(entry.score.star, task=None), completeness=18)
    part = replace(entry, score=some)
    assert part.asks_story and ("task", None) in replace(part, kind=QuestionKind.QUESTION).parts
    assert "task" not in dict(replace(part, kind=QuestionKind.PROBE).parts)
    view = replace(part, question=HYPOTHETICAL)
    assert not view.asks_story and "task" not in dict(view.parts)
    empty = replace(entry.score.star, situation=None, task=None, action=None, result=None)
    assert replace(entry, score=replace(entry.score, star=empty)).parts == ()
    assert build([None, ACTION]).answers[0].parts == ()


def test_parts_of_a_story_never_contradict_the_marks() -> None:
    entry = build([STORY]).answers[0]
    without = replace(entry.score, star=replace(entry.score.star, task=None))
    assert None not in dict(replace(entry, score=replace(without, completeness=30)).parts).values()
    assert replace(entry, score=replace(without, completeness=0)).parts == ()
    unmarked = replace(without, accuracy=None, completeness=None, clarity=None, needs_review="No marks came.")
    assert ("task", None) in replace(entry, score=unmarked).parts


def test_a_short_quote_is_not_widened_into_nerves_or_thanks() -> None:
    answer = "Sorry, I am so nervous, I called the florist. Then we went home."
    words = span(answer, "I called the florist")
    assert readable(words, answer, Private(answer)) is words
