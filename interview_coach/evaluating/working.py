"""Doing an evaluation: claim it, judge batch after batch, commit each, then the summary.

A batch that is stored is never judged again, so a model is never paid twice for it. What fails keeps its reason in
words and everything that was judged before.
"""

import threading
from collections.abc import Sequence

from flask import Flask, current_app
from sqlalchemy import insert, select

from interview_coach import codec, loop, metering, transcripts
from interview_coach.coach.base import AnsweredQuestion, Assessor, Background
from interview_coach.coach.rules.rubric import rubric_for
from interview_coach.coaches import coaches
from interview_coach.db import now, reading, writing
from interview_coach.domain.evidence import CvItem
from interview_coach.domain.provenance import Provenance
from interview_coach.domain.scorecard import DIMENSIONS, AnswerScore, Scorecard, Summary
from interview_coach.errors import Problem
from interview_coach.evaluating import claims, rows
from interview_coach.models import Evaluation, Interview, Retake, Score
from interview_coach.naming import COACHES
from interview_coach.providers.base import ProviderError, Usage

BATCH_SECONDS = 300.0
SUMMARY_SECONDS = 120.0
AGAIN_SECONDS = 15.0
"""Until the storage is tried again."""


def sweep() -> int:
    """Hand in every evaluation that nobody works on. Returns how many there were."""
    from interview_coach.evaluating.requesting import submit

    claims.free_the_dead()
    with reading() as session:
        left = list(session.scalars(select(Evaluation.id).where(rows.is_unfinished(), rows.is_free())))
    for evaluation_id in left:
        submit(evaluation_id)
    return len(left)


def work(evaluation_id: str) -> None:
    """Do or finish one evaluation; returns at once when somebody is at it already.

    Never raises: what asked for the evaluation is committed, and must not be told otherwise. After a failure the row
    says why. Where the storage does not take the marks, they are tried again, as often as a claim may be taken up.
    """
    worker = None
    try:
        worker = claims.take(evaluation_id)
        if worker is not None:
            with claims.beating(evaluation_id, worker):
                _work(evaluation_id, worker)
    except claims.Lost:
        if worker is not None:
            claims.forget(worker)
    except Exception as error:
        current_app.logger.error("evaluation %s waits: %s", evaluation_id, type(error).__name__)
        _again(evaluation_id, worker)


