"""Finds the parts of a story - situation, task, action, result - by the words that mark them.

The first clause that shows a part is its span. Actions are verbs of doing after `I` (or `we`, which says less), in any
tense when the rest tells an event, so that "I make a list" of someone who learns English counts as "I made a list".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from interview_coach.domain.evidence import Source, Span
from interview_coach.domain.outcomes import (
    Told,
    has_figure,
    is_fact,
    is_modal,
    is_past,
    is_year,
    opens_with_result,
    tells_result,
)
from interview_coach.domain.text import Clause, Token, cues, has_cue, is_content, is_figure, looks_past, repeats
from interview_coach.domain.vocabulary import (
    AMBIGUOUS_PAST,
    AUXILIARIES,
    COPULAS,
    FUNCTION_WORDS,
    HABITUAL,
    MODALS,
    MONTHS,
    OPINION_CUES,
    OUTCOME_VERBS,
    RESULT_CUES,
    SITUATION_CUES,
    STATIVE,
    TASK_CUES,
    VAGUE_WORDS,
    VERB_FORMS,
    WEAK_VERBS,
    phrases,
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


_TIME_JOINTS = frozenset({"when", "while", "as", "since", "once", "whenever"})
_SPELLS = words("day night morning evening week month year time winter summer friday monday sunday saturday")
_TROUBLE = words(
    """
    wrong late mistake error lost broken forgot forgotten missed failed failing bad worse worst problem broke burst
    """
)
_REPORTING = words("tell tells told say says said")
_ANYBODY = frozenset({"you", "one", "people", "everybody", "everyone"})
_CHARGING = words("gave asked told wanted expected needed sent left trusted")
_NOTICING = frozenset({"find", "notice", "see", "discover", "hear", "learn", "realise", "realize"})
_JOINTS = frozenset({"and", "then", "so", "but"})
_SUBJECTS = frozenset({"i", "we", "he", "she", "they", "it", "this", "that", "there", "which", "who"})
_IMAGINED_QUESTION = re.compile(
    r"\bwould you\b|\bhow do you\b|\bwhat do you do\b|\bhow can you\b|\bwhat should\b|\bwill you\b|\bif you\b",
    re.IGNORECASE,
)
_PICTURED_QUESTION = re.compile(
    r"\bimagine\b|\bsuppose\b|(?<!\ba )(?<!\bthe )(?<!\bmy )(?<!\bclear )(?<!\bgood )\bpicture\b", re.IGNORECASE
)
"""`I have a picture of that now` asks nobody to picture anything."""
_SAID_BACK = re.compile(r"“[^”]*”")
_OUTCOME_QUESTION = re.compile(
    r"\bwhat (?:was|were) the (?:result|outcome|effect)|\bhow did (?:it|that|this) (?:end|turn out|go in the end)"
    r"|\bwhat (?:came|became) of|\bwhat changed\b|\bwhat did (?:it|that|this) (?:lead to|change|bring)"
    r"|\bwhat happened (?:in the end|afterwards|next|then)|\bwhat did you achieve",
    re.IGNORECASE,
)
_PAST_MARKS = frozenset(["was", "were", "had", "did", "could", "couldn't", "ago", "yesterday", "last", "later"])
_SENTENCE_ADVERBS = words(
    """
    then first next also finally afterwards later second third after second secondly firstly
    """
)

_EACH = frozenset({"a", "per"})
_PERIODS = frozenset({"day", "week", "month", "term", "season", "year"})
_POINTING = words("i it they them this that he she him her these those")
_NOW = frozenset({"since", "now", "today", "still"})
_LASTING = _NOW | {"every", "each"}
_ADVERBS = words(
    "then first also just still even always often never usually soon once again myself ourselves not so both"
)
_SCENE_OPENERS = words("in at on during as when while after before since within back")
_BECOMING = words(
    """
    be is are am become becomes get gets stay stays remain remains feel feels look looks seem seems i'm you're it's
    that's there's he's she's they're everything's
    """
)
_PRESENT = words("want need have must is am should")
_OWN_TASKS = ("i ", "we ", "my ", "our ", "ask", "told ", "tell ", "want", "expect")
_INDIRECT = words("how what whether why which if who")
_ABOUT_TALKING = phrases(
    """
    a question | good question | the question | this question | your question | let me see | let me think |
    thank you for | for asking | my answer | an answer | glad to | happy to tell | to begin with
    """
)
"""What is said about telling belongs to no part of a story."""
_BEING = words("am was is were are i'm we're")
_WITNESSED = words("see hear come go learn meet become")
"""After `have`: what one lived through, not something one did on a day."""
_ANYONE = HABITUAL | words("anyone anybody everyone everybody nobody")
"""In a clause with one of these a past form may be a rule of life: `panicking never helped anyone`."""
_STATES = words("in at for as like to on up")
_MANY = words("many various lots several numerous different lot every")


def asks_to_imagine(question: str) -> bool:
    """The question is about what one would do, so `I would` answers it."""
    return bool(_IMAGINED_QUESTION.search(without_quotes(question))) or asks_to_picture(question)


def asks_to_picture(question: str) -> bool:
    """The question sets a scene that has not happened."""
    return bool(_PICTURED_QUESTION.search(without_quotes(question)))


def without_quotes(question: str) -> str:
    """The interviewer's own words: what is said back in quotation marks asks nothing."""
    return _SAID_BACK.sub("“”", question)


