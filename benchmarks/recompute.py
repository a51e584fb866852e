"""Recomputes reports from their JSON, by itself: nothing of the product is imported here.

    python benchmarks/recompute.py FOLDER_OR_FILE ...

For every report: score = accuracy + completeness + clarity within 40/30/30; what was not answered has 0; overall =
weighted mean of all answers with marks, half to even; coverage = answered / asked; each dimension = weighted mean where
it was measurable; recommendation by the thresholds 80, 60 and 35; with several readings each mark is their median;
retakes: change = after - before. And every quote must stand in the answer, at the place that it says. Prints the
number of differences and ends with 1 when there is one.
"""

import json
import statistics
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

MAXIMA = {"accuracy": 40, "completeness": 30, "clarity": 30}
DIMENSIONS = ("communication", "technical_depth", "problem_solving", "confidence", "relevance")
THRESHOLDS = ((80, "strong_hire"), (60, "hire"), (35, "no_hire"), (0, "strong_no_hire"))


def weighted_mean(pairs: list[tuple[int | None, float]]) -> int | None:
    known = [(Fraction(value), Fraction(weight)) for value, weight in pairs if value is not None]
    return round(sum(v * w for v, w in known) / sum(w for _, w in known)) if known else None


def marks(entry: dict[str, Any], answer: str | None, where: str) -> list[str]:
    """Differences in the marks of one answer, the interview's or a retaken one."""
    wrong = []
    parts = [entry[name] for name in MAXIMA]
    if None in parts:
        if any(part is not None for part in parts) or entry["score"] is not None or not entry["needs_review"]:
            wrong.append(f"{where}: half a mark, or no reason why there is none")
    else:
        wrong += [f"{where}: {name} {entry[name]}" for name, top in MAXIMA.items() if not 0 <= entry[name] <= top]
        if sum(parts) != entry["score"]:
            wrong.append(f"{where}: {parts} is not {entry['score']}")
        if not (answer or "").strip() and entry["score"] != 0:
            wrong.append(f"{where}: not answered, and {entry['score']}")
    if entry["runs"]:
        for name in MAXIMA:
            if entry[name] is not None and entry[name] != round(statistics.median(run[name] for run in entry["runs"])):
                wrong.append(f"{where}: {name} is not the median of its readings")
        totals = [sum(run[name] for name in MAXIMA) for run in entry["runs"]]
        if entry["deviation"] is not None and abs(statistics.pstdev(totals) - entry["deviation"]) > 0.006:
            wrong.append(f"{where}: deviation")
    quotes = list(entry["quotes"]) + [part for part in entry["star"].values() if part]
    quotes += [{**item, "text": item["quote"]} for item in entry["improvements"] if item["quote"] is not None]
    for quote in quotes:
        if (answer or "")[quote["start"] : quote["end"]] != quote["text"] or not quote["text"]:
            wrong.append(f"{where}: a quote does not stand where it says")
    for source in entry["reference_sources"]:
        if source["source"] == "answer" and (answer or "")[source["start"] : source["end"]] != source["text"]:
            wrong.append(f"{where}: a source of the reference answer does not stand where it says")
    return wrong


def differences(report: dict[str, Any]) -> list[str]:
    """What does not follow from the parts."""
    wrong: list[str] = []
    answers = report["answers"]
    by_number = {entry["number"]: entry for entry in answers}
    for entry in answers:
        wrong += marks(entry, entry["answer"], f"answer {entry['number']}")
        for take in entry["retakes"]:
            if take["marks"]:
                wrong += marks(take["marks"], take["answer"], f"answer {entry['number']}, take {take['take']}")
                known = None not in (take["marks"]["score"], entry["score"])
                if take["change"] != (take["marks"]["score"] - entry["score"] if known else None):
                    wrong.append(f"answer {entry['number']}: change of take {take['take']}")
    told = sum(bool((entry["answer"] or "").strip()) for entry in [*answers, *report["unmarked"]])
    asked = len(answers) + len(report["unmarked"])
    if (report["asked"], report["answered"]) != (asked, told):
        wrong.append(f"asked and answered: {report['asked']}, {report['answered']}")
    if report["coverage"] != (round(told / asked, 4) if asked else 0):
        wrong.append(f"coverage {report['coverage']}")
    if not report["unmarked"]:
        overall = weighted_mean([(entry["score"], entry["weight"]) for entry in answers])
        if overall != report["overall"]:
            wrong.append(f"overall {report['overall']} is {overall}")
        expected = None if overall is None else next(name for low, name in THRESHOLDS if overall >= low)
        if expected != report["recommendation"]:
            wrong.append(f"recommendation {report['recommendation']}")
    for name in DIMENSIONS:
        mean = weighted_mean([(entry["dimensions"].get(name), entry["weight"]) for entry in answers])
        if mean != report["dimensions"][name]:
            wrong.append(f"{name} {report['dimensions'][name]} is {mean}")
    if report["needs_review"] != [entry["number"] for entry in answers if entry["score"] is None]:
        wrong.append("needs_review")
    for point in (*report["strengths"], *report["improvements"], *report["next_steps"]):
        if point["quote"] is not None:
            text = (by_number[point["number"]]["answer"] or "")[point["start"] : point["end"]]
            if text != point["quote"]:
                wrong.append("a quote of the summary does not stand where it says")
    return wrong


def main() -> int:
    files = [file for name in sys.argv[1:] for file in (sorted(Path(name).glob("*.json")) or [Path(name)])]
    bad = quotes = 0
    for file in files:
        report = json.loads(file.read_text(encoding="utf-8"))
        quotes += sum(len(entry["quotes"]) for entry in report["answers"])
        for line in differences(report):
            bad += 1
            print(f"{file.name}: {line}")
    print(f"{len(files)} reports, {quotes} quotes, {bad} differences")
    return int(bool(bad) or not files)


if __name__ == "__main__":
    sys.exit(main())
