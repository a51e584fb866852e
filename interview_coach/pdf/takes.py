"""Answers that were given again for practice, before and after."""

from interview_coach.naming import CRITERIA, coach_words, scored_words, without_marks
from interview_coach.pdf.headings import heading
from interview_coach.pdf.marks import readings
from interview_coach.pdf.moments import moment
from interview_coach.pdf.palette import LINE, MUTED
from interview_coach.pdf.paper import Paper
from interview_coach.pdf.prose import paragraph
from interview_coach.pdf.table import Column, table
from interview_coach.reporting import ReportedAnswer, Take


def takes(paper: Paper, entry: ReportedAnswer, *, numbers: bool) -> None:
    for take in entry.takes:
        heading(paper, f"Answered again, take {take.take}, on {moment(take.answered_at)}", room=90)
        paragraph(paper, take.text, indent=12, width=paper.width - 24, rule=LINE)
        paper.gap(6)
        if take.score is None:
            paragraph(paper, _without(take), size=8.5, colour=MUTED)
            continue
        if numbers:
            table(paper, _COLUMNS, _rows(entry, take))
            paper.gap(4)
            readings(paper, take.score)
            if not entry.is_comparable(take):
                paragraph(
                    paper,
                    "Another coach or other rules gave these marks, so the two columns do not compare.",
                    size=8.5,
                    colour=MUTED,
                )
        feedback = take.score.feedback if numbers else without_marks(take.score.feedback)
        if feedback:
            paper.gap(3)
            paragraph(paper, feedback)
        paper.gap(3)
        paragraph(paper, f"{scored_words(take.score.provenance)} A take changes nothing in the marks of the interview.",
                  size=8.5, colour=MUTED)  # fmt: skip


_COLUMNS = (Column("Marks", 40), Column("Before", 20), Column("This take", 20), Column("Change", 20))


def _rows(entry: ReportedAnswer, take: Take) -> list[tuple[str, str, str, str]]:
    assert take.score is not None
    comparable = entry.is_comparable(take)
    rows = [("Of 100", entry.score.score, take.score.score)]
    rows += [
        (f"{name}, of {most}", getattr(entry.score, key), getattr(take.score, key)) for key, name, most in CRITERIA
    ]
    return [
        (name, _figure(before), _figure(after), _difference(before, after) if comparable else "–")
        for name, before, after in rows
    ]


def _figure(value: int | None) -> str:
    return "needs review" if value is None else str(value)


def _difference(before: int | None, after: int | None) -> str:
    return "–" if before is None or after is None else f"{after - before:+d}"


def _without(take: Take) -> str:
    if take.status is None:
        return "No marks were asked for."
    if take.status == "FAILED":
        return take.error or "The marks could not be given."
    return f"No marks yet by {coach_words(take.coach)}." if take.coach else "No marks yet."
