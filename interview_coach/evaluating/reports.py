"""Gathering what a report shows: one evaluation with its scores, the texts that were judged, all evaluations of the
interview, and the answers that were given again. A fixed number of queries, however long the interview was."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from interview_coach import codec, observations, transcripts
from interview_coach.coach.base import AnsweredQuestion
from interview_coach.coach.rules.rubric import rubric_by_version, rubric_for
from interview_coach.db import reading
from interview_coach.domain import speech, totals
from interview_coach.domain.mastery_change import Changes
from interview_coach.domain.scorecard import AnswerScore, Scorecard, Summary
from interview_coach.domain.transcript import QuestionKind
from interview_coach.errors import interview_not_found
from interview_coach.evaluating import rows
from interview_coach.evaluating.showing import not_found
from interview_coach.models import Call, Delivery, Evaluation, Interview, Retake, Score
from interview_coach.reporting import EvaluationLine, Exchange, Heading, Report, Speech, Take, build_report
from interview_coach.views import QuestionView

# Put together once: building a statement takes longer than running it.
_INTERVIEW = select(
    Interview.id,
    Interview.owner_id,
    Interview.job_title,
    Interview.company,
    Interview.coach,
    Interview.format,
    Interview.max_questions,
    Interview.language,
    Interview.completed_at,
    select(Retake.id).where(Retake.interview_id == Interview.id).exists().label("was_retaken"),
    select(Delivery.id).where(Delivery.interview_id == Interview.id).exists().label("was_spoken"),
).where(Interview.id == bindparam("id"))
_EVALUATIONS = (
    select(
        Evaluation.id,
        Evaluation.retake_id,
        Evaluation.coach,
        Evaluation.total,
        Evaluation.runs,
        Evaluation.requested_at,
        Evaluation.claimed_at,
        Evaluation.finished_at,
        Evaluation.failed_at,
        Evaluation.error,
        Evaluation.rubric_version,
        Evaluation.summary,
    )
    .where(Evaluation.interview_id == bindparam("id"))
    .order_by(Evaluation.requested_at.desc(), Evaluation.id)
)
_KEY = (Score.evaluation_id, Score.number, Score.correction)
_DETAILS = select(*_KEY, Score.detail).where(Score.evaluation_id == bindparam("id")).order_by(Score.number)
_DETAILS_OF_RETAKES = select(*_KEY, Score.detail).where(
    Score.evaluation_id.in_(
        select(Evaluation.id).where(Evaluation.interview_id == bindparam("id"), Evaluation.retake_id.is_not(None))
    )
)
_TOTALS = (
    select(*_KEY, Score.accuracy + Score.completeness + Score.clarity)
    .where(Score.evaluation_id.in_(bindparam("ids", expanding=True)))
    .order_by(Score.number)
)
_RETAKES = (
    select(Retake.id, Retake.number, Retake.take, Retake.text, Retake.source, Retake.answered_at)
    .where(Retake.interview_id == bindparam("id"))
    .order_by(Retake.number, Retake.take)
)
_DELIVERIES = (
    select(Delivery.number, Delivery.measured).where(Delivery.interview_id == bindparam("id")).order_by(Delivery.number)
)
_SECONDS = select(func.coalesce(func.sum(Call.seconds), 0.0)).where(Call.interview_id == bindparam("id"))


@dataclass(frozen=True, slots=True)
class _Mark:
    """One answer in one evaluation; `detail` only where the report shows it."""

    number: int
    total: int | None
    correction: int
    detail: AnswerScore | None = None


def report(owner: str, interview_id: str, evaluation_id: str | None = None) -> Report:
    """The report of one evaluation, the newest when none is named.

    Raises INTERVIEW_NOT_FOUND, NOT_COMPLETED before the end, EVALUATION_NOT_FOUND.
    """
    with reading() as session:
        # Rows and no objects: nothing is changed here, and a session's book-keeping takes as long as the query.
        connection = session.connection()
        row = connection.execute(_INTERVIEW, {"id": interview_id}).one_or_none()
        if row is None or row.owner_id != owner:
            raise interview_not_found()
        if row.completed_at is None:
            raise rows.not_completed()
        stored: Sequence[Any] = connection.execute(_EVALUATIONS, {"id": interview_id}).all()
        listed = [evaluation for evaluation in stored if evaluation.retake_id is None]
        shown = _shown(listed, evaluation_id)
        of_retakes = {evaluation.retake_id: evaluation for evaluation in reversed(stored) if evaluation.retake_id}
        marks = _marks(connection, shown.id if shown else None, [line.id for line in listed if line is not shown])
        if row.was_retaken:
            _add_details(marks, connection.execute(_DETAILS_OF_RETAKES, {"id": interview_id}))
        asked = transcripts.questions(session, interview_id)
        is_corrected = any(view.answer is not None and view.answer.correction for view in asked)
        words = transcripts.corrected(session, interview_id) if is_corrected else {}
        spoken = _speech(connection, row.id, row.language, asked) if row.was_spoken else None
        takes = _takes(connection, interview_id, of_retakes, marks) if row.was_retaken else {}
        kinds = {view.number: QuestionKind(view.kind) for view in asked}
        lines = [
            EvaluationLine(
                rows.view(evaluation, len(marks[evaluation.id])), _overall(evaluation, marks[evaluation.id], kinds)
            )
            for evaluation in listed
        ]
        version = (shown.rubric_version if shown else None) or rubric_for(row.format).version
        status = "PENDING" if shown is None else rows.status(shown)
        changes = _changes(connection, owner, shown, listed)
        summary = codec.load(Summary, shown.summary) if shown is not None and shown.summary is not None else None
    given = marks[shown.id] if shown is not None else []
    judged = {mark.number: mark.correction for mark in given}
    return build_report(
        interview_id=interview_id,
        evaluation_status=status,
        answers=[_as_judged(view, judged, words) for view in asked],
        scorecard=Scorecard(version, tuple(mark.detail for mark in given if mark.detail is not None)),
        rubric=rubric_by_version(version),
        heading=Heading(interview_id, row.job_title, row.company, row.coach, row.completed_at),
        planned=row.max_questions,
        exchanges=[_exchange(view, judged, words) for view in asked],
        summary=summary,
        takes=takes,
        evaluation=next((line.view for line in lines if shown is not None and line.view.id == shown.id), None),
        evaluations=lines,
        speech=spoken,
        changes=changes,
    )


def _speech(connection: Connection, interview_id: str, language: str, asked: Sequence[QuestionView]) -> Speech | None:
    """From how each answer was spoken and how long the calls lasted."""
    stored = connection.execute(_DELIVERIES, {"id": interview_id})
    answers = tuple((number, codec.load(speech.Delivery, measured)) for number, measured in stored)
    metrics = speech.metrics_of(
        (delivery for _, delivery in answers),
        session_duration=connection.execute(_SECONDS, {"id": interview_id}).scalar_one(),
        questions_answered=sum(view.answer is not None for view in asked),
    )
    return None if metrics is None else Speech(metrics, answers, language)


def _changes(connection: Connection, owner: str, shown: Any, listed: Sequence[Any]) -> Changes | None:
    """Only the newest finished marks count for a person's mastery."""
    counts = next((evaluation.id for evaluation in listed if evaluation.finished_at is not None), None)
    if shown is None or shown.id != counts:
        return None
    return observations.changed_by(connection, owner, shown.id)


