"""What a question asks for, by its wording: something that happened, a picture of what would, or an end."""

import re

_IMAGINED_QUESTION = re.compile(
    r"\bwould you\b|\bhow do you\b|\bwhat do you do\b|\bhow can you\b|\bwhat should\b|\bwill you\b|\bif you\b",
    re.IGNORECASE,
)
_PICTURED_QUESTION = re.compile(
    r"\bimagine\b|\bsuppose\b|(?<!\ba )(?<!\bthe )(?<!\bmy )(?<!\bclear )(?<!\bgood )\bpicture\b", re.IGNORECASE
)
"""`I have a picture of that now` asks nobody to picture anything."""
_SAID_BACK = re.compile(r"“[^”]*”")
_OUTCOME_QUESTION = re.compile(
    r"\bwhat (?:was|were) the (?:result|outcome|effect)|\bhow did (?:it|that|this) (?:end|turn out|go in the end)"
    r"|\bwhat (?:came|became) of|\bwhat changed\b|\bwhat did (?:it|that|this) (?:lead to|change|bring)"
    r"|\bwhat happened (?:in the end|afterwards|next|then)|\bwhat did you achieve",
    re.IGNORECASE,
)


def asks_to_imagine(question: str) -> bool:
    """The question is about what one would do, so `I would` answers it."""
    return bool(_IMAGINED_QUESTION.search(without_quotes(question))) or asks_to_picture(question)


def asks_to_picture(question: str) -> bool:
    """The question sets a scene that has not happened."""
    return bool(_PICTURED_QUESTION.search(without_quotes(question)))


def without_quotes(question: str) -> str:
    """The interviewer's own words: what is said back in quotation marks asks nothing."""
    return _SAID_BACK.sub("“”", question)


def asks_for_outcome(question: str) -> bool:
    """The question is about how something ended."""
    return bool(_OUTCOME_QUESTION.search(question))
