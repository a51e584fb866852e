"""The report as page, fragment and JSON; while marks are being given, and when that failed."""

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from interview_coach.jobs import Jobs
from interview_coach.marking import _cut
from tests.web.conftest import ANSWER, HTMX, JSON, answer, begun, finished


def test_report_shows_what_its_json_says(client):
    interview = finished(client, 2)
    data = client.get(f"/interviews/{interview}/report", headers=JSON).json
    assert data["evaluation_status"] == "COMPLETED" and len(data["answers"]) == 2
    page = client.get(f"/interviews/{interview}/report").text
    assert f'<p class="number">{data["overall"]}<small>' in page
    assert "not for selection" in page
    assert page.count('class="card marked"') == 2
    for step in data["next_steps"]:
        assert step["text"].split("“")[0] in page
    for entry in data["answers"]:
        assert f"{entry['accuracy']} of 40" in page and f"{entry['clarity']} of 30" in page
        assert "Marked by the built-in coach" in page
    sums = " + ".join(str(entry["score"]) for entry in data["answers"])
    assert f"{sums} = {sum(entry['score'] for entry in data['answers'])}" in page
    assert client.get(f"/interviews/{interview}/report.json").json == data


def test_quotes_are_marked_in_the_answer(client):
    interview = finished(client, 2)
    data = client.get(f"/interviews/{interview}/report", headers=JSON).json
    quotes = [quote["text"] for entry in data["answers"] for quote in entry["quotes"]]
    assert quotes
    page = client.get(f"/interviews/{interview}/report").text
    assert re.search(r'<mark class="(strength|improvement|both)">', page)
    for quote in quotes:
        assert quote.split("'")[0] in page


def test_report_by_htmx_is_a_fragment_with_one_root(client):
    interview = finished(client, 1)
    fragment = client.get(f"/interviews/{interview}/report", headers=HTMX).text
    assert "<html" not in fragment and fragment.strip().startswith('<div id="report"')
    assert "hx-trigger" not in fragment, "a finished report does not ask again"


def test_report_before_the_end_says_what_to_do(client):
    interview = begun(client)
    response = client.get(f"/interviews/{interview}/report", headers=JSON)
    assert response.status_code == 409 and response.json["error"]["code"] == "NOT_COMPLETED"
    page = client.get(f"/interviews/{interview}/report")
    assert page.status_code == 409 and "Back to the interview" in page.text


def test_while_marks_are_given_the_page_asks_again_and_shows_the_answers(client, monkeypatch):
    monkeypatch.setattr(Jobs, "submit", lambda _self, _id: None)
    interview = finished(client, 2)
    page = client.get(f"/interviews/{interview}/report").text
    evaluation = client.get(f"/interviews/{interview}", headers=JSON).json["evaluation"]["id"]
    asking = page.split('<div id="marking"')[1].split(">")[0]
    assert 'hx-trigger="every 3s"' in asking and f"/interviews/{interview}/evaluations/{evaluation}?seen=" in asking
    assert 'aria-live="polite"' in page and "0 of 2 done" in page and "28 patients" in page and "Look again" in page
    monkeypatch.undo()
    assert client.post(f"/interviews/{interview}/evaluations").status_code == 303
    assert "hx-trigger" not in client.get(f"/interviews/{interview}/report").text.split('<div id="report"')[1]


def test_failed_marks_keep_the_answers_and_can_be_asked_for_again(app, client, monkeypatch):
    class Broken:
        async def assess(self, *_a):
            raise RuntimeError("no marks today")

    monkeypatch.setattr(app.extensions["coaches"], "assessor", lambda: Broken())
    interview = finished(client, 2)
    data = client.get(f"/interviews/{interview}", headers=JSON).json
    assert (data["status"], data["evaluation"]["status"]) == ("COMPLETED", "FAILED")
    page = client.get(f"/interviews/{interview}/report").text
    assert "Try again" in page and "28 patients" in page and "no marks today" not in page
    monkeypatch.undo()
    again = client.post(f"/interviews/{interview}/evaluations", headers=JSON)
    assert again.status_code == 202 and again.json["status"] in ("PENDING", "PROCESSING", "COMPLETED")
    assert client.get(f"/interviews/{interview}", headers=JSON).json["status"] == "EVALUATED"


