"""Delete everything: no word is left in any file of the data folder, while the server runs and after it.

A real server with a queue of evaluations, readers that hold the database, and a model that is in the middle of judging.
"""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask

from interview_coach import portability
from interview_coach.db import db, sqlite_module
from interview_coach.portability import erasing
from tests.chaos import CV, JOB, Server, call
from tests.fakes.behaviours import good_interviewer
from tests.fakes.openai_server import FakeOpenAI
from tests.fakes.vendor import Exchange
from tests.patience import PATIENCE, eventually
from tests.portability.history import ME, fill

CANARIES = {
    "cv": "Qwyjibocurriculum",
    "ad": "Fnordadvertisement",
    "title": "Grultitle",
    "company": "Blorpcompany",
    "answer": "Zibblesaid",
    "draft": "Vexitdraft",
}
ANSWER = (
    "On Saturday {number} in March two colleagues of the {word} shift were ill. I called four people, split the shift "
    "and moved the orders to Monday. We opened on time and {word} lost no guest, which saved 14 % of the week."
)


def found(folder: Path) -> dict[str, list[str]]:
    """File -> canaries that stand in it, in any file of the folder."""
    hits: dict[str, list[str]] = {}
    for path in folder.rglob("*"):
        if path.is_file():
            raw = path.read_bytes().lower()
            here = [word for word in CANARIES.values() if word.lower().encode() in raw]
            if here:
                hits[path.name] = here
    return hits


