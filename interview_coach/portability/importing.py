"""From one file to rows: all of it or nothing.

Ids are kept, so that an address or a note that names an interview still leads there. An interview that is here
already stays as it is. An id that somebody else has, here, is exchanged for one that is made from it, so that the same
file again finds what it brought the first time, and nobody learns which ids others have.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from interview_coach import codec, evaluating
from interview_coach.coaches import OFFLINE
from interview_coach.creating import digest, ensure_person
from interview_coach.db import now, writing
from interview_coach.domain import speech
from interview_coach.domain.evidence import CvItem, Requirement, Span
from interview_coach.domain.plan import Plan
from interview_coach.domain.provenance import Provenance
from interview_coach.domain.scorecard import Summary
from interview_coach.errors import Problem
from interview_coach.evaluating.working import score_row
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
from interview_coach.portability.reading import LARGEST_FILE, read
from interview_coach.portability.shape import DataFile, DocumentPart, EvaluationPart, InterviewPart, Part

INTERRUPTED = (
    "This was not finished when the file was saved. Your answers are saved, and so are all marks that were given. "
    "You can ask again."
)
"""A file must not make anyone pay: only the built-in coach goes on by itself."""

_CODEC: dict[tuple[type[Any], str], Any] = {
    (Interview, "requirements"): tuple[Requirement, ...],
    (Interview, "cv_items"): tuple[CvItem, ...],
    (Interview, "plan"): Plan,
    (Question, "evidence"): tuple[Span, ...],
    (Question, "provenance"): Provenance,
    (Evaluation, "summary"): Summary,
    (Delivery, "measured"): speech.Delivery,
}
"""Columns that hold a value of the domain."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came in, and what was here already."""

    interviews: int
    documents: int
    evaluations: int
    kept: int
    """Interviews that were here already and were left as they are."""

    def to_json(self) -> dict[str, int]:
        return {
            "interviews": self.interviews,
            "documents": self.documents,
            "evaluations": self.evaluations,
            "kept": self.kept,
        }


def import_(owner: str, raw: bytes, *, largest: int = LARGEST_FILE) -> Imported:
    """Bring a file in. Raises DOCUMENT_TOO_LARGE or VALIDATION_FAILED, and then nothing was written."""
    data = read(raw, largest)
    try:
        imported, unfinished = _store(owner, data)
    except IntegrityError:  # another process brought the same file in between our look and our write: look again
        try:
            imported, unfinished = _store(owner, data)
        except IntegrityError as error:
            sentence = "This file is being brought in twice at once. Nothing was changed by this one; try it again."
            raise Problem("STORAGE_BUSY", sentence, retry_after=5) from error
    for evaluation_id in unfinished:
        evaluating.submit(evaluation_id)
    return imported


def _store(owner: str, data: DataFile) -> tuple[Imported, list[str]]:
    with writing() as session:
        writer = _Writer(session, owner)
        writer.preferences(data)
        documents = writer.documents(data.documents)
        mine = writer.owners(Interview, (interview.id for interview in data.interviews))
        fresh = []
        for interview in data.interviews:
            new = writer.free_id(Interview, interview.id, mine)
            if new is not None:
                fresh.append((interview, new))
        writer.interviews(fresh, documents)
        evaluations = sum(len(interview.evaluations) for interview, _ in fresh)
        kept = len(data.interviews) - len(fresh)
        return Imported(len(fresh), writer.new_documents, evaluations, kept), writer.unfinished


