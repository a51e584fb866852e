"""Use cases below the pages: creating, asking, answering, drafting, finishing, deleting."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import select

from interview_coach import creating, evaluating, interviewing
from interview_coach.creating import NewInterview
from interview_coach.db import Base, reading, writing
from interview_coach.errors import Problem
from interview_coach.interviewing import ending
from interview_coach.models import Answer, Evaluation, Interview, ProviderCall, Question
from interview_coach.samples import load_sample
from interview_coach.views import QuestionView

ME = "local"
TEXT = (
    "At Harbour Cafe two people were ill on a Saturday and I had to keep the shop open. I called four colleagues, "
    "split the shift in two and stood at the counter myself. We opened on time and lost no order."
)


def new(**choices: object) -> str:
    sample = load_sample()
    return creating.create(ME, NewInterview(cv_text=sample.cv_text, job_text=sample.job_text, **choices))[0]


def whole(interview_id: str, text: str = TEXT) -> None:
    while not (shown := interviewing.view(ME, interview_id)).is_complete:
        question = interviewing.next_question(ME, interview_id)
        interviewing.answer(ME, interview_id, question.number, f"{text} That was case {shown.question_count}.")


def test_whole_interview_ends_with_the_last_answer_and_a_report(app):
    interview_id = new()
    assert interviewing.view(ME, interview_id).status == "CREATED"
    for number in range(1, 9):
        question = interviewing.next_question(ME, interview_id)
        shown = interviewing.view(ME, interview_id)
        assert (question.number, shown.question_count, shown.answered_count) == (number, number, number - 1)
        assert shown.status == "IN_PROGRESS", "asking the last question does not complete an interview"
        result = interviewing.answer(ME, interview_id, number, f"{TEXT} Case {number}.")
        assert (result.answered_count, result.is_complete) == (number, number == 8)
    shown = interviewing.view(ME, interview_id)
    assert (shown.status, shown.evaluation.status) == ("EVALUATED", "COMPLETED")
    report = evaluating.report(ME, interview_id).to_json()
    assert len(report["answers"]) == 8
    assert interviewing.listing(ME)[0].overall == report["overall"]


def test_asking_again_finds_the_open_question(app):
    interview_id = new()
    first = interviewing.next_question(ME, interview_id)
    assert interviewing.next_question(ME, interview_id) == first
    assert interviewing.view(ME, interview_id).question_count == 1


def test_two_tabs_asking_at_once_get_one_question(app):
    interview_id = new()
    found: list[QuestionView] = []
    barrier = threading.Barrier(6)

    def tab() -> None:
        barrier.wait()
        with app.app_context():
            found.append(interviewing.next_question(ME, interview_id))

    tabs = [threading.Thread(target=tab) for _ in range(6)]
    for thread in tabs:
        thread.start()
    for thread in tabs:
        thread.join()
    assert len(found) == 6 and len({question.text for question in found}) == 1
    assert interviewing.view(ME, interview_id).question_count == 1


def test_same_answer_ten_times_at_once_is_one_answer(app):
    interview_id = new()
    interviewing.next_question(ME, interview_id)
    results: list[interviewing.Answered] = []
    barrier = threading.Barrier(10)

    def submit() -> None:
        barrier.wait()
        with app.app_context():
            results.append(interviewing.answer(ME, interview_id, 1, TEXT, key="once"))

    threads = [threading.Thread(target=submit) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(result.repeated for result in results) == [False] + [True] * 9
    with reading() as session:
        assert len(session.scalars(select(Answer)).all()) == 1


def test_another_text_for_an_answered_question_is_a_conflict(app):
    interview_id = new()
    interviewing.next_question(ME, interview_id)
    interviewing.answer(ME, interview_id, 1, TEXT, key="a")
    with pytest.raises(Problem) as caught:
        interviewing.answer(ME, interview_id, 1, "Something else altogether, really.", key="b")
    assert caught.value.code == "ANSWER_CONFLICT"
    assert interviewing.view(ME, interview_id).question(1).answer.text == TEXT


def test_answer_to_a_question_not_asked_is_refused(app):
    interview_id = new()
    interviewing.next_question(ME, interview_id)
    for number in (0, -1, 2, 9, 10**12):
        with pytest.raises(Problem) as caught:
            interviewing.answer(ME, interview_id, number, TEXT)
        assert caught.value.code == "QUESTION_NOT_FOUND"


def test_late_answer_is_told_that_the_interview_is_over_and_a_repeat_is_not(app):
    interview_id = new(questions=1)
    interviewing.next_question(ME, interview_id)
    interviewing.answer(ME, interview_id, 1, TEXT, key="a")
    assert interviewing.answer(ME, interview_id, 1, TEXT, key="a").repeated
    with pytest.raises(Problem) as caught:
        interviewing.answer(ME, interview_id, 2, TEXT)
    assert caught.value.code == "INTERVIEW_ALREADY_COMPLETED"


@pytest.mark.parametrize("text", ["", "  \n ", "um", "Okay.", "uh huh", "yes"])
def test_nothing_and_fillers_consume_no_question(app, text):
    interview_id = new()
    interviewing.next_question(ME, interview_id)
    with pytest.raises(Problem) as caught:
        interviewing.answer(ME, interview_id, 1, text)
    assert caught.value.code == "VALIDATION_FAILED"
    assert interviewing.view(ME, interview_id).answered_count == 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Could you repeat the question, please?", "stands above"),
        ("Let me think about that for a moment.", "nothing here is timed"),
        ("Can we come back to this question later?", "cannot be put off"),
        ("Can we stop here?", "finish early"),
    ],
)
def test_what_is_asked_of_the_interviewer_in_writing_consumes_no_question(app, text, told):
    interview_id = new()
    interviewing.next_question(ME, interview_id)
    with pytest.raises(Problem) as caught:
        interviewing.answer(ME, interview_id, 1, text)
    assert caught.value.code == "VALIDATION_FAILED"
    assert told in caught.value.message and "Skip" in caught.value.message
    assert interviewing.view(ME, interview_id).answered_count == 0


def test_what_a_call_heard_as_an_answer_is_one(app):
    interview_id = new()
    interviewing.next_question(ME, interview_id)
    interviewing.answer(ME, interview_id, 1, "Can we come back to this question later?", in_call=True)
    assert interviewing.view(ME, interview_id).answered_count == 1


def test_skipping_counts_as_asked_and_not_as_answered(app):
    interview_id = new(questions=2)
    interviewing.next_question(ME, interview_id)
    interviewing.skip(ME, interview_id, 1)
    assert interviewing.skip(ME, interview_id, 1).repeated
    interviewing.next_question(ME, interview_id)
    interviewing.answer(ME, interview_id, 2, TEXT)
    shown = interviewing.view(ME, interview_id)
    assert (shown.status, shown.answered_count, shown.skipped_count) == ("EVALUATED", 1, 1)
    scores = evaluating.report(ME, interview_id).to_json()["answers"]
    assert scores[0]["score"] == 0 and scores[1]["score"] > 0


def test_newlines_and_odd_characters_are_kept_or_cleaned_but_never_break(app):
    interview_id = new()
    interviewing.next_question(ME, interview_id)
    text = "First line about the café <b>&amp;\nSecond line 日本語 \U0001f600"
    interviewing.answer(ME, interview_id, 1, text + "\x00\ud800")
    assert interviewing.view(ME, interview_id).question(1).answer.text == text


def test_draft_is_kept_for_the_open_question_and_goes_with_the_answer(app):
    interview_id = new()
    interviewing.next_question(ME, interview_id)
    interviewing.save_draft(ME, interview_id, 1, "I was just")
    interviewing.save_draft(ME, interview_id, 1, "I was just about to")
    assert interviewing.view(ME, interview_id).draft.text == "I was just about to"
    interviewing.answer(ME, interview_id, 1, TEXT)
    assert interviewing.view(ME, interview_id).draft is None
    with pytest.raises(Problem):
        interviewing.save_draft(ME, interview_id, 1, "too late")


def test_finish_early_is_final_and_harmless_to_repeat(app):
    interview_id = new()
    with pytest.raises(Problem, match="not started"):
        interviewing.finish(ME, interview_id)
    interviewing.next_question(ME, interview_id)
    interviewing.finish(ME, interview_id)
    interviewing.finish(ME, interview_id)
    assert interviewing.view(ME, interview_id).status == "EVALUATED"
    with reading() as session:
        assert len(session.scalars(select(Evaluation)).all()) == 1
    assert evaluating.report(ME, interview_id).to_json()["overall"] == 0
    with pytest.raises(Problem) as caught:
        interviewing.next_question(ME, interview_id)
    assert caught.value.code == "INTERVIEW_ALREADY_COMPLETED", "an open question is not asked after the end"


def test_same_request_twice_leads_to_the_same_unfinished_interview(app):
    first = new()
    assert new() == first
    assert new(force_create=True) != first
    assert new(questions=5) != first
    assert creating.create(ME, NewInterview(cv_text=load_sample().cv_text + " More.", job_text=load_sample().job_text))[
        1
    ]


def test_practising_again_asks_nothing_twice(app):
    asked: list[str] = []
    for _ in range(3):
        interview_id = new(force_create=True)
        whole(interview_id)
        asked += [question.text for question in interviewing.view(ME, interview_id).questions]
    assert len(asked) == 24 and len(set(asked)) == 24


def test_texts_can_be_corrected_until_the_first_question(app):
    interview_id = new()
    job = "Gardener\nRequirements:\n- Experience with pruning fruit trees\n- Care with machines and tools\n"
    cv = "Kim Example\nGardener at City Park, 2018-2024\n- Pruned two hundred apple trees every winter\n"
    creating.correct(ME, interview_id, cv_text=cv, job_text=job, job_title="Gardener", company="City Park")
    shown = interviewing.documents(ME, interview_id)
    assert (shown.cv_text, shown.job_text) == (cv.strip(), job.strip())
    assert any("pruning" in requirement.span.text for requirement in shown.requirements)
    with reading() as session:
        stored = session.execute(select(Interview.cv_id, Interview.job_id)).one()
    interviewing.next_question(ME, interview_id)
    with pytest.raises(Problem) as caught:
        creating.correct(ME, interview_id, cv_text=cv, job_text=job, job_title="", company="")
    assert caught.value.code == "INTERVIEW_ALREADY_STARTED"
    with reading() as session:
        assert session.execute(select(Interview.cv_id, Interview.job_id)).one() == stored


def test_every_span_is_found_in_the_stored_texts(app):
    interview_id = new()
    whole(interview_id)
    texts = interviewing.documents(ME, interview_id)
    answers = {q.number: q.answer.text for q in interviewing.view(ME, interview_id).questions}
    sources = {"cv": texts.cv_text, "job": texts.job_text}
    for question in interviewing.view(ME, interview_id).questions:
        assert question.evidence
        for span in question.evidence:
            stored = sources.get(span.source.value) or answers[question.number - 1]
            assert span.is_in(stored), (question.number, span)


@pytest.mark.parametrize(
    ("choices", "field"),
    [
        ({"format": "coding"}, "format"),
        ({"format": "nonsense"}, "format"),
        ({"questions": 0}, "questions"),
        ({"questions": 21}, "questions"),
        ({"questions": "eight"}, "questions"),
        ({"questions": "9" * 5000}, "questions"),
        ({"questions": True}, "questions"),
        ({"follow_ups": 4}, "follow_ups"),
        ({"difficulty": "brutal"}, "difficulty"),
        ({"persona": "Alex"}, "persona"),
        ({"minutes": 20}, "minutes"),
        ({"minutes": "soon"}, "minutes"),
        ({"language": "english please"}, "language"),
        ({"provider": "gemini"}, "provider"),
        ({"provider": "other"}, "provider"),
        ({"job_title": "x" * 201}, "job_title"),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_sentence(app, choices, field):
    with pytest.raises(Problem) as caught:
        new(**choices)
    assert caught.value.code == "VALIDATION_FAILED"
    assert caught.value.fields[field].endswith(".")
    assert interviewing.listing(ME) == []


def test_empty_choices_are_choices_not_made(app):
    shown = interviewing.view(
        ME, new(questions="", follow_ups=None, difficulty="", format="", language="", provider="")
    )
    assert (shown.max_questions, shown.follow_ups, shown.difficulty, shown.format) == (8, 1, "medium", "mock")


def test_short_and_long_documents_are_refused(app):
    job = load_sample().job_text
    with pytest.raises(Problem) as caught:
        creating.create(ME, NewInterview(cv_text="too short", job_text=job))
    assert "cv_text" in caught.value.fields
    with pytest.raises(Problem) as caught:
        creating.create(ME, NewInterview(cv_text="x" * (creating.LONGEST_CV + 1), job_text=job))
    assert caught.value.code == "DOCUMENT_TOO_LARGE"


def test_stored_cv_is_used_again(app):
    new()
    (stored,) = creating.cvs(ME)
    other, _ = creating.create(ME, NewInterview(cv_id=stored.id, job_text=load_sample().job_text, questions=3))
    assert interviewing.documents(ME, other).cv_text == stored.text
    with pytest.raises(Problem):
        creating.create(ME, NewInterview(cv_id="missing", job_text=load_sample().job_text))


def test_deleting_leaves_no_word_behind(app, tmp_path):
    words = "Unmistakable Canary Gardens"
    sample = load_sample()
    interview_id, _ = creating.create(
        ME, NewInterview(cv_text=f"{sample.cv_text}\n{words}\n", job_text=sample.job_text + f"\n{words}")
    )
    whole(interview_id, text=f"{TEXT} It was at {words}.")

    def found() -> list[Path]:
        return [
            file for file in (tmp_path / "data").rglob("*") if file.is_file() and words.encode() in file.read_bytes()
        ]

    assert found(), "the words must be stored for their absence to mean anything"
    interviewing.delete(ME, interview_id)
    assert found() == []
    with reading() as session:
        left = {t.name: session.execute(select(t)).first() for t in Base.metadata.tables.values() if t.name != "people"}
    assert not any(left.values())
    with pytest.raises(Problem):
        interviewing.view(ME, interview_id)


def test_deleting_one_interview_keeps_the_cv_of_another(app):
    first, second = new(), new(questions=3)
    interviewing.delete(ME, first)
    assert interviewing.documents(ME, second).cv_text.strip() == load_sample().cv_text.strip()


def test_what_belongs_to_another_does_not_exist(app):
    interview_id = new()
    interviewing.next_question(ME, interview_id)
    calls = [
        lambda: interviewing.view("other", interview_id),
        lambda: interviewing.documents("other", interview_id),
        lambda: interviewing.next_question("other", interview_id),
        lambda: interviewing.answer("other", interview_id, 1, TEXT),
        lambda: interviewing.skip("other", interview_id, 1),
        lambda: interviewing.save_draft("other", interview_id, 1, TEXT),
        lambda: interviewing.finish("other", interview_id),
        lambda: interviewing.delete("other", interview_id),
        lambda: evaluating.report("other", interview_id),
        lambda: evaluating.request("other", interview_id),
    ]
    for attempt in calls:
        with pytest.raises(Problem) as caught:
            attempt()
        assert caught.value.code == "INTERVIEW_NOT_FOUND"
    assert interviewing.listing("other") == []


def test_list_is_newest_first_and_filtered(app):
    first, second = new(), new(format="mock_resume")
    whole(first)
    assert [item.id for item in interviewing.listing(ME)] == [second, first]
    assert [item.id for item in interviewing.listing(ME, format="mock")] == [first]
    assert [item.id for item in interviewing.listing(ME, state="CREATED")] == [second]
    assert [item.id for item in interviewing.listing(ME, state="EVALUATED")] == [first]


def test_evaluation_left_by_a_killed_process_is_done_at_the_next_start(app):
    interview_id = new(questions=1)
    interviewing.next_question(ME, interview_id)
    with writing() as session:
        ending.complete(session, session.get_one(Interview, interview_id))
    assert interviewing.view(ME, interview_id).evaluation.status == "PENDING"
    assert evaluating.sweep() == 1
    assert interviewing.view(ME, interview_id).evaluation.status == "COMPLETED"
    assert evaluating.sweep() == 0


def test_report_of_an_unfinished_interview_says_so(app):
    interview_id = new()
    with pytest.raises(Problem) as caught:
        evaluating.report(ME, interview_id)
    assert caught.value.code == "NOT_COMPLETED"


def test_evaluating_again_keeps_both(app):
    interview_id = new(questions=1)
    whole(interview_id)
    before = evaluating.report(ME, interview_id).to_json()
    evaluating.request(ME, interview_id)
    with reading() as session:
        assert len(session.scalars(select(Evaluation)).all()) == 2
    assert evaluating.report(ME, interview_id).to_json()["answers"] == before["answers"]


def test_offline_interview_calls_no_provider(app):
    whole(new())
    with reading() as session:
        assert session.scalars(select(ProviderCall)).all() == []
        coaches = {provenance["coach"] for provenance in session.scalars(select(Question.provenance))}
    assert coaches == {"rules"}
