"""The same code on PostgreSQL: schema, a whole interview, and races between writers. Needs a PostgreSQL server's
programs on this machine; without them the tests are skipped with that reason."""

import itertools
import json
import os
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import select

from interview_coach import correcting, creating, evaluating, interviewing, migrating, portability, retaking
from interview_coach import db as database
from interview_coach.creating import NewInterview
from interview_coach.db import Base, db, reading
from interview_coach.evaluating import claims
from interview_coach.interviewing import asking
from interview_coach.jobs import Jobs
from interview_coach.models import Answer, Correction, Evaluation, Retake, Score
from interview_coach.samples import load_sample
from interview_coach.shipped import folder
from tests.apps import bare_app
from tests.portability.history import fill

ME = "local"
TEXT = "Two people were ill on a Saturday. I called four colleagues and split the shift. We opened on time."


def programs() -> Path | None:
    """The newest installed server's folder."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


pytestmark = [
    pytest.mark.skipif(programs() is None, reason="no PostgreSQL server on this machine: apt-get install postgresql"),
]


@pytest.fixture(scope="module")
def url():
    """A cluster of its own, gone afterwards. It listens in its folder: a port that was free a moment ago may be taken.
    The server refuses to run as root."""
    binaries = programs()
    home = Path(tempfile.mkdtemp(prefix="coach-pg-"))
    who: dict[str, object] = {}
    if os.geteuid() == 0:
        who = {"user": "postgres", "cwd": "/"}
        shutil.chown(home, "postgres")
    data = home / "data"
    subprocess.run(
        [binaries / "initdb", "-D", data, "-U", "coach", "-A", "trust", "-E", "UTF8", "--no-sync"],
        check=True,
        capture_output=True,
        **who,
    )
    start = ["-o", f"-c listen_addresses= -k {home} -F", "-l", home / "log", "-w", "-t", "120"]
    subprocess.run([binaries / "pg_ctl", "-D", data, *start, "start"], check=True, capture_output=True, **who)
    yield f"postgresql://coach@/postgres?host={home}"
    subprocess.run([binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop"], check=True, capture_output=True, **who)
    shutil.rmtree(home)


@pytest.fixture
def app(tmp_path, url):
    app = bare_app(tmp_path / "data", database_url=url)
    with app.app_context():
        yield app
        with db.engine.begin() as connection:
            for table in reversed(Base.metadata.sorted_tables):
                connection.execute(table.delete())
        db.engine.dispose()


def new(**choices: object) -> str:
    sample = load_sample()
    return creating.create(ME, NewInterview(cv_text=sample.cv_text, job_text=sample.job_text, **choices))[0]


def test_schema_equals_the_models(app):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_whole_interview_and_report(app):
    interview_id = new(questions=3)
    while not interviewing.view(ME, interview_id).is_complete:
        question = interviewing.next_question(ME, interview_id)
        interviewing.save_draft(ME, interview_id, question.number, "so far")
        interviewing.answer(ME, interview_id, question.number, f"{TEXT} Case {question.number}.")
    report = evaluating.report(ME, interview_id).to_json()
    assert len(report["answers"]) == 3
    assert interviewing.listing(ME)[0].overall == report["overall"]
    interviewing.delete(ME, interview_id)
    assert interviewing.listing(ME) == []


def test_racing_requests_store_one_question_and_one_answer(app, monkeypatch):
    """Without our own writer lock, as between processes: the database's unique keys decide."""
    monkeypatch.setattr(database, "_writer", NoLock())
    monkeypatch.setattr(asking, "_turnstile", lambda _: type("Open", (), {"lock": NoLock()})())
    interview_id = new()
    for step in (
        lambda: interviewing.next_question(ME, interview_id),
        lambda: interviewing.answer(ME, interview_id, 1, TEXT, key="once"),
    ):
        errors = race(app, step)
        assert errors == []
    shown = interviewing.view(ME, interview_id)
    assert (shown.question_count, shown.answered_count) == (1, 1)
    with reading() as session:
        assert len(session.scalars(select(Answer)).all()) == 1


