"""What tests of calls share: a browser with a microphone, and the other end of the line."""

import re
import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from interview_coach.providers.base import Provider
from tests.browser import chromium
from tests.browser.call.far_end import End, FarEnd
from tests.browser.conftest import BASELINE, Site, running
from tests.patience import PATIENCE
from tests.web.conftest import begun

RATE = 24000
EXPECTED = r"WebSocket|Failed to load|violation: camera"
"""Chromium itself says these: refused sockets, and its stand-in for a shared screen, which is a camera."""
TAP = Path(__file__).parent / "tap.js"
TAP_PATH = "/static/tap.js"
MODULE = "import('/static/js/call/call.js').then(({call}) => { %s })"
CLOCK = "performance.now = () => %d"
"""How long a press lasts must not hang on the machine."""
PATIENT = """
{
  const known = setTimeout; // what a page waits for on its way out must not hang on the machine either
  window.setTimeout = (act, pause, ...more) => known(act, pause === 1500 ? 60000 : pause, ...more);
}
"""
AWAIT = "import('/static/js/call/call.js').then(async ({call}) => { %s })"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An application of its own: other tests begin with an empty one."""
    # a call of the test before may not have ended yet
    with running(tmp_path_factory.mktemp("calls"), most_calls_per_person=20, limit_calls="") as found:
        yield found


@pytest.fixture(scope="session")
def calling_browser(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Chromium whose microphone hears a loud tone, on and off, for ever."""
    path = tmp_path_factory.mktemp("microphone") / "tone.wav"
    at = np.arange(2 * 48000) / 48000
    tone = np.sin(2 * np.pi * 220 * at) * 12000 * (np.sin(2 * np.pi * 2 * at) > -0.9)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48000)
        file.writeframes(tone.astype("<i2").tobytes())
    found = chromium.launch(
        SimpleNamespace(chromium=browser.browser_type),
        timeout=2 * PATIENCE * 1000,
        args=[
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-audio-capture={path}",
        ],
    )
    yield found
    found.close()


@pytest.fixture
def far(site: Site, monkeypatch: pytest.MonkeyPatch) -> FarEnd:
    """The other end of every call of this test. The page believes that the server hears and speaks."""
    end = FarEnd()
    monkeypatch.setattr("interview_coach.voice.call.hold", end.hold)
    parts = Provider("offline", ears=SimpleNamespace(), voice=SimpleNamespace())  # type: ignore[arg-type]  # never used
    site.app.extensions["coaches"].use_parts("offline", parts)
    inner = site.app.wsgi_app

    def with_tap(environ: Any, start_response: Any) -> Any:
        # Playwright does not see requests for worklets.
        if environ["PATH_INFO"] != TAP_PATH:
            return inner(environ, start_response)
        start_response("200 OK", [("Content-Type", "text/javascript")])
        return [TAP.read_bytes()]

    monkeypatch.setattr(site.app, "wsgi_app", with_tap)
    return end


@pytest.fixture
def open_page(calling_browser: Browser) -> Iterator[Callable[..., Page]]:
    """Pages with a microphone, whose console must stay quiet and whose policy must hold."""
    opened: list[tuple[Page, list[str]]] = []

    def make(script: str = "", **options: Any) -> Page:
        context = calling_browser.new_context(
            **{"viewport": {"width": 1280, "height": 800}, "locale": "en-GB", **options}
        )
        context.set_default_timeout(PATIENCE * 1000)
        context.add_init_script(BASELINE)
        if script:
            context.add_init_script(script)
        page = context.new_page()
        said: list[str] = []
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        opened.append((page, said))
        return page

    yield make
    violations = [page.evaluate("window.violations") for page, _ in opened]
    for page, _ in opened:
        page.context.close()
    said = [line for _, lines in opened for line in lines if not re.search(EXPECTED, line)]
    assert said == [], said
    assert not any(violations), violations


def call_url(site: Site, answered: int = 0) -> str:
    interview = begun(site.app.test_client(), answered, job_title="Spoken", force_create=True)
    return f"{site.url}/interviews/{interview}/call"


def in_state(page: Page, name: str) -> None:
    expect(page.locator("main.call")).to_have_attribute("data-state", name)


def pick_up(page: Page, far: FarEnd, url: str, **choices: Any) -> End:
    """From the page before the call to a line that listens. Choices: `answer`, `listen`."""
    page.goto(url)
    for name, value in choices.items():
        page.check(f"[name={name}][value={value}]")
    number = len(far.ends) + 1
    page.locator("#choices [type=submit]").click()
    end = far.picks_up(number)
    end.ready()
    end.state("listening")
    in_state(page, "listening")
    page.evaluate(MODULE % "call.controls.guard(0)")  # nobody clicks twice here, however soon the next click comes
    return end
