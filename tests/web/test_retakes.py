"""Retakes, corrections and notes as a page, a fragment and JSON."""

import re

import pytest

from interview_coach import interviewing
from interview_coach.jobs import Jobs
from tests.web.conftest import ANSWER, HTMX, JSON, answer, ask, begun, create, finished

BETTER = (
    "In March 2023 two colleagues fell ill on a Saturday night. I had to keep 28 patients safe with four nurses, so I "
    "split the ward, called the bed manager and wrote every change into the patient record. Nobody waited longer than "
    "ten minutes, and we had no medication error in 12 hours."
)
HEARD = "I let a team of sex nurses and cut errors by thirteen percent with a second check at hand over."
SAID = "I led a team of six nurses and cut errors by thirty percent with a second check at handover."


def retake(client, interview, number=1, text=BETTER, headers=JSON, **more):
    body = {"number": number, "answer": text, **more}
    return client.post(f"/interviews/{interview}/retakes", json=body, headers=headers)


def as_form(client, interview, **fields):
    return client.post(f"/interviews/{interview}/retakes", data={"number": "1", "answer": BETTER, "key": "k"} | fields)


def main(page: str) -> str:
    return page.split("<main", 1)[1].split("</main>", 1)[0]


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def digits_beside_words(html: str) -> list[str]:
    """Figures on a page that are neither times, nor the person's own words, nor names of questions and retakes."""
    bare = re.sub(r"<time.*?</time>|<blockquote.*?</blockquote>|<summary.*?</summary>", " ", html, flags=re.S)
    bare = re.sub(r'<p class="(document|reference|question)[^"]*".*?</p>', " ", bare, flags=re.S)
    text = re.sub(r"([Qq]uestion|[Tt]ake|rules-?|answer|number) ?\d+( of \d+)?", " ", words(bare))
    return re.findall(r"\d+", text)


# --- retakes ---


def test_a_retake_by_forms_alone(client):
    interview = finished(client)
    page = client.get(f"/interviews/{interview}/retakes/1/new").text
    question = client.get(f"/interviews/{interview}", headers=JSON).json["questions"][0]
    assert "split the ward into two" in page, "the earlier answer is folded away on the page"
    for span in question["evidence"]:
        assert span["text"] in words(page)
    score = client.get(f"/interviews/{interview}/report.json").json["answers"][0]
    for step in score["improvements"]:
        assert step["text"] in words(page)
    key = re.search(r'name="key" value="(\w+)"', page)[1]
    sent = as_form(client, interview, key=key)
    assert sent.status_code == 303
    shown = main(client.get(sent.headers["Location"]).text)
    assert "28 patients safe" in words(shown) and "two halves" in words(shown), "both answers are there"
    assert "Part by part" in shown and re.search("stronger now|weaker now|about the same", shown)
    again = as_form(client, interview, key=key)
    assert again.headers["Location"] == sent.headers["Location"], "sent twice, stored once"
    assert len(client.get(f"/interviews/{interview}/retakes.json").json["retakes"]) == 1


def test_a_retake_in_json(client):
    interview = finished(client)
    before = client.get(f"/interviews/{interview}/report.json").json
    made = retake(client, interview, key="once")
    assert made.status_code == 201 and made.json["take"] == 2 and made.json["status"] == "COMPLETED"
    again = retake(client, interview, key="once")
    assert again.status_code == 200 and again.json["repeated"] and again.json["id"] == made.json["id"]
    compared = client.get(made.headers["Location"], headers=JSON).json
    marks, own = made.json["marks"], compared["marks"]
    for part in compared["comparison"]["parts"]:
        assert part["before"] == own[part["key"]] and part["after"] == marks[part["key"]]
        assert part["change"] == part["after"] - part["before"]
    assert compared["comparison"]["change"] == made.json["score"] - compared["score"]
    for point in compared["comparison"]["missing"]:
        quote = point["quote"]
        assert quote is None or BETTER[quote["start"] : quote["end"]] == quote["text"]
    after = client.get(f"/interviews/{interview}/report.json").json
    assert after["overall"] == before["overall"]


