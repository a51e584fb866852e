"""What is worth saying back to the person: short verbatim phrases that a listener would naturally repeat.

Best are the person's own actions with their object in the person's own form (`rewrote the rota`), then figures with
their noun, then whole noun phrases. A phrase lies within one clause, never begins inside a noun phrase or a name, never
ends with an adverb or a particle, and never looks like contact data or an instruction.
"""

import re
from collections.abc import Iterator, Sequence

from interview_coach.domain.evidence import Span
from interview_coach.domain.figures import contact_data, counts, find_names, find_numbers, overlaps, span_of
from interview_coach.domain.star import Story
from interview_coach.domain.text import Clause, Token, is_content, is_figure, looks_past, tokenise
from interview_coach.domain.validity import is_hostile
from interview_coach.domain.vocabulary import FILLERS, PLATITUDES, STATIVE, VAGUE_WORDS, VERB_FORMS, WEAK_VERBS, words

__all__ = ["contact_data", "find_names", "find_numbers", "find_phrases", "span_of", "specific_words"]

_SPOKEN = re.compile(r"[^\s-]*\w[^\s-]*")
_MOST = 8
_LONGEST = 7
_FULL = 3
"""Words from which on a phrase needs no place or time to be understood."""
_PREPOSITIONS = words("of for in with on to from at by into about next through under beside between without")
_PLACING = _PREPOSITIONS - {"of", "by", "without"}
_ARTICLES = frozenset(["the", "a", "an"])
_OPENERS = _ARTICLES | words(
    "my our his her their its this these those both all each every other another more most no any some whole"
)
_PARTICLES = words("up out down off back over away on")
_PEOPLE = words("him her them it us me everybody everyone each myself")
_ADVERBS = words(
    """
    nearby alone together aloud twice once later early late outside inside upstairs downstairs home again straight
    away today tomorrow yesterday tonight ago instead afterwards beforehand abroad online ahead apart ever daily
    weekly monthly hard fast right wrong anymore anyway somewhere everywhere too
    """
) - {"right", "wrong", "late", "early", "hard", "fast"}
_LOOSE_ENDS = words("too late early wrong right hard fast calm happy sure able ready open angry ill better worse")
_TITLES = words("mr mrs ms dr miss professor")
_DULL = VAGUE_WORDS | words(
    """
    way time day year people work job experience example situation part person year week end beginning result lot
    """
)
_PALE = WEAK_VERBS | words("ask tell start begin want decide manage talk show say think")
_LETTING = frozenset({"let", "help", "make", "have"})
_SAYING = words("say says said")
_SPEECH = words("to that about how what if")
_RELATIVES = frozenset({"who", "whom", "whose", "which", "how", "what", "why"})
_RANKS = words("first second next last same own")
_SPELLS = words(
    "minute minutes hour hours day days week weeks month months year years time times morning evening night"
)


def find_phrases(
    clause_list: Sequence[Clause],
    story: Story,
    numbers: Sequence[Span],
    names: Sequence[Span],
    answer: str,
    question: str,
) -> tuple[Span, ...]:
    """Best first. They do not overlap, except that the object of a phrase may follow alone."""
    asked = {token.lower for token in tokenise(question)}
    figures = [(span.start, span.end) for span in numbers[:60]]
    named = [(span.start, span.end) for span in names[:60]]
    contact = contact_data(answer)
    scored: list[tuple[float, int, int]] = []
    verbs = dict(story.verbs)
    results = set(story.results)
    told = 0
    for number, clause in enumerate(clause_list):
        tokens = clause.tokens
        doing = 1.0 if number in results else -2.0 if number in story.opinions else 0.0
        if number in verbs and (not verbs[number] or tokens[verbs[number] - 1].lower not in {"was", "were", "been"}):
            for left, right in _deeds(tokens, verbs[number]):
                pale = VERB_FORMS.get(tokens[left].lower, ("", ""))[0] in _PALE
                weight = 6.5 - 0.3 * min(told, 8) - 2.0 * pale + _weight(tokens[left + 1 : right], asked)
                end = tokens[right - 1].end
                scored.append((weight, tokens[left].start, next((b for a, b in figures if a < end < b), end)))
                told += 1
        else:
            for left, right in _wishes(tokens):
                weight = 2.5 + doing + _weight(tokens[left + 1 : right], asked)
                scored.append((weight, tokens[left].start, tokens[right - 1].end))
        for left, right in _noun_phrases(tokens):
            after_verb = number in verbs and left > verbs[number]
            scored.append(
                (
                    1.5 + doing + after_verb + _weight(tokens[left:right], asked),
                    tokens[left].start,
                    tokens[right - 1].end,
                )
            )
        for start, end in figures:
            if clause.start <= start < clause.end and len(_SPOKEN.findall(answer[start:end])) >= 2:
                figure = answer[start:end].lower().split()
                spell = figure[-1] in _SPELLS and "per" not in figure
                scored.append((5.0 + 1.5 * doing + 0.5 * (number in verbs) - 3.5 * spell, start, end))
    ranked = [
        (weight + 1.5 * overlaps(figures, start, end) + 1.0 * overlaps(named, start, end), start, end)
        for weight, start, end in scored
        if not any(a < start < b or a < end < b for a, b in figures + named)
    ]
    chosen: list[tuple[int, int]] = []
    said: set[str] = set()
    for weight, start, end in sorted(ranked, key=lambda item: (-item[0], item[1], item[2])):
        if len(chosen) == _MOST or weight <= 1:
            break
        clash = [(a, b) for a, b in chosen if a < end and start < b]
        if any(not (a < start and end == b) for a, b in clash) or len(clash) > 1:
            continue
        text = answer[start:end].lower()
        if text not in said and not overlaps(contact, start, end) and not is_hostile(text):
            chosen.append((start, end))
            said.add(text)
    # An object alone repeats its deed, so it comes after everything that says something new.
    chosen = sorted(chosen, key=lambda span: any(a < span[0] and span[1] == b for a, b in chosen))
    return tuple(span_of(answer, start, end) for start, end in chosen)


