"""What the stand-ins share: a threaded HTTP server, a script of behaviours, a record of what was asked.

A behaviour is a function of an `Exchange`. Behaviours come from a queue (`script`), then from `default`.
"""

import json
import select
import socket
import struct
import threading
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

STOP, LENGTH, FILTERED, ERROR = "stop", "length", "filtered", "error"


@dataclass
class Asked:
    """One request as the vendor got it."""

    path: str
    headers: dict[str, str]
    """Names in lower case."""
    body: dict[str, Any]
    stream: bool
    system: str
    messages: list[tuple[str, str]]
    schema: dict[str, Any] | None
    disconnected: threading.Event = field(default_factory=threading.Event)
    """The client went away before the answer was complete."""
    done: threading.Event = field(default_factory=threading.Event)

    @property
    def last(self) -> str:
        return next((text for role, text in reversed(self.messages) if role == "user"), "")


class Exchange:
    """The server's side of one request."""

    def __init__(self, vendor: "FakeVendor", handler: "Handler", asked: Asked) -> None:
        self.vendor = vendor
        self.asked = asked
        self._handler = handler
        self._open = False

    def json(self, status: int, value: object, headers: dict[str, str] | None = None) -> None:
        self.raw(status, json.dumps(value).encode(), headers or {})

    def raw(self, status: int, body: bytes, headers: dict[str, str], *, promised: int | None = None) -> None:
        """`promised` = a Content-Length that is not kept."""
        self._handler.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self._handler.send_header(name, value)
        self._handler.send_header("Content-Length", str(len(body) if promised is None else promised))
        self._handler.end_headers()
        self._handler.wfile.write(body)
        self._handler.wfile.flush()

    def open(self, kind: str = "text/event-stream") -> None:
        self._handler.send_response(200)
        self._handler.send_header("Content-Type", kind)
        self._handler.send_header("Transfer-Encoding", "chunked")
        self._handler.end_headers()
        self._open = True

    def send(self, text: str | bytes) -> None:
        data = text.encode() if isinstance(text, str) else text
        if not data:  # an empty chunk would mean the end
            return
        self._handler.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self._handler.wfile.flush()

    def end(self) -> None:
        self._handler.wfile.write(b"0\r\n\r\n")
        self._handler.wfile.flush()

    def piece(self, text: str) -> None:
        self.send(self.vendor.event(self.vendor.piece(self.asked, text)))

    def finish(self, reason: str = STOP) -> None:
        for value in self.vendor.finish(self.asked, reason):
            self.send(self.vendor.event(value))
        self.send(self.vendor.closing)

    def answer(self, text: str, reason: str = STOP) -> None:
        """The whole answer in the way it was asked for."""
        if not self.asked.stream:
            self.json(200, self.vendor.whole(self.asked, text, reason))
            return
        self.open()
        self.send(self.vendor.opening)
        for piece in pieces(text):
            self.piece(piece)
        self.finish(reason)
        self.end()

    def reset(self) -> None:
        """Break the connection the hard way: the client sees a reset, not an end."""
        self._handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._handler.close_connection = True
        self._handler.connection.close()

    def hang_up(self) -> None:
        self._handler.close_connection = True

    def gone(self, seconds: float) -> bool:
        """Waits so long at most; True when the client has left or the server is stopping."""
        readable, _, _ = select.select([self._handler.connection, self.vendor.stopped], [], [], seconds)
        if self.vendor.stopped in readable:
            return True
        if readable:
            with suppress(OSError):
                if self._handler.connection.recv(1, socket.MSG_PEEK):
                    return False
            self.asked.disconnected.set()
            return True
        return False

    def wait_until_gone(self) -> None:
        while not self.gone(60):
            pass
        self.hang_up()


