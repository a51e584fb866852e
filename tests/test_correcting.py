"""Putting right what was heard of a spoken answer, before the end and after it."""

import threading

import pytest
from sqlalchemy import func, select

from interview_coach import correcting, creating, evaluating, interviewing, transcripts
from interview_coach.coach.rules.interviewer import RulesInterviewer
from interview_coach.creating import NewInterview
from interview_coach.db import reading
from interview_coach.errors import Problem
from interview_coach.evaluating import working
from interview_coach.jobs import Jobs
from interview_coach.models import Answer, Correction, Evaluation, Score
from interview_coach.samples import load_sample
from tests.patience import PATIENCE
from tests.reports import evaluations

ME = "local"
HEARD = "I let a team of sex nurses and cut errors by thirteen percent with a second check at hand over."
SAID = "I led a team of six nurses and cut errors by thirty percent with a second check at handover."


def spoken(questions: int = 2) -> str:
    """An interview whose first answer was spoken, and heard wrongly."""
    sample = load_sample()
    new = NewInterview(cv_text=sample.cv_text, job_text=sample.job_text, questions=questions)
    made, _ = creating.create(ME, new)
    interviewing.next_question(ME, made)
    interviewing.answer(ME, made, 1, HEARD, source="spoken")
    return made


def count(table) -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(table))


def refused(code: str, interview: str, number: int, text: str = SAID, owner: str = ME) -> Problem:
    with pytest.raises(Problem) as caught:
        correcting.correct_answer(owner, interview, number, text)
    assert caught.value.code == code
    return caught.value


def test_the_corrected_words_hold_and_what_was_heard_stays(app):
    made = spoken()
    done = correcting.correct_answer(ME, made, 1, f" {SAID}\r\n")
    assert done.is_new and done.evaluation_id is None, "the interview goes on: there is nothing to judge again"
    for answer in (done.question.answer, interviewing.view(ME, made).question(1).answer):
        assert (answer.text, answer.heard, answer.correction, answer.is_corrected) == (SAID, HEARD, 1, True)
    with reading() as session:
        turn = transcripts.transcript(session, made).turns[0]
        assert (turn.answer, turn.correction) == (SAID, 1)
        assert session.scalars(select(Answer.text)).one() == HEARD
        assert transcripts.corrected(session, made) == {(1, 0): HEARD, (1, 1): SAID}
    assert interviewing.view(ME, made).question(1).to_json()["answer"]["heard"] == HEARD


def test_an_answer_that_nobody_corrected_is_as_it_was(app):
    made = spoken()
    answer = interviewing.view(ME, made).question(1).answer
    assert (answer.text, answer.heard, answer.correction, answer.is_corrected) == (HEARD, None, 0, False)
    with reading() as session:
        assert transcripts.corrected(session, made) == {}
        assert transcripts.transcript(session, made).turns[0].correction == 0


def test_versions_count_up_and_the_same_words_are_no_new_one(app):
    made = spoken()
    assert not correcting.correct_answer(ME, made, 1, HEARD).is_new, "nothing was corrected"
    assert correcting.correct_answer(ME, made, 1, SAID).is_new
    assert not correcting.correct_answer(ME, made, 1, SAID).is_new
    third = correcting.correct_answer(ME, made, 1, HEARD)
    assert third.is_new and third.question.answer.correction == 2
    assert not third.question.answer.is_corrected, "it was right as it was heard"
    assert count(Correction) == 2


def test_corrections_at_once_get_different_versions_and_the_same_one_is_stored_once(app):
    made = spoken()
    barrier = threading.Barrier(10)
    found = []

    def tab(index: int) -> None:
        barrier.wait()
        with app.app_context():
            found.append(correcting.correct_answer(ME, made, 1, f"{SAID} Night {index % 5}."))

    tabs = [threading.Thread(target=tab, args=(index,)) for index in range(10)]
    for thread in tabs:
        thread.start()
    for thread in tabs:
        thread.join(PATIENCE)
    assert len(found) == 10
    with reading() as session:
        versions = session.scalars(select(Correction.version).order_by(Correction.version)).all()
    assert versions == list(range(1, len(versions) + 1)) and len(versions) >= 5
    assert sum(done.is_new for done in found) == len(versions)


def test_a_typed_answer_is_retaken_and_not_corrected(app):
    made = spoken()
    interviewing.next_question(ME, made)
    interviewing.answer(ME, made, 2, "I typed this answer about the ward and its night team myself.")
    assert "retake the question" in refused("ANSWER_CONFLICT", made, 2).message.lower()
    assert count(Correction) == 0


