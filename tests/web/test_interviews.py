"""Making, listing, reading and deleting interviews in all three representations."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import update

from interview_coach.db import now, writing
from interview_coach.models import Answer, Interview, Question
from tests.web.conftest import ANSWER, CV, HTMX, JOB, JSON, answer, begun, create, finished

NASTY = "<script>alert(1)</script><img src=x onerror=alert(2)> {{ 7*7 }} \"'> =cmd|x \u202egnp.exe"


def test_empty_home_invites_to_a_sample_and_says_what_will_happen(client):
    page = client.get("/").text
    assert "Try with a sample" in page
    assert page.split('class="steps"')[1].split("</ol>")[0].count("<li>") == 3


def test_the_sample_stays_within_reach_once_there_are_interviews(client):
    create(client)
    page = client.get("/").text
    assert 'class="continue"' in page and "Try with a sample" in page


def test_a_form_makes_an_interview_and_leads_to_what_was_read(client):
    response = client.post("/interviews", data={"cv_text": CV, "job_text": JOB})
    assert response.status_code == 303
    page = client.get(response.headers["Location"]).text
    assert "Start the interview" in page
    assert "Charge nurse" in page and "surgical ward" in page


def test_json_makes_an_interview_with_its_address(client):
    response = client.post("/interviews", json={"cv_text": CV, "job_text": JOB, "questions": 3}, headers=JSON)
    assert response.status_code == 201
    assert response.headers["Location"].endswith(f"/interviews/{response.json['id']}")
    assert response.json["status"] == "CREATED" and response.json["max_questions"] == 3
    assert response.json["questions"] == [] and response.json["evaluation"] is None


def test_json_body_without_an_accept_header_is_answered_in_json(client):
    response = client.post("/interviews", json={"cv_text": CV, "job_text": JOB})
    assert response.status_code == 201 and response.is_json


def test_the_same_again_leads_to_the_unfinished_interview(client):
    first = create(client)
    again = client.post("/interviews", json={"cv_text": CV, "job_text": JOB}, headers=JSON)
    assert (again.status_code, again.json["id"]) == (200, first)
    form = client.post("/interviews", data={"cv_text": CV, "job_text": JOB})
    assert first in form.headers["Location"]
    page = client.get(form.headers["Location"]).text
    assert "You began this interview before" in page
    other = client.post("/interviews", data={"like": first, "force_create": "yes"}).headers["Location"]
    assert f'name="like" value="{first}"' in page and first not in other
    assert "You began this interview before" not in client.get(other).text
    assert "this is that interview" not in client.get(f"/interviews/{first}").text
    other = client.post("/interviews", json={"cv_text": CV, "job_text": JOB, "force_create": True}, headers=JSON)
    assert other.status_code == 201 and other.json["id"] != first


def test_the_sample_takes_choices_too(client):
    made = client.post(
        "/interviews",
        json={"sample": "yes", "questions": 3, "persona": "amara"},
        headers={"Accept": "application/json"},
    ).get_json()
    assert (made["max_questions"], made["persona"]) == (3, "amara")


def test_the_sample_is_a_button_of_the_form_with_the_choices(client):
    page = client.get("/interviews/new").text
    form = page[page.index('enctype="multipart/form-data"') :]
    form = form[: form.index("</form>")]
    assert form.index('name="questions"') < form.index("Read both") < form.index('name="sample"')


def test_a_sample_that_is_tried_again(client):
    chosen = {"sample": "yes", "questions": "3", "persona": "amara"}
    first = client.post("/interviews", data=chosen).headers["Location"]
    assert client.post("/interviews", data=chosen).headers["Location"] == f"{first}?found=yes", "it is not finished"
    other = client.post("/interviews", data={**chosen, "questions": "5"}).headers["Location"]
    assert "found" not in other and other != first, "other choices are another interview"
    assert client.get(other, headers=JSON).json["max_questions"] == 5
    client.post(f"{first}/questions")
    assert "stopped at question 1" in client.get(f"{first}?found=yes").text
    client.post(f"{first}/finish")
    again = client.post("/interviews", data=chosen).headers["Location"]
    assert "found" not in again and again != first, "a finished one is over"


def test_a_sample_is_read_whatever_stands_in_the_form_beside_it(client):
    create(client)
    form = client.get("/interviews/new").text
    stored = form[form.index('id="cv_id"') :].split('<option value="')[2].split('"')[0]
    chosen = {"sample": "yes", "cv_id": stored, "cv_file": (io.BytesIO(CV.encode()), "mine.txt"), "job_text": "An ad"}
    place = client.post("/interviews", data=chosen, content_type="multipart/form-data").headers["Location"]
    assert "Larkhill Museum" in client.get(place).text
    assert "Nadia Okafor" not in client.get(f"{place}/documents").text


def test_the_sample_starts_with_one_click(client):
    response = client.post("/interviews", data={"sample": "yes"})
    assert response.status_code == 303
    assert "Start the interview" in client.get(response.headers["Location"]).text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("cv_text", "too short"),
        ("job_text", ""),
        ("questions", "0"),
        ("questions", "21"),
        ("questions", "eight"),
        ("follow_ups", "9"),
        ("format", "coding"),
        ("format", "<b>"),
        ("difficulty", "brutal"),
        ("language", "x" * 40),
        ("provider", "someone"),
        ("provider", "gemini"),
        ("persona", "jordan"),
        ("minutes", "20"),
        ("job_title", "t" * 201),
    ],
)
def test_a_wrong_field_is_named_and_everything_else_stays(client, field, value):
    fields = {"cv_text": CV, "job_text": JOB, "company": "Kept & Co", "questions": "5", field: value}
    page = client.post("/interviews", data=fields)
    assert page.status_code == 422
    assert "Kept &amp; Co" in page.text
    if field != "cv_text":
        assert "Charge nurse, St. Anne&#39;s Hospital" in page.text
    if field != "job_text":
        assert "looking for a senior nurse" in page.text
    assert f'id="{field}-wrong"' in page.text and f'aria-describedby="{field}-wrong' in page.text
    error = client.post("/interviews", json=fields, headers=JSON)
    assert error.status_code == 422
    assert error.json["error"]["code"] == "VALIDATION_FAILED" and field in error.json["error"]["fields"]


def test_a_bad_ad_file_keeps_the_text_of_the_good_cv_file(client):
    files = {
        "cv_file": (io.BytesIO(CV.encode()), "cv.txt"),
        "job_file": (io.BytesIO(b"\x00\x01\x02\x03" * 50), "ad.pdf"),
        "company": "Lakeside",
    }
    page = client.post("/interviews", data=files, content_type="multipart/form-data")
    assert page.status_code == 422
    assert "Cut medication errors by 30 %" in page.text, "the CV that was read is in its box"
    assert 'id="job_file-wrong"' in page.text and "Lakeside" in page.text
    files["cv_file"] = (io.BytesIO(CV.encode()), "cv.txt")
    files["job_file"] = (io.BytesIO(b""), "ad.txt")
    error = client.post("/interviews", data=files, content_type="multipart/form-data", headers=JSON)
    assert error.status_code == 422 and error.json["error"]["code"] == "DOCUMENT_UNREADABLE"


def test_two_text_files_make_an_interview(client):
    files = {"cv_file": (io.BytesIO(CV.encode()), "cv.txt"), "job_file": (io.BytesIO(JOB.encode()), "ad.md")}
    response = client.post("/interviews", data=files, content_type="multipart/form-data", headers=JSON)
    assert response.status_code == 201
    texts = client.get(f"/interviews/{response.json['id']}/documents", headers=JSON).json
    assert "Charge nurse" in texts["cv"] and "senior nurse" in texts["job"]


def test_a_stored_cv_is_used_again(client):
    create(client)
    page = client.get("/interviews/new").text
    assert "Use one again" in page
    cv_id = page.split('id="cv_id"')[1].split('<option value="')[2].split('"')[0]
    response = client.post("/interviews", data={"cv_id": cv_id, "job_text": JOB.replace("Lakeside", "Hilltop")})
    assert response.status_code == 303
    gone = client.post("/interviews", data={"cv_id": "0" * 16, "job_text": JOB})
    assert gone.status_code == 422 and "looking for a senior nurse" in gone.text


@pytest.mark.parametrize("body", ["[1]", '"x"', "{", "null"])
def test_json_that_is_no_object_is_refused(client, body):
    response = client.post("/interviews", data=body, content_type="application/json", headers=JSON)
    assert response.status_code == 400 and response.json["error"]["code"] == "BAD_REQUEST"


@pytest.mark.parametrize("value", [["list"], {"a": 1}, True])
def test_a_field_of_the_wrong_type_is_named(client, value):
    response = client.post("/interviews", json={"cv_text": value, "job_text": JOB}, headers=JSON)
    assert response.status_code == 422 and "cv_text" in response.json["error"]["fields"]


def test_what_comes_later_is_shown_and_cannot_be_chosen(client):
    page = client.get("/interviews/new").text
    assert "Coding (comes later)" in page
    option = page.split('<option value="coding"')[1].split(">")[0]
    assert "disabled" in option


def test_list_is_newest_first_and_filters(client):
    ids = [
        create(client, job_title=f"Job {number}", format=format, force_create=True)
        for number, format in enumerate(("mock", "mock_resume", "mock"))
    ]
    listed = client.get("/interviews", headers=JSON).json["interviews"]
    assert [interview["id"] for interview in listed] == ids[::-1]
    chosen = client.get("/interviews?format=mock_resume", headers=JSON).json["interviews"]
    assert [interview["id"] for interview in chosen] == [ids[1]]
    assert client.get("/interviews?state=EVALUATED", headers=JSON).json["interviews"] == []
    fragment = client.get("/interviews?format=mock_resume", headers=HTMX).text
    assert "<html" not in fragment and 'id="interviews"' in fragment
    assert "Job 1" in fragment and "Job 0" not in fragment
    page = client.get("/?format=mock_resume").text
    assert "<html" in page and "Job 1" in page
    assert client.get("/interviews.json").json["interviews"] == listed


def test_home_continues_the_newest_unfinished_interview_first(client):
    done = finished(client)
    interview = begun(client, 1, job_title="Data analyst", company="Acme", force_create=True)
    page = client.get("/").text
    card = page.split('class="continue"')[1].split("</a>")[0]
    assert interview in card and "Data analyst at Acme, question 2 of 8" in card
    assert page.index('class="continue"') < page.index(f"/interviews/{done}/report")


@pytest.mark.parametrize("headers", [{}, HTMX, JSON])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("GET", "/documents"),
        ("GET", "/finish"),
        ("GET", "/deletion"),
        ("GET", "/report"),
        ("POST", "/questions"),
        ("POST", "/answers"),
        ("PUT", "/draft"),
        ("POST", "/finish"),
        ("POST", "/evaluations"),
        ("POST", "/deletion"),
        ("DELETE", ""),
    ],
)
def test_a_missing_interview_is_said_in_every_representation(client, method, path, headers):
    fields = {"number": "1", "answer": ANSWER}
    response = client.open(f"/interviews/0000000000000000{path}", method=method, data=fields, headers=headers)
    assert response.status_code == 404
    if headers == JSON:
        assert response.json["error"]["code"] == "INTERVIEW_NOT_FOUND"
    else:
        assert "does not exist" in response.text
        assert ("<html" in response.text) is (headers == {})


@pytest.mark.parametrize(("path", "status", "code"), [("/nowhere", 404, "NOT_FOUND"), ("/healthz/x", 404, "NOT_FOUND")])
def test_unknown_addresses(client, path, status, code):
    assert client.get(path).status_code == status
    assert "Go to your interviews" in client.get(path).text
    assert client.get(path, headers=JSON).json["error"]["code"] == code


def test_a_wrong_method_names_the_right_ones(client):
    response = client.delete("/interviews", headers=JSON)
    assert response.status_code == 405 and response.json["error"]["code"] == "METHOD_NOT_ALLOWED"
    assert "POST" in response.headers["Allow"]


def test_interview_in_three_representations_and_by_suffix(client):
    interview = begun(client, 1)
    page, fragment = client.get(f"/interviews/{interview}"), client.get(f"/interviews/{interview}", headers=HTMX)
    assert "<html" in page.text and "<html" not in fragment.text
    assert 'id="turn-2"' in page.text and 'id="turn-2"' in fragment.text
    data = client.get(f"/interviews/{interview}", headers=JSON).json
    assert client.get(f"/interviews/{interview}.json").json == data
    assert (data["question_count"], data["answered_count"], data["is_complete"]) == (2, 1, False)
    wanted = {"number", "kind", "competency", "text", "asked_at", "evidence", "provenance", "answer"}
    assert wanted <= set(data["questions"][0])
    boosted = client.get(f"/interviews/{interview}", headers={**HTMX, "HX-Boosted": "true"})
    restored = client.get(f"/interviews/{interview}", headers={**HTMX, "HX-History-Restore-Request": "true"})
    assert "<html" in boosted.text and "<html" in restored.text


def test_documents_and_their_spans(client):
    interview = create(client)
    data = client.get(f"/interviews/{interview}/documents", headers=JSON).json
    assert data["requirements"]
    for requirement in data["requirements"]:
        assert data["job"][requirement["start"] : requirement["end"]] == requirement["text"]
    for item in data["cv_items"]:
        assert data["cv"][item["start"] : item["end"]] == item["text"]
    page = client.get(f"/interviews/{interview}/documents").text
    assert "<html" in page and "Charge nurse" in page
    assert "<html" not in client.get(f"/interviews/{interview}/documents", headers=HTMX).text


def test_texts_can_be_corrected_until_the_first_question(client):
    interview = create(client)
    fields = {"cv_text": CV + "\nFluent in Dutch", "job_text": JOB, "job_title": "Matron", "company": "Hilltop"}
    response = client.post(f"/interviews/{interview}/documents", data=fields)
    assert response.status_code == 303
    page = client.get(f"/interviews/{interview}").text
    assert "Fluent in Dutch" in page and "Matron at Hilltop" in page
    short = client.post(f"/interviews/{interview}/documents", data={**fields, "cv_text": "short", "company": "Keep me"})
    assert short.status_code == 422 and "Keep me" in short.text and 'id="cv_text-wrong"' in short.text
    client.post(f"/interviews/{interview}/questions", headers=JSON)
    late = client.post(f"/interviews/{interview}/documents", data=fields, headers=JSON)
    assert late.status_code == 409 and late.json["error"]["code"] == "INTERVIEW_ALREADY_STARTED"


def test_deletion_asks_first_and_then_everything_is_gone(client):
    interview = finished(client)
    assert "cannot be undone" in client.get(f"/interviews/{interview}/deletion").text
    assert client.get(f"/interviews/{interview}", headers=JSON).status_code == 200, "asking deletes nothing"
    assert client.post(f"/interviews/{interview}/deletion").status_code == 303
    for path in ("", "/report", "/documents"):
        assert client.get(f"/interviews/{interview}{path}", headers=JSON).status_code == 404
    other = create(client)
    assert client.delete(f"/interviews/{other}", headers=JSON).status_code == 204
    third = create(client)
    assert client.delete(f"/interviews/{third}", headers=HTMX).headers["HX-Redirect"] == "/"
    assert client.get("/interviews", headers=JSON).json["interviews"] == []


def test_hostile_text_is_only_text_on_every_page(client):
    fields = {
        "cv_text": CV + NASTY, "job_text": JOB + f"- You know {NASTY}\n", "job_title": NASTY, "company": NASTY,
        "questions": 2,
    }  # fmt: skip
    interview = client.post("/interviews", json=fields, headers=JSON).json["id"]
    pages = [client.get("/").text, client.get(f"/interviews/{interview}").text]
    for number in (1, 2):
        client.post(f"/interviews/{interview}/questions", headers=JSON)
        client.put(f"/interviews/{interview}/draft", data={"number": number, "answer": NASTY})
        pages.append(client.get(f"/interviews/{interview}").text)
        sent = {"number": number, "answer": f"{ANSWER} {NASTY}"}
        pages.append(client.post(f"/interviews/{interview}/answers", data=sent, headers=HTMX).text)
    for path in ("", "/documents", "/report", "/deletion"):
        pages.append(client.get(f"/interviews/{interview}{path}").text)
    pages.append(client.post("/interviews", data={**fields, "questions": 0}).text)
    assert sum("&lt;script&gt;alert(1)" in page for page in pages) >= 8, "the text was really shown"
    for page in pages:
        assert "<script>alert" not in page and "<img src=x" not in page
        assert "{{ 7*7 }}" in page or "7*7" not in page


def test_pages_have_no_inline_script_style_or_handler(client):
    import re

    interview = begun(client, 1)
    done = finished(client)
    paths = ["/", "/interviews/new", f"/interviews/{interview}", f"/interviews/{interview}/documents",
             f"/interviews/{interview}/finish", f"/interviews/{done}/report", "/nowhere"]  # fmt: skip
    for path in paths:
        page = client.get(path).text
        assert not re.search(r"<script(?![^>]*\bsrc=)", page), path
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|hx-on", page), path


def test_history_and_interview_say_how_long_it_took_without_breaks(app, client):
    waiting, interview = create(client), begun(client, 1, force_create=True)
    answer(client, interview, 2, ANSWER)
    began = now() - timedelta(days=1)
    asked, answered = {1: 5, 2: 5000}, {1: 65, 2: 5090}  # more than an hour between the two
    with app.app_context(), writing() as session:
        session.execute(update(Interview).where(Interview.id == interview).values(started_at=began))
        for table, column, moments in ((Question, "asked_at", asked), (Answer, "answered_at", answered)):
            for number, seconds in moments.items():
                row = (table.interview_id == interview) & (table.number == number)
                session.execute(update(table).where(row).values({column: began + timedelta(seconds=seconds)}))
    listed = {one["id"]: one["duration"] for one in client.get("/interviews", headers=JSON).json["interviews"]}
    assert listed == {interview: 65 + 90, waiting: None}
    assert client.get(f"/interviews/{interview}", headers=JSON).json["duration"] == 65 + 90
    client.post(f"/interviews/{interview}/finish")
    with app.app_context(), writing() as session:
        ended = began + timedelta(seconds=5100)
        session.execute(update(Interview).where(Interview.id == interview).values(completed_at=ended))
    (found,) = client.get("/interviews?state=EVALUATED", headers=JSON).json["interviews"]
    assert found["duration"] == client.get(f"/interviews/{interview}", headers=JSON).json["duration"] == 65 + 90 + 10
