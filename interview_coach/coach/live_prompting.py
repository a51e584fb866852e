"""What an interviewer is told that speaks for itself: the rules of a spoken interview, the plan, the documents in
fences, and where the interview stands."""

from dataclasses import dataclass, replace

from interview_coach.coach.context import CLAUSE, LABEL, masked, within
from interview_coach.coach.fences import fence
from interview_coach.coach.languages import name_of
from interview_coach.coach.prompt_files import load
from interview_coach.coach.prompting import APPROACH, DIFFICULTY
from interview_coach.documents.contacts import redact_contacts
from interview_coach.documents.selection import select
from interview_coach.domain.competencies import COMPETENCIES
from interview_coach.domain.dossier import Dossier
from interview_coach.domain.plan import Plan
from interview_coach.domain.transcript import Transcript

NAME = "live"
DOCUMENT = 6000
"""Characters of each document: there is one instruction for the whole interview, so there is room."""
ANSWER = 600
"""Characters of each answer that is told again."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How this interviewer speaks; words of ours, from the persona's data."""

    name: str
    style: str
    greeting: str
    probing: str


def live_label() -> str:
    """Name and version of the prompt, as a question stores it."""
    return load(NAME).label


def live_instruction(dossier: Dossier, plan: Plan, transcript: Transcript, manner: Manner, nonce: str) -> str:
    """The whole instruction. `nonce` must be new for every call."""
    cv, job = masked(dossier.cv_text), masked(dossier.job_text)
    items = [replace(item, span=within(cv, item.span)) for item in dossier.cv_items]
    requirements = [replace(requirement, span=within(job, requirement.span)) for requirement in dossier.requirements]
    blocks = [
        ("job title", redact_contacts(dossier.job_title)[:LABEL]),
        ("company", redact_contacts(dossier.company)[:LABEL]),
        ("cv", select(cv, items, DOCUMENT)),
        ("job ad", select(job, requirements, DOCUMENT)),
        ("plan", _plan(dossier, plan, transcript)),
        ("conversation so far", _so_far(transcript)),
    ]
    return load(NAME).fill(
        name=manner.name,
        style=manner.style,
        greeting=manner.greeting,
        probing=manner.probing,
        language=name_of(dossier.language),
        total=str(dossier.max_questions),
        probes=str(plan.probes),
        nonce=nonce,
        standing=_standing(transcript, dossier.max_questions),
        material="\n\n".join(fence(name, text, nonce) for name, text in blocks if text),
    )


def _plan(dossier: Dossier, plan: Plan, transcript: Transcript) -> str:
    asked = {turn.topic for turn in transcript.turns}
    lines = []
    for index, topic in enumerate(plan.topics):
        if index in asked or topic.reserve:
            continue
        wants = " / ".join(redact_contacts(dossier.requirements[n].span.text)[:CLAUSE] for n in topic.requirements)
        backing = ""
        if topic.cv_item is not None:
            backing = f" From the CV: {redact_contacts(dossier.cv_items[topic.cv_item].span.text)[:CLAUSE]}"
        about = COMPETENCIES.get(topic.competency, COMPETENCIES["expertise"])
        level = DIFFICULTY[dossier.level_of(topic.competency)]
        lines.append(f"- {about}: {wants}{backing} ({APPROACH.get(topic.kind, '')} {level})")
    return "\n".join(lines)


def _so_far(transcript: Transcript) -> str:
    lines = []
    for turn in transcript.turns:
        lines.append(f"Question {turn.number}: {redact_contacts(turn.question)}")
        if not turn.is_open:
            lines.append(f"Answer {turn.number}: {redact_contacts(turn.answer or '(skipped)')[:ANSWER]}")
    return "\n".join(lines)


def _standing(transcript: Transcript, total: int) -> str:
    last = transcript.last
    if last is None:
        return f"The interview has not begun. Your first question is number 1 of {total}."
    if last.is_open:
        return (
            f"The interview is going on: you have greeted the person and asked question {last.number} of {total}, and "
            "wait for its answer. Do not greet again and do not ask it again unless you are asked to."
        )
    return (
        f"The interview is going on: {transcript.question_count} of {total} questions are done. Do not greet again; "
        f"go on with question {transcript.question_count + 1}."
    )
