"""How well the lines of a CV are found that answer what an ad asks for: CVs beside ads, labelled by hand.

Run: python -m benchmarks.matching [--misses]

See tests/corpus/matches/README.md for the labels. `tuned` was looked at while the rules were made, `held_out` was not.

- precision: requirements shown with a right line, of all that are shown with a line;
- recall: requirements shown with a right line, of all that the CV has a line for;
- the same for what is shown as a line or as one that only may fit.
"""

import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from interview_coach.documents.cv_items import find_cv_items
from interview_coach.documents.matching import best_evidence, best_guess
from interview_coach.documents.requirements import find_requirements
from interview_coach.domain.evidence import CvItem, Requirement, Span

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "tests" / "corpus"
SHARED = ROOT.parent / "shared" / "samples"
Finder = Callable[[Requirement, tuple[CvItem, ...]], int | None]


@dataclass
class Tally:
    """Counts over labelled requirements."""

    asked: int = 0
    answered: int = 0
    """The CV has a line for it."""
    shown: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.shown if self.shown else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.answered if self.answered else 1.0

    def add(self, other: "Tally") -> None:
        self.asked += other.asked
        self.answered += other.answered
        self.shown += other.shown
        self.right += other.right


def labelled() -> list[tuple[str, dict[str, object], str, str]]:
    """Name, labels, CV and ad; pairs whose texts lie in the shared samples only where those are."""
    found = []
    for path in sorted((CORPUS / "matches").glob("*.json")):
        labels = json.loads(path.read_text(encoding="utf-8"))
        cv, ad = _text("cvs", labels["cv"]), _text("ads", labels["ad"])
        if cv is not None and ad is not None:
            found.append((path.stem, labels, cv, ad))
    return found


def _text(folder: str, name: str) -> str | None:
    for place in (CORPUS / folder, SHARED):
        path = place / f"{name}.txt"
        if path.exists():
            return path.read_text(encoding="utf-8")
    return None


def measure(lines: dict[str, list[str]], cv: str, ad: str, best: Finder, misses: list[str]) -> Tally:
    """Counts of one pair of texts."""
    requirements, items = find_requirements(ad), find_cv_items(cv)
    tally = Tally()
    for asked, answers in lines.items():
        start = ad.index(asked)
        there = [r for r in requirements if r.span.start < start + len(asked) and start < r.span.end]
        tally.asked += 1
        tally.answered += bool(answers)
        index = best(there[0], items) if there else None
        if index is None:
            if answers:
                misses.append(f"missed: {asked} -> {answers[0]}")
            continue
        span = items[index].span
        right = any(_lies_in(line, cv, span) for line in answers)
        tally.shown += 1
        tally.right += right
        if not right:
            misses.append(f"wrong:  {asked} -> {' '.join(span.text.split())}")
    return tally


def _lies_in(line: str, cv: str, span: Span) -> bool:
    """The labelled words, wherever they stand, and the line that is shown have something in common."""
    places = [match.start() for match in re.finditer(re.escape(line), cv)]
    return any(at < span.end and span.start < at + len(line) for at in places)


def totals(best: Finder, *, misses: bool = False) -> dict[str, Tally]:
    """half -> counts of all its pairs."""
    found: dict[str, Tally] = {}
    for name, labels, cv, ad in labelled():
        wrong: list[str] = []
        tally = measure(labels["lines"], cv, ad, best, wrong)  # type: ignore[arg-type]
        found.setdefault(str(labels["half"]), Tally()).add(tally)
        if misses and labels["half"] == "tuned":
            print(name, *wrong, sep="\n      ")
    return found


def either(requirement: Requirement, items: tuple[CvItem, ...]) -> int | None:
    """The line that is shown, be it one that only may fit."""
    found = best_evidence(requirement, items)
    return best_guess(requirement, items) if found is None else found


def show(*, misses: bool = False) -> None:
    """Print the table."""
    print(f"{'lines of the CV':24} {'half':9} asked answered shown right precision recall")
    for name, best in (("shown as answers", best_evidence), ("or as what may fit", either)):
        for half, tally in sorted(totals(best, misses=misses).items(), reverse=True):
            print(
                f"{name:24} {half:9} {tally.asked:5} {tally.answered:8} {tally.shown:5} {tally.right:5}"
                f"      {tally.precision:4.0%}   {tally.recall:4.0%}"
            )


if __name__ == "__main__":
    show(misses="--misses" in sys.argv)
