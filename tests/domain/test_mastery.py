"""Mastery, difficulty, what to practise and how fast it goes: figures worked out by hand, and what always holds."""

from statistics import linear_regression

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.domain.formats import Difficulty
from interview_coach.domain.mastery import (
    STEPS,
    Band,
    Mastery,
    Observation,
    by_competency,
    by_topic,
    levels,
    strongest,
    to_practise,
    velocity,
    weakest,
)

EASY, MEDIUM, HARD = STEPS


def seen(*values: float, competency: str = "teamwork", subject: str = "", begin: float = 0) -> list[Observation]:
    return [Observation(begin + at, competency, subject, value) for at, value in enumerate(values)]


def only(observations: list[Observation]) -> Mastery:
    (found,) = by_competency(observations)
    return found


def test_the_first_observation_starts_the_average_and_each_later_one_moves_it_by_three_tenths():
    assert only(seen(0.5)).value == 0.5
    # 0.3 * 0.9 + 0.7 * 0.5 = 0.62; 0.3 * 0.2 + 0.7 * 0.62 = 0.494
    assert only(seen(0.5, 0.9)).value == pytest.approx(0.62)
    assert only(seen(0.5, 0.9, 0.2)).value == pytest.approx(0.494)


def test_count_last_seen_and_competency_are_those_of_the_observations():
    found = only([*seen(0.5, 0.6), Observation(40.0, "teamwork", "shifts", 0.7, take=2)])
    assert (found.competency, found.subject, found.count, found.last_seen) == ("teamwork", "", 3, 40.0)


@pytest.mark.parametrize(
    ("values", "level", "streak"),
    [
        ((0.9, 0.9), MEDIUM, 2),
        ((0.9, 0.9, 0.9), HARD, 0),
        ((0.71, 0.71, 0.7), MEDIUM, 0),  # above 0.7, not 0.7 itself, and the row is over
        ((0.9, 0.9, 0.5, 0.9), MEDIUM, 1),
        ((0.9, 0.9, 0.1, 0.9, 0.9, 0.9), HARD, 0),
        ((0.3,), MEDIUM, -1),
        ((0.3, 0.3), EASY, 0),
        ((0.39, 0.4), MEDIUM, 0),  # below 0.4, not 0.4 itself
        ((0.3, 0.3, 0.3), EASY, -1),
        ((0.3, 0.3, 0.3, 0.3, 0.3), EASY, -3),  # nothing is easier than easy
        ((0.9,) * 7, HARD, 4),  # nothing is harder than hard
        ((0.9, 0.9, 0.9, 0.3, 0.3), MEDIUM, 0),
        ((0.3, 0.3, 0.9, 0.9, 0.9, 0.9, 0.9), MEDIUM, 2),
        ((0.3, 0.3, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9), HARD, 0),
    ],
)
def test_three_good_ones_in_a_row_make_it_harder_and_two_poor_ones_easier(values, level, streak):
    found = only(seen(*values))
    assert (found.level, found.streak) == (level, streak)


@pytest.mark.parametrize(
    ("value", "band"),
    [(0.0, Band.WEAK), (0.39, Band.WEAK), (0.4, Band.GROWING), (0.7, Band.GROWING), (0.71, Band.STRONG)],
)
def test_the_words_follow_the_thresholds_of_good_and_poor(value, band):
    assert only(seen(value)).band is band


def test_a_topic_is_a_subject_within_a_competency_however_it_is_spelled():
    observations = [
        *seen(0.2, competency="service", subject="Calm  customers"),
        *seen(0.8, competency="service", subject="calm customers", begin=5),
        *seen(0.9, competency="motivation", subject="calm customers", begin=6),
        *seen(0.1, competency="service", begin=7),
    ]
    motive, service = by_topic(observations)
    assert (service.subject, service.count) == ("calm customers", 2)
    assert service.value == pytest.approx(0.3 * 0.8 + 0.7 * 0.2)
    assert (motive.competency, motive.count) == ("motivation", 1)
    assert [(m.competency, m.count) for m in by_competency(observations)] == [("motivation", 1), ("service", 3)]


def test_weak_is_the_lowest_and_of_two_equal_ones_the_one_asked_later():
    found = by_competency(
        [
            *seen(0.3, competency="analysis", begin=1),
            *seen(0.3, competency="teamwork", begin=9),
            *seen(0.2, competency="service"),
            *seen(0.8, competency="quality", begin=3),
            *seen(0.8, competency="safety", begin=4),
        ]
    )
    assert [m.competency for m in weakest(found, 3)] == ["service", "teamwork", "analysis"]
    assert [m.competency for m in strongest(found, 2)] == ["safety", "quality"]


