"""How far an answer speaks about what was asked: words it shares with the requirement, the question and the evidence,
and words of the same families (data/concepts.toml).

Plain words, so that the report can show them. It claims no understanding of meaning: an answer that says the right
thing in quite other words is marked too low here, and the feedback then asks for the link to be named; a story about
something else that happens to use near words is marked too high.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files

from interview_coach.coach.base import AnsweredQuestion
from interview_coach.domain.phrases import specific_words
from interview_coach.domain.text import Clause, Token, has_cue, is_content, stem, tokenise
from interview_coach.domain.transcript import QuestionKind
from interview_coach.domain.vocabulary import OPINION_CUES, VERB_FORMS

_FOLDER = files(__package__) / "data"
_DATA = json.loads((_FOLDER / "subjects.json").read_text(encoding="utf-8"))


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(part) for word in words.split() for part in (word, *word.split("-")) if len(part) > 1)


def _concepts() -> dict[str, dict[str, str]]:
    return tomllib.loads((_FOLDER / "concepts.toml").read_text(encoding="utf-8"))


_COMPETENCY_WORDS = {key: _stems(words) for key, words in _DATA["competencies"].items()}
_WORK = _stems(_DATA["work"])
_LEISURE = _stems(_DATA["leisure"])
_BOILERPLATE = _stems(_DATA["boilerplate"])
_FAMILIES = tuple(
    (_stems(family["words"]), _stems(f"{family['words']} {family['near']}")) for family in _concepts().values()
)
"""(stems that call up the family, all its stems)"""
_ENOUGH = 3.0
"""So many shared words are as good as more, which makes padding and stuffing useless."""
_NEAR = 0.7
_FIELD = 0.4
_FOREIGN = 8
"""Specific words without any link from which on something else is meant, where nothing is told as done."""
_SURELY_FOREIGN = 12
"""The same for a text that shares one word by chance, or has a scene or an end."""
_BARELY = 2.0
"""Less reach than this, in a text about private things that tells no event, is chance."""
_SAID_BACK = re.compile(r"“[^”]*”")
_PRIVATE_ASKED = re.compile(
    r"\b(?:outside (?:of )?(?:work|your job)|not had a (?:paid )?job|free time|hobb(?:y|ies)|volunteer\w*"
    r"|private(?:ly)?|at school|studies|university|as a student|in your life)\b",
    re.IGNORECASE,
)
"""Such a question may well be answered with what is no work."""
_CHANCE = 1.0
"""Reach that a story about anything may have: a near word by chance."""
_PLAIN = 1.75
"""Reach from which on the link is plain, however long the answer is."""
_SHORT = 14
_NOT_SHORT = 18
"""Content words: a short answer may miss every word of the question, a longer one hardly does."""
_PRIVATE = 2
"""So many more words about private things than about what was asked take the benefit of the doubt away."""
_LONG_STORY = 25
"""Content words of a story that is not thrown out, whatever it is about: it may be told in quite other words."""
_HALF = 0.5
"""Strength below which the first advice is to say the link."""


@dataclass(frozen=True, slots=True)
class Relevance:
    """What an answer shares with what was asked."""

    degree: float
    """0..1: `reach` over three."""
    shared: frozenset[str]
    """Stems shared with requirement, question or evidence."""
    near: frozenset[str]
    """Stems of the same family as a word of the question or the requirement."""
    strength: float
    """0..1: how sure it is that the answer is about what was asked; 1 when plain."""
    size: int
    """Distinct content words that were compared."""
    is_about_work: bool
    is_elsewhere: bool
    """It clearly speaks about something else."""
    is_unlinked: bool
    """Next to nothing leads from what is told to what was asked."""


def asked_stems(asked: AnsweredQuestion) -> frozenset[str]:
    """What the question is about, without the words that any question has."""
    texts = [_without_said_back(asked)]
    for requirement in asked.requirements:
        texts += [requirement.label, requirement.span.text]
    texts += [span.text for span in asked.evidence]
    return content_stems(token for text in texts for token in tokenise(text)) - _BOILERPLATE


def _without_said_back(asked: AnsweredQuestion) -> str:
    """The question without words of the last answer: only a follow-up asks about those."""
    return asked.question if asked.kind is QuestionKind.PROBE else _SAID_BACK.sub(" ", asked.question)


def keywords(asked: AnsweredQuestion) -> tuple[str, ...]:
    """The words that carry the requirement, as the ad writes them and in its order.

    Left out are words that any ad has, and the verb that opens a duty (`prepare`, `handle`) when more words follow.
    """
    found: dict[str, str] = {}
    for requirement in asked.requirements:
        for text in (requirement.label, requirement.span.text):
            words = [token for token in tokenise(text) if is_content(token) and stem(token.lower) not in _BOILERPLATE]
            if len(words) > 1 and VERB_FORMS.get(words[0].lower, ("", ""))[1] == "base":
                words = words[1:]
            if words:
                found = {stem(token.lower): token.text for token in words} | found
                break
    return tuple(found.values())


def content_stems(tokens: Iterable[Token]) -> frozenset[str]:
    """Stems of the words that mean something; parts of compounds count too."""
    found = {stem(part) for token in tokens if is_content(token) for part in (token.lower, *token.lower.split("-"))}
    return frozenset(word for word in found if len(word) > 1)


def relevance(
    asked: AnsweredQuestion, told: Sequence[Clause], *, is_event: bool, is_partial: bool = False, is_view: bool = False
) -> Relevance:
    """Compare the clauses that carry the answer with what was asked.

    Degree = (shared words + 0.7 for each near word + 0.4 for each word of the competency's field) / 3, at most 1. Near
    words come by chance, one from this family and one from that, so for the question whether anything links the answer
    at all, only those of the family that is met most often count. What somebody knows (`is_view`) is naturally said in
    other words than the question, and is not called elsewhere for that. A follow-up leans on the answer before it, and
    is never called unlinked.
    """
    words = content_stems(token for clause in told for token in clause.tokens)
    shared = words & asked_stems(asked)
    families = [(words & family) - shared for family in families_of(asked)]
    near = frozenset().union(*families)
    field = (words & _COMPETENCY_WORDS.get(asked.competency, frozenset())) - shared
    work = words & _WORK
    leisure = (words & _LEISURE) - shared
    reach = len(shared) + _NEAR * len(near) + _FIELD * len(field - near)
    by_chance = len(field) <= 1 and max(map(len, families), default=0) <= 1
    private = len(leisure) >= max(1, len(work | field | near)) and not _PRIVATE_ASKED.search(asked.question)
    mostly = len(leisure) * 4 >= len(words) and len(leisure) >= 2
    if is_event:
        elsewhere = not shared and private and mostly and by_chance and len(words) < _LONG_STORY
    else:
        claims = any(has_cue(clause, OPINION_CUES) for clause in told)
        specific = 0 if claims else len(specific_words(told))
        foreign = by_chance and specific >= (_SURELY_FOREIGN if near or is_partial else _FOREIGN)
        elsewhere = (foreign and not is_view and len(shared) <= 1) or (
            not shared and reach < _BARELY and private and (mostly or not is_view)
        )
    strength = (
        1.0
        if is_view and shared
        else _strength(len(shared), near, families, field, size=len(words), private=len(leisure))
    )
    return Relevance(
        degree=min(1.0, reach / _ENOUGH),
        shared=shared,
        near=near,
        strength=strength,
        size=len(words),
        is_about_work=bool(work or field or shared or near),
        is_elsewhere=elsewhere,
        is_unlinked=asked.kind is not QuestionKind.PROBE and strength < _HALF,
    )


def _strength(
    shared: int,
    near: frozenset[str],
    families: Sequence[frozenset[str]],
    field: frozenset[str],
    *,
    size: int,
    private: int,
) -> float:
    """Near words outside the family that is met most often count half, because they come by chance."""
    best = max(map(len, families), default=0)
    reach = shared + _NEAR * (best + (len(near) - best) / 2) + _FIELD * len(field - near)
    linked = (reach - _CHANCE) / (_PLAIN - _CHANCE)
    short = (_NOT_SHORT - size) / (_NOT_SHORT - _SHORT) if private - shared - len(near | field) < _PRIVATE else 0.0
    return min(1.0, max(0.0, linked, short))


def families_of(asked: AnsweredQuestion) -> tuple[frozenset[str], ...]:
    """The families of words that the question and its requirements call up."""
    texts = [_without_said_back(asked), *(requirement.label for requirement in asked.requirements)]
    called = content_stems(token for text in texts for token in tokenise(text))
    return tuple(every for calling, every in _FAMILIES if calling & called)
