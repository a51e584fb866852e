"""A word right after an answer: how near it is to what was asked, which words of the ad it uses, one thing to add.

Similarity is about shared words and not about meaning: it is `Relevance.degree`, the very number that the marks use.
An answer that says the right thing in quite other words is given too low a number here; the words that were found stand
beside it, so that everybody can see why.
"""

from dataclasses import dataclass

from interview_coach.coach.base import AnsweredQuestion
from interview_coach.coach.rules.marking import Kind, Marking, mark
from interview_coach.coach.rules.relevance import content_stems, keywords
from interview_coach.coach.rules.remarks import strengths
from interview_coach.coach.rules.steps import improvements
from interview_coach.domain.evidence import Span
from interview_coach.domain.provenance import Provenance
from interview_coach.domain.scorecard import Remark
from interview_coach.domain.text import stem
from interview_coach.domain.transcript import QuestionKind
from interview_coach.domain.vocabulary import NUMBER_WORDS, PLATITUDES, VAGUE_WORDS, VERB_FORMS

VERSION = "coaching-rules-1"
PROVENANCE = Provenance(coach="rules", version=VERSION)
_HINTED = 2
_SHORTEST = 4
_DESCRIBING = ("ly", "ful", "ive", "ous", "able", "ible", "ing", "ed", "ness", "al", "ary", "ent", "ant")
"""How words end that say of what kind something is."""
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
    hint: tuple[str, ...]
    """One or two of them that would fit, when it uses none; empty when no word of the ad belongs here."""
    add: str
    """The one thing to add, as a sentence with one step that can be done."""
    quote: Span | None
    """The words of the answer that `add` is about; None when there is nothing to quote."""
    provenance: Provenance
    good: Remark | None = None
    """What was good, with its words; None when nothing can be pointed at."""


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
        hint=() if covered else _hint(asked, marking, missing),
        add=step.text,
        quote=step.quote,
        provenance=PROVENANCE,
        good=next(iter(strengths(asked, marking)), None),
    )


def _hint(asked: AnsweredQuestion, marking: Marking, missing: tuple[str, ...]) -> tuple[str, ...]:
    """Things that the ad names; not its adjectives and verbs, which suit any answer or none. An answer to a follow-up
    goes on with what was said before, and one that is not told yet has other needs than a word."""
    if marking.kind is not Kind.TOLD or asked.kind is QuestionKind.PROBE:
        return ()
    return tuple(word for word in missing if _is_thing(word))[:_HINTED]


def _is_thing(word: str) -> bool:
    lower = word.lower()
    known = lower in VERB_FORMS or lower in NUMBER_WORDS or lower in VAGUE_WORDS | PLATITUDES
    return len(lower) >= _SHORTEST and not known and not lower.endswith(_DESCRIBING)


def _keywords(asked: AnsweredQuestion, marking: Marking) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The requirement's words that the answer uses and does not use. A question given back uses none."""
    clauses = () if marking.kind in _NO_ANSWER else marking.study.clauses
    said = content_stems(token for clause in clauses for token in clause.tokens)
    words = keywords(asked)
    covered = tuple(word for word in words if stem(word.lower()) in said)
    return covered, tuple(word for word in words if word not in covered)
