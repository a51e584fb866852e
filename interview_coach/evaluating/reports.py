"""Gathering what a report shows: one evaluation with its scores, the texts that were judged, all evaluations of the
interview, and the answers that were given again. A fixed number of queries, however long the interview was."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
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
from interview_coach.reporting import EvaluationLine, Exchange, Report, Take, build_report
from interview_coach.views import EvaluationView, QuestionView


@dataclass(frozen=True, slots=True)
class _Mark:
    """One answer in one evaluation, without its remarks."""

    number: int
    score: int | None
    correction: int


def report(owner: str, interview_id: str, evaluation_id: str | None = None) -> Report:
    """The report of one evaluation, the newest when none is named.

    Raises INTERVIEW_NOT_FOUND, NOT_COMPLETED before the end, EVALUATION_NOT_FOUND.
    """
    with reading() as session:
        row = session.get(Interview, interview_id)
        if row is None or row.owner_id != owner:
            raise interview_not_found()
        if row.completed_at is None:
            raise rows.not_completed()
        stored = list(
            session.scalars(
                select(Evaluation)
                .where(Evaluation.interview_id == interview_id)
                .order_by(Evaluation.requested_at.desc(), Evaluation.id)
            )
        )
        shown = _shown([evaluation for evaluation in stored if evaluation.retake_id is None], evaluation_id)
        marks = _marks(session, interview_id)
        asked = transcripts.questions(session, interview_id)
        answers = rows.questions(session, interview_id)
        version = (shown.rubric_version if shown else None) or rubric_for(row.format).version
        of_retakes = {evaluation.retake_id: evaluation for evaluation in reversed(stored) if evaluation.retake_id}
        wanted = [evaluation.id for evaluation in (shown, *of_retakes.values()) if evaluation is not None]
        scores = _scores(session, wanted)
        judged = {} if shown is None else {mark.number: mark.correction for mark in marks[shown.id]}
        words = transcripts.corrected(session, interview_id)
        takes = _takes(session, interview_id, of_retakes, scores)
        kinds = {view.number: QuestionKind(view.kind) for view in asked}
        lines = [
            EvaluationLine(
                _view(evaluation, len(marks[evaluation.id])), _overall(evaluation, marks[evaluation.id], kinds)
            )
            for evaluation in stored
            if evaluation.retake_id is None
        ]
        planned = row.max_questions
    return build_report(
        interview_id=interview_id,
        evaluation_status="PENDING" if shown is None else rows.status(shown),
        answers=[_as_judged(answer, judged, words) for answer in answers],
        scorecard=Scorecard(version, tuple(scores.get(shown.id, {}).values()) if shown else ()),
        rubric=rubric_by_version(version),
        planned=planned,
        exchanges=[_exchange(view, judged, words) for view in asked],
        summary=codec.load(Summary, shown.summary) if shown is not None and shown.summary is not None else None,
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


def _marks(session: Session, interview_id: str) -> Mapping[str, list[_Mark]]:
    """Evaluation -> its marks, of all evaluations of an interview."""
    found: dict[str, list[_Mark]] = defaultdict(list)
    for evaluation_id, number, score, correction in session.execute(
        select(
            Score.evaluation_id,
            Score.number,
            Score.accuracy + Score.completeness + Score.clarity,
            Score.correction,
        )
        .join(Evaluation, Evaluation.id == Score.evaluation_id)
        .where(Evaluation.interview_id == interview_id)
        .order_by(Score.number)
    ):
        found[evaluation_id].append(_Mark(number, score, correction))
    return found


def _scores(session: Session, evaluation_ids: Sequence[str]) -> dict[str, dict[int, AnswerScore]]:
    found: dict[str, dict[int, AnswerScore]] = {}
    if evaluation_ids:
        query = select(Score.evaluation_id, Score.number, Score.detail).where(Score.evaluation_id.in_(evaluation_ids))
        for evaluation_id, number, detail in session.execute(query.order_by(Score.number)):
            found.setdefault(evaluation_id, {})[number] = codec.load(AnswerScore, detail)
    return found


def _takes(
    session: Session,
    interview_id: str,
    evaluations: Mapping[str, Evaluation],
    scores: Mapping[str, Mapping[int, AnswerScore]],
) -> dict[int, list[Take]]:
    found: dict[int, list[Take]] = defaultdict(list)
    query = select(Retake).where(Retake.interview_id == interview_id).order_by(Retake.number, Retake.take)
    for row in session.scalars(query):
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
                score=scores.get(evaluation.id, {}).get(row.number) if evaluation else None,
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
    return totals.mean((mark.score, totals.weight(rubric, kinds[mark.number])) for mark in marks)


def _as_judged(
    answer: AnsweredQuestion, judged: Mapping[int, int], words: Mapping[tuple[int, int], str]
) -> AnsweredQuestion:
    """With the words that the marks rest on: an answer may have been corrected since."""
    if answer.answer is None or answer.number not in judged:
        return answer
    return replace(answer, answer=words.get((answer.number, judged[answer.number]), answer.answer))


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
