"""The first page: which interview this is, how it went in one line, and who says so."""

from dataclasses import dataclass
from datetime import datetime

from interview_coach.naming import scored_words
from interview_coach.pdf.headings import fact
from interview_coach.pdf.moments import moment
from interview_coach.pdf.palette import ACCENT, MUTED
from interview_coach.pdf.paper import Paper
from interview_coach.pdf.prose import paragraph
from interview_coach.reporting import PRACTICE_NOTE, Report

_OVERALL = 190.0
"""Points: room for the overall."""


@dataclass(frozen=True, slots=True)
class Cover:
    """What the first page says of the interview."""

    job: str
    """Title and company."""
    cv: str
    """What the CV is called."""
    cv_stored_at: datetime
    completed_at: datetime
    made_at: datetime
    """When the file is made."""
    version: str
    """Of the program."""


def cover_page(paper: Paper, report: Report, cover: Cover, *, numbers: bool) -> None:
    """The head of the first page; the summary follows below it."""
    paragraph(paper, "Interview Coach", size=9, bold=True, colour=ACCENT)
    paper.gap(22)
    paper.start_section("Overview")
    paragraph(paper, "Interview report", size=24, bold=True, kind="H1")
    paper.gap(2)
    paragraph(paper, cover.job, size=13, colour=MUTED)
    paper.gap(16)
    _outcome(paper, report, numbers=numbers)
    paper.gap(14)
    paper.rule()
    paper.gap(9)
    for name, value in _facts(report, cover):
        fact(paper, name, value)
    paper.gap(6)
    paper.rule()


def _outcome(paper: Paper, report: Report, *, numbers: bool) -> None:
    if not numbers:
        paragraph(paper, "What worked, and what to do next.", size=13, bold=True)
        paper.gap(2)
        paragraph(paper, f"You chose to see no marks, so there are none in this file. {PRACTICE_NOTE}", size=11)
    elif report.overall is None:
        paragraph(paper, "No overall was given.", size=13, bold=True)
        paper.gap(2)
        paragraph(paper, PRACTICE_NOTE, size=11)
    else:
        overall = f"{report.overall} of 100"
        paper.beside(
            lambda: paragraph(paper, overall, size=30, bold=True, colour=ACCENT, width=_OVERALL),
            lambda: paragraph(paper, report.readiness, size=11, indent=_OVERALL),
        )


def _facts(report: Report, cover: Cover) -> list[tuple[str, str]]:
    answered = f"{report.answered} of {report.asked} questions"
    if report.planned > report.asked:
        answered += f"; {report.planned} were planned"
    facts = [
        ("Interview", report.interview_id),
        ("Finished", moment(cover.completed_at)),
        ("CV", f"{cover.cv}, stored on {moment(cover.cv_stored_at)}"),
        ("Answered", answered),
        ("Marks", marked_by(report)),
    ]
    if report.evaluation is not None and report.evaluation.finished_at is not None:
        again = "" if report.is_newest else " There are newer marks of this interview on its page."
        facts.append(("Given", moment(report.evaluation.finished_at) + "." + again))
    if report.needs_review:
        several = len(report.needs_review) > 1
        named = ", ".join(map(str, report.needs_review))
        facts.append(("Needs review", f"question{'s' if several else ''} {named}: no usable marks came for it."))
    facts.append(("This file", f"made on {moment(cover.made_at)} with Interview Coach {cover.version}"))
    return facts


def marked_by(report: Report) -> str:
    """Who gave the marks, by which rules, and whether it was instead of somebody else."""
    if report.provenance is None:
        return "Nobody has given marks."
    return f"{scored_words(report.provenance)} Rubric {report.rubric_version}."
