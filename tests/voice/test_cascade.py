"""A conversation out of ears, a coach and a voice."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from interview_coach.providers.base import (
    BadReply,
    Frame,
    Heard,
    Interrupted,
    Refused,
    Said,
    Throttled,
    Trouble,
    TurnEnded,
    Unavailable,
    Voiced,
)
from interview_coach.voice.cascade import Cascade
from interview_coach.voice.speaking import Retraction
from tests.fakes import sounds
from tests.patience import PATIENCE
from tests.voice.hearing import (
    BRIEF,
    QUICK,
    Held,
    LoudDetector,
    QuietClock,
    ScriptedCoach,
    ScriptedEars,
    ScriptedVoice,
    hold,
    settle,
)

QUESTION = "What was your part in it? Tell me about the plan. And what came out of it?"
DOWN = Unavailable("The speech server cannot be reached.")


async def answer(held: Held, seconds: float = 2.0) -> None:
    await held.say(seconds)
    await held.quiet(1.5)
    await settle()


# Turns


def test_the_first_words_are_asked_for_with_an_empty_turn() -> None:
    coach = ScriptedCoach("Hello.")

    async def main() -> list[Any]:
        async with Cascade(ScriptedEars(), None, BRIEF, coach.respond, detector=LoudDetector()) as session:
            got = []
            async for event in session.events():
                got.append(event)
                if isinstance(event, TurnEnded):
                    return got
        return []

    assert asyncio.run(main()) == [Said("Hello."), TurnEnded(None)]
    assert coach.asked == [""]


@pytest.mark.parametrize(("first", "asked", "said"), [("", ["", "I led it."], "How?"), ("Hello.", [""], "Hello.")])
def test_who_speaks_before_the_first_words_is_answered_when_there_are_none(
    first: str, asked: list[str], said: str
) -> None:
    """Who comes back to an open question may speak at once; who is about to be greeted is greeted."""

    async def main() -> Held:
        may_begin = asyncio.Event()
        coach = ScriptedCoach([may_begin, first], "How?")
        ears = ScriptedEars("I led it.")
        async with Cascade(ears, None, BRIEF, coach.respond, detector=LoudDetector(), clock=QuietClock()) as session:
            held = Held(session, coach)
            reading = asyncio.create_task(read(held))
            await answer(held)
            assert held.got == [] and coach.asked == [""]
            may_begin.set()
            await settle()
            reading.cancel()
            return held

    async def read(held: Held) -> None:
        async for event in held.session.events():
            held.got.append(event)

    held = asyncio.run(main())
    assert (held.coach.asked, held.said) == (asked, said)
    assert held.heard == ("I led it." if len(asked) > 1 else "")


def test_a_turn_is_heard_answered_and_spoken() -> None:
    ears, voice = ScriptedEars("I led it."), ScriptedVoice()
    held = hold(answer, ears=ears, voice=voice, replies=("How so, exactly?",))
    assert held.coach.asked == ["", "I led it."]
    assert (held.heard, held.said) == ("I led it.", "How so, exactly?")
    assert held.story == ["heard", "said", "voiced", "ended"]
    assert [event.final for event in held.of(Heard)] == [False, True]
    assert held.sound == pytest.approx(1.6)
    assert {event.frame.rate for event in held.of(Voiced)} == {24_000}


def test_the_clip_begins_before_the_voice_and_holds_all_of_it() -> None:
    ears = ScriptedEars()
    spoken = sounds.voice(2.0, seed=1)

    async def work(held: Held) -> None:
        await held.quiet(2.0)
        await held.feed(spoken)
        await held.quiet(1.5)

    hold(work, ears=ears)
    [clip] = ears.clips
    assert spoken[2_000:-2_000] in clip.pcm
    assert 2.6 < clip.seconds < 3.0, "0.4 s before and 0.4 s after"


def test_an_answer_is_transcribed_at_its_pauses() -> None:
    ears = ScriptedEars("First I planned,", "then I built,", "then we tested.")

    async def work(held: Held) -> None:
        for part in range(3):
            await held.say(1.5, seed=part)
            await held.quiet(0.6 if part < 2 else 0.5)
        assert len(ears.clips) == 3, "the last clause is with the ears before the turn is over"
        assert held.heard == "First I planned, then I built, then we tested."
        assert len(held.coach.asked) == 1
        await held.quiet(1.0)

    held = hold(work, ears=ears)
    assert held.coach.asked[1:] == ["First I planned, then I built, then we tested."]


def test_words_are_told_in_the_order_of_speech_whoever_is_first() -> None:
    slow = asyncio.Event()

    async def late() -> str:
        await slow.wait()
        return "One"

    async def work(held: Held) -> None:
        await held.say(1.0)
        await held.quiet(0.6)
        await held.say(1.0, seed=2)
        await held.quiet(0.6)
        assert (len(ears.clips), held.heard) == (2, "")
        slow.set()
        await settle()
        assert held.heard == "One two."

    ears = ScriptedEars(late, "two.")
    hold(work, ears=ears)


def test_a_pause_just_below_the_limit_does_not_end_a_turn() -> None:
    async def work(held: Held) -> None:
        await held.say(1.5)
        await held.quiet(0.9)
        await held.say(1.5, seed=2)
        await held.quiet(0.9)
        await held.say(1.5, seed=3)
        assert len(held.coach.asked) == 1
        await held.quiet(1.1)

    held = hold(work, ears=ScriptedEars("A.", "b.", "c."))
    assert held.coach.asked[1:] == ["A. b. c."]


def test_two_seconds_of_thinking_after_because_um_do_not_end_a_turn() -> None:
    async def work(held: Held) -> None:
        await held.say(2.0)
        await held.quiet(2.0)
        assert len(held.coach.asked) == 1
        await held.say(1.0, seed=2)
        await held.quiet(1.4)

    brief = replace(BRIEF, thinking_seconds=1.2)
    held = hold(work, ears=ScriptedEars("I chose Postgres because, um.", "it was known."), brief=brief)
    assert held.coach.asked[1:] == ["I chose Postgres because, um. it was known."]


def test_who_asks_for_a_moment_gets_ten_seconds() -> None:
    async def work(held: Held) -> None:
        await held.say(1.0)
        held.session.think()
        await held.quiet(9.0)
        assert len(held.coach.asked) == 1
        await held.say(1.0, seed=2)
        await held.quiet(1.1)
        assert len(held.coach.asked) == 2, "the moment is over with the next word"

    hold(work, ears=ScriptedEars("Well yes.", "I did it alone."))


def test_let_me_think_is_understood_as_well() -> None:
    async def work(held: Held) -> None:
        await held.say(1.0)
        await held.quiet(9.0)
        assert len(held.coach.asked) == 1
        await held.quiet(3.0)
        assert len(held.coach.asked) == 2

    hold(work, ears=ScriptedEars("Let me think."))


def test_the_last_question_is_unhurried() -> None:
    async def work(held: Held) -> None:
        held.session.is_unhurried = True
        await held.say(1.0)
        await held.quiet(1.4)
        assert len(held.coach.asked) == 1
        await held.quiet(0.3)
        assert len(held.coach.asked) == 2

    hold(work, ears=ScriptedEars("That is all of it."))


def test_the_end_waits_for_ears_that_are_slower_than_the_silence() -> None:
    slow = asyncio.Event()

    async def late() -> str:
        await slow.wait()
        return "I led it."

    async def work(held: Held) -> None:
        await answer(held)
        await held.quiet(3)
        assert len(held.coach.asked) == 1
        slow.set()
        await settle()
        assert held.coach.asked[1:] == ["I led it."]

    hold(work, ears=ScriptedEars(late))


@pytest.mark.parametrize("pcm", [sounds.voice(0.2), sounds.tone(0.02), sounds.noise(0.15, level=-20)])
def test_a_cough_is_no_turn(pcm: bytes) -> None:
    async def work(held: Held) -> None:
        await held.feed(pcm)
        await held.quiet(3)

    ears = ScriptedEars()
    held = hold(work, ears=ears)
    assert (ears.clips, held.coach.asked, held.got) == ([], [""], [])


@pytest.mark.parametrize("words", ["", "  ", ".", "…"])
def test_speech_without_words_goes_back_to_listening(words: str) -> None:
    async def work(held: Held) -> None:
        await answer(held)
        assert (held.coach.asked, held.got) == ([""], [])
        await answer(held)

    held = hold(work, ears=ScriptedEars(words, "Now I speak."))
    assert held.coach.asked[1:] == ["Now I speak."]


def test_a_minute_without_a_pause_is_cut_into_clips_without_a_gap() -> None:
    ears = ScriptedEars()
    spoken = sounds.voice(45.0, seed=3)

    async def work(held: Held) -> None:
        await held.feed(spoken)
        await held.quiet(1.2)

    hold(work, ears=ears)
    assert len(ears.clips) == 3
    assert all(clip.seconds <= 21 for clip in ears.clips)
    assert spoken[4_000:-4_000] in b"".join(clip.pcm for clip in ears.clips)


def test_who_goes_on_before_the_first_sound_goes_on_with_the_same_turn() -> None:
    never = asyncio.Event()

    async def work(held: Held) -> None:
        await answer(held)
        assert held.coach.asked[1:] == ["I led it."]
        await held.say(1.0, seed=2)
        assert held.coach.closed[1:] == ["I led it."], "the reply is not wanted any more"
        await held.quiet(1.5)

    held = hold(work, ears=ScriptedEars("I led it.", "With Ann."), replies=([never, "No."], "And then?"))
    assert held.coach.asked[1:] == ["I led it.", "I led it. With Ann."]
    assert (held.heard, held.said) == ("I led it. With Ann.", "And then?")
    assert not held.of(Interrupted)


def test_push_to_talk_ends_a_turn_only_by_the_key() -> None:
    async def work(held: Held) -> None:
        await held.say(1.0)
        await held.quiet(20)
        await held.say(1.0)
        assert len(held.coach.asked) == 1
        await held.session.end_turn()
        await settle()

    brief = replace(BRIEF, hands_free=False)
    held = hold(work, ears=ScriptedEars("One", "two."), brief=brief)
    assert held.coach.asked[1:] == ["One two."]


def test_a_key_that_is_let_go_in_the_middle_of_a_word_and_pressed_again_loses_nothing() -> None:
    ears = ScriptedEars("One.", "Two.")
    first, second = sounds.voice(1.0, seed=1), sounds.voice(1.0, seed=2)

    async def work(held: Held) -> None:
        for spoken in (first, second):
            await held.feed(spoken)
            await held.session.end_turn()
            await settle()

    held = hold(work, ears=ears, brief=replace(BRIEF, hands_free=False, barge_in=False))
    assert held.coach.asked[1:] == ["One.", "Two."]
    assert first in ears.clips[0].pcm and second in ears.clips[1].pcm


def test_a_key_interrupts_even_with_loudspeakers() -> None:
    async def work(held: Held) -> None:
        await held.session.tell("Typed.")
        await settle()
        await held.say(1.0)
        await held.session.end_turn()
        await settle()

    brief = replace(BRIEF, hands_free=False, barge_in=False)
    held = hold(work, ears=ScriptedEars("One."), voice=ScriptedVoice(), replies=(QUESTION,), brief=brief)
    assert len(held.of(Interrupted)) == 1 and held.coach.asked[1:] == ["Typed.", "One."]


def test_done_ends_a_turn_in_the_middle_of_the_sound() -> None:
    async def work(held: Held) -> None:
        await held.say(1.0)
        await held.session.end_turn()
        await settle()
        assert held.coach.asked[1:] == ["I led it."]
        await held.say(0.1)
        await held.quiet(2)

    held = hold(work, ears=ScriptedEars("I led it."), replies=("So?",))
    assert held.coach.asked[1:] == ["I led it."]


LEAD, BRIDGE, FINAL = "You called three suppliers. ", "Let me put that another way.", "What made you call them?"


def retracting(*between: Any, lead: tuple[str, ...] = (LEAD,)) -> list[Any]:
    """A reply that takes its first words back."""
    return [*lead, *between, Retraction(sum(map(len, lead)), BRIDGE), FINAL]


def test_words_that_are_taken_back_after_they_were_begun_are_bridged() -> None:
    withdrawn = asyncio.Event()

    async def work(held: Held) -> None:
        await held.session.tell("Go.")
        await settle()
        assert held.said == LEAD and held.of(Voiced)
        withdrawn.set()
        await settle()

    voice = ScriptedVoice()
    held = hold(work, voice=voice, replies=(retracting(withdrawn),))
    assert held.said == f"{LEAD}{BRIDGE} {FINAL}" and voice.texts == [LEAD.strip(), BRIDGE, FINAL]
    assert held.story == ["said", "voiced", "said", "voiced", "said", "voiced", "ended"]
    assert held.sound == pytest.approx(0.1 * sum(map(len, voice.texts)))


def test_words_that_are_taken_back_before_they_sound_are_never_told() -> None:
    class Late(ScriptedVoice):
        async def speak(self, text: str, *, voice: str, language: str) -> AsyncIterator[Frame]:
            if text == LEAD.strip():
                self.texts.append(text)
                await asyncio.Event().wait()
            async for frame in super().speak(text, voice=voice, language=language):
                yield frame

    async def work(held: Held) -> None:
        await held.session.tell("Go.")
        await settle()

    voice = Late()
    held = hold(work, voice=voice, replies=([LEAD, "", retracting()[1], FINAL],))
    assert held.said == FINAL and voice.texts[-1] == FINAL
    assert held.story == ["said", "voiced", "ended"]


def test_of_two_sentences_that_are_taken_back_only_the_one_that_sounds_is_spoken() -> None:
    withdrawn, sounding = asyncio.Event(), asyncio.Event()

    async def work(held: Held) -> None:
        await held.session.tell("Go.")
        await settle()
        withdrawn.set()
        await settle()
        sounding.set()
        await settle()

    lead = (LEAD, "Then you waited for an answer. ")
    voice = ScriptedVoice({0: sounding})
    held = hold(work, voice=voice, replies=(retracting(withdrawn, lead=lead),))
    assert held.said == f"{LEAD}{BRIDGE} {FINAL}"
    assert voice.most_at_once <= 2 and voice.at_once == 0


def test_without_a_voice_words_that_are_taken_back_are_bridged_in_writing() -> None:
    async def work(held: Held) -> None:
        await held.session.tell("Go.")
        await settle()

    greeting = "Hello, I am Kim. "
    held = hold(work, replies=([greeting, *retracting()],))
    assert held.said == f"{greeting}{LEAD}{BRIDGE} {FINAL}"


def test_what_was_said_before_the_words_that_are_taken_back_stays() -> None:
    async def work(held: Held) -> None:
        await held.session.tell("Go.")
        await settle()

    greeting = "Hello, I am Kim. "
    held = hold(work, replies=([greeting, "You called", Retraction(len("You called"), BRIDGE), FINAL],))
    assert held.said == f"{greeting}{FINAL}", "what was no whole sentence yet was not told, and needs no bridge"


def test_typed_words_are_answered_and_take_along_what_was_heard() -> None:
    async def work(held: Held) -> None:
        await held.session.tell("Typed.")
        await settle()
        await held.say(1.0)
        await held.quiet(0.5)
        await held.session.tell("and typed")
        await settle()
        await held.quiet(3)

    held = hold(work, ears=ScriptedEars("Spoken"), replies=("Yes.",))
    assert held.coach.asked[1:] == ["Typed.", "Spoken and typed"]


def test_without_ears_and_voice_words_come_and_go() -> None:
    async def work(held: Held) -> None:
        await held.session.hear(Frame(sounds.voice(1.0), 16_000))
        await held.session.tell("Typed.")
        await settle()

    held = hold(work, replies=(QUESTION,))
    assert (held.coach.asked[1:], held.said) == (["Typed."], QUESTION)
    assert held.story == ["said", "ended"]


def test_a_coach_that_says_nothing_goes_on_listening() -> None:
    async def work(held: Held) -> None:
        await answer(held)
        await answer(held)

    held = hold(work, ears=ScriptedEars("Let's see.", "I led it."), replies=("", "How?"))
    assert held.coach.asked[1:] == ["Let's see.", "I led it."]
    assert held.said == "How?"


# Speaking


def test_pieces_are_spoken_in_order_and_two_at_a_time() -> None:
    gate = asyncio.Event()
    voice = ScriptedVoice({0: gate})

    async def work(held: Held) -> None:
        await held.session.tell("Go.")
        await settle()
        assert len(voice.texts) == 2 and [event.text for event in held.of(Said)] == ["What was your part in it? "]
        gate.set()
        await settle(2000)

    held = hold(work, voice=voice, replies=([QUESTION[:9], QUESTION[9:40], QUESTION[40:]],))
    assert voice.most_at_once == 2
    assert voice.texts == ["What was your part in it?", "Tell me about the plan.", "And what came out of it?"]
    assert held.said == QUESTION
    order = [event.text if isinstance(event, Said) else "~" for event in held.got if isinstance(event, Said | Voiced)]
    sounds_after = [0]
    for item in order:
        if item == "~":
            sounds_after[-1] += 1
        else:
            sounds_after.append(0)
    assert sounds_after == [0, 25, 23, 24], "each piece's words, then its own sound"


def test_the_voice_begins_with_the_first_clause_while_the_model_writes() -> None:
    never = asyncio.Event()
    voice = ScriptedVoice()

    async def work(held: Held) -> None:
        await held.session.tell("Go.")
        await settle()
        assert voice.texts == ["You said it was yours,"] and held.sound > 2

    hold(work, voice=voice, replies=(["You said it was yours, and I won", never],))


@pytest.mark.parametrize("rate", [16_000, 22_050, 48_000])
def test_any_rate_of_the_voice_is_played_at_24_khz(rate: int) -> None:
    async def work(held: Held) -> None:
        await held.session.tell("Go.")
        await settle()

    held = hold(work, voice=ScriptedVoice(rate=rate), replies=("How was it done?",))
    assert {event.frame.rate for event in held.of(Voiced)} == {24_000}
    assert held.sound == pytest.approx(1.6, abs=0.01)


def test_marks_of_writing_are_shown_and_not_spoken() -> None:
    voice = ScriptedVoice()

    async def work(held: Held) -> None:
        await held.session.tell("Go.")
        await settle()

    held = hold(work, voice=voice, replies=("**Well** done. [END_INTERVIEW]",))
    assert held.said == "**Well** done. [END_INTERVIEW]"
    assert voice.texts == ["Well done."]


# Interruption


def test_speaking_over_the_interviewer_stops_model_and_voice_at_once() -> None:
    never = asyncio.Event()
    voice = ScriptedVoice({1: never})

    async def work(held: Held) -> None:
        await answer(held)
        assert held.said.startswith("What was your part")
        before = held.session.speech.seconds  # type: ignore[union-attr]
        sound = sounds.voice(2.0, seed=4)
        size, at = 640, 0
        while not held.of(Interrupted):
            await held.feed(sound[at : at + size])
            at += size
        took = at / 32_000
        assert 0.25 <= took <= 0.35, took
        assert voice.at_once == 0 and voice.cancelled == 1
        assert held.coach.closed[1:] == ["I led it."]
        told = len(held.got)
        await held.feed(sound[at:])
        assert {type(event) for event in held.got[told:]} <= {Heard}
        await held.quiet(1.5)
        assert before > 0

    held = hold(
        work, ears=ScriptedEars("I led it.", "Sorry, one more thing."), voice=voice, replies=([QUESTION, never],)
    )
    assert held.story[:6] == ["heard", "said", "voiced", "said", "voiced", "interrupted"]
    assert held.coach.asked[1:] == ["I led it.", "Sorry, one more thing."]


def test_an_interruption_closes_the_voice_without_waiting_for_anything() -> None:
    """Counted in rounds of the loop: no timer and nobody's answer lies between. Milliseconds: benchmarks."""
    never = asyncio.Event()
    closed: list[bool] = []
    rounds = 0

    class SlowVoice(ScriptedVoice):
        async def speak(self, text: str, *, voice: str, language: str) -> Any:
            try:
                yield Frame(sounds.tone(5.0, rate=24_000), 24_000)
                await never.wait()
            finally:
                closed.append(True)

    async def work(held: Held) -> None:
        nonlocal rounds
        await answer(held)
        assert not closed
        sound = sounds.voice(1.0, seed=4)
        for at in range(0, len(sound), 640):
            await held.session.hear(Frame(sound[at : at + 640], 16_000))
            if any(isinstance(event, Interrupted) for event in held.session._told.waiting):
                while not closed and rounds < 20:
                    rounds += 1
                    await asyncio.sleep(0)
                break
        assert closed, rounds

    hold(work, ears=ScriptedEars("I led it."), voice=SlowVoice(), replies=([QUESTION, never],))


