"""What waits to be sent to the browser, in order. Sound belongs to an epoch: after an interruption the sound of an
earlier one must not be played any more, so what still lies here is dropped."""

from collections import deque

from interview_coach.voice import wire

SLICE = 4800
"""Bytes of 100 ms, mono s16le at 24 kHz: small enough that a text message never waits long behind sound."""


class Outbox:
    """Text (str) and packed sound (bytes)."""

    def __init__(self) -> None:
        self.epoch = 0
        self.size = 0
        """Bytes of everything here, near enough."""
        self._items: deque[tuple[int | None, str | bytes]] = deque()
        self._half = b""

    def __len__(self) -> int:
        return len(self._items)

    def put_text(self, text: str) -> None:
        self._items.append((None, text))
        self.size += len(text)

    def put_sound(self, epoch: int, pcm: bytes) -> None:
        """Sound of an epoch that is over is not even queued. Half a sample waits for its other half, because all that
        follows would be noise."""
        if epoch < self.epoch:
            return
        if self._half:
            pcm, self._half = self._half + pcm, b""
        if len(pcm) % 2:
            self._half, pcm = pcm[-1:], pcm[:-1]
        for at in range(0, len(pcm), SLICE):
            whole = wire.pack(wire.INTERVIEWER, epoch, pcm[at : at + SLICE])
            self._items.append((epoch, whole))
            self.size += len(whole)

    def flush(self, epoch: int) -> None:
        """Drop sound of any earlier epoch, now and from now on."""
        self.epoch = epoch
        self._keep(epoch)

    def hush(self) -> None:
        """Drop all sound that waits."""
        self._keep(None)

    def clear(self) -> None:
        """Drop everything."""
        self._items.clear()
        self.size = 0

    def get(self) -> str | bytes:
        """The oldest message. IndexError when there is none."""
        _, item = self._items.popleft()
        self.size -= len(item)
        return item

    def _keep(self, least: int | None) -> None:
        self._half = b""
        kept = [(epoch, item) for epoch, item in self._items if epoch is None or (least is not None and epoch >= least)]
        self._items = deque(kept)
        self.size = sum(len(item) for _, item in kept)
