"""Which CV item backs a requirement: better a gap than a false claim."""

import pytest

from interview_coach.documents.cv_items import find_cv_items
from interview_coach.documents.matching import best_evidence, matches
from interview_coach.documents.requirements import find_requirements
from interview_coach.domain.evidence import CvItem, CvItemKind, Requirement, RequirementKind, Source, Span

CV = """EXPERIENCE
Shift Lead, Café Tern, 2018 - 2023
- Led a team of nine servers on weekends
- Trained six new baristas
- Reconciled the till and ordered stock every evening
- Gave tours of the roastery to school classes

SKILLS
SQL, Spanish, wound care
"""
ITEMS = find_cv_items(CV)


def backing(line: str) -> str | None:
    requirement = find_requirements(f"Requirements\n- {line}\n")[0]
    index = best_evidence(requirement, ITEMS)
    return None if index is None else ITEMS[index].label


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("Experience of leading a team", "Led a team"),
        ("Experience of training new staff", "Trained six"),
        ("Stock ordering", "Reconciled"),
        ("Good SQL", "SQL"),
        ("Knowledge of wound care", "wound care"),
    ],
)
def test_what_the_cv_tells_is_found(line, part):
    assert part in (backing(line) or "")


@pytest.mark.parametrize(
    "line",
    [
        "Experience with Kubernetes",
        "Forklift licence",
        "Excellent communication skills",
        "Web application security",
        "Qualified accountant",
        "Experience of working in a fast-paced environment",
        "Development of new products",
    ],
)
def test_what_it_does_not_tell_is_a_gap(line):
    assert backing(line) is None


def test_a_match_names_its_reason():
    requirement = find_requirements("Requirements\n- Experience of leading a team\n")[0]
    best = matches(requirement, ITEMS)[0]
    assert 0.5 <= best.strength <= 1
    assert "leading people" in best.shared


def test_no_items_no_match():
    assert best_evidence(find_requirements("Requirements\n- Good SQL\n")[0], ()) is None


def found(asked: str, told: str) -> bool:
    requirement = Requirement(Span(Source.JOB, asked, 0, len(asked)), RequirementKind.MUST, asked, 0.7, "expertise")
    return bool(matches(requirement, [CvItem(Span(Source.CV, told, 0, len(told)), CvItemKind.ACHIEVEMENT, told, 0.6)]))


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Experience of leading a team", "Led a team of nine servers on weekends"),
        (
            "Experience performing penetration tests against web applications",
            "Performed web application and infrastructure penetration tests",
        ),
        ("Good knowledge of Excel", "Built a cash forecast in Excel that the directors discuss"),
        ("Handle customer complaints", "Answered complaints from hotel guests at the front desk"),
        ("Prepare monthly management accounts", "Prepared the monthly accounts for four sites by day six"),
        ("Fault finding on brake and air systems", "Found faults in brake systems of 60 buses"),
        ("Teach phonics to small groups", "Taught phonics to Year 1 pupils"),
        ("Manage stock and deliveries", "Ordered stock and checked deliveries every evening"),
        ("Train new members of staff", "Trained six new baristas"),
        ("Write funding applications", "Wrote two funding applications worth 40,000 euros"),
        ("Experience with container technology such as Docker", "Docker"),
        ("Estate inspections and repairs", "Inspected 300 flats on two estates and ordered repairs"),
        ("Public speaking", "Gave presentations to audiences of two hundred"),
        ("Drafting contracts", "Drafted supplier contracts and leases"),
        ("Design landing pages", "Designed landing pages for three charities"),
        ("A full driving licence", "Have held a driving licence since 2015"),
    ],
)
def test_the_same_thing_in_other_words_is_a_match(asked, told):
    assert found(asked, told)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            "Experience performing penetration tests against web applications",
            "Conducted A/B testing and provided insights to the product team",
        ),
        ("Manage a team of engineers", "Managed the email calendar"),
        ("Provide technical support to users", "Supported three pupils with autism in lessons"),
        ("Customer service experience", "Built a customer churn model in Python"),
        ("Test electrical installations", "Wrote unit tests for the payment service"),
        ("Product management", "Priced product labels in the shop"),
        ("Care for elderly residents", "Took care of the company website"),
        ("Plan lessons", "Planned the route for deliveries"),
        ("Security reviews of application designs", "Worked as a security guard at night"),
        ("Knowledge of building regulations", "Built a dashboard in Tableau"),
        ("Writing clear reports", "Automated weekly reporting with SQL"),
        ("Driving licence", "Drove revenue growth of 20%"),
        ("Clean and prepare treatment rooms", "Cleaned three years of data in spreadsheets"),
        ("Experience of project management in construction", "Volunteered for a project about birds"),
        ("Lead generation and sales", "Led the maths group of the school"),
        ("Serve food and drinks", "Wrote the service that assigns parcels"),
        ("Run training sessions for volunteers", "Ran a marathon after six months of training"),
        ("Manage social media accounts", "Prepared the annual accounts of a bakery"),
    ],
)
def test_another_thing_in_the_same_words_is_a_gap(asked, told):
    assert not found(asked, told)