class SlowModel:
    """Answers with words of what it was shown, but only when it is let go."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.go = threading.Event()

    def behave(self, exchange: Exchange) -> None:
        self.asked.set()
        self.go.wait(PATIENCE)
        good_interviewer(exchange)


@pytest.fixture
def model() -> Iterator[SlowModel]:
    slow = SlowModel()
    yield slow
    slow.go.set()


def practise(port: int, number: int, questions: int) -> str:
    """An interview with canaries in every text."""
    body = {
        "cv_text": CV.format(who=CANARIES["cv"]) + f"\nRotas for {CANARIES['cv']} and {number} others" * 200,
        "job_text": JOB.format(who=CANARIES["ad"]) * 20,
        "job_title": f"{CANARIES['title']} {number}",
        "company": CANARIES["company"],
        "questions": questions,
        "provider": "offline",
    }
    status, interview = call(port, "POST", "/interviews", body)
    assert status == 201, interview
    address = f"/interviews/{interview['id']}"
    for place in range(1, questions + 1):
        assert call(port, "POST", f"{address}/questions", {})[0] == 200
        text = ANSWER.format(number=place, word=CANARIES["answer"])
        assert call(port, "POST", f"{address}/answers", {"number": place, "answer": text})[0] == 200
    return str(interview["id"])


def begin(port: int) -> None:
    """An interview with a draft for its open question."""
    body = {"cv_text": CV.format(who=CANARIES["cv"]), "job_text": JOB.format(who=CANARIES["ad"]), "provider": "offline"}
    address = f"/interviews/{call(port, 'POST', '/interviews', body)[1]['id']}"
    assert call(port, "POST", f"{address}/questions", {})[0] == 200
    assert call(port, "PUT", f"{address}/draft", {"number": 1, "answer": f"So far {CANARIES['draft']}"})[0] == 204


def test_no_word_is_left_in_any_file_while_the_server_runs_and_after_it(tmp_path: Path, model: SlowModel) -> None:
    data = tmp_path / "data"
    with FakeOpenAI(model.behave) as vendor:
        server = Server(data, COACH_PROVIDER="openrouter", OPENROUTER_API_KEY="k", OPENROUTER_BASE_URL=vendor.url)
        server.start()
        port = server.port
        try:
            done = [practise(port, number, 3) for number in range(3)]
            begin(port)
            for interview in done:
                state = f"/interviews/{interview}"
                assert eventually(lambda s=state: call(port, "GET", s)[1]["status"] == "EVALUATED")
            subprocess.run(
                [sys.executable, "-m", "interview_coach", "backup"],
                env=server.env, cwd=Path(__file__).parents[2], check=True, capture_output=True,
            )  # fmt: skip
            assert call(port, "POST", f"/interviews/{done[0]}/evaluations", {"provider": "openrouter"})[0] == 202
            assert model.asked.wait(PATIENCE)
            before = found(data)
            assert {word for words in before.values() for word in words} >= set(CANARIES.values())
            assert len(before) >= 2, "the backup must hold them too, or this proves nothing"

            stop = threading.Event()
            readers = [threading.Thread(target=read_on, args=(port, done[1], stop)) for _ in range(4)]
            for reader in readers:
                reader.start()
            assert call(port, "DELETE", "/data")[0] == 204
            assert found(data) == {}
            stop.set()
            for reader in readers:
                reader.join()
            model.go.set()  # what the model says now must not come back
            assert eventually(lambda: len(vendor.requests) >= 1)
            assert call(port, "GET", "/interviews")[1]["interviews"] == []
            practise_elsewhere(port)
            assert found(data) == {}
        finally:
            assert server.stop() == 0
    assert found(tmp_path) == {}, "neither in the data nor in what the server printed"
    with closing(sqlite_module().connect(str(data / "coach.db"))) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert not list((data / "backups").iterdir())


def practise_elsewhere(port: int) -> None:
    """Life goes on after it, and what is new can be judged."""
    body = {"cv_text": CV.format(who="new"), "job_text": JOB.format(who="new"), "questions": 1, "provider": "offline"}
    address = f"/interviews/{call(port, 'POST', '/interviews', body)[1]['id']}"
    assert call(port, "POST", f"{address}/questions", {})[0] == 200
    text = ANSWER.format(number=1, word="early")
    assert call(port, "POST", f"{address}/answers", {"number": 1, "answer": text})[0] == 200
    assert eventually(lambda: call(port, "GET", address)[1]["status"] == "EVALUATED")


def read_on(port: int, interview: str, stop: threading.Event) -> None:
    while not stop.is_set():
        call(port, "GET", f"/interviews/{interview}")
        call(port, "GET", "/interviews")


def test_a_reader_that_holds_the_old_state_only_delays_it(old: Flask) -> None:
    """The log cannot be emptied under a reader: deleting waits for it."""
    data = Path(old.config["COACH_DATA_DIR"])
    with old.app_context():
        portability.export(ME)
        reader = db.engine.connect()
        reader.exec_driver_sql("SELECT count(*) FROM documents").all()
        timer = threading.Timer(1.0, reader.close)
        timer.start()
        portability.erase_everything(ME)
        timer.join()
    assert (data / "coach.db-wal").stat().st_size == 0
    assert b"Saturday" not in (data / "coach.db").read_bytes()


def test_a_reader_that_never_ends_is_not_kept_secret(old: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasing, "LONGEST_WAIT_SECONDS", 0.0)
    monkeypatch.setattr(erasing, "forget_deleted", lambda: None)  # as it ends when the log is in use
    with old.app_context():
        assert not portability.erase_everything(ME)
        assert portability.stored(ME).is_empty


def test_what_is_deleted_is_counted_and_repeating_it_changes_nothing(old: Flask) -> None:
    with old.app_context():
        before = portability.stored(ME)
        assert (before.interviews, before.cvs, before.jobs, before.drafts) == (4, 1, 1, 2)
        assert portability.erase_everything(ME)
        assert portability.stored(ME).is_empty
        assert portability.erase_everything(ME)


def test_copies_that_a_restore_left_behind_go_too(old: Flask) -> None:
    data = Path(old.config["COACH_DATA_DIR"])
    kept = data / "coach.db.before-restore-20260101-000000"
    kept.write_text("words")
    key = data / "secret_key"
    key.write_text("not about the person")
    with old.app_context():
        assert portability.stored(ME).backups == (kept.name,)
        portability.erase_everything(ME)
    assert not kept.exists()
    assert key.exists()


def test_a_fresh_person_begins_with_the_usual_choices(old: Flask) -> None:
    from interview_coach import preferences

    with old.app_context():
        assert preferences.low_anxiety(ME)
        portability.erase_everything(ME)
        assert not preferences.low_anxiety(ME)
        fill()
        assert portability.stored(ME).interviews == 4
