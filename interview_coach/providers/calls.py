"""What every call to a vendor goes through: breaker, deadlines, tries, record of usage.

A vendor's file says how to ask and what its failures mean; this one says how long, how often and what is written
down. `stream` reads the vendor in a task of its own. That has three reasons: the deadlines measure the vendor and not
the reader of the words; a deadline may not span a `yield`; and a cancelled task is always stopped inside a read, where
the SDKs close their response, while a generator that is only dropped keeps the request open, and billed.
"""

import asyncio
import logging
import random
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from typing import TypeVar

from pydantic import BaseModel

from interview_coach.providers import verdicts
from interview_coach.providers.base import (
    Brief,
    Message,
    Meter,
    ProviderError,
    Reply,
    Throttled,
    Unavailable,
    Usage,
)
from interview_coach.providers.breaker import Breaker
from interview_coach.providers.clock import Clock, SystemClock
from interview_coach.providers.patience import Patience
from interview_coach.providers.schemas import parse
from interview_coach.providers.tally import Tally
from interview_coach.providers.thoughts import Thoughts, without_thoughts

R = TypeVar("R")
T = TypeVar("T", bound=BaseModel)

log = logging.getLogger(__name__)

LONGEST_REPLY = 400_000
"""Characters. No question and no scorecard comes near; what is longer is a server gone wrong."""


