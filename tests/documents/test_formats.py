"""CVs and ads in the forms that people write them in: heads of entries, lists without bullets, facts of job boards."""

from collections import Counter

import pytest

from benchmarks import formats
from interview_coach.documents.blocks import blocks
from interview_coach.documents.cv_items import find_cv_items
from interview_coach.documents.lines import tidy_lines
from interview_coach.documents.requirements import find_requirements, guess_company, guess_title
from interview_coach.domain.evidence import CvItemKind, RequirementKind


def labels(cv: str, kind: CvItemKind) -> list[str]:
    return [item.label for item in sorted(find_cv_items(cv), key=lambda item: item.span.start) if item.kind is kind]


@pytest.mark.parametrize(
    "head",
    [
        "Gull Valley Clinic, Salem, OR\nVeterinary Nurse, Small Animals, 2019-2024",
        "Veterinary Nurse | Gull Valley Clinic | Salem\n2019 – present",
        "Gull Valley Clinic\nVeterinary Nurse\nMarch 2019 - Present (5 years 2 months)\nSalem, Oregon",
        "2019 – 2024      Veterinary Nurse\n                 Gull Valley Clinic, Salem",
        "Employer: Gull Valley Clinic\nPosition: Veterinary Nurse\nDates: 03/2019 - present",
        "Organization : Gull Valley Clinic\nDesignation  : Veterinary Nurse\nDuration     : Aug 2019 to till date",
        "Gull Valley Clinic – Veterinary Nurse – 2019 to 2024",
        "Veterinary Nurse, Gull Valley Clinic                    June 2019 – Present",
    ],
)
def test_role_is_read_with_its_employer_however_the_head_is_set(head):
    cv = f"Ada Moss\n\nExperience\n\n{head}\n- Kept the records of 900 animals\n"
    items = find_cv_items(cv)
    (role,) = (item for item in items if item.kind is CvItemKind.ROLE)
    assert role.label == "Veterinary Nurse"
    assert "Gull Valley Clinic" in role.span.text and "2019" in role.span.text
    assert role.span.is_in(cv)
    assert [item.label for item in items if item.kind is CvItemKind.ACHIEVEMENT] == ["Kept the records of 900 animals"]


def test_two_entries_without_a_blank_line_stay_two():
    cv = "WORK\nTern Ltd\nCook\n2019 - 2021\nGrebe Ltd\nHead Cook\n2021 - 2024\n"
    spans = [item.span.text for item in find_cv_items(cv) if item.kind is CvItemKind.ROLE]
    assert sorted(spans) == ["Grebe Ltd\nHead Cook\n2021 - 2024", "Tern Ltd\nCook\n2019 - 2021"]


def test_line_of_deeds_with_a_job_in_it_is_no_role():
    cv = "Experience\n\nKey Account Manager\nTern Ltd, 2019 - 2021\nLead nine account managers in four countries\n"
    assert labels(cv, CvItemKind.ROLE) == ["Key Account Manager"]
    assert labels(cv, CvItemKind.ACHIEVEMENT) == ["Lead nine account managers in four countries"]


def test_deeds_under_headings_of_skills_are_deeds():
    cv = "SKILLS AND DEEDS\n\nCustomer care\n* Answered 12,000 calls a year\n\nOffice\n* Cleaned 8,000 records\n"
    assert labels(cv, CvItemKind.ACHIEVEMENT) == ["Answered 12,000 calls a year", "Cleaned 8,000 records"]
    assert labels(cv, CvItemKind.SKILL) == []


def test_certificates_in_one_line_are_several_and_a_degree_with_its_school_is_one():
    cv = (
        "LICENCES\nBLS, ACLS (exp. 2026)\nRegistered Nurse, Ohio Board of Nursing\nFork lift (RTITB), driving licence\n"
    )
    assert labels(cv, CvItemKind.EDUCATION) == [
        "BLS", "ACLS", "Registered Nurse", "Fork lift", "driving licence"
    ]  # fmt: skip


def test_school_beside_the_degree_is_not_learnt_twice():
    cv = "EDUCATION\nDelft University\nMSc Design, 2017\n\nBEng Computing, Anna University, 2009\nMSc Optics, 2011\n"
    assert labels(cv, CvItemKind.EDUCATION) == ["MSc Design", "BEng Computing", "MSc Optics"]


def test_what_a_person_is_at_the_top_is_no_deed_and_what_one_was_is():
    cv = "Ada Moss\n\nOrganised administrator used to busy offices.\n\nI was a cook in a nursery.\n"
    more = "I kept the books. I led a choir. I sold bread.\n"
    assert labels(cv + more, CvItemKind.ACHIEVEMENT)[0] == "a cook in a nursery"


def test_publication_is_called_by_its_title():
    cv = "Publications\nMoss A., Holm P. (2023). Winter breath of thawing bogs. Soil Letters, 8, 12–27.\n"
    assert labels(cv, CvItemKind.PROJECT) == ["Winter breath of thawing bogs"]


def test_declarations_wishes_and_facts_about_a_job_are_no_items():
    cv = (
        "OBJECTIVE\nTo obtain a challenging position in a growing team.\n\nWORK\n\nCook, Tern Ltd, 2019 - 2021\n"
        "Reason for leaving: moved house\n- Cooked 80 meals a day\n\n"
        "DECLARATION\nI hereby declare that the above is true to the best of my knowledge.\n"
    )
    assert [item.label for item in find_cv_items(cv)] == ["Cook", "Cooked 80 meals a day"]


