"""How far a model may go where nothing is told, so that flattery and slipped-through orders gain little there.

Where a question asks for something that happened and the rules see no event, no action and no result in an English
answer, the rubric itself says what that can earn: "the right subject, but no single event" and no more. Words strung
together earn less. Where a plan, a view or a reason is asked for, which the rules read less well, there is one band of
room more. An answer that tells an event has no bound, whatever its words, because the rules know no synonyms; nor has
an answer in another language.
"""

from dataclasses import dataclass

from interview_coach.coach.assessing.gate import Readable
from interview_coach.coach.rules.marking import Kind
from interview_coach.coach.rules.modes import Mode
from interview_coach.domain.rubric import Criterion, Rubric
from interview_coach.domain.scorecard import Marks

_BANDS = {
    (Kind.LIST, True): (3, 3, 3),
    (Kind.LIST, False): (2, 2, 2),
    (Kind.GENERAL, True): (2, 2, 1),
    (Kind.GENERAL, False): (1, 1, 0),
    (Kind.ELSEWHERE, True): (2, 2, 1),
}
"""(what the rules see, an event was asked for) -> the best band of accuracy, completeness and clarity that is within
reach, counted from the top, 0 = the highest."""
_SEEN = {
    Kind.LIST: "words side by side, and nothing that ties them to something done",
    Kind.GENERAL: "general statements and no single event",
    Kind.ELSEWHERE: "no event, and no word that belongs to the question",
}
_KEYS = ("accuracy", "completeness", "clarity")


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The highest marks that an answer can get from a model."""

    marks: Marks
    seen: str
    """What the rules find, as part of a sentence."""

    def over(self, marks: Marks) -> bool:
        """Some mark is higher."""
        return self.hold(marks) != marks

    def hold(self, marks: Marks) -> Marks:
        """The marks, none above the ceiling."""
        most = self.marks
        return Marks(
            min(marks.accuracy, most.accuracy),
            min(marks.completeness, most.completeness),
            min(marks.clarity, most.clarity),
        )

    @property
    def note(self) -> str:
        """For the reader of the report."""
        most = self.marks
        return (
            f"The model gave more. The built-in rules find {self.seen}, and for that the rubric has at most "
            f"{most.accuracy} of 40, {most.completeness} of 30 and {most.clarity} of 30."
        )


def ceiling(readable: Readable, rubric: Rubric) -> Ceiling | None:
    """The bound of one answer; None when there is none."""
    marking = readable.marking
    bands = _BANDS.get((marking.kind, marking.mode is Mode.STORY))
    if bands is None or not readable.is_english or (marking.kind is Kind.ELSEWHERE and marking.study.story.is_event):
        return None
    criteria = {criterion.key: criterion for criterion in rubric.criteria}
    most = [_top(criteria[key], band) for key, band in zip(_KEYS, bands, strict=True)]
    return Ceiling(Marks(*most), _SEEN[marking.kind])


def _top(criterion: Criterion, band: int) -> int:
    """The highest mark of a band, counted from the top."""
    return criterion.maximum if band == 0 else criterion.anchors[band - 1].lowest - 1