def test_the_newest_retake_is_shown_unless_the_address_names_one(client):
    interview = finished(client)
    retake(client, interview)
    retake(client, interview, text=f"{BETTER} Second.")
    place = f"/interviews/{interview}/retakes/1"
    assert client.get(place, headers=JSON).json["take"] == 3
    assert client.get(f"{place}?take=2", headers=JSON).json["take"] == 2
    for take in ("1", "4", "x"):
        assert client.get(f"{place}?take={take}", headers=JSON).status_code == 404
    page = client.get(f"{place}?take=2").text
    assert 'aria-current="page">Take 2' in page


def test_without_a_retake_the_page_leads_to_the_first_one(client):
    interview = finished(client)
    response = client.get(f"/interviews/{interview}/retakes/1")
    assert response.status_code == 303 and response.headers["Location"].endswith("/retakes/1/new")
    assert client.get(f"/interviews/{interview}/retakes/1", headers=JSON).json["comparison"] is None


def test_the_list_leads_to_every_question_and_retake(client):
    interview = finished(client)
    retake(client, interview, 2)
    page = client.get(f"/interviews/{interview}/retakes").text
    for place in ("1/new", "2/new", "2?take=2"):
        assert f"/interviews/{interview}/retakes/{place}" in page


@pytest.mark.parametrize(
    ("text", "status"), [("", 422), ("um", 422), ("x" * (interviewing.LONGEST_ANSWER + 1), 422), ("ok", 422)]
)
def test_an_unfit_retake_comes_back_with_its_words(client, text, status):
    interview = finished(client)
    response = as_form(client, interview, answer=text)
    assert response.status_code == status
    assert text in response.text and 'role="alert"' in response.text
    assert re.search(r'name="key" value="(\w+)"', response.text)[1] != "k", "the next attempt is another one"
    assert client.get(f"/interviews/{interview}/retakes.json").json["retakes"] == []


def test_a_key_with_other_words_comes_back_with_them_and_can_be_sent(client):
    interview = finished(client)
    as_form(client, interview)
    response = as_form(client, interview, answer=f"{BETTER} And more.")
    assert response.status_code == 409 and "And more." in response.text
    key = re.search(r'name="key" value="(\w+)"', response.text)[1]
    assert as_form(client, interview, answer=f"{BETTER} And more.", key=key).status_code == 303


def test_a_retake_of_what_is_not_there_is_refused_in_all_three_ways(client):
    interview = finished(client)
    running = begun(client, job_title="Running", force_create=True)
    for place, status in ((f"{interview}/retakes/9/new", 409), (f"{running}/retakes/1/new", 409), ("f" * 16, 404)):
        for headers in (JSON, HTMX, {}):
            assert client.get(f"/interviews/{place}", headers=headers).status_code == status
    page = client.get(f"/interviews/{interview}/retakes/99/new").text
    assert "<h1>Not with this question</h1>" in page and "was not asked in this interview" in page
    assert retake(client, interview, 9).json["error"]["code"] == "QUESTION_NOT_FOUND"
    assert retake(client, running, 1).json["error"]["code"] == "NOT_COMPLETED"
    assert client.get(f"/interviews/{running}/retakes").status_code == 200


def test_while_it_is_judged_the_page_asks_again_and_then_stops(app, client, monkeypatch):
    interview = finished(client)
    with monkeypatch.context() as patch:
        patch.setattr(Jobs, "_do", lambda *_: None)  # somebody is at it
        retake(client, interview)
    place = f"/interviews/{interview}/retakes/1?take=2"
    page = client.get(place).text
    assert "is being read" in page and f'hx-get="{place}"' in page and BETTER[:40] in page
    assert "Part by part" not in page
    fragment = client.get(place, headers=HTMX).text
    assert fragment.lstrip().startswith('<div id="retake"') and "hx-get" in fragment
    with app.app_context():
        from interview_coach import evaluating

        evaluating.sweep()
    fragment = client.get(place, headers=HTMX).text
    assert "hx-get" not in fragment and "Part by part" in fragment


