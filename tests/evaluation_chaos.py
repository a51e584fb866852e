"""A real server that is killed while it has answers judged by a model; shared by the test and the long run.

The model is a stand-in that speaks the wire and keeps every request, so it knows what was paid for. What was in the
database at the moment of a kill must never be asked for again.
"""

import random
import re
import threading
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from interview_coach.db import sqlite_module
from tests.chaos import CV, JOB, Server, call
from tests.fakes.openai_server import FakeOpenAI
from tests.fakes.scripted_assessor import Judge, behaviour
from tests.fakes.vendor import Asked, Exchange

END_SECONDS = 60.0
"""In so many an evaluation has ended after a restart; the long run holds it to that."""
QUESTIONS = 8
_MARK = re.compile(r"colleague number (\d+) of case (\d+)")


@dataclass
class Outcome:
    """Figures of one run; `faults` must be empty."""

    kills: int = 0
    evaluations: int = 0
    completed: int = 0
    failed: int = 0
    paid_answers: int = 0
    """Answers in requests to the model, repeats included."""
    repeated: int = 0
    """Answers that were asked for again because the process died before they were stored."""
    ends: list[float] = field(default_factory=list)
    """Seconds from the restart to the end of the evaluation."""
    faults: list[str] = field(default_factory=list)


class Model:
    """The stand-in: judges rightly, takes a random time, and remembers which answers it was shown."""

    def __init__(self, seed: int) -> None:
        self._rng = random.Random(seed)
        self._lock = threading.Lock()
        self._answer = behaviour(Judge())
        self.paid: list[tuple[int, int]] = []
        """(case, number) of every answer in every request for marks."""

    def behave(self, x: Exchange) -> None:
        if is_assessment(x.asked):
            with self._lock:
                self.paid += [(int(case), int(number)) for number, case in set(_MARK.findall(x.asked.last))]
                pause = self._rng.uniform(0.0, 0.12)
            if x.gone(pause):
                x.hang_up()
                return
        self._answer(x)

    def taken(self) -> list[tuple[int, int]]:
        with self._lock:
            return list(self.paid)


def is_assessment(asked: Asked) -> bool:
    """A request for marks, not for a question or a summary."""
    return asked.schema is not None and "accuracy" in str(asked.schema)


def _interview(server: Server, case: int) -> str:
    texts = {"cv_text": CV.format(who=case), "job_text": JOB.format(who=case)}
    made = call(server.port, "POST", "/interviews", {**texts, "questions": QUESTIONS, "provider": "offline"})[1]["id"]
    for number in range(1, QUESTIONS + 1):
        call(server.port, "POST", f"/interviews/{made}/questions", {})
        text = (
            f"Last winter I had to train colleague number {number} of case {case} in a week. I wrote a plan, "
            "showed every step twice and let him close the shop alone. As a result waste fell by 14 percent."
        )
        status, _ = call(server.port, "POST", f"/interviews/{made}/answers", {"number": number, "answer": text})
        assert status == 200, status
    return str(made)


def _stored(data_dir: Path, interview_id: str, evaluation_id: str | None = None) -> set[int]:
    """Numbers with committed marks."""
    with closing(sqlite_module().connect(str(data_dir / "coach.db"))) as connection:
        rows = connection.execute(
            "SELECT s.number FROM scores s JOIN evaluations e ON e.id = s.evaluation_id"
            " WHERE e.interview_id = ? AND e.coach != 'offline' AND e.id = coalesce(?, e.id)",
            (interview_id, evaluation_id),
        )
        return {number for (number,) in rows}


def _wait(server: Server, path: str, outcome: Outcome) -> dict:
    """The newest evaluation once it has ended."""
    began = time.monotonic()
    while time.monotonic() - began < 3 * END_SECONDS:
        status, shown = call(server.port, "GET", path)
        if status == 200 and shown["evaluation"]["status"] in ("COMPLETED", "FAILED"):
            outcome.ends.append(time.monotonic() - began)
            found: dict = shown["evaluation"]
            return found
        time.sleep(0.02)  # a poll of another process, bounded by the deadline above
    outcome.faults.append(f"{path} did not end")
    return {}


