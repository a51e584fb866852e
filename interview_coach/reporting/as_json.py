"""The report as JSON: names as the outside contract has them, times in UTC, spans with their offsets."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from interview_coach.domain.evidence import Span
from interview_coach.domain.mastery import Standing
from interview_coach.domain.mastery_change import Change, Changes
from interview_coach.domain.rubric import Anchor, Rubric
from interview_coach.domain.scorecard import PARTS, AnswerScore
from interview_coach.reporting.answers import Exchange, ReportedAnswer, Take, Unmarked
from interview_coach.reporting.points import Point
from interview_coach.views import provenance_json, span_json, time_json

if TYPE_CHECKING:
    from interview_coach.reporting.report import Report


def report_json(report: "Report") -> dict[str, Any]:
    """All of it."""
    return {
        "interview_id": report.interview_id,
        "evaluation_status": report.evaluation_status,
        "rubric_version": report.rubric_version,
        "overall": report.overall,
        "coverage": round(report.coverage, 4),
        "planned": report.planned,
        "asked": report.asked,
        "answered": report.answered,
        "needs_review": list(report.needs_review),
        "recommendation": report.recommendation.value if report.recommendation else None,
        "readiness": report.readiness,
        "parts": report.parts,
        "dimensions": dict(report.dimensions),
        "dimension_definitions": _definitions(report.rubric),
        "answers": [_answer(entry) for entry in report.answers],
        "unmarked": [_unmarked(entry) for entry in report.unmarked],
        "strengths": [_point(point) for point in report.strengths],
        "improvements": [_point(point) for point in report.improvements],
        "next_steps": [_point(point) for point in report.next_steps],
        "summary": report.summary,
        "summary_provenance": provenance_json(report.summary_by) if report.summary_by else None,
        "summary_note": report.summary_note,
        "provenance": provenance_json(report.provenance) if report.provenance else None,
        "timeline": [
            {"number": time.number, "seconds": time.seconds, "break_seconds": time.away, "answered": time.is_answered}
            for time in report.times
        ],
        "speech": report.speech.to_json() if report.speech else None,
        "speech_note": report.speech_note,
        "mastery_updates": _changes(report.changes) if report.changes else None,
        "mastery_note": report.changes_note,
        "evaluation": report.evaluation.to_json() if report.evaluation else None,
        "evaluations": [{**line.view.to_json(), "overall": line.overall} for line in report.evaluations],
    }


def _changes(changes: Changes) -> dict[str, list[dict[str, Any]]]:
    return {"competencies": list(map(_change, changes.competencies)), "topics": list(map(_change, changes.topics))}


def _change(change: Change) -> dict[str, Any]:
    return {
        "competency": change.competency,
        **({"subject": change.subject} if change.subject else {}),
        "count": change.count,
        "before": _standing(change.before) if change.before else None,
        "after": _standing(change.after),
    }


def _standing(found: Standing) -> dict[str, Any]:
    return {"mastery": round(found.value, 4), "band": found.band.value, "difficulty": found.level.value}


def _definitions(rubric: Rubric | None) -> dict[str, dict[str, str]]:
    found = rubric.dimensions if rubric else ()
    return {dimension.key: {"name": dimension.name, "meaning": dimension.meaning} for dimension in found}


def _place(span: Span | None) -> dict[str, Any] | None:
    """A span of the answer itself."""
    return {"text": span.text, "start": span.start, "end": span.end} if span else None


def _point(point: Point) -> dict[str, Any]:
    return {
        "text": point.text,
        "number": point.number,
        "quote": point.quote.text if point.quote else None,
        "start": point.quote.start if point.quote else None,
        "end": point.quote.end if point.quote else None,
        "also": list(point.also),
        "evidence": span_json(point.evidence) if point.evidence else None,
    }


def _anchors(anchors: Mapping[str, Anchor]) -> dict[str, dict[str, Any]]:
    return {key: {"lowest": anchor.lowest, "behaviour": anchor.behaviour} for key, anchor in anchors.items()}


def marks_json(score: AnswerScore) -> dict[str, Any]:
    """Of the interview's answer or of a retaken one."""
    star = score.star
    quotes = [
        {"text": remark.quote.text, "start": remark.quote.start, "end": remark.quote.end, "about": remark.about}
        | {"remark": remark.text}
        for remark in (*score.remarks, *score.improvements)
        if remark.quote
    ]
    return {
        "accuracy": score.accuracy,
        "completeness": score.completeness,
        "clarity": score.clarity,
        "score": score.score,
        "needs_review": score.needs_review,
        "runs": [
            {
                "accuracy": run.accuracy,
                "completeness": run.completeness,
                "clarity": run.clarity,
                "total": run.total,
            }
            for run in score.runs
        ],
        "deviation": None if score.deviation is None else round(score.deviation, 2),
        "is_uncertain": score.is_uncertain,
        "star": {part: _place(getattr(star, part)) for part in PARTS},
        "feedback": score.feedback,
        "notes": list(score.notes),
        "quotes": quotes,
        "improvements": [_point(Point(remark.text, score.number, remark.quote)) for remark in score.improvements],
        "dimensions": dict(score.dimensions),
        "reference_answer": score.reference_answer,
        "reference_sources": [span_json(span) for span in score.reference_sources],
        "provenance": provenance_json(score.provenance),
    }


def _answer(entry: ReportedAnswer) -> dict[str, Any]:
    exchange = entry.exchange
    return {
        "number": entry.number,
        "kind": entry.kind.value,
        "category": entry.score.category,
        "question": entry.question,
        "evidence": [span_json(span) for span in entry.why],
        "answer": entry.answer,
        "words": entry.words,
        **_exchange(exchange),
        "weight": entry.weight,
        **marks_json(entry.score),
        "anchors": _anchors(entry.anchors),
        "retakes": [_take(entry, take) for take in entry.takes],
    }


def _exchange(exchange: Exchange | None) -> dict[str, Any]:
    if exchange is None:
        return {}
    return {
        "asked_at": time_json(exchange.asked_at),
        "answered_at": time_json(exchange.answered_at),
        "seconds": exchange.seconds,
        "source": exchange.source,
        "heard": exchange.heard,
        "skipped": exchange.skipped,
        "corrected_since": exchange.corrected_since,
        "asked_by": provenance_json(exchange.asked_by),
    }


def _take(entry: ReportedAnswer, take: Take) -> dict[str, Any]:
    return {
        "id": take.id,
        "take": take.take,
        "answer": take.text,
        "source": take.source,
        "answered_at": time_json(take.answered_at),
        "status": take.status,
        "coach": take.coach,
        "error": take.error,
        "before": entry.score.score,
        "after": take.score.score if take.score else None,
        "change": entry.change(take),
        "marks": marks_json(take.score) if take.score else None,
    }


def _unmarked(entry: Unmarked) -> dict[str, Any]:
    return {
        "number": entry.number,
        "kind": entry.kind.value,
        "question": entry.question,
        "answer": entry.answer,
    }
