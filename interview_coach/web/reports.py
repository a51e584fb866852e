"""The report of a finished interview."""

from flask import Blueprint, Response, jsonify, make_response, render_template

from interview_coach import evaluating, interviewing
from interview_coach.web import fragments
from interview_coach.web.fragments import Kind
from interview_coach.web.people import owner

bp = Blueprint("reports", __name__, url_prefix="/interviews/<id>/report")


@bp.get("")
def show(id: str) -> Response:
    report = evaluating.report(owner(), id)
    if fragments.wanted() is Kind.JSON:
        return jsonify(report.to_json())
    return make_response(render_template("reports/show.html", report=report, interview=interviewing.view(owner(), id)))
