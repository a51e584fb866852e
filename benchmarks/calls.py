"""kill -9 at random moments of calls, and SIGTERM while many are on the line.

    python -m benchmarks.calls [--kills 30] [--calls 20] [--running 10] [--questions 8] [--seed 1] [--only live|cascade]

The vendors are local: a server that speaks Gemini's live wire, and for the cascade one of OpenAI's kind that hears,
words and speaks. Prints what was told to be saved and what of it was lost (must be 0), how fast a call was picked up
again at the same question, whether anybody was greeted twice, and, for speech that goes on without a pause, how many
seconds of it were in no draft when the server was killed.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests import call_chaos
from tests.call_chaos import Outcome
from tests.call_vendors import LiveVendor, SpeechVendor, Vendor

VENDORS: dict[str, Callable[[], Vendor]] = {"live": LiveVendor, "cascade": SpeechVendor}
ANSWERS_IN = 0.4
"""Seconds that the speech server takes for a clip, where it is about speech that goes on."""
LOST_SECONDS = 3.0
"""An interim every 2 s, the server's own time, and up to half a second until the words are stored."""


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--calls", type=int, default=20, help="at SIGTERM")
    parser.add_argument("--running", type=int, default=10, help="kills in the middle of speech, cascade only")
    parser.add_argument("--questions", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=sorted(VENDORS))
    options = parser.parse_args()
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for name, vendor in VENDORS.items():
            if options.only in (None, name):
                failed |= _interrupted(name, vendor, Path(folder) / name, options)
    print("FAIL" if failed else "PASS")
    return int(failed)


def _interrupted(name: str, vendor: Callable[[], Vendor], folder: Path, options: argparse.Namespace) -> bool:
    """Print the figures of one kind of call; True when something is wrong."""
    print(f"== {name}")
    failed = False
    if options.kills:
        began = time.monotonic()
        outcome = call_chaos.run(
            folder / "kills", vendor(), kills=options.kills, questions=options.questions, seed=options.seed
        )
        moments = ", ".join(f"{count} {moment}" for moment, count in sorted(outcome.kills.items()))
        print(f"kill -9                {sum(outcome.kills.values())}: {moments}")
        failed |= _tell(outcome)
        print(f"took                   {time.monotonic() - began:.0f} s")
    if options.calls:
        outcome = call_chaos.terminate(folder / "term", vendor(), calls=options.calls, seed=options.seed)
        print(f"SIGTERM with           {outcome.interviews} calls")
        print(f"told to reconnect      {outcome.told}, picked up by the next process {outcome.resumed}")
        print(f"process ended after    {max(outcome.exits):.1f} s (limit 10)")
        failed |= _tell(outcome) or outcome.told < options.calls or outcome.resumed < options.calls
        failed |= max(outcome.exits) > 10
    if options.running and name == "cascade":
        speaking = SpeechVendor(running=10, answers_in=ANSWERS_IN)
        found = call_chaos.running(folder / "running", speaking, kills=options.running, seed=options.seed)
        worst = max(found.lost)
        print(f"kill -9 in speech      {len(found.lost)}, faults {len(found.faults)}")
        print(f"speech in no draft     median {statistics.median(found.lost):.1f} s, worst {worst:.1f} s")
        print(f"                       (limit {LOST_SECONDS}; the server answers in {ANSWERS_IN} s)")
        failed |= bool(found.faults) or worst > LOST_SECONDS
    return failed


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
