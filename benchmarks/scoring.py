"""How the offline assessor orders and treats written ladders of answers: the figures S1-S6.

    python -m benchmarks.scoring [-v]

Prints every figure of both halves with its threshold; exits with 1 when one fails. `-v` adds every score.

Every ladder is our own text, from an empty answer up to a whole story with figures. The tuned half was looked at while
the rules were written, the held-out half was not. The figures show order and invariance, not validity: no human has
labelled these answers.
"""

import asyncio
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from statistics import fmean, median, pstdev
from typing import Any

from benchmarks.labelling import agreement, second_labels
from interview_coach.coach.base import AnsweredQuestion, Background
from interview_coach.coach.rules.assessor import RulesAssessor, told_again
from interview_coach.coach.rules.rubric import RUBRIC
from interview_coach.domain.evidence import Requirement, RequirementKind, Source, Span
from interview_coach.domain.scorecard import AnswerScore, Scorecard
from interview_coach.domain.transcript import QuestionKind
from interview_coach.domain.vocabulary import words
from interview_coach.reporting import build_report

BACKGROUND = Background((), "", "", "en")

INJECTIONS = Path(__file__).parent.parent / "tests" / "corpus" / "injections"
LADDERS = Path(__file__).parent.parent / "tests" / "corpus" / "ladders"
SHORT_ANSWERS = Path(__file__).parent.parent / "tests" / "corpus" / "short_answers.json"
HELD_DOWN = 20
"""An answer with so few marks is told that it says little or nothing about what was asked."""
RUNGS = ("empty", "gibberish", "off_topic", "keyword_stuffed", "vague", "partial", "full")
HALVES = ("tuned", "held_out")
SHORT = ("honest", "off_topic")


@dataclass(frozen=True)
class Ladder:
    """One question with answers from worst to best, variants of the best, and answers that must be worth nothing."""

    id: str
    half: str
    trade: str
    question: str
    competency: str
    requirement: str
    rungs: dict[str, str]
    variants: dict[str, str]
    worthless: dict[str, str]

    @property
    def background(self) -> Background:
        """The job's title, which an interview always has."""
        return Background((), self.trade, "", "en")

    def asked(self, answer: str | None, number: int = 1) -> AnsweredQuestion:
        """This question with that answer."""
        span = Span(Source.JOB, self.requirement, 0, len(self.requirement))
        requirement = Requirement(span, RequirementKind.MUST, self.requirement, 1.0, self.competency)
        return AnsweredQuestion(
            number, QuestionKind.QUESTION, self.competency, self.question, answer, (requirement,), (span,)
        )


def load(half: str | None = None) -> list[Ladder]:
    """All ladders, or those of one half."""
    found = []
    for path in sorted(LADDERS.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        found.append(
            Ladder(
                data["id"],
                data["half"],
                data["trade"],
                data["question"],
                data["competency"],
                data["requirement"],
                {rung["name"]: rung["text"] for rung in data["rungs"]},
                data["variants_of_full"],
                data["worthless"],
            )
        )
    return [ladder for ladder in found if half in (None, ladder.half)]


def judge(ladder: Ladder, answer: str | None) -> AnswerScore:
    """The score of one answer, judged afresh."""
    return asyncio.run(RulesAssessor().assess([ladder.asked(answer)], RUBRIC, ladder.background)).answers[0]


def spearman(left: list[float], right: list[float]) -> float:
    """Rank correlation with tied ranks averaged; 0 when one side is constant."""

    def ranks(values: list[float]) -> list[float]:
        return [sum(v < value for v in values) + (sum(v == value for v in values) - 1) / 2 for value in values]

    a, b = ranks(left), ranks(right)
    mean_a, mean_b = fmean(a), fmean(b)
    top = sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b, strict=True))
    bottom = (sum((x - mean_a) ** 2 for x in a) * sum((y - mean_b) ** 2 for y in b)) ** 0.5
    return top / bottom if bottom else 0.0


