"""One connection to Gemini's live voice: what goes up, and what its messages mean.

What to know before changing this:
- Only `send_realtime_input` during the conversation. Client content in between breaks it, differently on each model.
- The SDK's `receive` ends after every turn, and at a message it cannot read. It is called anew for each message
  until the socket ends: the handle for resuming comes after the turn. Sound is not given to it (`gemini_sound`).
- Any mix of fields comes in one message, and the transcriptions keep no order with the sound.
- A stretch of the person's speech is closed where the interviewer's turn ends or is interrupted: the service does not
  say when its transcription is complete.
"""

import asyncio
import logging
import re
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import aclosing
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, cast

from interview_coach.providers import verdicts
from interview_coach.providers.base import (
    Expiring,
    Frame,
    Heard,
    Image,
    Interrupted,
    LiveEvent,
    Message,
    Metered,
    ProviderError,
    Resumable,
    Said,
    TurnEnded,
    Usage,
    Voiced,
)
from interview_coach.providers.clock import Clock
from interview_coach.providers.gemini_sound import Wire, pack, unpack
from interview_coach.providers.tally import Tally

if TYPE_CHECKING:
    from google.genai import types
    from google.genai.live import AsyncSession

BATCH = 640
"""Bytes of sound that go up together: 20 ms."""
STOPPED = 1.0
"""Seconds without sound after which the microphone counts as off, and the service is told so."""
ALIVE = 5.0
"""Seconds without sound after which a piece of silence is sent."""
SILENCE = bytes(3200)
"""100 ms."""
UNREADABLE = 20
"""Messages in a row that make no sense before the connection is given up."""
_TICK = 0.25
_RATE = 16_000
_MIME = f"audio/pcm;rate={_RATE}"

log = logging.getLogger(__name__)


