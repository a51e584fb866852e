"""A sentence of the report with the answer it is about and the words it rests on."""

from dataclasses import dataclass

from interview_coach.domain.evidence import Span


@dataclass(frozen=True, slots=True)
class Point:
    """A remark with the answer that it is about. `quote` is a verbatim span of that answer."""

    text: str
    number: int | None
    quote: Span | None
    also: tuple[int, ...] = ()
    """Numbers of other questions that it holds for."""
    evidence: Span | None = None
    """A line of the CV or the ad to start from, where there is no answer to quote."""
