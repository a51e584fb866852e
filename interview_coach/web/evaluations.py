"""Asking for the marks again, and how far the marking is."""

from flask import Blueprint, Response, current_app, jsonify, make_response, render_template, request, url_for

from interview_coach import evaluating
from interview_coach.web import fragments
from interview_coach.web.body import body
from interview_coach.web.fragments import Kind
from interview_coach.web.people import owner

bp = Blueprint("evaluations", __name__, url_prefix="/interviews/<id>/evaluations")


@bp.get("")
def index(id: str) -> Response:
    """All evaluations, newest first; on pages they are part of the report."""
    report = evaluating.report(owner(), id)
    if fragments.wanted() is Kind.JSON:
        return jsonify([{**line.view.to_json(), "overall": line.overall} for line in report.evaluations])
    return fragments.go(url_for("reports.show", id=id, _anchor="marked-by"))


@bp.get("/<evaluation>")
def show(id: str, evaluation: str) -> Response:
    """How far one evaluation is. A fragment that knows as much already gets nothing new."""
    view = evaluating.one(owner(), id, evaluation)
    if fragments.wanted() is Kind.JSON:
        return jsonify(view.to_json())
    if fragments.wanted() is Kind.PAGE:
        return fragments.go(url_for("reports.show", id=id, evaluation=evaluation))
    if request.args.get("seen") == f"{view.status}-{view.done}":
        return current_app.response_class(status=204)
    return make_response(render_template("reports/_marking.html", interview_id=id, evaluation=view))


@bp.post("")
def create(id: str) -> Response:
    sent = body()
    careful = sent.switch("careful", default=False)
    evaluation_id = evaluating.request(owner(), id, sent.text("provider").strip() or None, careful=careful)
    if fragments.wanted() is Kind.JSON:
        response = jsonify(evaluating.one(owner(), id, evaluation_id).to_json())
        response.status_code = 202
        response.headers["Location"] = url_for("reports.show", id=id, evaluation=evaluation_id)
        return response
    return fragments.go(url_for("reports.show", id=id))
