"""The seam of interviewing: structured values in, words and scorecards out. Nothing here knows a vendor or a wire."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from interview_coach.domain.dossier import Dossier
from interview_coach.domain.evidence import CvItem, Requirement, Span
from interview_coach.domain.moves import Ask, Probe
from interview_coach.domain.plan import Plan
from interview_coach.domain.provenance import Provenance
from interview_coach.domain.rubric import Rubric
from interview_coach.domain.scorecard import Scorecard, Summary
from interview_coach.domain.transcript import QuestionKind, Transcript


@dataclass(frozen=True, slots=True)
class Situation:
    """All that is needed to word the next question."""

    dossier: Dossier
    plan: Plan
    transcript: Transcript
    move: Ask | Probe


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of the question, to be shown at once. Pieces join without a separator."""

    text: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What was shown so far did not pass the guards: clear it, better words follow."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The finished question: always the last event, exactly once."""

    text: str
    evidence: tuple[Span, ...]
    provenance: Provenance


Spoken = Words | Withdrawn | Asked


class Interviewer(Protocol):
    """Plans an interview and words its questions."""

    async def plan(self, dossier: Dossier) -> Plan:
        """Decide what to cover."""
        ...

    def ask(self, situation: Situation) -> AsyncIterator[Spoken]:
        """Word the next question. Ends with `Asked`, or raises a `ProviderError`."""
        ...


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """What an assessor sees of one turn. `answer` is None when nothing was answered or it was skipped."""

    number: int
    kind: QuestionKind
    competency: str
    question: str
    answer: str | None
    requirements: tuple[Requirement, ...]
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Background:
    """What an assessor may know beside the answers. Facts of a reference answer come from here and from the answer."""

    cv_items: tuple[CvItem, ...]
    job_title: str
    company: str
    language: str
    """BCP 47 tag, e.g. `en`."""


class Assessor(Protocol):
    """Judges answers against a rubric. Each answer is judged by itself, so that it does not matter with which others
    it was handed over."""

    async def assess(self, answers: Sequence[AnsweredQuestion], rubric: Rubric, background: Background) -> Scorecard:
        """Score every answer; what was not answered scores 0, and what got no usable marks needs review.

        Raises a `ProviderError` when a model cannot be reached.
        """
        ...

    async def summarise(
        self, answers: Sequence[AnsweredQuestion], scorecard: Scorecard, background: Background
    ) -> Summary | None:
        """A few sentences on the whole. None: the report's own sentences say it. Raises a `ProviderError`."""
        ...
