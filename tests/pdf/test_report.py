"""The report as a PDF, read back with another library."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from pypdf import PdfReader

import interview_coach.pdf.prose as prose
from interview_coach.coach.rules.rubric import RUBRIC
from interview_coach.domain.scorecard import Marks
from interview_coach.domain.transcript import QuestionKind
from interview_coach.naming import shortened
from interview_coach.pdf.report import render
from interview_coach.reporting import THRESHOLDS, Unmarked
from tests.pdf.reports import (
    ACTION,
    COVER,
    LINE,
    MOMENT,
    STORY,
    VAGUE,
    one_line,
    plain,
    report,
    take,
    with_score,
    words,
)


def test_everything_of_the_report_is_in_it():
    result = report(STORY, ACTION, VAGUE, None)
    text = words(plain(result))
    assert "Receptionist at Seaview" in text and "Interview i1" in text and "4 March 2026, 09:30 UTC" in text
    assert "cv-anna.pdf" in text and f"{result.overall} of 100" in text
    assert one_line(result.summary) in text and one_line(result.readiness) in text
    assert "for practice, not for selection" in text
    for point in (*result.next_steps, *result.strengths, *result.improvements):
        assert one_line(point.text) in text
    for entry in result.answers:
        score = entry.score
        assert f"Question {score.number}: {score.category}" in text
        assert one_line(entry.question) in text
        if entry.is_answered:
            assert f"Marks: {score.score} of 100" in text
            assert f"{score.accuracy} of 40" in text and f"{score.completeness} of 30" in text
            assert entry.anchors and all(one_line(anchor.behaviour) in text for anchor in entry.anchors.values())
            assert all(text.count(one_line(anchor.behaviour)) == 1 for anchor in entry.anchors.values())
            assert one_line(score.feedback) in text
        else:
            assert "Not answered, so it counts as 0." in text and one_line(score.feedback) not in text
        assert all(one_line(line) in text for line in score.reference_answer.splitlines())
        for remark in (*score.remarks, *score.improvements):
            assert remark.quote is None or one_line(remark.quote.text) in text
        assert entry.answer is None or one_line(entry.answer) in text
    assert "Marked by the built-in coach" in text and "Rubric" in text


def test_the_rubric_stands_once_and_names_the_answers_in_each_band():
    result = report(STORY, STORY, VAGUE, None)
    text = words(plain(result))
    assert RUBRIC.criteria[0].key == "accuracy"
    for criterion in RUBRIC.criteria:
        for anchor in criterion.anchors:
            numbers = result.reached[criterion.key].get(anchor.lowest, ())
            told = one_line(f"{anchor.behaviour} {anchor.example or '–'} {', '.join(map(str, numbers)) or '–'}")
            assert told in text, "each band once, with who reached it"
    assert sorted(n for numbers in result.reached["accuracy"].values() for n in numbers) == [1, 2, 3, 4]
    assert one_line(THRESHOLDS) in text
    assert "What earns which marks stands at the end" not in words(plain(result, numbers=False))


def test_words_that_are_the_whole_answer_are_not_said_again_beside_it():
    text = words(plain(report(ACTION)))
    (quote,) = {remark.quote.text for remark in report(ACTION).answers[0].score.improvements[:1]}
    assert len(quote) > 0.8 * len(ACTION)
    details = text.split("Question by question")[1].split("How a strong answer")[0]
    assert details.count(f"“{quote}") <= 1, "in the parts of the story at most"


def test_what_holds_for_several_answers_is_said_once():
    result = report(*[f"{ACTION} That was on day {number}." for number in range(4)])
    step = next(step for step in result.next_steps if step.is_often)
    place = result.next_steps.index(step) + 1
    text = words(plain(result))
    assert text.count(one_line(step.text)) == 1
    assert f"(in {step.holds_for} of 4 answers: {step.where})" in text
    assert text.count(f"Next step {place} holds here too:") == step.holds_for


def test_who_asked_and_marked_stands_beside_a_question_only_where_it_differs():
    result = report(STORY, ACTION)
    same = words(plain(result))
    assert same.count("Asked by the built-in coach") == 1, "once for all, at the end"
    first, second = result.answers
    other = replace(second, score=replace(second.score, provenance=replace(second.score.provenance, version="others")))
    text = words(plain(replace(result, answers=(first, other))))
    assert text.count("Asked by the built-in coach") == 3 and text.count("rules others") == 2


def test_a_page_is_used_before_the_next_one_begins():
    pages = PdfReader(io.BytesIO(plain(report(*[STORY] * 8)))).pages
    assert len(pages) <= 10
    first = one_line(pages[0].extract_text())
    assert "Interview report" in first and "Three things to do next" in first


def test_every_page_says_who_marked_and_that_it_is_practice():
    result = report(STORY, None)
    for page in PdfReader(io.BytesIO(plain(result))).pages:
        text = one_line(page.extract_text())
        assert "for practice, not for selection" in text and "Marked by the built-in coach" in text
        assert result.rubric_version in text


def test_the_sum_can_be_added_up_again():
    result = report(STORY, ACTION, VAGUE, None)
    marks = [entry.score.score for entry in result.answers]
    weights = {entry.weight for entry in result.answers}
    assert weights == {1.0}
    said = f"{' + '.join(map(str, marks))} = {sum(marks)}; {sum(marks)} / 4 = {result.overall}"
    assert said in words(plain(result))


def test_weights_are_shown_when_they_differ():
    result = report(STORY, ACTION)
    first, second = result.answers
    weighed = replace(result, answers=(first, replace(second, weight=0.5)))
    marks = first.score.score, second.score.score
    assert f"{marks[0]} × 1 + {marks[1]} × 0.5 = " in words(plain(weighed))


def test_why_a_question_was_asked_is_told_with_its_lines():
    text = words(plain(report(STORY)))
    assert "Why it was asked" in text and f"In your CV: {LINE}" in text
    assert "In the job ad: handle guest complaints" in text
    assert "Why it was asked" not in words(plain(replace(report(STORY), answers=())))


def test_an_answer_that_needs_review_has_no_number():
    result = with_score(
        report(STORY, ACTION), accuracy=None, completeness=None, clarity=None, needs_review="The model gave no marks."
    )
    text = words(plain(result))
    assert "Marks: needs review The model gave no marks." in text
    assert "question 1: no usable marks came" in text
    first = result.answers[0]
    row = f"{first.number} {shortened(first.question, 46)} {first.score.category} needs review"
    assert one_line(row) in text


def test_readings_and_their_spread_are_told_and_a_wide_one_is_flagged():
    close = with_score(report(STORY), runs=(Marks(30, 20, 20), Marks(31, 20, 20), Marks(32, 20, 20)))
    wide = with_score(report(STORY), runs=(Marks(10, 10, 10), Marks(31, 20, 20), Marks(40, 30, 30)))
    told = words(plain(close))
    assert "Three readings gave 70 (30 + 20 + 20), 71 (31 + 20 + 20) and 72 (32 + 20 + 20);" in told
    assert "standard deviation of the totals is 0.8." in told and "ask your adviser" not in told
    assert "ask your adviser" in words(plain(wide))


def test_notes_and_sources_of_the_reference_answer_are_told():
    result = report(STORY)
    span = result.answers[0].why[1]
    text = words(plain(with_score(result, notes=("One sentence was left out.",), reference_sources=(span,))))
    assert "One sentence was left out." in text and f"Its facts come from these lines: In your CV: {LINE}" in text


def test_a_take_is_shown_beside_what_was_before():
    result = report(ACTION)
    again = take(STORY)
    result = replace(result, answers=(replace(result.answers[0], takes=(again,)),))
    before, after = result.answers[0].score, again.score
    text = words(plain(result))
    assert "Answered again, take 2, on 5 March 2026, 09:30 UTC" in text
    assert f"Of 100 {before.score} {after.score} {after.score - before.score:+d}" in text
    other = replace(again, score=replace(after, provenance=replace(after.provenance, version="others")))
    text = words(plain(replace(result, answers=(replace(result.answers[0], takes=(other,)),))))
    assert f"Of 100 {before.score} {after.score} –" in text and "do not compare" in text
    without = replace(again, score=None, status="FAILED", error="The model did not answer.")
    assert "The model did not answer." in words(
        plain(replace(result, answers=(replace(result.answers[0], takes=(without,)),)))
    )


def test_what_was_heard_and_what_was_corrected_are_both_there():
    result = report(STORY)
    entry = result.answers[0]
    heard = replace(entry.exchange, source="spoken", heard="Last summer a guessed arrived.", corrected_since=True)
    text = words(plain(replace(result, answers=(replace(entry, exchange=heard),))))
    assert "Last summer a guessed arrived." in text and one_line(STORY) in text
    assert "You corrected this answer after the marks were given." in text


def test_times_are_told_and_breaks_are_breaks():
    text = words(plain(report(STORY, ACTION, VAGUE, None)))
    assert "question 1: 1 min 41 s; question 2: 1 min 42 s; question 3: 1 min 43 s, after a break of 2 h" in text
    assert "question 4: not answered" in text
    assert "not measurable, because nothing was spoken" in text


def test_a_fallback_and_its_reason_are_told():
    result = report(STORY)
    source = replace(result.answers[0].score.provenance, fallback=True, reason="The model did not answer.")
    told = replace(with_score(result, provenance=source), provenance=source)
    assert "The model did not answer." not in words(plain(result))
    assert "It stood in for the model that was asked. The model did not answer." in words(plain(told))


def test_without_marks_it_says_so():
    result = report(STORY, ACTION)
    left = Unmarked(2, QuestionKind.QUESTION, "What about this?", "My answer.")
    rest = {"overall": None, "recommendation": None, "next_steps": (), "unmarked": (left,)}
    text = words(plain(replace(result, answers=result.answers[:1], **rest)))
    assert "No overall was given." in text and "Question 2: no marks yet" in text and "My answer." in text


def test_an_interview_without_any_answer_is_a_report_too():
    for result in (report(), report(None), report(*[None] * 8)):
        text = words(plain(result))
        assert "Interview report" in text and "Who asked and who marked" in text
    assert "Three things to do next" in text


@pytest.mark.parametrize("answers", [(STORY, ACTION, VAGUE, None), (None,), (VAGUE,)])
def test_without_numbers_no_mark_is_shown(answers):
    result = report(*answers)
    again = replace(result, answers=tuple(replace(e, takes=(take(STORY, e.number),)) for e in result.answers))
    with_numbers, without = words(plain(again)), words(plain(again, numbers=False))
    for sign in ("of 100", "of 40", "of 30", "Marks:", "Accuracy", "This take", "readings gave", "counts as 0"):
        assert sign not in without
    assert "of 100" in with_numbers
    for step in result.next_steps:
        assert one_line(step.text) in without
    for entry in result.answers:
        assert entry.answer is None or one_line(entry.answer) in without
        assert all(one_line(line) in without for line in entry.score.reference_answer.splitlines())
    assert "for practice, not for selection" in without and "Marked by the built-in coach" in without


def test_quoted_words_are_marked_by_a_line_and_not_by_colour_alone():
    content = b"".join(page.get_contents().get_data() for page in PdfReader(io.BytesIO(plain(report(VAGUE)))).pages)
    assert b"[2.5 1.5]" in content or b"[2.500 1.500]" in content, "a dashed line under what to improve"


def test_when_setting_fails_it_is_set_again_with_less(monkeypatch):
    whole = prose._write

    def fails(paper, run, width, leading):
        if paper.type.shape:
            raise RuntimeError("the engine is broken")
        whole(paper, run, width, leading)

    monkeypatch.setattr(prose, "_write", fails)
    assert "Last summer" in words(render(report(STORY), COVER))


def test_the_same_report_gives_the_same_bytes_and_the_date_is_all_that_changes():
    result = report(STORY, ACTION, None)
    assert render(result, COVER) == render(result, COVER)
    later = render(result, replace(COVER, made_at=MOMENT + timedelta(days=1)))
    assert later != render(result, COVER)
    assert words(later).replace("5 March 2026", "4 March 2026") == words(render(result, COVER))


def test_it_is_small():
    assert len(render(report(*[STORY, ACTION, VAGUE, None] * 2), COVER)) < 200_000
