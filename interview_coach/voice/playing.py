"""How much of the interviewer's sound was sent, and how much of it the person has heard."""

from collections.abc import Callable


class Playing:
    """Sound of one epoch after another. The browser's marks are the truth; between them, time is."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self.epoch = 0
        self._sent = 0.0
        self._marked = 0.0
        self._marked_at = 0.0
        self._line = 0.0
        self._line_open = False

    def send(self, seconds: float) -> None:
        """So much more sound was sent."""
        if self.left() <= 0:
            self._marked, self._marked_at = self._sent, self._now()
        if not self._line_open:
            self._line_open, self._line = True, self._sent
        self._sent += seconds

    def mark(self, epoch: int, milliseconds: float) -> None:
        """The browser has played so much of this epoch. Marks of earlier epochs and impossible ones are ignored."""
        seconds = milliseconds / 1000
        if epoch == self.epoch and self._marked <= seconds <= self._sent + 0.1:
            self._marked, self._marked_at = min(seconds, self._sent), self._now()

    def left(self) -> float:
        """Seconds that are still to be heard, at most."""
        return max(0.0, self._sent - self._played())

    def is_drained(self) -> bool:
        """True when the browser has said that all was played."""
        return self._sent - self._marked < 0.05

    def _played(self) -> float:
        return min(self._sent, self._marked + max(0.0, self._now() - self._marked_at))

    def line_fraction(self) -> float:
        """How much of the current line was heard, 0..1. 1 when it has no sound."""
        if not self._line_open or self._sent <= self._line:
            return 1.0
        return min(1.0, max(0.0, (self._played() - self._line) / (self._sent - self._line)))

    def end_line(self) -> None:
        """The next sound belongs to another line."""
        self._line_open = False

    def interrupt(self) -> int:
        """What was not heard is dropped. Returns the new epoch."""
        self.epoch = (self.epoch + 1) % 65536
        self._sent = self._marked = self._line = 0.0
        self._marked_at = self._now()
        self._line_open = False
        return self.epoch


def heard_part(text: str, fraction: float) -> str:
    """The words of `text` that were heard when this fraction of its sound was played; cut between words."""
    if fraction >= 0.98:
        return text
    end = int(len(text) * fraction)
    return text[: text.rfind(" ", 0, end + 1)].rstrip() if " " in text[: end + 1] else ""
