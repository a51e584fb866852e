"""One live call: a browser on one side, a session that hears and speaks on the other, the interview in between.

Three tasks on the one event loop: `_up` takes what the browser sends, `_down` what the session says, `_beat` the time.
Whoever ends first ends the call; rows are written in threads. Converting a piece of sound takes microseconds and stays
on the loop, because handing it to a thread costs more.
"""

import asyncio
import time
from contextlib import suppress
from typing import assert_never

from flask import Flask

from interview_coach import calling, metering
from interview_coach.calling import Beat, Pulse
from interview_coach.errors import Problem, interview_not_found
from interview_coach.providers.base import (
    Expiring,
    Heard,
    Image,
    Interim,
    Interrupted,
    LiveEvent,
    LiveSession,
    Metered,
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
from interview_coach.voice import garbage, wire
from interview_coach.voice.cascade import Cascade
from interview_coach.voice.dialogue import Dialogue
from interview_coach.voice.display import Display
from interview_coach.voice.hearing import Hearing
from interview_coach.voice.heartbeats import beat
from interview_coach.voice.lasting import Lasting
from interview_coach.voice.listening import listen
from interview_coach.voice.opening import Opening, hello, opening
from interview_coach.voice.peer import Peer, PeerGone, complain
from interview_coach.voice.phrases import phrase
from interview_coach.voice.taping import Taping
from interview_coach.voice.threads import work
from interview_coach.voice.together import until_one_ends

THINK_SECONDS = 10.0
"""More silence for whoever says "let me think"."""
BEAT_SECONDS = 0.5
HEARTBEAT_SECONDS = 2.0
"""Whoever deletes or ends the interview elsewhere is not listened to for much longer."""
DRAFT_SECONDS = 1.0
"""Words of speech that is under way are kept at the next beat, but not more often than this."""
MEASURE_SECONDS = 1.9
"""Between two looks at the sound."""
METRICS_SECONDS = 2.0


async def hold(app: Flask, owner: str, interview_id: str, peer: Peer) -> None:
    """Hold a call until it ends, and tell the peer why. Raises nothing but cancellation."""
    try:
        said = await hello(peer)
    except PeerGone:
        return
    except (TimeoutError, wire.WireError):
        await peer.close(1002, "The first message must be hello.")
        return
    try:
        found = await opening(app, owner, interview_id, said)
    except (Problem, ProviderError) as error:
        is_ours = isinstance(error, Problem) and error.status < 500
        await peer.close(1008 if is_ours else 1011, _complain(peer, error))
        return
    await Call(found, peer).run()


def _complain(peer: Peer, error: Problem | ProviderError) -> str:
    """Tell what went wrong. Returns its code."""
    code = error.code if isinstance(error, Problem) else "PROVIDER_UNAVAILABLE"
    complain(peer, code, error.message, error.retry_after)
    return code


class Call:
    """See the module. Made by `hold`."""

    def __init__(self, opening: Opening, peer: Peer) -> None:
        self._opening = opening
        self._app = opening.app
        self._standing = opening.standing
        self._options = opening.hello.options
        self._peer = peer
        self._now = time.monotonic
        self._began = self._now()
        self._handle = opening.standing.handle
        self._usage: list[Usage] = []
        self._hearing = Hearing(opening.hello.rate, opening.hello.encoding)
        self._taping = Taping(opening.app, opening.standing.call_id, wanted=self._options.record)
        self._display = Display(peer, self._now)
        self._dialogue = Dialogue(
            opening, peer, self._display, self._hearing, overtime=self._is_overtime, now=self._now
        )
        self._session: LiveSession

    def _seconds(self) -> float:
        return self._now() - self._began

    def _is_overtime(self) -> bool:
        minutes = self._standing.minutes
        return minutes is not None and self._standing.seconds + self._seconds() >= minutes * 60

    # Life

    async def run(self) -> None:
        """From `ready` to the close code."""
        reason = "left"
        try:
            with metering.collect(self._usage):
                reason = await self._converse()
        except PeerGone:
            pass
        except (Problem, ProviderError) as error:
            reason = "error"
            _complain(self._peer, error)
            self._peer.tell({"type": "ended", "reason": "error", "report": None})
        finally:
            await asyncio.shield(self._hang_up(reason))
        await self._peer.close(1011 if reason == "error" else 1000)

    async def _converse(self) -> str:
        """Returns why it ended."""
        dialogue = self._dialogue
        connected = self._opening.connected(
            dialogue.respond, remember=self._remember, is_playing=lambda: dialogue.playing.left() > 0
        )
        async with connected as session:
            self._session = dialogue.session = session
            garbage.spare()
            self._greet_browser()
            if self._must_ask():
                await session.tell(phrase("notes.ask"))
            try:
                await until_one_ends(self._up(), self._down(), self._beat(), asyncio.shield(dialogue.farewell.ended))
            finally:
                await dialogue.close()
        ended = dialogue.farewell.ended
        return ended.result() if ended.done() else "left"

    def _remember(self, handle: str | None) -> None:
        self._handle = handle

    def _must_ask(self) -> bool:
        """The last answer is stored and its question is not, or the greeting broke off. A session without a handle
        sees from its history that it has been answered."""
        before = self._opening.before
        if not self._opening.is_native or not before or self._dialogue.conduct.number is not None:
            return False
        return bool(self._standing.handle) or before[-1].role == "assistant"

    async def _hang_up(self, reason: str) -> None:
        with suppress(Problem):
            await self._dialogue.keep_draft()
            await work(
                self._app,
                calling.hang_up,
                self._standing.call_id,
                seconds=self._seconds(),
                handle=self._handle,
                reason=reason,
                calls=self._usage,
            )
        await self._taping.write(last=True)

    def _greet_browser(self) -> None:
        conduct, parts, persona = self._dialogue.conduct, self._opening.parts, self._opening.persona
        self._peer.tell(
            {
                **conduct.progress(),
                "type": "ready",
                "resumed": self._standing.greeted,
                "sees": bool(parts.live and parts.live.sees),
                "hears": bool(parts.live or parts.ears),
                "speaks": bool(parts.live or parts.voice),
                "speech": self._opening.speech,
                "interviewer": persona.name if persona else "",
                "draft": self._dialogue.unsent.typed,
            }
        )
        if conduct.number is not None:
            self._peer.tell({"type": "said", "number": conduct.number, "text": conduct.question, "final": True})
            self._peer.tell({"type": "saved", "number": conduct.number, "speaker": "interviewer"})
            if conduct.kept:
                self._peer.tell({"type": "heard", "number": conduct.number, "text": conduct.kept, "final": False})
        # An interviewer of ours first finds out whether the open question is to be asked again.
        waits = self._opening.is_native and conduct.number is not None
        self._display.show("listening" if waits else "thinking")

    # Up: what the browser sends

    async def _up(self) -> None:
        session, dialogue = self._session, self._dialogue
        while True:
            try:
                message = wire.parse(await self._peer.receive(), encoding=self._opening.hello.encoding)
            except wire.WireError as error:
                self._peer.tell(error.to_json())
                continue
            match message:
                case wire.Sound():
                    if not self._display.paused:
                        for frame in self._hearing.take(message.payload):
                            self._taping.take(frame.pcm)
                            await session.hear(frame)
                case wire.Text():
                    await dialogue.text(message)
                case wire.Draft():
                    dialogue.unsent.put(message.text, dialogue.conduct.number)
                case wire.EndTurn():
                    await dialogue.end_turn()
                case wire.Played():
                    dialogue.playing.mark(message.epoch, message.ms)
                case wire.Spoken():
                    dialogue.farewell.spoken(message.epoch)
                case wire.Think():
                    self._let_think()
                case wire.Pause():
                    self._display.pause()
                case wire.Resume():
                    self._display.resume()
                case wire.Picture():
                    live = self._opening.parts.live
                    if live is not None and live.sees:
                        await session.see(Image(message.jpeg))
                case wire.Bye():
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
        self._dialogue.think(THINK_SECONDS)
        self._display.wait(THINK_SECONDS)

    # Down: what the session says

    async def _down(self) -> None:
        async for event in self._session.events():
            await self._take(event)
            if self._dialogue.farewell.ended.done():
                return
        raise PeerGone(1000)

    async def _take(self, event: LiveEvent) -> None:
        dialogue = self._dialogue
        match event:
            case Heard():
                dialogue.heard(event.text)
            case Interim():
                dialogue.overheard(event.text)
            case Said():
                await dialogue.said(event.text)
            case Voiced():
                await dialogue.voiced(event.frame.seconds, event.frame.pcm)
            case Interrupted():
                await dialogue.interrupted()
            case TurnEnded():
                await dialogue.turn_ended()
            case Trouble():
                complain(self._peer, f"{event.part.upper()}_TROUBLE", event.error.message, event.error.retry_after)
                self._display.show("listening")
            case Reconnecting():
                dialogue.drop_line()
                self._display.show("reconnecting")
            case Reconnected():
                self._display.show("listening")
            case Metered():
                self._usage.append(event.usage)
            case Resumable() | Expiring():
                pass
            case _:
                assert_never(event)

    # Time

    async def _beat(self) -> None:
        beat_at = draft_at = metrics_at = measured_at = self._now()
        stored = self._handle
        measuring: asyncio.Future[None] | None = None
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            now = self._now()
            if self._dialogue.was_heard():
                self._hearing.question_over()
                self._display.show("listening")
            if now - measured_at >= MEASURE_SECONDS and (measuring is None or measuring.done()):
                if measuring is not None:
                    measuring.result()
                measured_at, measuring = now, listen(self._hearing)
            await self._taping.write()
            if now - draft_at >= DRAFT_SECONDS and await self._dialogue.keep_draft():
                draft_at = now
            if now - beat_at >= HEARTBEAT_SECONDS or self._handle != stored:
                beat_at, stored = now, self._handle
                if await self._is_over():
                    return
            if self._options.metrics and now - metrics_at >= METRICS_SECONDS:
                metrics_at = now
                self._peer.tell({"type": "metrics", **self._dialogue.figures()})
            self._display.hint()
            if self._seconds() >= self._opening.settings.longest_call_minutes * 60:
                await self._dialogue.conduct.over()
                await self._dialogue.farewell.say("time")
                return

    async def _is_over(self) -> bool:
        """Tell the database that the call goes on, unless it does not."""
        found = await beat(self._app, Pulse(self._standing.call_id, self._seconds(), self._handle))
        if found is Beat.DELETED:
            raise interview_not_found()
        if found is Beat.ELSEWHERE:
            complain(self._peer, "CALL_ELSEWHERE", "This interview was opened elsewhere.")
            return True
        conduct = self._dialogue.conduct
        if found is Beat.FINISHED and conduct.ending is None and not conduct.is_storing:
            await self._dialogue.farewell.say("requested")
            return True
        return False
