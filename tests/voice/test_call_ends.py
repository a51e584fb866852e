"""What ends a call from outside: the interview is deleted or finished elsewhere, or the longest time has come."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from interview_coach import interviewing
from interview_coach.models import LOCAL_OWNER, Call
from interview_coach.voice import call
from tests.patience import PATIENCE
from tests.voice.houses import ANSWERS, House, run


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(call, "BEAT_SECONDS", 0.02)
    monkeypatch.setattr(call, "HEARTBEAT_SECONDS", 0.05)


def ended(message: dict[str, Any]) -> bool:
    return message["type"] == "ended"


async def within(here: House, work: Any) -> None:
    def inside() -> None:
        with here.app.app_context():
            work(LOCAL_OWNER, here.id)

    await asyncio.to_thread(inside)


def test_a_call_of_an_interview_that_is_deleted_meanwhile_is_over(data_dir: Path) -> None:
    here = House(data_dir, None)

    async def talk() -> None:
        async with here.robot() as robot:
            await robot.saved(1, "interviewer")
            await within(here, interviewing.delete)
            assert (await robot.next(ended))["report"] is None
            assert [message["code"] for message in robot.of("error")] == ["INTERVIEW_NOT_FOUND"]
            await asyncio.wait_for(asyncio.shield(robot.call), PATIENCE)
        assert robot.peer.closed is not None and robot.peer.closed[0] == 1011

    run(here, talk)
    assert here.rows(Call) == []


def test_a_call_of_an_interview_that_is_finished_meanwhile_leads_to_the_report(data_dir: Path) -> None:
    here = House(data_dir, None)

    async def talk() -> None:
        async with here.robot() as robot:
            await robot.saved(1, "interviewer")
            robot.type(ANSWERS[0])
            await robot.saved(2, "interviewer")
            await within(here, interviewing.finish)
            last = await robot.next(ended)
            assert (last["reason"], last["report"]) == ("requested", f"/interviews/{here.id}/report")

    run(here, talk)
    assert here.view().answered_count == 1


def test_the_longest_call_ends_by_itself_with_everything_saved(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = House(data_dir, None)
    later = 0.0

    async def talk() -> None:
        nonlocal later
        known = call.time.monotonic
        monkeypatch.setattr(call.Call, "_seconds", lambda self: known() - self._began + later)
        async with here.robot() as robot:
            await robot.saved(1, "interviewer")
            robot.type(ANSWERS[0])
            await robot.saved(2, "interviewer")
            assert robot.of("ended") == []
            later = 61 * 60
            assert (await robot.next(ended))["reason"] == "time"
            await asyncio.wait_for(asyncio.shield(robot.call), PATIENCE)

    run(here, talk)
    assert here.view().is_complete and here.view().answered_count == 1
