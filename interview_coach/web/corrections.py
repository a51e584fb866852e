"""Putting right what was heard of a spoken answer."""

from typing import Any

from flask import Blueprint, Response, jsonify, make_response, render_template, request, url_for

from interview_coach import correcting, interviewing
from interview_coach.errors import Problem
from interview_coach.web import fragments
from interview_coach.web.body import body, typed_number
from interview_coach.web.errors import recovers
from interview_coach.web.fragments import Kind
from interview_coach.web.people import owner

bp = Blueprint("corrections", __name__, url_prefix="/interviews/<id>/corrections")


def _form(interview_id: str, number: int, **values: Any) -> Response:
    question = correcting.correctable(owner(), interview_id, number)
    interview = interviewing.view(owner(), interview_id)
    return make_response(render_template("corrections/edit.html", interview=interview, question=question, **values))


def _form_again(problem: Problem, kind: Kind) -> Response | None:
    number = typed_number()
    if kind is not Kind.PAGE or number is None or problem.status not in (422, 429, 503, 507):
        return None
    kept = request.form.get("text", "")
    return _form((request.view_args or {})["id"], number, notice=problem.message, kept=kept)


@bp.get("/<int:number>/edit")
def edit(id: str, number: int) -> Response:
    if fragments.wanted() is Kind.JSON:
        return jsonify(correcting.correctable(owner(), id, number).to_json())
    return _form(id, number)


@bp.post("")
@recovers(_form_again)
def create(id: str) -> Response:
    sent = body()
    number = sent.number("number")
    done = correcting.correct_answer(owner(), id, number, sent.text("text"))
    if fragments.wanted() is Kind.JSON:
        return jsonify(done.question.to_json() | {"is_new": done.is_new, "evaluation": done.evaluation_id})
    if done.evaluation_id is not None:
        return fragments.go(url_for("reports.show", id=id, _anchor=f"answer-{number}"))
    return fragments.go(url_for("interviews.show", id=id, _anchor=f"turn-{number}"))
