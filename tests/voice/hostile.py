"""Peers that mean harm, in a process of their own: `python -m tests.voice.hostile PORT SECONDS`.

One never reads, one floods with sound and reads, one floods with control messages, one sends noise, one fragments
without end. Each dials again when it is thrown out. The last line of output says what they achieved, as JSON.
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


def never_reads(browser: Browser, end: float) -> Iterator[int]:
    """Has sound sent back to it and takes none of it."""
    frame = browser.frame(sound(bytes(SOUND)))
    while time.monotonic() < end:
        browser.sock.sendall(frame)
        yield 1


def floods(browser: Browser, end: float) -> Iterator[int]:
    """Takes everything, and sends as fast as the wire takes it."""
    frames = browser.frame(sound(bytes(SOUND))) * 50

    def read() -> None:
        with suppress(OSError):
            while browser.sock.recv(65536):
                pass

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    while time.monotonic() < end:
        browser.sock.sendall(frames)
        yield 50


def controls(browser: Browser, end: float) -> Iterator[int]:
    """Nothing but small messages."""
    frames = browser.frame('{"type":"pause"}') * 500
    while time.monotonic() < end:
        browser.sock.sendall(frames)
        yield 500


def noise(browser: Browser, end: float) -> Iterator[int]:
    """Bytes that mean nothing."""
    browser.sock.sendall(random.randbytes(random.randrange(1, 5000)))
    browser.end()
    yield 1


def fragments(browser: Browser, end: float) -> Iterator[int]:
    """A message that never ends."""
    browser.sock.sendall(browser.frame(sound(b""), finished=False))
    frames = browser.frame(b"", finished=False) * 500
    while time.monotonic() < end:
        browser.sock.sendall(frames)
        yield 500


def attack(how: str, port: int, end: float, done: dict[str, list[int]]) -> None:
    """Again and again, until the end. Counts dials and what was sent."""
    done[how] = [0, 0]
    while time.monotonic() < end:
        with suppress(OSError, EOFError, IndexError), Browser(port, window=4096) as browser:
            done[how][0] += 1
            browser.sock.settimeout(max(0.1, end - time.monotonic()))
            for sent in globals()[how](browser, end):
                done[how][1] += sent
        time.sleep(0.05)


def main() -> None:
    port, seconds = int(sys.argv[1]), float(sys.argv[2])
    end = time.monotonic() + seconds
    done: dict[str, list[int]] = {}
    hows = ("never_reads", "floods", "controls", "noise", "fragments")
    threads = [threading.Thread(target=attack, args=(how, port, end, done)) for how in hows]
    for thread in threads:
        thread.start()
    print("attacking", flush=True)
    for thread in threads:
        thread.join()
    print(json.dumps(done), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main()