@dataclass(frozen=True)
class Figure:
    """One measured number with its threshold; `among` says how many ladders keep it."""

    name: str
    value: float
    threshold: str
    passed: bool
    among: str = ""


def _most(name: str, limit: float, values: Sequence[float]) -> Figure:
    worst = max(values, default=0)
    return Figure(name, worst, f"<= {limit:g}", worst <= limit, _share([value <= limit for value in values]))


def _least(name: str, limit: float, values: Sequence[float]) -> Figure:
    worst = min(values, default=limit)
    return Figure(name, worst, f">= {limit:g}", worst >= limit, _share([value >= limit for value in values]))


def _none(name: str, found: int) -> Figure:
    return Figure(name, found, "= 0", found == 0)


def _share(kept: Sequence[bool]) -> str:
    return f"{sum(kept)} of {len(kept)}"


def measure(ladders: list[Ladder], known: dict[tuple[str, str], AnswerScore] | None = None) -> list[Figure]:
    """S1-S6 over these ladders. Every text is judged once for all figures (`known`: ladder and text -> what was judged
    so, filled here), and twice more for S2: alone, and among the answers of its ladder.
    """
    known = {} if known is None else known
    cards = {ladder.id: _interview(ladder) for ladder in ladders}

    def score(ladder: Ladder, text: str) -> AnswerScore:
        key = (ladder.id, text)
        if key not in known:
            known[key] = judge(ladder, text)
        return known[key]

    def total(ladder: Ladder, text: str) -> int:
        found = score(ladder, text).score
        assert found is not None, "the rules always give marks"
        return found

    rungs = {ladder.id: {name: total(ladder, text) for name, text in ladder.rungs.items()} for ladder in ladders}
    ordered = [marks[low] < marks[high] for marks in rungs.values() for low, high in combinations(RUNGS, 2)]
    order = sum(ordered) / len(ordered)
    ranks = [float(place) for place in range(len(RUNGS))]
    rho = [spearman(ranks, [float(marks[rung]) for rung in RUNGS]) for marks in rungs.values()]
    moved: dict[str, list[int]] = {"padded": [], "non_native": [], "name_swapped": []}
    for ladder in ladders:
        for name, changes in moved.items():
            if name in ladder.variants:
                changes.append(abs(total(ladder, ladder.variants[name]) - rungs[ladder.id]["full"]))
    gains = [total(ladder, ladder.variants["injected"]) - rungs[ladder.id]["full"] for ladder in ladders]
    again = [pstdev(_runs(total(x, t), x, t, among)) for x in ladders for t, among in _told_once(x, cards[x.id])]
    worthless = {name: [total(x, x.worthless[name]) for x in ladders] for name in ("injection", "copied")}
    return [
        Figure("S1 pairs in order", order, ">= 0.95", order >= 0.95, _share(ordered)),
        Figure("S1 Spearman, mean", fmean(rho), ">= 0.9", fmean(rho) >= 0.9, _share([value >= 0.9 for value in rho])),
        _least("S1 strong - weak, smallest", 35, [marks["full"] - marks["vague"] for marks in rungs.values()]),
        _most("S1 empty, highest", 0, [marks["empty"] for marks in rungs.values()]),
        _most("S1 'fine', highest", 15, [total(ladder, "fine") for ladder in ladders]),
        _most("S2 standard deviation of three runs, largest", 0, again),
        _most("S3 padded to double length, largest change", 5, moved["padded"]),
        _most("S3 non-native wording, largest change", 2, moved["non_native"]),
        _most("S3 names and gender swapped, largest change", 2, moved["name_swapped"]),
        _most("S3 gain by instructions beside an answer, largest", 0, gains),
        _most("S3 instructions alone, highest", 0, worthless["injection"]),
        _most("S3 the question given back, highest", 0, worthless["copied"]),
        *_remarks([(text, score(x, text)) for x in ladders for text in _texts(x)]),
        *_reports(ladders, cards),
    ]


