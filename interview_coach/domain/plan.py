"""What an interview means to cover, decided before its first question."""

from dataclasses import dataclass

from interview_coach.domain.evidence import Span
from interview_coach.domain.provenance import Provenance


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing to find out, by one main question and perhaps probes."""

    competency: str
    kind: str
    """How it is asked: `opening`, `experience`, `gap`, `situation`, `knowledge`, `motivation`."""
    requirements: tuple[int, ...]
    """Indexes into `Dossier.requirements`; empty only when the ad has none left."""
    cv_item: int | None
    """Index into `Dossier.cv_items`: the experience that backs it; None is a gap."""
    evidence: tuple[Span, ...]
    """The spans shown under \"Why this question\"."""
    reserve: bool = False
    """Asked only when probes left a slot free."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Topics in the order of asking; core topics first, then reserves."""

    topics: tuple[Topic, ...]
    probes: int
    """How many of the slots may be spent on probes, over the whole interview."""
    provenance: Provenance
