"""Is the program alive, and can it work?"""

from pathlib import Path

from flask import Blueprint, Response, current_app, jsonify

from interview_coach import __version__
from interview_coach.db import db
from interview_coach.migrating import current_revision, head_revision

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def alive() -> Response:
    return jsonify(status="ok", version=__version__)


@bp.get("/readyz")
def ready() -> Response:
    try:
        found = current_revision(db.engine)
        wanted = head_revision(Path(current_app.config["COACH_MIGRATIONS"]))
    except Exception as error:  # whatever it is, we are not ready, and only its kind may be told
        current_app.logger.error("not ready: %s", type(error).__name__)
        return _not_ready("The database cannot be read.")
    if found != wanted:
        return _not_ready("The database has another version than the program.")
    return jsonify(status="ok", version=__version__, database=found)


def _not_ready(sentence: str) -> Response:
    response = jsonify(status="unavailable", message=sentence)
    response.status_code = 503
    return response