async def _until(condition: Any) -> None:
    while not condition():
        await asyncio.sleep(0.001)


def test_words_that_nobody_took_yet_are_dropped_by_an_interruption() -> None:
    """A slow reader of events must not send sound after the flush."""
    coach = ScriptedCoach("", QUESTION)
    ears = ScriptedEars("I led it.")

    async def main() -> list[Any]:
        async with Cascade(ears, ScriptedVoice(), BRIEF, coach.respond, detector=LoudDetector()) as session:
            events = session.events()
            assert isinstance(await anext(events), TurnEnded)
            reading = asyncio.ensure_future(anext(events))
            held = Held(session, coach)
            await held.say(1.5)
            await held.quiet(1.2)
            assert isinstance(await reading, Heard)
            assert isinstance(await anext(events), Heard)
            reading = asyncio.ensure_future(anext(events))
            await settle(1000)
            assert isinstance(await reading, Said)
            assert any(isinstance(event, Voiced) for event in session._told.waiting)
            await held.say(0.5, seed=5)
            return list(session._told.waiting)

    left = asyncio.run(main())
    assert [type(event) for event in left] == [Interrupted, TurnEnded]


def test_a_short_sound_does_not_interrupt() -> None:
    async def work(held: Held) -> None:
        await answer(held)
        await held.say(0.2, seed=4)
        await held.quiet(3)

    ears = ScriptedEars("I led it.")
    held = hold(work, ears=ears, voice=ScriptedVoice(), replies=(QUESTION,))
    assert not held.of(Interrupted) and len(ears.clips) == 1


