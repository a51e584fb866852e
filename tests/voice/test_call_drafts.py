"""What was typed or said and not sent: it goes along between writing and speaking, and is never said for somebody."""

import asyncio
from pathlib import Path

from interview_coach import interviewing
from interview_coach.models import LOCAL_OWNER
from tests.fakes.peer import control
from tests.voice.houses import ANSWERS, House, run


def opened(data_dir: Path) -> House:
    """An interview whose first question is open, without any service that hears or speaks."""
    here = House(data_dir, None)
    with here.app.app_context():
        interviewing.next_question(LOCAL_OWNER, here.id)
    return here


def draft(here: House, text: str) -> None:
    with here.app.app_context():
        interviewing.save_draft(LOCAL_OWNER, here.id, 1, text)


def test_a_draft_from_the_page_is_offered_for_the_box_and_not_said(data_dir: Path) -> None:
    here = opened(data_dir)
    draft(here, "Half a thought from the page")

    async def talk() -> None:
        async with here.robot(heard="") as robot:
            ready = await robot.next(lambda message: message["type"] == "ready")
            assert ready["draft"] == "Half a thought from the page"
            robot.type(ANSWERS[0])
            await robot.saved(1, "person")
            assert robot.of("heard") == []

    run(here, talk)
    assert here.view().questions[0].answer.text == ANSWERS[0]


def test_words_in_the_box_are_kept_while_they_are_typed(data_dir: Path) -> None:
    here = opened(data_dir)

    async def talk() -> None:
        async with here.robot(heard="") as robot:
            await robot.next(lambda message: message["type"] == "ready")
            robot.peer.put(control("draft", text="I would rather wri"))
            assert await robot.next(lambda message: message["type"] == "kept") == {"type": "kept", "number": 1}
        assert here.view().draft.text == "I would rather wri"
        async with here.robot(heard="") as robot:
            ready = await robot.next(lambda message: message["type"] == "ready")
            assert ready["draft"] == "I would rather wri"
            robot.peer.put(control("draft", text="I would rather write this"), control("bye"))
            await asyncio.wait_for(asyncio.shield(robot.call), 60)

    run(here, talk)
    assert here.view().draft.text == "I would rather write this", "the last words before leaving too"


def test_said_words_go_on_after_a_break_and_typed_ones_stay_typed(data_dir: Path) -> None:
    here = opened(data_dir)
    draft(here, "It began on a Mon")

    async def talk() -> None:
        async with here.robot(heard="It began on", draft="a Monday") as robot:
            heard = await robot.next(lambda message: message["type"] == "heard")
            assert heard == {"type": "heard", "number": 1, "text": "It began on", "final": False}
        assert here.view().draft.text == "It began on a Monday"

    run(here, talk)


def test_an_answer_that_is_too_long_is_refused_and_not_cut(data_dir: Path) -> None:
    here = opened(data_dir)

    async def talk() -> None:
        async with here.robot(heard="") as robot:
            robot.type("I led the team. " * 700)
            error = await robot.next(lambda message: message["type"] == "error")
            assert "11,199 characters; at most 10,000" in error["message"]
            robot.type(ANSWERS[0])
            await robot.saved(1, "person")

    run(here, talk)
    assert here.view().questions[0].answer.text == ANSWERS[0]
