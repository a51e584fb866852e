"""Which clauses say what somebody did: `I`, `we`, or nobody yet because it is only imagined.

Actions are verbs of doing, in any tense when the rest tells an event, so that "I make a list" of someone who learns
English counts as "I made a list".
"""

from collections.abc import Sequence
from itertools import pairwise

from interview_coach.domain.outcomes import has_figure, is_past, is_year
from interview_coach.domain.text import Clause, Token, has_cue, is_content, is_figure, looks_past
from interview_coach.domain.vocabulary import (
    AMBIGUOUS_PAST,
    AUXILIARIES,
    COPULAS,
    HABITUAL,
    MODALS,
    OPINION_CUES,
    SITUATION_CUES,
    STATIVE,
    VERB_FORMS,
    WEAK_VERBS,
    words,
)

TIME_JOINTS = frozenset({"when", "while", "as", "since", "once", "whenever"})
_SPELLS = words("day night morning evening week month year time winter summer friday monday sunday saturday")
_REPORTING = words("tell tells told say says said")
_NOTICING = frozenset({"find", "notice", "see", "discover", "hear", "learn", "realise", "realize"})
_JOINTS = frozenset({"and", "then", "so", "but"})
_SUBJECTS = frozenset({"i", "we", "he", "she", "they", "it", "this", "that", "there", "which", "who"})
_SELVES = frozenset({"i", "we", "i'd", "i've", "we've", "we'd", "i'm", "we're"})
_VERBS = frozenset({"was", "were", "had", "did"})
_PAST_MARKS = frozenset(["was", "were", "had", "did", "could", "couldn't", "ago", "yesterday", "last", "later"])
_SENTENCE_ADVERBS = words(
    """
    then first next also finally afterwards later second third after second secondly firstly
    """
)
_EACH = frozenset({"a", "per"})
_PERIODS = frozenset({"day", "week", "month", "term", "season", "year"})
NOW = frozenset({"since", "now", "today", "still"})
_ADVERBS = words(
    "then first also just still even always often never usually soon once again myself ourselves not so both"
)
_BECOMING = words(
    """
    be is are am become becomes get gets stay stays remain remains feel feels look looks seem seems i'm you're it's
    that's there's he's she's they're everything's
    """
)
_BEING = words("am was is were are i'm we're")
_WITNESSED = words("see hear come go learn meet become")
"""After `have`: what one lived through, not something one did on a day."""
_ANYONE = HABITUAL | words("anyone anybody everyone everybody nobody")
"""In a clause with one of these a past form may be a rule of life: `panicking never helped anyone`."""
_STATES = words("in at for as like to on up")
_NOT_DONE = frozenset({"before", "if", "unless", "until", "do", "don't", "shall", "should"})
"""Before `I` or `we`: what comes later, what is supposed, and a question such as `where do I begin`."""
_ALSO_DONE = words("organised organized involved motivated")
"""A state after `I am`, and a deed after `I`."""
_MANY = words("many various lots several numerous different lot every")


def find_actions(
    clause_list: Sequence[Clause], again: set[int], *, eventful: bool, imagine: bool
) -> dict[int, tuple[str, int]]:
    """Clause -> whose action (own, shared, imagined) and where its verb stands, in the order told.

    What one noticed, or did inside a clause of time (`when I took over`), counts only when nothing else was done, and
    so do passives (`a second signature was introduced`).
    """
    found: dict[int, tuple[str, int]] = {}
    aside: dict[int, tuple[str, int]] = {}
    before = ("", -1)
    others = -1
    for number, clause in enumerate(clause_list):
        if number in again:
            continue
        kind, place = _action(clause, eventful=eventful, imagine=imagine)
        if others == clause.sentence and clause.tokens[0].lower in _JOINTS and _SELVES.isdisjoint(lowered(clause)):
            place = None  # `my leader was against it, then took it over`
        others = clause.sentence if _is_of_others(clause) else -1
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
        kind in {"own", "shared"} and not is_present(clause_list[n].tokens[place]) for n, (kind, place) in found.items()
    )
    deeds = {n: act for n, act in found.items() if not _is_description(clause_list[n], act[1])}
    if any(not is_present(clause_list[n].tokens[place]) for n, (kind, place) in deeds.items() if kind == "own"):
        found = deeds
    if told_in_past:  # then `keep the exits clear` is advice and no note of a deed
        found = {n: act for n, act in found.items() if not is_bare(clause_list[n], act[1])}
    if not found:
        found = aside
    elif len(found) > 1:
        opening = next(iter(found))
        first = clause_list[opening]
        now = first.sentence == 0 and told_in_past and _is_today(first, found[opening][1])
        if now or (first.sentence <= 1 and _is_standing_trouble(first)):
            del found[opening]
    if not found and eventful:
        for number, clause in enumerate(clause_list):
            place = _passive(clause)
            me = any(a == "by" and b in {"me", "us"} for a, b in pairwise(lowered(clause)))
            # What opens the answer is the state of things, unless it says who did it.
            if place is not None and number not in again and (number or me):
                found[number] = ("own" if me else "shared", place)
    return found


def _is_of_others(clause: Clause) -> bool:
    """Somebody else is its subject, named by a noun: what goes on without a subject is theirs."""
    words_ = lowered(clause)
    opens = next((word for word in words_ if word not in _JOINTS), "")
    return opens in {"my", "our", "the", "a", "an"} and _SELVES.isdisjoint(words_) and not _VERBS.isdisjoint(words_)


