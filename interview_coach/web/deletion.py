"""Deleting an interview, with a question before it. `DELETE /interviews/<id>` does the same for programs."""

from flask import Blueprint, Response, make_response, render_template, url_for

from interview_coach import interviewing
from interview_coach.web import fragments
from interview_coach.web.people import owner

bp = Blueprint("deletion", __name__, url_prefix="/interviews/<id>/deletion")


@bp.get("")
def new(id: str) -> Response:
    return make_response(render_template("deletion/new.html", interview=interviewing.view(owner(), id)))


@bp.post("")
def create(id: str) -> Response:
    interviewing.delete(owner(), id)
    return fragments.go(url_for("home.index"))
