"""The rubric that ships with the product, read from data/rubric.json."""

import json
from importlib.resources import files
from typing import Any

from interview_coach.domain.rubric import Anchor, Criterion, Rubric


def load_rubric(data: dict[str, Any]) -> Rubric:
    """A rubric from its plain form. `ValueError` when maxima or anchors do not fit together."""
    criteria = tuple(
        Criterion(
            key=entry["key"],
            maximum=entry["maximum"],
            question=entry["question"],
            anchors=tuple(Anchor(**anchor) for anchor in entry["anchors"]),
        )
        for entry in data["criteria"]
    )
    if sum(criterion.maximum for criterion in criteria) != 100:
        raise ValueError("the maxima of a rubric must add up to 100")
    for criterion in criteria:
        lowest = [anchor.lowest for anchor in criterion.anchors]
        if lowest != sorted(set(lowest), reverse=True) or lowest[-1] != 0 or lowest[0] > criterion.maximum:
            raise ValueError(f"the anchors of {criterion.key} must fall from the top band to 0")
    return Rubric(version=data["version"], criteria=criteria)


RUBRIC = load_rubric(json.loads((files(__package__) / "data" / "rubric.json").read_text(encoding="utf-8")))


def rubric_for(format: str) -> Rubric:
    """The rubric of a format of interview."""
    del format
    return RUBRIC


def band(criterion: Criterion, marks: int) -> Anchor:
    """The behaviour that these marks stand for."""
    return next(anchor for anchor in criterion.anchors if marks >= anchor.lowest)
