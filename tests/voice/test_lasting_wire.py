"""Lasting conversations with Gemini over the real SDK: each fault of the service, then all at once."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from interview_coach.providers.base import (
    Heard,
    Interrupted,
    LiveEvent,
    Message,
    ProviderError,
    Reconnected,
    Reconnecting,
    Refused,
    Said,
    TurnEnded,
    Unavailable,
    Voiced,
)
from interview_coach.providers.gemini_live import GeminiLive
from interview_coach.voice.floor import FINISH, GO_ON
from interview_coach.voice.lasting import Lasting
from tests.fakes.gemini_live_script import Connect, Script, Turn, Utterance
from tests.fakes.gemini_live_server import BAD_KEY, FakeGeminiLive
from tests.patience import PATIENCE
from tests.providers.live_bench import BRIEF, FastClock, run, speaks

FAST = 6.0
"""Times, where something takes its time: of eight seconds one and a third are left, more than a stand-in needs."""


@pytest.fixture(autouse=True)
def local(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("SSL_CERT_FILE", "set by run")


class Talk:
    """Keeps the transcript as the conduct of a call does: a reply that its connection took along is void."""

    def __init__(self, server: FakeGeminiLive, live: GeminiLive, handle: str | None, clock: FastClock) -> None:
        self.server = server
        self.transcript: list[Message] = []
        self.events: list[LiveEvent] = []
        self.handles: list[str | None] = []
        self.sound = b""
        self.clock = clock
        self._said = self._heard = ""
        self.lasting = Lasting(
            live,
            replace(BRIEF, barge_in=True),
            handle=handle,
            remember=self.handles.append,
            history=self._history,
            clock=clock,
        )

    async def _history(self) -> tuple[Message, ...]:
        open_line = (Message("user", self._heard),) if self._heard else ()
        return (*self.transcript, *open_line)

    async def read(self) -> None:
        async for event in self.lasting.events():
            self.events.append(event)
            match event:
                case Heard(text):
                    self._heard += text
                case Said(text):
                    self._said += text
                case Voiced(frame):
                    self.sound += frame.pcm
                case Reconnecting() | Interrupted():
                    self._said, self.sound = "", b""
                case TurnEnded():
                    self._keep("user", self._heard)
                    self._keep("assistant", self._said)
                    self._said = self._heard = ""

    def _keep(self, role: str, text: str) -> None:
        if text:
            self.transcript.append(Message(role, text))

    async def until(self, seen: Callable[["Talk"], object]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not seen(self):
                await asyncio.sleep(0.005)  # a new handle is no event

    async def said(self, turns: int) -> None:
        """Until the interviewer has said so many turns to the end."""
        await self.until(lambda talk: [m.role for m in talk.transcript].count("assistant") >= turns)

    async def asked(self, questions: int) -> None:
        """The same, and the handle behind the last one has come: who goes on from an earlier one hears it again."""
        await self.said(questions)
        await self.until(lambda talk: not talk.lasting._floor.stale)

    def count(self, kind: type[LiveEvent]) -> int:
        return sum(isinstance(event, kind) for event in self.events)

    @property
    def words(self) -> list[str]:
        return [message.text for message in self.transcript]


@contextmanager
def vendor(script: Script) -> Iterator[FakeGeminiLive]:
    script.speed, script.playback = 100.0, 0.0
    with FakeGeminiLive(script) as server:
        yield server


def talk(
    server: FakeGeminiLive, work: Callable[[Talk], Awaitable[None]], *, handle: str | None = None, fast: float = 1.0
) -> tuple[Talk, list[LiveEvent]]:
    clock = FastClock(fast)

    async def main(live: GeminiLive) -> Talk:
        made = Talk(server, live, handle, clock)
        async with made.lasting:
            reader = asyncio.create_task(made.read())
            try:
                await work(made)
            finally:
                reader.cancel()
                (end,) = await asyncio.gather(reader, return_exceptions=True)
            if isinstance(end, ProviderError):
                raise end
        return made

    made = run(server, main, setup_seconds=5)
    for earlier, later in zip(server.sessions, server.sessions[1:], strict=False):
        assert earlier.closed is not None
        assert earlier.closed <= later.opened, "the old connection is closed before the new one is opened"
    for session in server.sessions:
        assert "clientContent" not in session.kinds()[1:], "only as the first thing, if at all"
    return made, made.events


QUESTIONS = ["Hello. Who are you?", "What did you build there?", "And what failed?", "Thank you for that."]
ANSWERS = ["I am Ada, an engineer.", "We built two ships.", "One of them sank."]
WHOLE = [QUESTIONS[0], ANSWERS[0], QUESTIONS[1], ANSWERS[1], QUESTIONS[2]]


async def interview(t: Talk) -> None:
    await t.asked(1)
    for at in range(2):
        await speaks(t.lasting)
        await t.asked(at + 2)


@pytest.mark.parametrize("fault", ["empty", "no_answer", "freeze", "drop", "close", "garbage", "unknown", "text_only"])
def test_no_fault_of_the_service_changes_the_transcript(fault: str) -> None:
    at = 1
    script = Script.of(QUESTIONS, ANSWERS)
    script.turns[at] = Turn(QUESTIONS[at], fault=fault)
    with vendor(script) as server:
        made, _events = talk(server, interview, fast=FAST)
    assert made.words == WHOLE
    assert bool(made.count(Reconnected)) == (fault in {"freeze", "drop", "close"})
    assert (
        made.sound
        == b"".join(
            b"" if number == at and fault == "text_only" else Turn(QUESTIONS[number]).sound(number)
            for number in range(3)
        )[-len(made.sound) :]
    )


@pytest.mark.parametrize("fault", ["empty", "drop"])
def test_a_greeting_that_fails_comes_all_the_same(fault: str) -> None:
    script = Script.of(QUESTIONS, ANSWERS)
    script.turns[0].fault = fault
    with vendor(script) as server:
        made, _events = talk(server, interview)
    assert made.words == WHOLE


def test_a_turn_without_an_end_and_a_false_interruption_change_nothing_either() -> None:
    script = Script(
        [
            Turn(QUESTIONS[0], fault="no_turn_complete"),
            Turn("What did you", fault="phantom", captions="early"),
            Turn(" build there?"),
            Turn(QUESTIONS[2]),
        ],
        [Utterance(text) for text in ANSWERS],
    )

    async def work(t: Talk) -> None:
        await t.said(1)
        await speaks(t.lasting)
        await t.clock.sleep(4)  # so long ago that no sound explains the interruption
        await t.asked(2)
        await speaks(t.lasting)
        await t.asked(3)

    script.turns[1].seconds = 60.0 * 12 / FAST
    with vendor(script) as server:
        made, _events = talk(server, work, fast=FAST)
    assert made.words == WHOLE
    assert made.count(Interrupted) == 0
    assert FINISH in server.sessions[0].texts
    assert made.count(Reconnecting) == 0


@pytest.mark.parametrize(
    ("seconds", "then"), [(50, "silent"), (5, "silent"), (0, "silent"), (5, "close"), (0, "close")]
)
@pytest.mark.parametrize("when", ["between turns", "in a turn"])
def test_an_announced_end_costs_no_question(seconds: float, then: str, when: str) -> None:
    script = Script.of(QUESTIONS, ANSWERS)
    if when == "in a turn":
        # Who has no time is to leave while it is said: between its end and its handle it would be said again.
        script.turns[1] = Turn(QUESTIONS[1], seconds=None if seconds else 60.0, go_away=seconds, then=then)

    async def work(t: Talk) -> None:
        await t.asked(1)
        if when == "between turns":
            await asyncio.to_thread(server.go_away, seconds, then)
            await t.until(lambda talk: talk.count(Reconnected))
        await speaks(t.lasting)
        await t.asked(2)
        await t.until(lambda talk: talk.count(Reconnected))
        await speaks(t.lasting)
        await t.asked(3)

    with vendor(script) as server:
        made, _events = talk(server, work)
    assert made.words[-1] == QUESTIONS[2]
    assert [text for text in made.words if text in QUESTIONS] == QUESTIONS[:3]
    assert len(server.sessions) == 2
    assert server.sessions[1].handle is not None


@pytest.mark.parametrize("code", [1006, 1007, 1008, 1011, 1000])
@pytest.mark.parametrize("handle", ["taken", "refused"])
def test_a_lost_connection_costs_no_question(code: int, handle: str) -> None:
    script = Script.of(QUESTIONS, ANSWERS)

    async def work(t: Talk) -> None:
        await t.asked(1)
        if handle == "refused":
            server.refuse_handles = 1
        await asyncio.to_thread(server.drop) if code == 1006 else await asyncio.to_thread(server.close, code, "why")
        await t.until(lambda talk: talk.count(Reconnected))
        await speaks(t.lasting)
        await t.asked(2)
        await speaks(t.lasting)
        await t.asked(3)

    with vendor(script) as server:
        made, events = talk(server, work)
    assert made.words == WHOLE
    fresh = handle == "refused" or code in (1007, 1008)
    assert [event.resumed for event in events if isinstance(event, Reconnected)] == [not fresh]
    last = server.sessions[-1]
    if fresh:
        assert [turn["role"] for turn in last.client_content[0]["turns"]] == ["user", "model"]
        assert last.client_content[0]["turns"][1]["parts"] == [{"text": QUESTIONS[0]}]
        assert made.handles[:2] == ["handle-1", None]
    assert "Begin." not in [text for session in server.sessions[1:] for text in session.texts], "no second greeting"


def test_an_answer_that_is_cut_by_a_drop_is_heard_whole() -> None:
    with vendor(Script.of(QUESTIONS, ANSWERS)) as server:

        async def work(t: Talk) -> None:
            await t.asked(1)
            await speaks(t.lasting, 1.0, pause=0.0)
            await asyncio.to_thread(server.wait_for, lambda s: len(s.sessions[0].audio) >= 31_000)
            await asyncio.to_thread(server.drop)
            await speaks(t.lasting, 1.0)
            await t.asked(2)

        made, _events = talk(server, work)
    assert made.words == WHOLE[:3]
    loud = server.sessions[1].audio.rstrip(b"\0")
    assert 1.95 <= len(loud) / 32_000 <= 2.05, "both halves"


def test_a_service_that_is_away_is_given_up_after_three_tries() -> None:
    script = Script.of(QUESTIONS, ANSWERS)
    script.connects = [Connect(), *[Connect(reject=503)] * 3]

    async def ends(t: Talk) -> None:
        await t.asked(1)
        await asyncio.to_thread(server.drop)
        await t.until(lambda talk: talk.count(Reconnecting))
        async with asyncio.timeout(PATIENCE):
            while True:
                await t.lasting.tell("x")
                await asyncio.sleep(0.02)

    with vendor(script) as server, pytest.raises(Unavailable):
        talk(server, ends, fast=FAST)
    assert not server.connects, "all three were tried"
    assert len(server.sessions) == 1


def test_a_key_that_is_wrong_is_said_at_once() -> None:
    script = Script(connects=[Connect(close=BAD_KEY)])

    async def work(t: Talk) -> None:
        raise AssertionError("not reached")

    with vendor(script) as server, pytest.raises(Refused):
        talk(server, work)
    assert len(server.sessions) == 1


def test_another_process_goes_on_with_the_handle_and_without_a_second_greeting() -> None:
    with vendor(Script.of(QUESTIONS, ANSWERS)) as server:

        async def first(t: Talk) -> None:
            await t.asked(1)

        async def second(t: Talk) -> None:
            await speaks(t.lasting)
            await t.asked(1)

        before, _ = talk(server, first)
        after, _ = talk(server, second, handle=before.handles[-1])
    assert before.words + after.words == WHOLE[:3]
    assert server.sessions[1].handle == before.handles[-1]
    assert server.sessions[1].texts == []


def test_eight_questions_with_everything_that_can_happen() -> None:
    questions = [f"Question {at}: what is {at} times {at}?" for at in range(1, 9)]
    answers = [f"It is {at * at}, I think." for at in range(1, 9)]
    script = Script.of([*questions, "Thank you. Goodbye."], answers)
    script.turns[1].fault = "drop"
    script.turns[2].fault = "empty"
    script.turns[3].go_away, script.turns[3].then = 50, "silent"
    script.turns[5].fault = "garbage"
    script.turns[6].fault = "freeze"
    script.heard[4].how = "split"
    script.heard[5].how = "late"

    async def work(t: Talk) -> None:
        await t.asked(1)
        for at in range(8):
            if at == 4:
                server.refuse_handles = 1
                await asyncio.to_thread(server.drop)
                await t.until(lambda talk: isinstance(talk.events[-1], Reconnected))
            if at == 7:
                await t.lasting.tell(answers[at])
                t._keep("user", answers[at])  # what is typed, the caller knows
            else:
                await speaks(t.lasting, 1.2)
            await t.asked(at + 2)

    with vendor(script) as server:
        made, events = talk(server, work, fast=FAST)
    whole = [text for pair in zip(questions, answers, strict=True) for text in pair]
    assert made.words == [*whole, "Thank you. Goodbye."]
    assert [session.texts.count("Begin.") for session in server.sessions] == [1, *[0] * (len(server.sessions) - 1)]
    assert [event.resumed for event in events if isinstance(event, Reconnected)].count(False) == 1
    assert GO_ON in [text for session in server.sessions for text in session.texts]
    assert len(server.sessions) == 6, "the first, drop, announced end, refused handle and its drop, freeze"
