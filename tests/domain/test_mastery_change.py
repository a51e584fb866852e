"""What answers change in mastery: worked out by hand, and against mastery itself."""

from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from interview_coach.domain.formats import Difficulty
from interview_coach.domain.mastery import Observation, by_competency, by_topic
from interview_coach.domain.mastery_change import changed
from interview_coach.domain.time_spent import BREAK_SECONDS, time_spent


def at(when: float, value: float, competency: str = "teamwork", subject: str = "") -> Observation:
    return Observation(when, competency, subject, value)


def test_before_and_after_by_hand():
    (change,) = changed([at(1, 0.5), at(2, 0.9)], [at(3, 0.9), at(4, 0.9)]).competencies
    assert change.before.value == approx(0.62)
    assert change.after.value == approx(0.3 * 0.9 + 0.7 * (0.3 * 0.9 + 0.7 * 0.62))
    assert (change.before.level, change.after.level) == (Difficulty.MEDIUM, Difficulty.HARD)
    assert change.moves_level and change.moves_band and change.count == 2


def test_the_first_answers_about_something_have_no_before_and_move_nothing():
    (change,) = changed([at(1, 0.2, "safety")], [at(2, 0.9), at(3, 0.9), at(4, 0.9)]).competencies
    assert change.before is None and change.count == 3 and change.after.level is Difficulty.HARD
    assert not change.moves_band and not change.moves_level


def test_what_was_not_asked_about_is_left_out_and_so_is_what_came_later():
    known = [at(1, 0.5), at(2, 0.5, "safety"), at(9, 0.0)]
    (change,) = changed(known, [at(3, 0.5)]).competencies
    assert change.competency == "teamwork"
    assert (change.before.count, change.after.count, change.after.last_seen) == (1, 2, 3)


def test_topics_change_beside_their_competency_however_they_are_spelled():
    found = changed([at(1, 0.2, subject="Night shifts")], [at(2, 0.8, subject="night  shifts"), at(3, 0.5)])
    (topic,), (whole,) = found.topics, found.competencies
    assert (topic.subject, topic.count, topic.before.value, topic.after.value) == ("night shifts", 1, 0.2, approx(0.38))
    assert whole.count == 2 and whole.subject == ""


def test_without_answers_nothing_changes():
    assert changed([at(1, 0.5)], []).competencies == ()


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
def test_after_is_where_mastery_stands_at_the_end_of_the_new_ones_and_before_is_without_them(known, new):
    found = changed(known, new)
    end = max((seen.when for seen in new), default=0.0)
    earlier = [seen for seen in known if seen.when <= end]
    for group, changes in ((by_competency, found.competencies), (by_topic, found.topics)):
        whole, without = group([*earlier, *new]), group(earlier)
        assert len(changes) == len(group(new))
        for change in changes:
            assert change.after in whole and (change.before is None or change.before in without)
            assert change.count > 0
        assert sum(change.count for change in changes) == sum(mastery.count for mastery in group(new))


def test_breaks_are_left_out_of_the_time_spent():
    assert time_spent([]) == 0 and time_spent([7.0]) == 0
    assert time_spent([100, 0, 40]) == 100
    assert time_spent([0, BREAK_SECONDS]) == BREAK_SECONDS
    assert time_spent([0, 60, 60 + BREAK_SECONDS + 1, 100 + BREAK_SECONDS + 1]) == 100