def _again(evaluation_id: str, worker: str | None) -> None:
    """Later, because the storage does not take anything now."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # a thread needs more than the proxy

    def run() -> None:
        with app.app_context():
            try:
                if worker is not None:
                    claims.give_back(worker)
            except Exception as error:
                app.logger.error("evaluation %s waits: %s", evaluation_id, type(error).__name__)
                _again(evaluation_id, worker)
            else:
                work(evaluation_id)

    timer = threading.Timer(AGAIN_SECONDS, run)
    timer.daemon = True
    timer.start()


class _Task:
    """What has to be known to judge; read once, so that no transaction spans a call to a model."""

    def __init__(self, evaluation_id: str) -> None:
        with reading() as session:
            row = session.get(Evaluation, evaluation_id)
            if row is None:  # deleted with its interview
                raise claims.Lost
            interview = session.get_one(Interview, row.interview_id)
            self.coach = row.coach
            self.runs = row.runs
            self.attempts = row.attempts
            self.interview_id = interview.id
            self.is_retake = row.retake_id is not None
            self.rubric = rubric_for(interview.format)
            self.background = Background(
                cv_items=codec.load(tuple[CvItem, ...], interview.cv_items),
                job_title=interview.job_title,
                company=interview.company,
                language=interview.language,
            )
            self.answers: tuple[AnsweredQuestion, ...]
            if row.retake_id is not None:
                retake = session.get_one(Retake, row.retake_id)
                self.answers = (rows.retaken(session, retake.id),)
                self.corrections = {retake.number: 0}
            else:
                self.answers = rows.questions(session, interview.id)
                turns = transcripts.transcript(session, interview.id).turns
                self.corrections = {turn.number: turn.correction for turn in turns}
            self.scores = dict(rows.scores(session, evaluation_id))

    @property
    def open(self) -> list[AnsweredQuestion]:
        """Not judged yet, in order."""
        return [asked for asked in self.answers if asked.number not in self.scores]


def _work(evaluation_id: str, worker: str) -> None:
    calls: list[Usage] = []
    task = _Task(evaluation_id)
    if task.attempts > claims.MOST_ATTEMPTS:
        _fail(worker, "Giving the marks was interrupted again and again, so it was stopped.")
        return
    try:
        assessor = coaches().assessor(task.coach, task.runs)
        size = current_app.config["COACH_SETTINGS"].evaluation_batch
        for start in range(0, len(open_answers := task.open), size):
            batch = open_answers[start : start + size]
            with metering.collect(calls):
                card = loop.call(
                    assessor.assess(batch, task.rubric, task.background), timeout=BATCH_SECONDS * task.runs
                )
            _store(evaluation_id, worker, task, card.answers, calls)
        summary = None if task.is_retake else _summarise(assessor, task, calls)
        _finish(evaluation_id, worker, task, summary, calls)
    except (Problem, claims.Lost):
        raise
    except ProviderError as error:
        current_app.logger.warning("evaluation %s: %s", evaluation_id, type(error).__name__)
        _fail(worker, error.message)
    except TimeoutError:
        _fail(worker, f"{COACHES[task.coach]} took too long.")
    except Exception as error:
        current_app.logger.error("evaluation %s failed: %s", evaluation_id, type(error).__name__)
        _fail(worker, "Something went wrong while the marks were given.")
    finally:
        _record(task.interview_id, calls)


def _record(interview_id: str, calls: list[Usage]) -> None:
    """What was paid for is written down, also when nothing came of it."""
    if calls:
        with writing() as session:
            metering.record(session, interview_id, calls)


def _store(evaluation_id: str, worker: str, task: _Task, scores: Sequence[AnswerScore], calls: list[Usage]) -> None:
    """One batch with what it cost, in one commit."""
    with writing() as session:
        row = claims.check(session, evaluation_id, worker)
        row.rubric_version = task.rubric.version
        row.heartbeat_at = now()
        row.attempts = 0
        fresh = [score for score in scores if score.number not in task.scores]
        if fresh:
            session.execute(
                insert(Score),
                [score_row(evaluation_id, score, task.corrections.get(score.number, 0)) for score in fresh],
            )
        metering.record(session, task.interview_id, calls)
    calls.clear()
    task.scores.update({score.number: score for score in fresh})


def score_row(evaluation_id: str, score: AnswerScore, correction: int) -> dict[str, object]:
    """A score as it is stored: the whole of it, and its numbers once more beside it."""
    return {
        "evaluation_id": evaluation_id,
        "number": score.number,
        "accuracy": score.accuracy,
        "completeness": score.completeness,
        "clarity": score.clarity,
        "detail": codec.dump(AnswerScore, score),
        **{name: score.dimensions.get(name) for name in DIMENSIONS},
        "correction": correction,
    }


def _summarise(assessor: Assessor, task: _Task, calls: list[Usage]) -> Summary | None:
    """The summary, or why there is none of the model: it must not cost the marks that are there."""
    card = Scorecard(task.rubric.version, tuple(task.scores[number] for number in sorted(task.scores)))
    try:
        with metering.collect(calls):
            return loop.call(assessor.summarise(task.answers, card, task.background), timeout=SUMMARY_SECONDS)
    except ProviderError as error:
        reason = error.message
    except TimeoutError:
        reason = f"{COACHES[task.coach]} took too long."
    except Exception as error:
        current_app.logger.error("a summary failed: %s", type(error).__name__)
        reason = "Something went wrong while it was written."
    return Summary("", Provenance(coach="rules", version=task.rubric.version, fallback=True, reason=reason))


def _finish(evaluation_id: str, worker: str, task: _Task, summary: Summary | None, calls: list[Usage]) -> None:
    with writing() as session:
        row = claims.check(session, evaluation_id, worker)
        row.finished_at = now()
        row.rubric_version = task.rubric.version
        row.summary = codec.dump(Summary, summary) if summary is not None else None
        row.worker = row.heartbeat_at = None
        metering.record(session, task.interview_id, calls)
    claims.forget(worker)
    calls.clear()


def _fail(worker: str, reason: str) -> None:
    claims.give_back(
        worker,
        also={
            "failed_at": now(),
            "error": f"{reason} Your answers are saved, and so are all marks that were given. You can ask again.",
        },
    )