def test_practice_takes_what_is_not_strong_and_the_weakest_when_all_is():
    some = by_competency([*seen(0.9, competency="safety"), *seen(0.6, competency="service")])
    assert [m.competency for m in to_practise(some)] == ["service"]
    strong = by_competency([*seen(0.9, competency="safety"), *seen(0.8, competency="service")])
    assert [m.competency for m in to_practise(strong)] == ["service"]
    weak = by_competency([o for name in ("a", "b", "c", "d") for o in seen(0.1, competency=name)])
    assert len(to_practise(weak)) == 3
    assert to_practise(()) == ()


def test_levels_are_those_reached():
    found = by_competency([*seen(0.9, 0.9, 0.9, competency="safety"), *seen(0.5, competency="service")])
    assert levels(found) == {"safety": HARD, "service": MEDIUM}


@pytest.mark.parametrize(
    ("overalls", "slope"),
    [
        ((), None),
        ((40, 60), None),
        ((40, 50, 60), 10.0),
        ((60, 60, 60), 0.0),
        # places -2..2 times values: -100 - 52 + 55 + 130 = 33, by 10
        ((50, 52, 58, 55, 65), 3.3),
        ((0, 0, 50, 52, 58, 55, 65), 3.3),  # only the last five
        ((70, 50, 60), -5.0),
    ],
)
def test_learning_velocity_is_the_slope_over_the_last_five_from_three_on(overalls, slope):
    found = velocity(overalls)
    assert found is slope is None or found == pytest.approx(slope)


@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan")])
def test_an_observation_outside_its_range_is_refused(value):
    assert Observation(0, "safety", "", 0.5)
    with pytest.raises(ValueError, match="between 0 and 1"):
        Observation(0, "safety", "", value)


# What always holds

OBSERVATIONS = st.lists(
    st.builds(
        Observation,
        when=st.integers(0, 30).map(float),
        competency=st.sampled_from(["safety", "service", "teamwork"]),
        subject=st.sampled_from(["", "night shifts", "Night  shifts", "stock"]),
        value=st.floats(0, 1),
        take=st.integers(1, 3),
    ),
    max_size=40,
)


@given(OBSERVATIONS)
def test_mastery_stays_between_the_lowest_and_the_highest_observation(observations):
    for found in by_competency(observations):
        values = [o.value for o in observations if o.competency == found.competency]
        assert min(values) - 1e-9 <= found.value <= max(values) + 1e-9
        assert 0 <= found.value <= 1 and found.count == len(values)
        assert found.last_seen == max(o.when for o in observations if o.competency == found.competency)


@given(OBSERVATIONS, st.randoms(use_true_random=False))
def test_the_order_in_which_rows_come_changes_nothing(observations, random):
    shuffled = list(observations)
    random.shuffle(shuffled)
    assert by_competency(shuffled) == by_competency(observations)
    assert by_topic(shuffled) == by_topic(observations)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_a_level_is_always_one_of_three_and_moves_one_step_at_a_time(values):
    steps = [STEPS.index(only(seen(*values[:count])).level) for count in range(1, len(values) + 1)]
    assert all(abs(later - earlier) <= 1 for earlier, later in zip([1, *steps], steps, strict=False))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20), st.floats(0, 1), st.floats(0, 1))
def test_a_better_last_answer_never_lowers_mastery(values, one, two):
    low, high = sorted((one, two))
    assert only(seen(*values, low)).value <= only(seen(*values, high)).value + 1e-12


@given(OBSERVATIONS)
def test_weakest_and_strongest_are_sorted_and_hold_the_same(observations):
    found = by_competency(observations)
    low, high = weakest(found), strongest(found)
    assert [m.value for m in low] == sorted(m.value for m in found)
    assert [m.value for m in high] == sorted((m.value for m in found), reverse=True)
    assert set(low) == set(high) == set(found)


@given(st.lists(st.integers(0, 100), min_size=3, max_size=12))
def test_the_slope_is_that_of_the_standard_library(overalls):
    recent = overalls[-5:]
    slope, _ = linear_regression(range(len(recent)), recent)
    assert velocity(overalls) == pytest.approx(slope, abs=1e-9)


def test_difficulty_has_just_these_steps():
    assert set(STEPS) == set(Difficulty)
