"""Notes after answers: made from the rows, seen by nobody but the person, in nobody's way."""

import copy

import pytest
from sqlalchemy import inspect, text

from interview_coach import coaching, creating, evaluating, interviewing
from interview_coach.creating import NewInterview
from interview_coach.db import db, reading
from interview_coach.errors import Problem
from interview_coach.samples import load_sample

ME = "local"
TEXT = "Two people were ill on a Saturday. I called four colleagues and split the shift. We opened on time."


def new(**choices: object) -> str:
    sample = load_sample()
    return creating.create(ME, NewInterview(cv_text=sample.cv_text, job_text=sample.job_text, **choices))[0]


def answered(questions: int = 2, **choices: object) -> str:
    made = new(questions=questions, **choices)
    for number in range(1, questions):
        interviewing.next_question(ME, made)
        interviewing.answer(ME, made, number, f"{TEXT} Case {number}.")
    interviewing.next_question(ME, made)
    return made


def everything() -> dict[str, list]:
    """All rows of all tables."""
    with reading() as session:
        tables = inspect(db.engine).get_table_names()
        return {table: session.execute(text(f"SELECT * FROM {table}")).all() for table in tables}


def test_a_note_says_how_near_the_answer_is_and_what_to_add(app):
    made = answered(coaching="on")
    shown = coaching.noted(ME, interviewing.view(ME, made))
    note = shown.question(1).coaching
    assert 0 <= note.similarity <= 1 and note.add.endswith(".")
    assert note.keyword_coverage is None or 0 <= note.keyword_coverage <= 100
    assert note.quote is None or f"{TEXT} Case 1."[note.quote.start : note.quote.end] == note.quote.text
    assert shown.question(2).coaching is None, "the open question has nothing to be noted"
    assert set(shown.question(1).to_json()["coaching"]) >= {
        "similarity",
        "keyword_coverage",
        "missing",
        "advice",
        "quote",
        "provenance",
    }


@pytest.mark.parametrize("state", ["off", "exam"])
def test_without_notes_there_are_none(app, state):
    made = answered(coaching=state)
    shown = coaching.noted(ME, interviewing.view(ME, made))
    assert shown.coaching == state and shown.question(1).coaching is None
    assert coaching.notes(ME, made) == {}
    assert shown.question(1).to_json()["coaching"] is None


def test_notes_are_made_from_the_rows_and_nothing_is_stored(app):
    made = answered(coaching="on")
    before = copy.deepcopy(everything())
    first = coaching.noted(ME, interviewing.view(ME, made))
    assert coaching.noted(ME, interviewing.view(ME, made)) == first
    assert everything() == before


def test_the_switch_works_both_ways_and_may_be_repeated(app):
    made = answered()
    assert interviewing.view(ME, made).coaching == "off"
    for state, number in (("on", 1), ("on", 1), ("off", 0), ("off", 0), ("on", 1)):
        coaching.switch(ME, made, state)
        assert interviewing.view(ME, made).coaching == state
        assert len(coaching.notes(ME, made)) == number


def test_an_exam_stays_an_exam(app):
    made = answered(coaching="exam")
    for state in ("on", "off"):
        with pytest.raises(Problem) as caught:
            coaching.switch(ME, made, state)
        assert caught.value.code == "EXAM_MODE"
    assert interviewing.view(ME, made).coaching == "exam"


def test_other_states_and_other_people_are_refused(app):
    made = answered()
    for state in ("exam", "", "yes"):
        with pytest.raises(Problem) as caught:
            coaching.switch(ME, made, state)
        assert caught.value.code == "VALIDATION_FAILED"
    with pytest.raises(Problem) as caught:
        coaching.switch("other", made, "on")
    assert caught.value.code == "INTERVIEW_NOT_FOUND"
    with pytest.raises(Problem) as caught:
        new(coaching="always")
    assert caught.value.fields["coaching"]


def test_switched_notes_make_no_other_interview_and_an_exam_is_one(app):
    first = new(coaching="off")
    assert new(coaching="on") == first
    exam = new(coaching="exam")
    assert exam != first
    assert new(coaching="exam") == exam


def test_the_interviewer_and_the_marks_do_not_know_about_notes(app):
    """The same interview twice, with notes and without: the same questions and the same marks."""

    def run(state: str) -> tuple[list[str], dict]:
        made = answered(3, coaching=state, force_create=True)
        interviewing.answer(ME, made, 3, f"{TEXT} Case 3.")
        questions = [question.text for question in interviewing.view(ME, made).questions]
        report = evaluating.report(ME, made).to_json()
        interviewing.delete(ME, made)  # so that the second starts from the same history
        return questions, [{key: entry[key] for key in ("score", "feedback")} for entry in report["answers"]]

    assert run("on") == run("off")


def test_a_note_that_fails_costs_nothing_but_itself(app, monkeypatch):
    def broken(*_: object) -> None:
        raise RuntimeError("words of an answer")

    made = answered(coaching="on")
    done = interviewing.answer(ME, made, 2, f"{TEXT} Case 2.")
    monkeypatch.setattr(coaching, "coach", broken)
    assert coaching.noted_answer(ME, done) == done.question
