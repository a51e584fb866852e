"""Deleting everything of a person, so that no word of theirs stays in the data folder.

Rows go in one commit. Then the database file is written anew: `secure_delete` overwrites what was deleted, but copies
of a row that the database made while it moved rows between its pages may outlive it. Copies of the database go too,
because they hold the same words. The queue of jobs holds ids only, and is emptied because those now lead nowhere.
"""

import logging
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import delete as sql_delete
from sqlalchemy import exists, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from interview_coach import jobs, sound_files
from interview_coach.db import db, erase, forget_deleted, reading, sqlite_module, sqlite_path
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

LONGEST_WAIT_SECONDS = 20.0
"""For requests that still read the old state: the log of the database cannot be emptied under them."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Stored:
    """How much there is of a person."""

    interviews: int
    cvs: int
    jobs: int
    answers: int
    """As they were given or retaken; skipped questions do not count."""
    evaluations: int
    drafts: int
    calls: int
    """Times that somebody picked up."""
    recordings: int
    """Calls whose sound was kept."""
    spoken: int
    """Calls in which the person said something aloud."""
    backups: tuple[str, ...]
    """Names of copies of the whole database in the data folder."""

    @property
    def is_empty(self) -> bool:
        return not any((self.interviews, self.cvs, self.jobs, self.backups))

    def to_json(self) -> dict[str, Any]:
        return {
            "interviews": self.interviews,
            "cvs": self.cvs,
            "jobs": self.jobs,
            "answers": self.answers,
            "evaluations": self.evaluations,
            "drafts": self.drafts,
            "calls": self.calls,
            "recordings": self.recordings,
            "backups": list(self.backups),
        }


def _own_interviews(owner: str) -> Any:
    return select(Interview.id).where(Interview.owner_id == owner)


def stored(owner: str) -> Stored:
    """Counts for whoever is about to delete or take along everything."""
    own = _own_interviews(owner)

    def count(table: Any, *conditions: Any) -> Any:
        return select(func.count()).select_from(table).where(*conditions).scalar_subquery()

    by_person = exists().where(Utterance.call_id == Call.id, Utterance.speaker == "person")
    with reading() as session:
        row = session.execute(
            select(
                count(Interview, Interview.owner_id == owner),
                count(Document, Document.owner_id == owner, Document.kind == "cv"),
                count(Document, Document.owner_id == owner, Document.kind == "job"),
                count(Answer, Answer.interview_id.in_(own), Answer.skipped.is_(False)),
                count(Retake, Retake.interview_id.in_(own)),
                count(Evaluation, Evaluation.owner_id == owner),
                count(Draft, Draft.interview_id.in_(own)),
                count(Call, Call.interview_id.in_(own)),
                count(Call, Call.interview_id.in_(own), Call.recording.is_not(None)),
                count(Call, Call.interview_id.in_(own), by_person),
            )
        ).one()
    interviews, cvs, ads, answers, retakes, evaluations, drafts, calls, sounds, spoken = row
    copies = tuple(sorted(path.name for path in backups()))
    return Stored(interviews, cvs, ads, answers + retakes, evaluations, drafts, calls, sounds, spoken, copies)


def backups() -> list[Path]:
    """Copies of the database that Interview Coach made in its data folder: before a new version, by the command, and
    what a restored backup took the place of."""
    folder = Path(current_app.config["COACH_DATA_DIR"])
    found = [path for path in (folder / "backups").glob("*") if path.is_file()]
    database = sqlite_path(current_app.config["SQLALCHEMY_DATABASE_URI"])
    if database is not None:
        found += database.parent.glob(f"{database.name}.before-restore-*")
        found += database.parent.glob(f"{database.name}.part")
    return found


def erase_everything(owner: str) -> bool:
    """Delete every word, mark and choice of a person. Repeating it changes nothing.

    False: the rows are gone, and yet the log of the database may hold words of theirs until the server stops, because
    somebody went on reading the old state.
    """
    copies = backups()
    own = _own_interviews(owner)

    kept: set[str | None] = set()

    def remove(session: Session) -> None:
        kept.update(session.scalars(select(Call.recording).where(Call.interview_id.in_(own))))
        judged = select(Evaluation.id).where(Evaluation.owner_id == owner)
        session.execute(sql_delete(Score).where(Score.evaluation_id.in_(judged)))
        session.execute(sql_delete(Evaluation).where(Evaluation.owner_id == owner))
        parts: tuple[Any, ...] = (Utterance, Call, Delivery, Retake, Correction, Answer, Question, Draft)
        for table in parts:
            session.execute(sql_delete(table).where(table.interview_id.in_(own)))
        nobodys = ProviderCall.interview_id.is_(None)
        session.execute(sql_delete(ProviderCall).where(nobodys | ProviderCall.interview_id.in_(own)))
        session.execute(sql_delete(Interview).where(Interview.owner_id == owner))
        session.execute(sql_delete(Document).where(Document.owner_id == owner))
        session.execute(sql_delete(Person).where(Person.id == owner))

    erase(remove)
    sound_files.remove(kept)
    with reading() as session:
        sound_files.remove_all_but(session.scalars(select(Call.recording).where(Call.recording.is_not(None))).all())
    for copy in copies:
        copy.unlink(missing_ok=True)
    queue: jobs.Jobs = current_app.extensions["jobs"]
    queue.forget()
    return _write_anew()


def _write_anew() -> bool:
    """Leave only what is stored in the file, and nothing in its log. False when it was in use all the time."""
    if db.engine.dialect.name != "sqlite":
        return True
    path = sqlite_path(current_app.config["SQLALCHEMY_DATABASE_URI"])
    wal = path.with_name(f"{path.name}-wal") if path is not None else None
    until = time.monotonic() + LONGEST_WAIT_SECONDS
    anew = False
    while True:
        if not anew:
            with suppress(DBAPIError, sqlite_module().Error), db.engine.connect() as connection:
                raw = connection.connection.driver_connection
                if raw is not None:
                    with closing(raw.cursor()) as cursor:
                        cursor.execute("VACUUM")
                    anew = True
        forget_deleted()
        if anew and (wal is None or not wal.exists() or wal.stat().st_size == 0):
            return True
        if time.monotonic() > until:
            log.warning("the log of the database is in use; deleted words leave it when the server stops")
            return False
        time.sleep(0.2)
