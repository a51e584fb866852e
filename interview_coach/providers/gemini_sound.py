"""Messages of sound to and from Gemini's live voice, written and read by hand.

They are nearly all of the traffic, fifty a second and call each way, and the SDK builds and checks objects for each: a
quarter of a millisecond a pair, against a few microseconds here. Everything else is left to the SDK. A test holds what
we write equal to what the SDK writes, byte for byte, and what we read equal to what it reads.
"""

import binascii
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from google.genai.live import AsyncSession

_TO_PLAIN = bytes.maketrans(b"-_", b"+/")
_DATA = rb'"data"\s*:\s*"([^"]*)"'
_MIME = rb'"mimeType"\s*:\s*"(audio/[^"\\]*)"'
_OPEN, _CLOSE = rb"\s*\{\s*", rb"\s*\}\s*"
_SOUND = re.compile(
    _OPEN
    + rb'"serverContent"\s*:'
    + _OPEN
    + rb'"modelTurn"\s*:'
    + _OPEN
    + rb'(?:"role"\s*:\s*"model"\s*,\s*)?"parts"\s*:\s*\['
    + _OPEN
    + rb'"inlineData"\s*:'
    + _OPEN
    + rb"(?:" + _MIME + rb"\s*,\s*" + _DATA + rb"|" + _DATA + rb"\s*,\s*" + _MIME + rb")"
    + _CLOSE * 2
    + rb"\]"
    + _CLOSE * 3
)  # fmt: skip


def pack(pcm: bytes, mime: str) -> str:
    """The message that brings a piece of the microphone's sound up."""
    data = binascii.b2a_base64(pcm, newline=False).decode().replace("+", "-").replace("/", "_")
    return f'{{"realtime_input": {{"audio": {{"data": "{data}", "mime_type": "{mime}"}}}}}}'


def unpack(message: bytes) -> tuple[bytes, str] | None:
    """Sound and MIME type of a message that holds one piece of sound and nothing else. None: for the SDK to read."""
    found = _SOUND.fullmatch(message)
    if found is None:
        return None
    mime, data, data_first, mime_last = found.groups()
    try:
        return binascii.a2b_base64((data or data_first or b"").translate(_TO_PLAIN), strict_mode=True), (
            mime or mime_last
        ).decode()
    except ValueError:
        return None


class Wire:
    """The socket of an SDK's session, read by us first: `read` gives what came, `back` lets the session read it."""

    def __init__(self, session: "AsyncSession") -> None:
        self._socket: Any = session._ws
        self._back: bytes | None = None
        session._ws = self  # type: ignore[assignment]

    async def read(self) -> bytes:
        """The next message, as it came."""
        message: bytes = await self._socket.recv(decode=False)
        return message

    def back(self, message: bytes) -> None:
        """The session's next `recv` is given this."""
        self._back = message

    async def recv(self, *, decode: bool = False) -> bytes:
        """For the session."""
        message, self._back = self._back, None
        if message is not None:
            return message
        found: bytes = await self._socket.recv(decode=decode)
        return found

    async def send(self, message: str) -> None:
        """One text message."""
        await self._socket.send(message)

    async def close(self) -> None:
        """For the session."""
        await self._socket.close()
