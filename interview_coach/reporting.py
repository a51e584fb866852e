"""The report: one view model for page, JSON and print, computed from an interview's answers and its scorecard alone.

A pure function over values: the same rows give the same report, and every total can be recomputed from `answers`.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from interview_coach.coach.base import AnsweredQuestion
from interview_coach.domain import totals
from interview_coach.domain.evidence import Span
from interview_coach.domain.provenance import Provenance
from interview_coach.domain.scorecard import AnswerScore, Recommendation, Remark, Scorecard

DIMENSIONS = ("communication", "technical_depth", "problem_solving", "confidence", "relevance")
READINESS = (
    (80, Recommendation.STRONG_HIRE, "These answers are ready for the real interview."),
    (60, Recommendation.HIRE, "These answers are close to ready; a few parts are missing."),
    (35, Recommendation.NO_HIRE, "There is something to build on here. Take the steps below one at a time."),
    (0, Recommendation.STRONG_NO_HIRE, "These answers need their first concrete examples; begin with the steps below."),
)
"""Lowest overall, recommendation, and what it means. About practice for this job, not about selection."""
PRACTICE_NOTE = "This is for practice, not for selection."
_PARTS = {"situation": "the situation", "task": "the task", "action": "your own action", "result": "the result"}
_MOST = 5
_STEPS = 3


@dataclass(frozen=True, slots=True)
class Point:
    """A remark with the answer that it is about. `quote` is a verbatim span of that answer."""

    text: str
    number: int | None
    quote: Span | None
    also: tuple[int, ...] = ()
    """Numbers of other questions that it holds for."""


@dataclass(frozen=True, slots=True)
class ReportedAnswer:
    """One question with its answer and marks."""

    question: str
    answer: str | None
    score: AnswerScore


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a page or a file shows of a judged interview."""

    interview_id: str
    evaluation_status: str
    """PENDING, PROCESSING, COMPLETED or FAILED."""
    rubric_version: str
    asked: int
    answered: int
    answers: tuple[ReportedAnswer, ...]
    overall: int | None
    """0-100: the scores of all asked questions, unanswered ones as 0, divided by their number. None while scores are
    missing, or when nothing was asked."""
    recommendation: Recommendation | None
    readiness: str
    dimensions: dict[str, int | None]
    """Mean over the answers in which a dimension is measurable; None = in none of them."""
    strengths: tuple[Point, ...]
    improvements: tuple[Point, ...]
    next_steps: tuple[Point, ...]
    """Three, the most useful first; empty while there is nothing to go by."""
    summary: str
    provenance: Provenance | None

    @property
    def coverage(self) -> float:
        """Answered / asked, 0..1."""
        return self.answered / self.asked if self.asked else 0.0

    def to_json(self) -> dict[str, Any]:
        """The report as the outside contract has it."""
        return {
            "interview_id": self.interview_id,
            "evaluation_status": self.evaluation_status,
            "rubric_version": self.rubric_version,
            "overall": self.overall,
            "coverage": round(self.coverage, 4),
            "asked": self.asked,
            "answered": self.answered,
            "recommendation": self.recommendation.value if self.recommendation else None,
            "readiness": self.readiness,
            "dimensions": dict(self.dimensions),
            "answers": [_answer_json(entry) for entry in self.answers],
            "strengths": [_point_json(point) for point in self.strengths],
            "improvements": [_point_json(point) for point in self.improvements],
            "next_steps": [_point_json(point) for point in self.next_steps],
            "summary": self.summary,
            "provenance": _provenance_json(self.provenance),
            "speech": None,
        }


