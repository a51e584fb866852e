"""What is worth quoting back: figures with their noun, names, and short verbatim phrases.

A phrase lies within one clause, starts and ends with a word that means something, and never looks like contact data or
an instruction.
"""

import re
from collections.abc import Sequence

from interview_coach.domain.evidence import Source, Span
from interview_coach.domain.outcomes import has_figure, is_year
from interview_coach.domain.star import Story
from interview_coach.domain.text import Clause, Token, is_content, is_figure, tokenise
from interview_coach.domain.validity import is_hostile
from interview_coach.domain.vocabulary import (
    FILLERS,
    FUNCTION_WORDS,
    HEDGES,
    KNOWN_TOOLS,
    NUMBER_WORDS,
    VAGUE_WORDS,
    VERB_FORMS,
    words,
)

_MOST = 8
_LONGEST = 7
_PREPOSITIONS = words(
    """
    of for in with on to from per at by between into about than
    """
)
_DETERMINERS = frozenset(["the", "a", "an"])
_CONTACT = re.compile(
    r"(?P<years>(?<!\d)(?:19|20)\d\d\W{1,3}(?:19|20)\d\d(?!\d))|(?:\+\s?)?(?:\d[ ().\-/]{0,2}){7,}"
    r"|\b\d{1,5}[ ,]+(?:\w+[ ]+){1,3}(?:street|st|road|rd|avenue|ave|lane|drive|square)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\S+")
