"""The end of an interview that is held aloud: it is over when the closing words were heard, not when they were sent."""

import asyncio
from collections.abc import Callable

from interview_coach.voice.display import Display
from interview_coach.voice.peer import Peer
from interview_coach.voice.playing import Playing

LAST_MARK_SECONDS = 5.0
"""How long we wait for the browser to say that the closing words were played, after they should have been."""
LAST_WORD_SECONDS = 15.0
"""The same for a browser that speaks with a voice of its own."""


class Farewell:
    """One call's. `voice` is who speaks: `server`, `browser` or `none`. `ended` gets the reason when all was heard."""

    def __init__(
        self, peer: Peer, display: Display, playing: Playing, *, voice: str, report: str, now: Callable[[], float]
    ) -> None:
        self._peer = peer
        self._display = display
        self._playing = playing
        self._voice = voice
        self._report = report
        self._now = now
        self._spoken_epoch = -1
        self.ended: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def spoken(self, epoch: int) -> None:
        """The browser's own voice has spoken everything of this epoch."""
        self._spoken_epoch = max(self._spoken_epoch, epoch)

    def fail(self, error: Exception) -> None:
        """Nothing goes on after this error."""
        if not self.ended.done():
            self.ended.set_exception(error)

    async def say(self, reason: str) -> None:
        """After the closing words were heard to their end, tell that it is over."""
        self._display.show("closing")
        if self._voice == "server":
            await self._until(self._playing.is_drained, self._playing.left() + LAST_MARK_SECONDS)
        elif self._voice == "browser":
            self._spoken_epoch = -1  # what was spoken until now was another line
            await self._until(lambda: self._spoken_epoch >= self._playing.epoch, LAST_WORD_SECONDS)
        self._peer.tell({"type": "ended", "reason": reason, "report": self._report})
        if not self.ended.done():
            self.ended.set_result(reason)

    async def _until(self, over: Callable[[], bool], seconds: float) -> None:
        limit = self._now() + seconds
        while not over() and self._now() < limit:
            await asyncio.sleep(0.05)
