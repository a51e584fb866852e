"""What a request brings: form fields or a JSON object, read the same way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request

from interview_coach.errors import Problem


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
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        raise _wrong(name, f"The field {name} must be text.")

    def value(self, name: str, default: object = None) -> object:
        """A field as it came; whoever uses it checks it."""
        value = self.values.get(name)
        return default if value is None or value == "" else value

    def number(self, name: str) -> int:
        """A whole number, VALIDATION_FAILED when it is none."""
        value = self.values.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit() and len(value.strip()) < 6:
            return int(value)
        raise _wrong(name, f"The field {name} must be a whole number.")


def _wrong(name: str, sentence: str) -> Problem:
    return Problem("VALIDATION_FAILED", sentence, fields={name: sentence})


def body() -> Body:
    """The fields of this request. BAD_REQUEST when its JSON is none, or is not an object."""
    if not request.is_json:
        return Body(request.form)
    if not request.get_data(cache=True).strip():
        return Body({})
    try:
        found = request.get_json(cache=True)
    except RecursionError:
        found = None
    if not isinstance(found, dict):
        raise Problem("BAD_REQUEST", "The JSON of this request must be an object with the fields in it.")
    return Body(found)
