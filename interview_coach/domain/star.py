"""Finds the parts of a story - situation, task, action, result - by the words that mark them.

The first clause that shows a part is its span. Actions are verbs of doing after `I` (or `we`, which says less), in any
tense when the rest tells an event, so that "I make a list" of someone who learns English counts as "I made a list".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from interview_coach.domain.evidence import Source, Span
from interview_coach.domain.text import Clause, Token, cues, has_cue, is_content, is_figure, repeats
from interview_coach.domain.vocabulary import (
    AMBIGUOUS_PAST,
    AUXILIARIES,
    COPULAS,
    FUNCTION_WORDS,
    HABITUAL,
    HEDGES,
    MODALS,
    NUMBER_WORDS,
    OPINION_CUES,
    OUTCOME_FORMS,
    OUTCOME_VERBS,
    RESULT_CUES,
    SITUATION_CUES,
    STATIVE,
    TASK_CUES,
    VERB_FORMS,
    WEAK_RESULT_CUES,
    WEAK_VERBS,
    words,
)


@dataclass(frozen=True, slots=True)
class Star:
    """The first span in which each part is found; None = not found."""

    situation: Span | None = None
    task: Span | None = None
    action: Span | None = None
    result: Span | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the parts not found, in the order in which to ask for them."""
        parts = {"action": self.action, "result": self.result, "situation": self.situation, "task": self.task}
        return tuple(name for name, span in parts.items() if span is None)


@dataclass(frozen=True, slots=True)
class Story:
    """What `find_story` saw. Indexes point into the clauses it was given."""

    star: Star
    own_actions: tuple[int, ...]
    """Clauses that say what `I` did."""
    shared_actions: tuple[int, ...]
    """Clauses that say what `we` did."""
    imagined_actions: tuple[int, ...]
    """Clauses that say what I would do."""
    results: tuple[int, ...]
    opinions: tuple[int, ...]
    verbs: tuple[tuple[int, int], ...]
    """(clause, token) of each action's verb."""

    @property
    def is_event(self) -> bool:
        """Something that happened, not talk about how things should be."""
        return bool(self.own_actions or self.shared_actions)


_YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d")
_IMAGINED_QUESTION = re.compile(
    r"\bwould you\b|\bhow do you\b|\bwhat do you do\b|\bhow can you\b|\bwhat should\b|\bwill you\b|\bif you\b"
    r"|\bimagine\b|\bsuppose\b|\bpicture\b",
    re.IGNORECASE,
)
_PAST_MARKS = frozenset(["was", "were", "had", "did", "could", "couldn't", "ago", "yesterday", "last", "later"])
_SENTENCE_ADVERBS = words(
    """
    then first next also finally afterwards later second third after second secondly firstly
    """
)


_ADVERBS = words(
    "then first also just still even always often never usually soon once again myself ourselves not so both"
)
_SCENE_OPENERS = words("in at on during as when while after before since within back")
_BECOMING = words("be is are am become becomes get gets i'm you're")
_PRESENT = words("want need have must is am should")
_STATES = words("in at for as like to on up")
_SOFTENED = frozenset(HEDGES) | {"of course", "in general", "everybody knows"}
_MANY = words("many various lots several numerous different lot every")


def asks_to_imagine(question: str) -> bool:
    """The question is about what one would do, so `I would` answers it."""
    return bool(_IMAGINED_QUESTION.search(question))


def _is_modal(token: Token) -> bool:
    """`would`, `can` and so on, but not the month of May."""
    return token.lower in MODALS and token.text != "May"


def is_year(token: Token) -> bool:
    """1950-2049, standing for a date."""
    return bool(_YEAR.fullmatch(token.text))


def has_figure(clause: Clause) -> bool:
    """Something counted or measured; a year is a date and no figure."""
    return any((is_figure(t) and not is_year(t)) or (t.lower in NUMBER_WORDS) for t in clause.tokens)


