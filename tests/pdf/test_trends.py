"""Several interviews in one PDF."""

import io
from dataclasses import replace
from datetime import timedelta

from pypdf import PdfReader

from interview_coach.pdf.trends import Category, PastInterview, Trends
from tests.pdf.reports import MOMENT, STORY, plain, report, words


def past(place: int, overall: int | None, coach: str = "Built-in coach", **changes: int | None) -> PastInterview:
    dimensions = {"communication": 40 + place, "technical_depth": None, "confidence": 50, "relevance": 30 + 2 * place}
    return PastInterview(
        MOMENT + timedelta(days=place), f"Job {place} at Seaview", overall, dimensions | changes, coach
    )


TRENDS = Trends(
    (past(1, 31), past(2, 80, "Gemini"), past(3, None), past(4, 52), past(5, 57)),
    (Category("Serving customers", 71, 5), Category("Working in a team", 33, 1)),
)


def test_progression_and_category_strengths_are_told_in_figures():
    text = words(plain(report(STORY), TRENDS))
    assert "Built-in coach: 3 interviews, from 31 of 100 in the first to 57 in the last, 26 more." in text
    assert "1 interview that another coach marked is in the table only" in text
    assert "9 Mar 2026 Job 5 at Seaview 57 of 100 Built-in coach" in text
    assert "7 Mar 2026 Job 3 at Seaview needs review" in text and "80 of 100 Gemini" in text
    assert "Communication 41 to 45" in text and ", best" not in text
    fell = Trends((*TRENDS.interviews[:-1], past(5, 57, communication=12)))
    assert "Communication 41 to 12, best 44" in words(plain(report(STORY), fell))
    assert "Serving customers (5 answers) 71 of 100" in text and "Working in a team (1 answer) 33 of 100" in text


def test_one_interview_has_no_trends():
    for trends in (None, Trends(()), Trends((past(1, 31),)), Trends((past(1, 31), past(2, None)))):
        assert "over time" not in words(plain(report(STORY), trends))


def test_without_numbers_there_are_no_trends():
    assert "over time" not in words(plain(report(STORY), TRENDS, numbers=False))


def test_marks_of_different_coaches_make_no_line():
    text = words(plain(report(STORY), Trends((past(1, 31), past(2, 80, "Gemini")))))
    assert "nothing to compare it with" in text and "31 of 100 Built-in coach" in text


def test_a_long_history_stays_short():
    many = Trends(tuple(past(place % 28, place % 100) for place in range(200)))
    pdf = plain(report(STORY), many)
    assert "The last 20 of 200, newest first:" in words(pdf)
    assert len(PdfReader(io.BytesIO(pdf)).pages) - len(PdfReader(io.BytesIO(plain(report(STORY)))).pages) <= 3


def test_a_long_job_title_wraps_in_its_cell():
    long = replace(past(1, 31), job="Assistant " * 25)
    text = words(plain(report(STORY), Trends((long, past(2, 41)))))
    assert text.count("Assistant") == 25
