"""One question with its answer, its marks and everything that was said of it."""

from functools import partial

from interview_coach.domain.transcript import QuestionKind
from interview_coach.marking import pieces
from interview_coach.naming import asked_words, scored_words, shortened, without_marks
from interview_coach.pdf.headings import heading
from interview_coach.pdf.marks import marks
from interview_coach.pdf.palette import ACCENT, LINE, MUTED
from interview_coach.pdf.paper import Paper
from interview_coach.pdf.prose import paragraph
from interview_coach.pdf.remarks import QUOTED, SOURCES, remarks
from interview_coach.pdf.takes import takes
from interview_coach.pdf.typecase import MISSING
from interview_coach.reporting import ReportedAnswer, Unmarked

PARTS = {
    "situation": "where and when it was",
    "task": "what had to be done",
    "action": "what you did",
    "result": "how it ended",
}
_KINDS = {QuestionKind.PROBE: ", a follow-up", QuestionKind.CLOSE: ", closing words"}
_SHOWN = 90
"""Characters of a part of a story."""
_GUTTER = 18.0


def question(paper: Paper, entry: ReportedAnswer, *, numbers: bool, provenance: bool) -> None:
    """`provenance`: say who asked and who marked it, where that is not the same for all questions."""
    before = sum(paper.type.missing.values())
    score = entry.score
    _head(paper, entry.number, score.category, entry.kind, entry.question)
    _why(paper, entry)
    _answer(paper, entry, numbers=numbers)
    if numbers and (entry.is_answered or score.score != 0):
        marks(paper, entry)
    feedback = score.feedback if numbers else without_marks(score.feedback)
    if feedback and entry.is_answered:
        paper.gap(5)
        paragraph(paper, feedback)
    if entry.parts:
        _story(paper, entry)
    remarks(paper, "Next time", entry.told.improvements, "–")
    remarks(paper, "What worked", entry.told.strengths, "+", entry.told.worked_words)
    _reference(paper, entry)
    _notes(paper, entry, numbers=numbers)
    takes(paper, entry, numbers=numbers)
    if sum(paper.type.missing.values()) > before:
        said = f"{MISSING} stands for a character that could not be printed; the end of this file names it."
        paper.gap(6)
        paragraph(paper, said, size=8.5)
    if provenance:
        paper.gap(6)
        paragraph(paper, provenance_words(entry), size=8.5, colour=MUTED)


def unmarked(paper: Paper, entry: Unmarked) -> None:
    """A question that has no marks yet."""
    _head(paper, entry.number, "no marks yet", entry.kind, entry.question)
    paper.gap(6)
    if entry.answer:
        paragraph(paper, entry.answer, indent=12, width=paper.width - 24, rule=LINE)
    else:
        paragraph(paper, "Not answered.", colour=MUTED)


def _head(paper: Paper, number: int, category: str, kind: QuestionKind, words: str) -> None:
    paper.need(150)
    paper.start_section(f"Question {number}", level=1)
    paragraph(paper, f"Question {number}: {category}{_KINDS.get(kind, '')}", size=8.5, bold=True, colour=ACCENT)
    paper.gap(1)
    paragraph(paper, words, size=11.5, bold=True, kind="H3")


def _why(paper: Paper, entry: ReportedAnswer) -> None:
    if not entry.why:
        return
    heading(paper, "Why it was asked")
    for span in entry.why:
        paragraph(paper, f"{SOURCES[span.source]}: {shortened(span.text, QUOTED)}", size=9, colour=MUTED, indent=12)


def _answer(paper: Paper, entry: ReportedAnswer, *, numbers: bool) -> None:
    exchange = entry.exchange
    if not entry.is_answered:
        paper.gap(8)
        skipped = exchange is not None and exchange.skipped
        counted = ", so it counts as 0" if numbers else ""
        paragraph(paper, f"{'Skipped' if skipped else 'Not answered'}{counted}.", colour=MUTED)
        return
    cut = [(piece.text, piece.about) for piece in pieces(entry)]
    heading(paper, "Your answer")
    paragraph(paper, cut, indent=12, width=paper.width - 24, rule=LINE)
    if exchange is None:
        return
    if exchange.heard is not None and exchange.heard != entry.answer:
        heading(paper, "As it was heard, before you corrected it")
        paragraph(paper, exchange.heard, size=9, colour=MUTED, indent=12, width=paper.width - 24, rule=LINE)
    if exchange.corrected_since:
        paper.gap(3)
        said = "You corrected this answer after the marks were given. They rest on the words above."
        paragraph(paper, said, size=8.5, colour=MUTED)


def _story(paper: Paper, entry: ReportedAnswer) -> None:
    heading(paper, "Parts of the story", room=76)
    wide = (paper.width - 12 - _GUTTER) / 2

    def cell(part: str, words: str, left: float) -> None:
        paragraph(paper, f"{part.capitalize()} ({PARTS[part]}): {words}", size=9, indent=left, width=wide)

    told = [(part, "not found" if span is None else f"“{shortened(span.text, _SHOWN)}”") for part, span in entry.parts]
    for place in range(0, len(told), 2):
        both = told[place : place + 2]
        paper.need(54)
        paper.beside(*(partial(cell, *one, 12 + (wide + _GUTTER) * n) for n, one in enumerate(both)))
        paper.gap(2)


def _notes(paper: Paper, entry: ReportedAnswer, *, numbers: bool) -> None:
    score = entry.score
    notes = [told for note in score.notes if (told := note if numbers else without_marks(note))]
    if not numbers and score.needs_review:
        notes.insert(0, f"Needs review: {score.needs_review}")
    if not numbers and score.is_uncertain:
        notes.append("Several readings of this answer differ: ask your adviser.")
    if notes:
        heading(paper, "To know")
        for note in notes:
            paragraph(paper, note, size=9)


def _reference(paper: Paper, entry: ReportedAnswer) -> None:
    score = entry.score
    if not score.reference_answer:
        return
    heading(paper, "How a strong answer could be built", room=70)
    paragraph(paper, score.reference_answer, size=9.5, indent=12, width=paper.width - 24, rule=ACCENT)
    if score.reference_sources:
        paper.gap(4)
        paper.need(56)
        paragraph(paper, "Its facts come from these lines:", size=8.5, colour=MUTED, indent=12)
        for span in score.reference_sources:
            paragraph(paper, f"{SOURCES[span.source]}: {shortened(span.text, QUOTED)}", size=9, colour=MUTED, indent=12)


def provenance_words(entry: ReportedAnswer) -> str:
    """Who asked and who marked."""
    asked = f"{asked_words(entry.exchange.asked_by)} " if entry.exchange else ""
    return asked + scored_words(entry.score.provenance)
