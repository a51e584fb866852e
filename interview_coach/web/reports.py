"""The report of a finished interview; while the marks are being given, how far that is."""

import re
from datetime import UTC, datetime

from flask import Blueprint, Response, make_response

from interview_coach import __version__, creating, evaluating, interviewing
from interview_coach.coach.rules.rubric import RUBRIC
from interview_coach.errors import Problem
from interview_coach.marking import pieces
from interview_coach.web import fragments
from interview_coach.web.people import owner
from interview_coach.web.words import job

bp = Blueprint("reports", __name__, url_prefix="/interviews/<id>")

CRITERIA = {"accuracy": ("Accuracy", 40), "completeness": ("Completeness", 30), "clarity": ("Clarity", 30)}
"""Marks of one answer -> name and maximum."""
PARTS = ("situation", "task", "action", "result")


@bp.get("/report")
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


@bp.get("/report.pdf")
def download(id: str) -> Response:
    """The report as a file, once all marks are given."""
    report = evaluating.report(owner(), id)
    if report.evaluation_status != "COMPLETED":
        raise Problem(
            "NOT_COMPLETED",
            "The marks are not all there yet, so there is no PDF. Your answers are saved; look at the report page, "
            "and download it when the marks are there.",
        )
    from interview_coach.pdf.report import Cover, render

    interview = interviewing.view(owner(), id)
    cv = creating.cv_of(owner(), id)
    made_at = datetime.now(UTC)
    cover = Cover(
        job=job(interview),
        cv=cv.name,
        cv_stored_at=cv.created_at.astimezone(),
        completed_at=(interview.completed_at or made_at).astimezone(),
        made_at=made_at.astimezone(),
        version=__version__,
    )
    response = make_response(render(report, cover))
    response.content_type = "application/pdf"
    name = re.sub(r"[^A-Za-z0-9-]", "", report.interview_id)
    response.headers["Content-Disposition"] = f'attachment; filename="interview-report-{name}.pdf"'
    return response
