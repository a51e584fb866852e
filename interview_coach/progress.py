"""How finished interviews compare, what a person does well by now, and what to practise next.

Everything is read with two queries, however many interviews there are: one row per question of the newest finished
evaluation of each interview, and one row per observation; two more when something was spoken. Means are those of the
report (`domain/totals.py`).

What counts for mastery: `observations.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from interview_coach import observations
from interview_coach.coach.rules.rubric import rubric_by_version
from interview_coach.db import reading
from interview_coach.domain import totals
from interview_coach.domain.formats import Difficulty
from interview_coach.domain.mastery import (
    Mastery,
    by_competency,
    by_topic,
    levels,
    strongest,
    to_practise,
    velocity,
    weakest,
)
from interview_coach.domain.scorecard import DIMENSIONS
from interview_coach.domain.transcript import QuestionKind
from interview_coach.models import Answer, Interview, Question, Score
from interview_coach.speaking_trends import Spoken, change_json, spoken_interviews
from interview_coach.views import time_json


@dataclass(frozen=True, slots=True)
class Trend:
    """One finished and judged interview, as a point in time."""

    interview_id: str
    completed_at: datetime
    job_title: str
    company: str
    format: str
    difficulty: str
    """`easy`, `medium`, `hard` or `adaptive`."""
    coach: str
    """Who gave the marks: `offline`, `gemini` or `openrouter`."""
    rubric_version: str
    overall: int | None
    """0-100, as in its report."""
    asked: int
    answered: int
    dimensions: dict[str, int | None]
    """0-100 each, as in its report."""
    is_spoken: bool
    """Some answer was spoken."""
    speech: Spoken | None = None
    """How; None when nothing was measured."""

    @property
    def coverage(self) -> float:
        """Answered / asked, 0..1."""
        return self.answered / self.asked if self.asked else 0.0

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.interview_id,
            "completed_at": time_json(self.completed_at),
            "job_title": self.job_title,
            "company": self.company,
            "format": self.format,
            "difficulty": self.difficulty,
            "coach": self.coach,
            "rubric_version": self.rubric_version,
            "overall": self.overall,
            "coverage": round(self.coverage, 4),
            "asked": self.asked,
            "answered": self.answered,
            "dimensions": dict(self.dimensions),
            "speech": self.speech.to_json() if self.speech else None,
        }


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything that the progress page shows."""

    trends: tuple[Trend, ...]
    """Oldest first."""
    competencies: tuple[Mastery, ...]
    """The weakest first."""
    topics: tuple[Mastery, ...]
    """The weakest first."""

    @property
    def comparable(self) -> tuple[Trend, ...]:
        """Those with an overall that was given by the coach of the newest one: only these can be compared."""
        marked = [trend for trend in self.trends if trend.overall is not None]
        return tuple(trend for trend in marked if trend.coach == marked[-1].coach)

    @property
    def velocity(self) -> float | None:
        """Points per interview over the last five comparable ones; None below three."""
        return velocity([trend.overall for trend in self.comparable if trend.overall is not None])

    @property
    def spoken(self) -> tuple[Trend, ...]:
        """Those with figures about speech, oldest first."""
        return tuple(trend for trend in self.trends if trend.speech is not None)

    @property
    def to_practise(self) -> tuple[Mastery, ...]:
        """One to three competencies, the weakest first; empty without any judged answer."""
        return to_practise(self.competencies)

    @property
    def strong(self) -> tuple[Mastery, ...]:
        """Up to three competencies, the strongest first, none of which is to be practised."""
        weak = self.to_practise
        return strongest((found for found in self.competencies if found not in weak), 3)

    def to_json(self) -> dict[str, Any]:
        return {
            "trends": [trend.to_json() for trend in self.trends],
            "velocity": None if (pace := self.velocity) is None else round(pace, 4),
            "competencies": [_mastery_json(found) for found in self.competencies],
            "topics": [_mastery_json(found) for found in self.topics],
            "strong": [found.competency for found in self.strong],
            "practise": [found.competency for found in self.to_practise],
            "speech": change_json([trend.speech for trend in self.spoken if trend.speech is not None]),
        }