def test_failed_marks_say_why_and_offer_to_try_again(client, monkeypatch):
    interview = finished(client)
    with monkeypatch.context() as patch:
        patch.setattr("interview_coach.coaches.Coaches.assessor", lambda *_: 1 / 0)
        retake(client, interview)
    page = client.get(f"/interviews/{interview}/retakes/1").text
    assert "Something went wrong" in page and "hx-get" not in main(page), "a page never asks in a loop"
    place = f"/interviews/{interview}/retakes/1/evaluations"
    assert f'action="{place}"' in page and "Try again" in page
    sent = client.post(place, data={"take": "2"})
    assert sent.status_code == 303
    assert "Part by part" in client.get(sent.headers["Location"]).text
    response = client.post(place, json={"take": 2, "provider": "offline"}, headers=JSON)
    assert response.status_code == 202 and response.json["status"] == "COMPLETED"


def test_retakes_count_as_answers_for_the_limit(make_app):
    client = make_app(limit_answers="3/hour").test_client()
    interview = finished(client, questions=1)
    assert retake(client, interview).status_code == 201
    assert retake(client, interview, text=f"{BETTER} Two.").status_code == 201
    limited = as_form(client, interview, answer=f"{BETTER} Three.")
    assert limited.status_code == 429 and "Three." in limited.text, "what was typed comes back"
    assert "Retry-After" in limited.headers


def test_what_is_typed_is_kept(client):
    interview = finished(client)
    place = f"/interviews/{interview}/retakes/1"
    assert client.put(f"{place}/draft", data={"number": "1", "answer": "Half a <b>sentence"}).status_code == 204
    page = client.get(f"{place}/new").text
    assert "Half a &lt;b&gt;sentence</textarea>" in page and "Draft saved" in page
    assert "Half a" not in client.get(f"/interviews/{interview}/retakes/2/new").text
    assert client.get(f"{place}/new", headers=JSON).json["draft"]["answer"] == "Half a <b>sentence"
    retake(client, interview)
    assert "Half a" not in client.get(f"{place}/new").text


def test_without_numbers_there_are_words(client):
    interview = finished(client)
    retake(client, interview)
    place = f"/interviews/{interview}/retakes/1"
    with_numbers = main(client.get(place).text)
    assert digits_beside_words(with_numbers), "or the next lines would prove nothing"
    client.post("/preferences", data={"low_anxiety": "on"})
    page = main(client.get(place).text)
    assert digits_beside_words(page) == []
    assert re.search("stronger now|weaker now|about the same", page)
    assert digits_beside_words(main(client.get(f"/interviews/{interview}/retakes").text)) == []


def test_what_people_write_is_only_text(client):
    interview = finished(client)
    retake(client, interview, text=f"<script>alert(1)</script> {BETTER}")
    for path in ("1", "1/new", ""):
        assert "<script>alert" not in client.get(f"/interviews/{interview}/retakes/{path}".rstrip("/")).text


# --- corrections ---


@pytest.fixture
def spoken(app, client):
    """An interview whose first answer was spoken, and heard wrongly."""
    interview = begun(client, questions=2)
    with app.app_context():
        interviewing.answer("local", interview, 1, HEARD, source="spoken")
    return interview


def correct(client, interview, number=1, text=SAID):
    return client.post(f"/interviews/{interview}/corrections", json={"number": number, "text": text}, headers=JSON)


