"""What kind of answer a question asks for, by its wording: not every good answer is a story."""

import re
from collections.abc import Sequence
from enum import StrEnum

from interview_coach.domain.asking import asks_for_outcome, asks_to_picture, without_quotes


class Mode(StrEnum):
    """Kinds of answers."""

    STORY = "story"
    """Something that happened."""
    ACCOUNT = "account"
    """What the work was, as a whole."""
    PLAN = "plan"
    """What one would do, or usually does."""
    VIEW = "view"
    """What one holds."""
    FACT = "fact"
    """What one has, can or knows: a licence, a language, a level, the meaning of a term."""
    REASON = "reason"
    """Why this job."""


_STORY = re.compile(
    r"\b(?:tell me|describe|walk me|talk me|share|did|have you|has|had you|was|were)\b"
    r"|\b(?:comes?|came|is there) to mind\b|\bhave in mind\b"
    r"|\b(?:has|have) (?:\w+ ){1,3}(?:been|done|made|had)\b|\b(?:example of|a time|an occasion|your part)\b",
    re.IGNORECASE,
)
_ONCE = re.compile(
    r"\b(?:a|an|one|the last|another|any) (?:\w+ ){0,2}(?:time|occasion|moment|case|example|situation"
    r"|(?<!normal )(?<!ordinary )day)\b|\btell me about\b",
    re.IGNORECASE,
)
"""Asks for one thing that happened."""
_ACCOUNT = re.compile(
    r"\bwhat (?:did|does|do) (?:that|your|the|this) (?:work|job|role|position|time)\b.{0,20}"
    r"\b(?:involve|consist|include|like)\b"
    r"|\b(?:how much|which of these) have you had\b|\bhow has your path\b|\b(?:on|was) (?:an ordinary|a normal) day\b"
    r"|\bdid an ordinary day\b|\bwhat kind of work have you\b|\bwho (?:did|were) (?:you|the people)\b",
    re.IGNORECASE,
)
_FACT = re.compile(
    r"\bwhat (?:does|do) (?:\S+ ){1,6}mean\b(?! (?:to|for|in)\b)"
    r"|\bwhat (?:is|are) (?:the )?(?:difference|meaning|purpose|use of)\b"
    r"|\bwhich (?:\w+ ){0,2}(?:licen[cs]es?|certificates?|qualifications?|diplomas?|languages?|courses?|cards?)\b"
    r"|\bdo you (?:have|hold|speak|know)\b(?! in mind)|\bwhere (?:do you stand|are you with)\b|\bhow long have you\b"
    r"|\b(?:own|your) level\b|\bhow far does (?:that|your)\b|\bwhat can you show\b|\bis your experience with\b"
    r"|\bwhere do you use it\b|\b(?:part|period) of your (?:working life|experience)\b",
    re.IGNORECASE,
)
_PLAN = re.compile(
    r"\b(?:would you|will you|should one|what do you do)\b"
    r"|\bwhat(?:'s| is| are| would be) your (?:plan|first|next|steps?|move)\b",
    re.IGNORECASE,
)
_SCENE = re.compile(r"^\W*(?:imagine |suppose )?(?:it is|it's|you are|you're)\b", re.IGNORECASE)
_PAST = re.compile(r"\b(?:was|were|did|had|when you)\b", re.IGNORECASE)
_THROUGH = re.compile(r"\b(?:talk|walk) (?:me|us) through (?:it|this|that|what you (?:would )?do)\b", re.IGNORECASE)
"""`You are live in six minutes and the guest is missing. Talk me through it.`: a scene set now is to be played on."""
_HELPED = re.compile(r"\bhelp me to picture\b", re.IGNORECASE)
_USUAL = re.compile(r"(?:^|[.!:,] )(?:and |so )?how do you\b", re.IGNORECASE)
_WISH = re.compile(
    r"\bwould (?:you (?:like|want|need|wish|prefer|enjoy|expect|bring(?! (?:it|this|that|them|up)\b)|name"
    r"|count|describe|rather|rate|call|miss"
    r"|look forward|(?:take|do) (?:\w+ )?differently|not do)"
    r"|keep|make|attract|interest|a \w+ day)\b|\bwould you put on the table\b",
    re.IGNORECASE,
)


def mode_of(question: str, competency: str) -> Mode:
    """By the last sentence of the question, because the first often quotes the ad."""
    question = _HELPED.sub("", without_quotes(question))
    parts = [part for part in re.split(r"(?<=[.!?:])\s+", question.strip()) if part]
    last = parts[-1] if parts else ""
    once = bool(_ONCE.search(last))
    if competency == "motivation" and not re.search(
        r"\b(?:tell me about a time|describe a|example)\b", last, re.IGNORECASE
    ):
        return Mode.REASON
    if not once and _FACT.search(last):
        return Mode.FACT
    if not once and _ACCOUNT.search(last):
        return Mode.ACCOUNT
    if _WISH.search(last):
        return Mode.VIEW
    if (_PLAN.search(question) or asks_to_picture(question) or _sets_scene(parts)) and not once:
        return Mode.PLAN
    if not once and is_usual(last):
        return Mode.PLAN
    if _STORY.search(last) or asks_for_outcome(last):
        return Mode.STORY
    if not last or not last.endswith("?"):
        return Mode.STORY
    return Mode.VIEW


def _sets_scene(parts: Sequence[str]) -> bool:
    return (
        len(parts) > 1
        and bool(_THROUGH.search(parts[-1]))
        and bool(_SCENE.search(parts[0]))
        and not any(map(_PAST.search, parts))
    )


def is_usual(question: str) -> bool:
    """`How do you keep track ...?`: asks for a way of working and no single case."""
    return bool(_USUAL.search(question))
