"""The marks of one answer: their parts, and every reading of a model. What earns them stands once, in the rubric."""

from functools import partial

from interview_coach.domain.scorecard import AnswerScore
from interview_coach.naming import CRITERIA, count_words, listing
from interview_coach.pdf.bars import narrow_bar
from interview_coach.pdf.headings import heading
from interview_coach.pdf.palette import INK, MUTED, SIDE
from interview_coach.pdf.paper import Paper
from interview_coach.pdf.prose import paragraph
from interview_coach.reporting import ReportedAnswer

_GUTTER = 18.0


def marks(paper: Paper, entry: ReportedAnswer) -> None:
    score = entry.score
    if score.score is None:
        heading(paper, "Marks: needs review")
        paragraph(paper, score.needs_review or "No usable marks came for this answer.")
        paper.gap(2)
        paragraph(paper, "No number stands for it, and it is not in the overall.", size=8.5, colour=MUTED)
        return
    heading(paper, f"Marks: {score.score} of 100", room=52)
    wide = (paper.width + _GUTTER) / len(CRITERIA) - _GUTTER

    def column(place: int) -> None:
        key, name, most = CRITERIA[place]
        narrow_bar(paper, name, getattr(score, key), most, left=SIDE + place * (wide + _GUTTER), width=wide)

    paper.beside(*(partial(column, place) for place in range(len(CRITERIA))))
    readings(paper, score)


def readings(paper: Paper, score: AnswerScore) -> None:
    """Nothing when it was read once."""
    if len(score.runs) < 2 or score.deviation is None:
        return
    paper.gap(3)
    each = listing([f"{run.total} ({run.accuracy} + {run.completeness} + {run.clarity})" for run in score.runs])
    paragraph(
        paper,
        f"{count_words(len(score.runs)).capitalize()} readings gave {each}; each part is the middle one. The standard "
        f"deviation of the totals is {score.deviation:.1f}.",
        size=8.5,
        colour=MUTED,
    )
    if score.is_uncertain:
        paper.gap(2)
        said = "The readings differ so much that a person should look: ask your adviser."
        paragraph(paper, said, size=9, bold=True, colour=INK)
