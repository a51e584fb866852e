"""The report as page, fragment and JSON; while marks are being given, and when that failed."""

import csv
import io
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from sqlalchemy import event, insert

from interview_coach.coach.rules.assessor import RulesAssessor
from interview_coach.db import db, now, writing
from interview_coach.domain.scorecard import Remark, Summary
from interview_coach.jobs import Jobs
from interview_coach.marking import _cut
from interview_coach.models import Correction
from interview_coach.reporting.changing import NEWER, NOTHING
from tests.reports import BAD, GOOD, HALF, MODEL, by_model, held, marked, needing_review, read_three_times, spoken
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


def test_report_as_a_table_beside_the_other_files(client):
    interview = finished(client, 2)
    data = client.get(f"/interviews/{interview}/report", headers=JSON).json
    page = client.get(f"/interviews/{interview}/report").text
    for ending in (".pdf", ".csv", ".json"):
        assert f'href="/interviews/{interview}/report{ending}"' in page
    client.post("/preferences", data={"low_anxiety": "on"})
    assert "have the numbers in them" in client.get(f"/interviews/{interview}/report").text
    answer = client.get(f"/interviews/{interview}/report.csv")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="interview-report-{interview}.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))
    assert [int(row["score"]) for row in rows] == [entry["score"] for entry in data["answers"]]
    assert [row["answer"] for row in rows] == [entry["answer"] for entry in data["answers"]]
    assert client.get("/interviews/unknown/report.csv", headers=JSON).json["error"]["code"] == "INTERVIEW_NOT_FOUND"
    running = begun(client)
    assert client.get(f"/interviews/{running}/report.csv", headers=JSON).status_code == 409


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


def test_what_holds_for_several_answers_is_said_once_with_their_number(app, client):
    interview = held(client, [*GOOD, BAD[0]])

    def same(score):
        todo = Remark("Put one number to it.", "improvement", score.star.situation or score.star.action)
        return replace(score, improvements=(todo,), completeness=18)

    marked(app, interview, same)
    data = client.get(f"/interviews/{interview}/report", headers=JSON).json
    page = client.get(f"/interviews/{interview}/report").text
    step = data["next_steps"][0]
    assert step["text"] == "Put one number to it." and len(step["also"]) >= 2
    assert page.count("Put one number to it.") == 1
    quoted = sum(answer["improvements"][0]["quote"] is not None for answer in data["answers"])
    assert page.count('<a href="#next-steps">Next step 1</a> holds here too:') == quoted
    assert f"In {1 + len(step['also'])} of 4 answers:" in page
    client.post("/preferences", data={"low_anxiety": "on"})
    calm = client.get(f"/interviews/{interview}/report").text
    assert "In several answers:" in calm and "of 4 answers" not in calm and not re.search(r"\d+ words", calm)


def test_how_words_are_marked_is_told_once_and_makes_sense(client):
    page = client.get(f"/interviews/{held(client, list(HALF))}/report").text
    assert "Double: both" not in page
    shown = set(re.findall(r'<mark class="(\w+)">', page.split('aria-label="Questions"')[-1]))
    legend = page.split("In your answers:")[1].split("</p>")[0]
    assert set(re.findall(r'<mark class="(\w+)">', legend)) >= shown - {""} and page.count("In your answers:") == 1


def test_report_before_the_end_says_what_to_do(client):
    interview = begun(client)
    response = client.get(f"/interviews/{interview}/report", headers=JSON)
    assert response.status_code == 409 and response.json["error"]["code"] == "NOT_COMPLETED"
    page = client.get(f"/interviews/{interview}/report")
    assert page.status_code == 409 and "Back to the interview" in page.text
    assert "Not yet" in page.text and "Your answers so far are saved." in page.text
    assert "meanwhile" not in page.text


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


