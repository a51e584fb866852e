"""What counts as an answer in this installation."""

from interview_coach.config import Settings
from interview_coach.domain.turns import DEFAULT_FILLERS, TurnRules


def rules_of(settings: Settings) -> TurnRules:
    """The rules that the operator's settings add up to."""
    more = {word.strip().casefold() for word in settings.fillers.split(",") if word.strip()}
    return TurnRules(settings.least_words, DEFAULT_FILLERS | more)
