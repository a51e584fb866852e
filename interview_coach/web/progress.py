"""How interviews compare over time, and what to practise next."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Flask, Response

from interview_coach import progress, standing, standing_speech
from interview_coach.domain.mastery import Mastery
from interview_coach.naming import BANDS, LEVELS
from interview_coach.progress import Progress
from interview_coach.web import fragments
from interview_coach.web.people import owner

bp = Blueprint("progress", __name__, url_prefix="/progress")


def _topics(found: Progress) -> dict[str, list[Mastery]]:
    """Competency -> its topics, the weakest first."""
    groups: dict[str, list[Mastery]] = {}
    for topic in found.topics:
        groups.setdefault(topic.competency, []).append(topic)
    return groups


def _values(found: Progress) -> dict[str, Any]:
    shown = standing.drawn(found)
    return {
        "progress": found,
        "multiples": standing.multiples(found) if found.trends else (),
        "shown": list(reversed(shown)),
        "shapes": standing.shapes(shown),
        "topics": _topics(found),
        "standing": standing,
        "aloud": standing_speech,
    }


@bp.get("")
def show() -> Response:
    found = progress.progress(owner())
    return fragments.show("progress/show.html", "progress/_progress.html", found.to_json, **_values(found))


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(
        band_words=lambda mastery: BANDS[mastery.band],
        level_words=lambda mastery: LEVELS[mastery.level],
        moment=lambda seconds: datetime.fromtimestamp(seconds, UTC),
    )