def asks_for_outcome(question: str) -> bool:
    """The question is about how something ended."""
    return bool(_OUTCOME_QUESTION.search(question))


def find_story(clause_list: Sequence[Clause], answer: str, question: str, *, continued: bool = False) -> Story:
    """Find the parts in the order in which they are told.

    `continued`: the answer goes on with an earlier one, so a result may stand without an action.
    """
    imagine = asks_to_imagine(question)
    eventful = _tells_event(clause_list) or (not imagine and _narrates_now(clause_list))
    again = set(repeats(clause_list))
    acts = _actions(clause_list, again, eventful=eventful, imagine=imagine)
    own, shared, imagined = ([n for n, (k, _) in acts.items() if k == kind] for kind in ("own", "shared", "imagined"))
    opinions = [
        n for n, clause in enumerate(clause_list) if n not in acts and n not in again and has_cue(clause, OPINION_CUES)
    ]
    first = next(iter(acts), None)
    tasks = [
        n
        for n, clause in enumerate(clause_list)
        if _is_task(clause, n, first, max(acts, default=None), eventful=eventful)
    ]
    candidates = [n for n in range(len(clause_list)) if n not in again and n not in tasks]
    asked = continued or asks_for_outcome(question)
    results = _results(clause_list, candidates, acts, asked=asked, continued=continued and first is None)
    situation = next(
        (
            n
            for n, c in enumerate(clause_list)
            if _is_situation(c, n, first, tasks, opinions, results, eventful=eventful, planned=not (own or shared))
        ),
        None,
    )
    if situation is None and (own or shared):
        situation = next((n for n, c in enumerate(clause_list) if n not in results and _is_circumstance(c)), None)
    if situation is None and len(acts) > 1 and acts[first or 0][0] != "imagined":
        opening = clause_list[first or 0]
        later = any(clause_list[n].sentence > opening.sentence for n in acts)
        situation = first if later and not _TROUBLE.isdisjoint(_lowered(opening)) else None
    action = next(iter(own or shared or imagined), None)

    best_result = next((n for n in results if n not in acts), results[0] if results else None)

    def span(number: int | None) -> Span | None:
        if number is None:
            return None
        clause = clause_list[number]
        return Span(Source.ANSWER, answer[clause.start : clause.end], clause.start, clause.end)

    star = Star(span(situation), span(tasks[0] if tasks else None), span(action), span(best_result))
    verbs = tuple((number, place) for number, (_, place) in acts.items())
    return Story(star, tuple(own), tuple(shared), tuple(imagined), tuple(results), tuple(opinions), verbs)


