"""How a strong answer would be built: the person's own sentences in the order of STAR, gaps named in brackets.

It never invents: what is not in the answer or the CV stays a gap.
"""

from collections.abc import Iterator

from interview_coach.coach.base import AnsweredQuestion
from interview_coach.coach.rules.citing import Citation
from interview_coach.coach.rules.findings import Findings
from interview_coach.coach.rules.marking import Kind, Marking
from interview_coach.coach.rules.modes import Mode
from interview_coach.coach.rules.steps import subject
from interview_coach.domain.evidence import Source, Span
from interview_coach.domain.text import Clause
from interview_coach.domain.transcript import QuestionKind

_MOST_ACTIONS = 3
_MOST_RESULTS = 2


def scaffold(asked: AnsweredQuestion, marking: Marking) -> str:
    """Lines of `Part: words`, ready to be filled in."""
    lines = [] if marking.kind is Kind.TOLD else _from_cv(asked)
    told = _Told(asked, marking)
    lines += told.story() if marking.mode is Mode.STORY else told.thought()
    return "\n".join(lines)


def _from_cv(asked: AnsweredQuestion) -> list[str]:
    """Where the person's own facts may be found, when the answer has none."""
    item = next((span for span in asked.evidence if span.source is Source.CV and span.text.strip()), None)
    return [f"Start from your CV: {_quoted(item)}"] if item else []


def _quoted(span: Span) -> str:
    return f"“{' '.join(span.text.split())}”"


class _Told:
    """What the answer gives for each line; nothing is taken twice, and nothing from an answer that tells nothing."""

    def __init__(self, asked: AnsweredQuestion, marking: Marking) -> None:
        self._found = Findings(marking)
        self._cite = Citation(marking, asked.answer or "")
        self._topic = subject(asked)
        self._follows = asked.kind is QuestionKind.PROBE
        self._used: set[int] = set()

    def _take(self, *clauses: Clause | None, most: int = 1) -> str:
        """The first of these that are free, in quotation marks; empty when none is."""
        taken: list[str] = []
        for clause in clauses:
            if clause is None or not self._found.is_told or clause.start in self._used or len(taken) == most:
                continue
            quote = self._cite.strong(clause)
            if quote is not None:
                self._used.add(clause.start)
                taken.append(_quoted(quote))
        return " · ".join(taken)

    def _part(self, span: Span | None) -> str:
        return self._take(next((c for c in self._found.clauses if span and c.start == span.start), None))

    def story(self) -> Iterator[str]:
        """A follow-up asks for one part: the scene and the task belong to the answer before."""
        found, star, acts = self._found, self._found.star, self._found.story
        if not self._follows:
            yield f"Situation: {self._part(star.situation) or '[where and when this was, in half a sentence]'}"
            if star.task is None or star.situation is None or star.task.start != star.situation.start:
                yield f"Task: {self._part(star.task) or '[what you had to achieve]'}"
        results = found.at(acts.results)
        own = [clause for clause in found.at(acts.own_actions) if clause not in results]
        done = self._take(*(own or found.at(acts.own_actions)), most=_MOST_ACTIONS)
        shared = "" if done else self._take(*found.at(acts.shared_actions))
        if done:
            yield f"Action: {done}"
        elif shared:
            yield f"Action: {shared} [which part of this was yours, starting with “I”]"
        elif not (found.is_told and (acts.own_actions or (self._follows and results))):
            yield "Action: I [what you did first]. Then I [what you did next]."
        ended = self._take(*results, most=_MOST_RESULTS)
        if ended:
            yield f"Result: {ended}{' [your number]' if found.countable else ''}"
        elif not (found.is_told and results):
            yield "Result: As a result, [what changed, from … to …] [your number]."
        if self._topic:
            yield f"Link: {self._take(found.closing) or f'[one sentence on how this shows {self._topic}]'}"

    def thought(self) -> Iterator[str]:
        """Of an answer that need not be a story."""
        found, about = self._found, self._topic or "this"
        match found.marking.mode:
            case Mode.PLAN:
                first = self._take(*found.planned, *self._cite.told)
                yield f"First step: {first or '[the very first thing you would do]'}"
                yield f"Next step: {self._take(*found.planned) or '[what comes after it, and why]'}"
                yield "Check: [how you would see that it worked]"
                yield f"Example: {self._example() or '[something like it that you have done]'}"
            case Mode.REASON:
                yield f"Reason: {self._take(*self._cite.told) or f'[what about {about} you want to do, because …]'}"
                yield f"Proof: {self._example() or '[one thing you did that shows it] [your number]'}"
                yield f"Link: [what you would bring to {about}]"
            case Mode.FACT:
                yield f"Today: {self._take(*self._cite.told) or '[what you have or know, and since when]'}"
                yield f"Example: {self._example() or '[the last time you needed it]'}"
                yield "Next: [what it means for this job, or what is still missing]"
            case _:
                point = self._take(*self._cite.alone) or f"[what matters most in {about}, in one sentence]"
                yield f"Point: {point}"
                yield f"Reason: {self._take(found.reason) or '[because …]'}"
                yield f"Example: {self._example() or '[when you saw or did it] [your number]'}"

    def _example(self) -> str:
        return self._take(*reversed(self._found.at(self._found.story.own_actions)), self._found.marking.example)
