"""Answering one question of a finished interview once more, and seeing both answers side by side.

A retake is practice: the interview keeps its own answer and its own marks. Each retake is a row of its own with an
evaluation of its own, committed together, so that no retake is ever without the request to judge it.
"""

from interview_coach.retaking.drafting import save_draft
from interview_coach.retaking.showing import RetakeView, Takes, not_found, retakes, takes
from interview_coach.retaking.storing import MOST_RETAKES, Retaken, judge_again, retake

__all__ = [
    "MOST_RETAKES",
    "RetakeView",
    "Retaken",
    "Takes",
    "judge_again",
    "not_found",
    "retake",
    "retakes",
    "save_draft",
    "takes",
]
