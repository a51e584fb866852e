"""A model's question, watched: shown as it comes, taken back when it fails, repaired once, else the offline coach's.

The offline coach's turn is always marked as a fallback, with a reason that a person can read. A failure of the guards
always falls back; a failure of the provider does so only when `fall_back` is set, because a page may rather offer the
choice.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, replace
from typing import TypeVar

from interview_coach.coach.base import Asked, Interviewer, Situation, Spoken, Withdrawn, Words
from interview_coach.coach.context import last_answer, sources
from interview_coach.coach.guards import FAULTS, Fault, Guards
from interview_coach.coach.languages import is_english
from interview_coach.coach.prompting import Request, repair, request
from interview_coach.coach.quoting import quoted_span
from interview_coach.coach.tidying import tidy
from interview_coach.domain.evidence import Span
from interview_coach.domain.moves import Ask
from interview_coach.domain.provenance import Provenance
from interview_coach.providers.base import BadReply, Chat, ProviderError

LONGEST = 12_000
"""Characters of a raw reply, thinking aloud included, after which nobody listens any more."""
TRIES = 2
"""The first words and one repair."""

T = TypeVar("T")


@dataclass(slots=True)
class _Draft:
    """What one call to the model came to."""

    text: str = ""
    shown: str = ""
    faults: tuple[Fault, ...] = ()


class Guarded:
    """One question for one situation. `nonce` gives a new marker for every request to the model."""

    def __init__(
        self, chat: Chat, offline: Interviewer, situation: Situation, *, nonce: Callable[[], str], fall_back: bool
    ) -> None:
        self._chat = chat
        self._offline = offline
        self._situation = situation
        self._nonce = nonce
        self._fall_back = fall_back

    async def ask(self) -> AsyncGenerator[Spoken, None]:
        """The events of the question. Closing the generator cancels the call to the model.

        Raises ProviderError when the provider fails and falling back is off.
        """
        first = asking = request(self._situation, self._nonce())
        failure: ProviderError | None = None
        draft = _Draft()
        for _ in range(TRIES):
            draft, failure = _Draft(), None
            try:
                async with aclosing(self._words(asking, draft)) as events:
                    async for event in events:
                        yield event
            except ProviderError as error:
                failure = error
                draft.faults = (Fault("empty"),)
            if not draft.faults:
                yield Asked(draft.text, self._evidence(draft.text), self._provenance(first))
                return
            if draft.shown:
                yield Withdrawn()
            if failure is not None and not isinstance(failure, BadReply):
                break  # the adapter has retried what can be retried
            asking = repair(self._situation, draft.text, draft.faults, self._nonce())
        if failure is not None and not self._fall_back:
            raise failure
        async with aclosing(self._offline_turn(_reason(failure, draft.faults))) as turn:
            async for event in turn:
                yield event

    async def _words(self, asking: Request, draft: _Draft) -> AsyncGenerator[Spoken, None]:
        """Words of one reply as far as they pass, and into `draft` what it came to."""
        guards = self._guards(asking)
        raw = ""
        async with _closing(self._chat.stream(asking.brief)) as pieces:
            async for piece in pieces:
                raw += piece
                draft.text = tidy(raw, finished=False)
                glance = guards.glance(draft.text)
                if glance.faults or len(raw) > LONGEST:
                    draft.faults = glance.faults or (Fault("too_long"),)
                    return
                if len(glance.shown) > len(draft.shown) and glance.shown.startswith(draft.shown):
                    yield Words(glance.shown[len(draft.shown) :])
                    draft.shown = glance.shown
        draft.text = tidy(raw)
        draft.faults = guards.faults(draft.text)
        if draft.faults:
            return
        if not draft.text.startswith(draft.shown):
            yield Withdrawn()
            draft.shown = ""
        if rest := draft.text[len(draft.shown) :]:
            yield Words(rest)
            draft.shown = draft.text

    async def _offline_turn(self, reason: str) -> AsyncGenerator[Spoken, None]:
        """The offline coach's words for this move, marked as a fallback."""
        if not is_english(self._situation.dossier.language):
            reason += " It speaks English."
        async with _closing(self._offline.ask(self._situation)) as events:
            async for event in events:
                if isinstance(event, Asked):
                    provenance = replace(
                        event.provenance,
                        provider=self._chat.provider,
                        model=self._chat.model,
                        fallback=True,
                        reason=reason,
                    )
                    event = replace(event, provenance=provenance)
                yield event

    def _guards(self, asking: Request) -> Guards:
        dossier = self._situation.dossier
        return Guards(
            language=dossier.language,
            sources=sources(self._situation),
            asked=tuple(turn.question for turn in self._situation.transcript.turns),
            earlier=dossier.earlier_questions,
            secrets=asking.secrets,
        )

    def _evidence(self, text: str) -> tuple[Span, ...]:
        """What the topic rests on, and what the question takes up from the last answer."""
        move = self._situation.move
        spans = self._situation.plan.topics[move.topic].evidence
        if isinstance(move, Ask) and not move.bridge:
            return spans
        quoted = quoted_span(text, last_answer(self._situation))
        return spans if quoted is None else (*spans, quoted)

    def _provenance(self, asking: Request) -> Provenance:
        return Provenance(
            coach="model",
            version=asking.conduct.label,
            provider=self._chat.provider,
            model=self._chat.model,
            prompt=asking.prompt.label,
        )


def _reason(failure: ProviderError | None, faults: Sequence[Fault]) -> str:
    """Why the offline coach asks, as two sentences for a person."""
    if failure is not None:
        why = failure.message.rstrip()
        return f"{why if why.endswith(('.', '!', '?')) else why + '.'} The offline coach asked this question instead."
    because = FAULTS[faults[0].name][1]
    return f"The question of the model was not used, because {because}. The offline coach asked this one instead."


@asynccontextmanager
async def _closing(iterator: AsyncIterator[T]) -> AsyncGenerator[AsyncIterator[T], None]:
    """Closes an iterator that can be closed: for a model's stream that cancels the request."""
    try:
        yield iterator
    finally:
        close = getattr(iterator, "aclose", None)
        if close is not None:
            await close()
