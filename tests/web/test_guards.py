"""What is refused before any view runs, and what every response carries."""

import io
import logging

import pytest

from interview_coach.errors import Problem
from tests.web.conftest import ANSWER, CV, HTMX, JOB, JSON, begun, create, finished

PAGES = ["/", "/interviews", "/interviews/new", "/healthz", "/nowhere"]


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000", "127.0.0.9"])
def test_this_computer_is_answered(client, host):
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "192.168.1.4:8000", "", "[", "127.0.0.1.x"])
def test_a_foreign_name_is_refused_with_a_calm_page(client, host):
    response = client.get("/", headers={"Host": host})
    assert response.status_code == 400
    assert "localhost" in response.text
    assert client.get("/", headers={"Host": host, **JSON}).json["error"]["code"] == "BAD_REQUEST"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:1234"},
        {"Referer": "http://evil.example/page"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    ],
)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/interviews"),
        ("POST", "/interviews/{id}/questions"),
        ("POST", "/interviews/{id}/answers"),
        ("PUT", "/interviews/{id}/draft"),
        ("POST", "/interviews/{id}/finish"),
        ("POST", "/interviews/{id}/evaluations"),
        ("POST", "/interviews/{id}/documents"),
        ("POST", "/interviews/{id}/deletion"),
        ("DELETE", "/interviews/{id}"),
    ],
)
def test_a_request_of_another_site_changes_nothing(client, method, path, headers):
    interview = begun(client)
    before = client.get(f"/interviews/{interview}", headers=JSON).json
    fields = {"cv_text": CV + "x", "job_text": JOB, "number": "1", "answer": ANSWER}
    response = client.open(path.format(id=interview), method=method, data=fields, headers=headers)
    assert response.status_code == 403
    assert client.get(f"/interviews/{interview}", headers=JSON).json == before
    assert len(client.get("/interviews", headers=JSON).json["interviews"]) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://localhost"},
        {"Referer": "http://localhost/interviews/new"},
        {},
    ],
)
def test_our_own_page_and_a_program_pass(client, headers):
    response = client.post("/interviews", data={"cv_text": CV, "job_text": JOB}, headers=headers)
    assert response.status_code == 303


