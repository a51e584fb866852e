"""Conversations that outlive their connections."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.providers.base import (
    BadReply,
    Expiring,
    Frame,
    Heard,
    Image,
    Interrupted,
    LiveBrief,
    LiveEvent,
    Message,
    NotConfigured,
    ProviderError,
    Reconnected,
    Reconnecting,
    Refused,
    Resumable,
    Said,
    Throttled,
    TurnEnded,
    Unavailable,
    Voiced,
)
from interview_coach.voice.floor import FINISH, GO_ON
from interview_coach.voice.lasting import Lasting, primed
from tests.voice.lines_of_live import HandClock, Line, MemoryLive, quiet, settle, sound

BRIEF = LiveBrief("Be an interviewer.", "Kore", "en-US")
OUR = (Message("user", "Begin."), Message("assistant", "Question one?"), Message("user", "Answer one."))
DOWN = Unavailable("down")
VOICE = Voiced(Frame(bytes(4800), 24_000))  # 100 ms


class Scene:
    """A conversation with a vendor in memory."""

    def __init__(self, live: MemoryLive, **how: object) -> None:
        self.live = live
        self.clock = HandClock()
        self.remembered: list[str | None] = []
        self.got: list[LiveEvent] = []
        self.end: Exception | None = None
        self.our: tuple[Message, ...] = OUR
        brief = how.pop("brief", BRIEF)
        handle = how.pop("handle", None)
        assert isinstance(brief, LiveBrief)
        assert handle is None or isinstance(handle, str)
        self.lasting = Lasting(
            live, brief, handle=handle, remember=self.remembered.append, history=self._history, clock=self.clock
        )

    async def _history(self) -> tuple[Message, ...]:
        return self.our

    @property
    def line(self) -> Line:
        return self.live.line

    async def read(self) -> None:
        try:
            async for event in self.lasting.events():
                self.got.append(event)
        except ProviderError as error:
            self.end = error

    def take(self) -> list[LiveEvent]:
        """What has come since the last time."""
        got, self.got[:] = list(self.got), []
        return got

    async def hears(self, *frames: Frame) -> None:
        """In real time."""
        for frame in frames:
            await self.lasting.hear(frame)
            await self.clock.passes(frame.seconds)

    async def greets(self) -> None:
        """The interviewer's first turn, with a handle after it."""
        await self.line.gives(Said("Hello. Who are you?"), VOICE, TurnEnded(), Resumable("h1"))
        assert self.take() == [Said("Hello. Who are you?"), VOICE, TurnEnded()]


def scene(work: Callable[[Scene], Awaitable[None]], live: MemoryLive | None = None, **how: object) -> Scene:
    """`work` in an open conversation."""

    async def main() -> Scene:
        made = Scene(live or MemoryLive(), **how)
        async with made.lasting:
            reader = asyncio.create_task(made.read())
            await settle()
            await work(made)
            await settle()
        await reader
        assert asyncio.all_tasks() == {asyncio.current_task()}
        assert made.live.log.count("open") == made.live.log.count("close")
        return made

    return asyncio.run(main())


# What is passed on


def test_what_the_vendor_sends_comes_through_and_handles_are_remembered() -> None:
    async def work(s: Scene) -> None:
        await s.greets()
        await s.line.gives(Resumable(None), Heard("I am "), Heard("Ada."), Said("Good."), TurnEnded("x"))
        assert s.take() == [Heard("I am "), Heard("Ada."), Said("Good."), TurnEnded("x")]
        await s.lasting.hear(sound())
        await s.lasting.see(Image(b"jpeg"))
        await s.lasting.tell("typed")
        await s.lasting.end_turn()
        await settle()
        assert [kind for kind, _ in s.line.calls] == ["hear", "see", "tell", "end_turn"]

    done = scene(work)
    assert done.remembered == ["h1"]
    assert done.end is None


def test_leaving_closes_the_connection() -> None:
    async def work(s: Scene) -> None:
        assert s.live.log == ["open"]

    assert scene(work).live.log == ["open", "close"]


# Connections that end


@pytest.mark.parametrize("ending", [DOWN, BadReply("what"), Refused("entity not found"), None])
def test_a_lost_connection_is_made_again_at_once(ending: Exception | None) -> None:
    async def work(s: Scene) -> None:
        await s.greets()
        await s.line.gives(ending)
        resumed = not isinstance(ending, Refused)
        assert s.take() == [Reconnecting(), Reconnected(resumed)]
        assert s.live.attempts == [None, "h1" if resumed else None]
        assert s.live.log == ["open", "close", "open"], "the old one is closed first"
        await s.line.gives(Said("So."), TurnEnded())
        assert s.take() == [Said("So."), TurnEnded()]

    scene(work)


