"""Samples in, samples out."""

import math
import struct

import numpy as np
import pytest

from interview_coach.providers.base import Frame
from interview_coach.voice import audio
from interview_coach.voice.audio import ForPlaying, Resampler, decode, level
from tests.fakes import sounds


def test_16_bit_samples_pass_untouched_and_half_a_sample_is_dropped() -> None:
    assert decode(b"\x01\x02\x03\x04\x05", "s16le") == b"\x01\x02\x03\x04"


def test_floats_are_scaled_clipped_and_never_a_surprise() -> None:
    sent = struct.pack("<8f", 0.0, 1.0, -1.0, 0.5, 7.0, -7.0, math.nan, math.inf) + b"\x00\x00"
    assert struct.unpack("<8h", decode(sent, "f32le")) == (0, 32767, -32767, 16384, 32767, -32768, 0, 32767)


def test_an_encoding_that_we_do_not_know_is_an_error() -> None:
    with pytest.raises(KeyError):
        decode(b"", "opus")


@pytest.mark.parametrize(
    ("pcm", "expected"),
    [
        (struct.pack("<4h", 32767, -32767, 32767, -32767), 0.0),
        (sounds.tone(1.0, level=0.0), -3.01),
        (sounds.tone(1.0, level=-20.0), -23.01),
        (sounds.noise(1.0, level=-40.0), -40.0),
        (sounds.silence(0.1), -96.0),
        (b"", -96.0),
        (b"\x00", -96.0),
    ],
)
def test_the_level_is_rms_below_full_scale(pcm: bytes, expected: float) -> None:
    assert level(pcm) == pytest.approx(expected, abs=0.1)


def _resampled(pcm: bytes, rate: int, to: int, step: int) -> bytes:
    made = Resampler(rate, to)
    parts = [made.feed(pcm[at : at + step]) for at in range(0, len(pcm), step)]
    return b"".join(parts) + made.feed(b"", last=True)


@pytest.mark.parametrize("rate", [44_100, 48_000, 8_000, 22_050])
@pytest.mark.parametrize("step", [77, 1_920])
def test_a_tone_stays_a_tone_of_the_same_length(rate: int, step: int) -> None:
    out = np.frombuffer(_resampled(sounds.tone(1.0, hertz=440, rate=rate), rate, 16_000, step), "<i2").astype(float)
    assert abs(len(out) - 16_000) <= 2
    spectrum = np.abs(np.fft.rfft(out[4_000:12_000] * np.hanning(8_000)))
    assert int(spectrum.argmax()) * 2 == 440
    assert level(out[4_000:12_000].astype("<i2").tobytes()) == pytest.approx(-23.0, abs=0.3)


def test_what_is_too_high_for_16_khz_does_not_come_back_as_something_else() -> None:
    out = _resampled(sounds.tone(1.0, hertz=10_000, rate=48_000, level=-6), 48_000, 16_000, 1_920)
    assert level(out[8_000:24_000]) < -70
    through = Resampler(48_000, 48_000).feed(sounds.tone(1.0, hertz=10_000, rate=48_000, level=-6))
    assert level(through) > -10, "it was there before"


def test_the_delay_of_resampling_is_at_most_20_ms() -> None:
    made = Resampler(48_000)
    sound = sounds.tone(0.4, rate=48_000)
    fed = got = worst = 0.0
    for at in range(0, len(sound), 1_920):
        fed += 0.02
        got += len(made.feed(sound[at : at + 1_920])) / 32_000
        worst = max(worst, fed - got)
    assert 0 < worst <= 0.0205


def test_equal_rates_pass_untouched_even_in_odd_pieces() -> None:
    pcm = sounds.voice(0.3)
    assert _resampled(pcm, 16_000, 16_000, 7) == pcm


def test_frames_for_playing_may_change_their_rate() -> None:
    made = ForPlaying()
    assert made.finish() == Frame(b"", 24_000)
    frames = [made.feed(Frame(sounds.tone(0.5, rate=rate), rate)) for rate in (24_000, 16_000)] + [made.finish()]
    assert {frame.rate for frame in frames} == {24_000}
    assert sum(frame.seconds for frame in frames) == pytest.approx(1.0, abs=0.002)


def test_a_file_and_back() -> None:
    frame = Frame(sounds.voice(0.2), 16_000)
    data = audio.wav_of(frame)
    assert data[:4] == b"RIFF" and audio.frame_of_wav(data) == frame