@pytest.mark.parametrize("state", ["failed", "running"])
def test_marks_once_given_stay_in_reach_when_others_are_asked_for(app, client, state):
    interview = finished(client, 2)
    first = client.get(f"/interviews/{interview}/report", headers=JSON).json["evaluation"]["id"]
    assert "are still there" not in client.get(f"/interviews/{interview}/report").text
    failed = "Gemini took too long." if state == "failed" else None
    marked(app, interview, lambda s: by_model(s) if s.number == 1 else None, failed=failed, finished=False)
    shown = client.get(f"/interviews/{interview}", headers=JSON).json
    listed = client.get("/interviews", headers=JSON).json["interviews"][0]
    assert shown["status"] == listed["status"] == "EVALUATED", "it has marks, whatever became of the second request"
    page = client.get(f"/interviews/{interview}/report").text
    notice = page.split('class="notice')[1].split("</div>\n{%")[0].split("numbers-hidden")[0]
    assert "by the built-in coach are still there" in notice
    assert f'href="/interviews/{interview}/report?evaluation={first}">Show them' in notice
    assert "are still there" not in client.get(f"/interviews/{interview}/report?evaluation={first}").text


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


# Several evaluations


def test_an_older_evaluation_stays_readable_in_every_representation(app, client):
    interview = finished(client, 2)
    before = client.get(f"/interviews/{interview}/report", headers=JSON).json
    old = before["evaluation"]["id"]
    new = marked(app, interview, lambda score: replace(by_model(score), accuracy=1))
    newest = client.get(f"/interviews/{interview}/report", headers=JSON).json
    assert newest["evaluation"]["id"] == new and newest["overall"] < before["overall"]
    assert [line["overall"] for line in newest["evaluations"]] == [newest["overall"], before["overall"]]
    older = client.get(f"/interviews/{interview}/report.json?evaluation={old}").json
    told = {"evaluations": newest["evaluations"], "mastery_updates": None, "mastery_note": NEWER}
    assert older == before | told
    page = client.get(f"/interviews/{interview}/report?evaluation={old}").text
    assert NEWER in page
    assert f'<p class="number">{before["overall"]}<' in page and "Show the newest" in page
    assert f"/interviews/{interview}/report.pdf?evaluation={old}" in page and "cannot be compared" in page
    pdf = client.get(f"/interviews/{interview}/report.pdf?evaluation={old}")
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.data)).pages)
    assert f"{before['overall']} of 100" in text
    assert "Show the newest" not in client.get(f"/interviews/{interview}/report").text


def test_an_evaluation_that_is_not_of_this_interview_is_not_found(app, client):
    interview, other = finished(client, 1), finished(client, 1, force_create=True)
    foreign = client.get(f"/interviews/{other}", headers=JSON).json["evaluation"]["id"]
    for suffix in ("report", "report.pdf", "report.json"):
        for unknown in (foreign, "nothing"):
            response = client.get(f"/interviews/{interview}/{suffix}?evaluation={unknown}", headers=JSON)
            assert response.status_code == 404 and response.json["error"]["code"] == "EVALUATION_NOT_FOUND"
    page = client.get(f"/interviews/{interview}/report?evaluation={foreign}")
    assert page.status_code == 404 and "not stored" in page.text
    assert client.get(f"/interviews/{interview}/evaluations/{foreign}", headers=JSON).status_code == 404


def test_the_list_of_evaluations_as_json(app, client):
    interview = finished(client, 1)
    marked(app, interview, by_model)
    found = client.get(f"/interviews/{interview}/evaluations", headers=JSON).json
    assert [(line["coach"], line["status"]) for line in found] == [("gemini", "COMPLETED"), ("offline", "COMPLETED")]
    assert client.get(f"/interviews/{interview}/evaluations").headers["Location"].endswith("/report#marked-by")


class Recorder:
    """Marks like the built-in coach and keeps what it was asked for."""

    def __init__(self, asked):
        self.asked = asked

    def __call__(self, name="offline", runs=1):
        self.asked.append((name, runs))
        return RulesAssessor()


