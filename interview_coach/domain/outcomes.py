"""Which clause says how things ended.

A result is recognised by what it does in the story more than by its words: it comes after what the person did, is a
fact and no wish, and speaks about someone or something else, about a state that lasts, or about an amount.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from interview_coach.domain.text import Clause, Token, has_cue, is_content, is_figure, looks_past
from interview_coach.domain.vocabulary import (
    HEDGES,
    MODALS,
    MONTHS,
    NUMBER_WORDS,
    OPINION_CUES,
    OUTCOME_FORMS,
    OUTCOME_VERBS,
    RESULT_CUES,
    STATIVE,
    VAGUE_WORDS,
    VERB_FORMS,
    WEAK_RESULT_CUES,
    words,
)

_YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d")
_SOFTENED = frozenset(HEDGES) | {"of course", "in general", "everybody knows"}
_BE = frozenset({"was", "were", "had", "has", "have", "got"})
_IS = frozenset({"is", "are", "it's", "that's"})
_POINTING = frozenset({"the", "these", "those"})
_NOW = frozenset({"now", "today", "since", "nowadays", "still", "anymore"})
_WHOLE = words("all every everything everyone everybody both only no not never without")
_ENDINGS = words("end finish lose win save gain reach earn sell pass deliver come complete avoid serve get")
"""Verbs that, said of oneself after the work, tell where it led."""
_JOINTS = frozenset({"and", "so", "then", "but", "since", "now", "today", "later", "finally", "even"})
_SPELLS = words("day days week month year time times shift morning afternoon evening night situation experience")
_PERSONS = frozenset({"i", "we", "he", "she", "they"})
_ENDING_UP = words("go work turn end get come be become happen finish")
_JUDGING = words(
    """
    okay ok alright happy glad right easy smoothly perfectly successfully stressful tough crazy busy hectic long rough
    challenging exhausting
    """
)
_NAMED = words("the our my his her he she they most all everyone everybody nobody")
"""Openers of a sentence about somebody in the story; `good preparation saves time` is a rule of life."""
_NO_STATEMENT = frozenset({"i", "we", "because", "which", "that", "as", "when", "while", "who", "to", "if"})
_ANYBODY = frozenset({"you", "you're", "you'll", "you've", "you'd", "one"})
_AFTERWARDS = frozenset({("after", "this"), ("after", "that"), ("since", "this"), ("with", "this")})
_NO_END = words("before unless if whether how why what")
"""A clause that opens so says when, or asks; how it ended is said elsewhere."""
_ARTICLES = frozenset({"a", "an", "the"})
_REACTING = frozenset({"he", "she", "they"})
_PREPOSITIONS = frozenset({"in", "by", "on", "at", "after", "within", "from", "until", "for", "before"})
_BLANKS = words("it all everything things that this day") | words("in at by the end result and but so as a was were")
_NOTE = 4
"""Words of a remark without a verb."""
_DUE = MONTHS | words(
    "spring summer autumn winter easter christmas then the midnight noon monday friday saturday sunday"
)
_PERFECT = frozenset({"have", "has", "i've", "we've"})


class Told(NamedTuple):
    """Where a clause stands in the story."""

    number: int
    first: int | None
    """The first action; None when nothing is told as done."""
    last: int
    """The last action."""
    verb: str | None
    """Base form of the action's verb in this clause, None when it has none."""
    shared: bool
    """The action is one of `we`."""
    in_present: bool
    """The story is told in the present."""
    sentence_of_own: int
    """Sentence of the last action of `I`, -1 when there is none."""


def is_modal(token: Token) -> bool:
    """`would`, `can` and so on, but not the month of May."""
    return token.lower in MODALS and token.text != "May"


def is_year(token: Token) -> bool:
    """1950-2049, standing for a date."""
    return bool(_YEAR.fullmatch(token.text))


def has_figure(clause: Clause) -> bool:
    """Something counted or measured; a year is a date and no figure."""
    return any(
        (is_figure(t) and not is_year(t)) or (t.lower in NUMBER_WORDS and not _is_no_count(before, t.lower))
        for before, t in zip(("", *(t.lower for t in clause.tokens)), clause.tokens, strict=False)
    )


def _is_no_count(before: str, number: str) -> bool:
    """`Is half the battle`, `the two of them`: neither measures anything."""
    return (number == "half" and before in _IS) or (number == "two" and before in _POINTING)


def is_past(word: str) -> bool:
    """A finite past or a participle, also of verbs that no list has."""
    return VERB_FORMS.get(word, ("", ""))[1] == "past" or looks_past(word) or word in STATIVE


