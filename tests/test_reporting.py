"""The report follows from its answers and says what it rests on."""

import asyncio
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from interview_coach.coach.base import AnsweredQuestion, Background
from interview_coach.coach.rules.assessor import RulesAssessor
from interview_coach.coach.rules.rubric import RUBRIC
from interview_coach.comparing import compare
from interview_coach.domain.evidence import Requirement, RequirementKind, Source, Span
from interview_coach.domain.provenance import Provenance
from interview_coach.domain.scorecard import AnswerScore, Marks, Recommendation, Remark, Scorecard, Summary
from interview_coach.domain.transcript import QuestionKind
from interview_coach.naming import duration_words, readings_words, scored_words, without_marks
from interview_coach.reporting import READINESS, THRESHOLDS, Exchange, Report, Take, build_report

BACKGROUND = Background((), "", "", "en")

QUESTION = "Tell me about a complaint that you solved for a guest."
STORY = (
    "Last summer a guest arrived with a booking for the wrong date. I had to find her a room. I called four hotels and "
    "arranged a taxi. As a result she came back twice and complaints fell from 9 to 2 per month."
)
ACTION = "I called four hotels nearby and arranged a taxi for the guest."
VAGUE = "I am friendly and I always try my best with guests."


def asked(number: int, answer: str | None) -> AnsweredQuestion:
    label = "handle guest complaints"
    requirement = Requirement(Span(Source.JOB, label, 0, len(label)), RequirementKind.MUST, label, 1.0, "service")
    return AnsweredQuestion(number, QuestionKind.QUESTION, "service", QUESTION, answer, (requirement,), ())


def judge(answers: list[AnsweredQuestion]) -> Scorecard:
    return asyncio.run(RulesAssessor().assess(answers, RUBRIC, BACKGROUND))


def report(*texts: str | None) -> Report:
    answers = [asked(number, text) for number, text in enumerate(texts, 1)]
    return build_report(interview_id="i1", evaluation_status="COMPLETED", answers=answers, scorecard=judge(answers))


def test_overall_is_the_mean_over_all_asked_questions() -> None:
    result = report(STORY, ACTION, None, "")
    marks = [entry.score.score for entry in result.answers]
    assert marks[2:] == [0, 0]
    assert result.overall == round(sum(marks) / 4)
    assert (result.asked, result.answered, result.coverage) == (4, 2, 0.5)


def test_skipping_lowers_the_overall() -> None:
    whole, skipped = report(STORY, STORY).overall, report(STORY, None).overall
    assert whole is not None and skipped is not None and skipped < whole


def test_dimensions_are_means_over_what_is_measurable() -> None:
    result = report(STORY, "fine", None)
    for name, value in result.dimensions.items():
        known = [d for entry in result.answers if (d := entry.score.dimensions[name]) is not None]
        assert value == (round(sum(known) / len(known)) if known else None)
        assert result.measured_in[name] == len(known)
    assert report(None).dimensions == dict.fromkeys(result.dimensions)


def test_json_has_the_fields_of_the_contract_and_is_recomputable() -> None:
    data = json.loads(json.dumps(report(STORY, VAGUE, None).to_json()))
    assert set(data) >= {
        "interview_id", "evaluation_status", "overall", "coverage", "recommendation", "dimensions", "answers",
        "strengths", "improvements", "summary", "provenance", "speech",
    }  # fmt: skip
    assert data["speech"] is None
    assert data["recommendation"] in {"strong_hire", "hire", "no_hire", "strong_no_hire"}
    texts = {1: STORY, 2: VAGUE, 3: ""}
    for entry in data["answers"]:
        assert set(entry) >= {
            "number", "category", "accuracy", "completeness", "clarity", "score", "star", "feedback", "quotes",
            "improvements", "reference_answer", "provenance",
        }  # fmt: skip
        assert entry["score"] == entry["accuracy"] + entry["completeness"] + entry["clarity"]
        assert set(entry["star"]) == {"situation", "task", "action", "result"}
        for quote in entry["quotes"]:
            assert texts[entry["number"]][quote["start"] : quote["end"]] == quote["text"]
            assert quote["about"]
    assert data["overall"] == round(sum(entry["score"] for entry in data["answers"]) / len(data["answers"]))
    for point in (*data["strengths"], *data["improvements"]):
        assert {"text", "number", "quote"} <= set(point)
        assert point["quote"] is None or point["quote"] in texts[point["number"]]
    assert data["provenance"]["coach"] == "rules"