@pytest.mark.parametrize("as_json", [True, False])
def test_marks_by_another_coach_and_with_care_can_be_asked_for(app, client, monkeypatch, as_json):
    interview = finished(client, 1)
    asked = []
    coaches = app.extensions["coaches"]
    monkeypatch.setattr(coaches, "assessor", Recorder(asked))
    monkeypatch.setattr(coaches, "is_configured", lambda _name: True)
    body = {"provider": "gemini", "careful": True if as_json else "on"}
    url = f"/interviews/{interview}/evaluations"
    response = client.post(url, json=body, headers=JSON) if as_json else client.post(url, data=body)
    assert response.status_code == (202 if as_json else 303)
    assert asked == [("gemini", 3)]
    shown = client.get(f"/interviews/{interview}/report", headers=JSON).json["evaluation"]
    assert (shown["coach"], shown["runs"]) == ("gemini", 3)
    if as_json:
        assert response.json["id"] == shown["id"] and response.headers["Location"].endswith(shown["id"])


@pytest.mark.parametrize("body", [{"provider": "martian"}, {"provider": "gemini"}, {"careful": "perhaps"}])
def test_a_choice_that_cannot_be_met_is_refused_and_changes_nothing(client, body):
    interview = finished(client, 1)
    before = client.get(f"/interviews/{interview}/report", headers=JSON).json
    response = client.post(f"/interviews/{interview}/evaluations", json=body, headers=JSON)
    assert response.status_code == 422 and response.json["error"]["code"] == "VALIDATION_FAILED"
    assert client.get(f"/interviews/{interview}/report", headers=JSON).json == before


def test_how_far_the_marking_is_comes_as_a_small_fragment(app, client):
    interview = finished(client, 2)
    evaluation = marked(app, interview, lambda score: score if score.number == 1 else None, finished=False)
    url = f"/interviews/{interview}/evaluations/{evaluation}"
    known = client.get(url, headers=JSON).json
    assert (known["status"], known["done"], known["total"]) == ("PROCESSING", 1, 2)
    fragment = client.get(f"{url}?seen=PENDING-0", headers=HTMX).text
    assert "1 of 2 done" in fragment and len(fragment) < 2000 and 'hx-trigger="every 3s"' in fragment
    assert client.get(f"{url}?seen=PROCESSING-1", headers=HTMX).status_code == 204
    done = client.get(f"/interviews/{interview}/report", headers=JSON).json["evaluations"][1]["id"]
    ended = client.get(f"/interviews/{interview}/evaluations/{done}?seen=PROCESSING-1", headers=HTMX).text
    assert 'hx-trigger="load"' in ended and f"/interviews/{interview}/report?evaluation={done}" in ended
    assert client.get(url).headers["Location"] == f"/interviews/{interview}/report?evaluation={evaluation}"


def test_what_failed_says_why_keeps_what_was_marked_and_offers_two_ways(app, client):
    interview = finished(client, 2)
    marked(app, interview, lambda score: by_model(score) if score.number == 1 else None, failed="Gemini took too long.")
    page = client.get(f"/interviews/{interview}/report").text
    assert "The marking stopped." in page and "Gemini took too long." in page
    assert "1 of 2 answers has its marks already" in page and "No marks yet." in page
    assert "Try again" in page and "Let the built-in coach mark it" in page
    data = client.get(f"/interviews/{interview}/report", headers=JSON).json
    assert data["overall"] is None and len(data["answers"]) == 1 and [e["number"] for e in data["unmarked"]] == [2]
    client.post(f"/interviews/{interview}/evaluations", data={"provider": "offline"})
    assert client.get(f"/interviews/{interview}/report", headers=JSON).json["evaluation_status"] == "COMPLETED"


# What a page shows of single answers


def test_an_answer_that_needs_review_has_a_sentence_and_no_number(app, client):
    interview = finished(client, 2)
    marked(app, interview, lambda score: needing_review(score) if score.number == 2 else by_model(score))
    data = client.get(f"/interviews/{interview}/report", headers=JSON).json
    assert data["needs_review"] == [2] and data["overall"] == data["answers"][0]["score"]
    page = client.get(f"/interviews/{interview}/report").text
    card = page.split('aria-labelledby="answer-2"')[1].split("</article>")[0]
    assert "Needs review." in card and "do not fit the scale" in card
    assert not re.search(r"\d+ of (100|40|30)|None", card)


