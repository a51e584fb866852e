"""Requirements in order of importance, and without those that say the same twice."""

from collections import Counter, defaultdict

from interview_coach.documents import cues
from interview_coach.documents.phrasing import Shape, shape
from interview_coach.documents.titles import guess_title
from interview_coach.documents.words import terms, topic_terms
from interview_coach.domain.evidence import Requirement, RequirementKind


def ranked(text: str, found: list[Requirement]) -> list[Requirement]:
    """Importance: the kind, then how firmly it is put, how concrete it is, and how often the ad comes back to it."""
    often = Counter(terms(text))
    title = topic_terms(guess_title(text))
    length = max(1, len(text))
    weighed = []
    for requirement in found:
        about = topic_terms(requirement.span.text[:400])
        importance = requirement.importance
        if requirement.kind is not RequirementKind.NICE and cues.STRONG.search(requirement.span.text):
            importance += 0.1
        importance += 0.02 * min(4, len(about)) - (0.1 if not about else 0)
        importance += 0.02 * min(3, sum(often[term] > 2 for term in about))
        importance += 0.04 if about & title else 0
        importance -= 0.12 if shape(requirement.label) is Shape.CLAUSE else 0
        importance = _substance_first(requirement.label, importance, about & title)
        importance -= 0.05 * requirement.span.start / length
        weighed.append(
            Requirement(
                requirement.span,
                requirement.kind,
                requirement.label,
                round(min(1.0, max(0.05, importance)), 3),
                requirement.competency,
            )
        )
    return sorted(weighed, key=lambda r: (-r.importance, r.span.start))


def _substance_first(label: str, importance: float, of_title: frozenset[str]) -> float:
    """Travel and hours below the middle, chores below that - unless they are what the job is named for."""
    if of_title:
        return importance
    if cues.TRIVIAL.search(label):
        return min(importance - 0.15, 0.42)
    if cues.LOGISTICS.search(label):
        return min(importance - 0.15, 0.5)
    return importance


def distinct(ordered: list[Requirement], most: int) -> list[Requirement]:
    """Without near-identical ones; each is compared only with (some of) those that share a term."""
    kept: list[Requirement] = []
    sets: list[tuple[frozenset[str], frozenset[str]]] = []
    by_term: dict[str, list[int]] = defaultdict(list)
    labels: set[str] = set()
    for requirement in ordered:
        label = " ".join(requirement.label.casefold().split())
        own = frozenset(terms(requirement.span.text[:600])), topic_terms(requirement.label)
        rivals = {index for term in own[0] for index in by_term[term][:40]}
        if label in labels or any(_alike(own, sets[index]) for index in rivals):
            continue
        labels.add(label)
        for term in own[0]:
            by_term[term].append(len(kept))
        kept.append(requirement)
        sets.append(own)
        if len(kept) >= most:
            break
    return kept


def _alike(a: tuple[frozenset[str], frozenset[str]], b: tuple[frozenset[str], frozenset[str]]) -> bool:
    """Nearly the same words, unless each names something that the other does not."""
    if a[1] - b[0] and b[1] - a[0]:
        return False
    shared = len(a[0] & b[0])
    smaller = min(len(a[0]), len(b[0]))
    return shared / len(a[0] | b[0]) >= 0.7 or (smaller >= 3 and shared / smaller >= 0.9)
