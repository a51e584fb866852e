"""The report of a finished interview; while the marks are being given, how far that is."""

from flask import Blueprint, Response

from interview_coach import evaluating, interviewing
from interview_coach.coach.rules.rubric import RUBRIC
from interview_coach.marking import pieces
from interview_coach.web import fragments
from interview_coach.web.people import owner

bp = Blueprint("reports", __name__, url_prefix="/interviews/<id>/report")

CRITERIA = {"accuracy": ("Accuracy", 40), "completeness": ("Completeness", 30), "clarity": ("Clarity", 30)}
"""Marks of one answer -> name and maximum."""
PARTS = ("situation", "task", "action", "result")


@bp.get("")
def show(id: str) -> Response:
    report = evaluating.report(owner(), id)
    interview = interviewing.view(owner(), id)
    unmarked = [
        question for question in interview.questions if question.number not in {e.score.number for e in report.answers}
    ]
    return fragments.show(
        "reports/show.html",
        "reports/_report.html",
        report.to_json,
        report=report,
        interview=interview,
        unmarked=unmarked,
        pieces=pieces,
        criteria=CRITERIA,
        parts=PARTS,
        rubric=RUBRIC if report.rubric_version == RUBRIC.version else None,
    )
