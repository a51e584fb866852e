"""`python3 -m interview_coach [command]`: prepares `.venv` on first use, then runs inside it.

Nothing but the standard library may be imported before `prepare` is done; `interview_coach/__init__.py` keeps to that
too, because it is imported before this file.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import NoReturn

from interview_coach.bootstrap import Environment, check_python, say, stop


def replace_by(command: list[str]) -> NoReturn:
    """Go on as another program. Windows cannot replace a process, so there this one waits for it."""
    if os.name == "nt":
        raise SystemExit(subprocess.call(command))
    os.execv(command[0], command)


def main() -> None:
    """Prepare if need be, then hand over to the command line or to the tests."""
    check_python()
    arguments = sys.argv[1:]
    testing = arguments[:1] == ["test"]
    environment = Environment(testing=testing)
    if testing and not environment.is_source_tree:
        stop("The tests are part of the source tree; run this command in it.")
    if environment.is_source_tree:
        ours = environment.is_current and environment.read_stamp() is not None
        if not (environment.is_ready() if ours else environment.is_complete_here()):
            environment.prepare()
            replace_by([str(environment.python), "-m", "interview_coach", *arguments])
    if testing:
        os.chdir(environment.root)
        replace_by([sys.executable, "-m", "tests", *arguments[1:]])
    from interview_coach.cli import main as run

    run(arguments)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        say("Stopped. Run the same command again to go on.")
        raise SystemExit(130) from None
