"""A whole interview aloud over three endpoints of OpenAI's kind, each of which fails in every way it knows."""

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from interview_coach import loop
from interview_coach.metering import meter
from interview_coach.providers import speech
from interview_coach.providers.breaker import Breaker
from interview_coach.providers.patience import Patience
from interview_coach.providers.registry import close, make_provider
from tests.browser.call.conftest import in_state
from tests.browser.call.far_end import wait
from tests.browser.call.person import Person, serve_tap, with_a_voice
from tests.browser.conftest import Site, axe, running
from tests.fakes import behaviours, speech_server
from tests.fakes.speech_server import EARS_FAULTS, VOICE_FAULTS, FakeSpeech, heard, speech_for
from tests.fakes.vendor import Exchange
from tests.patience import PATIENCE
from tests.web.conftest import JSON, create

pytestmark = pytest.mark.browser

SILENT = threading.Event()
"""Set while the stand-in says nothing on purpose."""


class Waiting(Patience):
    """Little patience with a server that says nothing, and enough for one that works on a slow machine."""

    def __getattribute__(self, name: str) -> Any:
        if name in ("first", "idle", "total") and not SILENT.is_set():
            return PATIENCE
        return super().__getattribute__(name)


IMPATIENT = Waiting(connect=PATIENCE, first=1.2, idle=1.2, total=4, tries=1)
"""One try: every fault is noticed."""
ANSWERS = [
    "I led the night team and I split the ward into two halves.",
    "I typed this because nobody could hear me: I called the bed manager myself.",
]
TWICE = ["I trained twelve colleagues in wound care", "and I wrote the plan for it myself."]


@pytest.fixture(scope="module")
def calling_browser(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with with_a_voice(browser, tmp_path_factory.mktemp("voice")) as found:
        yield found


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeSpeech]:
    monkeypatch.setattr(speech, "HEARING", IMPATIENT)
    monkeypatch.setattr(speech, "SPEAKING", IMPATIENT)
    monkeypatch.setattr(speech, "REST", 0.0)
    monkeypatch.setattr(speech_server, "SECONDS_PER_LETTER", 0.008)
    with FakeSpeech() as found:
        yield found
    SILENT.clear()


@pytest.fixture
def site(tmp_path: Path, server: FakeSpeech) -> Iterator[Site]:
    chosen = {"provider": "openrouter", "openrouter_base_url": f"{server.url}/v1", "fallback": "ask"}
    chosen |= {"interim_seconds": 0}  # the server hears what its script says, clip by clip
    with running(tmp_path, **chosen) as found:
        serve_tap(found.app)
        coaches = found.app.extensions["coaches"]
        chatting = make_provider(
            "openrouter", found.app.config["COACH_SETTINGS"], meter, patience=IMPATIENT, breaker=Breaker(rest=0)
        )
        assert chatting.chat is not None
        coaches.use("openrouter", chatting.chat)
        yield found
        wait(lambda: not found.app.extensions["switchboard"]._seats)
        loop.call(close(chatting), timeout=PATIENCE)
        loop.call(close(coaches.parts("openrouter")), timeout=PATIENCE)


def trouble(page: Page, act: Callable[[], None]) -> None:
    """After `act` it is said in words, and the person can go on."""
    page.evaluate("document.querySelector('[data-part=trouble]').replaceChildren()")
    act()
    notice = page.locator("[data-part=trouble] .notice")
    expect(notice).to_be_visible()
    in_state(page, "muted")
    for name in ("I'm done", "Type instead"):
        expect(page.get_by_role("button", name=name)).to_be_enabled()


def only_silent(fault: str) -> None:
    """Patience is little while the stand-in hangs."""
    (SILENT.set if fault == "hang" else SILENT.clear)()


def words_fail(fault: behaviours.Behaviour) -> behaviours.Behaviour:
    """The plan is made; the question fails."""

    def behave(x: Exchange) -> None:
        (behaviours.good_interviewer if x.asked.schema else fault)(x)

    return behave


def heard_again(texts: list[str], clips: set[bytes]) -> behaviours.Behaviour:
    """The first text in one of these clips, which are known already, the second in the first new one."""
    left = {True: [texts[0]], False: [texts[1]]}

    def behave(x: Exchange) -> None:
        words = left[x.asked.body["clip"].pcm in clips]
        heard(words.pop() if words else "")(x)

    return behave


