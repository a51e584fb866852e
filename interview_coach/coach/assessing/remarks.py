"""From a verdict to what is shown: quotes found in the answer, remarks that pass, feedback, reference answer, notes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from interview_coach.coach.assessing.gate import LEFT_OUT, Readable
from interview_coach.coach.assessing.manner import Manner
from interview_coach.coach.assessing.merging import Verdict
from interview_coach.coach.assessing.prompting import Doubt, Prompting
from interview_coach.coach.assessing.reference import build
from interview_coach.coach.assessing.schema import FoundQuotes, Observation
from interview_coach.coach.assessing.verbatim import find
from interview_coach.coach.rules.assessor import score_answer
from interview_coach.domain.evidence import Source, Span
from interview_coach.domain.provenance import Provenance
from interview_coach.domain.reading import Star
from interview_coach.domain.scorecard import PARTS, AnswerScore, Remark
from interview_coach.providers.base import Chat, ProviderError

MOST = 3
"""Strengths of an answer, and improvements."""
LONGEST = 300
"""Characters of a remark."""
FEEDBACK = 600
SENTENCES = 3


@dataclass(slots=True)
class Quotes:
    """Where the quotes of one judgement stand in the answer."""

    readable: Readable
    verdict: Verdict
    places: dict[str, Span | None] = field(default_factory=dict)
    """`star result`, `strength 0`, `improvement 1` ... -> the span; None = not in the answer."""

    def look(self) -> list[tuple[str, str, str]]:
        """Find what can be found; (key, text, quote) of what is not there."""
        open_ones: list[tuple[str, str, str]] = []
        for key, text, quote in self._all():
            self.places[key] = span_in(quote, self.readable)
            if self.places[key] is None:
                open_ones.append((key, text, quote))
        return open_ones

    def _all(self) -> list[tuple[str, str, str]]:
        judgement = self.verdict.judgement
        star = [(f"star {part}", f"This part is the {part}.", getattr(judgement.star, part)) for part in PARTS]
        found = [entry for entry in star if entry[2].strip()]
        for about, remarks in (("strength", judgement.strengths), ("improvement", judgement.improvements)):
            found += [(f"{about} {n}", remark.text, remark.quote) for n, remark in enumerate(remarks[:MOST])]
        return found


def span_in(quote: str, readable: Readable) -> Span | None:
    """The words in the stored answer, when they are also in what the model was shown of it."""
    at = find(quote, readable.answer) if find(quote, readable.shown) else None
    return None if at is None else Span(Source.ANSWER, readable.answer[at[0] : at[1]], *at)


async def settle(chat: Chat, prompting: Prompting, all_quotes: Sequence[Quotes], nonce: Callable[[], str]) -> None:
    """Find all quotes of a batch; one request, for the words only, about those that are not there.

    When that fails nothing else is lost: what was not found stays unfound.
    """
    doubts: list[Doubt] = []
    owners: dict[int, tuple[Quotes, str]] = {}
    for quotes in all_quotes:
        for key, text, quote in quotes.look():
            doubt = Doubt(len(doubts) + 1, quotes.readable.number, text, quote)
            doubts.append(doubt)
            owners[doubt.id] = (quotes, key)
    if not doubts:
        return
    asking = prompting.requote([quotes.readable for quotes in all_quotes], doubts, nonce())
    try:
        reply = await chat.reply(asking.brief, schema=FoundQuotes)
    except ProviderError:
        return
    if not isinstance(reply.parsed, FoundQuotes):
        return
    for found in reply.parsed.quotes:
        if found.id in owners:
            quotes, key = owners[found.id]
            quotes.places[key] = quotes.places[key] or span_in(found.quote, quotes.readable)


def shown(quotes: Quotes, prompting: Prompting, provenance: Provenance) -> AnswerScore:
    """The score with everything that passes, and notes on what does not."""
    readable, verdict = quotes.readable, quotes.verdict
    judgement, places, background = verdict.judgement, quotes.places, prompting.background
    manner = _manner(readable, prompting, verdict)
    star = Star(**{part: places.get(f"star {part}") for part in PARTS})
    strengths = _remarks(judgement.strengths, "strength", places, manner, star)
    improvements = _remarks(judgement.improvements, "improvement", places, manner, star)
    notes = [LEFT_OUT] if readable.set_aside else []
    notes += [*verdict.notes, *_missing(places)]
    kept_out = (
        sum(
            places[f"{about} {n}"] is not None
            for about, remarks in (("strength", judgement.strengths), ("improvement", judgement.improvements))
            for n in range(len(remarks[:MOST]))
        )
        - len(strengths)
        - len(improvements)
    )
    if kept_out:
        notes.append(f"{_count(kept_out, 'remark')} left out, because of what {_it(kept_out)} said or repeated.")
    if not improvements and readable.is_english:
        improvements = tuple(step for step in readable.by_rules.improvements if _is_shown(step, readable))
        if improvements:
            notes.append("What to do next comes from the built-in rules: no step of the model could be used.")
    feedback = manner.tidy(judgement.feedback, SENTENCES)
    if not manner.is_fit(feedback, FEEDBACK):
        feedback = readable.by_rules.feedback if readable.is_english else ""
        instead = " The words here come from the built-in rules." if feedback else ""
        notes.append(f"The model's feedback was left out, because of what it said.{instead}")
    reference = build(judgement.reference, readable, background, manner)
    if reference is None:
        notes.append("The outline of a strong answer comes from the built-in rules.")
    return AnswerScore(
        number=readable.number,
        category=readable.by_rules.category,
        accuracy=verdict.marks.accuracy,
        completeness=verdict.marks.completeness,
        clarity=verdict.marks.clarity,
        star=star,
        feedback=feedback,
        remarks=strengths,
        improvements=improvements,
        reference_answer=reference.text if reference else outline(readable, prompting),
        dimensions=dict(verdict.dimensions),
        provenance=replace(provenance, model=verdict.model),
        runs=verdict.runs,
        notes=tuple(notes),
        reference_sources=reference.sources if reference else (),
    )


def unmarked(readable: Readable, prompting: Prompting, provenance: Provenance, reason: str) -> AnswerScore:
    """An answer that needs a person's look. No number stands for it, and no words of a model either."""
    return AnswerScore(
        number=readable.number,
        category=readable.by_rules.category,
        accuracy=None,
        completeness=None,
        clarity=None,
        star=Star(),
        feedback="",
        remarks=(),
        improvements=(),
        reference_answer=outline(readable, prompting),
        dimensions=dict.fromkeys(readable.by_rules.dimensions),
        provenance=provenance,
        needs_review=reason,
        notes=(
            *([LEFT_OUT] if readable.set_aside else []),
            "The outline of a strong answer comes from the built-in rules.",
        ),
    )


