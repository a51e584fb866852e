"""What to do next time: a few steps for one answer, the most useful first.

Several steps would fit most answers, so that saying all of them says nothing. What costs marks comes first (a part that
is missing, an own deed that cannot be seen); of what only makes a good answer better, the one thing that this question
gains most by. Each step can be done in a sentence, and none asks for what is there or for what cannot be had: a number
only where something is counted, parts of a story only where one was asked for.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from interview_coach.coach.base import AnsweredQuestion
from interview_coach.coach.rules.citing import Citation, beginning
from interview_coach.coach.rules.findings import Findings
from interview_coach.coach.rules.marking import MOST_COMPLETE, Kind, Marking
from interview_coach.coach.rules.modes import Mode, is_usual
from interview_coach.coach.rules.proof import proof_of
from interview_coach.domain.asking import asks_for_outcome
from interview_coach.domain.evidence import Span
from interview_coach.domain.outcomes import has_figure
from interview_coach.domain.plans import planned
from interview_coach.domain.reading import Substance
from interview_coach.domain.scorecard import Remark
from interview_coach.domain.text import has_cue
from interview_coach.domain.transcript import QuestionKind
from interview_coach.domain.vocabulary import phrases, words

_MOST = 3
_FEW_WORDS = 50
"""In a longer answer one softened statement does not matter."""
_LONG = 220
"""Words; nearly two minutes aloud."""
_TERSE = 12
"""Words of an answer to a follow-up that leaves more to ask."""
_LOOSE = 0.3
"""Degree of relevance below which the link is worth a sentence."""
NUMBER = "Put one number to this result: how many, how much or how long. An honest estimate will do."
_ALOUD = "Say this answer aloud once, without reading it."
_EXPLAINS = re.compile(r"\b(?:explain|show|teach|tell (?:them|her|him|a)|describe)\b", re.IGNORECASE)
_WITH_PEOPLE = frozenset({"service", "communication", "teamwork", "teaching", "leadership", "persuasion"})
_BY_HEAD = frozenset(
    {"problem_solving", "analysis", "expertise", "tools", "quality", "safety", "organisation", "creativity"}
)
_FAILED = words("mistake mistakes wrong regret fail failed failing error lost lose conflict trouble unsolved late")
_CLAIMS = phrases("most important | matters most | the best | better than | i prefer | i would rather | must | never")
_LIKES = phrases("i like | i love | i enjoy | i want | draws me | i would like | because | interested in | i missed")


def improvements(asked: AnsweredQuestion, marking: Marking) -> tuple[Remark, ...]:
    """What to do next time, the most useful first. A quote is None only where nothing may be quoted."""
    answer = asked.answer or ""
    if not answer.strip():
        return (_step("Next time, write two sentences: where it happened, and the first thing you did.", None),)
    best = Citation(marking, answer).best
    steps = islice(_Advice(asked, marking, answer).steps(), _MOST)
    return tuple(step if step.quote else replace(step, quote=best) for step in steps)


def subject(asked: AnsweredQuestion) -> str:
    """What the question is about, for use inside a sentence; empty when the ad gave nothing."""
    label = next((requirement.label.strip() for requirement in asked.requirements if requirement.label.strip()), "")
    return f"“{label}”" if label and len(label.split()) <= 10 else ""


def _step(text: str, quote: Span | None) -> Remark:
    return Remark(text, "improvement", quote)


class _Advice:
    """The steps for one answer."""

    def __init__(self, asked: AnsweredQuestion, marking: Marking, answer: str) -> None:
        self._asked = asked
        self._marking = marking
        self._answer = answer
        self._found = Findings(marking)
        self._cite = Citation(marking, answer)
        self._topic = subject(asked)
        self._follows = asked.kind is QuestionKind.PROBE

    def steps(self) -> Iterator[Remark]:
        """In the order of their use; at least one."""
        if self._marking.kind is not Kind.TOLD or self._found.owns_up:
            yield self._first()
            return
        steps = [*self._link(), *self._parts(), *self._polish()]
        yield from steps or [self._finish()]

    def _first(self) -> Remark:
        """The one step for what is not told yet."""
        marking, cite = self._marking, self._cite
        topic = self._topic or "what the question asks"
        refused = marking.study.gate.refused
        if marking.kind is Kind.LIST:
            text = "Choose one of these words and tell in two sentences where you used it."
            return _step(text, cite.of(*marking.study.clauses) or cite.best)
        if marking.kind is Kind.DECLINED or (marking.kind is not Kind.ELSEWHERE and self._found.owns_up):
            text = "It is fine to say so. Then add one sentence about something close to it that you have done"
            return _step(f"{text}{self._near()}.", cite.best)
        if marking.kind is Kind.ELSEWHERE:
            text = f"Begin with one sentence that says what this has to do with {topic}."
            return _step(text, cite.best)
        if refused is Substance.COPIED:
            text = "This is the question again. Start with “I” and say one thing that you did."
            return _step(text, beginning(self._answer))
        if refused is Substance.HOSTILE:
            text = "This was not read as an answer. Write one sentence about something that you did."
            return _step(text, beginning(self._answer))
        if refused is not None:
            text = "This could not be read as an answer. Write one sentence that starts with “I” and says what you did."
            return _step(text, beginning(self._answer))
        if marking.mode is Mode.PLAN and len(self._found.planned) > 1:
            return _step("Add to each step what a listener can picture: whom, what or when.", cite.best)
        imagined = self._found.at(planned(self._found.clauses, self._found.story))
        quote = cite.of(*imagined) if marking.mode is Mode.STORY else None
        return _step(_BEGINNINGS[marking.mode].format(topic=topic), quote or cite.best)

    def _near(self) -> str:
        if not self._topic:
            return ""
        return f", at work, in training or in private, even if it only touches {self._topic}"

    def _link(self) -> Iterator[Remark]:
        if self._marking.again:
            yield _step(
                "You told this to an earlier question. Choose another case here, so that each answer shows something "
                "new.",
                self._cite.first,
            )
        elif self._marking.link.is_doubtful:
            topic = self._topic or "what was asked"
            yield _step(f"Begin with one sentence that says what this has to do with {topic}.", self._cite.first)

    def _parts(self) -> Iterator[Remark]:
        if self._follows:
            return self._of_follow_up()
        match self._marking.mode:
            case Mode.STORY:
                return self._of_story()
            case Mode.PLAN:
                return self._of_plan()
            case Mode.VIEW:
                return self._of_view()
            case Mode.FACT:
                return self._of_fact()
            case Mode.ACCOUNT:
                return self._of_account()
            case Mode.REASON:
                return self._of_reason()

    def _of_story(self) -> Iterator[Remark]:
        found, cite = self._found, self._cite
        yield from self._own_part()
        if not found.story.is_event:
            return
        yield from self._end()
        whole = self._marking.completeness == MOST_COMPLETE  # then what is not named can be seen from what was done
        if not found.is_set and not whole:
            yield _step("Before this, say in half a sentence where and when it was.", cite.first)
        elif found.star.task is None and self._marking.completeness < _MUCH and not found.begins_in_trouble:
            yield _step("Before this, say in half a sentence what you had to achieve.", cite.of(found.main))

    def _own_part(self) -> Iterator[Remark]:
        found, cite = self._found, self._cite
        if not found.story.own_actions and found.story.shared_actions:
            text = "Say which part of this was yours, in one sentence that starts with “I”."
            yield _step(text, cite.of(found.main, *self._marking.told))
        elif not found.story.own_actions:
            yield _step("After this, add one sentence that starts with “I” and says what you did.", cite.last)

    def _end(self) -> Iterator[Remark]:
        found, cite = self._found, self._cite
        if found.star.result is None and found.may_end is not None:
            yield _step(
                "Start this sentence with “In the end”, so that nobody misses how it ended.", cite.of(found.may_end)
            )
        elif found.star.result is None:
            text = "After this, add what changed: one sentence with a before and an after."
            yield _step(text, cite.of(found.main))
        elif found.countable is not None:
            yield _step(NUMBER, cite.of(found.countable))
        elif found.is_pale_at_the_end:
            yield _step("Say how that showed: what did somebody say or do?", cite.of(*found.results))

    def _of_follow_up(self) -> Iterator[Remark]:
        """It asked for one thing, and the answer before may have told the rest."""
        found, cite = self._found, self._cite
        if found.story.shared_actions and not found.story.own_actions:
            yield from self._own_part()
        if asks_for_outcome(self._asked.question) and (found.star.result is None or found.countable is not None):
            yield from self._end()
        elif found.countable is not None and not any(map(has_figure, found.clauses)):
            yield _step(NUMBER, cite.of(found.countable))
        if self._marking.study.reading.words < _TERSE and not found.has_figure:
            yield _step("Give one detail more: a name, a number or what somebody said.", cite.last)

    def _of_plan(self) -> Iterator[Remark]:
        """Two at most: what the marks count for a plan is an example, a reason and a check."""
        found, cite = self._found, self._cite
        if is_usual(self._asked.question):
            if not self._marking.example:
                yield _step("Add one day on which it mattered: “Last week, for instance, I …”.", cite.of(found.main))
            elif found.reason is None:
                yield _step("Say what goes wrong without it, in one sentence with “because”.", cite.of(found.main))
            return
        if not found.in_order and not found.story.is_event:
            yield _step("Name the step that comes after this one.", cite.last)
        example = _step(
            "Add the nearest thing that you have done: “Once, when I …”.", cite.of(*found.planned, found.main)
        )
        reason = _step(
            "Say why you would begin with this: one sentence with “because”.", cite.of(*found.planned, found.main)
        )
        check = _step("Add how you would see whether it worked.", cite.last)
        otherwise = _step("Add what you would do if this does not help.", cite.last)
        missing = [
            (example, not found.case),
            (reason, found.reason is None),
            (check, not found.checks),
            (otherwise, not found.provides),
        ]
        if _EXPLAINS.search(self._asked.question):
            understood = _step("Add how you would see that it was understood.", cite.last)
            missing = [(understood, not found.checks), missing[0]]
        elif self._asked.competency in _WITH_PEOPLE:
            missing = [missing[3], missing[1], missing[0], missing[2]]
        elif self._asked.competency in {"safety", "organisation", "quality", "problem_solving"}:
            missing = [missing[2], missing[0], missing[1], missing[3]]
        open_ones = [step for step, is_open in missing if is_open]
        yield from open_ones[: 2 if self._marking.completeness < _MANY else 1]

    def _of_view(self) -> Iterator[Remark]:
        found, cite = self._found, self._cite
        claims = any(has_cue(clause, _CLAIMS) for clause in found.clauses)
        if not found.example:
            yield _step("Add one case in which you saw or did this: “For instance, when I …”.", cite.last)
        elif found.reason is None and claims:
            yield _step("Add why: one sentence with “because”.", cite.first)

    def _of_fact(self) -> Iterator[Remark]:
        found, cite = self._found, self._cite
        kinds = {proof_of(requirement) for requirement in self._asked.requirements}
        if not found.has_figure and not kinds.isdisjoint({"credential", "tenure"}):
            yield _step("Say since when you have it, or when you will, with the month and the year.", cite.first)
        elif not found.example:
            yield _step("Add the last time that you needed it, in one sentence: “Last month, when …”.", cite.last)

    def _of_account(self) -> Iterator[Remark]:
        if self._marking.example is None and self._found.star.result is None:
            yield _step("Pick one day of that work, and tell it in two sentences.", self._cite.of(self._found.main))

    def _of_reason(self) -> Iterator[Remark]:
        found, cite = self._found, self._cite
        if not any(has_cue(clause, _LIKES) for clause in found.clauses):
            yield _step(
                f"Finish this sentence about {self._topic or 'the job'}: “I want to do this because …”.", cite.first
            )
        if not found.story.is_event and self._marking.example is None:
            yield _step("Add one thing that you did and that shows it.", cite.first)
        elif self._topic and self._marking.link.degree < _LOOSE:
            yield _step(f"Say in one sentence what you would bring to {self._topic}.", cite.last)

    def _polish(self) -> Iterator[Remark]:
        marking, cite, answer = self._marking, self._cite, self._answer
        if len(marking.hedges) > 1 or (marking.hedges and 20 <= marking.study.reading.words < _FEW_WORDS):
            number, hedge = marking.hedges[0]
            clause = marking.study.clauses[number]
            place = clause.start + answer[clause.start : clause.end].lower().replace("’", "'").find(hedge)
            hedge = answer[place : place + len(hedge)] if place >= clause.start else hedge
            if cite.allows(clause):
                yield _step(f"Leave out “{hedge}” here; the sentence is stronger without it.", cite.of(clause))
        if len(marking.repeated) >= 2:
            again = cite.of(*(marking.study.clauses[number] for number in marking.repeated))
            yield _step("This was already said. Leave it out the second time.", again)
        if marking.study.reading.words > _LONG:
            yield _step(
                "Tell this in two minutes at most: choose the two steps that mattered most.", cite.of(self._found.main)
            )

    def _finish(self) -> Remark:
        """The one thing that makes a good answer better."""
        found, quote = self._found, self._cite.of(self._found.main, *self._marking.told)
        if self._follows:
            return _step("Say this in your first answer next time, before anybody asks.", quote)
        if self._marking.mode is Mode.REASON:
            return _step("Begin with this next time: it shows more than a wish.", quote)
        if not found.asks_story and found.closing is None:
            return _step("Finish with one sentence on what this means for this job.", quote)
        if not found.asks_story:
            return _step(_ALOUD, quote)
        for text in self._closings():
            if text:
                return _step(text, quote)
        return _step(_ALOUD, quote)

    def _closings(self) -> Iterator[str]:
        """What a whole story may still gain by, for this kind of question, as far as it is not there."""
        found, topic = self._found, self._topic
        reason = "" if found.reason else "Add why you did it this way: one sentence with “because”."
        looks_back = (
            "" if found.reflects else "Add one sentence at the end: what you would do differently today, and why."
        )
        kept = "" if found.reflects else "Add one sentence at the end: what you have used from this since then."
        reaction = "" if found.answers_back else "Add what the other person said or did then; it shows that it worked."
        ends_here = not topic or found.closing is not None
        link = "" if ends_here else f"Finish with half a sentence on what this shows for {topic}."
        asked = set(self._asked.question.lower().replace("?", " ").replace(".", " ").split())
        if asked & _FAILED:
            yield looks_back
        if self._asked.competency in _WITH_PEOPLE:
            yield from (reaction, reason, looks_back)
        elif self._asked.competency in _BY_HEAD:
            yield from (reason, looks_back)
        else:
            yield from (kept, reason)
        yield link


_MUCH = 24
"""Marks for completeness from which on the task can be seen from what was done."""
_MANY = 20
"""Marks for completeness from which on a plan lacks only one more thing."""
_BEGINNINGS = {
    Mode.STORY: "Pick one day on which you did this, and tell what you did that day.",
    Mode.ACCOUNT: "Pick one day of that work, and tell what you did that day.",
    Mode.PLAN: "Name the very first step that you would take, and the second.",
    Mode.VIEW: "Back this with one example: “For instance, when I …”.",
    Mode.FACT: "Say in one sentence what you have or know today, and in a second one what is still missing.",
    Mode.REASON: "Finish this sentence about {topic}: “I want to do this because …”.",
}
"""The first step where hardly anything is told yet."""