def test_strengths_come_only_from_answers_that_have_some() -> None:
    assert report(VAGUE, "fine", None).strengths == ()
    assert {point.number for point in report(VAGUE, STORY).strengths} == {2}


def test_no_sentence_is_said_twice() -> None:
    result = report(ACTION, ACTION + " It was late.", ACTION + " It was cold.")
    for points in (result.strengths, result.improvements):
        assert len({point.text for point in points}) == len(points)


@pytest.mark.parametrize("texts", [(STORY, ACTION, VAGUE), (None, None), (STORY,), ("fine", None)])
def test_there_are_three_different_things_to_do_next(texts: tuple[str | None, ...]) -> None:
    steps = report(*texts).next_steps
    assert len({step.text for step in steps}) == 3


def test_what_most_answers_lack_comes_first() -> None:
    first = report(ACTION, ACTION + " Then I paid the bill.", STORY).next_steps[0]
    assert "what changed" in first.text
    assert {first.number, *first.also} == {1, 2}


def test_open_questions_are_named_as_a_step() -> None:
    assert "questions 2 and 3" in report(STORY, None, None).next_steps[0].text


def test_what_stood_open_when_somebody_finished_early_is_not_the_first_thing_to_do() -> None:
    def early(*texts: str | None, skipped: int = 0) -> Report:
        exchanges = [
            exchange(n, 60.0 * n, 30.0 if text else None, skipped=n == skipped) for n, text in enumerate(texts, 1)
        ]
        return build(texts, exchanges=exchanges, planned=8)

    steps = early(ACTION, VAGUE, None).next_steps
    assert {step.number for step in steps[:2]} == {1, 2} and all(step.quote for step in steps[:2])
    assert early(ACTION, None, VAGUE, skipped=2).next_steps[0].number == 2, "what was passed loses most"
    assert early(None).next_steps[0].number == 1, "there is nothing else to go by"
    both = early(ACTION, None, None, skipped=2).next_steps
    assert both[0].number == 2 and 3 not in (both[0].number, *both[0].also)


def test_the_words_about_the_thresholds_have_those_that_hold() -> None:
    assert re.findall(r"[Ff]rom (\d+)", THRESHOLDS) == [str(lowest) for lowest, _, _ in READINESS if lowest]


def test_recommendation_follows_the_stated_thresholds_and_speaks_of_practice() -> None:
    strong, weak = report(STORY), report("fine")
    assert strong.recommendation is Recommendation.STRONG_HIRE
    assert weak.recommendation is Recommendation.STRONG_NO_HIRE
    assert [lowest for lowest, _, _ in READINESS] == sorted((low for low, _, _ in READINESS), reverse=True)
    assert "practice, not for selection" in strong.readiness


def test_while_scores_are_missing_there_is_no_overall() -> None:
    answers = [asked(1, STORY), asked(2, ACTION)]
    card = judge(answers[:1])
    result = build_report(interview_id="i1", evaluation_status="PROCESSING", answers=answers, scorecard=card)
    assert result.overall is None and result.recommendation is None and result.next_steps == ()
    assert result.to_json()["evaluation_status"] == "PROCESSING"


def test_an_interview_without_questions_has_no_overall() -> None:
    result = build_report(
        interview_id="i1", evaluation_status="COMPLETED", answers=[], scorecard=Scorecard(RUBRIC.version, ())
    )
    assert result.overall is None and result.coverage == 0.0 and result.answers == () and result.provenance is None


