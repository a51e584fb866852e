"""Retakes as the outside sees them, beside the answer that they were meant to better."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from interview_coach import codec, transcripts
from interview_coach.db import reading
from interview_coach.domain.scorecard import AnswerScore
from interview_coach.errors import Problem
from interview_coach.evaluating import rows
from interview_coach.interviewing.showing import own
from interview_coach.models import Draft, Evaluation, Interview, Retake, Score
from interview_coach.reporting.as_json import marks_json
from interview_coach.views import DraftView, EvaluationView, QuestionView, time_json


@dataclass(frozen=True, slots=True)
class RetakeView:
    """One more answer to a question, and how far its marks are."""

    id: str
    interview_id: str
    number: int
    take: int
    """2, 3, 4 ...: the first is the interview's answer."""
    text: str
    source: str
    answered_at: datetime
    evaluation: EvaluationView | None
    """The newest request to judge it."""
    score: AnswerScore | None
    """None until it has been judged."""

    @property
    def answer(self) -> str:
        return self.text

    @property
    def status(self) -> str:
        """PENDING, PROCESSING, COMPLETED or FAILED."""
        return self.evaluation.status if self.evaluation else "FAILED"

    @property
    def is_running(self) -> bool:
        return self.status in ("PENDING", "PROCESSING")

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "number": self.number,
            "take": self.take,
            "answer": self.text,
            "source": self.source,
            "answered_at": time_json(self.answered_at),
            "status": self.status,
            "evaluation": self.evaluation.to_json() if self.evaluation else None,
            "score": self.score.score if self.score else None,
            "marks": marks_json(self.score) if self.score else None,
        }


@dataclass(frozen=True, slots=True)
class Takes:
    """One question with all its answers. `question.answer` is the interview's own.

    It has marks and the words that they are about, as `score` and `answer`; a spoken answer may have been corrected
    after it was judged.
    """

    interview_id: str
    question: QuestionView
    score: AnswerScore | None
    """Marks of the interview's own answer, the newest there are."""
    answer: str | None
    retakes: tuple[RetakeView, ...]
    """In the order in which they were given."""
    draft: DraftView | None

    def to_json(self) -> dict[str, Any]:
        return {
            "interview_id": self.interview_id,
            "question": self.question.to_json(),
            "answer": self.answer,
            "score": self.score.score if self.score else None,
            "marks": marks_json(self.score) if self.score else None,
            "retakes": [take.to_json() for take in self.retakes],
            "draft": self.draft.to_json() if self.draft else None,
        }


def finished(session: Session, owner: str, interview_id: str, *, hold: bool = False) -> Interview:
    """The interview, which is over."""
    interview = own(session, owner, interview_id, hold=hold)
    if interview.completed_at is None:
        raise Problem(
            "NOT_COMPLETED",
            "This interview is still going on. Finish it first; then every question can be answered once more.",
        )
    return interview


def asked(session: Session, interview: Interview, number: int) -> QuestionView:
    """A question of it."""
    found = transcripts.question(session, interview.id, number) if number > 0 else None
    if found is None:
        raise Problem(
            "QUESTION_NOT_FOUND", "This question was not asked in this interview. Its report has those that were."
        )
    return found


def not_found() -> Problem:
    """There is no such retake."""
    return Problem("NOT_FOUND", "This retake is not stored. Look at the question to see those that are.")


def retakes(owner: str, interview_id: str) -> tuple[RetakeView, ...]:
    """All retakes of an interview, by question and in the order in which they were given."""
    with reading() as session:
        own(session, owner, interview_id)
        return views(session, _rows(session, interview_id))


def takes(owner: str, interview_id: str, number: int) -> Takes:
    """One question of a finished interview with all its answers."""
    with reading() as session:
        interview = finished(session, owner, interview_id)
        question = asked(session, interview, number)
        score, words = _own_score(session, interview_id, question)
        draft = session.get(Draft, interview_id)
        return Takes(
            interview_id=interview_id,
            question=question,
            score=score,
            answer=words,
            retakes=views(session, _rows(session, interview_id, number)),
            draft=DraftView(draft.number, draft.text, draft.updated_at)
            if draft is not None and draft.number == number
            else None,
        )


def _rows(session: Session, interview_id: str, number: int | None = None) -> Sequence[Retake]:
    query = select(Retake).where(Retake.interview_id == interview_id).order_by(Retake.number, Retake.take)
    return session.scalars(query if number is None else query.where(Retake.number == number)).all()


def views(session: Session, found: Sequence[Retake]) -> tuple[RetakeView, ...]:
    """Two queries for all of them."""
    evaluations: dict[str, Evaluation] = {}
    query = select(Evaluation).where(Evaluation.retake_id.in_([row.id for row in found]))
    for evaluation in session.scalars(query.order_by(Evaluation.requested_at, Evaluation.id.desc())):
        evaluations[evaluation.retake_id or ""] = evaluation
    details = session.execute(
        select(Score.evaluation_id, Score.detail).where(
            Score.evaluation_id.in_([evaluation.id for evaluation in evaluations.values()])
        )
    )
    scores = {evaluation_id: codec.load(AnswerScore, detail) for evaluation_id, detail in details}
    return tuple(_view(row, evaluations.get(row.id), scores) for row in found)


def _view(row: Retake, evaluation: Evaluation | None, scores: Mapping[str, AnswerScore]) -> RetakeView:
    score = scores.get(evaluation.id) if evaluation else None
    return RetakeView(
        id=row.id,
        interview_id=row.interview_id,
        number=row.number,
        take=row.take,
        text=row.text,
        source=row.source,
        answered_at=row.answered_at,
        evaluation=rows.view(evaluation, int(score is not None)) if evaluation else None,
        score=score,
    )


def _own_score(session: Session, interview_id: str, question: QuestionView) -> tuple[AnswerScore | None, str | None]:
    """The newest marks of the interview's own answer, and the words they are about."""
    row = session.execute(
        select(Score.detail, Score.correction)
        .join(Evaluation, Evaluation.id == Score.evaluation_id)
        .where(
            Evaluation.interview_id == interview_id,
            Evaluation.retake_id.is_(None),
            Score.number == question.number,
        )
        .order_by(Evaluation.requested_at.desc(), Evaluation.id)
        .limit(1)
    ).first()
    if row is None:
        return None, question.answer.text if question.answer else None
    words = transcripts.corrected(session, interview_id).get((question.number, row.correction))
    if words is None and question.answer is not None:
        words = question.answer.text
    return codec.load(AnswerScore, row.detail), words