_ADDRESS_MARKS = ("@", "http:", "https:", "www.", ".com", ".org/", ".net/")
_UNITS = words(
    """
    percent per cent % euros euro dollars pounds minutes hours days weeks months years people
    """
)
_CALENDAR = words(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december christmas easter english
    """
)
_DULL = VAGUE_WORDS | words(
    """
    way time day year people work job experience example situation part person year week end beginning result lot
    """
)
_HEDGE_HEADS = frozenset(hedge.split()[0] for hedge in HEDGES if len(hedge.split()) == 1)


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
                if not bare and not _overlaps(contact, span.start, span.end):
                    found.append(span)
            index += size or 1
    return tuple(found)


def _counts(token: Token) -> bool:
    return (is_figure(token) and not is_year(token)) or token.lower in NUMBER_WORDS


def _is_identifier(tokens: Sequence[Token], index: int) -> bool:
    """`ward 6` and `room 12` name a place; `6` is no figure there."""
    plain = tokens[index].text.isdigit()
    return plain and index > 0 and is_content(tokens[index - 1]) and _joined(tokens[index])


def _joined(token: Token) -> bool:
    return token.gap.strip(" ~$€£\"'’") in {"", "-", "–"} and "\n" not in token.gap


def _figure(tokens: Sequence[Token], index: int) -> int:
    """How many tokens the figure at `index` takes, 0 when there is none."""
    if not _counts(tokens[index]):
        return 0
    end = index + 1
    while end < len(tokens) and end - index < 6 and _joined(tokens[end]):
        word = tokens[end].lower
        if _counts(tokens[end]) or word in {"percent", "per"}:
            end += 1
        elif (
            word in {"to", "of", "a", "and"}
            and end + 1 < len(tokens)
            and (
                _counts(tokens[end + 1])
                or (word == "a" and tokens[end + 1].lower in {"million", "day", "week", "month"})
            )
        ):
            end += 2
        else:
            break
    nouns = 0
    while end < len(tokens) and nouns < 2 and _joined(tokens[end]) and is_content(tokens[end]):
        verb = VERB_FORMS.get(tokens[end].lower)
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
                if not _is_name(token, first=starts and size == 0) or (size and not _joined(token)):
                    break
                size += 1
            if size:
                found.append(span_of(answer, clause.tokens[index].start, clause.tokens[index + size - 1].end))
            index += size or 1
        sentence = clause.sentence
    contact = contact_data(answer)
    distinct = {span.text.lower(): span for span in reversed(found) if not _overlaps(contact, span.start, span.end)}
    return tuple(sorted(distinct.values(), key=lambda span: span.start))


def _is_name(token: Token, *, first: bool) -> bool:
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


def find_phrases(
    clause_list: Sequence[Clause],
    story: Story,
    numbers: Sequence[Span],
    names: Sequence[Span],
    answer: str,
    question: str,
) -> tuple[Span, ...]:
    """Best first; phrases do not overlap each other."""
    asked = {token.lower for token in tokenise(question)}
    scored: list[tuple[float, int, int]] = []
    verbs = dict(story.verbs)
    results = set(story.results)
    for number, clause in enumerate(clause_list):
        for left, right in _chunks(clause.tokens):
            weight = _weight(clause.tokens[left:right], asked) - 2.5 * _cuts_noun_phrase(clause.tokens, left, right)
            if weight <= 0:
                continue
            verb = verbs.get(number)
            if verb is not None and left > verb and left - verb <= 3:
                weight += 4
            elif verb is not None and left == verb:
                weight += 2
            if number in results:
                weight += 1
            if number in story.opinions:
                weight -= 2
            scored.append((weight, clause.tokens[left].start, clause.tokens[right - 1].end))
    chosen: list[tuple[float, int, int]] = []
    contact = contact_data(answer)
    bonus = [(span.start, span.end, 2.0) for span in numbers] + [(span.start, span.end, 1.5) for span in names]
    bonus = bonus[:60]
    figures = [(span.start, span.end) for span in numbers[:60]]
    scored = [item for item in scored if not any(a < item[1] < b or a < item[2] < b for a, b in figures)]
    ranked = [
        (weight + sum(extra for a, b, extra in bonus if a < end and start < b), start, end)
        for weight, start, end in scored
    ]
    for weight, start, end in sorted(ranked, key=lambda item: (-item[0], item[1], item[2])):
        if len(chosen) == _MOST:
            break
        text = answer[start:end]
        if _overlaps([(a, b) for _, a, b in chosen], start, end) or _overlaps(contact, start, end):
            continue
        if weight > 0 and not is_hostile(text):
            chosen.append((weight, start, end))
    return tuple(span_of(answer, start, end) for _, start, end in chosen)


def contact_data(answer: str) -> tuple[tuple[int, int], ...]:
    """Where addresses and telephone numbers stand: these are never quoted back."""
    found = [match.span() for match in _CONTACT.finditer(answer) if not match.group("years")]
    for match in _WORD.finditer(answer):
        word = match.group().lower()
        if any(mark in word for mark in _ADDRESS_MARKS):
            found.append(match.span())
    return tuple(sorted(found))


def _overlaps(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(a < end and start < b for a, b in spans)


def _chunks(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Runs of two to seven words that start and end with a content word, joined by small words only."""
    found: list[tuple[int, int]] = []
    left = 0
    while left < len(tokens):
        if not _can_end(tokens[left]):
            left += 1
            continue
        right = left + 1
        best: list[int] = []
        while right < len(tokens) and right - left < _LONGEST and _close(tokens[right]):
            if _can_end(tokens[right]):
                right += 1
                best.append(right)
            elif _links(tokens, left, right):
                right += 1
            else:
                break
        found.extend((left, stop) for stop in best)
        left += 1
    return found


def _links(tokens: Sequence[Token], left: int, right: int) -> bool:
    """A small word that holds a phrase together instead of starting another."""
    word, before = tokens[right].lower, tokens[right - 1]
    if word in _DETERMINERS:
        return before.lower in _PREPOSITIONS or (right - 1 == left and before.lower in VERB_FORMS)
    return (word in _PREPOSITIONS or word == "and") and _can_end(before)


def _cuts_noun_phrase(tokens: Sequence[Token], left: int, right: int) -> int:
    """How many of the two ends tear apart words that belong together."""
    torn = 0
    if right < len(tokens) and _close(tokens[right]) and _can_end(tokens[right]):
        torn += tokens[right].lower not in VERB_FORMS or not tokens[right].lower.endswith(("ed", "ing"))
    if left > 0 and _close(tokens[left]) and _can_end(tokens[left - 1]):
        torn += tokens[left - 1].lower not in VERB_FORMS
    return torn


def _close(token: Token) -> bool:
    return token.gap in {" ", "  ", " $", " €", " £", "-", ' "', " '", "’s ", "'s "} and '"' not in token.gap


def _can_end(token: Token) -> bool:
    return (is_content(token) or _counts(token)) and token.lower not in FILLERS and token.lower not in _HEDGE_HEADS


def _weight(tokens: Sequence[Token], asked: set[str]) -> float:
    words = [token.lower for token in tokens]
    content = [word for word, token in zip(words, tokens, strict=True) if is_content(token) or _counts(token)]
    fresh = [word for word in content if word not in asked]
    if not fresh or all(word in _DULL for word in content):
        return 0
    weight = 2.0 * min(len(content), 3) - 0.9 * max(0, len(words) - 4) - 1.5 * sum(word in _DULL for word in content)
    weight -= 1.0 * (len(content) - len(fresh)) + 2.0 * words[0].endswith("ly")
    first, last = VERB_FORMS.get(words[0]), VERB_FORMS.get(words[-1])
    if first and first[1] == "past":
        weight -= 0.5
    if last and last[1] in {"past", "ing", "third"}:
        weight -= 2
    if any((verb := VERB_FORMS.get(word)) and verb[1] == "past" for word in words[1:-1]):
        weight -= 2
    return weight


def specific_words(clause_list: Sequence[Clause]) -> frozenset[str]:
    """Distinct content words that are not vague: how much there is to picture."""
    return frozenset(
        token.lower
        for clause in clause_list
        for token in clause.tokens
        if is_content(token) and not is_figure(token) and token.lower not in _DULL
    )


__all__ = ["find_names", "find_numbers", "find_phrases", "has_figure", "span_of", "specific_words"]
