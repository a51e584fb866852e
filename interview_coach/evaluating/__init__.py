"""Judging a finished interview: the request is a row that is committed with the end of the interview; the work may die
at any moment and is taken up again, because every batch of scores is stored once per evaluation and question."""

from interview_coach.evaluating.claims import let_go
from interview_coach.evaluating.reports import report
from interview_coach.evaluating.requesting import check_coach, enqueue, request, submit
from interview_coach.evaluating.showing import is_evaluated, latest, one, overalls
from interview_coach.evaluating.working import sweep, work

__all__ = [
    "check_coach",
    "enqueue",
    "is_evaluated",
    "latest",
    "let_go",
    "one",
    "overalls",
    "report",
    "request",
    "submit",
    "sweep",
    "work",
]
