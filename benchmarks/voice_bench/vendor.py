"""A vendor with TLS that returns sound for sound: Gemini's live JSON at its path, bytes for bytes at any other.

python -m benchmarks.voice_bench.vendor CERTIFICATE KEY CORE      prints its port
"""

import asyncio
import base64
import hashlib
import json
import ssl
import sys

from benchmarks.voice_bench import wire

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TURN = 250
"""Messages of sound in one turn of the interviewer."""
_HEAD = b'{"serverContent":{"modelTurn":{"role":"model","parts":[{"inlineData":{"data":"'
_TAIL = b'","mimeType":"audio/pcm;rate=24000"}}]}}}'


class Line(asyncio.Protocol):
    """One connection."""

    def __init__(self) -> None:
        self._head = b""
        self._gemini = False
        self._set_up = False
        self._sent = 0
        self._frames: wire.Frames | None = None
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        if self._frames is not None:
            self._frames.feed(data)
            return
        self._head += data
        if b"\r\n\r\n" not in self._head:
            return
        head, rest = self._head.split(b"\r\n\r\n", 1)
        self._gemini = b"BidiGenerateContent" in head.split(b"\r\n", 1)[0]
        fields = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:])
        key = next(value for name, value in fields.items() if name.lower() == b"sec-websocket-key")
        accept = base64.b64encode(hashlib.sha1(key + GUID).digest())
        self._transport.write(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n"
        )
        self._frames = wire.Frames(self._take)
        if rest:
            self._frames.feed(rest)

    def _take(self, opcode: int, payload: bytes) -> None:
        if opcode == wire.PING:
            self._transport.write(wire.pack(wire.PONG, payload))
        elif opcode == wire.CLOSE:
            self._transport.write(wire.pack(wire.CLOSE, payload[:2]))
            self._transport.close()
        elif opcode in (wire.TEXT, wire.BINARY):
            came = wire.now()
            if self._gemini:
                self._json(payload, came)
            else:
                self._transport.write(wire.pack(wire.BINARY, wire.answer(payload, came)))

    def _json(self, payload: bytes, came: float) -> None:
        message = json.loads(payload)
        if not self._set_up:
            self._set_up = True
            self._transport.write(wire.pack(wire.BINARY, b'{"setupComplete":{}}'))
            return
        audio = message.get("realtime_input", message.get("realtimeInput", {})).get("audio")
        if audio is None:
            return
        data = audio["data"].replace("-", "+").replace("_", "/")
        back = base64.b64encode(wire.answer(base64.b64decode(data), came))
        out = wire.pack(wire.BINARY, _HEAD + back + _TAIL)
        self._sent += 1
        if self._sent % TURN == 0:
            out += wire.pack(wire.BINARY, b'{"serverContent":{"turnComplete":true}}')
        self._transport.write(out)


async def main() -> None:
    cafile, keyfile, core = sys.argv[1:]
    wire.pin(int(core))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cafile, keyfile)
    server = await asyncio.get_running_loop().create_server(Line, "127.0.0.1", 0, ssl=context, backlog=500)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
