"""What kind of answer a question asks for, by its wording: not every good answer is a story."""

import re
from enum import StrEnum

from interview_coach.domain.asking import asks_for_outcome, asks_to_imagine, asks_to_picture, without_quotes


class Mode(StrEnum):
    """Kinds of answers."""

    STORY = "story"
    """Something that happened."""
    PLAN = "plan"
    """What one would do."""
    VIEW = "view"
    """What one knows or holds."""
    REASON = "reason"
    """Why this job."""


_STORY = re.compile(
    r"\b(?:tell me|describe|walk me|talk me|share|did|have you|has|had you|was|were)\b"
    r"|\b(?:comes?|came|is there) to mind\b|\bhave in mind\b"
    r"|\b(?:has|have) (?:\w+ ){1,3}(?:been|done|made|had)\b|\b(?:example of|a time|an occasion|your part)\b",
    re.IGNORECASE,
)
_PLAN = re.compile(r"\b(?:would you|will you|should one)\b", re.IGNORECASE)


_WISH = re.compile(
    r"\bwould (?:you (?:like|want|need|wish|prefer|enjoy|expect)|keep|make|attract|interest|a \w+ day)\b", re.IGNORECASE
)


def mode_of(question: str, competency: str) -> Mode:
    """By the last sentence of the question, because the first often quotes the ad."""
    question = without_quotes(question)
    parts = [part for part in re.split(r"(?<=[.!?:])\s+", question.strip()) if part]
    last = parts[-1] if parts else ""
    if competency == "motivation" and not re.search(
        r"\b(?:tell me about a time|describe a|example)\b", last, re.IGNORECASE
    ):
        return Mode.REASON
    if _WISH.search(last):
        return Mode.VIEW
    if (_PLAN.search(question) or asks_to_picture(question)) and not re.search(
        r"\btell me about a time\b", last, re.IGNORECASE
    ):
        return Mode.PLAN
    if _STORY.search(last) or asks_for_outcome(last):
        return Mode.STORY
    if not last or not last.endswith("?"):
        return Mode.STORY
    return Mode.PLAN if asks_to_imagine(last) and last.lower().startswith("how do you") else Mode.VIEW
