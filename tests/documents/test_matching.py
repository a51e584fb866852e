"""Which CV item backs a requirement: better a gap than a false claim."""

import pytest

from interview_coach.documents.cv_items import find_cv_items
from interview_coach.documents.matching import best_evidence, matches
from interview_coach.documents.requirements import find_requirements

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
