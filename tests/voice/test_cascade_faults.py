"""A cascade over the real SDK and a server that fails in every way: the call always goes on."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

import pytest

from interview_coach.providers.base import Brief, Frame, Heard, LiveEvent, Message, Said, Trouble, TurnEnded, Voiced
from interview_coach.providers.openrouter import OpenRouterChat
from interview_coach.providers.patience import Patience
from interview_coach.providers.speech import CompatibleEars, CompatibleVoice
from interview_coach.voice.cascade import Cascade
from tests.fakes import behaviours, sounds
from tests.fakes.speech_server import EARS_FAULTS, VOICE_FAULTS, FakeSpeech, heard
from tests.patience import PATIENCE
from tests.providers.conftest import quick_clients  # noqa: F401 -- for every test here
from tests.voice.hearing import BRIEF, LoudDetector

ONCE = Patience(connect=5, first=8, idle=8, total=10, tries=2, longest_wait=0, trying=0)
SHORT = replace(ONCE, first=1.0, idle=1.0, total=1.2)
"""For those who hang; a busy machine may take that long for a good answer too."""
HANGING = {"hang", "hang-after", "comments"}
QUESTION = "How did you go about it?"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeSpeech]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with FakeSpeech(behaviours.say(QUESTION)) as made:
        made.hears = heard("I led the move.")
        yield made


def two_turns(server: FakeSpeech, *, hangs: str = "") -> list[LiveEvent]:
    """The person answers, twice; how the call looks from outside. Each turn must end within ten seconds. `hangs` is the
    part that does not answer at all."""
    got: list[LiveEvent] = []
    how: dict[str, Any] = {"base_url": server.url, "itself": False}

    async def main() -> None:
        chat = OpenRouterChat(None, "m", lambda usage: None, patience=SHORT if hangs == "chat" else ONCE, **how)
        ears = CompatibleEars(None, "m", lambda usage: None, patience=SHORT if hangs == "ears" else ONCE, **how)
        voice = CompatibleVoice(None, "m", lambda usage: None, patience=SHORT if hangs == "voice" else ONCE, **how)

        async def respond(text: str) -> AsyncIterator[str]:
            if text:
                async for piece in chat.stream(Brief("s", (Message("user", text),), 50)):
                    yield piece

        brief = replace(BRIEF, thinking_seconds=0.6)
        async with Cascade(ears, voice, brief, respond, detector=LoudDetector()) as session:
            turns = asyncio.Queue[LiveEvent]()

            async def read() -> None:
                async for event in session.events():
                    got.append(event)
                    if isinstance(event, TurnEnded) or (isinstance(event, Trouble) and event.part == "ears"):
                        turns.put_nowait(event)

            reading = asyncio.create_task(read())
            await asyncio.wait_for(turns.get(), PATIENCE)
            for seed in (1, 2):
                await session.hear(Frame(sounds.silence(4.0), 16_000))
                await session.hear(Frame(sounds.voice(1.0, seed=seed) + sounds.silence(1.5), 16_000))
                await asyncio.wait_for(turns.get(), PATIENCE)
        await asyncio.wait_for(reading, PATIENCE)
        for part in (chat, ears, voice):
            await part.aclose()

    asyncio.run(main())
    return got


def said(events: list[LiveEvent]) -> str:
    return "".join(event.text for event in events if isinstance(event, Said))


def troubles(events: list[LiveEvent]) -> list[str]:
    return [event.part for event in events if isinstance(event, Trouble)]


def test_without_faults_two_turns_are_two_questions(server: FakeSpeech) -> None:
    got = two_turns(server)
    assert (said(got), troubles(got)) == (QUESTION * 2, [])
    assert "".join(event.text for event in got if isinstance(event, Heard)) == "I led the move." * 2


@pytest.mark.parametrize("fault", sorted(EARS_FAULTS.keys() - {"empty"}))
def test_ears_with_a_fault_are_told_or_mended_and_the_next_turn_works(server: FakeSpeech, fault: str) -> None:
    server.script_ears(EARS_FAULTS[fault])
    hangs = "ears" if fault in HANGING else ""
    got = two_turns(server, hangs=hangs)
    assert troubles(got) in ([], ["ears"])
    assert said(got).startswith(QUESTION)
    server.script_ears(*[EARS_FAULTS[fault]] * 4)
    assert troubles(two_turns(server, hangs=hangs))[:1] == ["ears"], "and a lasting one is told"


@pytest.mark.parametrize("fault", sorted(VOICE_FAULTS))
def test_a_voice_with_a_fault_never_costs_a_word(server: FakeSpeech, fault: str) -> None:
    server.speaks = VOICE_FAULTS[fault]
    got = two_turns(server, hangs="voice" if fault in HANGING else "")
    assert said(got) == QUESTION * 2
    mended = {"rate-16000", "rate-22050-wav", "wav", "odd"}
    assert troubles(got) == ([] if fault in mended else ["voice"])
    if fault in mended:
        assert {event.frame.rate for event in got if isinstance(event, Voiced)} == {24_000}


@pytest.mark.parametrize(
    "fault", ["402", "429", "500", "hang", "hang-after", "cut", "comments", "error-event", "empty"]
)
def test_a_model_with_a_fault_is_told_and_the_next_turn_works(server: FakeSpeech, fault: str) -> None:
    server.script(behaviours.FAULTS[fault])
    got = two_turns(server, hangs="chat" if fault in HANGING else "")
    assert troubles(got)[:1] == ["model"]
    if fault not in HANGING:
        assert troubles(got) == ["model"] and said(got).endswith(QUESTION)
