"""A history in which every kind of row occurs: finished, judged twice, retaken, corrected, half done, not begun."""

from datetime import timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from interview_coach import codec, creating, evaluating, interviewing, preferences, retaking
from interview_coach.creating import NewInterview
from interview_coach.db import now, writing
from interview_coach.domain import speech
from interview_coach.domain.provenance import Provenance
from interview_coach.domain.scorecard import Summary
from interview_coach.models import (
    Answer,
    Call,
    Correction,
    Delivery,
    Evaluation,
    Interview,
    ProviderCall,
    Retake,
    Score,
    Utterance,
)
from interview_coach.samples import load_sample

ME = "local"
TEXT = (
    "Two people were ill on a Saturday in March. I called four colleagues, split the shift into two halves and moved "
    "the orders to Monday. We opened on time and lost no customer. That was case {}."
)


def finished(questions: int = 3, **choices: object) -> str:
    """An interview that was answered to its end, one question skipped, and judged."""
    interview_id = new(questions=questions, **choices)
    while not (interviewing.view(ME, interview_id)).is_complete:
        question = interviewing.next_question(ME, interview_id)
        assert question is not None
        if question.number == 2:
            interviewing.skip(ME, interview_id, question.number)
        else:
            interviewing.answer(ME, interview_id, question.number, TEXT.format(question.number))
    return interview_id


def new(**choices: object) -> str:
    sample = load_sample()
    texts = {"cv_text": sample.cv_text, "job_text": sample.job_text, "force_create": True}
    return creating.create(ME, NewInterview(**{**texts, **choices}))[0]  # type: ignore[arg-type]


def fill() -> list[str]:
    """Make the history; returns the ids of its finished interviews."""
    first, second = finished(), finished(4, job_title="Shift lead", company="Café “Zoë” 東京 🎈")
    evaluating.request(ME, first)
    begun = new(questions=5)
    question = interviewing.next_question(ME, begun)
    assert question is not None
    interviewing.answer(ME, begun, 1, TEXT.format(1))
    following = interviewing.next_question(ME, begun)
    assert following is not None
    interviewing.save_draft(ME, begun, 2, "What I have so far\nand a second line")
    new(questions=6, job_title="Not begun")
    with writing() as session:
        _spoken_and_corrected(session, second)
        _aloud(session, second)
        _choices(session, first)
    evaluating.request(ME, second)
    _retaken(first)
    retaking.save_draft(ME, first, 2, "What I would say now")
    with writing() as session:
        model_evaluation(session, second, 3, finished_at=now(), summary=_summary(), runs=3)
        model_evaluation(session, second, 1, failed_at=now(), error="The model did not answer in time.")
    preferences.set_low_anxiety(ME, True)
    return [first, second]


def _spoken_and_corrected(session: Session, interview_id: str) -> None:
    spoken = update(Answer).where(Answer.interview_id == interview_id, Answer.number == 3)
    session.execute(spoken.values(source="spoken"))
    for version in (1, 2):
        text = TEXT.format(f"3, as it was said, version {version}")
        row = {"interview_id": interview_id, "number": 3, "version": version, "text": text, "corrected_at": now()}
        session.execute(insert(Correction), [row])


def _aloud(session: Session, interview_id: str) -> None:
    """Two calls, one of which was cut off, with what was said in them and how."""
    began = now() - timedelta(minutes=10)
    for place, (ended, reason) in enumerate(((None, None), (now(), "complete"))):
        call = Call(
            id=creating.new_id(),
            interview_id=interview_id,
            provider="gemini",
            model="test-live",
            started_at=began + timedelta(minutes=place),
            heartbeat_at=began + timedelta(minutes=place, seconds=30),
            seconds=30.25 + place,
            handle=None,
            ended_at=ended,
            reason=reason,
        )
        session.add(call)
        session.flush()
        for seq, (speaker, kind, number) in enumerate(
            [("interviewer", "greeting", None), ("person", "answer", 3)], 2 * place + 1
        ):
            session.add(
                Utterance(
                    interview_id=interview_id, call_id=call.id, seq=seq, speaker=speaker, kind=kind, number=number,
                    text=f"Words {seq} “aloud”", interrupted=place == 0, said_at=call.heartbeat_at,
                )
            )  # fmt: skip
    text = TEXT.format("3, um, as it was heard")
    measured = speech.delivery_of([(2, 14.5), (20, 31)], text, asked_at=0.5, ended_at=32.25, verbatim=True)
    session.add(Delivery(interview_id=interview_id, number=3, measured=codec.dump(speech.Delivery, measured)))


def _choices(session: Session, interview_id: str) -> None:
    row = session.get_one(Interview, interview_id)
    row.difficulty, row.coaching = "adaptive", "exam"
    row.persona, row.minutes = "viktor", 30
    row.levels, row.focus = {"teamwork": "hard", "tools": "easy"}, ["teamwork"]


def _retaken(interview_id: str) -> None:
    with writing() as session:
        row = Retake(
            id=creating.new_id(),
            interview_id=interview_id,
            number=1,
            take=2,
            text=TEXT.format("1, told better"),
            source="typed",
            key="again",
            answered_at=now(),
        )
        session.add(row)
        session.flush()
        evaluation_id = evaluating.enqueue(session, session.get_one(Interview, interview_id), retake_id=row.id)
    evaluating.submit(evaluation_id)


def _summary() -> object:
    model = Provenance("model", "3", provider="gemini", model="test-model", prompt="assess@1")
    return codec.dump(Summary, Summary("You told what you did.", model))


def model_evaluation(session: Session, interview_id: str, judged: int, **facts: object) -> str:
    """An evaluation as a model leaves it after `judged` answers; without facts it is in the middle of its work."""
    evaluations = select(Evaluation).where(Evaluation.interview_id == interview_id).order_by(Evaluation.requested_at)
    newest = session.scalars(evaluations).all()[-1]
    source = select(Score).join(Evaluation, Evaluation.id == Score.evaluation_id)
    marks = session.scalars(
        source.where(Evaluation.interview_id == interview_id, Evaluation.coach == "offline").order_by(Score.id.desc())
    ).all()
    row = Evaluation(
        id=creating.new_id(),
        interview_id=interview_id,
        owner_id=ME,
        coach="gemini",
        total=4,
        requested_at=newest.requested_at + timedelta(milliseconds=1),
        claimed_at=now(),
        rubric_version=newest.rubric_version,
        **(facts or {"worker": "elsewhere:1:abc", "heartbeat_at": now(), "attempts": 1}),  # type: ignore[arg-type]
    )
    session.add(row)
    session.flush()
    for score in marks[:judged]:
        copied = {c.key: getattr(score, c.key) for c in Score.__table__.columns if c.key != "id"}
        session.execute(insert(Score), [{**copied, "evaluation_id": row.id}])
    calls = {"interview_id": interview_id, "provider": "gemini", "model": "test-model", "purpose": "assess"}
    used = {"seconds": 1.25, "input_tokens": 900, "output_tokens": None, "cost_usd": 0.0021, "outcome": "ok"}
    session.execute(insert(ProviderCall), [{**calls, **used, "created_at": now()}])
    return row.id