def test_a_fallback_among_the_scores_is_not_hidden() -> None:
    answers = [asked(1, STORY), asked(2, STORY), asked(3, STORY)]
    scores = list(judge(answers).answers)
    model = Provenance(coach="model", version="m", provider="gemini", model="x")
    fallback = Provenance(coach="rules", version="r", fallback=True, reason="The model did not answer.")
    mixed = (
        replace(scores[0], provenance=model),
        replace(scores[1], provenance=model),
        replace(scores[2], provenance=fallback),
    )
    result = build_report(
        interview_id="i1", evaluation_status="COMPLETED", answers=answers, scorecard=Scorecard("1", mixed)
    )
    assert result.provenance == fallback
    assert scored_words(fallback).endswith("It stood in for the model that was asked. The model did not answer.")
    assert "stood in" not in scored_words(model)


def test_who_marked_is_who_marked_what_was_answered() -> None:
    """Skipped questions are 0 by the rules whoever marks: they do not turn a model's marks into those of the rules."""
    shown = build([STORY, None, None, None], change=lambda s: replace(s, provenance=MODEL) if s.number == 1 else s)
    assert shown.provenance == MODEL
    nothing = build([None, None]).provenance
    assert nothing is not None and nothing.coach == "rules"


def test_two_prompts_are_two_measures() -> None:
    score = build([STORY]).answers[0].score
    before = replace(score, provenance=MODEL)
    again = replace(score, provenance=replace(MODEL, prompt="assess@2"))
    take = Take("r", 2, STORY, "typed", NOW, "COMPLETED", "gemini", again)
    entry = build([STORY], takes={1: [take]}, change=lambda _: before).answers[0]
    assert not entry.is_comparable(take) and entry.change(take) is None
    assert not compare(before, again).same_marker and compare(before, before).same_marker


# The whole of the view model


NOW = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
MODEL = Provenance(coach="model", version="assess@1", provider="gemini", model="m-1")
HYPOTHETICAL = "Suppose a guest shouts at you. What would you do first?"


def build(texts: Sequence[str | None], **more: Any) -> Report:
    """Of these answers, with the rubric."""
    answers = [asked(number, text) for number, text in enumerate(texts, 1)]
    change = more.pop("change", lambda score: score)
    card = Scorecard(RUBRIC.version, tuple(change(score) for score in judge(answers).answers))
    values = {"interview_id": "i1", "evaluation_status": "COMPLETED", "rubric": RUBRIC, "scorecard": card, **more}
    return build_report(answers=values.pop("answers", answers), **values)


def unmarked(score: AnswerScore) -> AnswerScore:
    return replace(
        score,
        accuracy=None,
        completeness=None,
        clarity=None,
        dimensions=dict.fromkeys(score.dimensions),
        needs_review="The marks did not fit.",
    )


def exchange(number: int, after: float, seconds: float | None, **more: Any) -> Exchange:
    """Asked `after` seconds past NOW, answered `seconds` later."""
    asked_at = NOW + timedelta(seconds=after)
    answered_at = None if seconds is None else asked_at + timedelta(seconds=seconds)
    values = {"answered_at": answered_at, "source": None if seconds is None else "typed", **more}
    return Exchange(number, asked_at, MODEL, **values)


def test_an_answer_that_needs_review_is_neither_a_zero_nor_a_guess() -> None:
    result = build([STORY, ACTION], change=lambda score: unmarked(score) if score.number == 2 else score)
    assert result.overall == result.answers[0].score.score and result.needs_review == (2,)
    assert "One answer has no marks" in result.readiness and "needs review" in result.summary
    data = result.to_json()["answers"][1]
    assert data["score"] is None and data["accuracy"] is None and data["needs_review"] == "The marks did not fit."
    assert data["anchors"] == {}


def test_when_no_answer_has_marks_there_is_no_overall() -> None:
    result = build([STORY, ACTION], change=unmarked)
    assert result.overall is None and result.recommendation is None and result.readiness == ""
    assert set(result.dimensions.values()) == {None}


