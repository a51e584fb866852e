"""Names of things for people, as filters of the templates."""

import secrets
from datetime import datetime
from typing import Protocol
from urllib.parse import urlsplit

from flask import Flask, current_app

from interview_coach.coach.rules.coaching import Coaching
from interview_coach.coaches import OFFLINE, coaches
from interview_coach.domain.competencies import COMPETENCIES
from interview_coach.domain.evidence import CvItemKind, RequirementKind, Source
from interview_coach.domain.formats import Format
from interview_coach.interviewing import LONGEST_ANSWER
from interview_coach.naming import DIMENSIONS, asked_words, coach_name, scored_words

FORMATS = {
    Format.MOCK: "Mock interview for the job",
    Format.MOCK_RESUME: "Mock interview about your CV",
    Format.TECHNICAL: "Technical",
    Format.CODING: "Coding",
    Format.HR: "HR",
    Format.AGENTIC: "Adaptive",
    Format.DEBUGGING: "Debugging",
}
STATES = {
    "CREATED": "Not started",
    "IN_PROGRESS": "In progress",
    "COMPLETED": "Finished",
    "EVALUATED": "Report ready",
}
SOURCES = {Source.CV: "Your CV says", Source.JOB: "The ad says", Source.ANSWER: "You said"}
REQUIREMENTS = {
    RequirementKind.MUST: "Must have",
    RequirementKind.NICE: "Nice to have",
    RequirementKind.DUTY: "What you would do",
    RequirementKind.SOFT: "How you work",
}
ITEMS = {
    CvItemKind.ROLE: "role",
    CvItemKind.PROJECT: "project",
    CvItemKind.ACHIEVEMENT: "achievement",
    CvItemKind.SKILL: "skill",
    CvItemKind.EDUCATION: "education",
}


class Job(Protocol):
    """Whatever names a job."""

    @property
    def job_title(self) -> str: ...

    @property
    def company(self) -> str: ...


def job(interview: Job) -> str:
    """`Data analyst at Acme`, as far as it is known."""
    title = interview.job_title or "Interview"
    return f"{title} at {interview.company}" if interview.company else title


def where_words_go(coach: str | None) -> str:
    """What happens to a person's words with this coach, or with the usual one."""
    name = coaches().resolve(coach or "auto")
    if name == OFFLINE:
        return "Your CV, the ad and your answers stay on this computer. The built-in coach works without a network."
    where = coach_name(name)
    settings = current_app.config["COACH_SETTINGS"]
    if name == "openrouter" and not settings.is_openrouter:
        where = f"a model at {urlsplit(settings.openrouter_base_url).hostname or 'another address'}"
    return (
        f"Questions are worded by {where}. The lines of your CV and the ad that matter, and your answers, "
        "are sent there, without e-mail, phone and street. Everything is stored on this computer only."
    )


def language_words(coach: str, language: str) -> str | None:
    """What to expect when the chosen language is not the one that the chosen coach speaks."""
    if language.split("-")[0].lower() == "en":
        return None
    if coaches().resolve(coach) == OFFLINE:
        return "The built-in coach speaks English: it asks in English, and it can only mark answers in English."
    return "The questions come in the language that you chose. The marks are for answers in English only."


def iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def clock(moment: datetime) -> str:
    """`10:42` in the zone of this computer; scripts put it into the reader's."""
    return f"{moment.astimezone():%H:%M}"


def day(moment: datetime) -> str:
    local = moment.astimezone()
    return f"{local.day} {local:%B %Y}"


def closeness_words(note: Coaching) -> str:
    """How near an answer is to what was asked, as far as shared words tell; empty when they tell nothing, or when it
    is near: that is no news to anybody."""
    if note.similarity >= 0.67:
        return ""
    if note.similarity >= 0.34:
        return "You touch what was asked."
    if note.similarity > 0:
        return "You say this mostly in other words than the question does, which is fine where the link is plain."
    return ""


def new_key() -> str:
    """Marks one rendered form, so that sending it twice is one answer."""
    return secrets.token_hex(12)


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(
        job=job,
        iso=iso,
        clock=clock,
        day=day,
        asked_words=asked_words,
        scored_words=scored_words,
        coach_name=coach_name,
        state_words=lambda state: STATES.get(state, state),
        format_words=lambda format: FORMATS.get(Format(format), format),
        source_words=lambda source: SOURCES[Source(source)],
        requirement_words=lambda kind: REQUIREMENTS[RequirementKind(kind)],
        item_words=lambda kind: ITEMS[CvItemKind(kind)],
        competency_words=lambda key: COMPETENCIES.get(key, key),
        closeness_words=closeness_words,
        dimension_words=lambda key: DIMENSIONS.get(key, key),
    )
    app.jinja_env.globals.update(
        where_words_go=where_words_go,
        language_words=language_words,
        new_key=new_key,
        answer_limit=LONGEST_ANSWER,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
