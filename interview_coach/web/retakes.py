"""Answering one question again, and both answers side by side."""

from typing import Any

from flask import Blueprint, Response, current_app, jsonify, make_response, render_template, request, url_for

from interview_coach import interviewing, retaking
from interview_coach.comparing import Comparison, compare
from interview_coach.errors import Problem
from interview_coach.marking import legend, pieces
from interview_coach.retaking import RetakeView, Takes
from interview_coach.web import fragments
from interview_coach.web.body import body, typed_number
from interview_coach.web.errors import recovers
from interview_coach.web.fragments import Kind
from interview_coach.web.people import owner

bp = Blueprint("retakes", __name__, url_prefix="/interviews/<id>/retakes")


def _form(interview_id: str, number: int, **values: Any) -> Response:
    takes = retaking.takes(owner(), interview_id, number)
    interview = interviewing.view(owner(), interview_id)
    return make_response(
        render_template("retakes/new.html", takes=takes, question=takes.question, interview=interview, **values)
    )


def _form_again(problem: Problem, kind: Kind) -> Response | None:
    number = typed_number()
    if kind is not Kind.PAGE or number is None or problem.code in ("FORBIDDEN", "BAD_REQUEST", "INTERVIEW_NOT_FOUND"):
        return None
    return _form((request.view_args or {})["id"], number, notice=problem.message, kept=request.form.get("answer"))


@bp.get("")
def index(id: str) -> Response:
    """Every retake of the interview."""
    found = retaking.retakes(owner(), id)
    return fragments.show(
        "retakes/index.html",
        "retakes/_list.html",
        lambda: {"retakes": [take.to_json() for take in found]},
        interview=interviewing.view(owner(), id),
        retakes=found,
    )


@bp.get("/<int:number>/new")
def new(id: str, number: int) -> Response:
    if fragments.wanted() is Kind.JSON:
        return jsonify(retaking.takes(owner(), id, number).to_json())
    return _form(id, number)


@bp.post("")
@recovers(_form_again)
def create(id: str) -> Response:
    sent = body()
    number = sent.number("number")
    done = retaking.retake(owner(), id, number, sent.text("answer"), key=sent.text("key") or None)
    url = url_for("retakes.show", id=id, number=number, take=done.retake.take)
    if fragments.wanted() is Kind.JSON:
        response = jsonify(done.retake.to_json() | {"repeated": done.repeated})
        response.status_code = 200 if done.repeated else 201
        response.headers["Location"] = url
        return response
    return fragments.go(url)


def _chosen(takes: Takes) -> RetakeView | None:
    """The take that the address names, or the newest."""
    wanted = request.args.get("take", "")
    if not wanted:
        return takes.retakes[-1] if takes.retakes else None
    found = next((take for take in takes.retakes if str(take.take) == wanted), None)
    if found is None:
        raise retaking.not_found()
    return found


def _compared(takes: Takes, chosen: RetakeView | None) -> Comparison | None:
    return compare(takes.score, chosen.score) if chosen is not None and chosen.score is not None else None


@bp.get("/<int:number>")
def show(id: str, number: int) -> Response:
    """Before and after. Without a retake there is only the way to the first one."""
    takes = retaking.takes(owner(), id, number)
    chosen = _chosen(takes)
    kind = fragments.wanted()
    comparison = _compared(takes, chosen)
    if kind is Kind.JSON:
        return jsonify(
            takes.to_json()
            | {"take": chosen.take if chosen else None, "comparison": comparison.to_json() if comparison else None}
        )
    if chosen is None:
        return fragments.go(url_for("retakes.new", id=id, number=number))
    return make_response(
        render_template(
            "retakes/show.html" if kind is Kind.PAGE else "retakes/_compared.html",
            interview=interviewing.view(owner(), id),
            takes=takes,
            question=takes.question,
            chosen=chosen,
            comparison=comparison,
            pieces=pieces,
            legend=legend,
        )
    )


@bp.put("/<int:number>/draft")
def draft(id: str, number: int) -> Response:
    retaking.save_draft(owner(), id, number, body().text("answer"))
    return current_app.response_class(status=204)


@bp.post("/<int:number>/evaluations")
def judge(id: str, number: int) -> Response:
    """The marks of a retake once more, perhaps by another coach."""
    sent = body()
    take = sent.number("take")
    found = retaking.judge_again(owner(), id, number, take, sent.text("provider").strip() or None)
    if fragments.wanted() is Kind.JSON:
        return make_response(jsonify(found.to_json()), 202)
    return fragments.go(url_for("retakes.show", id=id, number=number, take=take))
