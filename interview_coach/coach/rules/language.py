"""Whether a text is in the language that the offline coach speaks."""

import re

from interview_coach.coach.rules.wordlists import wordset

_ENGLISH = wordset("the of and in for with to a an on at by from as is are our your this that")
_FOREIGN = wordset(
    """der die das und für mit auf von zu den dem ein eine einer im zur zum bei wir sie ihre als nicht oder
    le la les des du et pour dans une un vous nous avec sur el los las del y con para por una en su
    il lo gli di e per nel della alla che het de een van voor met op og med til af på att som är jag i w z na
    do się oraz"""
) - wordset("a an on at as is in by i do per de en of")


def is_english(text: str) -> bool:
    """False only when function words of another language outnumber the English ones: bullet points have few of any."""
    found = re.findall(r"[^\W\d_]+", text[:6000].casefold())
    return sum(word in _FOREIGN for word in found) <= sum(word in _ENGLISH for word in found)
