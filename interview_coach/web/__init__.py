"""The pages: one blueprint a noun, three representations of each resource (page, fragment, JSON)."""

from flask import Flask
from htmx_flask import Htmx

from interview_coach.config import Settings
from interview_coach.web import (
    answers,
    calls,
    coaching,
    corrections,
    data,
    deletion,
    documents,
    drafts,
    errors,
    evaluations,
    finish,
    fragments,
    health,
    home,
    interviews,
    limits,
    live,
    preferences,
    progress,
    questions,
    recordings,
    reports,
    retakes,
    security,
    words,
)

NOUNS = (
    home,
    interviews,
    questions,
    answers,
    drafts,
    finish,
    evaluations,
    reports,
    recordings,
    documents,
    deletion,
    retakes,
    corrections,
    coaching,
    progress,
    data,
    preferences,
    calls,
    live,
    health,
)


def init_app(app: Flask, settings: Settings) -> None:
    """Hang the pages on an application. Guards come first: what is refused never reaches a view."""
    Htmx(app)
    fragments.init_app(app)
    security.init_app(app)
    limits.init_app(app, settings)
    errors.init_app(app)
    words.init_app(app)
    preferences.init_app(app)
    progress.init_app(app)
    live.init_app(app, settings)
    for noun in NOUNS:
        app.register_blueprint(noun.bp)
