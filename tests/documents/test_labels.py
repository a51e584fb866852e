"""What is said inside questions: every label of every ad and CV that we have must stand as a whole phrase."""

import re
from pathlib import Path

import pytest

from interview_coach.documents.cv_items import find_cv_items
from interview_coach.documents.endings import is_whole, may_end
from interview_coach.documents.requirements import find_requirements, guess_title
from interview_coach.documents.shortening import shortened, tightened
from interview_coach.domain.evidence import CvItemKind

CORPUS = Path(__file__).parent.parent / "corpus"
ADS = sorted((CORPUS / "ads").rglob("*.txt"))
CVS = sorted((CORPUS / "cvs").glob("*.txt"))
LEADS_ON = re.compile(
    r"\b(?:and|or|of|the|a|an|to|in|with|for|at|by|from|our|your|their|its|as|including|such|into|that|which|who"
    r"|is|are|be|than|between|every|when|while|if|commensurate|preferably|able|trying|helping)$",
    re.IGNORECASE,
)
YEARS_ALONE = re.compile(r"[\d+\s–-]*(?:\w+\s)?(?:years?|months?)(?: of)?(?: \w+)?(?: experience)?", re.IGNORECASE)


def labels(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    if path in CVS:
        told = {CvItemKind.ACHIEVEMENT, CvItemKind.PROJECT, CvItemKind.ROLE}
        found = [item.label for item in find_cv_items(text) if item.kind in told]
    else:
        found = [requirement.label for requirement in find_requirements(text)]
    assert all(label in text for label in found)
    return [" ".join(label.split()) for label in found]


def test_the_corpus_is_there():
    assert len(ADS) >= 35
    assert len(CVS) >= 12


@pytest.mark.parametrize("path", [*ADS, *CVS], ids=lambda path: path.stem)
def test_every_label_is_a_whole_phrase(path):
    found = labels(path)
    assert found
    assert [label for label in found if LEADS_ON.search(label)] == []
    assert [label for label in found if not 1 <= len(label.split()) <= 9] == []
    assert [
        label for label in found if label.count("(") != label.count(")") or label.count("[") != label.count("]")
    ] == []
    assert [label for label in found if not any(c.isalpha() for c in label) or YEARS_ALONE.fullmatch(label)] == []


@pytest.mark.parametrize(
    ("clause", "label"),
    [
        ("Create content that adheres to project guidelines and that is accessible, concise and short", None),
        ("provide a visible, customer-focused tenancy and estate service across a patch of 450 homes", None),
        ("Hired, trained, and retained a team of 35 across front and back of house in two towns", None),
        ("Take part in security assessments of our (and our partners') networks", "Take part in security assessments"),
        ("approaching people with a confident and engaging attitude in the street every day", None),
        ("record of publication in journals commensurate with stage of career and with the field", None),
    ],
)
def test_a_long_clause_is_cut_between_phrases(clause, label):
    start, end = shortened(clause, 0, len(clause))
    assert is_whole(clause[start:end])
    assert may_end(clause[start:end], clause[end:])
    assert label is None or clause[start:end] == label


@pytest.mark.parametrize(
    ("head", "rest"),
    [
        ("a desire to create an entertaining", " & memorable tour"),
        ("Create content that adheres", " to guidelines"),
        ("Hired, trained", ", and retained a team of 35"),
        ("a key contributor in helping", " to secure the tools"),
        ("provide a visible", ", customer-focused service"),
        ("record of publication commensurate", " with your career"),
        ("ensure the shop", " is tidy"),
        ("travel 20", " % of the time"),
        ("understand what they prefer to work", " on"),
        ("CIH Level 3 qualification or willingness", " to work towards"),
    ],
)
def test_half_a_phrase_may_not_end(head, rest):
    assert not may_end(head, rest)


@pytest.mark.parametrize(
    ("head", "rest"),
    [
        ("Create content", " that adheres to guidelines"),
        ("retained a team of 35", " across front and back"),
        ("provide extensive information about the city", " and answering questions"),
        ("ensure the shop is tidy and clean", " - dusting, vacuuming"),
        ("NVQ Level 3", " and a licence"),
        ("web application security", ", and the ability to teach it"),
    ],
)
def test_a_whole_phrase_may(head, rest):
    assert may_end(head, rest)


def test_a_tightened_label_is_whole_too():
    assert tightened("a desire to create an entertaining & memorable tour", 40) == (
        "a desire to create an entertaining & memorable tour"
    )
    assert tightened("Perform security reviews for all our partners", 30) == "Perform security reviews"


@pytest.mark.parametrize(
    "line",
    [
        "Examples could include site copy, microcopy and blog posts.",
        "Our high season runs from April to September, so it is required that you plan holidays.",
        "10+ years of experience",
        "At least 2 years of relevant experience.",
        "Such other duties as may be reasonably requested.",
        "143 applicants",
        "Easy Apply",
        "We are a relatively small team but it is important that everybody helps.",
        "The successful candidate will be required to complete a probationary period of three years.",
    ],
)
def test_what_asks_for_nothing_is_no_requirement(line):
    found = find_requirements(f"Requirements\n- Knowledge of tenancy law\n- Good Excel\n- {line}\n")
    assert {requirement.label for requirement in found} == {"tenancy law", "Good Excel"} or {
        requirement.label for requirement in found
    } == {"tenancy law", "Excel"}


def test_substance_comes_before_travel_and_chores():
    ad = """Requirements
- You must be willing to travel
- Wash the vehicles and sweep the yard
- You must be available at weekends
- Guide groups through the old town
- Answer questions from visitors in two languages
"""
    order = [requirement.label for requirement in find_requirements(ad)]
    assert {label.split()[0] for label in order[:2]} == {"Guide", "Answer"}
    assert {label.split()[0] for label in order[-2:]} == {"Wash", "sweep"}


def test_a_chore_that_the_job_is_named_for_is_no_chore():
    ad = "Window Cleaner\n\nDuties\n- Clean windows of shops and offices\n- Send invoices to regular clients\n"
    assert find_requirements(ad)[0].label.startswith("Clean windows")


@pytest.mark.parametrize(
    ("ad", "title"),
    [
        ("We build websites for towns.\nContent designers are critical members of our teams.\n", "Content designer"),
        ("We're looking for talented security engineers to join us in Leeds.\n", "security engineer"),
        ("Home > Jobs > Housing > Neighbourhood Housing Officer\nAbout the role\n", "Neighbourhood Housing Officer"),
        ("***URGENT*** CODED WELDER\nDuties\n- Weld\n", "CODED WELDER"),
        ("We love dogs. Our dogs are happy.\n", ""),
        ("Customers are critical members of our community.\n", ""),
    ],
)
def test_a_title_is_taken_only_where_it_is_plain(ad, title):
    assert guess_title(ad) == title


def test_a_role_comes_before_its_bullets():
    cv = "EXPERIENCE\n\nShift Lead, Café Tern, 2018 - 2023\n- Put out stock\n- Ordered milk\n- Closed the shop\n"
    assert find_cv_items(cv)[0].kind is CvItemKind.ROLE


def test_a_summary_is_no_achievement():
    cv = """PROFILE
Machine operator with eleven years in food and paper.

EXPERIENCE
Machine Operator, Fell Paper, 2012 - 2023
- Rebuilt the cutter in one weekend and saved an order
- Trained four apprentices on the winder
"""
    assert not any("eleven years" in item.span.text for item in find_cv_items(cv))
