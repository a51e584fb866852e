"""How one answer reads: is it an answer at all, which STAR parts are there, how specific is it.

Used twice: to decide the next move of the interviewer, and as the first step of scoring. It looks at the words only
and claims nothing about the person.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from interview_coach.domain.asking import asks_for_outcome
from interview_coach.domain.evidence import Span
from interview_coach.domain.phrases import find_names, find_numbers, find_phrases, specific_words
from interview_coach.domain.plans import is_plan
from interview_coach.domain.star import Star, Story, find_story
from interview_coach.domain.text import Clause
from interview_coach.domain.validity import Gate, Substance, is_filler, pass_gate

__all__ = ["Reading", "Star", "Study", "Substance", "is_filler", "read_answer", "study_answer"]


@dataclass(frozen=True, slots=True)
class Reading:
    """Facts about the words of one answer."""

    substance: Substance
    star: Star
    words: int
    numbers: tuple[Span, ...] = ()
    """Figures with their unit or noun."""
    names: tuple[Span, ...] = ()
    """Tools, places, organisations and other proper names."""
    phrases: tuple[Span, ...] = ()
    """Phrases of two to seven words worth quoting back, best first; each verbatim."""
    is_plan: bool = False
    """What is told is what one would do, for the most part."""

    @property
    def is_substantive(self) -> bool:
        """Something was said that one can ask further about."""
        return self.substance in {Substance.VAGUE, Substance.OPINION, Substance.PARTIAL, Substance.STORY}


@dataclass(frozen=True, slots=True)
class Study:
    """A reading together with the clauses it rests on, for scoring."""

    reading: Reading
    gate: Gate
    story: Story

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """What counts as the answer: without instructions, insults and the question given back."""
        return self.gate.clauses


def read_answer(answer: str, question: str) -> Reading:
    """Read one answer. Never raises; time is linear in the length of the text."""
    return study_answer(answer, question).reading


def study_answer(
    answer: str, question: str, *, continued: bool = False, asides: Sequence[tuple[int, int]] = ()
) -> Study:
    """As `read_answer`, keeping what it saw on the way. `continued`: it goes on with an earlier answer. `asides`:
    places of what is said beside it (greetings, nerves), left out where nothing is done in them.
    """
    gate = pass_gate(answer, question)
    words = sum(len(clause.tokens) for clause in gate.clauses)
    if gate.refused is not None:
        return Study(Reading(gate.refused, Star(), len(answer.split())), gate, find_story((), answer, question))
    story = find_story(gate.clauses, answer, question, continued=continued)
    kept = _without(gate.clauses, story, asides)
    if kept and len(kept) < len(gate.clauses):
        gate = gate._replace(clauses=kept)
        story = find_story(kept, answer, question, continued=continued)
    numbers = find_numbers(gate.clauses, answer)
    names = find_names(gate.clauses, answer)
    phrases = find_phrases(gate.clauses, story, numbers, names, answer, question)
    substance = _substance(gate.clauses, story, outcome=asks_for_outcome(question))
    reading = Reading(substance, story.star, words, numbers, names, phrases, is_plan(gate.clauses, story))
    return Study(reading, gate, story)


def _without(clause_list: tuple[Clause, ...], story: Story, asides: Sequence[tuple[int, int]]) -> tuple[Clause, ...]:
    done = {*story.own_actions, *story.shared_actions, *story.imagined_actions}
    return tuple(
        clause
        for number, clause in enumerate(clause_list)
        if number in done or not any(start < clause.end and clause.start < end for start, end in asides)
    )


def _substance(clause_list: tuple[Clause, ...], story: Story, *, outcome: bool) -> Substance:
    """`outcome`: only the end of a story was asked for, so that alone is something."""
    star = story.star
    concrete = len(specific_words(clause_list))
    if outcome and star.result:
        concrete += 2
    if story.is_event or story.imagined_actions:
        if concrete < 3:
            return Substance.VAGUE
        whole = story.is_event and star.result and (star.situation or star.task)
        return Substance.STORY if whole else Substance.PARTIAL
    if (star.situation or star.task or star.result) and concrete >= 3 and len(story.opinions) * 2 <= len(clause_list):
        return Substance.PARTIAL
    return Substance.OPINION if story.opinions and concrete >= 2 else Substance.VAGUE
