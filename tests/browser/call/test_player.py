"""The player of the interviewer's voice, by the clock of a sound card that waits for the test: what comes early or late
comes at the same sample on every machine."""

import base64
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from tests.browser.call.conftest import RATE
from tests.browser.call.ear import CUT, between_silences, tone

pytestmark = pytest.mark.browser

BLOCK = 128
"""Samples that a browser makes at a time."""
PIECE = RATE // 25
"""Samples of 40 ms."""
PLAY = """
async ({ frames, rate, events }) => {
  const PAST = 0x9000; // an epoch before all others
  const context = new OfflineAudioContext(1, frames, rate);
  await context.audioWorklet.addModule('/static/js/call/player-worklet.js');
  const node = new AudioWorkletNode(context, 'player', { numberOfInputs: 0, outputChannelCount: [1] });
  node.connect(context.destination);
  const told = [];
  let known = null;
  node.port.onmessage = ({ data }) => { if (data.stale === PAST) known(); else told.push(data); };
  // Sound of the past is answered at once: then what was posted before has arrived.
  const post = (messages) => new Promise((done) => {
    known = done;
    for (const message of messages) node.port.postMessage(message);
    node.port.postMessage({ sound: new ArrayBuffer(4), epoch: PAST });
  });
  const wire = ({ sound, ...rest }) =>
    sound ? { ...rest, sound: Uint8Array.from(`    ${atob(sound)}`, (byte) => byte.charCodeAt()).buffer } : rest;
  for (const [frame, messages] of events) {
    context.suspend(frame / rate).then(async () => {
      await post(messages.map(wire));
      context.resume();
    });
  }
  const sound = await context.startRendering();
  await post([]);
  const heard = Int16Array.from(sound.getChannelData(0), (value) => Math.round(value * 32768));
  let text = '';
  for (const byte of new Uint8Array(heard.buffer)) text += String.fromCharCode(byte);
  return [btoa(text), told];
}
"""
Event = tuple[float, dict[str, Any]]
"""When, in seconds, and a message to the player. Sound is an array of samples."""


@pytest.fixture
def play(page: Page, site):
    """Plays events for so many seconds. Gives all samples and what the player told."""
    page.goto(f"{site.url}/microphone")

    def run(seconds: float, events: list[Event]) -> tuple[np.ndarray, list[dict[str, Any]]]:
        by_frame: dict[int, list[dict[str, Any]]] = {}
        for at, message in sorted(events, key=lambda event: event[0]):
            if "sound" in message:
                message = {"epoch": 0, **message, "sound": base64.b64encode(message["sound"].tobytes()).decode()}
            by_frame.setdefault(int(at * RATE) // BLOCK * BLOCK, []).append(message)
        asked = {"frames": int(seconds * RATE), "rate": RATE, "events": list(by_frame.items())}
        samples, told = page.evaluate(PLAY, asked)
        return np.frombuffer(base64.b64decode(samples), "<i2"), told

    return run


def in_pieces(sound: np.ndarray) -> list[np.ndarray]:
    return [sound[at : at + PIECE] for at in range(0, len(sound), PIECE)]


def as_spoken(sound: np.ndarray, late: np.ndarray, begin: float = 0.1) -> list[Event]:
    """Piece after piece, each so many seconds late. None overtakes another."""
    pieces = in_pieces(sound)
    times = np.maximum.accumulate(np.maximum(begin, begin + 0.04 * np.arange(len(pieces)) + late))
    return [(float(at), {"sound": piece}) for at, piece in zip(times, pieces, strict=True)]


SENT = tone(2)
COUNT = len(in_pieces(SENT))


@pytest.mark.parametrize(
    "late",
    [
        pytest.param(-0.04 * np.arange(COUNT), id="at once"),
        pytest.param(np.random.default_rng(4).uniform(0, 0.06, COUNT), id="as it is spoken, up to 60 ms late"),
        pytest.param(np.where(np.arange(COUNT) == 20, -0.05, -0.4), id="400 ms ahead, and 350 ms late once"),
    ],
)
def test_what_comes_in_time_is_heard_sample_for_sample(play, late):
    heard, told = play(3, as_spoken(SENT, late))
    assert np.array_equal(between_silences(heard), SENT)
    assert [message for message in told if "gap" in message] == []
    assert told[-1] == {"drained": 0, "ms": 2000, "held": 0}


def test_a_hole_in_what_comes_is_heard_and_then_more_is_held_back(play):
    """The proof above can fail."""
    sent = tone(0.6)
    first, second = np.split(sent, [RATE // 5])
    heard, told = play(2, [(0.1, {"sound": first}), (0.5, {"sound": second[:PIECE]}), (0.6, {"sound": second[PIECE:]})])
    begin, again = (np.flatnonzero(heard)[index] / RATE for index in (0, len(first)))
    assert np.array_equal(heard[heard != 0], sent[sent != 0])
    assert begin == pytest.approx(0.1, abs=0.01), "enough was there at once"
    assert again == pytest.approx(0.6, abs=0.01), "40 ms are not begun with any more"
    assert [message for message in told if "gap" in message] == [{"gap": 0}]


def test_a_word_that_is_too_short_to_wait_for_more_is_heard_all_the_same(play):
    heard, told = play(1, [(0.1, {"sound": SENT[:PIECE]})])
    assert np.array_equal(between_silences(heard), SENT[:PIECE])
    assert np.flatnonzero(heard)[0] / RATE == pytest.approx(0.22, abs=0.01)
    assert told[-1] == {"drained": 0, "ms": 40, "held": 0}


def test_who_asks_is_answered_when_all_that_came_before_was_heard(play):
    sent = tone(0.5)
    _, told = play(2, [(0.1, {"ask": True}), (0.2, {"sound": sent}), (0.2, {"ask": True}), (1.5, {"ask": True})])
    answers = [place for place, message in enumerate(told) if "empty" in message]
    drained = told.index({"drained": 0, "ms": 500, "held": 0})
    assert len(answers) == 3 and answers[0] == 0, "at once, with nothing to be heard"
    assert answers[1] == drained + 1, "not before the last of it"


def test_marks_come_every_tenth_of_a_second_and_at_the_end(play):
    _, told = play(2, [(0.1, {"sound": tone(1.25)})])
    marks = [message["ms"] for message in told if "played" in message or "drained" in message]
    assert len(marks) == 13 and marks[-1] == 1250
    assert max(np.diff([0, *marks])) <= 112
    assert told[0] == {"sounds": 0, "ms": 0}


def test_a_cut_fades_at_once_and_what_belongs_to_the_past_is_dropped(play):
    past, now = tone(1), tone(0.5)
    heard, told = play(
        3,
        [
            (0.1, {"sound": past}),
            (0.6, {"flush": 1}),
            (0.7, {"sound": past, "epoch": 0}),
            (0.8, {"sound": now, "epoch": 1}),
        ],
    )
    (cut,) = [message for message in told if "flushed" in message]
    before, after = np.split(heard, [int(0.75 * RATE)])
    last = np.flatnonzero(before)[-1]
    assert cut["flushed"] == 0 and cut["epoch"] == 1
    assert cut["ms"] == pytest.approx(500, abs=11), "what was heard of the words that were cut"
    assert last <= cut["frame"] + CUT
    assert {"stale": 0} in told
    assert np.array_equal(between_silences(after), now)
    assert told[-1] == {"drained": 1, "ms": 500, "held": 0}
