"""Choices that hold for every page.

`low_anxiety` is a name in every template, also in imported macros. It asks the database the first time that a page
looks at it and never when none does.
"""

from typing import cast
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, current_app, g, has_request_context, jsonify, redirect, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.local import LocalProxy
from werkzeug.routing import RequestRedirect

from interview_coach import preferences
from interview_coach.web import fragments
from interview_coach.web.body import body
from interview_coach.web.fragments import Kind
from interview_coach.web.people import owner
from interview_coach.web.security import is_own

bp = Blueprint("preferences", __name__, url_prefix="/preferences")


def low_anxiety() -> bool:
    """Whether this page shows next steps and no numbers: asked once per request."""
    if not has_request_context():
        return False
    if "low_anxiety" not in g:
        g.low_anxiety = preferences.low_anxiety(owner())
    return bool(g.low_anxiety)


def own_page(url: str | None) -> str | None:
    """Path and query of an address, when a page of this site is there. Everything else is None: what comes with a
    request must not be able to send a browser anywhere else."""
    if not url or not url.isprintable() or "\\" in url or " " in url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if (parts.scheme or parts.netloc) and not is_own(url):
        return None
    path = parts.path
    if not path.startswith("/") or path.startswith("//"):
        return None
    try:
        current_app.url_map.bind(request.host).match(path, method="GET")
    except (HTTPException, RequestRedirect):
        return None
    return f"{path}?{parts.query}" if parts.query else path


@bp.get("")
def show() -> Response:
    if fragments.wanted() is Kind.JSON:
        return jsonify(low_anxiety=low_anxiety())
    return cast(Response, redirect(url_for("data.show"), 303))


@bp.post("")
def update() -> Response:
    sent = body()
    chosen = sent.switch("low_anxiety")
    preferences.set_low_anxiety(owner(), chosen)
    g.low_anxiety = chosen
    if fragments.wanted() is Kind.JSON:
        return jsonify(low_anxiety=chosen)
    asked = (sent.text("back"), request.headers.get("HX-Current-URL"), request.referrer)
    came_from = next((page for page in map(own_page, asked) if page is not None), None)
    return fragments.go(came_from or url_for("home.index"))


def init_app(app: Flask) -> None:
    # A global and not a context processor: those do not reach a macro that is imported.
    app.jinja_env.globals["low_anxiety"] = LocalProxy(low_anxiety)
