"""The line breaks, is taken elsewhere, or is never picked up."""

import re

import pytest
from playwright.sync_api import expect

from interview_coach.voice.switchboard import Busy
from tests.browser.call.conftest import call_url, in_state, pick_up
from tests.browser.call.ear import tone
from tests.browser.call.far_end import wait
from tests.web.conftest import finished

pytestmark = pytest.mark.browser


SOCKETS = """
window.sockets = 0;
window.WebSocket = class extends WebSocket {
  constructor(...options) { super(...options); window.sockets += 1; }
};
"""


def test_a_lost_line_comes_back_and_loses_no_words(site, open_page, far):
    page = open_page()
    end = pick_up(page, far, call_url(site))
    end.tell("said", number=1, text="How did it begin?", final=True)
    end.tell("saved", number=1, speaker="interviewer")
    end.tell("heard", number=1, text="It began on", final=False)
    expect(page.locator(".captions .you")).to_be_visible()
    lines = page.locator(".captions .said").count()
    far.refuses(1012)
    end.close(1012)
    banner = page.locator("[data-part=banner]")
    expect(banner).to_contain_text("The line broke")
    in_state(page, "reconnecting")
    expect(page.locator(".captions .you")).to_have_attribute("data-kept", "heard")
    number = far.refuses(None)
    page.get_by_role("button", name="Try now").click()
    again = far.picks_up(number + 1)
    assert again.said[0]["type"] == "hello"
    again.ready(resumed=True)
    again.tell("said", number=1, text="How did it begin?", final=True)
    again.tell("saved", number=1, speaker="interviewer")
    again.tell("heard", number=1, text="It began on a Monday", final=False)
    again.state("listening")
    in_state(page, "listening")
    expect(banner).to_be_hidden()
    expect(page.locator(".captions .you [data-text]")).to_have_text("It began on a Monday")
    expect(page.locator(".captions .said")).to_have_count(lines)
    again.voice(0, tone(0.4).tobytes())
    wait(lambda: again.of("played") and again.of("played")[-1]["ms"] == 400)


def test_a_call_that_moved_does_not_come_back_by_itself(site, open_page, far):
    page = open_page(SOCKETS)
    end = pick_up(page, far, call_url(site))
    words = "This interview goes on in another window, so the call here has ended. Nothing is lost."
    end.tell("error", code="CALL_MOVED", message=words, retry_after=None)
    end.close(4001)
    expect(page.locator("[data-part=trouble]")).to_contain_text("This call goes on in another window.")
    expect(page.locator("[data-part=trouble]")).to_contain_text("You can take it back: then the call there ends.")
    expect(page.get_by_role("button", name="Take it back here")).to_be_visible()
    expect(page.get_by_role("link", name="Answer in writing").first).to_be_visible()
    page.evaluate("dispatchEvent(new Event('online'))")  # who waits for another try would try now
    assert page.evaluate("sockets") == 1


def test_nobody_picks_up_when_all_lines_are_taken(site, open_page, far, monkeypatch):
    def busy(_board, _owner, _interview):
        raise Busy(own=False)

    monkeypatch.setattr("interview_coach.voice.switchboard.Switchboard.enter", busy)
    page = open_page()
    page.goto(call_url(site))
    page.get_by_role("button", name="Go on by voice").click()
    expect(page.locator("[data-part=trouble]")).to_contain_text("Nobody picked up")
    assert far.ends == []


def test_an_interview_that_was_finished_meanwhile_leads_to_its_report(site, open_page, far):
    page = open_page()
    interview = finished(site.app.test_client(), force_create=True)
    page.goto(f"{site.url}/interviews/{interview}/call")
    page.wait_for_url(re.compile("/report"))
    url = call_url(site)
    page.goto(url)
    site.app.test_client().post(url.removeprefix(site.url).replace("/call", "/finish"))
    page.get_by_role("button", name="Go on by voice").click()
    page.wait_for_url(re.compile("/report"))


def test_a_call_that_ends_in_trouble_says_why_and_opens_no_report(site, open_page, far):
    page = open_page()
    url = call_url(site)
    end = pick_up(page, far, url)
    end.tell("error", code="PROVIDER_UNAVAILABLE", message="The interviewer cannot be reached.", retry_after=None)
    end.tell("ended", reason="error", report=None)
    trouble = page.locator("[data-part=trouble]")
    expect(trouble).to_contain_text("The interviewer cannot be reached. Everything that was marked as saved is kept.")
    expect(trouble.get_by_role("button", name="Call again")).to_be_visible()
    expect(page).to_have_url(url)
