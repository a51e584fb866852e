"""Answering a question of a finished interview once more: at once from several tabs, again, and while processes end."""

import threading

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from interview_coach import creating, evaluating, interviewing, retaking
from interview_coach.coach.rules.assessor import RulesAssessor
from interview_coach.coaches import Coaches
from interview_coach.creating import NewInterview
from interview_coach.db import reading, writing
from interview_coach.errors import Problem
from interview_coach.evaluating import claims, working
from interview_coach.jobs import Jobs
from interview_coach.models import Draft, Evaluation, Interview, Retake, Score
from interview_coach.retaking import RetakeView, storing
from interview_coach.samples import load_sample
from tests.patience import PATIENCE
from tests.reports import evaluations

ME = "local"
FIRST = "Two people were ill on a Saturday. I called four colleagues and split the shift. We opened on time."
BETTER = (
    "In May two people were ill on a Saturday and I had to keep the shop open. I called four colleagues, split the "
    "shift in two and stood at the counter myself. We opened on time and lost none of 140 orders."
)


@pytest.fixture
def whole(app) -> str:
    """A finished interview of two questions: the first answered, the second skipped."""
    made = begun(questions=2)
    interviewing.answer(ME, made, 1, FIRST)
    interviewing.next_question(ME, made)
    interviewing.skip(ME, made, 2)
    return made


def begun(**choices: object) -> str:
    sample = load_sample()
    made, _ = creating.create(ME, NewInterview(cv_text=sample.cv_text, job_text=sample.job_text, **choices))
    interviewing.next_question(ME, made)
    return made


def count(table) -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(table))


def refused(code: str, *arguments: object, **options: object) -> Problem:
    with pytest.raises(Problem) as caught:
        retaking.retake(ME, *arguments, **options)
    assert caught.value.code == code
    return caught.value