class _Writer:
    """One file on its way in. Rows of a table are collected and go in together."""

    def __init__(self, session: Session, owner: str) -> None:
        self._session = session
        self._owner = owner
        self.new_documents = 0
        self.unfinished: list[str] = []

    def preferences(self, data: DataFile) -> None:
        """A choice that was made here stays; on a fresh installation the file's holds."""
        if self._session.get(Person, self._owner) is None:
            ensure_person(self._session, self._owner)
            self._session.get_one(Person, self._owner).low_anxiety = data.preferences.low_anxiety
            self._session.flush()

    def owners(self, table: Any, ids: Iterable[str]) -> dict[str, str]:
        """Id -> owner, of those ids that are taken."""
        found: dict[str, str] = {}
        wanted = list(ids)
        for start in range(0, len(wanted), 500):
            query = select(table.id, table.owner_id).where(table.id.in_(wanted[start : start + 500]))
            found.update((row.id, row.owner_id) for row in self._session.execute(query))
        return found

    def free_id(self, table: Any, wanted: str, taken: dict[str, str]) -> str | None:
        """The id to store something under, None when it is here already."""
        chosen = wanted
        while (owner := taken.get(chosen)) is not None:
            if owner == self._owner:
                return None
            chosen = self._other(chosen)
            taken.update(self.owners(table, [chosen]))
        taken[chosen] = self._owner
        return chosen

    def _other(self, *parts: str) -> str:
        return hashlib.sha256("\0".join((self._owner, *parts)).encode()).hexdigest()[:16]

    def documents(self, parts: list[DocumentPart]) -> dict[str, str]:
        """Id in the file -> id here. The same text is stored once."""
        here = self._session.execute(
            select(Document.kind, Document.digest, Document.id).where(Document.owner_id == self._owner)
        )
        known = {(row.kind, row.digest): row.id for row in here}
        taken = self.owners(Document, (part.id for part in parts))
        found, rows = {}, []
        for part in parts:
            text = (part.kind, digest(part.text))
            if text not in known:
                chosen = part.id
                while chosen in taken:  # by somebody else, or by another text
                    chosen = self._other(chosen, text[1])
                    taken.update(self.owners(Document, [chosen]))
                taken[chosen] = self._owner
                known[text] = chosen
                rows.append({**_columns(Document, part), "id": chosen, "owner_id": self._owner, "digest": text[1]})
            found[part.id] = known[text]
        self.new_documents = len(rows)
        self._insert(Document, rows)
        return found

    def interviews(self, fresh: list[tuple[InterviewPart, str]], documents: dict[str, str]) -> None:
        """New interviews with everything in them."""
        rows: dict[type[Any], list[dict[str, Any]]] = {
            table: []
            for table in (
                Interview, Question, Answer, Correction, Delivery, Retake, Draft, Evaluation, Score, ProviderCall, Call,
                Utterance,
            )
        }  # fmt: skip
        parts = [part for part, _ in fresh]
        retakes = self._new_ids(Retake, [t.id for part in parts for q in part.questions for t in q.retakes])
        evaluations = self._new_ids(Evaluation, [e.id for part in parts for e in part.evaluations])
        calls = self._new_ids(Call, [call.id for part in parts for call in part.calls])
        for part, new in fresh:
            rows[Interview].append(
                {
                    **_columns(Interview, part),
                    "id": new,
                    "owner_id": self._owner,
                    "cv_id": documents[part.cv_id],
                    "job_id": documents[part.job_id],
                    "format": part.format.value,
                }
            )
            self._transcript(part, new, retakes, rows)
            for evaluation in part.evaluations:
                self._evaluation(evaluation, new, evaluations[evaluation.id], retakes, rows)
            rows[ProviderCall].extend(
                {**_columns(ProviderCall, used), "interview_id": new} for used in part.provider_calls
            )
            for call in part.calls:
                place = {"interview_id": new, "call_id": calls[call.id]}
                rows[Call].append({**_columns(Call, call), "id": calls[call.id], "interview_id": new})
                rows[Utterance].extend({**_columns(Utterance, spoken), **place} for spoken in call.utterances)
        for table, found in rows.items():
            self._insert(table, found)

    def _new_ids(self, table: Any, ids: list[str]) -> dict[str, str]:
        """Id in the file -> id here, for what comes with a new interview."""
        taken: set[str] = set()
        for start in range(0, len(ids), 500):
            taken.update(self._session.scalars(select(table.id).where(table.id.in_(ids[start : start + 500]))))
        found = {}
        for wanted in ids:
            chosen = wanted
            while chosen in taken:
                chosen = self._other(chosen)
                if self._session.get(table, chosen) is not None:
                    taken.add(chosen)
            taken.add(chosen)
            found[wanted] = chosen
        return found

    def _transcript(
        self, part: InterviewPart, new: str, retakes: dict[str, str], rows: dict[type[Any], list[dict[str, Any]]]
    ) -> None:
        for question in part.questions:
            place = {"interview_id": new, "number": question.number}
            rows[Question].append({**_columns(Question, question), **place, "kind": question.kind.value})
            if question.answer is not None:
                if question.answer.delivery is not None:
                    rows[Delivery].append({**_columns(Delivery, question.answer.delivery), **place})
                rows[Answer].append({**_columns(Answer, question.answer), **place})
                rows[Correction].extend(
                    {**_columns(Correction, correction), **place} for correction in question.answer.corrections
                )
            rows[Retake].extend(
                {**_columns(Retake, take), **place, "id": retakes[take.id]} for take in question.retakes
            )
        if part.draft is not None:
            rows[Draft].append({**_columns(Draft, part.draft), "interview_id": new})

    def _evaluation(
        self,
        part: EvaluationPart,
        interview_id: str,
        new: str,
        retakes: dict[str, str],
        rows: dict[type[Any], list[dict[str, Any]]],
    ) -> None:
        row = {
            **_columns(Evaluation, part),
            "id": new,
            "interview_id": interview_id,
            "owner_id": self._owner,
            "retake_id": None if part.retake_id is None else retakes[part.retake_id],
        }
        if part.finished_at is None and part.failed_at is None:
            if part.coach == OFFLINE:
                self.unfinished.append(new)
            else:
                row |= {"failed_at": now(), "error": INTERRUPTED}
        rows[Evaluation].append(row)
        rows[Score].extend(score_row(new, score.detail, score.correction) for score in part.scores)

    def _insert(self, table: type[Any], rows: list[dict[str, Any]]) -> None:
        if rows:
            self._session.execute(insert(table), rows)


def _columns(table: type[Any], part: Part) -> dict[str, Any]:
    """The fields of a part that are columns, as they are stored."""
    names = part.__class__.model_fields.keys() & table.__table__.columns.keys()
    found: dict[str, Any] = {}
    for name in names:
        value = getattr(part, name)
        kind = _CODEC.get((table, name))
        found[name] = value if kind is None or value is None else codec.dump(kind, value)
    return found
