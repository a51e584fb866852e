"""A server of OpenAI's kind that hears, speaks and chats: /audio/transcriptions, /audio/speech, /chat/completions.

`python -m tests.fakes.speech_server --port 8767 --hear script.txt --voice-fault 429`, then
OPENROUTER_BASE_URL=http://127.0.0.1:8767/v1 (or COACH_SPEECH_BASE_URL for the built-in coach).

What was heard is scripted: the n-th clip gets the n-th text, and when there is no script, words in the measure of its
length. What is spoken is a made-up voice as long as its text.
"""

import argparse
import threading
from collections import deque
from collections.abc import Callable, Sequence
from email.parser import BytesParser
from pathlib import Path
from typing import Any

from interview_coach.providers.base import Frame
from interview_coach.providers.sound import frame_of_wav, wav_of
from tests.fakes import behaviours, sounds
from tests.fakes.openai_server import FakeOpenAI
from tests.fakes.vendor import Asked, Behaviour, Exchange

RATE = 24_000
SECONDS_PER_LETTER = 0.055
_PASSAGE = """
    in my last role I led the move of our records to a new system and I wrote the plan with two colleagues
    we tested every step before we went on because a mistake would have cost the clinic a whole day
"""


class FakeSpeech(FakeOpenAI):
    """`hears`, `speaks` and `default` (chat) are what it does with a request unless the scripts say otherwise."""

    def __init__(self, default: Behaviour = behaviours.good_interviewer, port: int = 0) -> None:
        super().__init__(default, port)
        self.hears: Behaviour = hear_well
        self.speaks: Behaviour = speak_well
        self.texts: deque[str] = deque()
        self._hearing: deque[Behaviour] = deque()
        self._speaking: deque[Behaviour] = deque()
        self._words = 0

    def script_ears(self, *todo: Behaviour | str) -> None:
        """What to do with the next clips, one each; a text is what was said in it."""
        with self._lock:
            self._hearing.extend(heard(item) if isinstance(item, str) else item for item in todo)

    def script_voice(self, *todo: Behaviour) -> None:
        """What to do with the next texts to speak, one each."""
        with self._lock:
            self._speaking.extend(todo)

    @property
    def clips(self) -> list[Frame]:
        """What came to be transcribed."""
        return [asked.body["clip"] for asked in self.requests if "clip" in asked.body]

    @property
    def spoken(self) -> list[str]:
        """What came to be spoken."""
        return [asked.body["input"] for asked in self.requests if "input" in asked.body]

    def decode(self, headers: dict[str, str], raw: bytes) -> dict[str, Any]:
        kind = headers.get("content-type", "")
        if not kind.startswith("multipart/form-data"):
            return super().decode(headers, raw)
        message = BytesParser().parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + raw)
        fields: dict[str, Any] = {}
        for part in message.get_payload():
            name = part.get_param("name", header="content-disposition")
            data = part.get_payload(decode=True)
            if part.get_filename():
                fields |= {"filename": part.get_filename(), "clip": frame_of_wav(data)}
            else:
                fields[name] = data.decode()
        return fields

    def read(self, path: str, headers: dict[str, str], body: dict[str, Any]) -> Asked | None:
        if not path.endswith(("/audio/transcriptions", "/audio/speech")):
            return super().read(path, headers, body)
        said = [("user", body.get("input", ""))]
        return Asked(path=path, headers=headers, body=body, stream=False, system="", messages=said, schema=None)

    def behaviour_for(self, asked: Asked) -> Behaviour:
        with self._lock:
            if asked.path.endswith("/transcriptions"):
                return self._hearing.popleft() if self._hearing else self.hears
            if asked.path.endswith("/speech"):
                return self._speaking.popleft() if self._speaking else self.speaks
        return super().behaviour_for(asked)

    def words_for(self, seconds: float) -> str:
        """As many words as fit in, from a passage that goes round."""
        with self._lock:
            count = max(1, round(seconds * 2.4))
            passage = _PASSAGE.split()
            words = [passage[(self._words + at) % len(passage)] for at in range(count)]
            self._words += count
        return " ".join(words)


# Hearing


def heard(text: str) -> Behaviour:
    """These words."""
    return lambda x: x.json(200, {"text": text, "usage": {"seconds": 1.0, "cost": 0.00001}})


def hear_well(x: Exchange) -> None:
    """The next text of the script, or made-up words."""
    server = x.vendor
    assert isinstance(server, FakeSpeech)
    text = server.texts.popleft() if server.texts else server.words_for(x.asked.body["clip"].seconds)
    heard(text)(x)


def hear_slowly(text: str, let_go: threading.Event) -> Behaviour:
    """These words, when `let_go` is set or the client is gone."""

    def behave(x: Exchange) -> None:
        while not let_go.wait(0.01):
            if x.gone(0):
                return x.hang_up()
        return heard(text)(x)

    return behave


