"""Whole calls with a vendor's live model: the real SDK against a stand-in that speaks the wire over TLS."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from interview_coach import calling, interviewing
from interview_coach.coach.base import Asked
from interview_coach.creating import NewInterview, create
from interview_coach.db import reading
from interview_coach.domain.provenance import Provenance
from interview_coach.models import LOCAL_OWNER, Call
from interview_coach.samples import load_sample
from tests.apps import bare_app
from tests.fakes.gemini_live_script import Connect, Script, Turn, Utterance
from tests.fakes.gemini_live_server import FakeGeminiLive
from tests.fakes.robot import Robot
from tests.patience import eventually
from tests.voice.houses import run

QUESTIONS = [f"What did you do in your job number {number} that you would do again?" for number in range(1, 9)]
ANSWERS = [
    f"In job number {number} I led a team of {number + 3} people and we cut the waiting time by half."
    for number in range(1, 9)
]
CLOSING = "Thank you, that was all. Goodbye. [END_INTERVIEW]"
LONG = "What was the hardest decision that you took in that year and what made you take it then?"


class House:
    """One installation with Gemini, and one interview in it."""

    def __init__(self, data_dir: Path, monkeypatch: pytest.MonkeyPatch, live: FakeGeminiLive) -> None:
        monkeypatch.setenv("SSL_CERT_FILE", str(live.cafile))
        self.live = live
        self.app: Flask = bare_app(
            data_dir, provider="gemini", gemini_api_key="k" * 20, gemini_base_url=live.url, thinking_seconds=0.5
        )
        self.id = self.create()

    def create(self, **choices: object) -> str:
        sample = load_sample()
        with self.app.app_context():
            found, _ = create(
                LOCAL_OWNER,
                NewInterview(
                    cv_text=sample.cv_text,
                    job_text=sample.job_text,
                    force_create=True,
                    **{"provider": "gemini", **choices},  # type: ignore[arg-type]
                ),
            )
        return found

    def robot(self, interview_id: str = "", **options: object) -> Robot:
        return Robot(self.app, LOCAL_OWNER, interview_id or self.id, thinking_seconds=0.5, **options)

    async def remembers(self, turns: int, interview_id: str = "") -> None:
        """Until the call has stored the handle behind so many turns: from an earlier one, the last is said again."""

        def has_come() -> bool:
            known = {handle for handle, (_, turn) in list(self.live.handles.items()) if turn == turns}
            with self.app.app_context(), reading() as session:
                return bool(known & set(session.scalars(select(Call.handle).filter_by(interview_id=interview_id))))

        interview_id = interview_id or self.id
        assert await asyncio.to_thread(eventually, has_come)

    def view(self, interview_id: str = "") -> Any:
        with self.app.app_context():
            return interviewing.view(LOCAL_OWNER, interview_id or self.id)


@pytest.fixture
def house(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Script], House]]:
    opened: list[FakeGeminiLive] = []

    def make(script: Script) -> House:
        live = FakeGeminiLive(script).start()
        opened.append(live)
        return House(data_dir, monkeypatch, live)

    yield make
    for live in opened:
        live.stop()


def script(turns: list[Turn | str], heard: list[Utterance | str], **more: Any) -> Script:
    return Script(
        [turn if isinstance(turn, Turn) else Turn(turn, seconds=0.3) for turn in turns],
        [item if isinstance(item, Utterance) else Utterance(item) for item in heard],
        playback=0.0,
        speed=50.0,
        **more,
    )


def test_eight_questions_hands_free_and_the_report_after_the_closing_words(house: Callable[[Script], House]) -> None:
    here = house(script([*QUESTIONS, CLOSING], list(ANSWERS)))

    async def talk() -> None:
        async with here.robot() as robot:
            for number in range(1, 9):
                await robot.saved(number, "interviewer")
                robot.say()
                await robot.saved(number, "person")
            ended = await robot.next(lambda message: message["type"] == "ended")
            assert ended == {"type": "ended", "reason": "complete", "report": f"/interviews/{here.id}/report"}
            await robot.call
            assert robot.peer.closed == (1000, "")
            assert len(robot.of("latency")) == 8, "one for each reply, and none for the greeting"

    run(here, talk)
    view = here.view()
    assert [question.text for question in view.questions] == QUESTIONS
    assert [question.answer.text for question in view.questions] == ANSWERS
    assert view.is_complete and len(here.live.sessions) == 1
    assert here.live.sessions[0].client_content == []


def test_a_filler_and_a_typed_answer_are_what_they_are(house: Callable[[Script], House]) -> None:
    here = house(script([QUESTIONS[0], "Take your time.", QUESTIONS[1], QUESTIONS[2]], ["Sure.", ANSWERS[0]]))

    async def talk() -> None:
        async with here.robot() as robot:
            await robot.saved(1, "interviewer")
            robot.say()
            await robot.next(
                lambda message: message["type"] == "said" and message["text"] == "Take your time." and message["final"]
            )
            robot.say()
            await robot.saved(1, "person")
            await robot.saved(2, "interviewer")
            robot.type("I would rather write this one: I kept the shop open for 40 days.")
            await robot.saved(2, "person")
            await robot.saved(3, "interviewer")

    run(here, talk)
    view = here.view()
    assert [question.answer.source for question in view.questions[:2]] == ["spoken", "typed"]
    assert view.question_count == 3 and not view.is_complete


@pytest.mark.parametrize("end", ["go_away", "drop", "refused"])
def test_lost_connections_are_not_noticed_in_the_interview(house: Callable[[Script], House], end: str) -> None:
    here = house(script([*QUESTIONS[:3], CLOSING], ANSWERS[:3]))
    interview_id = here.create(questions=3)

    async def talk() -> None:
        async with here.robot(interview_id) as robot:
            await robot.saved(1, "interviewer")
            robot.say()
            await robot.saved(2, "interviewer")
            await here.remembers(2, interview_id)
            if end == "go_away":
                here.live.go_away(1.0)
            else:
                here.live.refuse_handles = 1 if end == "refused" else 0
                here.live.drop()
            await robot.next(lambda message: message == {"type": "state", "state": "reconnecting"})
            await robot.listening()
            robot.say()
            await robot.saved(3, "interviewer")
            robot.say()
            await robot.next(lambda message: message["type"] == "ended")

    run(here, talk)
    view = here.view(interview_id)
    assert [question.text for question in view.questions] == QUESTIONS[:3]
    assert [question.answer.text for question in view.questions] == ANSWERS[:3]


def test_who_comes_back_is_not_greeted_again(house: Callable[[Script], House]) -> None:
    here = house(script([*QUESTIONS[:4]], ANSWERS[:4]))

    async def talk() -> None:
        async with here.robot() as robot:
            await robot.saved(1, "interviewer")
            robot.say()
            await robot.saved(2, "interviewer")
            await here.remembers(2)
        async with here.robot() as robot:
            ready = await robot.next(lambda message: message["type"] == "ready")
            assert (ready["resumed"], ready["question_count"], ready["answered_count"]) == (True, 2, 1)
            assert await robot.next(lambda message: message["type"] == "said") == {
                "type": "said",
                "number": 2,
                "text": QUESTIONS[1],
                "final": True,
            }
            robot.say()
            await robot.saved(3, "interviewer")

    run(here, talk)
    assert [question.text for question in here.view().questions] == QUESTIONS[:3]
    assert here.live.sessions[-1].resumed


def test_what_was_written_between_two_calls_is_told(house: Callable[[Script], House]) -> None:
    here = house(script([QUESTIONS[0], QUESTIONS[1], QUESTIONS[3]], [ANSWERS[0], ANSWERS[2]]))

    async def talk() -> None:
        async with here.robot() as robot:
            await robot.saved(1, "interviewer")
            robot.say()
            await robot.saved(2, "interviewer")
        with here.app.app_context():
            interviewing.answer(LOCAL_OWNER, here.id, 2, ANSWERS[1], key="written", source="typed")
            asked = Asked(QUESTIONS[2], (), Provenance("model", "written"))
            calling.keep_question(LOCAL_OWNER, here.id, 3, asked)
        async with here.robot() as robot:
            await robot.next(lambda message: message["type"] == "said" and message["text"] == QUESTIONS[2])
            robot.say()
            await robot.saved(3, "person")
            await robot.saved(4, "interviewer")

    run(here, talk)
    last = here.live.sessions[-1]
    assert last.handle is None, "what the handle stands for knows nothing of it"
    assert ANSWERS[1] in str(last.client_content) and QUESTIONS[2] in str(last.client_content)


def test_who_was_cut_off_in_the_greeting_is_not_greeted_again(house: Callable[[Script], House]) -> None:
    here = house(
        Script(
            [
                Turn(f"Good morning, I am your interviewer. {QUESTIONS[0]}", seconds=6.0),
                Turn(QUESTIONS[1], seconds=0.3),
            ],
            [Utterance(ANSWERS[0])],
            playback=1.0,
            speed=4.0,
        )
    )

    async def talk() -> None:
        async with here.robot() as robot:
            await robot.next(lambda message: message["type"] == "said" and "your interviewer" in message["text"])
        assert here.view().question_count == 0
        async with here.robot() as robot:
            ready = await robot.next(lambda message: message["type"] == "ready")
            assert (ready["resumed"], ready["question_count"]) == (True, 0)
            await robot.saved(1, "interviewer")

    run(here, talk)
    last = here.live.sessions[-1]
    assert "Begin." not in last.texts
    assert "Good morning" in str(last.client_content), "it is told what it has said already"


def test_a_vendor_that_refuses_is_told_in_words_and_keeps_everything(house: Callable[[Script], House]) -> None:
    here = house(script([], [], connects=[Connect(close=(1007, "API key not valid. Please pass a valid API key."))]))

    async def talk() -> None:
        async with here.robot() as robot:
            error = await robot.next(lambda message: message["type"] == "error")
            assert error["code"] == "PROVIDER_UNAVAILABLE" and "k" * 20 not in error["message"]
            await robot.call
            assert robot.peer.closed is not None and robot.peer.closed[0] == 1011

    run(here, talk)
    assert not here.view().is_complete


async def until_the_long_one(robot: Robot) -> None:
    """The first question is answered, and of the second, a long one, something was heard."""
    await robot.saved(1, "interviewer")
    robot.say()
    await robot.next(lambda message: message["type"] == "said" and "that year" in message["text"])


def test_speaking_over_the_interviewer_flushes_and_cuts(house: Callable[[Script], House]) -> None:
    here = house(
        Script(
            [Turn(QUESTIONS[0], seconds=0.3), Turn(LONG, seconds=12.0), Turn(QUESTIONS[2], seconds=0.3)],
            [Utterance(ANSWERS[0]), Utterance(ANSWERS[1])],
            playback=1.0,
            speed=4.0,
        )
    )

    async def talk() -> None:
        async with here.robot() as robot:
            await until_the_long_one(robot)
            robot.say(0.8)
            interrupted = await robot.next(lambda message: message["type"] == "interrupted")
            assert interrupted["epoch"] == 1
            await robot.saved(2, "interviewer")
            await robot.saved(3, "interviewer")

    run(here, talk)
    questions = here.view().questions
    assert questions[1].text.endswith(" …") and len(questions[1].text) < len(LONG)
    assert questions[1].answer.text == ANSWERS[1]


def test_what_is_typed_while_the_interviewer_speaks_answers_that(house: Callable[[Script], House]) -> None:
    here = house(
        Script(
            [Turn(QUESTIONS[0], seconds=0.3), Turn(LONG, seconds=6.0), Turn(QUESTIONS[2], seconds=0.3)],
            [Utterance(ANSWERS[0])],
            playback=1.0,
            speed=4.0,
        )
    )

    async def talk() -> None:
        async with here.robot() as robot:
            await until_the_long_one(robot)
            robot.hears_all()
            robot.type(ANSWERS[1])
            await robot.saved(2, "person")
            await robot.saved(3, "interviewer")

    run(here, talk)
    questions = here.view().questions
    assert [question.answer.text for question in questions[:2]] == ANSWERS[:2]
    assert [question.answer.source for question in questions[:2]] == ["spoken", "typed"]
    assert questions[1].text.startswith("What was the hardest decision")


def test_the_call_is_on_record(house: Callable[[Script], House]) -> None:
    here = house(script([*QUESTIONS[:2]], ANSWERS[:1]))

    async def talk() -> None:
        async with here.robot() as robot:
            await robot.saved(1, "interviewer")
            robot.say()
            await robot.saved(2, "interviewer")

    run(here, talk)
    with here.app.app_context():
        standing = calling.pick_up(LOCAL_OWNER, here.id, provider="gemini", model="gemini-3.8-live")
    assert standing.handle and standing.greeted and standing.open_question is not None
