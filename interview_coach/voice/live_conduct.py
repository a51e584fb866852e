"""The discipline of turns for an interviewer who speaks for itself, a vendor's live model: `turned` is told what both
said, and stores a question when it has been said, as far as it was heard."""

from interview_coach import calling
from interview_coach.coach.base import Asked
from interview_coach.domain.provenance import Provenance
from interview_coach.domain.turns import Meaning, strip_markers, wants_end
from interview_coach.voice.conduct import EARLY, Conduct, Line
from interview_coach.voice.threads import work


class LiveConduct(Conduct):
    """Worded and spoken by the vendor."""

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
            # Its mark alone does not end an interview in which nothing was answered yet: models err.
            if wants and (self.answered or self._stopping):
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
        if interrupted and not self._asks(text):
            self.line = Line("greeting", None, text)
            await self._utter("interviewer", "greeting", None, text, interrupted=True)
            return True
        asked = Asked(f"{text} …" if interrupted else text, (), provenance)
        stored = await work(self._app, calling.keep_question, self._owner, self._id, self.asked + 1, asked)
        self._opened(stored)
        self.line = Line("question", stored.number, text)
        await self._utter("interviewer", "question", stored.number, text, interrupted=interrupted)
        self._saved("interviewer", stored.number)
        return True

    def _asks(self, heard: str) -> bool:
        """Whether enough was heard of a turn that was spoken over to be a question: a greeting alone is none."""
        before = 0 if self._standing.greeted or self.asked else len(self._greeting.split())
        return "?" in heard or len(heard.split()) >= before + EARLY

    async def _take(self, person: str) -> bool:
        """Store what the person said if it is an answer. False: it consumes no question."""
        if not person:
            return False
        was_stopping, decided = self._stopping, self._decided(person)
        if decided is not None:
            self._stopping = decided
            await self._utter("person", "aside", None, person)
            return False
        match self._meaning(person):
            case Meaning.ANSWER:
                return await self._accept(person) is not None
            case Meaning.SKIP:
                await self._skip()
                return True
            case meaning:
                says_nothing = meaning in (Meaning.FILLER, Meaning.NOTHING, Meaning.ECHO)
                self._stopping = meaning is Meaning.STOP or (was_stopping and says_nothing)
                self._put_off = self.number if meaning is Meaning.LATER else self._put_off
                await self._utter("person", "aside", None, person)
                return False