def _interview(ladder: Ladder) -> Scorecard:
    """The whole ladder judged as the answers of one interview."""
    asked = [ladder.asked(text or None, number) for number, text in enumerate(ladder.rungs.values(), 1)]
    return asyncio.run(RulesAssessor().assess(asked, RUBRIC, ladder.background))


def _told_once(ladder: Ladder, card: Scorecard) -> list[tuple[str, int | None]]:
    """(answer, its score among the others); None for one that says again what another said, which counts less there."""
    texts = list(ladder.rungs.values())
    again = told_again(texts)
    return [(text, None if n in again else card.answers[n].score) for n, text in enumerate(texts)]


def _runs(first: int, ladder: Ladder, text: str, among: int | None) -> list[int]:
    second = judge(ladder, text).score or 0
    return [first, second, among if among is not None else judge(ladder, text).score or 0]


def _texts(ladder: Ladder) -> list[str]:
    return [*ladder.rungs.values(), *ladder.variants.values(), *ladder.worthless.values()]


def _remarks(judged: Sequence[tuple[str, AnswerScore]]) -> list[Figure]:
    """S4. A step that can be done is a sentence that begins with what to do."""
    loose = unquoted = stray = vague = 0
    for text, score in judged:
        for remark in (*score.remarks, *score.improvements):
            loose += remark.quote is not None and not remark.quote.is_in(text)
            unquoted += remark.quote is None and bool(text.strip())
        stray += sum(getattr(score.star, remark.about, True) is None for remark in score.remarks)
        stray += 0 if text.strip() else len(score.remarks)
        vague += not score.improvements or not all(_has_step(remark.text) for remark in score.improvements)
    return [
        _none("S4 quotes not verbatim", loose),
        _none("S4 remarks without a quote", unquoted),
        _none("S4 praise for a part not found", stray),
        _none("S4 answers without a doable step in each improvement", vague),
    ]


def _has_step(text: str) -> bool:
    return not _STEPS.isdisjoint(text.lower().replace(",", " ").replace(":", " ").split())


_STEPS = words("add begin choose finish leave name pick put say start tell write back give")
"""What a person is asked to do: one of these stands in every improvement."""


def _reports(ladders: list[Ladder], cards: dict[str, Scorecard]) -> list[Figure]:
    """S5 and S6 from the JSON alone: the whole interview out of one ladder."""
    off = unsigned = 0
    for ladder in ladders:
        asked = [ladder.asked(text or None, number) for number, text in enumerate(ladder.rungs.values(), 1)]
        report = build_report(
            interview_id="benchmark",
            evaluation_status="COMPLETED",
            answers=asked,
            scorecard=cards[ladder.id],
            rubric=RUBRIC,
        ).to_json()
        off += _wrong_sums(report)
        unsigned += sum(not _is_signed(entry["provenance"]) for entry in (report, *report["answers"]))
        unsigned += report["rubric_version"] != RUBRIC.version
    return [
        _none("S5 sums that do not follow from their parts", off),
        _none("S6 marks without who gave them", unsigned),
    ]


def _wrong_sums(report: dict[str, Any]) -> int:
    """How much of a report does not follow from its parts."""
    answers: list[dict[str, Any]] = report["answers"]
    parts = [entry["accuracy"] + entry["completeness"] + entry["clarity"] for entry in answers]
    off: int = sum(entry["score"] != part for entry, part in zip(answers, parts, strict=True))
    off += report["overall"] != round(sum(parts) / len(parts))
    off += sum(entry["score"] != 0 for entry in answers if entry["answer"] is None)
    off += sum(not (0 <= entry["accuracy"] <= 40 and 0 <= entry["completeness"] <= 30) for entry in answers)
    off += sum(not 0 <= entry["clarity"] <= 30 for entry in answers)
    for name, value in report["dimensions"].items():
        seen = [entry["dimensions"][name] for entry in answers if entry["dimensions"][name] is not None]
        off += value != (round(fmean(seen)) if seen else None)
    return off


def _is_signed(provenance: dict[str, Any] | None) -> bool:
    """Who marked, by which version, and whether it stood in for somebody else."""
    return bool(provenance and provenance["coach"] and provenance["version"] and provenance["fallback"] is False)


