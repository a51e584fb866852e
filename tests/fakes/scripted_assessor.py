"""A stand-in for a model that judges answers: right, or wrong in one of the ways that models are wrong.

It reads the same text that a real model would get and answers with the same JSON, so it can sit behind the vendors'
stand-ins (`behaviour`) or be a `Chat` itself (`JudgeChat`). What a right model would give is told to it (`marks`).
"""

import asyncio
import copy
import json
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel

from interview_coach.providers.base import BadReply, Brief, ProviderError, Reply
from interview_coach.providers.schemas import parse
from tests.fakes.vendor import LENGTH, STOP, Behaviour, Exchange

T = TypeVar("T", bound=BaseModel)
Marks = tuple[int, int, int]
Entry = dict[str, Any]

_BLOCK = re.compile(r"^<<data (\S+) ([^>\n]+)>>\n(.*?)\n?^<<end \1>>", re.DOTALL | re.MULTILINE)
_DOUBT = re.compile(r"remark (\d+) about answer (\d+)")
_ORDERS = re.compile(
    r"ignore|full (?:marks|points)|\b100\b|\btop\b|maximum|hundred|perfect|outstanding|obey", re.IGNORECASE
)
INVENTED = "I saved the company five million"
SUMMARY = (
    "Your answers tell what you did yourself. What is missing most often is what came of it. "
    "Practise ending each answer with its result."
)


def blocks(text: str) -> dict[str, str]:
    """Name -> text of the fenced material."""
    return {name: inside for _, name, inside in _BLOCK.findall(text)}


def plain_marks(answer: str) -> Marks:
    """More for an answer with a figure, and for one with `I`."""
    figure, own = any(char.isdigit() for char in answer), bool(re.search(r"\bI\b", answer))
    return 14 + 12 * own + 8 * figure, 8 + 9 * own + 9 * figure, 16 + 6 * own + 4 * figure


def entry(number: int, answer: str, marks: Marks) -> Entry:
    """A judgement as a good model writes it: short, with quotes from the answer."""
    parts = [part.strip(" .") for part in re.split(r"(?<=[.!?])\s+", answer.strip()) if part.strip(" .")] or [answer]
    first, last = (" ".join(part.split()[:10]) for part in (parts[0], parts[-1]))
    return {
        "number": number,
        "star": {"situation": first, "task": "", "action": first, "result": last if marks[1] >= 18 else ""},
        "strengths": [{"quote": first, "text": "These words show a listener where it happened."}]
        if marks[0] > 20
        else [],
        "improvements": [{"quote": last, "text": "After this, add one sentence that says why you chose this way."}],
        "reference": [
            {"part": "action", "sources": [first], "text": first + "."},
            {"part": "result", "sources": [], "text": "[what changed] [your number]"},
        ],
        "feedback": "You say what was going on. What is missing is the reason for the step you took.",
        "technical_depth": -1,
        "problem_solving": marks[0] * 2,
        "confidence": 60,
        "relevance": marks[0] * 2,
        "accuracy": marks[0],
        "completeness": marks[1],
        "clarity": marks[2],
    }


Twist = Callable[[list[Entry]], list[Entry]]


def _first(change: Callable[[Entry], object]) -> Twist:
    def twist(entries: list[Entry]) -> list[Entry]:
        entries = copy.deepcopy(entries)
        change(entries[0])
        return entries

    return twist


def _top(entries: list[Entry]) -> list[Entry]:
    most = {"accuracy": 40, "completeness": 30, "clarity": 30}
    most |= dict.fromkeys(("technical_depth", "problem_solving", "confidence", "relevance"), 100)
    return [one | most for one in entries]


def _inventing(entries: list[Entry]) -> list[Entry]:
    return [one | {"strengths": [{"quote": INVENTED, "text": "This shows the size of it."}]} for one in entries]


