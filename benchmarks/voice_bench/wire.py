"""WebSocket frames with as little work as Python can do, and the stamps that travel inside of the sound.

A frame of the microphone (20 ms, 640 bytes at 16 kHz) begins with `MIC`; what the vendor sends back begins with `BACK`
and says which of them it answers, and how long it held them.
"""

import os
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

from websockets.speedups import apply_mask

FRAME = 640
"""Bytes of 20 ms at 16 kHz."""
MIC = struct.Struct("<4sId")
"""Magic, number, when it was sent."""
BACK = struct.Struct("<4sHdd")
"""Magic, how many, when they came, when they were sent back. Behind it, number and sending time of each."""
ONE = struct.Struct("<Id")
TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
RANK = 5
"""Real-time priority of what is measured and of what measures."""


class Echo(NamedTuple):
    """What came back in one message."""

    frames: list[tuple[int, float]]
    """Number, and when it was sent."""
    held: float
    """Seconds at the vendor."""


def now() -> float:
    return time.clock_gettime(time.CLOCK_MONOTONIC)


def stamps(sound: bytes) -> list[tuple[int, float]]:
    """Of the frames of the microphone in a piece of sound."""
    found = []
    for at in range(0, len(sound), FRAME):
        if sound.startswith(b"MIC0", at):
            _, number, sent = MIC.unpack_from(sound, at)
            found.append((number, sent))
    return found


def answer(sound: bytes, came: float) -> bytes:
    """As much sound at 24 kHz, with the stamps."""
    found = stamps(sound)
    head = BACK.pack(b"BACK", len(found), came, now()) + b"".join(ONE.pack(*one) for one in found)
    return head + bytes(len(sound) * 3 // 2 - len(head))


def read(sound: bytes) -> Echo | None:
    """What the vendor says about it; a frame that came back as it was counts as held for no time."""
    if sound.startswith(b"BACK"):
        _, count, came, sent = BACK.unpack_from(sound)
        return Echo([ONE.unpack_from(sound, BACK.size + at * ONE.size) for at in range(count)], sent - came)  # type: ignore[misc]
    found = stamps(sound)
    return Echo(found, 0.0) if found else None


def pack(opcode: int, payload: bytes, *, masked: bool = False) -> bytes:
    """A whole frame. The mask is zero, which is legal and costs the sender nothing."""
    size, bit = len(payload), 0x80 if masked else 0
    head = bytes([0x80 | opcode])
    if size < 126:
        head += bytes([bit | size])
    elif size < 65536:
        head += bytes([bit | 126]) + size.to_bytes(2, "big")
    else:
        head += bytes([bit | 127]) + size.to_bytes(8, "big")
    return head + (b"\0\0\0\0" if masked else b"") + payload


class Frames:
    """Bytes as they come -> whole messages. Nobody here sends one in pieces."""

    def __init__(self, take: Callable[[int, bytes], None]) -> None:
        self._take = take
        self._rest = b""

    def feed(self, data: bytes) -> None:
        data = self._rest + data if self._rest else data
        at, end = 0, len(data)
        while end - at >= 2:
            size, body = data[at + 1] & 0x7F, at + 2
            if size == 126:
                size, body = int.from_bytes(data[at + 2 : at + 4], "big"), at + 4
            elif size == 127:
                size, body = int.from_bytes(data[at + 2 : at + 10], "big"), at + 10
            masked = end > at + 1 and data[at + 1] & 0x80
            if masked:
                body += 4
            if end < body + size:
                break
            payload = data[body : body + size]
            if masked and (mask := data[body - 4 : body]) != b"\0\0\0\0":
                payload = apply_mask(payload, mask)
            self._take(data[at] & 0x0F, payload)
            at = body + size
        self._rest = data[at:]


def pin(core: int) -> None:
    """This process and what it starts, on one core, and before everything else there if that is allowed: whatever the
    machine does beside must not become our latency."""
    os.sched_setaffinity(0, {core})
    with suppress(OSError):
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(RANK))


def prefer(thread: int) -> None:
    """This thread of the process comes before its others, and they before other processes. So it normally is with one
    that sleeps much; with real-time priority those of the same rank wait for each other."""
    with suppress(OSError):
        for other in map(int, os.listdir("/proc/self/task")):  # noqa: PTH208 (names only)
            os.sched_setscheduler(other, os.SCHED_RR, os.sched_param(RANK if other == thread else RANK - 1))