def together(app: Flask, work, times: int) -> list:
    """`work(index)` in that many threads at once; exceptions are results too."""
    found: list = []
    barrier = threading.Barrier(times)

    def run(index: int) -> None:
        barrier.wait()
        with app.app_context():
            try:
                found.append(work(index))
            except Exception as error:
                found.append(error)

    threads = [threading.Thread(target=run, args=(index,)) for index in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert len(found) == times
    return found


def test_a_retake_has_its_own_marks_and_the_interview_keeps_its_own(whole):
    before = evaluating.report(ME, whole).to_json()
    done = retaking.retake(ME, whole, 1, BETTER)
    assert (done.repeated, done.retake.take, done.retake.status) == (False, 2, "COMPLETED")
    takes = retaking.takes(ME, whole, 1)
    assert takes.answer == FIRST and takes.question.answer.text == FIRST
    assert [take.text for take in takes.retakes] == [BETTER]
    assert takes.retakes[0].score.score != takes.score.score
    after = evaluating.report(ME, whole).to_json()
    assert after["overall"] == before["overall"]
    assert interviewing.listing(ME)[0].overall == before["overall"]
    assert interviewing.view(ME, whole).question(1).answer.text == FIRST
    assert len(evaluations(ME, whole)) == 1, "the evaluations of the interview are not those of a retake"


def test_a_skipped_question_can_be_answered_afterwards(whole):
    done = retaking.retake(ME, whole, 2, BETTER)
    takes = retaking.takes(ME, whole, 2)
    assert takes.answer is None and takes.score.score == 0
    assert done.retake.score.score > 0


def test_takes_count_up_by_question(whole):
    numbers = [
        retaking.retake(ME, whole, number, f"{BETTER} Case {i}.").retake for i, number in enumerate([1, 1, 2, 1])
    ]
    assert [(made.number, made.take) for made in numbers] == [(1, 2), (1, 3), (2, 2), (1, 4)]
    assert [(made.number, made.take) for made in retaking.retakes(ME, whole)] == [(1, 2), (1, 3), (1, 4), (2, 2)]


@pytest.mark.parametrize("key", ["once", None])
def test_a_repeat_gives_the_stored_one(whole, key):
    first = retaking.retake(ME, whole, 1, BETTER, key=key)
    again = retaking.retake(ME, whole, 1, f"  {BETTER}\r\n", key=key)
    assert again.repeated and again.retake == first.retake
    assert count(Retake) == 1 and count(Evaluation) == 2


def test_a_key_with_other_words_or_for_another_question_is_a_conflict(whole):
    retaking.retake(ME, whole, 1, BETTER, key="once")
    refused("ANSWER_CONFLICT", whole, 1, f"{BETTER} And more.", key="once")
    refused("ANSWER_CONFLICT", whole, 2, BETTER, key="once")
    assert count(Retake) == 1


def test_the_same_words_without_a_key_may_answer_another_question(whole):
    assert not retaking.retake(ME, whole, 1, BETTER).repeated
    assert not retaking.retake(ME, whole, 2, BETTER).repeated


def test_the_same_retake_ten_times_at_once_is_one(app, whole):
    found = together(app, lambda _: retaking.retake(ME, whole, 1, BETTER, key="once"), 10)
    assert sorted(done.repeated for done in found) == [False] + [True] * 9
    assert count(Retake) == 1 and count(Evaluation) == 2


def test_different_retakes_at_once_get_different_numbers(app, whole):
    found = together(app, lambda index: retaking.retake(ME, whole, 1, f"{BETTER} Case {index}.", key=f"k{index}"), 10)
    assert sorted(done.retake.take for done in found) == list(range(2, 12))
    assert count(Evaluation) == 11


def test_a_number_that_another_process_took_meanwhile_is_taken_again(app, whole, monkeypatch):
    """On a database with several writers nobody waits for the other: the unique key decides."""
    retaking.retake(ME, whole, 1, BETTER, key="first")
    add, tries = storing._add, []

    def outdated(session, interview, number, words, **more):
        tries.append(number)
        row = add(session, interview, number, words, **more)
        if len(tries) == 1:
            row.take = 2
            session.flush()
        return row

    monkeypatch.setattr(storing, "_add", outdated)
    assert retaking.retake(ME, whole, 1, f"{BETTER} Second.", key="second").retake.take == 3
    assert len(tries) == 2
    assert count(Retake) == 2 and count(Evaluation) == 3


@pytest.mark.parametrize("text", ["", " \n ", "um", "Okay.", "x" * (interviewing.LONGEST_ANSWER + 1)])
def test_what_is_no_answer_is_no_retake(whole, text):
    problem = refused("VALIDATION_FAILED", whole, 1, text)
    assert "skip" not in problem.message, "there is nothing to skip here"
    assert count(Retake) == 0


def test_an_interview_that_is_still_going_on_cannot_be_retaken(app):
    made = begun(questions=3)
    interviewing.answer(ME, made, 1, FIRST)
    refused("NOT_COMPLETED", made, 1, BETTER)
    with pytest.raises(Problem, match="still going on"):
        retaking.takes(ME, made, 1)


def test_a_question_that_was_not_asked_cannot_be_retaken(whole):
    for number in (0, -1, 3, 10**12):
        refused("QUESTION_NOT_FOUND", whole, number, BETTER)


def test_somebody_elses_interview_is_not_there(whole):
    for call in (
        lambda: retaking.retake("other", whole, 1, BETTER),
        lambda: retaking.retakes("other", whole),
        lambda: retaking.takes("other", whole, 1),
        lambda: retaking.save_draft("other", whole, 1, BETTER),
        lambda: retaking.judge_again("other", whole, 1, 2),
    ):
        with pytest.raises(Problem) as caught:
            call()
        assert caught.value.code == "INTERVIEW_NOT_FOUND"


def test_there_is_an_end_to_retakes_of_one_question(whole, monkeypatch):
    monkeypatch.setattr(storing, "MOST_RETAKES", 2)
    for index in range(2):
        retaking.retake(ME, whole, 1, f"{BETTER} Case {index}.", key=f"k{index}")
    refused("VALIDATION_FAILED", whole, 1, f"{BETTER} Once more.", key="k3")
    assert retaking.retake(ME, whole, 1, f"{BETTER} Case 1.", key="k1").repeated, "a repeat is no further one"
    assert retaking.retake(ME, whole, 2, BETTER).retake.take == 2


@pytest.mark.parametrize("place", ["after the commit", "while giving marks"])
def test_a_process_that_dies_before_the_marks_leaves_the_retake_and_its_request(whole, monkeypatch, place):
    class Killed(BaseException):
        """Nothing in the program catches this, as nothing catches kill -9."""

    def die(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(*((Jobs, "_do", die) if place == "after the commit" else (working, "_store", die)))
        with pytest.raises(Killed):
            retaking.retake(ME, whole, 1, BETTER, key="once")
    shown = retaking.retakes(ME, whole)[0]
    assert shown.is_running and shown.score is None
    again = retaking.retake(ME, whole, 1, BETTER, key="once")
    assert again.repeated and again.retake.is_running, "the browser's repeat finds it and asks for no second judgement"
    claims._held.clear()  # what the process knew is gone with it
    assert evaluating.sweep() == 1
    shown = retaking.retakes(ME, whole)[0]
    assert shown.status == "COMPLETED" and shown.score.score is not None
    assert count(Retake) == 1 and count(Evaluation) == 2 and count(Score) == 3


def test_a_retake_is_never_stored_without_its_request(whole, monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise Problem("STORAGE_FULL", "full")

    monkeypatch.setattr(storing.evaluating, "enqueue", full)
    refused("STORAGE_FULL", whole, 1, BETTER)
    assert count(Retake) == 0


def failed(whole: str, monkeypatch: pytest.MonkeyPatch) -> RetakeView:
    """A retake whose marks could not be given."""

    class Broken:
        async def assess(self, *_: object) -> None:
            raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr("interview_coach.coaches.Coaches.assessor", lambda *_: Broken())
        return retaking.retake(ME, whole, 1, BETTER).retake


def test_whoever_gave_the_marks_of_the_interview_gives_those_of_a_retake(app, whole, monkeypatch):
    """Or before and after would not be one measure. Here Gemini asked, and the built-in coach gave the marks."""
    with writing() as session:
        session.execute(update(Interview).values(coach="gemini"))
    asked = []
    monkeypatch.setattr(Coaches, "assessor", lambda _self, name, runs: asked.append((name, runs)) or RulesAssessor())
    retaking.retake(ME, whole, 1, BETTER)
    assert asked == [("offline", 1)]
    with writing() as session:
        session.execute(update(Evaluation).where(Evaluation.retake_id.is_(None)).values(coach="openrouter", runs=3))
    retaking.retake(ME, whole, 1, f"{BETTER} Second.")
    assert asked[1:] == [("gemini", 1)], "who marked has no key any more: who asked"
    monkeypatch.setattr(Coaches, "is_configured", lambda *_: True)
    retaking.retake(ME, whole, 1, f"{BETTER} Third.")
    assert asked[2:] == [("openrouter", 3)]


def test_marks_that_failed_say_why_and_can_be_asked_for_again(app, whole, monkeypatch):
    found = failed(whole, monkeypatch)
    assert found.status == "FAILED" and found.score is None
    assert "saved" in found.evaluation.error
    again = retaking.judge_again(ME, whole, 1, 2, "offline")
    assert (again.status, again.evaluation.coach) == ("COMPLETED", "offline")
    assert again.score.score is not None
    assert again.evaluation.id != found.evaluation.id and count(Evaluation) == 3, "the failed one stays"


def test_pressing_try_again_often_asks_once(app, whole, monkeypatch):
    failed(whole, monkeypatch)
    with monkeypatch.context() as patch:
        patch.setattr(Jobs, "_do", lambda *_: None)  # somebody is at it
        found = together(app, lambda _: retaking.judge_again(ME, whole, 1, 2), 8)
    assert len({view.evaluation.id for view in found}) == 1
    assert count(Evaluation) == 3


def test_judging_again_is_refused_for_what_is_not_there(whole):
    retaking.retake(ME, whole, 1, BETTER)
    with pytest.raises(Problem) as caught:
        retaking.judge_again(ME, whole, 1, 3)
    assert caught.value.code == "NOT_FOUND"
    for coach in ("gemini", "nobody"):
        with pytest.raises(Problem) as caught:
            retaking.judge_again(ME, whole, 1, 2, coach)
        assert caught.value.code == "VALIDATION_FAILED"


def test_what_is_typed_is_kept_until_it_is_sent(whole):
    retaking.save_draft(ME, whole, 1, "Half a sentence")
    assert retaking.takes(ME, whole, 1).draft.text == "Half a sentence"
    assert retaking.takes(ME, whole, 2).draft is None, "it is for the other question"
    assert interviewing.view(ME, whole).draft is None, "the room of a finished interview has no box"
    retaking.retake(ME, whole, 2, BETTER)
    assert retaking.takes(ME, whole, 1).draft.text == "Half a sentence"
    retaking.retake(ME, whole, 1, BETTER)
    assert count(Draft) == 0


def test_deleting_the_interview_takes_its_retakes_along(whole):
    retaking.retake(ME, whole, 1, BETTER)
    retaking.save_draft(ME, whole, 1, "Half a sentence")
    interviewing.delete(ME, whole)
    assert [count(table) for table in (Retake, Evaluation, Score, Draft)] == [0, 0, 0, 0]


def test_json_says_it_all(whole):
    made = retaking.retake(ME, whole, 1, BETTER).retake.to_json()
    assert (made["number"], made["take"], made["status"], made["answer"]) == (1, 2, "COMPLETED", BETTER)
    marks = made["marks"]
    assert made["score"] == marks["accuracy"] + marks["completeness"] + marks["clarity"]
    assert all(BETTER[quote["start"] : quote["end"]] == quote["text"] for quote in marks["quotes"])
    assert made["evaluation"]["total"] == 1
