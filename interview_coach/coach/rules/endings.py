"""Where a quote may end: at the end of a clause, or before a word that only adds to it."""

import re

from interview_coach.coach.rules.wordlists import wordset

_WORD = re.compile(r"\S+")
_CLOSED = re.compile(r"\s*(?:$|[,;:.!?()\n–—])")
_OPEN = wordset(
    """a an the and or but nor of to at for from with by into onto about than that which who whom whose because
    if unless till until since between among while when where although though as so very my our your their
    its is are was were am be been being have has had will would can could shall should may might must do
    does both either neither every each per via not i we he she they who's i'm"""
)
"""A word here leaves what was said in the air."""
_PARTICLES = wordset("in on off up down out over through by around before after her his this these those some any all")
"""The same unless the clause is over."""
_ADDS = wordset(
    """and or but so of to in on at for from by with as into onto about over under than that which who because
    if till until since between among within without across during after before while when where whenever
    once although though unless per via every each last next this again today yesterday there then too
    instead together through around against"""
)
"""A word before which one may stop."""
_PAIRED = re.compile(r"\b(?:between|both|either|neither)\b(?!.*\b(?:and|or|nor)\b)", re.I)


def settled(answer: str, start: int, end: int) -> int | None:
    """The last place, at or before `end`, at which a quote from `start` ends well; None when there is none."""
    places = [start + word.end() for word in _WORD.finditer(answer[start:end])]
    for place in reversed(places[1:]):
        if _ends_well(answer, start, place):
            return place
    return None


def _ends_well(answer: str, start: int, end: int) -> bool:
    text = answer[start:end]
    last = _plain(text.split()[-1])
    if not last or last in _OPEN or not (text[-1].isalnum() or text[-1] == "%"):
        return False
    if _PAIRED.search(text):
        return False
    if _CLOSED.match(answer, end):
        return True
    following = _WORD.search(answer, end)
    return following is not None and _plain(following.group()) in _ADDS and last not in _PARTICLES


def _plain(word: str) -> str:
    return word.casefold().replace("’", "'").strip(".,;:!?()\"'")