class Conversation:
    """A `LiveSession`. As a context manager it keeps the connection alive. `verdict` says what an exception means."""

    def __init__(
        self,
        raw: "AsyncSession",
        verdict: Callable[[Exception], ProviderError],
        *,
        provider: str,
        model: str,
        hands_free: bool,
        clock: Clock,
    ) -> None:
        self._raw = raw
        self._wire = Wire(raw)
        self._verdict = verdict
        self._provider = provider
        self._model = model
        self._hands_free = hands_free
        self._clock = clock
        self._sound = bytearray()
        self._pressed = False
        """Push to talk: the activity has been announced."""
        self._flowing = False
        self._heard_at = self._sent_at = self._metered_at = clock.monotonic()
        self._tending: asyncio.Task[None] | None = None
        self._line = False
        """Something was heard since the last stretch was closed."""
        self._said = False
        self._unspoken = ""
        """Words that came as text, for a turn that has no transcription."""
        self._half = b""

    async def __aenter__(self) -> Self:
        self._tending = asyncio.create_task(self._tend())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        if self._tending is not None:
            self._tending.cancel()
            await asyncio.gather(self._tending, return_exceptions=True)

    # Up

    async def hear(self, frame: Frame) -> None:
        """See `LiveSession.hear`. In push to talk, the first sound after `end_turn` is taken as the key going down."""
        if frame.rate != _RATE:
            raise ValueError("the microphone is heard at 16 kHz")
        self._heard_at = self._clock.monotonic()
        if not self._hands_free and not self._pressed:
            if not any(frame.pcm):
                return
            self._pressed = True
            await self._start()
        self._sound += frame.pcm
        if len(self._sound) >= BATCH:
            await self._flush()

    async def see(self, image: Image) -> None:
        """See `LiveSession.see`."""
        from google.genai import types

        await self._send(video=types.Blob(data=image.jpeg, mime_type="image/jpeg"))

    async def tell(self, text: str) -> None:
        """See `LiveSession.tell`."""
        await self._send(text=_readable(text))

    async def end_turn(self) -> None:
        """See `LiveSession.end_turn`. Hands-free, the end of the stream is what ends an utterance."""
        from google.genai import types

        await self._flush()
        if self._hands_free:
            self._flowing = False
            await self._send(audio_stream_end=True)
        elif self._pressed:
            self._pressed = False
            await self._send(activity_end=types.ActivityEnd())

    async def recall(self, history: tuple[Message, ...]) -> None:
        """Tell what was said before. Only as the very first thing, and only where the set-up has announced it."""
        from google.genai import types

        turns = [
            types.Content(
                role="model" if message.role == "assistant" else "user",
                parts=[types.Part(text=_readable(message.text))],
            )
            for message in history
        ]
        await self._do(self._raw.send_client_content(turns=list(turns), turn_complete=True))

    async def _start(self) -> None:
        from google.genai import types

        await self._send(activity_start=types.ActivityStart())

    async def _flush(self) -> None:
        if self._sound:
            pcm = bytes(self._sound[: len(self._sound) & ~1])
            del self._sound[: len(pcm)]
            self._flowing = True
            await self._voice(pcm)

    async def _voice(self, pcm: bytes) -> None:
        self._sent_at = self._clock.monotonic()
        await self._do(self._wire.send(pack(pcm, _MIME)))

    async def _send(self, **one: Any) -> None:
        await self._do(self._raw.send_realtime_input(**one))

    async def _do(self, sending: Any) -> None:
        try:
            await sending
            return
        except Exception as exc:
            failure = self._verdict(exc)
        raise failure

    async def _tend(self) -> None:
        """The service counts time by the sound it gets: without any, no utterance ends and the connection dies."""
        try:
            while True:
                await self._clock.sleep(_TICK)
                now = self._clock.monotonic()
                if now - self._heard_at >= STOPPED and (self._flowing or self._sound):
                    await self._flush()
                    self._flowing = False
                    if self._hands_free:
                        await self._send(audio_stream_end=True)
                if now - self._sent_at >= ALIVE:
                    await self._voice(SILENCE)
        except ProviderError:
            return  # whoever reads the events learns it

    # Down

    async def events(self) -> AsyncIterator[LiveEvent]:
        """See `LiveSession.events`."""
        unreadable = 0
        while True:
            failure: ProviderError | None = None
            message: types.LiveServerMessage | None = None
            try:
                came = await self._wire.read()
                sound = unpack(came)
                if sound is None:
                    self._wire.back(came)
                    stream = cast("AsyncGenerator[types.LiveServerMessage]", self._raw.receive())
                    async with aclosing(stream):
                        message = await anext(stream, None)
            except Exception as exc:
                if _lost(exc):
                    failure = self._verdict(exc)
                else:
                    # Its text may quote what was said, so only its kind is written down.
                    log.info("gemini: a message could not be read (%s)", type(exc).__name__)
                    unreadable += 1
                    if unreadable < UNREADABLE:
                        continue
                    failure = verdicts.unreadable("Gemini")
            if failure is not None:
                raise failure
            unreadable = 0
            if sound is not None:
                for event in self._voiced(*sound):
                    yield event
            elif message is not None:
                for event in self._read(message):
                    yield event

    def _read(self, message: "types.LiveServerMessage") -> Iterator[LiveEvent]:
        update = message.session_resumption_update
        if update is not None:
            yield Resumable(update.new_handle if update.resumable and update.new_handle else None)
        if message.go_away is not None:
            yield Expiring(_seconds(message.go_away.time_left))
        if message.server_content is not None:
            yield from self._content(message.server_content)
        if message.usage_metadata is not None:
            yield self._metered(message.usage_metadata)

    def _content(self, content: "types.LiveServerContent") -> Iterator[LiveEvent]:
        heard = content.input_transcription
        if heard is not None and heard.text:
            self._line = not heard.finished
            yield Heard(_readable(heard.text), final=bool(heard.finished))
        for part in (content.model_turn.parts or []) if content.model_turn is not None else []:
            blob = part.inline_data
            if blob is not None and blob.data and (blob.mime_type or "").startswith("audio/"):
                yield from self._voiced(blob.data, blob.mime_type or "")
            elif part.text and not part.thought:
                self._unspoken += part.text
        said = content.output_transcription
        if said is not None and said.text:
            self._said = True
            yield Said(_readable(said.text))
        if content.interrupted:
            yield from self._close()
            yield Interrupted()
        if content.turn_complete:
            yield from self._close()
            reason = content.turn_complete_reason
            yield TurnEnded(None if reason is None else str(getattr(reason, "value", reason)))

    def _close(self) -> Iterator[LiveEvent]:
        if self._unspoken and not self._said:
            yield Said(_readable(self._unspoken))
        self._said, self._unspoken, self._half = False, "", b""
        if self._line:
            self._line = False
            yield Heard("", final=True)

    def _voiced(self, data: bytes, mime: str) -> Iterator[LiveEvent]:
        data = self._half + data
        whole = len(data) & ~1
        self._half = data[whole:]
        rate = re.search(r"rate=(\d+)", mime)
        if whole:
            yield Voiced(Frame(data[:whole], int(rate.group(1)) if rate else 24_000))

    def _metered(self, usage: "types.UsageMetadata") -> Metered:
        tally = Tally(self._model)
        words = usage.response_token_count
        thought = usage.thoughts_token_count or 0
        tally.note(input_tokens=usage.prompt_token_count, output_tokens=None if words is None else words + thought)
        now = self._clock.monotonic()
        seconds, self._metered_at = now - self._metered_at, now
        return Metered(
            Usage(self._provider, self._model, "live", seconds, tally.input_tokens, tally.output_tokens, tally.cost_usd)
        )


def _lost(exc: Exception) -> bool:
    from google.genai import errors
    from websockets.exceptions import WebSocketException

    return isinstance(exc, errors.APIError | WebSocketException | OSError)


def _seconds(told: str | None) -> float:
    """ "50s", "49.5s"; 10 for what cannot be read."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)s", (told or "").strip())
    return float(found.group(1)) if found else 10.0


def _readable(text: str) -> str:
    """Without lone surrogates, which JSON can hold and UTF-8 cannot."""
    return text.encode("utf-8", "replace").decode("utf-8")
