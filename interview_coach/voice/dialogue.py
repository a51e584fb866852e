"""What both sides say in one call: the person's words as they come, the interviewer's line as it is heard.

Words are only shown and collected here. What counts, and what is stored, is the conduct's.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import replace

from interview_coach import calling
from interview_coach.domain.turns import is_unfinished, strip_markers, wants_end
from interview_coach.interviewing import LONGEST_ANSWER
from interview_coach.providers.base import LiveSession
from interview_coach.voice import wire
from interview_coach.voice.cascade import Cascade
from interview_coach.voice.cascade_conduct import CascadeConduct
from interview_coach.voice.conduct import EARLY
from interview_coach.voice.display import Display
from interview_coach.voice.farewell import Farewell
from interview_coach.voice.hearing import Hearing
from interview_coach.voice.lasting import Lasting
from interview_coach.voice.live_conduct import LiveConduct
from interview_coach.voice.opening import Opening
from interview_coach.voice.peer import Peer, complain
from interview_coach.voice.phrases import phrase
from interview_coach.voice.playing import Playing, heard_part
from interview_coach.voice.quiet import Quiet
from interview_coach.voice.rules import rules_of
from interview_coach.voice.said_so_far import SaidSoFar
from interview_coach.voice.speaking import Retraction
from interview_coach.voice.threads import work
from interview_coach.voice.unsent import Unsent


class Dialogue:
    """One call's. Its `farewell` ends it."""

    def __init__(
        self,
        opening: Opening,
        peer: Peer,
        display: Display,
        hearing: Hearing,
        *,
        overtime: Callable[[], bool],
        now: Callable[[], float],
    ) -> None:
        number = opening.standing.open_question.number if opening.standing.open_question else None
        options = opening.hello.options
        self.unsent = Unsent(opening.standing.draft, number, heard=options.heard, box=options.draft)
        standing = replace(opening.standing, draft=self.unsent.said)
        self._opening = opening
        self._peer = peer
        self._display = display
        self._hearing = hearing
        self._now = now
        self.session: LiveSession
        self.playing = Playing(now)
        self.farewell = Farewell(
            peer,
            display,
            self.playing,
            voice=opening.voice,
            report=f"/interviews/{opening.interview_id}/report",
            now=now,
        )
        conducting: type[LiveConduct] | type[CascadeConduct] = LiveConduct if opening.is_native else CascadeConduct
        self.conduct = conducting(
            opening.app,
            opening.owner,
            opening.interview_id,
            standing,
            rules=rules_of(opening.settings),
            greeting=opening.greeting,
            tell=peer.tell,
            overtime=overtime,
            accepted=self._accepted,
        )
        self._person = SaidSoFar(lasts=opening.is_native)
        self._quiet = Quiet(now, self._fell_silent)
        """After what the browser's own recogniser has heard."""
        self._typed_at: float | None = None
        """The turn that comes to be answered was typed."""
        self._is_sounding = False
        """Something of this line was heard."""
        self._line = ""
        """What the interviewer is saying."""
        self._line_number: int | None = None
        self._line_is_open = False
        self._finishing: asyncio.Task[None] | None = None
        """Waits until the line was heard; it can still be spoken over."""
        self._ending: asyncio.Task[None] | None = None
        """The same, when it was heard and is being stored."""
        self._replied_at = 0.0
        """When the interviewer's last reply began, on the clock of the person's sound."""
        self._was_measured = False
        self._asked_to_close = False
        self._is_greeted = standing.greeted

    async def close(self) -> None:
        """Nothing is waited for any more."""
        self._quiet.close()
        tasks = [task for task in (self._finishing, self._ending) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    # The person

    def caption(self, text: str) -> None:
        """Show what was heard so far, also what was said before this call."""
        self._display.heard()
        self._peer.tell(
            {
                "type": "heard",
                "number": self.conduct.number,
                "text": " ".join(part for part in (self.conduct.kept, text.strip()) if part),
                "final": False,
            }
        )

    def heard(self, text: str) -> None:
        """More words of the person's, transcribed."""
        self._person.hear(text)
        self.caption(self._person.words)

    def overheard(self, text: str) -> None:
        """What follows them, as far as it is known; it may still change."""
        self._person.overhear(text)
        self.caption(self._person.text)

    async def text(self, message: wire.Text) -> None:
        """Words that were typed, or that the browser's own recogniser has heard."""
        words = message.text.strip()
        if not words:
            return
        if message.spoken:
            self._recognised(words, final=message.final)
            return
        if len(words) > LONGEST_ANSWER:
            sentence = f"This answer has {len(words):,} characters; at most {LONGEST_ANSWER:,} can be stored."
            complain(self._peer, "VALIDATION_FAILED", f"{sentence} Shorten it and send it again.")
            return
        self._person.type(words, ahead=self._line_is_open and len(strip_markers(self._line).split()) >= EARLY)
        self._typed_at = self._now()
        await self.session.tell(words)

    def _recognised(self, words: str, *, final: bool) -> None:
        """Phrases come one by one, and silence ends the turn."""
        self._quiet.stop()
        if not final:
            self.overheard(words)
            return
        self.heard(f" {words}")
        if self._opening.hello.options.mode == "hands_free":
            self._quiet.wait(self._opening.thinking_seconds * (2 if is_unfinished(self._person.words) else 1))

    def think(self, seconds: float) -> None:
        """The silence that follows is no end: so much of it, whatever was said already."""
        self._quiet.think(seconds)

    async def _fell_silent(self) -> None:
        try:
            await self.end_turn()
        except Exception as error:
            self.farewell.fail(error)

    async def end_turn(self) -> None:
        """The person is done."""
        self._quiet.end()
        is_native = self._opening.is_native
        person = self._person
        if self._opening.parts.ears is None and not is_native and not person.is_over and (words := person.text):
            person.answering(words)  # at once: until then they are still the draft
            await self.session.tell(words)
            return
        is_spoken_to = isinstance(self.session, Cascade | Lasting) and self.session.is_spoken_to
        is_new = bool(person.words) and not person.is_over
        if self.conduct.kept and not is_new and not is_spoken_to:  # else it goes on with what was said before
            words, self.conduct.kept = self.conduct.kept, ""
            if is_native:
                person.words = words
            await self.session.tell(words)
            return
        await self.session.end_turn()

    async def keep_draft(self) -> bool:
        """Store what is being said or typed, so that a kill loses at most the last moments. True when it was new."""
        number = self.conduct.number
        text = self.unsent.to_store(None if self._person.is_over else self._person.text, number)
        if text is None or not await self.conduct.keep_draft(text):
            return False
        if self.unsent.stored(text):
            self._peer.tell({"type": "kept", "number": number})
        return True

    def figures(self) -> dict[str, object]:
        """Of delivery, with the words of this turn."""
        return self._hearing.live(self._person.text)

    async def _accepted(self, number: int, said: str, again: bool) -> None:
        """An answer was stored, or (`again`) what goes on with the last one: keep how it was spoken."""
        opening = self._opening
        self._was_measured = True
        # No transcriber here promises to write down every "um"; a count of them would be chance.
        delivery = await work(
            opening.app,
            self._hearing.answered,
            said,
            verbatim=False,
            language=opening.standing.language,
            until=self._replied_at if opening.is_native else None,
            again=again,
        )
        if delivery is not None:
            keep = calling.keep_delivery
            await work(opening.app, keep, opening.owner, opening.interview_id, number, delivery, again=again)

    def _pass_by(self) -> None:
        """What the person said before this reply is no part of an answer, unless it was taken as one."""
        if not self._was_measured:
            self._hearing.passed(self._replied_at)
        self._was_measured = False

    # The interviewer

    async def respond(self, said: str) -> AsyncIterator[str | Retraction]:
        """What an interviewer of ours says to the person's whole turn: the conduct's words."""
        assert isinstance(self.conduct, CascadeConduct)
        self.conduct.typed = self._person.was_typed(said.strip())
        if said:
            self._person.answering(said)
            self._display.show("thinking")
        self._replied_at, self._was_measured = self._hearing.now, False
        words = self.conduct.reply(said)
        spoke = False
        async with aclosing(words):
            async for piece in words:
                spoke = True
                yield piece
        self._person.answered(said.strip())
        self._pass_by()
        if not spoke:
            self._display.show("listening")

    async def said(self, text: str) -> None:
        """Words of the interviewer, as it speaks them."""
        await self._settle()
        self._begin_line()
        self._line += text
        shown = strip_markers(self._line).strip()
        if not self._is_greeted and len(shown.split()) >= EARLY:
            self._is_greeted = True
            await self.conduct.begun(shown)  # before it is heard: a kill in between would lead to a second greeting
        self._peer.tell({"type": "said", "number": self._line_number, "text": shown, "final": False})

    async def voiced(self, seconds: float, pcm: bytes) -> None:
        """Sound of the interviewer, mono s16le, 24 kHz."""
        await self._settle()
        self._begin_line()
        if not self._is_sounding:
            self._is_sounding = True
            self._tell_latency()
        self.playing.send(seconds)
        self._peer.voice(self.playing.epoch, pcm)
        self._display.show("speaking")

    def _tell_latency(self) -> None:
        """The reply begins to sound: so long it has taken since the person's last word."""
        typed_at, self._typed_at = self._typed_at, None
        seconds: float | None = None
        if typed_at is not None:
            seconds = self._now() - typed_at
        elif self._person.words and isinstance(self.session, Cascade | Lasting):
            seconds = self.session.silent_for
        if seconds is not None:
            self._peer.tell({"type": "latency", "ms": round(seconds * 1000)})

    def _begin_line(self) -> None:
        if self._line_is_open:
            return
        self._line_is_open, self._line, self._is_sounding = True, "", False
        self.playing.end_line()
        conduct = self.conduct
        if isinstance(conduct, LiveConduct):
            self._line_number = conduct.expected(self._person.words)
            self._replied_at, self._was_measured = self._hearing.now, False
        else:
            self._line_number = conduct.line.number
        if not self._opening.parts.voice and not self._opening.is_native:
            self._display.show("speaking")

    async def turn_ended(self) -> None:
        """The session has said everything of this turn."""
        if not self._line_is_open:
            return
        if self._opening.is_native or self._opening.parts.voice is None:
            await self._end_line(self._line, interrupted=False)
        elif self._finishing is None:
            self._finishing = asyncio.create_task(self._finish())

    async def _finish(self) -> None:
        """A line of ours is over when it was heard, not when it was sent: until then it can be spoken over."""
        try:
            while (left := self.playing.left()) > 0:
                await asyncio.sleep(min(left, 0.1))
            self._ending, self._finishing = self._finishing, None
            await self._end_line(self._line, interrupted=False)
        except Exception as error:
            self.farewell.fail(error)

    async def _settle(self) -> None:
        """The next line begins: the one before was heard."""
        if self._finishing is not None:
            self._finishing.cancel()
            self._finishing = None
            await self._end_line(self._line, interrupted=False)
        elif self._ending is not None:
            await asyncio.wait((self._ending,))  # its last caption comes before the first one of the next

    def drop_line(self) -> None:
        """It comes anew: what was not heard of it is not played."""
        if self._line_is_open:
            self._line, self._line_is_open = "", False
            self._flush()

    def _flush(self) -> None:
        epoch = self.playing.interrupt()
        self._peer.flush(epoch)
        self._peer.tell({"type": "interrupted", "epoch": epoch})

    async def interrupted(self) -> None:
        """The person speaks over the interviewer."""
        if self._finishing is not None:
            self._finishing.cancel()
            self._finishing = None
        fraction = self.playing.line_fraction()
        self._flush()
        self._display.show("listening")
        if self._line_is_open:
            await self._end_line(heard_part(strip_markers(self._line).strip(), fraction), interrupted=True)
        elif fraction < 1:  # a vendor that ends its turn before it was heard
            await self.conduct.cut(heard_part(self.conduct.line.text, fraction))

    async def _end_line(self, heard: str, *, interrupted: bool) -> None:
        said, self._line, self._line_is_open = self._line, "", False
        whole = strip_markers(said).strip()
        shown = whole if not interrupted else f"{heard} …" if heard and heard != whole else heard
        was_over = self.conduct.ending is not None
        if isinstance(self.conduct, LiveConduct):
            person = self._person.words
            self.conduct.typed = self._person.was_typed(person)
            taken = await self.conduct.turned(
                person, said, heard, interrupted=interrupted, provenance=self._opening.provenance
            )
            if taken:
                self._person.turn_over(person)
                self._pass_by()
            else:
                self._person.goes_on()
            line = self.conduct.line
        else:
            line = self.conduct.line  # while it is being stored, the person may already be answered
            await self.conduct.spoken(whole, heard if interrupted else whole, interrupted=interrupted)
        self._peer.tell({"type": "said", "number": line.number, "text": shown, "final": True})
        if self._opening.is_native and not was_over and self._goes_on_asking(said):
            self._asked_to_close = True
            await self.session.tell(phrase("notes.closing"))
            return
        if isinstance(self.session, Cascade):
            # Nothing comes after the last answer that could take up what was cut off.
            self.session.is_unhurried = self.conduct.number == self.conduct.most
        if self.conduct.ending is not None and line.kind == "closing":
            await self.farewell.say(self.conduct.ending)
        elif self.playing.left() <= 0:
            self._display.show("listening")

    def _goes_on_asking(self, said: str) -> bool:
        """True when the interview is over with these words of a live model, and they are no closing words."""
        return self.conduct.ending is not None and not wants_end(said) and "?" in said and not self._asked_to_close

    def was_heard(self) -> bool:
        """True when a line that the session has ended was played since."""
        return self._display.state == "speaking" and not self._line_is_open and self.playing.left() <= 0
