"""Words in an answer that are meant for the scorer, in more languages and disguises than the offline rules know.

A sentence with such words is cut out from the place where they begin. Cutting one sentence too many costs a person
little and is said in the report; one too few could buy marks. What passes all the same meets the bounds (bounds.py).
"""

import re
import unicodedata
from collections.abc import Sequence

from interview_coach.coach.assessing.orders import ENGLISH, OTHERS, SCORER
from interview_coach.domain.text import Token, clauses, is_content, looks_past, sentences, tokenise
from interview_coach.domain.validity import is_hostile
from interview_coach.domain.vocabulary import VERB_FORMS

_ASIDE = re.compile("|".join((*ENGLISH, *OTHERS)), re.IGNORECASE | re.MULTILINE)
_SCORER = re.compile(rf"\b{SCORER}\b", re.IGNORECASE)
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁһӏАВЕКМНОРСТХІЈЅαεορυικΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aeopcyxijsdhlABEKMHOPCTXIJSaeopuikABEZHIKMNOPTYX"
)
_MIXED = re.compile(r"\w+")
_LONG_SENTENCE = 30
"""Words: in a sentence without an end, as speech recognition writes them, only the clause itself is cut out."""
_A_STATEMENT = 3
"""Content words before the cut that are worth keeping."""


def without_asides(text: str) -> str:
    """`text` without what is meant for the scorer; the same string when there is nothing of it."""
    found = [match.span() for match in _ASIDE.finditer(text)]
    if not found:
        return text
    # A pattern may begin with the full stop of the sentence before, which is not meant.
    hits = [(next((at for at in range(*hit) if text[at].isalnum()), hit[0]), hit[1]) for hit in found]
    kept: list[str] = []
    left = 0
    for start, end in _cuts(text, hits):
        kept.append(text[left:start])
        left = end
    kept.append(text[left:])
    return " ".join(part.strip() for part in kept if part.strip())


def _cuts(text: str, hits: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places to cut, in order and without overlap."""
    sentence_list = sentences(tokenise(text))
    cuts: list[tuple[int, int]] = []
    for index, sentence in enumerate(sentence_list):
        begin = 0 if index == 0 else sentence_list[index - 1][-1].end
        end = sentence_list[index + 1][0].start if index + 1 < len(sentence_list) else len(text)
        if index:
            begin = sentence[0].start
        inside = [hit for hit in hits if hit[0] < end and begin < hit[1]]
        if inside:
            cuts += _in_sentence(sentence, begin, end, inside)
    return cuts


def _in_sentence(
    sentence: tuple[Token, ...], begin: int, end: int, hits: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    if len(sentence) > _LONG_SENTENCE:
        parts = clauses([sentence])
        edges = [*(part.start for part in parts[1:]), end]
        return [
            (part.start, edge)
            for part, edge in zip(parts, edges, strict=True)
            if any(part.start < hit_end and start < edge for start, hit_end in hits)
        ]
    first = max(begin, hits[0][0])
    before = [token for token in sentence if token.end <= first]
    return [(first if _tells(before) else begin, end)]


def _tells(tokens: Sequence[Token]) -> bool:
    """The beginning of a sentence says what somebody did, so that it is worth keeping without its end."""
    told = any(looks_past(token.lower) or VERB_FORMS.get(token.lower, ("", ""))[1] == "past" for token in tokens)
    return (
        told and sum(map(is_content, tokens)) >= _A_STATEMENT and not _SCORER.search(" ".join(t.text for t in tokens))
    )


def unmasked(text: str) -> str:
    """The text as it is, or as it reads without look-alike letters when these hide words meant for the scorer."""
    folded = _MIXED.sub(_one_script, unicodedata.normalize("NFKC", text))
    if folded != text and (is_hostile(folded) or _ASIDE.search(folded)):
        return folded
    return text


def _one_script(found: re.Match[str]) -> str:
    """A word that mixes Latin letters with look-alikes of other scripts, in Latin only."""
    word = found.group()
    latin = sum("a" <= char.lower() <= "z" for char in word)
    folded = word.translate(_LOOKALIKES)
    return folded if latin and folded != word and folded.isascii() else word