def test_an_interruption_without_words_is_told_by_an_empty_ending() -> None:
    async def work(held: Held) -> None:
        await answer(held)
        await held.say(0.5, seed=4)
        await held.quiet(2)

    held = hold(work, ears=ScriptedEars("I led it.", ""), voice=ScriptedVoice(), replies=(QUESTION,))
    at = held.got.index(Interrupted())
    assert held.got[at:] == [Interrupted(), TurnEnded("interrupted"), Heard("", final=True)]
    assert len(held.coach.asked) == 2


def test_after_the_sound_was_played_speech_is_a_new_turn_and_no_interruption() -> None:
    async def work(held: Held) -> None:
        await answer(held)
        await held.quiet(2.0)
        await answer(held)

    held = hold(work, ears=ScriptedEars("I led it.", "With Ann."), voice=ScriptedVoice(), replies=("How so?", ""))
    assert not held.of(Interrupted)
    assert held.coach.asked[1:] == ["I led it.", "With Ann."]


def test_with_loudspeakers_the_microphone_is_not_heard_while_the_interviewer_speaks() -> None:
    playing = [False]

    async def work(held: Held) -> None:
        await answer(held)
        playing[0] = True
        await held.say(3.0, seed=6)
        playing[0] = False
        await held.say(0.2, seed=7)
        await held.quiet(2.0)
        assert len(ears.clips) == 1, "nor its echo"
        await answer(held)

    ears = ScriptedEars("I led it.", "With Ann.")
    brief = replace(BRIEF, barge_in=False)
    held = hold(
        work, ears=ears, voice=ScriptedVoice(), replies=("How so?", ""), brief=brief, is_playing=lambda: playing[0]
    )
    assert not held.of(Interrupted)
    assert held.coach.asked[1:] == ["I led it.", "With Ann."]


