"""Practising the weakest: a plan that goes there first, and questions at the level that was reached."""

from collections import Counter
from dataclasses import replace
from math import ceil

import pytest

from benchmarks import questions as bench
from interview_coach.coach.prompting import request
from interview_coach.coach.rules.bank import bank
from interview_coach.coach.rules.planning import make_plan
from interview_coach.domain.competencies import COMPETENCIES
from interview_coach.domain.dossier import Dossier
from interview_coach.domain.formats import Difficulty
from tests.coach.interviews import next_topic

CVS = bench.texts(bench.CVS)
ADS = bench.texts(bench.ADS)
PAIRS = (("01_nurse", "02_ward_nurse"), ("06_student", "14_shop_assistant"), ("08_developer_long", "11_data_engineer"))


def dossier(cv: str, ad: str, **choices: object) -> Dossier:
    return bench.dossier_for(CVS[cv], ADS[ad], **choices)


def asked_for(found: Dossier) -> Counter[str]:
    return Counter(requirement.competency for requirement in found.requirements)


@pytest.mark.parametrize(("cv", "ad"), PAIRS)
def test_half_of_the_questions_go_to_the_focus_whatever_the_candidate_says(cv, ad):
    base = dossier(cv, ad)
    for competency in asked_for(base):
        for candidate in ("strong", "partial", "mixed"):
            interview = bench.run(replace(base, focus=(competency,)), candidate)
            on = [interview.plan.topics[turn.topic].competency for turn in interview.turns].count(competency)
            assert len(interview.turns) == 8 and on >= 4, (competency, candidate)


def test_without_a_focus_the_plan_is_another_and_covers_the_must_haves():
    base = dossier(*PAIRS[0])
    rare = min(asked_for(base).items(), key=lambda item: item[1])[0]
    usual = [topic.competency for topic in make_plan(base).topics if not topic.reserve]
    assert usual.count(rare) < 4, "the focus has something to change"


@pytest.mark.parametrize(("cv", "ad"), PAIRS)
def test_the_focus_comes_right_after_the_opening_and_motivation_stays_last(cv, ad):
    base = dossier(cv, ad)
    focus = tuple(name for name, _ in asked_for(base).most_common() if name != "motivation")[-3:]
    core = [topic for topic in make_plan(replace(base, focus=focus)).topics if not topic.reserve]
    assert (core[0].kind, core[-1].kind) == ("opening", "motivation")
    middle = [topic.competency in focus for topic in core[1:-1]]
    assert middle == sorted(middle, reverse=True) and middle[0]


def test_each_of_several_competencies_gets_its_turn():
    base = dossier(*PAIRS[0])
    focus = tuple(name for name, _ in asked_for(base).most_common(3))
    on = {topic.competency for topic in make_plan(replace(base, focus=focus)).topics if not topic.reserve}
    assert set(focus) <= on


@pytest.mark.parametrize(("cv", "ad"), PAIRS)
def test_the_interview_begins_with_the_weakest_that_the_ad_asks_for(cv, ad):
    base = dossier(cv, ad)
    names = [name for name in asked_for(base) if name != "motivation"]
    for weakest in names:
        focus = (weakest, *[name for name in names if name != weakest][:2])
        opening, following, *_ = make_plan(replace(base, focus=focus)).topics
        # A certificate or a language is no way to open, so then the CV does, and the weakest comes next.
        first = opening if opening.requirements else following
        assert first.competency == weakest, (focus, first)
        assert [base.requirements[i].competency for i in first.requirements] == [weakest]
        assert following.competency in focus


def test_a_weakest_that_the_ad_does_not_ask_for_comes_right_after_the_opening():
    base = dossier(*PAIRS[1])
    absent = next(name for name in COMPETENCIES if name not in asked_for(base) and name != "motivation")
    asked = asked_for(base).most_common(1)[0][0]
    opening, following, *_ = make_plan(replace(base, focus=(absent, asked))).topics
    assert (opening.competency, following.competency) == (asked, absent)


