"""The WebSocket of a call. Whatever can be refused is refused before the handshake: afterwards there is no status code
any more, and a browser would only see a connection that breaks."""

import base64
import binascii

from flask import Blueprint, Flask, current_app, g, request
from flask_sock import Sock  # type: ignore[import-untyped]  # publishes no types

from interview_coach import interviewing
from interview_coach.config import Settings
from interview_coach.errors import Problem, already_completed
from interview_coach.voice import socket
from interview_coach.voice.peer import Peer
from interview_coach.voice.switchboard import Busy, Seat, Switchboard
from interview_coach.web.people import owner

COME_BACK_SECONDS = 10
RESTART_SECONDS = 3

bp = Blueprint("live", __name__)
sock = Sock()


def is_own_origin() -> bool:
    """True for a page of this very site. A WebSocket carries cookies and knows no same-origin rule, and every browser
    names the Origin; whoever names none is not a page of ours."""
    return request.headers.get("Origin") == f"{request.environ['wsgi.url_scheme']}://{request.host}"


def _is_handshake() -> bool:
    try:
        key = base64.b64decode(request.headers.get("Sec-WebSocket-Key", ""), validate=True)
    except (binascii.Error, ValueError):
        return False
    return len(key) == 16 and request.headers.get("Sec-WebSocket-Version") == "13"


@bp.before_request
def _refuse() -> None:
    from interview_coach.voice.call import hold  # brings the libraries for sound along: not on the loop, not at start

    g.hold = hold
    request.environ["coach.json"] = True  # no person ever sees this response
    if not is_own_origin():
        raise Problem("FORBIDDEN", "This call was not started from a page of Interview Coach.")
    if not _is_handshake():
        raise Problem("BAD_REQUEST", "This address is only for calls.")
    current_app.extensions["limits"].check("live.live")
    interview_id = (request.view_args or {})["id"]
    if interviewing.view(owner(), interview_id).is_complete:
        raise already_completed()
    if socket.is_draining():
        raise Problem(
            "CALLS_FULL", "Interview Coach is being restarted. Your interview is kept.", retry_after=RESTART_SECONDS
        )
    board: Switchboard = current_app.extensions["switchboard"]
    try:
        g.seat = board.enter(owner(), interview_id)
    except Busy as busy:
        if busy.own:
            raise Problem(
                "TOO_MANY_CALLS",
                "You are in other calls already. End one of them, or answer here in writing.",
                retry_after=COME_BACK_SECONDS,
            ) from None
        raise Problem(
            "CALLS_FULL",
            "All lines are taken right now. Try again in a moment, or answer in writing.",
            retry_after=COME_BACK_SECONDS,
        ) from None
    socket.prepare(request.environ)


@bp.teardown_request
def _leave(_error: BaseException | None) -> None:
    seat: Seat | None = g.pop("seat", None)
    if seat is not None:
        current_app.extensions["switchboard"].leave(seat)


@sock.route("/interviews/<id>/live", bp=bp)  # type: ignore[untyped-decorator]  # the same
def live(ws: object, id: str) -> None:
    """Sleep in this thread until the call is over. Nothing of this request, and no database session, is used by it."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # the application behind the proxy
    seat: Seat = g.seat
    hold = g.hold
    person = owner()

    async def work(peer: Peer) -> None:
        try:
            await seat.take(peer)
            await hold(app, person, id, peer)
        finally:
            seat.end()

    socket.serve(ws, work)


def init_app(app: Flask, settings: Settings) -> None:
    """What flask-sock and the guards need."""
    app.extensions["switchboard"] = Switchboard(settings.most_calls, settings.most_calls_per_person)
    app.config["SOCK_SERVER_OPTIONS"] = socket.OPTIONS
