"""Everything that is stored about a person: take it along, bring it back, delete it."""

from flask import Blueprint, Response, current_app, make_response, render_template, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge

from interview_coach import portability
from interview_coach.db import now, sqlite_path
from interview_coach.errors import Problem
from interview_coach.portability.reading import too_large
from interview_coach.web import fragments
from interview_coach.web.body import body
from interview_coach.web.errors import recovers
from interview_coach.web.fragments import Kind
from interview_coach.web.people import owner

bp = Blueprint("data", __name__, url_prefix="/data")


def _folder() -> str | None:
    """Where the words are, as a path; None when they are in a database elsewhere."""
    path = sqlite_path(current_app.config["SQLALCHEMY_DATABASE_URI"])
    return None if path is None else str(path.parent)


def _page(problem: Problem | None = None, status: int = 200) -> Response:
    stored = portability.stored(owner())
    return fragments.show(
        "data/show.html",
        "data/_stored.html",
        stored.to_json,
        status,
        stored=stored,
        folder=_folder(),
        imported=request.args.get("imported", type=int),
        kept=request.args.get("kept", type=int),
        was_deleted="deleted" in request.args and stored.is_empty,
        is_clean=request.args.get("deleted") != "later",
        wrong=problem.fields if problem else {},
        problem=problem,
        show_notice=True,
        linked=True,
    )


def _recover(problem: Problem, kind: Kind) -> Response | None:
    """The page again, with the sentence at the top and beside the field of the file."""
    if kind is not Kind.PAGE or not problem.fields:
        return None
    return _page(problem)


@bp.get("")
def show() -> Response:
    return _page()


@bp.get("/export")
def export() -> Response:
    response = make_response(portability.export_json(owner()))
    response.mimetype = "application/json"
    response.headers["Content-Disposition"] = f'attachment; filename="interview-coach-data-{now():%Y%m%d}.json"'
    return response


def _sent() -> bytes:
    """The file, as a form or as the body itself."""
    try:
        if request.mimetype == "multipart/form-data":
            file = request.files.get("file")
            return b"" if file is None else file.read()
        raw = request.get_data(cache=False)
        if request.content_length is None:
            request.stream.read(1)  # a body without a stated length is cut at the limit in silence; this finds out
        return raw
    except RequestEntityTooLarge:
        raise too_large(portability.LARGEST_FILE) from None


@bp.post("/import")
@recovers(_recover)
def import_() -> Response:
    raw = _sent()
    if not raw:
        sentence = "Choose the file that you saved under Your data."
        raise Problem("VALIDATION_FAILED", sentence, fields={"file": sentence})
    imported = portability.import_(owner(), raw)
    if fragments.wanted() is Kind.JSON:
        return make_response(imported.to_json())
    return fragments.go(url_for("data.show", imported=imported.interviews, kept=imported.kept))


def _deletion(problem: Problem | None = None) -> Response:
    return make_response(
        render_template("data/deletion.html", stored=portability.stored(owner()), problem=problem, show_notice=True)
    )


def _ask_again(problem: Problem, kind: Kind) -> Response | None:
    return _deletion(problem) if kind is Kind.PAGE and problem.fields else None


@bp.get("/deletion")
def deletion() -> Response:
    return _deletion()


@bp.post("/deletion")
@recovers(_ask_again)
def delete_by_form() -> Response:
    if body().value("confirm") not in ("yes", True):
        sentence = "Nothing was deleted. To delete everything, confirm it: send the field confirm with the value yes."
        raise Problem("VALIDATION_FAILED", sentence, fields={"confirm": sentence})
    is_clean = portability.erase_everything(owner())
    return fragments.go(url_for("data.show", deleted="yes" if is_clean else "later"))


@bp.delete("")
def delete() -> Response:
    portability.erase_everything(owner())
    return make_response("", 204)
