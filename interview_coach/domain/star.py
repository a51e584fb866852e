"""Finds the parts of a story - situation, task, action, result - by the words that mark them.

The first clause that shows a part is its span.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from interview_coach.domain.actions import NOW, find_actions, had_done, is_present, lowered, narrates_now, tells_event
from interview_coach.domain.asking import asks_for_outcome, asks_to_imagine
from interview_coach.domain.evidence import Source, Span
from interview_coach.domain.outcomes import Told, is_fact, opens_with_result, tells_before, tells_result
from interview_coach.domain.scenes import is_circumstance, is_situation, is_task
from interview_coach.domain.text import Clause, has_cue, repeats
from interview_coach.domain.vocabulary import OPINION_CUES, OUTCOME_VERBS, RESULT_CUES, VERB_FORMS, words


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


_TROUBLE = words(
    """
    wrong late mistake error lost broken forgot forgotten missed failed failing bad worse worst problem broke burst
    """
)
_JOINTS = frozenset({"and", "so", "but", "or", "because"})
_IDLE = frozenset({("you", "know"), ("i", "mean"), ("i", "guess"), ("you", "see"), ("i", "think")})
_THEN = re.compile(r"\s+then\b")
_CONDITIONS = frozenset({"if", "unless", "suppose", "supposing", "imagine"})
_WHENEVER = frozenset({"when", "whenever", "once"})
_WOULD = words("would will i'd i'll we'd we'll")
_LASTING = NOW | {"every", "each"}


def find_story(clause_list: Sequence[Clause], answer: str, question: str, *, continued: bool = False) -> Story:
    """Find the parts in the order in which they are told.

    `continued`: the answer goes on with an earlier one, so a result may stand without an action.
    """
    imagine = asks_to_imagine(question)
    eventful = tells_event(clause_list) or (not imagine and narrates_now(clause_list))
    again = set(repeats(clause_list))
    acts = find_actions(clause_list, again, eventful=eventful, imagine=imagine)
    own, shared, imagined = ([n for n, (k, _) in acts.items() if k == kind] for kind in ("own", "shared", "imagined"))
    opinions = [
        n for n, clause in enumerate(clause_list) if n not in acts and n not in again and has_cue(clause, OPINION_CUES)
    ]
    first = next(iter(acts), None)
    tasks = [
        n
        for n, clause in enumerate(clause_list)
        if is_task(clause, n, first, max(acts, default=None), eventful=eventful)
    ]
    candidates = [n for n in range(len(clause_list)) if n not in again and n not in tasks]
    asked = continued or asks_for_outcome(question)
    results = _results(clause_list, candidates, acts, asked=asked, continued=continued and first is None)
    situation = next(
        (
            n
            for n, c in enumerate(clause_list)
            if is_situation(c, n, first, tasks, opinions, results, eventful=eventful, planned=not (own or shared))
        ),
        None,
    )
    if situation is None and (own or shared):
        situation = next((n for n, c in enumerate(clause_list) if n not in results and is_circumstance(c)), None)
    if situation is None and len(acts) > 1 and acts[first or 0][0] != "imagined":
        opening = clause_list[first or 0]
        later = any(clause_list[n].sentence > opening.sentence for n in acts)
        situation = first if later and not _TROUBLE.isdisjoint(lowered(opening)) else None
    action = next(iter(own or shared or imagined), None)

    best_result = _best(results, acts)

    def span(number: int | None) -> Span | None:
        return None if number is None else said(clause_list[number], answer)

    star = Star(span(situation), span(tasks[0] if tasks else None), span(action), span(best_result))
    verbs = tuple((number, place) for number, (_, place) in acts.items())
    return Story(star, tuple(own), tuple(shared), tuple(imagined), tuple(results), tuple(opinions), verbs)


def said(clause: Clause, answer: str) -> Span:
    """The clause as it can be read alone: without a joint at its end, and with the `then` of `since then`."""
    tokens = clause.tokens
    while len(tokens) > 2 and (tokens[-1].lower in _JOINTS or (tokens[-2].lower, tokens[-1].lower) in _IDLE):
        tokens = tokens[:-1] if tokens[-1].lower in _JOINTS else tokens[:-2]
    end = tokens[-1].end
    if tokens[-1].lower == "since" and (then := _THEN.match(answer, end)):
        end = then.end()
    return Span(Source.ANSWER, answer[clause.start : end], clause.start, end)


def _best(results: Sequence[int], acts: dict[int, tuple[str, int]]) -> int | None:
    """What came after the last deed, rather others' than one's own: what stands before may be the trouble itself."""
    last = max((n for n in acts if n not in results), default=-1)
    after = [n for n in results if n > last] or results
    return next((n for n in after if n not in acts), after[0] if after else None)


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
    supposed = _supposed(clause_list)
    candidates = [
        n
        for n in candidates
        if n not in supposed and not _is_planned(clause_list, n, acts) and not tells_before(clause_list[n])
    ]
    first = numbers[0] if numbers else (-1 if continued else None)
    last = numbers[-1] if numbers else 0
    sentence = max((clause_list[n].sentence for n, (kind, _) in acts.items() if kind == "own"), default=-1)
    present = bool(numbers) and all(is_present(clause_list[n].tokens[place]) for n, (_, place) in acts.items())

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
        facts = [n for n in candidates if is_fact(clause_list[n]) and not had_done(clause_list[n])]
        return [n for n in facts if n not in acts or acts[n][0] != "own" or _leads_somewhere(clause_list[n], acts[n])]
    if not numbers:
        return found
    opening = [n for n in candidates if clause_list[n].sentence == 0]
    looks_back = any(had_done(clause) for clause in clause_list[1:]) and not found
    changed = any(map(tells_before, clause_list))
    told_first = [
        n
        for n in opening
        if (looks_back or (changed and n not in acts) or (not found and "still" in lowered(clause_list[n])))
        and opens_with_result(clause_list[n])
    ]
    return sorted({*told_first, *found})


def _is_planned(clause_list: Sequence[Clause], number: int, acts: dict[int, tuple[str, int]]) -> bool:
    """Part of a sentence from a step on that is only imagined: `... and check after a month whether they agree`."""
    sentence = clause_list[number].sentence
    return any(
        kind == "imagined" and n <= number and clause_list[n].sentence == sentence for n, (kind, _) in acts.items()
    )


def _supposed(clause_list: Sequence[Clause]) -> frozenset[int]:
    """`If a pipe burst, I would shut the valve`, `when I start with you, I will ...`: the condition and what follows
    from it. A condition ends nothing, even alone."""
    would = {clause.sentence for clause in clause_list if not _WOULD.isdisjoint(lowered(clause))}
    opened: set[int] = set()
    found: set[int] = set()
    for number, clause in enumerate(clause_list):
        opens = next((word for word in lowered(clause) if word not in _JOINTS), "")
        if opens in _CONDITIONS or (opens in _WHENEVER and clause.sentence in would):
            found.add(number)
            opened.add(clause.sentence)
        elif clause.sentence in opened & would:
            found.add(number)
    return frozenset(found)


def _leads_somewhere(clause: Clause, act: tuple[str, int]) -> bool:
    """A deed that tells an outcome by itself: `I reduced the errors`, `since then I check twice`."""
    words_ = lowered(clause)
    verb = VERB_FORMS.get(words_[act[1]], ("", ""))[0]
    return verb in OUTCOME_VERBS or not _LASTING.isdisjoint(words_)