def test_a_refused_handle_leads_to_a_session_that_knows_our_transcript() -> None:
    async def work(s: Scene) -> None:
        await s.greets()
        s.our = tuple(Message(role, f"{role} {at} " + "é" * 800) for at in range(4) for role in ("assistant", "user"))
        s.live.plans = [Refused("session not found")]
        await s.line.gives(DOWN)
        assert s.take() == [Reconnecting(), Reconnected(False)]
        assert s.live.attempts == [None, "h1", None], "no waiting, and not the same handle again"
        history = s.line.brief.history
        assert [message.role for message in history] == ["user", "assistant", "user"]
        assert history[-1].text.startswith("user 3 ééé")
        assert [len(message.text.encode()) for message in history] == [1023, 1024, 1023], "é is not cut in two"
        assert s.line.told == [GO_ON], "the person's answer is in the history and waits for a reply"

    assert scene(work).remembered == ["h1", None]


def test_a_handle_from_another_process_is_used_first_and_may_be_too_old() -> None:
    async def work(s: Scene) -> None:
        assert s.live.attempts == ["old", None]
        assert s.line.brief.history == OUR
        assert s.take() == [], "nothing was connected, so nothing is connected again"

    assert scene(work, MemoryLive(Refused("gone")), handle="old").remembered == [None]


def test_a_resumed_conversation_is_not_greeted() -> None:
    async def work(s: Scene) -> None:
        await s.clock.passes(60)
        assert s.line.told == []
        assert s.live.attempts == ["old"]

    scene(work, handle="old")


@pytest.mark.parametrize("error", [Refused("bad key"), NotConfigured("no key")])
def test_what_cannot_work_is_said_at_once(error: ProviderError) -> None:
    live = MemoryLive(error)

    async def work(s: Scene) -> None:
        raise AssertionError("not reached")

    with pytest.raises(type(error)):
        scene(work, live)
    assert len(live.attempts) == 1


@pytest.mark.parametrize("error", [DOWN, BadReply("what"), Throttled("busy")])
def test_after_three_tries_it_is_given_up(error: ProviderError) -> None:
    async def work(s: Scene) -> None:
        await s.greets()
        before = s.clock.now
        s.live.plans = [error] * 9
        await s.line.gives(DOWN)
        await s.clock.passes(60)
        assert s.take() == [Reconnecting()]
        assert isinstance(s.end, Unavailable | Throttled)
        assert s.live.attempts == [None, "h1", "h1", None], "the last one without the handle"
        assert s.clock.now - before <= 60
        for call in (s.lasting.tell("x"), s.lasting.hear(sound()), s.lasting.end_turn()):
            with pytest.raises(type(s.end)):
                await call

    scene(work)


def test_the_wait_that_a_vendor_names_is_kept_within_reason() -> None:
    async def work(s: Scene) -> None:
        await s.greets()
        s.live.plans = [Throttled("busy", retry_after=7)]
        await s.line.gives(DOWN)
        await s.clock.passes(6.9)
        assert len(s.live.attempts) == 2
        await s.clock.passes(0.2)
        assert s.take() == [Reconnecting(), Reconnected(True)]
        s.live.plans = [Throttled("busy", retry_after=3600)]
        await s.line.gives(Said("Yes."), TurnEnded(), DOWN)
        assert isinstance(s.end, Throttled)

    scene(work)


def test_any_number_of_losses_is_survived_while_turns_are_completed_between() -> None:
    async def work(s: Scene) -> None:
        for at in range(12):
            await s.line.gives(Said("Yes."), TurnEnded(), Resumable(f"h{at}"), DOWN)
        assert s.live.attempts == [None, *(f"h{at}" for at in range(12))]

    assert scene(work).end is None


def test_replies_that_always_break_off_are_given_up() -> None:
    async def work(s: Scene) -> None:
        await s.greets()
        await s.line.gives(Heard("An answer."))
        for _ in range(9):
            await s.line.gives(Said("And"), DOWN)
            await s.clock.passes(5)

    done = scene(work)
    assert isinstance(done.end, Unavailable)
    assert len(done.live.attempts) == 4


# Announced ends


def test_an_announced_end_is_left_at_once_when_nobody_speaks() -> None:
    async def work(s: Scene) -> None:
        await s.greets()
        await s.line.gives(Expiring(50))
        assert s.take() == [Reconnecting(), Reconnected(True)]
        assert s.live.attempts == [None, "h1"]
        assert s.live.log == ["open", "close", "open"]

    scene(work)


