"""The database: typed base, engine set-up, transactions, migration on start, online backup.

The only module with SQL that SQLite alone understands. Why SQLite is set up by hand: SQLAlchemy's default
transactions on SQLite start late, so two writers read the same "next number" and both succeed; `BEGIN IMMEDIATE`
takes the write lock first. WAL with synchronous=FULL makes a commit survive a power cut, and the bundled library is
newer than the one with the WAL-reset corruption bug.
"""

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, MetaData, event, text
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


def _revisions(migrations: Path) -> tuple[set[str], set[str]]:
    """All revisions and those that another one follows, read from the files: importing Alembic would double the
    start-up time."""
    revisions: set[str] = set()
    parents: set[str] = set()
    for file in (migrations / "versions").glob("*.py"):
        source = file.read_text(encoding="utf-8")
        revisions.update(re.findall(r"^revision[^=]*=\s*[\"'](\w+)[\"']", source, re.M))
        parents.update(re.findall(r"^down_revision[^=]*=\s*[\"'](\w+)[\"']", source, re.M))
    return revisions, parents


def head_revision(migrations: Path) -> str:
    """The newest migration."""
    revisions, parents = _revisions(migrations)
    (head,) = revisions - parents
    return head


def current_revision(engine: Engine) -> str | None:
    """The schema's version, None for an empty database."""
    with engine.connect() as connection:
        if not engine.dialect.has_table(connection, "alembic_version"):
            return None
        found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return found


@contextmanager
def _migration_lock(app: Flask, engine: Engine) -> Iterator[None]:
    """One process migrates, the others wait for it."""
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            connection.execute(text("SELECT pg_advisory_lock(7042101)"))
            try:
                yield
            finally:
                connection.execute(text("SELECT pg_advisory_unlock(7042101)"))
        return
    path = Path(app.config["COACH_DATA_DIR"]) / ".migrating"
    with path.open("a+b") as handle, suppress(OSError):
        try:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        except ImportError:  # Windows: the server there runs one process
            pass
        yield


def use_alembic(app: Flask) -> None:
    """Apart, because importing Alembic takes a tenth of a second that only a migration is worth."""
    from flask_migrate import Migrate

    Migrate(app, db, directory=app.config["COACH_MIGRATIONS"], render_as_batch=True)


def migrate(app: Flask) -> None:
    """Bring the schema to the newest version; an older SQLite database is copied to `backups/` first."""
    migrations = Path(app.config["COACH_MIGRATIONS"])
    head = head_revision(migrations)
    with app.app_context():
        engine = db.engine
        if current_revision(engine) == head:
            return
        with _migration_lock(app, engine):
            current = current_revision(engine)
            if current == head:
                return
            if current is not None and current not in _revisions(migrations)[0]:
                raise Problem(
                    "BAD_REQUEST",
                    "This database was made by a newer version of Interview Coach. Nothing was changed. "
                    "Start the newer version, or restore an older backup.",
                )
            if current is not None and engine.dialect.name == "sqlite":
                stamp = now().strftime("%Y%m%d-%H%M%S")
                backup(Path(app.config["COACH_DATA_DIR"]) / "backups" / f"before-{head}-{stamp}.db")
            use_alembic(app)
            from flask_migrate import upgrade

            upgrade(directory=str(migrations))
        engine.dispose()


def backup(target: Path) -> None:
    """A consistent copy of the SQLite database while it is in use. Needs an app context."""
    if db.engine.dialect.name != "sqlite":
        raise Problem("BAD_REQUEST", "This database is not SQLite: use its own tools, for example pg_dump.")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    with suppress(FileNotFoundError):
        part.unlink()
    part.touch(mode=0o600)
    source = db.engine.raw_connection()
    try:
        copy = sqlite_module().connect(str(part))
        try:
            source.driver_connection.backup(copy)  # type: ignore[union-attr]  # the driver's own connection is untyped
        finally:
            copy.close()
    finally:
        source.close()
    part.replace(target)


def restore(source: Path, url: str) -> Path | None:
    """Put a backup in place of the database; call it while no server runs. Returns where the old file went."""
    target = sqlite_path(url)
    if target is None:
        raise Problem("BAD_REQUEST", "This database is not SQLite: use its own tools, for example pg_restore.")
    module = sqlite_module()
    try:
        check = module.connect(f"file:{source.resolve()}?mode=ro", uri=True)
        try:
            sound = check.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            ours = check.execute("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'").fetchone()[0]
        finally:
            check.close()
    except module.DatabaseError:
        sound = ours = False
    if not (sound and ours):
        raise Problem("BAD_REQUEST", "That file is not a sound backup of Interview Coach. Nothing was changed.")
    kept: Path | None = None
    if target.exists():
        _leave_wal(module, target)
        kept = target.with_name(f"{target.name}.before-restore-{now():%Y%m%d-%H%M%S}")
        target.replace(kept)
    for suffix in ("-wal", "-shm"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    shutil.copyfile(source, part)
    part.chmod(0o600)
    part.replace(target)
    return kept


def _leave_wal(module: ModuleType, path: Path) -> None:
    """Move the log into the file. Only the last connection may: a running server would go on writing into the file
    that is moved away, and its answers would be lost."""
    old = module.connect(str(path), timeout=1)
    try:
        old.execute("PRAGMA journal_mode=DELETE")
    except module.OperationalError as error:
        raise Problem("STORAGE_BUSY", "The server is running. Stop it first; nothing was changed.") from error
    finally:
        old.close()


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
    """Configure Flask-SQLAlchemy, make the data folder, migrate."""
    data_dir = settings.data_dir.resolve()
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    url = database_url(settings)
    app.config["COACH_DATA_DIR"] = str(data_dir)
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(url)
    db.init_app(app)
    if os.environ.get("FLASK_RUN_FROM_CLI"):  # `flask db migrate`, to write a new migration
        use_alembic(app)
    path = sqlite_path(url)
    if path is not None and not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    if path is not None:
        reserve.keep(data_dir)
    with app.app_context():
        prepare_engine(db.engine)
