"""From rows to one file. One query a table, whatever the number of interviews, in one consistent view."""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, select
from sqlalchemy.orm import Session

from interview_coach import __version__
from interview_coach.db import now, reading
from interview_coach.models import (
    Answer,
    Call,
    Correction,
    Delivery,
    Document,
    Draft,
    Evaluation,
    Interview,
    Person,
    ProviderCall,
    Question,
    Retake,
    Score,
    Utterance,
)
from interview_coach.portability.shape import (
    FORMAT,
    VERSION,
    AnswerPart,
    CallPart,
    CorrectionPart,
    DeliveryPart,
    DocumentPart,
    DraftPart,
    EvaluationPart,
    InterviewPart,
    Part,
    QuestionPart,
    RetakePart,
    SpokenPart,
    UtterancePart,
)

Rows = dict[Any, list[RowMapping]]

NESTED = {
    "questions", "answer", "corrections", "delivery", "retakes", "draft", "evaluations", "scores", "provider_calls",
    "calls", "utterances",
}  # fmt: skip
"""Fields that hold other parts; all others are columns of the same name."""


def export(owner: str) -> dict[str, Any]:
    """Everything that is stored about a person, in the shape of `shape.DataFile`."""
    with reading() as session:
        low_anxiety = session.scalar(select(Person.low_anxiety).where(Person.id == owner))
        documents = session.execute(
            select(Document.__table__).where(Document.owner_id == owner).order_by(Document.created_at, Document.id)
        ).mappings()
        return {
            "format": FORMAT,
            "version": VERSION,
            "app_version": __version__,
            "exported_at": _plain(now()),
            "preferences": {"low_anxiety": bool(low_anxiety)},
            "documents": [_part(DocumentPart, row) for row in documents],
            "interviews": _interviews(session, owner),
        }


def export_json(owner: str) -> bytes:
    """The file itself, UTF-8."""
    return json.dumps(export(owner), ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _plain(value: Any) -> Any:
    return value.isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else value


def _part(part: type[Part], row: RowMapping, **nested: Any) -> dict[str, Any]:
    """Every column that the part has, and the parts inside it."""
    return {name: nested[name] if name in NESTED else _plain(row[name]) for name in part.model_fields}


def _grouped(rows: Iterable[RowMapping], *by: str) -> Rows:
    found: Rows = defaultdict(list)
    for row in rows:
        found[tuple(row[name] for name in by)].append(row)
    return found


def _interviews(session: Session, owner: str) -> list[dict[str, Any]]:
    own = select(Interview.id).where(Interview.owner_id == owner)

    def of(table: Any, *order: Any, by: tuple[str, ...] = ("interview_id",)) -> Rows:
        query = select(table.__table__).where(table.interview_id.in_(own)).order_by(*order)
        return _grouped(session.execute(query).mappings(), *by)

    questions = of(Question, Question.number)
    answers = of(Answer, Answer.number, by=("interview_id", "number"))
    corrections = of(Correction, Correction.version, by=("interview_id", "number"))
    retakes = of(Retake, Retake.take, by=("interview_id", "number"))
    drafts = of(Draft, Draft.number)
    evaluations = of(Evaluation, Evaluation.requested_at, Evaluation.id)
    used = of(ProviderCall, ProviderCall.id)
    deliveries = of(Delivery, Delivery.number, by=("interview_id", "number"))
    calls = of(Call, Call.started_at, Call.id)
    utterances = of(Utterance, Utterance.seq, by=("call_id",))
    scores = _grouped(
        session.execute(
            select(Score.__table__)
            .join(Evaluation, Evaluation.id == Score.evaluation_id)
            .where(Evaluation.interview_id.in_(own))
            .order_by(Score.number)
        ).mappings(),
        "evaluation_id",
    )

    def answer(row: RowMapping) -> dict[str, Any] | None:
        place = (row["interview_id"], row["number"])
        corrected = [_part(CorrectionPart, correction) for correction in corrections[place]]
        delivery = next((_part(DeliveryPart, found) for found in deliveries[place]), None)
        given = (_part(AnswerPart, found, corrections=corrected, delivery=delivery) for found in answers[place])
        return next(given, None)

    def question(row: RowMapping) -> dict[str, Any]:
        again = retakes[row["interview_id"], row["number"]]
        return _part(QuestionPart, row, answer=answer(row), retakes=[_part(RetakePart, take) for take in again])

    def call(row: RowMapping) -> dict[str, Any]:
        return _part(SpokenPart, row, utterances=[_part(UtterancePart, found) for found in utterances[(row["id"],)]])

    def evaluation(row: RowMapping) -> dict[str, Any]:
        given = scores[(row["id"],)]
        return _part(
            EvaluationPart,
            row,
            scores=[{"correction": score["correction"], "detail": score["detail"]} for score in given],
        )

    return [
        _part(
            InterviewPart,
            row,
            questions=[question(found) for found in questions[(row["id"],)]],
            draft=next((_part(DraftPart, found) for found in drafts[(row["id"],)]), None),
            evaluations=[evaluation(found) for found in evaluations[(row["id"],)]],
            provider_calls=[_part(CallPart, found) for found in used[(row["id"],)]],
            calls=[call(found) for found in calls[(row["id"],)]],
        )
        for row in session.execute(
            select(Interview.__table__).where(Interview.owner_id == owner).order_by(Interview.created_at, Interview.id)
        ).mappings()
    ]