def test_what_cannot_be_corrected_is_refused(app):
    made = spoken(questions=3)
    for number in (0, -1, 2, 10**12):
        refused("QUESTION_NOT_FOUND", made, number)
    interviewing.next_question(ME, made)
    refused("QUESTION_NOT_FOUND", made, 2)  # open
    interviewing.skip(ME, made, 2)
    refused("QUESTION_NOT_FOUND", made, 2)
    refused("INTERVIEW_NOT_FOUND", made, 1, owner="other")
    for text in ("", " \n", "um", "x" * (interviewing.LONGEST_ANSWER + 1)):
        assert "skip" not in refused("VALIDATION_FAILED", made, 1, text).message
    assert count(Correction) == 0


def test_the_next_question_is_worded_from_the_corrected_words(app, monkeypatch):
    made = spoken()
    correcting.correct_answer(ME, made, 1, SAID)
    seen = []
    ask = RulesInterviewer.ask

    def listening(self, situation):
        seen.append(situation.transcript.turns[0].answer)
        return ask(self, situation)

    monkeypatch.setattr(RulesInterviewer, "ask", listening)
    interviewing.next_question(ME, made)
    assert seen == [SAID]


def test_a_late_repeat_of_the_spoken_answer_is_no_conflict(app):
    """The voice side may send again what it had sent before the person corrected it."""
    made = spoken()
    correcting.correct_answer(ME, made, 1, SAID)
    again = interviewing.answer(ME, made, 1, HEARD, source="spoken")
    assert again.repeated and again.question.answer.text == SAID
    with pytest.raises(Problem):
        interviewing.answer(ME, made, 1, "Something else altogether, really.", source="spoken")


def judged(interview: str) -> list[int]:
    """Versions of answer 1 that marks were given for, the oldest first."""
    with reading() as session:
        return list(
            session.scalars(
                select(Score.correction)
                .join(Evaluation, Evaluation.id == Score.evaluation_id)
                .where(Evaluation.interview_id == interview, Score.number == 1)
                .order_by(Evaluation.requested_at)
            )
        )


def test_before_the_end_the_marks_are_for_the_corrected_words(app):
    made = spoken(questions=2)
    correcting.correct_answer(ME, made, 1, SAID)
    interviewing.finish(ME, made)
    assert judged(made) == [1]
    assert evaluating.report(ME, made).to_json()["answers"][0]["answer"] == SAID


def test_after_the_end_the_marks_are_given_again_and_both_stay(app):
    made = spoken(questions=1)
    assert judged(made) == [0]
    done = correcting.correct_answer(ME, made, 1, SAID)
    assert judged(made) == [0, 1]
    found = evaluations(ME, made)
    assert [view.status for view in found] == ["COMPLETED", "COMPLETED"] and found[0].id == done.evaluation_id
    assert not correcting.correct_answer(ME, made, 1, SAID).is_new
    assert judged(made) == [0, 1], "nothing changed, so nothing is judged"


def test_marks_that_nobody_has_begun_read_the_corrected_words(app, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(Jobs, "_do", lambda *_: None)  # the queue is long
        made = spoken(questions=1)
        waiting = evaluations(ME, made)[0]
        assert waiting.status == "PENDING"
        assert correcting.correct_answer(ME, made, 1, SAID).evaluation_id == waiting.id
    evaluating.sweep()
    assert judged(made) == [1] and len(evaluations(ME, made)) == 1


def test_marks_that_are_being_given_are_followed_by_new_ones(app, monkeypatch):
    store: list[correcting.Corrected | None] = []
    made = spoken(questions=2)
    inner = working._store

    def corrected_while_storing(*arguments):
        if not store:
            store.append(None)
            store[0] = correcting.correct_answer(ME, made, 1, SAID)
        inner(*arguments)

    monkeypatch.setattr(working, "_store", corrected_while_storing)
    interviewing.finish(ME, made)
    assert judged(made) == [0, 1]
    newest = evaluations(ME, made)[0]
    assert newest.id == store[0].evaluation_id and newest.status == "COMPLETED"


def test_a_correction_is_never_stored_without_its_request(app, monkeypatch):
    made = spoken(questions=1)

    def full(*_: object, **__: object) -> None:
        raise Problem("STORAGE_FULL", "full")

    monkeypatch.setattr(correcting.evaluating, "enqueue", full)
    refused("STORAGE_FULL", made, 1)
    assert count(Correction) == 0 and interviewing.view(ME, made).question(1).answer.text == HEARD


def test_deleting_the_interview_takes_its_corrections_along(app):
    made = spoken()
    correcting.correct_answer(ME, made, 1, SAID)
    interviewing.delete(ME, made)
    assert count(Correction) == 0
