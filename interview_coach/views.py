"""An interview as the outside sees it: frozen values made from rows, and the JSON that the contract promises."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from interview_coach.coach.rules.coaching import Coaching
from interview_coach.domain.evidence import CvItem, Requirement, Span
from interview_coach.domain.persona import Persona
from interview_coach.domain.provenance import Provenance
from interview_coach.domain.time_spent import time_spent
from interview_coach.personas import persona


def time_json(value: datetime | None) -> str | None:
    return None if value is None else value.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def duration(started_at: datetime | None, *later: datetime | None) -> int | None:
    """Seconds that an interview took, breaks of more than half an hour left out; None when it has not begun."""
    if started_at is None:
        return None
    return round(time_spent(moment.timestamp() for moment in (started_at, *later) if moment is not None))


def span_json(span: Span) -> dict[str, Any]:
    return {"source": span.source.value, "text": span.text, "start": span.start, "end": span.end}


def provenance_json(provenance: Provenance) -> dict[str, Any]:
    return {
        "coach": provenance.coach,
        "version": provenance.version,
        "provider": provenance.provider,
        "model": provenance.model,
        "prompt": provenance.prompt,
        "fallback": provenance.fallback,
        "reason": provenance.reason,
    }


def coaching_json(coaching: Coaching) -> dict[str, Any]:
    return {
        "similarity": coaching.similarity,
        "keyword_coverage": coaching.keyword_coverage,
        "covered": list(coaching.covered),
        "missing": list(coaching.missing),
        "advice": coaching.add,
        "quote": span_json(coaching.quote) if coaching.quote else None,
        "provenance": provenance_json(coaching.provenance),
    }


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer as it holds: corrected, when what was heard of a spoken one was put right."""

    text: str
    source: str
    answered_at: datetime
    heard: str | None = None
    """What was heard at first; None when nothing was corrected."""
    correction: int = 0
    """Version of the correction that `text` shows; 0 = as it was given."""

    @property
    def given(self) -> str:
        """The words as they came."""
        return self.text if self.heard is None else self.heard

    @property
    def is_corrected(self) -> bool:
        """It reads otherwise than it came."""
        return self.text != self.given

    def to_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "source": self.source,
            "answered_at": time_json(self.answered_at),
            "heard": self.heard,
        }


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question with its answer, if there is one."""

    number: int
    kind: str
    competency: str
    text: str
    asked_at: datetime
    evidence: tuple[Span, ...]
    provenance: Provenance
    answer: AnswerView | None
    skipped: bool
    coaching: Coaching | None = None
    """The note after the answer, when notes are on."""

    @property
    def is_open(self) -> bool:
        return self.answer is None and not self.skipped

    def to_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "kind": self.kind,
            "competency": self.competency,
            "text": self.text,
            "asked_at": time_json(self.asked_at),
            "evidence": [span_json(span) for span in self.evidence],
            "provenance": provenance_json(self.provenance),
            "answer": self.answer.to_json() if self.answer else None,
            "skipped": self.skipped,
            "coaching": coaching_json(self.coaching) if self.coaching else None,
        }


@dataclass(frozen=True, slots=True)
class DraftView:
    """What was typed and not sent."""

    number: int
    text: str
    updated_at: datetime

    def to_json(self) -> dict[str, Any]:
        return {"number": self.number, "answer": self.text, "updated_at": time_json(self.updated_at)}


@dataclass(frozen=True, slots=True)
class EvaluationView:
    """How far the judging is: PENDING, PROCESSING, COMPLETED or FAILED."""

    id: str
    status: str
    done: int
    total: int
    error: str | None
    coach: str
    """Who judges: `offline`, `gemini` or `openrouter`."""
    runs: int
    """How often each answer is read."""
    requested_at: datetime
    finished_at: datetime | None

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "status": self.status,
            "done": self.done,
            "total": self.total,
            "error": self.error,
            "coach": self.coach,
            "runs": self.runs,
            "requested_at": time_json(self.requested_at),
            "finished_at": time_json(self.finished_at),
        }


@dataclass(frozen=True, slots=True)
class InterviewSummary:
    """One line of the list of interviews."""

    id: str
    status: str
    format: str
    job_title: str
    company: str
    max_questions: int
    question_count: int
    answered_count: int
    created_at: datetime
    started_at: datetime | None
    completed_at: datetime | None
    overall: int | None
    """0-100 once evaluated."""

    @property
    def is_started(self) -> bool:
        return self.started_at is not None

    @property
    def is_complete(self) -> bool:
        return self.completed_at is not None

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "status": self.status,
            "format": self.format,
            "job_title": self.job_title,
            "company": self.company,
            "max_questions": self.max_questions,
            "question_count": self.question_count,
            "answered_count": self.answered_count,
            "is_started": self.is_started,
            "is_complete": self.is_complete,
            "created_at": time_json(self.created_at),
            "started_at": time_json(self.started_at),
            "completed_at": time_json(self.completed_at),
            "overall": self.overall,
        }


@dataclass(frozen=True, slots=True)
class InterviewView:
    """One interview, whole."""

    id: str
    status: str
    """CREATED, IN_PROGRESS, COMPLETED or EVALUATED."""
    format: str
    job_title: str
    company: str
    difficulty: str
    """`easy`, `medium`, `hard`, or `adaptive` = what the person had reached when it was made."""
    language: str
    coach: str
    """Who was chosen to ask: `auto`, `offline`, `gemini`, `openrouter`."""
    follow_ups: int
    max_questions: int
    questions: tuple[QuestionView, ...]
    draft: DraftView | None
    created_at: datetime
    started_at: datetime | None
    completed_at: datetime | None
    evaluation: EvaluationView | None
    coaching: str = "off"
    """A note after each answer: `off`, `on`, or `exam` = off for good."""
    focus: tuple[str, ...] = ()
    """Competencies that it practises first."""
    persona: str = ""
    """Id of the interviewer; empty = nobody in particular."""
    minutes: int | None = None
    """When a spoken interview ends; None = by the number of its questions."""

    @property
    def interviewer(self) -> Persona | None:
        return persona(self.persona)

    @property
    def greeting(self) -> str:
        """What the interviewer says before the first question. Greetings are English, so other languages have none."""
        known = self.interviewer if self.language.split("-")[0] == "en" else None
        return known.greetings[sum(map(ord, self.id)) % len(known.greetings)] if known else ""

    @property
    def question_count(self) -> int:
        return len(self.questions)

    @property
    def answered_count(self) -> int:
        return sum(question.answer is not None for question in self.questions)

    @property
    def skipped_count(self) -> int:
        return sum(question.skipped for question in self.questions)

    @property
    def duration(self) -> int | None:
        """Seconds so far, or in all, without breaks; None before the beginning."""
        asked = [question.asked_at for question in self.questions]
        answered = [question.answer.answered_at for question in self.questions if question.answer is not None]
        return duration(self.started_at, self.completed_at, *asked, *answered)

    @property
    def is_started(self) -> bool:
        return self.started_at is not None

    @property
    def is_complete(self) -> bool:
        return self.completed_at is not None

    @property
    def open_question(self) -> QuestionView | None:
        """The question that waits for an answer."""
        last = self.questions[-1] if self.questions else None
        return last if last is not None and last.is_open and not self.is_complete else None

    @property
    def awaits_question(self) -> bool:
        """True when it is the interviewer's turn."""
        return self.is_started and not self.is_complete and self.open_question is None

    def question(self, number: int) -> QuestionView:
        """The question with this number; IndexError when there is none."""
        if not 1 <= number <= len(self.questions):
            raise IndexError(number)
        return self.questions[number - 1]

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "status": self.status,
            "format": self.format,
            "job_title": self.job_title,
            "company": self.company,
            "difficulty": self.difficulty,
            "language": self.language,
            "provider": self.coach,
            "follow_ups": self.follow_ups,
            "coaching": self.coaching,
            "focus": list(self.focus),
            "persona": self.persona,
            "minutes": self.minutes,
            "max_questions": self.max_questions,
            "question_count": self.question_count,
            "answered_count": self.answered_count,
            "skipped_count": self.skipped_count,
            "is_started": self.is_started,
            "is_complete": self.is_complete,
            "draft": self.draft.to_json() if self.draft else None,
            "created_at": time_json(self.created_at),
            "started_at": time_json(self.started_at),
            "completed_at": time_json(self.completed_at),
            "duration": self.duration,
            "evaluation": self.evaluation.to_json() if self.evaluation else None,
            "questions": [question.to_json() for question in self.questions],
        }


