"""Calls behind the server that people start, and what happens to them when it is stopped."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.chaos import CV, JOB, call
from tests.patience import PATIENCE, eventually
from tests.voice.lines import Browser, sound

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass
class Served:
    """The process, its port, and an interview in it for each call."""

    process: "subprocess.Popen[str]"
    port: int

    def interview(self) -> str:
        body = {"cv_text": CV.format(who="A"), "job_text": JOB.format(who="B"), "force_create": True}
        status, created = call(self.port, "POST", "/interviews", body)
        assert status == 201, created
        return str(created["id"])

    def ring(self, interview_id: str, behind: bytes = b"") -> Browser:
        return Browser(self.port, f"/interviews/{interview_id}/live", behind=behind)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    env = {
        **os.environ,
        "COACH_DATA_DIR": str(tmp_path / "data"),
        "COACH_PROVIDER": "offline",
        "COACH_LIMIT_INTERVIEWS": "",
        "COACH_LIMIT_CALLS": "",
        "COACH_MOST_CALLS_PER_PERSON": "20",
    }
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.voice.serving"],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        assert eventually(lambda: call(port, "GET", "/healthz")[0] == 200)
        yield Served(process, port)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def test_a_call_behind_gunicorn_loses_no_early_byte_and_gets_no_http_behind_its_end(served: Served) -> None:
    interview = served.interview()
    with served.ring(interview) as other:
        early = other.frame("early")
        other.close()
        other.end()
    with served.ring(interview, behind=early) as browser:
        assert json.loads(browser.message())["text"] == "early"
        pcm = os.urandom(640)
        browser.send(sound(pcm))
        assert browser.message()[4:] == pcm  # type: ignore[comparison-overlap]
        browser.close()
        assert browser.end() == 1000
        assert browser.after_close == b""


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT], ids=["terminated", "Ctrl-C"])
def test_a_server_that_is_stopped_tells_20_calls_to_reconnect_and_ends(served: Served, stop: signal.Signals) -> None:
    browsers = [served.ring(served.interview()) for _ in range(20)]
    assert [browser.status for browser in browsers] == [101] * 20
    for browser in browsers:
        browser.send("here")
        browser.message()
    ends: list[tuple[object, int | None]] = []

    def listen(browser: Browser) -> None:
        ends.append((json.loads(browser.message()), browser.end()))

    listeners = [threading.Thread(target=listen, args=(browser,)) for browser in browsers]
    for listener in listeners:
        listener.start()
    served.process.send_signal(stop)
    for listener in listeners:
        listener.join()
    assert served.process.wait(PATIENCE) == 0
    assert ends == [({"type": "state", "state": "reconnecting"}, 1012)] * 20
    _, said = served.process.communicate()
    assert said.count("stored") == 20
    assert "Traceback" not in said
    for browser in browsers:
        browser.sock.close()
