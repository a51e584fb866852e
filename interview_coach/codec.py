"""Frozen domain values <-> plain JSON values for storage. One place, so that a row and a value cannot drift apart."""

from functools import lru_cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


@lru_cache(maxsize=64)
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def dump(kind: Any, value: Any) -> Any:
    """`value` of type `kind` as dicts, lists, strings and numbers."""
    return _adapter(kind).dump_python(value, mode="json")


def load(kind: type[T], data: Any) -> T:
    """The value that `dump` stored."""
    loaded: T = _adapter(kind).validate_python(data)
    return loaded
