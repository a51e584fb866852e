"""Frozen domain values <-> plain JSON values for storage. One place, so that a row and a value cannot drift apart."""

from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


_adapters: dict[Any, TypeAdapter[Any]] = {}


def _adapter(kind: Any) -> TypeAdapter[Any]:
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


def dump(kind: Any, value: Any) -> Any:
    """`value` of type `kind` as dicts, lists, strings and numbers."""
    return _adapter(kind).dump_python(value, mode="json")


def load(kind: type[T], data: Any) -> T:
    """The value that `dump` stored."""
    loaded: T = _adapter(kind).validate_python(data)
    return loaded
