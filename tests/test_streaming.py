"""A reader who leaves in the middle of a question, with the real server and a stand-in for the vendor."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chaos import CV, JOB, Server, call
from tests.fakes.behaviours import drip, good_interviewer, hang
from tests.fakes.openai_server import FakeOpenAI
from tests.patience import PATIENCE, eventually

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="counts threads and sockets in /proc")


class Room:
    """A served interview whose questions come from a vendor."""

    def __init__(self, server: Server, vendor: FakeOpenAI) -> None:
        self.server, self.vendor = server, vendor
        made = call(server.port, "POST", "/interviews", {"cv_text": CV.format(who=1), "job_text": JOB.format(who=1)})
        self.path = f"/interviews/{made[1]['id']}"

    def begin(self, until: bytes) -> socket.socket:
        """Ask for a streamed question and read until this has come."""
        connection = socket.create_connection(("127.0.0.1", self.server.port), timeout=PATIENCE)
        connection.sendall(
            f"POST {self.path}/questions HTTP/1.1\r\nHost: 127.0.0.1:{self.server.port}\r\n"
            "Accept: text/event-stream\r\nContent-Length: 0\r\n\r\n".encode()
        )
        seen = b""
        while until not in seen:
            seen += connection.recv(4096)
        return connection

    def questions(self) -> int:
        return int(call(self.server.port, "GET", self.path)[1]["question_count"])

    def holds(self, reader: int) -> bool:
        """The server has its end of the connection from this port."""
        ends = [f"0100007F:{port:04X}" for port in (self.server.port, reader)]
        lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()]
        held = ("01", "08")  # established, or closed by the reader alone
        return any(line[1:3] == ends and line[3] in held for line in lines)

    def used(self) -> tuple[int, int]:
        """Threads and sockets of the worker."""
        assert self.server.process is not None
        parent = self.server.process.pid
        (worker,) = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        process = Path("/proc", worker)
        sockets = 0
        for entry in (process / "fd").iterdir():
            try:
                sockets += str(entry.readlink()).startswith("socket:")
            except OSError:  # closed while we looked
                continue
        return len(list((process / "task").iterdir())), sockets


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with FakeOpenAI(good_interviewer) as vendor:
        server = Server(
            tmp_path / "data", COACH_PROVIDER="openrouter", OPENROUTER_BASE_URL=vendor.url, OPENROUTER_API_KEY="x" * 20
        )
        server.start()
        yield Room(server, vendor)
        server.kill()


@pytest.mark.parametrize("behaviour", [drip(0.05), hang], ids=["slow", "silent"])
def test_a_vendor_is_left_soon_after_the_reader_has_gone(room, behaviour):
    room.vendor.script(behaviour)
    before = len(room.vendor.requests)
    reader = room.begin(b": words")
    assert eventually(lambda: len(room.vendor.requests) > before)
    asked = room.vendor.requests[before]
    reader.close()
    assert asked.disconnected.wait(PATIENCE), "the call to the vendor goes on for nobody, and costs"
    assert room.questions() == 0
    status, question = call(room.server.port, "POST", f"{room.path}/questions", {})
    assert (status, question["number"]) == (200, 1)
    assert question["provenance"]["provider"] == "openrouter"


def test_a_reader_who_only_waits_for_another_readers_question_may_leave_too(room):
    room.vendor.script(hang)
    first = room.begin(b": words")
    assert eventually(lambda: len(room.vendor.requests) == 1)
    second = room.begin(b": words")
    stays, leaves = (reader.getsockname()[1] for reader in (first, second))
    assert room.holds(stays) and room.holds(leaves)
    second.close()
    assert eventually(lambda: not room.holds(leaves))
    assert room.holds(stays)
    first.close()
    assert room.vendor.requests[0].disconnected.wait(PATIENCE)


def test_abandoned_questions_leave_no_socket_and_no_thread_at_work(room):
    room.vendor.script(hang)
    reader = room.begin(b": words")
    assert eventually(lambda: len(room.vendor.requests) == 1)
    reader.close()
    assert room.vendor.requests[0].disconnected.wait(PATIENCE)
    assert eventually(lambda: not room.vendor.connections)
    _, sockets = room.used()
    for _ in range(2):
        room.vendor.script(*[hang] * 25)
        readers = [room.begin(b": words") for _ in range(25)]
        for reader in readers:
            reader.close()
        assert eventually(lambda: room.used()[1] <= sockets)
    assert room.questions() == 0
    threads, _ = room.used()
    assert threads < 90, "threads of the server are kept for the next requests, and are no more than readers at a time"
    room.vendor._script.clear()
    status, question = call(room.server.port, "POST", f"{room.path}/questions", {})
    assert (status, question["number"]) == (200, 1)


def test_stopping_the_server_in_mid_question_and_mid_answer_loses_nothing(room):
    """SIGTERM: it ends within ten seconds, orderly, and every acknowledged answer is there at the next start."""
    room.vendor.script(hang)
    port = room.server.port
    reader = room.begin(b": words")
    others = [
        call(
            port,
            "POST",
            "/interviews",
            {"cv_text": CV.format(who=n), "job_text": JOB.format(who=n), "provider": "offline"},
        )[1]
        for n in range(2, 5)
    ]
    diaries: dict[str, dict[int, str]] = {other["id"]: {} for other in others}
    going = threading.Event()

    def person(interview: str) -> None:
        for number in range(1, 9):
            if call(port, "POST", f"/interviews/{interview}/questions", {})[0] != 200:
                return
            text = f"For number {number} I trained a colleague of interview {interview} and cut waste by 14 percent."
            status, _ = call(port, "POST", f"/interviews/{interview}/answers", {"number": number, "answer": text})
            if status != 200:
                return
            diaries[interview][number] = text
            going.set()

    people = [threading.Thread(target=person, args=(interview,)) for interview in diaries]
    for thread in people:
        thread.start()
    assert going.wait(PATIENCE)
    assert room.server.stop() == 0
    for thread in people:
        thread.join()
    reader.close()
    room.server.start()
    for interview, diary in diaries.items():
        shown = call(port, "GET", f"/interviews/{interview}")[1]
        stored = {item["number"]: item["answer"]["text"] for item in shown["questions"] if item["answer"]}
        assert diary.items() <= stored.items()
        assert [item["number"] for item in shown["questions"]] == list(range(1, len(shown["questions"]) + 1))
    assert room.questions() == 0
    assert "Traceback" not in (room.server.data_dir.parent / "server.log").read_text()
