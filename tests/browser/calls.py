"""What tests of calls share: a browser with a microphone, the other end, and an ear at the loudspeaker."""

import base64
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
from tests.browser.conftest import BASELINE, Site
from tests.browser.far_end import End, FarEnd
from tests.web.conftest import begun

RATE = 24000
TAP = Path(__file__).parent / "tap.js"
MODULE = "import('/static/js/call/call.js').then(({call}) => { %s })"
AWAIT = "import('/static/js/call/call.js').then(async ({call}) => { %s })"


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
    return end


@pytest.fixture
def open_page(calling_browser: Browser) -> Iterator[Callable[..., Page]]:
    """Pages with a microphone, whose console must stay quiet and whose policy must hold."""
    opened: list[tuple[Page, list[str]]] = []

    def make(script: str = "", **options: Any) -> Page:
        context = calling_browser.new_context(
            **{"viewport": {"width": 1280, "height": 800}, "locale": "en-GB", **options}
        )
        context.set_default_timeout(20_000)
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
    # refused and broken sockets are said by the browser, and are part of some tests
    said = [line for _, lines in opened for line in lines if "WebSocket" not in line and "Failed to load" not in line]
    assert (violations, said) == ([[] for _ in opened], [])


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
    page.get_by_role("button", name="Go on by voice").click()
    end = far.picks_up(number)
    end.ready()
    end.state("listening")
    in_state(page, "listening")
    return end


def tap(page: Page) -> None:
    """Listen to what the loudspeaker gets, from now on."""
    page.context.route(
        "**/tap.js", lambda route: route.fulfill(body=TAP.read_text(encoding="utf-8"), content_type="text/javascript")
    )
    page.evaluate(
        AWAIT
        % """
        const { context, node } = call.voice.graph;
        await context.audioWorklet.addModule('/static/tap.js');
        window.tap = new AudioWorkletNode(context, 'tap');
        node.disconnect();
        node.connect(tap).connect(context.destination);
        """
    )


def tapped(page: Page) -> tuple[np.ndarray, int]:
    """All samples since `tap`, as the numbers that were sent, and the frame of the context at which they begin."""
    found = page.evaluate(
        """() => new Promise(done => {
            tap.port.onmessage = ({data}) => {
              const bytes = new Uint8Array(data.samples.buffer);
              let text = '';
              for (let i = 0; i < bytes.length; i += 32768)
                text += String.fromCharCode.apply(null, bytes.subarray(i, i + 32768));
              done([btoa(text), data.first]);
            };
            tap.port.postMessage('all');
        })"""
    )
    samples = np.frombuffer(base64.b64decode(found[0]), dtype="<f4") * 32768
    return samples, int(found[1])


def tone(seconds: float, start: int = 0) -> np.ndarray:
    """A sine that is never zero for two samples, so that a hole of one sample would show."""
    at = np.arange(start, start + int(seconds * RATE))
    return (np.sin(2 * np.pi * 437 * at / RATE + 0.1) * 12000).astype("<i2")


def between_silences(samples: np.ndarray) -> np.ndarray:
    loud = np.nonzero(np.abs(samples) > 0.01)[0]
    return samples[loud[0] : loud[-1] + 1] if len(loud) else samples[:0]
