"""Asking, answering, drafting, skipping and finishing, as htmx, as a form and as JSON."""

import json
import re
import threading

import pytest

from interview_coach.providers.base import Refused, Unavailable
from tests.patience import eventually
from tests.web.conftest import ANSWER, HTMX, JSON, answer, ask, begun, create
from tests.web.people import failing, slowly

STREAM = {**HTMX, "Accept": "text/event-stream"}


def events(text: str) -> list[tuple[str, dict]]:
    found = []
    for block in text.split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if "event" in lines:
            found.append((lines["event"], json.loads(lines["data"])))
    return found


def test_whole_interview_by_forms_alone(client):
    """What a browser without scripts does."""
    place = client.post("/interviews", data={"sample": "yes"}).headers["Location"]
    for number in range(1, 9):
        response = client.post(f"{place}/questions")
        assert response.status_code == 303
        page = client.get(response.headers["Location"]).text
        assert f"question {number} of 8" in page and f"{number - 1} of 8 answered" in page
        sent = {"number": number, "answer": f"{ANSWER} Night {number}.", "key": f"key-{number}", "action": "answer"}
        assert client.post(f"{place}/answers", data=sent).status_code == 303
    page = client.get(place).text
    assert "That was the last question" in page and "8 of 8 answered" in page
    assert 'id="answer"' not in page, "nothing more can be typed"
    assert client.get(f"{place}/report").status_code == 200


def test_waiting_place_asks_by_itself_and_works_without_scripts(client):
    interview = begun(client)
    answer(client, interview, 1)
    page = client.get(f"/interviews/{interview}").text
    waiting = page.split('id="next"')[1].split("<footer")[0]
    assert f'hx-post="/interviews/{interview}/questions"' in waiting and 'hx-trigger="load"' in waiting
    noscript = waiting.split("<noscript>")[1].split("</noscript>")[0]
    assert 'method="post"' in noscript and "<button" in noscript


def test_begin_shows_the_room_before_the_first_question_and_changes_nothing(client):
    interview = create(client)
    page = client.get(f"/interviews/{interview}?begin=yes").text
    assert 'hx-trigger="load"' in page
    assert client.get(f"/interviews/{interview}", headers=JSON).json["status"] == "CREATED"


def test_asking_again_gives_the_same_question(client):
    interview = create(client)
    first, second = ask(client, interview).json, ask(client, interview).json
    assert first == second and first["number"] == 1
    fragment = client.post(f"/interviews/{interview}/questions", headers=HTMX).text
    assert 'id="turn-1"' in fragment and 'id="foot"' in fragment and "hx-swap-oob" in fragment
    assert fragment.count('id="next"') == 1 and "hx-trigger" not in fragment


def test_asking_at_the_same_time_makes_one_question(app, client):
    interview = create(client)
    found = []

    def one():
        found.append(ask(app.test_client(), interview).json["text"])

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4 and len(set(found)) == 1
    assert client.get(f"/interviews/{interview}", headers=JSON).json["question_count"] == 1


def test_answer_fragment_shows_the_answer_and_waits_for_the_next_question(client):
    interview = begun(client)
    sent = {"number": 1, "answer": f"{ANSWER}\n\nSecond paragraph.", "key": "k1"}
    fragment = client.post(f"/interviews/{interview}/answers", data=sent, headers=HTMX).text
    assert "<html" not in fragment
    assert fragment.lstrip().startswith('<article class="turn"')
    assert "minutes and we had no medication error.\n\nSecond paragraph." in fragment, "line breaks stay"
    for part in ("next", "foot", "progress"):
        assert re.search(rf'id="{part}"[^>]*hx-swap-oob="true"', fragment), part
    assert 'hx-trigger="load"' in fragment and "1 of 8 answered" in fragment


