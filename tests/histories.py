"""Many finished and judged interviews at once, written as rows: what a year of practice leaves behind."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, event, insert

from interview_coach import creating
from interview_coach.db import db, writing
from interview_coach.models import Answer, Evaluation, Interview, Question, Retake, Score
from interview_coach.samples import load_sample

ME = "local"
BEGIN = datetime(2026, 1, 1, 9, tzinfo=UTC)
SUBJECTS = (("service", "calm people down"), ("teamwork", "work in shifts"), ("organisation", ""), ("safety", "lift"))
DIMENSIONS = ("communication", "technical_depth", "problem_solving", "confidence", "relevance")


def write(
    scores: Sequence[Sequence[int | None]], *, coaches: Sequence[str] = ("offline",), format: str = "mock"
) -> list[str]:
    """One interview a day, one entry of `scores` each: the score of every answer, None = needs review. Returns ids."""
    sample = load_sample()
    made = []
    with writing() as session:
        creating.ensure_person(session, ME)
        cv = creating.store_document(session, ME, "cv", sample.cv_text, "cv.txt").id
        job = creating.store_document(session, ME, "job", sample.job_text, None).id
        for day, marks in enumerate(scores):
            at = BEGIN + timedelta(days=day)
            interview, evaluation = f"{day:016x}", f"{day:016x}e"
            made.append(interview)
            coach = coaches[day % len(coaches)]
            session.add(
                Interview(
                    id=interview, owner_id=ME, cv_id=cv, job_id=job, format=format, job_title="Host", company="Ferry",
                    max_questions=len(marks), follow_ups=1, difficulty="medium", language="en", coach=coach, seed=1,
                    requirements=[], cv_items=[], created_at=at, started_at=at, completed_at=at + timedelta(hours=1),
                )
            )  # fmt: skip
            session.flush()
            session.add(
                Evaluation(
                    id=evaluation, interview_id=interview, owner_id=ME, coach=coach, total=len(marks),
                    requested_at=at + timedelta(hours=1), finished_at=at + timedelta(hours=2), rubric_version="mock-1",
                )
            )  # fmt: skip
            session.flush()
            numbers = range(1, len(marks) + 1)
            session.execute(insert(Question), [_question(interview, number, at) for number in numbers])
            session.execute(insert(Answer), [_answer(interview, number, at) for number in numbers])
            session.execute(insert(Score), [_score(evaluation, n, m) for n, m in enumerate(marks, 1)])
    return made


def retake(interview: str, number: int, take: int, score: int, *, hours: float = 3) -> None:
    """The same question once more, judged."""
    at = BEGIN + timedelta(days=int(interview, 16), hours=hours)
    name, evaluation = f"r{interview}{number}{take}"[-30:], f"e{interview}{number}{take}"[-30:]
    with writing() as session:
        session.add(
            Retake(id=name, interview_id=interview, number=number, take=take, text="Again", source="typed", key=name,
                   answered_at=at)
        )  # fmt: skip
        session.flush()
        session.add(
            Evaluation(id=evaluation, interview_id=interview, owner_id=ME, coach="offline", total=1, requested_at=at,
                       finished_at=at, retake_id=name, rubric_version="mock-1")
        )  # fmt: skip
        session.flush()
        session.execute(insert(Score), [_score(evaluation, number, score)])


def forget() -> None:
    """Delete every interview with its answers and marks."""
    with writing() as session:
        session.execute(delete(Interview))


def _question(interview: str, number: int, at: datetime) -> dict[str, object]:
    competency, subject = SUBJECTS[(number - 1) % len(SUBJECTS)]
    return {
        "interview_id": interview, "number": number, "kind": "question", "topic": number - 1, "competency": competency,
        "subject": subject, "text": f"What did you do in case {number}?", "evidence": [],
        "provenance": {"coach": "rules", "version": "1"}, "asked_at": at + timedelta(minutes=number),
    }  # fmt: skip


def _answer(interview: str, number: int, at: datetime) -> dict[str, object]:
    return {
        "interview_id": interview, "number": number, "text": "I called the boat back.", "skipped": False,
        "source": "typed", "key": f"{interview}{number}", "answered_at": at + timedelta(minutes=number, seconds=30),
    }  # fmt: skip


def _score(evaluation: str, number: int, score: int | None) -> dict[str, object]:
    marks = (None, None, None) if score is None else (min(score, 40), min(max(score - 40, 0), 30), max(score - 70, 0))
    return {
        "evaluation_id": evaluation, "number": number, "accuracy": marks[0], "completeness": marks[1],
        "clarity": marks[2], "detail": {}, "correction": 0,
        **dict.fromkeys(DIMENSIONS[1:], score), "communication": None,
    }  # fmt: skip


@contextmanager
def queries() -> Iterator[list[str]]:
    """Every statement that the database gets meanwhile; beginnings of transactions left out."""
    said: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        if not statement.startswith("BEGIN"):
            said.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
