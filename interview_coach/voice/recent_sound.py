"""The last seconds of the microphone, by the clock of the sound: speech is noticed late, and cut into clips later."""

from interview_coach.voice.audio import HEARING_RATE

_SURPLUS = HEARING_RATE
"""Bytes, half a second: nothing is moved at each frame."""


class RecentSound:
    """Mono s16le, 16 kHz; times are seconds since its beginning."""

    def __init__(self) -> None:
        self._pcm = bytearray()
        self._begins = 0
        """Bytes that were dropped."""

    def add(self, pcm: bytes) -> None:
        self._pcm += pcm

    def between(self, start: float, end: float) -> bytes:
        """As much of this as is still here."""
        first = max(0, self._place(start))
        return bytes(self._pcm[first : max(first, self._place(end))])

    def forget(self, until: float) -> None:
        """What was before is not needed any more."""
        surplus = self._place(until)
        if surplus > _SURPLUS:
            del self._pcm[:surplus]
            self._begins += surplus

    def _place(self, seconds: float) -> int:
        return 2 * round(seconds * HEARING_RATE) - self._begins
