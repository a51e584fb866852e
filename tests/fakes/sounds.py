"""Sounds made by arithmetic: a voice that the voice detector takes for speech, silence, hum and noise.

All are mono, signed 16 bit, deterministic. The voice is a row of syllables: harmonics of a gliding tone under moving
formants, each syllable with a soft beginning and end and a hiss at its start.
"""

from functools import lru_cache

import numpy as np

RATE = 16_000
_VOWELS = (
    (730, 1090, 2440), (270, 2290, 3010), (300, 870, 2240),
    (530, 1840, 2480), (570, 840, 2410), (660, 1720, 2410),
)  # fmt: skip


@lru_cache(maxsize=256)
def voice(seconds: float, *, seed: int = 0, pitch: float = 120.0, level: float = -20.0, rate: int = RATE) -> bytes:
    """`level` is the peak in dBFS."""
    chance = np.random.default_rng(seed)
    total = round(seconds * rate)
    sound = np.zeros(total)
    at = 0
    while at < total:
        length = min(round(rate * chance.uniform(0.14, 0.22)), total - at)
        t = np.arange(length) / rate
        tone = pitch * (1 + 0.15 * np.sin(6 * np.pi * t + chance.uniform(0, 6))) * chance.uniform(0.9, 1.15)
        phase = 2 * np.pi * np.cumsum(tone) / rate
        here, there = (np.array(_VOWELS[chance.integers(len(_VOWELS))]) for _ in range(2))
        mix = np.linspace(0, 1, length)
        formants = [a * (1 - mix) + b * mix for a, b in zip(here, there, strict=True)]
        syllable = np.zeros(length)
        for harmonic in range(1, 40):
            pitch_of_it = harmonic * tone
            strength = sum(
                gain / (1 + ((pitch_of_it - formant) / width) ** 2)
                for formant, width, gain in zip(formants, (60, 90, 140), (1, 0.6, 0.35), strict=True)
            )
            syllable += np.where(pitch_of_it < rate * 0.47, strength, 0) * np.sin(harmonic * phase) / harmonic**0.3
        syllable *= np.clip(np.minimum(t / 0.03, (length / rate - t) / 0.04), 0, 1)
        sound[at : at + length] += syllable
        hiss = min(round(0.03 * rate), length)
        sound[at : at + hiss] += np.diff(chance.standard_normal(hiss), prepend=0) * 0.15 * np.hanning(hiss)
        at += length
    peak = np.max(np.abs(sound)) if total else 1.0
    return _pcm(sound / (peak or 1.0) * 10 ** (level / 20))


def silence(seconds: float, *, rate: int = RATE) -> bytes:
    """Digital silence: zeros."""
    return bytes(2 * round(seconds * rate))


def noise(seconds: float, *, level: float = -60.0, seed: int = 7, rate: int = RATE) -> bytes:
    """White noise; `level` is its RMS in dBFS."""
    return _pcm(np.random.default_rng(seed).standard_normal(round(seconds * rate)) * 10 ** (level / 20))


def tone(seconds: float, *, hertz: float = 440.0, level: float = -20.0, rate: int = RATE) -> bytes:
    t = np.arange(round(seconds * rate)) / rate
    return _pcm(np.sin(2 * np.pi * hertz * t) * 10 ** (level / 20))


def mixed(*sounds: bytes) -> bytes:
    """All at once, as long as the longest."""
    arrays = [np.frombuffer(sound, "<i2").astype(np.int32) for sound in sounds]
    total = np.zeros(max(map(len, arrays)), np.int32)
    for array in arrays:
        total[: len(array)] += array
    return np.clip(total, -32768, 32767).astype("<i2").tobytes()


def _pcm(sound: np.ndarray) -> bytes:
    return np.clip(np.round(sound * 32767), -32768, 32767).astype("<i2").tobytes()