def test_follow_ups_count_by_the_weight_of_the_rubric() -> None:
    answers = [asked(1, STORY), replace(asked(2, VAGUE), kind=QuestionKind.PROBE)]
    result = build([STORY, VAGUE], answers=answers, rubric=replace(RUBRIC, probe_weight=0.5))
    data = result.to_json()
    assert [entry["weight"] for entry in data["answers"]] == [1.0, 0.5]
    heavy = sum(entry["score"] * entry["weight"] for entry in data["answers"])
    assert data["overall"] == round(heavy / 1.5)
    assert data["overall"] != round(sum(entry["score"] for entry in data["answers"]) / 2), "the weight must show"


def test_each_mark_comes_with_the_behaviour_of_its_band() -> None:
    entry = build([STORY]).answers[0]
    for criterion in RUBRIC.criteria:
        marks = getattr(entry.score, criterion.key)
        bands = [anchor for anchor in criterion.anchors if anchor.lowest <= marks]
        assert entry.anchors[criterion.key] == max(bands, key=lambda anchor: anchor.lowest)


def test_one_answer_of_eight_does_not_read_like_eight() -> None:
    first, whole = build([STORY], planned=8), build([STORY] * 8, planned=8)
    assert first.overall is not None and whole.overall is not None
    assert first.overall > whole.overall, "the same story for eight questions earns its marks once"
    assert "1 of 8 questions was answered" in first.readiness and "first look" in first.readiness
    assert "first look" not in whole.readiness and "of 8" not in whole.readiness
    assert "finished before the other 7" in first.summary
    most = build([STORY] * 6 + [None] * 2, planned=8)
    assert "It rests on 6 of 8 questions." in most.readiness
    assert "no answer to go by" in build([None], planned=8).readiness


def test_nothing_is_said_to_be_missing_most_often_in_a_single_answer() -> None:
    assert "most often" not in build([ACTION]).summary
    assert "most often" not in build([ACTION, STORY]).summary

    def lacking(score: AnswerScore) -> AnswerScore:
        star = replace(score.star, result=None, task=None)
        return replace(score, star=star, completeness=10, accuracy=30, clarity=20) if score.number < 3 else score

    texts = [STORY, STORY + " It was dark.", STORY + " It was late."]
    several = build(texts, change=lacking)
    assert "most often is the result: in 2 of the 3 answers" in several.summary

    def whole(score: AnswerScore) -> AnswerScore:
        return replace(lacking(score), completeness=30, accuracy=40, clarity=30)

    assert "most often" not in build(texts, change=whole).summary, "an answer with all marks lacks nothing"


def test_no_answer_is_called_the_strongest_when_none_says_much() -> None:
    assert "most marks" in build([STORY, VAGUE]).summary and "strongest" in build([STORY, VAGUE]).plain_summary
    weak = build([VAGUE, "I always do my best."])
    assert weak.overall and weak.overall < 35
    assert "most marks" not in weak.summary and "strongest" not in weak.plain_summary


def test_answers_that_need_no_story_are_not_told_that_parts_of_one_are_missing() -> None:
    imagined = "I would ask her to sit down, because a calm guest is easier to help, and then call the manager."
    answers = [replace(asked(number, imagined), question=HYPOTHETICAL) for number in (1, 2, 3)]
    result = build([], answers=answers, scorecard=judge(answers))
    assert not any(entry.asks_story for entry in result.answers)
    assert "missing" not in result.summary


@pytest.mark.parametrize(
    "texts",
    [(STORY,), (STORY, STORY, STORY), (ACTION,), (VAGUE,), ("fine",), (None,), (STORY, None), (None,) * 8, ("",)],
)
def test_three_different_doable_steps_whatever_was_answered(texts: tuple[str | None, ...]) -> None:
    steps = build(texts).next_steps
    assert len({step.text for step in steps}) == 3
    for step in steps:
        if step.quote is not None:
            assert step.number is not None and step.quote.is_in(texts[step.number - 1] or "")