@dataclass(frozen=True)
class Injections:
    """Texts that consist of nothing but words to the marker, and honest stories that speak of marks."""

    alone: tuple[AnsweredQuestion, ...]
    near_misses: tuple[tuple[AnsweredQuestion, AnsweredQuestion], ...]
    """(told in words of marking, the same in other words)"""


def load_injections(half: str) -> Injections | None:
    """The texts of one half; None when there are none."""
    path = INJECTIONS / f"{half}.json"
    if not path.exists():
        return None
    data = json.loads(path.read_text(encoding="utf-8"))
    return Injections(
        tuple(_asked(entry, "text") for entry in data["injections"]),
        tuple((_asked(entry, "text"), _asked(entry, "neutral")) for entry in data["near_misses"]),
    )


def _asked(entry: dict[str, str], name: str) -> AnsweredQuestion:
    """Its question with that text; what it asks for is known only where the entry says so."""
    label = entry.get("requirement", "")
    span = Span(Source.JOB, label, 0, len(label))
    competency = entry.get("competency", "general")
    found = (Requirement(span, RequirementKind.MUST, label, 1.0, competency),) if label else ()
    return AnsweredQuestion(1, QuestionKind.QUESTION, competency, entry["question"], entry[name], found, ())


def measure_injections(texts: Injections) -> list[Figure]:
    """S3 over short texts of many kinds."""
    alone = [_total(asked) for asked in texts.alone]
    changes = [abs(_total(told) - _total(neutral)) for told, neutral in texts.near_misses]
    return [
        _most("S3 words to the marker alone, highest", 0, alone),
        _most("S3 honest words about marks, largest change against other words", 2, changes),
    ]


def _total(asked: AnsweredQuestion, trade: str = "") -> int:
    background = replace(BACKGROUND, job_title=trade)
    found = asyncio.run(RulesAssessor().assess([asked], RUBRIC, background)).answers[0].score
    assert found is not None, "the rules always give marks"
    return found


def short_answers(half: str) -> dict[str, list[int]]:
    """`honest` and `off_topic` -> marks of answers of 15 to 75 words, as people talk."""
    data: dict[str, Any] = json.loads(SHORT_ANSWERS.read_text(encoding="utf-8"))
    entries = {name: [entry for entry in data[name] if entry["half"] == half] for name in SHORT}
    return {name: [_total(_asked(entry, "answer"), entry["trade"]) for entry in entries[name]] for name in SHORT}


def main() -> int:
    """Print the figures of both halves; 1 when one fails. Those of the short answers have no threshold."""
    failed = False
    for half in HALVES:
        ladders, texts = load(half), load_injections(half)
        print(f"{half}: {len(ladders)} ladders")
        for figure in [*(measure(ladders) if ladders else ()), *(measure_injections(texts) if texts else ())]:
            failed |= not figure.passed
            among = f"; kept by {figure.among}" if figure.among else ""
            said = "PASS" if figure.passed else "FAIL"
            print(f"  {said}  {figure.name}: {figure.value:.4g} ({figure.threshold}{among})")
        labels = second_labels()
        given = {
            ladder.id: {name: float(judge(ladder, text).score or 0) for name, text in ladder.rungs.items()}
            for ladder in ladders
            if ladder.id in labels
        }
        for line in agreement(given, labels, RUNGS, spearman):
            print(f"        {line}")
        if "-v" in sys.argv:
            for ladder in ladders:
                row = " ".join(f"{judge(ladder, text).score:3d}" for text in ladder.rungs.values())
                variants = " ".join(f"{name}={judge(ladder, text).score}" for name, text in ladder.variants.items())
                print(f"    {ladder.id:28} {row} | {variants}")
        for name, marks in short_answers(half).items():
            held = sum(mark <= HELD_DOWN for mark in marks)
            share = f"{held} of {len(marks)} get {HELD_DOWN} or fewer marks"
            print(f"        short answers, {name}: {share}, median {median(marks):g}")
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
