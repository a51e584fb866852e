"""Computing a report from its values."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import fmean

from interview_coach.coach.base import AnsweredQuestion
from interview_coach.domain import totals
from interview_coach.domain.mastery_change import Changes
from interview_coach.domain.provenance import Provenance
from interview_coach.domain.rubric import Anchor, Rubric
from interview_coach.domain.scorecard import DIMENSIONS, AnswerScore, Scorecard, Summary
from interview_coach.domain.time_spent import BREAK_SECONDS
from interview_coach.naming import without_marks
from interview_coach.reporting import readiness
from interview_coach.reporting.answers import Exchange, ReportedAnswer, Take, Unmarked
from interview_coach.reporting.quoting import Private, with_readable_quotes
from interview_coach.reporting.repeating import told
from interview_coach.reporting.report import EvaluationLine, Heading, Report, Time
from interview_coach.reporting.speaking import Speech
from interview_coach.reporting.steps import improvements, next_steps, strengths
from interview_coach.views import EvaluationView


def build_report(
    *,
    interview_id: str,
    evaluation_status: str,
    answers: Sequence[AnsweredQuestion],
    scorecard: Scorecard,
    rubric: Rubric | None = None,
    heading: Heading | None = None,
    planned: int = 0,
    exchanges: Sequence[Exchange] = (),
    summary: Summary | None = None,
    takes: Mapping[int, Sequence[Take]] | None = None,
    evaluation: EvaluationView | None = None,
    evaluations: Sequence[EvaluationLine] = (),
    speech: Speech | None = None,
    changes: Changes | None = None,
) -> Report:
    """The report over all questions that were ASKED.

    Skipped and unanswered questions count as 0 and lower `overall`. After an early finish, questions that were never
    asked are not part of it: `coverage` says how many of the asked ones were answered, and `planned` (the questions
    the interview was meant to have) keeps the words beside the number modest. A question without a score (evaluation
    still running) is in `unmarked` and leaves `overall` and `recommendation` None. `rubric` gives weights, anchors
    and definitions; without it every answer counts the same. `answers` hold the text that was judged.
    """
    given = {asked.number: asked.answer for asked in answers}
    private = {number: Private(answer) for number, answer in given.items()}
    scores = {
        score.number: with_readable_quotes(score, given[score.number], private[score.number])
        for score in scorecard.answers
        if score.number in given
    }
    times = {exchange.number: exchange for exchange in exchanges}
    entries = tuple(
        ReportedAnswer(
            question=asked.question,
            competency=asked.competency,
            answer=asked.answer,
            score=scores[asked.number],
            private=private[asked.number],
            kind=asked.kind,
            weight=totals.weight(rubric, asked.kind),
            why=asked.evidence,
            exchange=times.get(asked.number),
            anchors=_anchors(scores[asked.number], rubric),
            takes=tuple((takes or {}).get(asked.number, ())),
        )
        for asked in answers
        if asked.number in scores
    )
    answered = sum(bool(asked.answer and asked.answer.strip()) for asked in answers)
    planned = max(planned, len(answers))
    complete = bool(answers) and len(entries) == len(answers)
    dimensions, provenance = _dimensions(entries), _provenance(entries)
    steps = next_steps(entries) if complete else ()
    beside = told([entry.score for entry in entries], steps, given)
    entries = tuple(replace(entry, told=beside[entry.number]) for entry in entries)
    overall = _overall(entries) if complete else None
    given_marks = [entry.score.score for entry in entries if entry.is_answered and entry.score.score is not None]
    written = without_marks(summary.text) if summary is not None else ""  # the numbers are counted here, not told
    return Report(
        interview_id=interview_id,
        evaluation_status=evaluation_status,
        rubric_version=scorecard.rubric_version,
        asked=len(answers),
        answered=answered,
        answers=entries,
        overall=overall,
        recommendation=readiness.recommend(overall),
        readiness=readiness.in_words(
            overall,
            told=fmean(given_marks) if given_marks else None,
            answered=answered,
            planned=planned,
            unmarked=sum(entry.score.score is None for entry in entries),
        ),
        dimensions=dimensions,
        strengths=strengths(entries),
        improvements=improvements(entries),
        next_steps=steps,
        provenance=provenance,
        heading=heading,
        planned=planned,
        unmarked=tuple(
            Unmarked(asked.number, asked.kind, asked.question, asked.answer)
            for asked in answers
            if asked.number not in scores
        ),
        written=written,
        summary_by=summary.provenance if summary is not None and written else None,
        summary_note=summary.provenance.reason if summary is not None and summary.provenance.fallback else None,
        rubric=rubric,
        times=_times(exchanges),
        speech=speech.with_relevance(dimensions["relevance"], provenance) if speech else None,
        speech_note=_no_speech(exchanges) if speech is None else "",
        changes=changes,
        evaluation=evaluation,
        evaluations=tuple(evaluations),
    )


def _anchors(score: AnswerScore, rubric: Rubric | None) -> dict[str, Anchor]:
    found: dict[str, Anchor] = {}
    for criterion in rubric.criteria if rubric else ():
        marks = getattr(score, criterion.key, None)
        if marks is not None:
            found[criterion.key] = next(anchor for anchor in criterion.anchors if marks >= anchor.lowest)
    return found


def _overall(entries: Sequence[ReportedAnswer]) -> int | None:
    """The mean of all answers that have marks; an answer that needs review is no 0 and no guess."""
    return totals.mean((entry.score.score, entry.weight) for entry in entries)


def _dimensions(entries: Sequence[ReportedAnswer]) -> dict[str, int | None]:
    return {
        name: totals.mean((entry.score.dimensions.get(name), entry.weight) for entry in entries) for name in DIMENSIONS
    }


def _times(exchanges: Sequence[Exchange]) -> tuple[Time, ...]:
    found: list[Time] = []
    before = None
    for exchange in exchanges:
        away = 0.0
        if before is not None:
            waited = (exchange.asked_at - before).total_seconds()
            away = waited if waited > BREAK_SECONDS else 0.0
        seconds = exchange.seconds
        if seconds is not None and seconds > BREAK_SECONDS:
            away, seconds = away + seconds, None
        found.append(Time(exchange.number, seconds, away, exchange.answered_at is not None and not exchange.skipped))
        before = exchange.answered_at or exchange.asked_at
    return tuple(found)


def _no_speech(exchanges: Sequence[Exchange]) -> str:
    if any(exchange.source == "spoken" for exchange in exchanges):
        return "Pace and pauses are not measurable: when each word was spoken was not kept."
    return "Pace and pauses are not measurable, because nothing was spoken."


def _provenance(entries: Sequence[ReportedAnswer]) -> Provenance | None:
    """Who scored most answers; a fallback is told when any answer was scored by one. Where nothing was answered, the
    rules say 0 whoever marks, so that tells of the others only when there are no others."""
    sources = [entry.score.provenance for entry in entries if entry.is_answered]
    sources = sources or [entry.score.provenance for entry in entries]
    if not sources:
        return None
    fallback = next((source for source in sources if source.fallback), None)
    return fallback or Counter(sources).most_common(1)[0][0]
