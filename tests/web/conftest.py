"""The real application on a real SQLite file, and a client that behaves like a browser, like htmx or like a program."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import text
from werkzeug.test import TestResponse

from interview_coach import create_app
from interview_coach.config import Settings
from interview_coach.db import db
from tests.web.people import Script, Scripted, TestCoaches

CV = """Nadia Okafor
Ward nurse

Experience
Charge nurse, St. Anne's Hospital, 2019-2024
- Led a night team of six on a 28-bed surgical ward
- Cut medication errors by 30 % with a second check at handover
Staff nurse, Riverside Clinic, 2015-2019
- Trained twelve new colleagues in wound care
"""
JOB = """Senior Nurse
Lakeside Hospital

We are looking for a senior nurse for our surgical ward.

Requirements
- Registered nurse with at least three years on a surgical ward
- Experience in leading a shift
- You document care in an electronic patient record
- You train new colleagues
"""
ANSWER = (
    "On a Saturday night two colleagues fell ill and I had 28 patients with four nurses. I split the ward into two "
    "halves, called the bed manager and moved the planned dressings to the morning. Nobody waited longer than ten "
    "minutes and we had no medication error."
)
HTMX = {"HX-Request": "true"}
JSON = {"Accept": "application/json"}


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database without rows; copying it is quicker than migrating for each test."""
    data = tmp_path_factory.mktemp("empty")
    app = create_app(Settings(data_dir=data, provider="offline"))
    with app.app_context():
        db.session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        db.session.remove()
        db.engine.dispose()
    return data / "coach.db"


@pytest.fixture
def make_app(tmp_path: Path, empty_database: Path) -> Iterator[Callable[..., Flask]]:
    apps: list[Flask] = []

    def make(**settings: Any) -> Flask:
        data = tmp_path / "data"
        data.mkdir(exist_ok=True)
        shutil.copyfile(empty_database, data / "coach.db")
        chosen = {"data_dir": data, "provider": "offline", "limit_interviews": "", "limit_answers": ""}
        app = create_app(Settings(**{**chosen, **settings}))
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(empty_database.parent))  # compile once, not per test
        apps.append(app)
        return app

    yield make
    for app in apps:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    return make_app()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def scripted(app: Flask) -> Callable[[Script], Scripted]:
    """Put a scripted model in the interviewer's chair."""

    def seat(script: Script) -> Scripted:
        coaches = TestCoaches(app.config["COACH_SETTINGS"])
        coaches.scripted = Scripted(script)
        app.extensions["coaches"] = coaches
        return coaches.scripted

    return seat


def create(client: FlaskClient, **choices: Any) -> str:
    """A new interview; returns its id."""
    body = {"cv_text": CV, "job_text": JOB, **choices}
    response = client.post("/interviews", json=body, headers=JSON)
    assert response.status_code == 201, response.text
    return str(response.json["id"])


def ask(client: FlaskClient, interview: str, **body: Any) -> TestResponse:
    return client.post(f"/interviews/{interview}/questions", json=body, headers=JSON)


def answer(client: FlaskClient, interview: str, number: int, text: str = ANSWER, **more: Any) -> TestResponse:
    body = {"number": number, "answer": text, **more}
    return client.post(f"/interviews/{interview}/answers", json=body, headers=JSON)


def begun(client: FlaskClient, answered: int = 0, **choices: Any) -> str:
    """An interview with an open question after `answered` answers."""
    interview = create(client, **choices)
    for number in range(1, answered + 1):
        assert ask(client, interview).status_code == 200
        assert answer(client, interview, number, f"{ANSWER} That was night {number}.").status_code == 200
    assert ask(client, interview).status_code == 200
    return interview


def finished(client: FlaskClient, questions: int = 2, **choices: Any) -> str:
    """An interview whose last question is answered."""
    interview = begun(client, questions - 1, questions=questions, **choices)
    assert answer(client, interview, questions, f"{ANSWER} That was the last night.").json["is_complete"] is True
    return interview
