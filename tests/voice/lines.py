"""Two real servers in front of the socket, and peers that speak the protocol byte by byte."""

import asyncio
import base64
import os
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from flask import Flask, request
from flask_sock import Sock
from werkzeug.serving import make_server
from wsproto.connection import Connection, ConnectionState, ConnectionType
from wsproto.events import BytesMessage, CloseConnection, Event, Ping, Pong, TextMessage

from interview_coach.voice import socket as calls
from interview_coach.voice.line import Bounds
from interview_coach.voice.peer import Peer, PeerGone
from tests.patience import PATIENCE


async def echo(peer: Peer) -> None:
    """Bytes come back as sound of epoch 0, texts as `heard`."""
    with suppress(PeerGone):
        while True:
            message = await peer.receive()
            if isinstance(message, bytes):
                peer.voice(0, message[4:])
            else:
                peer.tell({"type": "heard", "text": message})


def application(work: Callable[[Peer], Any], bounds: Bounds | None = None) -> Flask:
    """Nothing but one socket at /live, made as `web/live.py` makes it."""
    app = Flask("calls")
    app.config["SOCK_SERVER_OPTIONS"] = calls.OPTIONS
    app.before_request(lambda: calls.prepare(request.environ))
    sock = Sock(app)

    @sock.route("/live")
    def live(ws: Any) -> None:
        calls.serve(ws, work, bounds=bounds)

    return app


@contextmanager
def werkzeug(app: Flask) -> Iterator[int]:
    """The port of a threaded server."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def handshake(port: int, path: str = "/live", **headers: str) -> bytes:
    """A browser's request to upgrade, with further headers or others (`_` for `-`)."""
    lines = {
        "Host": f"127.0.0.1:{port}",
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Origin": f"http://127.0.0.1:{port}",
        "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    return (f"GET {path} HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in lines.items() if v) + "\r\n").encode()


class Browser:
    """A peer in a thread: whatever it sends, whole or broken, and every event that comes."""

    def __init__(
        self, port: int, path: str = "/live", *, behind: bytes = b"", window: int | None = None, **headers: str
    ) -> None:
        self.sock = socket.socket()
        if window is not None:
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
        self.sock.settimeout(PATIENCE)
        self.sock.connect(("127.0.0.1", port))
        self.sock.sendall(handshake(port, path, **headers) + behind)
        self.ws = Connection(ConnectionType.CLIENT)
        self.after_close = b""
        head = b""
        while b"\r\n\r\n" not in head:
            piece = self.sock.recv(1)
            if not piece:
                break
            head += piece
        self.head = head.decode()
        self.status = int(self.head.split()[1])
        self._events: list[Event] = []

    def __enter__(self) -> "Browser":
        return self

    def __exit__(self, *_: object) -> None:
        self.sock.close()

    def body(self) -> bytes:
        """What follows the headers of a refusal."""
        whole = b""
        with suppress(OSError):
            while piece := self.sock.recv(4096):
                whole += piece
        return whole

    def send(self, *messages: str | bytes) -> None:
        """Whole messages, masked."""
        self.sock.sendall(b"".join(self.frame(message) for message in messages))

    def frame(self, message: str | bytes, *, finished: bool = True) -> bytes:
        """The bytes of a frame."""
        kind = TextMessage if isinstance(message, str) else BytesMessage
        return bytes(self.ws.send(kind(data=message, message_finished=finished)))  # type: ignore[arg-type]

    def close(self, code: int = 1000) -> None:
        """Say goodbye in the way of the protocol."""
        self.sock.sendall(self.ws.send(CloseConnection(code)))

    def event(self) -> Event:
        """The next one; pings are answered. EOFError when the server has closed the connection."""
        while True:
            while self._events:
                event = self._events.pop(0)
                if isinstance(event, Ping):
                    with suppress(OSError):
                        self.sock.sendall(self.ws.send(Pong(event.payload)))
                    continue
                return event
            data = self.sock.recv(65536)
            if not data:
                raise EOFError
            self.ws.receive_data(data)
            self._events += self.ws.events()

    def message(self) -> str | bytes:
        """The next whole message."""
        pieces: list[Any] = []
        while True:
            event = self.event()
            assert isinstance(event, TextMessage | BytesMessage), event
            pieces.append(event.data)
            if event.message_finished:
                return type(pieces[0])().join(pieces)

    def end(self) -> int | None:
        """The code with which the server closes; None when it breaks off. What it says before is read and dropped.
        Afterwards `after_close` is what came behind the close frame, until the end of the connection."""
        code = None
        try:
            while code is None:
                event = self.event()
                if isinstance(event, CloseConnection):
                    code = int(event.code)
        except (EOFError, OSError):
            return None
        with suppress(OSError):
            if self.ws.state is ConnectionState.REMOTE_CLOSING:
                self.sock.sendall(self.ws.send(event.response()))
            while data := self.sock.recv(4096):
                self.after_close += data
        return code

    def reset(self) -> None:
        """Vanish without a word."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()


def sound(pcm: bytes, epoch: int = 0) -> bytes:
    """A message of the microphone."""
    return struct.pack("<BBH", 2, 0, epoch) + pcm


def picture(size: int, kind: int = 3) -> bytes:
    """A message with a picture, of so many bytes in all."""
    return (struct.pack("<BBH", kind, 0, 0) + b"\xff\xd8\xff").ljust(size, b"p")


def on_loop(work: Callable[[], Any]) -> Any:
    """The result of a plain function that is run on the loop."""
    from interview_coach import loop

    async def run() -> Any:
        return work()

    return asyncio.run_coroutine_threadsafe(run(), loop.get()).result(PATIENCE)
