"""When somebody speaks and when they have finished, by the clock of the sound. The model is the real one."""

import pytest

from interview_coach.domain.speech import Segment
from interview_coach.providers.base import Frame
from interview_coach.voice.endpointing import Began, Ceased, Silence, SpeechClock
from interview_coach.voice.vad import WINDOW, SileroDetector
from tests.fakes import sounds

PATTERN = ((1.0, 0.4), (2.0, 0.7), (0.8, 1.0), (1.5, 2.2), (3.0, 1.5))
"""Seconds of speech, seconds of silence after it."""


@pytest.fixture
def clock() -> SpeechClock:
    return SpeechClock(SileroDetector())


def feed(clock: SpeechClock, pcm: bytes, *, step: int = 640) -> list[tuple[float, Began | Ceased]]:
    """What was found, and when."""
    found = []
    for at in range(0, len(pcm), step):
        found += [(clock.seconds, event) for event in clock.feed(Frame(pcm[at : at + step], 16_000))]
    return found


def recording(seed: int, noise: float) -> tuple[bytes, list[Segment]]:
    pcm, spoken, at = sounds.silence(0.5), [], 0.5
    for place, (speech, silence) in enumerate(PATTERN):
        pcm += sounds.voice(speech, seed=10 * seed + place) + sounds.silence(silence)
        spoken.append(Segment(at, at + speech))
        at += speech + silence
    return sounds.mixed(pcm, sounds.noise(at, level=noise)), spoken


@pytest.mark.parametrize("noise", [-70, -55, -45])
@pytest.mark.parametrize("seed", [0, 1])
def test_speaking_time_is_measured_within_3_per_cent_and_each_pause_is_found(
    clock: SpeechClock, seed: int, noise: float
) -> None:
    pcm, spoken = recording(seed, noise)
    feed(clock, pcm)
    assert len(clock.segments) == len(spoken)
    for found, true in zip(clock.segments, spoken, strict=True):
        assert found.start == pytest.approx(true.start, abs=0.05)
        assert found.end == pytest.approx(true.end, abs=0.05)
    total = sum(segment.end - segment.start for segment in spoken)
    assert sum(segment.end - segment.start for segment in clock.segments) == pytest.approx(total, rel=0.03)
    pauses = [after.start - before.end for before, after in zip(clock.segments, clock.segments[1:], strict=False)]
    assert sum(pause >= 0.65 for pause in pauses) == 3
    assert clock.seconds == pytest.approx(len(pcm) / 32_000, abs=0.032)


def test_events_come_soon_after_what_they_tell(clock: SpeechClock) -> None:
    pcm, spoken = recording(1, -60)
    found = feed(clock, pcm)
    begins = [(when, event.at) for when, event in found if isinstance(event, Began)]
    ends = [(when, event.segment.end) for when, event in found if isinstance(event, Ceased)]
    assert len(begins) == len(ends) == len(spoken)
    assert all(when - at < 0.2 for when, at in begins)
    assert all(0.25 <= when - at < 0.45 for when, at in ends)


@pytest.mark.parametrize("step", [2, 100, 1_024, 64_000])
def test_the_size_of_the_frames_does_not_matter(clock: SpeechClock, step: int) -> None:
    pcm = sounds.silence(0.3) + sounds.voice(0.9, seed=2) + sounds.silence(0.6)
    feed(clock, pcm, step=step)
    assert clock.segments == [Segment(pytest.approx(0.3, abs=0.03), pytest.approx(1.2, abs=0.03))]


@pytest.mark.parametrize("noise", [-66, -50])
@pytest.mark.parametrize("thinking", [0.7, 1.2, 2.0])
def test_stillness_is_told_at_most_a_fifth_of_a_second_late_and_never_early(
    clock: SpeechClock, thinking: float, noise: float
) -> None:
    """So a pause of the limit less a tenth of a second never ends a turn."""
    for seed in range(4):
        feed(clock, sounds.mixed(sounds.voice(1.5, seed=seed), sounds.noise(1.5, level=noise)))
        end = clock.seconds
        quiet = sounds.noise(thinking + 0.4, level=noise, seed=seed)
        reached = None
        for at in range(0, len(quiet), 640):
            clock.feed(Frame(quiet[at : at + 640], 16_000))
            if reached is None and clock.stillness >= thinking:
                reached = clock.seconds - end
        assert reached is not None and thinking - 0.06 <= reached <= thinking + 0.2, reached