def _actions(
    clause_list: Sequence[Clause], again: set[int], *, eventful: bool, imagine: bool
) -> dict[int, tuple[str, int]]:
    """Clause -> whose action (own, shared, imagined) and where its verb stands, in the order told.

    What one noticed, or did inside a clause of time (`when I took over`), counts only when nothing else was done, and
    so do passives (`a second signature was introduced`).
    """
    found: dict[int, tuple[str, int]] = {}
    aside: dict[int, tuple[str, int]] = {}
    before = ("", -1)
    for number, clause in enumerate(clause_list):
        if number in again:
            continue
        kind, place = _action(clause, eventful=eventful, imagine=imagine)
        if place is None and before[1] == clause.sentence and before[0] in {"own", "shared"}:
            kind, place = before[0], _goes_on(clause)
        if place is None:
            subject = next((token.lower for token in clause.tokens[:3] if token.lower in _SUBJECTS), "")
            if subject:
                before = ({"i": "own", "we": "shared"}.get(subject, ""), clause.sentence)
            continue
        before = (kind, clause.sentence)
        (aside if _is_aside(clause, place) else found)[number] = (kind, place)
    told_in_past = any(
        kind in {"own", "shared"} and not _is_present(clause_list[n].tokens[place])
        for n, (kind, place) in found.items()
    )
    deeds = {n: act for n, act in found.items() if not _is_description(clause_list[n], act[1])}
    if any(not _is_present(clause_list[n].tokens[place]) for n, (kind, place) in deeds.items() if kind == "own"):
        found = deeds
    if told_in_past:  # then `keep the exits clear` is advice and no note of a deed
        found = {n: act for n, act in found.items() if not _is_bare(clause_list[n], act[1])}
    if not found:
        found = aside
    elif len(found) > 1:
        opening = next(iter(found))
        if clause_list[opening].sentence == 0 and _is_standing_trouble(clause_list[opening]):
            del found[opening]
    if not found and eventful:
        for number, clause in enumerate(clause_list):
            place = _passive(clause)
            me = any(a == "by" and b in {"me", "us"} for a, b in pairwise(_lowered(clause)))
            # What opens the answer is the state of things, unless it says who did it.
            if place is not None and number not in again and (number or me):
                found[number] = ("own" if me else "shared", place)
    return found


def _is_bare(clause: Clause, place: int) -> bool:
    """A base form that opens its clause, without a subject."""
    form = VERB_FORMS.get(clause.tokens[place].lower, ("", ""))[1]
    return place == 0 and form == "base"


def is_habit(clause: Clause) -> bool:
    """Says how often: `seventy events a year`, `before every event`."""
    return any((a in _EACH and b in _PERIODS) or a in {"every", "each"} for a, b in pairwise(_lowered(clause)))


def _is_description(clause: Clause, place: int) -> bool:
    """`At the school I run about forty trips a year`: what the work is, told in the present."""
    words_ = _lowered(clause)
    rate = any(a in _EACH and b in _PERIODS for a, b in pairwise(words_))
    return rate and _is_present(clause.tokens[place]) and _NOW.isdisjoint(words_)


def _is_general(clause: Clause) -> bool:
    """`... run events and tell stories`: what one does in general; `work was slow` begins with a noun."""
    return _is_bare(clause, 0) and COPULAS.isdisjoint(_lowered(clause)[1:3])


def _is_aside(clause: Clause, place: int) -> bool:
    """Told as a circumstance: `when I took over ...`, `I found that ...`."""
    tokens = clause.tokens
    if place and tokens[place - 1].lower in {"i", "we"} and place >= 2 and tokens[place - 2].lower in _TIME_JOINTS:
        return True
    if any(token.lower == "had" for token in tokens[max(0, place - 2) : place]):
        return True
    after = [token.lower for token in tokens[place + 1 : place + 2]]
    if VERB_FORMS.get(tokens[place].lower, ("", ""))[0] in {"come", "run", "stumble"} and after in (
        ["across"],
        ["into"],
    ):
        return True
    return VERB_FORMS.get(tokens[place].lower, ("", ""))[0] in _NOTICING and after in (["that"], ["how"], [])


def _is_standing_trouble(clause: Clause) -> bool:
    """`We threw away eighty rolls every evening`: what was usual before, when other things were done later."""
    words_ = _lowered(clause)
    usual = any(a in {"every", "each"} and b in _SPELLS for a, b in pairwise(words_)) or "used" in words_[:3]
    return usual and "we" in words_[:3]


def _goes_on(clause: Clause) -> int | None:
    """`... and drew up a plan`, `then both together, and drew ...`: a later verb of the subject before."""
    tokens = clause.tokens
    start = next((n for n, t in enumerate(tokens) if t.lower not in _JOINTS and t.lower not in _ADVERBS), len(tokens))
    if start < len(tokens) - 1:
        verb, form = VERB_FORMS.get(tokens[start].lower, ("", ""))
        if form == "past" and verb not in WEAK_VERBS and tokens[start + 1].lower not in COPULAS:
            return start
    if any(token.lower in _SUBJECTS or token.lower in COPULAS for token in tokens):
        return None
    return _joined_verb(tokens, start)


