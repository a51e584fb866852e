"""Ears and a voice behind any server of OpenAI's kind: OpenRouter, speaches, Kokoro-FastAPI, LocalAI, vLLM ...

What to know before changing this:
- A person is waiting: little patience, one more try at the most, and none once sound has come.
- Plain PCM has no head. Its rate is in the Content-Type, if anywhere; some servers answer with WAV or MP3 all the same.
- Reading a streamed body lets the transport's own errors through, which the SDK wraps everywhere else.
- `prompt` and other hints are ignored by OpenRouter, and unknown fields are errors elsewhere: none are sent.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from typing import Any

from interview_coach.providers import verdicts
from interview_coach.providers.base import Frame, Meter, ProviderError, Refused
from interview_coach.providers.breaker import Breaker
from interview_coach.providers.compatible import CompatibleCalls
from interview_coach.providers.patience import Patience
from interview_coach.providers.sound import Incoming, wav_of
from interview_coach.providers.tally import Tally

HEARING = Patience(connect=3, first=10, total=20, tries=2, longest_wait=3, trying=12)
"""For the words of one clause."""
SPEAKING = Patience(connect=3, first=8, idle=5, total=45, tries=2, longest_wait=3, trying=10)
"""For the sound of one sentence; `first` is until its first bytes."""
REST = 20.0
"""Seconds for which a server is left alone after three failures: the person is in the middle of a call."""
LONGEST_SPEECH = 120.0
"""Seconds of sound for one text. What is longer is a server gone wrong."""
LONGEST_TRANSCRIPT = 20_000
"""Characters."""
_MOST_ERROR = 65_536
_FEW = 32
_SIGN_OF_LIFE = Frame(b"", 1)
_ODD_VOICE = (400, 404, 422)
"""What servers say to the name of a voice that they do not have."""


class _SpeechCalls(CompatibleCalls):
    def __init__(self, key: str | None, model: str, meter: Meter, **how: Any) -> None:
        super().__init__(key, model, meter, **how)
        if "breaker" not in how:
            self._breaker = Breaker(rest=REST, now=self._clock.monotonic)


class CompatibleEars(_SpeechCalls):
    """Speech to text, `/audio/transcriptions`."""

    def __init__(self, key: str | None, model: str, meter: Meter, **how: Any) -> None:
        how = {"label": "The speech server", "setting": "COACH_SPEECH_BASE_URL", "patience": HEARING, **how}
        super().__init__(key, model, meter, **how)

    async def transcribe(self, speech: Frame, *, language: str) -> str:
        """See `Ears.transcribe`."""
        clip = wav_of(speech)

        async def attempt(tally: Tally, left: float) -> str:
            async with asyncio.timeout(left):
                return await self._hear(clip, language, tally)

        text, _ = await self._call("hearing", attempt)
        return text

    async def _hear(self, clip: bytes, language: str, tally: Tally) -> str:
        client = await self._opened()
        request: dict[str, Any] = {"response_format": "json", "temperature": 0}
        if short := _short(language):
            request["language"] = short
        heard = await client.audio.transcriptions.create(
            file=("speech.wav", clip, "audio/wav"), model=self.model, extra_headers=self._extra_headers, **request
        )
        extra = getattr(heard, "model_extra", None) or {}
        if error := extra.get("error"):
            raise self.meaning(error)
        text = getattr(heard, "text", None)
        if not isinstance(text, str) or len(text) > LONGEST_TRANSCRIPT:
            raise verdicts.unreadable(self.label)
        usage: Any = getattr(heard, "usage", None)
        tally.note(
            input_tokens=getattr(usage, "input_tokens", None),
            output_tokens=getattr(usage, "output_tokens", None),
            cost_usd=getattr(usage, "cost", None),
        )
        return " ".join(text.encode("utf-8", "replace").decode("utf-8").split())


class CompatibleVoice(_SpeechCalls):
    """Text to speech, `/audio/speech`. Closing the iterator of `speak` cancels the request."""

    def __init__(self, key: str | None, model: str, meter: Meter, **how: Any) -> None:
        how = {"label": "The voice server", "setting": "COACH_VOICE_BASE_URL", "patience": SPEAKING, **how}
        super().__init__(key, model, meter, **how)
        self._unknown: set[str] = set()

    async def speak(self, text: str, *, voice: str, language: str) -> AsyncIterator[Frame]:
        """See `Voice.speak`. A voice that the server does not know is replaced by its usual one."""
        del language  # the servers tell it from the text
        sounds: asyncio.Queue[Frame | None] = asyncio.Queue()
        call = asyncio.create_task(self._say(text, voice, sounds.put_nowait))
        call.add_done_callback(lambda _: sounds.put_nowait(None))
        try:
            while (frame := await sounds.get()) is not None:
                yield frame
            await call
        finally:
            call.cancel()
            await asyncio.gather(call, return_exceptions=True)

    async def _say(self, text: str, voice: str, give: Callable[[Frame], None]) -> None:
        usual = usual_voice(self.model)
        voice = usual if not voice or voice in self._unknown else voice
        odd = False

        async def attempt(_: Tally, left: float) -> None:
            nonlocal odd
            try:
                await self._receive(text, voice, left, hand_over)
            except Exception as exc:
                odd = getattr(exc, "status_code", None) in _ODD_VOICE
                raise

        given = 0.0

        def hand_over(frame: Frame) -> None:
            nonlocal given
            given += frame.seconds
            if given > LONGEST_SPEECH:
                raise verdicts.unreadable(self.label)
            give(frame)

        try:
            await self._call("speaking", attempt, again=lambda: not given)
            return
        except Refused:
            if not odd or voice == usual:
                raise
        asked, voice = voice, usual
        await self._call("speaking", attempt, again=lambda: not given)
        self._unknown.add(asked)

    async def _receive(self, text: str, voice: str, left: float, give: Callable[[Frame], None]) -> None:
        end = self._clock.monotonic() + left
        limit = self._patience.first
        any_sound = False
        async with aclosing(self._frames(text, voice)) as frames:
            while True:
                async with asyncio.timeout(max(0.0, min(limit, end - self._clock.monotonic()))):
                    frame = await anext(frames, None)
                if frame is None:
                    break
                limit = self._patience.idle
                if frame.pcm:
                    any_sound = True
                    give(frame)
        if not any_sound:
            raise verdicts.empty(self.label)

    async def _frames(self, text: str, voice: str) -> AsyncGenerator[Frame, None]:
        client = await self._opened()
        async with client.audio.speech.with_streaming_response.create(
            model=self.model,
            input=text.encode("utf-8", "replace").decode("utf-8"),
            voice=voice,
            response_format="pcm",
            extra_headers=self._extra_headers,
        ) as response:
            kind = response.headers.get("content-type", "")
            words = "json" in kind or kind.startswith("text/")
            incoming = None if words else Incoming(self.label, kind)
            first = b""
            async for data in response.iter_bytes():
                if incoming is not None and not first and data[:2] == b'{"' and data[:_FEW].isascii():
                    incoming = None  # an error that calls itself sound
                if incoming is not None:
                    first = first or data[:1]
                    yield incoming.feed(data) or _SIGN_OF_LIFE
                    continue
                first += data
                if len(first) > _MOST_ERROR:
                    raise verdicts.unreadable(self.label)
            if incoming is None:
                raise self._excuse(first)
            last = incoming.finish()
            if last is not None:
                yield last

    def _excuse(self, body: bytes) -> ProviderError:
        """Of a 200 whose body is words."""
        try:
            found = json.loads(body)
        except (ValueError, RecursionError):
            return verdicts.unreadable(self.label)
        error = found.get("error") if isinstance(found, dict) else None
        return self.meaning(error) if error else verdicts.unreadable(self.label)


def usual_voice(model: str) -> str:
    """The name of a voice that a model of this name has."""
    name = model.lower()
    if "kokoro" in name:
        return "af_heart"
    if "gemini" in name:
        return "Kore"
    return "alloy"


def _short(language: str) -> str:
    """ISO 639 code of a BCP 47 tag; empty when it names no language."""
    first = language.replace("_", "-").split("-")[0].lower()
    return first if first.isascii() and first.isalpha() and len(first) in (2, 3) and first != "und" else ""
