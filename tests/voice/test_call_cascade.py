"""Whole calls over ears and a voice: the built-in coach asks, a local server of OpenAI's kind hears and speaks."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from interview_coach import calling, interviewing
from interview_coach.coach.base import Withdrawn, Words
from interview_coach.models import LOCAL_OWNER, Delivery, Utterance
from interview_coach.voice import call
from interview_coach.voice.dialogue import Dialogue
from interview_coach.voice.phrases import phrase
from tests.fakes import sounds
from tests.fakes.peer import control, sound
from tests.fakes.robot import PIECE, Robot
from tests.fakes.speech_server import FakeSpeech
from tests.patience import PATIENCE, eventually
from tests.voice.houses import ANSWERS, House, run


@pytest.fixture
def server() -> Iterator[FakeSpeech]:
    with FakeSpeech() as found:
        yield found


def say(robot: Robot, seconds: float = 2.0, pause: float = 2.6, seed: int = 1) -> None:
    """A voice and the silence behind it, faster than real time."""
    pcm = sounds.voice(seconds, seed=seed) + bytes(round(pause * 16_000) * 2)
    robot.peer.put(*(sound(pcm[at : at + PIECE]) for at in range(0, len(pcm), PIECE)))


def test_a_whole_interview(data_dir: Path, server: FakeSpeech) -> None:
    here = House(data_dir, server, questions=8, persona="amara")
    server.texts.extend(ANSWERS)

    async def talk() -> None:
        async with here.robot() as robot:
            for number in range(1, 9):
                await robot.saved(number, "interviewer")
                say(robot, seed=2)
                await robot.saved(number, "person")
            ended = await robot.next(lambda message: message["type"] == "ended")
            assert ended["reason"] == "complete"
            latencies = [message["ms"] for message in robot.of("latency")]
            assert len(latencies) == 8 and min(latencies) >= 600, "with the silence that ends an answer"

    run(here, talk)
    view = here.view()
    assert view.is_complete and [question.answer.text for question in view.questions] == ANSWERS
    greeting = " ".join(server.spoken[:4])
    assert "Amara" in greeting and sum("Amara" in text for text in server.spoken) == 1
    deliveries = here.rows(Delivery)
    assert len(deliveries) == 8
    assert [row.measured["speaking_time"] for row in deliveries] == pytest.approx([2.0] * 8, abs=0.1)
    kinds = [row.kind for row in here.rows(Utterance)]
    assert kinds.count("question") == 8 and kinds.count("answer") == 8 and kinds.count("closing") == 1


def test_fillers_repetitions_and_typing(data_dir: Path, server: FakeSpeech) -> None:
    here = House(data_dir, server)
    server.texts.extend(["Okay.", "Could you repeat that, please?", ANSWERS[0]])

    async def talk() -> None:
        async with here.robot() as robot:
            await robot.saved(1, "interviewer")
            say(robot, 0.6)
            await robot.next(lambda message: message["type"] == "heard" and "Okay" in message["text"])
            await robot.listening()
            say(robot, 1.0)
            await robot.next(lambda message: message["type"] == "said" and message["text"].startswith(phrase("repeat")))
            await robot.listening()
            say(robot)
            await robot.saved(1, "person")
            await robot.saved(2, "interviewer")
            robot.type("I write this one down: in June we had 40 guests and I served them all.")
            await robot.saved(2, "person")

    run(here, talk)
    view = here.view()
    assert [question.answer.source for question in view.questions[:2]] == ["spoken", "typed"]
    assert view.answered_count == 2


@pytest.mark.parametrize("part", ["ears", "voice"])
@pytest.mark.parametrize("fault", ["server_error", "cut", "empty"])
def test_whatever_fails_there_is_a_way_on(data_dir: Path, server: FakeSpeech, part: str, fault: str) -> None:
    here = House(data_dir, server)
    broken = {
        "server_error": lambda x: x.json(500, {"error": {"message": "no", "code": 500}}),
        "cut": lambda x: x.hang_up(),
        "empty": lambda x: x.json(200, {"text": ""}),
    }[fault]
    if part == "ears":
        server.hears = broken
    else:
        server.speaks = broken
        server.texts.extend(ANSWERS)

    async def talk() -> None:
        async with here.robot() as robot:
            await robot.next(lambda message: message["type"] == "said" and message["final"], 60)
            say(robot)
            if part == "ears":
                if fault != "empty":
                    await robot.next(lambda message: message["type"] == "error", 60)
                robot.type("Then I write: in June we had 40 guests and I served them all.")
            await robot.next(lambda message: message == {"type": "saved", "number": 1, "speaker": "person"}, 60)
            await robot.next(lambda message: message["type"] == "said" and message["number"] == 2, 60)

    run(here, talk)
    assert here.view().answered_count == 1


def test_a_question_that_is_withdrawn_in_the_middle_is_put_another_way(
    data_dir: Path, server: FakeSpeech, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = House(data_dir, server)
    server.texts.append(ANSWERS[0])
    lead, known, robots = "You called three suppliers yourself.", interviewing.stream_question, []

    def is_heard() -> bool:
        return any(message["type"] == "said" and message["text"].endswith(lead) for message in robots[0].peer.told)

    def stream(owner: str, interview_id: str) -> Iterator[Any]:
        if here.view().answered_count == 1:
            yield Words(f"{lead} What made you")
            assert eventually(is_heard)
            yield Withdrawn()
        yield from known(owner, interview_id)

    monkeypatch.setattr(interviewing, "stream_question", stream)

    async def talk() -> None:
        async with here.robot() as robot:
            robots.append(robot)
            await robot.saved(1, "interviewer")
            say(robot)
            await robot.saved(2, "interviewer")
            shown = await robot.next(lambda message: message["type"] == "said" and message["final"])
            question = here.view().questions[1].text
            assert (shown["number"], shown["text"]) == (2, f"{lead} {phrase('another_way')} {question}")

    run(here, talk)
    first = server.spoken.index(lead)
    assert server.spoken[first + 1] == phrase("another_way")
    assert " ".join(server.spoken[first + 2 :]) == here.view().questions[1].text
    assert lead not in here.view().questions[1].text


def test_speaking_over_the_question_cuts_it(data_dir: Path, server: FakeSpeech) -> None:
    here = House(data_dir, server)
    server.texts.extend([ANSWERS[0], ANSWERS[1]])

    async def talk() -> None:
        async with here.robot() as robot:
            await robot.saved(1, "interviewer")
            robot.played = False
            before = len(robot.peer.pcm(0))
            say(robot, pause=1.4)
            await robot.saved(1, "person")
            await robot.next(lambda message: message == {"type": "state", "state": "speaking"})
            async with asyncio.timeout(PATIENCE):
                while len(robot.peer.pcm(0)) < before + 2 * 48_000:
                    await asyncio.sleep(0.02)
            robot.peer.put(control("played", epoch=0, ms=before / 48 + 1600))  # the person has listened to some words
            say(robot, 1.5, pause=0.0, seed=4)
            interrupted = await robot.next(lambda message: message["type"] == "interrupted")
            assert interrupted["epoch"] == 1
            say(robot, 0.5, seed=5)
            await robot.saved(2, "person")

    run(here, talk)
    questions = here.view().questions
    assert questions[1].text.endswith(" …") and questions[1].answer.text == ANSWERS[1]
    assert any(row.interrupted for row in here.rows(Utterance))


def test_push_to_talk_ends_when_the_key_is_let_go(data_dir: Path, server: FakeSpeech) -> None:
    here = House(data_dir, server)
    server.texts.extend(ANSWERS)

    async def talk() -> None:
        async with here.robot(mode="push_to_talk") as robot:
            await robot.saved(1, "interviewer")
            await robot.has_listened()
            say(robot, 1.5, pause=0.0)
            robot.peer.put(control("end_turn"))
            await robot.saved(1, "person")
            await robot.saved(2, "interviewer")

    run(here, talk)


@pytest.mark.parametrize("speaks", [True, False])
def test_who_lets_go_of_the_key_has_said_what_was_kept_and_what_was_said_now(
    data_dir: Path, server: FakeSpeech, speaks: bool
) -> None:
    here = House(data_dir, server)
    server.texts.append("and we opened on time.")
    with here.app.app_context():
        list(interviewing.stream_question(LOCAL_OWNER, here.id))
        interviewing.save_draft(LOCAL_OWNER, here.id, 1, "In May I led nine people")

    async def talk() -> None:
        async with here.robot(mode="push_to_talk") as robot:
            await robot.saved(1, "interviewer")
            await robot.has_listened()
            if speaks:
                say(robot, 1.5, pause=0.0)
            robot.peer.put(control("end_turn"))
            await robot.saved(1, "person")

    run(here, talk)
    said = "In May I led nine people" + " and we opened on time." * speaks
    assert here.view().questions[0].answer.text == said


def test_nobody_is_asked_to_speak_before_the_question_that_broke_off_was_asked_anew(
    data_dir: Path, server: FakeSpeech
) -> None:
    here = House(data_dir, server, persona="amara")
    with here.app.app_context():
        list(interviewing.stream_question(LOCAL_OWNER, here.id))
        call = calling.pick_up(LOCAL_OWNER, here.id, provider="offline", model="").call_id
        calling.utter(
            LOCAL_OWNER,
            here.id,
            call,
            speaker="interviewer",
            kind="greeting",
            number=None,
            text="Good",
            interrupted=True,
        )

    async def talk() -> None:
        async with here.robot() as robot:
            await robot.next(lambda message: message["type"] == "said" and not message["final"])
            states = [message["state"] for message in robot.of("state")]
            assert states and "listening" not in states

    run(here, talk)


def test_without_ears_and_voice_it_is_captions_and_typing(data_dir: Path) -> None:
    here = House(data_dir, None)

    async def talk() -> None:
        async with here.robot() as robot:
            ready = await robot.next(lambda message: message["type"] == "ready")
            assert (ready["hears"], ready["speaks"], ready["speech"]) == (False, False, "none")
            for number in (1, 2, 3):
                await robot.saved(number, "interviewer")
                robot.type(ANSWERS[number])
                await robot.saved(number, "person")
            assert (await robot.next(lambda message: message["type"] == "ended"))["reason"] == "complete"

    run(here, talk)
    assert here.view().is_complete


def test_who_only_reads_is_not_spoken_to_and_no_question_is_cut(data_dir: Path, server: FakeSpeech) -> None:
    here = House(data_dir, server)

    async def talk() -> None:
        async with here.robot(captions_only=True) as robot:
            robot.played = False
            ready = await robot.next(lambda message: message["type"] == "ready")
            assert (ready["hears"], ready["speaks"]) == (True, False)
            for number in (1, 2, 3):
                await robot.saved(number, "interviewer")
                robot.type(ANSWERS[number])
                await robot.saved(number, "person")
            await robot.next(lambda message: message["type"] == "ended")

    run(here, talk)
    assert server.spoken == []
    assert not any(question.text.endswith("…") for question in here.view().questions)


def test_who_reads_the_browsers_interviewer_is_waited_for_no_longer_than_it_speaks(data_dir: Path) -> None:
    here = House(data_dir, None, questions=1)

    async def talk() -> None:
        async with here.robot(speech="browser", captions_only=True) as robot:
            await robot.saved(1, "interviewer")
            robot.peer.put(control("text", text=ANSWERS[0], spoken=True, final=True), control("end_turn"))
            await robot.next(lambda message: message["type"] == "ended")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("interview_coach.voice.farewell.LAST_WORD_SECONDS", 10 * PATIENCE)
        run(here, talk)


@pytest.mark.parametrize("how", ["typed", "spoken"])
def test_an_answer_is_no_draft_of_the_next_question(
    data_dir: Path, server: FakeSpeech, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = House(data_dir, server)
    server.texts.extend(ANSWERS)
    keep, beats = Dialogue.keep_draft, []

    async def counted(self: Dialogue) -> Any:
        beats.append(await keep(self))
        return beats[-1]

    monkeypatch.setattr(Dialogue, "keep_draft", counted)
    monkeypatch.setattr(call, "BEAT_SECONDS", 0.05)
    monkeypatch.setattr(call, "DRAFT_SECONDS", 0.1)

    async def talk() -> None:
        async with here.robot() as robot:
            await robot.saved(1, "interviewer")
            if how == "typed":
                robot.type(ANSWERS[0])
            else:
                say(robot, seed=2)
            await robot.saved(2, "interviewer")
            seen = len(beats)
            async with asyncio.timeout(PATIENCE):
                while len(beats) < seen + 3:  # in which a draft would be kept
                    await asyncio.sleep(0.02)
            assert not robot.call.done()
        async with here.robot() as robot:
            robot.type(ANSWERS[1])
            await robot.saved(2, "person")

    run(here, talk)
    view = here.view()
    assert view.draft is None
    assert [question.answer.text for question in view.questions[:2]] == ANSWERS[:2]


def test_speech_that_goes_on_is_kept_and_taken_up_by_the_next_call(data_dir: Path, server: FakeSpeech) -> None:
    here = House(data_dir, server, interim_seconds=2)
    server.texts.append("In May I led")

    def kept() -> str | None:
        draft = here.view().draft
        return draft and draft.text

    async def talk() -> None:
        async with here.robot() as robot:
            await robot.saved(1, "interviewer")
            await robot.has_listened()
            say(robot, 3.0, pause=0.0)
            shown = await robot.next(lambda message: message["type"] == "heard")
            assert (shown["text"], shown["final"]) == ("In May I led", False)
            async with asyncio.timeout(PATIENCE):
                while await asyncio.to_thread(kept) != "In May I led":
                    await asyncio.sleep(0.02)
        async with here.robot() as robot:
            shown = await robot.next(lambda message: message["type"] == "heard")
            assert shown["text"] == "In May I led"
            robot.type("a team of nine and we opened on time.")
            await robot.saved(1, "person")

    run(here, talk)
    assert here.view().questions[0].answer.text == "In May I led a team of nine and we opened on time."


def test_who_asks_for_time_to_think_is_waited_for_by_the_browsers_ears_too(data_dir: Path) -> None:
    here = House(data_dir, None)

    async def talk() -> None:
        async with here.robot(speech="browser", thinking_seconds=0.5) as robot:
            await robot.saved(1, "interviewer")
            robot.peer.put(control("text", text="I organised a big fair", spoken=True, final=True), control("think"))
            with pytest.raises(TimeoutError):
                await robot.peer.until(lambda message: message.get("speaker") == "person", timeout=1.5)
            robot.peer.put(control("text", text="and forty stalls came.", spoken=True, final=True))
            robot.peer.put(control("end_turn"))
            await robot.saved(1, "person")

    run(here, talk)
    assert here.view().questions[0].answer.text == "I organised a big fair and forty stalls came."


def test_what_the_browser_is_still_hearing_is_kept_as_well(data_dir: Path) -> None:
    here = House(data_dir, None)

    async def talk() -> None:
        async with here.robot(speech="browser") as robot:
            await robot.saved(1, "interviewer")
            robot.peer.put(control("text", text="In May", spoken=True, final=True))
            robot.peer.put(control("text", text="I led nine", spoken=True, final=False))
            async with asyncio.timeout(PATIENCE):
                while (await asyncio.to_thread(here.view)).draft is None:
                    await asyncio.sleep(0.02)

    run(here, talk)
    assert here.view().draft.text == "In May I led nine"


def test_the_browsers_own_speech(data_dir: Path) -> None:
    here = House(data_dir, None)

    async def talk() -> None:
        async with here.robot(speech="browser") as robot:
            assert (await robot.next(lambda message: message["type"] == "ready"))["speech"] == "browser"
            for number in (1, 2, 3):
                await robot.saved(number, "interviewer")
                robot.peer.put(control("text", text="In May I led", spoken=True, final=False))
                robot.peer.put(control("spoken", epoch=0))
                robot.peer.put(control("text", text=ANSWERS[number], spoken=True, final=True))
                await robot.saved(number, "person")
            await robot.next(
                lambda message: message["type"] == "said" and message["text"] == phrase("closing.complete")
            )
            assert not robot.of("ended")
            robot.peer.put(control("spoken", epoch=0))
            await robot.next(lambda message: message["type"] == "ended")

    run(here, talk)
    view = here.view()
    assert [question.answer.source for question in view.questions] == ["spoken"] * 3
    assert [question.answer.text for question in view.questions] == [ANSWERS[number] for number in (1, 2, 3)]


def test_who_is_done_twice_has_not_answered_twice(data_dir: Path) -> None:
    here = House(data_dir, None)

    async def talk() -> None:
        async with here.robot(speech="browser", mode="push_to_talk") as robot:
            await robot.saved(1, "interviewer")
            robot.peer.put(control("text", text=ANSWERS[0], spoken=True, final=True), control("end_turn"))
            await robot.saved(2, "interviewer")
            robot.peer.put(control("end_turn"))
            robot.peer.put(control("text", text=ANSWERS[1], spoken=True, final=True), control("end_turn"))
            await robot.saved(2, "person")

    run(here, talk)
    assert [question.answer.text for question in here.view().questions[:2]] == ANSWERS[:2]


def test_time_is_over_after_the_answer(data_dir: Path, server: FakeSpeech, monkeypatch: pytest.MonkeyPatch) -> None:
    here = House(data_dir, server, minutes=15)
    server.texts.extend(ANSWERS)
    monkeypatch.setattr("interview_coach.voice.call.Call._is_overtime", lambda self: True)

    async def talk() -> None:
        async with here.robot() as robot:
            await robot.saved(1, "interviewer")
            say(robot)
            assert (await robot.next(lambda message: message["type"] == "ended"))["reason"] == "time"

    run(here, talk)
    assert here.view().is_complete and here.view().question_count == 1


@pytest.mark.parametrize("record", [False, True])
def test_a_recording_is_kept_when_asked_for(data_dir: Path, server: FakeSpeech, record: bool) -> None:
    here = House(data_dir, server)
    server.texts.extend(ANSWERS)

    async def talk() -> None:
        async with here.robot(record=record) as robot:
            await robot.saved(1, "interviewer")
            say(robot)
            await robot.saved(1, "person")
        assert len(list(data_dir.glob("recordings/*.wav"))) == int(record)

    run(here, talk)