def _mastery_json(found: Mastery) -> dict[str, Any]:
    return {
        "competency": found.competency,
        **({"subject": found.subject} if found.subject else {}),
        "mastery": round(found.value, 4),
        "band": found.band.value,
        "count": found.count,
        "last_seen": time_json(datetime.fromtimestamp(found.last_seen, UTC)),
        "streak": found.streak,
        "difficulty": found.level.value,
    }


def _asked(session: Session, owner: str) -> Sequence[Any]:
    """One row per question of each judged interview, in order of time."""
    newest = observations.newest()
    return session.execute(
        select(
            Interview.id, Interview.completed_at, Interview.job_title, Interview.company, Interview.format,
            Interview.difficulty, newest.c.coach, newest.c.rubric_version,
            Question.number, Question.kind, Question.competency, Question.subject,
            Answer.skipped, Answer.source, Score.id.is_not(None).label("judged"), observations.MARKS,
            *(getattr(Score, name) for name in DIMENSIONS),
        )
        .select_from(newest)
        .join(Interview, Interview.id == newest.c.interview_id)
        .join(Question, Question.interview_id == Interview.id)
        .join(Answer, (Answer.interview_id == Interview.id) & (Answer.number == Question.number), isouter=True)
        .join(Score, (Score.evaluation_id == newest.c.id) & (Score.number == Question.number), isouter=True)
        .where(Interview.completed_at.is_not(None))
        .order_by(Interview.completed_at, Interview.id, Question.number),
        {"owner": owner},
    ).all()  # fmt: skip


def _spoken(session: Session, owner: str, asked: Sequence[Any]) -> dict[str, Spoken]:
    """Asked for only when something was spoken."""
    return spoken_interviews(session, owner) if any(row.source == "spoken" for row in asked) else {}


def _trend(rows: Sequence[Any], spoken: Mapping[str, Spoken]) -> Trend:
    first = rows[0]
    rubric = rubric_by_version(first.rubric_version or "")
    weights = [totals.weight(rubric, QuestionKind(row.kind)) for row in rows]

    def mean(name: str) -> int | None:
        return totals.mean((getattr(row, name), weight) for row, weight in zip(rows, weights, strict=True))

    dimensions = {name: mean(name) for name in DIMENSIONS}
    speech = spoken.get(first.id)
    return Trend(
        interview_id=first.id,
        completed_at=first.completed_at,
        job_title=first.job_title,
        company=first.company,
        format=first.format,
        difficulty=first.difficulty,
        coach=first.coach,
        rubric_version=first.rubric_version or "",
        overall=mean("marks") if all(row.judged for row in rows) else None,
        asked=len(rows),
        answered=sum(row.skipped is False for row in rows),
        dimensions=dimensions,
        is_spoken=any(row.source == "spoken" and not row.skipped for row in rows),
        speech=speech.with_relevance(dimensions["relevance"], by_rules=first.coach == "offline") if speech else None,
    )


def _trends(rows: Sequence[Any], spoken: Mapping[str, Spoken]) -> tuple[Trend, ...]:
    return tuple(_trend(list(found), spoken) for _, found in groupby(rows, key=lambda row: row.id))


def trends(owner: str) -> tuple[Trend, ...]:
    """Every finished and judged interview, oldest first."""
    with reading() as session:
        asked = _asked(session, owner)
        return _trends(asked, _spoken(session, owner, asked))


def progress(owner: str) -> Progress:
    """Where this person stands."""
    with reading() as session:
        asked = _asked(session, owner)
        seen = observations.observed(session.connection(), owner)
        spoken = _spoken(session, owner, asked)
    return Progress(
        trends=_trends(asked, spoken),
        competencies=weakest(by_competency(seen)),
        topics=weakest(by_topic(seen)),
    )


def reached(owner: str) -> dict[str, Difficulty]:
    """Competency -> how demanding the next questions about it should be."""
    return levels(progress(owner).competencies)
