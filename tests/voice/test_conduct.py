"""The discipline of turns, with the built-in coach and a real database: no sound, no socket."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from interview_coach import calling, interviewing
from interview_coach.calling import Beat, Pulse
from interview_coach.coach.base import Withdrawn, Words
from interview_coach.creating import NewInterview, create
from interview_coach.db import reading
from interview_coach.domain.provenance import Provenance
from interview_coach.domain.turns import TurnRules
from interview_coach.errors import Problem
from interview_coach.interviewing import LONGEST_ANSWER
from interview_coach.models import LOCAL_OWNER, Utterance
from interview_coach.providers.base import Unavailable
from interview_coach.samples import load_sample
from interview_coach.voice.cascade_conduct import CascadeConduct
from interview_coach.voice.lasting import primed
from interview_coach.voice.live_conduct import LiveConduct
from interview_coach.voice.phrases import phrase
from interview_coach.voice.speaking import Retraction
from tests.apps import bare_app
from tests.patience import PATIENCE

STORY = "In my last job a supplier failed us in May. I called three others and we opened on time with 40 guests."
WHO = Provenance("model", "live@1", provider="gemini", model="test")


class Room:
    """One interview in one call, with an interviewer of ours or (`live`) a vendor's."""

    def __init__(self, app: Flask, interview_id: str, *, live: bool) -> None:
        self.app = app
        self.id = interview_id
        self.told: list[dict[str, Any]] = []
        self.deliveries: list[int] = []
        self.measured: list[tuple[str, bool]] = []
        self.is_late = False
        self.kind: Any = LiveConduct if live else CascadeConduct
        self.pick_up()

    def pick_up(self) -> None:
        with self.app.app_context():
            standing = calling.pick_up(LOCAL_OWNER, self.id, provider="offline", model="")
        self.standing = standing
        self.conduct = self.kind(
            self.app,
            LOCAL_OWNER,
            self.id,
            standing,
            rules=TurnRules(),
            greeting="Hello.",
            tell=lambda message: self.told.append(dict(message)),
            overtime=lambda: self.is_late,
            accepted=self._accepted,
        )

    async def _accepted(self, number: int, said: str, again: bool) -> None:
        self.deliveries.append(number)
        self.measured.append((said, again))

    async def reply(self, said: str, *, heard: str | None = None) -> str:
        words = "".join([piece async for piece in self.conduct.reply(said)])
        if words:
            await self.conduct.spoken(words, words if heard is None else heard, interrupted=heard is not None)
        return words

    async def turned(self, person: str, said: str, heard: str | None = None) -> bool:
        return await self.conduct.turned(
            person, said, said if heard is None else heard, interrupted=heard is not None, provenance=WHO
        )

    def view(self) -> Any:
        with self.app.app_context():
            return interviewing.view(LOCAL_OWNER, self.id)


@pytest.fixture
def room(data_dir: Path) -> Iterator[Callable[..., Room]]:
    app = bare_app(data_dir)

    def make(*, live: bool = False, **choices: object) -> Room:
        with app.app_context():
            found, _ = create(
                LOCAL_OWNER,
                NewInterview(
                    cv_text=load_sample().cv_text, job_text=load_sample().job_text, **{"questions": 3, **choices}
                ),
            )  # type: ignore[arg-type]
        return Room(app, found, live=live)

    yield make


def run(work: Callable[[], Awaitable[None]]) -> None:
    async def main() -> None:
        await work()

    asyncio.run(main())


def test_a_greeting_that_broke_off_is_not_repeated_but_the_question_is_asked(room: Callable[..., Room]) -> None:
    here = room()

    async def talk() -> None:
        words = here.conduct.reply("")
        assert await anext(words) == "Hello. "
        await here.conduct.begun("Hello.")
        assert "".join([piece async for piece in words]) == here.conduct.question
        # Here the process dies.
        here.pick_up()
        assert here.standing.greeted and here.standing.open_question is not None
        assert await here.reply("") == here.conduct.question
        here.pick_up()
        assert await here.reply("") == "", "now it was heard"

    run(talk)


