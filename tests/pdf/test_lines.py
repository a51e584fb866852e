"""Where lines end and in which order their parts are seen."""

from hypothesis import given
from hypothesis import strategies as st

from interview_coach.pdf.lines import Run, break_lines, in_reading_order, levels


def lines(text: str, width: float) -> list[str]:
    return [text[line.start : line.end] for line in break_lines(text, width, len)]


def test_lines_end_between_words():
    assert lines("one two three four", 9) == ["one two", "three", "four"]


def test_a_word_wider_than_a_line_is_cut():
    assert lines("ab " + "x" * 25, 10) == ["ab", "x" * 10, "x" * 10, "x" * 5]


def test_wide_writing_breaks_anywhere_but_before_its_punctuation():
    assert lines("去年夏天，客人", 4) == ["去年夏", "天，客人"]


@given(st.text(alphabet="ab 去，\u0301א", max_size=80), st.integers(2, 12))
def test_no_letter_is_lost_and_no_line_is_too_wide(text, width):
    found = lines(text, width)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(len(line) <= width for line in found)


def test_runs_against_the_direction_are_turned_round():
    runs = [Run("A", 1, "", ""), Run("12", 2, "", ""), Run("B", 1, "", "")]
    assert [run.text for run in in_reading_order(runs)] == ["B", "12", "A"]
    mixed = [Run("x", 0, "", ""), Run("A", 1, "", ""), Run("B", 1, "", ""), Run("y", 0, "", "")]
    assert [run.text for run in in_reading_order(mixed)] == ["x", "B", "A", "y"]


def test_levels_follow_the_first_strong_letter():
    assert levels("abc") == ([0, 0, 0], False)
    assert levels("אב 1") == ([1, 1, 1, 2], True)
    assert levels("a אב") == ([0, 0, 1, 1], False)
