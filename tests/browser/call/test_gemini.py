"""A whole interview aloud with a vendor's live model: Chromium's microphone, our server, the real SDK over TLS."""

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, expect

from interview_coach import loop
from interview_coach.providers.base import Provider
from interview_coach.providers.registry import close
from interview_coach.voice.switchboard import Switchboard
from tests.browser.call.conftest import in_state
from tests.browser.call.ear import CUT
from tests.browser.call.far_end import wait
from tests.browser.call.person import FADE, Person, serve_tap, with_a_voice
from tests.browser.conftest import Site, axe, running
from tests.fakes import behaviours
from tests.fakes.gemini_live_script import Script, Turn, Utterance
from tests.fakes.gemini_live_server import FakeGeminiLive
from tests.fakes.gemini_server import FakeGemini
from tests.patience import PATIENCE
from tests.web.conftest import JSON, create

pytestmark = pytest.mark.browser

GREETING = "Good morning, I am Ruth, and I have eight questions for you."
QUESTIONS = [
    "What did a usual night on your ward look like for you?",
    "Which patient do you still think about, and what did you do then?",
    "When a colleague falls ill at the beginning of a shift and nobody can come in, what do you do first, and whom do "
    "you call before you look at the plan for the day?",
    "How did you bring the medication errors down?",
    "What was the hardest thing to teach a new colleague?",
    "How do you hand over a ward of 28 beds?",
    "Which records did you keep on paper on your ward?",
    "Where do you want to be in three years?",
]
ANSWERS = [
    "I led a team of six on the surgical ward and we looked after 28 patients.",
    "There was a man who could not sleep, so I sat with him and we talked about his garden.",
    "I call the bed manager first and I split the ward into two halves.",
    "I introduced a second check at handover and the errors fell by a third.",
    "To ask before doing, and I showed it by asking them.",
    "I typed this one, because my neighbours sleep: bed by bed, with the open tasks first.",
    "We kept the wound charts on paper because the tablets were too slow.",
    "I want to lead a ward of my own and to train the people on it.",
]
CLOSING = "Thank you, that was all. You will hear from us, goodbye. [END_INTERVIEW]"
ASIDE = "Take your time."
LONG = 2
"""The question that is spoken over."""
WRITTEN = 6
"""The question that is asked, and the one before it answered, in writing."""
TURNS = [
    Turn(f"{GREETING} {QUESTIONS[0]}", seconds=1.5),
    Turn(QUESTIONS[1], seconds=0.7),
    Turn(ASIDE, seconds=0.5),
    Turn(QUESTIONS[2], seconds=30),
    Turn(QUESTIONS[3], seconds=0.7),
    Turn(QUESTIONS[4], seconds=1.5, fault="drop", hertz=431),  # said twice: where it stops, its beginning goes on badly
    Turn(QUESTIONS[5], seconds=0.7),
    Turn(QUESTIONS[7], seconds=0.7),
    Turn(CLOSING, seconds=1.7),
]


