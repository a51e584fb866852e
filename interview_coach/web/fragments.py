"""The one place that knows which representation a request wants: a page, a fragment for htmx, JSON, or a stream.

`Accept: application/json` or a `.json` suffix asks for JSON. htmx also marks boosted and history requests, which want
a whole page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Any, cast

from flask import Flask, Response, jsonify, make_response, redirect, render_template, request
from htmx_flask.requests import HtmxAwareRequest

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

SUFFIX = ".json"


class Kind(StrEnum):
    """How to show a resource."""

    PAGE = "page"
    FRAGMENT = "fragment"
    JSON = "json"


class JsonSuffix:
    """WSGI layer: `/interviews/1.json` is `/interviews/1` as JSON, for every route at once."""

    def __init__(self, app: Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path.endswith(SUFFIX) and not path.startswith("/static/"):
            environ["PATH_INFO"] = path.removesuffix(SUFFIX)
            environ["coach.json"] = True
        return self._app(environ, start_response)


def wanted() -> Kind:
    """The representation that this request asks for."""
    if request.environ.get("coach.json"):
        return Kind.JSON
    accepted = request.accept_mimetypes
    explicit = [value for value, _ in accepted]
    if "application/json" in explicit and accepted["application/json"] >= accepted["text/html"]:
        return Kind.JSON
    if request.is_json and "text/html" not in explicit and "text/event-stream" not in explicit:
        return Kind.JSON
    htmx = cast(HtmxAwareRequest, request).htmx
    if htmx and not (htmx.boosted or htmx.history_restore_request):
        return Kind.FRAGMENT
    return Kind.PAGE


def wants_stream() -> bool:
    """True when the client reads server-sent events."""
    return any(value == "text/event-stream" for value, _ in request.accept_mimetypes)


def show(page: str, fragment: str, json: Callable[[], Any], status: int = 200, **values: Any) -> Response:
    """The resource as it was asked for. `json` is only called when JSON is."""
    kind = wanted()
    if kind is Kind.JSON:
        return make_response(jsonify(json()), status)
    return make_response(render_template(page if kind is Kind.PAGE else fragment, **values), status)


def go(url: str) -> Response:
    """Send the browser on: 303 for a page; htmx follows a header, because it cannot see a redirect."""
    if wanted() is Kind.FRAGMENT:
        response = make_response("")
        response.headers["HX-Redirect"] = url
        return response
    return cast(Response, redirect(url, 303))


def init_app(app: Flask) -> None:
    app.wsgi_app = JsonSuffix(app.wsgi_app)  # type: ignore[method-assign]  # the documented way to add a WSGI layer
