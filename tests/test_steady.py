"""The clock by which the tests' event loops run."""

import asyncio

import pytest

from tests import steady


def test_the_loops_of_tests_are_steady_ones() -> None:
    async def loop() -> asyncio.AbstractEventLoop:
        return asyncio.get_running_loop()

    assert isinstance(asyncio.run(loop()), steady.SteadyLoop)


def test_a_deadline_does_not_pass_while_the_machine_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    real, stalled = steady.monotonic, 0.0
    monkeypatch.setattr(steady, "monotonic", lambda: real() + stalled)

    async def work() -> tuple[str, str]:
        nonlocal stalled
        ends = []
        for wait in (0.0, 10.0):
            came = asyncio.get_running_loop().create_future()
            asyncio.get_running_loop().call_later(wait, came.set_result, None)
            stalled += 3600
            try:
                await asyncio.wait_for(came, 0.5)
                ends.append("in time")
            except TimeoutError:
                ends.append("late")
        return ends[0], ends[1]

    assert asyncio.run(work()) == ("in time", "late")
