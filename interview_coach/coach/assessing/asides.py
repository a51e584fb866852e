"""Words in an answer that are meant for the scorer, in more languages and disguises than the offline rules know.

A sentence with such words is cut out from the place where they begin. Cutting one sentence too many costs a person
little and is said in the report; one too few could buy marks. What passes all the same meets the bounds (bounds.py).
"""

import re
import unicodedata

from interview_coach.coach.assessing.orders import ENGLISH, OTHERS
from interview_coach.domain.text import Token, clauses, is_content, sentences, tokenise
from interview_coach.domain.validity import is_hostile

_ASIDE = re.compile("|".join((*ENGLISH, *OTHERS)), re.IGNORECASE | re.MULTILINE)

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
    hits = [match.span() for match in _ASIDE.finditer(text)]
    if not hits:
        return text
    kept = []
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
    return [(first if sum(map(is_content, before)) >= _A_STATEMENT else begin, end)]


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
