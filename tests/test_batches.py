"""An evaluation in batches: what is stored stays, what is stored is never judged again, what fails says why."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from interview_coach import creating, evaluating, interviewing
from interview_coach.coach.rules.assessor import RulesAssessor
from interview_coach.coaches import Coaches
from interview_coach.creating import NewInterview
from interview_coach.db import db, now, reading, writing
from interview_coach.domain.provenance import Provenance
from interview_coach.domain.scorecard import Summary
from interview_coach.errors import Problem
from interview_coach.evaluating import claims, rows, working
from interview_coach.jobs import Jobs
from interview_coach.metering import meter
from interview_coach.models import Evaluation, Interview, ProviderCall, Score
from interview_coach.providers.base import Throttled, Unavailable, Usage
from interview_coach.samples import load_sample
from tests.apps import bare_app
from tests.patience import eventually
from tests.reports import evaluations

ME = "local"
TEXT = "Two people were ill on a Saturday. I called four colleagues and split the shift. We opened on time."
WHO = Provenance(coach="model", version="test-1", provider="openrouter", model="fake/model-1", prompt="assess@1")


class Paid(RulesAssessor):
    """Judges by rules, keeps what it was paid for, and does what it is told before a batch or the summary."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.before: list[object] = []
        self.summary: object = Summary("Eight answers, three of them whole.", WHO)

    async def assess(self, answers, rubric, background):
        self.batches.append([asked.number for asked in answers])
        meter(Usage("openrouter", "fake/model-1", "assessment", 0.1, 100, 50, 0.001))
        happens = self.before.pop(0) if self.before else None
        if isinstance(happens, BaseException):
            raise happens
        if callable(happens):
            await asyncio.to_thread(happens)
        card = await super().assess(answers, rubric, background)
        return replace(card, answers=tuple(replace(score, provenance=WHO) for score in card.answers))

    async def summarise(self, answers, scorecard, background):
        if isinstance(self.summary, BaseException):
            raise self.summary
        return self.summary


@pytest.fixture
def app(tmp_path) -> Iterator[Flask]:
    app = bare_app(tmp_path / "data", evaluation_batch=3)
    with app.app_context():
        yield app
        db.engine.dispose()


@pytest.fixture
def paid(app, monkeypatch) -> Paid:
    assessor = Paid()
    monkeypatch.setattr(Coaches, "assessor", lambda *_: assessor)
    return assessor


def finished(questions: int = 8) -> str:
    sample = load_sample()
    made, _ = creating.create(
        ME, NewInterview(cv_text=sample.cv_text, job_text=sample.job_text, questions=questions, force_create=True)
    )
    for number in range(1, questions + 1):
        interviewing.next_question(ME, made)
        interviewing.answer(ME, made, number, f"{TEXT} Case {number}.")
    return made


def stored(table):
    with reading() as session:
        return session.scalars(select(table)).all()


def state(interview_id: str):
    return interviewing.view(ME, interview_id).evaluation


def test_answers_are_judged_in_batches_of_the_set_size(paid):
    made = finished(8)
    assert paid.batches == [[1, 2, 3], [4, 5, 6], [7, 8]]
    assert state(made).status == "COMPLETED" and (state(made).done, state(made).total) == (8, 8)


def test_twenty_questions_never_break(paid):
    made = finished(20)
    assert [len(batch) for batch in paid.batches] == [3] * 6 + [2]
    assert evaluating.report(ME, made).overall is not None


def test_progress_is_visible_while_batches_are_judged(paid):
    seen = []

    def look(app):
        with app.app_context():
            with reading() as session:
                row = session.scalars(select(Evaluation)).one()
            shown = state(row.interview_id)
            seen.append((shown.status, shown.done, shown.total))

    from flask import current_app

    app = current_app._get_current_object()
    paid.before = [lambda: look(app)] * 3
    finished(8)
    assert seen == [("PROCESSING", 0, 8), ("PROCESSING", 3, 8), ("PROCESSING", 6, 8)]


def test_a_failure_keeps_its_reason_and_what_was_judged_and_asking_again_keeps_both(paid):
    paid.before = [None, Unavailable("OpenRouter did not answer in time.")]
    made = finished(8)
    shown = state(made)
    assert (shown.status, shown.done) == ("FAILED", 3)
    assert shown.error.startswith("OpenRouter did not answer in time.") and "Your answers are saved" in shown.error
    assert interviewing.view(ME, made).status == "COMPLETED", "answered, and not evaluated"
    with pytest.raises(Problem):
        evaluating.report("somebody else", made)
    assert [entry.score.number for entry in evaluating.report(ME, made).answers if entry.score] == [1, 2, 3]
    evaluating.request(ME, made)
    assert state(made).status == "COMPLETED" and len(evaluations(ME, made)) == 2
    assert [item.status for item in evaluations(ME, made)] == ["COMPLETED", "FAILED"]


