"""Interviews: list, make, show, delete."""

from typing import Any

from flask import Blueprint, Response, current_app, g, jsonify, make_response, render_template, request, url_for

from interview_coach import coaching, creating, interviewing
from interview_coach.coaches import NAMES, coaches
from interview_coach.creating import NewInterview
from interview_coach.documents.errors import Busy, DocumentProblem, TooLarge
from interview_coach.documents.reading import read_upload
from interview_coach.domain.formats import ADAPTIVE, AVAILABLE, Difficulty
from interview_coach.errors import Problem
from interview_coach.naming import COACHES
from interview_coach.personas import SURPRISE, personas
from interview_coach.samples import load_sample
from interview_coach.views import InterviewView
from interview_coach.web import documents, fragments
from interview_coach.web.body import body
from interview_coach.web.errors import recovers
from interview_coach.web.fragments import Kind
from interview_coach.web.home import history
from interview_coach.web.limits import count_interview
from interview_coach.web.people import owner
from interview_coach.web.words import FORMATS

bp = Blueprint("interviews", __name__, url_prefix="/interviews")

TEXTS = (
    "cv_text",
    "job_text",
    "cv_id",
    "job_title",
    "company",
    "format",
    "difficulty",
    "persona",
    "language",
    "provider",
    "coaching",
    "like",
)
VALUES = ("questions", "follow_ups", "minutes", "focus", "force_create")
DIFFICULTIES = [
    (ADAPTIVE, "As it suits me", True),
    *((level.value, level.value.capitalize(), True) for level in Difficulty),
]
FEEDBACK = [
    ("off", "At the end", True),
    ("on", "After each answer as well", True),
    ("exam", "Exam: only at the end, and it stays so", True),
]
"""When feedback comes."""
LENGTHS = [
    ("", "By the number of questions", True),
    *((str(minutes), f"{minutes} minutes", True) for minutes in creating.MINUTES),
]
LANGUAGES = {
    "en": "English",
    "de": "Deutsch",
    "es": "Español",
    "fr": "Français",
    "it": "Italiano",
    "nl": "Nederlands",
    "pl": "Polski",
    "pt": "Português",
    "tr": "Türkçe",
    "uk": "Українська",
    "ar": "العربية",
    "hi": "हिन्दी",
    "ja": "日本語",
    "zh": "中文",
}


def _coach_choices() -> list[tuple[str, str, bool]]:
    usual = COACHES[coaches().resolve("auto")]
    choices = [("auto", f"The usual one ({usual})", True)]
    for name in NAMES[1:]:
        ready = coaches().is_configured(name)
        choices.append((name, COACHES[name] if ready else f"{COACHES[name]} (needs a key)", ready))
    return choices


def _persona_choices() -> list[tuple[str, str, bool]]:
    known = [(key, f"{item.name}: {item.about}", True) for key, item in personas().items()]
    return [("", "Nobody in particular", True), (SURPRISE, "Surprise me", True), *known]


def _form(typed: dict[str, Any], problem: Problem | None = None) -> Response:
    return make_response(
        render_template(
            "interviews/new.html",
            typed=typed,
            wrong=problem.fields if problem else {},
            problem=problem,
            show_notice=True,
            linked=True,
            cvs=[(cv.id, cv.name, True) for cv in creating.cvs(owner())],
            formats=[
                (key.value, words if key in AVAILABLE else f"{words} (comes later)", key in AVAILABLE)
                for key, words in FORMATS.items()
            ],
            difficulties=DIFFICULTIES,
            languages=[(key, words, True) for key, words in LANGUAGES.items()],
            coaches=_coach_choices(),
            feedback=FEEDBACK,
            personas=_persona_choices(),
            lengths=LENGTHS,
            most_questions=creating.MOST_QUESTIONS,
            most_follow_ups=creating.MOST_FOLLOW_UPS,
        )
    )


