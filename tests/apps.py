"""An application without pages, for tests of what lies below them."""

from pathlib import Path

from flask import Flask

from interview_coach import db as database
from interview_coach import jobs, migrating
from interview_coach.coaches import Coaches
from interview_coach.config import Settings
from interview_coach.shipped import folder


def bare_app(data_dir: Path, **settings: object) -> Flask:
    """Database and coaches, migrated and ready."""
    chosen = Settings(**{"data_dir": data_dir, "database_url": "", "provider": "offline", **settings})
    app = Flask("test")
    app.config["COACH_SETTINGS"] = chosen
    app.config["COACH_MIGRATIONS"] = str(folder("migrations"))
    database.init_app(app, chosen)
    app.extensions["coaches"] = Coaches(chosen)
    jobs.init_app(app)
    migrating.migrate(app)
    return app