def test_a_killed_evaluation_goes_on_after_the_last_stored_batch(paid):
    class Killed(BaseException):
        """As kill -9: nothing catches it."""

    paid.before = [None, Killed()]
    with pytest.raises(Killed):
        finished(8)
    claims._held.clear()  # what the process knew is gone with it
    assert len(stored(Score)) == 3
    assert evaluating.sweep() == 1
    assert paid.batches == [[1, 2, 3], [4, 5, 6], [4, 5, 6], [7, 8]], "1, 2 and 3 were paid for once"
    assert len(stored(Score)) == 8 and [row.finished_at is not None for row in stored(Evaluation)] == [True]


def test_what_was_paid_for_is_written_down_also_when_it_failed(paid):
    paid.before = [None, Throttled("OpenRouter is busy.", retry_after=7)]
    finished(8)
    assert len(stored(ProviderCall)) == len(paid.batches) == 2
    assert all(call.purpose == "assessment" and call.interview_id for call in stored(ProviderCall))


def test_a_summary_that_fails_loses_no_score(paid):
    paid.summary = Unavailable("OpenRouter did not answer in time.")
    made = finished(4)
    assert state(made).status == "COMPLETED" and len(stored(Score)) == 4
    (row,) = stored(Evaluation)
    assert row.summary["provenance"]["fallback"] and "in time" in row.summary["provenance"]["reason"]
    assert evaluating.report(ME, made).summary, "the report's own sentences"


def test_a_defect_is_told_in_words_without_those_of_the_answers(paid, caplog):
    paid.before = [ValueError(TEXT)]
    made = finished(2)
    assert state(made).status == "FAILED" and TEXT not in state(made).error and TEXT not in caplog.text


def test_an_evaluation_that_takes_too_long_fails_with_a_sentence(paid, monkeypatch):
    async def forever(*_):
        await asyncio.sleep(3600)

    monkeypatch.setattr(Paid, "assess", forever)
    monkeypatch.setattr(working, "BATCH_SECONDS", 0.05)
    made = finished(1)
    assert state(made).status == "FAILED" and "took too long" in state(made).error


def test_who_lost_the_claim_stores_nothing(paid):
    """Two hosts: the first stops for so long that its claim lapses, the second takes over, the first wakes up."""
    from flask import current_app

    app = current_app._get_current_object()

    def another_host() -> None:
        with app.app_context():
            with writing() as session:
                session.execute(update(Evaluation).values(heartbeat_at=now() - timedelta(seconds=60)))
            (row,) = stored(Evaluation)
            evaluating.work(row.id)

    paid.before = [another_host]
    made = finished(4)
    assert paid.batches == [[1, 2, 3], [1, 2, 3], [4]], "the one that lost stopped after its batch"
    assert state(made).status == "COMPLETED" and len(stored(Score)) == 4


