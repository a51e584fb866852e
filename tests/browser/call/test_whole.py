"""A whole interview over the real line: the built-in coach asks, the browser speaks and listens, the report follows."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.call.conftest import in_state
from tests.browser.call.far_end import wait
from tests.browser.call.test_browser_speech import BROWSER
from tests.browser.call.test_words import reach
from tests.web.conftest import JSON, create

pytestmark = pytest.mark.browser

SPOKEN = BROWSER.replace("window.finish = () => u.onend?.();", "setTimeout(() => u.onend?.(), 60);")
ANSWERS = (
    "On a Saturday night two colleagues fell ill and I split the ward into two halves and called the bed manager.",
    "I typed this one because my neighbours sleep, and it is about the second check at handover.",
    "I trained twelve new colleagues in wound care and wrote the plan for it myself.",
)


def test_a_spoken_interview_with_a_turn_in_writing(site, open_page):
    page = open_page(SPOKEN)
    client = site.app.test_client()
    interview = create(client, questions=3, job_title="Aloud", force_create=True)
    url = f"{site.url}/interviews/{interview}"

    def answers():
        found = client.get(f"/interviews/{interview}", headers=JSON).json["questions"]
        return [(row["answer"]["source"], row["answer"]["text"]) for row in found if row["answer"]]

    def by_voice(text):
        in_state(page, "listening")
        wait(lambda: page.evaluate("window.ears?.on"))
        page.evaluate("text => hear(text, true)", text)

    page.goto(url)
    page.get_by_role("link", name="Start by voice").click()
    page.get_by_label("I agree: let my browser write down what I say").check()
    page.locator("[name=thinking]").fill("0.6")
    page.get_by_role("button", name="Start the call").click()
    expect(page.locator(".captions .interviewer").first).to_have_attribute("data-kept", "saved")
    by_voice(ANSWERS[0])
    expect(page.locator(".captions .you")).to_have_attribute("data-kept", "saved")
    expect(page.locator(".captions .interviewer")).to_have_count(2)
    expect(page.locator(".captions .interviewer").last).to_have_attribute("data-kept", "saved")
    page.click("#leave")
    expect(page.locator("#turn-2")).to_be_visible()
    page.wait_for_load_state()
    page.fill("#answer", ANSWERS[1])
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#turn-3")).to_be_visible()
    page.get_by_role("link", name="Speak instead").click()
    page.get_by_label("I agree: let my browser write down what I say").check()
    page.get_by_role("button", name="Go on by voice").click()
    expect(page.locator("#progress")).to_contain_text("Question 3 of 3")
    expect(page.locator(".captions .interviewer")).to_have_count(3)
    by_voice(ANSWERS[2])
    page.wait_for_url(re.compile("/report$"))
    assert page.evaluate("window.spoken.length") == 0, "this is another page"
    assert answers() == [("spoken", ANSWERS[0]), ("typed", ANSWERS[1]), ("spoken", ANSWERS[2])]


def test_a_whole_call_by_keyboard_alone(site, open_page):
    page = open_page()
    interview = create(site.app.test_client(), questions=2, job_title="Keys", force_create=True)
    page.goto(f"{site.url}/interviews/{interview}")
    reach(page, "Start by voice")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Before you pick up")).to_be_visible()
    page.wait_for_load_state()
    reach(page, "Join and type")
    page.keyboard.press("Enter")
    for number in (1, 2):
        expect(page.locator("#progress")).to_contain_text(f"Question {number} of 2")
        expect(page.locator(f".captions .interviewer[data-number='{number}']")).to_have_attribute("data-kept", "saved")
        in_state(page, "listening")
        expect(page.locator("#typed")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("[data-typed-state]")).to_contain_text("Write something first")
        page.keyboard.type(ANSWERS[number])
        page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/report$"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_call_is_taken_over_in_another_window_and_taken_back(site, open_page):
    here = open_page()
    there = here.context.new_page()
    interview = create(site.app.test_client(), job_title="Two windows", force_create=True)
    url = f"{site.url}/interviews/{interview}/call"
    notice = "[data-part=elsewhere]"
    here.goto(url)
    here.get_by_role("button", name="Join and type").click()
    expect(here.locator(".captions .interviewer")).to_have_attribute("data-kept", "saved")
    here.locator("#typed").fill("Begun in the first window")
    expect(here.locator("[data-typed-state]")).to_contain_text("Draft saved")
    here.reload()
    expect(here.locator(notice)).to_have_count(0)
    here.get_by_role("button", name="Join and type").click()
    expect(here.locator("#typed")).to_have_value("Begun in the first window")
    there.goto(url)
    expect(there.locator(notice)).to_contain_text("the call there ends, and you go on at the same question")
    there.get_by_role("button", name="Take the call over here").click()
    expect(there.locator("#typed")).to_have_value("Begun in the first window")
    expect(here.locator("[data-part=trouble]")).to_contain_text("This call goes on in another window.")
    here.get_by_role("button", name="Take it back here").click()
    expect(here.locator(notice)).to_be_visible()
    here.get_by_role("button", name="Take the call over here").click()
    expect(here.locator("#typed")).to_have_value("Begun in the first window")
    expect(there.locator("[data-part=trouble]")).to_contain_text("This call goes on in another window.")
