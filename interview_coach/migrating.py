"""Migrations that run by themselves when the application starts: one process at a time, after a backup."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from flask import Flask
from sqlalchemy import Engine, text

from interview_coach.backups import backup
from interview_coach.db import db, now
from interview_coach.errors import Problem


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
    with path.open("a+b") as handle:
        # Windows has no fcntl, and the server there runs one process; some network folders know no locks.
        with suppress(ImportError, OSError):
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def use_alembic(app: Flask) -> None:
    """Apart, because importing Alembic takes a tenth of a second that only a migration is worth."""
    from flask_migrate import Migrate

    Migrate(app, db, directory=app.config["COACH_MIGRATIONS"], render_as_batch=True)


def migrate(app: Flask) -> None:
    """Bring the schema to the newest version; an older SQLite database is copied to `backups/` first."""
    if os.environ.get("FLASK_RUN_FROM_CLI"):  # `flask db migrate`, to write a new migration
        use_alembic(app)
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
