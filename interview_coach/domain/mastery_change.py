"""What some answers changed: mastery before and after them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from interview_coach.domain.mastery import Mastery, Observation, by_competency, by_topic


@dataclass(frozen=True, slots=True)
class Change:
    """One competency, or one subject of it."""

    before: Mastery | None
    """None: nothing was known of it."""
    after: Mastery

    @property
    def competency(self) -> str:
        return self.after.competency

    @property
    def subject(self) -> str:
        """Empty: the competency as a whole."""
        return self.after.subject

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
    page tells of competencies only."""

    before: Sequence[Observation]
    added: Sequence[Observation]

    @cached_property
    def competencies(self) -> tuple[Change, ...]:
        return self._compared(by_competency)

    @cached_property
    def topics(self) -> tuple[Change, ...]:
        return self._compared(by_topic)

    def _compared(self, group: Callable[[Iterable[Observation]], tuple[Mastery, ...]]) -> tuple[Change, ...]:
        touched = {_key(found) for found in group(self.added)}
        earlier = {_key(found): found for found in group(self.before)}
        return tuple(
            Change(earlier.get(_key(found)), found)
            for found in group([*self.before, *self.added])
            if _key(found) in touched
        )


def changed(known: Iterable[Observation], new: Iterable[Observation]) -> Changes:
    """What `new` changes: mastery without and with them.

    Of what was `known`, whatever is later than the last of `new` is left out: it came on top. Where two interviews went
    on at the same time, answers of the other one in between count on both sides, so that the difference is that of
    `new` alone.
    """
    added = list(new)
    end = max((seen.when for seen in added), default=0.0)
    about = {seen.competency for seen in added}
    return Changes([seen for seen in known if seen.when <= end and seen.competency in about], added)


def _key(found: Mastery) -> tuple[str, str]:
    return found.competency, found.subject.casefold()
