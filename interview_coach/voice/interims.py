"""Words of speech that still goes on, heard before its pause comes: shown and kept, and replaced by those of the whole
clip. Without them somebody who speaks on for a quarter of a minute would see nothing, and would lose it with a kill.

Each one hears the clip from its beginning, so that no word is cut in two; that is paid for twice, so there is one at a
time, never beside a whole clip, and for slow ears they are rarer. They are a convenience: when one fails, they rest.
"""

import asyncio
from collections.abc import Callable

from interview_coach.domain.turns import count_words
from interview_coach.providers.base import Ears, Frame
from interview_coach.voice.audio import HEARING_RATE

PATIENCE = 10.0
"""Seconds for one try; later the words are no news."""
REST = 30.0
"""Seconds of sound without interim words after one that failed."""
SHARE = 2.0
"""Times what one takes, at least, from the beginning of one to the next: the ears have other work."""


class Interims:
    """Of one session. `every` seconds of sound; 0 = never. `changed` is called when `words` are new."""

    def __init__(self, ears: Ears | None, language: str, every: float, changed: Callable[[], None]) -> None:
        self._ears = ears
        self._language = language
        self._every = every
        self._changed = changed
        self._task: asyncio.Task[None] | None = None
        self._began = self._ended = self._not_before = 0.0
        self._failed = False
        self.words = ""
        """Of the clip that is not complete yet, as far as they are known."""

    def consider(self, now: float, since: float, sound: Callable[[], bytes]) -> None:
        """Somebody speaks, in a clip that began `since` (seconds of sound): is it time to hear it?"""
        if self._ears is None or not self._every or now < self._not_before:
            return
        if self._task is not None and not self._task.done():
            self._ended = now
            return
        if self._failed:
            self._failed, self._not_before = False, now + REST
            return
        wait = max(self._every, SHARE * (self._ended - self._began))
        if now - max(since, self._began) >= wait:
            self._began = self._ended = now
            self._task = asyncio.create_task(self._hear(self._ears, sound()))

    def stop(self) -> None:
        """The clip is complete, or not wanted any more. `words` stay until they are replaced."""
        if self._task is not None:
            self._task.cancel()

    async def _hear(self, ears: Ears, pcm: bytes) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                words = await ears.transcribe(Frame(pcm, HEARING_RATE), language=self._language)
        except Exception:  # of whatever kind: they are a convenience
            self._failed = True
            return
        if count_words(words) and words.strip() != self.words:
            self.words = words.strip()
            self._changed()
