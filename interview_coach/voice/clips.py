"""What one turn of the person sounds like, clip by clip, and the words of each.

A turn is transcribed while it goes on: at each pause the clip so far is sent to the ears, so that at its end only the
last clause is outstanding. A clip that could not be heard keeps its sound and can be tried again.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from interview_coach.domain.turns import count_words
from interview_coach.providers import verdicts
from interview_coach.providers.base import BadReply, Ears, Frame, ProviderError, Throttled, Unavailable
from interview_coach.providers.clock import Clock
from interview_coach.voice.audio import HEARING_RATE

AT_ONCE = 2
"""Clips that are with the ears at the same time."""
PATIENCE = 25.0
"""Seconds for one try with the ears, which have deadlines of their own: this one is for ears that do not."""
BREATH = 0.5
"""Seconds between two tries."""
MOST_ROUNDS = 3
"""After trouble was told so often, a clip is given up."""
MOST_KEPT = 300.0
"""Seconds of sound that is kept for another try; more, and the oldest goes."""


@dataclass(slots=True)
class Clip:
    """`words` is None as long as they are not known."""

    pcm: bytes = field(repr=False)
    words: str | None = field(default=None, repr=False)
    error: ProviderError | None = None
    task: "asyncio.Task[None] | None" = None
    told: bool = False
    rounds: int = 1

    @property
    def is_pending(self) -> bool:
        return self.words is None and self.error is None


class Clips:
    """The clips of one turn. `changed` is called when words came or failed to."""

    def __init__(self, ears: Ears, language: str, clock: Clock, changed: Callable[[], None]) -> None:
        self._ears = ears
        self._language = language
        self._clock = clock
        self._changed = changed
        self._room = asyncio.Semaphore(AT_ONCE)
        self._clips: list[Clip] = []

    def add(self, pcm: bytes) -> None:
        """One more stretch of speech: to the ears with it."""
        clip = Clip(pcm)
        self._clips.append(clip)
        self._start(clip)
        kept = [clip for clip in self._clips if clip.pcm]
        while kept and sum(len(clip.pcm) for clip in kept) > MOST_KEPT * 2 * HEARING_RATE:
            kept.pop(0).pcm = b""

    def again(self) -> None:
        """Try the clips that could not be heard once more. What fails again and again, or was refused, is given up:
        one bad clip must not hold up the rest of the interview."""
        for clip in self._clips:
            if clip.error is None:
                continue
            lost = clip.rounds >= MOST_ROUNDS or not clip.pcm
            if lost or not isinstance(clip.error, Unavailable | Throttled | BadReply):
                clip.words, clip.error, clip.pcm = "", None, b""
                continue
            clip.error = None
            clip.rounds += 1
            self._start(clip)

    @property
    def is_pending(self) -> bool:
        return any(clip.is_pending for clip in self._clips)

    @property
    def error(self) -> ProviderError | None:
        """Why a clip was not heard, the last one's reason."""
        return next((clip.error for clip in reversed(self._clips) if clip.error is not None), None)

    @property
    def words(self) -> str:
        """All that is known, in the order in which it was said."""
        return " ".join(clip.words for clip in self._clips if clip.words)

    @property
    def last(self) -> str:
        """Of the last stretch with words."""
        return next((clip.words for clip in reversed(self._clips) if clip.words), "")

    def untold(self) -> str:
        """New words, ready to be joined to those before; those behind a pending clip wait for it."""
        fresh = ""
        is_begun = False
        for clip in self._clips:
            if clip.is_pending:
                break
            if clip.words and not clip.told:
                clip.told = True
                fresh += f" {clip.words}" if fresh or is_begun else clip.words
            is_begun = is_begun or bool(clip.words)
        return fresh

    def cancel(self) -> None:
        """Give up what is with the ears."""
        for clip in self._clips:
            if clip.task is not None:
                clip.task.cancel()

    def _start(self, clip: Clip) -> None:
        clip.task = asyncio.create_task(self._hear(clip))

    async def _hear(self, clip: Clip) -> None:
        error: ProviderError | None = None
        async with self._room:
            for last in (False, True):
                error = None
                try:
                    async with asyncio.timeout(PATIENCE):
                        words = await self._ears.transcribe(Frame(clip.pcm, HEARING_RATE), language=self._language)
                    # A transcript of nothing is often a lone mark.
                    clip.words = words.strip() if count_words(words) else ""
                    clip.pcm = b""
                    break
                except TimeoutError:
                    error = verdicts.too_slow("The speech server")
                except ProviderError as known:
                    error = known
                except Exception:  # nobody would learn of it, and the turn would never end
                    error = verdicts.unreadable("The speech server")
                hopeless = not isinstance(error, Unavailable | Throttled) or (error.retry_after or 0) > 2 * BREATH
                if last or hopeless:
                    break
                await self._clock.sleep(BREATH)
        clip.error = error
        clip.task = None
        self._changed()
