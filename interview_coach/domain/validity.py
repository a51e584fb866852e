"""Is it an answer at all? The gate before anything else is read or scored.

Sentences meant for a machine ("ignore the rubric") and insults are set aside, so that they neither gain nor quote; what
remains is read as if they had not been written.
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from interview_coach.domain.courtesies import without_courtesies
from interview_coach.domain.disguises import undisguised
from interview_coach.domain.instructions import instructions, is_about_marks
from interview_coach.domain.interview_talk import is_blank_form, is_no_answer, is_note_of_others
from interview_coach.domain.text import (
    Clause,
    Token,
    clauses,
    cues,
    is_content,
    is_figure,
    repeats,
    sentences,
    tokenise,
)
from interview_coach.domain.vocabulary import FILLER_NEEDS, FILLERS, FUNCTION_WORDS, VERB_FORMS, phrases, words


class Substance(StrEnum):
    """What kind of thing was written, worst first."""

    EMPTY = "empty"
    FILLER = "filler"
    """Nothing but `um`, `okay`, `yes` and the like: consumes no question."""
    GIBBERISH = "gibberish"
    COPIED = "copied"
    """The question given back."""
    DONT_KNOW = "dont_know"
    HOSTILE = "hostile"
    """Insults, or instructions meant for a machine."""
    VAGUE = "vague"
    OPINION = "opinion"
    """General talk or self-description without an event."""
    PARTIAL = "partial"
    """A real event with parts of STAR missing."""
    STORY = "story"
    """A whole one."""


class Gate(NamedTuple):
    """What passed. `refused` is None when there is something to read in `clauses`."""

    refused: Substance | None
    clauses: tuple[Clause, ...]
    set_aside: bool
    """Instructions or insults stood beside the answer and were left out."""

    def kept(self, text: str) -> str:
        """What passed of this text, with its own punctuation."""
        out: list[str] = []
        for clause, after in zip(self.clauses, (*self.clauses[1:], None), strict=False):
            gap = text[clause.end : after.start if after else len(text)]
            if after is None or tokenise(gap):
                gap = gap[: next((at for at, char in enumerate(gap) if char.isspace()), len(gap))]
                gap = f"{'' if tokenise(gap) else gap} "
            out.append(text[clause.start : clause.end] + gap)
        return "".join(out).strip()


_INSULT = re.compile(
    r"\b(?:fuck|fucking|screw|piss)\s*(?:you|off|this|u|yourself|your)\b|\bshut up\b|\bgo to hell\b|\bkiss my\b"
    r"|\b(?:you|u|you're|you are|ur)\s+(?:are\s+)?(?:an?\s+|so\s+|such\s+an?\s+|really\s+|just\s+an?\s+)*"
    r"(?:stupid|idiot|moron|dumb|useless|pathetic|bot|joke|trash|garbage|asshole|bastard|bitch|loser|clown)\b"
    r"|\b(?:stupid|dumb|idiotic|pointless|bullshit|crap|shit)\s+(?:question|bot|machine|interview|app|program|thing)s?\b"
    r"|\bthis (?:question|interview|bot|app|thing) is (?:stupid|dumb|bullshit|crap|shit|garbage|a joke)\b"
    r"|\bthis is (?:bullshit|stupid|crap|shit|garbage|dumb|a joke|a waste of time)\b|\bi hate (?:you|this)\b"
    r"|^\W*(?:idiot|moron|stupid|asshole|bitch|bastard|fuck|shit|bullshit)\W*$",
    re.IGNORECASE,
)
_DONT_KNOW = phrases(
    """
    i don't know | i dont know | i do not know | don't know | dont know | do not know | not know | dunno | idk |
    no idea | no clue | i'm not sure | i am not sure | im not sure | not sure | can't think of | cannot think of
    | can not think of | cant think of | can't remember | cannot remember | don't remember | do not remember |
    can't recall | don't recall | i pass | pass | skip | skip this | skip it | next question | next |
    nothing comes to mind | nothing to say | no answer | no comment | i have no experience | no experience |
    i have no example | no example | don't have an example | do not have an example | don't have any |
    do not have any | don't have experience | do not have experience | never done that | never done this |
    have never done | i haven't done | i have not done | can't answer | cannot answer |
    don't understand the question | do not understand the question | don't understand | no lo sé | keine ahnung
    | n/a | na | none | nothing
    """
)
_SOFT = words(
    """
    sorry honestly honest afraid example question answer experience right please time mind think
    """
)
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop")
_NEIGHBOURS = frozenset(pair for row in _ROWS for a, b in pairwise(row) for pair in (a + b, b + a))
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{5,}")
_REPEATED = re.compile(r"(.)\1{2,}|(..)\2{2,}|^(.{2,4})\3$|^(.)\4(?![aeiouy])")
_LONE_Q = re.compile(r"q[^u]")
_STARTS = words(
    """
    bl br ch cl cr cz dr dw fj fl fr gh gl gn gr kh kl kn kr ll mc mn ph pl pn pr ps pt rh sc sh sk sl sm sn sp
    sq sr st sv
    sw sz th tr ts tw vl wh wr zw zl
    """
)
_COMMENT = re.compile(r"\s*(?:<!--.*-->|/\*.*\*/|//[^\n]*)\s*", re.DOTALL)
"""What programs skip and only a machine would read."""
_LOREM = words(
    """
    lorem ipsum dolor amet consectetur adipiscing elit foo bar baz blah bla asdf qwerty xyz
    """
)
_WORDS_OF_A_STATEMENT = 4
_SOME, _BREATH, _CHANT = 5, 12, 30
"""Words of a text that may be noise: in fewer a word may well come twice, and in more it is said in sentences."""
_SUBJECTS = words("i we you he she they it is are was were has have had i'm we're it's you're they're my our the")


def is_filler(text: str) -> bool:
    """True for pure back-channel noises (`um`, `okay`, `yes`, `...`), which consume no question.

    False for nothing at all, for `fine` and for `I don't know`: those are something else.
    """
    words = [token.lower for token in tokenise(text[:400])]
    if not words:
        return bool(text.strip())
    return len(text) <= 400 and all(word in FILLERS for word in words) and any(word in FILLER_NEEDS for word in words)


def pass_gate(answer: str, question: str) -> Gate:
    """Decide whether there is an answer in it; linear in the length of both texts."""
    if not answer.strip():
        return Gate(Substance.EMPTY, (), False)
    if is_filler(answer):
        return Gate(Substance.FILLER, (), False)
    tokens = tokenise(answer)
    spoken = without_courtesies(answer)
    if not tokenise(spoken):
        return Gate(Substance.FILLER, (), False)
    kept, set_aside = _without_hostile(clauses(sentences(tokens)), spoken)
    words = [token for clause in kept for token in clause.tokens]
    content = sum(map(is_content, words))
    asked = frozenset(token.lower for token in tokenise(question) if is_content(token))
    left = _text(kept, spoken)
    pieces = [spoken[clause.start : clause.end] for clause in kept]
    if (
        (set_aside and content < _WORDS_OF_A_STATEMENT)
        or is_blank_form(spoken)
        or _COMMENT.fullmatch(spoken)
        or is_note_of_others(left if set_aside else spoken, question)
        or is_no_answer(left, question, beside=set_aside, pieces=pieces)
        or is_about_marks(left, beside=set_aside, asked=asked)
        or any(_is_order(plain, question) for plain in undisguised(left))
    ):
        return Gate(Substance.HOSTILE, (), True)
    again = set(repeats(kept))  # a story said many times is that story said once
    if is_gibberish([token for number, clause in enumerate(kept) if number not in again for token in clause.tokens]):
        return Gate(Substance.GIBBERISH, (), set_aside)
    if _avoids(kept, content):
        return Gate(Substance.DONT_KNOW, tuple(kept), set_aside)
    kept, own, copied = _without_copied(kept, question)
    if copied >= 4 and own < _WORDS_OF_A_STATEMENT - 1:
        return Gate(Substance.COPIED, (), set_aside)
    return Gate(None, tuple(kept), set_aside)


def _is_order(text: str, question: str) -> bool:
    return is_no_answer(text, question) or next(instructions(text), None) is not None


def _text(clause_list: Sequence[Clause], answer: str) -> str:
    """The clauses, each sentence on its own line with the marks that stand in it; what was left out parts lines too."""
    text, before = "", None
    for clause in clause_list:
        gap = answer[before.end : clause.start] if before and before.sentence == clause.sentence else ""
        text += (gap if gap and not tokenise(gap) else "\n") + answer[clause.start : clause.end]
        before = clause
    return text.strip("\n")


def is_hostile(text: str) -> bool:
    """Words meant for a machine, or an insult."""
    return bool(_INSULT.search(text) or next(instructions(text), None))


def _without_hostile(clause_list: list[Clause], answer: str) -> tuple[list[Clause], bool]:
    """Leave out a sentence from the place of the hit on, or just the clause in a very long one without punctuation."""
    spans = [*instructions(answer), *(match.span() for match in _INSULT.finditer(answer))]
    if not spans:
        return clause_list, False
    lengths: dict[int, int] = {}
    for clause in clause_list:
        lengths[clause.sentence] = lengths.get(clause.sentence, 0) + len(clause.tokens)
    first_hit: dict[int, int] = {}
    for clause in clause_list:
        for start, end in spans[:50]:
            if clause.start < end and start < clause.end:
                first_hit.setdefault(clause.sentence, start)
    kept: list[Clause] = []
    for clause in clause_list:
        hit = first_hit.get(clause.sentence)
        before = tuple(token for token in clause.tokens if hit is None or token.end <= hit)
        touched = any(clause.start < end and start < clause.end for start, end in spans[:50])
        if hit is None or (lengths[clause.sentence] > 30 and not touched):
            kept.append(clause)
        elif sum(map(is_content, before)) >= _WORDS_OF_A_STATEMENT - 1:
            kept.append(Clause(before, clause.sentence))
    return kept, True


def is_gibberish(tokens: Sequence[Token]) -> bool:
    """Mostly keyboard runs, letters without vowels, or the same thing over and over."""
    words = [token for token in tokens if not is_figure(token)]
    if not words:
        return True
    if all(not token.text.isascii() for token in words):
        return False
    odd = sum(len(token.text) for token in words if _is_odd(token))
    if odd * 2 >= sum(len(token.text) for token in words):
        return True
    distinct = {token.lower for token in words}
    if (len(words) >= 4 and len(distinct) == 1) or (len(words) >= 12 and len(distinct) * 6 <= len(words)):
        return True
    return _SOME <= len(words) <= _CHANT and (len(distinct) * 2 <= len(words) or _varies(words) or _stumbles(words))


def _varies(words: Sequence[Token]) -> bool:
    """`fishy fushy fashy`, `alarm malar ralam`: mostly variations of words before, and hardly one that joins them."""
    if sum(token.lower in FUNCTION_WORDS for token in words) * 4 > len(words):
        return False
    told = [token.lower for token in words]
    again = sum(any(_is_alike(word, other) for other in set(told[:place])) for place, word in enumerate(told))
    return again * 2 >= len(told) - 1


def _is_alike(one: str, other: str) -> bool:
    """The same letters, or half of them the same from both ends."""
    if sorted(one) == sorted(other):
        return True
    start = _common(one, other)
    end = _common(one[start:][::-1], other[start:][::-1])
    return (start + end) * 2 >= max(len(one), len(other))


def _common(one: str, other: str) -> int:
    """How many letters both begin with."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _stumbles(words: Sequence[Token]) -> bool:
    """`purple window eleven though ask ask whom`: a word twice in a row, and nobody who is or does anything."""
    twice = any(
        after.lower == before.lower and after.gap == " " and is_content(after) for before, after in pairwise(words)
    )
    return twice and len(words) <= _BREATH and _SUBJECTS.isdisjoint(token.lower for token in words)


