"""What is being typed, kept as it is typed."""

from flask import Blueprint, Response, current_app

from interview_coach import interviewing
from interview_coach.web.body import body
from interview_coach.web.people import owner

bp = Blueprint("drafts", __name__, url_prefix="/interviews/<id>/draft")


@bp.put("")
def update(id: str) -> Response:
    sent = body()
    interviewing.save_draft(owner(), id, sent.number("number"), sent.text("answer"))
    return current_app.response_class(status=204)
