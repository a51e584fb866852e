"""Ears and a voice over the real SDK, against a server that hears and speaks, well and badly."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, TypeVar

import pytest

from interview_coach.config import Settings
from interview_coach.providers.base import (
    BadReply,
    Frame,
    NotConfigured,
    ProviderError,
    Refused,
    Throttled,
    Unavailable,
    Usage,
)
from interview_coach.providers.patience import Patience
from interview_coach.providers.registry import make_provider, make_speech
from interview_coach.providers.sound import Incoming, frame_of_wav, wav_of
from interview_coach.providers.speech import CompatibleEars, CompatibleVoice
from tests.fakes import behaviours, sounds
from tests.fakes import speech_server as fake
from tests.fakes.speech_server import FakeSpeech, speech_for
from tests.patience import PATIENCE, eventually
from tests.providers.bench import KEY, PretendClock

R = TypeVar("R")

CLIP = Frame(sounds.voice(1.2), 16_000)
TEXT = "Which part of that was yours? CANARY"
TWICE = Patience(tries=2, longest_wait=3)
"""A machine that stands still is not taken for a server that does."""
HURRIED = Patience(first=0.3, total=0.5, tries=2)
"""For those who hang."""


class Speech:
    def __init__(self, server: FakeSpeech) -> None:
        self.server = server
        self.clock = PretendClock()
        self.usages: list[Usage] = []

    def run(self, part: type, work: Callable[[Any], Awaitable[R]], **how: Any) -> R:
        how = {"base_url": self.server.url, "itself": False, "clock": self.clock, "jitter": lambda: 0.5, **how}

        async def main() -> R:
            made = part(how.pop("key", KEY), how.pop("model", "some/model"), self.usages.append, **how)
            try:
                return await work(made)
            finally:
                await made.aclose()

        return asyncio.run(main())

    def hear(self, *, language: str = "en-GB", **how: Any) -> str:
        return self.run(CompatibleEars, lambda ears: ears.transcribe(CLIP, language=language), **how)

    def speak(self, into: list[Frame] | None = None, *, voice: str = "", **how: Any) -> list[Frame]:
        frames = [] if into is None else into

        async def work(made: CompatibleVoice) -> list[Frame]:
            async for frame in made.speak(TEXT, voice=voice, language="en"):
                frames.append(frame)
            return frames

        return self.run(CompatibleVoice, work, **how)

    @property
    def outcomes(self) -> list[str]:
        return [usage.outcome for usage in self.usages]


@pytest.fixture
def speech(monkeypatch: pytest.MonkeyPatch) -> Iterator[Speech]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with FakeSpeech() as server:
        yield Speech(server)


def joined(frames: list[Frame]) -> bytes:
    return b"".join(frame.pcm for frame in frames)


# Ears


def test_a_clip_goes_out_as_a_wav_file_and_comes_back_as_words(speech: Speech) -> None:
    speech.server.script_ears("  I led\nthe move. ")
    assert speech.hear() == "I led the move."
    [asked] = speech.server.requests
    assert asked.body["filename"] == "speech.wav"
    assert asked.body["clip"] == CLIP
    assert (asked.body["model"], asked.body["language"]) == ("some/model", "en")
    assert set(asked.body) == {"filename", "clip", "model", "language", "response_format", "temperature"}
    assert asked.headers["authorization"] == f"Bearer {KEY}"
    [usage] = speech.usages
    assert (usage.purpose, usage.outcome, usage.cost_usd) == ("hearing", "ok", 0.00001)


def test_no_words_are_an_empty_text(speech: Speech) -> None:
    speech.server.script_ears(fake.no_words)
    assert speech.hear(language="und") == ""
    assert "language" not in speech.server.requests[0].body


@pytest.mark.parametrize(
    ("fault", "expected", "tries"),
    [
        ("429-long", Throttled, 1),
        ("402", Refused, 1),
        ("500", Unavailable, 2),
        ("503", Unavailable, 2),
        ("hang", Unavailable, 1),
        ("error-200", BadReply, 1),
        ("malformed", BadReply, 1),
        ("html", BadReply, 1),
        ("cut", Unavailable, 2),
        ("reset", Unavailable, 2),
    ],
)
def test_ears_that_fail_say_why(speech: Speech, fault: str, expected: type[ProviderError], tries: int) -> None:
    speech.server.hears = fake.EARS_FAULTS[fault]
    with pytest.raises(ProviderError) as caught:
        speech.hear(patience=HURRIED if fault == "hang" else TWICE)
    assert type(caught.value) is expected
    assert eventually(lambda: len(speech.server.requests) >= tries), "who gave up may be ahead of the server"
    assert len(speech.server.requests) == tries
    assert speech.outcomes == [expected.__name__] * tries
    assert KEY not in caught.value.message and caught.value.__context__ is None


def test_a_pause_that_the_server_asks_for_is_kept_and_then_it_works(speech: Speech) -> None:
    speech.server.script_ears(behaviours.status(429, retry_after="2"), "I led it.")
    assert speech.hear() == "I led it."
    assert speech.clock.slept == [2.5]


def test_three_failures_leave_the_server_alone_for_a_moment(speech: Speech) -> None:
    speech.server.hears = behaviours.status(503)

    async def work(ears: CompatibleEars) -> None:
        for _ in range(4):
            with pytest.raises(Unavailable) as caught:
                await ears.transcribe(CLIP, language="en")
        assert caught.value.retry_after is not None and 0 < caught.value.retry_after <= 20
        speech.clock.ahead += 20
        speech.server.hears = fake.heard("Back.")
        assert await ears.transcribe(CLIP, language="en") == "Back."

    speech.run(CompatibleEars, work)
    assert len(speech.server.requests) == 7


# Voice


def test_a_text_comes_back_as_sound_while_it_is_made(speech: Speech) -> None:
    more = threading.Event()

    def behave(x: fake.Exchange) -> None:
        pcm = speech_for(TEXT).pcm
        x.open("audio/pcm;rate=24000;channels=1")
        x.send(pcm[:9_601])
        assert more.wait(PATIENCE)
        x.send(pcm[9_601:])
        x.end()

    speech.server.script_voice(behave)
    frames: list[Frame] = []

    async def work(made: CompatibleVoice) -> None:
        async for frame in made.speak(TEXT, voice="", language="en"):
            frames.append(frame)
            more.set()

    speech.run(CompatibleVoice, work)
    assert joined(frames) == speech_for(TEXT).pcm
    assert {frame.rate for frame in frames} == {24_000}
    assert frames[0].pcm == speech_for(TEXT).pcm[:9_600], "half a sample is kept for later"
    [asked] = speech.server.requests
    assert asked.body == {"model": "some/model", "input": TEXT, "voice": "alloy", "response_format": "pcm"}
    assert speech.outcomes == ["ok"] and speech.usages[0].purpose == "speaking"


@pytest.mark.parametrize(
    ("behaviour", "rate"),
    [
        (fake.speaks(kind=None), 24_000),
        (fake.speaks(kind="audio/pcm"), 24_000),
        (fake.speaks(rate=16_000), 16_000),
        (fake.speaks(rate=22_050, kind="audio/L16; rate={rate}"), 22_050),
        (fake.speaks(rate=22_050, wav=True, kind="audio/wav"), 22_050),
        (fake.speaks(rate=16_000, wav=True, kind="audio/pcm;rate=24000", chunk=7), 16_000),
        (fake.speaks(wav=True, kind=None, chunk=100), 24_000),
    ],
)
def test_the_rate_is_read_from_what_the_server_says(speech: Speech, behaviour: fake.Behaviour, rate: int) -> None:
    speech.server.script_voice(behaviour)
    frames = speech.speak()
    assert {frame.rate for frame in frames} == {rate}
    assert joined(frames) == speech_for(TEXT, rate).pcm


def test_half_a_sample_at_the_end_is_dropped(speech: Speech) -> None:
    speech.server.script_voice(fake.VOICE_FAULTS["odd"])
    assert joined(speech.speak()) == speech_for(TEXT).pcm


@pytest.mark.parametrize(
    ("fault", "expected", "tries"),
    [
        ("429-long", Throttled, 1),
        ("402", Refused, 1),
        ("500", Unavailable, 2),
        ("hang", Unavailable, 1),
        ("error-200", BadReply, 1),
        ("malformed", BadReply, 1),
        ("reset", Unavailable, 2),
        ("empty", BadReply, 1),
        ("mp3", BadReply, 1),
        ("mp3-unsaid", BadReply, 1),
    ],
)
def test_a_voice_that_fails_says_why(speech: Speech, fault: str, expected: type[ProviderError], tries: int) -> None:
    speech.server.speaks = fake.VOICE_FAULTS[fault]
    frames: list[Frame] = []
    with pytest.raises(ProviderError) as caught:
        speech.speak(frames, patience=HURRIED if fault == "hang" else TWICE)
    assert type(caught.value) is expected
    assert eventually(lambda: len(speech.server.requests) >= tries), "who gave up may be ahead of the server"
    assert (frames, len(speech.server.requests)) == ([], tries)
    assert speech.outcomes == [expected.__name__] * tries
    assert "CANARY" not in caught.value.message and caught.value.__context__ is None


@pytest.mark.parametrize("fault", ["cut", "hang-after"])
def test_sound_that_breaks_off_is_kept_and_not_begun_again(speech: Speech, fault: str) -> None:
    speech.server.speaks = fake.VOICE_FAULTS[fault]
    frames: list[Frame] = []
    with pytest.raises(Unavailable):
        speech.speak(frames, patience=Patience(idle=0.3, tries=2))
    assert 0 < len(joined(frames)) <= 24_000 * 0.4 * 2
    assert len(speech.server.requests) == 1


def test_an_error_that_calls_itself_sound_is_no_sound(speech: Speech) -> None:
    body = b'{"error": {"code": 429, "message": "CANARY slow down"}}'
    speech.server.speaks = fake.bytes_of(body, "audio/pcm")
    with pytest.raises(Throttled):
        speech.speak()


def test_quiet_samples_are_not_taken_for_mp3(speech: Speech) -> None:
    pcm = b"\xff\xfb\x50\xc4" + b"\xff\xff" * 2_000
    speech.server.script_voice(fake.bytes_of(pcm))
    assert joined(speech.speak()) == pcm


@pytest.mark.parametrize("rate", [1, 4_000, 192_000])
def test_an_impossible_rate_is_refused(rate: int) -> None:
    with pytest.raises(BadReply, match="impossible rate"):
        Incoming("The voice server", f"audio/pcm;rate={rate}")


def test_a_stereo_file_becomes_mono() -> None:
    wav = bytearray(wav_of(Frame(b"\x10\x00\x20\x00" * 50, 16_000)))
    wav[22:24] = b"\x02\x00"
    assert frame_of_wav(bytes(wav)) == Frame(b"\x18\x00" * 50, 16_000)


@pytest.mark.parametrize("bad", [b"", b"RIFF", b"RIFF\0\0\0\0WAVEdata\0\0\0\0", b"ID3" + bytes(60)])
def test_what_is_no_wav_is_refused(bad: bytes) -> None:
    with pytest.raises(ValueError, match=r"WAV|form|file"):
        frame_of_wav(bad)


def test_a_voice_that_the_server_does_not_know_is_replaced_once(speech: Speech) -> None:
    def behave(x: fake.Exchange) -> None:
        known = x.asked.body["voice"] == "af_heart"
        (fake.speak_well if known else behaviours.status(400))(x)

    speech.server.speaks = behave

    async def work(made: CompatibleVoice) -> list[Frame]:
        return [f for _ in range(2) async for f in made.speak(TEXT, voice="Puck", language="en")]

    assert joined(speech.run(CompatibleVoice, work, model="hexgrad/kokoro-82m")) == speech_for(TEXT).pcm * 2
    assert [asked.body["voice"] for asked in speech.server.requests] == ["Puck", "af_heart", "af_heart"]


@pytest.mark.parametrize("when", ["before", "during"])
def test_closing_the_iterator_cancels_the_request(speech: Speech, when: str) -> None:
    speech.server.speaks = (
        behaviours.hang if when == "before" else fake.speaks(seconds=0.4, then=lambda x: x.wait_until_gone())
    )

    async def work(made: CompatibleVoice) -> None:
        got = asyncio.Event()

        async def read() -> None:
            async for _ in made.speak(TEXT, voice="", language="en"):
                got.set()

        task = asyncio.create_task(read())
        if when == "during":
            await asyncio.wait_for(got.wait(), PATIENCE)
        else:
            while not speech.server.requests:
                await asyncio.sleep(0.005)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    speech.run(CompatibleVoice, work)
    assert speech.server.requests[0].disconnected.wait(PATIENCE)
    assert speech.outcomes == ["cancelled"]


# Where they are


def ignore(usage: Usage) -> None: ...


def places(**given: str) -> list[tuple[str, str | None] | None]:
    parts = make_speech(Settings(_env_file=None, **given), ignore)  # type: ignore[call-arg]
    return [(part._base_url, part._key) if part else None for part in parts]  # type: ignore[attr-defined]


@pytest.fixture
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENROUTER_API_KEY", "OPENROUTER_BASE_URL", "COACH_SPEECH_BASE_URL", "COACH_VOICE_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


OPENROUTER = "https://openrouter.ai/api/v1"
EARS, MOUTH = "http://ears:8000/v1", "http://mouth:8880/v1"


@pytest.mark.usefixtures("no_keys")
@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, [None, None]),
        ({"openrouter_api_key": "or"}, [(OPENROUTER, "or"), (OPENROUTER, "or")]),
        ({"openrouter_base_url": "http://all/v1"}, [("http://all/v1", None), ("http://all/v1", None)]),
        ({"speech_base_url": EARS}, [(EARS, None), (EARS, None)]),
        ({"openrouter_api_key": "or", "speech_base_url": EARS}, [(EARS, None), (EARS, None)]),
        ({"openrouter_api_key": "or", "speech_api_key": "sp"}, [(OPENROUTER, "sp"), (OPENROUTER, "sp")]),
        ({"speech_base_url": EARS, "speech_api_key": "sp"}, [(EARS, "sp"), (EARS, "sp")]),
        (
            {"openrouter_api_key": "or", "speech_base_url": EARS, "speech_api_key": "sp", "voice_base_url": MOUTH},
            [(EARS, "sp"), (MOUTH, None)],
        ),
        (
            {"openrouter_api_key": "or", "voice_base_url": MOUTH, "voice_api_key": "v"},
            [(OPENROUTER, "or"), (MOUTH, "v")],
        ),
        ({"voice_base_url": MOUTH}, [None, (MOUTH, None)]),
        ({"openrouter_api_key": "or", "openrouter_tts_model": ""}, [(OPENROUTER, "or"), None]),
        ({"openrouter_api_key": "or", "speech_base_url": "http://[oops"}, [("http://[oops", None)] * 2),
    ],
)
def test_three_addresses_with_fallbacks_and_no_key_where_it_does_not_belong(
    given: dict[str, str], expected: list[tuple[str, str | None] | None]
) -> None:
    assert places(**given) == expected


@pytest.mark.usefixtures("no_keys")
def test_the_bundle_hears_and_speaks() -> None:
    bundle = make_provider("openrouter", Settings(_env_file=None, openrouter_api_key="or"), ignore)  # type: ignore[call-arg]
    assert bundle.ears is not None and bundle.voice is not None


def test_a_wrong_address_names_its_setting(speech: Speech) -> None:
    with pytest.raises(NotConfigured, match="COACH_VOICE_BASE_URL"):
        speech.speak(base_url="not a web address")
