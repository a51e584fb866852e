"""How well requirements are found and kept: our annotated ads, and a public annotated one beside them when it is there.

Run: python -m benchmarks.extraction [--misses]

Each ad of tests/corpus/ads has a gold file written by hand before any extraction was run on it. Half of them (`tuned`)
were looked at while the rules were made, the other half (`held_out`) was not; both are reported. The same hand wrote
ads, gold and rules, so the ads annotated by others (`sp_`: SkillSpan, kept here; `public`: the shared sample) are the
sterner measure.

- recall: gold spans that overlap an extracted requirement; precision: extracted requirements that overlap a gold span.
- must: the same recall for what was called a must-have; top: how many of those lie in the first eight.
- kept: requirements of the full text that a selection of 1500 / 2000 characters still names (`selection.is_kept`);
  head: those that a cut at the same length would leave whole.

Below it stands how well the lines of CVs are found that answer what the ads ask for (`benchmarks/matching.py`).
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks import matching
from interview_coach.documents.requirements import find_requirements
from interview_coach.documents.selection import FOLLOW_UP_BUDGET, OPENING_BUDGET, is_kept, select

ROOT = Path(__file__).resolve().parent.parent
ADS = ROOT / "tests" / "corpus" / "ads"
SHARED = ROOT.parent / "shared" / "samples"
BUDGETS = (FOLLOW_UP_BUDGET, OPENING_BUDGET)


@dataclass(frozen=True)
class Ad:
    """A text with gold ranges (start, end) and which of them are must-haves."""

    name: str
    half: str
    text: str
    gold: tuple[tuple[int, int], ...]
    must: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Row:
    """Counts of one ad; shares are computed from them."""

    name: str
    half: str
    gold: int
    gold_hit: int
    found: int
    found_right: int
    must: int
    must_hit: int
    must_top: int
    kept: dict[int, int]
    head: dict[int, int]
    misses: tuple[str, ...]
    strays: tuple[str, ...]

    @property
    def recall(self) -> float:
        return self.gold_hit / self.gold if self.gold else 1.0

    @property
    def precision(self) -> float:
        return self.found_right / self.found if self.found else 0.0


def corpus() -> list[Ad]:
    """The annotated ads of this repository."""
    ads = []
    for path in sorted(ADS.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
        ranges = tuple((item["start"], item["start"] + len(item["text"])) for item in gold["requirements"])
        must = tuple(r for r, item in zip(ranges, gold["requirements"], strict=True) if item["text"] in gold["must"])
        ads.append(Ad(path.stem, gold["half"], text, ranges, must))
    return ads


def public_ads() -> list[Ad]:
    """Ads annotated by others; none when their folder is not there."""
    ads = []
    for path in sorted(SHARED.glob("*.gold.json")) if SHARED.is_dir() else []:
        text = path.with_name(path.name.replace(".gold.json", ".txt")).read_text(encoding="utf-8")
        gold = json.loads(path.read_text(encoding="utf-8"))
        ranges, cursor = [], 0
        for name in gold["skills"]:
            at = text.find(name, cursor)
            at = at if at >= 0 else text.find(name)
            if at >= 0:
                ranges.append((at, at + len(name)))
                cursor = at
        for name in gold["knowledge"]:
            at = text.find(name)
            if at >= 0:
                ranges.append((at, at + len(name)))
        ads.append(Ad(path.name.removesuffix(".gold.json"), "public", text, tuple(sorted(set(ranges))), ()))
    return ads


def skillspan_ads() -> list[Ad]:
    """Ads of the SkillSpan data set that are kept in this repository: their spans, half of them never looked at."""
    ads = []
    for path in sorted((ADS / "skillspan").glob("*.txt")):
        gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
        spans = [(s["start"], s["start"] + len(s["text"])) for s in gold["skills"] + gold["knowledge"]]
        half = f"sp_{gold['half']}"
        ads.append(Ad(path.stem, half, path.read_text(encoding="utf-8"), tuple(sorted(set(spans))), ()))
    return ads


def overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def measure(ad: Ad) -> Row:
    """Extract, select, count."""
    found = find_requirements(ad.text)
    spans = [(r.span.start, r.span.end) for r in found]
    kept, head = {}, {}
    for budget in BUDGETS:
        selected = select(ad.text, found, budget)
        assert len(selected) <= budget
        kept[budget] = sum(is_kept(selected, r) for r in found)
        head[budget] = sum(end <= budget for _, end in spans)
    missed = [g for g in ad.gold if not any(overlap(g, s) for s in spans)]
    strays = [s for s in spans if not any(overlap(g, s) for g in ad.gold)]
    return Row(
        name=ad.name,
        half=ad.half,
        gold=len(ad.gold),
        gold_hit=len(ad.gold) - len(missed),
        found=len(found),
        found_right=len(found) - len(strays),
        must=len(ad.must),
        must_hit=sum(any(overlap(g, s) for s in spans) for g in ad.must),
        must_top=sum(any(overlap(g, s) for s in spans[:8]) for g in ad.must),
        kept=kept,
        head=head,
        misses=tuple(ad.text[a:b] for a, b in missed),
        strays=tuple(ad.text[a:b] for a, b in strays),
    )


def total(rows: list[Row], name: str) -> Row:
    """All counts added up."""
    return Row(
        name=name,
        half="",
        gold=sum(r.gold for r in rows),
        gold_hit=sum(r.gold_hit for r in rows),
        found=sum(r.found for r in rows),
        found_right=sum(r.found_right for r in rows),
        must=sum(r.must for r in rows),
        must_hit=sum(r.must_hit for r in rows),
        must_top=sum(r.must_top for r in rows),
        kept={b: sum(r.kept[b] for r in rows) for b in BUDGETS},
        head={b: sum(r.head[b] for r in rows) for b in BUDGETS},
        misses=(),
        strays=(),
    )


def _line(row: Row) -> str:
    def share(part: int, whole: int) -> str:
        return f"{part / whole:4.0%}" if whole else "   –"

    budgets = "   ".join(f"{share(row.kept[b], row.found)} {share(row.head[b], row.found)}" for b in BUDGETS)
    return (
        f"{row.name:34.34} {row.half:11} {row.gold:4} {row.found:5}   {row.recall:4.0%}   {row.precision:4.0%}    "
        f"{share(row.must_hit, row.must)} {share(row.must_top, row.must)}    {budgets}"
    )


def main(arguments: list[str]) -> None:
    rows = [measure(ad) for ad in corpus() + skillspan_ads() + public_ads()]
    print(f"{'ad':34} {'half':11} gold found recall precis.  must  top  1500:kept head 2000:kept head")
    for row in rows:
        print(_line(row))
        if "--misses" in arguments and not row.half.endswith("held_out"):
            for miss in row.misses:
                print("      missed:", miss)
            for stray in row.strays:
                print("      stray: ", " ".join(stray.split()))
    print()
    ours = [row for row in rows if row.half in {"tuned", "held_out"}]
    for half in ("tuned", "held_out", "sp_tuned", "sp_held_out"):
        print(_line(total([row for row in rows if row.half == half], half)))
    print(_line(total(ours, "all of ours")))
    print()
    matching.show(misses="--misses" in arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