def _passive(clause: Clause) -> int | None:
    """`A list was put up`, without an agent or by `me` or `us`; what happened to the person is no action of theirs."""
    words_ = [token.lower for token in clause.tokens]
    if words_[0] in {"i", "we", "he", "she", "they"}:
        return None
    if "by" in words_ and not {"me", "us", "team"} & set(words_[words_.index("by") + 1 :]):
        return None
    for place in range(2, len(words_)):
        verb, form = VERB_FORMS.get(words_[place], ("", ""))
        if words_[place - 1] in {"was", "were"} and form == "past" and verb not in WEAK_VERBS:
            return place
    return None


def _results(
    clause_list: Sequence[Clause],
    candidates: Sequence[int],
    acts: dict[int, tuple[str, int]],
    *,
    asked: bool,
    continued: bool,
) -> list[int]:
    """All clauses that say how it ended; else the outcome with which the story opens.

    `asked`: the question was about the outcome, so whatever is told as a fact is one.
    """
    numbers = list(acts)
    if numbers and all(kind == "imagined" for kind, _ in acts.values()):
        return [n for n in candidates if n > numbers[0] and has_cue(clause_list[n], RESULT_CUES) and n not in acts]
    candidates = [n for n in candidates if not _is_planned(clause_list, n, acts)]
    first = numbers[0] if numbers else (-1 if continued else None)
    last = numbers[-1] if numbers else 0
    sentence = max((clause_list[n].sentence for n, (kind, _) in acts.items() if kind == "own"), default=-1)
    present = bool(numbers) and all(_is_present(clause_list[n].tokens[place]) for n, (_, place) in acts.items())

    def told(number: int, since: int | None) -> Told:
        kind, place = acts.get(number, ("", -1))
        verb = VERB_FORMS.get(clause_list[number].tokens[place].lower, ("", ""))[0] if kind else None
        earlier = sentence
        if kind == "own" and clause_list[number].sentence == sentence:
            earlier = sentence - 1
        return Told(number, since, last, verb, kind == "shared", present and kind != "imagined", earlier)

    found = [n for n in candidates if tells_result(clause_list[n], told(n, first))]
    if continued:
        found = [n for n in found if is_fact(clause_list[n])]
    if not found and asked:
        facts = [n for n in candidates if is_fact(clause_list[n]) and not _had_done(clause_list[n])]
        return [n for n in facts if n not in acts or acts[n][0] != "own" or _leads_somewhere(clause_list[n], acts[n])]
    if found or not numbers:
        return found
    opening = [n for n in candidates if clause_list[n].sentence == 0]
    looks_back = any(_had_done(clause) for clause in clause_list[1:])
    return [
        n for n in opening if (looks_back or "still" in _lowered(clause_list[n])) and opens_with_result(clause_list[n])
    ]


def _is_planned(clause_list: Sequence[Clause], number: int, acts: dict[int, tuple[str, int]]) -> bool:
    """Part of a sentence from a step on that is only imagined: `... and check after a month whether they agree`."""
    sentence = clause_list[number].sentence
    return any(
        kind == "imagined" and n <= number and clause_list[n].sentence == sentence for n, (kind, _) in acts.items()
    )


def _leads_somewhere(clause: Clause, act: tuple[str, int]) -> bool:
    """A deed that tells an outcome by itself: `I reduced the errors`, `since then I check twice`."""
    words_ = _lowered(clause)
    verb = VERB_FORMS.get(words_[act[1]], ("", ""))[0]
    return verb in OUTCOME_VERBS or not _LASTING.isdisjoint(words_)


def _is_present(token: Token) -> bool:
    return VERB_FORMS.get(token.lower, ("", ""))[1] in {"base", "third"}


def _lowered(clause: Clause) -> list[str]:
    return [token.lower for token in clause.tokens]


def _had_done(clause: Clause) -> bool:
    """`The oven had died`: what came before that which was told before."""
    return any(a == "had" and is_past(b) for a, b in pairwise(_lowered(clause)))


def _is_circumstance(clause: Clause) -> bool:
    """`Because tables were wrong twice`, `when a storm came`: trouble or a time that is a fact about others.

    A reason that only points back (`because they all wanted it`, `because two had asked`) is no scene.
    """
    words_ = _lowered(clause)
    if (
        len(words_) < 3
        or words_[0] not in _TIME_JOINTS | {"because", "after"}
        or any(map(is_modal, clause.tokens))
        or (words_[0] in {"because", "since"} and (_had_done(clause) or not _POINTING.isdisjoint(words_)))
        or (words_[1] in {"i", "we"} and words_[2] not in {"was", "were", "had"})
    ):
        return False
    return any(map(is_past, words_)) or not {"was", "were", "had"}.isdisjoint(words_)


