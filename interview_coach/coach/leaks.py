"""Does a reply give our own instructions away?"""

import re

RUN = 8
"""So many words in a row shared with the instructions are no accident."""

_WORD = re.compile(r"[^\W_]+")


class Secrets:
    """The instructions of one request, and the marker that only they hold."""

    def __init__(self, instructions: str, marker: str) -> None:
        self._marker = marker.lower()
        self._runs = frozenset(_runs(instructions))

    def leaked(self, text: str) -> bool:
        """True when the text holds the marker, a fence, or a run of `RUN` words of the instructions."""
        if self._marker in text.lower() or "<<data" in text or "<<end" in text:
            return True
        return any(run in self._runs for run in _runs(text))


def _runs(text: str) -> list[tuple[str, ...]]:
    words = [word.lower() for word in _WORD.findall(text)]
    return [tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)]