def _deeds(tokens: Sequence[Token], verb: int) -> Iterator[tuple[int, int]]:
    """The action's verb, and those joined to it, each with its object."""
    past = _is_past(tokens[verb])
    other = False  # verbs after `who` say what somebody else did, up to the next comma
    for place in range(verb, len(tokens) - 1):
        other = (other and "," not in tokens[place].gap) or tokens[place].lower in _RELATIVES
        if other:
            continue
        if place > verb:
            joined = "," in tokens[place].gap or tokens[place - 1].lower in {"and", "then"}
            form = VERB_FORMS.get(tokens[place].lower, ("", ""))[1]
            opens = tokens[place + 1].lower in _OPENERS | _PREPOSITIONS | _PEOPLE
            if not joined or not (_is_past(tokens[place]) if past else (form == "base" and opens)):
                continue
        end = _object(tokens, place)
        if end and end - place <= _LONGEST:
            yield place, end


def _wishes(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """`explain the options` after `would` or `to`, `rewriting the service`: a deed that is only spoken of."""
    for place in range(1, len(tokens) - 1):
        form = VERB_FORMS.get(tokens[place].lower, ("", ""))[1]
        after = tokens[place - 1].lower in {"to", "would", "will", "can", "should", "could", "and", "you"}
        if ((form == "base" and after) or form == "ing") and tokens[place + 1].lower in _OPENERS:
            end = _object(tokens, place)
            if end and end - place <= _LONGEST:
                yield place, end


def _object(tokens: Sequence[Token], verb: int) -> int:
    """Where the phrase that begins with the verb ends; 0 when no object is named."""
    place = verb + 1
    if place + 1 < len(tokens) and _close(tokens[place]) and tokens[place].lower in _PARTICLES:
        place += 1
    bare = place
    follows = tokens[place + 1 : place + 2]
    whose = bool(follows) and tokens[place].lower in {"her", "each"} and is_content(follows[0])
    if place < len(tokens) and _close(tokens[place]) and tokens[place].lower in _PEOPLE and not whose:
        place += 1
    if place >= len(tokens) or not _close(tokens[place]):
        return 0
    end = _noun_phrase(tokens, place)
    allowed = VERB_FORMS.get(tokens[verb].lower, ("", ""))[0] in _LETTING
    done = end if end > place else bare + 1
    if allowed and done < len(tokens) and VERB_FORMS.get(tokens[done].lower, ("", ""))[1] == "base":
        return _object(tokens, done)
    if end == place:
        return _place(tokens, place)
    if end == place + 1 and tokens[place].lower in _DULL:
        return 0
    if end < len(tokens) and tokens[end].lower in _ARTICLES and _close(tokens[end]) and end - verb <= 4:
        second = _noun_phrase(tokens, end)
        end = second if second - verb <= _LONGEST else end
    further = _place(tokens, end)
    short = end - verb < _FULL or tokens[end - 1].lower in _SPELLS
    if further and short and further - verb <= _LONGEST:
        return further
    return end


def _place(tokens: Sequence[Token], start: int) -> int:
    """End of `next to the till`, `with the cook`; 0 when there is none."""
    place = start
    while place < len(tokens) and place < start + 2 and _close(tokens[place]) and tokens[place].lower in _PLACING:
        place += 1
    if place == start or place >= len(tokens):
        return 0
    end = _noun_phrase(tokens, place)
    if not _close(tokens[place]) or end == place or (end == place + 1 and tokens[place].lower in {"front", "back"}):
        return 0
    if tokens[start].lower == "from" and end + 1 < len(tokens) and tokens[end].lower == "to":
        return _noun_phrase(tokens, end + 1)
    return end


def _noun_phrase(tokens: Sequence[Token], start: int) -> int:
    """End of the noun phrase at `start`; `start` itself when none begins there."""
    place, heads, counted = start, 0, False
    while place < len(tokens) and (place == start or _close(tokens[place])):
        token, word = tokens[place], tokens[place].lower
        follows = tokens[place + 1] if place + 1 < len(tokens) and _close(tokens[place + 1]) else None
        goes_on = follows is not None and (is_content(follows) or counts(follows))
        if not heads and not counted and (word in _OPENERS or word in _RANKS):
            place += 1
            continue
        if counts(token) and not (heads and word == "third"):
            if heads and not (token.text.isdigit() and not goes_on):
                break
            counted = counted or not heads
            heads += token.text.endswith("%")
        elif (
            not is_content(token)
            or word in FILLERS
            or word in _ADVERBS
            or word.endswith("ly")
            or (heads and (word in _TITLES or (token.text[0].isupper() and tokens[place - 1].text[0].islower())))
            or (_is_past(token) and not (not heads and goes_on and (counted or place > start)))
            or (VERB_FORMS.get(word, ("", ""))[1] == "ing" and not (not heads and (place > start or goes_on)))
            or (heads and word in VERB_FORMS and follows is not None and follows.lower in _OPENERS | _PEOPLE)
        ):
            break
        else:
            heads += 1
        place += 1
    while heads and place > start and tokens[place - 1].lower in _LOOSE_ENDS:
        place -= 1
        heads -= 1
    if not heads and not (counted and place < len(tokens) and tokens[place].lower == "of"):
        return start
    if place + 1 < len(tokens) and tokens[place].lower == "of" and _close(tokens[place]) and _close(tokens[place + 1]):
        further = _noun_phrase(tokens, place + 1)
        if further > place + 1:
            return further
    return place if heads else start


def _noun_phrases(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Whole noun phrases of two words and more, without their article."""
    place = 0
    while place < len(tokens):
        end = _noun_phrase(tokens, place)
        if end == place:
            place += 1
            continue
        left = place
        while left < end and tokens[left].lower in _OPENERS:
            left += 1
        # Without a comma the scene and the subject of the sentence run together: `in my old kitchen fish was late`.
        runs_on = 0 < place < 4 and tokens[0].lower in _PLACING and end < len(tokens) and _close(tokens[end])
        runs_on = runs_on and (_is_past(tokens[end]) or tokens[end].lower in {"was", "is", "were", "are", "had"})
        if 2 <= end - left <= _LONGEST and not runs_on:
            yield left, end
        place = end


def _is_past(token: Token) -> bool:
    word = token.lower
    return VERB_FORMS.get(word, ("", ""))[1] == "past" or (looks_past(word) and word not in STATIVE)


def _is_plural(token: Token) -> bool:
    return token.lower.endswith("s") and not token.lower.endswith("ss") and len(token.lower) > 3


def _is_adverb(word: str) -> bool:
    return word in _ADVERBS or word.endswith("ly") or (word.endswith("wards") and len(word) > 6)


def _close(token: Token) -> bool:
    return token.gap in {" ", "  ", " $", " €", " £", "-", "’s ", "'s "}


def _weight(tokens: Sequence[Token], asked: set[str]) -> float:
    """How much there is to picture: words that are neither vague nor the question's own."""
    content = [token.lower for token in tokens if is_content(token) or counts(token)]
    dull = sum(word in _DULL for word in content)
    if not content or dull == len(content):
        return -2.0
    stale = sum(word in asked for word in content)
    spell = tokens[-1].lower in _SPELLS or tokens[0].lower in _TITLES
    return 1.0 * min(len(content), 3) - 1.0 * spell - 0.8 * dull - 0.8 * stale - 0.5 * max(0, len(tokens) - 5)


def specific_words(clause_list: Sequence[Clause]) -> frozenset[str]:
    """Distinct content words that are neither vague nor platitudes: how much there is to picture."""
    return frozenset(
        token.lower
        for clause in clause_list
        for token in clause.tokens
        if is_content(token) and not is_figure(token) and token.lower not in _DULL | PLATITUDES
    )
