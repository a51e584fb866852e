"""The command line: `interview-coach [serve|practice|doctor|config|backup|restore|export|import]`; `serve` when none is
named.

Each command is a module of `commands/`, imported when it is called, so that `--version` and `--help` cost nothing.
What goes wrong ends in a sentence and exit code 1; wrong usage in 2; Ctrl-C in 130.
"""

import argparse
import importlib
import keyword
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from interview_coach import __version__
from interview_coach.commands.words import Stop, sentence_for

COMMANDS = {
    "serve": "show the pages at http://127.0.0.1:8000 (also without any command)",
    "practice": "hold an interview in this terminal",
    "doctor": "check this computer, the storage and the coaches",
    "config": "show the settings in effect, keys masked",
    "backup": "copy the stored data to one file, also while the server runs",
    "restore": "put a backup in place of the stored data",
    "export": "save everything about you as one JSON file",
    "import": "bring such a file in again",
}


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(
        prog="interview-coach",
        description="Your CV, a job ad, eight good questions, honest feedback.",
        epilog="`python3 -m interview_coach test` runs all tests.",
    )
    top.add_argument("--version", action="version", version=f"Interview Coach {__version__}")
    commands = top.add_subparsers(dest="command", metavar="command", title="commands")
    for name, purpose in COMMANDS.items():
        _module(name).add_arguments(
            commands.add_parser(name, help=purpose, description=purpose[0].upper() + purpose[1:])
        )
    return top


def _module(name: str) -> Any:
    """A module with `add_arguments` and `run`."""
    return importlib.import_module(f"interview_coach.commands.{name}{'_' if keyword.iskeyword(name) else ''}")


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code."""
    known = {*COMMANDS, "-h", "--help", "--version"}
    given = list(arguments)
    if not given or (given[0].startswith("-") and given[0] not in known):
        given = ["serve", *given]
    options = parser().parse_args(given)
    try:
        return int(_module(options.command).run(options))
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return 1
    except Exception as error:
        print(sentence_for(error) or _unexpected(error), file=sys.stderr)
        return 1


def _unexpected(error: Exception) -> str:
    """Where it happened, and not the message: that may hold what a person wrote."""
    own = str(Path(__file__).resolve().parent)
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(own)]
    last = frames[-1] if frames else None
    where = f" in {Path(last.filename).relative_to(own)}, line {last.lineno}" if last else ""
    return (
        f"Something went wrong that should not have: {type(error).__name__}{where}. "
        "What was stored is still there. Please report this line."
    )


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Entry point of the console script."""
    raise SystemExit(run(sys.argv[1:] if arguments is None else arguments))
