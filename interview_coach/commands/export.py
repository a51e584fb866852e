"""`export`: everything that is stored about you as one JSON file."""

import argparse
from datetime import datetime
from pathlib import Path

from interview_coach.commands.words import Stop


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("file", nargs="?", type=Path, help="default: a dated file in this folder")


def run(options: argparse.Namespace) -> int:
    """Write the file, readable by its owner only."""
    from interview_coach import create_app, portability
    from interview_coach.commands.settings import load
    from interview_coach.models import LOCAL_OWNER

    named = f"interview-coach-data-{datetime.now():%Y%m%d}.json"
    target: Path = options.file or Path(named)
    if target.is_dir():
        target = target / named
    if target.exists():
        raise Stop(f"{target} exists already, and nothing was changed. Choose another name.")
    with create_app(load()).app_context():
        raw = portability.export_json(LOCAL_OWNER)
    part = target.with_name(f"{target.name}.part")
    part.touch(mode=0o600)
    part.write_bytes(raw)
    part.replace(target)
    print(f"Saved to {target.resolve()}, {len(raw) / 2**20:.1f} MiB.")
    print("It holds your CV and your answers in plain words: keep it where only you can read it.")
    return 0
