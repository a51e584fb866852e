"""The manner of an interviewer is heard between the built-in coach's questions and breaks none of its criteria."""

from dataclasses import replace

import pytest

from benchmarks import questions as bench
from interview_coach.coach.rules import checks
from interview_coach.coach.rules.bank import bank
from interview_coach.personas import MANNERS, personas

CVS = bench.texts(bench.CVS)
ADS = bench.texts(bench.ADS)
PAIRS = [("01_nurse", "02_ward_nurse"), ("05_sparse", "01_dog_walker"), ("08_developer_long", "11_data_engineer")]
OF_MANNER = {manner: next(item for item in personas().values() if item.manner == manner) for manner in MANNERS}


def interview(cv: str, ad: str, candidate: str, manner: str = "", **choices: object) -> bench.Interview:
    dossier = bench.dossier_for(CVS[cv], ADS[ad], **choices)
    return bench.run(replace(dossier, persona=OF_MANNER.get(manner)), candidate)


def test_every_manner_has_every_group_and_no_two_share_a_sentence() -> None:
    assert set(bank().manners) == set(MANNERS)
    for manner in MANNERS:
        assert set(bank().manners[manner]) == set(bank().turns)
    texts = [text for groups in (*bank().manners.values(), bank().turns) for group in groups.values() for text in group]
    assert len(set(texts)) == len(texts)
    assert all("?" not in text and "!" not in text and len(text.split()) <= 13 for text in texts)


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("candidate", ["strong", "vague", "dont_know"])
def test_questions_are_as_good_with_everybody(manner: str, candidate: str) -> None:
    for cv, ad in PAIRS:
        held = interview(cv, ad, candidate, manner)
        assert bench.bad_evidence(held) == bench.violations(held) == bench.repeats(held, []) == []
        assert len(held.turns) == 8


@pytest.mark.parametrize("manner", MANNERS)
def test_the_manner_is_heard(manner: str) -> None:
    own = {text for group in bank().manners[manner].values() for text in group}
    usual = {text for group in bank().turns.values() for text in group}
    said = " ".join(text for cv, ad in PAIRS for kind in ("strong", "vague", "dont_know")
                    for text in interview(cv, ad, kind, manner).questions)  # fmt: skip
    assert any(text in said for text in own)
    assert not any(text in said for text in usual)


def test_who_has_a_name_greets_once_and_in_other_languages_the_opening_does() -> None:
    hello = ("Welcome", "Hello", "Thank you", "It is a pleasure")
    for cv, ad in PAIRS:
        assert interview(cv, ad, "strong").questions[0].startswith(hello)
        assert not interview(cv, ad, "strong", "formal").questions[0].startswith(hello)
        assert interview(cv, ad, "strong", "formal", language="de").questions[0].startswith(hello)


def test_nobody_in_particular_asks_as_ever() -> None:
    held = interview(*PAIRS[0], "strong")
    others = {text for groups in bank().manners.values() for group in groups.values() for text in group}
    assert not any(text in question for text in others for question in held.questions)


def test_it_is_the_same_interview_with_everybody() -> None:
    plans = {interview(*PAIRS[0], "strong", manner).plan for manner in ("", *MANNERS)}
    assert len(plans) == 1


def test_greetings_are_short_and_ask_nothing_protected() -> None:
    for item in personas().values():
        for text in item.greetings:
            assert checks.word_count(text) <= checks.MAX_WORDS
            assert not {"protected", "leading"} & set(checks.problems(text, (), ()))


@pytest.mark.parametrize("minutes", [15, 30, 45])
@pytest.mark.parametrize(("cv", "ad"), PAIRS)
def test_with_time_the_most_important_comes_first_and_motivation_in_time(cv: str, ad: str, minutes: int) -> None:
    held = interview(cv, ad, "strong", max_questions=20, minutes=minutes)
    assert bench.bad_evidence(held) == bench.violations(held) == bench.repeats(held, []) == []
    core = [topic for topic in held.plan.topics if not topic.reserve]
    place = next(index for index, topic in enumerate(core) if topic.kind == "motivation")
    ranks = [min(topic.requirements, default=99) for topic in core[1:] if topic.kind != "motivation"]
    assert ranks == sorted(ranks)
    numbers = [turn.number for turn in held.turns if held.plan.topics[turn.topic].kind == "motivation"]
    assert numbers and numbers[0] * 2.5 <= minutes
    assert place > 1
    by_number = interview(cv, ad, "strong", max_questions=20)
    assert sorted(map(repr, by_number.plan.topics)) == sorted(map(repr, held.plan.topics)), "the same topics"
