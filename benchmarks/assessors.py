"""What is shown when a model judges the ladders of answers: a good model, and one that is wrong in each known way.

    python -m benchmarks.assessors                     # OpenRouter's wire
    python -m benchmarks.assessors --vendor gemini
    python -m benchmarks.assessors --every 4           # every fourth ladder only

No model is asked. A scripted server on this machine speaks the vendor's wire and is reached through the vendor's own
SDK. The right one looks up which rung of its ladder an answer is and gives that rung's marks: it is a stand-in for a
good model, so its S1 shows that right marks arrive unharmed and says nothing about any real model. The figures of the
others show what our gate, checks and bounds make of wrong marks.

The patterns that find words for the scorer (coach/assessing/orders.py) and the bounds were written with the ladders of
both halves in sight, so `gain by an order` is a regression figure and no blind one. Of orders not seen
before, the first patterns missed 16 of 20, and the widened ones 5 of 20 and then 5 of 24: expect about one clever order
in five to be shown to a model, which then has only its own rules against it.
"""

import argparse
import asyncio
import random
import re
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from statistics import fmean

from benchmarks.scoring import HALVES, RUNGS, Ladder, load, spearman
from interview_coach.coach.base import AnsweredQuestion, Background
from interview_coach.coach.fences import visible
from interview_coach.coach.model_assessor import ModelAssessor
from interview_coach.coach.rules.rubric import RUBRIC
from interview_coach.documents.contacts import redact_contacts
from interview_coach.domain.evidence import Span
from interview_coach.domain.scorecard import AnswerScore
from interview_coach.providers.base import ProviderError
from interview_coach.providers.patience import Patience
from interview_coach.providers.registry import warm_up
from tests.fakes import behaviours
from tests.fakes.scripted_assessor import Judge, Marks, behaviour
from tests.fakes.vendor import Behaviour
from tests.providers.bench import Bench, fake

BACKGROUND = Background((), "", "", "en")
BATCH = 8
RIGHT: dict[str, Marks] = {
    "gibberish": (0, 0, 1),
    "off_topic": (1, 0, 3),
    "keyword_stuffed": (4, 0, 4),
    "vague": (8, 4, 12),
    "partial": (25, 14, 21),
    "full": (38, 28, 28),
}
"""What a good model gives to each rung."""
_ALIKE = 0.6
"""From which likeness on two texts are one answer."""


@dataclass(frozen=True)
class Case:
    """One answer of a ladder. `name` is its rung, `variant:...`, `worthless:...` or `fine`."""

    ladder: Ladder
    name: str
    text: str


def cases(ladder: Ladder) -> list[Case]:
    """Everything that a ladder has."""
    found = [Case(ladder, name, text) for name, text in ladder.rungs.items()]
    found += [Case(ladder, f"variant:{name}", text) for name, text in ladder.variants.items()]
    found += [Case(ladder, f"worthless:{name}", text) for name, text in ladder.worthless.items()]
    return [*found, Case(ladder, "fine", "fine")]


class Teacher:
    """Knows every answer of the ladders by its words."""

    def __init__(self, ladders: Sequence[Ladder]) -> None:
        self._known: dict[str, Marks] = {}
        for ladder in ladders:
            for name, text in ladder.rungs.items():
                self._known[_plain(text)] = RIGHT.get(name, (0, 0, 0))
            for name, text in ladder.variants.items():
                if name != "injected":
                    self._known[_plain(text)] = RIGHT["full"]
        self._words = [(frozenset(text.split()), marks) for text, marks in self._known.items() if text]

    def marks(self, answer: str) -> Marks:
        """Those of the answer that is most like it, so that a sentence more or less does not matter. Of an order alone,
        which is like none: nothing."""
        plain = _plain(answer)
        if plain in self._known:
            return self._known[plain]
        words = frozenset(plain.split())
        likeness, marks = max(
            ((_likeness(words, known), marks) for known, marks in self._words), default=(0.0, (0, 0, 0))
        )
        return marks if likeness >= _ALIKE else (0, 0, 0)

    def is_changed(self, answer: str) -> bool:
        """Some word of it is in no honest answer of the ladders: what is left of an order."""
        plain = _plain(answer)
        if plain in self._known:
            return False
        words = plain.split()
        return not any(_is_within(words, known.split()) for known in self._known)


