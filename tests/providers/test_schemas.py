"""Strict schemas, and reading what comes back."""

from enum import StrEnum
from typing import Any, Literal

import pytest
from pydantic import BaseModel, Field, ValidationError

from interview_coach.providers.schemas import parse, strict_schema
from tests.fakes.schema_values import example


class Level(StrEnum):
    LOW = "low"
    HIGH = "high"


class Leaf(BaseModel):
    title: str = Field(default="none", description="a property that is called like a keyword")
    kind: Literal["a", "b"] = "a"
    level: Level = Level.LOW


class Tree(BaseModel):
    default: int = Field(default=3, ge=1, le=5)
    leaves: list[Leaf] = Field(min_length=1)
    one: Leaf | None = Field(default=None, description="beside a reference")
    share: float = Field(ge=0, le=1)


class Nothing(BaseModel):
    pass


def objects(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, list):
        return [found for item in node for found in objects(item)]
    if not isinstance(node, dict):
        return []
    here = [node] if node.get("type") == "object" else []
    return here + [found for value in node.values() for found in objects(value)]


def test_every_object_is_closed_and_every_property_required() -> None:
    found = objects(strict_schema(Tree))
    assert len(found) == 2
    for node in found:
        assert node["additionalProperties"] is False
        assert node["required"] == list(node["properties"])


def test_a_property_may_be_called_like_a_keyword() -> None:
    schema = strict_schema(Tree)
    assert "default" in schema["properties"]
    assert "title" in schema["$defs"]["Leaf"]["properties"]
    assert "default" not in schema["properties"]["default"]


def test_nothing_stands_beside_a_reference() -> None:
    def check(node: Any) -> None:
        if isinstance(node, dict):
            assert "$ref" not in node or set(node) == {"$ref"}
            for value in node.values():
                check(value)
        elif isinstance(node, list):
            for value in node:
                check(value)

    check(strict_schema(Tree))


def test_the_stand_ins_example_satisfies_the_schema() -> None:
    assert Tree.model_validate(example(strict_schema(Tree)))


@pytest.mark.parametrize("text", ["```json\n{}\n```", "```\n{}\n```", " {} ", "```JSON\n{}\n\n```\n"])
def test_a_fence_around_all_of_it_is_taken_off(text: str) -> None:
    assert parse(text, Nothing) == Nothing()


@pytest.mark.parametrize("text", ["", "{} {}", "```json\n{}", "Here: {}", "{'a': 1}", '{"a": 1,}', "// x\n{}"])
def test_what_is_not_exactly_json_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        parse(text, Nothing)
