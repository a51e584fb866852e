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
    app = _app(chosen)
    file = data_dir / "coach.db"
    if not chosen.database_url and not file.exists():
        file.write_bytes(_migrated())
    migrating.migrate(app)
    return app


@functools.cache
def _migrated() -> bytes:
    """A database without rows: a copy of it is quicker than all migrations for each test."""
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
