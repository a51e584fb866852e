"""What a label of an ad is, grammatically: a thing, a duty, an activity, a quality, or nothing a sentence can take."""

import re
import tomllib
from enum import StrEnum
from functools import cache
from importlib import resources

from interview_coach.coach.rules.wordlists import wordset
from interview_coach.documents.phrasing import Shape as DocumentsShape
from interview_coach.documents.phrasing import compound_verb
from interview_coach.documents.phrasing import shape as documents_shape

_TOKEN = re.compile(r"[^\W_][^\s,;:()]*")
DETERMINERS = wordset("a an the our your their its his her this that these those all any each every some both new")
PREPOSITIONS = wordset(
    """with on in at for to from of by about as within across into under against towards toward through over up
    out"""
)
_FINITE = re.compile(r"\b(?:is|are|was|were|will|must|should|can|may|has|have|you|we|i|who|it|they|be|if)\b", re.I)
_PREDICATE = re.compile(
    r"\b(?:is|are|was|were|will|must|would|has (?:been|moved)|have (?:been|raised)|you['’]ll|we['’]ll|don['’]t)\b", re.I
)
_AT_EASE = frozenset({"comfortable", "happy", "confident", "experienced", "skilled", "good", "able"})
AFTER_HEAD = wordset("and or that which who & without between among during before after such including because")
_NO_START = wordset(
    """to not you we i who if when must once as where while although because since there they it he she this
    these those here
    in on at of for from by with within during through under until after before just endlessly examples therefore once
    pass want please our that what how why"""
)
_PLURALS = wordset(
    "display order report check visit process place post campaign result share view sale talk need end run"
)
_BOTH = wordset(
    "level secure direct present open clean clear correct fit lead close cook coach champion process "
    "place post order welcome"
)
_ADJECTIVES_TOO = wordset("clear clean direct open secure present correct fit level own")
"""Verbs only before what shows that they are: `clear tables`, but `clear written English`."""
_OF_TWO = wordset("partner contact access interest volunteer contract")
"""Verbs only with a word beside them: `partner with agencies`."""
_MEASURES = wordset("short clear good new regular weekly daily monthly accurate great simple long several many")
"""Before a thing that something is done to: `writing short guides`."""
_QUANTIFIERS = wordset("several many multiple various two three")
_PAPERS = wordset("licence license certificate permit diploma degree qualification")


class Shape(StrEnum):
    """What a label is, grammatically."""

    NOUN = "noun"
    GERUND = "gerund"
    VERB = "verb"
    PAST = "past"
    QUALITY = "quality"
    WHO = "who"
    """`knows allergens`: after `someone who`."""
    OTHER = "other"


@cache
def lexicon() -> dict[str, frozenset[str]]:
    """The word lists, read once."""
    text = resources.files(__package__).joinpath("data/grammar.toml").read_text(encoding="utf-8")
    return {key: frozenset(value.split()) for key, value in tomllib.loads(text).items()}


def shape_of(label: str) -> Shape:
    """Classify a label of an ad."""
    tokens = label_tokens(label)
    if not tokens or not label[:1].isalnum():
        return Shape.OTHER
    lex = lexicon()
    first, last = tokens[0], tokens[-1]
    second = tokens[1] if len(tokens) > 1 else ""
    if first == "be" or compound_verb(label):
        return Shape.VERB
    if (
        first in lex["clear"] - _OF_TWO
        and second
        and (verb_like(second) or (second not in lex["heads"] and first not in _BOTH | _ADJECTIVES_TOO))
    ):
        return Shape.VERB
    if (first in _NO_START and not label.casefold().startswith(("at least", "at minimum"))) or (
        first.endswith("ly") and not second
    ):
        return Shape.OTHER
    if re.match(r"at least \w+ (?:in|with|as|of)\b", label, re.I):
        return Shape.OTHER  # two of what was said before it
    if _is_quality(tokens):
        return Shape.QUALITY
    if second and _third_person(first, second):
        return Shape.WHO
    if len(tokens) in {3, 4} and second in {"comes", "counts", "matters", "goes"}:
        return Shape.OTHER
    if _PREDICATE.search(label) and not re.search(r"\b(?:who|that|which|how|what|when|where|whether|why)\b", label):
        return Shape.OTHER
    if first.endswith("ly") and second in lex["clear"]:
        return Shape.VERB
    if _is_verb(label, first, second, last):
        return Shape.VERB
    if (
        first.endswith("ing")
        and (len(first) > 5 or first == "being")
        and second not in _PAPERS
        and (first not in lex["nouns_ing"] or second in DETERMINERS | _MEASURES or first == "working")
    ):
        return Shape.GERUND
    if (
        second in {"the", "a", "an"} | _QUANTIFIERS
        and first.isalpha()
        and not first.endswith(("ly", "ed"))
        and first not in DETERMINERS | PREPOSITIONS | AFTER_HEAD
    ):
        # `ring the supplier`: whatever stands before an article is hardly a noun.
        return Shape.VERB
    if (_FINITE.search(label) and len(tokens) > 4 and _PREDICATE.search(label)) or _is_sentence(tokens):
        return Shape.OTHER
    return Shape.NOUN


