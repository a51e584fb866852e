"""An ear at the loudspeaker of the page, and another one at its microphone."""

import base64

import numpy as np
from playwright.sync_api import Page

from tests.browser.call.conftest import AWAIT, RATE
from tests.browser.call.far_end import End, Heard
from tests.patience import eventually

CUT = 120 + 128
"""Samples that are heard after a cut: 5 ms in which it fades, and one block of the browser's sound."""
MANY = 15
"""Frames of 20 ms; the tone of the stand-in microphone never rests so long."""
LOUD = 600
"""A sample of the tone of the stand-in microphone is louder; noise suppression takes most of a steady tone away."""


def loudest(messages: list[Heard]) -> int:
    """The largest sample of these messages."""
    return max((int(np.abs(np.frombuffer(m.payload, "<i2").astype(int)).max()) for m in messages), default=0)


def becomes(end: End, loud: bool) -> bool:
    """Whether the microphone sends 0.3 s in a row of sound, or of nothing at all, from now on; what was under way may
    come first."""
    count = len(end.microphone())

    def lately() -> bool:
        frames = end.microphone()[count:][-MANY:]
        return len(frames) == MANY and (loudest(frames) > LOUD if loud else loudest(frames) == 0)

    return eventually(lately)


def tap(page: Page) -> None:
    """Listen to what the loudspeaker gets, from now on."""
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
