"""The database: typed base, engine set-up, transactions.

With `backups.py` the only module with SQL that SQLite alone understands. Why SQLite is set up by hand: SQLAlchemy's
default transactions on SQLite start late, so two writers read the same "next number" and both succeed; `BEGIN
IMMEDIATE` takes the write lock first. WAL with synchronous=FULL makes a commit survive a power cut, and the bundled
library is newer than the one with the WAL-reset corruption bug.
"""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, MetaData, event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import DeclarativeBase, MappedAsDataclass, Session
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from interview_coach import reserve
from interview_coach.config import Settings
from interview_coach.errors import Problem

SAFE_WAL = (3, 51, 3)
"""First SQLite with the fix of the WAL-reset bug."""
BUSY_SECONDS = 8.0
WRITE = {"coach_write": True}

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC in Python; SQLite gives back naive values, so the zone is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True, repr=False, eq=False):
    """No generated repr (it would print a CV into a log) and identity equality (rows stay hashable)."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime}


db = SQLAlchemy(metadata=Base.metadata, disable_autonaming=True)

_writer = threading.Lock()


def now() -> datetime:
    """The one clock of stored times."""
    return datetime.now(UTC)


def sqlite_module() -> ModuleType:
    """The bundled SQLite where there is a wheel for it, else the system's."""
    try:
        from pysqlite3 import dbapi2
    except ImportError:
        import sqlite3 as dbapi2
    module: ModuleType = dbapi2
    return module


def sqlite_version() -> tuple[int, ...]:
    """Version of the SQLite library in use."""
    return tuple(int(part) for part in sqlite_module().sqlite_version.split("."))


def database_url(settings: Settings) -> str:
    """The configured URL, or the SQLite file in the data folder. `postgresql://` means psycopg 3 here."""
    if not settings.database_url:
        return f"sqlite:///{(settings.data_dir / 'coach.db').resolve()}"
    return re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", settings.database_url)


def sqlite_path(url: str) -> Path | None:
    """The database file, or None when it is not SQLite."""
    parsed = make_url(url)
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


def _on_connect(connection: Any, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # transactions are begun by `_on_begin`, not by the driver
    cursor = connection.cursor()
    # Before 3.51.3 two connections that write and checkpoint at once can corrupt a WAL: use the rollback journal.
    journal = "WAL" if sqlite_version() >= SAFE_WAL else "DELETE"
    for pragma in (
        f"journal_mode={journal}",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",  # deleted words are overwritten, not only unlinked
        "temp_store=MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    connection.exec_driver_sql(
        "BEGIN IMMEDIATE" if connection.get_execution_options().get("coach_write") else "BEGIN DEFERRED"
    )


def engine_options(url: str) -> dict[str, Any]:
    """Options for `create_engine`."""
    # Without the first, an error of the database quotes the values: a CV would get into a log.
    if sqlite_path(url) is None:
        return {"hide_parameters": True, "pool_size": 10, "max_overflow": 40, "pool_pre_ping": True}
    return {
        "hide_parameters": True,
        "module": sqlite_module(),
        "connect_args": {"timeout": BUSY_SECONDS, "check_same_thread": False},
        "pool_size": 16,
        "max_overflow": 64,
    }


def prepare_engine(engine: Engine) -> None:
    """Hang the pragmas and the kind of BEGIN on an engine for SQLite."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)


@contextmanager
def reading() -> Iterator[Session]:
    """A short read transaction with a consistent view."""
    with _translated(), Session(db.engine) as session:
        yield session


@contextmanager
def writing() -> Iterator[Session]:
    """A short write transaction: commits at the end, rolls back on any exception.

    One writer at a time per process: waiting on a lock costs a hand-over, waiting on SQLITE_BUSY costs a sleep.
    Never call a provider inside.
    """
    with _translated():
        if not _writer.acquire(timeout=BUSY_SECONDS):
            raise _busy()
        try:
            with Session(db.engine.execution_options(**WRITE), expire_on_commit=False) as session, session.begin():
                yield session
        finally:
            _writer.release()


def _busy() -> Problem:
    return Problem(
        "STORAGE_BUSY",
        "The storage is busy, so this was not saved yet. What you typed is still here. Try again in a few seconds.",
        retry_after=5,
    )


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (OperationalError, DBAPIError) as error:
        words = str(error.orig).lower()
        if "full" in words or "no space" in words or "disk i/o" in words:
            raise Problem(
                "STORAGE_FULL",
                "The disk is full, so this was not saved. What you typed is still here. "
                "Free some space, then send it again.",
            ) from error
        if "locked" in words or "busy" in words:
            raise _busy() from error
        raise


def forget_deleted() -> None:
    """After a deletion: move the log into the file and empty it, so that no deleted word stays on disk."""
    if db.engine.dialect.name == "sqlite":
        # The driver's own errors too: they are not translated on this way, and the deletion is committed already.
        with suppress(DBAPIError, sqlite_module().Error), db.engine.connect() as connection:
            raw = connection.connection.driver_connection
            if raw is not None:
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def erase(deletion: Callable[[Session], None]) -> None:
    """Commit a deletion and leave nothing of it on disk. On a full disk the reserve makes room for it."""
    try:
        with writing() as session:
            deletion(session)
    except Problem as problem:
        if problem.code != "STORAGE_FULL":
            raise
        reserve.release(Path(current_app.config["COACH_DATA_DIR"]))
        forget_deleted()  # empties the log, which is often most of what is in the way
        with writing() as session:
            deletion(session)
    forget_deleted()
    if db.engine.dialect.name == "sqlite":
        reserve.keep(Path(current_app.config["COACH_DATA_DIR"]))


def init_app(app: Flask, settings: Settings) -> None:
    """Configure Flask-SQLAlchemy and make the data folder."""
    data_dir = settings.data_dir.resolve()
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    url = database_url(settings)
    app.config["COACH_DATA_DIR"] = str(data_dir)
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(url)
    db.init_app(app)
    path = sqlite_path(url)
    if path is not None and not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    if path is not None:
        reserve.keep(data_dir)
    with app.app_context():
        prepare_engine(db.engine)