@pytest.mark.parametrize("total", [2, 3, 4, 5, 8, 12, 20])
@pytest.mark.parametrize("follow_ups", [0, 1, 3])
def test_any_number_of_questions_and_follow_ups_leaves_half_for_the_focus(total, follow_ups):
    base = dossier(*PAIRS[2], max_questions=total, follow_ups=follow_ups)
    common = [name for name, _ in asked_for(base).most_common(3)]
    plan = make_plan(replace(base, focus=tuple(common)))
    core = [topic for topic in plan.topics if not topic.reserve]
    assert len(core) + plan.probes == total
    assert sum(topic.competency in common for topic in core) >= ceil(total / 2)


def test_a_competency_that_the_ad_never_mentions_is_asked_for_in_general():
    base = dossier(*PAIRS[1])
    absent = next(name for name in COMPETENCIES if name not in asked_for(base) and name != "motivation")
    interview = bench.run(replace(base, focus=(absent,)), "partial")
    assert [interview.plan.topics[turn.topic].competency for turn in interview.turns].count(absent) >= 3
    assert bench.bad_evidence(interview) == bench.violations(interview) == bench.repeats(interview, []) == []


def test_every_competency_can_be_asked_for_in_general_in_three_ways():
    for competency in COMPETENCIES:
        assert sum(form.competency == competency for form in bank().main["bare"]) >= 3


@pytest.mark.parametrize(("cv", "ad"), PAIRS)
def test_what_is_asked_keeps_every_rule_of_a_good_question(cv, ad):
    base = dossier(cv, ad)
    focus = tuple(asked_for(base))[:2]
    levels = ((focus[0], Difficulty.HARD), (focus[-1], Difficulty.EASY))
    interview = bench.run(replace(base, focus=focus, levels=levels), "mixed")
    assert bench.bad_evidence(interview) == bench.violations(interview) == bench.repeats(interview, []) == []


def levels_asked(found: Dossier) -> dict[str, set[Difficulty]]:
    """Competency -> difficulties of the forms that its main questions were made of."""
    forms = {form.core.casefold(): form for form in bank().forms if len(form.core) > 12}
    asked: dict[str, set[Difficulty]] = {}
    interview = bench.run(found, "dont_know")
    for turn, aim in zip(interview.turns, interview.aims, strict=True):
        competency = interview.plan.topics[turn.topic].competency
        for core, form in forms.items():
            if aim is None and core in turn.question.casefold():
                asked.setdefault(competency, set()).add(form.difficulty)
    return asked


@pytest.mark.parametrize("level", [Difficulty.EASY, Difficulty.HARD])
def test_a_level_changes_the_questions_of_its_competency_and_no_others(level):
    base = dossier(*PAIRS[0], max_questions=12)
    before = levels_asked(base)
    assert all(found <= {Difficulty.MEDIUM} for found in before.values())
    name = next(iter(sorted(before, key=lambda key: -asked_for(base)[key])))
    after = levels_asked(replace(base, levels=((name, level),)))
    assert level in after[name]
    assert all(found <= {Difficulty.MEDIUM} for other, found in after.items() if other != name)


def test_a_model_is_told_the_level_of_the_topic():
    plain = request(next_topic(), "n").task
    hard = request(next_topic(levels=(("expertise", Difficulty.HARD),)), "n").task
    other = request(next_topic(levels=(("tools", Difficulty.HARD),)), "n").task
    assert "expert" not in plain and "expert" in hard and other == plain


def test_a_dossier_can_be_hashed_and_knows_its_levels():
    found = dossier(*PAIRS[0], levels=(("safety", Difficulty.HARD),), focus=("safety",))
    assert hash(found) == hash(replace(found))
    assert (found.level_of("safety"), found.level_of("tools")) == (Difficulty.HARD, Difficulty.MEDIUM)