def test_typing_while_the_interviewer_speaks_interrupts() -> None:
    never = asyncio.Event()

    async def work(held: Held) -> None:
        await held.session.tell("One.")
        await settle()
        await held.session.tell("Two.")
        await settle()

    held = hold(work, voice=ScriptedVoice(), replies=([QUESTION, never], "Fine."))
    assert held.coach.asked[1:] == ["One.", "Two."]
    assert held.coach.closed[1] == "One."
    assert len(held.of(Interrupted)) == 1 and held.said.endswith("Fine.")


# Trouble


def test_ears_that_fail_in_a_way_nobody_knows_of_end_no_turn_for_ever() -> None:
    async def work(held: Held) -> None:
        await answer(held)
        assert [trouble.part for trouble in held.of(Trouble)] == ["ears"]
        await held.session.end_turn()
        await settle()

    held = hold(work, ears=ScriptedEars(KeyError("text")), replies=("How?",))
    assert held.coach.asked[1:] == ["word 2."]


@pytest.mark.parametrize("error", [DOWN, BadReply("x"), Throttled("x", retry_after=60.0), Refused("x")])
def test_a_voice_that_fails_is_told_once_and_the_words_go_on(error: Exception) -> None:
    voice = ScriptedVoice(dict.fromkeys(range(40), error))

    async def work(held: Held) -> None:
        for _ in range(3):
            await held.session.tell("Go.")
            await settle()

    held = hold(work, voice=voice, replies=(QUESTION,) * 3)
    assert held.of(Trouble) == [Trouble("voice", error)]  # type: ignore[arg-type]
    assert held.said == QUESTION * 3
    assert held.of(TurnEnded) == [TurnEnded(None)] * 3


