"""Which line of work an ad is in, told by its words."""

from interview_coach.coach.rules.bank import bank
from interview_coach.coach.rules.checks import words
from interview_coach.domain.dossier import Dossier

_ENOUGH = 3.0


def trades_of(dossier: Dossier) -> tuple[str, ...]:
    """Keys of the trades whose words the ad uses (the title counts most, the CV a little), strongest first, at
    most two."""
    title = set(words(dossier.job_title))
    ad = words(dossier.job_text)
    cv = set(words(dossier.cv_text))
    marks = {}
    for trade in bank().trades:
        in_ad = {word for word in ad if word in trade.words}
        if not in_ad and not title & trade.words:
            continue
        marks[trade.key] = 3.0 * len(title & trade.words) + 1.0 * len(in_ad) + 0.2 * len(cv & trade.words)
    strong = sorted((key for key, mark in marks.items() if mark >= _ENOUGH), key=lambda key: (-marks[key], key))
    # A second trade only counts when it is nearly as strong: an ad for a nurse also speaks of an office.
    return tuple(key for key in strong[:2] if marks[key] >= 0.9 * marks[strong[0]])