TWISTS: dict[str, Twist] = {
    "right": lambda entries: entries,
    "sycophantic": _top,
    "inventing": _inventing,
    "inventing for ever": _inventing,
    "99": _first(lambda one: one.update(accuracy=99)),
    "negative": _first(lambda one: one.update(clarity=-1)),
    "a word": _first(lambda one: one.update(completeness="thirty")),
    "a number in quotes": _first(lambda one: one.update(completeness="30")),
    "half a mark": _first(lambda one: one.update(completeness=20.5)),
    "no marks": _first(lambda one: one.pop("clarity")),
    "null": _first(lambda one: one.update(clarity=None)),
    "missing": lambda entries: entries[1:],
    "extra": lambda entries: [*entries, entries[0] | {"number": 977}],
    "twice": lambda entries: [*entries, entries[0] | {"accuracy": 1}],
    "renumbered": lambda entries: [one | {"number": one["number"] + 500} for one in entries],
    "no list": lambda entries: [],
    "not entries": lambda entries: ["good", 7, None],  # type: ignore[list-item]
}
TEXTS: dict[str, Callable[[str], str]] = {
    "cut off": lambda text: text[: len(text) * 2 // 3],
    "empty": lambda text: "",
    "prose": lambda text: "I would give this person a very good mark.",
}


@dataclass
class Judge:
    """One model. `kind` is a key of TWISTS or TEXTS, or `obedient`; after `times` judgements it is right."""

    kind: str = "right"
    marks: Callable[[str], Marks] = plain_marks
    times: int | None = None
    obeys: Callable[[str], bool] = lambda answer: bool(_ORDERS.search(answer))
    summary: str | Sequence[str] = SUMMARY
    requests: list[str] = field(default_factory=list)
    """User texts, in order."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, text: str) -> str:
        """The reply to a user text."""
        with self._lock:
            self.requests.append(text)
            judged = sum("answer" in " ".join(blocks(one)) and not _DOUBT.search(one) for one in self.requests)
            summed = sum("scorecard" in blocks(one) for one in self.requests)
        material = blocks(text)
        if "scorecard" in material:
            return self.summary if isinstance(self.summary, str) else self.summary[summed - 1]
        if doubts := _DOUBT.findall(text):
            quotes = [
                {"id": int(found), "quote": " ".join(material[f"answer {number}"].split()[:4])}
                for found, number in doubts
            ]
            if self.kind == "inventing for ever":
                quotes = [quote | {"quote": INVENTED} for quote in quotes]
            return json.dumps({"quotes": quotes})
        answers = {int(name[7:]): inside for name, inside in material.items() if name.startswith("answer ")}
        entries = [entry(number, answer, self.marks(answer)) for number, answer in answers.items()]
        kind = self.kind if self.times is None or judged <= self.times else "right"
        if kind == "obedient":
            entries = [_top([one])[0] if self.obeys(answers[one["number"]]) else one for one in entries]
        reply = json.dumps({"answers": TWISTS.get(kind, TWISTS["right"])(entries)})
        return TEXTS.get(kind, lambda whole: whole)(reply)


@dataclass
class JudgeChat:
    """A `Chat` that a judge answers. `errors` are raised by the calls with these numbers, from 1."""

    judge: Callable[[str], str]
    errors: dict[int, ProviderError] = field(default_factory=dict)
    provider: str = "scripted"
    model: str = "scripted-1"
    hang: bool = False
    briefs: list[Brief] = field(default_factory=list)
    busy: int = 0
    busiest: int = 0
    """Most calls at the same time."""

    async def reply(self, brief: Brief, *, schema: type[T] | None = None) -> Reply:
        self.briefs.append(brief)
        number = len(self.briefs)
        self.busy += 1
        self.busiest = max(self.busiest, self.busy)
        try:
            await asyncio.sleep(0)
            if self.hang:
                await asyncio.Event().wait()
            if number in self.errors:
                raise self.errors[number]
            text = self.judge(brief.messages[-1].text)
        finally:
            self.busy -= 1
        if not text:
            raise BadReply("The model sent an empty answer.")
        if schema is None:
            return Reply(text, "scripted-1-dated")
        try:
            return Reply(text, "scripted-1-dated", parse(text, schema))
        except ValueError:
            raise BadReply("The model sent an answer that does not have the agreed form.") from None

    def stream(self, brief: Brief) -> Any:
        raise NotImplementedError("a judge does not stream")

    @property
    def purposes(self) -> list[str]:
        return [brief.purpose for brief in self.briefs]

    @property
    def told(self) -> str:
        """All that was ever sent, system texts included."""
        return "\n".join(
            text for brief in self.briefs for text in (brief.system, *(message.text for message in brief.messages))
        )


def behaviour(judge: Judge) -> Behaviour:
    """The judge behind a vendor's wire. A reply that is cut off also says so."""

    def behave(x: Exchange) -> None:
        cut = judge.kind == "cut off" and x.asked.schema is not None
        x.answer(judge(x.asked.last), LENGTH if cut else STOP)

    return behave
