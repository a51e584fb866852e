"""Retakes, corrections and notes as a person meets them: by keyboard, on a phone, in the dark."""

import re

import pytest
from playwright.sync_api import expect

from interview_coach import evaluating, interviewing
from interview_coach.errors import Problem
from interview_coach.jobs import Jobs
from tests.browser.conftest import at_rest, axe, resize, runs_over, too_low
from tests.browser.test_interview import asked, press_until, room
from tests.web.conftest import ANSWER, begun, finished

pytestmark = pytest.mark.browser

BETTER = (
    "In March two colleagues fell ill on a Saturday night. I had to keep the ward safe with four nurses, so I split "
    "it, called the bed manager and wrote every change into the patient record. Nobody waited longer than ten minutes."
)
HEARD = "I let a team of sex nurses and cut errors by thirteen percent with a second check at hand over."
SAID = "I led a team of six nurses and cut errors by thirty percent with a second check at handover."


@pytest.fixture
def client(site):
    client = site.app.test_client()
    yield client
    client.post("/preferences", data={"low_anxiety": "off"})


def spoken(site, client, **choices) -> str:
    interview = begun(client, force_create=True, **choices)
    with site.app.app_context():
        interviewing.answer("local", interview, 1, HEARD, source="spoken")
    return interview


def retake(client, interview: str, text: str = BETTER) -> None:
    response = client.post(f"/interviews/{interview}/retakes", json={"number": 1, "answer": text})
    assert response.status_code == 201


