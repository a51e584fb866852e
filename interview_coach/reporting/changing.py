"""What an interview changed in a person's mastery, in words, with numbers and without."""

from interview_coach.domain.mastery_change import Change, Changes
from interview_coach.naming import BANDS, LEVELS, count_words

NEWER = "Newer marks of this interview are there, and your progress goes by those."
"""Why nothing is told of earlier marks."""
NOTHING = "Not measurable: none of these answers has marks that count."


def change_words(change: Change) -> str:
    """`From 42 to 55 of 100. Next questions: hard instead of medium.`"""
    after = round(100 * change.after.value)
    if change.before is None:
        answers = "answer" if change.count == 1 else f"{count_words(change.count)} answers"
        said = f"{after} of 100, from your first {answers} about it."
    else:
        before = round(100 * change.before.value)
        said = f"{after} of 100, as before." if before == after else f"From {before} to {after} of 100."
    return f"{said} {_level(change)}"


def plain_change_words(change: Change) -> str:
    """The same without numbers."""
    if change.before is None:
        said = "Your first answers about it." if change.count > 1 else "Your first answer about it."
    else:
        said = f"Before: {BANDS[change.before.band].lower()}." if change.moves_band else "As before."
    return f"{said} {_level(change)}"


def _level(change: Change) -> str:
    before = f" instead of {LEVELS[change.before.level]}" if change.before and change.moves_level else ""
    return f"Next questions: {LEVELS[change.after.level]}{before}."


def told(changes: Changes | None, *, numbers: bool) -> list[tuple[Change, str]]:
    """Each competency that was asked about, with its sentences."""
    words = change_words if numbers else plain_change_words
    return [(change, words(change)) for change in changes.competencies] if changes else []
