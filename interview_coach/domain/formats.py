"""Kinds of interview. What comes later is named here so that it is refused with a sentence, not ignored."""

from enum import StrEnum


class Format(StrEnum):
    """The seven formats; only `AVAILABLE` can be started today."""

    MOCK = "mock"
    MOCK_RESUME = "mock_resume"
    TECHNICAL = "technical"
    CODING = "coding"
    HR = "hr"
    AGENTIC = "agentic"
    DEBUGGING = "debugging"


AVAILABLE = (Format.MOCK, Format.MOCK_RESUME)


class Difficulty(StrEnum):
    """How demanding questions are."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


ADAPTIVE = "adaptive"
"""Instead of one difficulty for all questions: the level that the person has reached in each competency."""
