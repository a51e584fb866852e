"""What is said about an answer: what was strong, with its words, and a short summary. What to do next is in `steps`.

Every remark rests on a verbatim span of that very answer, and nothing is said about a part that was not found, except
that it was not found.
"""

from typing import Protocol

from interview_coach.coach.base import AnsweredQuestion
from interview_coach.coach.rules.citing import Citation
from interview_coach.coach.rules.findings import Findings
from interview_coach.coach.rules.marking import MOST_COMPLETE, Kind, Marking
from interview_coach.coach.rules.modes import Mode, is_usual
from interview_coach.coach.rules.relevance import content_stems
from interview_coach.coach.rules.sparing import touches
from interview_coach.coach.rules.steps import subject
from interview_coach.domain.evidence import Span
from interview_coach.domain.figures import overlaps
from interview_coach.domain.outcomes import has_figure, is_year
from interview_coach.domain.plans import planned
from interview_coach.domain.reading import Substance
from interview_coach.domain.scorecard import Remark
from interview_coach.domain.text import Clause, tokenise
from interview_coach.domain.transcript import QuestionKind

_MOST = 3
_COUNTS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five"}
_PARTS = {
    "situation": "where and when it was",
    "task": "what you had to achieve",
    "action": "what you did",
    "result": "how it ended",
}
_NOTHING = {
    Substance.FILLER: "There is no answer in this yet, so there are no marks for it.",
    Substance.COPIED: "This is the question in its own words, so there is nothing to mark yet.",
    Substance.HOSTILE: "This is not an answer to the question, so there are no marks for it.",
    Substance.GIBBERISH: "This could not be read as words.",
    Substance.DONT_KNOW: "You say openly that you have no answer. Something close to it would earn marks.",
}
_NEVER = "You say openly that you have not done this yet. Something close to it would earn marks."
_GENERAL = {
    Mode.STORY: "This stays general so far: there is no single day in it and nothing that you did.",
    Mode.ACCOUNT: "This stays general so far: a listener cannot picture a day of that work yet.",
    Mode.PLAN: "This stays general so far: there is no first step in it that a listener could picture.",
    Mode.FACT: "This stays general so far: where you stand with it is not said yet.",
    Mode.VIEW: "This stays general so far: there is no case in it that a listener could picture.",
    Mode.REASON: "This stays general so far: it could be said of any job.",
}


def strengths(asked: AnsweredQuestion, marking: Marking) -> tuple[Remark, ...]:
    """What can be pointed at; none for an answer that tells nothing."""
    found, cite = Findings(marking), Citation(marking, asked.answer or "")
    if marking.kind is not Kind.TOLD or found.owns_up:
        return ()
    remarks: list[Remark] = []

    def add(text: str, about: str, /, *clauses: Clause | None) -> None:
        quote = cite.strong(*clauses)
        if quote is not None and not any(remark.quote and _overlap(remark.quote, quote) for remark in remarks):
            remarks.append(Remark(text, about, quote))

    if found.asks_story or (found.story.is_event and marking.mode is not Mode.REASON):
        if found.measured is not None:
            add("The result has a figure, so its size is clear.", "result", found.measured)
        else:
            add("You say how it ended.", "result", *found.results)
    if found.asks_story:
        add("Your own part is clear: you say what you did.", "action", found.deed)
        if found.star.task is not None:
            add("You say what had to be achieved.", "task", _at(found.clauses, found.star.task))
        if found.star.situation is not None and found.star.situation != found.star.action:
            add("The scene is set, so a listener can follow.", "situation", _at(found.clauses, found.star.situation))
    else:
        _of_thought(found, add, usual=is_usual(asked.question))
    topic = subject(asked)
    if topic and len(marking.link.shared) >= 2:
        imagined = set(found.at(planned(found.clauses, found.story))) if found.asks_story else set()
        linked = [c for c in marking.told if c not in imagined and content_stems(c.tokens) & marking.link.shared]
        add(f"This speaks to what the ad asks for: {topic}.", "strength", *linked)
    return tuple(remarks[:_MOST])


class _Add(Protocol):
    """Adds a remark with the first of these clauses that may be quoted; none when none may."""

    def __call__(self, text: str, about: str, /, *clauses: Clause | None) -> None: ...


