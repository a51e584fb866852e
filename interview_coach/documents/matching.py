"""Which CV item backs a requirement. Better a gap than a false claim: a match needs words in common that say something.

The score is the share of the requirement's telling words (of its label first) that the item has too, a word of the same
meaning counting less than the word itself. One word in common is enough only when it is nearly all that is asked for
and means one thing; the same two words side by side are. No semantics are claimed beyond that.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from interview_coach.documents.kinship import KIN, akin
from interview_coach.documents.words import stem, tokens, topic_terms, wordset
from interview_coach.domain.evidence import CvItem, CvItemKind, Requirement

LEAST = 0.5
"""A weaker match is a gap."""
_KIN_COUNTS = 0.7

# They carry a topic in general, yet two texts that share only one of them need not be about the same thing.
_WEAK = frozenset(
    stem(word)
    for word in wordset("""
    develop design plan create application business technical management information communication written
    verbal english language product user solution social media care training new first problem decision
    strategy quality complex digital online online-based change activity material local national
    international public private build use travel health equipment tool software data customer client
    material computer market research write learn present meet need internal external relation relationship
    home school open close issue term word order form start end line degree bachelor master licence
    certificate course year day test plan account audit drive assist guide cover record class case charge stage delay
    student secure security monitor review check train group clear paper late safe""")
)
_EMPTY = frozenset(
    stem(word)
    for word in wordset("""
    one two three four five six seven eight nine ten twelve hundred non half third first second several many daily
    weekly like well best""")
)
"""Figures and particles: in common by chance."""

_PEOPLE = (
    r"(?:team|staff|people|volunteers|crew|employees|brigade|servers|porters|baristas|colleagues"
    r"|students|juniors|apprentices|starters|assistants|trainees|nurses)"
)
_DEEDS = (
    (
        "leading people",
        re.compile(
            rf"\b(?:lead|leading|led|leads|manag(?:e|ed|ing|es)|supervis\w+|coordinat(?:e|ed|ing)|head(?:ed"
            rf"|ing))\b[^.;]{{0,40}}?\b{_PEOPLE}\b",
            re.IGNORECASE,
        ),
    ),
    (
        "training people",
        re.compile(
            rf"\b(?:train(?:ed|ing|s)?|mentor(?:ed|ing|s)?|coach(?:ed|ing|es)?|onboard(?:ed|ing)?|induct(?:ed"
            rf"|ing)?)\b[^.;]{{0,40}}?\b{_PEOPLE}\b",
            re.IGNORECASE,
        ),
    ),
)
"""Deeds told in words that are common by themselves: `led a team`."""


@dataclass(frozen=True, slots=True)
class Match:
    """`strength` runs 0..1; `shared` are the stems in common: the whole reason for the match."""

    item: int
    strength: float
    shared: tuple[str, ...]


def matches(requirement: Requirement, cv_items: Sequence[CvItem]) -> list[Match]:
    """Every item that backs the requirement, the best first; empty when it is a gap."""
    wanted = topic_terms(requirement.label) or topic_terms(requirement.span.text)
    around = topic_terms(requirement.span.text[:600]) | wanted
    asked_pairs = _pairs(requirement.span.text[:600])
    wanted -= _EMPTY
    found = []
    for index, item in enumerate(cv_items):
        has = topic_terms(item.span.text[:1200]) if item.kind is not CvItemKind.SKILL else topic_terms(item.label)
        strength, shared = _strength(wanted, around - _EMPTY, has - _EMPTY)
        phrase = asked_pairs & _pairs(item.label if item.kind is CvItemKind.SKILL else item.span.text[:1200])
        if phrase:
            # The same two words side by side say more than each of them.
            strength = max(strength, 0.6)
            shared = tuple(sorted({*shared, *(term for pair in phrase for term in pair)}))
        for name, deed in _DEEDS:
            if deed.search(requirement.span.text) and deed.search(item.span.text):
                strength, shared = max(strength, 0.6), tuple(sorted({*shared, name}))
        if strength >= LEAST:
            found.append(Match(index, round(strength, 3), shared))
    return sorted(found, key=lambda match: (-(match.strength + 0.3 * _told(cv_items[match.item])), match.item))


def best_evidence(requirement: Requirement, cv_items: Sequence[CvItem]) -> int | None:
    """Index of the item that backs the requirement best; None is a gap."""
    found = matches(requirement, cv_items)
    return found[0].item if found else None


def _told(item: CvItem) -> float:
    """Something done is better to talk about than a word in a list."""
    return item.weight * (0.5 if item.kind in {CvItemKind.SKILL, CvItemKind.EDUCATION} else 1.0)


def _strength(wanted: frozenset[str], around: frozenset[str], has: frozenset[str]) -> tuple[float, tuple[str, ...]]:
    if not wanted or not has:
        return 0.0, ()
    exact = around & has
    kin = {term for term in around - exact if term in KIN and any(akin(term, other) for other in has if other in KIN)}
    if not exact and not kin:
        return 0.0, ()
    firm_wanted = {term for term in wanted if term not in _WEAK}
    if len(exact) + len(kin) == 1 and len(firm_wanted) > 2:
        # One shared word is enough only when it is nearly all that is asked for.
        return 0.0, ()
    points = sum(_counts(term) for term in exact) + _KIN_COUNTS * sum(_counts(term) for term in kin)
    if points < 1 and not (points >= _KIN_COUNTS and (exact or (len(firm_wanted) == 1 and kin == firm_wanted))):
        return 0.0, ()
    if exact <= _WEAK and points < 1.4 and not (kin and kin == firm_wanted):
        return 0.0, ()
    named = sum(_counts(t) for t in exact & wanted) + _KIN_COUNTS * sum(_counts(t) for t in kin & wanted)
    strength = named / sum(_counts(term) for term in wanted)
    if kin and kin == firm_wanted:
        strength = max(strength, LEAST)
    if named and points >= 2:
        strength = max(strength, 0.5) + 0.05 * (points - 2)
    return min(1.0, strength), tuple(sorted(exact | kin))


def _pairs(text: str) -> frozenset[tuple[str, str]]:
    """Stems that stand side by side, both of them telling."""
    stems = [stem(token) for token in tokens(text)]
    telling = topic_terms(text) - _EMPTY
    return frozenset((a, b) for a, b in pairwise(stems) if a in telling and b in telling and a != b)


def _counts(term: str) -> float:
    return 0.5 if term in _WEAK else 1.0
