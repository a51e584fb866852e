"""kill -9 at many random moments while four clients answer, draft and load questions.

    python -m benchmarks.durability [--kills 100] [--seed 1]

Prints what was acknowledged, what was lost (must be 0) and how fast the server was healthy again.
"""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from interview_coach.db import sqlite_module
from tests import chaos


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = chaos.run(Path(folder) / "data", kills=options.kills, seed=options.seed)
        connection = sqlite_module().connect(str(Path(folder) / "data" / "coach.db"))
        integrity = connection.execute("PRAGMA integrity_check").fetchone()[0]
        connection.close()
    print(f"kills                  {outcome.kills}")
    print(f"interviews             {outcome.interviews}")
    print(f"answers acknowledged   {outcome.acknowledged}")
    print(f"drafts acknowledged    {outcome.drafts}")
    print(f"faults                 {len(outcome.faults)} (lost, doubled, skipped, 5xx)")
    for fault in outcome.faults[:20]:
        print(f"  {fault}")
    print(f"integrity check        {integrity}")
    worst = max(outcome.restarts)
    print(f"healthy again, seconds median {statistics.median(outcome.restarts):.2f}, worst {worst:.2f} (limit 5)")
    return int(bool(outcome.faults) or integrity != "ok" or worst > chaos.HEALTHY_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