LIST = "lead a team of five\nplan production for the shop and wholesale each day\nkeep waste under 4%\norder flour"


@pytest.mark.parametrize("head", ["You will:", "What you will do"])
def test_lines_of_a_list_without_bullets_are_items(head):
    ad = f"Head Baker\n\n{head}\n{LIST}\n\nWe pay well.\n"
    found = find_requirements(ad)
    assert [r.span.text for r in sorted(found, key=lambda r: r.span.start)] == LIST.split("\n")
    assert {r.kind for r in found} == {RequirementKind.DUTY}
    assert all(line in tidy_lines(ad).split("\n") for line in LIST.split("\n"))


def test_paragraph_broken_at_its_margin_is_no_list():
    text = (
        "About the job:\nwe make bread at night and we\nsell it in the morning to all\nwho come to our little shop.\n"
    )
    assert len(blocks(text)) == 2
    assert tidy_lines(
        "The job:\nthe bakery makes bread at night and it\nsells it in the morning to those who\nlike it.\n"
    ) == ("The job:\nthe bakery makes bread at night and it sells it in the morning to those who like it.\n")


@pytest.mark.parametrize(
    ("ad", "title", "company"),
    [
        ("Data Clerk - Tern Systems (Remote, UK)\n\nWe sort letters.", "Data Clerk", "Tern Systems"),
        ("Data Clerk at Northern Tram Authority\n\nThe role\nSort letters", "Data Clerk", "Northern Tram Authority"),
        ("🚀 Data Clerk @ Pallop (Remote, Europe)\n\nHello.", "Data Clerk", "Pallop"),
        ("Ward RN (Nights)\nGull Ridge Hospital - Salem, Oregon\n", "Ward RN", "Gull Ridge Hospital"),
        (
            "Head Cook\nTern & Crumb Bakery, Stroud — full time, £34,000\n",
            "Head Cook",
            "Tern & Crumb Bakery",
        ),
        ("Tern Civils Ltd\nGroundworker wanted – Hull\n", "Groundworker", "Tern Civils Ltd"),
        ("Wye District Council\n\nJob title: Clerk\nGrade: 4\n", "Clerk", "Wye District Council"),
        ("Sales Manager - North West\n\nWe sell. North West of here is the sea.", "Sales Manager", ""),
        ("Sales Manager\n\nAbout Company\nIt sells things.", "Sales Manager", ""),
    ],
)
def test_title_and_employer_at_the_top(ad, title, company):
    assert (guess_title(ad), guess_company(ad)) == (title, company)


def kinds(ad: str) -> dict[str, RequirementKind]:
    return {r.span.text: r.kind for r in find_requirements(ad)}


def test_tags_and_fact_lines_of_job_boards():
    ad = (
        "Dental Clerk\n\nQualifications\nSpanish preferred\nOne year of front desk work in a medical office\n\n"
        "Education:\nHigh school or equivalent (Required)\n\nExperience:\nDental office: 1 year (Preferred)\n\n"
        "Department: Front Desk\nWork Location: In person\n\nPHYSICAL REQUIREMENTS\nMust lift 40 pounds\n"
    )
    found = kinds(ad)
    assert found["Spanish preferred"] is RequirementKind.NICE
    assert found["Dental office: 1 year (Preferred)"] is RequirementKind.NICE
    assert found["High school or equivalent (Required)"] is RequirementKind.MUST
    assert len(found) == 4


def test_demands_in_prose_after_the_duties_are_demands():
    ad = f"Head Baker\n\nYou will:\n{LIST}\n\nYou'll need experience with rye doughs and a driving licence.\n"
    assert {kind for text, kind in kinds(ad).items() if text not in LIST} == {RequirementKind.MUST}


def test_essential_duties_are_duties_and_a_desired_candidate_profile_is_no_wish():
    ad = "Clerk\n\nESSENTIAL DUTIES\n- Sort the letters\n\nDesired Candidate Profile:\n- Two years in an archive\n"
    assert kinds(ad) == {
        "Sort the letters": RequirementKind.DUTY, "Two years in an archive": RequirementKind.MUST
    }  # fmt: skip


def test_interest_is_what_is_asked_for():
    (found,) = find_requirements("Analyst\n\nEssential\n• Interest in public transport\n")
    assert found.label == "Interest in public transport"


@pytest.mark.parametrize(
    ("folder", "floors"),
    [
        ("cvs", {"role": 0.95, "employer": 0.9, "achievement": 0.85, "skill": 0.85, "education": 0.9, "right": 0.9}),
        ("ads", {"title": 0.95, "company": 0.95, "asked": 0.9, "kind": 0.8, "right": 0.9}),
    ],
)
def test_marked_documents_are_read_as_well_as_they_were(folder, floors):
    measure = formats.measure_cv if folder == "cvs" else formats.measure_ad
    whole = {"right": "items", "kind": "asked of"}
    documents = list(formats.documents(folder))
    assert len(documents) == 14
    counts: Counter[str] = Counter()
    for document in documents:
        counts += measure(document)[0]
    shares = {name: counts[name] / counts[whole.get(name, f"{name} of")] for name in floors}
    assert {name: share for name, share in shares.items() if share < floors[name]} == {}