def test_a_correction_by_forms_alone(client, spoken):
    room = client.get(f"/interviews/{spoken}").text
    place = f"/interviews/{spoken}/corrections/1/edit"
    assert place in room and "corrected" not in main(room)
    assert HEARD in client.get(place).text
    sent = client.post(f"/interviews/{spoken}/corrections", data={"number": "1", "text": SAID})
    assert sent.status_code == 303 and sent.headers["Location"].endswith(f"/interviews/{spoken}#turn-1")
    room = main(client.get(f"/interviews/{spoken}").text)
    assert "You, corrected" in room and SAID in room
    assert HEARD in room.split("What was heard", 1)[1], "what was heard is folded away beside it"
    edit = client.get(place).text
    assert f"{SAID}</textarea>" in edit and HEARD in edit


def test_a_correction_in_json(client, spoken):
    assert client.get(f"/interviews/{spoken}", headers=JSON).json["questions"][0]["answer"]["heard"] is None
    done = correct(client, spoken).json
    assert done["is_new"] and done["evaluation"] is None
    found = client.get(f"/interviews/{spoken}", headers=JSON).json["questions"][0]["answer"]
    assert (found["text"], found["heard"], found["source"]) == (SAID, HEARD, "spoken")
    assert done["answer"] == found
    assert correct(client, spoken).json["is_new"] is False


def test_a_correction_after_the_end_leads_to_the_new_marks(client, spoken):
    client.post(f"/interviews/{spoken}/finish")
    sent = client.post(f"/interviews/{spoken}/corrections", data={"number": "1", "text": SAID})
    assert sent.headers["Location"].endswith(f"/interviews/{spoken}/report#answer-1")
    report = client.get(f"/interviews/{spoken}/report", headers=JSON).json
    assert report["answers"][0]["answer"] == SAID
    newest = client.get(f"/interviews/{spoken}", headers=JSON).json["evaluation"]["id"]
    assert correct(client, spoken, text=f"{SAID} Really.").json["evaluation"] != newest


def test_a_typed_answer_leads_to_the_retake(client):
    interview = finished(client)
    problem = correct(client, interview)
    assert problem.status_code == 409 and "Retake" in problem.json["error"]["message"]
    assert "corrections" not in main(client.get(f"/interviews/{interview}").text)
    assert client.get(f"/interviews/{interview}/corrections/1/edit").status_code == 409


@pytest.mark.parametrize("text", ["", "um", "x" * (interviewing.LONGEST_ANSWER + 1)])
def test_an_unfit_correction_comes_back_with_its_words(client, spoken, text):
    response = client.post(f"/interviews/{spoken}/corrections", data={"number": "1", "text": text})
    assert response.status_code == 422 and f"{text}</textarea>" in response.text and 'role="alert"' in response.text


# --- notes ---


def test_notes_are_on_the_answer_and_on_every_reload(client):
    interview = begun(client, coaching="on")
    body = {"number": "1", "answer": ANSWER, "key": "a", "action": "answer"}
    fragment = client.post(f"/interviews/{interview}/answers", data=body, headers=HTMX).text
    note = client.get(f"/interviews/{interview}", headers=JSON).json["questions"][0]["coaching"]
    assert note["advice"] in words(fragment) and f"Closeness {note['similarity']:.2f}" in fragment
    assert f"keywords of the ad {note['keyword_coverage']} %" in fragment
    assert "does not understand meaning" in words(fragment)
    page = client.get(f"/interviews/{interview}").text
    assert note["advice"] in words(page)
    stored = answer(client, interview, 1).json
    assert stored["repeated"] and stored["coaching"] == note


def test_without_notes_the_room_and_the_json_have_none(client):
    interview = begun(client, 1)
    assert 'class="note"' not in client.get(f"/interviews/{interview}").text
    shown = client.get(f"/interviews/{interview}", headers=JSON).json
    assert shown["coaching"] == "off" and shown["questions"][0]["coaching"] is None
    assert answer(client, interview, 2).json["coaching"] is None


