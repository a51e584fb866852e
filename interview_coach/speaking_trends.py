"""How interviews were spoken, over time: pace, long pauses and filler words of each, for the progress page.

Pauses are told per answer and filler words per minute of speech, because interviews differ in length.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from interview_coach import codec
from interview_coach.domain.speech import Delivery, SpeechMetrics, metrics_of, similarity_measure, with_relevance
from interview_coach.models import Call, Interview
from interview_coach.models import Delivery as DeliveryRow


@dataclass(frozen=True, slots=True)
class Spoken:
    """One interview of which at least one answer was spoken."""

    metrics: SpeechMetrics
    pauses_per_answer: float | None
    """Long ones."""
    fillers_per_minute: float | None
    """None where the transcript leaves filler words out."""
    similarity_measure: str | None = None
    """How `avg_semantic_similarity` came about; None without one."""

    def with_relevance(self, relevance: int | None, *, by_rules: bool) -> "Spoken":
        """With the similarity that the marks have, as in the report."""
        measure = None if relevance is None else similarity_measure(by_rules)
        return replace(self, metrics=with_relevance(self.metrics, relevance), similarity_measure=measure)

    def to_json(self) -> dict[str, Any]:
        return {
            **asdict(self.metrics),
            "similarity_measure": self.similarity_measure,
            "pauses_per_answer": self.pauses_per_answer,
            "fillers_per_minute": self.fillers_per_minute,
        }


def spoken(deliveries: Sequence[Delivery], *, session_duration: float, answered: int | None = None) -> Spoken | None:
    """The figures of one interview; None without a spoken answer."""
    metrics = metrics_of(deliveries, session_duration=session_duration, questions_answered=answered)
    if metrics is None:
        return None
    verbatim = [delivery for delivery in deliveries if delivery.fillers is not None]
    seconds = sum(delivery.speaking_time for delivery in verbatim)
    fillers = sum(delivery.filler_count or 0 for delivery in verbatim)
    return Spoken(
        metrics,
        round((metrics.long_pause_count or 0) / len(deliveries), 2),
        round(fillers * 60 / seconds, 1) if seconds else None,
    )


def spoken_interviews(session: Session, owner: str) -> dict[str, Spoken]:
    """Interview -> how it was spoken. Two queries, however many there are."""
    own = select(Interview.id).where(Interview.owner_id == owner)
    found: dict[str, list[Delivery]] = defaultdict(list)
    rows = session.execute(
        select(DeliveryRow.interview_id, DeliveryRow.measured)
        .where(DeliveryRow.interview_id.in_(own))
        .order_by(DeliveryRow.interview_id, DeliveryRow.number)
    )
    for interview_id, measured in rows:
        found[interview_id].append(codec.load(Delivery, measured))
    lengths = session.execute(
        select(Call.interview_id, func.sum(Call.seconds)).where(Call.interview_id.in_(own)).group_by(Call.interview_id)
    )
    seconds = {row[0]: row[1] for row in lengths}
    told = {
        interview_id: spoken(deliveries, session_duration=seconds.get(interview_id) or 0.0)
        for interview_id, deliveries in found.items()
    }
    return {interview_id: figures for interview_id, figures in told.items() if figures is not None}


def change_json(spoken: Sequence[Spoken]) -> dict[str, Any] | None:
    """First and newest of each figure, oldest interview first; None without any."""
    if not spoken:
        return None

    def ends(values: Sequence[float | None]) -> dict[str, float] | None:
        known = [value for value in values if value is not None]
        return {"first": known[0], "last": known[-1]} if known else None

    return {
        "interviews": len(spoken),
        "wpm": ends([one.metrics.wpm for one in spoken]),
        "pauses_per_answer": ends([one.pauses_per_answer for one in spoken]),
        "fillers_per_minute": ends([one.fillers_per_minute for one in spoken]),
    }
