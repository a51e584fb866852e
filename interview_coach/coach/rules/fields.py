"""Fields of work (data/fields.toml): which of them a job, a requirement or a question calls up, and how much of an
answer speaks of them or of another one. Plain words, and no understanding of the trade.
"""

import tomllib
from collections.abc import Set as AbstractSet
from importlib.resources import files
from typing import NamedTuple

from interview_coach.domain.text import stem

_DATA = files(__package__) / "data" / "fields.toml"


class _Field(NamedTuple):
    calls: frozenset[str]
    words: frozenset[str]


def stems_of(words: str) -> frozenset[str]:
    """Stems of a list of words, of compounds also those of their parts."""
    return frozenset(stem(part) for word in words.split() for part in (word, *word.split("-")) if len(part) > 1)


def _fields() -> tuple[_Field, ...]:
    table = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    return tuple(
        _Field(stems_of(each["calls"]), stems_of(f"{each['calls']} {each['words']}")) for each in table.values()
    )


_FIELDS = _fields()


def words_called(asked: AbstractSet[str]) -> frozenset[str]:
    """Stems of all fields that one of these stems calls up."""
    return frozenset().union(*(field.words for field in _FIELDS if field.calls & asked))


def most_of_another(words: AbstractSet[str], asked: AbstractSet[str]) -> int:
    """How many of the words belong to the one field, not called up by `asked`, that most of them belong to."""
    return max((len(words & field.words) for field in _FIELDS if not field.calls & asked), default=0)
