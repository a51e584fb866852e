"""Words of private life (data/private.toml): kin, home, pastimes, sport, food, animals, nature, travel.

Field by field, because nearly every one of them is somebody's trade: a field that the question touches is not private
there. Plain words and no understanding, so an answer is called off the subject only when little else stands in it.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from interview_coach.domain.text import Token, is_content, stem

_DATA = files(__package__) / "data" / "private.toml"
_HALF = 0.5
_MINE = frozenset({"my", "our"})
_TURNS = re.compile(
    r"\bi (?:also |sometimes |often |mostly |always |usually )?(?:play|collect|sing|paint|knit|bake|draw|garden|swim"
    r"|cycle|hike|jog|prefer|adore|live|moved|bought|watch|drink|eat|grew up|used to|took up|wanted a)\b"
    r"|\bi(?:'ve| have) (?:always wanted|got an?|been (?:learning|reading|restoring|doing up))\b"
    r"|\bwe(?:'ve| have) got an?\b"
    r"|\bi(?:'d| had) always wanted\b|\bi(?:'d| would) like to see\b|\blives? in\b|\bat home\b|\bfavou?rite\b"
    r"|\bon \w+days? (?:i|we|my) \b|\bin (?:my|our) (?:town|village|street|flat|house|garden|room)\b"
    r"|\bin my (?:spare|free) time\b"
    r"|\b(?:since|during) (?:the )?(?:pandemic|lockdown)\b|\bevery (?:summer|winter|\w+day|weekend)\b"
    r"|\bfor my (?:birthday|\w+ieth)\b|\blast night\b"
)
"""How one speaks of one's free time and one's home."""
_MOST_TURNS = 2


class _Field(NamedTuple):
    words: frozenset[str]
    also: frozenset[str]
    touched_by: frozenset[str]
    """Stems of a question that is about this field."""


def _fields() -> tuple[_Field, ...]:
    table = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    return tuple(
        _Field(
            frozenset(each["words"].split()),
            frozenset(each["also"].split()),
            frozenset(stem(word) for key in ("words", "also", "trades") for word in each[key].split()),
        )
        for each in table.values()
    )


_FIELDS = _fields()


def weight_of_private_words(tokens: Iterable[Token], topic: Iterable[Token]) -> float:
    """Distinct words of private life; those that work is often done on count half. `topic`: words of what was asked."""
    told = _singulars(tokens)
    asked = {stem(token.lower) for token in topic}
    private = [field for field in _FIELDS if asked.isdisjoint(field.touched_by)]
    plain = {word for field in private for word in told & field.words}
    also = {word for field in private for word in told & field.also} - plain
    return len(plain) + _HALF * len(also)


def private_turns(tokens: Sequence[Token], of_work: frozenset[str]) -> int:
    """How often one speaks as of one's own life: of what is `mine` or `ours` and no work (`of_work`: stems), and in
    turns of phrase; at most twice for either.
    """
    mine = sum(
        before.lower in _MINE and stem(token.lower) not in of_work and is_content(token)
        for before, token in pairwise(tokens)
    )
    turns = len(set(_TURNS.findall(" ".join(token.lower for token in tokens))))
    return min(_MOST_TURNS, mine) + min(_MOST_TURNS, turns)


_SOMEBODY_ELSES = frozenset({"his", "her", "their", "whose"})


def _singulars(tokens: Iterable[Token]) -> frozenset[str]:
    """Lower-case words with and without an ending of the plural; a wrong guess is a word that no table has. What is
    somebody else's is left out: the wife of a patient is no private life of who tells it."""
    found: set[str] = set()
    before = ""
    for token in tokens:
        is_mine, before = before not in _SOMEBODY_ELSES and not before.endswith(("'s", "’s")), token.lower
        if is_mine and is_content(token):
            word = token.lower.removesuffix("'s")
            found |= {word, word.removesuffix("s"), word.removesuffix("es")}
    return frozenset(found)