def test_a_voice_that_hangs_in_the_middle_is_given_up() -> None:
    voice = ScriptedVoice({0: asyncio.Event()})

    async def work(held: Held) -> None:
        await held.session.tell("Go.")
        await asyncio.wait_for(_until(lambda: bool(held.of(TurnEnded))), PATIENCE)

    held = hold(work, voice=voice, replies=(QUESTION,), deadlines=QUICK)
    assert [trouble.part for trouble in held.of(Trouble)] == ["voice"]
    assert held.said == QUESTION and held.sound > 0
    assert voice.at_once == 0


def test_a_voice_that_comes_back_is_used_again() -> None:
    voice = ScriptedVoice({0: DOWN, 2: DOWN})

    async def work(held: Held) -> None:
        for _ in range(3):
            await held.session.tell("Go.")
            await settle()

    held = hold(work, voice=voice, replies=("How was it?",) * 3)
    assert held.story == ["said", "trouble", "ended", "said", "voiced", "ended", "said", "trouble", "ended"]


def test_ears_are_tried_twice_and_then_it_works() -> None:
    held = hold(answer, ears=ScriptedEars(DOWN, "I led it."))
    assert held.coach.asked[1:] == ["I led it."] and not held.of(Trouble)


def test_ears_that_fail_are_told_and_nothing_of_the_answer_is_lost() -> None:
    async def work(held: Held) -> None:
        await held.say(1.0)
        await held.quiet(0.6)
        await held.say(1.0, seed=2)
        await held.quiet(2.0)
        assert [trouble.part for trouble in held.of(Trouble)] == ["ears"]
        assert (held.heard, held.coach.asked) == ("I led it", [""])
        await held.quiet(5.0)
        assert len(held.of(Trouble)) == 1, "told once"
        await held.session.end_turn()
        await settle()

    ears = ScriptedEars("I led it", DOWN, DOWN, "with Ann.")
    held = hold(work, ears=ears)
    assert held.coach.asked[1:] == ["I led it with Ann."]
    assert ears.clips[1] == ears.clips[2] == ears.clips[3], "the sound was kept"


