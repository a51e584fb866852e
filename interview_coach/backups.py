"""Copies of the SQLite database: taken while it is in use, put back while it is not."""

import shutil
from contextlib import suppress
from pathlib import Path
from types import ModuleType

from interview_coach.db import db, now, sqlite_module, sqlite_path
from interview_coach.errors import Problem


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
