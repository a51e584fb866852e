"""The coach that has a model judge answers. It takes any `Chat`, and the rules for what no model should decide."""

import asyncio
from collections.abc import Callable, Sequence

from interview_coach.coach.assessing.bounds import ceiling
from interview_coach.coach.assessing.gate import Readable, sort
from interview_coach.coach.assessing.merging import Verdict, merge, needed
from interview_coach.coach.assessing.prompting import PROMPT, Prompting
from interview_coach.coach.assessing.readings import Reader, Reading
from interview_coach.coach.assessing.remarks import Quotes, settle, shown, unmarked
from interview_coach.coach.assessing.summary import PROMPT as SUMMARY
from interview_coach.coach.assessing.summary import Summing
from interview_coach.coach.base import AnsweredQuestion, Background
from interview_coach.coach.model import new_nonce
from interview_coach.coach.prompt_files import load
from interview_coach.domain.provenance import Provenance
from interview_coach.domain.rubric import Rubric
from interview_coach.domain.scorecard import AnswerScore, Scorecard, Summary
from interview_coach.providers.base import Chat, ProviderError

VERSION = "assessor-model-1"
AT_ONCE = 3
"""Requests of one batch that run at the same time."""


class ModelAssessor:
    """An `Assessor` whose marks come from a model and are checked before anybody sees them.

    Each batch is read `runs` times, independently; a mark is the median of the usable readings. What is no answer is
    decided by rules, without a call. `nonce` is for tests.
    """

    def __init__(self, chat: Chat, *, runs: int = 1, nonce: Callable[[], str] = new_nonce) -> None:
        if runs < 1:
            raise ValueError("an answer is read at least once")
        self._chat = chat
        self._runs = runs
        self._nonce = nonce

    async def assess(self, answers: Sequence[AnsweredQuestion], rubric: Rubric, background: Background) -> Scorecard:
        """See `Assessor.assess`. Cancelling it cancels every call to the model."""
        sorted_ = sort(answers, rubric, background)
        scores = {score.number: score for score in sorted_.decided}
        if sorted_.readable:
            prompting = Prompting(rubric, background)
            scores |= {score.number: score for score in await self._judge(sorted_.readable, prompting)}
        return Scorecard(rubric.version, tuple(scores[asked.number] for asked in answers))

    async def summarise(
        self, answers: Sequence[AnsweredQuestion], scorecard: Scorecard, background: Background
    ) -> Summary | None:
        """See `Assessor.summarise`. None, without a call, when the model has judged no answer."""
        del answers  # the scorecard says it; raw answers would be one more way in for orders
        judged = [score for score in scorecard.answers if score.provenance.coach == "model" and score.score is not None]
        if not judged:
            return None
        text, model = await Summing(self._chat, scorecard, background, self._nonce).write()
        return Summary(text, self._provenance(SUMMARY, model))

    async def _judge(self, answers: Sequence[Readable], prompting: Prompting) -> list[AnswerScore]:
        provenance = self._provenance(PROMPT, self._chat.model)
        readings = await self._readings(answers, prompting)
        scores: list[AnswerScore] = []
        quotes: list[Quotes] = []
        for one in answers:
            verdict = merge(one.number, readings, self._runs, ceiling(one, prompting.rubric))
            if isinstance(verdict, Verdict):
                quotes.append(Quotes(one, verdict))
            else:
                scores.append(unmarked(one, prompting, provenance, verdict))
        await settle(self._chat, prompting, quotes, self._nonce)
        return scores + [shown(one, prompting, provenance) for one in quotes]

    async def _readings(self, answers: Sequence[Readable], prompting: Prompting) -> list[Reading]:
        """All that came through. Raises the first ProviderError when they are too few to go on with."""
        free = asyncio.Semaphore(AT_ONCE)

        async def read() -> Reading:
            async with free:
                return await Reader(self._chat, prompting, answers, self._nonce).read()

        came = await asyncio.gather(*(read() for _ in range(self._runs)), return_exceptions=True)
        readings = [one for one in came if isinstance(one, Reading)]
        for error in came:
            enough = isinstance(error, ProviderError) and len(readings) >= needed(self._runs)
            if isinstance(error, BaseException) and not enough:
                raise error
        return readings

    def _provenance(self, prompt: str, model: str) -> Provenance:
        return Provenance(
            coach="model",
            version=VERSION,
            provider=self._chat.provider,
            model=model,
            prompt=load(prompt).label,
        )
