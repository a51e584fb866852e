"""The marks of one answer: their parts, the behaviour that earned each, and every reading of a model."""

from functools import partial

from interview_coach.domain.scorecard import AnswerScore
from interview_coach.naming import count_words, listing
from interview_coach.pdf.bars import narrow_bar
from interview_coach.pdf.criteria import CRITERIA
from interview_coach.pdf.headings import heading
from interview_coach.pdf.palette import INK, MUTED, SIDE
from interview_coach.pdf.paper import Paper
from interview_coach.pdf.prose import height_of, paragraph
from interview_coach.reporting import ReportedAnswer

_GUTTER = 18.0
_SHARES = (("accuracy", 0.42), ("completeness", 0.3), ("clarity", 0.28))
"""Of the width: the words about accuracy are the longest."""


def marks(paper: Paper, entry: ReportedAnswer) -> None:
    score = entry.score
    if score.score is None:
        heading(paper, "Marks: needs review")
        paragraph(paper, score.needs_review or "No usable marks came for this answer.")
        paper.gap(2)
        paragraph(paper, "No number stands for it, and it is not in the overall.", size=8.5, colour=MUTED)
        return
    whole = paper.width - 2 * _GUTTER
    said = {key: anchor.behaviour for key, anchor in entry.anchors.items()}
    tall = max((height_of(paper, said.get(key, ""), size=8, width=whole * share) for key, share in _SHARES))
    heading(paper, f"Marks: {score.score} of 100", room=tall + 52)

    def column(place: int) -> None:
        key, name, most = CRITERIA[place]
        left = sum(whole * share + _GUTTER for _, share in _SHARES[:place])
        wide = whole * _SHARES[place][1]
        narrow_bar(paper, name, getattr(score, key), most, left=SIDE + left, width=wide)
        if key in said:
            paragraph(paper, said[key], size=8, colour=MUTED, indent=left, width=wide)

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
