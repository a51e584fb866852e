"""The text path beside a bare one: stored answers per second, p99 at 200/s, cold start and memory.

    python -m benchmarks.text

Both servers are gunicorn with one process and the same number of threads, pinned to one core; the load comes from the
other. Figures are ratios: machines are noisy, so each pair is measured side by side, three times in turn, best kept.
"""

import os
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import insert

from interview_coach.config import Settings
from tests.chaos import call, free_port

THREADS, CONNECTIONS, SECONDS, RATE = 16, 8, 4.0, 200
ANSWER = "We had two people ill on a Saturday, so I re-planned the rota by phone and we opened on time. " * 3


def seed(data_dir: Path, count: int) -> list[str]:
    """Interviews whose first question waits for its answer."""
    from interview_coach import create_app
    from interview_coach.db import db, writing
    from interview_coach.models import Document, Interview, Person, Question

    app = create_app(Settings(data_dir=data_dir))
    at = datetime.now(UTC)
    ids = [secrets.token_hex(8) for _ in range(count)]
    with app.app_context(), writing() as session:
        session.add(Person(id="local", created_at=at))
        session.flush()
        for kind in ("cv", "job"):
            session.add(
                Document(id=kind, owner_id="local", kind=kind, text="text", digest=kind, filename=None, created_at=at)
            )
        session.flush()
        session.execute(
            insert(Interview),
            [
                {
                    "id": interview_id,
                    "owner_id": "local",
                    "cv_id": "cv",
                    "job_id": "job",
                    "format": "mock",
                    "job_title": "Cafe manager",
                    "company": "Harbour",
                    "max_questions": 8,
                    "follow_ups": 1,
                    "difficulty": "medium",
                    "language": "en",
                    "coach": "offline",
                    "seed": 1,
                    "requirements": [],
                    "cv_items": [],
                    "created_at": at,
                    "started_at": at,
                }
                for interview_id in ids
            ],
        )
        session.execute(
            insert(Question),
            [
                {
                    "interview_id": interview_id,
                    "number": 1,
                    "kind": "question",
                    "topic": 0,
                    "competency": "leadership",
                    "text": "What did you do when two people were ill on the same day?",
                    "evidence": [],
                    "provenance": {"coach": "rules", "version": "1"},
                    "asked_at": at,
                }
                for interview_id in ids
            ],
        )
    with app.app_context():
        db.engine.dispose()
    return ids


class Measured:
    """A server on core 0."""

    def __init__(self, target: str, env: dict[str, str]) -> None:
        self.port = free_port()
        bound = f"127.0.0.1:{self.port}"
        command = [sys.executable, "-m", "gunicorn", "-k", "gthread", "-w", "1", "--threads", str(THREADS)]
        self.process = subprocess.Popen(
            [*command, "--no-control-socket", "-b", bound, "--log-level", "error", target],
            env={**os.environ, **env},
            preexec_fn=lambda: os.sched_setaffinity(0, {0}),
        )
        while call(self.port, "GET", "/healthz")[0] not in (200, 404) and not self.up():
            time.sleep(0.05)

    def up(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return True
        except OSError:
            return False

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)


