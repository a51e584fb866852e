"""Choices of a person that hold for every page."""

from sqlalchemy import bindparam, select

from interview_coach.creating import ensure_person
from interview_coach.db import reading, writing
from interview_coach.models import Person

# Put together once, and asked without a session's book-keeping: every page asks it.
_LOW_ANXIETY = select(Person.low_anxiety).where(Person.id == bindparam("owner"))


def low_anxiety(owner: str) -> bool:
    """Whether pages show next steps and no numbers."""
    with reading() as session:
        return bool(session.connection().execute(_LOW_ANXIETY, {"owner": owner}).scalar())


def set_low_anxiety(owner: str, on: bool) -> None:
    """Hide numbers, or show them again."""
    with writing() as session:
        ensure_person(session, owner)
        session.get_one(Person, owner).low_anxiety = on
