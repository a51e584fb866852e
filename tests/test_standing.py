"""What the progress page says and draws, from made-up trends."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from interview_coach import standing, standing_speech
from interview_coach.progress import Progress, Trend
from interview_coach.standing import Direction

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
NAMES = ("communication", "technical_depth", "problem_solving", "confidence", "relevance")


def trends(*overalls: int | None, coaches: str = "o", spoken: bool = False) -> tuple[Trend, ...]:
    """One interview a day; `coaches` in turn: o = offline, g = gemini, r = openrouter."""
    names = {"o": "offline", "g": "gemini", "r": "openrouter"}
    return tuple(
        Trend(
            interview_id=str(day),
            completed_at=BEGIN + timedelta(days=day),
            job_title="Host",
            company="",
            format="mock",
            difficulty="medium",
            coach=names[coaches[day % len(coaches)]],
            rubric_version="mock-1",
            overall=overall,
            asked=8,
            answered=8,
            dimensions=dict.fromkeys(NAMES, overall),
            is_spoken=spoken,
        )
        for day, overall in enumerate(overalls)
    )


def progress(*overalls: int | None, **choices) -> Progress:
    return Progress(trends(*overalls, **choices), (), ())


def overall(found: Progress) -> standing.Multiple:
    return standing.multiples(found)[0]


@pytest.mark.parametrize(
    ("values", "sentence", "plain", "direction"),
    [
        ((), "Not measurable in these interviews.", "Not measurable in these interviews.", Direction.UNKNOWN),
        ((62,), "62 of 100 so far. One interview shows no trend yet.",
         "One interview so far. The next ones show where it goes.", Direction.UNKNOWN),
        ((62, 70), "From 62 to 70 of 100. From the third interview on you see a pace here.",
         "Rising over your last interviews.", Direction.UP),
        ((50, 52, 58, 55, 65),
         "About 3 points higher from one interview to the next, over the last 5; the newest has 65 of 100.",
         "Rising over your last interviews.", Direction.UP),
        ((60, 61, 62),
         "About 1 point higher from one interview to the next, over the last 3; the newest has 62 of 100.",
         "Rising over your last interviews.", Direction.UP),
        ((60, 60, 61), "About the same over the last 3 interviews; the newest has 61 of 100.",
         "About the same over your last interviews.", Direction.LEVEL),
        ((70, 50, 60),
         "About 5 points lower from one interview to the next, over the last 3; the newest has 60 of 100.",
         "Lower over your last interviews. One more interview often looks different.", Direction.DOWN),
        ((0, 0, 0, 60, 60, 60, 60, 60), "About the same over the last 5 interviews; the newest has 60 of 100.",
         "About the same over your last interviews.", Direction.LEVEL),
    ],
)  # fmt: skip
def test_one_sentence_says_what_a_trend_means(values, sentence, plain, direction):
    found = overall(progress(*values))
    assert (found.sentence, found.plain, found.direction) == (sentence, plain, direction)


def test_the_sentence_compares_only_marks_of_the_newest_coach():
    found = overall(progress(90, 40, 90, 50, 90, 60, coaches="og"))
    assert found.sentence.startswith("About 10 points higher from one interview to the next, over the last 3;")


def test_each_coach_has_its_shape_and_its_own_line_and_every_point_its_dot():
    found = overall(progress(90, 40, 80, None, 70, 60, coaches="og"))
    assert [(s.coach, s.shape, len(s.dots)) for s in found.series] == [
        ("Built-in coach", "circle", 3),
        ("Gemini", "square", 2),
    ]
    assert [len(s.path.split()) for s in found.series] == [3, 2]
    xs = sorted(x for s in found.series for x, _ in s.dots)
    assert len(set(xs)) == 5 and all(0 <= x <= standing.WIDTH for x in xs)


def test_higher_marks_are_drawn_higher():
    (series,) = overall(progress(20, 80, 50)).series
    (_, low), (_, high), (_, between) = series.dots
    assert high < between < low


def test_a_single_point_is_not_drawn():
    assert not overall(progress(50)).is_drawn and overall(progress(50, 60)).is_drawn


def test_what_is_not_measurable_is_no_point():
    found = standing.multiples(Progress(trends(None, None, None), (), ()))[1]
    assert found.series == () and found.sentence == "Not measurable in these interviews."


def test_several_coaches_are_said_and_one_is_not():
    several = standing.coaches_sentence(progress(50, 60, 70, coaches="ogr"))
    assert "the built-in coach as circles, Gemini as squares and OpenRouter as diamonds" in several
    assert several.endswith("the sentences speak of those by OpenRouter.")
    assert "Gemini" in standing.coaches_plain(progress(50, 60, coaches="og"))
    assert standing.coaches_sentence(progress(50, 60)) == standing.coaches_plain(progress(50, 60)) == ""


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (progress(), "Not measurable yet: it takes three interviews marked by the same coach, and there is none yet."),
        (progress(50, 60), "Not measurable yet: it takes three interviews marked by the same coach, "
                           "and there are two so far."),
        (progress(40, 50, 60), "You gained about 10 points from one interview to the next, over the last 3 interviews "
                               "marked by the built-in coach."),
        (progress(60, 50, 40), "About 10 points lower from one interview to the next, over the last 3 interviews "
                               "marked by the built-in coach. The next steps in your newest report say where "
                               "to begin."),
        (progress(60, 60, 60), "About level over the last 3 interviews marked by the built-in coach: less than one "
                               "point of change from one to the next."),
    ],
)  # fmt: skip
def test_learning_velocity_in_words(found, sentence):
    assert standing.pace_sentence(found) == sentence
    assert standing.pace_plain(found)


def test_calm_pages_say_once_what_several_lines_have_in_common():
    falling = standing.multiples(progress(60, 50, 40))
    groups = standing.plain_groups(falling)
    assert sorted(", ".join(names for _, names, _ in groups).split(", ")) == sorted(one.name for one in falling)
    assert len({sentence for _, _, sentence in groups}) == len(groups) < len(falling)
    assert {arrow for arrow, _, _ in groups} == {one.arrow for one in falling}


def test_a_fall_is_explained_once_and_only_a_fall():
    assert "another job" in standing.lower_sentence(standing.multiples(progress(60, 50, 40)))
    assert standing.lower_sentence(standing.multiples(progress(40, 50, 60))) == ""
    assert standing.lower_sentence(()) == ""


@pytest.mark.parametrize("values", [(), (50,), (50, 60), (60, 50, 40), (40, 50, 60), (50, 50, 50), (None, 40)])
def test_words_for_calm_pages_hold_no_digit(values):
    found = progress(*values, coaches="og")
    said = [standing.pace_plain(found), standing.coaches_plain(found), standing_speech.plain(found)]
    said += [multiple.plain + multiple.arrow for multiple in standing.multiples(found)]
    assert not re.search(r"\d", " ".join(said))


def test_changes_are_against_the_one_before_of_the_same_coach():
    assert standing.changes(trends(50, 60, 60, 55)) == {
        "1": "10 more than before", "2": "same as before", "3": "5 less than before",
    }  # fmt: skip
    several = standing.changes(trends(50, 90, 60, coaches="ogo"))
    assert several == {"2": "10 more than the one before by the built-in coach"}
    assert standing.changes(trends(50, None, 60)) == {"2": "10 more than before"}


def test_only_the_newest_thirty_are_drawn():
    found = progress(*range(20, 80))
    assert [trend.overall for trend in standing.drawn(found)] == list(range(50, 80))
    assert len(overall(found).series[0].dots) == 30
