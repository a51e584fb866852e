"""For whoever reads only the first pages: what to do next, what worked, and the score with its parts."""

from collections.abc import Sequence

from interview_coach.naming import CRITERIA, asked_words, shortened
from interview_coach.pdf.bars import bar
from interview_coach.pdf.dimensions import dimensions
from interview_coach.pdf.headings import section
from interview_coach.pdf.palette import MUTED
from interview_coach.pdf.paper import Paper
from interview_coach.pdf.prose import paragraph
from interview_coach.pdf.remarks import points
from interview_coach.pdf.table import Column, room_for, table
from interview_coach.pdf.timeline import timeline
from interview_coach.reporting import Point, Report

_SHOWN = 46
"""Characters of a question in the list of all: one line."""


def summary(paper: Paper, report: Report, *, numbers: bool) -> None:
    section(paper, "Summary")
    paragraph(paper, report.summary if numbers else report.plain_summary or "", size=10.5)
    for said in _written(report):
        paper.gap(3)
        paragraph(paper, said, size=8.5, colour=MUTED)
    if report.next_steps:
        title = "Three things to do next" if len(report.next_steps) == 3 else "What to do next"
        numbered = [f"{number}" for number, _ in enumerate(report.next_steps, 1)]
        _points(paper, title, report.next_steps, numbered, report.asked)
    _points(paper, "What worked", report.strengths, ["+"] * len(report.strengths), report.asked)
    more = report.more_improvements
    _points(paper, "What else to work on", more, ["–"] * len(more), report.asked)
    if numbers and report.answers:
        _score(paper, report)
        dimensions(paper, report)
        _glance(paper, report)
    timeline(paper, report)


def _written(report: Report) -> list[str]:
    said = [asked_words(report.summary_by).replace("Asked by", "Summary by", 1)] if report.summary_by else []
    return said + ([report.summary_note] if report.summary_note else [])


def _points(paper: Paper, title: str, found: Sequence[Point], bullets: Sequence[str], asked: int) -> None:
    if found:
        section(paper, title, room=84)
        points(paper, found, bullets, asked)


def _score(paper: Paper, report: Report) -> None:
    section(paper, "The score with its parts", room=150)
    said = "No overall was given." if report.overall is None else f"Overall {report.overall} of 100."
    paragraph(paper, f"{said} On average of all answers that have marks, each part rounded:")
    paper.gap(4)
    for key, name, most in CRITERIA:
        bar(paper, name, report.parts[key], most, names=110)


def _glance(paper: Paper, report: Report) -> None:
    rows = [
        (
            str(entry.number),
            shortened(entry.question, _SHOWN),
            entry.score.category,
            "needs review" if entry.score.score is None else str(entry.score.score),
        )
        for entry in report.answers
    ]
    columns = (Column("No.", 7), Column("Question", 51), Column("About", 30), Column("Of 100", 12))
    section(paper, "Every question at a glance", room=40 + room_for(paper, columns, rows))
    table(paper, columns, rows)
