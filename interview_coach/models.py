"""Rows. State is derived from facts (`started_at`, `completed_at` ...); there is no second status that can disagree.

Questions and answers are only ever inserted; their numbers are unique per interview, so that of two racing writers one
wins and the other re-reads. Every document, interview and evaluation has an owner; without accounts that is one local
person.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column

from interview_coach.db import Base

LOCAL_OWNER = "local"
"""The one person of an installation without accounts."""

ID = String(32)


class Person(Base):
    """Whose words these are."""

    __tablename__ = "people"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    created_at: Mapped[datetime]
    low_anxiety: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Pages show next steps and no numbers."""


class Document(Base):
    """The text of a CV or a job ad as the person confirmed it. Never changed; a correction is a new row."""

    __tablename__ = "documents"
    __table_args__ = (
        CheckConstraint("kind IN ('cv', 'job')", name="kind"),
        Index(None, "owner_id", "kind", "digest"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    owner_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the text: the same CV is stored once."""
    filename: Mapped[str | None] = mapped_column(String(255))
    created_at: Mapped[datetime]


class Interview(Base):
    """One interview and the choices it was started with."""

    __tablename__ = "interviews"
    __table_args__ = (Index(None, "owner_id", "created_at"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    owner_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    cv_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), index=True)
    job_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), index=True)
    format: Mapped[str] = mapped_column(String(16))
    job_title: Mapped[str] = mapped_column(String(200))
    company: Mapped[str] = mapped_column(String(200))
    max_questions: Mapped[int]
    follow_ups: Mapped[int]
    difficulty: Mapped[str] = mapped_column(String(8))
    language: Mapped[str] = mapped_column(String(35))
    coach: Mapped[str] = mapped_column(String(16))
    """Who was chosen to ask: `auto`, `offline`, `gemini` or `openrouter`."""
    seed: Mapped[int]
    requirements: Mapped[list[Any]] = mapped_column(JSON)
    """What was understood of the ad, most important first; the plan points into this list."""
    cv_items: Mapped[list[Any]] = mapped_column(JSON)
    created_at: Mapped[datetime]
    plan: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), default=None)
    started_at: Mapped[datetime | None] = mapped_column(default=None)
    completed_at: Mapped[datetime | None] = mapped_column(default=None)
    coaching: Mapped[str] = mapped_column(String(8), default="off", server_default="off")
    """A note after each answer: `off`, `on`, or `exam` = off for good."""
    levels: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), default=None)
    """Competency -> difficulty as the progress stood at the beginning; used when `difficulty` is `adaptive`."""
    focus: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True), default=None)
    """Competencies to practise first."""
    persona: Mapped[str] = mapped_column(String(32), default="", server_default="")
    """Id of the interviewer's persona; empty = no particular one."""
    minutes: Mapped[int | None] = mapped_column(default=None)
    """15, 30 or 45: a spoken interview closes after this time, if its questions last that long."""


class Question(Base):
    """A question as it was asked."""

    __tablename__ = "questions"
    __table_args__ = (
        UniqueConstraint("interview_id", "number"),
        CheckConstraint("kind IN ('question', 'probe', 'close')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    interview_id: Mapped[str] = mapped_column(ForeignKey("interviews.id", ondelete="CASCADE"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(8))
    topic: Mapped[int]
    competency: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text)
    evidence: Mapped[list[Any]] = mapped_column(JSON)
    provenance: Mapped[dict[str, Any]] = mapped_column(JSON)
    asked_at: Mapped[datetime]
    subject: Mapped[str] = mapped_column(Text, default="", server_default="")
    """Label of the requirement that it is about; empty when the ad gave none."""


class Answer(Base):
    """An answer as it was given, or the fact that the question was skipped. Cannot be edited."""

    __tablename__ = "answers"
    __table_args__ = (
        UniqueConstraint("interview_id", "number"),
        UniqueConstraint("interview_id", "key"),
        ForeignKeyConstraint(
            ["interview_id", "number"], ["questions.interview_id", "questions.number"], ondelete="CASCADE"
        ),
        CheckConstraint("source IN ('typed', 'spoken')", name="source"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    interview_id: Mapped[str] = mapped_column(ID)
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    skipped: Mapped[bool]
    source: Mapped[str] = mapped_column(String(8))
    key: Mapped[str] = mapped_column(String(64))
    """Made by the client once per attempt, so that a repeated request is recognised."""
    answered_at: Mapped[datetime]


class Correction(Base):
    """What was really said, where a spoken answer was heard wrongly. The answer itself stays as it was heard."""

    __tablename__ = "corrections"
    __table_args__ = (
        UniqueConstraint("interview_id", "number", "version"),
        ForeignKeyConstraint(
            ["interview_id", "number"], ["answers.interview_id", "answers.number"], ondelete="CASCADE"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    interview_id: Mapped[str] = mapped_column(ID)
    number: Mapped[int]
    version: Mapped[int]
    """1, 2, 3 ...; the highest holds."""
    text: Mapped[str] = mapped_column(Text)
    corrected_at: Mapped[datetime]


class Retake(Base):
    """Another answer to one question of a finished interview, for practice. The interview's own answer stays."""

    __tablename__ = "retakes"
    __table_args__ = (
        UniqueConstraint("interview_id", "number", "take"),
        UniqueConstraint("interview_id", "key"),
        ForeignKeyConstraint(
            ["interview_id", "number"], ["questions.interview_id", "questions.number"], ondelete="CASCADE"
        ),
        CheckConstraint("source IN ('typed', 'spoken')", name="source"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    interview_id: Mapped[str] = mapped_column(ID)
    number: Mapped[int]
    take: Mapped[int]
    """2, 3, 4 ...: the first is the interview's answer."""
    text: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(8))
    key: Mapped[str] = mapped_column(String(64))
    """Made by the client once per attempt, so that a repeated request is recognised."""
    answered_at: Mapped[datetime]


class Draft(Base):
    """What has been typed for the open question and not been sent."""

    __tablename__ = "drafts"

    interview_id: Mapped[str] = mapped_column(ForeignKey("interviews.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    updated_at: Mapped[datetime]


class Evaluation(Base):
    """A request to judge an interview, and what became of it."""

    __tablename__ = "evaluations"
    __table_args__ = (Index(None, "interview_id", "requested_at"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    interview_id: Mapped[str] = mapped_column(ForeignKey("interviews.id", ondelete="CASCADE"))
    owner_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    coach: Mapped[str] = mapped_column(String(16))
    total: Mapped[int]
    """Questions to judge."""
    requested_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None] = mapped_column(default=None)
    finished_at: Mapped[datetime | None] = mapped_column(default=None)
    failed_at: Mapped[datetime | None] = mapped_column(default=None)
    error: Mapped[str | None] = mapped_column(Text, default=None)
    """Why it failed, in words for a person."""
    rubric_version: Mapped[str | None] = mapped_column(String(32), default=None)
    retake_id: Mapped[str | None] = mapped_column(
        ForeignKey("retakes.id", ondelete="CASCADE"), default=None, index=True
    )
    """Set when one retaken answer is judged instead of the interview."""
    runs: Mapped[int] = mapped_column(default=1, server_default="1")
    """How often a model reads each answer."""
    worker: Mapped[str | None] = mapped_column(String(64), default=None)
    """Who holds the claim. It lapses when `heartbeat_at` grows old, because `kill -9` tells nobody."""
    heartbeat_at: Mapped[datetime | None] = mapped_column(default=None)
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    """Claims since the last stored batch: work that ends every process that takes it up is given up."""
    summary: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), default=None)
    """A `Summary` when a model wrote one."""


class Score(Base):
    """Marks and remarks for one answer in one evaluation."""

    __tablename__ = "scores"
    __table_args__ = (
        UniqueConstraint("evaluation_id", "number"),
        CheckConstraint("accuracy BETWEEN 0 AND 40", name="accuracy"),
        CheckConstraint("completeness BETWEEN 0 AND 30", name="completeness"),
        CheckConstraint("clarity BETWEEN 0 AND 30", name="clarity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    evaluation_id: Mapped[str] = mapped_column(ForeignKey("evaluations.id", ondelete="CASCADE"))
    number: Mapped[int]
    accuracy: Mapped[int | None]
    completeness: Mapped[int | None]
    clarity: Mapped[int | None]
    """All three are NULL when the answer needs review."""
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The whole `AnswerScore`."""
    communication: Mapped[int | None] = mapped_column(default=None)
    technical_depth: Mapped[int | None] = mapped_column(default=None)
    problem_solving: Mapped[int | None] = mapped_column(default=None)
    confidence: Mapped[int | None] = mapped_column(default=None)
    relevance: Mapped[int | None] = mapped_column(default=None)
    """The dimensions of `detail` again, so that trends need not read it. NULL = not measurable."""
    correction: Mapped[int] = mapped_column(default=0, server_default="0")
    """Version of the correction that was judged; 0 = the answer as it was given."""


class Call(Base):
    """One stretch of spoken interview, from picking up to hanging up. An interview may have several, by any process."""

    __tablename__ = "calls"
    __table_args__ = (Index(None, "interview_id", "started_at"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    interview_id: Mapped[str] = mapped_column(ForeignKey("interviews.id", ondelete="CASCADE"))
    provider: Mapped[str] = mapped_column(String(32))
    model: Mapped[str] = mapped_column(String(128))
    started_at: Mapped[datetime]
    heartbeat_at: Mapped[datetime]
    seconds: Mapped[float] = mapped_column(default=0.0, server_default="0")
    """How long somebody was on the line, by a monotonic clock; written with every heartbeat."""
    handle: Mapped[str | None] = mapped_column(Text, default=None)
    """The vendor's resumption handle, so that any process can go on; dropped when the call ends."""
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    reason: Mapped[str | None] = mapped_column(String(16), default=None)
    """Why it ended: `complete`, `requested`, `time`, `left`, `error`."""
    recording: Mapped[str | None] = mapped_column(String(64), default=None)
    """Name of the file with the person's voice, only when recording was asked for."""


class Utterance(Base):
    """What was said aloud, by either side: also what is no question and no answer."""

    __tablename__ = "utterances"
    __table_args__ = (
        UniqueConstraint("interview_id", "seq"),
        CheckConstraint("speaker IN ('person', 'interviewer')", name="speaker"),
        CheckConstraint("kind IN ('question', 'answer', 'aside', 'greeting', 'closing')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    interview_id: Mapped[str] = mapped_column(ForeignKey("interviews.id", ondelete="CASCADE"))
    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id", ondelete="CASCADE"), index=True)
    seq: Mapped[int]
    """1, 2, 3 ... over the whole interview."""
    speaker: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(16))
    number: Mapped[int | None]
    """The question that it asks or answers; None for what consumes no question."""
    text: Mapped[str] = mapped_column(Text)
    interrupted: Mapped[bool]
    """The text ends where the person spoke over it."""
    said_at: Mapped[datetime]


class Delivery(Base):
    """How one spoken answer was delivered, measured from the sound."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("interview_id", "number"),
        ForeignKeyConstraint(
            ["interview_id", "number"], ["answers.interview_id", "answers.number"], ondelete="CASCADE"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    interview_id: Mapped[str] = mapped_column(ID)
    number: Mapped[int]
    measured: Mapped[dict[str, Any]] = mapped_column(JSON)
    """A `domain.speech.Delivery`."""


class ProviderCall(Base):
    """What a call to a model used. Holds no words."""

    __tablename__ = "provider_calls"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    interview_id: Mapped[str | None] = mapped_column(ForeignKey("interviews.id", ondelete="CASCADE"), index=True)
    provider: Mapped[str] = mapped_column(String(32))
    model: Mapped[str] = mapped_column(String(128))
    purpose: Mapped[str] = mapped_column(String(32))
    seconds: Mapped[float]
    input_tokens: Mapped[int | None]
    output_tokens: Mapped[int | None]
    cost_usd: Mapped[float | None]
    outcome: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime]
