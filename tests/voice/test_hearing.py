"""When the person spoke, measured on a recording with known speech and pauses."""

import pytest

from interview_coach.voice.hearing import Hearing, measure
from tests.fakes import sounds

RATE = 16_000
PIECE = 640


def silence(seconds: float) -> bytes:
    return bytes(round(seconds * RATE) * 2)


def listen(pcm: bytes, every: float = 1.0) -> Hearing:
    """Fed in pieces of 20 ms, measured about once in so many seconds."""
    hearing = Hearing(RATE, "s16le")
    step = round(every * 50)
    for number, at in enumerate(range(0, len(pcm), PIECE)):
        hearing.take(pcm[at : at + PIECE])
        if number % step == step - 1:
            measure([hearing])
    return hearing


@pytest.mark.parametrize("every", [0.5, 1.9])
def test_speaking_time_is_within_three_per_cent_and_long_pauses_are_exact(every: float) -> None:
    parts = [(4.0, 1.0), (3.0, 5.4), (5.0, 4.6), (4.0, 6.0), (2.5, 0.8), (6.0, 5.2), (3.5, 2.0)]
    pcm = silence(2.0) + b"".join(
        sounds.voice(spoken, seed=seed) + silence(pause) for seed, (spoken, pause) in enumerate(parts, 2)
    )
    hearing = listen(pcm, every)
    delivery = hearing.answered("word " * 60, verbatim=False, language="en")
    assert delivery is not None
    assert delivery.speaking_time == pytest.approx(sum(spoken for spoken, _ in parts), rel=0.03)
    assert delivery.long_pause_count == 3


def test_an_answer_begins_where_the_one_before_was_taken() -> None:
    hearing = listen(silence(1.0) + sounds.voice(3.0, seed=2) + silence(2.0))
    hearing.question_over()
    first = hearing.answered(None, verbatim=False, language="en")
    pcm = sounds.voice(2.0, seed=3) + silence(1.5)
    for at in range(0, len(pcm), PIECE):
        hearing.take(pcm[at : at + PIECE])
    second = hearing.answered(None, verbatim=False, language="en")
    assert first is not None and second is not None
    assert first.speaking_time == pytest.approx(3.0, rel=0.05)
    assert second.speaking_time == pytest.approx(2.0, rel=0.05)


def more(hearing: Hearing, *parts: bytes) -> None:
    for pcm in parts:
        for at in range(0, len(pcm), PIECE):
            hearing.take(pcm[at : at + PIECE])


def test_an_answer_that_goes_on_is_measured_as_one() -> None:
    hearing = listen(silence(1.0))
    hearing.question_over()
    more(hearing, silence(1.0), sounds.voice(3.0, seed=2), silence(1.5))
    first = hearing.answered("five words of an answer", verbatim=False, language="en")
    more(hearing, sounds.voice(2.0, seed=3), silence(1.5))
    whole = hearing.answered("five words of an answer and more", verbatim=False, language="en", again=True)
    assert first is not None and whole is not None
    assert whole.speaking_time == pytest.approx(5.0, rel=0.05) and whole.words == 7
    assert whole.response_latency == first.response_latency == pytest.approx(1.0, abs=0.15)
    found = hearing.live("")
    assert found["speaking_time"] == pytest.approx(5.0, rel=0.05)
    assert found["avg_response_latency"] == pytest.approx(1.0, abs=0.15)


def test_a_wish_before_the_answer_and_words_over_the_reply_are_no_part_of_it() -> None:
    hearing = listen(silence(1.0) + sounds.voice(2.0, seed=2) + silence(6.0))
    hearing.passed(hearing.now)
    more(hearing, sounds.voice(3.0, seed=3), silence(1.0))
    reply = hearing.now
    more(hearing, silence(6.0), sounds.voice(1.0, seed=4))  # speaks over the interviewer
    answer = hearing.answered(None, verbatim=False, language="en", until=reply)
    assert answer is not None and answer.long_pause_count == 0
    assert answer.speaking_time == pytest.approx(3.0, rel=0.05)
    more(hearing, sounds.voice(1.0, seed=4), silence(1.0))
    last = hearing.answered(None, verbatim=False, language="en")
    assert last is not None and last.speaking_time == pytest.approx(2.0, rel=0.07)


def test_silence_is_not_measurable() -> None:
    assert listen(silence(4.0)).answered("typed", verbatim=False, language="en") is None


def test_calls_that_are_measured_together_are_measured_as_alone() -> None:
    spoken = [sounds.voice(2.0 + place, seed=place) + silence(1.5) for place in range(4)]
    together = [Hearing(RATE, "s16le") for _ in spoken]
    for second in range(7):
        for hearing, pcm in zip(together, spoken, strict=True):
            hearing.take(pcm[second * 2 * RATE : (second + 1) * 2 * RATE])
        measure(together[: 1 + second])  # also one by one, and when nothing new has come
    for hearing, pcm in zip(together, spoken, strict=True):
        found = hearing.answered(None, verbatim=False, language="en")
        alone = listen(pcm).answered(None, verbatim=False, language="en")
        assert found is not None and alone is not None
        assert found.speaking_time == pytest.approx(alone.speaking_time, abs=0.01)
