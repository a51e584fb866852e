"""Frames of a WebSocket (RFC 6455, 5 to 7), as a server reads and writes them once the handshake is over.

wsproto, which does the handshake, takes thirty microseconds for a frame of sound, and a call has a hundred of them in a
second; here it is four. There are no extensions, because none is agreed to.
"""

import struct
from collections.abc import Callable
from typing import NamedTuple

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
"""Kinds of frames (opcodes)."""
PROTOCOL_ERROR, NO_STATUS, NO_TEXT, TOO_BIG = 1002, 1005, 1007, 1009
"""Close codes."""
LONGEST_CONTROL = 125
"""Bytes in a frame that is no part of a message."""
_LAST, _RESERVED, _KIND, _CONTROL = 0x80, 0x70, 0x0F, 0x08
_MASKED, _SIZE = 0x80, 0x7F
_IN_TWO_BYTES, _IN_EIGHT_BYTES = 126, 127
_CODE, _MEDIUM, _LONG = struct.Struct("!H"), struct.Struct("!BBH"), struct.Struct("!BBQ")


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
    """Bytes as they come -> messages. `most` gives how many bytes a binary message that begins with this byte may have.
    A text may have `least` of them, and so many are not too many for any."""

    def __init__(self, least: int, most: Callable[[int], int]) -> None:
        self._least = least
        self._most = most
        self._rest = bytearray()
        self._kind: int | None = None
        """Of a message that comes in pieces."""
        self._pieces: list[bytes] = []
        self._size = 0

    def feed(self, data: bytes | memoryview) -> None:
        """So much has come."""
        self._rest += data

    def clear(self) -> None:
        """Forget what has come."""
        self._rest.clear()
        self._pieces.clear()

    def take(self) -> str | bytes | Control | None:
        """The next whole message, or what else came; None when more must come. Raises Breach."""
        rest = self._rest
        if len(rest) < 2:
            return None
        first, second = rest[0], rest[1]
        kind, size, begin = first & _KIND, second & _SIZE, 6
        if first & _RESERVED or not second & _MASKED:
            raise Breach(PROTOCOL_ERROR)
        if kind & _CONTROL:
            if kind > PONG or size > LONGEST_CONTROL or not first & _LAST:
                raise Breach(PROTOCOL_ERROR)
        elif kind > BINARY or (kind == CONTINUATION) is (self._kind is None):
            raise Breach(PROTOCOL_ERROR)
        if size >= _IN_TWO_BYTES:
            begin = 8 if size == _IN_TWO_BYTES else 14
            if len(rest) < begin:
                return None
            size = _long_size(rest[2 : begin - 4])
        end = begin + size
        if self._size + size > self._least and not kind & _CONTROL:
            self._check(kind or self._kind, size, begin)
        if len(rest) < end:
            return None
        payload = _unmasked(rest[begin:end], rest[begin - 4 : begin])
        del rest[:end]
        if kind & _CONTROL:
            return Control(kind, payload)
        if kind and first & _LAST:
            return _text(payload) if kind == TEXT else payload
        return self._piece(kind, payload, is_last=bool(first & _LAST))

    def _check(self, kind: int | None, size: int, begin: int) -> None:
        """Refuse what is too large before it is there. Its first byte must be."""
        most = self._least
        if kind == BINARY:
            start = b"".join(self._pieces[:1]) or _unmasked(
                self._rest[begin : begin + 1], self._rest[begin - 4 : begin - 3]
            )
            if not start:
                return
            most = max(most, self._most(start[0]))
        if self._size + size > most:
            raise Breach(TOO_BIG)

    def _piece(self, kind: int, payload: bytes, *, is_last: bool) -> str | bytes | Control:
        self._kind = kind or self._kind
        if payload:
            self._pieces.append(payload)
            self._size += len(payload)
        if not is_last:
            return Control(CONTINUATION)
        kind, whole = self._kind or BINARY, b"".join(self._pieces)
        self._kind, self._pieces, self._size = None, [], 0
        return _text(whole) if kind == TEXT else whole


def pack(kind: int, payload: bytes) -> bytes:
    """A whole message or control frame."""
    size = len(payload)
    if size < _IN_TWO_BYTES:
        return bytes((_LAST | kind, size)) + payload
    if size < 1 << 16:
        return _MEDIUM.pack(_LAST | kind, _IN_TWO_BYTES, size) + payload
    return _LONG.pack(_LAST | kind, _IN_EIGHT_BYTES, size) + payload


def goodbye(code: int, reason: str = "") -> bytes:
    """A close frame. Of the reason as much is sent as there is room for."""
    words = reason.encode()[: LONGEST_CONTROL - _CODE.size].decode(errors="ignore")
    return pack(CLOSE, _CODE.pack(code) + words.encode())


def code_of(payload: bytes) -> int:
    """With what the peer closes. Raises Breach."""
    if not payload:
        return NO_STATUS
    if len(payload) < _CODE.size:
        raise Breach(PROTOCOL_ERROR)
    code: int = _CODE.unpack_from(payload)[0]
    if not (1000 <= code <= 1003 or 1007 <= code <= 1014 or 3000 <= code <= 4999):
        raise Breach(PROTOCOL_ERROR)
    _text(payload[_CODE.size :])
    return code


def _text(payload: bytes) -> str:
    try:
        return payload.decode()
    except UnicodeDecodeError:
        raise Breach(NO_TEXT) from None


def _long_size(field: bytes | bytearray) -> int:
    """Of two or eight bytes. Smaller numbers have a shorter form, and the highest bit is never used."""
    size = int.from_bytes(field, "big")
    if size < (_IN_TWO_BYTES if len(field) == 2 else 1 << 16) or size >> 63:
        raise Breach(PROTOCOL_ERROR)
    return size


def _unmasked(payload: bytes | bytearray, mask: bytes | bytearray) -> bytes:
    """As one large number each: a loop over the bytes would take a hundred times as long."""
    size = len(payload)
    whole = (mask * (size // 4 + 1))[:size]
    return (int.from_bytes(payload, "little") ^ int.from_bytes(whole, "little")).to_bytes(size, "little")