def is_bare(clause: Clause, place: int) -> bool:
    """A base form that opens its clause, without a subject."""
    form = VERB_FORMS.get(clause.tokens[place].lower, ("", ""))[1]
    return place == 0 and form == "base"


def is_habit(clause: Clause) -> bool:
    """Says how often: `seventy events a year`, `before every event`."""
    return any((a in _EACH and b in _PERIODS) or a in {"every", "each"} for a, b in pairwise(lowered(clause)))


def _is_description(clause: Clause, place: int) -> bool:
    """`At the school I run about forty trips a year`: what the work is, told in the present."""
    words_ = lowered(clause)
    rate = any(a in _EACH and b in _PERIODS for a, b in pairwise(words_))
    return rate and is_present(clause.tokens[place]) and NOW.isdisjoint(words_)


def _is_aside(clause: Clause, place: int) -> bool:
    """Told as a circumstance: `when I took over ...`, `I found that ...`."""
    tokens = clause.tokens
    if place and tokens[place - 1].lower in {"i", "we"} and place >= 2 and tokens[place - 2].lower in TIME_JOINTS:
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
    words_ = lowered(clause)
    usual = any(a in {"every", "each"} and b in _SPELLS for a, b in pairwise(words_)) or "used" in words_[:3]
    return usual and ("we" in words_[:3] or _SUBJECTS.isdisjoint(words_))


def _is_today(clause: Clause, place: int) -> bool:
    """`We answer letters in two days now`: the end of the story, told first."""
    return "now" in lowered(clause) and is_present(clause.tokens[place])


def _goes_on(clause: Clause) -> int | None:
    """`... and drew up a plan`, `then both together, and drew ...`: a later verb of the subject before."""
    tokens = clause.tokens
    start = next((n for n, t in enumerate(tokens) if t.lower not in _JOINTS and t.lower not in _ADVERBS), len(tokens))
    if start < len(tokens) - 1:
        verb, form = VERB_FORMS.get(tokens[start].lower, ("", ""))
        if form == "past" and verb not in WEAK_VERBS and tokens[start + 1].lower not in COPULAS:
            return start
    place = _joined_verb(tokens, start)
    before = tokens if place is None else tokens[:place]
    return None if any(token.lower in _SUBJECTS or token.lower in COPULAS for token in before) else place


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


def is_present(token: Token) -> bool:
    """A verb in the present; a form that is also a past is none."""
    return VERB_FORMS.get(token.lower, ("", ""))[1] in {"base", "third"}


def lowered(clause: Clause) -> list[str]:
    """Its words in lower case."""
    return [token.lower for token in clause.tokens]


def had_done(clause: Clause) -> bool:
    """`The oven had died`: what came before that which was told before."""
    return any(a == "had" and is_past(b) for a, b in pairwise(lowered(clause)))


def tells_event(clause_list: Sequence[Clause]) -> bool:
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
    words_ = lowered(clause)
    return any(
        (a in {"i've", "we've", "have"} and VERB_FORMS.get(b, ("", ""))[0] in _NOTICING) for a, b in pairwise(words_)
    )


def narrates_now(clause_list: Sequence[Clause]) -> bool:
    """A scene with somebody in it, then step after step in the present: told as if it happened now."""
    if any(has_cue(clause, OPINION_CUES) for clause in clause_list):
        return False
    words_ = [lowered(clause) for clause in clause_list]
    if any(not HABITUAL.isdisjoint(clause) or "you" in clause for clause in words_) or not words_:
        return False
    scene = words_[0][0] not in {"i", "we"} and not {"a", "an", "one", "this", "my", "our"}.isdisjoint(words_[0])
    steps = sum(
        any(a == "i" and VERB_FORMS.get(b, ("", ""))[1] == "base" for a, b in pairwise(clause)) for clause in words_
    )
    return scene and steps >= 1 and any(_starts_object(t) for c in clause_list[1:] for t in c.tokens)


def _action(clause: Clause, *, eventful: bool, imagine: bool) -> tuple[str, int | None]:
    tokens = clause.tokens
    usual: tuple[str, int] | None = None
    for index, token in enumerate(tokens):
        if index and tokens[index - 1].lower in _NOT_DONE:
            continue
        embedded = (
            index > 1 and tokens[index - 1].lower == "that" and not _REPORTING.isdisjoint(lowered(clause)[:index])
        )
        if token.lower in {"i", "we", "i'd", "i'll", "we'd", "i've", "we've", "i'm", "we're"}:
            kind, place = _after_subject(tokens, index, eventful=eventful, imagine=imagine)
            if place is not None and not (embedded and is_present(tokens[place])):
                if not (kind == "own" and is_present(tokens[place]) and is_habit(clause)):
                    return usual or (kind, place) if is_present(tokens[place]) else (kind, place)
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
            or (word in STATIVE and (copula or word not in _ALSO_DONE))
            or (word in {"want", "need", "like", "hope", "think", "believe"} and not modal)
        ):
            return "", None
        elif word in VERB_FORMS or _looks_past(word):
            return _judge(
                tokens, place, subject, modal, copula, auxiliary, habitual, eventful=eventful, imagine=imagine
            )
        elif imagine and tokens[place - 1].lower in MODALS and not (word in _ADVERBS or word.endswith("ly")):
            return ("imagined", place) if is_content(tokens[place]) else ("", None)  # a verb that no list has
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