def test_a_turn_is_heard_to_its_end_and_its_handle_is_waited_for() -> None:
    async def work(s: Scene) -> None:
        await s.greets()
        await s.line.gives(Heard("I am Ada."), Said("How"), Expiring(50))
        for _ in range(10):
            await s.line.gives(Said(" are"))
            await s.clock.passes(4)
        assert Reconnecting() not in s.take()
        await s.line.gives(TurnEnded())
        assert s.take() == [TurnEnded()]
        await s.line.gives(Resumable("h2"))
        assert s.take() == [Reconnecting(), Reconnected(True)]
        assert s.live.attempts == [None, "h2"]
        await s.clock.passes(60)
        assert s.line.told == []

    scene(work)


@pytest.mark.parametrize(("announced", "left_after"), [(50.0, 48.0), (5.0, 3.0), (0.0, 0.0)])
def test_the_timer_decides_when_nothing_more_comes(announced: float, left_after: float) -> None:
    async def work(s: Scene) -> None:
        await s.greets()
        await s.line.gives(Heard("I am Ada."), Said("Well, "), Expiring(announced))
        speaking = s.clock.now
        while not s.live.attempts[1:]:
            await s.line.gives(Said("and "))  # it never ends
            await s.clock.passes(0.25)
        assert left_after <= s.clock.now - speaking <= left_after + 0.75
        assert s.take()[-2:] == [Reconnecting(), Reconnected(True)]
        assert s.line.told == ["I am Ada."], "the reply is void, so it is asked for again"

    scene(work)


def test_a_person_who_speaks_is_not_cut_by_an_announced_end() -> None:
    async def work(s: Scene) -> None:
        await s.greets()
        await s.hears(*[sound()] * 50)
        await s.line.gives(Expiring(50))
        await s.hears(*[sound()] * 50)
        assert len(s.live.attempts) == 1
        await s.line.gives(Heard("I am Ada."), Said("Good."), TurnEnded(), Resumable("h2"))
        assert s.live.attempts == [None, "h2"]
        assert s.line.heard == b""

    scene(work)


# Nothing that was said is lost


def test_speech_that_nobody_understood_is_said_again_with_its_beginning() -> None:
    async def work(s: Scene) -> None:
        await s.greets()
        await s.hears(*[quiet()] * 100, *[sound()] * 60)
        s.live.plans = [DOWN]
        await s.line.gives(DOWN)
        await s.hears(*[sound(level=7000)] * 40)  # while there is no connection
        assert len(s.live.lines) == 1
        await s.clock.passes(1)
        said = sound().pcm * 60 + sound(level=7000).pcm * 40
        assert s.line.heard.endswith(said)
        before = s.line.heard.removesuffix(said)
        assert not any(before)
        assert 0.36 < len(before) / 32_000 < 0.42
        await s.hears(sound(level=8000))
        assert s.line.heard.endswith(sound(level=8000).pcm)

    scene(work)


def test_the_end_of_a_turn_is_said_again_too() -> None:
    async def work(s: Scene) -> None:
        await s.greets()
        await s.hears(*[sound()] * 60)
        await s.lasting.end_turn()
        await s.line.gives(DOWN)
        assert [kind for kind, _ in s.line.calls][-2:] == ["hear", "end_turn"]

    scene(work)


def test_words_that_were_understood_are_said_again_as_words() -> None:
    async def work(s: Scene) -> None:
        await s.greets()
        await s.hears(*[sound()] * 60)
        await s.line.gives(Heard("I am "), Heard("Ada."), DOWN)
        assert s.line.calls == [("tell", "I am Ada.")]
        await s.line.gives(Said("Tell me"), VOICE, DOWN)  # the reply breaks off
        await s.clock.passes(1)
        assert s.line.calls == [("tell", "I am Ada.")]
        assert s.take()[-4:] == [Said("Tell me"), VOICE, Reconnecting(), Reconnected(True)]
        await s.line.gives(Said("Tell me more."), TurnEnded(), Resumable("h2"), DOWN)
        assert s.line.calls == [], "answered"

    scene(work)


def test_a_reply_to_speech_that_was_never_put_into_words_is_asked_for_again() -> None:
    async def work(s: Scene) -> None:
        await s.greets()
        await s.hears(*[sound()] * 60)
        await s.line.gives(Said("So you"), DOWN)
        assert s.line.calls == [("tell", GO_ON)], "it was understood, so the sound is not said again"

    scene(work)


def test_what_was_typed_is_told_again_even_when_the_connection_was_away() -> None:
    async def work(s: Scene) -> None:
        await s.greets()
        s.live.plans = [DOWN]
        await s.line.gives(DOWN)
        await s.lasting.tell("I type.")
        await s.clock.passes(1)
        assert s.line.told == ["I type."]
        await s.line.gives(DOWN)
        assert s.line.told == ["I type."]

    scene(work)