class Credulous:
    """Hears speech in everything but zeros."""

    def probabilities(self, windows: bytes) -> list[float]:
        return [self.probability(windows[at : at + 2 * WINDOW]) for at in range(0, len(windows), 2 * WINDOW)]

    def probability(self, window: bytes) -> float:
        return 0.9 if any(window) else 0.0


def test_a_faint_ending_that_the_model_hears_is_still_speech() -> None:
    clock = SpeechClock(Credulous())
    feed(clock, sounds.tone(1.0, level=-10) + sounds.tone(1.0, level=-60))
    assert clock.pause == pytest.approx(1.0, abs=0.05), "by its level the voice has gone"
    assert clock.stillness <= 0.15
    feed(clock, sounds.silence(0.5))
    assert clock.stillness == pytest.approx(0.65, abs=0.05)


class Late(Credulous):
    """Hears speech only three windows after it began."""

    run = 0

    def probability(self, window: bytes) -> float:
        self.run = self.run + 1 if any(window) else 0
        return 0.9 if self.run > 3 else 0.0


def test_a_beginning_that_the_model_misses_is_found_by_its_level() -> None:
    clock = SpeechClock(Late())
    feed(clock, sounds.silence(1.0) + sounds.tone(1.0, level=-20))
    assert clock.since == pytest.approx(1.0, abs=0.02)


def test_a_click_is_no_speech(clock: SpeechClock) -> None:
    click = sounds.noise(0.02, level=-10)
    assert feed(clock, (sounds.silence(0.5) + click) * 4) == []
    assert not clock.is_speaking


def test_skipped_sound_is_time_and_nothing_else(clock: SpeechClock) -> None:
    clock.skip(Frame(sounds.voice(1.0), 16_000))
    assert (clock.seconds, clock.segments, clock.is_speaking) == (pytest.approx(0.992), [], False)


def test_the_quietest_moment_is_where_to_cut(clock: SpeechClock) -> None:
    feed(clock, sounds.voice(1.0) + sounds.silence(0.05) + sounds.voice(1.0, seed=3))
    assert clock.quietest(0.5) == pytest.approx(1.025, abs=0.06)


def test_another_rate_is_an_error(clock: SpeechClock) -> None:
    with pytest.raises(ValueError, match="16 kHz"):
        clock.feed(Frame(b"\0\0", 48_000))


# Silence


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("I led the team.", 1.0),
        ("Did I answer that?", 1.0),
        ("", 1.0),
        ("I led the team and", 2.0),
        ("I led the team. And so", 2.0),
        ("We chose it because, um.", 2.0),
        ("We chose it. Because the", 2.0),
        ("I led the team, ", 2.0),
        ("It was. Hard to say", 2.0),
        ("I led the team", 1.0),
    ],
)
def test_unfinished_words_get_more_time(words: str, seconds: float) -> None:
    assert Silence(1.0).limit(words, words) == seconds


def test_who_never_writes_full_stops_is_not_punished_for_it() -> None:
    silence = Silence(1.0)
    assert silence.limit("I led the team", "") == 1.0
    silence.limit("I led the team.", "")
    assert silence.limit("I led the team", "") == 2.0


def test_thinking_and_the_last_question() -> None:
    silence = Silence(1.0)
    assert silence.limit("Good. Let me think about that.", "Let me think about that.") == 11.0
    silence.is_unhurried = True
    assert (silence.least(), silence.limit("Yes.", "Yes.")) == (1.5, 1.5)
    silence.is_asked_for = True
    assert (silence.least(), silence.limit("Yes.", "Yes.")) == (11.5, 11.5)
