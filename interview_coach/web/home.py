"""The first page: what to continue, what to begin, what has been, what to practise next."""

from typing import Any

from flask import Blueprint, Response, make_response, render_template, request

from interview_coach import interviewing, standing
from interview_coach.domain.formats import AVAILABLE
from interview_coach.progress import progress, trends
from interview_coach.views import InterviewSummary
from interview_coach.web.people import owner
from interview_coach.web.words import FORMATS, STATES, job

bp = Blueprint("home", __name__)

LATEST = 5
"""Interviews on the first page; the history has them all."""


def _chosen(everything: list[InterviewSummary]) -> dict[str, Any]:
    """The list with the filter of this request."""
    format, state, for_job = (request.args.get(name) or None for name in ("format", "state", "job"))
    return {
        "everything": everything,
        "interviews": [
            interview
            for interview in everything
            if (not format or interview.format == format)
            and (not state or interview.status == state)
            and (not for_job or job(interview) == for_job)
        ],
        "chosen_format": format,
        "chosen_state": state,
        "chosen_job": for_job,
    }


def history() -> dict[str, Any]:
    """Every interview that fits the filter of this request, newest first, and what can be chosen."""
    everything = interviewing.listing(owner())
    return {
        **_chosen(everything),
        "changes": standing.changes(trends(owner())),
        "available_formats": [(key.value, FORMATS[key], True) for key in AVAILABLE],
        "states": [(key, words, True) for key, words in STATES.items()],
        "jobs": [(name, name, True) for name in dict.fromkeys(map(job, everything))],
    }


@bp.get("/")
def index() -> Response:
    found = _chosen(interviewing.listing(owner()))
    so_far = progress(owner())
    return make_response(
        render_template(
            "home/index.html",
            **{**found, "interviews": found["interviews"][:LATEST]},
            changes=standing.changes(so_far.trends),
            current=next((interview for interview in found["everything"] if not interview.is_complete), None),
            progress=so_far,
        )
    )