def _is_sentence(tokens: list[str]) -> bool:
    """Somebody does something in it: `specialists contribute to the team`, `the college promotes equality`."""
    lex = lexicon()
    if tokens[0] in {"the", "our", "this"} and len(tokens) > 3:
        verb = tokens[2].removesuffix("s")
        if verb != tokens[2] and verb in lex["clear"] and verb not in _PLURALS and not tokens[1].endswith("s"):
            return True
    for before, word, after in zip(tokens, tokens[1:], [*tokens[2:], ""], strict=False):
        if before in {"who", "that", "which", "what", "how", "to", "and", "or", "can", "&"} or not verb_like(after):
            continue
        base = word.removesuffix("s")
        plural = before.endswith("s") and before not in lex["heads"] and not before.endswith("ss")
        if (word in lex["clear"] and plural) or (
            base != word and base in lex["clear"] and base not in _PLURALS and not plural
        ):
            return True
    return False


def _third_person(first: str, second: str) -> bool:
    """`knows allergens`, but not `orders and deliveries`."""
    lex = lexicon()
    base = first.removesuffix("es") if first.endswith(("ches", "shes", "sses", "xes")) else first.removesuffix("s")
    if base == first:
        return False
    if second in DETERMINERS:  # `tracks the progress`: hardly a noun
        return base in lex["clear"] | lex["either"]
    return base in lex["clear"] - lex["either"] - _PLURALS and second not in {"and", "or", "of"}


def _is_verb(label: str, first: str, second: str, last: str) -> bool:
    lex = lexicon()
    listed = first in lex["clear"] | lex["either"] or documents_shape(label) is DocumentsShape.VERB
    if not listed:
        return False
    if first in _OF_TWO:
        return second in DETERMINERS or (first in {"partner", "volunteer"} and verb_like(second))
    if verb_like(second):
        return True
    if first in _ADJECTIVES_TOO and first != "own":
        return second.endswith("s") and second not in lex["heads"] and last not in lex["heads"]
    if first == "own":
        return False
    # `secure knowledge`, `network protocols`, `design experience`: the same word before a noun that ends a phrase.
    if first in lex["either"] | _BOTH:
        return second != "of" and second not in lex["heads"] and last not in lex["heads"] and bool(second)
    return bool(second) or first in lex["clear"]


def verb_like(second: str) -> bool:
    """True when this second word shows that the first one is a verb."""
    return second in DETERMINERS | (PREPOSITIONS - {"of"}) | {
        "and",
        "closely",
        "together",
        "directly",
        "independently",
    }


def _is_quality(tokens: list[str]) -> bool:
    lex = lexicon()

    def adjective(word: str) -> bool:
        return word in lex["adjectives"] or word.endswith(("-minded", "-oriented", "-driven", "-focused", "-motivated"))

    words = [word for word in tokens if word not in {"highly", "very", "well", "both", "extremely", "fully", "self"}]
    if not words or not adjective(words[0]):
        return False
    for index, word in enumerate(words):
        if word.endswith("ing") and words[index + 1 : index + 2] == ["of"]:
            # `confident handling of cash` is a thing, `confident handling cash` is said of a person.
            return False
        if word in PREPOSITIONS | {"enough"} or (word.endswith("ing") and words[0] in _AT_EASE):
            return index > 0
        if word not in {"and", "or", "&", "but"} and not adjective(word):
            return False
    return True


def label_tokens(text: str) -> list[str]:
    return [token.casefold().strip(".’'") for token in _TOKEN.findall(text)] if text else []
