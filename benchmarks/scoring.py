"""How the offline assessor orders and treats written ladders of answers: the figures S1-S5.

    python -m benchmarks.scoring

Every ladder is our own text, from an empty answer up to a whole story with figures. The tuned half was looked at while
the rules were written, the held-out half was not. The figures show order and invariance, not validity: no human has
labelled these answers.
"""

import asyncio
import json
import sys
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from statistics import fmean

from interview_coach.coach.base import AnsweredQuestion, Background
from interview_coach.coach.rules.assessor import RulesAssessor
from interview_coach.coach.rules.rubric import RUBRIC
from interview_coach.domain.evidence import Requirement, RequirementKind, Source, Span
from interview_coach.domain.scorecard import AnswerScore
from interview_coach.domain.transcript import QuestionKind
from interview_coach.reporting import build_report

BACKGROUND = Background((), "", "", "en")

LADDERS = Path(__file__).parent.parent / "tests" / "corpus" / "ladders"
RUNGS = ("empty", "gibberish", "off_topic", "keyword_stuffed", "vague", "partial", "full")
HALVES = ("tuned", "held_out")


@dataclass(frozen=True)
class Ladder:
    """One question with answers from worst to best, variants of the best, and answers that must be worth nothing."""

    id: str
    half: str
    question: str
    competency: str
    requirement: str
    rungs: dict[str, str]
    variants: dict[str, str]
    worthless: dict[str, str]

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
    """The score of one answer."""
    return asyncio.run(RulesAssessor().assess([ladder.asked(answer)], RUBRIC, BACKGROUND)).answers[0]


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
    """One measured number with its threshold."""

    name: str
    value: float
    threshold: str
    passed: bool


def measure(ladders: list[Ladder]) -> list[Figure]:
    """S1-S5 over these ladders."""
    scores = {ladder.id: {name: judge(ladder, text).score for name, text in ladder.rungs.items()} for ladder in ladders}
    pairs = [rungs[low] < rungs[high] for rungs in scores.values() for low, high in combinations(RUNGS, 2)]
    rho = [
        spearman([float(n) for n in range(len(RUNGS))], [float(rungs[r]) for r in RUNGS]) for rungs in scores.values()
    ]
    gaps = [rungs["full"] - rungs["vague"] for rungs in scores.values()]
    moved: dict[str, list[int]] = {}
    for ladder in ladders:
        for name, text in ladder.variants.items():
            moved.setdefault(name, []).append(abs(judge(ladder, text).score - scores[ladder.id]["full"]))
    gains = [judge(ladder, ladder.variants["injected"]).score - scores[ladder.id]["full"] for ladder in ladders]
    worthless = [judge(ladder, text).score for ladder in ladders for text in ladder.worthless.values()]
    order = sum(pairs) / len(pairs)
    return [
        Figure("S1 pairs in order", order, ">= 0.95", order >= 0.95),
        Figure("S1 Spearman, mean", fmean(rho), ">= 0.9", fmean(rho) >= 0.9),
        Figure("S1 Spearman of a single ladder, lowest", min(rho), ">= 0.8", min(rho) >= 0.8),
        Figure("S1 strong - weak, smallest", min(gaps), ">= 35", min(gaps) >= 35),
        Figure(
            "S1 empty, highest",
            max(r["empty"] for r in scores.values()),
            "= 0",
            not any(r["empty"] for r in scores.values()),
        ),
        Figure(
            "S1 'fine', highest",
            max(judge(x, "fine").score for x in ladders),
            "<= 15",
            max(judge(x, "fine").score for x in ladders) <= 15,
        ),
        Figure(
            "S2 changes on a second run",
            float(sum(judge(x, t) != judge(x, t) for x in ladders for t in x.rungs.values())),
            "= 0",
            all(judge(x, t) == judge(x, t) for x in ladders for t in x.rungs.values()),
        ),
        Figure("S3 padded to double length, largest change", max(moved["padded"]), "<= 5", max(moved["padded"]) <= 5),
        Figure(
            "S3 non-native wording, largest change", max(moved["non_native"]), "<= 2", max(moved["non_native"]) <= 2
        ),
        Figure(
            "S3 names and gender swapped, largest change",
            max(moved.get("name_swapped", [0])),
            "<= 2",
            max(moved.get("name_swapped", [0])) <= 2,
        ),
        Figure("S3 gain by instructions, largest", max(gains), "<= 0", max(gains) <= 0),
        Figure("S3 instructions or question alone, highest", max(worthless), "= 0", max(worthless) == 0),
        *_remarks(ladders),
        *_sums(ladders),
    ]


def _remarks(ladders: list[Ladder]) -> list[Figure]:
    loose = unquoted = stray = 0
    for ladder in ladders:
        for text in [*ladder.rungs.values(), *ladder.variants.values(), *ladder.worthless.values()]:
            score = judge(ladder, text)
            for remark in (*score.remarks, *score.improvements):
                loose += remark.quote is not None and not remark.quote.is_in(text)
                unquoted += remark.quote is None and bool(text.strip())
            stray += sum(getattr(score.star, remark.about, True) is None for remark in score.remarks) + (
                not text.strip() and len(score.remarks)
            )
    return [
        Figure("S4 quotes not verbatim", loose, "= 0", loose == 0),
        Figure("S4 remarks without a quote", unquoted, "= 0", unquoted == 0),
        Figure("S4 praise for a part not found", stray, "= 0", stray == 0),
    ]


def _sums(ladders: list[Ladder]) -> list[Figure]:
    """The whole interview out of one ladder: the overall must follow from its parts."""
    off = 0
    for ladder in ladders:
        asked = [ladder.asked(text or None, number) for number, text in enumerate(ladder.rungs.values(), 1)]
        card = asyncio.run(RulesAssessor().assess(asked, RUBRIC, BACKGROUND))
        report = build_report(
            interview_id="benchmark", evaluation_status="COMPLETED", answers=asked, scorecard=card
        ).to_json()
        parts = [entry["accuracy"] + entry["completeness"] + entry["clarity"] for entry in report["answers"]]
        off += [entry["score"] for entry in report["answers"]] != parts
        off += report["overall"] != round(sum(parts) / len(asked))
        off += any(
            entry["accuracy"] > 40 or max(entry["completeness"], entry["clarity"]) > 30 for entry in report["answers"]
        )
        for name, value in report["dimensions"].items():
            known = [entry["dimensions"][name] for entry in report["answers"] if entry["dimensions"][name] is not None]
            off += value != (round(fmean(known)) if known else None)
    return [Figure("S5 sums that do not follow from their parts", off, "= 0", off == 0)]


def main() -> int:
    """Print the figures of both halves; 1 when one fails."""
    failed = False
    for half in HALVES:
        ladders = load(half)
        print(f"{half}: {len(ladders)} ladders")
        for figure in measure(ladders):
            failed |= not figure.passed
            print(f"  {'PASS' if figure.passed else 'FAIL'}  {figure.name}: {figure.value:g} ({figure.threshold})")
        if "-v" in sys.argv:
            for ladder in ladders:
                row = " ".join(f"{judge(ladder, text).score:3d}" for text in ladder.rungs.values())
                variants = " ".join(f"{name}={judge(ladder, text).score}" for name, text in ladder.variants.items())
                print(f"    {ladder.id:28} {row} | {variants}")
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