def run(folder: Path, *, kills: int, batches: tuple[int, ...] = (1, 3, 8), seed: int = 1) -> Outcome:
    """Kill the server `kills` times at random moments of evaluations, with batches of each size in turn."""
    outcome = Outcome()
    rng = random.Random(seed)
    model = Model(seed)
    with FakeOpenAI(model.behave) as vendor:
        for place, size in enumerate(batches):
            share = kills // len(batches) + (place < kills % len(batches))
            _run_size(folder / f"data-{size}", size, share, rng, model, vendor.url, outcome)
    return outcome


def _run_size(
    data_dir: Path, size: int, kills: int, rng: random.Random, model: Model, url: str, outcome: Outcome
) -> None:
    data_dir.mkdir(parents=True)
    server = Server(
        data_dir, COACH_EVALUATION_BATCH=str(size), OPENROUTER_BASE_URL=url, OPENROUTER_API_KEY="a-key-of-nobody"
    )
    server.start()
    try:
        done = 0
        while done < kills:
            case = size * 1000 + done
            interview_id = _interview(server, case)
            path = f"/interviews/{interview_id}"
            _wait(server, path, Outcome())  # the built-in coach's marks first: while those are given, no others are
            pressed = threading.Thread(
                target=call, args=(server.port, "POST", f"{path}/evaluations", {"provider": "openrouter"})
            )
            pressed.start()
            for _ in range(min(rng.choice((1, 1, 2, 3)), kills - done)):
                _until_paid(model, case, rng.randrange(QUESTIONS + 1))
                time.sleep(rng.uniform(0.0, 0.15))  # the random moment is the point
                server.kill()
                done += 1
                outcome.kills += 1
                pressed.join()
                kept, before = _stored(data_dir, interview_id), model.taken()
                server.start()
            asked = _ended(server, path, outcome)
            again = [number for which, number in model.taken()[len(before) :] if which == case]
            if kept & set(again):
                outcome.faults.append(f"{path}: {sorted(kept & set(again))} were stored and asked for again")
            _look(server, data_dir, interview_id, asked, outcome)
            paid = [number for which, number in model.taken() if which == case]
            outcome.paid_answers += len(paid)
            outcome.repeated += len(paid) - len(set(paid))
    finally:
        server.kill()


def _until_paid(model: Model, case: int, answers: int) -> None:
    """Until the model was shown so many answers of this case: by the clock, every kill would come before the first,
    because a fresh process takes its time to reach a model."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if len({number for which, number in model.taken() if which == case}) >= answers:
            return
        time.sleep(0.005)  # a poll of another process, bounded by the deadline above


def _ended(server: Server, path: str, outcome: Outcome) -> dict:
    """The model's evaluation at its end; asked for now when the kill came before the request was stored."""
    shown = _wait(server, path, outcome)
    if shown and shown["coach"] == "offline":
        call(server.port, "POST", f"{path}/evaluations", {"provider": "openrouter"})
        shown = _wait(server, path, outcome)
    return shown


def _look(server: Server, data_dir: Path, interview_id: str, ended: dict, outcome: Outcome) -> None:
    with closing(sqlite_module().connect(str(data_dir / "coach.db"))) as connection:
        rows = connection.execute(
            "SELECT id, finished_at IS NOT NULL, failed_at IS NOT NULL, error FROM evaluations"
            " WHERE interview_id = ? AND coach = 'openrouter'",
            (interview_id,),
        ).fetchall()
        integrity = connection.execute("PRAGMA integrity_check").fetchone()[0]
    if len(rows) != 1:
        outcome.faults.append(f"{interview_id}: {len(rows)} evaluations for one request")
    if integrity != "ok":
        outcome.faults.append(f"integrity: {integrity}")
    for _, finished, failed, error in rows:
        outcome.evaluations += 1
        outcome.completed += finished
        outcome.failed += failed
        if bool(finished) == bool(failed) or (failed and not error):
            outcome.faults.append(f"{interview_id}: finished {finished}, failed {failed}, reason {error!r}")
        if finished and _stored(data_dir, interview_id) != set(range(1, QUESTIONS + 1)):
            outcome.faults.append(f"{interview_id}: finished without all marks")
    if ended.get("status") == "COMPLETED":
        report = call(server.port, "GET", f"/interviews/{interview_id}/report")[1]
        scorers = {(entry["provenance"]["coach"], entry["accuracy"] is None) for entry in report["answers"]}
        if scorers != {("model", False)} or len(report["answers"]) != QUESTIONS:
            outcome.faults.append(f"{interview_id}: judged by {scorers}")
