"""A value that satisfies a JSON schema as pydantic writes them, filled with words of the request where it can be."""

import re
from typing import Any


def example(schema: dict[str, Any], source: str = "") -> Any:
    """Fields whose name speaks of a quote get words that stand in `source`."""
    return _value(schema, schema.get("$defs", {}), "", _sentences(source))


def _sentences(source: str) -> list[str]:
    plain = re.sub(r"^<<.*>>$", "", source, flags=re.MULTILINE)
    return [part.strip() for part in re.split(r"[\n.]", plain) if len(part.strip()) > 8]


def _value(node: dict[str, Any], defs: dict[str, Any], name: str, sentences: list[str]) -> Any:
    if "$ref" in node:
        return _value(defs[node["$ref"].rsplit("/", 1)[-1]], defs, name, sentences)
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in node:
            options = [option for option in node[choice] if option.get("type") != "null"]
            return _value(options[0], defs, name, sentences) if options else None
    if "const" in node:
        return node["const"]
    if "enum" in node:
        return node["enum"][0]
    match node.get("type"):
        case "object":
            fields = node.get("properties", {})
            return {key: _value(inner, defs, key, sentences) for key, inner in fields.items()}
        case "array":
            count = max(1, node.get("minItems", 1))
            return [_value(node.get("items", {}), defs, name, sentences) for _ in range(count)]
        case "integer" | "number":
            low = node.get("minimum", node.get("exclusiveMinimum", 0))
            high = node.get("maximum", low + 10)
            middle = (low + high) / 2
            return int(middle) if node["type"] == "integer" else middle
        case "boolean":
            return True
        case "null":
            return None
        case _:
            quoting = "quote" in name and sentences
            text = sentences[0] if quoting else "Say what you did yourself, and what came of it."
            text = text[: node.get("maxLength", len(text))]
            return text.ljust(node.get("minLength", 0), ".")
