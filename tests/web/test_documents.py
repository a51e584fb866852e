"""The page that shows what an ad asks for beside what the CV says."""

from interview_coach.domain.evidence import CvItem, CvItemKind, Requirement, RequirementKind, Source, Span
from interview_coach.views import DocumentsView
from interview_coach.web.documents import MOST_ROWS, found_words, map_values


def asked(number: int) -> Requirement:
    text = f"Thing {number}"
    return Requirement(Span(Source.JOB, text, 0, len(text)), RequirementKind.MUST, text, 0.5, "tools")


def view(count: int, *, matches: dict[int, int], guesses: dict[int, int]) -> DocumentsView:
    item = CvItem(Span(Source.CV, "Did it", 0, 6), CvItemKind.ACHIEVEMENT, "Did it", 0.5)
    numbers = range(count)
    return DocumentsView(
        "Did it", "Things", tuple(map(asked, numbers)), (item,),
        tuple(matches.get(n) for n in numbers), tuple(guesses.get(n) for n in numbers),
    )  # fmt: skip


def test_what_the_cv_answers_is_never_folded_away():
    values = map_values(view(40, matches={30: 0}, guesses={35: 0}))
    assert [row.requirement.label for row in values["rows"][MOST_ROWS:]] == ["Thing 30", "Thing 35"]
    assert [row.is_sure for row in values["rows"][MOST_ROWS:]] == [True, False]
    assert len(values["rows"]) + len(values["others"]) == 40
    assert all(row.item is None for row in values["others"])


def test_the_sentence_tells_what_is_sure_from_what_may_fit():
    assert found_words(view(3, matches={0: 0}, guesses={1: 0})).endswith("found, and for 1 more one that may fit.")
    assert "may fit" not in found_words(view(3, matches={0: 0}, guesses={}))
    assert found_words(view(1, matches={0: 0}, guesses={})) == "The ad asks for 1 thing, and your CV speaks to it."
    assert found_words(view(0, matches={}, guesses={})) == "No single requirement stood out in the ad."


CV = """EXPERIENCE
Shift Lead, Café Tern, 2018 - 2023
- Led a team of nine servers on weekends
- Taught cooking to adults at the community centre
"""
AD = """Teacher

Requirements
- Experience of leading a team
- Plan and teach engaging lessons
- Forklift licence
- Knowledge of weaving
- Skilled in glass blowing
- Kubernetes
- Roof tiling
- Bee keeping
- Tax law
- Ship building
- Sign language
- Opera singing
- Brain surgery
- Book binding
- Rocket propulsion
"""


def test_the_page_shows_answers_what_may_fit_and_the_rest_unfolded_on_demand(client):
    made = client.post("/interviews", json={"cv_text": CV, "job_text": AD})
    address = made.headers["Location"]
    page = client.get(f"{address}/documents").text
    assert "May fit" in page and "Taught cooking to adults" in page and "No line found" in page
    assert "more that the ad asks for</summary>" in page
    told = client.get(f"{address}/documents", headers={"Accept": "application/json"}).json
    guess = next(one for one in told["requirements"] if one["label"] == "Plan and teach engaging lessons")
    assert guess["cv_item"] is None and "Taught cooking" in told["cv_items"][guess["may_fit"]]["text"]
