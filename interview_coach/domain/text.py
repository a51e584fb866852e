"""Words, sentences and clauses of a text, with their places in it.

Offsets count code points and always point into the text as it was given: nothing is normalised, because a quote must be
found verbatim where it says it is.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from interview_coach.domain.vocabulary import ABBREVIATIONS, FUNCTION_WORDS, VERB_FORMS, words

_TOKEN = re.compile(
    r"[€$£]?\d+(?:[.,:/]\d+)*(?:[ \u00a0]?%|(?:k|m|x|bn|h|st|nd|rd|th)\b)?"
    r"|[^\W\d_]+(?:['’\-/&][^\W\d_]+|\.(?:js|net|io|ai|py)\b|[+#]+(?!\w)|\d+)*"
)
_BULLET = re.compile(r"\n\s*(?:[-*•·–]|\d+[.)])|[•·]")
_FULL_STOP = re.compile(r"[.!?…。！？]+[\"'”’)\]]*(?:\s|$)|[!?;。！？]")
_CLAUSE_OPENERS = words(
    """
    i we he she they it this that which so and but then because when while after before as in the my our a an
    there resulting leading saving cutting reducing who where until since finally eventually to with
    """
)
_ALWAYS_OPEN = frozenset(["so", "then", "because", "which", "but", "until", "whereas"])
_SUBJECTS = words(
    """
    i we he she they it this that the my our there nobody everyone
    """
)
_PRONOUNS = frozenset({"i", "we", "he", "she", "they", "it", "there", "nobody", "everyone"})
_FINITE = frozenset({"was", "were", "is", "are", "has", "have", "had", "did", "became", "knew", "felt", "came", "went"})
_NOUN_WORDS = words(
    """
    the a an my our his her their its this that these those one two three all every each both most some many more
    other few no of for in at on first last next own only
    """
)
_NOT_AFTER = words(
    """
    and so then because which but when while that what where who as if before after how than whether
    """
)


class Token(NamedTuple):
    """One word or figure."""

    text: str
    start: int
    end: int
    lower: str
    gap: str
    """What stands between the word before and this one."""


class Clause(NamedTuple):
    """A run of tokens that says one thing."""

    tokens: tuple[Token, ...]
    sentence: int
    """Which sentence it belongs to, from 0."""

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end


def tokenise(text: str) -> list[Token]:
    """All words and figures, in order."""
    found: list[Token] = []
    last = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        word = match.group()
        found.append(Token(word, start, end, word.lower().replace("’", "'"), text[last:start]))
        last = end
    return found


def breaks_sentence(before: Token, token: Token) -> bool:
    """A new sentence starts with `token`."""
    gap = token.gap
    if gap == " ":
        return False
    if _BULLET.search(gap) or "\n\n" in gap or "\r\n\r\n" in gap:
        return True
    if "\n" in gap and (token.text[0].isupper() or token.text[0].isdigit()) and not before.lower.isdigit():
        return True
    return bool(_FULL_STOP.search(gap)) and not (gap.startswith(". ") and before.lower in ABBREVIATIONS)


def sentences(tokens: Sequence[Token]) -> list[tuple[Token, ...]]:
    """Split at full stops, question marks, semicolons, bullets and paragraph ends."""
    found: list[tuple[Token, ...]] = []
    current: list[Token] = []
    for token in tokens:
        if current and breaks_sentence(current[-1], token):
            found.append(tuple(current))
            current = []
        current.append(token)
    if current:
        found.append(tuple(current))
    return found


def clauses(sentence_list: Sequence[tuple[Token, ...]]) -> list[Clause]:
    """Split sentences where a new statement begins.

    People who type fast leave out punctuation, so a long stretch without any is also split before a subject.
    """
    found: list[Clause] = []
    for number, sentence in enumerate(sentence_list):
        current: list[Token] = []
        for index, token in enumerate(sentence):
            following = sentence[index + 1].lower if index + 1 < len(sentence) else ""
            if following == "the" and index + 2 < len(sentence):
                following = "the " + sentence[index + 2].lower
            tells = any(later.lower in VERB_FORMS for later in sentence[index + 2 : index + 5])
            rushed = len(sentence) > 25 or ("," in token.gap and tells and following not in VERB_FORMS)
            if current and (
                _opens_clause(current, token, following, rushed=rushed, tells=tells)
                or _own_statement(current, sentence, index)
            ):
                found.append(Clause(tuple(current), number))
                current = []
            current.append(token)
        if current:
            found.append(Clause(tuple(current), number))
    return found


def _opens_clause(current: list[Token], token: Token, following: str, *, rushed: bool, tells: bool) -> bool:
    word, gap = token.lower, token.gap
    if any(mark in gap for mark in ":–—("):
        return True
    if "," in gap:
        return word in _CLAUSE_OPENERS and not (
            word == "and" and following.split(" ")[0] not in _SUBJECTS and not rushed
        )
    if (word, following) in {("in", "the end"), ("at", "the end")} and current[-1].lower not in _NOT_AFTER:
        return len(current) >= 3
    if word in _ALWAYS_OPEN and len(current) >= 3:
        return not (word == "so" and following in {"much", "many", "far", "that"})
    if word == "and" and len(current) >= 3:
        subject = following.split(" ")[0]
        return subject in _PRONOUNS or (subject in _SUBJECTS and tells) or (rushed and len(current) >= 6)
    return (
        rushed
        and word in {"i", "we", "he", "she", "they"}
        and len(current) >= 4
        and current[-1].lower not in _NOT_AFTER
    )


def _own_statement(current: Sequence[Token], sentence: Sequence[Token], index: int) -> bool:
    """`... and complaints fell`, `... when a storm came`: the joint is followed by a subject and a verb of its own."""
    word = sentence[index].lower
    if word in {"and", "but"}:
        return len(current) >= 2 and any(map(_is_finite, current)) and _tells_of_other(sentence, index + 1)
    if word in {"when", "while", "after", "before", "once"} and len(current) >= 3:
        after = sentence[index + 1].lower if index + 1 < len(sentence) else ""
        return after in _PRONOUNS or _tells_of_other(sentence, index + 1)
    return False


def _tells_of_other(sentence: Sequence[Token], start: int) -> bool:
    """A noun of at most six words stands at `start` and a finite verb follows it at once."""
    nouns = 0
    for place in range(start, min(start + 7, len(sentence))):
        token = sentence[place]
        if place > start and token.gap != " ":
            return False
        if nouns and _is_finite(token):
            agent = place + 1 < len(sentence) and sentence[place + 1].lower == "by"
            return not (
                agent and token.lower.endswith("ed") and not any(map(is_figure, sentence[place + 2 : place + 4]))
            )
        if is_content(token) or is_figure(token):
            if place == start and _is_finite(token):
                return False
            nouns += 1
        elif token.lower not in _NOUN_WORDS or (place == start and token.lower in {"of", "for", "in", "at", "on"}):
            return False
    return False


def _is_finite(token: Token) -> bool:
    word = token.lower
    return word in _FINITE or VERB_FORMS.get(word, ("", ""))[1] == "past" or looks_past(word)


def looks_past(word: str) -> bool:
    """Ends like a regular past; verbs that no list has are told by that."""
    return word in {"died", "tied", "owed"} or (len(word) > 4 and word.endswith("ed") and not word.endswith("eed"))


def cues(clause: Clause, table: frozenset[str], longest: int = 4) -> Iterator[tuple[int, str]]:
    """Position and words of each cue of `table` in the clause."""
    words = [token.lower for token in clause.tokens]
    for index in range(len(words)):
        phrase = ""
        for size in range(longest):
            if index + size >= len(words):
                break
            phrase = words[index + size] if not phrase else f"{phrase} {words[index + size]}"
            if phrase in table:
                yield index, phrase


def has_cue(clause: Clause, table: frozenset[str], longest: int = 4) -> bool:
    """True when some cue of `table` stands in the clause."""
    return next(cues(clause, table, longest), None) is not None


def is_content(token: Token) -> bool:
    """A word that carries meaning of its own."""
    return token.lower not in FUNCTION_WORDS and len(token.lower) > 1


def is_figure(token: Token) -> bool:
    """Written with digits."""
    return not token.text[0].isalpha() and any(map(str.isdigit, token.text))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A rough common root, so that `planned`, `planning` and `plans` meet. For comparing words only, never shown."""
    root = word.lower().replace("’", "'").removesuffix("'s")
    if len(root) <= 3:
        return root
    for ending in ("isations", "izations", "isation", "ization", "ations", "ation", "ements", "ement", "ments", "ment"):
        if root.endswith(ending) and len(root) - len(ending) >= 4:
            return root[: -len(ending)]
    for ending in ("ingly", "edly", "ings", "ing", "ied", "ies", "ers", "ed", "er", "es", "ly", "s", "e", "y"):
        if root.endswith(ending) and len(root) - len(ending) >= 3 and not (ending == "s" and root.endswith("ss")):
            root = root[: -len(ending)]
            break
    if len(root) >= 4 and root[-1] == root[-2] and root[-1] not in "sl":
        root = root[:-1]
    return root


def repeats(clause_list: Sequence[Clause]) -> tuple[int, ...]:
    """Clauses whose content words were said before in the same order."""
    seen: set[tuple[str, ...]] = set()
    again: list[int] = []
    for number, clause in enumerate(clause_list):
        key = tuple(token.lower for token in clause.tokens if is_content(token))
        if len(key) >= 2 and key in seen:
            again.append(number)
        seen.add(key)
    return tuple(again)