def _shown(stored: Sequence[Any], evaluation_id: str | None) -> Any:
    if evaluation_id is None:
        return stored[0] if stored else None
    found = next((evaluation for evaluation in stored if evaluation.id == evaluation_id), None)
    if found is None:
        raise not_found()
    return found


def _marks(connection: Connection, shown: str | None, others: Sequence[str]) -> dict[str, list[_Mark]]:
    """Evaluation -> its marks in order; of those that are only listed without the remarks."""
    found: dict[str, list[_Mark]] = defaultdict(list)
    if shown is not None:
        _add_details(found, connection.execute(_DETAILS, {"id": shown}))
    if others:
        for evaluation_id, number, correction, marks in connection.execute(_TOTALS, {"ids": others}):
            found[evaluation_id].append(_Mark(number, marks, correction))
    return found


def _add_details(found: dict[str, list[_Mark]], stored: Iterable[Any]) -> None:
    for evaluation_id, number, correction, detail in stored:
        score = codec.load(AnswerScore, detail)
        found[evaluation_id].append(_Mark(number, score.score, correction, score))


def _takes(
    connection: Connection,
    interview_id: str,
    evaluations: Mapping[str, Any],
    marks: Mapping[str, Sequence[_Mark]],
) -> dict[int, list[Take]]:
    found: dict[int, list[Take]] = defaultdict(list)
    for row in connection.execute(_RETAKES, {"id": interview_id}):
        evaluation = evaluations.get(row.id)
        found[row.number].append(
            Take(
                id=row.id,
                take=row.take,
                text=row.text,
                source=row.source,
                answered_at=row.answered_at,
                status=rows.status(evaluation) if evaluation else None,
                coach=evaluation.coach if evaluation else None,
                score=next((mark.detail for mark in marks[evaluation.id]), None) if evaluation else None,
                error=evaluation.error if evaluation else None,
            )
        )
    return dict(found)


def _overall(row: Any, marks: Sequence[_Mark], kinds: Mapping[int, QuestionKind]) -> int | None:
    if row.finished_at is None:
        return None
    rubric = rubric_by_version(row.rubric_version or "")
    return totals.mean((mark.total, totals.weight(rubric, kinds[mark.number])) for mark in marks)


def _as_judged(view: QuestionView, judged: Mapping[int, int], words: Mapping[tuple[int, int], str]) -> AnsweredQuestion:
    """With the words that the marks rest on: an answer may have been corrected since."""
    text = view.answer.text if view.answer is not None else None
    if text is not None and view.number in judged:
        text = words.get((view.number, judged[view.number]), text)
    return AnsweredQuestion(
        number=view.number,
        kind=QuestionKind(view.kind),
        competency=view.competency,
        question=view.text,
        answer=text,
        requirements=(),
        evidence=view.evidence,
    )


def _exchange(view: QuestionView, judged: Mapping[int, int], words: Mapping[tuple[int, int], str]) -> Exchange:
    answer = view.answer
    if answer is None:
        return Exchange(view.number, view.asked_at, view.provenance, skipped=view.skipped)
    version = judged.get(view.number, answer.correction)
    return Exchange(
        number=view.number,
        asked_at=view.asked_at,
        asked_by=view.provenance,
        answered_at=answer.answered_at,
        source=answer.source,
        heard=words.get((view.number, 0)) if version else None,
        corrected_since=version != answer.correction,
    )
