"""The pages of calls, as a server sees them."""

from datetime import timedelta

from interview_coach import calling
from interview_coach.db import writing
from interview_coach.models import LOCAL_OWNER, Call
from interview_coach.providers.base import NotConfigured, Provider
from tests.web.conftest import HTMX, JSON, begun, create, finished


def test_only_these_pages_may_ask_for_microphone_and_screen(client):
    interview = begun(client)
    for path in ("/microphone", f"/interviews/{interview}/call"):
        policy = client.get(path).headers["Permissions-Policy"]
        assert "microphone=(self)" in policy and "display-capture=(self)" in policy and "camera=()" in policy
    for path in ("/", f"/interviews/{interview}"):
        assert "microphone=()" in client.get(path).headers["Permissions-Policy"]


def test_the_microphone_check_needs_no_interview(client):
    page = client.get("/microphone")
    assert page.status_code == 200 and "Headphones make it easier" in page.text


def test_a_finished_interview_leads_to_its_report(client):
    interview = finished(client)
    response = client.get(f"/interviews/{interview}/call")
    assert response.status_code == 303 and response.location == f"/interviews/{interview}/report"


def test_json_tells_a_page_why_nobody_picked_up(client):
    interview = begun(client, 1)
    found = client.get(f"/interviews/{interview}/call", headers=JSON).json
    assert found["is_complete"] is False and (found["question_count"], found["answered_count"]) == (2, 1)
    assert client.get(f"/interviews/{finished(client)}/call", headers=JSON).json["is_complete"] is True


def test_an_unknown_interview_is_not_found(client):
    assert client.get("/interviews/none/call").status_code == 404


def test_without_a_speech_service_the_page_says_whose_ears_they_are(app, client):
    interview = create(client)
    page = client.get(f"/interviews/{interview}/call").text
    assert 'data-speech="browser"' in page and "sends the sound of your voice" in page
    app.extensions["coaches"].use_parts("offline", Provider("offline", ears=object(), voice=object()))
    page = client.get(f"/interviews/{interview}/call").text
    assert 'data-speech="server"' in page and "your voice goes to the speech service" in page


def test_a_speech_service_that_lacks_something_leaves_the_browser(app, client, monkeypatch):
    def lacking(_self, _name):
        raise NotConfigured("A key is missing.")

    interview = create(client)
    monkeypatch.setattr(type(app.extensions["coaches"]), "parts", lacking)
    assert 'data-speech="browser"' in client.get(f"/interviews/{interview}/call").text


def test_what_was_said_before_is_on_the_page_and_escaped(client):
    interview = begun(client, 0)
    text = "I wrote <b>tags</b> & ran the ward on a Saturday night with four nurses and nobody waited."
    client.post(f"/interviews/{interview}/answers", json={"number": 1, "answer": text}, headers=JSON)
    page = client.get(f"/interviews/{interview}/call").text
    assert "&lt;b&gt;tags&lt;/b&gt; &amp; ran the ward" in page
    assert page.count('data-kept="saved"') == 2


def test_another_window_is_told_that_the_call_goes_on_and_may_take_it_over(app, client):
    interview = begun(client)
    notice = 'data-part="elsewhere"'
    assert notice not in client.get(f"/interviews/{interview}/call").text
    with app.app_context():
        call = calling.pick_up(LOCAL_OWNER, interview, provider="offline", model="").call_id
    page = client.get(f"/interviews/{interview}/call").text
    assert notice in page and "Take the call over here" in page
    with app.app_context():
        calling.hang_up(call, seconds=1, handle=None, reason="left", calls=[])
    assert notice not in client.get(f"/interviews/{interview}/call").text


def test_your_data_tells_calls_with_words_from_silent_ones(app, client):
    interview = begun(client)

    def call(*speakers):
        with app.app_context():
            call = calling.pick_up(LOCAL_OWNER, interview, provider="offline", model="").call_id
            for speaker in speakers:
                said = {"speaker": speaker, "kind": "aside", "number": None, "text": f"Good morning, {speaker}."}
                calling.utter(LOCAL_OWNER, interview, call, **said)
            calling.hang_up(call, seconds=1, handle=None, reason="left", calls=[])
        return client.get("/data").text

    assert "call" not in client.get("/data", headers=HTMX).text.replace("how long calls to a model took", "")
    assert "1 call: when, for how long, and the interviewer's words; you said nothing aloud</li>" in call("interviewer")
    assert "2 calls: when, for how long, and what was said aloud; you spoke in 1 of them" in call(
        "interviewer", "person"
    )
    client.delete("/data")
    interview = begun(client)
    assert "1 call: when, for how long, what was said aloud, and how you spoke</li>" in call("person")


def test_a_call_whose_process_was_killed_is_not_going_on(app, client):
    interview = begun(client)
    with app.app_context():
        call = calling.pick_up(LOCAL_OWNER, interview, provider="offline", model="").call_id
        with writing() as session:
            session.get_one(Call, call).heartbeat_at -= timedelta(seconds=20)
        assert calling.is_on_the_line(LOCAL_OWNER, interview) is False


def test_what_is_said_of_choices_fits_the_speech_that_there_is(app, client):
    interview = create(client)
    check, page = client.get("/microphone").text, client.get(f"/interviews/{interview}/call").text
    assert "You choose before each call" not in check and "your browser itself would write down" in check
    assert "recording" not in page.lower() and 'name="metrics"' not in page
    app.extensions["coaches"].use_parts("offline", Provider("offline", ears=object(), voice=object()))
    check, page = client.get("/microphone").text, client.get(f"/interviews/{interview}/call").text
    assert "You choose before each call" in check and "your browser itself" not in check
    assert 'name="record"' in page and 'name="listen"' in page and 'name="metrics"' in page


def test_a_service_that_only_speaks_is_said_to_be_one(app, client):
    interview = create(client)
    app.extensions["coaches"].use_parts("offline", Provider("offline", voice=object()))
    check, page = client.get("/microphone").text, client.get(f"/interviews/{interview}/call").text
    assert 'data-speech="server"' in page and 'data-hears="no"' in page
    assert "your voice goes to" not in page and 'name="record"' not in page and 'name="microphone"' not in page
    assert "you hear the interviewer and type your answers" in check


def test_the_microphone_check_leads_back_to_the_call_that_it_was_for(client):
    interview = begun(client)
    assert f'href="/microphone?interview={interview}"' in client.get(f"/interviews/{interview}/call").text
    assert (
        f'href="/interviews/{interview}/call">Back to the call' in client.get(f"/microphone?interview={interview}").text
    )
    assert client.get("/microphone?interview=unknown").status_code == 404


def test_both_ways_between_writing_and_speaking(client):
    interview = begun(client)
    assert f'href="/interviews/{interview}/call"' in client.get(f"/interviews/{interview}").text
    assert f'href="/interviews/{interview}?begin=yes"' in client.get(f"/interviews/{interview}/call").text
    done = finished(client)
    assert f"/interviews/{done}/call" not in client.get(f"/interviews/{done}").text
