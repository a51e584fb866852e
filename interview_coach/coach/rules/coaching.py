"""A word right after an answer: how near it is to what was asked, which words of the ad it uses, one thing to add.

Similarity is about shared words and not about meaning: it is `Relevance.degree`, the very number that the marks use.
An answer that says the right thing in quite other words is given too low a number here; the words that were found stand
beside it, so that everybody can see why.
"""

from dataclasses import dataclass

from interview_coach.coach.base import AnsweredQuestion
from interview_coach.coach.rules.marking import Kind, Marking, mark
from interview_coach.coach.rules.relevance import content_stems, keywords
from interview_coach.coach.rules.remarks import improvements
from interview_coach.domain.evidence import Span
from interview_coach.domain.provenance import Provenance
from interview_coach.domain.text import stem

VERSION = "coaching-rules-1"
PROVENANCE = Provenance(coach="rules", version=VERSION)
_NO_ANSWER = frozenset({Kind.NOTHING, Kind.UNREADABLE, Kind.DECLINED})


@dataclass(frozen=True, slots=True)
class Coaching:
    """What is shown after one answer. Nothing here enters the marks."""

    similarity: float
    """0..1 with two digits: words shared with the question and the requirement; three make it full."""
    keyword_coverage: int | None
    """0-100: how many of the requirement's keywords the answer uses. None when it has no keywords."""
    covered: tuple[str, ...]
    """Keywords that the answer uses, as the ad writes them."""
    missing: tuple[str, ...]
    """Keywords that it does not use."""
    add: str
    """The one thing to add, as a sentence with one step that can be done."""
    quote: Span | None
    """The words of the answer that `add` is about; None when there is nothing to quote."""
    provenance: Provenance


def coach(asked: AnsweredQuestion) -> Coaching:
    """Coaching for one answer. Deterministic; never raises for any text."""
    marking = mark(asked)
    covered, missing = _keywords(asked, marking)
    step = improvements(asked, marking)[0]
    total = len(covered) + len(missing)
    return Coaching(
        similarity=0.0 if marking.kind in _NO_ANSWER else round(marking.link.degree, 2),
        keyword_coverage=round(100 * len(covered) / total) if total else None,
        covered=covered,
        missing=missing,
        add=step.text,
        quote=step.quote,
        provenance=PROVENANCE,
    )


def _keywords(asked: AnsweredQuestion, marking: Marking) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The requirement's words that the answer uses and does not use. A question given back uses none."""
    clauses = () if marking.kind in _NO_ANSWER else marking.study.clauses
    said = content_stems(token for clause in clauses for token in clause.tokens)
    words = keywords(asked)
    covered = tuple(word for word in words if stem(word.lower()) in said)
    return covered, tuple(word for word in words if word not in covered)
