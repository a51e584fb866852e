"""Answers, skips and drafts: commit, then show. Every write may be repeated."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, bindparam, exists, func, select
from sqlalchemy import delete as sql_delete
from sqlalchemy.exc import IntegrityError

from interview_coach import evaluating, transcripts
from interview_coach.creating import MOST_QUESTIONS
from interview_coach.db import now, writing
from interview_coach.documents.cleaning import clean_text
from interview_coach.domain.asides import aside_of
from interview_coach.domain.reading import is_filler
from interview_coach.domain.turns import Meaning
from interview_coach.errors import Problem, already_completed, interview_not_found
from interview_coach.interviewing import ending
from interview_coach.interviewing.showing import own
from interview_coach.models import Answer, Draft, Interview, Question
from interview_coach.views import DraftView, QuestionView

LONGEST_ANSWER = 10_000


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of an answer, and where the interview stands now: enough to show it without reading again."""

    id: str
    language: str
    question: QuestionView
    repeated: bool
    """True: it had been stored before, by this request's twin."""
    answered_count: int
    skipped_count: int
    question_count: int
    max_questions: int
    is_complete: bool
    coaching: str
    """Whether a note after each answer is wanted: `off`, `on` or `exam`."""
    is_started: bool = True
    open_question: None = None
    draft: None = None


_ASKS_BACK = (
    "That reads like a question to the interviewer, so it was not taken as your answer. The question stands above: "
    "answer it the way you understand it. Skip moves on."
)
_NOT_TAKEN = {
    Meaning.REPEAT: _ASKS_BACK,
    Meaning.EXPLAIN: _ASKS_BACK,
    Meaning.THINK: "Take your time: nothing here is timed, and this was not taken as your answer. Write it when you "
    "are ready. Skip moves on.",
    Meaning.LATER: "A question cannot be put off, so this was not taken as your answer. Say what comes to mind now. "
    "Skip moves on, and after the interview you can still try this question.",
    Meaning.SKIP: "This was not taken as your answer. To leave the question open, use Skip.",
    Meaning.STOP: "This was not taken as your answer. To end the interview here, finish early: what you have answered "
    "is kept. Skip leaves only this question open.",
    Meaning.GREETING: "That reads like a greeting, so it was not taken as your answer. The question stands above. Skip "
    "moves on.",
}


def answer(
    owner: str,
    interview_id: str,
    number: int,
    text: str,
    *,
    key: str | None = None,
    source: str = "typed",
    in_call: bool = False,
) -> Answered:
    """Store the answer to the open question. A repeat gives the stored one; another text for it is a conflict.

    VALIDATION_FAILED for a text that only turns to the interviewer, unless `in_call`: a call has heard it as an answer.
    """
    words = fit(text)
    aside = None if in_call else aside_of(words)
    if aside is not None:
        raise _unfit(_NOT_TAKEN[aside])
    return _resolve(owner, interview_id, number, words, skipped=False, key=key, source=source)


def fit(text: str, *, instead: str = ", or skip the question") -> str:
    """The words of an answer as they are stored. VALIDATION_FAILED when they are none, too many, or only filler;
    `instead` is what else one can do then."""
    cleaned = clean_text(text).strip()
    if not cleaned:
        raise _unfit(f"Write an answer first{instead}.")
    if len(cleaned) > LONGEST_ANSWER:
        raise _unfit(
            f"This answer has {len(cleaned):,} characters; at most {LONGEST_ANSWER:,} can be stored. "
            "Nothing was lost: shorten it and send it again."
        )
    if is_filler(cleaned):
        raise _unfit(
            "There is nothing in this to ask further about yet, so it was not counted as your answer. "
            f"Add a sentence{instead}."
        )
    return cleaned


def skip(owner: str, interview_id: str, number: int, *, key: str | None = None) -> Answered:
    """Leave the open question unanswered and go on. It scores 0."""
    return _resolve(owner, interview_id, number, "", skipped=True, key=key, source="typed")


def _unfit(sentence: str) -> Problem:
    return Problem("VALIDATION_FAILED", sentence, fields={"answer": sentence})


def _resolve(
    owner: str, interview_id: str, number: int, text: str, *, skipped: bool, key: str | None, source: str
) -> Answered:
    key = clean_key(key) or f"number-{number}"
    try:
        return _resolve_once(owner, interview_id, number, text, skipped=skipped, key=key, source=source)
    except IntegrityError:  # another process stored an answer between our look and our write: look again
        return _resolve_once(owner, interview_id, number, text, skipped=skipped, key=key, source=source)


def clean_key(key: str | None) -> str:
    """A client's mark of one attempt, as it is stored; empty when there is none."""
    return clean_text(key).strip()[:64] if key else ""


