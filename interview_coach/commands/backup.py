"""`backup`: one consistent file, made while the server runs."""

import argparse
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from interview_coach.commands.words import Stop

if TYPE_CHECKING:
    from flask import Flask

    from interview_coach.config import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("file", nargs="?", type=Path, help="default: a dated file in the folder backups of the data")


def run(options: argparse.Namespace) -> int:
    """Copy the database."""
    from interview_coach import backups, db
    from interview_coach.commands.settings import load

    settings = load()
    path = db.sqlite_path(db.database_url(settings))
    if path is not None and not path.exists():
        raise Stop(f"There is nothing to back up yet: {path} does not exist.")
    named = f"coach-{datetime.now():%Y%m%d-%H%M%S}.db"
    target: Path = options.file or settings.data_dir / "backups" / named
    if target.is_dir():
        target = target / named
    if target.exists():
        raise Stop(f"{target} exists already, and nothing was changed. Choose another name.")
    with unmigrated(settings).app_context():
        backups.backup(target)
    print(f"Saved to {target.resolve()}, {target.stat().st_size / 2**20:.1f} MiB.")
    print("It holds CVs and answers in plain words: keep it where only you can read it.")
    return 0


def unmigrated(settings: "Settings") -> "Flask":
    """The storage and nothing else, the schema left as it is: a backup before an upgrade must not upgrade."""
    from flask import Flask

    from interview_coach import db
    from interview_coach.shipped import folder

    app = Flask("interview_coach")
    app.config["COACH_MIGRATIONS"] = str(folder("migrations"))
    db.init_app(app, settings)
    return app
