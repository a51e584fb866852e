"""What has come from the browser and was not read yet: bounded, whatever the browser does and however slow we are.

Sound that nobody read in time is worthless, so the oldest goes first, and is counted. Of pictures only the last ones
matter. Control messages are never dropped: who sends more of them than a person can cause is no browser of ours.
"""

from collections import deque
from collections.abc import Callable

from interview_coach.voice import wire

MOST_CONTROL = 256
MOST_CONTROL_BYTES = 1024 * 1024
MOST_PICTURES = 2
OVERHEAD = 64
"""Bytes that a message costs beside its content, so that empty ones count as well."""

_MICROPHONE = bytes([wire.MICROPHONE])
_PICTURES = frozenset(bytes([kind]) for kind in wire.PICTURES)


def is_sound(message: str | bytes) -> bool:
    """True for a piece of the microphone."""
    return isinstance(message, bytes) and message[:1] == _MICROPHONE


def is_picture(message: str | bytes) -> bool:
    """True for a picture of the screen or the camera."""
    return isinstance(message, bytes) and message[:1] in _PICTURES


class Flood(Exception):
    """More control messages than any page of ours sends."""


class Inbox:
    """Whole messages in the order in which they came. `most_sound` is in bytes and may change."""

    def __init__(self, most_sound: int) -> None:
        self.most_sound = most_sound
        self.dropped = 0
        """Messages of sound that nobody will hear."""
        self._messages: deque[str | bytes] = deque()
        self._sound = 0
        self._pictures = 0
        self._control = 0
        self._control_bytes = 0

    def __len__(self) -> int:
        return len(self._messages)

    @property
    def sound_bytes(self) -> int:
        return self._sound

    def put(self, message: str | bytes) -> None:
        """Raises Flood, and then keeps nothing of this message."""
        if is_sound(message):
            self._sound += len(message) + OVERHEAD
            while self._sound > self.most_sound and self._drop(is_sound):
                self.dropped += 1
        elif is_picture(message):
            if self._pictures == MOST_PICTURES:
                self._drop(is_picture)
            self._pictures += 1
        else:
            if self._control >= MOST_CONTROL or self._control_bytes + len(message) > MOST_CONTROL_BYTES:
                raise Flood
            self._control += 1
            self._control_bytes += len(message)
        self._messages.append(message)

    def get(self) -> str | bytes:
        """The oldest message. IndexError when there is none."""
        message = self._messages.popleft()
        self._forget(message)
        return message

    def clear(self) -> None:
        """Drop everything."""
        while self._messages:
            self.get()

    def _drop(self, what: Callable[[str | bytes], bool]) -> bool:
        # The first one of its kind has at most the control messages and pictures in front of it.
        for place, message in enumerate(self._messages):
            if what(message):
                del self._messages[place]
                self._forget(message)
                return True
        return False

    def _forget(self, message: str | bytes) -> None:
        if is_sound(message):
            self._sound -= len(message) + OVERHEAD
        elif is_picture(message):
            self._pictures -= 1
        else:
            self._control -= 1
            self._control_bytes -= len(message)
