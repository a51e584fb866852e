"""Who is asking. Without accounts it is the one local person."""

from interview_coach.models import LOCAL_OWNER


def owner() -> str:
    """The owner of everything that this request reads and writes."""
    return LOCAL_OWNER
