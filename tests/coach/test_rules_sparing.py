"""What is nobody's to repeat is not said back, whatever the trade; what was done at work still is."""

import asyncio

import pytest

from benchmarks import questions as bench
from interview_coach.coach.base import Situation
from interview_coach.coach.rules.interviewer import RulesInterviewer
from interview_coach.coach.rules.planning import make_plan
from interview_coach.coach.rules.quoting import quotable
from interview_coach.coach.rules.sparing import spared
from interview_coach.domain.evidence import Source
from interview_coach.domain.moves import Ask, Move, Probe
from interview_coach.domain.reading import read_answer
from interview_coach.domain.transcript import QuestionKind, Transcript, Turn

ASKED = "Tell me about a time when you had to organise something."


def quotes(answer: str) -> list[str]:
    return [quote.span.text for quote in quotable(answer, read_answer(answer, ASKED))]


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        ("I'm a bit nervous, sorry. At the mill I run about 70 looms and I train the new weavers.", "looms"),
        ("My father died last month and it has been hard. I took over the early shift in May.", "early shift"),
        ("I burned out in 2019 and I was signed off for six months. Then I scanned 4000 maps.", "maps"),
        ("My divorce was last year, I was crying every day. I sorted the parcels by postcode.", "parcels"),
        ("I hope that makes sense. Did I answer your question? I trained two people at the counter.", "two people"),
        ("Thanks so much. Nice to meet you. I planned the routes for nine vans.", "routes"),
        ("I am all over the place today. I planned the routes for nine vans.", "routes"),
        ("شكرا جزيلا. I repaired the pump in the cellar and the water went down.", "pump"),
        ("My English is not good, sorry. I clean twelve rooms each day and I check the minibar.", "twelve rooms"),
    ],
)
def test_the_work_is_quoted_and_the_distress_beside_it_is_not(answer: str, kept: str) -> None:
    found = quotes(answer)
    assert any(kept in text for text in found)
    away = (
        "nervous", "died", "hard", "burned", "signed off", "crying", "hope", "question", "sense", "meet", "شكرا",
        "English", "place",
    )  # fmt: skip
    assert not any(word in text for text in found for word in away)


@pytest.mark.parametrize(
    "answer",
    [
        "I had a panic attack. I still feel ashamed.",
        "Sorry, my mind went blank. I am really nervous.",
        "My sister passed away in spring and I have not been myself since.",
    ],
)
@pytest.mark.parametrize("move", [Ask(1, False), Probe(0, "action"), Probe(0, "specific")])
def test_after_nothing_but_distress_the_next_question_quotes_nothing_and_is_kind(answer: str, move: Move) -> None:
    assert quotes(answer) == []
    cv, ad = next(iter(bench.texts(bench.CVS).values())), next(iter(bench.texts(bench.ADS).values()))
    dossier = bench.dossier_for(cv, ad)
    transcript = Transcript((Turn(1, QuestionKind.QUESTION, 0, ASKED, (), answer),))
    situation = Situation(dossier, make_plan(dossier), transcript, move)
    asked = asyncio.run(bench.question_for(RulesInterviewer(), situation))
    assert not any(span.source is Source.ANSWER for span in asked.evidence)
    assert asked.text.startswith(("Take your time.", "Take all the time you need.", "There is no hurry here."))


@pytest.mark.parametrize(
    "answer",
    [
        "The patient had a panic attack and I sat with her until it was over.",
        "A guest had died in room 12 and I called the police.",
        "I wrote to the bereaved families and arranged two funerals a week.",
        "I apologised to the customer and replaced the kettle within an hour.",
        "We lost two drivers in March, so I drew up a new rota.",
        "I had a breakdown on the motorway and called the garage.",
        "I stressed that safety comes first and broke down the old silos.",
        "I interviewed forty people for three posts and wrote the questions.",
    ],
)
def test_what_others_went_through_and_what_is_work_is_not_spared(answer: str) -> None:
    assert spared(answer) == ()


def test_in_speech_without_full_stops_only_the_words_around_a_blow_are_spared() -> None:
    work = "so the rota was mine and I phoned nine people and we opened at six and I wrote it all down for the manager"
    answer = f"my mother died that week and it was a bad time and {work} and she kept that rota for the next two years"
    assert not any(part.end > answer.index("so the rota") + 3 for part in spared(answer))
    assert spared(answer)[0].start == 0
