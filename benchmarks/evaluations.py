"""kill -9 at many random moments while a model judges answers, in batches of 1, 3 and 8.

    python -m benchmarks.evaluations [--kills 50] [--seed 1]

The model is a local server that speaks the wire. Prints how every evaluation ended, how long after the restart, and
what the model was asked for twice: never an answer whose batch had been stored.
"""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from tests import evaluation_chaos


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = evaluation_chaos.run(Path(folder), kills=options.kills, seed=options.seed)
    print(f"kills                  {outcome.kills}, batches of 1, 3 and 8")
    print(f"evaluations            {outcome.evaluations}: {outcome.completed} completed, {outcome.failed} failed")
    print(f"answers paid for       {outcome.paid_answers}, of them {outcome.repeated} again after a kill")
    print(f"faults                 {len(outcome.faults)} (stored and paid for again, two for one, stuck, no reason)")
    for fault in outcome.faults[:20]:
        print(f"  {fault}")
    worst, limit = max(outcome.ends), evaluation_chaos.END_SECONDS
    print(f"ended after restart, s median {statistics.median(outcome.ends):.2f}, worst {worst:.2f} (limit {limit:.0f})")
    return int(bool(outcome.faults) or worst > limit)


if __name__ == "__main__":
    sys.exit(main())