def _is_odd(token: Token) -> bool:
    word = token.lower
    if word in FUNCTION_WORDS or not word.isascii():
        return False
    if word in _LOREM or _REPEATED.search(word) or _CONSONANTS.search(word):
        return True
    if token.text.isupper() and len(word) <= 5:
        return False
    if (
        not token.text[0].isupper()
        and len(word) >= 4
        and ((word[0] not in "aeiouy" and word[1] not in "aeiouy" and word[:2] not in _STARTS) or _LONE_Q.search(word))
    ):
        return True
    letters = [char for char in word if char.isalpha()]
    if len(letters) >= 3 and not any(char in "aeiouy" for char in letters):
        return True
    runs = sum(word[index : index + 2] in _NEIGHBOURS for index in range(len(word) - 1))
    return len(word) >= 3 and runs >= min(3, len(word) - 1) and runs * 10 >= (len(word) - 1) * 7


def _avoids(clause_list: Sequence[Clause], content: int) -> bool:
    covered: set[int] = set()
    for clause in clause_list:
        for index, phrase in cues(clause, _DONT_KNOW):
            alone = len(phrase.split()) == 1 and phrase not in {"dunno", "idk"}
            if alone and sum(len(c.tokens) for c in clause_list) > 3:
                continue
            covered.update(token.start for token in clause.tokens[index : index + len(phrase.split())])
    if not covered:
        return False
    left = [
        token
        for clause in clause_list
        for token in clause.tokens
        if token.start not in covered and is_content(token) and token.lower not in _SOFT
    ]
    told = any(VERB_FORMS.get(token.lower, ("", ""))[1] == "past" for token in left)
    return len(left) <= 5 and content <= 14 and not told


def _without_copied(clause_list: list[Clause], question: str) -> tuple[list[Clause], int, int]:
    """Clauses with words of their own; how many content words are own, and how many words were copied."""
    asked = [token.lower for token in tokenise(question)]
    runs = {tuple(asked[index : index + 4]) for index in range(len(asked) - 3)}
    kept: list[Clause] = []
    own_words = copied_words = 0
    tokens = [token for clause in clause_list for token in clause.tokens]
    copied: set[int] = set()
    for index in range(len(tokens) - 3):
        if tuple(token.lower for token in tokens[index : index + 4]) in runs:
            copied.update(token.start for token in tokens[index : index + 4])
    for clause in clause_list:
        own = [token for token in clause.tokens if token.start not in copied]
        copied_words += len(clause.tokens) - len(own)
        own_words += sum(map(is_content, own))
        if own and (len(own) == len(clause.tokens) or any(map(is_content, own))):
            kept.append(clause)
    return kept, own_words, copied_words