Behaviour = Callable[[Exchange], None]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    vendor: "FakeVendor"

    def setup(self) -> None:
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.vendor.connections.add(self.connection)

    def handle(self) -> None:
        with suppress(OSError):
            super().handle()

    def finish(self) -> None:
        with suppress(OSError):
            super().finish()
        self.vendor.connections.discard(self.connection)

    def do_POST(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        length = int(self.headers["Content-Length"])
        raw = self.rfile.read(length)
        if len(raw) < length:  # whoever asked was killed meanwhile
            self.close_connection = True
            return
        body = self.vendor.decode(headers, raw)
        asked = self.vendor.read(self.path, headers, body)
        if asked is None:
            self.send_error(404)
            return
        self.vendor.requests.append(asked)
        behaviour = self.vendor.behaviour_for(asked)
        try:
            behaviour(Exchange(self.vendor, self, asked))
        except OSError:
            asked.disconnected.set()
            self.close_connection = True
        finally:
            asked.done.set()

    def log_message(self, format: str, *args: object) -> None:
        """Silence."""


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 128
    """With the default of 5, a burst of clients waits a second for a second SYN."""


class FakeVendor(ABC):
    """A vendor on 127.0.0.1. Use it as a context manager, or `start` and `stop` it."""

    opening = ""
    """Sent before the first event of a stream."""
    closing = ""
    """Sent after the last one."""
    keep_alive = "\n"
    """Sent while there is nothing to say."""

    def __init__(self, default: Behaviour, port: int = 0) -> None:
        self.default = default
        self.requests: list[Asked] = []
        self.connections: set[socket.socket] = set()
        self._script: deque[Behaviour] = deque()
        self._lock = threading.Lock()
        self.stopped, self._stop = socket.socketpair()
        handler = type("BoundHandler", (Handler,), {"vendor": self})
        self._server = _Server(("127.0.0.1", port), handler)
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @abstractmethod
    def read(self, path: str, headers: dict[str, str], body: dict[str, Any]) -> Asked | None:
        """The request in our words; None = there is no such address."""

    @abstractmethod
    def whole(self, asked: Asked, text: str, reason: str) -> dict[str, Any]:
        """The body of an answer that is not streamed."""

    @abstractmethod
    def piece(self, asked: Asked, text: str) -> dict[str, Any]:
        """One event of a stream."""

    @abstractmethod
    def finish(self, asked: Asked, reason: str) -> Iterable[dict[str, Any]]:
        """The last events: why it ends, and the usage."""

    @abstractmethod
    def error(self, asked: Asked, status: int, *, retry_info: str | None = None) -> dict[str, Any]:
        """The body of an error. Its message quotes key and request, as real ones may."""

    @property
    @abstractmethod
    def url(self) -> str:
        """The base URL for the SDK."""

    def event(self, value: dict[str, Any]) -> str:
        return f"data: {json.dumps(value)}\n\n"

    def script(self, *behaviours: Behaviour) -> None:
        """What to do with the next requests, one each."""
        with self._lock:
            self._script.extend(behaviours)

    def decode(self, headers: dict[str, str], raw: bytes) -> dict[str, Any]:
        """The fields of a request."""
        fields: dict[str, Any] = json.loads(raw)
        return fields

    def behaviour_for(self, asked: Asked) -> Behaviour:
        """What to do with this request."""
        return self.next_behaviour()

    def next_behaviour(self) -> Behaviour:
        with self._lock:
            return self._script.popleft() if self._script else self.default

    def start(self) -> Self:
        self._thread.start()
        return self

    def stop(self) -> None:
        self._stop.send(b"x")
        self._server.shutdown()
        for connection in list(self.connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._server.server_close()
        self._thread.join()
        self.stopped.close()
        self._stop.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *exc: object) -> None:
        self.stop()


def pieces(text: str, words: int = 3) -> list[str]:
    """`text` in pieces that join without a separator."""
    split = text.split(" ")
    groups = [" ".join(split[at : at + words]) for at in range(0, len(split), words)]
    return [group if at == 0 else f" {group}" for at, group in enumerate(groups)]
