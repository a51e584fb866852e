"""Out, into a fresh installation, and everything is as it was."""

import json
import re
from typing import Any

import pytest
from flask import Flask
from pydantic import SecretStr
from sqlalchemy import func, insert, select

from interview_coach import evaluating, models, portability, progress
from interview_coach.coaches import Coaches
from interview_coach.db import Base, db, reading, writing
from interview_coach.models import LOCAL_OWNER, Evaluation, Interview, Person
from interview_coach.portability import shape
from interview_coach.portability.importing import INTERRUPTED
from tests.fakes.scripted_assessor import Judge, JudgeChat
from tests.portability.history import ME, finished, model_evaluation

OTHER = "somebody-else"
COMPUTED = {
    models.Person: {"id", "created_at"},
    models.Document: {"owner_id", "digest"},
    models.Interview: {"owner_id"},
    models.Question: {"id", "interview_id"},
    models.Answer: {"id", "interview_id", "number"},
    models.Correction: {"id", "interview_id", "number"},
    models.Retake: {"interview_id", "number"},
    models.Draft: {"interview_id"},
    models.Evaluation: {"owner_id", "interview_id", "worker", "heartbeat_at", "attempts"},
    models.Score: {
        "id", "evaluation_id", "number", "accuracy", "completeness", "clarity", "communication", "technical_depth",
        "problem_solving", "confidence", "relevance",
    },
    models.ProviderCall: {"id", "interview_id"},
    models.Call: {"interview_id", "handle", "recording"},
    models.Utterance: {"id", "interview_id", "call_id"},
    models.Delivery: {"id", "interview_id", "number"},
}  # fmt: skip
"""Columns that the file does not hold: who owns the row, where it stands in the file, what is made from the rest, a
key to a vendor's session, and the name of a file that is not in it."""
PARTS = {
    models.Person: shape.Preferences,
    models.Document: shape.DocumentPart,
    models.Interview: shape.InterviewPart,
    models.Question: shape.QuestionPart,
    models.Answer: shape.AnswerPart,
    models.Correction: shape.CorrectionPart,
    models.Retake: shape.RetakePart,
    models.Draft: shape.DraftPart,
    models.Evaluation: shape.EvaluationPart,
    models.Score: shape.ScorePart,
    models.ProviderCall: shape.CallPart,
    models.Call: shape.SpokenPart,
    models.Utterance: shape.UtterancePart,
    models.Delivery: shape.DeliveryPart,
}


def export(app: Flask, owner: str = ME) -> dict[str, Any]:
    with app.app_context():
        return portability.export(owner)


def bring(app: Flask, raw: bytes, owner: str = ME) -> portability.Imported:
    with app.app_context():
        return portability.import_(owner, raw)


def save(app: Flask) -> bytes:
    with app.app_context():
        return portability.export_json(ME)


def reports(app: Flask, owner: str = ME) -> dict[str, Any]:
    """Every report of every evaluation, as JSON text."""
    with app.app_context():
        with reading() as session:
            rows = session.execute(
                select(Evaluation.interview_id, Evaluation.id)
                .where(Evaluation.owner_id == owner, Evaluation.retake_id.is_(None))
                .where(Evaluation.finished_at.is_not(None))
            ).all()
        return {
            evaluation: json.dumps(evaluating.report(owner, interview, evaluation).to_json())
            for interview, evaluation in rows
        }


def trends(app: Flask) -> str:
    """Progress, mastery and what to practise next, as JSON text."""
    with app.app_context():
        return json.dumps(progress.progress(ME).to_json())


def counts(app: Flask) -> dict[str, int]:
    with app.app_context(), reading() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


def lasting(data: dict[str, Any]) -> dict[str, Any]:
    """All but the moment of saving."""
    return {name: value for name, value in json.loads(json.dumps(data)).items() if name != "exported_at"}


def model_at_work(app: Flask) -> None:
    """One evaluation of a model in the middle of its work."""
    with app.app_context(), writing() as session:
        interview = session.scalars(select(Interview.id).where(Interview.job_title == "Shift lead")).one()
        model_evaluation(session, interview, 2)


def test_every_column_is_in_the_file_or_can_be_made_again() -> None:
    assert set(COMPUTED) == {mapper.class_ for mapper in Base.registry.mappers}
    for table, left_out in COMPUTED.items():
        columns = set(table.__table__.columns.keys())
        assert left_out <= columns
        assert set(PARTS[table].model_fields) & columns == columns - left_out, table.__name__


def test_the_history_of_these_tests_has_every_kind_of_row(old: Flask) -> None:
    assert {name for name, count in counts(old).items() if count == 0} == set()


