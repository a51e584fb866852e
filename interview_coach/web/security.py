"""What every request must pass and every response carries.

Without accounts the product trusts whoever reaches its port, so it must be sure that this is the person and not a
web page elsewhere: names other than loopback are refused (a foreign name that points here is DNS rebinding), and
unsafe methods must come from our own pages. Browsers say so themselves with Sec-Fetch-Site; on a plain http address
they send none, and Origin decides. A client that sends neither is not a browser.
"""

import ipaddress
import logging
import re
import secrets
import time
from urllib.parse import urlsplit

from flask import Flask, Response, g, request

from interview_coach.errors import Problem, interview_not_found

CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "media-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), display-capture=(), payment=(), usb=()",
}
CALL_POLICY = "camera=(), microphone=(self), geolocation=(), display-capture=(self), payment=(), usb=()"
"""On the pages of a call, and on no other one, our own script may ask for the microphone and the screen."""
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

MIB = 1024 * 1024
SMALL_BODY = MIB
DOCUMENTS_BODY = 2 * 16 * MIB + 2 * MIB
"""Two files of the largest size, and what was typed beside them."""
TYPED_BODY = 4 * MIB
"""Two long texts, percent-encoded."""
DATA_BODY = 33 * MIB
"""A file with everything of a person, and what a form wraps around it."""
BODIES = {"interviews.create": DOCUMENTS_BODY, "documents.update": TYPED_BODY, "data.import_": DATA_BODY}

_HOST = re.compile(r"(?P<name>[a-z0-9.]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?", re.ASCII | re.IGNORECASE)
_ID = re.compile(r"[0-9a-z-]{1,32}", re.ASCII)

log = logging.getLogger("interview_coach.web")


def is_loopback(host: str) -> bool:
    """True for a Host header that names this computer, with or without a port, and holds nothing else."""
    parts = _HOST.fullmatch(host)
    if parts is None:
        return False
    name = parts["name"].strip("[]").lower()
    try:
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def is_own(url: str) -> bool:
    """True when an Origin or Referer is this very site."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and parts.netloc == request.host


def comes_from_us() -> bool:
    """True when our own page sent this request, or something that is not a browser."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    if origin is not None:
        return is_own(origin)
    referer = request.headers.get("Referer")
    return referer is None or is_own(referer)


def _begin() -> None:
    g.request_id = secrets.token_hex(6)
    g.began = time.perf_counter()


def _check_host() -> None:
    if not is_loopback(request.headers.get("Host", "")):
        raise Problem(
            "BAD_REQUEST",
            "This address is not one that Interview Coach answers to. Open it as localhost or 127.0.0.1.",
        )


def _check_sender() -> None:
    if request.method not in SAFE_METHODS and not comes_from_us():
        raise Problem(
            "FORBIDDEN",
            "This request came from another site, so nothing was changed. Open the page here and try again.",
        )


def _check_address() -> None:
    interview_id = (request.view_args or {}).get("id")
    if interview_id is not None and not _ID.fullmatch(interview_id):
        raise interview_not_found()  # such an id was never made, and a database may choke on it: PostgreSQL on NUL


def _limit_body() -> None:
    longest = BODIES.get(request.endpoint or "", SMALL_BODY)
    if request.mimetype != "multipart/form-data" and request.endpoint != "data.import_":  # only a form brings files
        longest = min(longest, TYPED_BODY)
    request.max_content_length = longest
    request.max_form_memory_size = TYPED_BODY
    request.max_form_parts = 40


def _finish(response: Response) -> Response:
    if request.blueprint == "calls":
        response.headers["Permissions-Policy"] = CALL_POLICY
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
        response.vary.update(("HX-Request", "Accept"))
    response.headers["X-Request-Id"] = g.get("request_id", "")
    took = (time.perf_counter() - g.began) * 1000 if "began" in g else 0.0
    # The rule, not the address: nothing that a person typed reaches a log.
    rule = request.url_rule.rule if request.url_rule else "-"
    log.info("%s %s %s %d %.0fms", g.get("request_id", "-"), request.method, rule, response.status_code, took)
    return response


def init_app(app: Flask) -> None:
    app.config["MAX_CONTENT_LENGTH"] = DOCUMENTS_BODY
    app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
    for check in (_begin, _check_host, _check_sender, _check_address, _limit_body):
        app.before_request(check)
    app.after_request(_finish)
