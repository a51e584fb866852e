"""A report as a PDF: cover, summary, every question with its answer and marks, trends, and how the marks came about.

A function of values: no database, no network; the same report and cover give the same bytes. It never fails because of
what somebody wrote: a character without a font is shown as a box, and the last page names it.
"""

from contextlib import suppress
from itertools import chain

from interview_coach.marking import legend, pieces
from interview_coach.pdf.cover import Cover, cover_page, marked_by
from interview_coach.pdf.faces import cjk_number
from interview_coach.pdf.foot import foot
from interview_coach.pdf.headings import section
from interview_coach.pdf.method import method
from interview_coach.pdf.missing import missing
from interview_coach.pdf.palette import MUTED, TOP
from interview_coach.pdf.paper import Paper
from interview_coach.pdf.prose import paragraph
from interview_coach.pdf.question import provenance_words, question, unmarked
from interview_coach.pdf.scripts import printable
from interview_coach.pdf.speaking import speaking
from interview_coach.pdf.structure import Producer
from interview_coach.pdf.summary import summary
from interview_coach.pdf.trends import Category, PastInterview, Trends, trends_section
from interview_coach.reporting import PRACTICE_NOTE, Report

__all__ = ["Category", "Cover", "PastInterview", "Trends", "render"]


def render(report: Report, cover: Cover, trends: Trends | None = None, *, numbers: bool = True) -> bytes:
    """The PDF of a judged interview. `numbers=False` leaves out every mark; next steps and words stay.

    Should a font of this computer or the shaping engine fail on a text, the pages are set again without it.
    """
    for borrow, shape in ((True, True), (False, True)):
        with suppress(Exception):
            return compose(report, cover, trends, numbers=numbers, borrow=borrow, shape=shape)
    return compose(report, cover, trends, numbers=numbers, borrow=False, shape=False)


def compose(
    report: Report, cover: Cover, trends: Trends | None, *, numbers: bool, borrow: bool = True, shape: bool = True
) -> bytes:
    """As `render`, once and without a net."""
    draw = foot(f"Interview report {report.interview_id}. {PRACTICE_NOTE}", marked_by(report))
    with Paper(draw, borrow=borrow, shape=shape, cjk=cjk_number(_words(report, cover))) as paper:
        paper.set_title(f"Interview report: {printable(cover.job)}")
        paper.set_subject(PRACTICE_NOTE)
        paper.set_creator(f"Interview Coach {cover.version}")
        paper.set_producer(f"Interview Coach {cover.version}")
        paper.set_lang("en")
        paper.set_creation_date(cover.made_at)
        paper.add_page()
        cover_page(paper, report, cover, numbers=numbers)
        summary(paper, report, numbers=numbers)
        _questions(paper, report, numbers=numbers)
        speaking(paper, report, numbers=numbers)
        if trends is not None and numbers:
            trends_section(paper, trends)
        method(paper, report, numbers=numbers)
        missing(paper)
        return bytes(paper.output(output_producer_class=Producer))


def _questions(paper: Paper, report: Report, *, numbers: bool) -> None:
    if not report.answers and not report.unmarked:
        return
    section(paper, "Question by question", room=220)
    kinds = legend(pieces(entry) for entry in report.answers)
    said = f"Words in your answers: {'; '.join(words for _, words in kinds)}." if kinds else ""
    if numbers and report.reached:
        said += " What earns which marks stands at the end, with the questions that got them."
    if said:
        paragraph(paper, said.strip(), size=9, colour=MUTED)
        paper.gap(10)
    several = len({provenance_words(entry) for entry in report.answers}) > 1
    for place, entry in enumerate(report.answers):
        if place:
            _between(paper)
        question(paper, entry, numbers=numbers, provenance=several)
    for left in report.unmarked:
        _between(paper)
        unmarked(paper, left)


def _between(paper: Paper) -> None:
    paper.gap(12)
    paper.need(150)
    if paper.y > TOP:
        paper.rule()
    paper.gap(12)


def _words(report: Report, cover: Cover) -> str:
    """What tells in which language people write here."""
    return "".join(chain([cover.job], (entry.answer or "" for entry in report.answers)))
