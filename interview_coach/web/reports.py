"""The report of a finished interview; while the marks are being given, how far that is."""

import re
import textwrap
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from flask import Blueprint, Response, make_response, request, url_for
from flask.blueprints import BlueprintSetupState
from markupsafe import Markup

from interview_coach import __version__, charts, creating, evaluating, interviewing
from interview_coach.coaches import NAMES, OFFLINE, coaches
from interview_coach.domain.rubric import Anchor, Criterion
from interview_coach.errors import Problem
from interview_coach.marking import legend, pieces
from interview_coach.naming import (
    COACHES,
    CRITERIA,
    DIMENSIONS,
    coach_words,
    count_words,
    duration_words,
    readings_words,
    shortened,
    without_marks,
)
from interview_coach.reporting import THRESHOLDS, Report, ReportedAnswer
from interview_coach.reporting.changing import told
from interview_coach.reporting.telling import sum_in_words, times_in_words
from interview_coach.web import fragments, printing
from interview_coach.web.people import owner
from interview_coach.web.preferences import low_anxiety
from interview_coach.web.words import clock, day, iso, job

bp = Blueprint("reports", __name__, url_prefix="/interviews/<id>")

CENTRE, RADIUS = (170.0, 122.0), 84.0
"""Of the radar, in a box of 340 x 232."""
STRIP = 1000.0
"""Width of the timeline in its own units; the page stretches it."""


@bp.record_once
def _filters(state: BlueprintSetupState) -> None:
    state.app.jinja_env.filters.update(
        duration=duration_words,
        readings=readings_words,
        without_marks=without_marks,
        points=charts.path,
        count_words=count_words,
        coach_words=coach_words,
        shortened=shortened,
        moment_tag=moment_tag,
        chart_lines=chart_lines,
        bar=bar,
        answer_links=answer_links,
        thirds=thirds,
        bands=bands,
    )


def moment_tag(moment: datetime, shown: str) -> Markup:
    """A time that scripts put into the reader's zone; `shown` is `clock` or `day`."""
    words = clock(moment) if shown == "clock" else day(moment)
    return Markup('<time datetime="{}" data-show="{}">{}</time>').format(iso(moment), shown, words)


@lru_cache(maxsize=64)
def chart_lines(name: str) -> list[str]:
    """The name of a dimension in lines of about 12 letters."""
    return textwrap.wrap(name, 12, break_long_words=False)


@lru_cache(maxsize=512)
def bar(value: int, maximum: int) -> Markup:
    """A length beside its figure, as in macros/bar.html; a page has dozens, and calling a macro is slow."""
    return Markup(  # noqa: S704  # numbers only
        f'<svg class="bar-line" viewBox="0 0 {maximum:d} 10" preserveAspectRatio="none" aria-hidden="true" '
        f'focusable="false"><rect class="bar-all" width="{maximum:d}" height="10"/>'
        f'<rect class="bar-part" width="{value:d}" height="10"/></svg>'
    )


def answer_links(numbers: Sequence[int], last: str = ", ") -> Markup:
    """The ways to some answers: `62, 65 and 71`, each number a link, with what stands before the last one."""
    links = [f'<a href="#answer-{number:d}">{number:d}</a>' for number in numbers]
    return Markup(last.join(filter(None, (", ".join(links[:-1]), links[-1]))))  # noqa: S704  # numbers only


def thirds(entry: ReportedAnswer) -> list[tuple[str, str, int, int | None, int | None]]:
    """Key, name and maximum of each part of the marks, the marks, and the lowest ones of the band they fell into."""
    marks, anchors = entry.score, entry.anchors
    return [
        (key, name, maximum, getattr(marks, key), anchors[key].lowest if key in anchors else None)
        for key, name, maximum in CRITERIA
    ]


def bands(report: Report) -> list[tuple[Criterion, list[tuple[int, Anchor, tuple[int, ...]]]]]:
    """The rubric: each criterion with its bands, (lowest mark, behaviour, numbers of the answers in it)."""
    reached = report.reached
    return [
        (
            criterion,
            [
                (anchor.lowest, anchor, reached.get(criterion.key, {}).get(anchor.lowest, ()))
                for anchor in criterion.anchors
            ],
        )
        for criterion in (report.rubric.criteria if report.rubric else ())
    ]


def dimension_names(report: Report) -> dict[str, tuple[str, str]]:
    """Key -> name and meaning, as the rubric has them."""
    defined = {dimension.key: dimension for dimension in report.rubric.dimensions} if report.rubric else {}
    return {
        key: (defined[key].name, defined[key].meaning) if key in defined else (DIMENSIONS.get(key, key), "")
        for key in report.dimensions
    }