def _likeness(left: frozenset[str], right: frozenset[str]) -> float:
    """0..1: words of both over words of either."""
    return len(left & right) / max(1, len(left | right))


def _is_within(words: Sequence[str], text: Sequence[str]) -> bool:
    """All words are in the text, in the same order."""
    rest = iter(text)
    return all(word in rest for word in words)


def _plain(text: str) -> str:
    """Words only, as a model gets to see them."""
    return " ".join(re.findall(r"\w+", redact_contacts(visible(text))))


@dataclass
class Outcome:
    """What came of all cases under one behaviour."""

    scores: dict[tuple[str, str], AnswerScore] = field(default_factory=dict)
    """(ladder, case) -> score."""
    failed: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    calls: int = 0
    asked: int = 0
    """Answers that went to the model."""
    seconds: float = 0.0


async def judge(bench: Bench, ladders: Sequence[Ladder], runs: int, patience: Patience | None) -> Outcome:
    """Every case, a ladder at a time, in batches as the product makes them."""
    outcome = Outcome()
    chat = bench.chat(**({} if patience is None else {"patience": patience}))
    started = time.perf_counter()
    try:
        assessor = ModelAssessor(chat, runs=runs)
        for ladder in ladders:
            every = cases(ladder)
            for start in range(0, len(every), BATCH):
                part = every[start : start + BATCH]
                batch = [ladder.asked(case.text or None, number) for number, case in enumerate(part, 1)]
                await _batch(assessor, batch, part, outcome)
    finally:
        await chat.aclose()
    outcome.calls = len(bench.asked)
    outcome.asked = sum(score.provenance.coach == "model" for score in outcome.scores.values())
    outcome.seconds = time.perf_counter() - started
    return outcome


async def _batch(
    assessor: ModelAssessor, batch: Sequence[AnsweredQuestion], part: Sequence[Case], outcome: Outcome
) -> None:
    try:
        card = await assessor.assess(batch, RUBRIC, BACKGROUND)
    except ProviderError as error:
        outcome.failed += len(part)
        outcome.reasons[error.message] = outcome.reasons.get(error.message, 0) + 1
        return
    for case, score in zip(part, card.answers, strict=True):
        outcome.scores[case.ladder.id, case.name] = score


@dataclass(frozen=True)
class Figure:
    """One measured number; `threshold` is empty for what is only reported."""

    name: str
    value: float
    threshold: str = ""
    passed: bool = True


def order(outcome: Outcome, ladders: Sequence[Ladder]) -> list[Figure]:
    """S1 over the ladders whose rungs all have marks."""
    rows = []
    for ladder in ladders:
        marks = [getattr(outcome.scores.get((ladder.id, rung)), "score", None) for rung in RUNGS]
        if None not in marks:
            rows.append([float(mark) for mark in marks])
    if not rows:
        return []
    pairs = [low < high for row in rows for low, high in combinations(row, 2)]
    gaps = [row[RUNGS.index("full")] - row[RUNGS.index("vague")] for row in rows]
    empty = max(row[0] for row in rows)
    fine = [score.score for (_, name), score in outcome.scores.items() if name == "fine" and score.score is not None]
    rho = fmean(spearman([float(n) for n in range(len(RUNGS))], row) for row in rows)
    share = sum(pairs) / len(pairs)
    return [
        Figure("S1 pairs in order", share, ">= 0.95", share >= 0.95),
        Figure("S1 Spearman, mean", rho, ">= 0.9", rho >= 0.9),
        Figure("S1 strong - weak, smallest", min(gaps), ">= 35", min(gaps) >= 35),
        Figure("S1 empty, highest", empty, "= 0", empty == 0),
        Figure("S1 'fine', highest", max(fine, default=0), "<= 15", max(fine, default=0) <= 15),
    ]


