"""The whole report of one evaluation of one interview."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from interview_coach.domain import totals
from interview_coach.domain.mastery_change import Changes
from interview_coach.domain.provenance import Provenance
from interview_coach.domain.rubric import Rubric
from interview_coach.domain.scorecard import Recommendation
from interview_coach.reporting.answers import ReportedAnswer, Unmarked
from interview_coach.reporting.changing import NEWER, NOTHING
from interview_coach.reporting.points import Point
from interview_coach.reporting.speaking import Speech
from interview_coach.reporting.steps import kind_of
from interview_coach.reporting.summarising import plain_sentences, sentences
from interview_coach.views import EvaluationView


@dataclass(frozen=True, slots=True)
class Heading:
    """Which interview a report is about."""

    id: str
    job_title: str
    company: str
    coach: str
    """Who was chosen to ask: `auto`, `offline`, `gemini`, `openrouter`."""
    completed_at: datetime


@dataclass(frozen=True, slots=True)
class EvaluationLine:
    """One evaluation in the list of all that an interview has had."""

    view: EvaluationView
    overall: int | None
    """0-100; None until it is finished, or when nothing has marks."""


@dataclass(frozen=True, slots=True)
class Time:
    """How long one question took."""

    number: int
    seconds: float | None
    """From question to answer; None when it was not answered, or when a break lies in between."""
    away: float
    """Seconds of a break before the answer; 0 = none. Only what is longer than half an hour is called a break."""
    is_answered: bool


@dataclass(frozen=True)
class Report:
    """Everything that a page or a file shows of a judged interview. What not every one of them shows is worked out for
    whom asks, and once."""

    interview_id: str
    evaluation_status: str
    """PENDING, PROCESSING, COMPLETED or FAILED."""
    rubric_version: str
    asked: int
    answered: int
    answers: tuple[ReportedAnswer, ...]
    overall: int | None
    """0-100: the weighted mean of the scores of all asked questions, unanswered ones as 0; answers that need review
    are left out. None while scores are missing, or when there is nothing to take the mean of."""
    recommendation: Recommendation | None
    readiness: str
    dimensions: dict[str, int | None]
    """Weighted mean over the answers in which a dimension is measurable; None = in none of them."""
    strengths: tuple[Point, ...]
    improvements: tuple[Point, ...]
    next_steps: tuple[Point, ...]
    """Three, the most useful first; empty while there is nothing to go by."""
    provenance: Provenance | None
    """Who scored most of what was answered; a fallback when there was any."""
    heading: Heading | None = None
    planned: int = 0
    """Questions that the interview was meant to have; at least `asked`."""
    unmarked: tuple[Unmarked, ...] = ()
    """Questions without marks yet."""
    written: str = ""
    """The summary that a model wrote, without marks; empty = the rules' sentences stand for it."""
    summary_by: Provenance | None = None
    """The model that wrote the summary; None = the rules' sentences."""
    summary_note: str | None = None
    """Why a model that was asked for the summary did not write it."""
    rubric: Rubric | None = None
    """What was measured by, when it is still the one that these marks were given by."""
    times: tuple[Time, ...] = ()
    """How long each question took, in order; empty when it is not known."""
    speech: Speech | None = None
    """How it was spoken; None = not measurable."""
    speech_note: str = ""
    """Why it is not measurable."""
    changes: Changes | None = None
    """What these marks changed in the person's mastery; None = not measurable."""
    evaluation: EvaluationView | None = None
    """The evaluation that is shown."""
    evaluations: tuple[EvaluationLine, ...] = ()
    """All of this interview, newest first."""

    @cached_property
    def summary(self) -> str:
        return self.written or sentences(
            self.answers, asked=self.asked, answered=self.answered, planned=self.planned, overall=self.overall
        )

    @cached_property
    def plain_summary(self) -> str:
        """The summary without marks, for readers who do not want numbers."""
        return self.written or plain_sentences(
            self.answers, asked=self.asked, answered=self.answered, planned=self.planned
        )

    @property
    def coverage(self) -> float:
        """Answered / asked, 0..1."""
        return self.answered / self.asked if self.asked else 0.0

    @property
    def parts(self) -> dict[str, int | None]:
        """accuracy, completeness, clarity: mean over the answers that have marks, by their weight."""
        return {
            name: totals.mean((getattr(entry.score, name), entry.weight) for entry in self.answers)
            for name in ("accuracy", "completeness", "clarity")
        }

    @property
    def measured_in(self) -> dict[str, int]:
        """Of each dimension, in how many answers it could be measured: its mean says nothing of the others."""
        return {
            name: sum(entry.score.dimensions.get(name) is not None for entry in self.answers)
            for name in self.dimensions
        }

    @cached_property
    def reached(self) -> dict[str, dict[int, tuple[int, ...]]]:
        """Criterion -> lowest mark of a band -> numbers of the answers in it, so that the rubric stands once."""
        found: dict[str, dict[int, tuple[int, ...]]] = {}
        for entry in self.answers:
            for key, anchor in entry.anchors.items():
                bands = found.setdefault(key, {})
                bands[anchor.lowest] = (*bands.get(anchor.lowest, ()), entry.number)
        return found

    @cached_property
    def more_improvements(self) -> tuple[Point, ...]:
        """What to work on besides the next steps."""
        taken = {kind_of(step.text) for step in self.next_steps}
        return tuple(point for point in self.improvements if kind_of(point.text) not in taken)

    @property
    def tells_times(self) -> bool:
        """Some answer took a time worth telling; what a program answers takes none."""
        return any(time.seconds is not None and time.seconds >= 1 for time in self.times)

    @cached_property
    def needs_review(self) -> tuple[int, ...]:
        """Numbers of the answers that a person should look at, because they got no usable marks."""
        return tuple(entry.number for entry in self.answers if entry.score.score is None)

    @property
    def last_whole(self) -> EvaluationView | None:
        """The newest marks that are all there, when those that are shown are not."""
        return None if self.evaluation_status == "COMPLETED" else self._newest_whole

    @property
    def _newest_whole(self) -> EvaluationView | None:
        return next((line.view for line in self.evaluations if line.view.finished_at is not None), None)

    @property
    def changes_note(self) -> str:
        """Why there are no `changes`; empty when there are some, and while marks are missing."""
        if self.changes is not None or self.evaluation_status != "COMPLETED":
            return ""
        return NOTHING if self.evaluation == self._newest_whole else NEWER

    @property
    def is_newest(self) -> bool:
        """No evaluation was asked for after this one."""
        return not self.evaluations or self.evaluation is None or self.evaluations[0].view.id == self.evaluation.id

    def to_json(self) -> dict[str, Any]:
        """The report as the outside contract has it."""
        from interview_coach.reporting.as_json import report_json

        return report_json(self)
