"""How soon the interviewer falls silent when somebody speaks over them, measured at the loudspeaker in Chromium.

    python -m benchmarks.interruptions [--times 3]

Two tests of the browser are run so often, and what they measured is read: a whole call with a live model (from the
vendor's word that it was interrupted, or from the first sound of the microphone, to the last sample that is played),
and the page alone (from its being told). The tests themselves assert what does not hang on the machine: that no sample
is played after the page was told.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

LIMIT_MS = 100.0
TESTS = (
    "tests/browser/call/test_sound.py::test_an_interruption_is_the_last_that_is_heard_and_old_sound_is_dropped",
    "tests/browser/call/test_gemini.py::test_eight_questions_aloud_through_everything_that_happens_to_a_line",
)
FIGURES = {
    "cut_ms": "page told to silence",
    "flush_ms": "vendor's interruption to silence",
    "flush_since_first_sound_ms": "first sound of the person to silence",
}


def measured(times: int) -> dict[str, list[float]]:
    """Milliseconds of every run. A test that fails ends it all with its own output."""
    found: dict[str, list[float]] = {name: [] for name in FIGURES}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "result.xml"
        for _ in range(times):
            done = subprocess.run(
                [sys.executable, "-m", "pytest", "-n", "0", "-q", f"--junitxml={file}", *TESTS],
                capture_output=True,
                text=True,
            )
            if done.returncode:
                raise SystemExit(done.stdout)
            for entry in ElementTree.parse(file).iter("property"):
                if entry.get("name") in found:
                    found[str(entry.get("name"))].append(float(entry.get("value") or 0))
    return found


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=3)
    found = measured(parser.parse_args().times)
    print(f"{'':40} median ms   worst ms   worst to the limit of {LIMIT_MS:.0f}")
    for name, title in FIGURES.items():
        values = found[name]
        bounded = f"{max(values) / LIMIT_MS:.2f}" if name != "flush_since_first_sound_ms" else "(no limit)"
        print(f"{title:40} {statistics.median(values):9.0f} {max(values):10.0f} {bounded:>12}")
    failed = max(found["cut_ms"] + found["flush_ms"]) > LIMIT_MS
    print("FAIL" if failed else "PASS")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
