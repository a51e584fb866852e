"""From progress to the next interview: levels, focus, and the same texts once more."""

import pytest
from sqlalchemy import select

from interview_coach import creating, interviewing
from interview_coach.creating import NewInterview
from interview_coach.db import reading, writing
from interview_coach.domain.formats import Difficulty
from interview_coach.errors import Problem
from interview_coach.interviewing import asking
from interview_coach.models import Interview
from interview_coach.samples import load_sample
from tests import histories

ME = "local"
WEAK = ["teamwork", "organisation"]


def new(**choices: object) -> str:
    sample = load_sample()
    return creating.create(ME, NewInterview(cv_text=sample.cv_text, job_text=sample.job_text, **choices))[0]


def row(interview_id: str) -> Interview:
    with reading() as session:
        return session.scalars(select(Interview).where(Interview.id == interview_id)).one()


def dossier(interview_id: str):
    with reading() as session:
        return asking._dossier(session, session.get_one(Interview, interview_id))


@pytest.fixture
def history(app) -> list[str]:
    """Three interviews: service and safety good, teamwork poor, organisation between."""
    return histories.write([[90, 30, 50, 80]] * 3)


def test_adaptive_takes_the_levels_as_they_stand_now(history):
    made = new(difficulty="adaptive")
    assert row(made).levels == {"service": "hard", "safety": "hard", "teamwork": "easy", "organisation": "medium"}
    found = dossier(made)
    assert found.difficulty is Difficulty.MEDIUM
    assert found.level_of("service") is Difficulty.HARD
    assert found.level_of("teamwork") is Difficulty.EASY
    assert found.level_of("never asked") is Difficulty.MEDIUM
    for interview in history:  # what becomes known later changes no interview that was begun
        histories.retake(interview, 1, 2, 5)
    assert dossier(made) == found


def test_adaptive_without_history_is_medium(app):
    made = new(difficulty="adaptive")
    assert (row(made).levels, interviewing.view(ME, made).difficulty) == ({}, "adaptive")
    assert dossier(made).levels == ()


def test_a_difficulty_that_was_chosen_holds_for_every_question(history):
    made = new(difficulty="hard")
    assert row(made).levels is None
    assert dossier(made).level_of("teamwork") is Difficulty.HARD


def test_nothing_chosen_is_medium_and_no_focus(history):
    made = new()
    assert (row(made).difficulty, row(made).levels, row(made).focus) == ("medium", None, None)
    assert dossier(made).focus == ()


@pytest.mark.parametrize(
    ("given", "focus"),
    [
        ("weakest", WEAK),
        (["weakest"], WEAK),
        ("service, safety", ["service", "safety"]),
        (["service", "safety", "service"], ["service", "safety"]),
        ("", None),
        ([], None),
        (None, None),
    ],
)
def test_the_focus_is_weakest_or_a_list(history, given, focus):
    made = new(focus=given)
    assert row(made).focus == focus
    assert dossier(made).focus == tuple(focus or ())
    assert interviewing.view(ME, made).to_json()["focus"] == (focus or [])


@pytest.mark.parametrize("given", ["singing", ["service", 3], 7, {"service": 1}, "service,safety,tools,learning"])
def test_what_is_no_focus_is_refused_with_a_sentence(history, given):
    with pytest.raises(Problem) as caught:
        new(focus=given)
    assert caught.value.code == "VALIDATION_FAILED" and caught.value.fields["focus"].endswith(".")


def test_weakest_needs_one_judged_interview(app):
    with pytest.raises(Problem) as caught:
        new(focus="weakest")
    assert "Finish one interview" in caught.value.fields["focus"]


def test_practising_asks_what_is_weak_first(history):
    made = new(focus="weakest", difficulty="adaptive")
    asked = []
    while not interviewing.view(ME, made).is_complete:
        question = interviewing.next_question(ME, made)
        asked.append(question.competency)
        interviewing.skip(ME, made, question.number)
    assert sum(competency in WEAK for competency in asked) >= 4
    assert asked[1] in WEAK


def test_like_takes_the_texts_and_choices_and_what_is_said_goes_first(history):
    first = new(format="mock_resume", questions=5, follow_ups=0, language="de", job_title="Purser", company="Line")
    made, is_new = creating.create(ME, NewInterview(like=first, focus="weakest", questions=6))
    one, two = row(first), row(made)
    assert is_new and made != first
    same = ("cv_id", "job_id", "format", "follow_ups", "language", "job_title", "company", "coach", "difficulty")
    assert [getattr(one, name) for name in same] == [getattr(two, name) for name in same]
    assert (two.max_questions, two.focus) == (6, WEAK)


def test_practising_again_while_one_is_unfinished_goes_on_with_it(history):
    first = new()
    again = [creating.create(ME, NewInterview(like=first, focus="weakest", difficulty="adaptive")) for _ in range(2)]
    assert [is_new for _, is_new in again] == [True, False] and again[0][0] == again[1][0]
    assert creating.create(ME, NewInterview(like=first, focus="service", difficulty="adaptive"))[1], "another focus"


def test_another_cv_beats_the_one_of_like(history):
    first = new()
    sample = load_sample()
    other = new(cv_filename=None, job_title="Other", force_create=True)
    with writing() as session:
        creating.store_document(session, ME, "cv", sample.cv_text + "\nAlso: a boat licence since 2020", None)
    newest = creating.cvs(ME)[0]
    made, _ = creating.create(ME, NewInterview(like=first, cv_id=newest.id))
    assert "boat licence" in interviewing.documents(ME, made).cv_text
    assert other != made


def test_a_key_that_is_gone_sends_no_words_to_another_vendor(history):
    first = new()
    with writing() as session:
        session.get_one(Interview, first).coach = "gemini"
    made, _ = creating.create(ME, NewInterview(like=first))
    assert row(made).coach == "offline"


def test_like_newest_is_the_one_that_was_made_last(history):
    first = new(job_title="Purser")
    made, _ = creating.create(ME, NewInterview(like="newest", focus="weakest"))
    assert row(made).job_title == "Purser" and made != first


def test_like_needs_an_interview_of_ones_own(history):
    for unknown in ("0000", "x" * 40):
        with pytest.raises(Problem) as caught:
            creating.create(ME, NewInterview(like=unknown))
        assert caught.value.code == "INTERVIEW_NOT_FOUND"
    with pytest.raises(Problem):
        creating.create("somebody else", NewInterview(like=history[0]))
    with pytest.raises(Problem):
        creating.create("somebody else", NewInterview(like="newest"))
