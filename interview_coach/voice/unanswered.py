"""What the person said that the interviewer has not answered: when a connection is lost, it is lost with it and has to
be said again."""

from array import array
from collections import deque

from interview_coach.providers.base import Frame

LOUD = 500
"""A sample above this (of 32767) is no silence: about -36 dBFS."""
LONGEST = 120.0
"""Seconds of speech that are kept; what is older is dropped."""
BEFORE = 0.4
"""Seconds kept from before the first sound, so that no beginning is cut off."""
AFTER = 3.0
"""Seconds of silence kept after speech."""


class Unanswered:
    """Sound that nobody has put into words yet, words that nobody has answered yet, and what was typed."""

    def __init__(self) -> None:
        self.frames: deque[Frame] = deque()
        self.words = ""
        self.told: str | None = None
        self.ended = False
        """The person has said that the turn is over."""
        self.loud_at = float("-inf")
        self.first_loud_at = float("-inf")
        """Of the sound that is kept."""
        self.loud_seconds = 0.0
        self._lead: deque[Frame] = deque()
        self._lead_seconds = 0.0
        self._seconds = 0.0

    @property
    def speech(self) -> bool:
        """There is sound that nobody has put into words."""
        return bool(self.frames)

    def heard(self, frame: Frame, now: float) -> None:
        """Keep a frame of the microphone if it belongs to speech."""
        loud = is_loud(frame)
        if loud:
            if not self.frames:
                self.first_loud_at = now
                self._keep_lead()
            self.loud_at = now
            self.loud_seconds += frame.seconds
            self.ended = False
        if loud or (self.frames and now - self.loud_at < AFTER):
            self.frames.append(frame)
            self._seconds += frame.seconds
            while self._seconds > LONGEST:
                self._seconds -= self.frames.popleft().seconds
        elif not self.frames:
            self._lead.append(frame)
            self._lead_seconds += frame.seconds
            while self._lead_seconds > BEFORE:
                self._lead_seconds -= self._lead.popleft().seconds

    def transcribed(self, text: str) -> None:
        """The sound until now has become words."""
        self.words += text
        self.drop_sound()

    def answering(self) -> None:
        """The interviewer has begun to answer, so the sound was understood. The words count until the end."""
        self.drop_sound()
        self.ended = False

    def answered(self, now: float) -> None:
        """The interviewer's turn is complete. Only what is being said right now is still open."""
        self.words, self.told = "", None
        if now - self.loud_at > 1.0:
            self.drop_sound()

    def drop_sound(self) -> None:
        self.frames.clear()
        self._seconds = self.loud_seconds = 0.0

    def _keep_lead(self) -> None:
        self.frames.extend(self._lead)
        self._seconds += self._lead_seconds
        self._lead.clear()
        self._lead_seconds = 0.0


def is_loud(frame: Frame) -> bool:
    """Every eighth sample is looked at: a few microseconds a frame, and no speech is that short."""
    samples = array("h", frame.pcm[: len(frame.pcm) & ~1])
    few = samples[::8]
    return bool(few) and (max(few) > LOUD or min(few) < -LOUD)
