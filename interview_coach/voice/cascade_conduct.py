"""The discipline of turns for an interviewer of ours: `reply` gives its words. What leads to a question may be spoken
while the rest is still being worded; the question itself is stored before it is asked."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Coroutine
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, TypeVar

from interview_coach import interviewing
from interview_coach.coach.base import Withdrawn, Words
from interview_coach.coaches import OFFLINE
from interview_coach.correcting import correct_answer
from interview_coach.domain.asides import asks_interviewer
from interview_coach.domain.turns import Meaning
from interview_coach.errors import Problem
from interview_coach.providers.base import Unavailable
from interview_coach.views import QuestionView
from interview_coach.voice.conduct import EARLY, Conduct, Line
from interview_coach.voice.phrases import phrase
from interview_coach.voice.sentences import whole_sentences
from interview_coach.voice.speaking import Retraction
from interview_coach.voice.threads import items, work

T = TypeVar("T")

_NO_QUESTION = "There was no question open yet, so what you wrote was not taken. Send it again to the next one."
SILENT_RETURN = 120.0
"""Seconds. Who comes back sooner knows the question still; it is not asked again aloud."""


@dataclass(slots=True)
class Given:
    """The last answer that was stored in this call."""

    number: int
    text: str
    turn: str
    """The words of the turn that it came from."""
    spoken: str
    """All that was said of it in this call."""


class CascadeConduct(Conduct):
    """Worded by our coach, spoken by a cascade."""

    _given: Given | None = None
    _written = ""
    """The same, when it was typed: it is not changed any more."""
    _settling: "asyncio.Future[Any] | None" = None
    """What is being stored, also when nobody waits for it any more."""
    _early = False
    """The question was spoken over so soon that the person was still giving the answer before."""
    _unheard = False
    """What comes before the open question was spoken over, so that nothing of it was said."""

    async def reply(self, said: str) -> AsyncGenerator[str | Retraction, None]:
        """Words of the interviewer after the person's whole turn; nothing = go on listening. `said` is empty at the
        beginning of a call."""
        try:
            async with aclosing(self._reply(said.strip())) as words:
                async for piece in words:
                    yield piece
        except Problem as problem:
            if problem.code == "INTERVIEW_ALREADY_COMPLETED":
                self.ending = self.ending or "complete"
                self.line = Line("closing")
                yield phrase(f"closing.{self.ending}")
                return
            raise Unavailable(problem.message, retry_after=problem.retry_after) from problem

    async def _reply(self, said: str) -> AsyncGenerator[str | Retraction, None]:
        await self._settled()
        if self.line.kind == "closing" and self.line.text:
            return
        if not said:
            async for piece in self._open():
                yield piece
            return
        decided = self._decided(said)
        more = self._more(said) if decided is None else None
        if more:
            await self._whole(self._append(said, more))
        if decided and self.ending is None:
            await self._whole(self._finish("requested"))
        if decided or more is not None or self.ending is not None:
            async for piece in self._next():
                yield piece
            return
        if decided is False and self.number is not None:
            self.line = Line("aside", self.number)
            yield f"{phrase('go_on')} {self.question}"
            return
        match self._meaning(said):
            case Meaning.STOP:
                self.line = Line("aside", self.number, confirms=True)
                yield phrase("confirm_end")
            # An earlier try to word the question failed, and this is the next one; or whoever speaks does not know it.
            case _ if self.number is None or (self._unheard and not self.typed):
                if self._came_too_soon(said):
                    self._tell({"type": "error", "code": "NO_QUESTION", "message": _NO_QUESTION, "retry_after": None})
                async for piece in self._next():
                    yield piece
            case Meaning.ANSWER:
                if await self._whole(self._take(said)):
                    if self._standing.coach == OFFLINE and self.ending is None and asks_interviewer(said):
                        yield f"{phrase('asked_back')} "  # a model has read what it was asked
                    async for piece in self._next():
                        yield piece
            case Meaning.SKIP:
                await self._whole(self._skip())
                async for piece in self._next():
                    yield piece
            case Meaning.LATER:
                self._put_off = self.number
                self.line = Line("aside", self.number)
                yield phrase("later")
            case Meaning.REPEAT:
                self.line = Line("aside", self.number)
                yield f"{phrase('repeat')} {self.question}"
            case Meaning.EXPLAIN:
                self.line = Line("aside", self.number)
                yield f"{phrase('explain')} {self.question}"
            case Meaning.GREETING:
                self.line = Line("aside", self.number)
                yield phrase("yes")
            case Meaning.FILLER | Meaning.NOTHING | Meaning.THINK | Meaning.ECHO:
                pass

    async def _whole(self, storing: Coroutine[Any, Any, T]) -> T:
        """Store something, and know it. Who goes on speaking meanwhile ends the reply in the middle; a row that was
        written then and is not known here would stand against the longer answer."""
        settling = self._settling = asyncio.ensure_future(storing)
        return await asyncio.shield(settling)

    async def _settled(self) -> None:
        if self._settling is not None:
            await asyncio.wait((self._settling,))

    async def _open(self) -> AsyncIterator[str | Retraction]:
        back = self._standing.silent_for
        if self.number is not None and self._standing.greeted and not self._standing.unasked:
            if back is not None and back < SILENT_RETURN:
                return
            self.line = Line("aside", self.number)
            yield f"{phrase('back')} {self.question}"
            return
        if not self._standing.greeted and self._greeting:
            self.line = Line("greeting")
            yield f"{self._greeting} "
        async for piece in self._next():
            yield piece

    async def _next(self) -> AsyncIterator[str | Retraction]:
        """Words of the open question, asked now if need be; the closing words when there is none."""
        if self.ending is None and self._overtime() and self.answered:
            await self._whole(self._finish("time"))
        if self.ending is not None:
            self.line = Line("closing")
            yield phrase(f"closing.{self.ending}")
            return
        if self.number is not None:
            self.line = Line("question", self.number)
            yield self.question
            return
        async for piece in self._ask():
            yield piece

    async def _ask(self) -> AsyncIterator[str | Retraction]:
        """Have the next question worded. A sentence before the last is spoken as soon as the guards let it pass; the
        guards may still withdraw it, and then the question is put another way."""

        def make() -> Any:
            return interviewing.stream_question(self._owner, self._id)

        self.line = Line("question", self.asked + 1)
        written = spoken = ""
        async with aclosing(items(self._app, make)) as events:
            async for event in events:
                if isinstance(event, Words):
                    written += event.text
                    if whole := whole_sentences(written)[len(spoken) :]:
                        spoken += whole
                        yield whole
                elif isinstance(event, Withdrawn):
                    if spoken:
                        yield self._retraction(spoken)
                    written = spoken = ""
                elif isinstance(event, QuestionView):
                    self._opened(event)
        if self.number is None:
            raise Unavailable("No question came. Everything you said is saved.")
        self.line.number = self.number
        if not self.question.startswith(spoken):  # somebody else has asked it meanwhile
            yield self._retraction(spoken)
            spoken = ""
        yield self.question[len(spoken) :]

    def _retraction(self, words: str) -> Retraction:
        is_english = self._standing.language.lower().startswith("en")
        return Retraction(len(words), phrase("another_way") if is_english else "")

    async def _take(self, said: str) -> bool:
        """Store an answer. False: it was none."""
        number = self.number
        assert number is not None
        text = await self._accept(said)
        if text:
            self._given = None if self.typed else Given(number, text, said, said)
            self._written = said if self.typed else ""
            self._early = False
            self.line = Line()  # until the next words of the interviewer, what comes belongs to this answer
        return text is not None

    def _more(self, said: str) -> str | None:
        """Words that belong to the answer that was stored last: they came before the interviewer was heard, or before
        there was a next question. Empty for the same turn once more, which is another try to get that question; None
        for a new one."""
        given = self._given
        if given is None or self.typed:
            return None
        if said.startswith(given.turn) and (not self.line.text or self.number is None):
            return said.removeprefix(given.turn).strip()
        goes_on = (self._early or self.number is None) and self._meaning(said) is Meaning.ANSWER
        return said if goes_on else None

    def _came_too_soon(self, said: str) -> bool:
        """Words were added to a typed answer, or typed when there was no question."""
        goes_on = bool(self._written) and said.startswith(self._written)
        return bool(said.removeprefix(self._written).strip()) and (self.typed or goes_on)

    async def _skip(self) -> None:
        await super()._skip()
        self._given, self._written = None, ""

    async def _append(self, said: str, more: str) -> None:
        given = self._given
        assert given is not None
        self._early = False
        text = self._fitting(f"{given.text} {more}")
        await work(self._app, correct_answer, self._owner, self._id, given.number, text)
        spoken = f"{given.spoken} {more}"
        self._given = Given(given.number, text, said, spoken)
        await self._utter("person", "answer", given.number, more)
        self._heard(given.number, text)
        await self._accepted(given.number, spoken, True)
        self._saved("person", given.number)

    async def spoken(self, text: str, heard: str, *, interrupted: bool) -> None:
        """The interviewer of ours has spoken `text`, or was interrupted after `heard`."""
        line = self.line
        line.text = text
        if not text:
            return
        said = heard if interrupted else text
        self._stopping = line.confirms and bool(said)
        is_asked = line.kind == "question" and line.number is not None and line.number == self.number
        if is_asked:
            at = text.find(self.question[:40])
            of_question = said[at:]
            self._unheard = interrupted and at < 0
            self._early = interrupted and len(of_question.split()) < EARLY and self._given is not None
            if self._unheard:
                is_asked, line.kind, line.number = False, "greeting", None
            elif interrupted and len(of_question) < len(self.question):
                await self.cut(of_question)
        elif line.kind == "question":  # it was given up before it was whole: nothing was asked
            self._early = interrupted and self._given is not None
            line.kind, line.number = "aside", None
        if said:
            await self._utter("interviewer", line.kind, line.number, said, interrupted=interrupted)
        if is_asked and line.number is not None:
            self._saved("interviewer", line.number)
