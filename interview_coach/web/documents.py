"""The two texts of an interview and what was understood of them."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for

from interview_coach import creating, interviewing
from interview_coach.domain.evidence import CvItem, Requirement
from interview_coach.errors import Problem
from interview_coach.views import DocumentsView, InterviewView
from interview_coach.web import fragments
from interview_coach.web.body import body
from interview_coach.web.errors import recovers
from interview_coach.web.fragments import Kind
from interview_coach.web.people import owner

bp = Blueprint("documents", __name__, url_prefix="/interviews/<id>/documents")

MOST_ROWS = 12
"""Requirements shown at once whether the CV answers them or not."""
FIELDS = ("cv_text", "job_text", "job_title", "company")


@dataclass(frozen=True, slots=True)
class Row:
    """A requirement beside the line of the CV that speaks for it, or beside none."""

    requirement: Requirement
    item: CvItem | None
    is_sure: bool
    """False for a line that only may fit."""


def rows(documents: DocumentsView) -> list[Row]:
    """Requirement by requirement, most important first."""

    def item(index: int | None) -> CvItem | None:
        return None if index is None else documents.cv_items[index]

    found = zip(documents.requirements, documents.matches, documents.guesses, strict=True)
    return [Row(asked, item(guess if match is None else match), match is not None) for asked, match, guess in found]


def map_values(documents: DocumentsView) -> dict[str, Any]:
    """What `documents/_map.html` shows: what matters most and whatever the CV answers; the rest is folded."""
    found = rows(documents)
    shown = [row for number, row in enumerate(found) if number < MOST_ROWS or row.item]
    return {"documents": documents, "rows": shown, "others": [row for row in found if row not in shown]}


def found_words(documents: DocumentsView) -> str:
    """One sentence about what was found."""
    asked = len(documents.requirements)
    backed = sum(match is not None for match in documents.matches)
    near = sum(guess is not None for guess in documents.guesses)
    if not asked:
        return "No single requirement stood out in the ad."
    wishes = "1 thing" if asked == 1 else f"{asked} things"
    if backed == asked:
        return f"The ad asks for {wishes}, and your CV speaks to {'it' if asked == 1 else 'all of them'}."
    more = f", and for {near} more one that may fit" if near else ""
    return f"The ad asks for {wishes}; for {backed or 'none'} of them a line of your CV was found{more}."


def prepare(interview: InterviewView, typed: dict[str, str] | None = None, problem: Problem | None = None) -> Response:
    """The page before the first question."""
    documents = interviewing.documents(owner(), interview.id)
    return make_response(
        render_template(
            "interviews/prepare.html",
            interview=interview,
            found_words=found_words(documents),
            typed=typed,
            wrong=problem.fields if problem else {},
            problem=problem,
            show_notice=True,
            linked=True,
            **map_values(documents),
        )
    )


def _recover(problem: Problem, kind: Kind) -> Response | None:
    if kind is not Kind.PAGE or not problem.fields:
        return None
    interview = interviewing.view(owner(), (request.view_args or {})["id"])
    return prepare(interview, {name: request.form.get(name, "") for name in FIELDS}, problem)


@bp.get("")
def show(id: str) -> Response:
    interview = interviewing.view(owner(), id)
    documents = interviewing.documents(owner(), id)
    return fragments.show(
        "documents/show.html",
        "documents/_map.html",
        documents.to_json,
        interview=interview,
        **map_values(documents),
    )


@bp.post("")
@recovers(_recover)
def update(id: str) -> Response:
    sent = body()
    creating.correct(
        owner(),
        id,
        cv_text=sent.text("cv_text"),
        job_text=sent.text("job_text"),
        job_title=sent.text("job_title"),
        company=sent.text("company"),
    )
    if fragments.wanted() is Kind.JSON:
        return fragments.show("", "", interviewing.documents(owner(), id).to_json)
    return fragments.go(url_for("interviews.show", id=id))
