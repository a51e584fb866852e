"""Use cases of an interview: ask, answer, skip, draft, finish, resume, delete.

Commit, then show: nothing is reported as stored before its transaction has ended, and every write may be repeated.
"""

from interview_coach.interviewing.answering import LONGEST_ANSWER, Answered, answer, save_draft, skip
from interview_coach.interviewing.asking import Waiting, next_question, stream_question
from interview_coach.interviewing.ending import delete, finish
from interview_coach.interviewing.showing import documents, durations, listing, view

__all__ = [
    "LONGEST_ANSWER",
    "Answered",
    "Waiting",
    "answer",
    "delete",
    "documents",
    "durations",
    "finish",
    "listing",
    "next_question",
    "save_draft",
    "skip",
    "stream_question",
    "view",
]
