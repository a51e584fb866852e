"""A short note after each answer, and the switch for it."""

from flask import Blueprint, Response, jsonify, make_response, render_template, url_for

from interview_coach import coaching, interviewing
from interview_coach.errors import Problem
from interview_coach.web import fragments
from interview_coach.web.body import Body, body
from interview_coach.web.fragments import Kind
from interview_coach.web.people import owner

bp = Blueprint("coaching", __name__, url_prefix="/interviews/<id>/coaching")


def _keep(interview_id: str, sent: Body) -> None:
    """Without scripts the page is left for the switch: what was being typed is kept as a draft."""
    if sent.value("answer") and sent.value("number"):
        try:
            interviewing.save_draft(owner(), interview_id, sent.number("number"), sent.text("answer"))
        except Problem as problem:
            if problem.status not in (409, 422):
                raise


@bp.post("")
def update(id: str) -> Response:
    sent = body()
    coaching.switch(owner(), id, sent.text("state"))
    _keep(id, sent)
    interview = coaching.noted(owner(), interviewing.view(owner(), id))
    kind = fragments.wanted()
    if kind is Kind.JSON:
        return jsonify(interview.to_json())
    if kind is Kind.FRAGMENT:
        return make_response(render_template("coaching/_switched.html", interview=interview))
    return fragments.go(url_for("interviews.show", id=id, _anchor="foot"))
