"""Requests that no page of ours sends."""

import io
import json
import logging
import time
from datetime import timedelta

import pytest

from interview_coach import interviewing
from interview_coach.db import db, writing
from interview_coach.errors import Problem
from interview_coach.evaluating import requesting
from interview_coach.interviewing import answering, asking, ending
from interview_coach.models import Person
from interview_coach.web import limits
from interview_coach.web.security import SMALL_BODY, TYPED_BODY
from tests.web.conftest import ANSWER, CV, JOB, JSON, begun, finished
from tests.web.people import slowly

HUGE = 10**30


@pytest.mark.parametrize("number", [HUGE, -HUGE, 2**63, 2**31, -1, 1.5, float("nan"), float("inf"), True, None, [], {}])
@pytest.mark.parametrize(("method", "noun"), [("POST", "answers"), ("PUT", "draft")])
def test_a_number_that_no_question_has_is_refused_calmly(client, method, noun, number):
    interview = begun(client)
    body = json.dumps({"number": number, "answer": ANSWER})
    response = client.open(
        f"/interviews/{interview}/{noun}", method=method, data=body, content_type="application/json", headers=JSON
    )
    assert response.status_code in (409, 422)
    assert client.get(f"/interviews/{interview}", headers=JSON).json["answered_count"] == 0


@pytest.mark.parametrize("accept", ["application/json", "text/html"])
@pytest.mark.parametrize("field", ["cv_id", "job_title", "company", "format", "language", "provider", "cv_text"])
@pytest.mark.parametrize("odd", ["\\ud800", "\\u0000", "a\\udfffb"])
def test_half_a_surrogate_and_nul_never_break(client, field, odd, accept):
    values = {"cv_text": "" if field == "cv_id" else CV, "job_text": JOB, "difficulty": "wrong", field: "@"}
    body = json.dumps(values).replace('"@"', f'"{odd}"')
    headers = {"Accept": accept}
    response = client.post("/interviews", data=body, content_type="application/json", headers=headers)
    assert response.status_code == 422
    response.data.decode("utf-8")


@pytest.mark.parametrize("id", ["%00", "%ff%fe", "%ed%a0%80", "a" * 3000, "..", "<script>", "%0d%0aX: y", "x y"])
def test_an_id_that_was_never_made_is_not_looked_up(client, id):
    for method, rest in (("GET", ""), ("DELETE", ""), ("GET", "/report"), ("POST", "/questions"), ("PUT", "/draft")):
        response = client.open(f"/interviews/{id}{rest}", method=method, headers=JSON)
        assert response.status_code in (404, 405), (method, rest)
        assert "X" not in response.headers