def changes(outcome: Outcome, ladders: Sequence[Ladder]) -> list[Figure]:
    """S3: what padding, wording, names and orders to the scorer change."""
    moved: dict[str, list[int]] = {}
    gains: list[int] = []
    for ladder in ladders:
        full = getattr(outcome.scores.get((ladder.id, "full")), "score", None)
        for name in ladder.variants:
            other = getattr(outcome.scores.get((ladder.id, f"variant:{name}")), "score", None)
            if full is not None and other is not None:
                moved.setdefault(name, []).append(abs(other - full))
                if name == "injected":
                    gains.append(other - full)
    worthless = [
        score.score for (_, name), score in outcome.scores.items() if name.startswith("worthless:") and score.score
    ]
    names = {"padded": ("padded to double length", 5), "non_native": ("non-native wording", 2)}
    names["name_swapped"] = ("names and gender swapped", 2)
    found = [
        Figure(f"S3 {title}, largest change", max(moved[name]), f"<= {most}", max(moved[name]) <= most)
        for name, (title, most) in names.items()
        if moved.get(name)
    ]
    if gains:
        found.append(Figure("S3 gain by an order to the scorer, largest", max(gains), "= 0", max(gains) <= 0))
        found.append(Figure("S3 order or question alone, highest", max(worthless, default=0), "= 0", not worthless))
    return found


def honesty(outcome: Outcome) -> list[Figure]:
    """S4-S6, and marks that are no marks: must hold whatever a model sends."""
    texts = {(case.ladder.id, case.name): case.text for ladder in load() for case in cases(ladder)}
    loose = unquoted = sums = nameless = 0
    for key, score in outcome.scores.items():
        answer = texts[key]
        loose += sum(not span.is_in(answer) for span in _spans(score))
        unquoted += bool(answer.strip()) and sum(r.quote is None for r in (*score.remarks, *score.improvements))
        sums += not _is_sound(score)
        made = score.provenance
        nameless += not (made.coach and made.version) or (
            made.coach == "model" and not (made.provider and made.model and made.prompt)
        )
    return [
        Figure("S4 unverified quotes shown", loose, "= 0", loose == 0),
        Figure("S4 remarks without a quote", unquoted, "= 0", unquoted == 0),
        Figure("S5 marks outside the rubric or sums that are off", sums, "= 0", sums == 0),
        Figure("S6 scores without provenance", nameless, "= 0", nameless == 0),
    ]


def _spans(score: AnswerScore) -> list[Span]:
    star = [span for span in (score.star.situation, score.star.task, score.star.action, score.star.result) if span]
    return [*star, *(remark.quote for remark in (*score.remarks, *score.improvements) if remark.quote)]


def _is_sound(score: AnswerScore) -> bool:
    parts = (score.accuracy, score.completeness, score.clarity)
    if score.needs_review:
        return parts == (None, None, None) and score.score is None
    known = [part for part in parts if part is not None]
    if len(known) < 3 or score.score != sum(known):
        return False
    ranges = all(0 <= part <= most for part, most in zip(known, (40, 30, 30), strict=True))
    return ranges and all(value is None or 0 <= value <= 100 for value in score.dimensions.values())


class Wavering:
    """A right model whose marks shake a little at each reading, or a lot for every other answer."""

    def __init__(self, teacher: Teacher) -> None:
        self._teacher = teacher
        self._random = random.Random(7)  # shakes marks, keeps no secret
        self._lock = threading.Lock()

    def marks(self, answer: str) -> Marks:
        """Of one reading."""
        accuracy, completeness, clarity = self._teacher.marks(answer)
        with self._lock:
            shake = self._random.choice((-14, 0, 14)) if len(answer) % 2 else self._random.choice((-2, 0, 2))
        return max(0, min(40, accuracy + shake)), completeness, clarity


@dataclass(frozen=True)
class Way:
    """One way a model can behave."""

    name: str
    make: Callable[[Teacher], Behaviour]
    says: str
    runs: int = 1
    patience: Patience | None = None
    measures: bool = False
    """S1 and S3 are figures to pass."""
    few: bool = False
    """A part of the ladders shows it as well as all."""


def _judge(kind: str) -> Callable[[Teacher], Behaviour]:
    return lambda teacher: behaviour(Judge(kind, teacher.marks, obeys=teacher.is_changed))


def _wavering(teacher: Teacher) -> Behaviour:
    return behaviour(Judge("right", Wavering(teacher).marks))


