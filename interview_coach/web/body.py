"""What a request brings: form fields or a JSON object, read the same way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request

from interview_coach.errors import Problem

BIGGEST = 100_000
"""Far above every number that a question can have, far below what a database cannot hold."""
MOST_FIELDS = 40
SWITCH = {"on": True, "true": True, "1": True, "yes": True, "off": False, "false": False, "0": False, "no": False}


@dataclass(frozen=True, slots=True)
class Body:
    """Fields by name."""

    values: Mapping[str, Any]

    def text(self, name: str, default: str = "") -> str:
        """A field that holds text. VALIDATION_FAILED when it holds something else."""
        value = self.values.get(name)
        if value is None:
            return default
        if isinstance(value, str):
            return _storable(value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        raise _wrong(name, f"The field {name} must be text.")

    def value(self, name: str, default: object = None) -> object:
        """A field as it came; whoever uses it checks it."""
        value = self.values.get(name)
        return default if value is None or value == "" else value

    def switch(self, name: str, *, default: bool | None = None) -> bool:
        """On or off. VALIDATION_FAILED when it is neither, or missing without a default."""
        value = self.value(name, default)
        found = value if isinstance(value, bool) else SWITCH.get(str(value).strip().lower())
        if found is None:
            raise _wrong(name, f"Send {name} as on or off.")
        return found

    def number(self, name: str) -> int:
        """A whole number, VALIDATION_FAILED when it is none."""
        value = self.values.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < BIGGEST:
            return value
        if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit() and len(value.strip()) < 6:
            return int(value)
        raise _wrong(name, f"The field {name} must be a whole number.")


def typed_number() -> int | None:
    """The number in a form that is shown again after a problem; None when there is none."""
    try:
        return Body(request.form).number("number")
    except Problem:
        return None


def _storable(text: str) -> str:
    """Half of a surrogate pair (JSON can bring one) cannot be stored or shown, and PostgreSQL takes no NUL."""
    return text.replace("\0", "").encode(errors="replace").decode()


def _wrong(name: str, sentence: str) -> Problem:
    return Problem("VALIDATION_FAILED", sentence, fields={name: sentence})


def _refuse_rest() -> None:
    """A body without a stated length is cut at the limit in silence; reading on finds that out and raises 413."""
    if request.content_length is None:
        request.stream.read(1)


def body() -> Body:
    """The fields of this request. BAD_REQUEST when its JSON is none, or is not an object; 413 when it is too long."""
    if not request.is_json:
        form = request.form
        _refuse_rest()
        if len(form) > MOST_FIELDS:
            raise Problem("DOCUMENT_TOO_LARGE", "This form has more fields than any form here. Nothing was changed.")
        return Body(form)
    raw = request.get_data(cache=True)
    _refuse_rest()
    if not raw.strip():
        return Body({})
    try:
        found = request.get_json(cache=True)
    except RecursionError:
        found = None
    if not isinstance(found, dict):
        raise Problem("BAD_REQUEST", "The JSON of this request must be an object with the fields in it.")
    return Body(found)