def find_story(clause_list: Sequence[Clause], answer: str, question: str, *, continued: bool = False) -> Story:
    """Find the parts in the order in which they are told.

    `continued`: the answer goes on with an earlier one, so a result may stand without an action.
    """
    imagine = asks_to_imagine(question)
    eventful = _tells_event(clause_list)
    own: list[int] = []
    shared: list[int] = []
    imagined: list[int] = []
    opinions: list[int] = []
    verbs: list[tuple[int, int]] = []
    again = set(repeats(clause_list))
    for number, clause in enumerate(clause_list):
        if number in again:
            continue
        kind, place = _action(clause, eventful=eventful, imagine=imagine)
        if place is not None:
            verbs.append((number, place))
            {"own": own, "shared": shared, "imagined": imagined}[kind].append(number)
        elif has_cue(clause, OPINION_CUES):
            opinions.append(number)
    acted = sorted(own + shared + imagined)
    first = acted[0] if acted else None
    tasks = [n for n, clause in enumerate(clause_list) if _is_task(clause, n, first, eventful=eventful)]
    last = acted[-1] if acted else 0
    main_verbs = {n: VERB_FORMS.get(clause_list[n].tokens[place].lower, ("", ""))[0] for n, place in verbs}
    since = -1 if continued and first is None else first
    results = [
        n
        for n, clause in enumerate(clause_list)
        if n not in again and n not in tasks and _is_result(clause, n, since, last, main_verbs.get(n))
    ]
    situation = next(
        (
            n
            for n, c in enumerate(clause_list)
            if _is_situation(c, n, first, tasks, opinions, results, eventful=eventful)
        ),
        None,
    )
    action = next(iter(own or shared or imagined), None)

    best_result = next((n for n in results if n not in acted), results[0] if results else None)

    def span(number: int | None) -> Span | None:
        if number is None:
            return None
        clause = clause_list[number]
        return Span(Source.ANSWER, answer[clause.start : clause.end], clause.start, clause.end)

    star = Star(span(situation), span(tasks[0] if tasks else None), span(action), span(best_result))
    return Story(star, tuple(own), tuple(shared), tuple(imagined), tuple(results), tuple(opinions), tuple(verbs))


def _tells_event(clause_list: Sequence[Clause]) -> bool:
    """Some mark of a past time, or several figures: someone who learns English tells even that in the present."""
    figures = 0
    for clause in clause_list:
        if has_cue(clause, SITUATION_CUES):
            return True
        figures += has_figure(clause)
        # `is broken` and `become heated` tell how things are, not that something happened.
        state = any(token.lower in _BECOMING for token in clause.tokens)
        for token in clause.tokens:
            past = VERB_FORMS.get(token.lower, ("", ""))[1] == "past" and token.lower not in AMBIGUOUS_PAST
            if token.lower in _PAST_MARKS or is_year(token) or (past and not state):
                return True
    return figures >= 2


def _action(clause: Clause, *, eventful: bool, imagine: bool) -> tuple[str, int | None]:
    tokens = clause.tokens
    for index, token in enumerate(tokens):
        if index and tokens[index - 1].lower in {"before", "if", "unless", "until"}:
            continue
        if token.lower in {"i", "we", "i'd", "i'll", "we'd", "i've", "we've", "i'm", "we're"}:
            kind, place = _after_subject(tokens, index, eventful=eventful, imagine=imagine)
            if place is not None:
                return kind, place
            if eventful and (place := _joined_verb(tokens, index + 1)) is not None:
                return "shared" if token.lower.startswith("we") else "own", place
    return _without_subject(clause, eventful=eventful, imagine=imagine)


def _after_subject(tokens: Sequence[Token], index: int, *, eventful: bool, imagine: bool) -> tuple[str, int | None]:
    subject = "shared" if tokens[index].lower.startswith("we") else "own"
    modal = tokens[index].lower in MODALS
    copula = tokens[index].lower in COPULAS
    auxiliary = False
    habitual = any(token.lower in HABITUAL for token in tokens)
    for place in range(index + 1, min(index + 6, len(tokens))):
        word = tokens[place].lower
        if "," in tokens[place].gap and place > index + 1:
            break
        if word in MODALS:
            modal = True
        elif word in COPULAS:
            copula = True
        elif word in AUXILIARIES:
            auxiliary = True
        elif (
            word in {"not", "never", "didn't", "don't", "couldn't", "can't", "cannot", "wasn't", "hadn't", "haven't"}
            or word in STATIVE
            or (word in {"want", "need", "like", "hope", "think", "believe"} and not modal)
        ):
            return "", None
        elif word in VERB_FORMS or _looks_past(word):
            return _judge(
                tokens, place, subject, modal, copula, auxiliary, habitual, eventful=eventful, imagine=imagine
            )
        elif not (word in _ADVERBS or word.endswith("ly")):
            return "", None
    return "", None


