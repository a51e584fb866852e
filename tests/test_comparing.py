"""Before and after in words."""

from dataclasses import replace

import pytest

from interview_coach.comparing import compare
from interview_coach.domain.evidence import Source, Span
from interview_coach.domain.provenance import Provenance
from interview_coach.domain.scorecard import AnswerScore, Remark
from interview_coach.domain.star import Star

RULES = Provenance("rules", "assessor-rules-1")
MODEL = Provenance("model", "1", provider="gemini", model="m", prompt="assess@1")


def span(text: str) -> Span:
    return Span(Source.ANSWER, text, 0, len(text))


def score(accuracy: int | None, completeness: int | None, clarity: int | None, **more: object) -> AnswerScore:
    values = {
        "number": 1,
        "category": "Leadership",
        "star": Star(),
        "feedback": "",
        "remarks": (),
        "improvements": (),
        "reference_answer": "",
        "dimensions": {},
        "provenance": RULES,
        **more,
    }
    return AnswerScore(accuracy=accuracy, completeness=completeness, clarity=clarity, **values)


def test_differences_add_up():
    found = compare(score(20, 10, 15), score(32, 8, 15))
    assert [part.change for part in found.parts] == [12, -2, 0]
    assert found.total.change == sum(part.change for part in found.parts) == 10
    assert [part.direction for part in found.parts] == ["more", "less", "same"]


@pytest.mark.parametrize(("after", "direction"), [(20, "same"), (21, "same"), (19, "same"), (22, "more"), (18, "less")])
def test_one_mark_is_no_change_worth_a_word(after, direction):
    found = compare(score(20, 10, 10), score(after, 10, 10))
    assert found.parts[0].direction == found.total.direction == direction


def test_a_part_of_the_story_that_is_there_now_is_said_with_its_words():
    found = compare(score(20, 10, 15), score(20, 10, 15, star=Star(result=span("We opened on time"))))
    assert [(point.text, point.quote.text) for point in found.better] == [
        ("It now says how it ended.", "We opened on time")
    ]
    assert found.worse == ()


def test_what_got_lost_quotes_the_earlier_answer():
    before = score(20, 20, 20, star=Star(result=span("We opened on time")))
    found = compare(before, score(20, 10, 20))
    assert [(point.text, point.quote.text if point.quote else None) for point in found.worse] == [
        ("It no longer says how it ended.", "We opened on time"),
        ("Completeness got weaker.", None),
    ]


def test_marks_that_rose_are_named_together():
    found = compare(score(20, 10, 10), score(30, 20, 20))
    assert found.better[-1].text == "Accuracy, completeness and clarity got stronger."


def test_what_is_still_missing_are_the_steps_of_the_newer_answer():
    step = Remark("Say how many it were.", "improvement", span("many guests"))
    old = Remark("Say how it ended.", "improvement", None)
    found = compare(score(20, 10, 15, improvements=(old,)), score(20, 10, 15, improvements=(step,)))
    assert [(point.text, point.quote) for point in found.missing] == [(step.text, step.quote)]


def test_a_models_new_wording_is_no_news():
    """Rules repeat themselves word for word; a model never does."""
    old, new = Remark("It has a figure.", "strength", None), Remark("There is a figure.", "strength", None)
    rules = compare(score(20, 10, 15, remarks=(old,)), score(20, 10, 15, remarks=(old, new)))
    assert [point.text for point in rules.better] == [new.text]
    model = compare(
        score(20, 10, 15, remarks=(old,), provenance=MODEL), score(20, 10, 15, remarks=(new,), provenance=MODEL)
    )
    assert model.better == model.worse == ()


@pytest.mark.parametrize(
    "other", [MODEL, replace(RULES, version="assessor-rules-2"), replace(MODEL, provider="openrouter")]
)
def test_marks_by_another_hand_are_called_so(other):
    assert compare(score(20, 10, 15), score(20, 10, 15)).same_marker
    assert not compare(score(20, 10, 15), score(20, 10, 15, provenance=other)).same_marker


def test_without_marks_on_one_side_there_is_nothing_to_subtract():
    unmarked = score(None, None, None, needs_review="No usable marks came.")
    marked = score(20, 10, 15, star=Star(result=span("We opened on time")))
    for before, after in ((unmarked, marked), (marked, unmarked), (None, marked)):
        found = compare(before, after)
        assert found.total.change is None and {part.direction for part in found.parts} == {"unknown"}
        assert found.better == found.worse == ()
        assert found.to_json()["change"] is None