def build_report(
    *, interview_id: str, evaluation_status: str, answers: Sequence[AnsweredQuestion], scorecard: Scorecard
) -> Report:
    """The report over all questions that were ASKED.

    Skipped and unanswered questions count as 0 and lower `overall`. After an early finish, questions that were never
    asked are not part of it: `coverage` says how many of the asked ones were answered. `answers` holds every asked
    question; a question without a score (evaluation still running) leaves `overall` and `recommendation` None.
    """
    scores = {score.number: score for score in scorecard.answers}
    entries = tuple(
        ReportedAnswer(asked.question, asked.answer, scores[asked.number])
        for asked in answers
        if asked.number in scores
    )
    answered = sum(bool(asked.answer and asked.answer.strip()) for asked in answers)
    complete = bool(answers) and len(entries) == len(answers)
    overall = _overall(entries) if complete else None
    recommendation, readiness = _readiness(overall)
    open_numbers = [asked.number for asked in answers if not (asked.answer and asked.answer.strip())]
    return Report(
        interview_id=interview_id,
        evaluation_status=evaluation_status,
        rubric_version=scorecard.rubric_version,
        asked=len(answers),
        answered=answered,
        answers=entries,
        overall=overall,
        recommendation=recommendation,
        readiness=readiness,
        dimensions=_dimensions(entries),
        strengths=_strengths(entries),
        improvements=_improvements(entries),
        next_steps=_next_steps(entries, open_numbers) if complete else (),
        summary=_summary(entries, len(answers), answered, overall),
        provenance=_provenance(entries),
    )


def _overall(entries: Sequence[ReportedAnswer]) -> int | None:
    """The mean of all answers that have marks; an answer that needs review is no 0 and no guess."""
    return totals.overall((entry.score.score, 1.0) for entry in entries)


def _marks(entry: ReportedAnswer) -> int:
    """For ranking, where every answer has marks."""
    return entry.score.score or 0


def _readiness(overall: int | None) -> tuple[Recommendation | None, str]:
    if overall is None:
        return None, ""
    for lowest, recommendation, meaning in READINESS:
        if overall >= lowest:
            return recommendation, f"{meaning} {PRACTICE_NOTE}"
    raise AssertionError("the lowest threshold is 0")


def _dimensions(entries: Sequence[ReportedAnswer]) -> dict[str, int | None]:
    return {name: totals.dimension(entry.score.dimensions.get(name) for entry in entries) for name in DIMENSIONS}


def _strengths(entries: Sequence[ReportedAnswer]) -> tuple[Point, ...]:
    """From the best answers, one remark of each before a second, and no sentence twice."""
    ranked = sorted(entries, key=lambda entry: (-_marks(entry), entry.score.number))
    return _pick([(entry.score.number, entry.score.remarks) for entry in ranked])


def _improvements(entries: Sequence[ReportedAnswer]) -> tuple[Point, ...]:
    """From the answers with most to gain, one step of each before a second, and no sentence twice."""
    ranked = sorted(entries, key=lambda entry: (not _is_answered(entry), _marks(entry), entry.score.number))
    return _pick([(entry.score.number, entry.score.improvements) for entry in ranked])


def _pick(groups: Sequence[tuple[int, Sequence[Remark]]]) -> tuple[Point, ...]:
    chosen: list[Point] = []
    kinds: set[str] = set()
    for place in range(max((len(remarks) for _, remarks in groups), default=0)):
        for number, remarks in groups:
            if place < len(remarks) and len(chosen) < _MOST and _kind_of(remarks[place].text) not in kinds:
                kinds.add(_kind_of(remarks[place].text))
                chosen.append(Point(remarks[place].text, number, remarks[place].quote))
    return tuple(chosen)


def _kind_of(text: str) -> str:
    """The sentence without what it quotes."""
    return re.sub(r"“[^”]*”", "“”", text)


def _is_answered(entry: ReportedAnswer) -> bool:
    return bool(entry.answer and entry.answer.strip())


