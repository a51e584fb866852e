"""Where charts put their points."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.charts import line, path, radar, timeline

NAMES = ("a", "b", "c", "d", "e")


def test_a_radar_begins_at_the_top_and_keeps_proportions():
    found = radar([(name, 50) for name in NAMES], centre=(100, 100), radius=80)
    assert found is not None
    assert found.axes[0].end == (100, 20) and found.axes[0].point == (100, 60)
    assert found.axes[0].anchor == "middle"
    assert (found.axes[1].anchor, found.axes[4].anchor) == ("start", "end")
    assert len(found.rings) == 4 and found.rings[3][0] == found.axes[0].end


def test_what_is_not_measurable_is_no_corner_at_the_centre():
    found = radar([("a", 50), ("b", None), ("c", 70), ("d", 80), ("e", 0)], centre=(0, 0), radius=10)
    assert found is not None and len(found.area) == 4
    assert found.axes[1].point is None and found.axes[4].point == (0, 0)


@pytest.mark.parametrize("values", [[], [("a", 1)], [("a", 1), ("b", 2), ("c", None), ("d", None), ("e", None)]])
def test_fewer_than_three_values_make_no_radar(values):
    assert radar(values, centre=(0, 0), radius=10) is None


def test_a_line_stops_where_a_value_is_missing():
    found = line([(0, 0), (1, 50), (2, None), (3, 100)], width=112, height=62, margin=6)
    assert found.runs == (((6, 56), (pytest.approx(39.33), 31)), ((106, 6),))
    assert found.dots[2] is None and len(found.dots) == 4
    assert found.grid[0] == (0, 56) and found.grid[-1] == (100, 6)


def test_a_single_point_is_drawn_in_the_middle_and_nothing_is_no_line():
    assert line([(5, 40)], width=100, height=50).dots[0][0] == 50
    assert line([], width=100, height=50).runs == ()


@given(
    st.lists(st.tuples(st.integers(1, 30), st.none() | st.floats(0, 1e6), st.floats(0, 1e6)), max_size=25),
    st.floats(100, 1000),
)
def test_a_timeline_fills_its_width_and_never_more(times, width):
    found = timeline(times, width=width)
    assert all(stretch.width > 0 for stretch in found)
    for one, other in pairwise(found):
        assert other.x >= one.x + one.width - 0.02
    if found:
        assert found[-1].x + found[-1].width <= width + 0.5


def test_a_timeline_is_in_proportion_and_a_break_is_narrow():
    found = timeline([(1, 30.0, 0.0), (2, 60.0, 7200.0)], width=100, gap=0, narrowest=10)
    assert [stretch.number for stretch in found] == [1, None, 2]
    assert [stretch.width for stretch in found] == [30, 10, 60]
    assert found[1].seconds == 7200


def test_points_are_written_without_needless_digits():
    assert path([(1.0, 2.5), (3, 4)]) == "1,2.5 3,4"
