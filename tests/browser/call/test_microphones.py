"""No microphone, a refused one, one that is pulled out; and the check of the evening before."""

import re
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from interview_coach.providers.base import Provider
from tests.browser.call.conftest import call_url, pick_up
from tests.browser.call.ear import becomes
from tests.browser.call.far_end import wait

pytestmark = pytest.mark.browser


def refusing(name: str) -> str:
    return f"navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', '{name}'))"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("NotAllowedError", "The microphone was not allowed"),
        ("NotFoundError", "No microphone was found"),
        ("NotReadableError", "The microphone is in use"),
        ("TypeError", "The microphone could not be started"),
    ],
)
def test_without_a_microphone_there_is_a_way_on(site, open_page, far, name, words):
    page = open_page(refusing(name))
    page.goto(call_url(site))
    page.get_by_role("button", name="Go on by voice").click()
    trouble = page.locator("[data-part=trouble]")
    expect(trouble).to_contain_text(words)
    expect(trouble.get_by_role("link", name="Answer in writing")).to_be_visible()
    expect(page.locator("[data-part=before]")).to_be_visible()
    trouble.get_by_role("button", name="Join and type").click()
    end = far.picks_up()
    assert end.said[0]["mode"] == "push_to_talk", "silence ends nothing for somebody who types"
    end.ready()
    end.state("listening")
    expect(page.locator("#typed")).to_be_visible()
    expect(page.locator("[data-do=mute]")).to_be_hidden()
    page.fill("#typed", "I type.")
    page.keyboard.press("Enter")
    wait(lambda: end.of("text"))
    assert end.microphone() == []


def test_a_service_that_only_speaks_leaves_typing(site, open_page, far):
    site.app.extensions["coaches"].use_parts("offline", Provider("offline", voice=SimpleNamespace()))  # type: ignore[arg-type]  # never used
    page = open_page()
    page.goto(call_url(site))
    expect(page.locator("[data-part=types-only]")).to_contain_text("You hear the interviewer and type your answers")
    expect(page.locator("[name=answer][value=hands_free]")).to_be_disabled()
    page.get_by_role("button", name="Join and type").click()
    end = far.picks_up()
    assert end.said[0]["speech"] == "server" and end.said[0]["mode"] == "push_to_talk"
    end.ready(hears=False)
    end.state("listening")
    expect(page.locator("#typed")).to_be_visible()
    expect(page.locator("[data-part=trouble]")).to_be_empty()
    assert end.microphone() == []


def test_an_address_without_microphones_says_so_at_once(site, open_page, far):
    page = open_page("Object.defineProperty(window, 'isSecureContext', {value: false})")
    page.goto(call_url(site))
    expect(page.locator("[data-part=trouble]")).to_contain_text("This address cannot use a microphone")
    expect(page.get_by_role("button", name="Join and type")).to_be_visible()


def test_a_microphone_that_is_pulled_out_and_put_back(site, open_page, far):
    page = open_page(
        "const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);"
        "navigator.mediaDevices.getUserMedia = async (o) => (window.stream = await ask(o))"
    )
    end = pick_up(page, far, call_url(site))
    page.evaluate("stream.getTracks()[0].dispatchEvent(new Event('ended'))")
    trouble = page.locator("[data-part=trouble]")
    expect(trouble).to_contain_text("Your microphone is gone")
    assert end.code is None, "the call goes on"
    trouble.get_by_role("button").click()
    expect(trouble).to_be_empty()
    wait(lambda: becomes(end, loud=True))


def test_the_tab_says_that_the_line_is_open(site, open_page, far):
    page = open_page()
    pick_up(page, far, call_url(site))
    page.evaluate(
        "() => { Object.defineProperty(document, 'hidden', {value: true, configurable: true});"
        " document.dispatchEvent(new Event('visibilitychange')); }"
    )
    expect(page).to_have_title(re.compile("^On the line"))
    page.evaluate(
        "() => { Object.defineProperty(document, 'hidden', {value: false});"
        " document.dispatchEvent(new Event('visibilitychange')); }"
    )
    expect(page).to_have_title(re.compile("^Call"))


def test_microphone_check(site, open_page):
    page = open_page()
    page.goto(f"{site.url}/microphone")
    page.get_by_role("button", name="Record five seconds").click(force=True)
    expect(page.locator("#recorded")).to_be_empty()
    page.get_by_role("button", name="Turn the microphone on").click()
    expect(page.locator("#heard")).to_have_text("You are heard.")
    expect(page.locator("#microphone option").nth(1)).to_be_attached()
    page.get_by_role("button", name="Record five seconds").click()
    page.get_by_role("button", name="Play three tones").click()
    expect(page.locator("#toned")).to_have_text("Did you hear three?")
    expect(page.locator("#recorded")).to_have_text("Recorded. Play it to listen.")
    page.get_by_role("button", name="Play it").click()
    expect(page.locator("#recorded")).to_have_text(re.compile(r"^(Playing|That is how you sound)\.$"))
    page.get_by_role("button", name="Turn it off").click()
    expect(page.locator("#heard")).to_have_text("It is off.")


def test_microphone_check_without_permission(site, open_page):
    page = open_page(refusing("NotAllowedError"))
    page.goto(f"{site.url}/microphone")
    page.get_by_role("button", name="Turn the microphone on").click()
    expect(page.locator("[data-part=trouble]")).to_contain_text("The microphone was not allowed")
