"""What the PDF of a report is given beside the report itself."""

from typing import TYPE_CHECKING

from interview_coach import progress
from interview_coach.domain.competencies import COMPETENCIES
from interview_coach.naming import coach_name
from interview_coach.web.words import job

if TYPE_CHECKING:
    from interview_coach.pdf.report import Trends


def trends(owner: str) -> "Trends":
    """All judged interviews of this person, and where the competencies stand by now."""
    from interview_coach.pdf.report import Category, PastInterview, Trends

    found = progress.progress(owner)
    return Trends(
        interviews=tuple(
            PastInterview(
                completed_at=trend.completed_at.astimezone(),
                job=job(trend),
                overall=trend.overall,
                dimensions=trend.dimensions,
                marked_by=coach_name(trend.coach),
            )
            for trend in found.trends
        ),
        categories=tuple(
            Category(COMPETENCIES.get(known.competency, known.competency), round(100 * known.value), known.count)
            for known in found.competencies
        ),
    )
