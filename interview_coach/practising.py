"""What an interview shall practise: competencies that come first, levels that were reached, texts used once more."""

from sqlalchemy import select

from interview_coach.coaches import OFFLINE, coaches
from interview_coach.db import reading
from interview_coach.domain.competencies import COMPETENCIES
from interview_coach.errors import Problem, interview_not_found
from interview_coach.models import Document, Interview
from interview_coach.personas import persona
from interview_coach.progress import progress

WEAKEST = "weakest"
NEWEST = "newest"
MOST = 3
"""More competencies than these would be no focus."""


def focus_of(owner: str, value: object) -> tuple[str, ...]:
    """Competencies from a list, from `service, safety`, or from `weakest`: the one to three weakest of this person.

    Raises VALIDATION_FAILED for what is no competency, for more than three, and for `weakest` without any judged
    interview.
    """
    parts = value.split(",") if isinstance(value, str) else value
    if parts is None:
        return ()
    if not isinstance(parts, list | tuple) or not all(isinstance(part, str) for part in parts):
        raise _wrong("Name the competencies to practise as a list.")
    names = tuple(dict.fromkeys(name for part in parts if (name := part.strip())))
    if names == (WEAKEST,):
        found = tuple(mastery.competency for mastery in progress(owner).to_practise)
        if not found:
            raise _wrong("There is nothing to go by yet. Finish one interview, then the weakest parts are known.")
        return found
    if any(name not in COMPETENCIES for name in names):
        raise _wrong(f"Choose what to practise from these: {', '.join(COMPETENCIES)}; or say {WEAKEST}.")
    if len(names) > MOST:
        raise _wrong(f"Choose at most {MOST} competencies to practise in one interview.")
    return names


def _wrong(sentence: str) -> Problem:
    return Problem("VALIDATION_FAILED", sentence, fields={"focus": sentence})


def choices_of(owner: str, interview_id: str) -> dict[str, object]:
    """The texts and choices of an interview, or of the `newest` one, to begin another one like it.
    INTERVIEW_NOT_FOUND when there is none.

    A coach whose key is gone is replaced by the built-in one and not by another vendor: whoever chose where their
    words go has not chosen that one.
    """
    with reading() as session:
        if interview_id == NEWEST:
            newest = select(Interview).where(Interview.owner_id == owner).order_by(Interview.created_at.desc()).limit(1)
            row = session.scalars(newest).first()
        else:
            row = session.get(Interview, interview_id)
        if row is None or row.owner_id != owner:
            raise interview_not_found()
        cv, job = session.get_one(Document, row.cv_id), session.get_one(Document, row.job_id)
        return {
            "cv_text": cv.text,
            "job_text": job.text,
            "job_title": row.job_title,
            "company": row.company,
            "format": row.format,
            "questions": row.max_questions,
            "follow_ups": row.follow_ups,
            "difficulty": row.difficulty,
            "language": row.language,
            "provider": row.coach if coaches().is_configured(row.coach) else OFFLINE,
            "coaching": row.coaching,
            "persona": row.persona if persona(row.persona) else "",
            "minutes": row.minutes,
        }
