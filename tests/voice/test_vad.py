"""The model itself, on sounds made by arithmetic."""

import numpy as np
import pytest

from interview_coach.voice.vad import WINDOW, SileroDetector
from tests.fakes import sounds


def probabilities(detector: SileroDetector, pcm: bytes) -> list[float]:
    return [detector.probability(pcm[at : at + 2 * WINDOW]) for at in range(0, len(pcm) - 2 * WINDOW + 1, 2 * WINDOW)]


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
    process = detector._model.process
    monkeypatch.setattr(detector._model, "process", lambda data: asked.append(1) or process(data))
    faint = np.tile(np.array([3, -3], "<i2"), WINDOW // 2).tobytes()
    assert [detector.probability(window) for window in (bytes(2 * WINDOW), faint)] == [0.0, 0.0]
    assert not asked
    assert probabilities(detector, sounds.voice(0.5)) == first, "as if nothing had been heard before"


def test_a_detector_is_given_back_clean_and_used_again() -> None:
    one = SileroDetector.borrow()
    first = probabilities(one, sounds.voice(0.5))
    one.close()
    one.close()
    again, other = SileroDetector.borrow(), SileroDetector.borrow()
    assert again is one and other is not one
    assert probabilities(again, sounds.voice(0.5)) == first
    again.close()
    other.close()
