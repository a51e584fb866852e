"""Somebody at the page, with a voice that is heard when they want it, and a recorder at their loudspeaker."""

import base64
import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.browser import chromium
from tests.browser.call.conftest import AWAIT, TAP, TAP_PATH, in_state
from tests.browser.call.far_end import wait
from tests.browser.conftest import Site
from tests.fakes import sounds
from tests.patience import PATIENCE

MICROPHONE_RATE = 48_000
FADE = 120
"""Samples of 5 ms, in which a cut fades."""
GAP = 0.005
"""Seconds of nothing inside an utterance that somebody would hear."""


def voice_file(folder: Path) -> Path:
    """Somebody who speaks without a pause; played over and over."""
    path = folder / "voice.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(MICROPHONE_RATE)
        file.writeframes(sounds.voice(12, seed=5, level=-3, rate=MICROPHONE_RATE))
    return path


@contextmanager
def with_a_voice(browser: Browser, folder: Path) -> Iterator[Browser]:
    """Chromium whose microphone hears that voice."""
    found = chromium.launch(
        SimpleNamespace(chromium=browser.browser_type),
        timeout=2 * PATIENCE * 1000,
        args=[
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-audio-capture={voice_file(folder)}",
        ],
    )
    yield found
    found.close()


def serve_tap(app: Flask) -> None:
    """Playwright does not see requests for worklets: the application has to serve ours."""
    inner = app.wsgi_app

    def with_tap(environ: Any, start_response: Any) -> Any:
        if environ["PATH_INFO"] != TAP_PATH:
            return inner(environ, start_response)
        start_response("200 OK", [("Content-Type", "text/javascript")])
        return [TAP.read_bytes()]

    app.wsgi_app = with_tap  # type: ignore[method-assign]


def continues(whole: np.ndarray, begin: np.ndarray, more: np.ndarray) -> bool:
    """Whether `more` is what comes in `whole` after `begin`; zeros are no sound. The last of it may fade."""
    rest = whole[whole != 0][np.count_nonzero(begin) :]
    more = more[more != 0][:-FADE] if np.count_nonzero(more) > FADE else more[more != 0]
    return len(more) <= len(rest) and np.array_equal(rest[: len(more)], more)


