"""What is being typed for a retake. A finished interview needs its place for drafts for nothing else."""

from interview_coach.db import now, writing
from interview_coach.documents.cleaning import clean_text
from interview_coach.interviewing.answering import LONGEST_ANSWER
from interview_coach.models import Draft
from interview_coach.retaking.showing import asked, finished
from interview_coach.views import DraftView


def save_draft(owner: str, interview_id: str, number: int, text: str) -> DraftView:
    """Keep it. The last request wins; what is longer than an answer may be is cut."""
    words = clean_text(text)[:LONGEST_ANSWER]
    with writing() as session:
        interview = finished(session, owner, interview_id)
        asked(session, interview, number)
        at = now()
        stored = session.get(Draft, interview_id)
        if stored is None:
            session.add(Draft(interview_id=interview_id, number=number, text=words, updated_at=at))
        else:
            stored.number, stored.text, stored.updated_at = number, words, at
    return DraftView(number=number, text=words, updated_at=at)
