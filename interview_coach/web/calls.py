"""The page of a call, and the page that checks microphone and speakers before one."""

from typing import Any

from flask import Blueprint, Response, current_app, jsonify, make_response, render_template, request, url_for

from interview_coach import calling, interviewing
from interview_coach.coaches import OFFLINE, coaches
from interview_coach.naming import coach_name
from interview_coach.views import InterviewView
from interview_coach.web import fragments
from interview_coach.web.fragments import Kind
from interview_coach.web.people import owner

bp = Blueprint("calls", __name__)

LEAST_THINKING, MOST_THINKING = 0.6, 4.0
"""Ends of the slider, in seconds."""


def speech(coach: str) -> str:
    """Who hears and speaks in a call with this coach: `server`, or `browser` when nothing here can do either."""
    return "server" if coaches().can_call(coach) else "browser"


def where_voice_goes(interview: InterviewView) -> str:
    """What happens to the sound of a person's voice in this call."""
    if speech(interview.coach) == "browser":
        return "No sound is sent to Interview Coach. What your browser writes down of your words is stored here."
    if not coaches().can_hear(interview.coach):
        return "No microphone is used in this call. What you type is stored here."
    name = coaches().resolve(interview.coach)
    whom = "the speech service that was set up for Interview Coach" if name == OFFLINE else coach_name(name)
    return (
        f"While the call lasts, your voice goes to {whom} to be understood. What is stored here are the words; "
        "the sound is only kept if you ask for a recording."
    )


def _values(interview: InterviewView) -> dict[str, Any]:
    thinking = current_app.config["COACH_SETTINGS"].thinking_seconds
    return {
        "speech": speech(interview.coach),
        "hears": coaches().can_hear(interview.coach),
        "where_voice_goes": where_voice_goes(interview),
        "thinking_seconds": min(max(thinking, LEAST_THINKING), MOST_THINKING),
        "least_thinking": LEAST_THINKING,
        "most_thinking": MOST_THINKING,
    }


@bp.get("/microphone")
def microphone() -> Response:
    """Needs no interview, so that it can be done the evening before; knows the way back to the call of one."""
    wanted = request.args.get("interview")
    interview = interviewing.view(owner(), wanted) if wanted else None
    coach = interview.coach if interview else "auto"
    return make_response(
        render_template(
            "calls/microphone.html", interview=interview, speech=speech(coach), hears=coaches().can_hear(coach)
        )
    )


@bp.get("/interviews/<id>/call")
def show(id: str) -> Response:
    interview = interviewing.view(owner(), id)
    if fragments.wanted() is Kind.JSON:
        # A browser learns nothing about why a WebSocket was refused; this is where the page asks.
        return jsonify(
            {
                "interview_id": interview.id,
                "is_complete": interview.is_complete,
                "question_count": interview.question_count,
                "answered_count": interview.answered_count,
                "max_questions": interview.max_questions,
                "speech": speech(interview.coach),
                "thinking_seconds": _values(interview)["thinking_seconds"],
            }
        )
    if interview.is_complete:
        return fragments.go(url_for("reports.show", id=id))
    elsewhere = calling.is_on_the_line(owner(), id)
    return make_response(
        render_template("calls/show.html", interview=interview, elsewhere=elsewhere, **_values(interview))
    )
