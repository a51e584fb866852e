"""The offline coach asks about the nearest thing the person has done, and names it beside what the ad asks for."""

import asyncio

import pytest

from benchmarks import questions as bench
from interview_coach.coach.base import Situation
from interview_coach.coach.rules.bank import bank
from interview_coach.coach.rules.interviewer import RulesInterviewer
from interview_coach.coach.rules.planning import make_plan
from interview_coach.domain.evidence import CvItemKind
from interview_coach.domain.moves import Probe
from interview_coach.domain.transcript import QuestionKind, Transcript, Turn

CV = """EXPERIENCE
Backend Engineer, Parcel Ltd, Leeds, 2019 - 2024
- Led a team of 3 engineers to migrate 40 TB of tracking data from MySQL to PostgreSQL with no downtime
- Built a reconciliation job in Python that matches 1.2M transactions per day

EDUCATION
BSc Computer Science, University of Leeds, 2019

LICENCES
Full driving licence

SKILLS
Terraform, Kafka
"""
AD = """Platform Engineer

What we look for
- Experience with zero-downtime database migrations
- Infrastructure as code (Terraform)
- A full driving licence
- Good knowledge of observability
- Strong stakeholder management
"""


def asked_of(candidate: str) -> bench.Interview:
    return bench.run(bench.dossier_for(CV, AD), candidate)


def test_the_question_names_the_deed_as_far_as_what_the_ad_asks_for():
    interview = asked_of("strong")
    about = [question for question in interview.questions if "database migrations" in question]
    assert about and any("to migrate 40 TB" in question for question in about)


def test_what_nothing_backs_is_asked_about_in_the_role_that_is_nearest():
    dossier = bench.dossier_for(CV, AD)
    plan = make_plan(dossier)
    label = {topic.requirements[0]: topic.cv_item for topic in plan.topics if topic.requirements}
    item = label[next(i for i, r in enumerate(dossier.requirements) if "observability" in r.label)]
    assert item is not None and dossier.cv_items[item].kind is CvItemKind.ROLE


def test_what_somebody_has_is_not_asked_for_as_if_they_had_not():
    asked = next(question for question in asked_of("strong").questions if "driving licence" in question)
    assert "your CV lists" in asked


def test_nothing_is_said_about_what_a_cv_has_not():
    for form in bank().forms:
        assert "does not mention" not in form.text and "did not find" not in form.text


def test_a_case_belongs_to_the_field_of_what_is_asked():
    cases = [form for form in bank().main["situation"] if form.subject]
    assert len(cases) > 40
    for candidate in ("strong", "vague"):
        for question in asked_of(candidate).questions:
            assert not any(form.core in question for form in cases if "patient" in form.subject)


def test_private_life_is_not_gone_into():
    dossier = bench.dossier_for(CV, AD)
    plan = make_plan(dossier)
    told = "Last Sunday I walked my dog along the beach and my sister baked a cake."
    turn = Turn(1, QuestionKind.QUESTION, 0, "What was your own part in it?", (), told)
    situation = Situation(dossier, plan, Transcript((turn,)), Probe(0, "result"))
    asked = asyncio.run(bench.question_for(RulesInterviewer(), situation)).text
    assert "dog" not in asked and "cake" not in asked and "sister" not in asked


@pytest.mark.parametrize(
    "said",
    [
        "My dog is called Rex and every summer we go to the sea.",
        "Football is on every Saturday and our team won three to one.",
    ],
)
def test_what_was_not_asked_is_not_gone_into(said):
    """A short clause may hold no word of private life and still lead nowhere."""
    dossier = bench.dossier_for(CV, AD)
    plan = make_plan(dossier)
    topic = next(n for n, topic in enumerate(plan.topics) if topic.requirements and topic.kind != "motivation")
    question = "How do you keep people at work informed? Please give one example."
    turn = Turn(1, QuestionKind.QUESTION, topic, question, plan.topics[topic].evidence, said)
    situation = Situation(dossier, plan, Transcript((turn,)), Probe(topic, "specific"))
    asked = asyncio.run(bench.question_for(RulesInterviewer(), situation)).text
    assert any(asked.startswith(lead) for lead in bank().leads["aside"]), asked
