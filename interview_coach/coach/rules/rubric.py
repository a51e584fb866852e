"""The rubrics that ship with the product: one file per format, data/rubrics/<format>.json.

A version that was ever used to judge stays in data/rubrics/earlier, so that an old report keeps its own anchors. A
change of any text that stands in a rubric is a new version.
"""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from interview_coach.domain.formats import Format
from interview_coach.domain.rubric import Anchor, Criterion, Dimension, Rubric

DIMENSIONS = ("communication", "technical_depth", "problem_solving", "confidence", "relevance")
_MAXIMUM = 100
_FOLDER = files(__package__) / "data" / "rubrics"


def load_rubric(data: dict[str, Any]) -> Rubric:
    """A rubric from its plain form. `ValueError` when maxima, anchors, dimensions or weights do not fit together."""
    criteria = tuple(
        Criterion(
            key=entry["key"],
            maximum=entry["maximum"],
            question=entry["question"],
            anchors=tuple(Anchor(**anchor) for anchor in entry["anchors"]),
        )
        for entry in data["criteria"]
    )
    if sum(criterion.maximum for criterion in criteria) != _MAXIMUM:
        raise ValueError("the maxima of a rubric must add up to 100")
    for criterion in criteria:
        lowest = [anchor.lowest for anchor in criterion.anchors]
        if lowest != sorted(set(lowest), reverse=True) or lowest[-1] != 0 or lowest[0] > criterion.maximum:
            raise ValueError(f"the anchors of {criterion.key} must fall from the top band to 0")
    dimensions = tuple(Dimension(**entry) for entry in data.get("dimensions", ()))
    if dimensions and tuple(dimension.key for dimension in dimensions) != DIMENSIONS:
        raise ValueError("a rubric says what all five dimensions mean, in their order")
    weights = data.get("weights", {"question": 1.0, "probe": 1.0, "why": ""})
    if min(weights["question"], weights["probe"]) <= 0:
        raise ValueError("a weight must be more than 0")
    return Rubric(
        version=data["version"],
        criteria=criteria,
        dimensions=dimensions,
        question_weight=weights["question"],
        probe_weight=weights["probe"],
        weighting=weights["why"],
    )


@cache
def _current() -> dict[str, Rubric]:
    """Format -> the rubric by which it is judged today."""
    names = [format for format in Format if (_FOLDER / f"{format}.json").is_file()]
    return {name: load_rubric(_read(f"{name}.json")) for name in names}


@cache
def _by_version() -> dict[str, Rubric]:
    earlier = [load_rubric(_read(f"earlier/{entry.name}")) for entry in (_FOLDER / "earlier").iterdir()]
    return {rubric.version: rubric for rubric in (*earlier, *_current().values())}


def _read(name: str) -> Any:
    return json.loads((_FOLDER / name).read_text(encoding="utf-8"))


def rubric_for(format: str) -> Rubric:
    """The rubric by which a format of interview is judged today; that of `mock` where a format has none of its own."""
    return _current().get(format, _current()[Format.MOCK])


def rubric_by_version(version: str) -> Rubric | None:
    """The rubric that an evaluation was made by; None when this installation does not know it."""
    return _by_version().get(version)


def band(criterion: Criterion, marks: int) -> Anchor:
    """The behaviour that these marks stand for."""
    return next(anchor for anchor in criterion.anchors if marks >= anchor.lowest)


RUBRIC = rubric_for(Format.MOCK)
