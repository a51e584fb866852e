"""How speech changed over the interviews, from made-up figures."""

import re
from dataclasses import replace

import pytest

from interview_coach import standing_speech
from interview_coach.domain.speech import Delivery
from interview_coach.progress import Progress
from interview_coach.speaking_trends import Spoken, spoken
from tests.test_standing import progress


def at_pace(wpm: float | None, *, pauses: int = 0, fillers: int | None = 0) -> Spoken:
    """One minute of speech."""
    found = spoken(
        [
            Delivery(
                duration=70,
                speaking_time=60,
                silence_time=10,
                long_pause_count=pauses,
                words=None if wpm is None else round(wpm),
                wpm=wpm,
                fillers=None if fillers is None else {"um": fillers},
            )
        ],
        session_duration=80,
    )
    assert found is not None
    return found


def of(*figures: Spoken | None) -> Progress:
    typed = progress(*([50] * len(figures)))
    trends = zip(typed.trends, figures, strict=True)
    return Progress(tuple(replace(trend, speech=one, is_spoken=one is not None) for trend, one in trends), (), ())


def test_each_figure_that_was_measured_twice_has_a_line_and_a_sentence():
    spoken = (at_pace(98, pauses=3, fillers=12), None, at_pace(121, pauses=1), at_pace(130, pauses=3, fillers=4))
    found = standing_speech.lines(of(*spoken))
    assert [(line.name, line.sentence) for line in found] == [
        ("Pace", "From 98 to 130 words a minute, over 3 interviews."),
        ("Long pauses", "3 an answer, as at first, over 3 interviews."),
        ("Filler words", "From 12 to 4 a minute, over 3 interviews."),
    ]
    assert all(len(line.series[0].dots) == 3 for line in found)


def test_the_ends_of_a_drawing_hold_every_value_and_have_whole_numbers():
    found = standing_speech.lines(of(at_pace(241, pauses=5), at_pace(90, pauses=1)))
    assert [[value for value, _ in line.grid] for line in found] == [[0, 121, 242], [0, 3, 6], [0, 5, 10]]
    top = found[0].grid[-1][1]
    assert all(y >= top for _, y in found[0].series[0].dots)


def test_a_figure_that_is_missing_or_was_measured_once_is_not_drawn():
    assert standing_speech.lines(of(None, None)) == () == standing_speech.lines(of(at_pace(100)))
    spoken = (at_pace(100, fillers=None), at_pace(None, fillers=None), at_pace(120, fillers=3))
    without = standing_speech.lines(of(*spoken))
    assert [line.key for line in without] == ["wpm", "pauses"]
    assert len(without[0].series[0].dots) == 2


def test_speech_says_why_it_cannot_be_measured():
    assert standing_speech.sentence(progress(50)) == "Not measurable: these interviews were typed."
    assert "was not kept" in standing_speech.sentence(progress(50, spoken=True))
    assert "too little" in standing_speech.sentence(of(at_pace(None)))


@pytest.mark.parametrize(
    ("figures", "pace"),
    [((at_pace(90),), "slow"), ((at_pace(90), at_pace(130)), "steady"), ((at_pace(180), at_pace(None)), "fast")],
)
def test_without_numbers_the_newest_measured_pace_is_a_word(figures: tuple[Spoken, ...], pace: str):
    said = standing_speech.plain(of(*figures))
    assert f"was {pace} in pace" in said and not re.search(r"\d", said)
    assert re.search(r"\d", standing_speech.sentence(of(*figures)))
