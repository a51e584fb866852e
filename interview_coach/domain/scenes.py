"""Which clauses set the scene of a story, and which say what had to be done."""

from collections.abc import Sequence
from itertools import pairwise

from interview_coach.domain.actions import TIME_JOINTS, had_done, is_bare, lowered
from interview_coach.domain.outcomes import has_figure, is_modal, is_past, is_year
from interview_coach.domain.text import Clause, cues, has_cue, is_content, is_figure
from interview_coach.domain.vocabulary import (
    COPULAS,
    FUNCTION_WORDS,
    HABITUAL,
    MONTHS,
    SITUATION_CUES,
    TASK_CUES,
    VAGUE_WORDS,
    VERB_FORMS,
    phrases,
    words,
)

_ANYBODY = frozenset({"you", "one", "people", "everybody", "everyone"})
_CHARGING = words("gave asked told wanted expected needed sent left trusted")
_POINTING = words("i it they them this that he she him her these those")
_SCENE_OPENERS = words("in at on during as when while after before since within back")
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


def _is_general(clause: Clause) -> bool:
    """`... run events and tell stories`: what one does in general; `work was slow` begins with a noun."""
    return is_bare(clause, 0) and COPULAS.isdisjoint(lowered(clause)[1:3])


def is_circumstance(clause: Clause) -> bool:
    """`Because tables were wrong twice`, `when a storm came`: trouble or a time that is a fact about others.

    A reason that only points back (`because they all wanted it`, `because two had asked`) is no scene.
    """
    words_ = lowered(clause)
    if (
        len(words_) < 3
        or words_[0] not in TIME_JOINTS | {"because", "after"}
        or any(map(is_modal, clause.tokens))
        or (words_[0] in {"because", "since"} and (had_done(clause) or not _POINTING.isdisjoint(words_)))
        or (words_[1] in {"i", "we"} and words_[2] not in {"was", "were", "had"})
    ):
        return False
    return any(map(is_past, words_)) or not {"was", "were", "had"}.isdisjoint(words_)


def _is_errand(words_: Sequence[str]) -> bool:
    """`My boss gave me the summer to put them into the system`."""
    for place in range(1, len(words_) - 2):
        if words_[place] in {"me", "us"} and words_[place - 1] in _CHARGING and words_[place - 2] not in {"not", "i"}:
            after = words_[place + 1 : place + 7]
            if any(a == "to" and VERB_FORMS.get(b, ("", ""))[1] in {"base", "past"} for a, b in pairwise(after)):
                return True
    return False


def is_task(clause: Clause, number: int, first: int | None, last: int | None, *, eventful: bool) -> bool:
    """What had to be done; once the person acts, only what is said of oneself counts, after the last act nothing."""
    if (first is None or number <= first) and _is_errand(lowered(clause)):
        return True
    for place, cue in cues(clause, TASK_CUES):
        before = [token.lower for token in clause.tokens[max(0, place - 3) : place]]
        after = [token.lower for token in clause.tokens[place + len(cue.split()) :]]
        # `Nobody asked me to look at it` names a task that one gave oneself; `nobody had asked me to` names none.
        set_oneself = "nobody" in before and bool(after) and after[0] in VERB_FORMS
        denied = not {"nobody", "never", "not", "longer"}.isdisjoint(before) and not set_oneself
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


def is_situation(
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
    """Where and when it was, or the trouble that it began with; said before anybody acts."""
    words_ = lowered(clause)
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
