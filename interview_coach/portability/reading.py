"""From a file that anyone may have made to values that can be stored, or a sentence. Nothing is written here."""

import re
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError
from pydantic_core import from_json, to_json

from interview_coach.errors import Problem
from interview_coach.portability.checking import Unfit, check
from interview_coach.portability.shape import FORMAT, VERSION, DataFile

LARGEST_FILE = 32 * 1024 * 1024
"""Bytes that a page takes: about four hundred interviews."""


def _with_voice(data: dict[str, Any]) -> dict[str, Any]:
    """1 -> 2: interviewers, time and calls came."""
    for interview in data["interviews"]:
        interview |= {"persona": "", "minutes": None, "calls": []}
        for question in interview["questions"]:
            if question["answer"] is not None:
                question["answer"]["delivery"] = None
    return {**data, "version": 2}


UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: _with_voice}
"""Version -> the way from it to the next one. Whoever raises `VERSION` adds the old one here."""

MOST_USUALLY = 500
"""Items in one list: several times what an interview has of anything."""
MOST = {
    **dict.fromkeys(
        ("documents", "interviews", "evaluations", "retakes", "corrections", "provider_calls", "calls", "utterances"),
        20_000,
    ),
    **dict.fromkeys(("topics", "evidence"), 100),
}
"""Items in the lists of these names. Each item that does not fit costs the validation a kilobyte to describe, so a file
of millions of them would take all memory that there is."""
LEAST_BYTES = 20
"""For each list or object, on average: a file of ours has about a hundred. Empty ones take thirty times their length in
memory."""

_STEERING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""What no stored text holds: it cannot be stored everywhere, and steers a terminal that shows it."""

_WORDS = {
    "missing": "is missing",
    "string_too_long": "is too long",
    "string_too_short": "is empty",
    "too_long": "is too long",
    "greater_than_equal": "is too small",
    "less_than_equal": "is too large",
    "timezone_aware": "has no time zone",
}


def refused(sentence: str) -> Problem:
    """Why a file was not taken."""
    sentence = f"{sentence} Nothing was changed."
    return Problem("VALIDATION_FAILED", sentence, fields={"file": sentence})


def read(raw: bytes, largest: int = LARGEST_FILE) -> DataFile:
    """The checked contents. Raises DOCUMENT_TOO_LARGE, or VALIDATION_FAILED with a sentence that quotes nothing."""
    if len(raw) > largest:
        raise too_large(largest)
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    data = _parse(raw)
    if data.get("format") != FORMAT:
        raise refused("This is not a file that Interview Coach wrote. Choose the file that you saved under Your data.")
    version = data.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise refused("This file does not say which version it has, so it cannot be read.")
    if version > VERSION:
        raise refused(
            "This file was made by a newer version of Interview Coach. Update this one, then bring the file in again."
        )
    if version < VERSION:
        raw = _upgraded(data, version)
    del data
    try:
        found = DataFile.model_validate_json(raw)
        check(found)
    except ValidationError as error:
        raise refused(_sentence(error)) from None
    except Unfit as unfit:
        raise refused(f"This file does not hold together: {unfit}") from None
    return found


def too_large(largest: int) -> Problem:
    sentence = (
        f"This file is larger than {largest // 2**20} MB, so it was not read, and nothing was changed. "
        "The command “interview-coach import” takes larger ones."
    )
    return Problem("DOCUMENT_TOO_LARGE", sentence, fields={"file": sentence})


def _parse(raw: bytes) -> dict[str, Any]:
    if raw.count(b"[") + raw.count(b"{") > 10_000 + len(raw) // LEAST_BYTES:
        raise refused("This file holds far more in one place than Interview Coach ever stores.")
    try:
        data = from_json(raw, allow_inf_nan=False)
    except (ValueError, RecursionError):
        raise refused("This file cannot be read: it is not complete JSON in UTF-8.") from None
    if not isinstance(data, dict):
        raise refused("This is not a file that Interview Coach wrote. Choose the file that you saved under Your data.")
    _look_over(data)
    return data


def _look_over(data: dict[str, Any]) -> None:
    """Every string, and how many things are in one place. Not recursive: the depth is the file's choice."""
    left: list[tuple[str, Any]] = [("", data)]
    while left:
        name, value = left.pop()
        if isinstance(value, str):
            if _STEERING.search(value):
                raise refused("This file holds control characters, which no text of Interview Coach does.")
        elif isinstance(value, list):
            if len(value) > MOST.get(name, MOST_USUALLY):
                raise refused("This file holds far more in one place than Interview Coach ever stores.")
            left.extend((name, item) for item in value)
        elif isinstance(value, dict):
            if len(value) > MOST_USUALLY:
                raise refused("This file holds far more in one place than Interview Coach ever stores.")
            left.extend(("", key) for key in value)
            left.extend(value.items())


def _upgraded(data: dict[str, Any], version: int) -> bytes:
    for step in range(version, VERSION):
        if step not in UPGRADES:
            raise refused("This file was made by a version of Interview Coach that is too old to be read.")
        try:
            data = UPGRADES[step](data)
        except (KeyError, TypeError, ValueError, AttributeError, IndexError):
            raise refused("This file does not have the shape of its version, so it cannot be read.") from None
    return to_json(data)


def _sentence(error: ValidationError) -> str:
    """The first thing that is wrong and where, in the file's own names. A name that the file made up is not shown."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    words = _WORDS.get(first["type"], "does not have the right form")
    known = first["loc"][:-1] if first["type"] == "extra_forbidden" else first["loc"]
    place = ""
    for part in known:
        if isinstance(part, int):
            place += f" {part + 1}"
        elif re.fullmatch(r"[a-z_]{1,20}", part):
            place += f", {part.replace('_', ' ')}"
    place = place.strip(", ") or "the whole"
    if first["type"] == "extra_forbidden":
        return f"This file does not fit. At “{place}” there is something that is not known here."
    return f"This file does not fit. “{place}” {words}."