def test_the_last_caption_of_an_answer_is_what_was_stored(room: Callable[..., Room]) -> None:
    here = room()

    async def talk() -> None:
        await here.reply("")
        await here.conduct.keep_draft("Before the call broke off I had said this much.")
        here.pick_up()
        await here.reply("")
        await here.reply(STORY)

    run(talk)
    stored = here.view().questions[0].answer.text
    assert stored == f"Before the call broke off I had said this much. {STORY}"
    captions = [message for message in here.told if message["type"] == "heard" and message["final"]]
    assert captions == [{"type": "heard", "number": 1, "text": stored, "final": True}]
    assert here.told.index(captions[0]) < here.told.index({"type": "saved", "number": 1, "speaker": "person"})


def test_an_answer_longer_than_can_be_kept_is_not_cut_without_a_word(room: Callable[..., Room]) -> None:
    here = room()

    async def talk() -> None:
        await here.reply("")
        await here.reply(STORY)
        assert not [message for message in here.told if message["type"] == "error"]
        await here.reply(f"{STORY} " * (LONGEST_ANSWER // len(STORY) + 1))
        (notice,) = [message for message in here.told if message["type"] == "error"]
        assert notice["code"] == "ANSWER_CUT" and "10,000" in notice["message"]

    run(talk)
    assert len(here.view().questions[1].answer.text) <= LONGEST_ANSWER


def test_a_greeting_is_on_record_once(room: Callable[..., Room]) -> None:
    here = room()

    async def talk() -> None:
        words = [piece async for piece in here.conduct.reply("")]
        await here.conduct.begun("Hello.")
        await here.conduct.spoken("".join(words), "", interrupted=False)

    run(talk)
    with here.app.app_context(), reading() as session:
        spoken = session.scalars(select(Utterance.text).where(Utterance.interview_id == here.id)).all()
    assert len(spoken) == 1 and spoken[0].startswith("Hello. ")


def test_a_whole_interview_is_counted_by_the_server(room: Callable[..., Room]) -> None:
    here = room()

    async def talk() -> None:
        first = await here.reply("")
        assert first.startswith("Hello. ") and here.conduct.number == 1
        for number in (1, 2):
            words = await here.reply(f"{STORY} {number}")
            assert here.conduct.number == number + 1 and words == here.conduct.question
        assert await here.reply(STORY) == phrase("closing.complete")

    run(talk)
    view = here.view()
    assert (view.question_count, view.answered_count, view.is_complete) == (3, 3, True)
    assert [question.answer.source for question in view.questions] == ["spoken"] * 3
    assert here.deliveries == [1, 2, 3]


def test_what_is_no_answer_consumes_no_question(room: Callable[..., Room]) -> None:
    here = room()

    async def talk() -> None:
        await here.reply("")
        for said in ("Okay.", "Uh huh, sure.", "[cough]", "Let me think.", "..."):
            assert await here.reply(said) == ""
        assert here.conduct.question in await here.reply("Sorry, can you repeat that?")

    run(talk)
    assert (here.view().question_count, here.view().answered_count) == (1, 0)


@pytest.mark.parametrize(
    "said",
    ["Skip this one please.", "Can we skip this?", "Next question please.", "Sorry, I have no example. Let's skip it."],
)
@pytest.mark.parametrize("typed", [False, True])
def test_a_question_is_skipped_when_that_is_asked_for(room: Callable[..., Room], said: str, typed: bool) -> None:
    here = room()

    async def talk() -> None:
        await here.reply("")
        here.conduct.typed = typed
        assert await here.reply(said) == here.conduct.question and here.conduct.number == 2

    run(talk)
    assert here.view().questions[0].skipped


def test_a_question_cannot_be_put_off_but_nobody_is_asked_twice(room: Callable[..., Room]) -> None:
    here = room()

    async def talk() -> None:
        await here.reply("")
        assert await here.reply("Can we come back to this later?") == phrase("later")
        assert (here.view().question_count, here.view().answered_count) == (1, 0)
        await here.reply("Could we do this one at the end, please?")
        assert here.conduct.number == 2
        assert await here.reply("Can we come back to this later?") == phrase("later"), "another question"

    run(talk)
    assert here.view().questions[0].skipped


def test_who_does_not_understand_the_question_hears_it_again(room: Callable[..., Room]) -> None:
    here = room()

    async def talk() -> None:
        await here.reply("")
        assert await here.reply("Could you explain the question?") == f"{phrase('explain')} {here.conduct.question}"

    run(talk)
    assert here.view().answered_count == 0


def test_what_is_asked_for_before_there_is_a_next_question_brings_it(
    room: Callable[..., Room], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = room()

    async def talk() -> None:
        await here.reply("")
        first = here.conduct.question
        with monkeypatch.context() as once:
            worded(once, Problem("PROVIDER_UNAVAILABLE", "Nobody answers."))
            with pytest.raises(Unavailable):
                await here.reply(STORY)
        again = await here.reply("Sorry, could you repeat that?")
        assert again == here.conduct.question != first

    run(talk)


def test_coming_back_asks_the_same_question_without_a_second_greeting(room: Callable[..., Room]) -> None:
    here = room()

    async def talk() -> None:
        first = await here.reply("")
        await here.conduct.keep_draft("I was about to say")
        here.pick_up()
        assert await here.reply("") == "" and here.conduct.question in first
        assert here.conduct.kept == "I was about to say"
        await here.reply("that I led the team in May and we won.")

    run(talk)
    assert here.view().questions[0].answer.text.startswith("I was about to say that I led")


def went_on(here: Room, more: str) -> bool:
    """The first answer ends with these words, and the second question waits for its own."""
    view = here.view()
    ends = view.questions[0].answer.text.endswith(more)
    return bool(ends) and (view.question_count, view.answered_count) == (2, 1)


def test_words_before_the_interviewer_was_heard_belong_to_the_same_answer(room: Callable[..., Room]) -> None:
    here = room()

    async def talk() -> None:
        await here.reply("")
        async for _ in here.conduct.reply(STORY):
            break
        words = "".join([piece async for piece in here.conduct.reply(f"{STORY} And I wrote it down afterwards.")])
        assert words == here.conduct.question and here.conduct.number == 2

    run(talk)
    assert went_on(here, "And I wrote it down afterwards.")


@pytest.mark.parametrize("questions", [3, 1])
def test_what_is_said_while_an_answer_is_being_stored_belongs_to_it(
    room: Callable[..., Room], monkeypatch: pytest.MonkeyPatch, questions: int
) -> None:
    here = room(questions=questions)
    known, is_stored, go_on = interviewing.answer, threading.Event(), threading.Event()

    def slowly(*args: Any, **named: Any) -> Any:
        done = known(*args, **named)
        is_stored.set()
        assert go_on.wait(PATIENCE)
        return done

    async def talk() -> None:
        await here.reply("")
        monkeypatch.setattr(interviewing, "answer", slowly)
        words = asyncio.ensure_future(here.reply(STORY))
        assert await asyncio.to_thread(is_stored.wait, PATIENCE)
        words.cancel()  # as the cascade does when the person goes on before anything was told
        await asyncio.wait((words,))
        again = asyncio.ensure_future(here.reply(f"{STORY} And I wrote it down afterwards."))
        go_on.set()
        assert await again == (here.conduct.question if questions == 3 else phrase("closing.complete"))

    run(talk)
    view = here.view()
    assert view.questions[0].answer.text == f"{STORY} And I wrote it down afterwards."
    assert (view.answered_count, view.is_complete) == (1, questions == 1)


def test_who_agrees_to_the_end_twice_hears_the_closing_words(room: Callable[..., Room]) -> None:
    here = room()

    async def talk() -> None:
        await here.reply("")
        await here.reply("I want to end the interview.")
        assert "".join([piece async for piece in here.conduct.reply("Yes.")]) == phrase("closing.requested")
        assert await here.reply("Yes. Please.") == phrase("closing.requested"), "nothing of it was heard before"
        assert await here.reply("Thank you, goodbye.") == ""

    run(talk)
    assert here.view().is_complete


def test_the_same_turn_once_more_is_no_answer_to_the_next_question(room: Callable[..., Room]) -> None:
    here = room()

    async def talk() -> None:
        await here.reply("")
        async for _ in here.conduct.reply(STORY):  # a cough before the first sound: nothing of it was told
            pass
        assert await here.reply(STORY) == here.conduct.question

    run(talk)
    assert (here.view().question_count, here.view().answered_count) == (2, 1)


def test_a_cough_before_the_closing_words_does_not_lose_them(room: Callable[..., Room]) -> None:
    here = room(questions=1)

    async def talk() -> None:
        await here.reply("")
        async for _ in here.conduct.reply(STORY):
            pass
        assert await here.reply(STORY) == phrase("closing.complete")
        assert await here.reply("Thank you, goodbye.") == ""

    run(talk)


def worded(monkeypatch: pytest.MonkeyPatch, *events: Any) -> None:
    """The coach words the next question so, and then as it would have; an exception is where it fails."""
    known = interviewing.stream_question

    def stream(owner: str, interview_id: str) -> Iterator[Any]:
        for event in events:
            if isinstance(event, Exception):
                raise event
            yield event
        yield from known(owner, interview_id)

    monkeypatch.setattr(interviewing, "stream_question", stream)


def test_a_sentence_that_leads_to_a_question_is_given_while_the_rest_is_worded(
    room: Callable[..., Room], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = room()

    async def talk() -> None:
        await here.reply("")
        worded(monkeypatch, Words("You called three "), Words("suppliers. What made"), Withdrawn())
        words = here.conduct.reply(STORY)
        assert await anext(words) == "You called three suppliers. "
        assert here.view().question_count == 1, "its question is not known yet"
        assert (here.conduct.line.kind, here.conduct.line.number) == ("question", 2)
        rest = [piece async for piece in words]
        assert rest[0] == Retraction(len("You called three suppliers. "), phrase("another_way"))
        assert "".join(piece for piece in rest[1:] if isinstance(piece, str)) == here.conduct.question
        await here.conduct.spoken(
            f"You called three suppliers. {phrase('another_way')} {here.conduct.question}", "", interrupted=False
        )

    run(talk)
    question = here.view().questions[1].text
    assert question == here.conduct.question and "called three suppliers. " not in question
    assert {"type": "saved", "number": 2, "speaker": "interviewer"} in here.told


def test_a_question_that_is_one_sentence_is_given_when_it_is_whole(
    room: Callable[..., Room], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = room()

    async def talk() -> None:
        await here.reply("")
        worded(monkeypatch, Words("What made you"), Words(" call them"), Withdrawn())
        pieces = [piece async for piece in here.conduct.reply(STORY)]
        assert not any(isinstance(piece, Retraction) for piece in pieces), "nothing of it was given"
        assert "".join(pieces) == here.conduct.question

    run(talk)


def test_who_speaks_over_what_leads_to_a_question_goes_on_with_the_answer(
    room: Callable[..., Room], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = room()

    async def talk() -> None:
        await here.reply("")
        with monkeypatch.context() as once:
            worded(once, Words("You called three suppliers by yourself. "))
            words = here.conduct.reply(STORY)
            said = await anext(words)
            await words.aclose()
        await here.conduct.spoken(said, "You called three suppliers", interrupted=True)
        assert {"type": "saved", "number": 2, "speaker": "interviewer"} not in here.told
        assert (await here.reply("And I called the owner that evening.")).endswith(here.conduct.question)

    run(talk)
    assert went_on(here, "And I called the owner that evening.")


def test_a_question_that_fails_after_its_first_sentence_is_not_shown_as_saved(
    room: Callable[..., Room], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = room()

    async def talk() -> None:
        await here.reply("")
        with monkeypatch.context() as once:
            worded(once, Words("You called three suppliers. "), Problem("PROVIDER_UNAVAILABLE", "Nobody answers."))
            words = here.conduct.reply(STORY)
            said = await anext(words)
            with pytest.raises(Unavailable):
                await anext(words)
            await here.conduct.spoken(said, said, interrupted=False)
        assert {"type": "saved", "number": 2, "speaker": "interviewer"} not in here.told
        assert await here.reply(STORY) == here.conduct.question

    run(talk)
    view = here.view()
    assert (view.question_count, view.answered_count) == (2, 1)
    assert view.questions[0].answer.text == STORY


def test_what_is_said_after_a_question_failed_is_not_lost(
    room: Callable[..., Room], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = room()

    async def talk() -> None:
        await here.reply("")
        with monkeypatch.context() as once:
            worded(once, Problem("PROVIDER_UNAVAILABLE", "Nobody answers."))
            with pytest.raises(Unavailable):
                await here.reply(STORY)
            with pytest.raises(Unavailable):
                await here.reply(STORY)
        assert await here.reply("And I called the owner that evening.") == here.conduct.question

    run(talk)
    view = here.view()
    assert view.questions[0].answer.text == f"{STORY} And I called the owner that evening."
    assert (view.question_count, view.answered_count) == (2, 1)


def test_words_that_come_while_the_question_is_worded_belong_to_the_same_answer(
    room: Callable[..., Room], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = room()
    more = "And I wrote it down afterwards."

    async def talk() -> None:
        await here.reply("")
        with monkeypatch.context() as once:
            worded(once, Words("You called three suppliers. "))
            words = here.conduct.reply(STORY)
            await anext(words)
            await words.aclose()  # the cascade gives the reply up: nothing of it was told yet
        await here.reply(f"{STORY} {more}")

    run(talk)
    view = here.view()
    assert view.questions[0].answer.text == f"{STORY} {more}"
    assert (view.question_count, view.answered_count) == (2, 1)


def test_a_question_that_was_spoken_over_is_stored_as_far_as_it_was_heard(room: Callable[..., Room]) -> None:
    here = room()

    async def talk() -> None:
        await here.reply("")
        whole = "".join([piece async for piece in here.conduct.reply(STORY)])
        heard = " ".join(whole.split()[:6])
        await here.conduct.spoken(whole, heard, interrupted=True)
        assert here.conduct.question == f"{heard} …"

    run(talk)
    assert here.view().questions[1].text.endswith(" …")


def test_who_speaks_over_the_greeting_is_asked_the_question_then(room: Callable[..., Room]) -> None:
    here = room()

    async def talk() -> None:
        async for _ in here.conduct.reply(""):
            pass
        question = here.conduct.question
        await here.conduct.spoken("Hello.", "Hello.", interrupted=True)
        assert await here.reply("Hello, it is very nice to meet you as well, how was your morning?") == question
        assert here.conduct.question == question == here.view().questions[0].text
        await here.reply(STORY)

    run(talk)
    assert here.view().questions[0].answer.text == STORY


def test_who_hangs_up_in_the_greeting_is_asked_the_question_by_the_next_call(room: Callable[..., Room]) -> None:
    here = room()

    async def talk() -> None:
        async for _ in here.conduct.reply(""):
            pass
        await here.conduct.spoken("Hello.", "Hello.", interrupted=True)
        here.pick_up()
        assert await here.reply("") == here.conduct.question

    run(talk)


def test_of_a_question_behind_the_greeting_only_what_was_heard_is_kept(room: Callable[..., Room]) -> None:
    here = room()

    async def talk() -> None:
        words = "".join([piece async for piece in here.conduct.reply("")])
        heard = " ".join(words.split()[:7])
        await here.conduct.spoken(words, heard, interrupted=True)
        assert words.startswith("Hello. ") and here.conduct.question == f"{heard.removeprefix('Hello. ')} …"

    run(talk)


def test_who_speaks_over_the_first_words_was_going_on(room: Callable[..., Room]) -> None:
    here = room()

    async def talk() -> None:
        await here.reply("")
        whole = "".join([piece async for piece in here.conduct.reply(STORY)])
        await here.conduct.spoken(whole, "So what", interrupted=True)
        assert await here.reply("Wait, I also called the owner that evening.") == whole

    run(talk)
    view = here.view()
    assert view.questions[0].answer.text.endswith("I also called the owner that evening.")
    assert here.measured == [(STORY, False), (f"{STORY} Wait, I also called the owner that evening.", True)]
    assert view.questions[1].text and (view.question_count, view.answered_count) == (2, 1)


def test_who_asks_the_interviewer_something_in_an_answer_is_told_that_it_cannot_say(room: Callable[..., Room]) -> None:
    here = room()
    said = f"{STORY} Should I go into the costs?"

    async def talk() -> None:
        await here.reply("")
        words = await here.reply(said)
        assert words == f"{phrase('asked_back')} {here.conduct.question}"
        assert not (await here.reply(STORY)).startswith(phrase("asked_back"))

    run(talk)
    questions = here.view().questions
    assert questions[0].answer.text == said and phrase("asked_back") not in questions[1].text


def test_the_end_is_asked_for_twice(room: Callable[..., Room]) -> None:
    here = room()

    async def talk() -> None:
        await here.reply("")
        await here.reply(STORY)
        assert await here.reply("I want to end the interview.") == phrase("confirm_end")
        assert await here.reply("Yes please.") == phrase("closing.requested")

    run(talk)
    assert here.view().is_complete and here.conduct.ending == "requested"


@pytest.mark.parametrize("no", ["No.", "No, let's go on.", "No, I want to continue the interview."])
def test_who_does_not_want_to_end_it_hears_the_question_and_is_not_taken_at_a_later_word(
    room: Callable[..., Room], no: str
) -> None:
    here = room()

    async def talk() -> None:
        await here.reply("")
        question = here.conduct.question
        assert await here.reply("I want to end the interview.") == phrase("confirm_end")
        assert await here.reply(no) == f"{phrase('go_on')} {question}"
        assert await here.reply("Okay.") == ""
        assert here.conduct.number == 1 and here.conduct.ending is None
        await here.reply(STORY)

    run(talk)
    view = here.view()
    assert not view.is_complete and view.questions[0].answer.text == STORY and not view.questions[0].skipped


def test_the_end_is_not_agreed_to_before_it_was_asked_about(room: Callable[..., Room]) -> None:
    here = room()

    async def talk() -> None:
        await here.reply("")
        async with aclosing(here.conduct.reply("I want to end the interview.")) as words:
            await anext(words)  # the person speaks on before a word of it was heard
        assert await here.reply("I want to end the interview. Please.") == phrase("confirm_end")
        assert await here.reply("Yes, please end the interview.") == phrase("closing.requested")

    run(talk)
    assert here.view().is_complete


def test_time_ends_it_after_the_answer(room: Callable[..., Room]) -> None:
    here = room()

    async def talk() -> None:
        await here.reply("")
        here.is_late = True
        assert await here.reply(STORY) == phrase("closing.time")

    run(talk)
    view = here.view()
    assert (view.question_count, view.answered_count, view.is_complete) == (1, 1, True)


def test_what_is_typed_before_the_next_question_is_not_lost_without_a_word(
    room: Callable[..., Room], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = room()
    more = "And I forgot to say that it was in May."

    def complaints() -> list[str]:
        return [message["code"] for message in here.told if message["type"] == "error"]

    async def talk() -> None:
        await here.reply("")
        here.conduct.typed = True
        with monkeypatch.context() as once:
            worded(once, Problem("PROVIDER_UNAVAILABLE", "Nobody answers."))
            for said, typed, told in (
                (STORY, True, 0),
                (STORY, True, 0),
                (more, True, 1),
                (f"{STORY} {more}", False, 2),
            ):
                here.conduct.typed = typed
                with pytest.raises(Unavailable):
                    await here.reply(said)
                assert complaints() == ["NO_QUESTION"] * told, said

    run(talk)
    assert here.view().questions[0].answer.text == STORY


def test_typed_words_are_typed_whatever_they_are(room: Callable[..., Room]) -> None:
    here = room()

    async def talk() -> None:
        await here.reply("")
        here.conduct.typed = True
        await here.reply("Okay is what I said to the chef, and I meant it.")

    run(talk)
    assert here.view().questions[0].answer.source == "typed" and here.deliveries == []


# An interviewer who speaks for itself


def test_its_turns_after_answers_are_the_questions(room: Callable[..., Room]) -> None:
    here = room(live=True)

    async def talk() -> None:
        assert await here.turned("", "Hello, I am Kim. What do you do at work?")
        assert await here.turned("Sure.", "Take your time.")
        assert await here.turned(STORY, "What was hard about it?")
        assert await here.turned("Could you repeat the question?", "What was hard about it?")
        assert await here.turned(STORY, "And what came of it?")
        assert await here.turned(STORY, "Thank you, goodbye. [END_INTERVIEW]")

    run(talk)
    view = here.view()
    assert [question.text for question in view.questions] == [
        "Hello, I am Kim. What do you do at work?",
        "What was hard about it?",
        "And what came of it?",
    ]
    assert view.is_complete and here.conduct.line.kind == "closing"
    assert view.questions[0].provenance.model == "test"


def test_its_next_question_after_a_wish_to_skip_counts(room: Callable[..., Room]) -> None:
    here = room(live=True)

    async def talk() -> None:
        assert await here.turned("", "What do you do at work?")
        assert here.conduct.expected("Skip this one please.") == 2
        assert await here.turned("Skip this one please.", "Of course. What was hard last year?")
        assert here.conduct.expected("Can we come back to this later?") == 2
        assert await here.turned("Can we come back to this later?", "I cannot come back to it. Take your time.")
        assert here.conduct.number == 2
        assert here.conduct.expected("I'd like to come back to that.") == 3
        assert await here.turned("I'd like to come back to that.", "Of course. And what went well?")

    run(talk)
    view = here.view()
    assert view.question_count == 3 and [view.questions[at].skipped for at in (0, 1)] == [True, True]
    assert view.questions[1].text == "Of course. What was hard last year?"


def test_its_interrupted_words_are_discarded_or_cut(room: Callable[..., Room]) -> None:
    here = room(live=True)

    async def talk() -> None:
        await here.turned("", "What do you do at work?")
        assert not await here.turned(STORY, "So what was hard about it?", heard="So what")
        assert here.view().question_count == 1
        assert await here.turned(f"{STORY} More.", "So what was hard about it all?", heard="So what was hard about")

    run(talk)
    view = here.view()
    assert view.questions[1].text == "So what was hard about …" and view.questions[0].answer.text.endswith("More.")


def test_its_greeting_that_was_spoken_over_is_no_question(room: Callable[..., Room]) -> None:
    here = room(live=True)

    async def talk() -> None:
        assert await here.turned("", "Hello, I am Kim. What do you do at work?", heard="Hello, I am")
        assert here.view().question_count == 0
        assert await here.turned("Hi Kim, it is very nice to meet you too.", "And you. What do you do at work?")
        assert await here.turned(STORY, "What was hard about it?")

    run(talk)
    questions = here.view().questions
    assert [question.text for question in questions] == ["And you. What do you do at work?", "What was hard about it?"]
    assert questions[0].answer.text == STORY


def test_it_goes_on_when_the_person_does_not_want_to_end_it(room: Callable[..., Room]) -> None:
    here = room(live=True)

    async def talk() -> None:
        await here.turned("", "What do you do at work?")
        await here.turned("I want to end the interview.", "Are you sure?")
        await here.turned("No, let's go on.", "Good. What do you do at work?")
        assert (here.conduct.number, here.view().questions[0].skipped) == (1, False)
        await here.turned("Okay.", "Goodbye then. [END_INTERVIEW]")
        assert here.conduct.ending is None

    run(talk)


def test_its_marker_ends_the_interview_early(room: Callable[..., Room]) -> None:
    here = room(live=True)

    async def talk() -> None:
        await here.turned("", "What do you do at work?")
        await here.turned(STORY, "What was hard?")
        await here.turned("Please stop the interview.", "Goodbye then. [END_INTERVIEW]")

    run(talk)
    view = here.view()
    assert view.is_complete and (view.question_count, view.answered_count) == (2, 1)


def test_it_may_end_what_was_not_begun_only_when_asked_to(room: Callable[..., Room]) -> None:
    here = room(live=True)

    async def talk() -> None:
        await here.turned("", "What do you do at work?")
        await here.turned("Sure.", "Goodbye then. [END_INTERVIEW]")
        assert here.conduct.ending is None
        await here.turned("I want to end the interview.", "Are you sure?")
        await here.turned("Yes.", "Goodbye then. [END_INTERVIEW]")

    run(talk)
    assert here.view().is_complete and here.conduct.line.kind == "closing"


def test_history_is_the_last_four_messages_beginning_with_the_person(room: Callable[..., Room]) -> None:
    here = room(live=True, questions=8)

    async def talk() -> None:
        await here.turned("", "Question one?")
        with here.app.app_context():
            assert [m.role for m in primed(calling.history(LOCAL_OWNER, here.id))] == ["user", "assistant"]
        for number in range(2, 5):
            await here.turned("é" * 900 + " and so on", f"Question {number}?")

    run(talk)
    with here.app.app_context():
        found = primed(calling.history(LOCAL_OWNER, here.id))
    assert [message.role for message in found] == ["user", "assistant", "user", "assistant"]
    assert max(len(message.text.encode()) for message in found) <= 1024
    assert found[0].text == "é" * 512


def test_a_call_that_was_taken_over_is_told_so(room: Callable[..., Room]) -> None:
    here = room()
    first = here.standing.call_id
    here.pick_up()
    with here.app.app_context():
        pulses = [Pulse(first, 1, None), Pulse(here.standing.call_id, 2, "h"), Pulse("nobody's", 3, None)]
        assert calling.beat(pulses) == [Beat.ELSEWHERE, Beat.ON, Beat.DELETED]
        again = calling.pick_up(LOCAL_OWNER, here.id, provider="offline", model="")
        assert again.handle == "h" and again.seconds == 2
        assert calling.pick_up(LOCAL_OWNER, here.id, provider="gemini", model="").handle is None


def test_a_finished_interview_takes_no_call(room: Callable[..., Room]) -> None:
    here = room(questions=1)

    async def talk() -> None:
        await here.reply("")
        await here.reply(STORY)

    run(talk)
    with here.app.app_context(), pytest.raises(Problem, match="finished"):
        calling.pick_up(LOCAL_OWNER, here.id, provider="offline", model="")