@pytest.mark.parametrize("path", PAGES)
def test_every_response_carries_the_headers(client, path):
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy and "nonce" not in policy and "http" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "microphone=()" in headers["Permissions-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert {"HX-Request", "Accept"} <= {name.strip() for name in headers["Vary"].split(",")}


def test_refused_requests_carry_the_headers_too(client):
    headers = client.post("/interviews", headers={"Sec-Fetch-Site": "cross-site"}).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_static_files_may_be_kept(client):
    with client.get("/static/css/tokens.css") as response:
        assert response.status_code == 200
        assert response.headers.get("Cache-Control") != "no-store"
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_a_body_beyond_the_limit_is_refused(client):
    response = client.post("/interviews", data=b"x" * (35 * 1024 * 1024), headers=JSON, content_type="text/plain")
    assert response.status_code in (413, 422)
    interview = begun(client)
    response = client.post(f"/interviews/{interview}/answers", data={"number": 1, "answer": "x" * 1_200_000})
    assert response.status_code == 413


def test_too_many_form_parts_are_refused(client):
    fields = {f"field{number}": "x" for number in range(100)}
    response = client.post("/interviews", data=fields, content_type="multipart/form-data", headers=JSON)
    assert response.status_code == 413
    assert response.json["error"]["code"] == "DOCUMENT_TOO_LARGE"


def test_sixth_interview_in_a_minute_waits(make_app):
    client = make_app(limit_interviews="5/hour").test_client()
    for number in range(5):
        create(client, job_title=f"Job {number}", force_create=True)
    response = client.post("/interviews", json={"cv_text": CV, "job_text": JOB}, headers=JSON)
    assert response.status_code == 429
    assert response.json["error"]["code"] == "RATE_LIMIT_EXCEEDED"
    assert 1 <= int(response.headers["Retry-After"]) <= 3600
    page = client.post("/interviews", data={"cv_text": CV, "job_text": JOB, "job_title": "Kept <title>"})
    assert page.status_code == 429 and "Retry-After" in page.headers
    assert "Kept &lt;title&gt;" in page.text and "Charge nurse" in page.text


def test_a_form_that_came_back_does_not_count_as_an_interview(make_app):
    client = make_app(limit_interviews="2/hour").test_client()
    for _ in range(5):
        unreadable = {"cv_file": (io.BytesIO(b"%PDF-1.7 broken"), "cv.pdf"), "job_text": JOB}
        assert client.post("/interviews", data=unreadable).status_code == 422
    made = create(client, job_title="One")
    again = client.post("/interviews", json={"cv_text": CV, "job_text": JOB, "job_title": "One"}, headers=JSON)
    assert (again.status_code, again.json["id"]) == (200, made), "the same one again is no new one"
    create(client, job_title="Two", force_create=True)
    response = client.post("/interviews", json={"cv_text": CV, "job_text": JOB}, headers=JSON)
    assert response.status_code == 429
    assert "began many interviews" in response.json["error"]["message"]


def test_attempts_have_a_larger_limit_with_words_of_their_own(make_app):
    client = make_app(limit_interviews="2/hour").test_client()
    for _ in range(12):
        assert client.post("/interviews", json={"cv_text": "", "job_text": JOB}, headers=JSON).status_code == 422
    response = client.post("/interviews", json={"cv_text": CV, "job_text": JOB}, headers=JSON)
    assert response.status_code == 429 and 1 <= int(response.headers["Retry-After"]) <= 3600
    assert "tried many times to begin an interview" in response.json["error"]["message"]
    assert client.get("/interviews", headers=JSON).json["interviews"] == []


def test_interviews_that_are_being_made_hold_their_place(make_app):
    app = make_app(limit_interviews="2/hour")
    counted = app.extensions["limits"]
    assert counted.hold() and counted.hold()
    response = app.test_client().post("/interviews", json={"cv_text": CV, "job_text": JOB}, headers=JSON)
    assert response.status_code == 429 and 1 <= int(response.headers["Retry-After"]) <= 3600
    counted.release(is_made=False)
    create(app.test_client())
    counted.release(is_made=False)
    create(app.test_client(), job_title="Another", force_create=True)
    with pytest.raises(Problem):
        counted.hold()


def test_an_attempt_that_breaks_gives_its_place_back(make_app, monkeypatch):
    client = make_app(limit_interviews="1/hour").test_client()
    with monkeypatch.context() as broken:
        broken.setattr("interview_coach.creating.create", lambda *_: 1 / 0)
        assert client.post("/interviews", json={"cv_text": CV, "job_text": JOB}, headers=JSON).status_code == 500
    create(client)


def test_eleventh_answer_in_a_minute_waits_and_its_text_stays(make_app):
    client = make_app(limit_answers="1/hour").test_client()
    interview = begun(client)
    assert client.post(f"/interviews/{interview}/answers", data={"number": 1, "answer": ANSWER}).status_code == 303
    client.post(f"/interviews/{interview}/questions", headers=JSON)
    sent = {"number": 2, "answer": "My second answer, <b>long</b> in the making."}
    page = client.post(f"/interviews/{interview}/answers", data=sent)
    assert page.status_code == 429 and "Retry-After" in page.headers
    assert "My second answer, &lt;b&gt;long&lt;/b&gt; in the making." in page.text
    fragment = client.post(f"/interviews/{interview}/answers", data=sent, headers=HTMX)
    assert fragment.status_code == 429
    assert fragment.headers["HX-Retarget"] == "#notice", "the box with the words is not replaced"
    assert "<html" not in fragment.text
    assert client.post(f"/interviews/{interview}/answers", json=sent, headers=JSON).status_code == 429


def test_asking_for_marks_again_and_again_waits_too(make_app):
    client = make_app(limit_answers="2/hour").test_client()
    interview = finished(client, questions=1)
    place = f"/interviews/{interview}/evaluations"
    assert [client.post(place, headers=JSON).status_code for _ in range(3)] == [202, 202, 429]
    page = client.post(place)
    assert "asked for marks many times" in page.text and "all marks are kept" in page.text
    assert client.get(f"/interviews/{interview}/report", headers=JSON).json["evaluation_status"] == "COMPLETED"


def test_empty_limits_are_off(client):
    for number in range(12):
        create(client, job_title=f"Job {number}", force_create=True)


def test_an_unexpected_error_is_calm_and_its_words_stay_out_of_page_and_log(app, client, monkeypatch, caplog):
    from interview_coach import interviewing

    def broken(*_a, **_k):
        raise RuntimeError("the CV of Nadia Okafor")

    monkeypatch.setattr(interviewing, "listing", broken)
    caplog.set_level(logging.DEBUG)
    page = client.get("/")
    assert page.status_code == 500
    assert "Nadia" not in page.text and "Traceback" not in page.text and "RuntimeError" not in page.text
    assert client.get("/interviews", headers=JSON).json["error"]["code"] == "INTERNAL_ERROR"
    assert "<html" not in client.get("/interviews", headers=HTMX).text
    assert "RuntimeError" in caplog.text and "Nadia" not in caplog.text and "Okafor" not in caplog.text
    assert page.headers["X-Request-Id"] in caplog.text


def test_an_error_that_breaks_the_recovering_page_too_is_calm(client, monkeypatch, caplog):
    from interview_coach import interviewing

    interview = begun(client)

    def broken(*_a, **_k):
        raise RuntimeError("words of Nadia")

    monkeypatch.setattr(interviewing, "answer", broken)
    sent = {"number": 1, "answer": "Typed before it broke."}
    page = client.post(f"/interviews/{interview}/answers", data=sent)
    assert page.status_code == 500 and "Typed before it broke." in page.text, "what was typed is on the page"
    monkeypatch.setattr(interviewing, "view", broken)
    page = client.post(f"/interviews/{interview}/answers", data=sent)
    assert page.status_code == 500 and "Something went wrong" in page.text
    assert "Nadia" not in page.text + caplog.text


def test_logs_hold_nothing_that_was_typed(client, caplog):
    caplog.set_level(logging.DEBUG)
    interview = begun(client, 1)
    client.put(f"/interviews/{interview}/draft", data={"number": 2, "answer": "Nadia's unsent words"})
    client.get(f"/interviews/{interview}")
    client.get("/?format=Nadia")
    for word in ("Nadia", "Okafor", "28 patients", "Lakeside"):
        assert word not in caplog.text
    assert "/interviews/<id>/answers" in caplog.text, "the log was on while this was tested"


def test_health(client):
    assert client.get("/healthz").json["status"] == "ok"
    ready = client.get("/readyz")
    assert ready.status_code == 200 and ready.json["status"] == "ok"


def test_not_ready_without_its_tables(app, client, monkeypatch):
    from interview_coach.web import health

    monkeypatch.setattr(health, "current_revision", lambda _engine: None)
    assert client.get("/readyz").status_code == 503
