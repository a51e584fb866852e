"""Names of coaches, dimensions and levels, lengths of time and readings for people, the same on a page and on paper."""

import re

from interview_coach.domain.formats import Difficulty
from interview_coach.domain.mastery import Band
from interview_coach.domain.provenance import Provenance
from interview_coach.domain.scorecard import AnswerScore

COACHES = {"offline": "Built-in coach", "gemini": "Gemini", "openrouter": "OpenRouter"}
CRITERIA = (("accuracy", "Accuracy", 40), ("completeness", "Completeness", 30), ("clarity", "Clarity", 30))
"""Key, name and maximum of each part of the marks."""
DIMENSIONS = {
    "communication": "Communication",
    "technical_depth": "Technical depth",
    "problem_solving": "Problem-solving",
    "confidence": "Confidence of wording",
    "relevance": "Relevance",
}
BANDS = {Band.STRONG: "Strong", Band.GROWING: "On the way", Band.WEAK: "To practise"}
LEVELS = {Difficulty.EASY: "easy", Difficulty.MEDIUM: "medium", Difficulty.HARD: "hard"}


def coach_name(name: str) -> str:
    """A coach for people."""
    return COACHES.get(name, name)


def coach_words(name: str) -> str:
    """A coach inside a sentence: `the built-in coach`, `Gemini`."""
    return "the built-in coach" if name == "offline" else coach_name(name)


def asked_words(provenance: Provenance) -> str:
    """One sentence about who asked."""
    if provenance.coach == "rules":
        return f"Asked by the built-in coach (rules {provenance.version.removeprefix('assessor-rules-')})."
    parts = [f"Asked by {coach_name(provenance.provider or 'a model')}"]
    if provenance.model:
        parts.append(f"model {provenance.model}")
    if provenance.prompt:
        parts.append(f"prompt {provenance.prompt}")
    return ", ".join(parts) + "."


def scored_words(provenance: Provenance) -> str:
    """Who gave the marks, and, where it was instead of somebody else, why."""
    said = asked_words(provenance).replace("Asked by", "Marked by", 1)
    if not provenance.fallback:
        return said
    return f"{said} It stood in for the model that was asked. {provenance.reason or ''}".rstrip()


_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def count_words(count: int) -> str:
    """`three`, and figures above ten."""
    return _COUNTS[count] if 0 <= count < len(_COUNTS) else str(count)


def listing(parts: list[str]) -> str:
    """`62, 65 and 71`."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def shortened(text: str, most: int) -> str:
    """`text`, or its first `most` characters up to a whole word where words have spaces between them, and a `…`."""
    if len(text) <= most:
        return text
    cut, _, word = text[:most].rpartition(" ")
    return f"{(cut if cut and len(word) < 25 else text[:most]).rstrip()}…"


def duration_words(seconds: float) -> str:
    """`48 s`, `2 min 10 s`, `12 min`, `1 h 5 min`: as exact as it matters."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 600:
        return f"{whole // 60} min {whole % 60} s" if whole % 60 else f"{whole // 60} min"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 24 * 60:
        return f"{minutes // 60} h {minutes % 60} min" if minutes % 60 else f"{minutes // 60} h"
    days = round(minutes / (24 * 60))
    return "1 day" if days == 1 else f"{days} days"


def readings_words(score: AnswerScore) -> str:
    """What several readings of one answer gave; empty when there was one."""
    if len(score.runs) < 2:
        return ""
    totals = [str(marks.total) for marks in score.runs]
    text = f"{count_words(len(totals)).capitalize()} readings gave {listing(totals)}"
    return f"{text}: ask your adviser." if score.is_uncertain else f"{text}; each mark is the middle one."


_MARKS = re.compile(
    r"\b\d{1,3}(?:\.\d+)?\s*(?:/|of|out of)\s*(?:100|40|30|10)\b|\b\d{1,3}\s*(?:marks?|points?|per ?cent|%)"
    r"|\b(?:scores?|scored|marks?|overall|rating)\b[^.]*\d",
    re.IGNORECASE,
)


def without_marks(text: str) -> str:
    """Only the sentences that name no mark, for readers who do not want numbers."""
    return " ".join(part for part in re.split(r"(?<=[.!?])\s+", text.strip()) if not _MARKS.search(part))