class VendorCalls(ABC):
    """Calls to one vendor. Use it on one event loop only, and close it there."""

    provider: str
    label: str
    """The vendor's name in sentences."""
    model: str

    def __init__(
        self,
        meter: Meter,
        *,
        patience: Patience | None = None,
        breaker: Breaker | None = None,
        clock: Clock | None = None,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._meter = meter
        self._patience = patience or Patience()
        self._clock = clock or SystemClock()
        self._breaker = breaker or Breaker(now=self._clock.monotonic)
        self._jitter = jitter

    @abstractmethod
    def _classify(self, exc: Exception) -> ProviderError:
        """What an exception of the SDK means."""

    @abstractmethod
    async def aclose(self) -> None:
        """Close the connections, on the loop that used them."""

    async def _call(
        self,
        purpose: str,
        attempt: Callable[[Tally, float], Awaitable[R]],
        *,
        again: Callable[[], bool] = lambda: True,
    ) -> tuple[R, Usage]:
        """Tries until it works, is hopeless, or takes too long."""
        rest = self._breaker.admit()
        if rest:
            raise verdicts.paused(self.label, rest)
        started = self._clock.monotonic()
        waited, tries = 0.0, 0
        try:
            while True:
                tries += 1
                left = self._patience.total - (self._clock.monotonic() - started)
                end = await self._try(purpose, attempt, left)
                if not isinstance(end, ProviderError) or not again():
                    break
                elapsed = self._clock.monotonic() - started
                pause = self._patience.pause(end, tries=tries, waited=waited, elapsed=elapsed, jitter=self._jitter())
                if pause is None:
                    break
                waited += pause
                await self._clock.sleep(pause)
        except BaseException:
            self._breaker.released()
            raise
        if isinstance(end, Unavailable | Throttled):
            self._breaker.failed()
        else:
            self._breaker.succeeded()
        if isinstance(end, ProviderError):
            raise end
        return end

    async def _try(
        self, purpose: str, attempt: Callable[[Tally, float], Awaitable[R]], left: float
    ) -> tuple[R, Usage] | ProviderError:
        """One request. An error is returned and not raised: raised in here, it would drag the vendor's along."""
        tally = Tally(self.model)
        started = self._clock.monotonic()
        error: ProviderError | None = None
        try:
            result = await attempt(tally, left)
        except TimeoutError:
            error = verdicts.too_slow(self.label)
        except ProviderError as known:
            error = known
        except Exception as exc:
            error = self._classify(exc)
            log.info("%s: %s became %s", self.provider, type(exc).__name__, type(error).__name__)
        except BaseException:
            self._record(purpose, tally, started, "cancelled")
            raise
        usage = self._record(purpose, tally, started, type(error).__name__ if error else "ok")
        return error or (result, usage)

    def _record(self, purpose: str, tally: Tally, started: float, outcome: str) -> Usage:
        usage = Usage(
            provider=self.provider,
            model=tally.model,
            purpose=purpose,
            seconds=self._clock.monotonic() - started,
            input_tokens=tally.input_tokens,
            output_tokens=tally.output_tokens,
            cost_usd=tally.cost_usd,
            outcome=outcome,
        )
        try:
            self._meter(usage)
        except Exception:
            # A question that was asked is not lost because its cost could not be written down.
            log.exception("The usage of a call could not be recorded")
        return usage


class VendorChat(VendorCalls):
    """A `Chat` over one vendor."""

    @abstractmethod
    async def _ask(self, brief: Brief, schema: type[BaseModel] | None, tally: Tally) -> str:
        """The text of a whole answer."""

    @abstractmethod
    def _tell(self, brief: Brief, tally: Tally) -> AsyncGenerator[str, None]:
        """The pieces of an answer; an empty piece is a sign of life. Sets `tally.finished` at a good end."""

    async def reply(self, brief: Brief, *, schema: type[T] | None = None) -> Reply:
        """See `Chat.reply`."""
        brief = _sendable(brief)

        async def attempt(tally: Tally, left: float) -> Reply:
            async with asyncio.timeout(left):
                text = await self._ask(brief, schema, tally)
            if len(text) > LONGEST_REPLY:
                raise verdicts.unreadable(self.label)
            text = _readable(without_thoughts(text)).strip()
            if not text:
                raise verdicts.empty(self.label)
            if schema is None:
                return Reply(text, tally.model)
            with suppress(ValueError, RecursionError):
                return Reply(text, tally.model, parse(text, schema))
            raise verdicts.misshapen(self.label)

        reply, usage = await self._call(brief.purpose, attempt)
        return replace(reply, usage=usage)

    async def stream(self, brief: Brief) -> AsyncIterator[str]:
        """See `Chat.stream`."""
        words: asyncio.Queue[str | None] = asyncio.Queue()
        call = asyncio.create_task(self._speak(_sendable(brief), words.put_nowait))
        call.add_done_callback(lambda _: words.put_nowait(None))
        try:
            while (piece := await words.get()) is not None:
                yield piece
            await call
        finally:
            call.cancel()
            await asyncio.gather(call, return_exceptions=True)

    async def _speak(self, brief: Brief, say: Callable[[str], None]) -> None:
        said = 0

        async def attempt(tally: Tally, left: float) -> None:
            nonlocal said
            thoughts = Thoughts()
            end = self._clock.monotonic() + left
            limit = self._patience.first
            pieces = self._tell(brief, tally)
            try:
                while True:
                    left = max(0.0, min(limit, end - self._clock.monotonic()))
                    async with asyncio.timeout(left):
                        piece = await anext(pieces, None)
                    if piece is None:
                        break
                    limit = self._patience.tail if tally.finished else self._patience.idle
                    if words := _readable(thoughts.feed(piece)):
                        said += len(words)
                        say(words)
                    if thoughts.leaked or said > LONGEST_REPLY:
                        raise verdicts.unreadable(self.label)
            except ProviderError:
                raise
            except Exception:
                if not tally.finished:
                    raise
            finally:
                await pieces.aclose()
            if words := _readable(thoughts.finish()):
                said += len(words)
                say(words)
            if not said:
                raise verdicts.empty(self.label)

        await self._call(brief.purpose, attempt, again=lambda: not said)


def _readable(text: str) -> str:
    """Without lone surrogates, which JSON can hold and UTF-8 cannot."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _sendable(brief: Brief) -> Brief:
    messages = tuple(Message(message.role, _readable(message.text)) for message in brief.messages)
    return replace(brief, system=_readable(brief.system), messages=messages)
