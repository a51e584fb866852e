"""The next question: makes sure that it exists, and shows its words while they are written."""

import json
from collections.abc import Iterator

from flask import Blueprint, Response, jsonify, make_response, render_template, request, stream_with_context, url_for

from interview_coach import interviewing
from interview_coach.coach.base import Withdrawn, Words
from interview_coach.coaches import NAMES
from interview_coach.errors import Problem
from interview_coach.interviewing import Waiting
from interview_coach.views import QuestionView
from interview_coach.web import fragments, interviews
from interview_coach.web.body import body
from interview_coach.web.errors import recovers, report_unexpected
from interview_coach.web.fragments import Kind
from interview_coach.web.people import owner

bp = Blueprint("questions", __name__, url_prefix="/interviews/<id>/questions")


def _trouble(interview_id: str, problem: Problem) -> str:
    """What stands where the question would be. It never asks again by itself: a page must not spend money in a loop."""
    try:
        interview = interviewing.view(owner(), interview_id)
    except Problem:
        return render_template("questions/_gone.html", problem=problem)
    trouble = None if interview.is_complete or interview.open_question else problem
    return render_template("questions/_after_problem.html", interview=interview, trouble=trouble)


def _recover(problem: Problem, kind: Kind) -> Response | None:
    if problem.code in ("FORBIDDEN", "BAD_REQUEST", "INTERVIEW_NOT_FOUND", "VALIDATION_FAILED"):
        return None
    interview_id = (request.view_args or {})["id"]
    if kind is Kind.FRAGMENT:
        return make_response(_trouble(interview_id, problem))
    interview = interviewing.view(owner(), interview_id)
    return interviews.page(interview, trouble=None if interview.is_complete else problem)


def _asked(interview_id: str, question: QuestionView) -> str:
    interview = interviewing.view(owner(), interview_id)
    return render_template("questions/_asked.html", interview=interview, question=question)


def _event(name: str, data: object) -> str:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"


def _stream(interview_id: str, coach: str | None, html: bool) -> Iterator[str]:
    """Server-sent events. Closing the response closes this generator, and that cancels the model."""
    yield ": words of the next question\n\n"
    try:
        for event in interviewing.stream_question(owner(), interview_id, coach):
            match event:
                case Waiting():
                    yield ": still waiting\n\n"  # a write is the only way to learn that the reader has gone
                case Words():
                    yield _event("words", {"text": event.text})
                case Withdrawn():
                    yield _event("withdrawn", {})
                case QuestionView():
                    yield _event("question", {"html": _asked(interview_id, event)} if html else event.to_json())
    except Problem as problem:
        yield _event("problem", {"html": _trouble(interview_id, problem)} if html else problem.to_json())
    except Exception as error:  # headers are out: the error must travel as an event
        unexpected = report_unexpected(error)
        yield _event("problem", {"html": _trouble(interview_id, unexpected)} if html else unexpected.to_json())


@bp.post("")
@recovers(_recover)
def create(id: str) -> Response:
    coach = body().text("coach").strip() or None
    if coach is not None and coach not in NAMES:
        sentence = f"Choose one of {', '.join(NAMES)}."
        raise Problem("VALIDATION_FAILED", sentence, fields={"coach": sentence})
    kind = fragments.wanted()
    if fragments.wants_stream():
        interviewing.view(owner(), id)  # a missing interview is refused with its status, not inside a stream
        events = stream_with_context(_stream(id, coach, kind is Kind.FRAGMENT))
        response = Response(events, mimetype="text/event-stream")
        response.headers["X-Accel-Buffering"] = "no"
        return response
    question = interviewing.next_question(owner(), id, coach)
    if kind is Kind.JSON:
        return jsonify(question.to_json())
    if kind is Kind.FRAGMENT:
        return make_response(_asked(id, question))
    return fragments.go(url_for("interviews.show", id=id, _anchor=f"turn-{question.number}"))
