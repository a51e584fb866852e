"""Sound that a person asked to keep: one file a call in `recordings/` of the data folder, named by the call's row."""

from collections.abc import Iterable
from pathlib import Path

from flask import current_app

FOLDER = "recordings"


def path_of(name: str) -> Path:
    """Where the recording of this name is, or will be. A name never leads out of the folder."""
    return Path(current_app.config["COACH_DATA_DIR"]) / FOLDER / Path(name).name


def remove(names: Iterable[str | None]) -> None:
    """Delete these recordings. What is not there is no error: deleting may be repeated."""
    for name in names:
        if name and Path(name).name:
            path_of(name).unlink(missing_ok=True)