def _of_thought(found: Findings, add: _Add, *, usual: bool) -> None:
    """Of an answer that need not be a story. `usual`: a way of working was asked for."""
    mode, marking = found.marking.mode, found.marking
    doing = found.at(found.story.imagined_actions)
    if mode in {Mode.FACT, Mode.ACCOUNT}:
        exact = [c for c in found.clauses if has_figure(c) or any(map(is_year, c.tokens))]
        add("You name it exactly.", "strength", *exact)
        if mode is Mode.FACT:
            own = (*doing, *found.at(found.story.own_actions))
            add("You say what you do with it.", "action", *(c for c in own if c.tokens[0].lower == "i"))
    elif usual and doing:
        add("You say what you do, and not only what you think.", "action", *doing)
    elif found.reflects and mode is Mode.VIEW:
        add("You say what you would do differently, or do by now.", "strength", *found.reflections)
    elif found.planned and mode is Mode.PLAN:
        add("You name a step that you would take.", "action", *found.planned)
    elif found.story.own_actions:
        add("You back it with something that you did.", "action", found.deed)
    if mode is Mode.FACT:
        return
    add("You say why.", "strength", found.reason)
    if not found.story.is_event and found.case:
        add("You name a case.", "strength", marking.example)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _at(clause_list: tuple[Clause, ...], span: Span) -> Clause:
    return next(clause for clause in clause_list if clause.start == span.start)


def summary(asked: AnsweredQuestion, marking: Marking) -> str:
    """Two or three sentences: what was found, what was not."""
    gate = marking.study.gate
    if not (asked.answer or "").strip():
        return "This question was not answered, so there are no marks for it."
    plain = _NOTHING.get(gate.refused or Substance.STORY)
    if plain:
        return plain
    if marking.kind is Kind.LIST:
        return "These are single words side by side. None of them is tied to something that you did."
    if marking.kind is Kind.ELSEWHERE:
        return "What this has to do with the question cannot be seen from its words."
    aside = " Words that were not part of the answer were left out of the marks." if _leaves_out(asked, marking) else ""
    found = Findings(marking)
    if marking.kind is Kind.GENERAL and marking.mode is Mode.PLAN and len(found.planned) > 1:
        return "You name your steps. A listener cannot picture them yet." + aside
    if marking.kind is Kind.GENERAL and marking.mode is Mode.STORY and planned(found.clauses, found.story):
        return "You say what you would do. The question asks for something that happened." + aside
    if marking.kind is Kind.GENERAL:
        return _GENERAL[marking.mode] + aside
    if found.owns_up:
        return _NEVER
    text = _of_story(found, asked) if found.asks_story else _of_other(found, usual=is_usual(asked.question))
    if marking.link.is_doubtful:
        text += " How this belongs to the question is not said yet."
    return text + aside


def _leaves_out(asked: AnsweredQuestion, marking: Marking) -> bool:
    """More was set aside than thanks and other courtesies."""
    answer = asked.answer or ""
    if not marking.study.gate.set_aside:
        return False
    kept = [(clause.start, clause.end) for clause in marking.study.clauses]
    return any(
        not overlaps(kept, token.start, token.end) and not touches(marking.spared, token.start, token.end)
        for token in tokenise(answer)
    )


def _of_other(found: Findings, *, usual: bool) -> str:
    """What an answer that need not be a story gives."""
    match found.marking.mode:
        case Mode.PLAN if found.planned and not usual:
            count = len(found.planned)
            named = f"{_COUNTS.get(count, str(count))} step{'s' if count > 1 else ''}"
            return f"You name {named}, and a case that shows it." if found.case else f"You name {named}."
        case Mode.PLAN:
            return "You say how you go about it."
        case Mode.FACT:
            return "You say what you have, can or know."
        case Mode.ACCOUNT if found.star.result is not None:
            return "You show the work by something that happened."
        case Mode.ACCOUNT:
            return "You say what the work was."
        case Mode.REASON if found.story.is_event:
            return "You back your reasons with something that you did."
        case Mode.REASON:
            return "You say what draws you to it."
        case _ if found.story.is_event:
            return "You back what you say with something that you did."
        case _:
            return f"You say how you see it{' and name a case' if found.case else ''}."


def _of_story(found: Findings, asked: AnsweredQuestion) -> str:
    follows = asked.kind is QuestionKind.PROBE
    there = [name for part, name in _PARTS.items() if getattr(found.star, part) is not None]
    text = f"You tell {_join(there)}." if there else "There is a beginning here."
    # A follow-up asks for one part; the answer before may have told the others. What cost nothing is not missing.
    if not follows and found.marking.completeness != MOST_COMPLETE:
        missing = [part for part in _PARTS if getattr(found.star, part) is None]
        if found.is_set and "situation" in missing:
            missing.remove("situation")
        if "result" in missing and found.may_end is not None:
            missing.remove("result")
            text += " How it ended is hard to make out."
        if missing:
            text += f" Not said: {_join([_PARTS[part] for part in missing])}."
    if found.star.action is not None and not found.story.own_actions and found.story.shared_actions:
        text += " You say “we”, so your own part stays open."
    if found.countable is not None:
        text += " The result has no figure yet."
    return text


def _join(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
