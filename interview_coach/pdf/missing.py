"""What could not be printed, by name, because a box tells nobody what it stands for."""

import unicodedata

from interview_coach.pdf.headings import section
from interview_coach.pdf.paper import Paper
from interview_coach.pdf.prose import paragraph
from interview_coach.pdf.typecase import MISSING

_NAMED = 12


def missing(paper: Paper) -> None:
    """Nothing when all of it was printed."""
    found = paper.type.missing
    if not found:
        return
    section(paper, "What could not be printed", room=90)
    count = len(found)
    names = "; ".join(_name(character) for character in list(found)[:_NAMED])
    rest = f"; and {count - _NAMED} more" if count > _NAMED else ""
    one = count == 1
    paragraph(
        paper,
        f"{'One character' if one else f'{count} different characters'} could not be printed, because no font on this "
        f"computer has {'it' if one else 'them'}. {MISSING} stands there instead. The full text is on the page of the "
        f"report and in its JSON. {'It is' if one else 'They are'}: {names}{rest}.",
        size=9,
    )


def _name(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, 'without a name').lower()}"
