"""The page of a call: sound up, sound down, words, and everything that can go wrong between a person and a microphone."""

import re
import time

import numpy as np
import pytest
from playwright.sync_api import expect

from interview_coach.voice.switchboard import Busy
from tests.browser.calls import (  # noqa: F401 (fixtures)
    AWAIT,
    MODULE,
    RATE,
    between_silences,
    call_url,
    calling_browser,
    far,
    in_state,
    open_page,
    pick_up,
    tap,
    tapped,
    tone,
)
from tests.browser.far_end import wait
from tests.web.conftest import finished

pytestmark = pytest.mark.browser


def loudest(messages):
    return max((int(np.abs(np.frombuffer(m.payload, "<i2").astype(int)).max()) for m in messages), default=0)


def after(end, seconds=0.3):
    """What the microphone sends from a moment on, when what was under way has come."""
    time.sleep(0.15)
    count = len(end.microphone())
    wait(lambda: len(end.microphone()) > count + seconds / 0.02)
    return end.microphone()[count:]


# --- sound ---


def test_the_microphone_arrives_as_fifty_frames_a_second(site, open_page, far):
    page = open_page()
    end = pick_up(page, far, call_url(site))
    hello = end.said[0]
    assert {key: hello[key] for key in ("type", "version", "rate", "encoding", "mode", "barge_in", "speech")} == {
        "type": "hello", "version": 1, "rate": 16000, "encoding": "s16le", "mode": "hands_free", "barge_in": True,
        "speech": "server",
    }  # fmt: skip
    first = len(end.microphone())
    began = time.monotonic()
    time.sleep(2)
    frames = end.microphone()[first:]
    rate = len(frames) / (time.monotonic() - began)
    assert 47 <= rate <= 53
    assert {len(frame.payload) for frame in frames} == {640}
    assert loudest(frames) > 3000
    assert page.evaluate(MODULE % "return call.microphone.settings.echoCancellation") is True
    assert page.locator("[data-part=live] meter").evaluate("meter => meter.value") > 0.3


def test_muting_sends_silence_and_says_so(site, open_page, far):
    page = open_page()
    end = pick_up(page, far, call_url(site))
    page.get_by_role("button", name="Mute", exact=True).click()
    in_state(page, "muted")
    frames = after(end)
    assert loudest(frames) == 0, "the clock goes on, the voice does not"
    page.get_by_role("button", name="Unmute").click()
    in_state(page, "listening")
    assert loudest(after(end)) > 3000


