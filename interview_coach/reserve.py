"""A few megabytes kept back, so that deleting still works when the disk is full.

A deletion writes too: into the log of the database, and the overwritten pages of what is deleted. On a full disk that
is refused, and then nobody could make room, or have their words removed, when it matters most. So a file is kept that
holds nothing, and is given up for a deletion.
"""

import os
from contextlib import suppress
from pathlib import Path

NAME = ".reserve"
SIZE_BYTES = 2 * 1024 * 1024
"""Twice what the largest interview takes: two documents of the greatest length, twenty answers, its marks."""


def keep(folder: Path) -> bool:
    """Make the reserve unless it is there. False when the disk has no room for it; that is nobody's problem yet."""
    path = folder / NAME
    with suppress(OSError):
        if path.stat().st_size == SIZE_BYTES:
            return True
    try:
        with path.open("wb") as file:
            path.chmod(0o600)
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(file.fileno(), 0, SIZE_BYTES)
            else:
                file.write(bytes(SIZE_BYTES))
    except OSError:
        release(folder)
        return False
    return True


def release(folder: Path) -> None:
    """Give the room back to the disk."""
    with suppress(OSError):
        (folder / NAME).unlink()
