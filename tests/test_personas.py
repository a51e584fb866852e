"""Interviewers as data: complete, distinct, chosen, kept, and heard in the words."""

import re
from dataclasses import replace

import pytest

from interview_coach import creating, interviewing
from interview_coach.creating import NewInterview
from interview_coach.db import writing
from interview_coach.errors import Problem
from interview_coach.models import LOCAL_OWNER as ME
from interview_coach.models import Interview
from interview_coach.personas import BadPersona, names, persona, personas, read, surprise
from interview_coach.samples import load_sample

GOOD = """
[anna]
name = "Anna"
about = "warm"
style = "You are warm."
probing = "ask kindly."
greetings = ["Hello, I am Anna."]
manner = "warm"
voices = { gemini = "Kore", openai = "af_heart", browser = "en-GB" }
"""


def new(**choices: object) -> str:
    sample = load_sample()
    return creating.create(ME, NewInterview(cv_text=sample.cv_text, job_text=sample.job_text, **choices))[0]


def test_there_are_enough_and_each_is_somebody_else() -> None:
    every = personas().values()
    assert len(every) >= 8
    for what in ("name", "about", "style", "probing", "greetings"):
        assert len({getattr(item, what) for item in every}) == len(every), what
    assert {item.manner for item in every} == {"warm", "direct", "calm", "formal"}
    assert len({item.voices["gemini"] for item in every}) == len(every)
    assert all(item.id == item.name.lower() for item in every)
    # A model reads style and probing; nothing there may promise praise or ask for more than one thing.
    assert not re.search(r"great|excellent|well done|!", " ".join(f"{item.style} {item.probing}" for item in every))


def test_good_data_is_read() -> None:
    anna = read(GOOD)["anna"]
    assert (anna.id, anna.greeting, anna.voices["openai"]) == ("anna", "Hello, I am Anna.", "af_heart")
    assert {anna: 1}[replace(anna)] == 1, "a persona is part of a dossier, which is a key"


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("[anna]", "[surprise]"),
        ("[anna]", '["Anna B"]'),
        ('about = "warm"\n', ""),
        ('about = "warm"', 'about = "warm"\nage = 41'),
        ('about = "warm"', 'about = " "'),
        ('about = "warm"', 'about = 7'),
        ('about = "warm"', f'about = "{"x" * 201}"'),
        ('"You are warm."', '"You are $warm."'),
        ('["Hello, I am Anna."]', "[]"),
        ('["Hello, I am Anna."]', '["Hello, I am Anna. How are you?"]'),
        ('["Hello, I am Anna."]', '["Hello."]'),
        ('manner = "warm"', 'manner = "grim"'),
        ('"Kore"', '"Corey"'),
        ('"af_heart"', '"alloy"'),
        (', browser = "en-GB"', ""),
        ('"en-GB"', '"british"'),
        ('"en-GB" }', '"en-GB" }' + GOOD.replace("[anna]", "[bert]")),
    ],
)  # fmt: skip
def test_bad_data_is_refused_by_name(good: str, bad: str) -> None:
    assert good in GOOD
    with pytest.raises(BadPersona):
        read(GOOD.replace(good, bad))


def test_a_surprise_is_the_same_for_the_same_seed_and_reaches_everybody() -> None:
    assert surprise(7) == surprise(7)
    assert {surprise(seed).id for seed in range(100)} == set(personas())
    assert persona("nobody") is None and persona("") is None
    assert names().endswith("surprise")


def test_an_interviewer_is_chosen_shown_and_taken_again(app) -> None:
    first = new(persona=" Viktor ", minutes="30")
    shown = interviewing.view(ME, first)
    assert (shown.persona, shown.minutes, shown.max_questions) == ("viktor", 30, 20)
    assert {"persona": "viktor", "minutes": 30}.items() <= shown.to_json().items()
    assert shown.greeting in personas()["viktor"].greetings
    assert new(persona="viktor", minutes=30) == first, "the same choices, the same unfinished interview"
    assert new(persona="amara", minutes=30) != first
    assert new(persona="viktor", minutes=15) != first
    assert new(persona="viktor") not in (first, new(minutes=30))
    again = interviewing.view(ME, creating.create(ME, NewInterview(like=first, force_create=True))[0])
    assert (again.persona, again.minutes, again.max_questions) == ("viktor", 30, 20)


def test_nobody_in_particular_is_the_default(app) -> None:
    shown = interviewing.view(ME, new())
    assert (shown.persona, shown.minutes, shown.max_questions, shown.greeting) == ("", None, 8, "")
    assert interviewing.view(ME, new(persona="default")).id == shown.id


def test_a_surprise_is_one_of_them_and_a_repeated_request_gets_the_same(app) -> None:
    first = new(persona="surprise")
    assert interviewing.view(ME, first).persona in personas()
    assert new(persona="surprise") == first


def test_questions_may_be_fewer_than_the_time_allows(app) -> None:
    assert interviewing.view(ME, new(minutes=45, questions=5)).max_questions == 5


def test_an_unknown_interviewer_is_told_who_there_is(app) -> None:
    with pytest.raises(Problem) as caught:
        new(persona="Jordan")
    assert "amara" in caught.value.fields["persona"] and "surprise" in caught.value.fields["persona"]


def test_an_interviewer_that_is_gone_is_nobody_in_particular(app) -> None:
    made = new(persona="hugh")
    with writing() as session:
        session.get_one(Interview, made).persona = "retired"
    assert interviewing.view(ME, made).interviewer is None
    assert interviewing.view(ME, creating.create(ME, NewInterview(like=made, force_create=True))[0]).persona == ""


def test_only_english_interviews_are_greeted(app) -> None:
    shown = interviewing.view(ME, new(persona="lena", language="de"))
    assert shown.greeting == "" and shown.interviewer is not None