def test_a_fresh_installation_shows_the_same(old: Flask, fresh: Flask) -> None:
    raw = save(old)
    imported = bring(fresh, raw)
    assert imported.to_json() == {"interviews": 4, "documents": 2, "evaluations": 7, "kept": 0}
    assert len(reports(old)) >= 4
    assert reports(fresh) == reports(old)
    assert trends(fresh) == trends(old)
    assert lasting(export(fresh)) == lasting(json.loads(raw))
    before, after = counts(old), counts(fresh)
    assert after == before


def test_bringing_it_in_twice_changes_nothing(old: Flask, fresh: Flask) -> None:
    raw = save(old)
    bring(fresh, raw)
    once = lasting(export(fresh))
    assert bring(fresh, raw).to_json() == {"interviews": 0, "documents": 0, "evaluations": 0, "kept": 4}
    assert lasting(export(fresh)) == once
    assert bring(old, raw).kept == 4


def test_what_was_going_on_here_meanwhile_stays(old: Flask) -> None:
    raw = save(old)
    with old.app_context():
        mine = finished(2)
        from interview_coach import preferences

        preferences.set_low_anxiety(ME, False)
    before = export(old)
    bring(old, raw)
    after = export(old)
    assert lasting(after) == lasting(before)
    assert after["preferences"] == {"low_anxiety": False}
    assert mine in {interview["id"] for interview in after["interviews"]}


def test_another_person_with_the_same_ids_is_neither_touched_nor_read(old: Flask) -> None:
    raw = save(old)
    with old.app_context(), writing() as session:
        session.add(Person(id=OTHER, created_at=session.get_one(Person, LOCAL_OWNER).created_at))
    mine = lasting(export(old))
    assert bring(old, raw, OTHER).interviews == 4
    assert lasting(export(old)) == mine
    theirs = export(old, OTHER)
    assert not {i["id"] for i in theirs["interviews"]} & {i["id"] for i in mine["interviews"]}
    assert nameless(reports(old, OTHER)) == nameless(reports(old))
    again = bring(old, raw, OTHER)
    assert (again.interviews, again.documents, again.kept) == (0, 0, 4)
    with old.app_context():
        portability.erase_everything(OTHER)
    assert lasting(export(old)) == mine


def nameless(found: dict[str, str]) -> list[str]:
    """Reports without their ids, which had to change."""
    return sorted(re.sub(r'"[0-9a-f]{16}"', "id", text) for text in found.values())


def test_what_a_model_had_begun_is_not_paid_for_again_by_itself(old: Flask, fresh: Flask) -> None:
    model_at_work(old)
    bring(fresh, save(old))
    with fresh.app_context(), reading() as session:
        rows = session.scalars(select(Evaluation).where(Evaluation.error == INTERRUPTED)).all()
        assert [(row.coach, row.worker, row.failed_at is not None) for row in rows] == [("gemini", None, True)]


def test_what_the_built_in_coach_had_begun_is_finished(old: Flask, fresh: Flask) -> None:
    with old.app_context(), writing() as session:
        row = session.scalars(select(Evaluation).where(Evaluation.coach == "offline")).first()
        assert row is not None
        row.finished_at = None
        evaluation_id = row.id
    bring(fresh, save(old))
    with fresh.app_context(), reading() as session:
        assert session.get_one(Evaluation, evaluation_id).finished_at is not None


def test_the_file_says_what_it_is_and_holds_no_secret(old: Flask) -> None:
    raw = save(old)
    data = json.loads(raw)
    assert list(data)[:4] == ["format", "version", "app_version", "exported_at"]
    assert (data["format"], data["version"]) == ("interview-coach-data", 2)
    assert str(old.config["COACH_SETTINGS"].data_dir) not in raw.decode()
    assert "secret" not in raw.decode().lower()


def test_two_hundred_interviews_take_as_many_queries_as_one(old: Flask) -> None:
    from sqlalchemy import event

    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    with old.app_context():
        event.listen(db.engine, "before_cursor_execute", note)
        portability.export(ME)
        few = len(asked)
        asked.clear()
        event.remove(db.engine, "before_cursor_execute", note)
        for _ in range(3):
            finished(1)
        event.listen(db.engine, "before_cursor_execute", note)
        portability.export(ME)
        assert len(asked) == few <= 15


@pytest.mark.parametrize("interviews", [0])
def test_nobody_has_an_empty_file_that_can_be_brought_in(fresh: Flask, interviews: int) -> None:
    raw = save(fresh)
    assert len(json.loads(raw)["interviews"]) == interviews
    assert bring(fresh, raw).interviews == interviews
    with fresh.app_context(), reading() as session:
        assert session.scalar(select(func.count()).select_from(Interview)) == 0


