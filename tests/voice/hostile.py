"""Peers that mean harm, in a process of their own: `python -m tests.voice.hostile PORT`, until its input ends.

One never reads, one floods with sound and reads, one floods with control messages, one sends noise, one fragments
without end. Each dials again when it is thrown out. A line `beaten` says that this has happened to all of them but the
second, which TCP slows down to what is taken from it; the last line of output says what they achieved, as JSON.
"""

import json
import os
import random
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

from tests.voice.lines import Browser, sound

SOUND = 1024
HOWS = ("never_reads", "floods", "controls", "noise", "fragments")
MANY = 6
"""So often noise is thrown out before it counts."""
_noise = random.Random(5)
"""The same in every run: by chance it may begin like a long message, whose rest is then waited for."""


def never_reads(browser: Browser) -> Iterator[int]:
    """Has sound sent back to it and takes none of it."""
    frame = browser.frame(sound(bytes(SOUND)))
    while True:
        browser.sock.sendall(frame)
        yield 1


def floods(browser: Browser) -> Iterator[int]:
    """Takes everything, and sends as fast as the wire takes it."""
    frames = browser.frame(sound(bytes(SOUND))) * 50

    def read() -> None:
        with suppress(OSError):
            while browser.sock.recv(65536):
                pass

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    while True:
        browser.sock.sendall(frames)
        yield 50


def controls(browser: Browser) -> Iterator[int]:
    """Nothing but small messages."""
    frames = browser.frame('{"type":"pause"}') * 500
    while True:
        browser.sock.sendall(frames)
        yield 500


def noise(browser: Browser) -> Iterator[int]:
    """Bytes that mean nothing."""
    browser.sock.sendall(_noise.randbytes(_noise.randrange(1, 5000)))
    browser.end()
    yield 1


def fragments(browser: Browser) -> Iterator[int]:
    """A message that never ends."""
    browser.sock.sendall(browser.frame(sound(b""), finished=False))
    frames = browser.frame(b"", finished=False) * 500
    while True:
        browser.sock.sendall(frames)
        yield 500


def attack(how: str, port: int, done: dict[str, list[int]]) -> None:
    """Again and again. Counts dials and what was sent."""
    while True:
        with suppress(OSError, EOFError, IndexError), Browser(port, window=4096) as browser:
            done[how][0] += 1
            for sent in globals()[how](browser):
                done[how][1] += sent
        time.sleep(0.05)


def main() -> None:
    port = int(sys.argv[1])
    done = {how: [0, 0] for how in HOWS}
    for how in HOWS:
        threading.Thread(target=attack, args=(how, port, done), daemon=True).start()
    print("attacking", flush=True)
    threading.Thread(target=report, args=(done,), daemon=True).start()
    sys.stdin.read()
    print(json.dumps(done), flush=True)
    os._exit(0)


def report(done: dict[str, list[int]]) -> None:
    """Say when they have been thrown out: who dials again was."""
    while any(dials < 2 for how, (dials, _) in done.items() if how != "floods") or done["noise"][0] < MANY:
        time.sleep(0.05)
    print("beaten", flush=True)


if __name__ == "__main__":
    main()