def _joined_verb(tokens: Sequence[Token], start: int) -> int | None:
    """`I stayed on the line, rang the desk and read ...`: a later verb of the same subject."""
    for place in range(start + 1, len(tokens) - 1):
        token = tokens[place]
        joined = "," in token.gap or tokens[place - 1].lower in {"and", "then"}
        past = VERB_FORMS.get(token.lower, ("", ""))[1] == "past" and token.lower not in STATIVE
        if joined and past and tokens[place + 1].lower not in {"by", "was", "were"}:
            return place
    return None


def _judge(
    tokens: Sequence[Token], place: int, subject: str, modal: bool, copula: bool, auxiliary: bool, habitual: bool,
    *, eventful: bool, imagine: bool,
) -> tuple[str, int | None]:  # fmt: skip
    word = tokens[place].lower
    verb, form = VERB_FORMS.get(word, (word, "past"))
    after = tokens[place + 1 :]
    if verb in WEAK_VERBS and (
        sum(map(is_content, after)) < 2 or (after[0].lower in _STATES and verb not in {"look", "go"})
    ):
        return "", None
    if (auxiliary or habitual) and any(token.lower in _MANY for token in after) and not any(map(is_figure, tokens)):
        return "", None
    if modal:
        return ("imagined", place) if imagine else ("", None)
    if copula and form == "past" and verb not in AMBIGUOUS_PAST:
        return "", None
    if word in AMBIGUOUS_PAST and not auxiliary:
        form = "base"
    if form == "past" or (form == "ing" and eventful):
        return subject, place
    if auxiliary and eventful:
        return subject, place
    if imagine:
        return "imagined", place
    return (subject, place) if eventful and not habitual else ("", None)


def _looks_past(word: str) -> bool:
    return len(word) > 4 and word.endswith("ed") and not word.endswith("eed") and word not in STATIVE


def _without_subject(clause: Clause, *, eventful: bool, imagine: bool) -> tuple[str, int | None]:
    """Notes and bullet lists: `Built a prep list`, `then called the ward`."""
    tokens = clause.tokens
    for place, token in enumerate(tokens[:3]):
        word = token.lower
        if word in _SENTENCE_ADVERBS or word in {"and", "then", "so", "also"} or word.endswith("ly"):
            continue
        verb, form = VERB_FORMS.get(word, ("", ""))
        follows = tokens[place + 1 :]
        if not follows or sum(map(is_content, follows)) < 1:
            return "", None
        nominal = token.text[0].isupper() and place > 0
        past = form == "past" or (_looks_past(word) and place == 0)
        if (
            past
            and word not in STATIVE
            and not nominal
            and word not in AMBIGUOUS_PAST | {"found", "ground", "felt", "based"}
        ):
            follower = follows[0].lower
            return ("", None) if follower in {"was", "were", "is", "by"} else ("own", place)
        if imagine and form == "base" and verb not in WEAK_VERBS:
            return "imagined", place
        noted = not any(t.lower in COPULAS or VERB_FORMS.get(t.lower, ("", ""))[1] == "past" for t in follows)
        object_follows = _starts_object(follows[0]) or (noted and len(follows) >= 3 and token.text[0].isupper())
        if eventful and form == "base" and place == 0 and word not in WEAK_VERBS and object_follows:
            return "own", place
        return "", None
    return "", None


def _starts_object(token: Token) -> bool:
    return token.lower in {
        "the",
        "a",
        "an",
        "all",
        "every",
        "each",
        "my",
        "our",
        "new",
        "them",
        "him",
        "her",
        "it",
        "both",
    }


