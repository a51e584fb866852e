"""The process of `serve` that answers: gunicorn's worker with threads, and limits to how long a request may take to
arrive and a browser may take nothing of the answer.

A thread reads a request, and gunicorn waits for the rest of one for ever. So a few hundred connections that each sent
half a request line, by a broken client or in bad faith, would hold every thread, and nobody would be answered any
more. Here the worker's own loop, which runs once a second, ends the reading of what does not come: the thread finds
the end of the input and is free. A live call, a streamed question and a slow answer of ours are none of this: their
requests are here. In the same way whoever asks for a large file and never reads it would hold a thread: sending waits
for a while and no longer.
"""

import contextlib
import errno
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

HEAD_SECONDS = 10.0
"""For the request line and the headers."""
BODY_SECONDS = 60.0
"""For everything after them; the largest file is 16 MB and comes from this computer."""

SEND_SECONDS = 90.0
"""For which a browser may take nothing of what is sent. It holds for reading as well, so it is longer than any part of
a request may take to arrive."""


class Arrivals:
    """Connections that a thread is reading from, each with the time at which its patience ends."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._ends: dict[socket.socket, float] = {}
        self._lock = threading.Lock()

    def expect(self, connection: socket.socket, seconds: float) -> None:
        """Something is to arrive in so many seconds, counted from now."""
        with self._lock:
            self._ends[connection] = self._clock() + seconds

    def forget(self, connection: socket.socket) -> None:
        """It is here, or nobody waits for it any more."""
        with self._lock:
            self._ends.pop(connection, None)

    def end_overdue(self) -> None:
        """Whoever reads from an overdue connection finds its end. What is being written to it is not touched."""
        with self._lock:
            overdue = [connection for connection, end in self._ends.items() if end < self._clock()]
            for connection in overdue:
                del self._ends[connection]
        for connection in overdue:
            with contextlib.suppress(OSError):  # closed in between
                connection.shutdown(socket.SHUT_RD)


def has_more(request: Any) -> bool:
    """True while a part of the body has not been read from the connection."""
    reader = request.body.reader
    return bool(getattr(reader, "length", 0)) or getattr(reader, "parser", None) is not None


class PatientWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn ships no types
    """As above. `on_stop` is called as soon as a signal says stop: gunicorn's own hooks come when the calls would have
    to have ended."""

    on_stop: Callable[[], object] = staticmethod(lambda: None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.arrivals = Arrivals()

    def notify(self) -> None:
        """Called by the worker's loop, at least once a second."""
        super().notify()
        self.arrivals.end_overdue()

    def handle(self, conn: Any) -> Any:
        """In a thread of its own: read one request and answer it."""
        self.arrivals.expect(conn.sock, HEAD_SECONDS)
        try:
            return super().handle(conn)
        finally:
            self.arrivals.forget(conn.sock)

    def handle_request(self, req: Any, conn: Any) -> Any:
        """The head is here."""
        if has_more(req):
            self.arrivals.expect(conn.sock, BODY_SECONDS)
        else:
            self.arrivals.forget(conn.sock)
        conn.sock.settimeout(SEND_SECONDS)  # until gunicorn's next request on this connection sets it back
        try:
            return super().handle_request(req, conn)
        except TimeoutError:
            # Gunicorn logs what it does not know, and this is no error of ours.
            raise ConnectionResetError(errno.ECONNRESET, "nothing was taken") from None

    def handle_exit(self, sig: int, frame: Any) -> None:
        super().handle_exit(sig, frame)
        self.on_stop()

    def handle_quit(self, sig: int, frame: Any) -> None:
        self.on_stop()
        super().handle_quit(sig, frame)
