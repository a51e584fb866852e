"""An application without pages, for tests of what lies below them."""

import functools
import tempfile
from pathlib import Path

from flask import Flask
from sqlalchemy import text

from interview_coach import db as database
from interview_coach import jobs, migrating
from interview_coach.coaches import Coaches
from interview_coach.config import Settings
from interview_coach.shipped import folder


def bare_app(data_dir: Path, **settings: object) -> Flask:
    """Database and coaches, migrated and ready."""
    chosen = Settings(**{"data_dir": data_dir, "database_url": "", "provider": "offline", **settings})
    if not chosen.database_url:
        put_empty_database(data_dir)
    app = _app(chosen)
    migrating.migrate(app)
    return app


def put_empty_database(data_dir: Path) -> None:
    """A migrated one without rows, unless there is one: a copy is quicker than all migrations for each test."""
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = data_dir / "coach.db"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_bytes(_migrated())


@functools.cache
def _migrated() -> bytes:
    with tempfile.TemporaryDirectory() as name:
        app = _app(Settings(data_dir=Path(name), database_url="", provider="offline"))
        migrating.migrate(app)
        with app.app_context():
            database.db.session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
            database.db.session.remove()
            database.db.engine.dispose()
        return (Path(name) / "coach.db").read_bytes()


def _app(chosen: Settings) -> Flask:
    app = Flask("test")
    app.config["COACH_SETTINGS"] = chosen
    app.config["COACH_MIGRATIONS"] = str(folder("migrations"))
    database.init_app(app, chosen)
    app.extensions["coaches"] = Coaches(chosen)
    jobs.init_app(app)
    return app
