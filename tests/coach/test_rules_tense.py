"""A follow-up keeps the tense of the answer: nobody is asked what they did in what they only would do."""

import re
from dataclasses import replace

import pytest

from interview_coach.coach.base import Situation
from interview_coach.coach.rules.quoting import quotable
from interview_coach.coach.rules.wording import word
from interview_coach.domain.moves import Ask, Move, Probe, next_move
from interview_coach.domain.plan import Plan, Topic
from interview_coach.domain.provenance import Provenance
from interview_coach.domain.reading import read_answer
from interview_coach.domain.transcript import QuestionKind, Transcript, Turn
from tests.coach.interviews import DOSSIER, LEAD, WOUNDS

WOULD = "The ad asks you to lead shift handovers. Imagine it goes wrong in your second week. How would you handle that?"
DID = "Your CV says that you led the handover redesign. When did that matter most?"
PLANS = (
    "First I would ask the family what they already know, then I would explain the plan in short words and write the "
    "numbers down for them.",
    "I'd shut the valve, call the emergency service and put a sign on the door. After that I'd tell the manager.",
    "I have never done that, but I would start with a short course and practise on old drawings in the evening.",
    "I would sit down with both colleagues, let each explain their way, and agree on one checklist for four weeks.",
    "I can imagine beginning with the regular customers, because they know what is missing, and then building a small "
    "list of suppliers.",
)
STORY = (
    "In March 2022 our booking system failed on a Saturday with forty people waiting. I moved everyone to paper lists "
    "and called the supplier. I would do it the same way again."
)
_PAST = re.compile(
    r"\b(?:did(?! not help)|was|were|had you|happened|told me how|described how|so you|told me that you)\b", re.I
)


def own_words(question: str) -> str:
    return re.sub(r"“[^”]*”", "“”", question)


def asked_after(answer: str, question: str, kind: str, move: Move, seed: int = 1) -> str:
    topics = tuple(Topic(one.competency, kind, (index,), None, (one.span,)) for index, one in ((0, LEAD), (1, WOUNDS)))
    turns = (Turn(1, QuestionKind.QUESTION, 0, question, (LEAD.span,), answer),)
    plan = Plan(topics, 2, Provenance("rules", "1"))
    return word(Situation(replace(DOSSIER, seed=seed), plan, Transcript(turns), move)).text


@pytest.mark.parametrize("answer", PLANS)
@pytest.mark.parametrize(("question", "kind"), [(WOULD, "situation"), (DID, "experience"), (DID, "gap")])
@pytest.mark.parametrize("aim", ["result", "specific", "deeper", "action"])
def test_a_plan_is_asked_about_as_a_plan(answer, question, kind, aim):
    for seed in range(4):
        asked = own_words(asked_after(answer, question, kind, Probe(0, aim), seed))
        assert not _PAST.search(asked), asked


FOR = "I have never done that, but when I was ill I wrote lesson plans for three colleagues so they could take over."
"""A deed with what it was for, which is no plan."""


@pytest.mark.parametrize("story", [STORY, FOR])
@pytest.mark.parametrize("question", [WOULD, DID])
def test_a_story_is_asked_about_as_a_story_whatever_was_asked(question, story):
    for seed in range(4):
        asked = own_words(asked_after(story, question, "situation", Probe(0, "result"), seed))
        assert "would" not in asked and "should" not in asked, asked


@pytest.mark.parametrize("answer", PLANS)
def test_nothing_of_a_plan_is_said_back_as_done(answer):
    for seed in range(6):
        asked = asked_after(answer, WOULD, "situation", Ask(1, bridge=True), seed)
        said = own_words(asked).split(". ")[0]
        assert not _PAST.search(said) and "“" in asked, asked


@pytest.mark.parametrize("answer", PLANS)
@pytest.mark.parametrize("question", [WOULD, DID])
def test_who_tells_a_plan_is_not_asked_when_it_was(answer, question):
    topic = Topic("teamwork", "situation", (0,), None, ())
    plan = Plan((topic, topic), 1, Provenance("rules", "1"))
    turns = (Turn(1, QuestionKind.QUESTION, 0, question, (), answer),)
    move = next_move(plan, Transcript(turns), max_questions=3, follow_ups=1)
    assert isinstance(move, Probe) and move.aim not in {"situation", "task"}


@pytest.mark.parametrize(
    "answer",
    [
        STORY,
        "I would say that I am calm. When the till broke in June I wrote every sale on paper.",
        "I could not reach the driver, so I rang the depot and moved the pallets.",
    ],
)
def test_what_was_done_is_no_plan(answer):
    assert not read_answer(answer, DID).is_plan
    assert read_answer(PLANS[0], DID).is_plan


@pytest.mark.parametrize(
    "answer",
    [
        "I plan the shifts early. If I publish them late, people cannot plan their childcare. So I fix the date.",
        "Unless the parcels are sorted by six, the drivers wait at the gate. I sort the letters before that.",
        "Guests get loud when nobody explains the delay. I always go to the tables first.",
    ],
)
def test_a_clause_on_a_condition_is_never_said_back_without_it(answer):
    texts = [quote.span.text for quote in quotable(answer, read_answer(answer, DID))]
    assert texts
    for half in ("people cannot plan", "publish them late", "drivers wait", "parcels are sorted", "get loud", "nobody"):
        assert not any(half in text for text in texts), texts


def test_a_deed_that_only_leads_up_to_another_is_not_the_one_to_ask_about():
    answer = "The alarm rang at night. I took the guest list, counted the people outside and called the brigade."
    best = next(quote.span.text for quote in quotable(answer, read_answer(answer, DID)))
    assert "guest list" not in best


@pytest.mark.parametrize(
    "answer",
    ["My favourite season is autumn. I like the colours of the leaves.", "My cousin has two parrots and a violin."],
)
def test_what_is_off_the_subject_is_passed_over_without_a_quote(answer):
    for seed in range(4):
        asked = asked_after(answer, DID, "experience", Ask(1, bridge=True), seed)
        assert "“" not in asked, asked
