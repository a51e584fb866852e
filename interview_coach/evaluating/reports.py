"""Gathering what a report shows: one evaluation with its scores, the texts that were judged, all evaluations of the
interview, and the answers that were given again. A fixed number of queries, however long the interview was."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from interview_coach import codec, transcripts
from interview_coach.coach.base import AnsweredQuestion
from interview_coach.coach.rules.rubric import rubric_by_version, rubric_for
from interview_coach.db import reading
from interview_coach.domain import totals
from interview_coach.domain.scorecard import AnswerScore, Scorecard, Summary
from interview_coach.domain.transcript import QuestionKind
from interview_coach.errors import interview_not_found
from interview_coach.evaluating import rows
from interview_coach.evaluating.showing import not_found
from interview_coach.models import Evaluation, Interview, Retake, Score
from interview_coach.reporting import EvaluationLine, Exchange, Heading, Report, Take, build_report
from interview_coach.views import EvaluationView, QuestionView

# Put together once: building a statement takes longer than running it.
_INTERVIEW = select(
    Interview.owner_id,
    Interview.job_title,
    Interview.company,
    Interview.coach,
    Interview.format,
    Interview.max_questions,
    Interview.completed_at,
).where(Interview.id == bindparam("id"))
_EVALUATIONS = (
    select(Evaluation)
    .where(Evaluation.interview_id == bindparam("id"))
    .order_by(Evaluation.requested_at.desc(), Evaluation.id)
)
_KEY = (Score.evaluation_id, Score.number, Score.correction)
_DETAILS = (
    select(*_KEY, Score.detail).where(Score.evaluation_id.in_(bindparam("ids", expanding=True))).order_by(Score.number)
)
_TOTALS = (
    select(*_KEY, Score.accuracy + Score.completeness + Score.clarity)
    .where(Score.evaluation_id.in_(bindparam("ids", expanding=True)))
    .order_by(Score.number)
)
_RETAKES = select(Retake).where(Retake.interview_id == bindparam("id")).order_by(Retake.number, Retake.take)


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
        row = session.execute(_INTERVIEW, {"id": interview_id}).one_or_none()
        if row is None or row.owner_id != owner:
            raise interview_not_found()
        if row.completed_at is None:
            raise rows.not_completed()
        stored = session.scalars(_EVALUATIONS, {"id": interview_id}).all()
        listed = [evaluation for evaluation in stored if evaluation.retake_id is None]
        shown = _shown(listed, evaluation_id)
        of_retakes = {evaluation.retake_id: evaluation for evaluation in reversed(stored) if evaluation.retake_id}
        detailed = [evaluation.id for evaluation in (shown, *of_retakes.values()) if evaluation is not None]
        marks = _marks(session, detailed, [line.id for line in listed if line is not shown])
        asked = transcripts.questions(session, interview_id)
        is_corrected = any(view.answer is not None and view.answer.correction for view in asked)
        words = transcripts.corrected(session, interview_id) if is_corrected else {}
        takes = _takes(session, interview_id, of_retakes, marks)
        kinds = {view.number: QuestionKind(view.kind) for view in asked}
        lines = [
            EvaluationLine(
                _view(evaluation, len(marks[evaluation.id])), _overall(evaluation, marks[evaluation.id], kinds)
            )
            for evaluation in listed
        ]
        version = (shown.rubric_version if shown else None) or rubric_for(row.format).version
        status = "PENDING" if shown is None else rows.status(shown)
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
    )


def _shown(stored: Sequence[Evaluation], evaluation_id: str | None) -> Evaluation | None:
    if evaluation_id is None:
        return stored[0] if stored else None
    found = next((evaluation for evaluation in stored if evaluation.id == evaluation_id), None)
    if found is None:
        raise not_found()
    return found


def _marks(session: Session, detailed: Sequence[str], others: Sequence[str]) -> Mapping[str, list[_Mark]]:
    """Evaluation -> its marks in order; of those that are only listed without the remarks."""
    found: dict[str, list[_Mark]] = defaultdict(list)
    if detailed:
        for evaluation_id, number, correction, detail in session.execute(_DETAILS, {"ids": detailed}):
            score = codec.load(AnswerScore, detail)
            found[evaluation_id].append(_Mark(number, score.score, correction, score))
    if others:
        for evaluation_id, number, correction, marks in session.execute(_TOTALS, {"ids": others}):
            found[evaluation_id].append(_Mark(number, marks, correction))
    return found


def _takes(
    session: Session,
    interview_id: str,
    evaluations: Mapping[str, Evaluation],
    marks: Mapping[str, Sequence[_Mark]],
) -> dict[int, list[Take]]:
    found: dict[int, list[Take]] = defaultdict(list)
    for row in session.scalars(_RETAKES, {"id": interview_id}):
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


def _view(row: Evaluation, done: int) -> EvaluationView:
    return EvaluationView(
        id=row.id,
        status=rows.status(row),
        done=done,
        total=row.total,
        error=row.error,
        coach=row.coach,
        runs=row.runs,
        requested_at=row.requested_at,
        finished_at=row.finished_at,
    )


def _overall(row: Evaluation, marks: Sequence[_Mark], kinds: Mapping[int, QuestionKind]) -> int | None:
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
