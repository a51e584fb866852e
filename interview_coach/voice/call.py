"""One live call: a browser on one side, a session that hears and speaks on the other, the interview in between.

Three tasks on the one event loop: `_up` takes what the browser sends, `_down` what the session says, `_beat` the time.
Whoever ends first ends the call; rows are written by `Conduct` and `calling`, in threads. Converting a piece of sound
takes microseconds and stays on the loop, because handing it to a thread costs more.
"""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, aclosing, suppress
from dataclasses import replace
from typing import assert_never

from flask import Flask

from interview_coach import calling, metering, recordings, sound_files
from interview_coach.calling import Conversation, Standing
from interview_coach.coach.live_prompting import Manner, live_instruction, live_label
from interview_coach.coach.model import new_nonce
from interview_coach.coaches import coaches
from interview_coach.config import Settings
from interview_coach.domain.persona import Persona
from interview_coach.domain.provenance import Provenance
from interview_coach.domain.turns import Rung, is_unfinished, silence_ladder, strip_markers, wants_end
from interview_coach.errors import Problem
from interview_coach.interviewing import LONGEST_ANSWER
from interview_coach.personas import persona
from interview_coach.providers.base import (
    Expiring,
    Heard,
    Image,
    Interrupted,
    LiveBrief,
    LiveEvent,
    LiveSession,
    Message,
    Metered,
    Provider,
    ProviderError,
    Reconnected,
    Reconnecting,
    Resumable,
    Said,
    Trouble,
    TurnEnded,
    Usage,
    Voiced,
)
from interview_coach.voice import wire
from interview_coach.voice.cascade import Cascade
from interview_coach.voice.conduct import EARLY, Conduct
from interview_coach.voice.hearing import Hearing
from interview_coach.voice.lasting import Lasting
from interview_coach.voice.peer import Peer, PeerGone
from interview_coach.voice.phrases import phrase
from interview_coach.voice.playing import Playing, heard_part
from interview_coach.voice.recorder import Recorder
from interview_coach.voice.rules import rules_of
from interview_coach.voice.threads import listen, work
from interview_coach.voice.unsent import Unsent

log = logging.getLogger("interview_coach.voice")

HELLO_SECONDS = 10.0
THINK_SECONDS = 10.0
"""More silence for whoever says "let me think"."""
BEAT_SECONDS = 0.5
HEARTBEAT_SECONDS = 5.0
DRAFT_SECONDS = 2.5
"""Speech that is under way is kept at least this often."""
MEASURE_SECONDS = 1.9
"""Between two looks at the sound; each hears half a second again, so often is dear."""
METRICS_SECONDS = 2.0
LAST_MARK_SECONDS = 5.0
"""How long we wait for the browser to say that the closing words were played, after they should have been."""


async def hold(app: Flask, owner: str, interview_id: str, peer: Peer) -> None:
    """Hold a call until it ends, and tell the peer why. Raises nothing but cancellation."""
    try:
        hello = await _hello(peer)
    except PeerGone:
        return
    except (TimeoutError, wire.WireError):
        await peer.close(1002, "The first message must be hello.")
        return
    try:
        call = await _prepare(app, owner, interview_id, peer, hello)
    except Problem as problem:
        _complain(peer, problem.code, problem.message, problem.retry_after)
        await peer.close(1008 if problem.status < 500 else 1011, problem.code)
        return
    except ProviderError as error:
        _complain(peer, "PROVIDER_UNAVAILABLE", error.message, error.retry_after)
        await peer.close(1011, "PROVIDER_UNAVAILABLE")
        return
    await call.run()


async def _hello(peer: Peer) -> wire.Hello:
    async with asyncio.timeout(HELLO_SECONDS):
        first = wire.parse(await peer.receive())
    if not isinstance(first, wire.Hello):
        raise wire.WireError("The first message must be hello.")
    return first


def _complain(peer: Peer, code: str, message: str, retry_after: float | None) -> None:
    peer.tell({"type": "error", "code": code, "message": message, "retry_after": retry_after})