@pytest.fixture(scope="module")
def calling_browser(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with with_a_voice(browser, tmp_path_factory.mktemp("voice")) as found:
        yield found


@pytest.fixture
def live(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeGeminiLive]:
    heard = [ANSWERS[0], "Sure.", *ANSWERS[1:5], *ANSWERS[6:]]
    rest = FakeGemini(behaviours.say(lambda asked: behaviours.good_text(asked) if asked.schema else QUESTIONS[WRITTEN]))
    script = Script([*TURNS], [Utterance(text) for text in heard], playback=1.0, speed=4.0)
    with FakeGeminiLive(script, rest=rest) as found:
        monkeypatch.setenv("SSL_CERT_FILE", str(found.cafile))
        yield found


@pytest.fixture
def site(tmp_path: Path, live: FakeGeminiLive) -> Iterator[Site]:
    settings = {"provider": "gemini", "gemini_api_key": "k" * 20, "gemini_base_url": live.url}
    with running(tmp_path, **settings) as found:
        serve_tap(found.app)
        coaches = found.app.extensions["coaches"]
        yield found
        board: Switchboard = found.app.extensions["switchboard"]
        wait(lambda: not board._seats)
        loop.call(close(coaches.parts("gemini")), timeout=PATIENCE)
        loop.call(close(Provider("gemini", chat=coaches._chat("gemini"))), timeout=PATIENCE)


def sound_of(turn: Turn) -> np.ndarray:
    samples = np.frombuffer(turn.sound(TURNS.index(turn)), "<i2")
    loud = np.nonzero(samples)[0]
    return samples[loud[0] : loud[-1] + 1]


def test_eight_questions_aloud_through_everything_that_happens_to_a_line(site, open_page, live, record_property):
    page = open_page()
    client = site.app.test_client()
    interview = create(client, job_title="Ward nurse", provider="gemini", force_create=True)
    person = Person(page, site, lambda: any(line._in_speech for line in [*live.lines]), thinking=2)

    page.goto(f"{site.url}/interviews/{interview}/call")
    person.picks_up("Start the call")
    person.hears_question(1)
    assert axe(page) == []
    person.speaks()
    person.hears_question(2)

    # "Sure." is no answer
    person.answers()
    expect(page.locator(".captions .interviewer").last).to_contain_text(ASIDE)
    in_state(page, "muted")
    expect(page.locator("#progress")).to_contain_text("Question 2 of 8")
    person.answers()

    # speaking over the interviewer
    expect(page.locator(".captions .interviewer").last).to_contain_text("the beginning of a shift")
    in_state(page, "speaking")
    person.hears_more(5)
    person.begins_to_speak()
    in_state(page, "listening")
    person.falls_silent()
    person.is_done()
    (spoken_over,) = live.sessions
    loud_at = wait(lambda: page.evaluate("window.loudAt")) / 1000
    person.hears_question(4)

    # the vendor ends the connection, and says so
    live.go_away(3.0)
    wait(lambda: len(live.sessions) == 2 and live.sessions[1].resumed)
    in_state(page, "muted")
    person.answers()

    # the connection breaks in the middle of question 5
    person.hears_question(5)
    assert len(live.sessions) == 3
    assert live.sessions[2].resumed
    person.answers()
    person.hears_question(6)

    # and once more; this time the vendor knows nothing of this conversation any more
    live.refuse_handles = 1
    live.drop()
    wait(lambda: len(live.sessions) == 5 and QUESTIONS[5] in str(live.sessions[4].client_content))
    assert [session.handle is None for session in live.sessions] == [True, False, False, False, True]
    in_state(page, "muted")

    # in writing, and back
    person.leaves()
    expect(page.locator("#answer")).to_be_visible()
    page.wait_for_load_state()
    page.fill("#answer", ANSWERS[5])
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#turn-7")).to_contain_text(QUESTIONS[WRITTEN])
    assert axe(page) == []
    page.get_by_role("link", name="Speak instead").click()
    person.picks_up("Go on by voice")
    person.hears_question(7)
    person.answers()
    person.hears_question(8)
    person.answers()
    page.wait_for_url(re.compile("/report$"), timeout=PATIENCE * 1000)
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    # What the loudspeaker got
    first, second = person.recordings
    expected = [sound_of(turn) for turn in [*TURNS[:6], *TURNS[5:]]]
    heard = first.of(expected)
    utterances = [*heard, *second.of(expected[len(heard) :])]
    cut = {3: "spoken over", 5: "dropped"}
    assert len(utterances) == len(expected), [len(samples) / 24_000 for _, samples in utterances]
    for place, ((_, samples), whole) in enumerate(zip(utterances, expected, strict=True)):
        played, meant = samples[samples != 0], whole[whole != 0]  # a hole in it is the machine's
        if place in cut:
            length = len(played) - FADE
            assert length < len(meant)
            assert np.array_equal(played[:length], meant[:length]), place
        else:
            assert np.array_equal(played, meant), place
    silent_at = first.ended(heard[3])
    flushed = silent_at - spoken_over.interrupted_at
    record_property("flush_ms", round(flushed * 1000))
    record_property("flush_since_first_sound_ms", round((silent_at - loud_at) * 1000))
    assert spoken_over.interrupted == 1
    assert first.after_flush(heard[3]) <= CUT, "nothing is heard of it once the page has been told"

    # What is stored
    found = client.get(f"/interviews/{interview}", headers=JSON).json
    questions = [row["text"] for row in found["questions"]]
    over = questions[LONG]
    assert over.endswith(" …")
    assert QUESTIONS[LONG].startswith(over.removesuffix(" …"))
    assert len(over.split()) > 4
    assert questions == [f"{GREETING} {QUESTIONS[0]}", QUESTIONS[1], over, *QUESTIONS[3:]]
    assert [row["answer"]["text"] for row in found["questions"]] == ANSWERS
    sources = [row["answer"]["source"] for row in found["questions"]]
    assert sources == ["spoken"] * 5 + ["typed"] + ["spoken"] * 2
    assert (found["question_count"], found["answered_count"], found["is_complete"]) == (8, 8, True)
    assert sum(text.startswith("Good morning") for text in live.said) == 1
    assert sum("Begin." in session.texts for session in live.sessions) == 1