def test_marks_cannot_be_asked_for_before_the_end(client):
    interview = begun(client)
    response = client.post(f"/interviews/{interview}/evaluations", headers=JSON)
    assert response.status_code == 409 and response.json["error"]["code"] == "NOT_COMPLETED"


def test_skipped_and_open_questions_are_in_the_report_with_nothing(client):
    interview = begun(client)
    sent = {"number": 1, "action": "skip", "answer": ""}
    client.post(f"/interviews/{interview}/answers", data=sent, headers=HTMX)
    client.post(f"/interviews/{interview}/questions")
    answer(client, interview, 2, ANSWER)
    client.post(f"/interviews/{interview}/questions")
    client.post(f"/interviews/{interview}/finish")
    data = client.get(f"/interviews/{interview}/report", headers=JSON).json
    assert [entry["score"] > 0 for entry in data["answers"]] == [False, True, False]
    assert data["overall"] == round(sum(entry["score"] for entry in data["answers"]) / 3)
    assert client.get(f"/interviews/{interview}/report").text.count("it counts as 0") == 2


def test_finishing_without_any_answer_gives_a_report_that_says_so(client):
    interview = begun(client)
    client.post(f"/interviews/{interview}/finish")
    data = client.get(f"/interviews/{interview}/report", headers=JSON).json
    assert data["overall"] == 0
    assert "The one question asked has no answer" in client.get(f"/interviews/{interview}/report").text


@given(
    st.text(max_size=60),
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from(["strength", "improvement"])), max_size=6
    ),
)
def test_pieces_joined_are_the_answer(text, quotes):
    inside = [(start, end, about) for start, end, about in quotes if start < end <= len(text)]
    found = _cut(text, inside)
    assert "".join(piece.text for piece in found) == text
    marked = {
        place
        for start, piece in zip(_starts(found), found, strict=True)
        if piece.about
        for place in range(start, start + len(piece.text))
    }
    assert marked == {place for start, end, _ in inside for place in range(start, end)}


def _starts(found):
    place = 0
    for piece in found:
        yield place
        place += len(piece.text)


@pytest.mark.parametrize("headers", [{}, HTMX, JSON])
def test_repeating_the_marks_keeps_the_score(client, headers):
    interview = finished(client, 2)
    before = client.get(f"/interviews/{interview}/report", headers=JSON).json["overall"]
    client.post(f"/interviews/{interview}/evaluations", headers=headers)
    assert client.get(f"/interviews/{interview}/report", headers=JSON).json["overall"] == before


def test_report_as_pdf_is_a_file_with_a_safe_name(client):
    interview = finished(client, 2)
    data = client.get(f"/interviews/{interview}/report", headers=JSON).json
    response = client.get(f"/interviews/{interview}/report.pdf")
    assert response.status_code == 200 and response.content_type == "application/pdf"
    assert response.headers["Content-Disposition"] == f'attachment; filename="interview-report-{interview}.pdf"'
    assert response.headers["Cache-Control"] == "no-store"
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(response.data)).pages)
    assert f"{data['overall']} of 100" in text and interview in text and "28 patients" in text
    assert f'href="/interviews/{interview}/report.pdf"' in client.get(f"/interviews/{interview}/report").text


def test_no_pdf_before_the_end_and_none_of_somebody_elses(client):
    interview = begun(client)
    response = client.get(f"/interviews/{interview}/report.pdf", headers=JSON)
    assert response.status_code == 409 and response.json["error"]["code"] == "NOT_COMPLETED"
    response = client.get("/interviews/nobody/report.pdf", headers=JSON)
    assert response.status_code == 404 and response.json["error"]["code"] == "INTERVIEW_NOT_FOUND"


def test_no_pdf_while_marks_are_given(client, monkeypatch):
    monkeypatch.setattr(Jobs, "submit", lambda _self, _id: None)
    interview = finished(client, 2)
    response = client.get(f"/interviews/{interview}/report.pdf", headers=JSON)
    assert response.status_code == 409 and response.json["error"]["code"] == "NOT_COMPLETED"
    assert "saved" in response.json["error"]["message"]
    assert "report.pdf" not in client.get(f"/interviews/{interview}/report").text
