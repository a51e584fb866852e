"""The server's discipline of turns: which speech is an answer, which words are the next question, when it is over.

The count is ours, whoever words the questions. An interviewer's turn that follows an accepted answer asks the next
question; everything else that either side says consumes none. Rows are written before anything is told as saved.

Here is what holds for every interviewer. One of ours is in `cascade_conduct`, a vendor's in `live_conduct`.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Flask

from interview_coach import calling, interviewing
from interview_coach.calling import Standing
from interview_coach.domain.agreement import agrees_to_end
from interview_coach.domain.asides import aside_of
from interview_coach.domain.turns import Meaning, TurnRules, meaning_of
from interview_coach.errors import Problem
from interview_coach.interviewing import LONGEST_ANSWER
from interview_coach.views import QuestionView
from interview_coach.voice.threads import work

EARLY = 4
"""Words of a question. Who heard fewer was not answering it but going on with the answer before."""

Tell = Callable[[Mapping[str, Any]], None]


@dataclass(slots=True)
class Line:
    """What the interviewer is saying, or said last."""

    kind: str = "aside"
    """`question`, `aside`, `greeting` or `closing`."""
    number: int | None = None
    text: str = ""
    confirms: bool = False
    """It asks whether to end the interview."""


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
        accepted: Callable[[int, str, bool], Awaitable[None]],
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
        self.is_storing = False
        """An answer or the end is being stored."""
        self.line = Line()
        self._put_off: int | None = None
        """The question that the person wanted to come back to. It is asked back once; the second time it is skipped."""
        self.typed = False
        """The words that come next were typed."""
        self._stopping = False
        """The person has asked to end it, and was asked whether they mean it."""

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

    # What was said

    def _fitting(self, answer: str) -> str:
        """No more than an answer may have, and the person is told."""
        if len(answer) > LONGEST_ANSWER:
            message = f"This answer is very long: its first {LONGEST_ANSWER:,} characters are kept, the rest is not."
            self._tell({"type": "error", "code": "ANSWER_CUT", "message": message, "retry_after": None})
        return answer[:LONGEST_ANSWER]

    def _meaning(self, said: str) -> Meaning:
        if self.typed and self.number is not None:
            meaning = Meaning.ANSWER  # no echo, and nobody types a noise
        else:
            meaning = meaning_of(said, rules=self._rules, interviewer_said=self.line.text)
        if meaning is Meaning.ANSWER:
            meaning = aside_of(said) or meaning
        return Meaning.SKIP if meaning is Meaning.LATER and self._put_off == self.number else meaning

    def _decided(self, said: str) -> bool | None:
        """Whether the person, who was asked just now, wants to end it. No later word can be taken for that."""
        stopping, self._stopping = self._stopping, False
        return agrees_to_end(said) if stopping else None

    @contextmanager
    def _storing(self) -> Iterator[None]:
        """Until what is done inside is known here, the interview may be complete in the database and not for us."""
        self.is_storing = True
        try:
            yield
        finally:
            self.is_storing = False

    async def _accept(self, said: str) -> str | None:
        """Store an answer to the open question. Returns what the answer is now, all of it; empty when it had been given
        in writing meanwhile. None: this was no answer."""
        with self._storing():
            return await self._store(said)

    async def _store(self, said: str) -> str | None:
        number = self.number
        assert number is not None
        text = self._fitting(" ".join(part for part in (self.kept, said) if part))
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
                in_call=True,
            )
        except Problem as problem:
            if problem.code == "VALIDATION_FAILED":
                return None
            if problem.code == "ANSWER_CONFLICT":  # answered in writing meanwhile: what was typed holds
                self.kept, self.number = "", None
                return ""
            raise
        self.kept, self.number = "", None
        self.answered = stored.answered_count
        await self._utter("person", "answer", number, said)
        if source == "spoken":
            self._heard(number, text)
            await self._accepted(number, said, False)
        self._saved("person", number)
        if stored.is_complete:
            self.ending = "complete"
        return text

    async def _skip(self) -> None:
        if self.number is None:
            return
        key = f"{self._call_id}-{self.number}"
        with self._storing():
            stored = await work(self._app, interviewing.skip, self._owner, self._id, self.number, key=key)
            self._saved("person", self.number)
            self.kept, self.number = "", None
            if stored.is_complete:
                self.ending = "complete"

    async def _finish(self, reason: str) -> None:
        with self._storing():
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

    async def cut(self, heard: str) -> None:
        """The open question was spoken over: it is what was heard of it, when that was enough to be a question."""
        number = self.line.number
        if number is None or number != self.number or self.line.kind != "question" or len(heard.split()) < EARLY:
            return
        text = f"{heard.rstrip()} …"
        stored = await work(self._app, calling.cut_question, self._owner, self._id, number, text)
        if stored is not None:
            self.question = stored.text

    def _opened(self, question: QuestionView) -> None:
        self.number, self.question = question.number, question.text
        self.asked = max(self.asked, question.number)

    async def over(self) -> None:
        """End the interview now, because the person asked for it on the page or its longest time has come."""
        if self.ending is None:
            await self._finish("requested")