# Speaking


def speech_for(text: str, rate: int = RATE) -> Frame:
    """The voice's sound of a text, always the same."""
    seconds = max(0.3, len(text) * SECONDS_PER_LETTER)
    seed = sum(text.encode()) % 97
    return Frame(sounds.voice(round(seconds, 2), seed=seed, pitch=180.0, rate=rate), rate)


def speaks(
    *,
    rate: int = RATE,
    kind: str | None = "audio/pcm;rate={rate};channels=1",
    wav: bool = False,
    chunk: int = 4_801,
    seconds: float | None = None,
    then: Callable[[Exchange], None] = lambda x: x.end(),
    pause: float = 0.0,
) -> Behaviour:
    """Streams the sound of the text in chunks of so many bytes, `pause` seconds apart; after `seconds` of it or at its
    end comes `then`. `kind` is the Content-Type."""

    def behave(x: Exchange) -> None:
        frame = speech_for(x.asked.body["input"], rate)
        data = wav_of(frame) if wav else frame.pcm
        if seconds is not None:
            data = data[: round(seconds * rate) * 2]
        x.open((kind or "application/octet-stream").format(rate=rate))
        for at in range(0, len(data), chunk):
            x.send(data[at : at + chunk])
            if pause and x.gone(pause):
                return x.hang_up()
        return then(x)

    return behave


def bytes_of(body: bytes, kind: str = "audio/pcm") -> Behaviour:
    """These bytes as the sound."""

    def behave(x: Exchange) -> None:
        x.open(kind)
        x.send(body)
        x.end()

    return behave


def mp3() -> bytes:
    """Eight silent frames of MPEG-1 layer III, 64 kbit/s at 44.1 kHz."""
    return (bytes([0xFF, 0xFB, 0x50, 0xC4]) + bytes(204)) * 8


speak_well = speaks()
no_words = heard("")
plain_error = behaviours.error_in_200

FAULTS: dict[str, Behaviour] = {
    "429": behaviours.status(429, retry_after="2"),
    "429-long": behaviours.status(429, retry_after="3600"),
    "402": behaviours.status(402),
    "500": behaviours.status(500),
    "503": behaviours.status(503),
    "hang": behaviours.hang,
    "error-200": behaviours.error_in_200,
    "malformed": lambda x: x.raw(200, b'{"text": oops', {}),
    "reset": behaviours.reset_at_once,
}
"""What both ears and voice may suffer."""
EARS_FAULTS: dict[str, Behaviour] = {
    **FAULTS,
    "empty": no_words,
    "cut": lambda x: (x.raw(200, b'{"text": "I led', {}, promised=500), x.hang_up())[1],
    "html": lambda x: x.raw(200, b"<html>Welcome to the hotel</html>", {"Content-Type": "text/html"}),
}
VOICE_FAULTS: dict[str, Behaviour] = {
    **FAULTS,
    "empty": bytes_of(b""),
    "cut": speaks(seconds=0.4, then=lambda x: x.reset()),
    "hang-after": speaks(seconds=0.4, then=lambda x: x.wait_until_gone()),
    "rate-16000": speaks(rate=16_000),
    "rate-22050-wav": speaks(rate=22_050, wav=True, kind="audio/wav"),
    "wav": speaks(wav=True, kind=None),
    "odd": lambda x: bytes_of(speech_for(x.asked.body["input"]).pcm + b"\x01")(x),
    "mp3": bytes_of(mp3(), "audio/mpeg"),
    "mp3-unsaid": bytes_of(mp3(), "application/octet-stream"),
}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--hear", type=Path, help="a file with one text a line, for one clip each")
    parser.add_argument("--ears-fault", choices=sorted(EARS_FAULTS))
    parser.add_argument("--voice-fault", choices=sorted(VOICE_FAULTS))
    parser.add_argument("--chat-fault", choices=sorted(behaviours.FAULTS))
    parser.add_argument("--times", type=int, default=0, help="so often, then behave; 0 = always")
    chosen = parser.parse_args(arguments)
    server = FakeSpeech(port=chosen.port)
    if chosen.hear:
        server.texts.extend(line for line in chosen.hear.read_text("utf-8").splitlines() if line.strip())
    ears = EARS_FAULTS.get(chosen.ears_fault)
    voice = VOICE_FAULTS.get(chosen.voice_fault)
    chat = behaviours.FAULTS.get(chosen.chat_fault)
    if chosen.times:
        server.script_ears(*([ears] if ears else []) * chosen.times)
        server.script_voice(*([voice] if voice else []) * chosen.times)
        server.script(*([chat] if chat else []) * chosen.times)
    else:
        server.hears, server.speaks, server.default = (
            ears or server.hears,
            voice or server.speaks,
            chat or server.default,
        )
    with server:
        print(f"OPENROUTER_BASE_URL={server.url}", flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main()