def test_after_trouble_saying_it_again_or_typing_goes_on() -> None:
    async def again(held: Held) -> None:
        await answer(held)
        await answer(held)

    held = hold(again, ears=ScriptedEars(DOWN, DOWN, "First", "and second."))
    assert held.coach.asked[1:] == ["First and second."]

    async def typing(held: Held) -> None:
        await answer(held)
        await held.session.tell("I typed it.")
        await settle()

    held = hold(typing, ears=ScriptedEars(DOWN, DOWN))
    assert held.coach.asked[1:] == ["I typed it."]


def test_one_clip_that_is_always_refused_does_not_hold_up_the_interview() -> None:
    refused = Refused("x")

    async def work(held: Held) -> None:
        await answer(held)
        await answer(held)

    held = hold(work, ears=ScriptedEars(refused, "I led it."))
    assert len(held.of(Trouble)) == 1
    assert held.coach.asked[1:] == ["I led it."]


def test_ears_that_hang_do_not_hang_the_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("interview_coach.voice.clips.PATIENCE", 0.05)

    async def hang() -> str:
        await asyncio.Event().wait()
        return ""

    async def work(held: Held) -> None:
        await answer(held)
        await asyncio.wait_for(_until(lambda: bool(held.of(Trouble))), PATIENCE)
        await held.session.tell("Typed.")
        await settle()

    held = hold(work, ears=ScriptedEars(hang, hang))
    assert held.coach.asked[1:] == ["Typed."]