def _is_result(clause: Clause, number: int, first: int | None, last: int, main_verb: str | None) -> bool:
    """`main_verb` is that of the action in this clause, None when there is none: `I cut the costs by half` is both."""
    own_clause = main_verb is not None
    modal = any(map(_is_modal, clause.tokens))
    content = sum(map(is_content, clause.tokens))
    if content + sum(map(is_figure, clause.tokens)) < 1 or modal:
        return False
    if first is None:
        return has_cue(clause, RESULT_CUES) and content >= 3
    if number < first:
        return False
    if has_cue(clause, RESULT_CUES):
        return content >= 2
    if has_cue(clause, WEAK_RESULT_CUES) and (number > first or own_clause):
        return True
    words_ = [token.lower for token in clause.tokens]
    outcome = any(word in OUTCOME_FORMS for word in words_)
    figure = has_figure(clause)
    improved = outcome or any(VERB_FORMS.get(word, ("", ""))[0] in OUTCOME_VERBS for word in words_)
    if ((improved and figure) or (outcome and "half" in words_)) and (not own_clause or main_verb in OUTCOME_VERBS):
        return True
    if figure and (("from" in words_ and "to" in words_) or "instead" in words_):
        return number > first and not own_clause
    if figure and "than" in words_ and words_[0] != "more":
        return True
    if own_clause or number == first:
        return False
    return _is_about_others(words_) and (outcome or _ends_it(clause, number > last, figure=figure))


def _is_task(clause: Clause, number: int, first: int | None, *, eventful: bool) -> bool:
    """What had to be done; once the person acts, only what is said of oneself counts."""
    for place, cue in cues(clause, TASK_CUES):
        if place and clause.tokens[place - 1].lower in {"you", "one", "people", "everybody", "everyone"}:
            continue
        own = cue.startswith(("i ", "we ", "my ", "our ", "asked ", "told ", "wanted ", "expected "))
        wish = not _PRESENT.isdisjoint(cue.split())
        if (own or first is None or number <= first) and (eventful or not wish):
            return True
    return False


def _is_about_others(words_: Sequence[str]) -> bool:
    subject = next((word for word in words_ if word not in {"and", "so", "then", "but", "since", "now"}), "")
    return subject not in {"i", "we", "because", "which", "that", "as", "when", "while", "who", "to"}


def _ends_it(clause: Clause, after_all: bool, *, figure: bool) -> bool:
    """What others did after the person acted, when it is measured, was brought about, or stands at the end."""
    words_ = [token.lower for token in clause.tokens]
    said = set(words_)
    if has_cue(clause, OPINION_CUES) or has_cue(clause, _SOFTENED) or said & {"i", "i'm", "i've", "things", "thing"}:
        return False
    forms = {VERB_FORMS.get(word, ("", ""))[1] for word in words_}
    past = bool(said & {"was", "were", "had"}) or "past" in forms or any(map(_looks_past, words_))
    done = any(word in {"was", "were"} and _participle(after) for word, after in pairwise(words_))
    if sum(map(is_content, clause.tokens)) < 2 - figure:
        return False
    present = bool(forms & {"base", "third"}) or bool(said & {"is", "are"})
    return (figure and (past or present)) or done or (after_all and past)


def _participle(word: str) -> bool:
    return VERB_FORMS.get(word, ("", ""))[1] == "past" or _looks_past(word)


def _is_situation(
    clause: Clause,
    number: int,
    first: int | None,
    tasks: Sequence[int],
    opinions: Sequence[int],
    results: Sequence[int],
    *,
    eventful: bool,
) -> bool:
    if number in opinions or any(_is_modal(token) and token.lower not in {"could", "can"} for token in clause.tokens):
        return False
    content = sum(map(is_content, clause.tokens))
    if first is not None and number > first:
        return False
    opens = eventful and clause.tokens[0].lower in _SCENE_OPENERS and content >= 2
    general = any(token.lower in {"every", "any", "all"} for token in clause.tokens[:3])
    opens = opens and not general and not any(token.lower in HABITUAL for token in clause.tokens)
    marked = has_cue(clause, SITUATION_CUES) or any(map(is_year, clause.tokens)) or opens
    if marked:
        return content + sum(map(is_figure, clause.tokens)) >= 1
    if first is None or number == first or number in tasks or number in results:
        return False
    habitual = any(token.lower in HABITUAL for token in clause.tokens)
    told = any(
        token.lower in COPULAS
        or token.lower in {"had", "have", "has"}
        or token.lower in VERB_FORMS
        or _looks_past(token.lower)
        for token in clause.tokens
        if token.lower not in FUNCTION_WORDS or token.lower in {"was", "were", "is", "are", "had", "have", "has"}
    )
    return content >= 2 and told and not habitual