async def _prepare(app: Flask, owner: str, interview_id: str, peer: Peer, hello: wire.Hello) -> "Call":
    settings: Settings = app.config["COACH_SETTINGS"]

    def read() -> tuple[Provider, Standing, Conversation | None, tuple[Message, ...]]:
        parts = coaches().parts(calling.chosen_coach(owner, interview_id))
        native = parts.live if hello.options.speech == "server" and not hello.options.captions_only else None
        if native is None and hello.options.speech == "browser":
            parts = Provider(parts.name, chat=parts.chat)
        conversation = calling.prepare(owner, interview_id) if native is not None else None
        standing = calling.pick_up(
            owner,
            interview_id,
            provider=native.provider if native else parts.name,
            model=native.model if native else "",
        )
        if native is None:
            return Provider(parts.name, parts.chat, parts.ears, parts.voice), standing, None, ()
        return parts, standing, conversation, calling.history(owner, interview_id)

    parts, standing, conversation, before = await work(app, read)
    return Call(app, settings, owner, interview_id, peer, hello, parts, standing, conversation, before)


class Call:
    """See the module. Made by `hold`."""

    def __init__(
        self,
        app: Flask,
        settings: Settings,
        owner: str,
        interview_id: str,
        peer: Peer,
        hello: wire.Hello,
        parts: Provider,
        standing: Standing,
        conversation: Conversation | None,
        before: tuple[Message, ...] = (),
        *,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app = app
        self._settings = settings
        self._owner = owner
        self._id = interview_id
        self._peer = peer
        self._hello = hello
        self._parts = parts
        self._unsent = Unsent(
            standing.draft,
            standing.open_question.number if standing.open_question else None,
            heard=hello.options.heard,
            box=hello.options.draft,
        )
        self._standing = standing = replace(standing, draft=self._unsent.said)
        self._conversation = conversation
        self._before = before
        self._now = now
        self._began = now()
        self._handle = standing.handle
        self._usage: list[Usage] = []
        self._persona: Persona | None = persona(standing.persona)
        self._greeting = self._greet(conversation is not None)
        self.playing = Playing(now)
        self.hearing = Hearing(hello.rate, hello.encoding)
        self._conduct = Conduct(
            app,
            owner,
            interview_id,
            standing,
            rules=rules_of(settings),
            greeting=self._greeting,
            tell=peer.tell,
            overtime=self._is_overtime,
            accepted=self._accepted,
        )
        self._session: LiveSession | None = None
        self._person = ""
        self._person_is_over = False
        self._typed: set[str] = set()
        self._line = ""
        self._line_number: int | None = None
        self._line_open = False
        self._state = ""
        self._paused = False
        self._silent_since = now()
        self._step = Rung.WAIT
        self._turn_ended_at: float | None = None
        self._pending_text: asyncio.TimerHandle | None = None
        self._spoken_epoch = -1
        self._asked_to_close = False
        self._greeted = standing.greeted
        self._reason: str | None = None
        self._finishing: asyncio.Task[None] | None = None
        self._ended: asyncio.Future[None] | None = None
        self._recorder: Recorder | None = None
        self._to_record = bytearray()

    def _greet(self, is_native: bool) -> str:
        """Words of greeting. None where the first question brings its own, or for a language that we do not have."""
        if self._persona is None:
            return phrase("greeting") if is_native else ""
        if not is_native and not self._standing.language.lower().startswith("en"):
            return ""
        return self._persona.greetings[sum(map(ord, self._id)) % len(self._persona.greetings)]

    @property
    def _is_native(self) -> bool:
        return self._parts.live is not None

    def _seconds(self) -> float:
        return self._now() - self._began

    def _is_overtime(self) -> bool:
        minutes = self._standing.minutes
        return minutes is not None and self._standing.seconds + self._seconds() >= minutes * 60

    # Life

    async def run(self) -> None:
        """From `ready` to the close code."""
        token_calls = self._usage
        reason = "left"
        try:
            with metering.collect(token_calls):
                async with self._connected() as session:
                    self._session = session
                    self._greet_browser()
                    if self._must_ask():
                        await session.tell(phrase("notes.ask"))
                    self._ended = asyncio.get_running_loop().create_future()
                    tasks = [asyncio.create_task(part) for part in (self._up(), self._down(), self._beat())]
                    try:
                        done, _ = await asyncio.wait([*tasks, self._ended], return_when=asyncio.FIRST_COMPLETED)
                        for task in done:
                            task.result()
                    finally:
                        tasks += [self._finishing] if self._finishing else []
                        for task in tasks:
                            task.cancel()
                        await asyncio.gather(*tasks, return_exceptions=True)
            reason = self._reason or "left"
        except PeerGone:
            pass
        except ProviderError as error:
            reason = "error"
            _complain(self._peer, "PROVIDER_UNAVAILABLE", error.message, error.retry_after)
            self._peer.tell({"type": "ended", "reason": "error", "report": None})
        except Problem as problem:
            reason = "error"
            _complain(self._peer, problem.code, problem.message, problem.retry_after)
            self._peer.tell({"type": "ended", "reason": "error", "report": None})
        finally:
            await asyncio.shield(self._hang_up(reason))
        await self._peer.close(1011 if reason == "error" else 1000)

    def _must_ask(self) -> bool:
        """The last answer is stored and its question is not, or the greeting broke off. A session without a handle
        sees from its history that it has been answered."""
        if not self._is_native or not self._before or self._conduct.number is not None:
            return False
        return bool(self._standing.handle) or self._before[-1].role == "assistant"

    async def _hang_up(self, reason: str) -> None:
        if self._pending_text is not None:
            self._pending_text.cancel()
        await self._record(last=True)
        with suppress(Problem):
            await self._keep_draft()
            await work(
                self._app,
                calling.hang_up,
                self._standing.call_id,
                seconds=self._seconds(),
                handle=self._handle,
                reason=reason,
                calls=self._usage,
            )

    def _connected(self) -> AbstractAsyncContextManager[LiveSession]:
        voices = self._persona.voices if self._persona else {}
        name = "gemini" if self._is_native else "openai"
        brief = LiveBrief(
            instruction=self._instruction(),
            voice=voices.get(name, ""),
            language=self._standing.language,
            history=self._before,
            thinking_seconds=self._hello.options.thinking_seconds or self._settings.thinking_seconds,
            hands_free=self._hello.options.mode == "hands_free",
            barge_in=self._hello.options.barge_in,
        )
        live = self._parts.live
        if live is not None:
            return Lasting(live, brief, handle=self._handle, remember=self._remember, history=self._history)
        return Cascade(
            self._parts.ears,
            self._parts.voice,
            brief,
            self._respond,
            is_playing=lambda: self.playing.left() > 0,
        )

    def _instruction(self) -> str:
        if self._conversation is None:
            return ""
        manner = Manner(
            name=self._persona.name if self._persona else "the interviewer",
            style=self._persona.style if self._persona else "",
            greeting=self._greeting,
            probing=self._persona.probing if self._persona else "ask for what is missing.",
        )
        found = self._conversation
        return live_instruction(found.dossier, found.plan, found.transcript, manner, new_nonce())

    def _remember(self, handle: str | None) -> None:
        self._handle = handle

    async def _history(self) -> tuple[Message, ...]:
        return await work(self._app, calling.history, self._owner, self._id)

    def _greet_browser(self) -> None:
        conduct, live = self._conduct, self._parts.live
        speech = "server" if live or self._parts.voice or self._parts.ears else "none"
        self._peer.tell(
            {
                **conduct.progress(),
                "type": "ready",
                "resumed": self._standing.greeted,
                "sees": bool(live and live.sees),
                "hears": bool(live or self._parts.ears),
                "speaks": bool(live or self._parts.voice),
                "speech": "browser" if self._hello.options.speech == "browser" else speech,
                "interviewer": self._persona.name if self._persona else "",
                "draft": self._unsent.typed,
            }
        )
        if conduct.number is not None:
            self._peer.tell({"type": "said", "number": conduct.number, "text": conduct.question, "final": True})
            self._peer.tell({"type": "saved", "number": conduct.number, "speaker": "interviewer"})
            if conduct.kept:
                self._peer.tell({"type": "heard", "number": conduct.number, "text": conduct.kept, "final": False})
        self._show("listening" if conduct.number is not None else "thinking")

    def _show(self, state: str) -> None:
        if self._paused and state == "listening":
            state = "paused"
        if state != self._state:
            self._state = state
            self._peer.tell({"type": "state", "state": state})
            self._silent_since = self._now()

    # Up: what the browser sends

    async def _up(self) -> None:
        session = self._session
        assert session is not None
        while True:
            try:
                message = wire.parse(await self._peer.receive(), encoding=self._hello.encoding)
            except wire.WireError as error:
                self._peer.tell(error.to_json())
                continue
            match message:
                case wire.Sound():
                    if not self._paused:
                        for frame in self.hearing.take(message.payload):
                            if self._hello.options.record:
                                self._to_record += frame.pcm
                            await session.hear(frame)
                case wire.Text():
                    await self._text(message)
                case wire.Draft():
                    self._unsent.put(message.text, self._conduct.number)
                case wire.EndTurn():
                    await self._end_turn()
                case wire.Played():
                    self.playing.mark(message.epoch, message.ms)
                case wire.Spoken():
                    self._spoken_epoch = max(self._spoken_epoch, message.epoch)
                case wire.Think():
                    self._let_think()
                    self._silent_since = self._now() + THINK_SECONDS
                case wire.Pause():
                    self._paused = True
                    self._show("paused")
                case wire.Resume():
                    self._paused = False
                    self._show("listening")
                case wire.Picture():
                    if self._parts.live is not None and self._parts.live.sees:
                        await session.see(Image(message.jpeg))
                case wire.Bye():
                    self._reason = "left"
                    return
                case wire.Hello():
                    continue
                case _:
                    assert_never(message)

    def _let_think(self) -> None:
        if isinstance(self._session, Cascade):
            self._session.think()
        elif isinstance(self._session, Lasting):
            self._session.wait(THINK_SECONDS)

    async def _text(self, message: wire.Text) -> None:
        assert self._session is not None
        words = message.text.strip()
        if not words:
            return
        if not message.spoken:
            if len(words) > LONGEST_ANSWER:
                sentence = f"This answer has {len(words):,} characters; at most {LONGEST_ANSWER:,} can be stored."
                _complain(self._peer, "VALIDATION_FAILED", f"{sentence} Shorten it and send it again.", None)
                return
            self._typed.add(words)
            self._turn_ended_at = self._now()
            if self._is_native:
                self._person = f"{self._person} {words}".strip()
            await self._session.tell(words)
            return
        # The browser's own recognition: phrases come one by one, and silence ends the turn.
        if self._person_is_over:
            self._person, self._person_is_over = "", False
        text = f"{self._person} {words}".strip()
        self._caption(text)
        if not message.final:
            return
        self._person = text
        if self._pending_text is not None:
            self._pending_text.cancel()
        if self._hello.options.mode == "hands_free":
            wait = self._hello.options.thinking_seconds or self._settings.thinking_seconds
            wait *= 2 if is_unfinished(text) else 1
            self._pending_text = asyncio.get_running_loop().call_later(
                wait, lambda: asyncio.ensure_future(self._end_turn())
            )

    async def _end_turn(self) -> None:
        assert self._session is not None
        if self._pending_text is not None:
            self._pending_text.cancel()
            self._pending_text = None
        self._turn_ended_at = self._now()
        if self._parts.ears is None and not self._is_native:
            words, self._person = self._person, ""
            if words:
                await self._session.tell(words)
                return
        if not self._person and self._conduct.kept:
            words, self._conduct.kept = self._conduct.kept, ""
            if self._is_native:
                self._person = words
            await self._session.tell(words)
            return
        await self._session.end_turn()

    # Down: what the session says

    async def _down(self) -> None:
        assert self._session is not None
        async for event in self._session.events():
            await self._take(event)
            if self._reason is not None:
                return
        if self._reason is None:
            raise PeerGone(1000)

    async def _take(self, event: LiveEvent) -> None:
        match event:
            case Heard():
                if self._person_is_over and not self._is_native:
                    self._person, self._person_is_over = "", False
                self._person += event.text
                self._caption(self._person)
            case Said():
                await self._settle()
                self._begin_line()
                self._line += event.text
                shown = strip_markers(self._line).strip()
                self._peer.tell({"type": "said", "number": self._line_number, "text": shown, "final": False})
                if not self._greeted and len(shown.split()) >= EARLY:
                    self._greeted = True
                    await self._conduct.begun(shown)
            case Voiced():
                await self._settle()
                self._begin_line()
                if self._turn_ended_at is not None:
                    self._peer.tell({"type": "latency", "ms": round((self._now() - self._turn_ended_at) * 1000)})
                    self._turn_ended_at = None
                self.playing.send(event.frame.seconds)
                self._peer.voice(self.playing.epoch, event.frame.pcm)
                self._show("speaking")
            case Interrupted():
                await self._interrupted()
            case TurnEnded():
                if self._line_open and (self._is_native or self._parts.voice is None):
                    await self._end_line(self._line, interrupted=False)
                elif self._line_open and self._finishing is None:
                    self._finishing = asyncio.create_task(self._finish())
            case Trouble():
                _complain(self._peer, f"{event.part.upper()}_TROUBLE", event.error.message, event.error.retry_after)
                self._show("listening")
            case Reconnecting():
                if self._line_open:  # it comes anew
                    self._line, self._line_open = "", False
                    epoch = self.playing.interrupt()
                    self._peer.flush(epoch)
                    self._peer.tell({"type": "interrupted", "epoch": epoch})
                self._show("reconnecting")
            case Reconnected():
                self._show("listening")
            case Metered():
                self._usage.append(event.usage)
            case Resumable() | Expiring():
                pass
            case _:
                assert_never(event)

    def _caption(self, text: str) -> None:
        kept = self._conduct.kept
        self._silent_since, self._step = self._now(), Rung.WAIT
        self._peer.tell(
            {
                "type": "heard",
                "number": self._conduct.number,
                "text": f"{kept} {text}".strip() if kept else text.strip(),
                "final": False,
            }
        )

    def _begin_line(self) -> None:
        if self._line_open:
            return
        self._line_open, self._line = True, ""
        self.playing.end_line()
        self._line_number = self._conduct.expected(self._person) if self._is_native else self._conduct.line.number
        if not self._parts.voice and not self._is_native:
            self._show("speaking")

    async def _finish(self) -> None:
        """A line of ours is over when it was heard, not when it was sent: until then it can be spoken over."""
        try:
            while (left := self.playing.left()) > 0:
                await asyncio.sleep(min(left, 0.1))
            self._finishing = None
            await self._end_line(self._line, interrupted=False)
        except Exception as error:
            if self._ended is not None and not self._ended.done():
                self._ended.set_exception(error)

    async def _settle(self) -> None:
        """The next line begins: the one before was heard."""
        if self._finishing is not None:
            self._finishing.cancel()
            self._finishing = None
            await self._end_line(self._line, interrupted=False)

    async def _interrupted(self) -> None:
        if self._finishing is not None:
            self._finishing.cancel()
            self._finishing = None
        fraction = self.playing.line_fraction()
        epoch = self.playing.interrupt()
        self._peer.flush(epoch)
        self._peer.tell({"type": "interrupted", "epoch": epoch})
        self._show("listening")
        if self._line_open:
            await self._end_line(heard_part(strip_markers(self._line).strip(), fraction), interrupted=True)
        elif fraction < 1:  # a vendor that ends its turn before it was heard
            await self._conduct.cut(heard_part(self._conduct.line.text, fraction))

    async def _end_line(self, heard: str, *, interrupted: bool) -> None:
        said, self._line, self._line_open = self._line, "", False
        shown = heard if interrupted else strip_markers(said).strip()
        native_closing = False
        if self._is_native:
            was_over = self._conduct.ending is not None
            self._conduct.typed = bool(self._typed) and self._person in self._typed
            taken = await self._conduct.turned(
                self._person, said, heard, interrupted=interrupted, provenance=self._provenance()
            )
            if taken:
                self._person = ""
                self._typed.clear()
            native_closing = self._conduct.ending is not None and not was_over
        else:
            await self._conduct.spoken(strip_markers(said).strip(), shown, interrupted=interrupted)
        number = self._conduct.line.number
        self._peer.tell({"type": "said", "number": number, "text": shown, "final": True})
        if native_closing and not wants_end(said) and "?" in said and not self._asked_to_close:
            self._asked_to_close = True
            assert self._session is not None
            await self._session.tell(phrase("notes.closing"))
            return
        if isinstance(self._session, Cascade):
            # Nothing comes after the last answer that could take up what was cut off.
            self._session.is_unhurried = self._conduct.number == self._conduct.most
        if self._conduct.ending is not None and self._conduct.line.kind in ("closing", "aside"):
            await self._close(self._conduct.ending)
        elif self.playing.left() <= 0:
            self._show("listening")

    async def _respond(self, said: str) -> AsyncIterator[str]:
        """What a cascade speaks: the conduct's words."""
        self._conduct.typed = said.strip() in self._typed
        if said:
            self._person, self._person_is_over = said, True
            if self._turn_ended_at is None:
                self._turn_ended_at = self._now()
            self._show("thinking")
        words: AsyncGenerator[str, None] = self._conduct.reply(said)
        spoke = False
        async with aclosing(words):
            async for piece in words:
                spoke = True
                yield piece
        self._typed.discard(said.strip())
        if not spoke:
            self._show("listening")

    async def _accepted(self, number: int, said: str) -> None:
        """An answer was stored: keep how it was spoken."""
        # No transcriber here promises to write down every "um"; a count of them would be chance.
        delivery = await work(self._app, self.hearing.answered, said, verbatim=False, language=self._standing.language)
        if delivery is not None:
            await work(self._app, calling.keep_delivery, self._owner, self._id, number, delivery)

    def _provenance(self) -> Provenance:
        live = self._parts.live
        assert live is not None
        return Provenance("model", live_label(), provider=live.provider, model=live.model, prompt=live_label())

    # Time

    async def _beat(self) -> None:
        beat_at = draft_at = metrics_at = measured_at = self._now()
        stored = self._handle
        measuring: asyncio.Future[None] | None = None
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            now = self._now()
            if self._state == "speaking" and not self._line_open and self.playing.left() <= 0:
                self.hearing.question_over()
                self._show("listening")
            if now - measured_at >= MEASURE_SECONDS and (measuring is None or measuring.done()):
                if measuring is not None:
                    measuring.result()
                measured_at, measuring = now, listen(self.hearing.measure)
            await self._record()
            if now - draft_at >= DRAFT_SECONDS:
                draft_at = now
                await self._keep_draft()
            if now - beat_at >= HEARTBEAT_SECONDS or self._handle != stored:
                beat_at, stored = now, self._handle
                goes_on = await work(
                    self._app, calling.beat, self._standing.call_id, seconds=self._seconds(), handle=self._handle
                )
                if not goes_on:
                    _complain(self._peer, "CALL_ELSEWHERE", "This interview was opened elsewhere.", None)
                    self._reason = "left"
                    return
            if self._hello.options.metrics and now - metrics_at >= METRICS_SECONDS:
                metrics_at = now
                self._peer.tell({"type": "metrics", **self.hearing.live(self._person)})
            if self._state == "listening" and not self._paused:
                step = silence_ladder(now - self._silent_since)
                if step is not self._step:
                    self._step = step
                    if step is not Rung.WAIT:
                        self._peer.tell({"type": "hint", "step": step.value})
            if self._seconds() >= self._settings.longest_call_minutes * 60:
                await self._conduct.over()
                await self._close("time")
                return

    async def _keep_draft(self) -> None:
        number = self._conduct.number
        text = self._unsent.to_store(None if self._person_is_over else self._person, number)
        if text is not None and await self._conduct.keep_draft(text) and self._unsent.stored(text):
            self._peer.tell({"type": "kept", "number": number})

    async def _record(self, *, last: bool = False) -> None:
        pcm = bytes(self._to_record)
        self._to_record.clear()
        if pcm or (last and self._recorder):
            await work(self._app, self._write, pcm, last=last)

    def _write(self, pcm: bytes, *, last: bool) -> None:
        try:
            if self._recorder is None:
                name = f"{self._standing.call_id}.wav"
                self._recorder = Recorder(sound_files.path_of(name))
                recordings.note(self._standing.call_id, name)
            self._recorder.write(pcm)
            if last:
                self._recorder.close()
        except OSError:  # a full disk must not end the interview
            log.warning("call %s: the recording could not be written", self._standing.call_id)

    async def _close(self, reason: str) -> None:
        """After the closing words were heard to their end, tell that it is over."""
        self._show("closing")
        limit = self._now() + self.playing.left() + LAST_MARK_SECONDS
        if self._parts.voice or self._is_native:
            while not self.playing.is_drained() and self._now() < limit:
                await asyncio.sleep(0.05)
        elif self._hello.options.speech == "browser":
            limit = self._now() + 15
            while self._spoken_epoch < self.playing.epoch and self._now() < limit:
                await asyncio.sleep(0.05)
        self._peer.tell({"type": "ended", "reason": reason, "report": f"/interviews/{self._id}/report"})
        self._reason = reason
        if self._ended is not None and not self._ended.done():
            self._ended.set_result(None)
