"""`python3 -m interview_coach test` ends here: see to a browser, then run everything under one pytest.

Arguments go to pytest. Two workers by default; `-n 0` runs in one process.
"""

import os
import sys

import pytest

from tests.browser import chromium


def main(arguments: list[str]) -> int:
    """The exit code of pytest, or 1 when a browser was required (`COACH_REQUIRE_CHROMIUM`) and there is none."""
    if chromium.find() is None:
        print("No Chromium found; trying to install one ...", flush=True)
        if not chromium.install():
            print(f"THE BROWSER TESTS WILL NOT RUN. To get a browser: {chromium.how_to_install()}", flush=True)
            if os.environ.get("COACH_REQUIRE_CHROMIUM"):
                return 1
    if not any(argument.startswith(("-n", "--numprocesses", "--pdb")) for argument in arguments):
        arguments = ["-n", "2", *arguments]
    # The last lines name what failed and what was left out: logs of CI are read from their end.
    return int(pytest.main(["-rfEs", *arguments]))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
