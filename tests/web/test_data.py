"""The page of a person's data: saving, bringing back, deleting, and what is refused there."""

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from interview_coach.db import Base, reading
from interview_coach.portability import LARGEST_FILE
from tests.web.conftest import HTMX, JSON, begun, finished


def upload(client: FlaskClient, raw: bytes, **headers: str) -> TestResponse:
    """As a browser sends a form. Encoded here, because the test client leaves a large file of its own open."""
    head = b'--part\r\nContent-Disposition: form-data; name="file"; filename="mine.json"\r\n\r\n'
    body = head + raw + b"\r\n--part--\r\n"
    return client.post("/data/import", data=body, content_type="multipart/form-data; boundary=part", headers=headers)


def rows(app: Flask) -> int:
    with app.app_context(), reading() as session:
        return sum(session.scalar(select(func.count()).select_from(t)) or 0 for t in Base.metadata.sorted_tables)


def plain(response: TestResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.text))


def test_the_page_says_what_there_is_and_where(client: FlaskClient, tmp_path: Path) -> None:
    finished(client)
    page = client.get("/data")
    assert "1 interview with 2 answers" in plain(page)
    assert "1 CV and 1 job ad" in plain(page)
    assert str(tmp_path / "data") in page.text
    assert 'href="/data/export"' in page.text and 'href="/data/deletion"' in page.text
    assert client.get("/data", headers=JSON).json == {
        "interviews": 1, "cvs": 1, "jobs": 1, "answers": 2, "evaluations": 1, "drafts": 0, "calls": 0,
        "recordings": 0, "backups": [],
    }  # fmt: skip
    assert client.get("/data", headers=HTMX).text.lstrip().startswith("<ul id=")


def test_every_page_links_to_it(client: FlaskClient) -> None:
    assert 'href="/data"' in client.get("/").text
    assert 'href="/data"' in client.get("/interviews/new").text


def test_the_file_is_a_download_with_a_date(client: FlaskClient) -> None:
    finished(client)
    response = client.get("/data/export")
    assert re.fullmatch(
        r'attachment; filename="interview-coach-data-\d{8}\.json"', response.headers["Content-Disposition"]
    )
    assert response.mimetype == "application/json"
    assert response.headers["Cache-Control"] == "no-store"
    assert len(json.loads(response.data)["interviews"]) == 1


def test_out_deleted_and_in_again_gives_the_same_reports(client: FlaskClient) -> None:
    interview = finished(client)
    report = client.get(f"/interviews/{interview}/report.json").data
    listing, progress = client.get("/interviews.json").data, client.get("/progress.json").data
    assert len(json.loads(progress)["trends"]) == 1
    raw = client.get("/data/export").data
    assert client.delete("/data").status_code == 204
    assert client.get(f"/interviews/{interview}/report.json").status_code == 404
    response = client.post("/data/import", data=raw, content_type="application/json")
    assert response.json == {"interviews": 1, "documents": 2, "evaluations": 1, "kept": 0}
    assert client.get(f"/interviews/{interview}/report.json").data == report
    assert client.get("/interviews.json").data == listing
    assert client.get("/progress.json").data == progress


def test_a_form_leads_back_to_the_page_with_what_came_in(client: FlaskClient) -> None:
    finished(client)
    raw = client.get("/data/export").data
    assert "1 was here already" in plain(client.get(upload(client, raw).headers["Location"]))
    client.delete("/data")
    sent = upload(client, raw)
    assert sent.status_code == 303
    assert "1 interview was brought in" in plain(client.get(sent.headers["Location"]))
    assert upload(client, raw, **HTMX).headers["HX-Redirect"].startswith("/data?")


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"{", "not complete JSON"),
        (b"", "Choose the file"),
        (b'{"format": "interview-coach-data", "version": 9}', "newer"),
    ],
)
def test_a_file_that_does_not_fit_is_said_beside_its_field(
    app: Flask, client: FlaskClient, raw: bytes, words: str
) -> None:
    response = upload(client, raw)
    assert response.status_code == 422
    assert words in response.text and 'aria-invalid="true"' in response.text
    assert re.search(r'<div id="notice" role="alert"><div class="notice">.*<a href="#file">', response.text, re.DOTALL)
    assert "notice" not in client.get("/data").text.replace('id="notice"', "")
    assert upload(client, raw, **JSON).json["error"]["code"] == "VALIDATION_FAILED"
    assert rows(app) == 0


def test_no_file_at_all_is_a_sentence(client: FlaskClient) -> None:
    for sent in ({}, {"file": "typed"}):
        response = client.post("/data/import", data=sent, content_type="multipart/form-data")
        assert response.status_code == 422
        assert "Choose the file" in response.text


