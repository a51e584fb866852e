"""What the interviewer does next."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ask:
    """Open the topic `topic` (index into `Plan.topics`)."""

    topic: int
    bridge: bool
    """True when the last answer was substantive: refer to it on the way."""


@dataclass(frozen=True, slots=True)
class Probe:
    """Stay with the topic and ask for what is missing."""

    topic: int
    aim: str
    """`situation`, `task`, `action`, `result`, `specific`, `deeper`, or `again` (the one re-ask after a non-answer)."""


@dataclass(frozen=True, slots=True)
class Close:
    """Nothing more to ask."""


Move = Ask | Probe | Close