def test_all_that_was_typed_and_not_answered_is_told_again() -> None:
    async def work(s: Scene) -> None:
        await s.greets()
        await s.lasting.tell("I led nine people.")
        await s.lasting.tell("And we opened on time.")
        await s.line.gives(DOWN)
        assert s.line.told == ["I led nine people. And we opened on time."]
        await s.line.gives(Said("How?"), TurnEnded())
        await s.lasting.tell("By telephone.")
        await s.line.gives(DOWN)
        assert s.line.told == ["By telephone."]

    scene(work)


@pytest.mark.parametrize("hands_free", [True, False])
def test_a_short_noise_is_speech_only_while_the_key_is_held(hands_free: bool) -> None:
    async def work(s: Scene) -> None:
        await s.greets()
        assert not s.lasting.is_spoken_to and s.lasting.silent_for is None
        await s.hears(*[sound()] * 10)
        assert s.lasting.is_spoken_to is not hands_free
        await s.hears(*[sound()] * 50, *[quiet()] * 10)
        assert s.lasting.is_spoken_to and s.lasting.silent_for == pytest.approx(0.22)
        await s.line.gives(Heard("I led nine people."))
        assert not s.lasting.is_spoken_to

    scene(work, brief=replace(BRIEF, hands_free=hands_free))


def test_silence_is_not_said_again() -> None:
    async def work(s: Scene) -> None:
        await s.greets()
        await s.hears(*[quiet()] * 200)
        await s.line.gives(DOWN)
        assert s.line.calls == []

    scene(work)


def test_two_minutes_of_speech_are_kept_and_no_more() -> None:
    async def work(s: Scene) -> None:
        await s.greets()
        for _ in range(150):
            await s.lasting.hear(sound(1.0))
        await s.line.gives(DOWN)
        await settle()
        assert 118 <= len(s.line.heard) / 32_000 <= 120

    scene(work)


# Vendors that fall silent


def test_an_empty_turn_is_answered_by_asking_once_then_by_a_new_connection() -> None:
    async def work(s: Scene) -> None:
        await s.greets()
        await s.line.gives(Heard("I am Ada."), TurnEnded())
        assert s.take() == [Heard("I am Ada.")]
        assert s.line.told == [GO_ON]
        await s.line.gives(TurnEnded())
        assert s.take() == [Reconnecting(), Reconnected(True)]
        assert s.line.told == ["I am Ada."]
        await s.line.gives(Said("Fine."), TurnEnded())
        assert s.take() == [Said("Fine."), TurnEnded()]

    scene(work)


def test_a_vendor_that_gives_a_reason_is_not_pressed() -> None:
    async def work(s: Scene) -> None:
        await s.greets()
        await s.line.gives(Heard("Hm."), TurnEnded("NEED_MORE_INPUT"))
        assert s.line.told == []
        await s.clock.passes(30)
        assert s.line.told == [], "the person thinks"
        await s.line.gives(Heard("Something."), TurnEnded("RESPONSE_REJECTED"), TurnEnded("RESPONSE_REJECTED"))
        assert s.line.told == [GO_ON]
        assert s.take()[-1] == TurnEnded("RESPONSE_REJECTED")
        assert len(s.live.attempts) == 1

    scene(work)


def test_a_greeting_that_does_not_come_is_asked_for() -> None:
    async def work(s: Scene) -> None:
        await s.clock.passes(7.9)
        assert s.line.told == []
        await s.clock.passes(0.5)
        assert s.line.told == [GO_ON]
        await s.greets()

    scene(work)


def test_a_vendor_that_freezes_is_asked_once_and_then_left() -> None:
    async def work(s: Scene) -> None:
        await s.greets()
        await s.line.gives(Heard("I am Ada."))
        await s.clock.passes(8.3)
        assert s.line.told == [GO_ON]
        await s.clock.passes(8.3)
        assert s.take()[-2:] == [Reconnecting(), Reconnected(True)]
        assert s.line.told == ["I am Ada."]
        await s.clock.passes(60)
        assert isinstance(s.end, Unavailable), "and not for ever"

    scene(work)


def test_nobody_is_hurried_while_the_person_speaks_or_thinks() -> None:
    async def work(s: Scene) -> None:
        await s.greets()
        await s.line.gives(Heard("Well, "))
        await s.hears(*[sound(0.1)] * 300)  # half a minute
        assert s.line.told == []
        s.lasting.wait(10)
        await s.hears(*[quiet(0.1)] * 170)
        assert s.line.told == []
        await s.hears(*[quiet(0.1)] * 20)
        assert s.line.told == [GO_ON]

    scene(work)


