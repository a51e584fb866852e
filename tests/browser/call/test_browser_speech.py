"""The browser's own ears and voice, where the server has none."""

import pytest
from playwright.sync_api import expect

from interview_coach.providers.base import Provider
from tests.browser.call.conftest import CLOCK, call_url, in_state
from tests.browser.call.far_end import wait

pytestmark = pytest.mark.browser


BROWSER = """
window.SpeechRecognition = window.webkitSpeechRecognition = class {
  start() { window.ears = this; this.on = true; window.starts = (window.starts ?? 0) + 1; }
  stop() { this.on = false; setTimeout(() => this.onend?.()); }
  abort() { this.stop(); }
};
window.hear = (transcript, isFinal) =>
  ears.onresult({resultIndex: 0, results: [Object.assign([{transcript}], {isFinal})]});
window.spoken = [];
Object.defineProperty(window, 'speechSynthesis', {value: {
  speak(u) { spoken.push(u.text); setTimeout(() => u.onstart?.()); window.finish = () => u.onend?.(); },
  cancel() { window.cancelled = true; },
}});
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


def picked_up(far):
    """By a server that neither hears nor speaks."""
    end = far.picks_up()
    end.ready(speech="browser", hears=False, speaks=False)
    end.state("listening")
    return end


def test_the_browsers_own_speech_is_asked_for_and_carries_a_call(site, open_page, far):
    site.app.extensions["coaches"].use_parts("offline", Provider("offline"))
    page = open_page(BROWSER)
    page.goto(call_url(site))
    agree = page.get_by_label("I agree: let my browser write down what I say")
    expect(agree).not_to_be_checked()
    expect(page.locator("#choices")).to_contain_text("sends the sound of your voice to the browser's maker")
    agree.check()
    page.get_by_role("button", name="Go on by voice").click()
    end = far.picks_up()
    assert end.said[0]["speech"] == "browser"
    end.ready(speech="browser", hears=False, speaks=False)
    end.tell("said", number=1, text="Good morning. How did", final=False)
    wait(lambda: page.evaluate("window.spoken.length") == 1)
    end.tell("said", number=1, text="Good morning. How did it begin?", final=True)
    end.state("listening")
    wait(lambda: page.evaluate("window.spoken") == ["Good morning.", "How did it begin?"])
    in_state(page, "speaking")
    assert page.evaluate("window.ears?.on ?? false") is False, "the browser would hear itself"
    wait(lambda: end.of("played"))
    page.evaluate("finish()")
    page.evaluate("finish()")
    wait(lambda: end.of("spoken") == [{"type": "spoken", "epoch": 0}])
    in_state(page, "listening")
    wait(lambda: page.evaluate("window.ears?.on"))
    page.evaluate("hear('It began', false)")
    page.evaluate("hear('It began on a Monday', true)")
    wait(lambda: any(message["final"] for message in end.of("text")))
    assert end.of("text")[-1] == {"type": "text", "spoken": True, "text": "It began on a Monday", "final": True}
    page.evaluate("window.cancelled = false")
    end.tell("interrupted", epoch=1)
    wait(lambda: page.evaluate("window.cancelled"))
    assert end.microphone() == []


@pytest.mark.parametrize("way", ["hands_free", "push_to_talk"])
def test_who_is_done_has_said_all_that_the_browser_was_still_writing_down(site, open_page, far, way):
    site.app.extensions["coaches"].use_parts("offline", Provider("offline"))
    page = open_page(BROWSER)
    page.goto(call_url(site))
    page.get_by_label("I agree").check()
    page.check(f"[name=answer][value={way}]")
    page.get_by_role("button", name="Go on by voice").click()
    end = picked_up(far)
    in_state(page, "listening")
    if way == "push_to_talk":
        page.evaluate(CLOCK % 1000)
        page.locator("[data-talk]").click()
    wait(lambda: page.evaluate("window.ears?.on"))
    page.evaluate(
        "() => { ears.stop = () => setTimeout(() => { hear('It began on a Monday', true); ears.onend(); }, 200); }"
    )
    page.evaluate("hear('It began', false)")
    if way == "push_to_talk":
        page.locator("[data-talk]").click()
    else:
        page.get_by_role("button", name="I'm done").click()
    wait(lambda: end.of("end_turn"))
    told = [message for message in end.said if message["type"] in ("text", "end_turn")]
    assert [(message["type"], message.get("text")) for message in told[-2:]] == [
        ("text", "It began on a Monday"),
        ("end_turn", None),
    ]


def test_without_consent_the_browser_does_not_listen(site, open_page, far):
    site.app.extensions["coaches"].use_parts("offline", Provider("offline"))
    page = open_page(BROWSER)
    page.goto(call_url(site))
    expect(page.locator("[data-part=types-only]")).to_contain_text("Until you agree above, nothing listens")
    expect(page.locator("[name=answer][value=hands_free]")).to_be_disabled()
    page.get_by_role("button", name="Join and type").click()
    picked_up(far)
    expect(page.locator("#typed")).to_be_visible()
    assert page.evaluate("window.starts ?? 0") == 0


def test_a_browser_without_recognition_says_so_and_how_to_go_on(site, open_page, far):
    site.app.extensions["coaches"].use_parts("offline", Provider("offline"))
    page = open_page("delete window.SpeechRecognition; delete window.webkitSpeechRecognition;")
    page.goto(call_url(site))
    expect(page.locator("[data-part=cannot-hear]")).to_contain_text("This browser has no speech recognition")
    expect(page.get_by_label("I agree")).to_be_hidden()
    page.get_by_role("button", name="Join and type").click()
    picked_up(far)
    expect(page.locator("[data-state-word]")).to_have_text("Your turn")
    expect(page.locator("[data-part=trouble]")).to_be_empty()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("not-allowed", "Your browser was not allowed to use a microphone."),
        ("audio-capture", "Your browser found no microphone."),
        ("service-not-allowed", "This browser offers no speech recognition."),
        ("language-not-supported", "does not recognise speech in the language of this interview"),
        ("network", "Your browser's speech recognition could not be reached."),
        ("bad-grammar", "Your browser cannot recognise speech right now."),
    ],
)
def test_a_recogniser_that_fails_names_its_reason_and_can_be_tried_again(site, open_page, far, error, words):
    site.app.extensions["coaches"].use_parts("offline", Provider("offline"))
    page = open_page(BROWSER)
    page.goto(call_url(site))
    page.get_by_label("I agree").check()
    page.get_by_role("button", name="Go on by voice").click()
    end = picked_up(far)
    wait(lambda: page.evaluate("window.ears?.on"))
    page.evaluate("error => { ears.onerror({error}); ears.onend(); }", error)
    trouble = page.locator("[data-part=trouble]")
    expect(trouble).to_contain_text(words)
    expect(trouble).to_contain_text("Type your answers below, and the call goes on.")
    expect(page.locator("#typed")).to_be_focused()
    page.keyboard.type("Typed, because nobody listens.")
    page.keyboard.press("Enter")
    wait(lambda: end.of("text"))
    expect(page.locator("#typed")).to_be_visible()
    assert page.evaluate("window.starts") == 1
    page.get_by_role("button", name="Back to speaking").click()
    wait(lambda: page.evaluate("window.starts") == 2)