def outline(readable: Readable, prompting: Prompting) -> str:
    """The rules' outline. They read English only, so any other answer gets the one with open parts."""
    if readable.is_english and not readable.set_aside:
        return readable.by_rules.reference_answer
    return score_answer(replace(readable.asked, answer=None), prompting.rubric).reference_answer


def _manner(readable: Readable, prompting: Prompting, verdict: Verdict) -> Manner:
    asked, background = readable.asked, prompting.background
    sources = (
        readable.shown,
        asked.question,
        background.job_title,
        background.company,
        *(text for requirement in asked.requirements for text in (requirement.label, requirement.span.text)),
        *(item.span.text for item in background.cv_items),
    )
    return Manner(background.language, sources, verdict.secrets)


def _remarks(
    found: Sequence[Observation], about: str, places: Mapping[str, Span | None], manner: Manner, star: Star
) -> tuple[Remark, ...]:
    kept: list[Remark] = []
    taken: set[str] = set()
    for index, remark in enumerate(found[:MOST]):
        span = places.get(f"{about} {index}")
        text = manner.tidy(remark.text, 2)
        claims = about == "strength" and star.result is None and "result" in text.lower()
        step = about == "improvement"
        if span is None or claims or text.casefold() in taken or not manner.is_fit(text, LONGEST, step=step):
            continue
        taken.add(text.casefold())
        kept.append(Remark(text, about, span))
    return tuple(kept)


def _is_shown(step: Remark, readable: Readable) -> bool:
    return step.quote is None or find(step.quote.text, readable.shown) is not None


def _missing(places: Mapping[str, Span | None]) -> list[str]:
    """What was dropped because its words are not in the answer."""
    gone = [key for key, span in places.items() if span is None]
    parts = sum(key.startswith("star ") for key in gone)
    notes = []
    if count := len(gone) - parts:
        notes.append(f"{_count(count, 'remark')} dropped, because {_its(count)} quotes are not in your answer.")
    if parts:
        notes.append(f"{_count(parts, 'part')} of the story left open, because the words given are not in your answer.")
    return notes


def _count(number: int, noun: str) -> str:
    return f"1 {noun} was" if number == 1 else f"{number} {noun}s were"


def _its(number: int) -> str:
    return "its" if number == 1 else "their"


def _it(number: int) -> str:
    return "it" if number == 1 else "they"