def test_a_repeated_answer_gives_the_stored_one(client):
    interview = begun(client)
    first = answer(client, interview, 1, key="k").json
    again = answer(client, interview, 1, key="k")
    assert again.status_code == 200 and again.json["repeated"] is True and first["repeated"] is False
    assert again.json["answer"] == first["answer"]
    sent = {"number": 1, "answer": ANSWER, "key": "k"}
    fragment = client.post(f"/interviews/{interview}/answers", data=sent, headers=HTMX)
    assert fragment.status_code == 200 and fragment.headers["HX-Retarget"] == "#content"
    assert client.post(f"/interviews/{interview}/answers", data=sent).status_code == 303
    assert client.get(f"/interviews/{interview}", headers=JSON).json["answered_count"] == 1


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_another_text_for_the_same_question_is_a_conflict_and_stays_on_the_page(client, headers):
    interview = begun(client, 1)
    other = "Something <i>else</i> that I typed in the other tab."
    sent = {"number": 1, "answer": other, "key": "other"}
    response = client.post(f"/interviews/{interview}/answers", data=sent, headers=headers)
    assert response.status_code == 409
    assert "Something &lt;i&gt;else&lt;/i&gt; that I typed" in response.text
    assert "28 patients" in response.text, "the stored answer is shown"
    box = response.text.split('id="answer"')[1].split("</textarea>")[0]
    assert "Something" not in box, "words for question 1 must not stand in the box of question 2"
    assert 'name="number" value="2"' in response.text
    error = client.post(f"/interviews/{interview}/answers", json=sent, headers=JSON)
    assert error.status_code == 409 and error.json["error"]["code"] == "ANSWER_CONFLICT"
    stored = client.get(f"/interviews/{interview}", headers=JSON).json["questions"][0]["answer"]["text"]
    assert stored.startswith("On a Saturday night")


@pytest.mark.parametrize("text", ["", "   \n ", "um, yes, okay", "x" * 10_001])
def test_an_unfit_answer_is_not_counted_and_stays(client, text):
    interview = begun(client)
    response = answer(client, interview, 1, text)
    assert response.status_code == 422
    assert response.json["error"]["code"] == "VALIDATION_FAILED" and "answer" in response.json["error"]["fields"]
    page = client.post(f"/interviews/{interview}/answers", data={"number": 1, "answer": text})
    assert page.status_code == 422
    box = page.text.split('id="answer"')[1].split("</textarea>")[0].split(">", 1)[1]
    assert text.strip() in box
    assert client.get(f"/interviews/{interview}", headers=JSON).json["answered_count"] == 0


@pytest.mark.parametrize("number", ["", "x", "1.5", "-1", None, "²"])
def test_a_number_that_is_none_is_refused(client, number):
    interview = begun(client)
    response = answer(client, interview, number)
    assert response.status_code in (409, 422)
    assert response.json["error"]["code"] in ("VALIDATION_FAILED", "QUESTION_NOT_FOUND")


def test_a_question_that_was_not_asked_cannot_be_answered(client):
    interview = begun(client)
    assert answer(client, interview, 2).json["error"]["code"] == "QUESTION_NOT_FOUND"


def test_late_answer_after_the_end(client):
    interview = begun(client, 1)
    client.post(f"/interviews/{interview}/finish", headers=JSON)
    response = answer(client, interview, 2)
    assert response.status_code == 409 and response.json["error"]["code"] == "INTERVIEW_ALREADY_COMPLETED"
    page = client.post(f"/interviews/{interview}/answers", data={"number": 2, "answer": "Late words of mine"})
    assert page.status_code == 409 and "Late words of mine" in page.text and "Read your report" in page.text


