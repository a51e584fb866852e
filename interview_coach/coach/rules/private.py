"""Words of private life (data/private.toml): kin, home, pastimes, sport, food, animals, nature, travel.

Field by field, because nearly every one of them is somebody's trade: a field that the question touches is not private
there. Plain words and no understanding, so an answer is called off the subject only when little else stands in it.
"""

import tomllib
from collections.abc import Iterable
from importlib.resources import files
from typing import NamedTuple

from interview_coach.domain.text import Token, is_content, stem

_DATA = files(__package__) / "data" / "private.toml"
_HALF = 0.5


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