def _form_again(problem: Problem, kind: Kind) -> Response | None:
    if kind is not Kind.PAGE or problem.code in ("FORBIDDEN", "BAD_REQUEST"):
        return None
    if problem.code == "DOCUMENT_TOO_LARGE" and not problem.fields:
        return None  # the body was refused unread: there is nothing typed to show
    return _form(g.get("typed") or dict(request.form), problem)


@bp.get("")
def index() -> Response:
    found = history()

    def listed() -> dict[str, Any]:
        taken = interviewing.durations(owner())
        return {"interviews": [{**one.to_json(), "duration": taken.get(one.id)} for one in found["interviews"]]}

    return fragments.show("interviews/index.html", "home/_list.html", listed, **found)


@bp.get("/new")
def new() -> Response:
    return _form({})


def _read_files(typed: dict[str, Any]) -> dict[str, str | None]:
    """Put the text of uploaded files beside what was typed, so that one bad file does not lose the other."""
    wrong: dict[str, str] = {}
    code = "DOCUMENT_UNREADABLE"
    names: dict[str, str | None] = {}
    for document in ("cv", "job"):
        upload = request.files.get(f"{document}_file")
        if upload is None or not upload.filename:
            continue
        try:
            typed[f"{document}_text"] = read_upload(upload.read(), upload.filename)
            names[f"{document}_filename"] = upload.filename
        except DocumentProblem as error:
            if isinstance(error, TooLarge):
                code = "DOCUMENT_TOO_LARGE"
            elif isinstance(error, Busy) and not wrong:
                code = "STORAGE_BUSY"
            wrong[f"{document}_file"] = error.message
    if wrong:
        raise Problem(code, next(iter(wrong.values())), fields=wrong)
    return names


@bp.post("")
@recovers(_form_again)
def create() -> Response:
    sent = body()
    typed: dict[str, Any] = {name: sent.text(name) for name in TEXTS if sent.value(name) is not None}
    typed.update({name: sent.value(name) for name in VALUES if sent.value(name) is not None})
    names: dict[str, str | None] = {}
    if sent.value("sample"):
        sample = load_sample()
        typed.update(
            cv_text=sample.cv_text, job_text=sample.job_text, job_title=sample.job_title, company=sample.company
        )
        typed.pop("cv_id", None)
    g.typed = typed
    if not sent.value("sample"):
        names = _read_files(typed)
    interview_id, is_new = creating.create(owner(), NewInterview(**typed, **names))  # type: ignore[arg-type]  # checked there
    if is_new:
        count_interview()
    url = url_for("interviews.show", id=interview_id)
    if not is_new and fragments.wanted() is not Kind.JSON:
        return fragments.go(url_for("interviews.show", id=interview_id, found="yes"))
    if fragments.wanted() is Kind.JSON:
        response = jsonify(interviewing.view(owner(), interview_id).to_json())
        response.status_code = 201 if is_new else 200
        response.headers["Location"] = url
        return response
    return fragments.go(url)


def page(interview: InterviewView, **values: Any) -> Response:
    """The page of an interview that has begun, or is over."""
    noted = coaching.noted(owner(), interview)
    return make_response(render_template("interviews/show.html", interview=noted, **values))


@bp.get("/<id>")
def show(id: str) -> Response:
    interview = interviewing.view(owner(), id)
    kind = fragments.wanted()
    if kind is Kind.JSON:
        return jsonify(coaching.noted(owner(), interview).to_json())
    if kind is Kind.FRAGMENT:
        return make_response(
            render_template("interviews/_room_again.html", interview=coaching.noted(owner(), interview))
        )
    if interview.status == "CREATED" and not request.args.get("begin"):
        return documents.prepare(interview)
    return page(interview)


@bp.delete("/<id>")
def remove(id: str) -> Response:
    interviewing.delete(owner(), id)
    if fragments.wanted() is Kind.FRAGMENT:
        return fragments.go(url_for("home.index"))
    return current_app.response_class(status=204)