def is_fact(clause: Clause) -> bool:
    """Said as something that happened or is so now, with something to picture, and no opinion."""
    words_ = [token.lower for token in clause.tokens]
    if any(map(is_modal, clause.tokens)) or has_cue(clause, OPINION_CUES) or has_cue(clause, _SOFTENED):
        return False
    now = not {"is", "are", "it's"}.isdisjoint(words_) and _BE.isdisjoint(words_)
    told = has_figure(clause) or _lasts(words_) if now else any(map(is_past, words_)) or not _BE.isdisjoint(words_)
    pictured = sum(is_content(token) and token.lower not in VAGUE_WORDS for token in clause.tokens)
    return told and not (_says_nothing(clause) and not has_figure(clause)) and pictured + has_figure(clause) >= 2


def tells_result(clause: Clause, told: Told) -> bool:
    """The clause is an outcome: `complaints fell`, `she came back`, `it failed`, `they still use it`."""
    words_ = [token.lower for token in clause.tokens]
    content = sum(map(is_content, clause.tokens))
    figure = has_figure(clause)
    if content + sum(map(is_figure, clause.tokens)) < 1 or any(map(is_modal, clause.tokens)):
        return False
    if _is_maxim(words_) or words_[0] in _NO_END or _gives_reason(words_) or _opens_scene(clause):
        return False
    if told.first is None:
        ended = figure or any(map(is_past, words_)) or not _BE.isdisjoint(words_)
        return (has_cue(clause, RESULT_CUES) and ended and content >= 3 and (figure or not _says_nothing(clause))) or (
            content >= 2 and _lasts(words_) and "used" in words_
        )
    if told.number < told.first:
        return False
    if has_cue(clause, RESULT_CUES):
        return content >= 2 and (figure or not _says_nothing(clause))
    own_clause = told.verb is not None
    after_first = told.number > told.first
    if has_cue(clause, WEAK_RESULT_CUES) and (after_first or own_clause):
        return words_[0] != "until"  # `until they were happy` says how long, not how it ended
    outcome = any(word in OUTCOME_FORMS for word in words_)
    improved = outcome or any(VERB_FORMS.get(word, ("", ""))[0] in OUTCOME_VERBS for word in words_)
    if ((improved and figure) or (outcome and "half" in words_)) and (not own_clause or told.verb in OUTCOME_VERBS):
        return True
    if figure and (("from" in words_ and "to" in words_) or "instead" in words_):
        return after_first and not own_clause
    if figure and "than" in words_ and words_[0] != "more":
        return True
    if after_first and _is_end_of_own(clause, words_, told, figure=figure):
        return True
    if own_clause or not after_first:
        return False
    if tuple(words_[:2]) in _AFTERWARDS and _is_about_others(words_[2:]) and not has_cue(clause, OPINION_CUES):
        return content >= 2
    if _lasts(words_) and content >= 1 and not has_cue(clause, OPINION_CUES):
        return True
    return _is_about_others(words_) and (outcome or _ends_it(clause, words_, told, figure=figure))


def tells_before(clause: Clause) -> bool:
    """`It used to be nine`, `we used to print everything`: how things were, and so the scene of what changed."""
    words_ = [token.lower for token in clause.tokens]
    return any(
        (b, c) == ("used", "to") and a not in _IS | _BE | {"be", "been", "get", "gets", "am"}
        for a, b, c in zip(words_, words_[1:], words_[2:], strict=False)
    )


def _opens_scene(clause: Clause) -> bool:
    """`In 2022 a stall caught fire`: a date opens a new scene, unless it says how things had developed by then."""
    first, second = (clause.tokens + clause.tokens)[:2]
    dated = is_year(second) or second.lower in MONTHS
    developed = any(token.lower in OUTCOME_FORMS for token in clause.tokens)
    return first.lower in {"in", "last"} and dated and not developed and not has_cue(clause, RESULT_CUES)


def _gives_reason(words_: Sequence[str]) -> bool:
    """`... since they needed an hour`: `since` before a person or thing means `because`, or says when."""
    return words_[0] == "since" and len(words_) > 1 and words_[1] in _PERSONS | {"it"}


def _says_nothing(clause: Clause) -> bool:
    """`In the end it went fine somehow`, `it was a stressful day`: nothing can be pictured."""
    words_ = [token.lower for token in clause.tokens]
    if words_[0] in {"it", "that", "this"} and words_[1:2] == ["was"] and words_[-1] in _SPELLS and len(words_) <= 6:
        return True
    if not _PERSONS.isdisjoint(words_):
        return False  # `she came back and was happy` says who
    told = [
        token for token in clause.tokens if is_content(token) and token.lower not in VAGUE_WORDS | _BLANKS | _SPELLS
    ]
    return all(VERB_FORMS.get(token.lower, ("", ""))[0] in _ENDING_UP or token.lower in _JUDGING for token in told)


def _is_maxim(words_: Sequence[str]) -> bool:
    """`One gets used to anything`, `you never know`: how things are in general."""
    if words_[0] in _ANYBODY and not any(map(is_past, words_)):
        return True
    return any(a == "one" and b in {"gets", "has", "is", "needs", "learns"} for a, b in pairwise(words_))


