"""Remarks with the words that they rest on."""

from collections.abc import Sequence

from interview_coach.domain.evidence import Source, Span
from interview_coach.naming import shortened
from interview_coach.pdf.headings import heading
from interview_coach.pdf.palette import LINE, MUTED
from interview_coach.pdf.paper import Paper
from interview_coach.pdf.prose import height_of, paragraph
from interview_coach.reporting import Point, Said

SOURCES = {Source.CV: "In your CV", Source.JOB: "In the job ad", Source.ANSWER: "In an earlier answer"}
QUOTED = 300
"""Characters of a quote; the whole of it is marked in the answer."""

_BESIDE = 90
"""Characters of a quote beside its own answer, in which all of it is marked."""


def quote(paper: Paper, text: str) -> None:
    """Somebody's very words, with a line beside them."""
    paper.gap(2)
    paragraph(
        paper, shortened(text, QUOTED), size=9, colour=MUTED, indent=30, width=paper.width - 48, rule=LINE,
        kind="BlockQuote",
    )  # fmt: skip


def remark(paper: Paper, text: str, span: Span | None, bullet: str, evidence: Span | None = None) -> None:
    """One item of a list: the sentence, and the words that it rests on."""
    words = span or evidence
    tall = height_of(paper, text, width=paper.width - 18)
    tall += height_of(paper, shortened(words.text, QUOTED), size=9, width=paper.width - 48) + 2 if words else 0.0
    paper.need(min(tall, 160))
    with paper.group("LI"), paper.group("LBody"):
        paragraph(paper, text, indent=18, bullet=bullet)
        if span:
            quote(paper, span.text)
        elif evidence:
            paper.gap(2)
            paragraph(paper, f"{SOURCES[evidence.source]}:", size=8.5, colour=MUTED, indent=30)
            quote(paper, evidence.text)
    paper.gap(3)


def remarks(paper: Paper, title: str, found: Sequence[Said], bullet: str, lead: str = "") -> None:
    """Remarks on one answer under a heading, after a sentence about all of them; nothing when there are none."""
    if not found and not lead:
        return
    heading(paper, title, room=74 if found else 40)
    if lead:
        paragraph(paper, lead)
        paper.gap(3)
    with paper.group("L"):
        for said in found:
            words = f" “{shortened(said.quote.text, _BESIDE)}”" if said.quote else ""
            remark(paper, said.words + words, None, bullet)


def points(paper: Paper, found: Sequence[Point], bullets: Sequence[str], asked: int) -> None:
    """Remarks on the whole, with the questions that they hold for."""
    with paper.group("L"):
        for point, bullet in zip(found, bullets, strict=True):
            remark(paper, point.text + _where(point, asked), point.quote, bullet, point.evidence)


def _where(point: Point, asked: int) -> str:
    if not point.where:
        return ""
    often = f"in {point.holds_for} of {asked} answers: " if point.is_often else ""
    return f" ({often}{point.where})"
