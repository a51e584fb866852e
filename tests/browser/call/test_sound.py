"""Sound up and sound down: nothing is lost, nothing is heard that should not be."""

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.call.conftest import CLOCK, MODULE, RATE, call_url, in_state, pick_up
from tests.browser.call.ear import CUT, LOUD, becomes, loudest, tap, tapped, tone
from tests.browser.call.far_end import wait
from tests.patience import eventually

pytestmark = pytest.mark.browser


LONG = 40
"""Seconds of sound that are never heard to their end, however long a machine stands still."""
CONTEXTS = """
window.contexts = [];
window.AudioContext = class extends AudioContext {
  constructor(...options) { super(...options); contexts.push(this); }
};
"""


def test_the_microphone_arrives_as_fifty_frames_a_second(site, open_page, far):
    """By the clock of the page's own sound, which is what the server counts by."""
    page = open_page(CONTEXTS)
    end = pick_up(page, far, call_url(site))
    hello = end.said[0]
    assert {key: hello[key] for key in ("type", "version", "rate", "encoding", "mode", "barge_in", "speech")} == {
        "type": "hello", "version": 1, "rate": 16000, "encoding": "s16le", "mode": "hands_free", "barge_in": True,
        "speech": "server",
    }  # fmt: skip
    page.evaluate(
        MODULE
        % """const context = contexts.find(found => found.sampleRate === 16000);
        window.sums = []; window.times = [];
        call.microphone.addEventListener('frame', ({detail}) => {
          sums.push(new Int16Array(detail.message, 4).reduce((sum, sample) => sum + sample, 0));
          times.push(context.currentTime);
        }, {capture: true})"""
    )

    def seconds_of_fifty() -> float:
        times = np.array(page.evaluate("times"))
        return float(np.median(times[50:] - times[:-50])) if len(times) > 150 else 0.0

    assert eventually(lambda: 0.94 < seconds_of_fifty() < 1.06), seconds_of_fifty()
    sums = page.evaluate("sums")
    frames = end.microphone
    assert {len(frame.payload) for frame in frames()} == {640}
    assert eventually(lambda: contains([int(np.frombuffer(f.payload, "<i2").sum(dtype=int)) for f in frames()], sums))
    assert eventually(lambda: loudest(frames()) > LOUD)
    assert page.evaluate(MODULE % "return call.microphone.settings.echoCancellation") is True
    assert eventually(lambda: page.locator("[data-part=live] meter").evaluate("meter => meter.value") > 0.3)


def contains(whole: list[int], part: list[int]) -> bool:
    """Whether `part` stands in `whole`, one after the other."""
    return any(whole[at : at + len(part)] == part for at in range(len(whole) - len(part) + 1))


def test_muting_sends_silence_and_says_so(site, open_page, far):
    page = open_page()
    end = pick_up(page, far, call_url(site))
    page.get_by_role("button", name="Mute", exact=True).click()
    in_state(page, "muted")
    assert becomes(end, loud=False), "the clock goes on, the voice does not"
    end.tell("hint", step="ease")
    expect(page.locator("[data-state-hint]")).to_contain_text("There is no hurry")
    in_state(page, "muted")
    page.get_by_role("button", name="Unmute").click()
    in_state(page, "listening")
    assert becomes(end, loud=True)


def test_every_sample_is_heard_though_the_page_is_busy(site, open_page, far):
    """A machine that stands still makes holes, as it should; when there are none is said in `test_player.py`."""
    page = open_page()
    end = pick_up(page, far, call_url(site))
    tap(page)
    sent = tone(1.5)
    for number, piece in enumerate(np.split(sent, 5)):
        end.voice(0, piece.tobytes())
        if number == 2:
            page.evaluate("() => { const end = performance.now() + 350; while (performance.now() < end); }")
    wait(lambda: end.of("played") and end.of("played")[-1]["ms"] == 1500)
    heard = np.rint(tapped(page)[0])
    assert np.array_equal(heard[heard != 0], sent[sent != 0])
    marks = [mark["ms"] for mark in end.of("played")]
    assert marks == sorted(marks) and {mark["epoch"] for mark in end.of("played")} == {0}
    before = page.evaluate(MODULE % "return call.voice.gaps")
    page.evaluate(MODULE % "call.voice.graph.node.port.onmessage({data: {gap: 0}})")
    assert page.evaluate(MODULE % "return call.voice.gaps") == before + 1, "holes are counted"


