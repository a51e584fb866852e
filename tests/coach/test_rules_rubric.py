"""The rubrics as data: whole, versioned, and never lost."""

import json
from importlib.resources import files
from typing import Any

import pytest

from interview_coach.coach.rules.rubric import DIMENSIONS, RUBRIC, load_rubric, rubric_by_version, rubric_for
from interview_coach.domain.formats import AVAILABLE, Format


def plain(format: str = "mock") -> dict[str, Any]:
    folder = files("interview_coach.coach.rules") / "data" / "rubrics"
    found: dict[str, Any] = json.loads((folder / f"{format}.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("format", AVAILABLE)
def test_every_format_has_a_whole_rubric_of_its_own(format: Format) -> None:
    rubric = rubric_for(format)
    assert rubric.version.startswith(f"{format}-")
    assert {criterion.key: criterion.maximum for criterion in rubric.criteria} == {
        "accuracy": 40,
        "completeness": 30,
        "clarity": 30,
    }
    assert tuple(dimension.key for dimension in rubric.dimensions) == DIMENSIONS
    assert all(dimension.name and dimension.meaning.endswith(".") for dimension in rubric.dimensions)
    assert rubric.weighting.endswith(".")
    for criterion in rubric.criteria:
        assert all(anchor.example for anchor in criterion.anchors if anchor.lowest)


def test_versions_are_told_apart_and_earlier_ones_are_kept() -> None:
    versions = {rubric_for(format).version for format in AVAILABLE} | {"rubric-1"}
    assert len(versions) == len(AVAILABLE) + 1
    for version in versions:
        rubric = rubric_by_version(version)
        assert rubric is not None and rubric.version == version
    assert rubric_by_version("rubric-0") is None


def test_a_format_without_a_rubric_is_judged_like_a_mock_interview() -> None:
    assert rubric_for("debugging").criteria == RUBRIC.criteria or rubric_for("debugging").version.startswith(
        "debugging-"
    )


def test_confidence_is_defined_by_wording_and_not_by_feeling() -> None:
    meaning = next(dimension.meaning for dimension in RUBRIC.dimensions if dimension.key == "confidence")
    assert "wording" in meaning and "nothing about how you feel" in meaning


def test_a_rubric_says_what_all_dimensions_mean_and_weighs_every_question() -> None:
    data = plain()
    with pytest.raises(ValueError, match="five dimensions"):
        load_rubric(data | {"dimensions": data["dimensions"][:4]})
    with pytest.raises(ValueError, match="weight"):
        load_rubric(data | {"weights": data["weights"] | {"probe": 0}})
