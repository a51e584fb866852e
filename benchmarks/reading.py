"""How well answers are read: STAR parts, kind of answer and the phrase that would be quoted first.

    python -m benchmarks.reading [--errors]

The answers are our own, over sixteen trades and many styles. The tuned half was looked at while the rules were
written, the held-out half was not; `--errors` lists what went wrong in the tuned half only.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from interview_coach.domain.evidence import Span
from interview_coach.domain.reading import Reading, read_answer

ANSWERS = Path(__file__).parent.parent / "tests" / "corpus" / "answers"
PARTS = ("situation", "task", "action", "result")
HALVES = ("tuned", "held_out")


@dataclass(frozen=True)
class Part:
    """Where a part is told. `optional`: a reader may also not count it."""

    quotes: tuple[str, ...]
    optional: bool

    def is_met(self, span: Span, answer: str) -> bool:
        """The span overlaps one of the quotes."""
        places = [(start, start + len(quote)) for quote in self.quotes if (start := answer.find(quote)) >= 0]
        return any(span.start < end and start < span.end for start, end in places)


@dataclass(frozen=True)
class Sample:
    """One answer with what a careful reader finds in it."""

    id: str
    half: str
    style: str
    question: str
    answer: str
    substance: tuple[str, ...]
    """Any of these is right."""
    parts: dict[str, Part | None]
    quotable: tuple[str, ...]
    """Phrases that may be said back; none when nothing is worth it."""
    not_quotable: tuple[str, ...]

    @property
    def reading(self) -> Reading:
        """As the product reads it."""
        return read_answer(self.answer, self.question)

    def is_well_quoted(self, reading: Reading) -> bool:
        """The first phrase is one that a listener would repeat."""
        if not reading.phrases:
            return not self.quotable
        return reading.phrases[0].text in self.quotable


@dataclass(frozen=True)
class Figures:
    """Shares, 0-1."""

    recall: dict[str, float]
    precision: dict[str, float]
    substance: float
    first_phrase: float
    bad_phrases: int
    """Phrases among the first three that must not be quoted."""


def load(half: str | None = None) -> list[Sample]:
    """All samples, or those of one half."""
    found = []
    for path in sorted(ANSWERS.glob("*.json")):
        for data in json.loads(path.read_text(encoding="utf-8")):
            parts = {
                name: Part(tuple(data[name]["quotes"]), data[name]["optional"]) if data[name] else None
                for name in PARTS
            }
            found.append(
                Sample(
                    data["id"],
                    data["half"],
                    data["style"],
                    data["question"],
                    data["answer"],
                    tuple(data["substance"]),
                    parts,
                    tuple(data["quotable"]),
                    tuple(data["not_quotable"]),
                )
            )
    return [sample for sample in found if half is None or sample.half == half]


def mistakes(sample: Sample) -> list[str]:
    """What a careful reader would object to."""
    reading, found = sample.reading, []
    for name in PARTS:
        outcome = _judge(sample, reading, name)
        if outcome not in {"right", "absent"}:
            span = getattr(reading.star, name)
            found.append(f"{name} {outcome}: {span.text if span else '-'}")
    if reading.substance.value not in sample.substance:
        found.append(f"substance: {reading.substance.value}, not {' or '.join(sample.substance)}")
    if not sample.is_well_quoted(reading):
        found.append(f"first phrase of {[phrase.text for phrase in reading.phrases[:4]]}")
    found += [f"bad phrase: {phrase.text}" for phrase in reading.phrases[:3] if phrase.text in sample.not_quotable]
    return found


def _judge(sample: Sample, reading: Reading, name: str) -> str:
    part, span = sample.parts[name], getattr(reading.star, name)
    if part is None:
        return "absent" if span is None else "invented"
    if span is None:
        return "absent" if part.optional else "missed"
    return "right" if part.is_met(span, sample.answer) else "misplaced"


def measure(samples: Sequence[Sample]) -> Figures:
    """Precision and recall of each part, and the shares of right kinds and good first phrases."""
    recall: dict[str, float] = {}
    precision: dict[str, float] = {}
    readings = {sample.id: sample.reading for sample in samples}
    for name in PARTS:
        outcomes = [_judge(sample, readings[sample.id], name) for sample in samples]
        right = outcomes.count("right")
        wrong = outcomes.count("misplaced")
        recall[name] = right / max(1, right + outcomes.count("missed") + wrong)
        precision[name] = right / max(1, right + outcomes.count("invented") + wrong)
    kinds = sum(readings[sample.id].substance.value in sample.substance for sample in samples)
    quoted = sum(sample.is_well_quoted(readings[sample.id]) for sample in samples)
    bad = sum(phrase.text in sample.not_quotable for sample in samples for phrase in readings[sample.id].phrases[:3])
    return Figures(recall, precision, kinds / len(samples), quoted / len(samples), bad)


def main(arguments: Sequence[str]) -> None:
    """Print the figures of both halves."""
    for half in HALVES:
        samples = load(half)
        figures = measure(samples)
        print(f"{half}: {len(samples)} answers")
        for name in PARTS:
            print(f"  {name:<10} recall {figures.recall[name]:.2f}  precision {figures.precision[name]:.2f}")
        print(f"  substance {figures.substance:.2f}  first phrase {figures.first_phrase:.2f}", end="")
        print(f"  phrases that must not be quoted {figures.bad_phrases}")
        if half == "tuned" and "--errors" in arguments:
            for sample in samples:
                for mistake in mistakes(sample):
                    print(f"    {sample.id}: {mistake}")


if __name__ == "__main__":
    main(sys.argv[1:])