def test_of_eight_that_want_an_evaluation_one_gets_it(app, monkeypatch):
    """As between hosts: no lock of ours, the database decides."""
    monkeypatch.setattr(database, "_writer", NoLock())
    with monkeypatch.context() as patch:
        patch.setattr(Jobs, "submit", lambda *_: None)
        interview_id = new(questions=1)
        interviewing.next_question(ME, interview_id)
        interviewing.answer(ME, interview_id, 1, TEXT)
    with reading() as session:
        evaluation_id = session.scalars(select(Evaluation.id)).one()
    taken: list[str | None] = []
    assert race(app, lambda: taken.append(claims.take(evaluation_id))) == []
    assert len([worker for worker in taken if worker]) == 1 and len(taken) == 8
    claims.let_go()
    assert race(app, lambda: evaluating.work(evaluation_id)) == []
    with reading() as session:
        assert len(session.scalars(select(Score)).all()) == 1
    assert interviewing.view(ME, interview_id).evaluation.status == "COMPLETED"


class NoLock:
    def acquire(self, timeout: float = 0) -> bool:
        return True

    def release(self) -> None:
        pass


def test_racing_retakes_and_corrections_count_up_without_a_gap(app, monkeypatch):
    monkeypatch.setattr(database, "_writer", NoLock())
    interview_id = new(questions=1)
    interviewing.next_question(ME, interview_id)
    interviewing.answer(ME, interview_id, 1, TEXT, source="spoken")
    cases = itertools.count()
    steps = (
        lambda: retaking.retake(ME, interview_id, 1, f"{TEXT} Once.", key="once"),
        lambda: retaking.retake(ME, interview_id, 1, f"{TEXT} Retake {next(cases)}."),
        lambda: correcting.correct_answer(ME, interview_id, 1, f"{TEXT} Said {next(cases)}."),
    )
    for step in steps:
        assert race(app, step) == []
    with reading() as session:
        takes = session.scalars(select(Retake.take).order_by(Retake.take)).all()
        versions = session.scalars(select(Correction.version).order_by(Correction.version)).all()
        judged = session.scalars(select(Evaluation.retake_id).where(Evaluation.retake_id.is_not(None))).all()
    assert len(versions) >= 6 and versions == list(range(1, len(versions) + 1))
    assert len(takes) == len(versions) + 1 and takes == list(range(2, len(takes) + 2))
    assert len(set(judged)) == len(judged) == len(takes)


def race(app, step) -> list[Exception]:
    errors: list[Exception] = []
    barrier = threading.Barrier(8)

    def run() -> None:
        barrier.wait()
        try:
            with app.app_context():
                step()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def test_migrations_go_down_and_up(app):
    migrations = str(folder("migrations"))
    migrating.use_alembic(app)
    downgrade(directory=migrations, revision="base")
    upgrade(directory=migrations)
    assert migrating.current_revision(db.engine) == migrating.head_revision(folder("migrations"))


def test_a_file_from_sqlite_comes_in_whole_and_goes_again(app, tmp_path):
    old = bare_app(tmp_path / "old")
    with old.app_context():
        finished = fill()
        raw = portability.export_json(ME)
        reports = [evaluating.report(ME, interview_id).to_json() for interview_id in finished]
        db.engine.dispose()
    assert portability.import_(ME, raw).interviews == 4
    assert portability.import_(ME, raw).kept == 4
    assert [evaluating.report(ME, interview_id).to_json() for interview_id in finished] == reports
    kept, brought = json.loads(raw), portability.export(ME)
    for part in ("preferences", "documents", "interviews"):
        assert brought[part] == kept[part]
    portability.erase_everything(ME)
    assert portability.stored(ME).is_empty
    with reading() as session:
        assert [table.name for table in Base.metadata.sorted_tables if session.execute(select(table)).first()] == []