def test_a_live_claim_is_left_alone_and_a_lapsed_one_is_taken(app, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(Jobs, "submit", lambda *_: None)
        finished(1)
    (row,) = stored(Evaluation)
    assert claims.take(row.id) is not None and claims.take(row.id) is None
    assert evaluating.sweep() == 0
    with writing() as session:
        session.execute(
            update(Evaluation).values(
                worker="elsewhere:1:abc", heartbeat_at=now() - timedelta(seconds=rows.LEASE_SECONDS + 1)
            )
        )
    assert evaluating.sweep() == 1
    assert stored(Evaluation)[0].finished_at is not None


@pytest.mark.parametrize("what", ["boot", "process numbers"])
def test_a_claim_of_another_container_with_our_name_and_number_is_no_dead_one_of_ours(app, monkeypatch, what):
    """Containers of one service may share a name, and in each of them the server is process 1."""
    with monkeypatch.context() as patch:
        patch.setattr(Jobs, "submit", lambda *_: None)
        finished(1)
    (row,) = stored(Evaluation)
    if what == "boot":
        patched = {"/proc/sys/kernel/random/boot_id": "another start"}
        read = claims.Path.read_text
        monkeypatch.setattr(claims.Path, "read_text", lambda at, *a: patched.get(str(at)) or read(at, *a))
    else:
        monkeypatch.setattr(claims.Path, "readlink", lambda _: "pid:[1]")
    claims._here.cache_clear()
    try:
        theirs = claims.take(row.id)
    finally:
        monkeypatch.undo()
        claims._here.cache_clear()
    claims._held.clear()  # it is another process's, not ours
    assert theirs is not None and evaluating.sweep() == 0
    assert stored(Evaluation)[0].worker == theirs
    with writing() as session:
        session.execute(update(Evaluation).values(worker=None))
    assert claims.take(row.id) is not None
    claims._held.clear()
    assert evaluating.sweep() == 1, "one of ours that nobody holds is"


def test_a_claim_is_held_before_anybody_can_read_it(app, monkeypatch):
    """The sweep of this process gives back what nobody here holds: also between the commit and the next line."""
    with monkeypatch.context() as patch:
        patch.setattr(Jobs, "submit", lambda *_: None)
        finished(1)
    (row,) = stored(Evaluation)
    with monkeypatch.context() as patch:
        commits = []

        @contextmanager
        def looked_at():
            with writing() as session:
                yield session
            if not commits:
                commits.append(True)
                claims.free_the_dead()

        patch.setattr(claims, "writing", looked_at)
        worker = claims.take(row.id)
    assert commits and stored(Evaluation)[0].worker == worker
    claims.let_go()


def test_no_claim_is_held_when_the_work_is_over(paid):
    before = set(claims._held)
    paid.before = [None, None, None, Unavailable("OpenRouter did not answer in time.")]
    finished(8)
    finished(2)
    assert [row.finished_at is None for row in stored(Evaluation)].count(True) == 1
    assert claims._held == before


def test_a_sweep_that_ends_while_the_queue_stops_says_nothing(app, caplog):
    jobs: Jobs = app.extensions["jobs"]
    stop = threading.Event()
    jobs.stop()
    stop.set()
    jobs._sweep(None, stop)
    assert "the sweep failed" not in caplog.text


def test_work_that_ends_every_process_is_given_up(app, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(Jobs, "submit", lambda *_: None)
        made = finished(1)
    with writing() as session:
        session.execute(update(Evaluation).values(attempts=claims.MOST_ATTEMPTS))
    assert evaluating.sweep() == 1
    assert state(made).status == "FAILED" and "interrupted again and again" in state(made).error
    evaluating.request(ME, made)
    assert state(made).status == "COMPLETED", "asking again is possible"


def test_a_coach_without_a_key_is_refused_and_one_that_lost_its_key_fails_in_words(app):
    made = finished(1)
    with pytest.raises(Problem) as caught:
        evaluating.request(ME, made, "gemini")
    assert caught.value.code == "VALIDATION_FAILED" and "key" in caught.value.message
    with pytest.raises(Problem):
        evaluating.request(ME, made, "nobody")
    with writing() as session:
        session.execute(update(Interview).values(coach="gemini"))
    evaluating.request(ME, made)
    assert state(made).status == "FAILED" and state(made).coach == "gemini"
    evaluating.request(ME, made, "offline")
    assert state(made).status == "COMPLETED" and state(made).coach == "offline"


def test_workers_in_the_process_do_it_and_stopping_gives_the_claims_back(app, monkeypatch):
    jobs: Jobs = app.extensions["jobs"]
    jobs.start()
    jobs.start()  # a second call changes nothing
    try:
        made = finished(3)
        assert eventually(lambda: state(made).status == "COMPLETED") and len(stored(Evaluation)) == 1
    finally:
        jobs.stop()
    with monkeypatch.context() as patch:
        patch.setattr(Jobs, "submit", lambda *_: None)
        other = finished(1)
    row = next(row for row in stored(Evaluation) if row.interview_id == other)
    assert claims.take(row.id) is not None
    jobs.stop()
    with reading() as session:
        assert session.get(Evaluation, row.id).worker is None


def test_careful_mode_asks_for_three_readings_of_a_model_and_one_of_the_rules(app, monkeypatch):
    asked = []
    assessor = Paid()

    def remember(_self, name, runs):
        asked.append((name, runs))
        return assessor

    monkeypatch.setattr(Coaches, "assessor", remember)
    monkeypatch.setattr(Coaches, "is_configured", lambda *_: True)
    made = finished(1)
    evaluating.request(ME, made, "openrouter", careful=True)
    evaluating.request(ME, made, "offline", careful=True)
    assert asked == [("offline", 1), ("openrouter", 3), ("offline", 1)]
