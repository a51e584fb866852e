"""A spoken conversation that outlives its connections.

Vendors close connections after some minutes, drop them, forget handles, and at times fall silent. Here that becomes
two events, Reconnecting and Reconnected, and a conversation that goes on:
- An announced end is left between two turns, with the handle that came after the last one, by a timer of our own:
  after the announcement nothing more may come. The old connection is closed before the new one is opened.
- A handle that is not taken any more leads to a new session that is told what OUR transcript says.
- What the person said and nobody answered is said again: as sound while it is only sound, else as words.
- A reply that breaks off with its connection is void: after Reconnecting, drop the unfinished line. It comes anew.
What else a vendor does wrong: `floor`.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from types import TracebackType
from typing import Self

from interview_coach.providers.base import (
    Expiring,
    Frame,
    Image,
    Live,
    LiveBrief,
    LiveEvent,
    LiveSession,
    Message,
    NotConfigured,
    ProviderError,
    Reconnected,
    Reconnecting,
    Refused,
    Resumable,
    Throttled,
    Unavailable,
)
from interview_coach.providers.clock import Clock, SystemClock
from interview_coach.voice.floor import Floor
from interview_coach.voice.load import Load
from interview_coach.voice.outgoing import Outgoing
from interview_coach.voice.together import until_one_ends

MESSAGES, BYTES = 4, 1024
"""Of our transcript, for a session that knows nothing."""
TRIES, WITHIN = 3, 30.0
"""To connect again, and the seconds they may take together."""
PAUSES = (0.0, 1.0, 4.0)
EARLY = 2.0
"""Seconds before an announced end at which we leave, come what may."""
STUCK = 5.0
"""Seconds that sending may take."""
SETTLED = 10.0
"""Seconds after which a connection on which nothing is to be said counts as one that works."""
_TICK = 0.25
_load = Load()
_MOST_QUEUED = 150
"""Messages, which are fifteen seconds of sound."""


class Lasting:
    """A `LiveSession` over a `Live`; use it as a context manager, which opens the first connection.

    `handle`: of a session to resume, from `remember`. `remember` is called with each new handle, and with None when
    the last one is worth nothing. `history`: our transcript so far, oldest first; it is cut here.
    """

    def __init__(
        self,
        live: Live,
        brief: LiveBrief,
        *,
        handle: str | None,
        remember: Callable[[str | None], None],
        history: Callable[[], Awaitable[tuple[Message, ...]]],
        clock: Clock | None = None,
    ) -> None:
        self._live = live
        self._brief = replace(brief, history=primed(brief.history))
        self._handle = handle
        self._remember = remember
        self._history = history
        self._clock = clock or SystemClock()
        self._events: asyncio.Queue[LiveEvent | None] = asyncio.Queue()
        self._outgoing = Outgoing()
        self._floor = Floor(self._outgoing.put, hands_free=brief.hands_free, barge_in=brief.barge_in)
        self._failure: Exception | None = None
        self._task: asyncio.Task[None] | None = None
        self._connected = asyncio.Event()
        self._up_at: float | None = None
        """Since when the connection holds; None = there is none."""
        self._ever = False
        self._tries = 0
        self._outage_at = self._clock.monotonic()
        self._leave = asyncio.Event()
        self._leave_by: float | None = None
        self._sending_at: float | None = None

    async def __aenter__(self) -> Self:
        """Raises a ProviderError when no connection can be made at all."""
        self._task = asyncio.create_task(self._main())
        try:
            await self._connected.wait()
        except BaseException:
            await self.__aexit__(None, None, None)
            raise
        self._check()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    # Up: nothing here waits for the network

    async def hear(self, frame: Frame) -> None:
        """See `LiveSession.hear`."""
        self._check()
        self._floor.heard(frame, self._clock.monotonic())
        self._put(frame)

    async def see(self, image: Image) -> None:
        """See `LiveSession.see`."""
        self._check()
        self._put(image)

    async def tell(self, text: str) -> None:
        """See `LiveSession.tell`."""
        self._check()
        self._floor.told(text, self._clock.monotonic())
        self._outgoing.put(text)

    async def end_turn(self) -> None:
        """See `LiveSession.end_turn`."""
        self._check()
        self._floor.ended(self._clock.monotonic())
        self._outgoing.put(None)

    @property
    def silent_for(self) -> float | None:
        """Seconds since the person's last word; None when there was none."""
        return self._floor.silent_for(self._clock.monotonic())

    @property
    def is_spoken_to(self) -> bool:
        """Something is being said, or was and nobody has put it into words yet."""
        return self._floor.hears

    def wait(self, seconds: float) -> None:
        """The person wants to think: do not ask the interviewer for an answer before so many seconds have passed."""
        self._floor.wait(seconds, self._clock.monotonic())

    # Down

    async def events(self) -> AsyncIterator[LiveEvent]:
        """See `LiveSession.events`. Resumable and Expiring stay here."""
        while (event := await self._events.get()) is not None:
            yield event
        self._check()

    def _check(self) -> None:
        if self._failure is not None:
            raise self._failure

    def _put(self, item: Frame | Image) -> None:
        # Without a connection speech is kept by the floor, and what was queued is dropped when the next one opens.
        if self._up_at is not None and len(self._outgoing) < _MOST_QUEUED:
            self._outgoing.put(item, may_wait=_load.is_full())

    # Connections

    async def _main(self) -> None:
        _load.conversations += 1
        try:
            while True:
                failure = await self._once()
                held, self._up_at = self._up_at is not None, None
                if held:
                    self._lost()
                await self._rest(failure, held)
        except Exception as exc:
            self._failure = exc
        finally:
            _load.conversations -= 1
            self._connected.set()
            self._events.put_nowait(None)

    async def _once(self) -> ProviderError | None:
        """One connection from beginning to end. None = we left it."""
        left = max(0.1, WITHIN - (self._clock.monotonic() - self._outage_at))
        try:
            async with AsyncExitStack() as stack:
                async with asyncio.timeout(left):
                    connecting = self._live.connect(self._brief, resume=self._handle)
                    session = await stack.enter_async_context(connecting)
                await self._hold(session)
        except TimeoutError:
            return Unavailable("The connection could not be made in time.")
        except ProviderError as failure:
            return failure
        return None

    async def _hold(self, session: LiveSession) -> None:
        """Until we leave it (returns) or it is lost (raises)."""
        now = self._clock.monotonic()
        self._up_at = now
        self._outgoing.clear()
        resumed = self._handle is not None
        for item in self._floor.opened(now, resumed=resumed, history=self._brief.history):
            self._outgoing.put(item)
        if self._ever:
            self._events.put_nowait(Reconnected(resumed))
        self._ever = True
        self._connected.set()
        await until_one_ends(self._read(session), self._send(session), self._watch(now), self._leave.wait())

    def _lost(self) -> None:
        now = self._clock.monotonic()
        if self._floor.completed:
            self._tries = 0
        if self._floor.spoke or self._tries == 0:
            self._outage_at = now
        self._leave.clear()
        self._leave_by = self._sending_at = None
        self._floor.lost(now)
        self._events.put_nowait(Reconnecting())

    async def _rest(self, failure: ProviderError | None, held: bool) -> None:
        """Everything between two connections; raises when there is to be no next one."""
        if isinstance(failure, NotConfigured) or (isinstance(failure, Refused) and not held and self._handle is None):
            raise failure
        if isinstance(failure, Refused) and self._handle is not None:
            await self._begin_anew()
            if not held:
                return
        pause = PAUSES[min(self._tries, TRIES - 1)]
        if isinstance(failure, Throttled):
            pause = max(pause, failure.retry_after or PAUSES[1])
        if self._tries >= TRIES or self._clock.monotonic() + pause - self._outage_at > WITHIN:
            raise _given_up(failure)
        self._tries += 1
        if pause:
            await self._clock.sleep(pause)
        if self._handle is None or self._tries == TRIES:
            # The last try does without a handle: after faults of the vendor's own, one may be refused for ever.
            await self._begin_anew()

    async def _begin_anew(self) -> None:
        if self._handle is not None:
            self._handle = None
            self._remember(None)
        self._brief = replace(self._brief, history=primed(await self._history()))

    async def _read(self, session: LiveSession) -> None:
        async for event in session.events():
            now = self._clock.monotonic()
            match event:
                case Resumable(handle):
                    if handle is not None:
                        self._handle, self._floor.stale = handle, False
                        self._remember(handle)
                case Expiring(seconds):
                    self._leave_by = now + max(0.0, seconds - EARLY)
                case _:
                    for passed in self._floor.take(event, now):
                        self._events.put_nowait(passed)
            self._leave_if_idle(now)
        raise Unavailable("The connection has ended.")

    async def _send(self, session: LiveSession) -> None:
        while True:
            item = await self._outgoing.get()
            self._sending_at = self._clock.monotonic()
            if isinstance(item, Frame):
                await session.hear(item)
            elif isinstance(item, Image):
                await session.see(item)
            elif item is not None:
                await session.tell(item)
            else:
                await session.end_turn()
            self._sending_at = None

    async def _watch(self, since: float) -> None:
        while True:
            await self._clock.sleep(_TICK)
            now = self._clock.monotonic()
            if self._leave_by is not None and now >= self._leave_by:
                return
            self._leave_if_idle(now)
            if self._sending_at is not None and now - self._sending_at > STUCK:
                raise Unavailable("The connection is stuck.")
            for event in self._floor.tick(now):
                self._events.put_nowait(event)
            if self._floor.quiet and now - since > SETTLED:
                self._floor.completed = True

    def _leave_if_idle(self, now: float) -> None:
        if self._leave_by is not None and self._floor.may_leave(now):
            self._leave.set()


def _given_up(failure: ProviderError | None) -> ProviderError:
    if isinstance(failure, Unavailable | Throttled | Refused):
        return failure
    return Unavailable(failure.message if failure else "The connection breaks off again and again.")


def primed(history: tuple[Message, ...]) -> tuple[Message, ...]:
    """The last messages, each cut to what fits, the first by the person."""
    last = list(history[-MESSAGES:])
    if len(last) == MESSAGES and any(message.role == "user" for message in last):
        while last[0].role != "user":
            del last[0]
    if last and last[0].role != "user":
        last = [Message("user", "Begin."), *last[1 - MESSAGES :]]
    return tuple(Message(message.role, _cut(message.text)) for message in last)


def _cut(text: str) -> str:
    return text.encode("utf-8", "replace")[:BYTES].decode("utf-8", "ignore")
