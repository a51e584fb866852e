"""What of a document goes into a prompt of limited size: the telling spans, whole, in the document's order.

Cutting a text at its head hides what stands further down; here every span is first entered in its short form (its
label, or the beginning of it when there are very many) by relevance, so that as many as possible are there at all, and
then the most relevant get their full wording while room lasts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from interview_coach.documents.shortening import tightened
from interview_coach.documents.words import terms, topic_terms
from interview_coach.domain.evidence import CvItem, Requirement

OPENING_BUDGET = 2000
"""Characters of each document for the first question."""
FOLLOW_UP_BUDGET = 1500
"""Characters of each document for every later one."""

_FOCUS = 0.6


@dataclass(frozen=True, slots=True)
class _Candidate:
    relevance: float
    start: int
    end: int
    short_start: int
    short_end: int


def select(text: str, spans: Sequence[Requirement | CvItem], budget: int, focus: Sequence[str] = ()) -> str:
    """The most relevant of `spans`, one a line, in at most `budget` characters of `text`'s own words.

    A text that fits is given whole; without spans its first whole lines are. `focus` names words or phrases that the
    next question is about: spans that hold them come first. Contact data must have been taken out before.
    """
    if budget <= 0:
        return ""
    if len(text.strip()) <= budget:
        return text.strip()
    candidates = _candidates(text, spans, focus)
    if not candidates:
        return _first_lines(text, budget)
    chosen = _short_forms(text, candidates, budget)
    room = budget - sum(end - start + 1 for start, end in chosen.values()) + 1
    for index, candidate in enumerate(candidates):
        if index in chosen:
            more = (candidate.end - candidate.start) - (chosen[index][1] - chosen[index][0])
            if 0 < more < room:
                chosen[index] = (candidate.start, candidate.end)
                room -= more
    return "\n".join(" ".join(text[a:b].split()) for a, b in _merged(sorted(chosen.values())))


def is_kept(selected: str, item: Requirement | CvItem) -> bool:
    """One line of the selection holds the item's label, or its beginning of two words or more."""
    label = " ".join(item.label.split())
    return any(
        label in line or (len(line.split()) >= 2 and label.startswith(line) and topic_terms(line))
        for line in selected.splitlines()
    )


def _short_forms(text: str, candidates: list[_Candidate], budget: int) -> dict[int, tuple[int, int]]:
    """By relevance as many as fit; when not all labels do, long ones are cut between phrases to an equal share."""
    sizes = [candidate.short_end - candidate.short_start + 1 for candidate in candidates]
    share = None if sum(sizes) <= budget + 1 else max(18, budget // len(candidates) - 1)
    chosen: dict[int, tuple[int, int]] = {}
    room = budget + 1
    for index, candidate in enumerate(candidates):
        start, end = candidate.short_start, candidate.short_end
        if share is not None and end - start > share:
            cut = tightened(text[start:end], share)
            end = start + len(cut) if topic_terms(cut) else end
        if end - start + 1 <= room:
            chosen[index] = (start, end)
            room -= end - start + 1
    return chosen


def _candidates(text: str, spans: Sequence[Requirement | CvItem], focus: Sequence[str]) -> list[_Candidate]:
    sought = set(terms(" ".join(focus)))
    found = []
    for item in spans:
        if not item.span.is_in(text):
            continue
        weight = item.importance if isinstance(item, Requirement) else item.weight
        if sought:
            weight += _FOCUS * len(sought & set(terms(item.span.text))) / len(sought)
        offset = item.span.text.find(item.label)
        short_start = item.span.start + offset if offset >= 0 else item.span.start
        short_end = short_start + len(item.label) if offset >= 0 else item.span.end
        found.append(_Candidate(weight, item.span.start, item.span.end, short_start, short_end))
    return sorted(found, key=lambda c: (-c.relevance, c.start))


def _merged(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in ranges:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _first_lines(text: str, budget: int) -> str:
    kept: list[str] = []
    room = budget
    for line in text.splitlines():
        line = line.strip()
        if line and len(line) < room:
            kept.append(line)
            room -= len(line) + 1
        elif line and not kept:
            return line[:budget].rsplit(" ", 1)[0]
        elif line:
            break
    return "\n".join(kept)