def test_three_questions_through_every_fault_of_ears_words_and_voice(site, open_page, server):
    page = open_page()
    client = site.app.test_client()
    interview = create(client, questions=3, job_title="Ward nurse", provider="openrouter", force_create=True)
    person = Person(page, site, lambda: page.evaluate("window.loudFrames >= 60"), frames=60)
    notice = page.locator("[data-part=trouble] .notice")

    def again() -> None:
        page.get_by_role("button", name="I'm done").click()

    # Nobody words the first question. "I'm done" asks once more.
    page.goto(f"{site.url}/interviews/{interview}/call")
    server.default = words_fail(behaviours.FAULTS["empty"])
    server.speaks = VOICE_FAULTS["rate-16000"]
    trouble(page, lambda: person.picks_up("Start the call"))
    assert axe(page) == []
    for fault in ("429-long", "cut", "hang"):
        server.default = words_fail(behaviours.FAULTS[fault])
        only_silent(fault)
        trouble(page, again)
    SILENT.clear()
    server.default = behaviours.good_interviewer
    again()
    person.hears_question(1)
    spoken = len(server.spoken)

    # A voice of another rate sounds as it should.
    recorded = np.count_nonzero(person.records().samples)
    expected = sum(np.count_nonzero(np.frombuffer(speech_for(text).pcm, "<i2")) for text in server.spoken)
    assert recorded == pytest.approx(expected, rel=0.05)

    # Nobody hears the first answer. It was kept, and is heard when the server can.
    server.hears = EARS_FAULTS["429-long"]
    trouble(page, person.speaks)
    server.script_ears(ANSWERS[0])
    server.hears = EARS_FAULTS["empty"]  # a machine that stood still makes two clips of one
    server.speaks = VOICE_FAULTS["429-long"]
    again()
    person.answer_is_saved(ANSWERS[0])

    # Nobody speaks the second question: it is there to be read, and can be asked for again.
    person.hears_question(2)
    assert len(server.spoken) > spoken
    expect(notice).to_be_visible()
    for fault in ("hang", "cut", "empty"):
        server.speaks = VOICE_FAULTS[fault]
        only_silent(fault)
        lines, texts = person.lines_heard(), len(server.spoken)
        page.get_by_role("button", name="Say it again").click()
        wait(lambda lines=lines: person.lines_heard() > lines)
        assert len(server.spoken) > texts
        in_state(page, "muted")
    server.speaks = VOICE_FAULTS["rate-22050-wav"]

    # Nobody hears the second answer: it is typed.
    server.hears = EARS_FAULTS["hang"]
    SILENT.set()
    trouble(page, person.speaks)
    SILENT.clear()
    page.get_by_role("button", name="Type instead").click()
    assert axe(page) == []
    page.keyboard.type(ANSWERS[1])
    page.keyboard.press("Enter")
    person.answer_is_saved(ANSWERS[1])

    # The third is heard as nothing, then cut off, and then said again.
    person.hears_question(3)
    before = np.count_nonzero(person.records().samples)
    server.hears = EARS_FAULTS["empty"]
    clips = len(server.clips)
    person.speaks()
    wait(lambda: len(server.clips) > clips)
    in_state(page, "muted")
    server.hears = EARS_FAULTS["cut"]
    trouble(page, person.speaks)
    server.hears = heard_again(TWICE, {clip.pcm for clip in server.clips})
    person.speaks()
    page.wait_for_url(re.compile("/report$"), timeout=PATIENCE * 1000)
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    closing = np.count_nonzero(np.frombuffer(speech_for(server.spoken[-1]).pcm, "<i2"))
    (whole,) = person.recordings
    last = np.count_nonzero(whole.samples) - before
    found = client.get(f"/interviews/{interview}", headers=JSON).json
    assert [row["answer"]["text"] for row in found["questions"]] == [*ANSWERS[:2], " ".join(TWICE)]
    assert [row["answer"]["source"] for row in found["questions"]] == ["spoken", "typed", "spoken"]
    assert (found["question_count"], found["answered_count"], found["is_complete"]) == (3, 3, True)
    assert len({row["text"] for row in found["questions"]}) == 3
    assert last >= 0.9 * closing
