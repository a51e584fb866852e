"""Interview Coach. `create_app` wires the application and does nothing else."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from interview_coach.config import Settings

__version__ = "0.1.0"

# Before numpy is loaded by anything: our products are small, and threads that wait for a share of one would take the
# processor from calls.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def create_app(settings: Settings | None = None) -> Flask:
    """The application, its database brought up to date.

    Everything is imported here and not above, because the child process that parses documents and the first-start
    script import this package without Flask.
    """
    from flask import Flask

    from interview_coach import db, jobs, migrating, web
    from interview_coach.coaches import Coaches
    from interview_coach.config import Settings
    from interview_coach.secret import secret_key
    from interview_coach.shipped import folder

    settings = settings or Settings()
    app = Flask(__name__, template_folder=str(folder("templates")), static_folder=str(folder("static")))
    app.config["COACH_SETTINGS"] = settings
    app.config["COACH_MIGRATIONS"] = str(folder("migrations"))
    db.init_app(app, settings)
    app.secret_key = secret_key(settings)
    app.extensions["coaches"] = Coaches(settings)
    jobs.init_app(app)
    migrating.migrate(app)
    web.init_app(app, settings)
    return app