def test_an_interruption_is_the_last_that_is_heard_and_old_sound_is_dropped(site, open_page, far, record_property):
    page = open_page()
    end = pick_up(page, far, call_url(site))
    tap(page)
    page.evaluate(
        MODULE
        % """window.stale = 0; call.voice.addEventListener('stale', () => window.stale += 1);
        call.voice.addEventListener('flushed', ({detail}) => window.flushed = detail.frame);
        call.line.addEventListener('message', ({detail}) => {
          if (detail.type === 'interrupted') window.told = call.voice.graph.context.currentTime; })"""
    )
    end.voice(0, tone(LONG).tobytes())
    wait(lambda: end.of("played") and end.of("played")[-1]["ms"] > 700)
    in_state(page, "speaking")
    end.tell("interrupted", epoch=1)
    wait(lambda: page.evaluate("window.flushed"))
    end.voice(0, tone(1).tobytes())
    wait(lambda: page.evaluate("window.stale"))
    cut_at = page.evaluate("window.flushed")
    wait(
        lambda: page.evaluate(
            f"import('/static/js/call/call.js').then(({{call}}) => "
            f"call.voice.graph.context.currentTime * {RATE} > {cut_at + RATE // 4})"
        )
    )
    samples, first = tapped(page)
    last = first + int(np.nonzero(np.abs(samples) > 0.01)[0][-1])
    record_property("cut_ms", round((last / RATE - page.evaluate("window.told")) * 1000))
    assert last <= cut_at + CUT, "nothing is heard once the player has been told"
    played = np.count_nonzero(np.rint(samples)) / RATE * 1000
    told = eventually(lambda: abs(end.of("played")[-1]["ms"] - played) < 20)
    assert told and end.of("played")[-1]["epoch"] == 0, "what was heard of the words that were cut"
    in_state(page, "listening")
    end.voice(1, tone(0.5).tobytes())
    wait(lambda: end.of("played")[-1] == {"type": "played", "epoch": 1, "ms": 500})
    wait(lambda: end.microphone()[-1].epoch == 1)


def test_on_loudspeakers_the_microphone_rests_while_the_interviewer_speaks(site, open_page, far):
    page = open_page()
    end = pick_up(page, far, call_url(site), listen="speakers")
    assert end.said[0]["barge_in"] is False
    assert becomes(end, loud=True)
    end.voice(0, tone(LONG).tobytes())
    in_state(page, "speaking")
    assert becomes(end, loud=False)
    end.tell("interrupted", epoch=1)
    in_state(page, "listening")
    assert becomes(end, loud=True)


@pytest.mark.parametrize("late", [0, 1500], ids=["at once", "on a machine that stands still"])
def test_the_report_opens_only_after_the_closing_words(site, open_page, far, late):
    page = open_page()
    url = call_url(site)
    end = pick_up(page, far, url)
    report = url.removeprefix(site.url).replace("/call", "/report")
    page.evaluate(
        MODULE
        % """const order = []; call.voice.addEventListener('played', ({detail}) => order.push(detail.ms));
        navigation.addEventListener('navigate', () => {
          order.push(document.querySelector('main').dataset.state);
          sessionStorage.setItem('order', JSON.stringify(order));
        });
        const { port } = call.voice.graph.node;
        const told = port.onmessage;
        port.onmessage = (event) => setTimeout(() => told(event), %d);"""
        % late
    )
    end.state("closing")
    end.voice(0, tone(1.8).tobytes())
    end.tell("ended", reason="complete", report=report)
    page.wait_for_url(f"**{report}")
    assert page.evaluate("JSON.parse(sessionStorage.getItem('order'))")[-2:] == [1800, "ended"]
    wait(lambda: end.code is not None)


def test_push_to_talk(site, open_page, far):
    page = open_page()
    end = pick_up(page, far, call_url(site), answer="push_to_talk")
    assert end.said[0]["mode"] == "push_to_talk"
    assert becomes(end, loud=False)
    page.evaluate(CLOCK % 1000)
    page.keyboard.down("Space")
    button = page.get_by_role("button", name="Talking")
    expect(button).to_have_attribute("aria-pressed", "true")
    assert becomes(end, loud=True)
    assert end.of("end_turn") == []
    page.evaluate(CLOCK % 1500)
    page.keyboard.up("Space")
    wait(lambda: len(end.of("end_turn")) == 1)
    assert becomes(end, loud=False)
    # in a field and on another button, the space bar is a space bar
    page.get_by_role("button", name="Type instead").focus()
    page.keyboard.press("Space")
    expect(page.locator("#typed")).to_be_focused()
    page.keyboard.type("a b")
    expect(page.locator("#typed")).to_have_value("a b")
    page.keyboard.press("Escape")
    talk = page.locator("[data-talk]")
    expect(talk).to_have_attribute("aria-pressed", "false")
    assert len(end.of("end_turn")) == 1
    # a tap lets go of the finger; the next one ends it
    talk.click()
    expect(talk).to_have_attribute("aria-pressed", "true")
    talk.click()
    expect(talk).to_have_attribute("aria-pressed", "false")
    wait(lambda: len(end.of("end_turn")) == 2)
    page.evaluate("delete performance.now")
    # a click without a pointer comes from assistive technology
    talk.evaluate("button => button.click()")
    expect(talk).to_have_attribute("aria-pressed", "true")
    page.evaluate("dispatchEvent(new Event('blur'))")
    expect(talk).to_have_attribute("aria-pressed", "false")
