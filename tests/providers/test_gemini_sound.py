"""Sound on the wire of Gemini's live voice: what we write and read by hand is what the SDK writes and reads."""

import asyncio
import base64
import json
import random
from typing import Any

import pytest
from google import genai
from google.genai import live, types

from interview_coach.providers.gemini_sound import Wire, pack, unpack

PCM = random.Random(4).randbytes(960)
MIC = "audio/pcm;rate=16000"
VOICE = "audio/pcm;rate=24000"


class Socket:
    """Keeps what was sent, and gives what it was given."""

    def __init__(self, *messages: bytes) -> None:
        self.sent: list[str] = []
        self.closed = False
        self._messages = list(messages)

    async def send(self, message: str) -> None:
        self.sent.append(message)

    async def recv(self, *, decode: bool = True) -> bytes:
        assert decode is False
        return self._messages.pop(0)

    async def close(self) -> None:
        self.closed = True


def session(socket: Socket) -> live.AsyncSession:
    client = genai.Client(enterprise=False, api_key="a-key-of-nobody")
    return live.AsyncSession(api_client=client._api_client, websocket=socket)  # type: ignore[arg-type]


def sound(mime: str = VOICE, data: str | None = None, **content: Any) -> dict[str, Any]:
    inline = {"mimeType": mime, "data": base64.b64encode(PCM).decode() if data is None else data}
    return {"serverContent": {"modelTurn": {"parts": [{"inlineData": inline}]}, **content}}


def dumped(message: Any, **how: Any) -> bytes:
    return json.dumps(message, **how).encode()


@pytest.mark.parametrize("pcm", [PCM, PCM[:640], b"\xfb\xff", b""])
def test_what_goes_up_is_what_the_sdk_sends(pcm: bytes) -> None:
    socket = Socket()
    asyncio.run(session(socket).send_realtime_input(audio=types.Blob(data=pcm, mime_type=MIC)))
    assert [pack(pcm, MIC)] == socket.sent


@pytest.mark.parametrize(
    "raw",
    [
        dumped(sound()),
        dumped(sound(), indent=2),
        dumped(sound(), separators=(",", ":")),
        dumped(sound(data=base64.urlsafe_b64encode(PCM).decode())),
        dumped(sound(mime="audio/pcm")),
        b'{"serverContent":{"modelTurn":{"role":"model","parts":[{"inlineData":{"data":"%s","mimeType":"%s"}}]}}}'
        % (base64.b64encode(PCM), VOICE.encode()),
    ],
)
def test_what_comes_down_is_what_the_sdk_reads(raw: bytes) -> None:
    async def read() -> types.LiveServerMessage:
        return await anext(session(Socket(raw)).receive())  # type: ignore[arg-type]

    message = asyncio.run(read())
    assert message.server_content is not None and message.server_content.model_turn is not None
    (part,) = message.server_content.model_turn.parts or []
    assert part.inline_data is not None
    assert unpack(raw) == (part.inline_data.data, part.inline_data.mime_type)


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"setupComplete": {}},
        sound(turnComplete=True),
        sound(interrupted=True),
        {**sound(), "usageMetadata": {"promptTokenCount": 1}},
        {"serverContent": {"modelTurn": {"parts": sound()["serverContent"]["modelTurn"]["parts"] * 2}}},
        sound(mime="image/png"),
        sound(data="abc"),
        sound(data="ab=c"),
        sound(data="\\u0041"),
        {"serverContent": {"outputTranscription": {"text": '"inlineData": {"data": "QUJD"}'}}},
    ],
)
def test_anything_else_is_left_to_the_sdk(message: Any) -> None:
    assert unpack(dumped(message)) is None
    assert unpack(dumped(sound())[:-1]) is None, "a message that was cut"


def test_what_is_put_back_is_read_by_the_session_before_what_came_later() -> None:
    first, second = dumped(sound(turnComplete=True)), dumped({"goAway": {"timeLeft": "5s"}})
    socket = Socket(first, second)
    raw = session(socket)
    wire = Wire(raw)

    async def work() -> list[types.LiveServerMessage]:
        wire.back(await wire.read())
        got = [await anext(raw.receive())]  # type: ignore[arg-type]
        got.append(await anext(raw.receive()))  # type: ignore[arg-type]
        await raw.send_realtime_input(audio_stream_end=True)
        await raw.close()
        return got

    got = asyncio.run(work())
    assert got[0].server_content is not None and got[0].server_content.turn_complete
    assert got[1].go_away is not None
    assert json.loads(socket.sent[0]) == {"realtime_input": {"audioStreamEnd": True}}
    assert socket.closed
