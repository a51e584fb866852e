"""The only writer of questions, answers and their corrections.

Rows are inserted and never changed; of several corrections the newest holds. A number is taken by whoever inserts it
first; the loser of a race gets None and re-reads, so that a repeated request finds what the first one stored.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, bindparam, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstrumentedAttribute, Session

from interview_coach import codec
from interview_coach.coach.base import Asked
from interview_coach.domain.evidence import Span
from interview_coach.domain.provenance import Provenance
from interview_coach.domain.transcript import QuestionKind, Transcript, Turn
from interview_coach.models import Answer, Correction, Question
from interview_coach.views import AnswerView, QuestionView


def _newest(column: InstrumentedAttribute[Any]) -> ScalarSelect[Any]:
    query = select(column).where(Correction.interview_id == Answer.interview_id, Correction.number == Answer.number)
    return query.order_by(Correction.version.desc()).limit(1).correlate(Answer).scalar_subquery()


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
    _newest(Correction.text).label("corrected"),
    _newest(Correction.version).label("correction"),
)


_ALL = (
    select(*COLUMNS)
    .join(Answer, (Answer.interview_id == Question.interview_id) & (Answer.number == Question.number), isouter=True)
    .where(Question.interview_id == bindparam("interview_id"))
    .order_by(Question.number)
)
"""Put together once: every page of an interview asks it, and building it took longer than running it."""


def _rows(session: Session, interview_id: str, number: int | None = None) -> Sequence[Any]:
    query = _ALL if number is None else _ALL.where(Question.number == number)
    return session.connection().execute(query, {"interview_id": interview_id}).all()


def _words(row: Any) -> str:
    words: str = row.answer if row.corrected is None else row.corrected
    return words


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
        answer=AnswerView(
            text=_words(row),
            source=row.source,
            answered_at=row.answered_at,
            heard=None if row.corrected is None else row.answer,
            correction=row.correction or 0,
        )
        if answered
        else None,
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
                answer=None if row.answer is None or row.skipped else _words(row),
                skipped=bool(row.skipped),
                correction=row.correction or 0,
            )
            for row in _rows(session, interview_id)
        )
    )


def corrected(session: Session, interview_id: str) -> dict[tuple[int, int], str]:
    """(number, version) -> the words of that version. Version 0 is what was heard; answers that were never corrected
    are not in it."""
    versions = session.execute(
        select(Correction.number, Correction.version, Correction.text).where(Correction.interview_id == interview_id)
    ).all()
    found = {(number, version): text for number, version, text in versions}
    if found:
        heard = session.execute(select(Answer.number, Answer.text).where(Answer.interview_id == interview_id))
        numbers = {number for number, _ in found}
        found.update({(number, 0): text for number, text in heard if number in numbers})
    return found


def add_correction(
    session: Session, interview_id: str, question: QuestionView, *, text: str, corrected_at: datetime
) -> QuestionView:
    """Store another version of what was said and return the question with it. Versions are unique: of two at the same
    moment one is refused with `IntegrityError`."""
    before = question.answer
    assert before is not None
    version = before.correction + 1
    session.execute(
        insert(Correction).values(
            interview_id=interview_id, number=question.number, version=version, text=text, corrected_at=corrected_at
        )
    )
    return replace(question, answer=replace(before, text=text, heard=before.given, correction=version))


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
