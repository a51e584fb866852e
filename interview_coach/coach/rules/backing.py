"""What of the CV backs what the ad asks for, and which requirements belong in one question.

The matching itself is that of the documents, the same that the page shows before the interview starts.
"""

from dataclasses import replace
from functools import cached_property

from interview_coach.coach.rules.proof import proof_of
from interview_coach.documents.matching import matches, may_fit, nearest
from interview_coach.documents.words import terms, topic_terms
from interview_coach.domain.dossier import Dossier
from interview_coach.domain.evidence import CvItem, Requirement

_TOO_COMMON = frozenset().union(
    *(
        topic_terms(word)
        for word in ["experience", "work", "team", "project", "management", "system", "process", "customer", "product"]
    )
)
"""Subjects that two requirements may share without having anything to do with each other."""


def backs(item: CvItem, requirement: Requirement) -> bool:
    """True when the item shows what the requirement asks for."""
    return bool(matches(requirement, (item,)))


def named(item: CvItem, label: str) -> CvItem:
    """The item as if its line were only these words."""
    return replace(item, label=label, span=replace(item.span, text=label))


def is_absent(requirement: Requirement, dossier: Dossier) -> bool:
    """True when not one telling word of the label occurs anywhere in the CV, and no item of it could be meant: only
    then may one say so."""
    wanted = topic_terms(requirement.label)
    if not wanted or wanted & frozenset(terms(dossier.cv_text)):
        return False
    return not may_fit(requirement, dossier.cv_items) and not matches(requirement, dossier.cv_items)


def go_together(first: Requirement, second: Requirement) -> bool:
    """True for two requirements of one competency about one subject: a person would ask them in one breath."""
    if first.competency != second.competency or proof_of(first) != proof_of(second):
        return False
    return bool((topic_terms(first.label) & topic_terms(second.label)) - _TOO_COMMON)


class Backing:
    """Strengths between all requirements and all CV items of one dossier."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier

    @cached_property
    def _found(self) -> list[dict[int, float]]:
        items = self._dossier.cv_items
        return [{found.item: found.strength for found in matches(one, items)} for one in self._dossier.requirements]

    def strength(self, requirement: int, cv_item: int) -> float:
        """0..1; 0 when the item does not back the requirement."""
        return self._found[requirement].get(cv_item, 0.0)

    def ranked(self, requirement: int) -> list[int]:
        """Items that back it, the best first."""
        return list(self._found[requirement])

    def guessed(self, requirement: int) -> list[int]:
        """Items that may have to do with it by what their label says, the best first: no claim."""
        asked, items = self._dossier.requirements[requirement], self._dossier.cv_items
        return [
            found.item
            for found in may_fit(asked, items)
            if may_fit(asked, [named(items[found.item], items[found.item].label)])
        ]

    def nearest(self, requirement: int) -> list[int]:
        """Items that share a telling word with it, the closest first: something to start from, no claim."""
        return nearest(self._dossier.requirements[requirement], self._dossier.cv_items)

    def is_absent(self, requirement: int) -> bool:
        """As the function of this name."""
        return is_absent(self._dossier.requirements[requirement], self._dossier)
