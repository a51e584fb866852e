"""A real server that is killed and started again while clients talk to it; shared by the test and the long run.

Every client keeps a diary of what the server has acknowledged. After each kill it looks whether all of it is there.
"""

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.patience import PATIENCE

CV = """Robin Example {who}
Shift manager at Harbour Cafe, 2019 to 2024
- Trained twelve new colleagues and wrote the handbook for closing the shop
- Cut waste by 14 % with a weekly stock count
Barista at Corner Beans, 2016 to 2019
- Served up to 300 guests a day
Skills: stock planning, rota planning, food safety, Excel
"""
JOB = """Cafe manager {who}
Requirements:
- Experience leading a small team
- Planning rotas and stock
- Knowledge of food safety rules
- Clear communication with guests and suppliers
You will:
- Run the daily business of the cafe
- Train new colleagues
Nice to have: experience with social media
"""
HEALTHY_SECONDS = 5.0


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


class Server:
    """`interview-coach serve` as a person starts it, in its own process group."""

    def __init__(self, data_dir: Path, port: int | None = None, **env: str) -> None:
        self.data_dir = data_dir
        self.port = port or free_port()
        self.env = {
            **{key: value for key, value in os.environ.items() if not key.startswith("COACH_")},
            "COACH_DATA_DIR": str(data_dir),
            "COACH_PROVIDER": "offline",
            "COACH_LIMIT_INTERVIEWS": "",
            "COACH_LIMIT_ANSWERS": "",
            **env,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Seconds until /healthz says ok."""
        began = time.monotonic()
        self._launch()
        while True:
            status, _ = call(self.port, "GET", "/healthz")
            if status == 200:
                return time.monotonic() - began
            if self._lost_its_port() and time.monotonic() - began < 60:
                time.sleep(0.2)
                self._launch()
            elif self.process.poll() is not None or time.monotonic() - began > 60:
                raise RuntimeError(f"the server did not start, see {self.data_dir.parent / 'server.log'}")
            time.sleep(0.02)  # a poll of another process, bounded by the deadline above

    def _launch(self) -> None:
        log = (self.data_dir.parent / "server.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "interview_coach", "serve", "--port", str(self.port)],
            env=self.env,
            cwd=Path(__file__).resolve().parent.parent,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        log.close()

    def _lost_its_port(self) -> bool:
        """True when it ended because somebody's outgoing connection had the port for a moment."""
        if self.process is None or self.process.poll() is None:
            return False
        return b"is in use" in (self.data_dir.parent / "server.log").read_bytes()[-400:]

    def kill(self) -> None:
        """SIGKILL for the whole group: nothing can be tidied up."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def stop(self) -> int:
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(PATIENCE)


def call(port: int, method: str, path: str, body: object = None) -> tuple[int, dict]:
    """Status and JSON; status 0 when the connection failed at any point."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        headers = {"Accept": "application/json"}
        data = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            data = json.dumps(body)
        connection.request(method, path, data, headers)
        response = connection.getresponse()
        raw = response.read()
        return response.status, json.loads(raw) if raw.strip() else {}
    except (OSError, http.client.HTTPException, json.JSONDecodeError):
        return 0, {}
    finally:
        connection.close()


@dataclass
class Client:
    """Answers interview after interview and keeps what was acknowledged."""

    who: int
    port: int
    alive: threading.Event
    rng: random.Random
    acknowledged: dict[str, dict[int, str]] = field(default_factory=dict)
    drafts: int = 0
    faults: list[str] = field(default_factory=list)
    thread: threading.Thread | None = None

    def run(self) -> None:
        try:
            while self.alive.is_set():
                self.one_interview()
        except Exception as error:  # a fault of the harness must fail the run, not end a thread in silence
            self.faults.append(f"client {self.who}: {error!r}")

    def ask(self, method: str, path: str, body: object = None) -> tuple[int, dict]:
        """Repeat until there is an answer, as a browser with a patient person does."""
        while self.alive.is_set():
            status, data = call(self.port, method, path, body)
            if status not in (0, 503):
                if status >= 500:
                    self.faults.append(f"{method} {path}: {status}")
                return status, data
            time.sleep(0.03)  # the server is down on purpose; the run has an end
        return 0, {}

    def one_interview(self) -> None:
        texts = {"cv_text": CV.format(who=self.who), "job_text": JOB.format(who=self.who)}
        status, created = self.ask("POST", "/interviews", {**texts, "questions": 8})
        if status == 0:
            return
        path = f"/interviews/{created['id']}"
        diary = self.acknowledged.setdefault(created["id"], {})
        while self.alive.is_set():
            status, _ = self.ask("POST", f"{path}/questions", {})
            if status == 409:
                break
            status, shown = self.ask("GET", path)
            if status != 200:
                continue
            self.check(shown, diary)
            if shown["is_complete"]:
                break
            open_ones = [item for item in shown["questions"] if item["answer"] is None]
            if not open_ones:
                continue
            number = open_ones[0]["number"]
            text = f"For number {number} I trained colleague {self.rng.randrange(10**9)} and cut waste by 14 percent."
            if (
                self.rng.random() < 0.5
                and self.ask("PUT", f"{path}/draft", {"number": number, "answer": text})[0] == 204
            ):
                self.drafts += 1
            status, data = self.ask("POST", f"{path}/answers", {"number": number, "answer": text, "key": f"k{number}"})
            if status in (200, 201):
                diary[number] = text
            elif status == 409:  # the answer was stored and its acknowledgement died with the server, or all is done
                continue
            elif status:
                self.faults.append(f"answer {number}: {status} {data}")

    def check(self, shown: dict, diary: dict[int, str]) -> None:
        numbers = [item["number"] for item in shown["questions"]]
        if numbers != list(range(1, len(numbers) + 1)):
            self.faults.append(f"numbers {numbers}")
        stored = {item["number"]: item["answer"]["text"] for item in shown["questions"] if item["answer"]}
        for number, text in diary.items():
            if stored.get(number) != text:
                self.faults.append(f"acknowledged answer {number} is lost or changed")


@dataclass
class Outcome:
    kills: int
    acknowledged: int
    interviews: int
    drafts: int
    restarts: list[float]
    faults: list[str]


def wait_for_progress(people: list[Client], answers: int) -> None:
    """Until so many more answers are acknowledged: a fixed time would end too early on a busy machine."""

    def stored() -> int:
        return sum(len(diary) for person in people for diary in list(person.acknowledged.values()))

    goal, deadline = stored() + answers, time.monotonic() + PATIENCE
    while stored() < goal and time.monotonic() < deadline:
        time.sleep(0.01)  # a poll of other threads, bounded by the deadline above


def run(data_dir: Path, *, kills: int, clients: int = 4, seed: int = 1) -> Outcome:
    """Kill the server `kills` times at random moments while clients work; look at everything at the end."""
    rng = random.Random(seed)
    server = Server(data_dir)
    server.start()
    alive = threading.Event()
    alive.set()
    people = [Client(who, server.port, alive, random.Random(seed * 100 + who)) for who in range(clients)]
    for person in people:
        person.thread = threading.Thread(target=person.run)
        person.thread.start()
    restarts = []
    try:
        for _ in range(kills):
            wait_for_progress(people, rng.randrange(6))
            time.sleep(rng.uniform(0.0, 0.4))  # the random moment is the point
            server.kill()
            restarts.append(server.start())
        wait_for_progress(people, 12)  # and they go on behind the last start
    finally:
        alive.clear()
        for person in people:
            assert person.thread is not None
            person.thread.join()
    faults = [fault for person in people for fault in person.faults]
    for person in people:
        for interview_id, diary in person.acknowledged.items():
            status, shown = call(server.port, "GET", f"/interviews/{interview_id}")
            if status != 200:
                faults.append(f"interview {interview_id}: {status}")
                continue
            person.faults.clear()
            person.check(shown, diary)
            faults += person.faults
            if shown["is_complete"] and shown["evaluation"]["status"] not in ("COMPLETED", "PENDING", "PROCESSING"):
                faults.append(f"evaluation of {interview_id}: {shown['evaluation']}")
    server.kill()
    return Outcome(
        kills=kills,
        acknowledged=sum(len(diary) for person in people for diary in person.acknowledged.values()),
        interviews=sum(len(person.acknowledged) for person in people),
        drafts=sum(person.drafts for person in people),
        restarts=restarts,
        faults=faults,
    )
