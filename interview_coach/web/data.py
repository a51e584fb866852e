"""Everything that is stored about a person: take it along, bring it back, delete it."""

from flask import Blueprint, Response, make_response, render_template

bp = Blueprint("data", __name__, url_prefix="/data")


@bp.get("")
def show() -> Response:
    return make_response(render_template("data/show.html"))