def test_readings_that_differ_are_told(app, client):
    interview = finished(client, 2)
    marked(app, interview, lambda score: read_three_times(score, wide=score.number == 1), runs=3)
    page = client.get(f"/interviews/{interview}/report").text
    first, second = (part.split("</article>")[0] for part in page.split('aria-labelledby="answer-')[1:])
    assert "ask your adviser" in first and "ask your adviser" not in second and "each mark is the middle one" in second
    assert "read three times" in page


def test_the_words_that_were_judged_are_shown_after_a_correction(app, client):
    interview = finished(client, 1)
    spoken(app, interview, 1)
    with app.app_context(), writing() as session:
        fixed = ANSWER.replace("28 patients", "29 patients")
        session.execute(
            insert(Correction).values(interview_id=interview, number=1, version=1, text=fixed, corrected_at=now())
        )
    before = client.get(f"/interviews/{interview}/report", headers=JSON).json["answers"][0]
    assert "28 patients" in before["answer"] and before["corrected_since"] is True and before["heard"] is None
    page = client.get(f"/interviews/{interview}/report").text
    assert "Have it marked again" in page and f"/interviews/{interview}/corrections/1/edit" in page
    client.post(f"/interviews/{interview}/evaluations", headers=JSON)
    after = client.get(f"/interviews/{interview}/report", headers=JSON).json["answers"][0]
    assert "29 patients" in after["answer"] and "28 patients" in after["heard"] and after["corrected_since"] is False
    for quote in after["quotes"]:
        assert after["answer"][quote["start"] : quote["end"]] == quote["text"]
    assert "What was heard at first" in client.get(f"/interviews/{interview}/report").text


def test_typed_answers_offer_no_correction_and_every_question_a_retake(client):
    interview = finished(client, 2)
    page = client.get(f"/interviews/{interview}/report").text
    assert "Correct what was heard" not in page
    for number in (1, 2):
        assert f'href="/interviews/{interview}/retakes/{number}/new"' in page


def test_a_retaken_answer_is_listed_and_counts_nowhere(client):
    interview = finished(client, 2)
    before = client.get(f"/interviews/{interview}/report", headers=JSON).json
    sent = {"number": 1, "answer": "On Monday I moved the round to 7, and late medicines fell from 11 to 2 a week."}
    assert client.post(f"/interviews/{interview}/retakes", json=sent, headers=JSON).status_code == 201
    after = client.get(f"/interviews/{interview}/report", headers=JSON).json
    take = after["answers"][0]["retakes"][0]
    assert take["take"] == 2 and take["change"] == take["after"] - take["before"] and take["status"] == "COMPLETED"
    assert after["overall"] == before["overall"] and len(after["evaluations"]) == 1
    page = client.get(f"/interviews/{interview}/report").text
    assert f"/interviews/{interview}/retakes/1?take=2" in page and f"{take['after']} of 100" in page


def test_without_numbers_the_page_names_no_mark(app, client):
    interview = finished(client, 2)
    marked(
        app,
        interview,
        lambda score: replace(read_three_times(score, wide=True), feedback="You would get 55 of 100. A scene is set."),
        runs=3,
        summary=Summary("Overall 55 of 100. You tell what happened.", MODEL),
    )
    with_numbers = client.get(f"/interviews/{interview}/report").text
    client.post("/preferences", data={"low_anxiety": "on"})
    page = client.get(f"/interviews/{interview}/report").text
    data = client.get(f"/interviews/{interview}/report", headers=JSON).json
    assert data["overall"] is not None, "JSON keeps the numbers"
    for text in (" of 100", " of 40", " of 30", 'class="number"', 'class="points"', "radar", "bar-line", "from 34"):
        assert text in with_numbers, text
        assert text not in page, text
    assert "Numbers are hidden" in page and "Show numbers" in page
    assert "A scene is set." in page and "You tell what happened." in page and "to do next" in page
    for step in data["next_steps"]:
        assert step["text"].split("“")[0] in page


