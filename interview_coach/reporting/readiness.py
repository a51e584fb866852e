"""What an overall means in words: readiness of these answers for this job, as practice and not as selection."""

from interview_coach.domain.scorecard import Recommendation

READINESS = (
    (80, Recommendation.STRONG_HIRE, "These answers are ready for the real interview."),
    (60, Recommendation.HIRE, "These answers are close to ready; a few parts are missing."),
    (35, Recommendation.NO_HIRE, "There is something to build on here. Take the next steps one at a time."),
    (
        0,
        Recommendation.STRONG_NO_HIRE,
        "Most answers still need a concrete example; begin with the next steps.",
    ),
)
"""Lowest overall, recommendation, and what it means. About practice for this job, not about selection."""
THRESHOLDS = (
    "From 80 of 100 the answers count as ready for the real interview, from 60 as close to ready, from 35 as something "
    "to build on; below, most of them still need a concrete example."
)
"""READINESS for whoever reads how the number comes about."""
PRACTICE_NOTE = "This is for practice, not for selection."
ENOUGH = 0.5
"""Share of the planned questions that must be answered before the words speak of the whole."""

_FIRST_LOOK = (
    (80, "What you did answer is ready for the real interview."),
    (60, "What you did answer is close to ready; a few parts are missing."),
    (35, "What you did answer is something to build on."),
    (0, "What is there still needs a concrete example; begin with the next steps."),
)


def recommend(overall: int | None) -> Recommendation | None:
    """By the thresholds of READINESS; None without an overall."""
    if overall is None:
        return None
    return next(recommendation for lowest, recommendation, _ in READINESS if overall >= lowest)


def in_words(overall: int | None, *, told: float | None, answered: int, planned: int, unmarked: int) -> str:
    """The sentences beside the overall. `told` is the mean of the answers that were given and marked, `planned` the
    questions that the interview was meant to have, `unmarked` the answers that need review."""
    if overall is None:
        return ""
    if not answered:
        return f"There is no answer to go by yet. Begin with the first of the next steps. {PRACTICE_NOTE}"
    if answered < planned * ENOUGH:
        were = "was" if answered == 1 else "were"
        meaning = (
            f"{answered} of {planned} questions {were} answered, so this is a first look and no picture of the whole. "
            + next(words for lowest, words in _FIRST_LOOK if (told or 0.0) >= lowest)
        )
    else:
        meaning = next(words for lowest, _, words in READINESS if overall >= lowest)
        if answered < planned:
            meaning += f" It rests on {answered} of {planned} questions."
    if unmarked == 1:
        meaning += " One answer has no marks and is not counted."
    elif unmarked:
        meaning += f" {unmarked} answers have no marks and are not counted."
    return f"{meaning} {PRACTICE_NOTE}"
