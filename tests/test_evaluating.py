"""Giving marks while people press buttons, processes end and disks fill up."""

import asyncio
import threading

import pytest
from sqlalchemy import select

from interview_coach import creating, evaluating, interviewing
from interview_coach.coach.rules.assessor import RulesAssessor
from interview_coach.coaches import Coaches
from interview_coach.creating import NewInterview
from interview_coach.db import reading
from interview_coach.errors import Problem
from interview_coach.evaluating import claims, working
from interview_coach.jobs import Jobs
from interview_coach.models import Evaluation, Score
from interview_coach.samples import load_sample
from tests.patience import PATIENCE, eventually

ME = "local"
TEXT = "Two people were ill on a Saturday. I called four colleagues and split the shift. We opened on time."


@pytest.fixture
def whole(app) -> str:
    """A finished interview of two questions, with its marks."""
    sample = load_sample()
    made, _ = creating.create(ME, NewInterview(cv_text=sample.cv_text, job_text=sample.job_text, questions=2))
    for number in (1, 2):
        interviewing.next_question(ME, made)
        interviewing.answer(ME, made, number, f"{TEXT} Case {number}.")
    return made


def rows(table):
    with reading() as session:
        return session.scalars(select(table)).all()


def test_pressing_the_button_often_and_at_once_runs_one_evaluation_at_a_time(app, whole, monkeypatch):
    at_work = most = calls = 0
    go, entered, count = threading.Event(), threading.Event(), threading.Lock()
    assess = RulesAssessor.assess

    async def slow(self, *arguments):
        nonlocal at_work, most, calls
        with count:
            at_work += 1
            calls += 1
            most = max(most, at_work)
        entered.set()
        while not go.is_set():
            await asyncio.sleep(0.01)
        found = await assess(self, *arguments)
        with count:
            at_work -= 1
        return found

    monkeypatch.setattr(RulesAssessor, "assess", slow)

    def press() -> None:
        with app.app_context():
            evaluating.request(ME, whole)

    first = threading.Thread(target=press)
    first.start()
    assert entered.wait(PATIENCE)
    others = [threading.Thread(target=press) for _ in range(8)]
    for thread in others:
        thread.start()
    for thread in others:
        thread.join(PATIENCE)
        assert not thread.is_alive(), "who asks again does not wait for the one that runs"
    go.set()
    first.join(PATIENCE)
    assert (most, calls) == (1, 1)
    assert len(rows(Evaluation)) == 2, "the first marks, and one more time"
    assert interviewing.view(ME, whole).evaluation.status == "COMPLETED"
    assert len(rows(Score)) == 4


def test_an_acknowledged_last_answer_is_not_called_lost_when_the_marks_cannot_be_stored(app, monkeypatch):
    """The answer is committed before the marks are given: a disk that fills up in between is the marks' problem."""
    sample = load_sample()
    made, _ = creating.create(ME, NewInterview(cv_text=sample.cv_text, job_text=sample.job_text, questions=1))
    interviewing.next_question(ME, made)
    store = working._store
    tried = []

    def full(*arguments: object) -> None:
        tried.append(arguments)
        if len(tried) == 1:
            raise Problem("STORAGE_FULL", "full")
        store(*arguments)

    monkeypatch.setattr(working, "_store", full)
    monkeypatch.setattr(working, "AGAIN_SECONDS", 0.05)
    assert interviewing.answer(ME, made, 1, TEXT).is_complete
    assert eventually(lambda: interviewing.view(ME, made).evaluation.status == "COMPLETED"), (
        "again, without being asked"
    )
    assert len(tried) == 2 and len(rows(Score)) == 1


@pytest.mark.parametrize("place", ["after the commit", "while giving marks", "before storing them"])
def test_a_process_that_dies_while_marking_leaves_nothing_stuck(app, monkeypatch, place):
    class Killed(BaseException):
        """Nothing in the program catches this, as nothing catches kill -9."""

    def die(*_: object, **__: object) -> None:
        raise Killed

    sample = load_sample()
    made, _ = creating.create(ME, NewInterview(cv_text=sample.cv_text, job_text=sample.job_text, questions=1))
    interviewing.next_question(ME, made)
    with monkeypatch.context() as patch:
        if place == "after the commit":
            patch.setattr(Jobs, "_do", die)
        elif place == "while giving marks":
            patch.setattr(Coaches, "assessor", die)
        else:
            patch.setattr(working, "_store", die)
        with pytest.raises(Killed):
            interviewing.answer(ME, made, 1, TEXT)
    shown = interviewing.view(ME, made)
    assert shown.is_complete and shown.evaluation.status in ("PENDING", "PROCESSING")
    claims._held.clear()  # what the process knew is gone with it
    assert evaluating.sweep() == 1
    assert interviewing.view(ME, made).evaluation.status == "COMPLETED"
    assert len(rows(Evaluation)) == len(rows(Score)) == 1


def test_deleting_an_interview_while_it_is_marked_leaves_no_row(app, whole, monkeypatch):
    store = working._store

    def deleted_meanwhile(*arguments):
        interviewing.delete(ME, whole)
        store(*arguments)

    monkeypatch.setattr(working, "_store", deleted_meanwhile)
    evaluating.request(ME, whole)
    assert rows(Evaluation) == rows(Score) == []