def _tells_event(clause_list: Sequence[Clause]) -> bool:
    """Some mark of a past time, or several figures: someone who learns English tells even that in the present."""
    figures = 0
    for clause in clause_list:
        if has_cue(clause, SITUATION_CUES):
            return True
        figures += has_figure(clause)
        # `is broken` and `become heated` tell how things are, not that something happened.
        state = any(token.lower in _BECOMING for token in clause.tokens)
        maxim = sum(token.lower in _ANYONE for token in clause.tokens) >= 2 or _is_insight(clause)
        for token in clause.tokens:
            past = VERB_FORMS.get(token.lower, ("", ""))[1] == "past" and token.lower not in AMBIGUOUS_PAST
            past = (past or _looks_past(token.lower)) and not maxim
            if token.lower in _PAST_MARKS or is_year(token) or (past and not state):
                return True
    return figures >= 2


def _is_insight(clause: Clause) -> bool:
    """`I've found that you get it all done`: what one holds by now, and nothing that happened."""
    words_ = _lowered(clause)
    return any(
        (a in {"i've", "we've", "have"} and VERB_FORMS.get(b, ("", ""))[0] in _NOTICING) for a, b in pairwise(words_)
    )


def _narrates_now(clause_list: Sequence[Clause]) -> bool:
    """A scene with somebody in it, then step after step in the present: told as if it happened now."""
    if any(has_cue(clause, OPINION_CUES) for clause in clause_list):
        return False
    words_ = [_lowered(clause) for clause in clause_list]
    if any(not HABITUAL.isdisjoint(clause) or "you" in clause for clause in words_) or not words_:
        return False
    scene = words_[0][0] not in {"i", "we"} and not {"a", "an", "this", "my", "our"}.isdisjoint(words_[0])
    steps = sum(
        any(a == "i" and VERB_FORMS.get(b, ("", ""))[1] == "base" for a, b in pairwise(clause)) for clause in words_
    )
    return scene and steps >= 1 and any(_starts_object(t) for c in clause_list[1:] for t in c.tokens)


def _action(clause: Clause, *, eventful: bool, imagine: bool) -> tuple[str, int | None]:
    tokens = clause.tokens
    usual: tuple[str, int] | None = None
    for index, token in enumerate(tokens):
        if index and tokens[index - 1].lower in {"before", "if", "unless", "until"}:
            continue
        embedded = (
            index > 1 and tokens[index - 1].lower == "that" and not _REPORTING.isdisjoint(_lowered(clause)[:index])
        )
        if token.lower in {"i", "we", "i'd", "i'll", "we'd", "i've", "we've", "i'm", "we're"}:
            kind, place = _after_subject(tokens, index, eventful=eventful, imagine=imagine)
            if place is not None and not (embedded and _is_present(tokens[place])):
                if not (kind == "own" and _is_present(tokens[place]) and is_habit(clause)):
                    return usual or (kind, place) if _is_present(tokens[place]) else (kind, place)
                usual = usual or (kind, place)  # `I plan forty trips a year, and in June I led ...`: the deed follows
                continue
            if eventful and (place := _joined_verb(tokens, index + 1)) is not None:
                return "shared" if token.lower.startswith("we") else "own", place
    return usual or _without_subject(clause, eventful=eventful, imagine=imagine)


def _after_subject(tokens: Sequence[Token], index: int, *, eventful: bool, imagine: bool) -> tuple[str, int | None]:
    subject = "shared" if tokens[index].lower.startswith("we") else "own"
    modal = tokens[index].lower in MODALS
    copula = tokens[index].lower in COPULAS
    auxiliary = tokens[index].lower in {"i've", "we've"}
    habitual = any(token.lower in HABITUAL for token in tokens)
    for place in range(index + 1, min(index + 6, len(tokens))):
        word = tokens[place].lower
        if "," in tokens[place].gap and place > index + 1:
            break
        if word in MODALS:
            modal = True
        elif word in COPULAS:
            copula = True
        elif word == "did" and place + 1 < len(tokens) and _starts_object(tokens[place + 1]):
            return subject, place
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
    if auxiliary and verb in _WITNESSED:
        return "", None
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
    if form == "base" and tokens[place - 1].lower in _BEING:  # `I was shift leader`
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
    return looks_past(word) and word not in STATIVE


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


