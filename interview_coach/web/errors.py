"""Every problem becomes a page, a fragment or JSON here, with the same sentence. Nobody sees a traceback, and a log
gets the kind of an unexpected error and its place, never its words."""

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from flask import Flask, Response, current_app, g, jsonify, make_response, render_template, request, url_for
from werkzeug.exceptions import HTTPException

from interview_coach.errors import Problem
from interview_coach.web.fragments import Kind, wanted

Recover = Callable[[Problem, Kind], Response | None]
V = TypeVar("V", bound=Callable[..., object])

HEADINGS = {
    400: "That request does not fit",
    403: "Not from here",
    404: "Nothing here",
    405: "Not this way",
    409: "That has changed meanwhile",
    413: "Too much at once",
    422: "Something is missing",
    429: "A short break",
    500: "Something went wrong here",
    503: "Not right now",
    507: "The disk is full",
}
HEADINGS_OF = {
    "NOT_COMPLETED": "Not yet",
    "QUESTION_NOT_FOUND": "Not with this question",
    "EXAM_MODE": "Not during an exam",
}
"""Code -> heading, where that of the status says too little."""
SENTENCES = {
    400: ("BAD_REQUEST", "The request could not be read. Go back, reload the page and try again."),
    403: ("FORBIDDEN", "This is not allowed from here."),
    404: ("NOT_FOUND", "There is no page at this address."),
    405: ("METHOD_NOT_ALLOWED", "This address cannot be used in that way."),
    413: (
        "DOCUMENT_TOO_LARGE",
        "This is more than can be taken in one go: files up to 16 MB each. Choose a smaller file, or paste the text.",
    ),
}


def recovers(recover: Recover) -> Callable[[V], V]:
    """Let a view show its own page again after a problem, with what was typed. `recover` may give None: then the
    general page or fragment is shown. It is asked for pages and fragments, also when a guard refused the request."""

    def mark(view: V) -> V:
        view.recover = recover  # type: ignore[attr-defined]  # a mark on the function, read below
        return view

    return mark


def respond(problem: Problem, status: int | None = None) -> Response:
    """The one way a problem leaves the application."""
    status = status or problem.status
    kind = wanted()
    response: Response | None = None
    if kind is Kind.JSON:
        response = jsonify(problem.to_json())
    else:
        view = current_app.view_functions.get(request.endpoint or "")
        recover: Recover | None = getattr(view, "recover", None)
        if recover is not None:
            try:
                response = recover(problem, kind)
            except Exception as error:  # what broke the view may break its page too: the general one still works
                report_unexpected(error)
    if response is None:
        response = _fragment(problem) if kind is Kind.FRAGMENT else _page(problem, status)
    response.status_code = status
    if problem.retry_after is not None:
        response.headers["Retry-After"] = str(max(1, round(problem.retry_after)))
    return response


def _fragment(problem: Problem) -> Response:
    response = make_response(render_template("errors/_problem.html", problem=problem))
    response.headers["HX-Retarget"] = "#notice"
    response.headers["HX-Reswap"] = "innerHTML"
    return response


def _page(problem: Problem, status: int) -> Response:
    interview_id = (request.view_args or {}).get("id")
    back = url_for("interviews.show", id=interview_id) if interview_id and problem.status != 404 else None
    return make_response(
        render_template(
            "errors/show.html",
            problem=problem,
            heading=HEADINGS_OF.get(problem.code) or HEADINGS.get(status, "That did not work"),
            back=back,
            back_words="Back to the interview",
            reference=g.get("request_id") if status >= 500 else None,
        )
    )


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return "-"
    ours = [frame for frame in frames if "interview_coach" in Path(frame.filename).parts]
    frame = (ours or frames)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}"


def report_unexpected(error: BaseException) -> Problem:
    """Log an error that nobody foresaw, without its words, and give the calm sentence for it."""
    current_app.logger.error("request %s: %s at %s", g.get("request_id", "-"), type(error).__name__, _place(error))
    return Problem(
        "INTERNAL_ERROR",
        "Something went wrong on our side. Everything that was saved before is still there. "
        "Go back and try again; if it stays like this, the number below helps whoever looks after this computer.",
    )


def _on_problem(problem: Problem) -> Response:
    return respond(problem)


def _on_http(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:
        return make_response(error.get_response())
    code, sentence = SENTENCES.get(status, ("BAD_REQUEST", "That did not work. Go back and try again."))
    response = respond(Problem(code, sentence), status)
    allowed = getattr(error, "valid_methods", None)
    if allowed:
        response.headers["Allow"] = ", ".join(sorted(allowed))
    return response


def _on_anything(error: Exception) -> Response:
    return respond(report_unexpected(error))


def init_app(app: Flask) -> None:
    app.register_error_handler(Problem, _on_problem)
    app.register_error_handler(HTTPException, _on_http)
    app.register_error_handler(Exception, _on_anything)
