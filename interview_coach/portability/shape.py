"""What the file looks like. Strict: a field that is missing, unknown, of another type or out of range is refused.

The parts of an interview stand inside it, so that a reference cannot lead out of it. Left out are the owner, row
numbers, everything that is computed from something else in the file, and who was working on an evaluation.
"""

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, FailFast, Field

from interview_coach.creating import LONGEST_AD, LONGEST_CV, LONGEST_TITLE, MOST_FOLLOW_UPS, MOST_QUESTIONS
from interview_coach.domain.evidence import CvItem, Requirement, Span
from interview_coach.domain.formats import Format
from interview_coach.domain.plan import Plan
from interview_coach.domain.provenance import Provenance
from interview_coach.domain.scorecard import AnswerScore, Summary
from interview_coach.domain.speech import Delivery
from interview_coach.domain.transcript import QuestionKind

FORMAT = "interview-coach-data"
VERSION = 2
"""Raise it when the shape changes, and add the way from the old one to `reading.UPGRADES`."""

WHOLE = 2**31 - 1
"""The largest number that a column of whole numbers holds."""

Id = Annotated[str, Field(pattern=r"^[0-9a-z-]{1,32}$")]
Key = Annotated[str, Field(min_length=1, max_length=64)]
Short = Annotated[str, Field(max_length=128)]
Name = Annotated[str, Field(max_length=32)]
Text = Annotated[str, Field(max_length=50_000)]
Title = Annotated[str, Field(max_length=LONGEST_TITLE)]
Number = Annotated[int, Field(ge=1, le=MOST_QUESTIONS)]
Count = Annotated[int, Field(ge=0, le=WHOLE)]
Moment = Annotated[
    AwareDatetime, Field(ge=datetime(2000, 1, 1, tzinfo=UTC), le=datetime(2200, 1, 1, tzinfo=UTC), strict=True)
]
Coach = Literal["auto", "offline", "gemini", "openrouter"]
Level = Literal["easy", "medium", "hard"]
Words = Literal["typed", "spoken"]


class Part(BaseModel):
    """Anything in the file. No repr: it would print a CV."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False, hide_input_in_errors=True)

    def __repr__(self) -> str:
        return type(self).__name__


class Preferences(Part):
    low_anxiety: bool


class DocumentPart(Part):
    id: Id
    kind: Literal["cv", "job"]
    text: Annotated[str, Field(min_length=1, max_length=max(LONGEST_CV, LONGEST_AD))]
    filename: Annotated[str, Field(max_length=255)] | None
    created_at: Moment


class CorrectionPart(Part):
    version: Annotated[int, Field(ge=1, le=WHOLE)]
    text: Text
    corrected_at: Moment


class DeliveryPart(Part):
    measured: Delivery


class AnswerPart(Part):
    text: Text
    skipped: bool
    source: Words
    key: Key
    answered_at: Moment
    corrections: Annotated[list[CorrectionPart], FailFast()]
    delivery: DeliveryPart | None


class RetakePart(Part):
    id: Id
    take: Annotated[int, Field(ge=2, le=WHOLE)]
    text: Text
    source: Words
    key: Key
    answered_at: Moment


class QuestionPart(Part):
    number: Number
    kind: QuestionKind
    topic: Count
    competency: Name
    subject: Text
    text: Text
    evidence: Annotated[tuple[Span, ...], FailFast()]
    provenance: Provenance
    asked_at: Moment
    answer: AnswerPart | None
    retakes: Annotated[list[RetakePart], FailFast()]


class DraftPart(Part):
    number: Number
    text: Text
    updated_at: Moment


class ScorePart(Part):
    correction: Count
    detail: AnswerScore
    """Its marks and dimensions are stored once more beside it; those are made from it again."""


class EvaluationPart(Part):
    id: Id
    retake_id: Id | None
    coach: Coach
    runs: Annotated[int, Field(ge=1, le=9)]
    total: Annotated[int, Field(ge=0, le=MOST_QUESTIONS)]
    requested_at: Moment
    claimed_at: Moment | None
    finished_at: Moment | None
    failed_at: Moment | None
    error: Text | None
    rubric_version: Name | None
    summary: Summary | None
    scores: Annotated[list[ScorePart], FailFast()]


class CallPart(Part):
    provider: Name
    model: Short
    purpose: Name
    seconds: Annotated[float, Field(ge=0, le=1e9)]
    input_tokens: Count | None
    output_tokens: Count | None
    cost_usd: Annotated[float, Field(ge=0, le=1e9)] | None
    outcome: Name
    created_at: Moment


class UtterancePart(Part):
    seq: Annotated[int, Field(ge=1, le=WHOLE)]
    speaker: Literal["person", "interviewer"]
    kind: Literal["question", "answer", "aside", "greeting", "closing"]
    number: Number | None
    text: Text
    interrupted: bool
    said_at: Moment


class SpokenPart(Part):
    """A call. Without the vendor's handle, which is a key to somebody's words, and without the sound."""

    id: Id
    provider: Name
    model: Short
    started_at: Moment
    heartbeat_at: Moment
    seconds: Annotated[float, Field(ge=0, le=1e9)]
    ended_at: Moment | None
    reason: Annotated[str, Field(max_length=16)] | None
    utterances: Annotated[list[UtterancePart], FailFast()]


class InterviewPart(Part):
    id: Id
    cv_id: Id
    job_id: Id
    format: Format
    job_title: Title
    company: Title
    max_questions: Number
    follow_ups: Annotated[int, Field(ge=0, le=MOST_FOLLOW_UPS)]
    difficulty: Literal["easy", "medium", "hard", "adaptive"]
    language: Annotated[str, Field(pattern=r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$", min_length=2, max_length=35)]
    coach: Coach
    seed: Count
    requirements: Annotated[tuple[Requirement, ...], FailFast()]
    cv_items: Annotated[tuple[CvItem, ...], FailFast()]
    plan: Plan | None
    coaching: Literal["off", "on", "exam"]
    levels: dict[Name, Level] | None
    focus: list[Name] | None
    persona: Annotated[str, Field(pattern=r"^[a-z]{0,32}$")]
    minutes: Literal[15, 30, 45] | None
    created_at: Moment
    started_at: Moment | None
    completed_at: Moment | None
    questions: Annotated[list[QuestionPart], FailFast()]
    draft: DraftPart | None
    evaluations: Annotated[list[EvaluationPart], FailFast()]
    provider_calls: Annotated[list[CallPart], FailFast()]
    calls: Annotated[list[SpokenPart], FailFast()]


class DataFile(Part):
    """The whole file."""

    format: Literal["interview-coach-data"]
    version: Literal[2]
    app_version: Name
    exported_at: Moment
    preferences: Preferences
    documents: Annotated[list[DocumentPart], FailFast()]
    interviews: Annotated[list[InterviewPart], FailFast()]
