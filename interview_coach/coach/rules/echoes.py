"""Phrases of the last answer with their tense: what was done is asked about as done, what one would do as imagined."""

from collections.abc import Sequence
from dataclasses import dataclass

from interview_coach.coach.rules.modes import Mode, mode_of
from interview_coach.coach.rules.quoting import Quote
from interview_coach.domain.evidence import Span
from interview_coach.domain.plans import planned
from interview_coach.domain.reading import Study


@dataclass(frozen=True, slots=True)
class Echo:
    """A phrase to be said back."""

    quote: Quote
    is_plan: bool
    """It belongs to what the person would do: nothing of it has happened."""

    @property
    def span(self) -> Span:
        return self.quote.span

    @property
    def slots(self) -> dict[str, str]:
        """What the phrase puts into the slots of a form; a plan fits only where nothing is claimed to have happened."""
        if not self.is_plan:
            return self.quote.slots
        said = f"“{self.span.text}”"
        return {"quote": said, "plan": said}


def echoes(quotes: Sequence[Quote], study: Study, question: str, competency: str) -> tuple[Echo, ...]:
    """The quotes in their order, each with its tense.

    In an answer that is a plan as a whole nothing is taken for done, whatever a single clause of it sounds like.
    """
    story = study.story
    imagined = [study.clauses[number] for number in planned(study.clauses, story)]
    told = story.is_event or (story.own_actions and not imagined)
    whole = study.reading.is_plan or (not told and mode_of(question, competency) is Mode.PLAN)

    def is_plan(quote: Quote) -> bool:
        inside = any(part.start <= quote.span.start < part.end for part in imagined)
        return whole or inside or quote.is_imagined

    # `So they could take over`: within what was done, a wish is neither done nor a plan.
    deeds = [quote for quote in quotes if whole or imagined or not quote.is_imagined]
    return tuple(Echo(quote, is_plan(quote)) for quote in deeds or quotes)
