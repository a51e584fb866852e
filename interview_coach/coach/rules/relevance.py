"""How far an answer speaks about what was asked: words it shares with the requirement, the question and the evidence.

Plain shared words, so that the report can show them. It claims no understanding of meaning: an answer that says the
right thing in quite other words is marked too low here, and the feedback then asks for the link to be named.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files

from interview_coach.coach.base import AnsweredQuestion
from interview_coach.domain.phrases import specific_words
from interview_coach.domain.text import Clause, Token, has_cue, is_content, stem, tokenise
from interview_coach.domain.vocabulary import OPINION_CUES, VERB_FORMS

_DATA = json.loads((files(__package__) / "data" / "subjects.json").read_text(encoding="utf-8"))


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words.split())


_COMPETENCY_WORDS = {key: _stems(words) for key, words in _DATA["competencies"].items()}
_WORK = _stems(_DATA["work"])
_LEISURE = _stems(_DATA["leisure"])
_BOILERPLATE = _stems(_DATA["boilerplate"])
_ENOUGH = 3.0
"""So many shared words are as good as more, which makes padding and stuffing useless."""


@dataclass(frozen=True, slots=True)
class Relevance:
    """What an answer shares with what was asked."""

    degree: float
    """0..1."""
    shared: frozenset[str]
    """Stems shared with requirement, question or evidence."""
    is_about_work: bool
    is_elsewhere: bool
    """It clearly speaks about something else."""


def asked_stems(asked: AnsweredQuestion) -> frozenset[str]:
    """What the question is about, without the words that any question has."""
    texts = [asked.question]
    for requirement in asked.requirements:
        texts += [requirement.label, requirement.span.text]
    texts += [span.text for span in asked.evidence]
    return content_stems(token for text in texts for token in tokenise(text)) - _BOILERPLATE


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


def relevance(asked: AnsweredQuestion, told: Sequence[Clause], *, is_event: bool) -> Relevance:
    """Compare the clauses that carry the answer with what was asked."""
    words = content_stems(token for clause in told for token in clause.tokens)
    shared = words & asked_stems(asked)
    field = (words & _COMPETENCY_WORDS.get(asked.competency, frozenset())) - shared
    work = words & _WORK
    leisure = (words & _LEISURE) - shared
    degree = min(1.0, (len(shared) + 0.5 * len(field) + 0.25 * min(2, len(work - shared - field))) / _ENOUGH)
    about_work = bool(work or field or shared)
    private = len(leisure) >= max(1, len(work | field))
    if is_event:
        elsewhere = not shared and private and len(leisure) >= 2
    else:
        claims = any(has_cue(clause, OPINION_CUES) for clause in told)
        foreign = len(specific_words(told)) >= 4 and not claims
        elsewhere = not shared and len(field) < 2 and (private or (foreign and not field))
    return Relevance(degree, shared, about_work, elsewhere)