class Line:
    """One kept-alive connection that posts an answer as htmx does."""

    def __init__(self, port: int) -> None:
        self.sock = socket.create_connection(("127.0.0.1", port))
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.port = port

    def post(self, interview_id: str) -> int:
        body = urlencode({"number": 1, "answer": ANSWER, "key": interview_id}).encode()
        self.sock.sendall(
            f"POST /interviews/{interview_id}/answers HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nHX-Request: true\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._more()
        head, _, rest = data.partition(b"\r\n\r\n")
        length = next(
            int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")
        )
        while len(rest) < length:
            rest += self._more()
        return int(head.split(b" ", 2)[1])

    def _more(self) -> bytes:
        piece = self.sock.recv(65536)
        if not piece:
            raise ConnectionError("closed by the server")
        return piece


def saturate(port: int, ids: list[str]) -> float:
    """Stored answers per second over `CONNECTIONS` connections that never pause."""
    taken = iter(ids)
    lock = threading.Lock()
    done: list[int] = []
    end = time.monotonic() + SECONDS

    def work() -> None:
        line, count = Line(port), 0
        while time.monotonic() < end:
            with lock:
                interview_id = next(taken, None)
            if interview_id is None:
                break
            if line.post(interview_id) != 200:
                raise RuntimeError("an answer was refused")
            count += 1
        done.append(count)

    began = time.monotonic()
    threads = [threading.Thread(target=work) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / (time.monotonic() - began)


def at_rate(port: int, ids: list[str]) -> tuple[float, float]:
    """p50 and p99 in milliseconds at a fixed offered rate; lateness of a busy line counts as latency."""
    taken = iter(ids)
    lock = threading.Lock()
    latencies: list[float] = []
    began = time.monotonic() + 0.1
    total = int(RATE * SECONDS)
    slots = iter(range(total))

    def work() -> None:
        line = Line(port)
        while True:
            with lock:
                slot, interview_id = next(slots, None), next(taken, None)
            if slot is None or interview_id is None:
                return
            due = began + slot / RATE
            time.sleep(max(0.0, due - time.monotonic()))
            line.post(interview_id)
            latencies.append((time.monotonic() - due) * 1000)

    threads = [threading.Thread(target=work) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cuts = statistics.quantiles(latencies, n=100)
    return cuts[49], cuts[98]


def cold(code: str) -> tuple[float, float]:
    """Best of five fresh interpreters: milliseconds and MiB of resident memory."""
    measure = (
        "import time; t = time.perf_counter()\n"
        f"{code}\n"
        "t = (time.perf_counter() - t) * 1000\n"
        "kib = int(next(l for l in open('/proc/self/status') if l.startswith('VmRSS')).split()[1])\n"
        "print(t, kib / 1024)"
    )
    results = []
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "COACH_DATA_DIR": folder}
        for _ in range(6):  # the first makes the database
            out = subprocess.run([sys.executable, "-c", measure], env=env, capture_output=True, text=True, check=True)
            milliseconds, mebibytes = out.stdout.split()[-2:]
            results.append((float(milliseconds), float(mebibytes)))
    results.pop(0)
    return min(result[0] for result in results), min(result[1] for result in results)


def main() -> None:
    os.sched_setaffinity(0, {1} if os.cpu_count() != 1 else {0})
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        ids = seed(data, 40_000)
        ours = Measured(
            "interview_coach:create_app()",
            {
                "COACH_DATA_DIR": str(data),
                "COACH_LIMIT_ANSWERS": "",
                "COACH_PROVIDER": "offline",
            },
        )
        bare = Measured("benchmarks.bare_app:make_bare()", {"BARE_DATABASE": str(Path(folder) / "bare.db")})
        rates: dict[str, list[float]] = {"ours": [], "bare": []}
        tails: dict[str, list[tuple[float, float]]] = {"ours": [], "bare": []}
        used = 0
        for _ in range(3):
            for name, server in (("bare", bare), ("ours", ours)):
                rates[name].append(saturate(server.port, ids[used : used + 10_000]))
                used += int(rates[name][-1] * SECONDS * 1.3) + 200 if name == "ours" else 0
        for _ in range(3):
            for name, server in (("bare", bare), ("ours", ours)):
                tails[name].append(at_rate(server.port, ids[-1 - int(RATE * SECONDS) :]))
                if name == "ours":
                    del ids[-1 - int(RATE * SECONDS) :]
        ours.stop()
        bare.stop()
    best = {name: max(values) for name, values in rates.items()}
    tail = {name: min(values, key=lambda pair: pair[1]) for name, values in tails.items()}
    print(f"{'':34}{'ours':>10}{'bare':>10}{'ratio':>8}")
    print(
        f"{'stored answers/s (8 connections)':34}{best['ours']:10.0f}{best['bare']:10.0f}"
        f"{best['ours'] / best['bare']:8.2f}   target >= 0.5"
    )
    for index, label in ((0, "p50"), (1, "p99")):
        print(
            f"{f'{label} ms at {RATE}/s':34}{tail['ours'][index]:10.1f}{tail['bare'][index]:10.1f}"
            f"{tail['ours'][index] / tail['bare'][index]:8.2f}"
        )
    imports = cold("import flask, sqlalchemy")
    app = cold("import interview_coach; app = interview_coach.create_app()")
    everything = cold("import flask, sqlalchemy, google.genai, openai, numpy, pypdf")
    for index, label in ((0, "cold start ms"), (1, "memory MiB")):
        print(
            f"{f'{label}: create_app() / import flask, sqlalchemy':34}\n{'':34}{app[index]:10.0f}{imports[index]:10.0f}"
            f"{app[index] / imports[index]:8.2f}   (with all SDKs imported {everything[index]:.0f})"
        )


if __name__ == "__main__":
    main()
