"""The first page: what to continue, what to begin, what has been."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request

from interview_coach import interviewing
from interview_coach.domain.formats import AVAILABLE
from interview_coach.views import InterviewSummary
from interview_coach.web.people import owner
from interview_coach.web.words import FORMATS, STATES

bp = Blueprint("home", __name__)


def trend(interviews: Sequence[InterviewSummary]) -> dict[str, str]:
    """Interview id -> how its overall compares with the one before it. `interviews` are newest first."""
    scored = [interview for interview in interviews if interview.overall is not None]
    found = {}
    for later, earlier in pairwise(scored):
        change = (later.overall or 0) - (earlier.overall or 0)
        if change:
            found[later.id] = f"{abs(change)} {'more' if change > 0 else 'less'} than before"
        else:
            found[later.id] = "same as before"
    return found


def lists() -> dict[str, Any]:
    """What the list of interviews shows, with the filter of this request."""
    everything = interviewing.listing(owner())
    format, state = request.args.get("format") or None, request.args.get("state") or None
    return {
        "everything": everything,
        "interviews": [
            interview
            for interview in everything
            if (not format or interview.format == format) and (not state or interview.status == state)
        ],
        "trend": trend(everything),
        "current": next((interview for interview in everything if not interview.is_complete), None),
        "chosen_format": format,
        "chosen_state": state,
        "available_formats": [(key.value, FORMATS[key], True) for key in AVAILABLE],
        "states": [(key, words, True) for key, words in STATES.items()],
    }


@bp.get("/")
def index() -> Response:
    return make_response(render_template("home/index.html", **lists()))