def test_draft_is_restored_on_every_device_and_goes_with_the_answer(app, client):
    interview = begun(client)
    sent = {"number": 1, "answer": "Half a <sentence"}
    assert client.put(f"/interviews/{interview}/draft", data=sent).status_code == 204
    elsewhere = app.test_client()
    page = elsewhere.get(f"/interviews/{interview}").text
    assert "Half a &lt;sentence</textarea>" in page and "Draft saved" in page
    assert elsewhere.get(f"/interviews/{interview}", headers=JSON).json["draft"]["answer"] == "Half a <sentence"
    assert client.put(f"/interviews/{interview}/draft", json={"number": 1, "answer": "By JSON"}).status_code == 204
    answer(client, interview, 1)
    assert client.get(f"/interviews/{interview}", headers=JSON).json["draft"] is None
    late = client.put(f"/interviews/{interview}/draft", data=sent, headers=JSON)
    assert late.status_code == 409


def test_skipping_asks_on_and_counts_apart(client):
    interview = begun(client)
    sent = {"number": 1, "answer": "half an answer", "action": "skip", "key": "s"}
    assert client.post(f"/interviews/{interview}/answers", data=sent).status_code == 303
    ask(client, interview)
    page = client.get(f"/interviews/{interview}").text
    assert "Skipped" in page and "0 of 8 answered, 1 skipped" in page
    assert client.get(f"/interviews/{interview}", headers=JSON).json["answered_count"] == 0


def test_finishing_early_asks_first(client):
    interview = begun(client, 1)
    page = client.get(f"/interviews/{interview}/finish").text
    assert "count as 0" in page and 'method="post"' in page
    assert client.get(f"/interviews/{interview}", headers=JSON).json["is_complete"] is False
    response = client.post(f"/interviews/{interview}/finish")
    assert response.status_code == 303 and response.headers["Location"].endswith("/report")
    assert client.post(f"/interviews/{interview}/finish").status_code == 303, "again changes nothing"
    assert client.get(f"/interviews/{interview}/finish").status_code == 303
    assert client.get(f"/interviews/{interview}", headers=JSON).json["is_complete"] is True


def test_finishing_by_htmx_and_json(client):
    first, second = begun(client, 1), begun(client, 1, force_create=True)
    moved = client.post(f"/interviews/{first}/finish", headers=HTMX)
    assert moved.status_code == 200 and moved.headers["HX-Redirect"].endswith("/report")
    assert client.post(f"/interviews/{second}/finish", headers=JSON).json["is_complete"] is True


def test_an_interview_that_has_not_started_cannot_be_finished(client):
    interview = create(client)
    assert client.post(f"/interviews/{interview}/finish", headers=JSON).json["error"]["code"] == "NOT_COMPLETED"


def test_stream_sends_words_then_the_question(client, scripted):
    scripted(slowly(withdraw=True))
    interview = create(client)
    response = client.post(f"/interviews/{interview}/questions", headers=STREAM)
    assert response.mimetype == "text/event-stream"
    found = events(response.text)
    names = [name for name, _ in found]
    assert names[0] == "words" and "withdrawn" in names and names[-1] == "question"
    after = names.index("withdrawn")
    said = "".join(data["text"] for name, data in found[after:] if name == "words")
    assert said.startswith("This is question 1")
    assert 'id="turn-1"' in found[-1][1]["html"] and "This is question 1" in found[-1][1]["html"]
    again = events(client.post(f"/interviews/{interview}/questions", headers=STREAM).text)
    assert [name for name, _ in again] == ["question"], "it exists already: nothing is worded twice"


def test_stream_for_programs_ends_with_json(client):
    interview = create(client)
    headers = {"Accept": "text/event-stream"}
    found = events(client.post(f"/interviews/{interview}/questions", headers=headers).text)
    assert found[-1][0] == "question" and found[-1][1]["number"] == 1


def test_closing_the_stream_cancels_the_model_and_stores_nothing(client, scripted):
    coach = scripted(slowly(pause=0.05))
    interview = create(client)
    response = client.post(f"/interviews/{interview}/questions", headers=STREAM, buffered=False)
    chunks = iter(response.response)
    while b"event: words" not in next(chunks):
        pass
    assert coach.started == 1
    response.close()
    assert eventually(lambda: coach.cancelled == 1)
    assert client.get(f"/interviews/{interview}", headers=JSON).json["question_count"] == 0


