"""Ending an interview, early or not."""

from flask import Blueprint, Response, jsonify, make_response, render_template, url_for

from interview_coach import interviewing
from interview_coach.web import fragments
from interview_coach.web.fragments import Kind
from interview_coach.web.people import owner

bp = Blueprint("finish", __name__, url_prefix="/interviews/<id>/finish")


@bp.get("")
def new(id: str) -> Response:
    interview = interviewing.view(owner(), id)
    if interview.is_complete:
        return fragments.go(url_for("reports.show", id=id))
    return make_response(render_template("finish/new.html", interview=interview))


@bp.post("")
def create(id: str) -> Response:
    interviewing.finish(owner(), id)
    if fragments.wanted() is Kind.JSON:
        return jsonify(interviewing.view(owner(), id).to_json())
    return fragments.go(url_for("reports.show", id=id))
