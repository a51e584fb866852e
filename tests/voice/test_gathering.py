"""Whoever asks in the same moment is served together."""

import asyncio
from collections.abc import Sequence

import pytest

from interview_coach import calling
from interview_coach.calling import Beat, Pulse
from interview_coach.errors import Problem
from interview_coach.voice import heartbeats, listening
from interview_coach.voice.gathering import Gathering
from interview_coach.voice.hearing import Hearing
from tests.voice.houses import House, run


@pytest.fixture
def groups() -> list[list[int]]:
    return []


@pytest.fixture
def doubling(groups: list[list[int]]) -> Gathering[int, int]:
    def work(asked: Sequence[int]) -> Sequence[int]:
        groups.append(list(asked))
        return [2 * number for number in asked]

    return Gathering("doubling", 0.0, work)


def test_each_gets_an_answer_and_the_work_is_done_once(doubling: Gathering[int, int], groups: list[list[int]]) -> None:
    async def ask() -> None:
        assert await asyncio.gather(*map(doubling.ask, (1, 2, 1))) == [2, 4, 2]
        assert await doubling.ask(3) == 6

    for _ in range(2):  # a loop of its own each time
        asyncio.run(ask())
    assert groups == [[1, 2, 1], [3]] * 2


def test_who_has_hung_up_keeps_no_other_from_it(doubling: Gathering[int, int], groups: list[list[int]]) -> None:
    async def ask() -> None:
        gone, here = map(doubling.ask, (1, 2))
        gone.cancel()
        assert await here == 4

    asyncio.run(ask())
    assert groups == [[1, 2]]


def test_all_who_asked_are_told_what_went_wrong() -> None:
    def fail(_asked: Sequence[int]) -> Sequence[int]:
        raise ArithmeticError("no numbers")

    async def ask() -> list[object]:
        return await asyncio.gather(*map(Gathering("failing", 0.0, fail).ask, (1, 2)), return_exceptions=True)

    assert [type(error) for error in asyncio.run(ask())] == [ArithmeticError] * 2


def test_a_call_that_asks_twice_for_its_speech_is_looked_at_once() -> None:
    hearing = Hearing(16_000, "s16le")
    hearing.take(bytes(32_000))

    async def ask() -> None:
        await asyncio.gather(listening.listen(hearing), listening.listen(hearing))

    asyncio.run(ask())
    assert hearing.answered("typed", verbatim=False, language="en") is None


def test_calls_that_beat_together_each_learn_how_they_stand(tmp_path_factory: pytest.TempPathFactory) -> None:
    houses = [House(tmp_path_factory.mktemp(name), None) for name in ("one", "other")]
    pulses = [(house.app, Pulse("nobody's", 1.0, None)) for house in houses]

    async def ask() -> None:
        assert await asyncio.gather(*(heartbeats.beat(*pulse) for pulse in pulses)) == [Beat.DELETED] * 2

    run(houses[0], ask)


def test_a_busy_storage_ends_no_call(data_dir: object, monkeypatch: pytest.MonkeyPatch) -> None:
    here = House(data_dir, None)  # type: ignore[arg-type]

    def busy(_pulses: Sequence[Pulse]) -> list[Beat]:
        raise Problem("STORAGE_BUSY", "Later.")

    monkeypatch.setattr(calling, "beat", busy)

    async def ask() -> None:
        assert await heartbeats.beat(here.app, Pulse("call", 1.0, None)) is Beat.ON

    run(here, ask)
