"""The report: one view model for page, print, PDF and JSON, computed from values alone.

The same rows give the same report, and every total can be recomputed from `Report.answers`.
"""

from interview_coach.reporting.answers import Exchange, ReportedAnswer, Take, Unmarked
from interview_coach.reporting.building import build_report
from interview_coach.reporting.points import Point
from interview_coach.reporting.readiness import PRACTICE_NOTE, READINESS, THRESHOLDS
from interview_coach.reporting.repeating import Said, Told
from interview_coach.reporting.report import EvaluationLine, Heading, Report, Time
from interview_coach.reporting.speaking import Figure, Speech

__all__ = [
    "PRACTICE_NOTE",
    "READINESS",
    "THRESHOLDS",
    "EvaluationLine",
    "Exchange",
    "Figure",
    "Heading",
    "Point",
    "Report",
    "ReportedAnswer",
    "Said",
    "Speech",
    "Take",
    "Time",
    "Told",
    "Unmarked",
    "build_report",
]