def _next_steps(entries: Sequence[ReportedAnswer], open_numbers: Sequence[int]) -> tuple[Point, ...]:
    """What would help in most answers first; then the questions left open; then practice with the weakest answer."""
    places: dict[str, list[tuple[int, int, Remark]]] = {}
    for entry in entries:
        if _is_answered(entry):
            for remark in entry.score.improvements:
                places.setdefault(_kind_of(remark.text), []).append((_marks(entry), entry.score.number, remark))
    steps: list[Point] = []
    if open_numbers:
        text = f"Write two sentences for {_questions(open_numbers)}: what happened, and what you did."
        steps.append(Point(text, open_numbers[0], None, tuple(open_numbers[1:])))
    for found in sorted(places.values(), key=lambda found: (-len(found), min(found, key=lambda item: item[:2])[:2])):
        _, number, remark = min(found, key=lambda item: item[:2])
        also = tuple(sorted({other for _, other, _ in found} - {number}))
        steps.append(Point(remark.text, number, remark.quote, also))
    ranked = sorted((entry for entry in entries if _is_answered(entry)), key=_marks)
    if ranked:
        weakest, best = ranked[0].score.number, ranked[-1].score.number
        steps.append(
            Point(f"Write the answer to question {weakest} again along its outline, and compare.", weakest, None)
        )
        steps.append(Point(f"Say the answer to question {best} aloud once, without reading it.", best, None))
    else:
        steps.append(Point("Note one event from your CV with a number in it, so that it is at hand.", None, None))
        steps.append(Point("Start a new interview with three questions and answer each in two sentences.", None, None))
    return tuple(steps[:_STEPS])


def _questions(numbers: Sequence[int]) -> str:
    names = [str(number) for number in numbers]
    if len(names) == 1:
        return f"question {names[0]}"
    return f"questions {', '.join(names[:-1])} and {names[-1]}"


def _summary(entries: Sequence[ReportedAnswer], asked: int, answered: int, overall: int | None) -> str:
    text = f"{answered} of {asked} questions answered."
    if overall is None:
        return text
    text += f" Overall {overall} of 100"
    text += "; questions without an answer count as 0." if answered < asked else "."
    told = [entry for entry in entries if _is_answered(entry)]
    if not told or not overall:
        return text
    best = max(told, key=lambda entry: (_marks(entry), -entry.score.number)).score
    text += f" The most marks went to question {best.number} ({best.category}, {best.score} of 100)."
    stories = [entry.score.star for entry in told if _marks(entry) > 0]
    missing = Counter(part for star in stories for part in star.missing)
    if missing:
        part, times = min(missing.items(), key=lambda item: (-item[1], list(_PARTS).index(item[0]) * -1))
        text += f" What is missing most often is {_PARTS[part]}: in {times} of {len(stories)}."
    return text


def _provenance(entries: Sequence[ReportedAnswer]) -> Provenance | None:
    """Who scored most answers; a fallback is told when any answer was scored by one."""
    sources = [entry.score.provenance for entry in entries]
    if not sources:
        return None
    fallback = next((source for source in sources if source.fallback), None)
    return fallback or Counter(sources).most_common(1)[0][0]


def _span_json(span: Span | None) -> dict[str, Any] | None:
    return {"text": span.text, "start": span.start, "end": span.end} if span else None


def _point_json(point: Point) -> dict[str, Any]:
    return {
        "text": point.text,
        "number": point.number,
        "quote": point.quote.text if point.quote else None,
        "start": point.quote.start if point.quote else None,
        "end": point.quote.end if point.quote else None,
        "also": list(point.also),
    }


def _answer_json(entry: ReportedAnswer) -> dict[str, Any]:
    score, star = entry.score, entry.score.star
    quotes = [
        {"text": remark.quote.text, "start": remark.quote.start, "end": remark.quote.end, "about": remark.about}
        | {"remark": remark.text}
        for remark in (*score.remarks, *score.improvements)
        if remark.quote
    ]
    return {
        "number": score.number,
        "category": score.category,
        "question": entry.question,
        "answer": entry.answer,
        "accuracy": score.accuracy,
        "completeness": score.completeness,
        "clarity": score.clarity,
        "score": score.score,
        "star": {part: _span_json(getattr(star, part)) for part in ("situation", "task", "action", "result")},
        "feedback": score.feedback,
        "quotes": quotes,
        "improvements": [_point_json(Point(remark.text, score.number, remark.quote)) for remark in score.improvements],
        "dimensions": dict(score.dimensions),
        "reference_answer": score.reference_answer,
        "provenance": _provenance_json(score.provenance),
    }


def _provenance_json(provenance: Provenance | None) -> dict[str, Any] | None:
    if provenance is None:
        return None
    names = ("coach", "version", "provider", "model", "prompt", "fallback", "reason")
    return {name: getattr(provenance, name) for name in names}
