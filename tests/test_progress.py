"""Progress from rows: the same figures as the reports, two queries whatever the history, and what counts."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from interview_coach import creating, evaluating, interviewing, progress
from interview_coach.creating import NewInterview
from interview_coach.db import writing
from interview_coach.domain.formats import Difficulty
from interview_coach.models import Evaluation
from interview_coach.samples import load_sample
from tests import histories

ME = "local"
TEXTS = (
    "Two people were ill on a Saturday. I called four colleagues and split the shift. We opened for 40 guests.",
    "I usually try to do my best and things normally work out in the end.",
    "At the ferry desk in 2022 I had to refund 60 tickets in an hour. I wrote one form for all and all were paid.",
)


def held(*actions: str, questions: int = 3) -> str:
    """An interview: `answer`, `skip`, or `finish` early with the question open."""
    sample = load_sample()
    new = NewInterview(cv_text=sample.cv_text, job_text=sample.job_text, questions=questions, force_create=True)
    made, _ = creating.create(ME, new)
    for number, action in enumerate(actions, 1):
        interviewing.next_question(ME, made)
        if action == "finish":
            interviewing.finish(ME, made)
        elif action == "skip":
            interviewing.skip(ME, made, number)
        else:
            interviewing.answer(ME, made, number, f"{TEXTS[number % 3]} Case {number} of {made}.")
    return made


def test_without_interviews_there_is_nothing_and_no_guess(app):
    found = progress.progress(ME)
    assert found.trends == found.competencies == found.topics == found.to_practise == found.strong == ()
    assert found.velocity is None
    assert progress.reached(ME) == {}


def test_trends_are_the_figures_of_the_reports(app):
    ids = [held("answer", "answer", "answer"), held("answer", "skip", "answer"), held("answer", "finish")]
    held("answer")  # unfinished: not in it
    found = progress.trends(ME)
    assert [trend.interview_id for trend in found] == ids
    overalls = {interview.id: interview.overall for interview in interviewing.listing(ME)}
    for trend in found:
        report = evaluating.report(ME, trend.interview_id).to_json()
        shown = trend.to_json()
        for name in ("overall", "coverage", "asked", "answered", "rubric_version"):
            assert shown[name] == report[name], name
        assert shown["dimensions"] == {name: report["dimensions"][name] for name in shown["dimensions"]}
        assert set(shown["dimensions"]) == set(report["dimensions"])
        assert overalls[trend.interview_id] == trend.overall
        assert (trend.coach, shown["speech"]) == ("offline", None)


def test_a_skipped_question_is_a_0_and_the_one_left_open_says_nothing(app):
    held("skip", "skip", "finish")
    counted = sum(found.count for found in progress.progress(ME).competencies)
    assert counted == 2
    assert {found.value for found in progress.progress(ME).competencies} == {0.0}
    assert progress.trends(ME)[0].asked == 3


def test_an_answer_that_needs_review_is_no_0(app):
    histories.write([[80, None, 60]])
    found = progress.progress(ME)
    assert found.trends[0].overall == 70
    assert {m.competency: m.value for m in found.competencies} == {"service": 0.8, "organisation": 0.6}
    assert found.trends[0].dimensions["communication"] is None, "measured nowhere"
    assert found.trends[0].dimensions["relevance"] == 70


def test_halves_are_rounded_as_python_rounds(app):
    histories.write([[62, 63], [63, 64]])
    assert [trend.overall for trend in progress.trends(ME)] == [62, 64]


def test_the_newest_finished_evaluation_counts_and_an_unfinished_or_failed_one_does_not(app):
    made = held("answer", "answer", "answer")
    before = progress.trends(ME)
    again = evaluating.request(ME, made)
    with writing() as session:
        session.execute(update(Evaluation).where(Evaluation.id == again).values(coach="gemini"))
    assert [trend.coach for trend in progress.trends(ME)] == ["gemini"], "the newer one, once"
    with writing() as session:
        session.execute(update(Evaluation).where(Evaluation.id == again).values(finished_at=None))
    assert progress.trends(ME) == before


def test_retakes_count_each_in_order_of_time(app):
    (first,) = histories.write([[20, 50, 50, 50]])
    histories.retake(first, 1, 2, 60)
    histories.retake(first, 1, 3, 90, hours=4)
    service = next(m for m in progress.progress(ME).competencies if m.competency == "service")
    assert service.count == 3
    assert service.value == pytest.approx(0.3 * 0.9 + 0.7 * (0.3 * 0.6 + 0.7 * 0.2))
    assert len(progress.trends(ME)) == 1 and progress.trends(ME)[0].overall == 42


def test_time_of_the_answers_decides_and_not_time_of_the_marks(app):
    one, _ = histories.write([[10] * 4, [90] * 4])
    with writing() as session:
        later = histories.BEGIN + timedelta(days=50)
        session.execute(
            update(Evaluation).where(Evaluation.interview_id == one).values(requested_at=later, finished_at=later)
        )
    assert progress.trends(ME)[0].interview_id == one
    assert progress.progress(ME).competencies[0].value == pytest.approx(0.3 * 0.9 + 0.7 * 0.1)


def test_velocity_compares_only_interviews_marked_by_the_same_coach(app):
    histories.write([[40], [20], [50], [90], [60]], coaches=("offline", "gemini"))
    assert progress.progress(ME).velocity == pytest.approx(10.0), "offline: 40, 50, 60"


def test_the_marks_of_another_coach_do_not_hide_how_few_there_are(app):
    histories.write([[40], [50], [60]], coaches=("offline", "offline", "gemini"))
    assert progress.progress(ME).velocity is None


def test_topics_stand_beside_competencies_and_the_weakest_come_first(app):
    histories.write([[90, 30, 50, 80]] * 3)
    found = progress.progress(ME)
    assert [m.competency for m in found.competencies] == ["teamwork", "organisation", "safety", "service"]
    assert [m.subject for m in found.topics] == ["work in shifts", "lift", "calm people down"]
    assert [m.competency for m in found.to_practise] == ["teamwork", "organisation"]
    assert [m.competency for m in found.strong] == ["service", "safety"]
    assert progress.reached(ME) == {
        "service": Difficulty.HARD, "safety": Difficulty.HARD, "teamwork": Difficulty.EASY,
        "organisation": Difficulty.MEDIUM,
    }  # fmt: skip


def test_the_number_of_queries_does_not_grow_with_the_history(app):
    def counted() -> list[int]:
        found = []
        for read in (progress.trends, progress.progress, interviewing.listing):
            with histories.queries() as said:
                read(ME)
            found.append(len(said))
        return found

    (first,) = histories.write([[50] * 8])
    histories.retake(first, 1, 2, 60)
    one = counted()
    histories.forget()
    many = histories.write([[50 + day % 40] * 8 for day in range(200)])
    for interview in many[::10]:
        histories.retake(interview, 1, 2, 60)
    assert counted() == one == [1, 2, 2]
    assert len(progress.trends(ME)) == 200


def test_somebody_elses_interviews_are_not_in_it(app):
    histories.write([[50]])
    assert progress.trends("somebody else") == ()
    assert progress.progress("somebody else").competencies == ()
