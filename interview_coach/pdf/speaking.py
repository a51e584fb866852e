"""How the interview was spoken: figures with their meaning, and each answer's own."""

from interview_coach.naming import duration_words
from interview_coach.pdf.headings import section, subsection
from interview_coach.pdf.palette import MUTED
from interview_coach.pdf.paper import Paper
from interview_coach.pdf.prose import paragraph
from interview_coach.pdf.table import Column, room_for, table
from interview_coach.reporting import Report

_FIGURES = (Column("Figure", 20), Column("Here", 30), Column("What it means", 50))
_ANSWERS = (Column("Question", 16), Column("Words a minute", 24), Column("Speaking", 22), Column("Long pauses", 20))


def speaking(paper: Paper, report: Report, *, numbers: bool) -> None:
    """Nothing when nothing was spoken. Without numbers only what can be said in words."""
    speech = report.speech
    if speech is None:
        return
    plain = [figure.plain for figure in speech.figures if figure.plain]
    if not numbers:
        if plain:
            section(paper, "How you spoke", room=60)
            paragraph(paper, " ".join(plain))
        return
    rows = [(figure.name, figure.value, figure.meaning) for figure in speech.figures]
    section(paper, "How you spoke", room=90 + room_for(paper, _FIGURES, rows))
    said = "Measured from the sound. It says how something was said, changes no mark, and says nothing about you."
    paragraph(paper, said, size=9, colour=MUTED)
    paper.gap(4)
    table(paper, _FIGURES, rows)
    if len(speech.answers) > 1:
        each = [
            (
                str(number),
                "not measurable" if delivery.wpm is None else f"{delivery.wpm:.0f}",
                duration_words(delivery.speaking_time),
                str(delivery.long_pause_count),
            )
            for number, delivery in speech.answers
        ]
        subsection(paper, "Answer by answer", room=40 + room_for(paper, _ANSWERS, each))
        table(paper, _ANSWERS, each)
