"""The database as it is set up for real: a file, several threads, a kill in between is tested elsewhere."""

import stat
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from interview_coach import backups
from interview_coach import db as database
from interview_coach.config import Settings
from interview_coach.db import db, reading, sqlite_module, writing
from interview_coach.errors import Problem
from interview_coach.models import Draft, Person, ProviderCall
from tests.apps import bare_app


@pytest.fixture
def app(tmp_path):
    app = bare_app(tmp_path / "data")
    yield app
    with app.app_context():
        db.engine.dispose()


def at(seconds: int = 0) -> datetime:
    return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)


def test_commits_survive_a_power_cut_and_keys_are_enforced(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "_on_connect", database._on_connect.__wrapped__)  # as for people, see conftest
    app = bare_app(tmp_path / "durable")
    with app.app_context(), reading() as session:
        pragma = {
            name: session.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete")
        }
    assert pragma == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": int(database.BUSY_SECONDS * 1000),
        "secure_delete": 1,
    }
    with app.app_context():
        db.engine.dispose()


def test_bundled_sqlite_has_the_wal_reset_fix():
    assert database.sqlite_version() >= database.SAFE_WAL


def test_older_sqlite_falls_back_to_the_rollback_journal(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "sqlite_version", lambda: (3, 51, 2))
    app = bare_app(tmp_path / "old")
    with app.app_context(), reading() as session:
        assert session.execute(text("PRAGMA journal_mode")).scalar() == "delete"
    with app.app_context():
        db.engine.dispose()


def test_eight_threads_take_the_next_number_without_doubling_or_skipping(app):
    barrier = threading.Barrier(8)

    def work() -> None:
        barrier.wait()
        for _ in range(50):
            with app.app_context(), writing() as session:
                number = (session.scalar(select(func.max(ProviderCall.input_tokens))) or 0) + 1
                session.add(
                    ProviderCall(
                        interview_id=None,
                        provider="p",
                        model="m",
                        purpose="q",
                        seconds=0.0,
                        input_tokens=number,
                        output_tokens=None,
                        cost_usd=None,
                        outcome="ok",
                        created_at=at(),
                    )
                )

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context(), reading() as session:
        numbers = list(session.scalars(select(ProviderCall.input_tokens).order_by(ProviderCall.id)))
    assert numbers == list(range(1, 401))


def test_write_begins_immediately_and_read_does_not_block_it(app):
    with app.app_context(), reading() as reader:
        reader.execute(select(Person)).all()
        with writing() as session:
            session.add(Person(id="local", created_at=at()))
        assert reader.execute(select(Person)).all() == [], "a read keeps the view it began with"
    with app.app_context(), reading() as session:
        assert session.get(Person, "local") is not None


def test_times_come_back_aware_and_naive_ones_are_refused(app):
    with app.app_context():
        with writing() as session:
            session.add(Person(id="a", created_at=at()))
        with reading() as session:
            assert session.get_one(Person, "a").created_at == at()
        with pytest.raises(Exception, match="naive"), writing() as session:
            session.add(Person(id="b", created_at=datetime(2026, 1, 1)))


def test_lock_held_elsewhere_is_a_calm_sentence(app, monkeypatch):
    path = Path(app.config["COACH_DATA_DIR"]) / "coach.db"
    other = sqlite_module().connect(str(path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with app.app_context():
        with db.engine.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA busy_timeout=50")
        with pytest.raises(Problem) as caught, writing() as session:
            session.add(Person(id="x", created_at=at()))
    other.execute("ROLLBACK")
    other.close()
    assert (caught.value.code, caught.value.status) == ("STORAGE_BUSY", 503)
    assert caught.value.retry_after


def test_full_disk_is_507_and_works_again_when_there_is_space(app):
    with app.app_context():
        with db.engine.connect() as connection:
            raw = connection.connection.driver_connection
            pages = raw.execute("PRAGMA page_count").fetchone()[0]
            raw.execute(f"PRAGMA max_page_count={pages + 2}")
        with pytest.raises(Problem) as caught:
            for number in range(200):
                with writing() as session:
                    session.add(Person(id=f"{number:032}", created_at=at()))
        assert (caught.value.code, caught.value.status) == ("STORAGE_FULL", 507)
        with db.engine.connect() as connection:
            connection.connection.driver_connection.execute(f"PRAGMA max_page_count={pages + 2000}")
        with writing() as session:
            session.add(Person(id="after", created_at=at()))


def test_files_are_private(app):
    path = Path(app.config["COACH_DATA_DIR"])
    assert stat.S_IMODE(path.stat().st_mode) == 0o700
    assert stat.S_IMODE((path / "coach.db").stat().st_mode) == 0o600


def test_backup_is_taken_while_writing_and_restores(app, tmp_path):
    with app.app_context():
        with writing() as session:
            session.add(Person(id="kept", created_at=at()))
        copy = tmp_path / "copy.db"
        with reading() as reader:
            reader.execute(select(Person)).all()
            backups.backup(copy)
        with writing() as session:
            session.add(Person(id="later", created_at=at()))
        db.engine.dispose()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    old = backups.restore(copy, app.config["SQLALCHEMY_DATABASE_URI"])
    assert old is not None and old.exists()
    with app.app_context(), reading() as session:
        assert list(session.scalars(select(Person.id))) == ["kept"]


def test_restore_refuses_what_is_no_backup(app, tmp_path):
    junk = tmp_path / "junk.db"
    junk.write_bytes(b"not a database, but long enough to be looked at" * 50)
    with pytest.raises(Problem, match="Nothing was changed"):
        backups.restore(junk, app.config["SQLALCHEMY_DATABASE_URI"])
    with app.app_context(), reading() as session:
        session.execute(select(Person)).all()


def test_deleted_words_leave_the_files(app):
    words = "unmistakable-canary-words"
    folder_ = Path(app.config["COACH_DATA_DIR"])

    def found() -> bool:
        return any(words.encode() in file.read_bytes() for file in folder_.iterdir() if file.is_file())

    with app.app_context():
        with writing() as session:
            session.add(Person(id=words, created_at=at()))
        assert found(), "the words must be on disk for their absence to mean anything"
        with writing() as session:
            session.delete(session.get_one(Person, words))
        database.forget_deleted()
        assert not found()


def test_draft_without_interview_is_refused(app):
    with app.app_context(), pytest.raises(Exception, match="FOREIGN KEY"), writing() as session:
        session.add(Draft(interview_id="none", number=1, text="", updated_at=at()))


@pytest.mark.parametrize("url", ["postgres://u:p@h/d", "postgresql://u:p@h/d"])
def test_postgresql_urls_use_the_installed_driver(url):
    assert database.database_url(Settings(database_url=url)) == "postgresql+psycopg://u:p@h/d"
