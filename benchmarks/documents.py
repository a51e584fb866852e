"""Reads every document of the test corpus and prints what came of it: outcome, seconds, peak MiB of the child.

python -m benchmarks.documents [FILE ...]
"""

import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from interview_coach.documents.errors import DocumentProblem
from interview_coach.documents.jail import Parsed
from interview_coach.documents.reading import read_upload
from tests.documents.corpus import Document, controls, hostile


def main() -> None:
    """One line a file, two at a time, then the worst of each column."""
    given = [Document(name, Path(name).read_bytes) for name in sys.argv[1:]]
    documents = given or [*controls(), *hostile()]
    with ThreadPoolExecutor(2) as pool:
        rows = list(pool.map(measure, documents))
    print(f"{'file':44} {'seconds':>8} {'MiB':>6}  outcome")
    for name, outcome, seconds, peak in rows:
        print(f"{name[:44]:44} {seconds:8.2f} {peak:6.0f}  {outcome}")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    slowest, largest = max(row[2] for row in rows), max(row[3] for row in rows)
    print(f"{len(rows)} files; worst {slowest:.2f} s, {largest:.0f} MiB; own peak {own:.0f} MiB")


def measure(document: Document) -> tuple[str, str, float, float]:
    """Name, outcome, wall seconds with waiting, peak MiB of the child (0 without one)."""
    data = document.make()
    children: list[Parsed] = []
    began = time.monotonic()
    try:
        text = read_upload(data, Path(document.name).name, watch=children.append)
        outcome = f"text, {len(text):,} characters"
    except DocumentProblem as found:
        outcome = f"{type(found).__name__}: {found.message}"
    peak = max((child.peak_bytes or 0 for child in children), default=0) / 2**20
    return Path(document.name).name, outcome, time.monotonic() - began, peak


if __name__ == "__main__":
    main()