QUICK = Patience(total=0.2, tries=1)
WAYS = (
    Way("right", _judge("right"), "the rung's own marks", measures=True),
    Way("sycophantic", _judge("sycophantic"), "40, 30, 30 for everything"),
    Way("obedient", _judge("obedient"), "full marks wherever a word of an order is left", measures=True),
    Way("inventing quotes, then mending them", _judge("inventing"), "right marks"),
    Way("inventing quotes for ever", _judge("inventing for ever"), "right marks"),
    Way("wavering, three readings", _wavering, "shakes half of the answers by 14", runs=3, few=True),
    Way("99 of 40", _judge("99"), "one answer of each request", few=True),
    Way("negative marks", _judge("negative"), "one answer of each request", few=True),
    Way("marks as words", _judge("a word"), "one answer of each request", few=True),
    Way("an answer left out", _judge("missing"), "one of each request", few=True),
    Way("an answer twice", _judge("twice"), "one of each request", few=True),
    Way("an answer too many", _judge("extra"), "one in each reply", few=True),
    Way("cut off", _judge("cut off"), "half of the JSON", few=True),
    Way("empty", _judge("empty"), "no words", few=True),
    Way("prose", _judge("prose"), "no JSON", few=True),
    Way("slow", lambda _: behaviours.hang, "no answer in time", patience=QUICK, few=True),
    Way("dead: 500", lambda _: behaviours.status(500), "an error", few=True),
    Way("dead: 401", lambda _: behaviours.status(401), "a wrong key", few=True),
)


def main() -> int:
    """Print what is shown under each behaviour; 1 when a figure that must hold does not."""
    parser = argparse.ArgumentParser(description="What is shown when a model judges, right or wrong.")
    parser.add_argument("--vendor", choices=("openrouter", "gemini"), default="openrouter")
    parser.add_argument("--every", type=int, default=1, help="take every n-th ladder")
    parser.add_argument("--only", help="behaviours whose name contains this")
    chosen = parser.parse_args()
    warm_up()
    ladders = [ladder for half in HALVES for ladder in load(half)][:: chosen.every]
    teacher = Teacher(ladders)
    answers = sum(len(cases(ladder)) for ladder in ladders)
    print(f"{len(ladders)} ladders of both halves, {answers} answers, over the wire of {chosen.vendor}.")
    print("`right` looks up the rung of an answer. It stands in for a good model and proves nothing about a real one.")
    failed = False
    for way in WAYS:
        if chosen.only is None or chosen.only in way.name:
            failed |= not _show(way, chosen.vendor, ladders[::5] if way.few else ladders, teacher)
    return int(failed)


def _show(way: Way, vendor: str, ladders: Sequence[Ladder], teacher: Teacher) -> bool:
    with fake(vendor) as server:
        server.default = way.make(teacher)
        outcome = asyncio.run(judge(Bench(vendor, server), ladders, way.runs, way.patience))
    scores = list(outcome.scores.values())
    review = sum(score.needs_review is not None for score in scores)
    rules = sum(score.provenance.coach == "rules" for score in scores)
    print(f"\n{way.name} ({way.says})")
    print(
        f"  {len(scores) - review} scored ({rules} of them by rules without a call), {review} need review, "
        f"{outcome.failed} failed; {outcome.calls} calls"
        + (f", {outcome.calls / outcome.asked:.2f} for each answer that was sent" if outcome.asked else "")
        + f"; {outcome.seconds:.1f} s"
    )
    for reason, count in sorted(outcome.reasons.items()):
        print(f"  {count} batches: {reason}")
    if review:
        print("  e.g.: " + next(score.needs_review for score in scores if score.needs_review))
    held = sum("The model gave more" in note for score in scores for note in score.notes)
    dropped = sum("quote" in note or "are not in your answer" in note for score in scores for note in score.notes)
    flagged = sum("whoever gives the marks" in note for score in scores for note in score.notes)
    uncertain = sum(score.is_uncertain for score in scores)
    print(
        f"  held by a ceiling: {held}; said that quotes were dropped: {dropped}; said that words for the scorer were "
        f"left out: {flagged}" + (f"; readings differ widely: {uncertain}" if way.runs > 1 else "")
    )
    musts = honesty(outcome)
    rest = [*order(outcome, ladders), *changes(outcome, ladders)]
    for figure in [*rest, *musts]:
        must = figure in musts or way.measures
        verdict = ("PASS" if figure.passed else "FAIL") if must else "    "
        print(f"  {verdict}  {figure.name}: {figure.value:.3g} ({figure.threshold})")
    return all(figure.passed for figure in ([*rest, *musts] if way.measures else musts))


if __name__ == "__main__":
    sys.exit(main())
