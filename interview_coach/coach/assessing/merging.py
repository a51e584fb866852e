"""One verdict out of one or several readings of the same answer: the median of each mark, and the words of the reading
that lies closest to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median_low

from interview_coach.coach.assessing.bounds import Ceiling
from interview_coach.coach.assessing.readings import DIMENSIONS, Reading
from interview_coach.coach.assessing.schema import Judgement
from interview_coach.coach.leaks import Secrets
from interview_coach.domain.scorecard import Marks

_COUNTS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Marks of one answer, and the judgement whose words go with them."""

    marks: Marks
    runs: tuple[Marks, ...]
    """Every usable reading when there were several, each below the ceiling; empty for a single one."""
    dimensions: dict[str, int | None]
    judgement: Judgement
    model: str
    secrets: tuple[Secrets, ...]
    notes: tuple[str, ...]


def needed(asked: int) -> int:
    """How many readings must be usable: more than half."""
    return asked // 2 + 1


def merge(number: int, readings: Sequence[Reading], asked: int, ceiling: Ceiling | None) -> Verdict | str:
    """The verdict on one answer, or why there is none. `asked` is how many readings were asked for.

    Of an even number of readings the lower one in the middle counts, so that a mark is always one that was given.
    """
    usable = [reading for reading in readings if number in reading.judgements]
    if len(usable) < needed(asked):
        reason = next((reading.reasons[number] for reading in readings if number in reading.reasons), "")
        if asked == 1:
            return reason
        count = _COUNTS.get(len(usable), str(len(usable))) if usable else "none"
        return f"Of {_COUNTS.get(asked, str(asked))} readings by the model {count} could be used. {reason}".strip()
    raw = [_marks(reading.judgements[number]) for reading in usable]
    held = [ceiling.hold(marks) if ceiling else marks for marks in raw]
    marks = Marks(
        median_low(one.accuracy for one in held),
        median_low(one.completeness for one in held),
        median_low(one.clarity for one in held),
    )
    closest = min(range(len(held)), key=lambda index: abs(held[index].total - marks.total))
    notes = []
    if len(usable) < asked:
        notes.append(
            f"{_COUNTS.get(len(usable), str(len(usable))).capitalize()} of {_COUNTS.get(asked, str(asked))} "
            "readings by the model could be used."
        )
    if ceiling is not None and any(map(ceiling.over, raw)):
        notes.append(ceiling.note)
    return Verdict(
        marks=marks,
        runs=tuple(held) if asked > 1 else (),
        dimensions=_dimensions([reading.judgements[number] for reading in usable], marks, ceiling),
        judgement=usable[closest].judgements[number],
        model=usable[closest].model,
        secrets=tuple(secret for reading in readings for secret in reading.secrets),
        notes=tuple(notes),
    )


def _marks(judgement: Judgement) -> Marks:
    return Marks(judgement.accuracy, judgement.completeness, judgement.clarity)


def _dimensions(judgements: Sequence[Judgement], marks: Marks, ceiling: Ceiling | None) -> dict[str, int | None]:
    """communication is the clarity mark; the others are the median of what was measurable for most readings, and no
    higher than the ceiling lets the marks be."""
    found: dict[str, int | None] = {"communication": round(100 * marks.clarity / 30)}
    for name in DIMENSIONS:
        values = [value for one in judgements if 0 <= (value := getattr(one, name)) <= 100]
        most = 100
        if ceiling is not None:
            bound, of = (ceiling.marks.clarity, 30) if name == "confidence" else (ceiling.marks.accuracy, 40)
            most = round(100 * bound / of)
        found[name] = min(most, median_low(values)) if len(values) * 2 > len(judgements) else None
    return found
