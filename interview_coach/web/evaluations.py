"""Asking for the marks again."""

from flask import Blueprint, Response, jsonify, url_for

from interview_coach import evaluating, interviewing
from interview_coach.web import fragments
from interview_coach.web.fragments import Kind
from interview_coach.web.people import owner

bp = Blueprint("evaluations", __name__, url_prefix="/interviews/<id>/evaluations")


@bp.post("")
def create(id: str) -> Response:
    evaluating.request(owner(), id)
    if fragments.wanted() is Kind.JSON:
        evaluation = interviewing.view(owner(), id).evaluation
        response = jsonify(evaluation.to_json() if evaluation else None)
        response.status_code = 202
        return response
    return fragments.go(url_for("reports.show", id=id))
