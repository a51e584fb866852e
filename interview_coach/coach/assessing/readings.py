"""One reading of a batch by a model: the request, one repair of what is unusable, and what is given up.

At most two requests go out for a batch whose replies cannot be read at all; then each answer is asked for by itself,
until two in a row fail. At most one more request repairs single entries. What has no usable marks after that has none:
nothing is clamped into range, and nothing becomes a 0.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from interview_coach.coach.assessing.gate import Readable
from interview_coach.coach.assessing.prompting import Prompting
from interview_coach.coach.assessing.schema import (
    NOT_MEASURABLE,
    Judgement,
    Judgements,
    number_of,
    read_entry,
)
from interview_coach.coach.leaks import Secrets
from interview_coach.providers.base import BadReply, Chat, ProviderError

HOPELESS = 2
"""So many answers in a row that could not be judged one by one, and the rest is not asked for any more."""
DIMENSIONS = ("technical_depth", "problem_solving", "confidence", "relevance")

MISSHAPEN = "The model sent an answer that does not have the agreed form."
_MISSING = "The model left this answer out, also when it was asked again."
_TWICE = "The model judged this answer more than once in one reply, also when it was asked again."
_OUTSIDE = "The model gave marks that the rubric does not have, also when it was asked again."
_AGAIN = "Asked again, it did no better."


@dataclass(slots=True)
class Reading:
    """What came of one reading."""

    model: str = ""
    """The model that answered, as it names itself."""
    judgements: dict[int, Judgement] = field(default_factory=dict)
    """By number of the answer; all with marks that the rubric has."""
    reasons: dict[int, str] = field(default_factory=dict)
    """Why an answer has no judgement, as sentences."""
    secrets: list[Secrets] = field(default_factory=list)
    """What no word that is shown may give away."""


class Reader:
    """Reads a batch. `nonce` gives a new marker for every request."""

    def __init__(self, chat: Chat, prompting: Prompting, answers: Sequence[Readable], nonce: Callable[[], str]) -> None:
        self._chat = chat
        self._prompting = prompting
        self._answers = answers
        self._nonce = nonce
        self._maxima = {criterion.key: criterion.maximum for criterion in prompting.rubric.criteria}
        self._nearly: dict[int, Judgement] = {}
        """Right marks beside a dimension that is out of range: used when a repair brings nothing better."""
        self.reading = Reading(chat.model)

    async def read(self) -> Reading:
        """Judge all answers. Raises a ProviderError when the model cannot be reached."""
        try:
            await self._batch()
        except BadReply as error:
            await self._singly(error)
            return self.reading
        left = self._left()
        if left:
            await self._repair(left)
        return self.reading

    async def _batch(self) -> None:
        try:
            await self._ask(self._answers)
        except BadReply:
            await self._ask(self._answers)

    async def _repair(self, left: Sequence[Readable]) -> None:
        why = ""
        try:
            await self._ask(left, again=True)
        except ProviderError as error:
            why = f"The model gave no usable marks for this answer. {error.message}"
        for one in self._left():
            if one.number in self._nearly:
                self.reading.judgements[one.number] = self._nearly[one.number]
            else:
                self.reading.reasons[one.number] = why or self.reading.reasons.get(one.number, _MISSING)

    async def _singly(self, error: BadReply) -> None:
        failed = HOPELESS if len(self._answers) == 1 else 0
        why = f"{error.message} {_AGAIN}"
        for one in self._answers:
            if failed < HOPELESS:
                try:
                    await self._ask([one])
                except BadReply as bad:
                    why = f"{bad.message} {_AGAIN}"
                except ProviderError as gone:
                    if not self.reading.judgements:
                        raise
                    why, failed = gone.message, HOPELESS  # what is judged already is kept
                else:
                    failed = 0 if one.number in self.reading.judgements else failed
            if one.number in self._nearly:
                self.reading.judgements.setdefault(one.number, self._nearly[one.number])
            if one.number not in self.reading.judgements:
                failed += 1
                self.reading.reasons.setdefault(one.number, why)

    async def _ask(self, answers: Sequence[Readable], *, again: bool = False) -> None:
        asking = self._prompting.judge(answers, self._nonce(), again=again)
        self.reading.secrets.append(asking.secrets)
        reply = await self._chat.reply(asking.brief, schema=Judgements)
        if not isinstance(reply.parsed, Judgements):
            raise BadReply(MISSHAPEN)
        self.reading.model = reply.model or self._chat.model
        self._take(reply.parsed.answers, {one.number for one in answers})

    def _take(self, entries: Sequence[object], wanted: set[int]) -> None:
        """Keep the entries that can be used. Of two for the same answer nobody knows which is meant: neither is."""
        times = Counter(map(number_of, entries))
        for one in wanted:
            self.reading.reasons[one] = {0: _MISSING, 1: _OUTSIDE}.get(times[one], _TWICE)
        for entry in entries:
            number = number_of(entry)
            judgement = read_entry(entry)
            if (
                number is None
                or number not in wanted
                or times[number] != 1
                or judgement is None
                or not self._fits(judgement)
            ):
                continue
            if all(NOT_MEASURABLE <= getattr(judgement, name) <= 100 for name in DIMENSIONS):
                self.reading.judgements[number] = judgement
                self.reading.reasons.pop(number, None)
            else:
                self._nearly[number] = judgement

    def _fits(self, judgement: Judgement) -> bool:
        return all(0 <= getattr(judgement, key) <= most for key, most in self._maxima.items())

    def _left(self) -> list[Readable]:
        return [one for one in self._answers if one.number not in self.reading.judgements]
