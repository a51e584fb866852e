"""A report as a PDF: cover, summary, every question with its answer and marks, and how the marks came about.

A function of values: no database, no network; the same report and cover give the same bytes. It never fails because of
what somebody wrote: a character without a font is shown as a box, and the last page says so.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from interview_coach.domain.scorecard import Remark
from interview_coach.marking import pieces
from interview_coach.naming import DIMENSIONS, scored_words
from interview_coach.pdf.paper import ACCENT, INK, LINE, MISSING, MUTED, TOP, Paper
from interview_coach.pdf.scripts import printable
from interview_coach.reporting import PRACTICE_NOTE, Point, Report, ReportedAnswer

CRITERIA = (("accuracy", "Accuracy", 40), ("completeness", "Completeness", 30), ("clarity", "Clarity", 30))
PARTS = ("situation", "task", "action", "result")
_QUOTED = 300
"""Characters of a quote; the whole of it is marked in the answer."""


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


def render(report: Report, cover: Cover) -> bytes:
    """The PDF of a judged interview.

    Should a font of this computer or the shaping engine fail on a text, the page is set again without it.
    """
    for borrow, shape in ((True, True), (False, True)):
        with suppress(Exception):
            return _set(report, cover, borrow=borrow, shape=shape)
    return _set(report, cover, borrow=False, shape=False)


def _set(report: Report, cover: Cover, *, borrow: bool, shape: bool) -> bytes:
    footer = f"Interview report {report.interview_id}. {PRACTICE_NOTE}"
    with Paper(footer, borrow=borrow, shape=shape) as paper:
        paper.set_title(f"Interview report: {printable(cover.job)}")
        paper.set_subject(PRACTICE_NOTE)
        paper.set_creator(f"Interview Coach {cover.version}")
        paper.set_producer(f"Interview Coach {cover.version}")
        paper.set_lang("en")
        paper.set_creation_date(cover.made_at)
        paper.add_page()
        _cover(paper, report, cover)
        _summary(paper, report)
        _questions(paper, report)
        _marks(paper, report)
        _missing(paper)
        return bytes(paper.output())


def _moment(value: datetime) -> str:
    return f"{value.day} {value:%B %Y, %H:%M}{f' {value:%Z}' if value.tzinfo else ''}"


def _section(paper: Paper, title: str, room: float = 120) -> None:
    paper.need(room)
    paper.gap(22)
    paper.start_section(title)
    paper.paragraph(title, size=15, bold=True, colour=ACCENT, kind="H2")
    paper.gap(6)


def _heading(paper: Paper, title: str) -> None:
    paper.need(44)
    paper.gap(8)
    paper.paragraph(title, size=8.5, bold=True, colour=MUTED, kind="H4")
    paper.gap(2)


def _cover(paper: Paper, report: Report, cover: Cover) -> None:
    paper.paragraph("Interview Coach", size=9, bold=True, colour=ACCENT)
    paper.gap(70)
    paper.start_section("Overview")
    paper.paragraph("Interview report", size=26, bold=True, kind="H1")
    paper.gap(2)
    paper.paragraph(cover.job, size=13, colour=MUTED)
    paper.gap(30)
    if report.overall is not None:
        paper.paragraph(f"{report.overall} of 100", size=34, bold=True, colour=ACCENT)
        paper.gap(2)
        paper.paragraph(report.readiness, size=11.5)
    else:
        paper.paragraph("No overall was given.", size=13, bold=True)
        paper.gap(2)
        paper.paragraph(PRACTICE_NOTE, size=11.5)
    paper.gap(26)
    paper.rule()
    paper.gap(12)
    rows = [
        ("Interview", report.interview_id),
        ("Finished", _moment(cover.completed_at)),
        ("CV", f"{cover.cv}, stored on {_moment(cover.cv_stored_at)}"),
        ("Answered", f"{report.answered} of {report.asked} questions"),
        ("Marked", scored_words(report.provenance) if report.provenance else "Nobody has given marks."),
        ("This file", f"made on {_moment(cover.made_at)} with Interview Coach {cover.version}"),
    ]
    for name, value in rows:
        paper.need(32)
        top = paper.y
        paper.paragraph(name, size=9.5, colour=MUTED, width=90)
        paper.y = top
        paper.paragraph(value, size=9.5, indent=100)
        paper.gap(3)
    paper.gap(10)
    paper.rule()
    paper.gap(22)
    paper.paragraph("Five ways of looking at it", size=11, bold=True, kind="H3")
    paper.gap(5)
    for key, mean in report.dimensions.items():
        paper.bar(DIMENSIONS.get(key, key), mean, 100)


def _summary(paper: Paper, report: Report) -> None:
    paper.add_page()
    _section(paper, "Summary")
    paper.paragraph(report.summary, size=10.5)
    if report.next_steps:
        _section(paper, "Three things to do next" if len(report.next_steps) == 3 else "What to do next")
        for number, point in enumerate(report.next_steps, 1):
            _point(paper, point, f"{number}")
    if report.strengths:
        _section(paper, "What worked")
        for point in report.strengths:
            _point(paper, point, "+")
    if report.improvements:
        _section(paper, "What to work on first")
        for point in report.improvements:
            _point(paper, point, "–")


def _point(paper: Paper, point: Point, bullet: str) -> None:
    paper.need(44)
    numbers = [point.number, *point.also] if point.number else []
    where = f" (question{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))})" if numbers else ""
    paper.paragraph(point.text + where, indent=18, kind="LI", bullet=bullet)
    if point.quote:
        _quote(paper, point.quote.text)
    paper.gap(6)


def _quote(paper: Paper, text: str) -> None:
    paper.gap(2)
    shown = text if len(text) <= _QUOTED else text[:_QUOTED].rstrip() + "…"
    paper.paragraph(shown, size=9, colour=MUTED, indent=30, width=float(paper.epw) - 48, rule=LINE, kind="BlockQuote")


def _questions(paper: Paper, report: Report) -> None:
    paper.add_page()
    _section(paper, "Question by question")
    for place, entry in enumerate(report.answers):
        if place:
            paper.need(185)
            paper.gap(16)
            if paper.y > TOP:
                paper.rule()
            paper.gap(14)
        _question(paper, entry)
    left = report.asked - len(report.answers)
    if left > 0:
        paper.gap(12)
        some = "1 question has" if left == 1 else f"{left} questions have"
        paper.paragraph(f"{some} no marks yet, so there is no overall.", colour=MUTED)


def _question(paper: Paper, entry: ReportedAnswer) -> None:
    score = entry.score
    paper.need(150)
    paper.paragraph(f"Question {score.number}: {score.category}", size=8.5, bold=True, colour=ACCENT)
    paper.gap(1)
    paper.paragraph(entry.question, size=11.5, bold=True, kind="H3")
    told = bool(entry.answer and entry.answer.strip())
    if told:
        _answer(paper, entry)
    else:
        paper.gap(6)
        paper.paragraph("Not answered, so it counts as 0.", colour=MUTED)
    paper.need(110)
    _heading(paper, f"Marks: {score.score} of 100")
    for key, name, most in CRITERIA:
        paper.bar(name, getattr(score, key), most, names=100)
    if score.feedback:
        paper.gap(6)
        paper.paragraph(score.feedback)
    if told:
        _heading(paper, "Parts of the story")
        paper.paragraph(
            "; ".join(f"{part}: {'found' if getattr(score.star, part) else 'not found'}" for part in PARTS) + "."
        )
    _remarks(paper, "What worked", score.remarks, "+")
    _remarks(paper, "Next time", score.improvements, "–")
    if score.reference_answer:
        _heading(paper, "How a strong answer could be built")
        paper.paragraph(score.reference_answer, size=9.5, indent=12, rule=ACCENT)
    paper.gap(8)
    said = scored_words(score.provenance)
    if score.provenance.fallback and score.provenance.reason:
        said += f" {score.provenance.reason}"
    paper.paragraph(said, size=8.5, colour=MUTED)


def _answer(paper: Paper, entry: ReportedAnswer) -> None:
    cut = [(piece.text, piece.about) for piece in pieces(entry)]
    kinds = {about for _, about in cut}
    legend = []
    if kinds & {"strength", "both"}:
        legend.append("underlined: what worked")
    if kinds & {"improvement", "both"}:
        legend.append("dashed: what to do next time")
    _heading(paper, "Your answer" + (f" ({'; '.join(legend)})" if legend else ""))
    paper.paragraph(cut, indent=12, width=float(paper.epw) - 24, rule=LINE)


def _remarks(paper: Paper, title: str, remarks: Sequence[Remark], bullet: str) -> None:
    if not remarks:
        return
    paper.need(74)
    _heading(paper, title)
    for remark in remarks:
        paper.need(50)
        paper.paragraph(remark.text, indent=18, kind="LI", bullet=bullet)
        if remark.quote:
            _quote(paper, remark.quote.text)
        paper.gap(4)


def _marks(paper: Paper, report: Report) -> None:
    _section(paper, "How the number comes about")
    paper.paragraph(
        "Each answer has up to 40 marks for accuracy, 30 for completeness and 30 for clarity. Questions without an "
        f"answer count as 0. The rules are version {report.rubric_version}."
    )
    if report.overall is not None:
        marks = [entry.score.score for entry in report.answers if entry.score.score is not None]
        paper.gap(4)
        paper.paragraph(
            f"{' + '.join(map(str, marks))} = {sum(marks)}; {sum(marks)} / {len(marks)} = {report.overall}, rounded."
        )
    for said in dict.fromkeys(scored_words(entry.score.provenance) for entry in report.answers):
        paper.gap(4)
        paper.paragraph(said)
    paper.gap(4)
    paper.paragraph(
        f"The marks come from a program and can be wrong. They say nothing about you as a person. {PRACTICE_NOTE} "
        "You can have the answers marked again on the page of the report."
    )


def _missing(paper: Paper) -> None:
    if not paper.missing:
        return
    count = len(paper.missing)
    paper.gap(14)
    paper.paragraph(
        f"{'One character' if count == 1 else f'{count} different characters'} could not be printed, because no font "
        f"on this computer has {'it' if count == 1 else 'them'}. {MISSING} stands there instead. The full text is on "
        "the page of the report and in its JSON.",
        size=9,
        colour=INK,
    )