def _is_errand(words_: Sequence[str]) -> bool:
    """`My boss gave me the summer to put them into the system`."""
    for place in range(1, len(words_) - 2):
        if words_[place] in {"me", "us"} and words_[place - 1] in _CHARGING and words_[place - 2] not in {"not", "i"}:
            after = words_[place + 1 : place + 7]
            if any(a == "to" and VERB_FORMS.get(b, ("", ""))[1] in {"base", "past"} for a, b in pairwise(after)):
                return True
    return False


def _is_task(clause: Clause, number: int, first: int | None, last: int | None, *, eventful: bool) -> bool:
    """What had to be done; once the person acts, only what is said of oneself counts, after the last act nothing."""
    if (first is None or number <= first) and _is_errand(_lowered(clause)):
        return True
    for place, cue in cues(clause, TASK_CUES):
        before = [token.lower for token in clause.tokens[max(0, place - 3) : place]]
        after = [token.lower for token in clause.tokens[place + len(cue.split()) :]]
        # `Nobody asked me to look at it` names a task that one gave oneself; `nobody had asked me to` names none.
        set_oneself = "nobody" in before and bool(after) and after[0] in VERB_FORMS
        denied = not {"nobody", "never", "not"}.isdisjoint(before) and not set_oneself
        if denied or (before and before[-1] in _ANYBODY):
            continue
        if first is None and cue.startswith(("i want", "we want")):
            continue
        own = cue.startswith(_OWN_TASKS) or cue.endswith((" me", " mine to"))
        own = own and (last is None or number <= last)
        wish = not _PRESENT.isdisjoint(cue.split())
        if (own or first is None or number <= first) and (eventful or not wish):
            return True
    return False


def _is_situation(
    clause: Clause,
    number: int,
    first: int | None,
    tasks: Sequence[int],
    opinions: Sequence[int],
    results: Sequence[int],
    *,
    eventful: bool,
    planned: bool,
) -> bool:
    words_ = _lowered(clause)
    refused = "not" in words_ or any(word.endswith("n't") for word in words_)
    if has_cue(clause, _ABOUT_TALKING) or words_[0] in _INDIRECT or words_[0] == "because":
        return False
    wishes = any(is_modal(token) and token.lower not in {"could", "can"} for token in clause.tokens)
    if number in opinions or (wishes and not (refused and words_[0] not in {"i", "we", "you"})):
        return False
    content = sum(map(is_content, clause.tokens))
    if first is not None and number > first:
        return False
    opens = eventful and clause.tokens[0].lower in _SCENE_OPENERS and content >= 2
    general = any(token.lower in {"every", "any", "all"} for token in clause.tokens[:3])
    opens = opens and not general and not any(token.lower in HABITUAL for token in clause.tokens)
    dated = any(a in {"in", "last", "since", "this"} and b in MONTHS for a, b in pairwise(words_))
    marked = has_cue(clause, SITUATION_CUES) or any(map(is_year, clause.tokens)) or opens or (eventful and dated)
    if marked:
        return content + sum(map(is_figure, clause.tokens)) >= 1
    if first is None or number == first or number in tasks or number in results or planned or words_[0] == "you":
        return False
    if any(a in {"have", "has"} and b == "been" for a, b in pairwise(words_)) or _is_general(clause):
        return False  # how things are all the time, or what one does in general
    about_self = not {"i", "we", "you", "people", "one"}.isdisjoint(words_[:4])
    past = any(map(is_past, words_)) or not {"was", "were", "had"}.isdisjoint(words_)
    habitual = any(word in HABITUAL for word in words_) and (about_self or not past)
    told = any(
        token.lower in COPULAS
        or token.lower in {"had", "have", "has"}
        or token.lower in VERB_FORMS
        or is_past(token.lower)
        for token in clause.tokens
        if token.lower not in FUNCTION_WORDS or token.lower in {"was", "were", "is", "are", "had", "have", "has"}
    )
    pictured = sum(is_content(token) and token.lower not in VAGUE_WORDS for token in clause.tokens)
    note = not about_self and pictured + has_figure(clause) >= 2
    return content >= 2 and (told or note) and not habitual
