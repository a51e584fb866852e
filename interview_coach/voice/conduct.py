"""The server's discipline of turns: which speech is an answer, which words are the next question, when it is over.

The count is ours, whoever words the questions. An interviewer's turn that follows an accepted answer asks the next
question; everything else that either side says consumes none. Rows are written before anything is told as saved.

Two kinds of interviewer meet here. One is ours: `reply` gives its words, and the question is stored before it is
spoken. The other speaks for itself (a vendor's live model): `turned` is told what both said, and stores the question
when it has been said, as far as it was heard.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from flask import Flask

from interview_coach import calling, interviewing
from interview_coach.calling import Standing
from interview_coach.coach.base import Asked
from interview_coach.correcting import correct_answer
from interview_coach.domain.provenance import Provenance
from interview_coach.domain.turns import Meaning, TurnRules, meaning_of, strip_markers, wants_end
from interview_coach.errors import Problem
from interview_coach.interviewing import LONGEST_ANSWER
from interview_coach.providers.base import Unavailable
from interview_coach.views import QuestionView
from interview_coach.voice.phrases import phrase
from interview_coach.voice.threads import items, work

EARLY = 4
"""Words of a question. Who heard fewer was not answering it but going on with the answer before."""
SILENT_RETURN = 120.0
"""Seconds. Who comes back sooner knows the question still; it is not asked again aloud."""

Tell = Callable[[Mapping[str, Any]], None]


@dataclass(slots=True)
class Line:
    """What the interviewer is saying, or said last."""

    kind: str = "aside"
    """`question`, `aside`, `greeting` or `closing`."""
    number: int | None = None
    text: str = ""


@dataclass(slots=True)
class Given:
    """The last answer that was stored in this call."""

    number: int
    text: str
    turn: str
    """The words of the turn that it came from."""


class Conduct:
    """One interview during one call. All methods run on the event loop; rows are written in threads."""

    def __init__(
        self,
        app: Flask,
        owner: str,
        interview_id: str,
        standing: Standing,
        *,
        rules: TurnRules,
        greeting: str,
        tell: Tell,
        overtime: Callable[[], bool],
        accepted: Callable[[int, str], Awaitable[None]],
    ) -> None:
        self._app = app
        self._owner = owner
        self._id = interview_id
        self._call_id = standing.call_id
        self._standing = standing
        self._rules = rules
        self._greeting = greeting
        self._tell = tell
        self._overtime = overtime
        self._accepted = accepted
        self.most = standing.max_questions
        self.asked = standing.question_count
        self.answered = standing.answered_count
        self.number = standing.open_question.number if standing.open_question else None
        self.question = standing.open_question.text if standing.open_question else ""
        self.kept = standing.draft
        """What was said to the open question before this call."""
        self.ending: str | None = None
        """Why it is over; the closing words may still be spoken."""
        self.line = Line()
        self.typed = False
        """The words that come next were typed."""
        self._given: Given | None = None
        self._early = False
        self._confirming = False

    # What is told

    def progress(self) -> dict[str, Any]:
        """The count, as it is shown."""
        return {
            "type": "progress",
            "question_count": self.asked,
            "answered_count": self.answered,
            "max_questions": self.most,
        }

    def _heard(self, number: int, text: str) -> None:
        """The last caption of an answer is the whole of what is stored, also what was said before this call."""
        self._tell({"type": "heard", "number": number, "text": text, "final": True})

    def _saved(self, speaker: str, number: int) -> None:
        self._tell({"type": "saved", "number": number, "speaker": speaker})
        self._tell(self.progress())

    # An interviewer of ours

    async def reply(self, said: str) -> AsyncGenerator[str, None]:
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

    async def _reply(self, said: str) -> AsyncGenerator[str, None]:
        if self.ending is not None:
            return
        if not said:
            async for piece in self._open():
                yield piece
            return
        if self._goes_on(said):
            assert self._given is not None
            await self._append(said)
            async for piece in self._next():
                yield piece
            return
        match self._meaning(said):
            case Meaning.ANSWER:
                if self.number is None or await self._accept(said):
                    async for piece in self._next():
                        yield piece
            case Meaning.SKIP:
                await self._skip()
                async for piece in self._next():
                    yield piece
            case Meaning.STOP:
                self._confirming = True
                self.line = Line("aside", self.number)
                yield phrase("confirm_end")
            case Meaning.REPEAT:
                self.line = Line("aside", self.number)
                yield f"{phrase('repeat')} {self.question}"
            case Meaning.GREETING:
                self.line = Line("aside", self.number)
                yield phrase("yes")
            case Meaning.FILLER if self._confirming and _agrees(said):
                await self._finish("requested")
                self.line = Line("closing")
                yield phrase("closing.requested")
            case Meaning.FILLER | Meaning.NOTHING | Meaning.THINK | Meaning.ECHO:
                if self.number is None:  # an earlier try to word the question failed: this is the next one
                    async for piece in self._next():
                        yield piece

    def _meaning(self, said: str) -> Meaning:
        if self.typed and self.number is not None:
            heard = meaning_of(said, rules=TurnRules(least_words=1, fillers=frozenset()))
            return heard if heard in (Meaning.REPEAT, Meaning.SKIP, Meaning.STOP) else Meaning.ANSWER
        meaning = meaning_of(said, rules=self._rules, interviewer_said=self.line.text)
        if meaning is not Meaning.FILLER:
            self._confirming = False if meaning is Meaning.ANSWER else self._confirming
        return meaning

    async def _open(self) -> AsyncIterator[str]:
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

    async def _next(self) -> AsyncIterator[str]:
        """Words of the open question, asked now if need be; the closing words when there is none."""
        if self.ending is None and self._overtime() and self.answered:
            await self._finish("time")
        if self.ending is not None:
            self.line = Line("closing")
            yield phrase(f"closing.{self.ending}")
            return
        if self.number is None:
            await self._ask()
        self.line = Line("question", self.number)
        yield self.question

    async def _ask(self) -> None:
        """Have the next question worded. It is spoken when it is whole: words that the guards withdraw cannot be
        taken back from somebody's ear."""

        def make() -> Any:
            return interviewing.stream_question(self._owner, self._id)

        async with aclosing(items(self._app, make)) as events:
            async for event in events:
                if isinstance(event, QuestionView):
                    self._opened(event)
        if self.number is None:
            raise Unavailable("No question came. Everything you said is saved.")

    def _opened(self, question: QuestionView) -> None:
        self.number, self.question = question.number, question.text
        self.asked = max(self.asked, question.number)

    def _goes_on(self, said: str) -> bool:
        """True when the turn continues the answer that was stored last: more came before the interviewer was heard."""
        if self._given is None or self.typed:
            return False
        if self._early:
            return self._meaning(said) is Meaning.ANSWER
        return said != self._given.turn and said.startswith(self._given.turn) and not self.line.text

    async def _append(self, said: str) -> None:
        given = self._given
        assert given is not None
        self._early = False
        more = said.removeprefix(given.turn) if said.startswith(given.turn) else said
        text = f"{given.text} {more.strip()}"[:LONGEST_ANSWER]
        await work(self._app, correct_answer, self._owner, self._id, given.number, text)
        self._given = Given(given.number, text, said)
        await self._utter("person", "answer", given.number, more.strip())
        self._heard(given.number, text)
        self._saved("person", given.number)

    # Both kinds

    async def _accept(self, said: str) -> bool:
        """Store an answer to the open question. False: it was none."""
        number = self.number
        assert number is not None
        text = " ".join(part for part in (self.kept, said) if part)[:LONGEST_ANSWER]
        source = "typed" if self.typed else "spoken"
        try:
            stored = await work(
                self._app,
                interviewing.answer,
                self._owner,
                self._id,
                number,
                text,
                key=f"{self._call_id}-{number}",
                source=source,
            )
        except Problem as problem:
            if problem.code == "VALIDATION_FAILED":
                return False
            if problem.code == "ANSWER_CONFLICT":  # answered in writing meanwhile: what was typed holds
                self.kept, self.number = "", None
                return True
            raise
        self.kept, self.number, self._confirming = "", None, False
        self.answered = stored.answered_count
        self._given = Given(number, text, said) if source == "spoken" else None
        self._early = False
        await self._utter("person", "answer", number, said)
        if source == "spoken":
            self._heard(number, text)
            await self._accepted(number, said)
        self._saved("person", number)
        if stored.is_complete:
            self.ending = "complete"
        return True

    async def _skip(self) -> None:
        if self.number is not None:
            stored = await work(
                self._app, interviewing.skip, self._owner, self._id, self.number, key=f"{self._call_id}-{self.number}"
            )
            self._saved("person", self.number)
            self.kept, self.number = "", None
            if stored.is_complete:
                self.ending = "complete"

    async def _finish(self, reason: str) -> None:
        await work(self._app, interviewing.finish, self._owner, self._id)
        self.ending = reason

    async def _utter(
        self, speaker: str, kind: str, number: int | None, text: str, *, interrupted: bool = False
    ) -> None:
        await work(
            self._app,
            calling.utter,
            self._owner,
            self._id,
            self._call_id,
            speaker=speaker,
            kind=kind,
            number=number,
            text=text,
            interrupted=interrupted,
        )

    async def begun(self, text: str) -> None:
        """Keep the first words of the interview while they are spoken: whoever heard them is not greeted again, even
        when this process does not live to their end."""
        await self._utter("interviewer", "greeting", None, text, interrupted=True)

    async def keep_draft(self, said: str) -> bool:
        """Keep what is being said, so that a kill loses at most the last moments. False: there is no open question."""
        if self.number is None:
            return False
        text = " ".join(part for part in (self.kept, said.strip()) if part)[:LONGEST_ANSWER]
        try:
            await work(self._app, interviewing.save_draft, self._owner, self._id, self.number, text)
        except Problem:
            return False
        return True

    async def spoken(self, text: str, heard: str, *, interrupted: bool) -> None:
        """The interviewer of ours has spoken `text`, or was interrupted after `heard`."""
        line = self.line
        line.text = text
        if not text:
            return
        said = heard if interrupted else text
        if line.kind == "question" and line.number is not None:
            question = self.question
            at = said.find(question[:40])
            of_question = said[at:] if at >= 0 else said
            if interrupted and len(of_question.split()) < EARLY:
                self._early = self._given is not None
            elif interrupted and len(of_question) < len(question):
                await self.cut(of_question)
        if said:
            await self._utter("interviewer", line.kind, line.number, said, interrupted=interrupted)
        if line.kind == "question" and line.number is not None:
            self._saved("interviewer", line.number)

    async def cut(self, heard: str) -> None:
        """The open question was spoken over: it is what was heard of it, when that was enough to be a question."""
        number = self.line.number
        if number is None or number != self.number or self.line.kind != "question" or len(heard.split()) < EARLY:
            return
        text = f"{heard.rstrip()} …"
        stored = await work(self._app, calling.cut_question, self._owner, self._id, number, text)
        if stored is not None:
            self.question = stored.text

    # An interviewer who speaks for itself

    def expected(self, person: str) -> int | None:
        """The number that the turn which now begins will probably get."""
        if self.ending is not None:
            return None
        if self.number is None:
            return self.asked + 1
        accepted = self._meaning(person) in (Meaning.ANSWER, Meaning.SKIP)
        return min(self.asked + 1, self.most) if accepted else self.number

    async def turned(self, person: str, said: str, heard: str, *, interrupted: bool, provenance: Provenance) -> bool:
        """A turn of the interviewer is over. `person` is what it replied to, `heard` how much of `said` was played.

        Returns False when the person was only going on: nothing was stored, and more of the same turn will come.
        """
        wants = wants_end(said)
        text = strip_markers(heard if interrupted else said).strip()
        person = person.strip()
        if self.ending is not None:
            self.line = Line("closing", None, text)
            if text:
                await self._utter("interviewer", "closing", None, text, interrupted=interrupted)
            return True
        if interrupted and self.number is not None and len(text.split()) < EARLY:
            return False
        if self.number is not None:
            consumed = await self._take(person)
            if wants and self.answered:
                await self._finish("complete" if self.ending == "complete" else "requested")
            if self.ending is not None or not consumed:
                self.line = Line("closing" if self.ending else "aside", self.number, text)
                if text:
                    await self._utter("interviewer", self.line.kind, self.number, text, interrupted=interrupted)
                return True
            if self._overtime() and self.answered:
                await self._finish("time")
                self.line = Line("closing", None, text)
                await self._utter("interviewer", "aside", None, text, interrupted=interrupted)
                return True
        if not text:
            return True
        asked = Asked(f"{text} …" if interrupted else text, (), provenance)
        stored = await work(self._app, calling.keep_question, self._owner, self._id, self.asked + 1, asked)
        self._opened(stored)
        self.line = Line("question", stored.number, text)
        await self._utter("interviewer", "question", stored.number, text, interrupted=interrupted)
        self._saved("interviewer", stored.number)
        return True

    async def _take(self, person: str) -> bool:
        """Store what the person said if it is an answer. False: it consumes no question."""
        if not person:
            return False
        match self._meaning(person):
            case Meaning.ANSWER:
                return await self._accept(person)
            case Meaning.SKIP:
                await self._skip()
                return True
            case _:
                await self._utter("person", "aside", None, person)
                return False

    async def over(self) -> None:
        """End the interview now, because the person asked for it on the page or its longest time has come."""
        if self.ending is None:
            await self._finish("requested")


def _agrees(said: str) -> bool:
    words = {word.strip(".,!?").lower() for word in said.split()}
    return not words.isdisjoint({"yes", "yeah", "yep", "sure", "okay", "ok", "please", "correct", "right"})
