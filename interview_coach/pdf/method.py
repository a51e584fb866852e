"""How the number comes about, so that anybody can add it up again, and who had a hand in it."""

from interview_coach.naming import asked_words, coach_name, scored_words
from interview_coach.pdf.headings import section, subsection
from interview_coach.pdf.moments import moment
from interview_coach.pdf.palette import MUTED
from interview_coach.pdf.paper import Paper
from interview_coach.pdf.prose import paragraph
from interview_coach.pdf.table import Column, room_for, table
from interview_coach.reporting import PRACTICE_NOTE, THRESHOLDS, Report
from interview_coach.reporting.telling import sum_in_words


def method(paper: Paper, report: Report, *, numbers: bool) -> None:
    if numbers:
        section(paper, "How the number comes about")
        _sum(paper, report)
        _bands(paper, report)
    section(paper, "Who asked and who marked", room=90)
    asked = [asked_words(entry.exchange.asked_by) for entry in report.answers if entry.exchange]
    for said in dict.fromkeys([*asked, *(scored_words(entry.score.provenance) for entry in report.answers)]):
        paragraph(paper, said)
        paper.gap(3)
    if not report.tells_times and report.speech_note:
        paragraph(paper, report.speech_note)
        paper.gap(3)
    if numbers and len(report.evaluations) > 1:
        _evaluations(paper, report)
    paragraph(
        paper,
        f"The marks come from a program and can be wrong. They say nothing about you as a person. {PRACTICE_NOTE} "
        "You can have the answers marked again on the page of the report.",
    )


def _sum(paper: Paper, report: Report) -> None:
    paragraph(
        paper,
        "Each answer has up to 40 marks for accuracy, 30 for completeness and 30 for clarity. The overall is the mean "
        "of all answers that have marks, rounded. Questions without an answer count as 0; an answer that needs review "
        f"is left out. {THRESHOLDS} The rubric is version {report.rubric_version}.",
    )
    said = sum_in_words(report)
    if said:
        paper.gap(5)
        paragraph(paper, said)


def _bands(paper: Paper, report: Report) -> None:
    if report.rubric is None:
        return
    if report.rubric.weighting:
        paper.gap(5)
        paragraph(paper, report.rubric.weighting)
    columns = (Column("From", 8), Column("What earns it", 40), Column("For example", 38), Column("Questions", 14))
    for criterion in report.rubric.criteria:
        reached = report.reached.get(criterion.key, {})
        rows = [
            (f"{anchor.lowest}", anchor.behaviour, anchor.example, ", ".join(map(str, reached.get(anchor.lowest, ()))))
            for anchor in criterion.anchors
        ]
        room = 68 + room_for(paper, columns, rows, size=8)
        subsection(paper, f"{criterion.key.capitalize()}, up to {criterion.maximum}", room=room)
        paragraph(paper, criterion.question, size=9, colour=MUTED)
        paper.gap(4)
        table(paper, columns, rows, size=8)


def _evaluations(paper: Paper, report: Report) -> None:
    subsection(paper, "All marks of this interview", room=90)
    rows = [
        (
            moment(line.view.requested_at),
            coach_name(line.view.coach),
            "needs review" if line.overall is None and line.view.finished_at else _overall(line.overall),
            "this file" if report.evaluation and line.view.id == report.evaluation.id else "",
        )
        for line in report.evaluations
    ]
    table(paper, (Column("Asked for", 34), Column("Coach", 26), Column("Overall", 22), Column("Shown", 18)), rows)
    paper.gap(10)


def _overall(value: int | None) -> str:
    return "not finished" if value is None else f"{value} of 100"
