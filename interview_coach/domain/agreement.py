"""Yes or no to the interviewer who has asked whether to end the interview."""

import re

from interview_coach.domain.turns import Meaning, fold, meaning_of
from interview_coach.domain.vocabulary import words

_LONGEST = 8
"""Words. Whoever says more has something to tell."""
_SHORT = 4
"""Words that a no may have in all, when they do not speak of the end."""
_YES = words("yes yeah yea yep yup sure okay ok please correct right exactly ja jawohl genau si claro vale oui ouais")
_NO = words("no nope nah not don't nein nee nicht non pas")
_GOES_ON = re.compile(
    r"\b(?:(?:go|going|carry|move|moving) on|keep going|continu(?:e|ing|ar|emos|er|ons)|weiter(?:machen)?"
    r"|seguir|sigamos)\b"
)
_ENDS = re.compile(r"\b(?:(?:end|stop|finish)(?:ing)?|beenden|aufhoren|schluss|terminar|acabar|arreter|terminer)\b")


def agrees_to_end(said: str) -> bool | None:
    """Whether this agrees to it. None: it says something else."""
    bare = fold(said)
    spoken = bare.split()
    if not spoken or len(spoken) > _LONGEST:
        return None
    meaning = meaning_of(said)
    if spoken[0] in _NO:
        speaks_of_it = _GOES_ON.search(bare) or _ENDS.search(bare)
        return False if speaks_of_it or len(spoken) <= _SHORT else None
    if _GOES_ON.search(bare):
        return False
    if meaning is Meaning.STOP or (meaning is Meaning.FILLER and not _YES.isdisjoint(spoken)):
        return True
    return True if spoken[0] in _YES and _ENDS.search(bare) else None
