"""What some answers changed: mastery before and after them."""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property

from interview_coach.domain.mastery import Course, Standing, plain_subject

Judged = tuple[bool, str, str, int]
"""A judged answer: whether it is one of those whose change is asked for (else it is known without them), its
competency, its subject, and its marks of 100. A plain tuple as rows are, because there may be thousands."""


@dataclass(frozen=True, slots=True)
class Change:
    """One competency, or one subject of it."""

    competency: str
    subject: str
    """Empty: the competency as a whole."""
    before: Standing | None
    """None: nothing was known of it."""
    after: Standing

    @property
    def count(self) -> int:
        """Answers that made the change."""
        return self.after.count - (self.before.count if self.before else 0)

    @property
    def moves_band(self) -> bool:
        """The word for it is another one now; the first word is no move."""
        return self.before is not None and self.before.band is not self.after.band

    @property
    def moves_level(self) -> bool:
        """The next questions are harder or easier than they would have been."""
        return self.before is not None and self.before.level is not self.after.level


@dataclass(frozen=True)
class Changes:
    """All that some answers changed, in the order of their competencies' names; worked out by whoever asks, because a
    page tells of competencies only.

    Where two interviews went on at the same time, answers of the other one in between count on both sides, so that the
    difference is that of the own answers alone.
    """

    answers: Sequence[Judged]
    """In order of time. None is later than the last own one: it would have come on top."""

    @cached_property
    def competencies(self) -> tuple[Change, ...]:
        return _compared((is_own, competency, "", marks) for is_own, competency, _, marks in self.answers)

    @cached_property
    def topics(self) -> tuple[Change, ...]:
        plain = (
            (is_own, competency, plain_subject(subject), marks) for is_own, competency, subject, marks in self.answers
        )
        return _compared(judged for judged in plain if judged[2])


def _compared(answers: Iterable[Judged]) -> tuple[Change, ...]:
    groups: dict[tuple[str, str], list[tuple[bool, int]]] = {}
    spelled: dict[tuple[str, str], str] = {}
    for is_own, competency, subject, marks in answers:
        key = (competency, subject and subject.casefold())
        groups.setdefault(key, []).append((is_own, marks))
        spelled[key] = subject  # as the last one has it
    return tuple(
        _change(key[0], spelled[key], groups[key]) for key in sorted(groups) if any(is_own for is_own, _ in groups[key])
    )


def _change(competency: str, subject: str, seen: Sequence[tuple[bool, int]]) -> Change:
    first = next(place for place, (is_own, _) in enumerate(seen) if is_own)
    before = Course()
    before.see(marks / 100 for _, marks in seen[:first])
    after = copy(before)  # up to here both sides are the same
    before.see(marks / 100 for is_own, marks in seen[first:] if not is_own)
    after.see(marks / 100 for _, marks in seen[first:])
    return Change(competency, subject, before.standing() if before.count else None, after.standing())
