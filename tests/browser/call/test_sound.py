"""Sound up and sound down: nothing is lost, nothing is heard that should not be."""

import time

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.call.conftest import MODULE, RATE, call_url, in_state, pick_up
from tests.browser.call.ear import LOUD, after, between_silences, loudest, tap, tapped, tone
from tests.browser.call.far_end import wait

pytestmark = pytest.mark.browser


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
    assert loudest(frames) > LOUD
    assert page.evaluate(MODULE % "return call.microphone.settings.echoCancellation") is True
    assert page.locator("[data-part=live] meter").evaluate("meter => meter.value") > 0.3


def test_muting_sends_silence_and_says_so(site, open_page, far):
    page = open_page()
    end = pick_up(page, far, call_url(site))
    page.get_by_role("button", name="Mute", exact=True).click()
    in_state(page, "muted")
    frames = after(end)
    assert loudest(frames) == 0, "the clock goes on, the voice does not"
    end.tell("hint", step="ease")
    expect(page.locator("[data-state-hint]")).to_contain_text("There is no hurry")
    in_state(page, "muted")
    page.get_by_role("button", name="Unmute").click()
    in_state(page, "listening")
    assert loudest(after(end)) > LOUD


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
    assert loudest(after(end)) > LOUD
    end.voice(0, tone(2).tobytes())
    in_state(page, "speaking")
    assert loudest(after(end)) == 0
    in_state(page, "listening")
    assert loudest(after(end)) > LOUD


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
    page.wait_for_url(lambda url: not url.endswith("/call"))
    assert gone["played"][-1] == 1800
    wait(lambda: end.code is not None)


def test_push_to_talk(site, open_page, far):
    page = open_page()
    end = pick_up(page, far, call_url(site), answer="push_to_talk")
    assert end.said[0]["mode"] == "push_to_talk"
    assert loudest(after(end)) == 0
    page.keyboard.down("Space")
    button = page.get_by_role("button", name="Talking")
    expect(button).to_have_attribute("aria-pressed", "true")
    assert loudest(after(end)) > LOUD
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