class Recording:
    """All samples that a loudspeaker got, as the numbers that were sent, and when it got them."""

    def __init__(self, found: list[Any]) -> None:
        self.samples = np.rint(np.frombuffer(base64.b64decode(found[0]), dtype="<f4") * 32768).astype(int)
        self.times = np.frombuffer(base64.b64decode(found[1]), dtype="<f8") / 1000
        """Seconds of the clock on the wall, one for each 128 samples."""
        self.first = int(found[2])
        """Frame of the page's sound at which the samples begin."""
        self.flushed = [int(frame) for frame in found[3]]
        """Frames at which the player was told to fall silent."""

    def utterances(self, rate: int = 24_000) -> list[tuple[int, np.ndarray]]:
        """Where each begins and its samples; silence of more than `GAP` parts them."""
        loud = np.nonzero(self.samples)[0]
        parts = np.split(loud, np.nonzero(np.diff(loud) > GAP * rate)[0] + 1) if len(loud) else []
        return [(int(part[0]), self.samples[part[0] : part[-1] + 1]) for part in parts]

    def of(self, expected: list[np.ndarray]) -> list[tuple[int, np.ndarray]]:
        """The utterances, put together where a machine that stood still has made holes in them: what is heard after a
        hole is what was expected next."""
        found: list[tuple[int, np.ndarray]] = []
        for begin, samples in self.utterances():
            whole = expected[len(found) - 1] if found else samples[:0]
            if found and continues(whole, found[-1][1], samples):
                before, first = found[-1]
                hole = np.zeros(begin - before - len(first), dtype=first.dtype)
                found[-1] = (before, np.concatenate([first, hole, samples]))
            else:
                found.append((begin, samples))
        return found

    def ended(self, utterance: tuple[int, np.ndarray]) -> float:
        """When the last sample of it was played."""
        begin, samples = utterance
        return float(self.times[(begin + len(samples) - 1) // 128])

    def after_flush(self, utterance: tuple[int, np.ndarray]) -> int:
        """How many samples of it were played after the player was told to fall silent."""
        begin, samples = utterance
        told = [frame for frame in self.flushed if frame >= self.first + begin]
        return self.first + begin + len(samples) - min(told)


_TAPPED = """
  const found = await new Promise((done) => {
    tap.port.onmessage = ({ data }) => done(data);
    tap.port.postMessage('all');
  });
  const text = (array) => {
    const bytes = new Uint8Array(array.buffer);
    let found = '';
    for (let i = 0; i < bytes.length; i += 32768)
      found += String.fromCharCode.apply(null, bytes.subarray(i, i + 32768));
    return btoa(found);
  };
  return [text(found.samples), text(found.times), found.first, window.flushed];
"""


class Person:
    """`is_heard` says whether the other side takes what it hears now for speech; an answer is over after so many
    seconds of silence. With `frames`, each time after so many frames of their voice they fall silent by themselves."""

    def __init__(
        self, page: Page, site: Site, is_heard: Callable[[], object], *, thinking: float = 0.6, frames: int = 0
    ) -> None:
        self.page = page
        self.is_heard = is_heard
        self.recordings: list[Recording] = []
        """One for each call that was ended, by leaving or by the report that opened."""
        self._site = site
        self._thinking = thinking
        self._frames = frames
        page.expose_function("keepRecording", lambda *found: self.recordings.append(Recording(list(found))))

    def picks_up(self, button: str, **choices: Any) -> None:
        """From the page before the call on the line, silent, with the recorder running before any sound can come."""
        page = self.page
        page.locator("[name=thinking]").fill(str(self._thinking))
        for name, value in choices.items():
            page.check(f"[name={name}][value={value}]")
        page.evaluate(
            AWAIT
            % f"""
            const {{ voice }} = call;
            const open = voice.open.bind(voice);
            voice.open = async () => {{
              await open();
              const {{ context, node }} = voice.graph;
              await context.audioWorklet.addModule('{TAP_PATH}');
              window.tap = new AudioWorkletNode(context, 'tap');
              node.disconnect();
              node.connect(tap).connect(context.destination);
              call.controls.dispatchEvent(new CustomEvent('mute'));
            }};
            window.tapped = async () => {{ {_TAPPED} }};
            window.flushed = [];
            voice.addEventListener('flushed', ({{ detail }}) => window.flushed.push(detail.frame));
            const drained = voice.drained.bind(voice);
            voice.drained = async () => {{
              await drained();
              await keepRecording(...await tapped());
            }};
            window.playedMs = 0;
            voice.addEventListener('played', ({{ detail }}) => {{ window.playedMs = detail.ms; }});
            window.lines = 0;
            call.line.addEventListener('message', ({{ detail }}) => {{
              if (detail.type === 'said' && detail.final) window.lines += 1;
            }});
            call.microphone.addEventListener('frame', ({{ detail }}) => {{
              window.isSilent = detail.silent;
              if (detail.level < 0.02 || detail.silent) return;
              window.loudAt ??= Date.now() - 20;
              window.loudFrames = (window.loudFrames ?? 0) + 1;
              if (loudFrames === {self._frames}) call.controls.dispatchEvent(new CustomEvent('mute'));
            }});
            """
        )
        page.get_by_role("button", name=button).click()
        expect(page.get_by_role("button", name="Unmute")).to_be_visible()

    def begins_to_speak(self) -> None:
        """Until the other side has noticed."""
        self.page.evaluate("window.loudAt = window.loudFrames = undefined")
        self.page.get_by_role("button", name="Unmute").click()
        wait(self.is_heard)

    def falls_silent(self) -> None:
        if not self._frames:
            self.page.get_by_role("button", name="Mute", exact=True).click()
        wait(lambda: self.page.evaluate("isSilent"))

    def speaks(self) -> None:
        """A few words, once the interviewer listens. Silence ends them."""
        in_state(self.page, "muted")
        self.begins_to_speak()
        self.falls_silent()

    def answers(self) -> None:
        """The same, and says that this was all. A machine that stands still makes silence, too."""
        self.speaks()
        self.is_done()

    def is_done(self) -> None:
        self.page.get_by_role("button", name="I'm done").click()

    def hears_more(self, seconds: float) -> None:
        """So much more of what is being said now."""
        before = self.page.evaluate("playedMs")
        wait(lambda: self.page.evaluate("playedMs") >= before + seconds * 1000)

    def hears_question(self, number: int) -> None:
        """To its end."""
        line = self.page.locator(f".captions .interviewer[data-number='{number}']").last
        expect(line).to_have_attribute("data-kept", "saved", timeout=PATIENCE * 1000)
        expect(self.page.locator("#progress")).to_contain_text(f"Question {number} of")
        in_state(self.page, "muted")

    def answer_is_saved(self, text: str) -> None:
        line = self.page.locator(".captions .you", has_text=text)
        expect(line).to_have_attribute("data-kept", "saved", timeout=PATIENCE * 1000)

    def lines_heard(self) -> int:
        """How many lines the interviewer has finished in this call."""
        return int(self.page.evaluate("window.lines"))

    def records(self) -> Recording:
        """What the loudspeaker got until now."""
        return Recording(self.page.evaluate("tapped()"))

    def leaves(self) -> None:
        """To writing."""
        self.page.evaluate("tapped().then((found) => keepRecording(...found))")
        self.page.click("#leave")
