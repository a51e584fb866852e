"""Any order of what people do with several tabs: numbers stay 1..n, nothing acknowledged is lost, nothing breaks."""

import shutil
import tempfile
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from interview_coach import create_app
from interview_coach.config import Settings
from interview_coach.db import db
from tests.apps import put_empty_database
from tests.chaos import CV, JOB

JSON = {"Accept": "application/json"}
HTMX = {"HX-Request": "true"}
TABS = st.integers(0, 2)
WAYS = st.sampled_from([JSON, HTMX, {}, {"Accept": "text/event-stream", "HX-Request": "true"}])


def machine(make_client):
    """The rules, over a client of an application of its own."""

    class Tabs(RuleBasedStateMachine):
        """Three tabs, each with the number that it showed last; `diary` holds what the server has acknowledged."""

        def __init__(self) -> None:
            super().__init__()
            self.client: FlaskClient = make_client()
            self.shown = [1, 1, 1]
            self.texts = 0
            self.interview = ""
            self.diary: dict[int, str | None] = {}
            self.gone = False
            self.finished = False

        @initialize(questions=st.integers(1, 6), follow_ups=st.integers(0, 2))
        def create(self, questions: int, follow_ups: int) -> None:
            body = {"cv_text": CV.format(who=1), "job_text": JOB.format(who=1), "force_create": True}
            made = self.client.post(
                "/interviews", json={**body, "questions": questions, "follow_ups": follow_ups}, headers=JSON
            )
            assert made.status_code == 201
            self.interview = f"/interviews/{made.json['id']}"
            self.most = questions

        def send(self, method: str, path: str, headers: dict[str, str], **more: object):
            response = self.client.open(f"{self.interview}{path}", method=method, headers=headers, **more)
            response.get_data()
            assert response.status_code < 500, (method, path, response.status_code)
            if self.gone and method != "GET":
                assert response.status_code == 404
            return response

        @rule(tab=TABS, way=WAYS)
        def ask(self, tab: int, way: dict[str, str]) -> None:
            self.send("POST", "/questions", way)

        @rule(tab=TABS)
        def reload(self, tab: int) -> None:
            shown = self.send("GET", "", JSON)
            if not self.gone:
                self.shown[tab] = max(1, shown.json["question_count"])
            self.send("GET", "", {})

        @rule(tab=TABS, way=WAYS, back=st.integers(-1, 2), again=st.booleans(), key=st.sampled_from(["", "one", "two"]))
        def answer(self, tab: int, way: dict[str, str], back: int, again: bool, key: str) -> None:
            """`back` is a stale tab, or one that is ahead; `again` sends what is stored once more."""
            number = self.shown[tab] - back
            self.texts += 1
            text = f"For case {self.texts} I trained a colleague for two weeks and cut waste by 14 percent."
            if again and self.diary.get(number):
                text = self.diary[number] or text
            sent = self.send("POST", "/answers", way, data={"number": number, "answer": text, "key": key})
            if sent.status_code in (200, 303):
                assert number not in self.diary or self.diary[number] == text, "another text was taken for an answer"
                self.diary[number] = text
            else:
                assert sent.status_code in (404, 409, 422)
                assert way == JSON or self.gone or text in sent.text or way, "what was typed is on the page"

        @rule(tab=TABS, way=WAYS)
        def skip(self, tab: int, way: dict[str, str]) -> None:
            number = self.shown[tab]
            sent = self.send("POST", "/answers", way, data={"number": number, "action": "skip"})
            if sent.status_code in (200, 303):
                assert self.diary.get(number) is None
                self.diary[number] = None

        @rule(tab=TABS, text=st.sampled_from(["", "so far", "é\0\ud7ff", "x" * 500]))
        def draft(self, tab: int, text: str) -> None:
            sent = self.send("PUT", "/draft", JSON, json={"number": self.shown[tab], "answer": text})
            if sent.status_code == 204:
                assert self.shown[tab] not in self.diary

        @rule()
        def read_everything(self) -> None:
            for path in ("/report", "/documents", "/finish", "/deletion"):
                self.send("GET", path, {})
            assert self.client.get("/").status_code == 200

        @precondition(lambda self: self.diary)
        @rule(way=WAYS, really=st.integers(0, 5))
        def finish(self, way: dict[str, str], really: int) -> None:
            if really == 0:
                self.finished |= self.send("POST", "/finish", way).status_code in (200, 303)

        @rule(way=WAYS)
        def mark_again(self, way: dict[str, str]) -> None:
            self.send("POST", "/evaluations", way)

        @precondition(lambda self: self.diary)
        @rule(really=st.integers(0, 15))
        def delete(self, really: int) -> None:
            if really == 0:
                self.gone |= self.send("DELETE", "", JSON).status_code == 204

        @invariant()
        def all_of_it_is_there(self) -> None:
            if not self.interview:
                return
            response = self.client.get(self.interview, headers=JSON)
            if self.gone:
                assert response.status_code == 404
                return
            shown = response.json
            numbers = [question["number"] for question in shown["questions"]]
            assert numbers == list(range(1, len(numbers) + 1)) and len(numbers) <= self.most
            stored = {question["number"]: question["answer"] for question in shown["questions"]}
            for number, text in self.diary.items():
                assert (stored[number] or {}).get("text") == text
            assert shown["answered_count"] == sum(text is not None for text in self.diary.values())
            assert all(number in self.diary for number in numbers[:-1]), "a question was passed over"
            if self.finished or self.most in self.diary:
                assert shown["is_complete"] and shown["evaluation"]["status"] == "COMPLETED"

        def teardown(self) -> None:
            if self.interview and not self.gone:
                self.client.delete(self.interview, headers=JSON)

    return Tabs


@pytest.fixture
def make_client():
    folder = Path(tempfile.mkdtemp(prefix="coach-tabs-"))
    put_empty_database(folder)
    app = create_app(Settings(data_dir=folder, provider="offline", limit_interviews="", limit_answers=""))
    yield app.test_client
    with app.app_context():
        db.engine.dispose()
    shutil.rmtree(folder)


def test_three_tabs_in_any_order(make_client):
    run_state_machine_as_test(
        machine(make_client),
        settings=settings(
            max_examples=50,
            phases=(Phase.generate,),  # a failure is shown as it was found: making it smaller takes minutes
            stateful_step_count=30,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
