"""Requests that never arrive whole hold no thread for ever, and a call is none of them."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.chaos import CV, JOB, call
from tests.patience import PATIENCE, eventually
from tests.voice.lines import Browser

pytest.importorskip("gunicorn")

from interview_coach.commands.worker import Arrivals, has_more  # it needs gunicorn, which Windows has not

ROOT = Path(__file__).resolve().parent.parent
THREADS = 3
LARGE = 64 * 1024 * 1024
"""Bytes: more than both sides' kernels hold for somebody who does not read."""
SERVER = f"""
import os, pathlib, flask
from interview_coach.commands import serve, worker
from tests.voice import serving
serve.THREADS = {THREADS}
worker.HEAD_SECONDS = worker.BODY_SECONDS = 1.0
worker.SEND_SECONDS = 2.0
file = pathlib.Path(os.environ["COACH_DATA_DIR"]).parent / "large"
file.touch()
os.truncate(file, {LARGE})
made = serving.create_app
def with_large(settings):
    app = made(settings)
    app.add_url_rule("/large-file", "file", lambda: flask.send_file(file, mimetype="audio/wav"))
    app.add_url_rule("/large-page", "page", lambda: bytes({LARGE}))
    return app
serving.create_app = with_large
serving.main()
"""
"""With the real limits this test would take a minute."""
HALF = {
    "request line": b"GET /heal",
    "headers": b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n",
    "body": b"POST /preferences HTTP/1.1\r\nHost: localhost\r\nContent-Length: 90\r\n"
    b"Content-Type: application/json\r\n\r\n{",
    "chunked body": b"POST /preferences HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
    b"Content-Type: application/json\r\n\r\n5\r\n{",
}


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    theirs.settimeout(PATIENCE)
    with ours, theirs:
        yield ours, theirs


def test_what_is_overdue_ends_for_the_reader_and_can_still_be_written_to(
    pair: tuple[socket.socket, socket.socket],
) -> None:
    ours, theirs = pair
    clock, read = Clock(), []
    arrivals = Arrivals(clock)
    arrivals.expect(ours, 10)
    reader = threading.Thread(target=lambda: read.append(ours.recv(10)))
    reader.start()
    clock.now += 10
    arrivals.end_overdue()
    assert read == []
    clock.now += 0.1
    arrivals.end_overdue()
    reader.join(PATIENCE)
    assert read == [b""]
    ours.sendall(b"too late")
    assert theirs.recv(10) == b"too late"


def test_what_has_arrived_is_left_alone(pair: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = pair
    clock = Clock()
    arrivals = Arrivals(clock)
    arrivals.expect(ours, 10)
    arrivals.forget(ours)
    clock.now += 1000
    arrivals.end_overdue()
    theirs.sendall(b"a call")
    assert ours.recv(10) == b"a call"


@pytest.mark.parametrize(
    ("reader", "more"),
    [({"length": 0}, False), ({"length": 7}, True), ({"parser": None}, False), ({"parser": iter(())}, True)],
)
def test_a_request_with_an_unread_body_has_more_to_come(reader: dict[str, object], more: bool) -> None:
    assert has_more(SimpleNamespace(body=SimpleNamespace(reader=SimpleNamespace(**reader)))) is more


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder = tmp_path_factory.mktemp("arrivals")
    environment = {**os.environ, "COACH_DATA_DIR": str(folder / "data"), "COACH_PROVIDER": "offline"}
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", SERVER],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        number = int(process.stdout.readline())
        assert eventually(lambda: call(number, "GET", "/healthz")[0] == 200)
        yield number
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def half_open(port: int, sent: bytes) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
    connection.sendall(sent)
    return connection


def until_closed(connection: socket.socket) -> None:
    """Read what the server says to it, until it has hung up. Raises TimeoutError when it does not."""
    with connection:
        try:
            while connection.recv(4096):
                pass
        except ConnectionResetError:
            pass


def not_reading(port: int, path: str) -> socket.socket:
    """A connection on which a large answer has begun to come. As with `ring`, a slow machine makes some overdue."""
    asked: list[socket.socket] = []

    def has_begun() -> bool:
        with suppress(OSError):
            asked.append(half_open(port, f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()))
            if asked[-1].recv(12) == b"HTTP/1.1 200":
                return True
            asked[-1].close()
        return False

    assert eventually(has_begun)
    return asked[-1]


def ring(port: int, path: str) -> Browser:
    """A call that came through. A machine that stands still in the handshake makes it overdue: then once more."""
    rung: list[Browser] = []

    def is_through() -> bool:
        with suppress(OSError, IndexError):  # hung up on: there is no status line
            rung.append(Browser(port, path))
            return rung[-1].status == 101
        return False

    assert eventually(is_through)
    return rung[-1]


@pytest.mark.skipif(os.name == "nt", reason="gunicorn is POSIX")
@pytest.mark.parametrize("sent", HALF.values(), ids=HALF.keys())
def test_half_requests_are_hung_up_on_and_others_are_answered_again(port: int, sent: bytes) -> None:
    held = [half_open(port, sent) for _ in range(THREADS * 2)]
    for connection in held:
        until_closed(connection)
    assert eventually(lambda: call(port, "GET", "/healthz")[0] == 200)


@pytest.mark.skipif(os.name == "nt", reason="gunicorn is POSIX")
@pytest.mark.parametrize("what", ["file", "page"])
def test_who_never_reads_a_large_answer_holds_no_thread(port: int, what: str) -> None:
    held = [not_reading(port, f"/large-{what}") for _ in range(THREADS)]
    assert eventually(lambda: call(port, "GET", "/healthz")[0] == 200)
    for connection in held:
        connection.close()


@pytest.mark.skipif(os.name == "nt", reason="gunicorn is POSIX")
def test_a_call_outlives_the_patience_with_requests(port: int) -> None:
    texts = {"cv_text": CV.format(who="A"), "job_text": JOB.format(who="B")}
    made: list[dict[str, str]] = []

    def created() -> bool:
        status, interview = call(port, "POST", "/interviews", texts)
        made.append(interview)
        return status in (200, 201)

    assert eventually(created)
    with ring(port, f"/interviews/{made[-1]['id']}/live") as browser:
        for connection in [half_open(port, HALF["headers"]) for _ in range(THREADS)]:
            until_closed(connection)  # so the limit is over for the call too
        browser.send("still here")
        assert json.loads(browser.message())["text"] == "still here"
        browser.close()
        assert browser.end() == 1000
