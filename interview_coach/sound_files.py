"""Sound that a person asked to keep: one file a call in `recordings/` of the data folder, named by the call's row."""

import re
from collections.abc import Iterable
from pathlib import Path

from flask import current_app

FOLDER = "recordings"
_OURS = re.compile(r"[0-9a-f]{16}\.wav")
"""The id of a call, and what it is."""


def path_of(name: str) -> Path:
    """Where the recording of this name is, or will be. A name never leads out of the folder."""
    return Path(current_app.config["COACH_DATA_DIR"]) / FOLDER / Path(name).name


def remove_all_but(names: Iterable[str | None]) -> None:
    """Delete recordings that no call knows of: a process that was killed between the file and its row left a voice
    behind. What is not named like one of ours is not ours."""
    known = {Path(name).name for name in names if name}
    for path in path_of("").glob("*.wav"):
        if _OURS.fullmatch(path.name) and path.name not in known:
            path.unlink(missing_ok=True)


def remove(names: Iterable[str | None]) -> None:
    """Delete these recordings. What is not there is no error: deleting may be repeated."""
    for name in names:
        if name and Path(name).name:
            path_of(name).unlink(missing_ok=True)