@pytest.mark.parametrize("error", [Unavailable("down"), Refused("no key")])
def test_a_failing_interviewer_keeps_everything_and_offers_two_ways_on(client, scripted, error):
    scripted(slowly())
    interview = begun(client)
    scripted(failing(error))
    answer(client, interview, 1)
    response = client.post(f"/interviews/{interview}/questions", headers=HTMX)
    assert response.status_code == 503
    assert "Ask again" in response.text and "Continue with the built-in coach" in response.text
    assert "hx-trigger" not in response.text, "a page never asks in a loop"
    assert "saved" in response.text
    page = client.post(f"/interviews/{interview}/questions")
    assert page.status_code == 503 and "<html" in page.text and "hx-trigger" not in page.text.split('id="next"')[1]
    assert "28 patients" in page.text
    found = events(client.post(f"/interviews/{interview}/questions", headers=STREAM).text)
    assert found[-1][0] == "problem" and "Continue with the built-in coach" in found[-1][1]["html"]
    assert ask(client, interview).json["error"]["code"] == "PROVIDER_UNAVAILABLE"
    helped = client.post(f"/interviews/{interview}/questions", data={"coach": "offline"}, headers=HTMX)
    assert helped.status_code == 200 and 'id="turn-2"' in helped.text
    shown = client.get(f"/interviews/{interview}", headers=JSON).json["questions"]
    assert [question["provenance"]["coach"] for question in shown] == ["model", "rules"]


def test_an_unknown_coach_is_refused(client):
    interview = create(client)
    response = ask(client, interview, coach="nobody")
    assert response.status_code == 422 and "coach" in response.json["error"]["fields"]


def test_asking_after_the_end_shows_the_end(client):
    interview = begun(client)
    answer(client, interview, 1)
    client.post(f"/interviews/{interview}/finish")
    response = client.post(f"/interviews/{interview}/questions", headers=HTMX)
    assert response.status_code == 409 and "Read your report" in response.text
    assert client.post(f"/interviews/{interview}/questions").status_code == 409
    assert ask(client, interview).json["error"]["code"] == "INTERVIEW_ALREADY_COMPLETED"
    found = events(client.post(f"/interviews/{interview}/questions", headers=STREAM).text)
    assert found[-1][0] == "problem" and "Read your report" in found[-1][1]["html"]


def test_why_this_question_quotes_the_documents(client):
    interview = begun(client)
    data = client.get(f"/interviews/{interview}", headers=JSON).json["questions"][0]
    texts = client.get(f"/interviews/{interview}/documents", headers=JSON).json
    assert data["evidence"]
    page = client.get(f"/interviews/{interview}").text
    why = page.split("Why this question")[1].split("</details>")[0]
    for span in data["evidence"]:
        assert texts[span["source"]][span["start"] : span["end"]] == span["text"]
    assert why.count("<dd>") == len(data["evidence"]) + 1
    assert "built-in coach" in why


def test_a_fallback_says_so_on_the_page(client, app):
    from dataclasses import replace

    from interview_coach import interviewing
    from interview_coach.domain.provenance import Provenance

    interview = begun(client)
    with app.app_context():
        shown = interviewing.view("local", interview)
    fallback = Provenance("rules", "1", fallback=True, reason="The model did not answer in time.")
    question = replace(shown.questions[0], provenance=fallback)
    with app.test_request_context(f"/interviews/{interview}"):
        from flask import render_template

        html = render_template("questions/_turn.html", interview=shown, question=question)
        plain = render_template("questions/_turn.html", interview=shown, question=shown.questions[0])
    assert "The built-in coach asked this one. The model did not answer in time." in html
    assert "asked this one" not in plain


def test_form_keys_differ_from_page_to_page(client):
    interview = begun(client)
    keys = {re.search(r'name="key" value="(\w+)"', client.get(f"/interviews/{interview}").text)[1] for _ in range(3)}
    assert len(keys) == 3