@pytest.mark.parametrize("kind", ["right", "inventing for ever", "no marks", "missing", "obedient", "cut off"])
def test_what_any_model_left_behind_comes_in_again(old: Flask, fresh: Flask, kind: str) -> None:
    """Marks that need review, dropped quotes, failures: whatever is stored is a file that is taken."""
    old.config["COACH_SETTINGS"] = old.config["COACH_SETTINGS"].model_copy(update={"gemini_api_key": SecretStr("k")})
    seats = Coaches(old.config["COACH_SETTINGS"])
    seats.use("gemini", JudgeChat(Judge(kind), provider="gemini"))
    old.extensions["coaches"] = seats
    with old.app_context():
        with reading() as session:
            finished = list(session.scalars(select(Interview.id).where(Interview.completed_at.is_not(None))))
        for interview in finished:
            evaluating.request(ME, interview, "gemini", careful=kind == "right")
        with reading() as session:
            by_model = select(Evaluation).where(Evaluation.coach == "gemini").order_by(Evaluation.requested_at.desc())
            newest = session.scalars(by_model).first()
            assert newest is not None
            assert newest.finished_at is not None or kind == "cut off"
            assert newest.runs == (3 if kind == "right" else 1)
    before = reports(old)
    assert "scripted-1" in str(before) or kind == "cut off"
    bring(fresh, save(old))
    assert reports(fresh) == before
    assert trends(fresh) == trends(old)
    assert counts(fresh) == counts(old)


def as_version_1(raw: bytes) -> bytes:
    """The same file as it was written before there were calls."""
    data = json.loads(raw)
    data["version"] = 1
    for interview in data["interviews"]:
        for name in ("persona", "minutes", "calls"):
            del interview[name]
        for question in interview["questions"]:
            if question["answer"] is not None:
                del question["answer"]["delivery"]
    return json.dumps(data).encode()


def test_a_file_from_before_there_were_calls_comes_in(old: Flask, fresh: Flask) -> None:
    raw = save(old)
    assert bring(fresh, as_version_1(raw)).interviews == 4
    assert as_version_1(save(fresh)) != b"" and lasting(json.loads(as_version_1(save(fresh)))) == lasting(
        json.loads(as_version_1(raw))
    )
    after = export(fresh)
    assert after["version"] == 2
    assert {interview["persona"] for interview in after["interviews"]} == {""}
    assert reports(fresh).keys() == reports(old).keys()


def test_a_key_to_a_vendors_session_never_travels(old: Flask) -> None:
    with old.app_context(), writing() as session:
        for call in session.scalars(select(models.Call)):
            call.handle, call.recording = "handle-of-gemini", "voice.wav"
    assert b"handle-of-gemini" not in save(old) and b"voice.wav" not in save(old)


def test_recordings_go_with_the_interview_and_with_everything(old: Flask) -> None:
    from interview_coach import interviewing, sound_files

    with old.app_context():
        with writing() as session:
            calls = session.scalars(select(models.Call)).all()
            for number, call in enumerate(calls):
                call.recording = f"{number}.wav"
            interview_id = calls[0].interview_id
        other = finished(1)
        with writing() as session:
            session.add(
                models.Call(
                    id="theirs", interview_id=other, provider="x", model="y", started_at=calls[0].started_at,
                    heartbeat_at=calls[0].started_at, recording="../2.wav",
                )
            )  # fmt: skip
        folder = sound_files.path_of("x").parent
        folder.mkdir()
        for number in range(4):
            (folder / f"{number}.wav").write_bytes(b"sound")
        (folder.parent / "2.wav").write_bytes(b"not ours")
        assert portability.stored(ME).recordings == 3 and portability.stored(ME).calls == 3
        interviewing.delete(ME, interview_id)
        assert sorted(path.name for path in folder.iterdir()) == ["2.wav", "3.wav"]
        (folder / "0123456789abcdef.wav").write_bytes(b"a voice without its row, after a kill")
        (folder / "fedcba9876543210.wav").write_bytes(b"somebody else's")
        with writing() as session:
            session.add(models.Person(id="else", created_at=calls[0].started_at))
            copied = session.get_one(models.Interview, other)
            fields = {column.key: getattr(copied, column.key) for column in models.Interview.__table__.columns}
            documents = [
                models.Document(
                    id=f"else-{kind}", owner_id="else", kind=kind, text="x" * 60, digest=kind, filename=None,
                    created_at=calls[0].started_at,
                )
                for kind in ("cv", "job")
            ]  # fmt: skip
            session.add_all(documents)
            session.flush()
            theirs = {**fields, "id": "else-1", "owner_id": "else", "cv_id": "else-cv", "job_id": "else-job"}
            session.execute(insert(models.Interview).values(theirs))
            session.add(
                models.Call(
                    id="else-call", interview_id="else-1", provider="x", model="y", started_at=calls[0].started_at,
                    heartbeat_at=calls[0].started_at, recording="fedcba9876543210.wav",
                )
            )  # fmt: skip
        portability.erase_everything(ME)
        assert sorted(path.name for path in folder.iterdir()) == ["3.wav", "fedcba9876543210.wav"], (
            "what is no recording of ours, and what another person's call names, stays"
        )
        assert (folder.parent / "2.wav").exists()
