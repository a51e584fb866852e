"""Which item of the CV backs which requirement of the ad: by shared stems and shared competency, nothing cleverer."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from interview_coach.coach.rules.proof import proof_of
from interview_coach.documents.competence import competency_of
from interview_coach.documents.words import terms, topic_terms
from interview_coach.domain.evidence import CvItem, CvItemKind, Requirement, RequirementKind

BACKED = 1.0
"""From this strength on an item is said to back a requirement."""
NEAR = 0.5
"""Below this overlap the two are only near: a question may ask for the connection, not take it for granted."""
_SPOKEN_KINDS = {CvItemKind.ROLE: 0.25, CvItemKind.PROJECT: 0.25, CvItemKind.ACHIEVEMENT: 0.25}


@dataclass(frozen=True, slots=True)
class Match:
    """How strongly the CV item with this index backs a requirement."""

    cv_item: int
    strength: float


def overlap(requirement: Requirement, item: CvItem) -> float:
    """The share of the label's telling terms that the item has too, 0..1."""
    label = topic_terms(requirement.label)
    return len(label & (topic_terms(item.span.text) | topic_terms(item.label))) / len(label) if label else 0.0


class Matcher:
    """Strengths between all requirements and all CV items of one dossier."""

    def __init__(self, requirements: Sequence[Requirement], items: Sequence[CvItem], cv_text: str) -> None:
        self._requirements = requirements
        self._items = items
        self._item_terms = [topic_terms(item.span.text) | topic_terms(item.label) for item in items]
        self._item_competency = [competency_of(item.span.text) for item in items]
        self._shared_by = Counter(term for found in self._item_terms for term in found)
        self._cv_terms = frozenset(terms(cv_text))

    def strength(self, requirement: int, cv_item: int) -> float:
        """0 upwards; an item that shares the label's rare words is strongest."""
        wanted, item = self._requirements[requirement], self._items[cv_item]
        lexical = self.lexical(requirement, cv_item)
        alike = self._item_competency[cv_item] == wanted.competency
        bonus = 0.0
        if alike and wanted.competency not in {"expertise", "tools"}:
            bonus = 0.7 if wanted.kind is RequirementKind.SOFT else 0.4
        if lexical + bonus == 0:
            return 0.0
        return lexical * 1.2 + bonus + _SPOKEN_KINDS.get(item.kind, 0.0) + 0.2 * item.weight

    def lexical(self, requirement: int, cv_item: int) -> float:
        """The shared terms alone: one rare word of the label counts about 1, less when the label has many others."""
        wanted = self._requirements[requirement]
        label = topic_terms(wanted.label)
        shared = (label | topic_terms(wanted.span.text)) & self._item_terms[cv_item]
        part = len(label & shared) / len(label) if label else 0.0
        marks = sum((1.0 if term in label else 0.4) / (1 + 0.1 * self._shared_by[term]) for term in shared)
        return marks * (0.5 + 0.5 * part)

    def ranked(self, requirement: int) -> list[Match]:
        """Items with any strength, strongest first."""
        found = [Match(index, self.strength(requirement, index)) for index in range(len(self._items))]
        return sorted(
            (match for match in found if match.strength > 0), key=lambda match: (-match.strength, match.cv_item)
        )

    def is_absent(self, requirement: int) -> bool:
        """True when not one telling word of the label occurs anywhere in the CV: only then may one say so."""
        wanted = topic_terms(self._requirements[requirement].label)
        return bool(wanted) and not wanted & self._cv_terms

    def related(self, first: int, second: int) -> float:
        """How well two requirements go together in one question."""
        one, two = self._requirements[first], self._requirements[second]
        shared = len(topic_terms(one.label) & topic_terms(two.label))
        near = 0.5 if abs(one.span.start - two.span.start) < 250 else 0.0
        alike = (1.0 if one.competency == two.competency else 0.0) + (0.3 if one.kind is two.kind else 0.0)
        # A certificate and a task hardly ever make one question.
        apart = 1.5 if proof_of(one) != proof_of(two) else 0.0
        return shared + near + alike - apart