def test_steps_come_from_different_answers_before_a_second_one_from_the_same() -> None:
    def remarks(score: AnswerScore) -> AnswerScore:
        quote = Span(Source.ANSWER, (score.feedback and STORY[:11]) or "", 0, 11)
        texts = [f"Step {place} of answer {score.number}, worded by a model." for place in (1, 2, 3)]
        return replace(score, improvements=tuple(Remark(text, "improvement", quote) for text in texts))

    steps = build([STORY, STORY + " Later.", STORY + " Then."], change=remarks).next_steps
    assert sorted(step.number or 0 for step in steps) == [1, 2, 3]
    assert all(step.text.startswith("Step 1") for step in steps)


def todo(score: AnswerScore, *texts: str, marks: int) -> AnswerScore:
    """With these remarks and so many marks."""
    found = tuple(Remark(text, "improvement", score.star.action) for text in texts)
    return replace(score, accuracy=marks * 40 // 100, completeness=0, clarity=marks * 30 // 100, improvements=found)


def test_what_there_is_most_to_gain_by_comes_before_what_many_good_answers_lack() -> None:
    def judged(score: AnswerScore) -> AnswerScore:
        return todo(score, "Answer the question.", marks=10) if score.number == 3 else todo(score, "Polish.", marks=140)

    assert [step.text for step in build([STORY, ACTION, VAGUE], change=judged).next_steps[:2]] == [
        "Answer the question.",
        "Polish.",
    ]


def test_a_sentence_for_several_answers_stands_once_and_each_answer_keeps_its_words() -> None:
    def judged(score: AnswerScore) -> AnswerScore:
        return todo(score, "Add a number.", f"Special for {score.number}.", marks=50)

    shown = build([STORY, ACTION, VAGUE, STORY + " It was late."], change=judged)
    step = next(step for step in shown.next_steps if step.text == "Add a number.")
    assert step.holds_for == 4 and step.where == f"question {step.number}, also {listing_of(step.also)}"
    place = shown.next_steps.index(step) + 1
    for entry in shown.answers:
        common, special = entry.told.improvements
        assert common.where == f"Next step {place}"
        stored, whole = entry.score.improvements[0].quote, entry.number == 2
        assert common.quote == (None if whole else stored), "what is all of the answer is not said twice"
        assert common.rest == (" holds here too:" if common.quote else " holds here too.")
        assert special.where == "" and special.text == f"Special for {entry.number}."
        assert entry.score.improvements[0].text == "Add a number.", "the JSON keeps it"


def listing_of(numbers: tuple[int, ...]) -> str:
    return f"{', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def test_what_did_not_become_a_step_is_said_at_its_first_answer() -> None:
    def judged(score: AnswerScore) -> AnswerScore:
        more = [f"Step {number}." for number in range(3)]
        return todo(score, *more, "Repeated.", marks=50)

    shown = build([STORY, ACTION, VAGUE, ACTION + " It was late."], change=judged)
    assert "Repeated." not in {step.text for step in shown.next_steps}
    where = [
        next(said.where for said in entry.told.improvements if said.text == "Repeated.") for entry in shown.answers
    ]
    assert where == ["", *["What stands at question 1"] * 3]


def test_sentences_that_differ_in_their_words_are_told_as_much_the_same() -> None:
    def judged(score: AnswerScore) -> AnswerScore:
        return todo(score, f"Leave out “{'so' * score.number}” here.", marks=50)

    shown = build([STORY, ACTION, VAGUE], change=judged)
    assert "much the same in" in shown.next_steps[0].where
    assert all(entry.told.improvements[0].where == "" for entry in shown.answers)


def test_what_worked_in_several_answers_is_named_in_a_few_words() -> None:
    shown = build([STORY, STORY + " It was dark.", "In May a guest wept. I gave her a room. She wrote 2 letters."])
    for entry in shown.answers:
        common = [remark for remark in entry.score.remarks if remark.text.startswith("Your own part")]
        assert common and "your own part" in entry.told.worked
        assert not any(said.text == common[0].text for said in entry.told.strengths)
    alone = build([STORY])
    assert alone.answers[0].told.worked == ""
    assert [said.text for said in alone.answers[0].told.strengths] == [
        remark.text for remark in alone.answers[0].score.remarks
    ]


def test_the_parts_of_the_overall_are_means_of_the_answers() -> None:
    shown = build([STORY, ACTION, None])
    for name in ("accuracy", "completeness", "clarity"):
        given = [getattr(entry.score, name) for entry in shown.answers]
        assert shown.parts[name] == round(sum(given) / 3) == shown.to_json()["parts"][name]
    unmarked = build([STORY], change=lambda score: replace(score, accuracy=None, completeness=None, clarity=None))
    assert set(unmarked.parts.values()) == {None}


def test_what_else_to_work_on_repeats_no_step() -> None:
    shown = build([STORY, ACTION, VAGUE, None, ACTION + " It was late."])
    steps = {step.text for step in shown.next_steps}
    assert shown.more_improvements and not steps & {point.text for point in shown.more_improvements}
    assert set(shown.more_improvements) <= set(shown.improvements)


def test_a_strength_names_all_answers_that_have_it() -> None:
    shown = build([STORY, STORY + " It was dark.", VAGUE])
    assert all(point.holds_for == 2 for point in shown.strengths)


def test_filling_does_not_push_out_what_is_specific() -> None:
    result = build([ACTION, VAGUE, STORY])
    said = {remark.text for entry in result.answers for remark in entry.score.improvements}
    assert len(said) >= 3, "there must be enough to choose from"
    assert {step.text for step in result.next_steps} <= said


def test_an_open_question_gives_a_line_of_the_cv_to_start_from() -> None:
    line = Span(Source.CV, "Trained twelve colleagues", 0, 25)
    answers = [asked(1, STORY), replace(asked(2, None), evidence=(line,)), asked(3, None)]
    step = build([], answers=answers, scorecard=judge(answers)).next_steps[0]
    assert step.evidence == line and step.quote is None and (step.number, step.also) == (2, (3,))


def test_a_summary_by_a_model_is_shown_with_its_writer_and_without_its_own_arithmetic() -> None:
    written = Summary("You tell whole stories. I would give 91 of 100. Say why you chose your way.", MODEL)
    result = build([STORY, ACTION], summary=written)
    assert result.summary == "You tell whole stories. Say why you chose your way."
    assert result.summary_by == MODEL and result.summary_note is None


def test_a_summary_that_failed_leaves_the_rules_sentences_and_the_reason() -> None:
    none = Summary("", Provenance(coach="rules", version="1", fallback=True, reason="Gemini took too long."))
    result = build([STORY, ACTION], summary=none)
    assert result.summary == build([STORY, ACTION]).summary and result.summary_by is None
    assert result.summary_note == "Gemini took too long."


def test_the_plain_summary_has_no_mark_in_it() -> None:
    result = build([STORY, ACTION, None])
    assert "of 100" in result.summary
    assert "100" not in result.plain_summary and str(result.overall) not in result.plain_summary


@pytest.mark.parametrize("answers", [[STORY, ACTION, None], [STORY, STORY], [None, None], [VAGUE, ACTION, ACTION]])
@pytest.mark.parametrize("planned", [0, 8])
def test_the_plain_summary_counts_nothing(answers: list[object], planned: int) -> None:
    result = build(answers, planned=planned or len(answers))
    assert re.search(r"\d+ of \d+|other \d+", build(answers, planned=8).summary)
    assert not re.search(r"\d", re.sub(r"question \d+", "", result.plain_summary)), result.plain_summary


def test_times_know_breaks_and_open_questions() -> None:
    exchanges = [
        exchange(1, 0, 60),
        exchange(2, 62, 2400),
        exchange(3, 62 + 2400 + 7200, 30),
        exchange(4, 62 + 2400 + 7200 + 40, None),
    ]
    first, second, third, fourth = build([STORY, STORY, STORY, None], exchanges=exchanges).times
    assert (first.seconds, first.away) == (60, 0)
    assert (second.seconds, second.away, second.is_answered) == (None, 2400, True)
    assert (third.seconds, third.away) == (30, 7200)
    assert (fourth.seconds, fourth.away, fourth.is_answered) == (None, 0, False)


def test_a_clock_that_went_back_gives_no_negative_time() -> None:
    result = build([STORY], exchanges=[exchange(1, 0, -5)])
    assert result.times[0].seconds == 0 and result.to_json()["answers"][0]["seconds"] == 0


def test_delivery_is_said_to_be_not_measurable_and_why() -> None:
    typed = build([STORY], exchanges=[exchange(1, 0, 60)])
    said = build([STORY], exchanges=[exchange(1, 0, 60, source="spoken")])
    assert typed.speech is None and "nothing was spoken" in typed.speech_note
    assert said.speech is None and "was not kept" in said.speech_note


def test_a_take_is_compared_only_with_marks_by_the_same_hand() -> None:
    before = judge([asked(1, ACTION)]).answers[0]
    after = judge([asked(1, STORY)]).answers[0]
    take = Take("r1", 2, STORY, "typed", NOW, "COMPLETED", "offline", after)
    entry = build([ACTION], takes={1: [take, replace(take, take=3, score=replace(after, provenance=MODEL))]}).answers[0]
    assert before.score is not None and after.score is not None
    assert [entry.change(each) for each in entry.takes] == [after.score - before.score, None]
    first, second = build([ACTION], takes={1: entry.takes}).to_json()["answers"][0]["retakes"]
    assert (first["before"], first["after"]) == (before.score, after.score) and second["change"] is None


def test_takes_change_no_total() -> None:
    take = Take("r1", 2, STORY, "typed", NOW, "COMPLETED", "offline", judge([asked(1, STORY)]).answers[0])
    assert build([ACTION], takes={1: [take]}).overall == build([ACTION]).overall


def test_json_tells_when_how_and_by_whom_each_question_was_asked_and_answered() -> None:
    heard = exchange(1, 0, 75.5, source="spoken", heard="a gest arrived", corrected_since=True)
    entry = build([STORY], exchanges=[heard]).to_json()["answers"][0]
    assert entry["asked_at"] == "2026-03-04T09:00:00.000Z" and entry["answered_at"] == "2026-03-04T09:01:15.500Z"
    assert (entry["seconds"], entry["source"], entry["heard"]) == (75.5, "spoken", "a gest arrived")
    assert entry["corrected_since"] is True and entry["asked_by"]["provider"] == "gemini"
    assert entry["words"] == len(STORY.split()) and entry["kind"] == "question"


def test_readings_are_all_shown_and_wide_ones_send_to_an_adviser() -> None:
    runs = (Marks(30, 20, 12), Marks(30, 20, 15), Marks(30, 25, 16))
    entry = build([STORY], change=lambda score: replace(score, runs=runs)).answers[0]
    assert readings_words(entry.score) == "Three readings gave 62, 65 and 71; each mark is the middle one."
    wide = replace(entry.score, runs=(Marks(20, 20, 12), Marks(30, 20, 15), Marks(38, 25, 26)))
    assert readings_words(wide) == "Three readings gave 52, 65 and 89: ask your adviser."
    assert readings_words(replace(wide, runs=())) == ""
    data = build([STORY], change=lambda score: replace(score, runs=runs)).to_json()["answers"][0]
    assert [run["total"] for run in data["runs"]] == [62, 65, 71] and data["deviation"] == 3.74


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.4, "0 s"),
        (59.4, "59 s"),
        (59.6, "1 min"),
        (130, "2 min 10 s"),
        (720, "12 min"),
        (3599, "1 h"),
        (3900, "1 h 5 min"),
        (200_000, "2 days"),
    ],
)
def test_lengths_of_time_in_words(seconds: float, words: str) -> None:
    assert duration_words(seconds) == words


@pytest.mark.parametrize("said", ["You got 62 of 100.", "Overall 71.", "That is 15 marks.", "A score of 8/10 is fine."])
def test_sentences_with_marks_are_left_out_for_those_who_want_none(said: str) -> None:
    assert without_marks(f"The scene is set. {said} Say what came of it.") == "The scene is set. Say what came of it."


def test_words_about_people_and_things_stay() -> None:
    said = "You led 6 people through 28 night shifts. The result is missing."
    assert without_marks(said) == said
