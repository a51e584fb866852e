"""One turn of the person in a cascade."""

from dataclasses import dataclass, field

from interview_coach.voice.clips import Clips


@dataclass(slots=True)
class Turn:
    """`begins` is the second of the clock where the next clip begins; `speech` the seconds of speech since then."""

    clips: Clips
    begins: float
    speech: float = 0.0
    is_asked_to_end: bool = False
    is_stuck: bool = False
    """The ears failed and that was told: waits for more speech, `tell` or `end_turn`."""
    interrupts: bool = field(default=False, kw_only=True)

    @property
    def words(self) -> str:
        """All that is known to have been said."""
        return self.clips.words
