"""How many things an English question asks.

Stricter checks suit wording that we write ourselves (`rules/checks.py` takes every `, what` for a second question);
a model may well lead in with a clause of its own: `After the redesign, what changed?` asks one thing.
"""

import re

_CLAUSE = re.compile(r"(?<=[.!?:;–—])\s+")
_HEAD = re.compile(
    r"^(?:and\s+|so\s+|then\s+)?(?:what|how|why|which|who|whom|whose|tell|describe|walk|talk|explain|give|share|show|"
    r"(?:where|when)\s+(?:do|did|does|are|were|was|is|have|has|had|can|could|would|will)(?:n['’]t)?)\b"
    r"|,\s+(?:what|how|why)\b"  # which, who, where and when after a comma are more often relative
    r"|\b(?:and|or|but|plus)\s+(?:also\s+|then\s+|in\s+)?(?:what|how|why|which|who|whom|where|when)\b"
    r"|\b(?:and|or)\s+(?:do|did|does|are|were|have|has|can|could|would|will)\s+(?:you|it|they|that)\b",
    re.IGNORECASE,
)


def asks_twice(question: str) -> bool:
    """True when one clause joins two questions, as in `What did you do and why?`.

    Clauses end at a sentence mark, colon or dash: `Tell me about the redesign: what did you do?` is one thing, said
    twice. Take quotations out before.
    """
    return any(len(_HEAD.findall(clause)) > 1 for clause in _CLAUSE.split(question.strip()))
