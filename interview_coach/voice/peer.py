"""Whoever is on the other end of a call, as the call sees it. `socket.py` makes one out of a WebSocket; tests make
their own."""

from collections.abc import Mapping
from typing import Any, Protocol


class PeerGone(Exception):
    """The other end has hung up, went silent, or was closed by us. `code` is the WebSocket's close code."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


class Peer(Protocol):
    """One browser. Everything here belongs to one event loop, and nothing here blocks it."""

    async def receive(self) -> str | bytes:
        """The next whole message. Raises PeerGone for good."""
        ...

    def tell(self, message: Mapping[str, Any]) -> None:
        """Queue a text message (JSON). Never dropped; a peer that does not read is closed instead."""
        ...

    def voice(self, epoch: int, pcm: bytes) -> None:
        """Queue the interviewer's sound, mono s16le 24 kHz, any length: it is cut into messages of at most 100 ms."""
        ...

    def flush(self, epoch: int) -> None:
        """Drop queued sound of any earlier epoch."""
        ...

    async def close(self, code: int = 1000, reason: str = "") -> None:
        """Send what is queued, then the close code, and be gone after two seconds at the latest."""
        ...


def complain(peer: Peer, code: str, message: str, retry_after: float | None = None) -> None:
    """Tell what went wrong, in words for a person. `retry_after` is in seconds."""
    peer.tell({"type": "error", "code": code, "message": message, "retry_after": retry_after})