def test_a_file_up_to_the_limit_is_read_and_a_larger_one_is_413(app: Flask, client: FlaskClient) -> None:
    client.get("/")
    raw = client.get("/data/export").data
    assert upload(client, raw + b" " * (LARGEST_FILE - len(raw))).status_code == 303
    for size in (LARGEST_FILE + 1, 100 * 2**20):
        response = upload(client, b" " * size)
        assert response.status_code == 413
        assert "larger than 32 MB" in response.text and "16 MB" not in response.text
        body = client.post("/data/import", data=b" " * size, content_type="application/json")
        assert (body.status_code, body.json["error"]["code"]) == (413, "DOCUMENT_TOO_LARGE")


def test_a_body_without_a_stated_length_is_limited_too(client: FlaskClient) -> None:
    response = client.post(
        "/data/import",
        input_stream=io.BytesIO(b" " * (40 * 2**20)),
        content_type="application/json",
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert response.status_code == 413


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://evil.example"}])
@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/data/import"), ("POST", "/data/deletion"), ("DELETE", "/data")]
)
def test_another_site_can_neither_delete_nor_bring_in(
    app: Flask, client: FlaskClient, method: str, path: str, headers: dict[str, str]
) -> None:
    finished(client)
    raw, before = client.get("/data/export").data, rows(app)
    response = client.open(path, method=method, data={"file": (io.BytesIO(raw), "x.json")}, headers=headers)
    assert response.status_code == 403
    assert rows(app) == before


def test_looking_deletes_nothing(app: Flask, client: FlaskClient) -> None:
    finished(client)
    before = rows(app)
    page = client.get("/data/deletion")
    assert "1 interview with 2 answers" in plain(page) and "Save my data first" in page.text
    assert rows(app) == before


def test_deleting_by_the_form_says_so_and_only_when_it_is_true(make_app: Callable[..., Flask], tmp_path: Path) -> None:
    app = make_app()
    client = app.test_client()
    begun(client, 1)
    assert "Everything is deleted" not in client.get("/data?deleted=yes").text
    copy = tmp_path / "data" / "backups" / "before-0002.db"
    copy.parent.mkdir()
    copy.write_bytes(b"an older copy")
    assert "before-0002.db" in client.get("/data/deletion").text
    sent = client.post("/data/deletion", data={"confirm": "yes"})
    assert sent.status_code == 303
    assert "Everything is deleted" in client.get(sent.headers["Location"]).text
    assert not copy.exists()
    assert rows(app) == 0


@pytest.mark.parametrize("sent", [{}, {"confirm": ""}, {"confirm": "no"}, {"confirm": False}, {"confirm": [1]}])
def test_nothing_is_deleted_without_a_confirmation(app: Flask, client: FlaskClient, sent: dict[str, Any]) -> None:
    finished(client)
    before = rows(app)
    response = client.post("/data/deletion", json=sent, headers=JSON)
    assert (response.status_code, response.json["error"]["code"]) == (422, "VALIDATION_FAILED")
    assert "Nothing was deleted" in response.json["error"]["fields"]["confirm"]
    page = client.post("/data/deletion", data={key: str(value) for key, value in sent.items()})
    assert page.status_code == 422
    assert "Nothing was deleted" in plain(page) and "1 interview with 2 answers" in plain(page)
    assert client.post("/data/deletion", headers=HTMX).status_code == 422
    assert rows(app) == before


@pytest.mark.parametrize("confirmed", ["yes", True])
def test_a_program_confirms_in_json(app: Flask, client: FlaskClient, confirmed: object) -> None:
    finished(client)
    assert client.post("/data/deletion", json={"confirm": confirmed}, headers=JSON).status_code == 303
    assert client.get("/interviews.json").json["interviews"] == []


def test_deleting_nothing_is_no_error(client: FlaskClient) -> None:
    assert client.delete("/data").status_code == 204
    assert "There is nothing to delete" in client.get("/data/deletion").text


def test_numbers_can_be_hidden_there(client: FlaskClient) -> None:
    assert "Hide numbers" in client.get("/data").text
    client.post("/preferences", data={"low_anxiety": "on"})
    page: Any = client.get("/data").text
    assert "Show numbers" in page and "Numbers are hidden" in page


def test_a_hostile_query_of_the_page_is_plain_text(client: FlaskClient) -> None:
    page = client.get("/data?imported=<script>&kept=9e9&deleted=<b>")
    assert page.status_code == 200
    assert "<script>" not in page.text