def _count(table: type[Question] | type[Answer], *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    query = select(func.count()).select_from(table).where(table.interview_id == Interview.id, *conditions)
    return query.correlate(Interview).scalar_subquery()


# One statement, built once: an answer is the request that people wait for most often.
_STANDING = (
    select(
        Interview.owner_id,
        Interview.completed_at,
        Interview.max_questions,
        Interview.language,
        Interview.coaching,
        _count(Question).label("asked"),
        _count(Answer, Answer.skipped.is_(False)).label("answered"),
        _count(Answer, Answer.skipped.is_(True)).label("left"),
        _count(Answer, Answer.key == bindparam("key")).label("key_used"),
        exists().where(Draft.interview_id == Interview.id).correlate(Interview).label("drafted"),
        *transcripts.COLUMNS,
    )
    .select_from(Interview)
    .join(Question, (Question.interview_id == Interview.id) & (Question.number == bindparam("number")), isouter=True)
    .join(Answer, (Answer.interview_id == Question.interview_id) & (Answer.number == Question.number), isouter=True)
    .where(Interview.id == bindparam("interview_id"))
)


def _resolve_once(
    owner: str, interview_id: str, number: int, text: str, *, skipped: bool, key: str, source: str
) -> Answered:
    evaluation_id: str | None = None
    known = number if 1 <= number <= MOST_QUESTIONS else 0
    with writing() as session:
        row = (
            session.connection()
            .execute(_STANDING, {"interview_id": interview_id, "number": known, "key": key})
            .one_or_none()
        )
        if row is None or row.owner_id != owner:
            raise interview_not_found()
        found = transcripts.as_view(row) if row.number is not None else None
        if found is not None and not found.is_open:
            _check_repeat(found, text, skipped)
            return _answered(interview_id, row, found, complete=row.completed_at is not None, repeated=True)
        if row.completed_at is not None:
            raise already_completed()
        if found is None:
            raise Problem(
                "QUESTION_NOT_FOUND",
                "This question has not been asked yet. Reload the page to see where your interview stands.",
            )
        if row.key_used:
            raise Problem(
                "ANSWER_CONFLICT",
                "This was sent once already, for another question. What you typed is still here: send it again.",
            )
        stored = transcripts.add_answer(
            session, interview_id, found, text=text, skipped=skipped, source=source, key=key, answered_at=now()
        )
        if row.drafted:
            session.execute(sql_delete(Draft).where(Draft.interview_id == interview_id))
        complete = number >= row.max_questions
        if complete:
            evaluation_id = ending.complete(session, session.get_one(Interview, interview_id))
    if evaluation_id is not None:
        evaluating.submit(evaluation_id)
    return _answered(interview_id, row, stored, complete=complete, repeated=False)


def _check_repeat(found: QuestionView, text: str, skipped: bool) -> None:
    if found.skipped and skipped:
        return
    if found.answer is not None and not skipped and text in (found.answer.given, found.answer.text):
        return
    raise Problem(
        "ANSWER_CONFLICT",
        "This question has its answer already, perhaps from another tab. The stored answer was not changed, "
        "and what you typed is still here.",
    )


def _answered(interview_id: str, row: Any, question: QuestionView, *, complete: bool, repeated: bool) -> Answered:
    new = 0 if repeated else 1
    return Answered(
        id=interview_id,
        language=row.language,
        question=question,
        repeated=repeated,
        answered_count=row.answered + (0 if question.skipped else new),
        skipped_count=row.left + (new if question.skipped else 0),
        question_count=row.asked,
        max_questions=row.max_questions,
        is_complete=complete,
        coaching=row.coaching,
    )


def save_draft(owner: str, interview_id: str, number: int, text: str) -> DraftView:
    """Keep what is being typed for the open question. An older request may arrive late; the last one wins."""
    cleaned = clean_text(text)
    if len(cleaned) > LONGEST_ANSWER:
        raise _unfit(f"At most {LONGEST_ANSWER:,} characters can be stored as a draft.")
    with writing() as session:
        row = own(session, owner, interview_id)
        if row.completed_at is not None:
            raise already_completed()
        found = transcripts.question(session, interview_id, number)
        if found is None:
            raise Problem("QUESTION_NOT_FOUND", "This question has not been asked yet.")
        if not found.is_open:
            raise Problem("ANSWER_CONFLICT", "This question has its answer already, so the draft was not stored.")
        at = now()
        stored = session.get(Draft, interview_id)
        if stored is None:
            session.add(Draft(interview_id=interview_id, number=number, text=cleaned, updated_at=at))
        else:
            stored.number, stored.text, stored.updated_at = number, cleaned, at
    return DraftView(number=number, text=cleaned, updated_at=at)
