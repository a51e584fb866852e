"""Words of speech that still goes on: heard at their time, one at a time, and replaced by those of the whole clip."""

import asyncio
from typing import Any

import pytest

from interview_coach.providers.base import Heard, Interim, Throttled, Unavailable
from interview_coach.voice.interims import REST
from tests.fakes import sounds
from tests.voice.hearing import Held, ScriptedEars, hold, settle

EVERY = 2.0


def run(work: Any, *answers: Any, **how: Any) -> tuple[Held, ScriptedEars]:
    ears = ScriptedEars(*answers)
    return hold(work, ears=ears, **{"interim_seconds": EVERY, **how}), ears


def shown(held: Held) -> list[str]:
    """What the page would show, change by change."""
    known, found = "", []
    for event in held.got:
        if isinstance(event, Heard):
            known += event.text
            found.append(known)
        elif isinstance(event, Interim):
            found.append(f"{known} {event.text}".strip())
    return found


def test_speech_without_a_pause_is_told_every_two_seconds_and_then_as_a_whole() -> None:
    async def work(held: Held) -> None:
        await held.say(6.4)
        assert [event.text for event in held.of(Interim)] == ["In my", "In my last role", "In my last role I lead"]
        await held.quiet(0.5)

    held, ears = run(work, "In my", "In my last role", "In my last role I lead", "In my last role I led it.")
    assert held.heard == "In my last role I led it."
    assert shown(held)[-1] == "In my last role I led it."
    lengths = [clip.seconds for clip in ears.clips]
    assert lengths[:3] == pytest.approx([EVERY, 2 * EVERY, 3 * EVERY], abs=0.1)
    assert ears.clips[-1].pcm.startswith(ears.clips[0].pcm), "the whole clip begins where the first word began"


def test_the_whole_clip_is_what_is_answered() -> None:
    async def work(held: Held) -> None:
        await held.say(3.0)
        await held.quiet(1.5)

    held, _ = run(work, "I let", "I led it.")
    assert held.coach.asked[1:] == ["I led it."]
    assert shown(held) == ["I let", "I led it.", "I led it."]


def test_without_the_setting_nothing_is_heard_before_a_pause() -> None:
    async def work(held: Held) -> None:
        await held.say(6.0)

    _, ears = run(work, interim_seconds=0.0)
    assert ears.clips == []


def test_a_short_sentence_is_heard_once() -> None:
    async def work(held: Held) -> None:
        await held.say(1.4)
        await held.quiet(1.5)

    _, ears = run(work)
    assert len(ears.clips) == 1


def test_there_is_one_at_a_time_and_slow_ears_are_asked_less_often() -> None:
    slow = asyncio.Event()

    async def late() -> str:
        await slow.wait()
        return "At last"

    async def work(held: Held) -> None:
        await held.say(5.0)
        assert len(ears.clips) == 1, "the first is not back yet"
        slow.set()
        await settle()
        assert held.of(Interim)[-1].text == "At last"
        await held.say(3.4, seed=2)
        assert len(ears.clips) == 2, "it took three seconds, so the next comes after six"

    ears = ScriptedEars(late)
    hold(work, ears=ears, interim_seconds=EVERY)


def test_the_end_of_a_clip_ends_what_was_asked_of_its_beginning() -> None:
    never = asyncio.Event()

    async def hang() -> str:
        await never.wait()
        return "too late"

    async def work(held: Held) -> None:
        await held.say(3.0)
        await held.quiet(0.5)
        assert ears.cancelled == 1
        assert held.heard == "I led it."

    ears = ScriptedEars(hang, "I led it.")
    held = hold(work, ears=ears, interim_seconds=EVERY)
    assert not held.of(Interim)


def test_no_interim_words_are_asked_for_while_a_clip_is_with_the_ears() -> None:
    slow = asyncio.Event()

    async def late() -> str:
        await slow.wait()
        return "First."

    async def work(held: Held) -> None:
        await held.say(1.0)
        await held.quiet(0.5)
        await held.say(5.0, seed=2)
        assert len(ears.clips) == 1
        slow.set()
        await settle()
        await held.say(0.1, seed=2)
        assert len(ears.clips) == 2 and shown(held) == ["First.", "First. and then"]

    ears = ScriptedEars(late, "and then")
    hold(work, ears=ears, interim_seconds=EVERY)


@pytest.mark.parametrize("error", [Unavailable("down"), Throttled("slower", retry_after=3)])
def test_ears_that_fail_are_left_alone_for_a_while_and_nobody_is_told(error: Exception) -> None:
    async def work(held: Held) -> None:
        await held.say(7.0)
        assert len(ears.clips) == 1
        await held.quiet(0.5)
        assert held.got == [Heard("All of it.")]
        for seed in range(5):
            await held.say(7.0, seed=seed)
            await held.quiet(0.5)
        assert len(ears.clips) > 7, f"after {REST} seconds they are asked again"

    ears = ScriptedEars(error, "All of it.")
    hold(work, ears=ears, interim_seconds=EVERY)


def test_interim_words_that_come_to_nothing_are_taken_back() -> None:
    async def work(held: Held) -> None:
        await held.say(2.4)
        await held.quiet(1.5)

    held, _ = run(work, "Thank you.", "")
    assert shown(held) == ["Thank you.", ""]
    assert held.coach.asked == [""]


def test_interim_words_stay_when_the_whole_clip_could_not_be_heard() -> None:
    async def work(held: Held) -> None:
        await held.say(2.4)
        await held.quiet(1.5)
        assert shown(held) == ["In May I"]
        await held.session.end_turn()
        await settle()

    down = Unavailable("down")
    held, _ = run(work, "In May I", down, down, "In May I led it.")
    assert shown(held)[-1] == "In May I led it." and held.coach.asked[1:] == ["In May I led it."]


def test_silence_and_lone_marks_are_no_news() -> None:
    async def work(held: Held) -> None:
        await held.say(4.4)

    held, ears = run(work, "", " . ")
    assert len(ears.clips) == 2 and held.got == []


def test_typed_words_take_interim_ones_along() -> None:
    async def work(held: Held) -> None:
        await held.say(2.4)
        await held.session.tell("and I write the rest.")
        await settle()

    held, _ = run(work, "I led it")
    assert held.coach.asked[1:] == ["I led it and I write the rest."]
    assert [event.text for event in held.of(Interim)] == ["I led it", ""]


def test_who_leaves_leaves_nothing_behind() -> None:
    never = asyncio.Event()

    async def hang() -> str:
        await never.wait()
        return ""

    async def work(held: Held) -> None:
        await held.feed(sounds.voice(2.6))

    _, ears = run(work, hang)
    assert ears.cancelled == 1
