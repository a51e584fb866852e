"""The report's own sentences about the whole, for when no model wrote some."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from interview_coach.reporting.answers import ReportedAnswer
from interview_coach.reporting.steps import WHOLE

_PARTS = {"situation": "the situation", "task": "the task", "action": "your own action", "result": "the result"}
_SOMETHING = 35
"""Marks: below, no answer is called the strongest."""


def sentences(
    entries: Sequence[ReportedAnswer], *, asked: int, answered: int, planned: int, overall: int | None
) -> str:
    """With the numbers."""
    said = [_count(asked, answered, planned)]
    if overall is not None:
        if answered < asked:
            said.append("Questions without an answer count as 0.")
        said += _review(entries)
        best = _best(entries)
        if best is not None:
            score = best.score
            said.append(f"The most marks went to question {score.number} ({score.category}, {score.score} of 100).")
        said += _missing(entries)
    return " ".join(said)


def plain_sentences(entries: Sequence[ReportedAnswer], *, asked: int, answered: int, planned: int) -> str:
    """The same for somebody who wants no numbers: without marks and without counts. Questions keep theirs, which are
    names."""
    said = [_coverage(asked, answered, planned)]
    best = _best(entries)
    if best is not None:
        said.append(f"The strongest answer is the one to question {best.number} ({best.score.category}).")
    lacking = _most_missing(entries)
    if lacking is not None:
        said.append(f"What is missing most often is {lacking.words}.")
    return " ".join(said)


def _coverage(asked: int, answered: int, planned: int) -> str:
    if answered == asked:
        text = "Every question that was asked is answered." if planned > asked else "Every question is answered."
    else:
        text = "Some questions have no answer." if answered else "No question has an answer."
    return text + (" You finished before all of them were asked." if planned > asked else "")


def _count(asked: int, answered: int, planned: int) -> str:
    if asked == 1:
        text = "The one question that was asked is answered." if answered else "The one question asked has no answer."
    else:
        text = f"{answered} of {asked} questions answered."
    left = planned - asked
    if left > 0:
        text += f" You finished before the other {left} of {planned} were asked."
    return text


def _review(entries: Sequence[ReportedAnswer]) -> list[str]:
    count = sum(entry.score.score is None for entry in entries)
    if not count:
        return []
    return [
        "One answer needs review and is not in the overall."
        if count == 1
        else f"{count} answers need review and are not in the overall."
    ]


def _best(entries: Sequence[ReportedAnswer]) -> ReportedAnswer | None:
    """The strongest of several; one answer alone is no comparison."""
    marked = [entry for entry in entries if entry.is_answered and entry.score.score is not None]
    best = max(marked, key=lambda entry: (entry.score.score or 0, -entry.number), default=None)
    return best if best is not None and len(marked) > 1 and (best.score.score or 0) >= _SOMETHING else None


@dataclass(frozen=True, slots=True)
class _Lacking:
    """A part that several stories lack."""

    words: str
    times: int
    stories: int


def _most_missing(entries: Sequence[ReportedAnswer]) -> _Lacking | None:
    """An answer that is whole by its marks lacks nothing, and one without any part is no story."""
    told = [entry for entry in entries if entry.parts]
    lacking = [entry.parts for entry in told if entry.score.score is not None and entry.score.score < WHOLE]
    found = Counter(part for parts in lacking for part, span in parts if span is None)
    order = list(_PARTS)
    part, times = min(found.items(), key=lambda item: (-item[1], -order.index(item[0])), default=("", 0))
    return _Lacking(_PARTS[part], times, sum(entry.asks_story for entry in told)) if times > 1 else None


def _missing(entries: Sequence[ReportedAnswer]) -> list[str]:
    lacking = _most_missing(entries)
    if lacking is None:
        return []
    every = "both" if lacking.times == 2 else f"all {lacking.times}"
    where = every if lacking.times == lacking.stories else f"{lacking.times} of the {lacking.stories}"
    return [f"What is missing most often is {lacking.words}: in {where} answers that tell a story."]