@pytest.mark.parametrize("pace", ["at once", "as it is spoken, 60 ms early or late", "while the page is busy"])
def test_the_voice_is_played_sample_for_sample(site, open_page, far, pace):
    page = open_page()
    end = pick_up(page, far, call_url(site))
    tap(page)
    sent = tone(3)
    chance = np.random.default_rng(4)
    if pace == "at once":
        end.voice(0, sent.tobytes())
    else:
        began = time.monotonic()
        for number, start in enumerate(range(0, len(sent), RATE // 25)):
            late = chance.uniform(0, 0.06) if "early" in pace else -0.4
            time.sleep(max(0, began + number * 0.04 + late - time.monotonic()))
            end.voice(0, sent[start : start + RATE // 25].tobytes())
            if number == 25 and "busy" in pace:
                page.evaluate("() => { const end = performance.now() + 350; while (performance.now() < end); }")
    wait(lambda: end.of("played") and end.of("played")[-1]["ms"] == 3000)
    heard = between_silences(tapped(page)[0])
    assert len(heard) == len(sent)
    assert np.abs(heard - sent).max() < 0.01


def test_a_hole_in_what_comes_is_heard_and_then_more_is_held_back(site, open_page, far):
    """The proof above can fail."""
    page = open_page()
    end = pick_up(page, far, call_url(site))
    tap(page)
    sent = tone(0.6)
    end.voice(0, sent[: RATE // 5].tobytes())
    wait(lambda: end.of("played") and end.of("played")[-1]["ms"] == 200)
    end.voice(0, sent[RATE // 5 :].tobytes())
    wait(lambda: end.of("played")[-1]["ms"] == 600)
    heard = between_silences(tapped(page)[0])
    assert len(heard) > len(sent)
    assert page.evaluate(MODULE % "return call.voice.gaps") == 1


def test_marks_come_every_tenth_of_a_second_and_at_the_end(site, open_page, far):
    page = open_page()
    end = pick_up(page, far, call_url(site))
    end.voice(0, tone(1.25).tobytes())
    wait(lambda: end.of("played") and end.of("played")[-1]["ms"] == 1250)
    marks = [mark["ms"] for mark in end.of("played")]
    assert marks == sorted(marks) and {mark["epoch"] for mark in end.of("played")} == {0}
    assert 12 <= len(marks) <= 14
    assert max(np.diff([0, *marks])) <= 112


def test_interrupted_is_silent_within_fifty_milliseconds_and_old_sound_is_dropped(site, open_page, far):
    page = open_page()
    end = pick_up(page, far, call_url(site))
    tap(page)
    page.evaluate(
        MODULE
        % """window.stale = 0; call.voice.addEventListener('stale', () => window.stale += 1);
        call.line.addEventListener('message', ({detail}) => {
          if (detail.type === 'interrupted') window.told = call.voice.graph.context.currentTime; })"""
    )
    end.voice(0, tone(8).tobytes())
    wait(lambda: end.of("played") and end.of("played")[-1]["ms"] > 700)
    in_state(page, "speaking")
    end.tell("interrupted", epoch=1)
    wait(lambda: page.evaluate("window.told"))
    end.voice(0, tone(1).tobytes())
    wait(lambda: page.evaluate("window.stale"))
    time.sleep(0.3)
    samples, first = tapped(page)
    last = np.nonzero(np.abs(samples) > 0.01)[0][-1]
    assert (first + last) / RATE - page.evaluate("window.told") < 0.05
    marks = end.of("played")
    played = len(between_silences(samples)) / RATE * 1000
    assert marks[-1]["epoch"] == 0 and abs(marks[-1]["ms"] - played) < 20, "what was heard of the words that were cut"
    in_state(page, "listening")
    end.voice(1, tone(0.5).tobytes())
    wait(lambda: end.of("played")[-1] == {"type": "played", "epoch": 1, "ms": 500})
    assert end.microphone()[-1].epoch == 1


def test_on_loudspeakers_the_microphone_rests_while_the_interviewer_speaks(site, open_page, far):
    page = open_page()
    end = pick_up(page, far, call_url(site), listen="speakers")
    assert end.said[0]["barge_in"] is False
    assert loudest(after(end)) > 3000
    end.voice(0, tone(2).tobytes())
    in_state(page, "speaking")
    assert loudest(after(end)) == 0
    in_state(page, "listening")
    assert loudest(after(end)) > 3000


def test_the_report_opens_only_after_the_closing_words(site, open_page, far):
    page = open_page()
    url = call_url(site)
    end = pick_up(page, far, url)
    report = url.removeprefix(site.url).replace("/call", "/report")
    end.state("closing")
    end.voice(0, tone(1.8).tobytes())
    end.tell("ended", reason="complete", report=report)
    in_state(page, "ended")
    gone = {}
    page.on("framenavigated", lambda _frame: gone.setdefault("played", [mark["ms"] for mark in end.of("played")]))
    page.wait_for_url(re.compile("/report|/interviews/"))
    assert gone["played"][-1] == 1800
    wait(lambda: end.code is not None)


# --- push to talk ---


def test_push_to_talk(site, open_page, far):
    page = open_page()
    end = pick_up(page, far, call_url(site), answer="push_to_talk")
    assert end.said[0]["mode"] == "push_to_talk"
    assert loudest(after(end)) == 0
    page.keyboard.down("Space")
    button = page.get_by_role("button", name="Talking")
    expect(button).to_have_attribute("aria-pressed", "true")
    assert loudest(after(end)) > 3000
    assert end.of("end_turn") == []
    page.keyboard.up("Space")
    wait(lambda: len(end.of("end_turn")) == 1)
    assert loudest(after(end)) == 0
    # in a field and on another button, the space bar is a space bar
    page.get_by_role("button", name="Type instead").focus()
    page.keyboard.press("Space")
    expect(page.locator("#typed")).to_be_focused()
    page.keyboard.type("a b")
    expect(page.locator("#typed")).to_have_value("a b")
    page.keyboard.press("Escape")
    assert len(end.of("end_turn")) == 1 and page.locator("[data-talk]").get_attribute("aria-pressed") == "false"
    # a tap lets go of the finger; the next one ends it
    talk = page.locator("[data-talk]")
    talk.click()
    expect(talk).to_have_attribute("aria-pressed", "true")
    talk.click()
    expect(talk).to_have_attribute("aria-pressed", "false")
    wait(lambda: len(end.of("end_turn")) == 2)
    # a click without a pointer comes from assistive technology
    talk.evaluate("button => button.click()")
    expect(talk).to_have_attribute("aria-pressed", "true")
    page.evaluate("dispatchEvent(new Event('blur'))")
    expect(talk).to_have_attribute("aria-pressed", "false")


# --- words ---


def test_captions_are_heard_first_and_saved_later(site, open_page, far):
    page = open_page()
    end = pick_up(page, far, call_url(site, 1))
    lines = page.locator(".captions .said")
    before = lines.count()
    assert lines.first.locator("[data-kept-words]").inner_text() == "saved"
    end.state("speaking")
    end.tell("said", number=3, text="You led a team. How", final=False)
    expect(lines.last).to_have_attribute("data-kept", "saying")
    end.tell("said", number=3, text="You led a team. How did it begin? Tell", final=False)
    expect(page.locator("[data-part=read] p")).to_have_count(2)
    end.tell("saved", number=3, speaker="interviewer")
    end.tell("said", number=3, text="You led a team. How did it begin?", final=True)
    expect(lines.last).to_have_attribute("data-kept", "saved")
    assert page.locator("[data-part=read] p").all_inner_texts() == [
        "Interviewer: You led a team.",
        "Interviewer: How did it begin?",
    ]
    end.tell("progress", question_count=3, answered_count=2, max_questions=8)
    expect(page.locator("#progress")).to_contain_text("Question 3 of 8")
    end.tell("heard", number=3, text="It began on", final=False)
    expect(lines.last).to_have_attribute("data-kept", "hearing")
    expect(lines.last.locator("[data-text]")).to_have_css("font-style", "italic")
    end.tell("heard", number=3, text="It began on a Monday.", final=True)
    expect(lines.last.locator("[data-kept-words]")).to_have_text("heard")
    end.tell("saved", number=3, speaker="person")
    expect(lines.last.locator("[data-kept-words]")).to_have_text("saved")
    expect(lines.last.locator("[data-text]")).to_have_css("font-style", "normal")
    assert lines.count() == before + 2
    end.tell("said", number=4, text="It is cut off before", final=False)
    end.tell("said", number=4, text="", final=True)
    expect(lines).to_have_count(before + 2)


def test_typing_stays_in_the_call(site, open_page, far):
    page = open_page()
    end = pick_up(page, far, call_url(site))
    page.get_by_role("button", name="Type instead").click()
    expect(page.locator("#typed")).to_be_focused()
    wait(lambda: end.of("think"))
    assert loudest(after(end)) == 0, "keys are not an answer"
    page.keyboard.press("Enter")
    page.keyboard.type("I would rather write this.")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("In two lines.")
    page.keyboard.press("Enter")
    wait(lambda: end.of("text"))
    assert end.of("text") == [{"type": "text", "text": "I would rather write this.\nIn two lines."}]
    expect(page.locator(".captions .you").last).to_contain_text("I would rather write this.")
    expect(page.locator("#typed")).to_be_hidden()
    expect(page.get_by_role("button", name="Type instead")).to_be_focused()
    assert loudest(after(end)) > 3000
    end.tell("heard", number=1, text="I would rather write this.\nIn two lines.", final=True)
    end.tell("saved", number=1, speaker="person")
    expect(page.locator(".captions .you")).to_have_count(1)
    expect(page.locator(".captions .you")).to_have_attribute("data-kept", "saved")


def test_buttons_tell_the_server(site, open_page, far):
    page = open_page()
    end = pick_up(page, far, call_url(site))
    page.get_by_role("button", name="I'm done").click()
    page.get_by_role("button", name="Let me think").click()
    expect(page.locator("[data-state-hint]")).to_have_text("Take your time. The interviewer waits.")
    page.get_by_role("button", name="Say it again").click()
    page.get_by_role("button", name="Pause").click()
    in_state(page, "paused")
    frames = len(end.microphone())
    page.get_by_role("button", name="Go on").click()
    in_state(page, "listening")
    wait(lambda: end.of("resume"))
    assert [message["type"] for message in end.said[1:]] == ["end_turn", "think", "text", "pause", "resume"]
    assert end.of("text")[0]["text"] == "Could you repeat the question?"
    assert len(end.microphone()) - frames < 40, "nothing is sent during a pause"
    end.tell("hint", step="repeat")
    expect(page.locator("[data-state-region]")).to_contain_text("hear the question once more")
    end.tell("latency", ms=640)
    page.click("summary:has-text('Line and microphone')")
    expect(page.locator("[data-part=figures]")).to_contain_text("0.6 s")
    page.fill("#typed", "Half a thought", force=True) if page.locator("#typed").is_visible() else None
    page.click("#leave")
    page.wait_for_url(re.compile("begin=yes"))
    wait(lambda: end.of("bye"))
    expect(page.get_by_role("link", name="Speak instead")).to_be_visible()
    page.get_by_role("link", name="Speak instead").click()
    expect(page.get_by_role("heading", name="Before you pick up")).to_be_visible()


def test_typed_words_are_kept_when_leaving(site, open_page, far):
    page = open_page()
    pick_up(page, far, call_url(site))
    page.get_by_role("button", name="Type instead").click()
    page.keyboard.type("Half a thought")
    with page.expect_response(re.compile("/draft$")):
        page.click("#leave")
    expect(page.locator("#answer")).to_have_value("Half a thought")


def test_states_are_said_once(site, open_page, far):
    page = open_page()
    end = pick_up(page, far, call_url(site))
    page.evaluate(
        "() => { window.said = []; new MutationObserver(() => "
        "said.push(document.querySelector('[data-state-region]').textContent))"
        ".observe(document.querySelector('[data-state-region]'), {childList: true, characterData: true}); }"
    )
    for name in ("thinking", "thinking", "speaking", "speaking", "listening", "listening"):
        end.state(name)
    in_state(page, "listening")
    wait(lambda: len(page.evaluate("window.said")) >= 3)
    assert [words.split(".")[0] for words in page.evaluate("window.said")] == ["Thinking", "Speaking", "Listening"]


# --- when the line breaks ---


def test_a_lost_line_comes_back_and_loses_no_words(site, open_page, far):
    page = open_page()
    end = pick_up(page, far, call_url(site))
    end.tell("said", number=1, text="How did it begin?", final=True)
    end.tell("saved", number=1, speaker="interviewer")
    end.tell("heard", number=1, text="It began on", final=False)
    expect(page.locator(".captions .you")).to_be_visible()
    lines = page.locator(".captions .said").count()
    far.refuses = 1012
    end.close(1012)
    banner = page.locator("[data-part=banner]")
    expect(banner).to_contain_text("The line broke")
    in_state(page, "reconnecting")
    expect(page.locator(".captions .you")).to_have_attribute("data-kept", "heard")
    far.refuses = None
    number = len(far.ends)
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
    page = open_page()
    end = pick_up(page, far, call_url(site))
    words = "This interview goes on in another window, so the call here has ended. Nothing is lost."
    end.tell("error", code="CALL_MOVED", message=words, retry_after=None)
    end.close(4001)
    expect(page.locator("[data-part=trouble]")).to_contain_text(words)
    expect(page.get_by_role("button", name="Call again")).to_be_visible()
    expect(page.get_by_role("link", name="Answer in writing").first).to_be_visible()
    time.sleep(1)
    assert len(far.ends) == 1


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


# --- microphones ---


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
    assert loudest(after(end)) > 3000


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


def test_the_screen_is_shared_once_the_interviewer_has_spoken(site, open_page, far):
    page = open_page()
    end = pick_up(page, far, call_url(site))
    share = page.get_by_role("button", name="Share screen")
    expect(share).to_be_hidden()
    end.ready(sees=True)
    expect(share).to_have_attribute("aria-disabled", "true")
    share.click(force=True)
    end.state("speaking")
    in_state(page, "speaking")
    end.state("listening")
    expect(share).to_have_attribute("aria-disabled", "false")
    assert [message for message in end.heard if message.kind == 3] == []
    share.click()
    pictures = wait(lambda: len(found := [m for m in end.heard if m.kind == 3]) >= 3 and found)
    assert all(picture.payload.startswith(b"\xff\xd8\xff") for picture in pictures)
    gaps = np.diff([picture.at for picture in pictures[-2:]])
    assert 0.7 < gaps[0] < 1.4
    page.get_by_role("button", name="Stop sharing").click()
    expect(page.get_by_role("button", name="Share screen")).to_be_visible()


# --- the browser's own ears and voice ---

BROWSER = """
window.webkitSpeechRecognition = class {
  start() { window.ears = this; this.on = true; window.starts = (window.starts ?? 0) + 1; }
  stop() { this.on = false; setTimeout(() => this.onend?.()); }
  abort() { this.stop(); }
};
window.hear = (text, isFinal) => ears.onresult({resultIndex: 0, results: [Object.assign([{transcript: text}], {isFinal})]});
window.spoken = [];
Object.defineProperty(window, 'speechSynthesis', {value: {
  speak(u) { spoken.push(u.text); setTimeout(() => u.onstart?.()); window.finish = () => u.onend?.(); },
  cancel() { window.cancelled = true; },
}});
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


def test_the_browsers_own_speech_is_asked_for_and_carries_a_call(site, open_page, far):
    from interview_coach.providers.base import Provider

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
    page.evaluate("finish()")
    page.evaluate("finish()")
    wait(lambda: end.of("spoken") == [{"type": "spoken", "epoch": 0}])
    assert end.of("played")
    in_state(page, "listening")
    wait(lambda: page.evaluate("window.ears?.on"))
    page.evaluate("hear('It began', false)")
    page.evaluate("hear('It began on a Monday', true)")
    wait(lambda: any(message["final"] for message in end.of("text")))
    assert end.of("text")[-1] == {"type": "text", "spoken": True, "text": "It began on a Monday", "final": True}
    end.tell("interrupted", epoch=1)
    wait(lambda: page.evaluate("window.cancelled"))
    assert end.microphone() == []


def test_without_consent_the_browser_does_not_listen(site, open_page, far):
    from interview_coach.providers.base import Provider

    site.app.extensions["coaches"].use_parts("offline", Provider("offline"))
    page = open_page(BROWSER)
    page.goto(call_url(site))
    page.get_by_role("button", name="Go on by voice").click()
    end = far.picks_up()
    end.ready(speech="browser", hears=False, speaks=False)
    end.state("listening")
    expect(page.locator("#typed")).to_be_visible()
    assert page.evaluate("window.starts ?? 0") == 0


# --- the whole of it by keyboard ---


def reach(page, words):
    """Tab to a control, as someone without a mouse does."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip().startswith(words):
            return
    raise AssertionError(f"no way to {words} by keyboard")


def test_a_call_by_keyboard_alone(site, open_page, far):
    page = open_page()
    page.goto(call_url(site))
    reach(page, "Go on by voice")
    page.keyboard.press("Enter")
    end = far.picks_up()
    end.ready()
    end.state("listening")
    in_state(page, "listening")
    expect(page.locator("[data-state-word]")).to_be_focused()
    reach(page, "Mute")
    page.keyboard.press("Space")
    in_state(page, "muted")
    page.keyboard.press("Space")
    in_state(page, "listening")
    reach(page, "Type instead")
    page.keyboard.press("Enter")
    page.keyboard.type("By keyboard.")
    page.keyboard.press("Enter")
    wait(lambda: end.of("text"))
    reach(page, "End the interview")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/finish"))
    wait(lambda: end.of("bye"))


# --- the evening before ---


def test_microphone_check(site, open_page):
    page = open_page()
    page.goto(f"{site.url}/microphone")
    page.get_by_role("button", name="Record five seconds").click()
    expect(page.locator("#recorded")).to_be_empty()
    page.get_by_role("button", name="Turn the microphone on").click()
    expect(page.locator("#heard")).to_have_text("You are heard.")
    assert page.locator("#microphone option").count() >= 2
    page.get_by_role("button", name="Record five seconds").click()
    page.get_by_role("button", name="Play three tones").click()
    expect(page.locator("#toned")).to_have_text("Did you hear three?")
    expect(page.locator("#recorded")).to_have_text("Recorded. Play it to listen.")
    page.get_by_role("button", name="Play it").click()
    expect(page.locator("#recorded")).to_have_text("That is how you sound.")
    page.get_by_role("button", name="Turn it off").click()
    expect(page.locator("#heard")).to_have_text("It is off.")


def test_microphone_check_without_permission(site, open_page):
    page = open_page(refusing("NotAllowedError"))
    page.goto(f"{site.url}/microphone")
    page.get_by_role("button", name="Turn the microphone on").click()
    expect(page.locator("[data-part=trouble]")).to_contain_text("The microphone was not allowed")