@dataclass(frozen=True, slots=True)
class DocumentsView:
    """The stored texts that spans point into, and what was understood of them."""

    cv_text: str
    job_text: str
    requirements: tuple[Requirement, ...]
    cv_items: tuple[CvItem, ...]
    matches: tuple[int | None, ...]
    """For each requirement the index of the CV item that backs it; None is a gap."""
    guesses: tuple[int | None, ...]
    """For each requirement without such an item the index of one that may fit, if there is one."""

    def to_json(self) -> dict[str, Any]:
        return {
            "cv": self.cv_text,
            "job": self.job_text,
            "requirements": [
                {
                    **span_json(requirement.span),
                    "kind": requirement.kind.value,
                    "label": requirement.label,
                    "importance": requirement.importance,
                    "competency": requirement.competency,
                    "cv_item": match,
                    "may_fit": guess,
                }
                for requirement, match, guess in zip(self.requirements, self.matches, self.guesses, strict=True)
            ],
            "cv_items": [
                {**span_json(item.span), "kind": item.kind.value, "label": item.label, "weight": item.weight}
                for item in self.cv_items
            ],
        }


@dataclass(frozen=True, slots=True)
class StoredCv:
    """A CV that can be used again."""

    id: str
    name: str
    """File name, or the first words."""
    created_at: datetime
    text: str