def test_what_an_interview_changed_stands_on_its_page_and_in_its_json(app, client):
    first = held(client, GOOD)
    before = {found["competency"]: found for found in client.get("/progress", headers=JSON).json["competencies"]}
    data = client.get(f"/interviews/{first}/report", headers=JSON).json
    assert {one["competency"]: one["after"]["mastery"] for one in data["mastery_updates"]["competencies"]} == {
        name: found["mastery"] for name, found in before.items()
    }
    assert all(one["before"] is None for one in data["mastery_updates"]["competencies"]) and data["mastery_note"] == ""
    second = held(client, BAD, force_create=True)
    updates = client.get(f"/interviews/{second}/report", headers=JSON).json["mastery_updates"]
    after = {found["competency"]: found for found in client.get("/progress", headers=JSON).json["competencies"]}
    known = [one for one in updates["competencies"] if one["before"]]
    assert known
    for one in updates["competencies"]:
        found = after[one["competency"]]
        assert one["after"] == {key: found[key] for key in ("mastery", "band", "difficulty")}
        assert one["count"] == found["count"] - before.get(one["competency"], {"count": 0})["count"]
        if one["before"]:
            assert one["before"]["mastery"] == before[one["competency"]]["mastery"]
    page = client.get(f"/interviews/{second}/report").text
    was, now = (round(100 * known[0][side]["mastery"]) for side in ("before", "after"))
    assert "What this interview changed" in page
    assert (f"From {was} to {now} of 100." if was != now else f"{now} of 100, as before.") in page
    assert client.get(f"/interviews/{first}/report", headers=JSON).json == data, "what came later is told by the later"


def test_what_changed_follows_from_the_rows_alone(app, client):
    first, second = held(client, BAD), held(client, GOOD, force_create=True)
    path = f"/interviews/{second}/report"
    told = client.get(path, headers=JSON).json["mastery_updates"]
    assert any(one["before"] for one in told["competencies"])
    client.delete(f"/interviews/{first}")
    without = client.get(path, headers=JSON).json["mastery_updates"]
    assert not any(one["before"] for one in without["competencies"]), "there is nothing before it any more"
    marked(app, second, needing_review)
    report = client.get(path, headers=JSON).json
    assert (report["mastery_updates"], report["mastery_note"]) == (None, NOTHING)
    assert NOTHING in client.get(path).text


def test_what_changed_has_no_numbers_where_none_are_wanted(app, client):
    held(client, GOOD)
    second = held(client, BAD, force_create=True)
    client.post("/preferences", data={"low_anxiety": "on"})
    section = client.get(f"/interviews/{second}/report").text.split('id="changed"')[1].split("</section>")[0]
    shown = re.sub(r"<[^>]+>", "", section)
    assert "Next questions:" in shown and not re.search(r"\d", shown)


def test_who_marks_can_only_be_chosen_where_there_is_a_choice(app, client, monkeypatch):
    interview = finished(client, 1)
    page = client.get(f"/interviews/{interview}/report").text
    assert "Only the built-in coach can mark here" in page and 'name="careful"' not in page
    monkeypatch.setattr(app.extensions["coaches"], "is_configured", lambda name: name in ("offline", "gemini"))
    page = client.get(f"/interviews/{interview}/report").text
    assert '<option value="gemini">Gemini</option>' in page and 'name="careful"' in page and "OpenRouter" not in page


def test_a_report_takes_the_same_queries_for_one_question_and_for_ten(app, client):
    counts = []
    for length in (1, 10):
        interview = finished(client, length, force_create=True)
        for _ in range(length):
            marked(app, interview, by_model)
        said = []
        with app.app_context():
            event.listen(db.engine, "before_cursor_execute", lambda *args, said=said: said.append(args[2]))
        client.get(f"/interviews/{interview}/report", headers=JSON)
        counts.append(len([line for line in said if line.lstrip().upper().startswith("SELECT")]))
    assert counts[1] - counts[0] == 0, counts
    assert 5 < counts[0] < 25