def _charts(report: Report, names: dict[str, tuple[str, str]]) -> dict[str, Any]:
    return {
        "radar": charts.radar(
            [(names[key][0], value) for key, value in report.dimensions.items()], centre=CENTRE, radius=RADIUS
        ),
        "strip": charts.timeline(
            [(time.number, time.seconds, time.away) for time in report.times], width=STRIP, gap=4, narrowest=14
        )
        if report.tells_times
        else (),
        "strip_width": STRIP,
        "some_open": any(time.seconds is None for time in report.times),
        "some_away": any(time.away > 0 for time in report.times),
        "time_words": times_in_words(report),
        "sum": sum_in_words(report),
        "even": len({entry.weight for entry in report.answers}) <= 1,
        "is_measured": any(value is not None for value in report.dimensions.values()),
        "is_defined": any(meaning for _, meaning in names.values()),
        "describe_dimensions": _dimensions_in_words(report, names),
        "describe_times": _times_in_words(report),
    }


def _dimensions_in_words(report: Report, names: dict[str, tuple[str, str]]) -> str:
    found = report.dimensions.items()
    return ", ".join(f"{names[key][0]} {'not measurable' if value is None else value}" for key, value in found) + "."


def _times_in_words(report: Report) -> str:
    said = []
    for time in report.times:
        if time.away:
            said.append(f"a break of {duration_words(time.away)}")
        if time.seconds is not None:
            said.append(f"question {time.number}: {duration_words(time.seconds)}")
        else:
            said.append(f"question {time.number}: {'time not known' if time.is_answered else 'not answered'}")
    return "; ".join(said) + "."


def marking_coaches() -> list[tuple[str, str]]:
    """Who can mark on this computer: (name, words), the built-in coach first."""
    usable = [name for name in NAMES if name != "auto" and coaches().is_configured(name)]
    return [(name, COACHES[name]) for name in sorted(usable, key=lambda name: name != OFFLINE)]


def _json_address(id: str, chosen: str | None) -> str:
    path, query, evaluation = url_for("reports.show", id=id, evaluation=chosen).partition("?")
    return f"{path}{fragments.SUFFIX}{query}{evaluation}"


@bp.get("/report")
def show(id: str) -> Response:
    chosen = request.args.get("evaluation") or None
    report = evaluating.report(owner(), id, chosen)
    names = dimension_names(report)
    cuts = {entry.number: pieces(entry) for entry in report.answers}
    return fragments.show(
        "reports/show.html",
        "reports/_report.html",
        report.to_json,
        report=report,
        interview=report.heading,
        low_anxiety=low_anxiety(),  # asked once, and not by every line that depends on it
        chosen=chosen,
        json_address=_json_address(id, chosen),
        names=names,
        cuts=cuts,
        legend=legend(cuts.values()),
        criteria=CRITERIA,
        thresholds=THRESHOLDS,
        changes=told(report.changes, numbers=not low_anxiety()),
        markers=marking_coaches(),
        **_charts(report, names),
    )


@bp.get("/report.csv")
def table(id: str) -> Response:
    """Every question with its marks, for a spreadsheet. Like the JSON it has the numbers also where pages hide them."""
    report = evaluating.report(owner(), id, request.args.get("evaluation") or None)
    from interview_coach.reporting.as_csv import report_csv

    response = make_response(report_csv(report))
    response.content_type = "text/csv; charset=utf-8"
    return _as_file(response, report, "csv")


def _as_file(response: Response, report: Report, ending: str) -> Response:
    name = re.sub(r"[^A-Za-z0-9-]", "", report.interview_id)
    response.headers["Content-Disposition"] = f'attachment; filename="interview-report-{name}.{ending}"'
    return response


@bp.get("/report.pdf")
def download(id: str) -> Response:
    """The report as a file, once all marks are given."""
    report = evaluating.report(owner(), id, request.args.get("evaluation") or None)
    if report.evaluation_status != "COMPLETED":
        raise Problem(
            "NOT_COMPLETED",
            "The marks are not all there yet, so there is no PDF. Your answers are saved; look at the report page, "
            "and download it when the marks are there.",
        )
    from interview_coach.pdf.report import Cover, render

    interview = interviewing.view(owner(), id)
    cv = creating.cv_of(owner(), id)
    made_at = datetime.now(UTC)
    cover = Cover(
        job=job(interview),
        cv=cv.name,
        cv_stored_at=cv.created_at.astimezone(),
        completed_at=(interview.completed_at or made_at).astimezone(),
        made_at=made_at.astimezone(),
        version=__version__,
    )
    response = make_response(render(report, cover, printing.trends(owner()), numbers=not low_anxiety()))
    response.content_type = "application/pdf"
    return _as_file(response, report, "pdf")
