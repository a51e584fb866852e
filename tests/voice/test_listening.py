"""Sound that nobody waits for is looked at together."""

import asyncio
from collections.abc import Sequence

import pytest

from interview_coach.voice import listening
from interview_coach.voice.hearing import Hearing


@pytest.fixture
def groups(monkeypatch: pytest.MonkeyPatch) -> list[list[Hearing]]:
    """What is measured at once."""
    seen: list[list[Hearing]] = []
    measure = listening.measure

    def note(hearings: Sequence[Hearing]) -> None:
        seen.append(list(hearings))
        measure(hearings)

    monkeypatch.setattr(listening, "measure", note)
    monkeypatch.setattr(listening, "GATHER_SECONDS", 0.0)
    return seen


def calls(count: int) -> list[Hearing]:
    return [Hearing(16_000, "s16le") for _ in range(count)]


def test_whoever_asks_in_the_same_moment_is_measured_once_and_together(groups: list[list[Hearing]]) -> None:
    three = calls(3)
    one = calls(1)

    async def ask() -> None:
        await asyncio.gather(*(listening.listen(hearing) for hearing in (*three, three[0])))
        await listening.listen(one[0])

    for _ in range(2):  # a loop of its own each time
        asyncio.run(ask())
    assert groups == [three, one] * 2


def test_who_has_hung_up_keeps_no_other_from_it(groups: list[list[Hearing]]) -> None:
    two = calls(2)

    async def ask() -> None:
        gone, here = (listening.listen(hearing) for hearing in two)
        gone.cancel()
        await here

    asyncio.run(ask())
    assert groups == [two]


def test_all_who_asked_are_told_what_went_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_hearings: Sequence[Hearing]) -> None:
        raise ArithmeticError("no numbers")

    monkeypatch.setattr(listening, "measure", fail)
    monkeypatch.setattr(listening, "GATHER_SECONDS", 0.0)

    async def ask() -> list[object]:
        return await asyncio.gather(*map(listening.listen, calls(2)), return_exceptions=True)

    assert [type(error) for error in asyncio.run(ask())] == [ArithmeticError] * 2
