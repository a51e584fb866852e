"""Figures with their noun, names, and contact data: what can be pointed at in an answer."""

import re
from collections.abc import Sequence

from interview_coach.domain.evidence import Source, Span
from interview_coach.domain.outcomes import is_year
from interview_coach.domain.text import Clause, Token, is_content, is_figure
from interview_coach.domain.vocabulary import FILLERS, FUNCTION_WORDS, KNOWN_TOOLS, NUMBER_WORDS, VERB_FORMS, words

_CONTACT = re.compile(
    r"(?P<years>(?<!\d)(?:19|20)\d\d\W{1,3}(?:19|20)\d\d(?!\d))|(?:\+\s?)?(?:\d[ ().\-/]{0,2}){7,}"
    r"|\b\d{1,5}[ ,]+(?:(?!(?:and|or|but|of|to|in|on|i|we)\b)\w+[ ]+){1,3}"
    r"(?:street|st|road|rd|avenue|ave|lane|drive|square)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\S+")
_ADDRESS_MARKS = ("@", "http:", "https:", "www.", ".com", ".org/", ".net/")
_UNITS = words(
    """
    percent per cent % euros euro dollars pounds minutes hours days weeks months years people
    """
)
_NO_NOUNS = words("today later ago twice once together alone late early ahead afterwards tomorrow yesterday instead")
_CALENDAR = words(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december christmas easter english
    """
)


def span_of(answer: str, start: int, end: int) -> Span:
    """The verbatim span of an answer."""
    return Span(Source.ANSWER, answer[start:end], start, end)


def find_numbers(clause_list: Sequence[Clause], answer: str) -> tuple[Span, ...]:
    """Figures with their unit or noun, in the order told; years and contact data are not figures."""
    found: list[Span] = []
    contact = contact_data(answer)
    for clause in clause_list:
        index = 0
        while index < len(clause.tokens):
            size = _figure(clause.tokens, index)
            if size:
                span = span_of(answer, clause.tokens[index].start, clause.tokens[index + size - 1].end)
                bare = size == 1 and (not is_figure(clause.tokens[index]) or _is_identifier(clause.tokens, index))
                if not bare and not overlaps(contact, span.start, span.end):
                    found.append(span)
            index += size or 1
    return tuple(found)


def counts(token: Token) -> bool:
    """A figure or a number word; a year is a date."""
    return (is_figure(token) and not is_year(token)) or token.lower in NUMBER_WORDS


def _is_identifier(tokens: Sequence[Token], index: int) -> bool:
    """`ward 6` and `room 12` name a place; `6` is no figure there."""
    plain = tokens[index].text.isdigit()
    return plain and index > 0 and is_content(tokens[index - 1]) and _joined(tokens[index])


def _joined(token: Token) -> bool:
    return token.gap.strip(" ~$€£\"'’") in {"", "-", "–"} and "\n" not in token.gap


def _figure(tokens: Sequence[Token], index: int) -> int:
    """How many tokens the figure at `index` takes, 0 when there is none."""
    if not counts(tokens[index]):
        return 0
    end = index + 1
    while end < len(tokens) and end - index < 6 and _joined(tokens[end]):
        word = tokens[end].lower
        if counts(tokens[end]) or word in {"percent", "per"}:
            end += 1
        elif (
            word in {"to", "of", "a", "and"}
            and end + 1 < len(tokens)
            and (
                counts(tokens[end + 1])
                or (word == "a" and tokens[end + 1].lower in {"million", "day", "week", "month"})
            )
        ):
            end += 2
        else:
            break
    nouns = 0
    while end < len(tokens) and nouns < 2 and _joined(tokens[end]) and is_content(tokens[end]):
        verb = VERB_FORMS.get(tokens[end].lower)
        if tokens[end].lower in _NO_NOUNS:
            break
        if verb and verb[1] in {"past", "ing"}:
            break
        end += 1
        nouns += 1
        if tokens[end - 1].lower in _UNITS:
            break
    return end - index


def find_names(clause_list: Sequence[Clause], answer: str) -> tuple[Span, ...]:
    """Proper names and tools, by their capitals, or by being widely known when typed in lower case."""
    found: list[Span] = []
    sentence = -1
    for clause in clause_list:
        index = 0
        while index < len(clause.tokens):
            starts = clause.sentence != sentence and index == 0
            size = 0
            while index + size < len(clause.tokens) and size < 4:
                token = clause.tokens[index + size]
                if not is_name(token, first=starts and size == 0) or (size and not _joined(token)):
                    break
                size += 1
            if size:
                found.append(span_of(answer, clause.tokens[index].start, clause.tokens[index + size - 1].end))
            index += size or 1
        sentence = clause.sentence
    contact = contact_data(answer)
    distinct = {span.text.lower(): span for span in reversed(found) if not overlaps(contact, span.start, span.end)}
    return tuple(sorted(distinct.values(), key=lambda span: span.start))


def is_name(token: Token, *, first: bool) -> bool:
    """`first`: the word opens a sentence, so that its capital says nothing."""
    text, word = token.text, token.lower
    if word in FUNCTION_WORDS or word in FILLERS or word in _CALENDAR or is_figure(token):
        return False
    if word in KNOWN_TOOLS and (not first or text.isupper()):
        return word != "word" or text == "Word"
    if len(text) >= 2 and text.isupper():
        return len(text) <= 6
    inner_capital = any(char.isupper() for char in text[1:])
    return (
        inner_capital
        or (text[0].isupper() and not first and word not in VERB_FORMS)
        or (any(char in "+#" for char in text))
    )


def contact_data(answer: str) -> tuple[tuple[int, int], ...]:
    """Where addresses and telephone numbers stand: these are never quoted back."""
    found = [match.span() for match in _CONTACT.finditer(answer) if not match.group("years")]
    folded = answer.lower()
    marked = any(mark in folded for mark in _ADDRESS_MARKS)
    for match in _WORD.finditer(answer) if marked else ():
        word = match.group().lower()
        if any(mark in word for mark in _ADDRESS_MARKS):
            found.append(match.span())
    return tuple(sorted(found))


def overlaps(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Some span shares a character with start..end."""
    return any(a < end and start < b for a, b in spans)