def test_a_turn_without_an_end_ends_after_its_sound() -> None:
    async def work(s: Scene) -> None:
        await s.line.gives(Said("A long story?"), *[VOICE] * 100)  # ten seconds
        s.take()
        await s.clock.passes(14.5)
        assert s.take() == []
        await s.clock.passes(1)
        assert s.take() == [TurnEnded(None)]
        await s.line.gives(TurnEnded(), Resumable("h1"))  # late
        await s.clock.passes(30)
        assert s.take() == []
        assert s.line.told == []

    scene(work)


def test_an_interruption_by_nobody_is_not_passed_on_and_the_sentence_is_finished() -> None:
    async def work(s: Scene) -> None:
        await s.line.gives(Said("Tell me about a"), VOICE, Interrupted(), TurnEnded())
        assert s.take() == [Said("Tell me about a"), VOICE]
        assert s.line.told == [FINISH]
        await s.line.gives(Said("time"), Said(" you failed?"), VOICE, TurnEnded())
        assert s.take() == [Said(" time"), Said(" you failed?"), VOICE, TurnEnded()]

    scene(work)


@pytest.mark.parametrize("after", [(), (TurnEnded(),)])
def test_a_sentence_that_is_never_finished_ends_all_the_same(after: tuple[LiveEvent, ...]) -> None:
    async def work(s: Scene) -> None:
        await s.line.gives(Said("Tell me about a"), Interrupted(), TurnEnded(), *after)
        await s.clock.passes(9)
        assert s.take() == [Said("Tell me about a"), TurnEnded()]

    scene(work)


def test_an_interruption_by_nobody_after_a_whole_sentence_is_no_matter() -> None:
    async def work(s: Scene) -> None:
        await s.line.gives(Said("Who are you?"), Interrupted(), TurnEnded())
        assert s.take() == [Said("Who are you?"), TurnEnded()]
        assert s.line.told == []

    scene(work)


@pytest.mark.parametrize("how", ["speaks", "types"])
def test_an_interruption_by_the_person_is_passed_on(how: str) -> None:
    async def work(s: Scene) -> None:
        await s.line.gives(Said("Tell me about a"))
        if how == "speaks":
            await s.hears(*[sound()] * 20)
        else:
            await s.lasting.tell("Wait.")
        await s.line.gives(Interrupted(), TurnEnded())
        assert s.take() == [Said("Tell me about a"), Interrupted(), TurnEnded()]
        assert FINISH not in s.line.told
        await s.line.gives(DOWN)
        assert s.line.calls, "what it was interrupted with is still open"

    scene(work)


def test_where_nobody_may_interrupt_every_interruption_is_by_nobody() -> None:
    async def work(s: Scene) -> None:
        await s.line.gives(Said("Who are you?"))
        await s.hears(*[sound()] * 20)
        await s.line.gives(Interrupted(), TurnEnded())
        assert s.take() == [Said("Who are you?"), TurnEnded()]

    scene(work, brief=LiveBrief("x", "", "en", barge_in=False))


def test_a_line_that_gives_no_sign_is_made_again_once_with_what_was_said() -> None:
    async def work(s: Scene) -> None:
        await s.greets()
        await s.clock.passes(1)
        await s.hears(*[sound()] * 100, *[quiet(0.1)] * 140)
        assert len(s.live.attempts) == 1
        await s.hears(*[quiet(0.1)] * 20)
        assert len(s.live.attempts) == 2
        assert s.line.heard.startswith(sound().pcm * 100)
        await s.hears(*[quiet(0.1)] * 600)
        assert len(s.live.attempts) == 2

    scene(work)


def test_a_line_that_takes_nothing_is_made_again() -> None:
    async def work(s: Scene) -> None:
        await s.greets()
        s.line.stuck = True
        await s.hears(*[sound(0.1)] * 60)
        assert s.live.attempts == [None, "h1"]
        assert s.line.heard == sound(0.1).pcm * 60

    scene(work)


# What a new session is told


@given(st.lists(st.builds(Message, st.sampled_from(["user", "assistant"]), st.text()), max_size=9))
def test_what_a_new_session_is_told_always_fits(history: list[Message]) -> None:
    told = primed(tuple(history))
    assert len(told) <= 4
    assert bool(told) == bool(history)
    for message in told:
        assert len(message.text.encode()) <= 1024
    if told:
        assert told[0].role == "user"
        assert told[-1].role == history[-1].role
        assert history[-1].text.startswith(told[-1].text)
