"""`restore`: a backup takes the place of the stored data; what was there is kept beside it."""

import argparse
from pathlib import Path

from interview_coach.commands.words import Stop


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which file."""
    parser.add_argument("file", type=Path, help="a file that `backup` wrote")


def run(options: argparse.Namespace) -> int:
    """Check the file, then put it in place."""
    from interview_coach import backups, db
    from interview_coach.commands.settings import load

    if not options.file.is_file():
        raise Stop(f"{options.file} is not a file. Nothing was changed.")
    kept = backups.restore(options.file, db.database_url(load()))
    print(f"Restored from {options.file}. The next start brings it up to date if it comes from an older version.")
    if kept is not None:
        print(f"What was there before is kept in {kept}.")
    return 0
