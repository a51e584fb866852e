"""The replies of an interviewer of ours, one after the other: asked for, given out, spoken over, failed."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, field

from interview_coach.providers.base import Interrupted, LiveEvent, ProviderError, Said, Trouble, TurnEnded, Voiced
from interview_coach.voice.speaking import Deadlines, Retraction, Speaker
from interview_coach.voice.told import Told
from interview_coach.voice.turn import Turn

Respond = Callable[[str], AsyncIterator[str | Retraction]]


@dataclass(slots=True)
class Reply:
    """To the words `asked` of a turn; to no speech when there is none."""

    turn: Turn | None
    asked: str = field(repr=False)
    task: "asyncio.Task[None] | None" = None
    is_started: bool = False
    """Something of it was told."""
    sounds_since: float | None = None


class Replies:
    """Of one session. `seconds` reads the clock of the sound, None without one; `is_playing` says whether the person
    still hears the interviewer, without it that is reckoned. `unasked_begins` is called when a reply to no speech turns
    out to have words, `ended` when one is over."""

    def __init__(
        self,
        respond: Respond,
        speaker: Speaker,
        told: Told,
        deadlines: Deadlines,
        *,
        seconds: Callable[[], float | None],
        is_playing: Callable[[], bool] | None,
        unasked_begins: Callable[[], None],
        ended: Callable[[], None],
    ) -> None:
        self._respond = respond
        self._speaker = speaker
        self._told = told
        self._deadlines = deadlines
        self._seconds = seconds
        self._is_playing = is_playing
        self._unasked_begins = unasked_begins
        self._ended = ended
        self._plays_until = 0.0
        self._tasks: set[asyncio.Task[None]] = set()
        self.current: Reply | None = None
        self.failed: Reply | None = None
        """The last one, if a model failed to word it and nobody has spoken since."""

    def begin(self, words: str, turn: Turn | None) -> None:
        """Ask for the reply to these words."""
        self.failed = None
        reply = self.current = Reply(turn, words)
        reply.task = asyncio.create_task(self._run(reply))
        self._tasks.add(reply.task)
        reply.task.add_done_callback(self._tasks.discard)

    def cancel(self) -> None:
        """It is not wanted any more."""
        reply, self.current = self.current, None
        if reply is not None and reply.task is not None:
            reply.task.cancel()

    def interrupt(self) -> None:
        """Stop the reply at once; what of it was not taken yet is never told."""
        self.cancel()
        self._plays_until = 0.0
        self._told.drop(Said, Voiced, TurnEnded)
        self._told.put(Interrupted())
        self._told.put(TurnEnded("interrupted"))

    async def close(self) -> None:
        """Cancel, and let what was cancelled clear up."""
        self.cancel()
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=self._deadlines.closing)

    @property
    def is_waited_for(self) -> bool:
        """A reply to no speech is under way, as at the very beginning of a call, and nothing of it was told yet. What
        is said meanwhile is collected: an answer when the reply turns out to be silence, nothing when it begins."""
        reply = self.current
        return reply is not None and not reply.is_started and reply.turn is None

    @property
    def is_speaking(self) -> bool:
        """The person hears the interviewer, or is about to."""
        if self.current is not None and self.current.is_started:
            return True
        if self._is_playing is not None:
            return self._is_playing() or any(isinstance(event, Voiced) for event in self._told.waiting)
        now = self._seconds()
        return now is not None and now < self._plays_until

    async def _run(self, reply: Reply) -> None:
        others = [task for task in self._tasks if task is not asyncio.current_task()]
        if others:
            # Two replies side by side would both write to the interview.
            await asyncio.wait(others, timeout=self._deadlines.closing)
        # Whoever reads the events learns what was heard before it is asked for the reply to it.
        with suppress(TimeoutError):
            async with asyncio.timeout(self._deadlines.closing):
                await self._told.all_taken()
        reason: str | None = None
        try:
            await self._speaker.speak(self._respond(reply.asked), lambda event: self._give(reply, event))
        except ProviderError as error:
            reason = "error"
            if self.current is reply:
                self.failed = reply
                self._told.put(Trouble("model", error))
        except Exception as error:
            if self.current is reply:
                self._told.fail(error)
            return
        if self.current is reply:
            self.current = None
            self._told.put(TurnEnded(reason))
            self._ended()

    def _give(self, reply: Reply, event: LiveEvent) -> None:
        if self.current is not reply:
            return
        if isinstance(event, Said):
            if self.is_waited_for:
                self._unasked_begins()
            reply.is_started = True
        now = self._seconds()
        if isinstance(event, Voiced) and now is not None:
            if reply.sounds_since is None:
                reply.sounds_since = now
            self._plays_until = max(self._plays_until, now) + event.frame.seconds
        self._told.put(event)
