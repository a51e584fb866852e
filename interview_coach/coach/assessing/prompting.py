"""From answers to what a model is told: rules and rubric in the system text, the rest in
fences, one task at the end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from interview_coach.coach.assessing.gate import Readable
from interview_coach.coach.base import Background
from interview_coach.coach.context import CLAUSE, LABEL
from interview_coach.coach.fences import fence
from interview_coach.coach.languages import is_english, name_of
from interview_coach.coach.leaks import Secrets
from interview_coach.coach.prompt_files import load
from interview_coach.documents.contacts import redact_contacts
from interview_coach.domain.rubric import Rubric
from interview_coach.providers.base import Brief, Message

PROMPT = "assess"
TEMPERATURE = 0.2
TOKENS = 1000
"""For the judgement of one answer in English; other scripts take more."""
MOST_TOKENS = 9000
FACTS = 3000
"""Characters of CV facts."""


@dataclass(frozen=True, slots=True)
class Asking:
    """One request, and what its reply must not give away."""

    brief: Brief
    secrets: Secrets


@dataclass(frozen=True, slots=True)
class Doubt:
    """A quotation that was not found: what it was to support, and in which answer."""

    id: int
    number: int
    text: str
    quote: str


@dataclass(frozen=True, slots=True)
class Prompting:
    """Words all requests about one batch."""

    rubric: Rubric
    background: Background

    def judge(self, answers: Sequence[Readable], nonce: str, *, again: bool = False) -> Asking:
        """Ask for a judgement of each answer. `nonce` must be new for every request."""
        task = load("assess_again" if again else "assess_batch").fill(numbers=_numbers(one.number for one in answers))
        facts = fence("cv facts", _facts(self.background), nonce)
        text = "\n\n".join((*self._job(nonce), facts, *_material(answers, nonce), task))
        wide = 1 if is_english(self.background.language) else 2
        tokens = min(MOST_TOKENS, 400 + wide * TOKENS * len(answers))
        return self._asking(text, task, nonce, tokens, "marks again" if again else "marks")

    def requote(self, answers: Sequence[Readable], doubts: Sequence[Doubt], nonce: str) -> Asking:
        """Ask only for the words that remarks rest on."""
        task = load("assess_quotes").fill(numbers=_numbers(doubt.id for doubt in doubts))
        remarks = [
            fence(
                f"remark {doubt.id} about answer {doubt.number}",
                f"{doubt.text[:400]}\nwords given: {doubt.quote[:400]}",
                nonce,
            )
            for doubt in doubts
        ]
        concerned = {doubt.number for doubt in doubts}
        material = _material([one for one in answers if one.number in concerned], nonce)
        text = "\n\n".join((*material, *remarks, task))
        return self._asking(text, task, nonce, min(MOST_TOKENS, 200 + 120 * len(doubts)), "quotes again")

    def _asking(self, text: str, task: str, nonce: str, tokens: int, purpose: str) -> Asking:
        prompt = load(PROMPT)
        words = {"language": name_of(self.background.language), "nonce": nonce}
        system = prompt.fill(rubric=_anchors(self.rubric), **words)
        # The rubric is shown to the person anyway, so words of it are no secret.
        secrets = Secrets(f"{prompt.fill(rubric='', **words)}\n{task}", nonce)
        return Asking(Brief(system, (Message("user", text),), tokens, TEMPERATURE, purpose=purpose), secrets)

    def _job(self, nonce: str) -> list[str]:
        known = {"job title": self.background.job_title, "company": self.background.company}
        return [fence(name, redact_contacts(text)[:LABEL], nonce) for name, text in known.items() if text.strip()]


def _material(answers: Sequence[Readable], nonce: str) -> list[str]:
    blocks: list[str] = []
    for one in answers:
        blocks.append(fence(f"question {one.number}", redact_contacts(one.asked.question), nonce))
        for requirement in one.asked.requirements:
            text = redact_contacts(requirement.span.text or requirement.label)[:CLAUSE]
            blocks.append(fence(f"requirement of question {one.number}", text, nonce))
        blocks.append(fence(f"answer {one.number}", one.shown, nonce))
    return blocks


def _facts(background: Background) -> str:
    """CV items without contact data, the weightiest as far as there is room, in the order of the CV."""
    room, kept = FACTS, []
    for item in sorted(background.cv_items, key=lambda item: -item.weight):
        line = " ".join(redact_contacts(item.span.text).split())[:CLAUSE]
        if line and len(line) <= room:
            kept.append((item.span.start, f"- {line}"))
            room -= len(line)
    return "\n".join(line for _, line in sorted(kept)) or "(none)"


def _anchors(rubric: Rubric) -> str:
    """Criteria with their bands. These are words of ours."""
    lines: list[str] = []
    for criterion in rubric.criteria:
        lines.append(f"{criterion.key}, 0 to {criterion.maximum}: {criterion.question}")
        top = criterion.maximum
        for anchor in criterion.anchors:
            band = f"{anchor.lowest} to {top}" if top > anchor.lowest else str(top)
            example = f" Example: {anchor.example}" if anchor.example else ""
            lines.append(f"- {band}: {anchor.behaviour}{example}")
            top = anchor.lowest - 1
    return "\n".join(lines)


def _numbers(numbers: Iterable[int]) -> str:
    return ", ".join(str(number) for number in numbers)
