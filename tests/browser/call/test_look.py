"""Every state of a call: axe finds nothing, nothing scrolls sideways, every target is large enough for a thumb."""

import pytest
from playwright.sync_api import expect

from interview_coach import calling
from interview_coach.models import LOCAL_OWNER
from interview_coach.providers.base import Provider
from tests.browser.call.conftest import AWAIT, MODULE, call_url, in_state, pick_up
from tests.browser.conftest import axe

pytestmark = pytest.mark.browser

SMALL = (
    "() => [...document.querySelectorAll('button, select, input:not([type=hidden]), .button, .quiet, summary')]"
    ".filter(e => e.checkVisibility() && !e.closest('.sr-only') && !e.closest('label'))"
    ".map(e => [e.textContent.trim().slice(0, 30), e.getBoundingClientRect().height])"
    ".filter(([, height]) => height > 0 && height < 43.5)"
)
TROUBLES = (
    "refused missing busy broken insecure lost lost-refused unheard-refused unheard-missing unheard-unable "
    "unheard-language unheard-network unheard-broken beside deaf unsent error full "
    "unreachable closed moved broken-off gone"
)


class Eye:
    def __init__(self, page, width):
        self.page = page
        self.width = width
        self.found = {}

    def look(self, state):
        faults = axe(self.page)
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        if faults or wide > self.width or (small := self.page.evaluate(SMALL)):
            self.found[state] = (faults, wide, [] if faults or wide > self.width else small)


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 390)])
def test_every_state_of_a_call(site, open_page, far, theme, width):
    page = open_page(color_scheme=theme, viewport={"width": width, "height": 800}, reduced_motion="reduce")
    eye = Eye(page, width)
    url = call_url(site, 1)
    page.goto(url)
    page.click("summary:has-text('More choices')")
    eye.look("before")
    for trouble in TROUBLES.split():
        typed = "My words" if trouble == "beside" else ""
        page.evaluate(MODULE % f"call.troubles.show('{trouble}', '', '{typed}')")
        expect(page.locator("[data-part=trouble] .notice")).to_have_count(1)
        if trouble in ("refused", "beside", "moved"):
            eye.look(trouble)
    page.evaluate("() => { navigator.mediaDevices.getUserMedia = () => new Promise(() => {}); }")
    page.get_by_role("button", name="Go on by voice").click()
    in_state(page, "asking")
    eye.look("asking")
    end = pick_up(page, far, url)
    end.ready(sees=True, interviewer="Priya Nair")
    end.tell("said", number=2, text="You wrote that errors fell by 30 %. How", final=False)
    end.state("speaking")
    in_state(page, "speaking")
    eye.look("speaking")
    end.tell("said", number=2, text="You wrote that errors fell by 30 %. How did it begin?", final=True)
    end.tell("heard", number=2, text="It began on", final=False)
    end.tell("latency", ms=700)
    end.tell("metrics", wpm=121.4, speaking_ratio=0.72, long_pause_count=1, fluency_score=None)
    end.state("listening")
    in_state(page, "listening")
    page.click("summary:has-text('Line and microphone')")
    eye.look("listening, figures shown")
    page.click("summary:has-text('Line and microphone')")
    page.get_by_role("button", name="Mute", exact=True).click()
    eye.look("muted")
    page.get_by_role("button", name="Unmute").click()
    page.get_by_role("button", name="Type instead").click()
    eye.look("typing")
    page.get_by_role("button", name="Send").click()
    eye.look("nothing to send")
    page.locator("#typed").fill("I led the team. " * 700)
    eye.look("too long")
    page.locator("#typed").fill("")
    end.ready(draft="I had begun to write this.")
    expect(page.locator("#typed")).to_have_value("I had begun to write this.")
    eye.look("draft")
    page.locator("#typed").fill("")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Pause").click()
    in_state(page, "paused")
    eye.look("paused")
    page.get_by_role("button", name="Go on").click()
    end.state("thinking")
    in_state(page, "thinking")
    end.tell("error", code="EARS_TROUBLE", message="That was not understood. Say it once more.", retry_after=None)
    expect(page.locator("[data-part=trouble]")).to_contain_text("Say it once more.")
    eye.look("thinking, trouble")
    page.evaluate(AWAIT % "call.show('reconnecting'); call.troubles.clear(); call.troubles.waiting(9000)")
    eye.look("reconnecting")
    end.state("closing")
    in_state(page, "closing")
    eye.look("closing")
    page.evaluate(MODULE % "call.voice.drained = () => new Promise(() => {})")  # the page stays
    end.tell("ended", reason="complete", report="/")
    in_state(page, "ended")
    eye.look("ended")
    assert eye.found == {}


@pytest.mark.parametrize(("theme", "width"), [("dark", 1280), ("light", 390)])
def test_other_ways_to_take_a_call(site, open_page, far, theme, width):
    page = open_page(color_scheme=theme, viewport={"width": width, "height": 800})
    eye = Eye(page, width)
    page.goto(f"{site.url}/microphone")
    page.get_by_role("button", name="Turn the microphone on").click()
    expect(page.locator("#heard")).not_to_have_text("It is off.")
    eye.look("microphone")
    end = pick_up(page, far, call_url(site), answer="push_to_talk")
    eye.look("push to talk")
    page.keyboard.down("Space")
    expect(page.locator("[data-talk]")).to_have_attribute("aria-pressed", "true")
    eye.look("talking")
    page.keyboard.up("Space")
    end.close(1008)
    page.locator("[data-part=trouble] .notice").wait_for()
    eye.look("closed")
    site.app.extensions["coaches"].use_parts("offline", Provider("offline"))
    page.goto(call_url(site))
    eye.look("the browser's own speech")
    page.add_init_script("delete window.SpeechRecognition; delete window.webkitSpeechRecognition;")
    page.goto(call_url(site))
    eye.look("no recogniser")
    with site.app.app_context():
        url = call_url(site)
        calling.pick_up(LOCAL_OWNER, url.split("/")[-2], provider="offline", model="")
    page.goto(url)
    eye.look("in another window")
    page.goto(f"{url.removesuffix('/call')}?begin=yes&found=yes")
    page.locator("#answer").fill("I led the team. " * 700)
    eye.look("found again, and too long")
    assert eye.found == {}


def test_a_call_on_its_side_scrolls_and_keeps_its_buttons(site, open_page, far):
    page = open_page(viewport={"width": 740, "height": 360})
    pick_up(page, far, call_url(site, 2))
    page.get_by_role("button", name="Pause").click()
    in_state(page, "paused")
    assert page.evaluate("document.documentElement.scrollWidth") <= 740


def test_states_differ_by_more_than_colour(site, open_page, far):
    page = open_page(forced_colors="active")
    end = pick_up(page, far, call_url(site))
    shown = {}
    for state in ("listening", "thinking", "speaking", "paused"):
        end.state(state)
        in_state(page, state)
        shown[state] = (
            page.evaluate("document.querySelector('[data-state-word]').innerText"),
            page.evaluate(
                "[...document.querySelectorAll('.glyph g')].findIndex(g => getComputedStyle(g).display != 'none')"
            ),
        )
    assert len(set(shown.values())) == 4 and len({glyph for _, glyph in shown.values()}) == 4
