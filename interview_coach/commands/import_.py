"""`import`: bring in a file that `export` or the page “Your data” wrote."""

import argparse
from pathlib import Path

from interview_coach.commands.words import Stop

LARGEST_FILE = 512 * 1024 * 1024
"""Bytes. More than a page takes, because nobody waits in a browser; it is all held in memory."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which file."""
    parser.add_argument("file", type=Path, help="a file that `export` or the page “Your data” wrote")


def run(options: argparse.Namespace) -> int:
    """Check the whole file, then store all of it or nothing."""
    from interview_coach import create_app, portability
    from interview_coach.commands.settings import load
    from interview_coach.models import LOCAL_OWNER

    file: Path = options.file
    if not file.is_file():
        raise Stop(f"{file} is not a file. Nothing was changed.")
    if file.stat().st_size > LARGEST_FILE:
        raise Stop(f"{file} is larger than {LARGEST_FILE // 2**20} MB, so it was not read. Nothing was changed.")
    with create_app(load()).app_context():
        found = portability.import_(LOCAL_OWNER, file.read_bytes(), largest=LARGEST_FILE)
    print(f"Brought in: {_some(found.interviews, 'interview')}, {_some(found.evaluations, 'evaluation')}.")
    if found.kept:
        print(f"Here already, and left as it was: {_some(found.kept, 'interview')}.")
    return 0


def _some(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
