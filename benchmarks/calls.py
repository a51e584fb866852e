"""kill -9 at random moments of calls, and SIGTERM while many are on the line.

    python -m benchmarks.calls [--kills 30] [--calls 20] [--questions 8] [--seed 1]

The vendor is a local server that speaks Gemini's live wire. Prints what was told to be saved and what of it was lost
(must be 0), how fast a call was picked up again at the same question, and whether anybody was greeted twice.
"""

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests import call_chaos
from tests.call_chaos import Outcome


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--calls", type=int, default=20, help="at SIGTERM")
    parser.add_argument("--questions", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        if options.kills:
            began = time.monotonic()
            outcome = call_chaos.run(
                Path(folder) / "kills", kills=options.kills, questions=options.questions, seed=options.seed
            )
            moments = ", ".join(f"{count} {moment}" for moment, count in sorted(outcome.kills.items()))
            print(f"kill -9                {sum(outcome.kills.values())}: {moments}")
            failed |= _tell(outcome)
            print(f"took                   {time.monotonic() - began:.0f} s")
        if options.calls:
            outcome = call_chaos.terminate(Path(folder) / "term", calls=options.calls, seed=options.seed)
            print(f"SIGTERM with           {outcome.interviews} calls")
            print(f"told to reconnect      {outcome.told}, picked up by the next process {outcome.resumed}")
            print(f"process ended after    {max(outcome.exits):.1f} s (limit 10)")
            failed |= _tell(outcome) or outcome.told < options.calls or outcome.resumed < options.calls
            failed |= max(outcome.exits) > 10
    print("FAIL" if failed else "PASS")
    return int(failed)


def _tell(outcome: Outcome) -> bool:
    """Print what both have in common; True when something is wrong."""
    worst = max(outcome.resumes)
    print(f"interviews             {outcome.interviews}, turns told to be saved {outcome.acknowledged}")
    print(f"second greetings       {outcome.second_greetings}")
    print(f"picked up again after  median {statistics.median(outcome.resumes):.2f} s, worst {worst:.2f} s (limit 10)")
    print(f"faults                 {len(outcome.faults)} (lost, changed, another question, stuck)")
    for fault in outcome.faults[:20]:
        print(f"  {fault}")
    return bool(outcome.faults) or outcome.second_greetings > 0 or worst > call_chaos.RESUME_SECONDS


if __name__ == "__main__":
    sys.exit(main())
