"""A pydantic model as a strict JSON schema, and a model's JSON as a pydantic value."""

import re
from typing import Any, TypeVar

from pydantic import BaseModel

T = TypeVar("T", bound=BaseModel)

_FENCE = re.compile(r"\A```[a-zA-Z]*\s*\n(.*)\n\s*```\Z", re.DOTALL)


def strict_schema(model: type[BaseModel]) -> dict[str, Any]:
    """Every object closed and every property required: without that, OpenAI's endpoints refuse `strict`."""
    strict = _strict(model.model_json_schema())
    assert isinstance(strict, dict)
    return strict


def _strict(node: Any) -> Any:
    if isinstance(node, list):
        return [_strict(item) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return {"$ref": node["$ref"]}
    strict: dict[str, Any] = {}
    for key, value in node.items():
        if key in {"properties", "$defs"}:
            strict[key] = {name: _strict(inner) for name, inner in value.items()}
        elif key in {"enum", "const", "required"}:
            strict[key] = value
        elif key not in {"default", "title"}:
            strict[key] = _strict(value)
    if isinstance(node.get("properties"), dict):
        strict["required"] = list(node["properties"])
        strict["additionalProperties"] = False
    return strict


def parse(text: str, schema: type[T]) -> T:
    """The value. Raises ValueError, whose text may quote the reply: never show or log it.

    A code fence around the whole is taken off, prose around it is not.
    """
    text = text.strip()
    fenced = _FENCE.match(text)
    return schema.model_validate_json(fenced.group(1) if fenced else text)
