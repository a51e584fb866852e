"""Figures of delivery: the seed example, exact pauses, and what must hold for any speech."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach import codec
from interview_coach.domain.speech import (
    Delivery,
    Pace,
    RunningStatistics,
    Segment,
    delivery_of,
    merge,
    metrics_of,
    pace_of,
    spoken_minutes,
)
from interview_coach.domain.speech_fillers import fillers_of


def seed_answers() -> list[Delivery]:
    """Eight answers that add up to the example: 420 s of speech in 580 s, 850 words, 3 long pauses."""
    words = [106, 106, 106, 106, 106, 106, 107, 107]
    pauses = [1, 0, 0, 2, 0, 0, 0, 0]
    return [
        Delivery(
            duration=72.5,
            speaking_time=52.5,
            silence_time=20.0,
            long_pause_count=pause,
            response_latency=2.3,
            words=word,
        )
        for word, pause in zip(words, pauses, strict=True)
    ]


def test_the_seed_example_comes_out_to_the_printed_digit() -> None:
    metrics = metrics_of(seed_answers(), session_duration=600.0, similarities=[0.78] * 8)
    assert codec.dump(type(metrics), metrics) == {
        "session_duration": 600.0,
        "effective_duration": 580.0,
        "forced_silence_time": 20.0,
        "speaking_time": 420.0,
        "silence_time": 160.0,
        "speaking_ratio": 0.724,
        "total_words": 850,
        "wpm": 121.4,
        "long_pause_count": 3,
        "avg_response_latency": 2.3,
        "fluency_score": 0.867,
        "questions_answered": 8,
        "avg_semantic_similarity": 0.78,
    }


def test_the_running_figures_end_at_the_same_example() -> None:
    running = RunningStatistics(session_start=1000.0)
    for number, delivery in enumerate(seed_answers()):
        running.answered(delivery, at=1000 + (number + 1) * 75.0, similarity=0.78)
        if number == 4:
            # The call is cut, another process goes on with another clock.
            running = RunningStatistics.from_dict(running.to_dict(1375.0), now=7.0)
            assert running.session_start == 7.0 - 375.0
            running.session_start = 1000.0
    assert running.forced_silence_time == pytest.approx(20.0)
    assert running.metrics(1600.0) == metrics_of(seed_answers(), session_duration=600.0, similarities=[0.78] * 8)


def test_an_answer_is_measured_from_its_stretches() -> None:
    found = delivery_of(
        [(12.0, 20.0), (20.2, 24.0), (29.5, 31.5), (36.5, 40.0)],
        "um I ran the, uh, night shift. Um, for two years",
        asked_at=10.0,
        ended_at=41.2,
        verbatim=True,
    )
    assert found == Delivery(
        duration=31.2,
        speaking_time=17.5,
        silence_time=13.7,
        # 5.5 s is long, 5.0 s is not.
        long_pause_count=1,
        response_latency=2.0,
        words=11,
        wpm=37.7,
        fillers={"um": 2, "uh": 1},
    )


def test_what_was_not_measured_is_none_and_never_nought() -> None:
    silent = delivery_of([], None, asked_at=3.0, ended_at=9.0)
    assert (silent.words, silent.wpm, silent.fillers, silent.response_latency) == (None, None, None, None)
    assert silent.duration == silent.silence_time == 6.0
    short = delivery_of([(0, 3)], "Five years at Bosch")
    assert (short.words, short.wpm, short.response_latency, short.fillers) == (4, None, None, None)
    assert metrics_of([], session_duration=50) is None
    metrics = metrics_of([silent], session_duration=50)
    assert metrics is not None
    assert (metrics.total_words, metrics.wpm, metrics.fluency_score, metrics.avg_response_latency) == (None,) * 4
    assert metrics.avg_semantic_similarity is None


def test_answering_before_the_question_ends_is_no_negative_latency() -> None:
    found = delivery_of([(9.0, 16.0)], "I was the first there", asked_at=10.0, ended_at=17.0)
    assert found.response_latency == 0.0
    assert found.duration == 8.0


def test_a_pause_of_five_seconds_is_not_long_and_a_hair_more_is() -> None:
    assert delivery_of([(0.1, 1.1), (6.1, 7)], None).long_pause_count == 0
    assert delivery_of([(0.1, 1.1), (6.102, 7)], None).long_pause_count == 1
    assert delivery_of([(0, 1), (61, 62)], None).long_pause_count == 1


def test_a_typed_answer_counts_as_answered_and_its_time_as_waiting() -> None:
    running = RunningStatistics(0.0)
    running.answered(seed_answers()[0], at=80.0)
    running.answered(None, at=200.0)
    metrics = running.metrics(210.0)
    assert (metrics.questions_answered, metrics.effective_duration, metrics.forced_silence_time) == (2, 72.5, 137.5)


def test_the_answer_that_is_being_spoken_shows_and_does_not_count() -> None:
    running = RunningStatistics(0.0)
    current = delivery_of([(4, 16)], "one two three four five six seven eight nine ten", asked_at=2, ended_at=16)
    live = running.metrics(16.0, current)
    assert (live.questions_answered, live.wpm, live.speaking_time) == (0, 50.0, 12.0)
    assert running == RunningStatistics(0.0), "showing changed the sums"


def test_answers_without_a_transcript_do_not_slow_the_pace() -> None:
    known = seed_answers()[0]
    alone = metrics_of([known], session_duration=100)
    both = metrics_of([known, replace(known, words=None)], session_duration=200)
    assert alone is not None and both is not None and alone.wpm == both.wpm


def test_stored_and_loaded_a_delivery_is_the_same() -> None:
    found = delivery_of([(1, 9)], "euh, je travaillais de nuit", asked_at=0, ended_at=10, verbatim=True, language="fr")
    assert found.fillers == {"euh": 1} and found.filler_count == 1
    assert codec.load(Delivery, codec.dump(Delivery, found)) == found


@pytest.mark.parametrize(
    ("text", "language", "fillers"),
    [
        ("Ummm, I was, uhh, you know, late. Um.", "en", {"um": 2, "uh": 1, "you know": 1}),
        ("Do you know how the umbrella works? Er ist da.", "en-GB", {"er": 1}),
        ("Er hat ähm das, äh, gemacht", "de-AT", {"äh": 1, "ähm": 1}),
        ("I like the work, so well", "en", {}),
        ("uh, um 8 Uhr", "xx", {"uh": 1}),
        ("Ich kam um acht Uhr", "de", {}),
    ],
)
def test_only_what_is_nothing_else_is_a_filler_word(text: str, language: str, fillers: dict[str, int]) -> None:
    assert fillers_of(text, language) == fillers


def test_times_that_are_no_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="begins and ends"):
        delivery_of([(0, float("nan"))], None)


def test_paces_have_words() -> None:
    assert [pace_of(wpm) for wpm in (109.9, 110, 160, 160.1)] == [Pace.SLOW, Pace.STEADY, Pace.STEADY, Pace.FAST]
    assert [spoken_minutes(seconds) for seconds in (0, 59.6, 425)] == ["0:00", "1:00", "7:05"]


times = st.floats(0, 600, allow_nan=False).map(lambda value: round(value, 3))
stretches = st.lists(st.tuples(times, times), max_size=12)
answers = st.builds(
    lambda parts, text, wait: delivery_of(
        parts, text, asked_at=None if wait is None else max(0.0, wait), ended_at=601.0, verbatim=True
    ),
    stretches,
    st.none() | st.text("ab um\n.", max_size=60),
    st.none() | times,
)


@given(stretches)
def test_merged_stretches_are_apart_and_cover_the_speech(parts: list[tuple[float, float]]) -> None:
    merged = merge(parts)
    assert all(stretch.end > stretch.start for stretch in merged)
    assert all(b.start - a.end >= 0.3 for a, b in pairwise(merged))
    assert all(any(s.start <= a and b <= s.end for s in merged) for a, b in parts if b > a)
    assert merge(merged) == merged
    assert merge(reversed(parts)) == merged


@given(stretches, st.floats(0, 1000).map(lambda value: round(value, 1)))
def test_it_does_not_matter_when_an_answer_was_given(parts: list[tuple[float, float]], later: float) -> None:
    here = delivery_of(merge(parts), "some words", asked_at=0.0, ended_at=700.0)
    moved = [Segment(start + later, end + later) for start, end in merge(parts)]
    there = delivery_of(moved, "some words", asked_at=later, ended_at=700.0 + later)
    assert there.speaking_time == pytest.approx(here.speaking_time, abs=0.01)
    assert there.duration == pytest.approx(here.duration, abs=0.01)
    assert there.long_pause_count == here.long_pause_count


@given(st.lists(answers, min_size=1, max_size=8), st.floats(0, 10_000), st.lists(st.floats(0, 1), max_size=4))
def test_figures_fit_together(found: list[Delivery], session: float, similar: list[float]) -> None:
    metrics = metrics_of(found, session_duration=session, similarities=similar)
    assert metrics is not None
    assert metrics.session_duration == pytest.approx(metrics.effective_duration + metrics.forced_silence_time, abs=0.11)
    assert metrics.effective_duration == pytest.approx(metrics.speaking_time + metrics.silence_time, abs=0.11)
    assert metrics.forced_silence_time >= 0 and metrics.silence_time >= 0
    assert metrics.speaking_ratio is None or 0 <= metrics.speaking_ratio <= 1
    assert metrics.fluency_score is None or 0 <= metrics.fluency_score <= 1
    assert (metrics.wpm is None) == (metrics.fluency_score is None)
    again = metrics_of(reversed(found), session_duration=session, similarities=similar)
    assert again is not None and again.total_words == metrics.total_words
    assert again.speaking_time == pytest.approx(metrics.speaking_time, abs=0.11)


@given(st.lists(answers, max_size=6), st.integers(0, 6))
def test_a_cut_call_changes_no_figure(found: list[Delivery], cut: int) -> None:
    whole, parts = RunningStatistics(0.0), RunningStatistics(0.0)
    clock = 0.0
    for number, delivery in enumerate(found):
        if number == cut:
            parts = RunningStatistics.from_dict(parts.to_dict(clock), clock)
        clock += delivery.duration + 3
        whole.answered(delivery, at=clock)
        parts.answered(delivery, at=clock)
    assert parts.metrics(clock) == whole.metrics(clock)
