"""One reply of the interviewer: words as they are written -> pieces -> sound, strictly in order.

While one piece is being given out, the next one is already with the voice, and no other, so that a reply that is
interrupted has not been paid for to its end. Words that were yielded and not spoken yet can be taken back. A piece's
words come right before its sound, so that whoever counts the sound knows which words were heard. Without a voice, or
when it fails, the words come alone.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, field

from interview_coach.providers import verdicts
from interview_coach.providers.base import Frame, LiveEvent, ProviderError, Said, Trouble, Voice, Voiced
from interview_coach.voice.audio import ForPlaying
from interview_coach.voice.sentences import Sentences, speakable

AHEAD = 2
"""Pieces that are with the voice or being given out."""
LONGEST_REPLY = 6_000
"""Characters. What is longer is a model gone wrong."""
_LABEL = "The interviewer's model"
_VOICE = "The voice server"


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Seconds. Models and voices have deadlines of their own; these are for those that do not keep them."""

    first_words: float = 60.0
    words: float = 60.0
    """Between two pieces: behind a sentence that leads to a question, the question may be worded again."""
    first_sound: float = 20.0
    sound: float = 10.0
    closing: float = 2.0
    """For a cancelled reply to clear up, before the next one begins beside it."""


@dataclass(frozen=True, slots=True)
class Retraction:
    """Among the words of a reply: the last `length` characters are not to be said. `bridge` is said when it is too late
    for some of them; a sentence that has begun is spoken to its end."""

    length: int
    bridge: str


@dataclass(slots=True)
class _Piece:
    text: str = field(repr=False)
    sound: "asyncio.Queue[Frame | ProviderError | None]" = field(default_factory=asyncio.Queue)
    task: "asyncio.Task[None] | None" = None
    has_room: bool = False
    is_told: bool = False
    is_retracted: bool = False

    def retract(self) -> None:
        self.is_retracted = True
        if self.task is not None:
            self.task.cancel()
        self.sound.put_nowait(None)


class Speaker:
    """Speaks replies, one at a time. `tell` gets the events; it must not block."""

    def __init__(self, voice: Voice | None, *, name: str, language: str, deadlines: Deadlines) -> None:
        self._voice = voice
        self._name = name
        self._language = language
        self._deadlines = deadlines
        self._is_mute = False
        """The voice failed last time, and that was told."""

    async def speak(self, words: AsyncIterator[str | Retraction], tell: Callable[[LiveEvent], None]) -> None:
        """To the end of the words. Raises the ProviderError that ended them early, after what came before was said."""
        pieces: asyncio.Queue[_Piece | None] = asyncio.Queue()
        room = asyncio.Semaphore(AHEAD)
        known: list[_Piece] = []
        lost = asyncio.Event()

        def begin(text: str) -> None:
            piece = _Piece(text)
            spoken = speakable(text)
            if self._voice is not None and spoken and not lost.is_set():
                piece.task = asyncio.create_task(self._sound(self._voice, spoken, piece, room, lost))
            known.append(piece)
            pieces.put_nowait(piece)

        def retract(length: int) -> bool:
            """True when some of it has been told."""
            for piece in reversed(known):
                if length <= 0 or piece.is_told:
                    break
                length -= 0 if piece.is_retracted else len(piece.text)
                piece.retract()
            return length > 0

        reading = asyncio.create_task(self._read(words, begin, retract))
        reading.add_done_callback(lambda _: pieces.put_nowait(None))
        try:
            while (piece := await pieces.get()) is not None:
                error = await self._give(piece, tell)
                if piece.has_room:
                    room.release()
                if piece.is_retracted:
                    continue
                if error is not None:
                    # What the voice has already been asked for may still come; nothing more is asked in this reply.
                    if not self._is_mute and not lost.is_set():
                        tell(Trouble("voice", error))
                    lost.set()
                    self._is_mute = True
                elif piece.task is not None and not lost.is_set():
                    self._is_mute = False
            await reading
        finally:
            tasks = [reading, *(piece.task for piece in known if piece.task is not None)]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _read(
        self, words: AsyncIterator[str | Retraction], begin: Callable[[str], None], retract: Callable[[int], bool]
    ) -> None:
        sentences = Sentences()
        limit = self._deadlines.first_words
        total = 0
        failed = False
        try:
            while total <= LONGEST_REPLY:
                async with asyncio.timeout(limit):
                    piece = await anext(words, None)
                if piece is None:
                    break
                if isinstance(piece, Retraction):
                    too_late = retract(piece.length - len(sentences.finish()))
                    piece = f"{piece.bridge} " if too_late and piece.bridge else ""
                if piece:
                    limit = self._deadlines.words
                total += len(piece)
                for sentence in sentences.feed(piece):
                    begin(sentence)
        except TimeoutError:
            failed = True
        finally:
            close = getattr(words, "aclose", None)
            if close is not None:
                with suppress(Exception):
                    async with asyncio.timeout(self._deadlines.closing):
                        await close()
        if failed:
            raise verdicts.too_slow(_LABEL)
        if rest := sentences.finish():
            begin(rest)

    async def _sound(
        self, voice: Voice, text: str, piece: _Piece, room: asyncio.Semaphore, lost: asyncio.Event
    ) -> None:
        end: ProviderError | None = None
        await room.acquire()  # given back when the piece has been given out
        piece.has_room = True
        try:
            if lost.is_set():
                raise verdicts.cut(_VOICE)
            playing = ForPlaying()
            any_sound = False
            sound = voice.speak(text, voice=self._name, language=self._language)
            try:
                async for frame in sound:
                    ready = playing.feed(frame)
                    any_sound = any_sound or bool(frame.pcm)
                    if ready.pcm:
                        piece.sound.put_nowait(ready)
            finally:
                close = getattr(sound, "aclose", None)
                if close is not None:
                    await close()
            rest = playing.finish()
            if rest.pcm:
                piece.sound.put_nowait(rest)
            if not any_sound:
                end = verdicts.empty(_VOICE)
        except ProviderError as error:
            end = error
        except Exception:
            end = verdicts.unreadable(_VOICE)
        piece.sound.put_nowait(end)

    async def _give(self, piece: _Piece, tell: Callable[[LiveEvent], None]) -> ProviderError | None:
        """The words of a piece, then its sound. Returns what was wrong with the sound."""
        if piece.is_retracted:
            return None
        if piece.task is None:
            piece.is_told = True
            tell(Said(piece.text))
            return None
        is_first = True
        while True:
            limit = self._deadlines.first_sound if is_first else self._deadlines.sound
            sound: Frame | ProviderError | None
            try:
                async with asyncio.timeout(limit):
                    sound = await piece.sound.get()
            except TimeoutError:
                piece.task.cancel()
                sound = verdicts.too_slow(_VOICE)
            if piece.is_retracted:
                return None
            if is_first:
                piece.is_told = True
                tell(Said(piece.text))
                is_first = False
            if not isinstance(sound, Frame):
                return sound
            tell(Voiced(sound))
