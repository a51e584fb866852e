"""The five dimensions, drawn and in figures, and what each of them looks at."""

from interview_coach.naming import DIMENSIONS
from interview_coach.pdf.bars import bar
from interview_coach.pdf.headings import section
from interview_coach.pdf.palette import MUTED, SIDE
from interview_coach.pdf.paper import Paper
from interview_coach.pdf.prose import height_of, paragraph
from interview_coach.pdf.radar import radar
from interview_coach.reporting import Report

_SHORT = {"confidence": "Confidence"}
"""Names for a corner of the radar, where the whole name has no room."""
_HEIGHT = 172.0


def dimensions(paper: Paper, report: Report) -> None:
    meanings = {found.key: found.meaning for found in report.rubric.dimensions} if report.rubric else {}
    section(paper, "Five ways of looking at it", room=_HEIGHT + 60)
    values = [(_SHORT.get(key, DIMENSIONS.get(key, key)), value) for key, value in report.dimensions.items()]
    top = paper.y
    drawn = radar(paper, values, centre=(SIDE + 106, top + 88), radius=62)
    left = 250.0 if drawn else 0.0
    paper.y = top + 40 if drawn else top
    for key, value in report.dimensions.items():
        name = DIMENSIONS.get(key, key)
        bar(paper, name, value, 100, size=8.5, names=116, left=SIDE + left, width=paper.width - left)
    if drawn:
        paper.y = top + _HEIGHT
    paper.gap(6)
    known = [key for key in report.dimensions if key in meanings]
    texts = [f"{DIMENSIONS.get(key, key)}{_where(report, key)}: {meanings[key]}" for key in known]
    paper.need(sum(height_of(paper, text, size=8.5) + 3 for text in texts))
    for text in texts:
        paragraph(paper, text, size=8.5, colour=MUTED)
        paper.gap(3)


def _where(report: Report, key: str) -> str:
    """In how many answers, where not in all."""
    found = report.measured_in[key]
    return f" (in {found} of {report.asked} answers)" if 0 < found < report.asked else ""
