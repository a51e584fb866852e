"""What a model gets to read for one question: selected, within budgets, and without contact data.

A CV and an ad are not cut at their head, which would hide about half of what an ad asks for; what matters for this
move is chosen. Contact data goes out before anything is chosen, from the whole text, because a phone number without
its label is harder to tell.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from interview_coach.coach.base import Situation
from interview_coach.coach.history import recount
from interview_coach.documents.contacts import find_contacts, redact_contacts
from interview_coach.documents.selection import FOLLOW_UP_BUDGET, OPENING_BUDGET, select
from interview_coach.domain.evidence import Span

CLAUSE = 400
"""Characters of one requirement or CV item."""
EARLIER = 1500
"""Characters of questions from earlier interviews."""
LABEL = 200
"""Characters of a job title or a company."""


@dataclass(frozen=True, slots=True)
class Block:
    """A named piece of material. The name is ours, the text is not."""

    name: str
    text: str


def blocks(situation: Situation) -> tuple[Block, ...]:
    """All material for the move, in the order of reading: documents, this topic, earlier questions, conversation."""
    return tuple(block for block in _blocks(situation) if block.text)


def _blocks(situation: Situation) -> Iterator[Block]:
    dossier, topic = situation.dossier, situation.plan.topics[situation.move.topic]
    budget = FOLLOW_UP_BUDGET if situation.transcript.turns else OPENING_BUDGET
    cv, job = masked(dossier.cv_text), masked(dossier.job_text)
    items = [replace(item, span=within(cv, item.span)) for item in dossier.cv_items]
    requirements = [replace(requirement, span=within(job, requirement.span)) for requirement in dossier.requirements]
    asked_of = [requirements[index].span.text for index in topic.requirements]
    backing = [] if topic.cv_item is None else [items[topic.cv_item].span.text]
    focus = (*asked_of, *backing)

    yield Block("job title", redact_contacts(dossier.job_title)[:LABEL])
    yield Block("company", redact_contacts(dossier.company)[:LABEL])
    yield Block("cv", select(cv, items, budget, focus))
    yield Block("job ad", select(job, requirements, budget, focus))
    for text in asked_of:
        yield Block("requirement", text[:CLAUSE])
    for text in backing:
        yield Block("cv item", text[:CLAUSE])
    yield Block("questions of earlier interviews", _listed(dossier.earlier_questions, EARLIER))
    exchanges = recount(situation.transcript, focus=" ".join(focus), clean=redact_contacts)
    answered = [exchange.number for exchange in exchanges if exchange.answer]
    for exchange in exchanges:
        yield Block(f"question {exchange.number}", exchange.question)
        last = answered and exchange.number == answered[-1]
        name = "last answer" if last else f"answer {exchange.number}"
        yield Block(name, exchange.answer or "(skipped)")


def masked(text: str) -> str:
    """`text` with contact data replaced by placeholders, every other character at its old offset."""
    out = list(text)
    for contact in find_contacts(text):
        width = contact.end - contact.start
        mark = contact.placeholder if len(contact.placeholder) <= width else "·" * width
        out[contact.start : contact.end] = mark.ljust(width)
    return "".join(out)


def within(text: str, span: Span) -> Span:
    """The span with the words that `text` has there."""
    return replace(span, text=text[span.start : span.end])


def _listed(questions: Iterable[str], budget: int) -> str:
    """As many questions as fit, one a line, newest last in and oldest out."""
    lines: list[str] = []
    for question in reversed(tuple(questions)):
        line = " ".join(redact_contacts(question).split())
        if sum(map(len, lines)) + len(lines) + len(line) > budget:
            break
        lines.append(line)
    return "\n".join(reversed(lines))


def sources(situation: Situation) -> tuple[str, ...]:
    """Every text that a name, a number or a quotation of the question may come from."""
    dossier = situation.dossier
    answers = (turn.answer for turn in situation.transcript.turns if turn.answer)
    return (dossier.cv_text, dossier.job_text, dossier.job_title, dossier.company, *answers)


def last_answer(situation: Situation) -> str:
    """The answer that a follow-up builds on, or nothing."""
    return next((turn.answer for turn in reversed(situation.transcript.turns) if turn.answer), "")
