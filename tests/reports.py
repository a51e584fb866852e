"""Interviews with every kind of report: stored as the application stores them, marked as a test needs it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, select, update

from interview_coach import codec, evaluating
from interview_coach.creating import new_id
from interview_coach.db import now, writing
from interview_coach.domain import speech
from interview_coach.domain.provenance import Provenance
from interview_coach.domain.scorecard import AnswerScore, Marks, Summary
from interview_coach.domain.star import Star
from interview_coach.evaluating import rows
from interview_coach.models import Answer, Call, Delivery, Evaluation, Interview, Question, Score
from interview_coach.views import EvaluationView
from tests.web.conftest import answer, ask, create


def evaluations(owner: str, interview_id: str) -> list[EvaluationView]:
    """All evaluations of an interview, newest first."""
    return [line.view for line in evaluating.report(owner, interview_id).evaluations]


MODEL = Provenance("model", "assess@1", provider="gemini", model="gemini-test-1", prompt="assess@1")

GOOD = (
    "In my second winter at St. Anne's two of six nurses fell ill on a Saturday night and I was in charge of 28 "
    "patients. I had to keep the round for medicines on time. I split the ward into two halves, called the bed manager "
    "for one helper and moved the planned dressings to the morning. As a result nobody waited longer than ten minutes, "
    "and we had no medication error that night.",
    "Last spring our handover took 40 minutes because everybody told it in another order. I was asked to shorten it. I "
    "wrote a card with five points, tried it with the early shift for two weeks and changed two of the points after "
    "their comments. Handover now takes 18 minutes, and late medicines fell from 11 to 2 a week.",
    "When we changed to the electronic record in 2022, I trained twelve colleagues. I sat with each of them for two "
    "shifts, wrote down where they got stuck, and made a sheet with the seven steps that were asked for most. After a "
    "month all twelve documented on time, and calls to the help desk fell by half.",
)
BAD = ("I am a very motivated team player and I always give my best.", "fine", "I don't know, it depends really.")
HALF = (
    GOOD[0],
    "We had a difficult time on the ward and everybody helped, so it went well somehow, I think.",
    "I called the family and explained what would happen next.",
)
LONG = (
    " ".join(f"{text} That was part {number} of it." for number, text in enumerate(GOOD * 12, 1))[:7990] + " The end."
)


def held(client: FlaskClient, texts: list[str | None], *, early: bool = False, **choices: Any) -> str:
    """A finished interview with these answers; None = skipped. With `early` it is finished before the planned end."""
    choices = {"questions": len(texts), "force_create": True, **choices}
    interview = create(client, **choices)
    for number, text in enumerate(texts, 1):
        assert ask(client, interview).status_code == 200
        if text is None:
            sent = {"number": number, "action": "skip", "answer": ""}
            response = client.post(
                f"/interviews/{interview}/answers", json=sent, headers={"Accept": "application/json"}
            )
            assert response.status_code == 200, response.text
        else:
            assert answer(client, interview, number, text).status_code == 200
    if early:
        client.post(f"/interviews/{interview}/finish")
    return interview


def retime(app: Flask, interview: str, seconds: list[float], away: dict[int, float] | None = None) -> None:
    """Questions follow each other at once, each answered after so many seconds; `away` adds a break before a number."""
    with app.app_context(), writing() as session:
        moment = now() - timedelta(days=1)
        for number, length in enumerate(seconds, 1):
            moment += timedelta(seconds=(away or {}).get(number, 2.0))
            session.execute(update(Question).values(asked_at=moment).where(_is(Question, interview, number)))
            moment += timedelta(seconds=length)
            session.execute(update(Answer).values(answered_at=moment).where(_is(Answer, interview, number)))


def _is(table: Any, interview: str, number: int) -> Any:
    return (table.interview_id == interview) & (table.number == number)


def marked(
    app: Flask,
    interview: str,
    change: Callable[[AnswerScore], AnswerScore | None] = lambda score: score,
    *,
    coach: str = "gemini",
    runs: int = 1,
    summary: Summary | None = None,
    failed: str | None = None,
    finished: bool = True,
) -> str:
    """Another evaluation, newer than the others: their newest marks, changed. None drops one: not marked yet."""
    with app.app_context(), writing() as session:
        before = rows.newest(session, interview)
        assert before is not None
        owner = session.get_one(Interview, interview).owner_id
        stored = rows.scores(session, before.id)
        at = before.requested_at + timedelta(minutes=5)
        row = Evaluation(
            id=new_id(),
            interview_id=interview,
            owner_id=owner,
            coach=coach,
            total=len(stored),
            requested_at=at,
            claimed_at=at,
            finished_at=at if finished and not failed else None,
            failed_at=at if failed else None,
            error=failed,
            rubric_version=before.rubric_version,
            runs=runs,
            summary=codec.dump(Summary, summary) if summary else None,
            worker=None if finished or failed else "somebody",
            heartbeat_at=None if finished or failed else now() + timedelta(hours=1),
        )
        session.add(row)
        session.flush()
        for score in stored.values():
            changed = change(score)
            if changed is not None:
                session.execute(
                    insert(Score).values(
                        evaluation_id=row.id,
                        number=score.number,
                        accuracy=changed.accuracy,
                        completeness=changed.completeness,
                        clarity=changed.clarity,
                        detail=codec.dump(AnswerScore, changed),
                    )
                )
        return row.id


def spoken(app: Flask, interview: str, number: int) -> None:
    """This answer was spoken."""
    with app.app_context(), writing() as session:
        session.execute(update(Answer).values(source="spoken").where(_is(Answer, interview, number)))


def aloud(app: Flask, interview: str, numbers: tuple[int, ...], *, verbatim: bool = True) -> None:
    """These answers were spoken, in one call, and how was measured: 30 s of speech in 40 s or more, each slower than
    the one before; the second with two long pauses."""
    with app.app_context(), writing() as session:
        call = Call(
            id=new_id(), interview_id=interview, provider="gemini", model="test-live", started_at=now(),
            heartbeat_at=now(), seconds=50.0 * len(numbers), ended_at=now(), reason="complete",
        )  # fmt: skip
        session.add(call)
        for place, number in enumerate(numbers):
            session.execute(update(Answer).values(source="spoken").where(_is(Answer, interview, number)))
            stretches = [(2.0, 12.0), (18.0, 28.0), (34.0, 44.0)] if place == 1 else [(2.0, 32.0)]
            text = " ".join(["word"] * (60 - 5 * place) + ["um, you know, um"] * place)
            measured = speech.delivery_of(
                stretches, text, asked_at=0.0, ended_at=max(40.0, stretches[-1][1]), verbatim=verbatim
            )
            row = Delivery(interview_id=interview, number=number, measured=codec.dump(speech.Delivery, measured))
            session.add(row)


def by_model(score: AnswerScore) -> AnswerScore:
    """The same marks from a model."""
    return replace(score, provenance=MODEL)


def needing_review(score: AnswerScore) -> AnswerScore:
    """No usable marks came."""
    return replace(
        score,
        accuracy=None,
        completeness=None,
        clarity=None,
        star=Star(),
        remarks=(),
        improvements=(),
        reference_answer="",
        feedback="",
        dimensions=dict.fromkeys(score.dimensions),
        needs_review="The coach gave marks that do not fit the scale, twice.",
        provenance=MODEL,
    )


def read_three_times(score: AnswerScore, *, wide: bool) -> AnswerScore:
    """Three readings around these marks, close together or far apart."""
    accuracy, completeness, clarity = score.accuracy or 0, score.completeness or 0, score.clarity or 0
    step = 9 if wide else 1
    runs = tuple(
        Marks(min(40, max(0, accuracy + step * place)), completeness, min(30, max(0, clarity + step * place // 2)))
        for place in (-1, 0, 1)
    )
    return replace(score, runs=runs, provenance=MODEL)


def evaluation_ids(app: Flask, interview: str) -> list[str]:
    """Newest first."""
    with app.app_context():
        from interview_coach.db import reading

        with reading() as session:
            query = select(Evaluation.id).where(Evaluation.interview_id == interview)
            return list(session.scalars(query.order_by(Evaluation.requested_at.desc())))
