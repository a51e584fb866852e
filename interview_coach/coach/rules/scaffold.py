"""How a strong answer would be built: the person's own sentences in the order of STAR, gaps named in brackets.

It never invents: what is not in the answer or the CV stays a gap.
"""

from interview_coach.coach.base import AnsweredQuestion
from interview_coach.coach.rules.marking import Kind, Marking
from interview_coach.coach.rules.modes import Mode
from interview_coach.coach.rules.remarks import quote_of, subject, wants_number
from interview_coach.domain.evidence import Source
from interview_coach.domain.text import Clause

_MOST_ACTIONS = 3


def scaffold(asked: AnsweredQuestion, marking: Marking) -> str:
    """Lines of `Part: words`, ready to be filled in."""
    answer, study = asked.answer or "", marking.study
    story, star = study.story, study.reading.star
    topic = subject(asked)
    told = marking.kind is Kind.TOLD
    lines = [] if told else _from_cv(asked)
    if marking.mode is not Mode.STORY:
        lines += _thought(marking, answer, topic)
        return "\n".join(lines)

    def words(clause: Clause) -> str:
        span = quote_of(clause, answer)
        return f"“{' '.join(span.text.split())}”"

    def part(start: int | None) -> str | None:
        return next((words(clause) for clause in study.clauses if clause.start == start), None) if told else None

    used: set[int] = set()
    situation = part(star.situation.start if star.situation else None)
    lines.append(f"Situation: {situation or '[where and when this was, in half a sentence]'}")
    used.update({star.situation.start} if star.situation else set())
    repeated = star.task is not None and star.task.start in used
    task = part(star.task.start) if star.task and not repeated else None
    if not repeated or not told:
        lines.append(f"Task: {task or '[what you had to achieve]'}")
    used.update({star.task.start} if star.task else set())
    actions = (
        [study.clauses[n] for n in story.own_actions if study.clauses[n].start not in used][:_MOST_ACTIONS]
        if told
        else []
    )
    if actions:
        lines.append("Action: " + " · ".join(map(words, actions)))
    elif told and story.shared_actions:
        lines.append(
            f"Action: {words(study.clauses[story.shared_actions[0]])} [which part of this was yours, starting with “I”]"
        )
    elif not (told and story.own_actions):
        lines.append("Action: I [what you did first]. Then I [what you did next].")
    used.update(clause.start for clause in actions)
    results = [study.clauses[n] for n in story.results] if told else []
    fresh = [clause for clause in results if clause.start not in used][:2]
    if fresh:
        lines.append("Result: " + " · ".join(map(words, fresh)))
    elif not results:
        lines.append("Result: As a result, [what changed, from … to …] [your number].")
    if results and wants_number(marking):
        lines[-1] += " [your number]"
    if topic:
        lines.append(f"Link: [one sentence on how this shows {topic}]")
    return "\n".join(lines)


def _from_cv(asked: AnsweredQuestion) -> list[str]:
    """Where the person's own facts may be found, when the answer has none."""
    item = next((span for span in asked.evidence if span.source is Source.CV and span.text.strip()), None)
    return [f"Start from your CV: “{' '.join(item.text.split())}”"] if item else []


def _thought(marking: Marking, answer: str, topic: str) -> list[str]:
    about = topic or "this"
    first = next(iter(marking.told), None) if marking.kind is Kind.TOLD else None
    own = "“" + " ".join(answer[first.start : first.end].split()) + "”" if first else None
    acted = marking.study.story.own_actions if first else ()
    done = quote_of(marking.study.clauses[acted[-1]], answer).text if acted else ""
    example = f"“{' '.join(done.split())}”" if done and marking.study.clauses[acted[-1]] is not first else None
    why = marking.reason if first else None
    reason = f"“{' '.join(quote_of(why, answer).text.split())}”" if why and why is not first else None
    if marking.mode is Mode.PLAN:
        return [
            f"First step: {own or '[the very first thing you would do]'}",
            "Next step: [what comes after it, and why]",
            "Check: [how you would see that it worked] [your number]",
            f"Example: {example or '[something like it that you have done]'}",
        ]
    if marking.mode is Mode.REASON:
        return [
            f"Reason: {own or f'[what about {about} you want to do, because …]'}",
            f"Proof: {example or '[one thing you did that shows it] [your number]'}",
            f"Link: [what you would bring to {about}]",
        ]
    return [
        f"Point: {own or f'[what matters most in {about}, in one sentence]'}",
        f"Reason: {reason or '[because …]'}",
        f"Example: {example or '[when you saw or did it] [your number]'}",
    ]
