"""Sentences that are said or noted in a call, from a data file."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _all() -> dict[str, Any]:
    return tomllib.loads((files("interview_coach") / "data" / "call.toml").read_text(encoding="utf-8"))


def phrase(name: str) -> str:
    """The sentence of this name; `closing.time` is `time` in the table `closing`."""
    found: Any = _all()
    for part in name.split("."):
        found = found[part]
    assert isinstance(found, str)
    return found
