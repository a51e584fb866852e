"""Messages of a WebSocket (RFC 6455, 5 to 7), as a server reads and writes them once the handshake is over.

The rules of the protocol are those of `websockets`, which takes a third of the time of wsproto for a frame of sound; a
call has a hundred of them in a second. There are no extensions, because none is agreed to.
"""

import logging
from collections import deque
from collections.abc import Callable
from typing import NamedTuple

from websockets.frames import Close, Frame, Opcode
from websockets.protocol import Protocol, Side

from interview_coach.voice.close_codes import NO_TEXT, PROTOCOL_ERROR, TOO_BIG

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = map(int, Opcode)
"""Kinds of frames (opcodes)."""
_LONGEST_REASON = 123
"""Bytes in a close frame beside its code."""
_NOWHERE = logging.Logger("frames", logging.CRITICAL + 1)
"""The library would log what people say, where everything is logged."""


class Control(NamedTuple):
    """A frame that is no message. CONTINUATION stands for a piece that completes none: it counts, and says nothing."""

    kind: int
    payload: bytes = b""


class Breach(Exception):
    """The peer has broken the protocol or sends too much. Close with `code`; nothing that follows has a meaning."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


class Frames:
    """Bytes as they come -> messages. None may be `longest` bytes long or more than `limit` gives for its kind and its
    first byte.

    What the library would answer is not used: of several pings only the last needs an answer, and of goodbyes whoever
    has the connection knows which is the first.
    """

    def __init__(self, longest: int, limit: Callable[[int, int], int]) -> None:
        self._protocol = Protocol(Side.SERVER, max_size=longest, logger=_NOWHERE)
        self._limit = limit
        self._come: deque[Frame] = deque()
        self._kind = BINARY
        self._pieces: list[bytes] = []
        self._size = 0

    def feed(self, data: bytes) -> None:
        """So much has come."""
        self._protocol.receive_data(data)
        self._come.extend(frame for frame in self._protocol.events_received() if isinstance(frame, Frame))
        self._protocol.data_to_send()

    def clear(self) -> None:
        """Forget what has come."""
        self._come.clear()
        self._pieces, self._size = [], 0

    def take(self) -> str | bytes | Control | None:
        """The next whole message, or what else came; None when more must come. Raises Breach."""
        if not self._come:
            if self._protocol.parser_exc is not None:
                sent = self._protocol.close_sent
                raise Breach(int(sent.code) if sent else PROTOCOL_ERROR)
            return None
        frame = self._come.popleft()
        kind, payload = int(frame.opcode), bytes(frame.data)
        if kind >= CLOSE:
            return Control(kind, payload)
        if kind != CONTINUATION:
            self._kind = kind
        if payload:
            self._pieces.append(payload)
            self._size += len(payload)
            if self._size > self._limit(self._kind, self._pieces[0][0]):
                raise Breach(TOO_BIG)
        if not frame.fin:
            return Control(CONTINUATION)
        whole, self._pieces, self._size = b"".join(self._pieces), [], 0
        return _text(whole) if self._kind == TEXT else whole


def pack(kind: int, payload: bytes) -> bytes:
    """A whole message or control frame."""
    return Frame(Opcode(kind), payload).serialize(mask=False)


def goodbye(code: int, reason: str = "") -> bytes:
    """A close frame. Of the reason as much is sent as there is room for."""
    words = reason.encode()[:_LONGEST_REASON].decode(errors="ignore")
    return pack(CLOSE, Close(code, words).serialize())


def code_of(payload: bytes) -> int:
    """With what the peer closes."""
    return int(Close.parse(payload).code)


def _text(payload: bytes) -> str:
    try:
        return payload.decode()
    except UnicodeDecodeError:
        raise Breach(NO_TEXT) from None
