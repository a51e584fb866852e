"""The coach that prompts a model. It takes any `Chat`, and the offline coach for what a model should not do."""

import secrets
from collections.abc import AsyncIterator, Callable

from interview_coach.coach.base import Interviewer, Situation, Spoken
from interview_coach.coach.guarded import Guarded
from interview_coach.domain.dossier import Dossier
from interview_coach.domain.plan import Plan
from interview_coach.providers.base import Chat


def new_nonce() -> str:
    """A marker that nobody who wrote a CV, an ad or an answer can know: 64 random bits in hex."""
    return secrets.token_hex(8)


class ModelInterviewer:
    """An `Interviewer` whose questions are worded by a model and checked before they are shown.

    `offline` (the rules, when not given) plans, and takes a turn when the model's words cannot be used. `fall_back`
    says whether it also takes the turn at once when the provider fails; without it the ProviderError is raised.
    `nonce` is for tests.
    """

    def __init__(
        self,
        chat: Chat,
        offline: Interviewer | None = None,
        *,
        fall_back: bool = True,
        nonce: Callable[[], str] = new_nonce,
    ) -> None:
        if offline is None:
            from interview_coach.coach.rules.interviewer import RulesInterviewer  # reads the bank: only when used

            offline = RulesInterviewer()
        self._chat = chat
        self._offline = offline
        self._fall_back = fall_back
        self._nonce = nonce

    async def plan(self, dossier: Dossier) -> Plan:
        """The offline coach's plan.

        Which requirements to cover, in which order and backed by which spans is decided by rules on purpose: the same
        documents give the same plan with every provider, every question has evidence that is known to stand in the
        texts, it costs nothing, and an interview can start while a provider is down. The model words the questions.
        """
        return await self._offline.plan(dossier)

    def ask(self, situation: Situation) -> AsyncIterator[Spoken]:
        """Word the next question. Closing the iterator cancels the call to the model.

        Raises ProviderError only when `fall_back` is off.
        """
        return Guarded(self._chat, self._offline, situation, nonce=self._nonce, fall_back=self._fall_back).ask()