@pytest.mark.parametrize(
    "host",
    [
        "localhost@evil.example",
        "evil.example",
        "user@localhost",
        "localhost/../",
        "127.0.0.1#@evil.example",
        "127.0.0.1?x",
        "localhost:abc",
        "127.0.0.1.evil.example",
        "localhost.",
        "127.1",
        "0.0.0.0",
        "[::1",
        "[::ffff:1.2.3.4]",
        "a b",
    ],
)
def test_a_host_that_is_more_than_this_computer_is_refused(client, host):
    assert client.get("/", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1:1", "127.9.9.9", "[::1]", "[::1]:8000"])
def test_this_computer_by_its_names_is_served(client, host):
    assert client.get("/", headers={"Host": host}).status_code == 200


def test_form_with_thousands_of_fields_is_refused(client):
    interview = begun(client)
    form = "&".join(f"f{number}=1" for number in range(10_000))
    kind = "application/x-www-form-urlencoded"
    assert client.post(f"/interviews/{interview}/answers", data=form, content_type=kind).status_code == 413


@pytest.mark.parametrize(("path", "limit"), [("/interviews", TYPED_BODY), ("/interviews/{id}/answers", SMALL_BODY)])
@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded"])
@pytest.mark.parametrize("stated", [True, False], ids=["stated", "chunked"])
def test_a_body_over_the_limit_is_413_with_and_without_a_stated_length(client, path, limit, kind, stated):
    path = path.format(id=begun(client))
    text = "a" * limit
    body = (f'{{"number": 1, "answer": "{text}"}}' if "json" in kind else f"number=1&answer={text}").encode()
    environ = {"wsgi.input": io.BytesIO(body), "wsgi.input_terminated": True, "CONTENT_TYPE": kind}
    if stated:
        environ["CONTENT_LENGTH"] = str(len(body))
    assert client.post(path, environ_overrides=environ).status_code == 413


def test_a_chunked_body_within_the_limit_is_read(client):
    interview = begun(client)
    body = json.dumps({"number": 1, "answer": ANSWER}).encode()
    environ = {"wsgi.input": io.BytesIO(body), "wsgi.input_terminated": True, "CONTENT_TYPE": "application/json"}
    assert client.post(f"/interviews/{interview}/answers", environ_overrides=environ).status_code == 200


def test_what_nobody_offers_to_set_is_not_set(client):
    extra = {
        "id": "mine",
        "owner_id": "other",
        "seed": 1,
        "completed_at": "2020-01-01",
        "plan": {},
        "cv_filename": "../x",
    }
    made = client.post("/interviews", json={"cv_text": CV, "job_text": JOB, **extra}, headers=JSON).json
    assert made["id"] != "mine" and made["status"] == "CREATED"
    interview = begun(client, force_create=True)
    more = {"number": 1, "answer": ANSWER, "source": "spoken", "skipped": True, "answered_at": "2020-01-01"}
    stored = client.post(f"/interviews/{interview}/answers", json=more, headers=JSON).json["answer"]
    assert stored["source"] == "typed" and not stored["answered_at"].startswith("2020")


PAYLOADS = (
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    '" autofocus onfocus=alert(1) hx-get="/evil" x="',
    "</textarea><svg onload=alert(1)>",
    "{{7*7}}${7*7}<%= 7*7 %>",
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_words_of_a_model_are_only_words_in_every_view(client, scripted, payload):
    scripted(slowly(text=f"What did you do when {payload} happened to your team?"))
    interview = begun(client, questions=1)
    streamed = client.post(
        f"/interviews/{interview}/questions", headers={"Accept": "text/event-stream", "HX-Request": "true"}
    ).text
    stream = "".join(
        json.loads(line[6:]).get("html", "") for line in streamed.splitlines() if line.startswith("data: ")
    )
    views = [stream, client.get(f"/interviews/{interview}").text]
    client.post(f"/interviews/{interview}/answers", json={"number": 1, "answer": f"{ANSWER} {payload}"}, headers=JSON)
    for path in ("", "/report", "/documents", "/finish", "/deletion"):
        for headers in ({}, {"HX-Request": "true"}):
            views.append(client.get(f"/interviews/{interview}{path}", headers=headers).text)
    views.append(client.get("/").text)
    assert "7*7" not in payload or any("{{7*7}}" in view for view in views)
    for view in views:
        assert "<img src=x" not in view and "<script>alert" not in view and "<svg onload" not in view
        assert 'hx-get="/evil"' not in view and "49${" not in view


def test_clock_that_goes_back_does_not_lock_anybody_out(app, client, monkeypatch):
    counted = limits.Limits(app.config["COACH_SETTINGS"].model_copy(update={"limit_answers": "2/hour"}))
    with app.app_context():
        for _ in range(2):
            counted.check("answers.create")
        with pytest.raises(Problem):
            counted.check("answers.create")
        now = time.time()
        monkeypatch.setattr(time, "time", lambda: now - 3600)
        counted.check("answers.create")
        counted.check("answers.create")
        with pytest.raises(Problem) as caught:
            counted.check("answers.create")
    assert caught.value.retry_after <= 3600


def test_clock_that_goes_back_leaves_numbers_and_the_newest_marks_in_order(app, client, monkeypatch):
    interview = finished(client)
    with app.app_context():
        first = interviewing.view("local", interview).evaluation
        now = requesting.now()
        monkeypatch.setattr(requesting, "now", lambda: now - timedelta(days=365))
        assert client.post(f"/interviews/{interview}/evaluations", headers=JSON).status_code == 202
        newest = interviewing.view("local", interview).evaluation
    assert newest.id != first.id and newest.status == "COMPLETED"


def test_clock_that_goes_back_between_questions_changes_no_order(app, client, monkeypatch):
    interview = begun(client, 2)
    now = asking.now()
    for room in (asking, answering, ending):
        monkeypatch.setattr(room, "now", lambda: now - timedelta(days=365))
    assert client.post(f"/interviews/{interview}/answers", json={"number": 3, "answer": ANSWER}).status_code == 200
    assert client.post(f"/interviews/{interview}/questions", headers=JSON).json["number"] == 4
    assert client.put(f"/interviews/{interview}/draft", json={"number": 4, "answer": "so far"}).status_code == 204
    shown = client.get(f"/interviews/{interview}", headers=JSON).json
    assert [question["number"] for question in shown["questions"]] == [1, 2, 3, 4]
    assert "so far" in shown["draft"].values()


def test_an_error_of_the_database_quotes_no_value(app, caplog):
    canary = "canary-of-a-cv"
    caplog.set_level(logging.DEBUG)
    with app.app_context():
        with writing() as session:
            session.add(Person(id=canary, created_at=requesting.now()))
        with pytest.raises(Exception, match="UNIQUE") as caught, writing() as session:
            session.add(Person(id=canary, created_at=requesting.now()))
        assert db.engine.hide_parameters
    assert canary not in str(caught.value) and canary not in caplog.text