def test_retake_by_keyboard_from_the_conversation_to_before_and_after(page, site, client):
    interview = finished(client, force_create=True)
    page.goto(f"{site.url}/interviews/{interview}")
    press_until(page, "Retake this question")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/retakes/1/new$"))
    page.wait_for_load_state()  # before its script has run, Enter is a new line
    expect(page.locator("#answer")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#draft-state")).to_have_text("Write something first.")
    page.keyboard.type(BETTER)
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("Second line.")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/retakes/1\?take=2$"))
    expect(page.locator("h1")).to_have_text("Before and after")
    expect(page.locator(".take").nth(0)).to_contain_text("two halves")
    expect(page.locator(".take").nth(1)).to_contain_text("Second line.")
    expect(page.locator("table.parts tbody tr")).to_have_count(4)
    at_rest(page)  # before it has its style, nothing stands beside anything
    before, now = page.locator(".take").nth(0).bounding_box(), page.locator(".take").nth(1).bounding_box()
    assert before["y"] == now["y"] and before["x"] < now["x"], "side by side where there is room"
    press_until(page, "Answer it once more")
    page.keyboard.press("Enter")
    expect(page.locator("#answer")).to_have_value("")


def test_every_question_can_be_retaken_as_soon_as_the_last_one_is_answered(page, site):
    room(page, site, questions=2)
    again = page.get_by_role("link", name="Retake this question")
    page.fill("#answer", ANSWER)
    page.click("text=Send")
    asked(page, 2)
    expect(again).to_have_count(0)  # by role: what is not shown has none
    expect(page.locator("#answer-form textarea")).to_be_focused()
    page.get_by_role("button", name="Skip", exact=True).click()
    expect(page.locator("#next")).to_contain_text("The interview is over")
    expect(again).to_have_count(1)
    expect(page.get_by_role("link", name=re.compile("^Answer this question"))).to_have_count(1)
    page.reload()
    expect(again).to_have_count(1)


def test_what_is_typed_for_a_retake_is_there_after_a_reload_and_elsewhere(page, site, client, context):
    interview = finished(client, force_create=True)
    page.goto(f"{site.url}/interviews/{interview}/retakes/1/new")
    page.locator("#answer").fill("Half a sentence about the ward")
    expect(page.locator("#draft-state")).to_contain_text("Draft saved")
    page.reload()
    expect(page.locator("#answer")).to_have_value("Half a sentence about the ward")
    other = context().new_page()
    other.goto(page.url)
    expect(other.locator("#answer")).to_have_value("Half a sentence about the ward")
    # The server has one place for drafts; the tab keeps one for each question.
    page.goto(f"{site.url}/interviews/{interview}/retakes/2/new")
    expect(page.locator("#answer")).to_have_value("")
    page.locator("#answer").fill("Something about the other question")
    expect(page.locator("#draft-state")).to_contain_text("Draft saved")
    page.goto(f"{site.url}/interviews/{interview}/retakes/1/new")
    expect(page.locator("#answer")).to_have_value("Half a sentence about the ward")


def test_what_was_said_about_a_refused_retake_goes_when_you_type_on(page, site, client, monkeypatch):
    def refuse(*_, **__):
        raise Problem("STORAGE_BUSY", "Not stored just now.")

    interview = finished(client, force_create=True)
    page.goto(f"{site.url}/interviews/{interview}/retakes/1/new")
    page.locator("#answer").fill(BETTER)
    with monkeypatch.context() as patch:
        patch.setattr("interview_coach.retaking.retake", refuse)
        page.get_by_role("button", name="Send and compare").click()
        expect(page.locator(".notice")).to_contain_text("Not stored just now.")
    page.wait_for_load_state()
    page.locator("#answer").press_sequentially(" More.")
    expect(page.locator(".notice")).to_have_count(0)
    expect(page.locator("#answer")).to_have_value(f"{BETTER} More.")


def test_marks_of_a_retake_appear_by_themselves(page, site, client, monkeypatch):
    interview = finished(client, force_create=True)
    with monkeypatch.context() as patch:
        patch.setattr(Jobs, "_do", lambda *_: None)  # the queue is long
        retake(client, interview)
    page.clock.install()
    page.goto(f"{site.url}/interviews/{interview}/retakes/1")
    expect(page.locator("#retake")).to_contain_text("is being read")
    with site.app.app_context():
        evaluating.sweep()
    page.clock.fast_forward(2000)
    expect(page.locator("#parts")).to_be_visible()
    expect(page.locator("#retake")).not_to_contain_text("is being read")


def test_notes_can_be_switched_in_the_room_without_losing_a_word(page, site):
    room(page, site)
    page.fill("#answer", ANSWER)
    page.keyboard.press("Enter")
    asked(page, 2)
    expect(page.locator(".note")).to_have_count(0)
    expect(page.locator("#answer")).to_be_focused()
    page.keyboard.type("Half a sentence")
    press_until(page, "Show notes")
    page.keyboard.press("Enter")
    expect(page.locator("#turn-1 .note")).to_contain_text("One thing to add:")
    expect(page.locator("#coaching-switch")).to_have_text(re.compile("^Hide notes"))
    expect(page.locator("#coaching-switch")).to_be_focused()
    expect(page.locator("#answer")).to_have_value("Half a sentence")
    page.focus("#answer")
    page.keyboard.press("End")
    page.keyboard.type(" about the night, when I called four nurses and nobody waited.")
    page.keyboard.press("Enter")
    expect(page.locator("#turn-2 .note")).to_contain_text("One thing to add:")
    asked(page, 3)
    expect(page.locator("#turn-2 .said.you")).to_contain_text("Half a sentence about the night")
    shown = page.locator("#turn-2 .note").inner_text()
    page.reload()
    expect(page.locator("#turn-2 .note")).to_have_text(shown, use_inner_text=True)
    page.click("#coaching-switch")
    expect(page.locator(".note")).to_have_count(0)
    expect(page.locator("#coaching-switch")).to_have_text(re.compile("^Show notes"))


def test_an_exam_shows_no_switch(page, site, client):
    interview = begun(client, 1, coaching="exam", force_create=True)
    page.goto(f"{site.url}/interviews/{interview}")
    expect(page.locator("#answer-form")).to_be_visible()
    expect(page.locator("#coaching-switch")).to_have_count(0)


def test_correcting_by_keyboard_what_was_heard(page, site, client):
    interview = spoken(site, client)
    page.goto(f"{site.url}/interviews/{interview}")
    expect(page.locator("#answer")).to_be_focused()  # the question takes the focus when it comes
    press_until(page, "Correct what was heard")
    page.keyboard.press("Enter")
    expect(page.locator("#text")).to_be_focused()
    page.wait_for_load_state()
    page.keyboard.press("Control+A")
    page.keyboard.type(SAID)
    press_until(page, "Save the correction")
    page.keyboard.press("Enter")
    expect(page.locator("#turn-1 .said.you")).to_contain_text(SAID)
    expect(page.locator("#turn-1 .said.you")).to_contain_text("You, corrected")
    heard = page.locator("#turn-1 .heard .answer")
    expect(heard).to_be_hidden()
    page.click("#turn-1 .heard summary")
    expect(heard).to_have_text(HEARD)


@pytest.fixture
def pages(site, client, monkeypatch):
    """Address of every page of this noun, in every state that lasts."""
    done = finished(client, coaching="on", force_create=True)
    retake(client, done)
    retake(client, done, f"I split the ward. {'W' * 300}")
    client.put(f"/interviews/{done}/retakes/1/draft", data={"answer": "A draft"})
    waiting = finished(client, job_title="Waiting", force_create=True)
    failed = finished(client, job_title="Failed", force_create=True)
    with monkeypatch.context() as patch:
        patch.setattr(Jobs, "_do", lambda *_: None)
        retake(client, waiting)
    with monkeypatch.context() as patch:
        patch.setattr("interview_coach.coaches.Coaches.assessor", lambda *_: 1 / 0)
        retake(client, failed)
    heard = spoken(site, client, job_title="Heard", coaching="on")
    client.post(f"/interviews/{heard}/corrections", data={"number": "1", "text": SAID})
    client.post(f"/interviews/{heard}/questions")
    yield [
        f"/interviews/{done}",
        f"/interviews/{done}/retakes",
        f"/interviews/{done}/retakes/1/new",
        f"/interviews/{done}/retakes/1",
        f"/interviews/{done}/retakes/1?take=2",
        f"/interviews/{waiting}/retakes/1",
        f"/interviews/{failed}/retakes/1",
        f"/interviews/{heard}",
        f"/interviews/{heard}/corrections/1/edit",
    ]
    with site.app.app_context():
        evaluating.sweep()


FREEZE = "['beforeRequest', 'beforeSwap'].forEach(e => addEventListener(`htmx:${e}`, e => e.preventDefault(), true))"
"""A page that asks again by itself stays as it is while it is looked at."""


@pytest.mark.parametrize("numbers", ["on", "off"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(site, context, client, pages, numbers):
    client.post("/preferences", data={"low_anxiety": "off" if numbers == "on" else "on"})
    page = context(color_scheme="light").new_page()
    found, wide, small = [], [], []
    for path in pages:
        page.goto(site.url + path)
        page.evaluate(FREEZE)
        at_rest(page)
        page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
        for width in (1280, 320):
            resize(page, width)
            found += [(path, width, fault) for fault in axe(page, also_dark=True)]
            wide += [(path, width) for width in runs_over(page)]
            small += too_low(page)
        assert page.evaluate("window.violations") == [], path
    assert (found, wide, small) == ([], [], [])
