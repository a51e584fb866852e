"""The only writer of questions and answers.

Rows are inserted and never changed. A number is taken by whoever inserts it first; the loser of a race gets None and
re-reads, so that a repeated request finds what the first one stored.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from interview_coach import codec
from interview_coach.coach.base import Asked
from interview_coach.domain.evidence import Span
from interview_coach.domain.provenance import Provenance
from interview_coach.domain.transcript import QuestionKind, Transcript, Turn
from interview_coach.models import Answer, Question
from interview_coach.views import AnswerView, QuestionView

COLUMNS = (
    Question.number,
    Question.kind,
    Question.topic,
    Question.competency,
    Question.text,
    Question.evidence,
    Question.provenance,
    Question.asked_at,
    Answer.text.label("answer"),
    Answer.skipped,
    Answer.source,
    Answer.answered_at,
)


def _rows(session: Session, interview_id: str, number: int | None = None) -> Sequence[Any]:
    query = (
        select(*COLUMNS)
        .join(Answer, (Answer.interview_id == Question.interview_id) & (Answer.number == Question.number), isouter=True)
        .where(Question.interview_id == interview_id)
        .order_by(Question.number)
    )
    if number is not None:
        query = query.where(Question.number == number)
    return session.execute(query).all()


def as_view(row: Any) -> QuestionView:
    answered = row.answer is not None and not row.skipped
    return QuestionView(
        number=row.number,
        kind=row.kind,
        competency=row.competency,
        text=row.text,
        asked_at=row.asked_at,
        evidence=codec.load(tuple[Span, ...], row.evidence),
        provenance=codec.load(Provenance, row.provenance),
        answer=AnswerView(text=row.answer, source=row.source, answered_at=row.answered_at) if answered else None,
        skipped=bool(row.skipped),
    )


def questions(session: Session, interview_id: str) -> tuple[QuestionView, ...]:
    """All questions with their answers, in order."""
    return tuple(as_view(row) for row in _rows(session, interview_id))


def question(session: Session, interview_id: str, number: int) -> QuestionView | None:
    """One question with its answer."""
    rows = _rows(session, interview_id, number)
    return as_view(rows[0]) if rows else None


def transcript(session: Session, interview_id: str) -> Transcript:
    """The domain's view of the same rows."""
    return Transcript(
        tuple(
            Turn(
                number=row.number,
                kind=QuestionKind(row.kind),
                topic=row.topic,
                question=row.text,
                evidence=codec.load(tuple[Span, ...], row.evidence),
                answer=None if row.answer is None or row.skipped else row.answer,
                skipped=bool(row.skipped),
            )
            for row in _rows(session, interview_id)
        )
    )


def add_question(
    session: Session,
    interview_id: str,
    number: int,
    *,
    kind: QuestionKind,
    topic: int,
    competency: str,
    subject: str,
    asked: Asked,
    asked_at: datetime,
) -> bool:
    """Store a question. False: another request has asked this number already."""
    try:
        with session.begin_nested():
            session.execute(
                insert(Question).values(
                    interview_id=interview_id,
                    number=number,
                    kind=kind.value,
                    topic=topic,
                    competency=competency,
                    subject=subject,
                    text=asked.text,
                    evidence=codec.dump(tuple[Span, ...], asked.evidence),
                    provenance=codec.dump(Provenance, asked.provenance),
                    asked_at=asked_at,
                )
            )
    except IntegrityError:
        return False
    return True


_INSERT_ANSWER = insert(Answer)


def add_answer(
    session: Session,
    interview_id: str,
    question: QuestionView,
    *,
    text: str,
    skipped: bool,
    source: str,
    key: str,
    answered_at: datetime,
) -> QuestionView:
    """Store an answer and return the question with it. The caller has read under the same write lock that there is
    none yet; on a database with several writers the unique keys decide, and `IntegrityError` leaves this function."""
    session.connection().execute(
        _INSERT_ANSWER,
        {
            "interview_id": interview_id,
            "number": question.number,
            "text": text,
            "skipped": skipped,
            "source": source,
            "key": key,
            "answered_at": answered_at,
        },
    )
    answer = None if skipped else AnswerView(text=text, source=source, answered_at=answered_at)
    return replace(question, answer=answer, skipped=skipped)
