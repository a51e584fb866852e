"""From the last answer to the next topic: a phrase of it is said back, then the talk turns."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from interview_coach.coach.rules.bank import bank
from interview_coach.coach.rules.chance import number, shuffled
from interview_coach.coach.rules.echoes import Echo
from interview_coach.coach.rules.quoting import leads_up
from interview_coach.coach.rules.slots import fill
from interview_coach.documents.words import topic_terms
from interview_coach.domain.evidence import Span

_ARTICLE = re.compile(r"(?:the|an?|my|our)\s(?!.*\b(?:is|are|was|were|has|have|had|\w+ed)\b)", re.I)
"""Begins a thing, when no verb follows."""
_USUAL = re.compile(r"\b(?:normally|usually|always|generally|in general|often)\b", re.I)
_OWN = re.compile(r"(?:I|we)\b", re.I)
_WORK = topic_terms(
    "work job task team colleague manager boss shift order supplier customer client guest patient pupil student "
    "visitor passenger user tenant desk office shop stock delivery report plan meeting project deadline budget rota "
    "invoice schedule machine system tool repair record error complaint booking appointment training safety quality "
    "checklist handover phone email spreadsheet contract board lesson ward kitchen site van solution situation "
    "communicate responsible flexible people everybody result goal skill careful"
)
"""Things of work in any trade."""


@dataclass(frozen=True, slots=True)
class Lead:
    """Sentences before a question, and the phrase of the last answer in them, if there is one."""

    text: str
    quote: Span | None = None


def bridges(
    said_before: Sequence[Echo], asked: Sequence[str], key: int, *, final: bool, manner: str = ""
) -> Iterator[Lead]:
    """Ways of saying back one of the phrases, words not used yet first. `final`: the last question comes next;
    `manner`: of the interviewer, empty for none in particular."""
    # Not every question needs a sentence that turns: the ad's `also` does it in most of them.
    turns = ["", *shuffled(bank().turn("next", manner), key, "turn")]
    if number(key, "turns") % 3 == 0:
        turns = turns[1:]
    if final:
        turns = [*shuffled(bank().turn("last", manner), key, "turn"), ""]
    turns = [turn for turn in turns if not turn or not _was_said(turn, asked)] or [""]
    # After a general remark the talk turns to something that can be told.
    firm = sorted(shuffled(bank().turn("definite", manner), key, "turn"), key=lambda turn: _was_said(turn, asked))
    for fresh, echo in product((True, False), said_before):
        for slot in ("did", "thing", "told", "claim", "plan"):
            if slot not in echo.slots:
                continue
            for form in shuffled(bank().bridges[slot], key, "bridge"):
                said = fill(form, echo.slots)
                if _began(said, asked) is fresh:
                    continue
                for turn in (*firm[:1], "") if slot == "claim" and not final else turns[:2]:
                    yield Lead(f"{said} {turn}".strip(), echo.span)


def is_worth_saying_back(echo: Echo, subject: frozenset[str]) -> bool:
    """A deed that is more than a way to one; of the rest only what says something about the question or work.
    `subject`: terms of the question and the documents."""
    text = echo.span.text
    if "did" in echo.slots:
        return not leads_up(text)
    if "claim" in echo.slots:
        # A general remark said back sounds like mockery.
        return False
    terms = topic_terms(text)
    if echo.is_plan:
        return len(terms) > 1 and not _USUAL.search(text)
    if "thing" in echo.slots or _ARTICLE.match(text):
        return len(terms) > 1 and bool(terms & subject)
    return len(terms) > 1 and bool(_OWN.match(text)) and _touches_work(text, subject)


def _touches_work(text: str, subject: frozenset[str]) -> bool:
    """True when the text shares a term with the subject, names something of work, or is only general."""
    return bool(topic_terms(text) & (subject | _WORK)) or not topic_terms(text)


def turning(asked: Sequence[str], key: int, *, final: bool, manner: str = "") -> Iterator[Lead]:
    """A sentence that turns after an answer of which nothing is to be said back."""
    texts = shuffled(bank().turn("last" if final else "next", manner), key, "turn")
    for text in sorted(texts, key=lambda text: _was_said(text, asked)):
        yield Lead(text)


def thanking(asked: Sequence[str], key: int, manner: str = "") -> Iterator[Lead]:
    """A short word in place of saying something back each time."""
    texts = shuffled(bank().turn("thanks", manner), key, "thanks")
    for text in sorted(texts, key=lambda text: _was_said(text, asked)):
        yield Lead(text)


def moving_on(asked: Sequence[str], key: int, manner: str = "", *, upset: bool = False) -> Iterator[Lead]:
    """A kind word after an answer that was none. `upset`: all that it said is not to be repeated."""
    texts = shuffled(bank().turn("upset" if upset else "nothing", manner), key, "turn")
    for text in sorted(texts, key=lambda text: _was_said(text, asked)):
        yield Lead(text)


def finishing(key: int, manner: str = "") -> Iterator[Lead]:
    """The last question is announced."""
    for text in shuffled(bank().turn("last", manner), key, "turn"):
        yield Lead(text)


def _was_said(text: str, asked: Sequence[str]) -> bool:
    return any(text.casefold() in question.casefold() for question in asked)


def _began(said: str, asked: Sequence[str]) -> bool:
    """True when a question of this interview began like that: probes count too."""
    start = said.split("“")[0].casefold() + "“"
    return any(question.casefold().startswith(start) for question in asked)