def _lasts(words_: Sequence[str]) -> bool:
    """True to this day: said in the present, with `now`, `since`, `still`."""
    if _NOW.isdisjoint(words_) or (words_[0] == "since" and len(words_) > 1 and words_[1] in {"i", "we", "it", "the"}):
        return False
    if words_[-1] == "since" and len(words_) <= _NOTE:
        return True  # `quiet since`
    forms = {VERB_FORMS.get(word, ("", ""))[1] for word in words_}
    return bool(forms & {"base", "third"}) or not {"is", "are", "has", "have", "been"}.isdisjoint(words_)


def _is_duration(words_: Sequence[str]) -> bool:
    """`I have sung there every spring since 2018`: how long one has done something, which is not where it led."""
    if "since" not in words_ or _PERFECT.isdisjoint(words_):
        return False
    after = words_[words_.index("since") + 1 :]
    return bool(after) and (bool(_YEAR.fullmatch(after[0])) or after[0] in MONTHS)


def _is_end_of_own(clause: Clause, words_: Sequence[str], told: Told, *, figure: bool) -> bool:
    """What `I` or `we` came to, after the work was told: `we ended with nine keys`, `since then I check twice`."""
    if not {"i", "we"} & set(words_[:6]) or has_cue(clause, OPINION_CUES) or has_cue(clause, _SOFTENED):
        return False
    if _lasts(words_):
        return not _is_duration(words_)
    if told.number < told.last or clause.sentence <= told.sentence_of_own - (told.verb is None):
        return False
    ended = words_[0] == "by" and not _DUE.isdisjoint(words_[1:2])  # `by summer I bought for three stalls`
    ended = ended or told.verb in _ENDINGS or any(VERB_FORMS.get(word, ("", ""))[0] in _ENDINGS for word in words_[:6])
    amount = figure or not _WHOLE.isdisjoint(words_)
    past = any(map(is_past, words_)) or not _BE.isdisjoint(words_)
    if "we" in words_[:6]:
        return past and amount and (ended or told.verb is None or clause.sentence > told.sentence_of_own >= 0)
    return past and ended and amount


def _is_about_others(words_: Sequence[str]) -> bool:
    subject = next((word for word in words_ if word not in _JOINTS), "")
    return subject not in _NO_STATEMENT


def _ends_it(clause: Clause, words_: Sequence[str], told: Told, *, figure: bool) -> bool:
    """What others did after the person acted, when it is measured, was brought about, or stands at the end."""
    said = set(words_)
    if has_cue(clause, OPINION_CUES) or has_cue(clause, _SOFTENED) or said & {"i'm", "i've", "things"}:
        return False
    if (said & {"i", "we"} and not said & _REACTING) or ("at", "first") in pairwise(words_):
        return False
    after_all = told.number > told.last
    content = sum(map(is_content, clause.tokens))
    past = bool(said & _BE) or any(map(is_past, words_))
    reaction = after_all and past and bool(_REACTING & set(words_[:4]))
    if content < 2 - figure - reaction:
        return after_all and past and any(is_content(t) and t.lower not in VAGUE_WORDS for t in clause.tokens)
    forms = {VERB_FORMS.get(word, ("", ""))[1] for word in words_}
    done = any(word in {"was", "were"} and is_past(after) for word, after in pairwise(words_))
    present = bool(forms & {"base", "third"}) or bool(said & {"is", "are"})
    if (figure and (past or present)) or done or (after_all and past):
        return True
    return after_all and (_is_note(words_, past=past) or (present and (told.in_present or words_[0] in _NAMED)))


def _is_note(words_: Sequence[str], *, past: bool) -> bool:
    """`Payments up after twelve minutes`, `dry by midnight`: the end of a story told in notes."""
    telling = [word for word in words_ if word not in VAGUE_WORDS]
    if words_[0] in {"a", "an"} and any(a == "and" and b in _ARTICLES for a, b in pairwise(words_)):
        return False  # `a class on Monday and a concert at night` sets things side by side
    return not past and len(telling) >= 3 and not _PREPOSITIONS.isdisjoint(words_[1:4]) and words_[0] not in _JOINTS


def opens_with_result(clause: Clause) -> bool:
    """`We lost only four plates of two hundred`, `the parents still talk about it`: an end told first."""
    words_ = [token.lower for token in clause.tokens]
    if has_cue(clause, OPINION_CUES) or any(map(is_modal, clause.tokens)):
        return False
    ended = any(VERB_FORMS.get(word, ("", ""))[0] in _ENDINGS | OUTCOME_VERBS for word in words_)
    return _lasts(words_) or (ended and (has_figure(clause) or not _WHOLE.isdisjoint(words_)))