@pytest.mark.parametrize("words", [(), ("You said it was yours, and ",)])
def test_a_model_that_fails_is_told_and_can_be_asked_again(words: tuple[str, ...]) -> None:
    async def work(held: Held) -> None:
        await answer(held)
        assert held.of(Trouble) == [Trouble("model", DOWN)]
        await held.session.end_turn()
        await settle()

    held = hold(work, ears=ScriptedEars("I led it."), replies=([*words, DOWN], "How so?"))
    assert held.coach.asked[1:] == ["I led it.", "I led it."]
    assert held.said.endswith("How so?")
    assert held.of(TurnEnded) == [TurnEnded("error"), TurnEnded(None)]


def test_a_model_that_hangs_is_told() -> None:
    async def work(held: Held) -> None:
        await held.session.tell("Go.")
        await asyncio.wait_for(_until(lambda: bool(held.of(Trouble))), PATIENCE)

    held = hold(work, voice=ScriptedVoice(), replies=(["You said it was yours, ", asyncio.Event()],), deadlines=QUICK)
    assert [trouble.part for trouble in held.of(Trouble)] == ["model"]
    assert held.said == "You said it was yours, " and held.coach.closed[-1] == "Go."


def test_a_reply_begins_when_the_one_before_has_cleared_up() -> None:
    """Both write to the interview."""
    order: list[str] = []
    storing = asyncio.Event()

    class Careful(ScriptedCoach):
        async def respond(self, text: str) -> Any:
            order.append(f"asked {text}")
            try:
                if text == "One.":
                    await asyncio.Event().wait()
                yield "So."
            finally:
                if text == "One.":
                    await storing.wait()
                order.append(f"closed {text}")

    async def main() -> None:
        async with Cascade(None, None, BRIEF, Careful().respond) as session:

            async def read() -> None:
                async for _ in session.events():
                    pass

            reading = asyncio.create_task(read())
            await settle()
            await session.tell("One.")
            await settle()
            await session.tell("Two.")
            await settle()
            storing.set()
            await settle()
        await asyncio.wait_for(reading, PATIENCE)

    asyncio.run(main())
    assert order == ["asked ", "closed ", "asked One.", "closed One.", "asked One. Two.", "closed One. Two."]


def test_a_fault_of_our_own_ends_the_session_with_it() -> None:
    async def work(held: Held) -> None:
        await held.session.tell("Go.")
        await settle()

    with pytest.raises(KeyError):
        hold(work, replies=(KeyError("ours"),))


def test_leaving_cancels_everything() -> None:
    never = asyncio.Event()

    async def hang() -> str:
        await never.wait()
        return ""

    async def work(held: Held) -> None:
        await answer(held)
        await held.session.tell("Go.")
        await held.say(1.0)
        await held.quiet(0.5)

    ears = ScriptedEars("I led it.", hang)
    held = hold(work, ears=ears, voice=ScriptedVoice({0: never}), replies=([QUESTION, never],))
    assert sorted(held.coach.asked) == sorted(held.coach.closed)
