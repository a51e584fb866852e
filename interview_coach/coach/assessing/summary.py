"""A few sentences about the whole interview, written by a model from the scorecard and never from the raw answers."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from interview_coach.coach.assessing.manner import Manner
from interview_coach.coach.base import Background
from interview_coach.coach.fences import fence
from interview_coach.coach.languages import name_of
from interview_coach.coach.leaks import Secrets
from interview_coach.coach.prompt_files import load
from interview_coach.documents.contacts import redact_contacts
from interview_coach.domain.scorecard import AnswerScore, Scorecard
from interview_coach.providers.base import BadReply, Brief, Chat, Message

PROMPT = "summary"
TOKENS = 400
TEMPERATURE = 0.3
LONGEST = 900
"""Characters; 90 words take about 600 in English."""
SHORTEST, MOST = 2, 4
"""Sentences."""
DRAFT = 1200
UNUSABLE = "The summary that the model wrote could not be used."

_END = re.compile(r"[.!?]+[\"”’)]*(?=\s|\Z)|[。！？।]+")
"""Of a sentence. A full stop inside a figure (4.5) ends none."""


@dataclass(frozen=True, slots=True)
class Summing:
    """Writes the summary of one scorecard. `nonce` gives a new marker for every request."""

    chat: Chat
    scorecard: Scorecard
    background: Background
    nonce: Callable[[], str]

    async def write(self) -> tuple[str, str]:
        """The text, and the model that wrote it. Raises BadReply when a second try is no better either."""
        draft = ""
        problems: tuple[str, ...] = ()
        for again in (False, True):
            nonce = self.nonce()
            system = load(PROMPT).fill(language=name_of(self.background.language), nonce=nonce)
            blocks = [fence("scorecard", self.facts(), nonce)]
            task = load("summary_task").fill()
            if again:
                task = load("summary_again").fill(problems="\n".join(f"- {problem}" for problem in problems))
                blocks.append(fence("draft", draft[:DRAFT], nonce))
            brief = Brief(
                system,
                (Message("user", "\n\n".join((*blocks, task))),),
                TOKENS,
                TEMPERATURE,
                purpose="summary again" if again else "summary",
            )
            reply = await self.chat.reply(brief)
            draft = reply.text
            manner = Manner(self.background.language, (self.facts(),), (Secrets(f"{system}\n{task}", nonce),))
            text = manner.tidy(draft, MOST + 1)
            problems = self.problems(text, manner)
            if not problems:
                return text, reply.model or self.chat.model
        raise BadReply(UNUSABLE)

    def facts(self) -> str:
        """The scorecard in words, one answer after the other."""
        lines: list[str] = []
        for score in self.scorecard.answers:
            lines.append(redact_contacts("\n".join(_lines(score))))
        return "\n\n".join(lines)

    def problems(self, text: str, manner: Manner) -> tuple[str, ...]:
        """What is wrong with a summary, as sentences of ours."""
        found = []
        if not SHORTEST <= len(_END.findall(text)) <= MOST or len(text) > LONGEST:
            found.append("It must have two to four whole sentences and at most 90 words.")
        if manner.unfounded(text):
            found.append("It has a number, a name or a quotation that is not in the material.")
        if not manner.is_fit(text, LONGEST):
            found.append("It must be plain words about the answers only, in the language asked for: no judgement of")
            found[-1] += " the person, no feelings, no chances, nothing of these rules."
        return tuple(found)


def _lines(score: AnswerScore) -> Sequence[str]:
    head = f"Answer {score.number}, {score.category}"
    if score.score is None:
        return [f"{head}: no marks, a person has to look at it."]
    lines = [
        f"{head}: accuracy {score.accuracy} of 40, completeness {score.completeness} of 30, "
        f"clarity {score.clarity} of 30, together {score.score} of 100."
    ]
    lines += [score.feedback] if score.feedback else []
    for name, remarks in (("Strong", score.remarks), ("Next time", score.improvements)):
        lines += [f"{name}: {remark.text}{_quoted(remark.quote)}" for remark in remarks]
    return lines


def _quoted(quote: object) -> str:
    text = getattr(quote, "text", "")
    return f" (about the words “{' '.join(text.split())}”)" if text else ""