def test_the_switch_brings_all_notes_and_takes_them_away(client):
    interview = begun(client, 2)
    place = f"/interviews/{interview}/coaching"
    shown = client.post(place, data={"state": "on"}, headers=HTMX).text
    assert shown.lstrip().startswith("<button") and "Hide notes" in shown
    assert re.findall(r'id="note-(\d)" class="note-place" hx-swap-oob="true"', shown) == ["1", "2"]
    assert shown.count('class="note"') == 2
    assert client.get(f"/interviews/{interview}").text.count('class="note"') == 2
    hidden = client.post(place, data={"state": "off"}, headers=HTMX).text
    assert "Show notes" in hidden and 'class="note"' not in hidden and hidden.count("hx-swap-oob") == 2
    assert client.post(place, json={"state": "on"}, headers=JSON).json["questions"][0]["coaching"]
    assert client.post(place, json={"state": "maybe"}, headers=JSON).status_code == 422


def test_the_switch_without_scripts_keeps_what_is_being_typed(client):
    interview = begun(client)
    sent = {"state": "on", "number": "1", "answer": "Half a sentence", "key": "a"}
    response = client.post(f"/interviews/{interview}/coaching", data=sent)
    assert response.status_code == 303
    page = client.get(f"/interviews/{interview}").text
    assert "Half a sentence</textarea>" in page and "Hide notes" in page
    assert client.get(f"/interviews/{interview}", headers=JSON).json["answered_count"] == 0, "it was not sent"


def test_an_exam_has_no_switch_and_refuses_one(client):
    interview = begun(client, 1, coaching="exam")
    page = client.get(f"/interviews/{interview}").text
    assert "coaching-switch" not in page and 'class="note"' not in page
    for headers in (JSON, HTMX, {}):
        response = client.post(f"/interviews/{interview}/coaching", data={"state": "on"}, headers=headers)
        assert response.status_code == 409 and "exam" in response.text
    assert "<h1>Not during an exam</h1>" in response.text
    assert "coaching-switch" in client.get(f"/interviews/{begun(client, force_create=True)}").text


def test_feedback_is_a_choice_of_the_form(client):
    page = client.get("/interviews/new").text
    assert re.findall(r'<option value="(off|on|exam)"', page.split('name="coaching"')[1].split("</select>")[0]) == [
        "off",
        "on",
        "exam",
    ]
    assert client.get(f"/interviews/{create(client, coaching='exam')}", headers=JSON).json["coaching"] == "exam"
    from tests.web.conftest import CV, JOB

    refused = client.post("/interviews", json={"cv_text": CV, "job_text": JOB, "coaching": "always"}, headers=JSON)
    assert refused.status_code == 422 and "coaching" in refused.json["error"]["fields"]


def test_notes_without_numbers(client):
    interview = begun(client, 1, coaching="on")
    note = client.get(f"/interviews/{interview}").text.split('class="note"')[1].split("</div>")[0]
    assert digits_beside_words(note)
    client.post("/preferences", data={"low_anxiety": "on"})
    note = client.get(f"/interviews/{interview}").text.split('class="note"')[1].split("</div>")[0]
    assert digits_beside_words(note) == [] and "You wrote:" in note


def test_notes_fit_a_corrected_answer(app, client, spoken):
    client.post(f"/interviews/{spoken}/coaching", json={"state": "on"}, headers=JSON)
    correct(client, spoken)
    note = client.get(f"/interviews/{spoken}", headers=JSON).json["questions"][0]["coaching"]
    quote = note["quote"]
    assert quote is None or SAID[quote["start"] : quote["end"]] == quote["text"]


def test_the_next_question_does_not_wait_for_a_note(client, monkeypatch):
    """Asking looks at no note at all."""
    from interview_coach import coaching

    interview = begun(client, coaching="on")
    answer(client, interview, 1)
    monkeypatch.setattr(coaching, "coach", lambda *_: 1 / 0)
    assert ask(client, interview).status_code == 200
    assert client.post(f"/interviews/{interview}/questions", headers=HTMX).status_code == 200
    body = {"number": 2, "answer": ANSWER}
    assert client.post(f"/interviews/{interview}/answers", json=body, headers=JSON).status_code == 200
