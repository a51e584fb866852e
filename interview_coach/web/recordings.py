"""Recordings of one's own voice: listen, delete."""

from flask import Blueprint, Response, redirect, render_template, send_file, url_for
from werkzeug.wrappers import Response as BaseResponse

from interview_coach import interviewing, recordings
from interview_coach.errors import Problem
from interview_coach.sound_files import path_of
from interview_coach.web.people import owner

bp = Blueprint("recordings", __name__)


@bp.get("/interviews/<id>/recordings")
def index(id: str) -> str:
    """All recordings of an interview."""
    view = interviewing.view(owner(), id)
    return render_template("recordings/index.html", interview=view, recordings=recordings.of_interview(owner(), id))


@bp.get("/interviews/<id>/recordings/<call>.wav")
def sound(id: str, call: str) -> Response:
    """The sound itself."""
    for found in recordings.of_interview(owner(), id):
        path = path_of(found.name)
        if found.call_id == call and path.is_file():
            return send_file(path.resolve(), mimetype="audio/wav", conditional=True)
    raise Problem("NOT_FOUND", "This recording does not exist. It may have been deleted.")


@bp.post("/interviews/<id>/recordings/<call>/delete")
def delete(id: str, call: str) -> BaseResponse:
    """Delete one recording; the transcript stays."""
    recordings.delete(owner(), id, call)
    return redirect(url_for("recordings.index", id=id), 303)
