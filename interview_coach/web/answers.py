"""Answers: commit, then show. Whatever goes wrong, what was typed is on the page that says so."""

from flask import Blueprint, Response, jsonify, make_response, render_template, request, url_for

from interview_coach import coaching, interviewing
from interview_coach.errors import Problem
from interview_coach.web import fragments, interviews
from interview_coach.web.body import body
from interview_coach.web.errors import recovers
from interview_coach.web.fragments import Kind
from interview_coach.web.people import owner

bp = Blueprint("answers", __name__, url_prefix="/interviews/<id>/answers")


def _room_again(interview_id: str, **values: object) -> Response:
    interview = coaching.noted(owner(), interviewing.view(owner(), interview_id))
    response = make_response(render_template("interviews/_room_again.html", interview=interview, **values))
    response.headers["HX-Retarget"] = "#content"
    response.headers["HX-Reswap"] = "outerHTML"
    return response


def _recover(problem: Problem, kind: Kind) -> Response | None:
    if problem.code in ("FORBIDDEN", "BAD_REQUEST", "INTERVIEW_NOT_FOUND", "DOCUMENT_TOO_LARGE"):
        return None
    interview_id = (request.view_args or {})["id"]
    typed = request.form.get("answer", "")
    if problem.status == 409:
        # The room has moved on, so the box is for another question: the words stand beside it, not in it.
        stale: dict[str, object] = {"notice": problem.message, "unsent": typed}
        if kind is Kind.FRAGMENT:
            return _room_again(interview_id, **stale)
        return interviews.page(interviewing.view(owner(), interview_id), **stale)
    if kind is Kind.FRAGMENT:
        return None  # the box was not replaced, so the words are still in it
    interview = interviewing.view(owner(), interview_id)
    if interview.open_question is None:  # there is no box to keep the words in
        return interviews.page(interview, notice=problem.message, unsent=typed)
    return interviews.page(interview, notice=problem.message, kept=typed)


@bp.post("")
@recovers(_recover)
def create(id: str) -> Response:
    sent = body()
    number, key = sent.number("number"), sent.text("key") or None
    if sent.text("action") == "skip":
        done = interviewing.skip(owner(), id, number, key=key)
    else:
        done = interviewing.answer(owner(), id, number, sent.text("answer"), key=key)
    kind = fragments.wanted()
    if kind is Kind.JSON:
        return jsonify(
            coaching.noted_answer(owner(), done).to_json()
            | {
                "repeated": done.repeated,
                "answered_count": done.answered_count,
                "question_count": done.question_count,
                "max_questions": done.max_questions,
                "is_complete": done.is_complete,
            }
        )
    if kind is Kind.PAGE:
        return fragments.go(url_for("interviews.show", id=id, _anchor="next"))
    if done.repeated:
        return _room_again(id)
    question = coaching.noted_answer(owner(), done)
    return make_response(render_template("answers/_stored.html", interview=done, question=question))
