"""How far a model may go above what the rules see, so that flattery and slipped-through orders gain nothing much.

The rules read an English answer for its form: an event or none, own actions, a result, a list of words. They know no
synonyms, so their marks are no measure of a model's. But their band of the rubric is, with room to spare: a mark may
stand one band above it - two where the question asks for a plan, a view or a reason, which the rules read less well -
and no higher. So "no single event is told" cannot earn what the rubric gives for a vivid event, whoever says so. A
whole story has the top bands above it and is never touched. Other languages have no bounds.
"""

from dataclasses import dataclass

from interview_coach.coach.assessing.gate import Readable
from interview_coach.coach.rules.marking import Kind
from interview_coach.coach.rules.modes import Mode
from interview_coach.domain.rubric import Criterion, Rubric
from interview_coach.domain.scorecard import Marks

_SEEN = {
    Kind.LIST: "words side by side, without a sentence that ties them to something done",
    Kind.ELSEWHERE: "no word that belongs to the question",
    Kind.GENERAL: "general statements, without a single event",
}


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
    if not readable.is_english:
        return None
    marking = readable.marking
    star = marking.study.reading.star
    room = 1 if marking.mode is Mode.STORY else 2
    if marking.kind is Kind.LIST:
        room -= 1
    elif marking.kind is Kind.ELSEWHERE and star.action is not None and star.result is not None:
        room = 2  # a whole story whose words the rules cannot tie to the question: they know no synonyms
    most = {
        criterion.key: _top(criterion, getattr(marking, criterion.key), room)
        for criterion in rubric.criteria
        if criterion.key in {"accuracy", "completeness", "clarity"}
    }
    marks = Marks(most["accuracy"], most["completeness"], most["clarity"])
    if marks.total >= sum(criterion.maximum for criterion in rubric.criteria):
        return None
    return Ceiling(marks, _SEEN.get(marking.kind) or _gaps(readable))


def _gaps(readable: Readable) -> str:
    """What the rules miss in an answer that does tell something."""
    star = readable.marking.study.reading.star
    missing = {"situation": "situation", "task": "task", "action": "action of your own", "result": "result"}
    gone = [name for part, name in missing.items() if getattr(star, part) is None]
    if not gone:
        return "few details"
    return "no " + (gone[0] if len(gone) == 1 else ", ".join(gone[:-1]) + " or " + gone[-1])


def _top(criterion: Criterion, marks: int, room: int) -> int:
    """The highest mark of the band that lies `room` bands above the one that `marks` is in."""
    lowest = [anchor.lowest for anchor in criterion.anchors]  # from the top band down
    band = next(index for index, low in enumerate(lowest) if marks >= low)
    above = band - room
    return criterion.maximum if above <= 0 else lowest[above - 1] - 1
