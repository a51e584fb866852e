"""The key that signs cookies: from the settings, else made once and kept in the data folder, readable by its owner."""

import os
import secrets
from contextlib import suppress

from interview_coach.config import Settings

_SHORTEST = 16


def secret_key(settings: Settings) -> str:
    """At least 16 characters; ValueError when the configured one is shorter."""
    if settings.secret_key is not None and (given := settings.secret_key.get_secret_value()):
        if len(given) < _SHORTEST:
            raise ValueError(f"COACH_SECRET_KEY is too short: use at least {_SHORTEST} characters.")
        return given
    path = settings.data_dir.resolve() / "secret_key"
    if not path.exists():
        part = path.with_name(f"secret_key.{os.getpid()}")
        part.touch(mode=0o600)
        part.write_text(secrets.token_hex(32), encoding="ascii")
        # A link appears whole or not at all: of two processes that start together, one makes the key and both read it.
        with suppress(FileExistsError):
            os.link(part, path)
        part.unlink()
    return path.read_text(encoding="ascii").strip()
