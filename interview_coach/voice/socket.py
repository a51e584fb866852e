"""A live call on a WebSocket of flask-sock: the handshake in the server's thread, everything after it on the loop.

    @sock.route("/interviews/<id>/live", bp=bp)
    def live(ws, id): socket.serve(ws, work)          # with OPTIONS as SOCK_SERVER_OPTIONS, and `prepare` before it

The TCP socket is handed to the event loop, because two thread wake-ups for every 20 ms of sound cost more than all the
rest (measured: 67 instead of 148 microseconds a frame). The server's thread sleeps until the call is over; then it
finds a socket that is shut down, and can neither wait on it nor write an HTTP response into it.
"""

import asyncio
import contextlib
import logging
import socket
import threading
import traceback
from collections.abc import Awaitable, Callable, MutableMapping
from contextvars import Context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from interview_coach import loop
from interview_coach.voice.close_codes import INTERNAL, NORMAL, RESTART
from interview_coach.voice.peer import Peer, PeerGone

if TYPE_CHECKING:
    from interview_coach.voice.line import Bounds, Line

Work = Callable[[Peer], Awaitable[None]]

RECONNECTING = {"type": "state", "state": "reconnecting"}

log = logging.getLogger("interview_coach.voice")

_open: "dict[Line, asyncio.Task[Any]]" = {}
"""Calls of this process. Changed on the loop only."""
_draining = threading.Event()


class NoThread:
    """Stands where simple-websocket starts its reader thread, and starts none."""

    def __init__(self, target: Callable[[], None]) -> None:  # noqa: ARG002 (it is how a thread is made)
        self.name = "none"

    def start(self) -> None:
        """Nothing: the loop reads."""


OPTIONS = {"thread_class": NoThread}
"""For flask-sock, as SOCK_SERVER_OPTIONS."""


def prepare(environ: MutableMapping[str, Any]) -> None:
    """Before the handshake: refuse compression, which simple-websocket would accept. Speech does not become smaller by
    it, and it costs more than the rest of the work (and a small message may unpack to a huge one)."""
    environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)


def serve(ws: Any, work: Work, *, bounds: "Bounds | None" = None) -> None:
    """Run `work` with the other end as a Peer, on the loop, and sleep until both have ended.

    `ws` is what flask-sock gives to a view. When the peer is gone, `work` learns it by PeerGone and has `patience` to
    end by itself. What it raises closes the call with 1011, and only the kind and the place of the error are logged.
    """
    from interview_coach.voice.line import Bounds, Line

    ours = ws.sock
    mine = ours.dup()
    try:
        mine.setblocking(False)  # one flag for both: whoever reads `ours` meanwhile must not block either
        early = _early(ws.environ)
        attending = _attend(mine, lambda: Line(mine, early, bounds or Bounds()), work)
        # An empty context: in a copy of this thread's one, `current_app` and the database session of this request
        # would be visible on the loop.
        future = Context().run(asyncio.run_coroutine_threadsafe, attending, loop.get())
        future.result()
    finally:
        with contextlib.suppress(OSError):
            ours.shutdown(socket.SHUT_RDWR)
        ws.connected = False  # or flask-sock would write another goodbye


def drain(timeout: float) -> int:
    """For a server that stops: no new call, and everybody is told to reconnect. Waits at most `timeout` seconds for
    the work of the calls; gives how many have not ended. From any thread but the loop's."""
    _draining.set()
    if not _open:
        return 0

    async def leave() -> int:
        for line in list(_open):
            line.tell(RECONNECTING)
            line.leave(RESTART, "restarting", hush=True)
        if _open:
            await asyncio.wait(list(_open.values()), timeout=timeout)
        return len(_open)

    return loop.call(leave(), timeout=timeout + 1)


def is_draining() -> bool:
    """True from the moment that this process stops."""
    return _draining.is_set()


def calls() -> int:
    """How many are on the line in this process."""
    return len(_open)


async def _attend(sock: socket.socket, make: "Callable[[], Line]", work: Work) -> None:
    line = make()
    patience = line.bounds.patience
    try:
        await asyncio.get_running_loop().connect_accepted_socket(lambda: line, sock)
    except BaseException:
        sock.close()
        raise
    task = asyncio.current_task()
    assert task is not None
    _open[line] = task
    working = asyncio.ensure_future(work(line))
    try:
        if is_draining():  # it came in between
            line.leave(RESTART, "restarting")
        await asyncio.wait((working, line.gone), return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            await asyncio.wait((working,), timeout=patience)
        if not working.done():
            log.warning("a call did not end by itself and is cancelled")
            working.cancel()
            await asyncio.wait((working,), timeout=patience)
        await line.close(_verdict(working))
    finally:
        working.cancel()
        line.abort()
        await line.lost
        del _open[line]


def _verdict(working: "asyncio.Future[None]") -> int:
    if not working.done() or working.cancelled():
        return INTERNAL
    error = working.exception()
    if error is None or isinstance(error, PeerGone):
        return NORMAL
    log.error("a call broke: %s at %s", type(error).__name__, _place(error))
    return INTERNAL


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "interview_coach" in Path(frame.filename).parts] or list(frames)
    return f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "-"


def _early(environ: MutableMapping[str, Any]) -> bytes:
    """What the server has read beyond the request: a peer need not wait for the answer to its handshake."""
    source: Any = environ.get("wsgi.input")
    unreader = getattr(getattr(source, "reader", None), "unreader", None)
    if unreader is not None:  # gunicorn
        return bytes(unreader.take_buffered())
    peek = getattr(source, "peek", None)
    if peek is None:
        return b""
    with contextlib.suppress(OSError):  # gone already: the loop will see it as well
        # Werkzeug: a buffered reader over the socket, which does not block any more.
        return bytes(source.read1(len(held))) if (held := peek()) else b""
    return b""
