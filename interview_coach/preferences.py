"""Choices of a person that hold for every page."""

from sqlalchemy import select

from interview_coach.creating import ensure_person
from interview_coach.db import reading, writing
from interview_coach.models import Person


def low_anxiety(owner: str) -> bool:
    """Whether pages show next steps and no numbers."""
    with reading() as session:
        return bool(session.scalar(select(Person.low_anxiety).where(Person.id == owner)))


def set_low_anxiety(owner: str, on: bool) -> None:
    """Hide numbers, or show them again."""
    with writing() as session:
        ensure_person(session, owner)
        session.get_one(Person, owner).low_anxiety = on
