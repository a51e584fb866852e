"""What answers change in mastery: worked out by hand, and against mastery itself."""

from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from interview_coach.domain.formats import Difficulty
from interview_coach.domain.mastery import Mastery, Observation, Standing, by_competency, by_topic
from interview_coach.domain.mastery_change import Change, Changes
from interview_coach.domain.time_spent import BREAK_SECONDS, time_spent


def at(when: float, marks: int, competency: str = "teamwork", subject: str = "") -> Observation:
    return Observation(when, competency, subject, marks / 100)


def changed(known: list[Observation], new: list[Observation]) -> Changes:
    found = [(seen, False) for seen in known] + [(seen, True) for seen in new]
    found.sort(key=lambda pair: (pair[0].when, pair[0].competency, pair[0].subject, pair[0].value))
    return Changes([(is_own, seen.competency, seen.subject, round(100 * seen.value)) for seen, is_own in found])


def test_before_and_after_by_hand():
    (change,) = changed([at(1, 50), at(2, 90)], [at(3, 90), at(4, 90)]).competencies
    assert change.before.value == approx(0.62)
    assert change.after.value == approx(0.3 * 0.9 + 0.7 * (0.3 * 0.9 + 0.7 * 0.62))
    assert (change.before.level, change.after.level) == (Difficulty.MEDIUM, Difficulty.HARD)
    assert change.moves_level and change.moves_band and change.count == 2


def test_what_was_answered_elsewhere_in_between_counts_on_both_sides():
    (change,) = changed([at(1, 50), at(3, 90)], [at(2, 20), at(4, 80)]).competencies
    assert change.before.value == approx(0.3 * 0.9 + 0.7 * 0.5)
    assert change.after.value == approx(0.3 * 0.8 + 0.7 * (0.3 * 0.9 + 0.7 * (0.3 * 0.2 + 0.7 * 0.5)))


def test_the_first_answers_about_something_have_no_before_and_move_nothing():
    (change,) = changed([], [at(2, 90), at(3, 90), at(4, 90)]).competencies
    assert change.before is None and change.count == 3 and change.after.level is Difficulty.HARD
    assert not change.moves_band and not change.moves_level


def test_what_was_not_asked_about_is_left_out():
    (change,) = changed([at(1, 50), at(2, 50, "safety")], [at(3, 50)]).competencies
    assert (change.competency, change.before.count, change.after.count) == ("teamwork", 1, 2)


def test_topics_change_beside_their_competency_however_they_are_spelled():
    found = changed([at(1, 20, subject="Night shifts")], [at(2, 80, subject="night  shifts"), at(3, 50)])
    (topic,), (whole,) = found.topics, found.competencies
    assert (topic.subject, topic.count, topic.before.value, topic.after.value) == ("night shifts", 1, 0.2, approx(0.38))
    assert whole.count == 2 and whole.subject == ""


def test_without_answers_nothing_changes():
    assert changed([at(1, 50)], []).competencies == ()


OBSERVATIONS = st.lists(
    st.builds(
        Observation,
        st.integers(0, 50).map(float),
        st.sampled_from(["teamwork", "safety"]),
        st.sampled_from(["", "shifts", "Shifts"]),
        st.integers(0, 100).map(lambda score: score / 100),
    ),
    max_size=12,
)


@given(OBSERVATIONS, OBSERVATIONS)
def test_after_is_where_mastery_stands_with_the_new_ones_and_before_is_without_them(known, new):
    found = changed(known, new)
    for group, changes in ((by_competency, found.competencies), (by_topic, found.topics)):
        whole = {_where(mastery): mastery for mastery in group([*known, *new])}
        without = {_where(mastery): mastery for mastery in group(known)}
        assert [_where(change) for change in changes] == [_where(mastery) for mastery in group(new)]
        for change in changes:
            assert _figures(change.after) == _figures(whole[_where(change)])
            assert _figures(change.before) == _figures(without.get(_where(change)))
        assert [change.count for change in changes] == [mastery.count for mastery in group(new)]


def _where(found: Mastery | Change) -> tuple[str, str]:
    return found.competency, found.subject.casefold()


def _figures(found: Standing | None) -> object:
    return found and (round(found.value, 9), found.count, found.streak, found.level, found.band)


def test_breaks_are_left_out_of_the_time_spent():
    assert time_spent([]) == 0 and time_spent([7.0]) == 0
    assert time_spent([100, 0, 40]) == 100
    assert time_spent([0, BREAK_SECONDS]) == BREAK_SECONDS
    assert time_spent([0, 60, 60 + BREAK_SECONDS + 1, 100 + BREAK_SECONDS + 1]) == 100
