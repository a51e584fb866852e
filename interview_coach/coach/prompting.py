"""From a situation to what a model is told: rules in the system text, material in fences, one task at the end."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from interview_coach.coach.base import Situation
from interview_coach.coach.context import Block, blocks
from interview_coach.coach.fences import fence
from interview_coach.coach.guards import FAULTS, Fault
from interview_coach.coach.languages import name_of
from interview_coach.coach.leaks import Secrets
from interview_coach.coach.prompt_files import CONDUCT, Prompt, load
from interview_coach.domain.competencies import COMPETENCIES
from interview_coach.domain.formats import Difficulty
from interview_coach.domain.moves import Ask, Probe
from interview_coach.domain.persona import Persona
from interview_coach.providers.base import Brief, Message

MAX_TOKENS = 300
"""40 words need about 60 in English and 250 in Thai; room for thinking is the adapters' to add."""
TEMPERATURE = 0.7
REPAIR_TEMPERATURE = 0.3
DRAFT = 1200
"""Characters of an unusable draft that go back to the model."""

DIFFICULTY = {
    Difficulty.EASY: "Keep it easy: ask for one thing that a beginner in the job can tell about.",
    Difficulty.MEDIUM: "Ask at the level of someone who does this job well.",
    Difficulty.HARD: "Be demanding: ask about trade-offs, limits, failures or decisions at the level of an expert.",
}
APPROACH = {
    "opening": "Keep it broad, so that the person can begin where they like.",
    "experience": 'Ask for one real event from the experience in "cv item".',
    "gap": "The CV does not show this: ask what comes closest in their experience or how they would go about it, "
    "without saying that anything is missing.",
    "situation": "Sketch a situation of this job in a few words and ask how they would handle it.",
    "knowledge": "Ask how they do this or explain it, so that it shows what they know.",
    "motivation": "Ask what draws them to this work, with something particular from the ad.",
}
_AIM = {
    "situation": "the situation: where and when it was, and what was going on.",
    "task": "the task: what they themselves had to achieve.",
    "action": "the action: what they themselves did, step by step.",
    "result": "the result: what came of it, in figures when there are some.",
    "specific": "one real event as an example, instead of how things are in general.",
    "deeper": "the reasons behind a decision they made, or what was hardest about it.",
    "again": "the same thing as before, in easier and quite different words, with no reproach.",
}
_BRIDGE = {
    True: 'Lead over from "last answer" with a few of its own words.',
    False: "Do not refer to the last answer.",
}


@dataclass(frozen=True, slots=True)
class Request:
    """One question to a model: what it is told, by which prompt, and what it must not give away."""

    brief: Brief
    prompt: Prompt
    conduct: Prompt
    task: str
    secrets: Secrets
    language: str
    """The language's name."""


def request(situation: Situation, nonce: str) -> Request:
    """What to tell a model for the next question. `nonce` must be new for every request."""
    conduct, prompt = load(CONDUCT), load(_prompt_name(situation))
    language = name_of(situation.dossier.language)
    system = conduct.fill(language=language, nonce=nonce, **_manner(situation.dossier.persona))
    task = prompt.fill(**_words(situation))
    text = "\n\n".join((*(_fenced(block, nonce) for block in blocks(situation)), task))
    brief = Brief(system, (Message("user", text),), MAX_TOKENS, TEMPERATURE, purpose="question")
    return Request(brief, prompt, conduct, task, Secrets(f"{system}\n{task}", nonce), language)


def _manner(persona: Persona | None) -> dict[str, str]:
    """Who speaks and how. Words of ours, from the data of the interviewers."""
    if persona is None:
        return {"who": "the interviewer", "manner": "Be warm, professional and conversational."}
    manner = f"{persona.style} When an answer stays vague, {persona.probing} You have said hello; do not do it again."
    return {"who": f"{persona.name}, the interviewer", "manner": manner}


def repair(situation: Situation, draft: str, faults: Sequence[Fault], nonce: str) -> Request:
    """The same request once more, saying what was wrong. What the model wrote is data too."""
    first = request(situation, nonce)
    problems = "\n".join("- " + FAULTS[fault.name][0].replace("$language", first.language) for fault in faults)
    unfounded = "\n".join(detail for fault in faults for detail in fault.details)
    extra = (Block("draft", draft[:DRAFT]), Block("unfounded", unfounded[:DRAFT]))
    task = load("repair").fill(problems=problems)
    fenced = (_fenced(block, nonce) for block in extra if block.text)
    text = "\n\n".join((first.brief.messages[-1].text, *fenced, task))
    brief = replace(
        first.brief, messages=(Message("user", text),), temperature=REPAIR_TEMPERATURE, purpose="question repair"
    )
    return replace(first, brief=brief, secrets=Secrets(f"{first.brief.system}\n{first.task}\n{task}", nonce))


def _fenced(block: Block, nonce: str) -> str:
    return fence(block.name, block.text, nonce)


def _prompt_name(situation: Situation) -> str:
    if isinstance(situation.move, Probe):
        return "probe"
    return "question" if situation.transcript.turns else "opening"


def _words(situation: Situation) -> dict[str, str]:
    """Values for the placeholders of a task: numbers and sentences of ours, nothing from outside."""
    dossier, move = situation.dossier, situation.move
    topic = situation.plan.topics[move.topic]
    return {
        "number": str(situation.transcript.question_count + 1),
        "total": str(dossier.max_questions),
        "difficulty": DIFFICULTY[dossier.level_of(topic.competency)],
        "competency": COMPETENCIES.get(topic.competency, COMPETENCIES["expertise"]),
        "approach": APPROACH.get(topic.kind, ""),
        "bridge": _BRIDGE[move.bridge] if isinstance(move, Ask) else "",
        "aim": _AIM.get(move.aim, _AIM["deeper"]) if isinstance(move, Probe) else "",
    }
