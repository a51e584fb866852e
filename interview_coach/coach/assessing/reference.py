"""The reference answer: a model's lines, as far as they stand on the person's own words.

Each line names the words that it rests on. These must be found in the answer or in the CV; a number that is not among
them becomes [your number] and a name [name]; and a line most of whose words are in none of them tells something new,
so it goes. Nobody learns to tell a story that never happened.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from interview_coach.coach.assessing.gate import Readable
from interview_coach.coach.assessing.manner import Manner
from interview_coach.coach.assessing.schema import PARTS, ReferenceLine
from interview_coach.coach.assessing.verbatim import find
from interview_coach.coach.base import Background
from interview_coach.coach.languages import is_english
from interview_coach.documents.contacts import redact_contacts
from interview_coach.domain.evidence import Source, Span
from interview_coach.domain.vocabulary import FUNCTION_WORDS, NUMBER_WORDS

MOST_LINES = 8
LONGEST = 400
ENOUGH = 0.6
"""Share of a line's words with a meaning that must be in its sources or in what was asked."""
_HEAD = 5
"""Letters in which two forms of a word agree."""
_GAP = re.compile(r"\[[^\[\]]{1,80}\]")
_NUMBER = re.compile(r"[€$£]?\d+(?:[.,:/]\d+)*(?:\s?%)?")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PLAIN = frozenset({"one", "once", "first", "second", "third", "half"})
"""Number words that are mostly no figures."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Lines of `Part: words`, and where their facts stand."""

    text: str
    sources: tuple[Span, ...]


def build(
    lines: Sequence[ReferenceLine], readable: Readable, background: Background, manner: Manner
) -> Reference | None:
    """The usable lines in the order of the parts; None when no line rests on a fact."""
    kept: list[tuple[str, str]] = []
    spans: list[Span] = []
    for line in lines[:MOST_LINES]:
        found = [span for quote in line.sources[:6] if (span := _source(quote, readable, background)) is not None]
        text = _own(line.text, found, readable, background, manner)
        if text:
            kept.append((line.part, text))
            spans += found
    if not spans:
        return None
    kept.sort(key=lambda pair: PARTS.index(pair[0]))
    text = "\n".join(f"{part.capitalize()}: {words}" for part, words in kept)
    return Reference(text, tuple(dict.fromkeys(spans)))


def _source(quote: str, readable: Readable, background: Background) -> Span | None:
    """Where the words stand: in the answer as it was shown, or in a CV item."""
    at = find(quote, readable.answer) if find(quote, readable.shown) else None
    if at is not None:
        return Span(Source.ANSWER, readable.answer[at[0] : at[1]], *at)
    for item in background.cv_items:
        at = find(quote, item.span.text)
        if at is not None and find(quote, redact_contacts(item.span.text)):
            start = item.span.start
            return Span(Source.CV, item.span.text[at[0] : at[1]], start + at[0], start + at[1])
    return None


def _own(text: str, found: Sequence[Span], readable: Readable, background: Background, manner: Manner) -> str:
    """The line without what no source has; empty when that leaves nothing to stand on."""
    text = " ".join(manner.tidy(text, 3).split())
    text = re.sub(r"\A(?:situation|task|action|result|link)\s*[:.–-]\s*", "", text, flags=re.IGNORECASE)
    said = [span.text for span in found]
    if not found and (not _GAP.search(text) or _NUMBER.search(_GAP.sub(" ", text))):
        return ""
    text = _numbers(text, " ".join(said), english=is_english(background.language))
    asked = (readable.asked.question, background.job_title, background.company)
    requirements = tuple(requirement.span.text for requirement in readable.asked.requirements)
    known = (*said, *asked, *requirements)
    own = Manner(manner.language, known, manner.secrets)
    for name in own.unfounded(_GAP.sub(" ", text)):
        if any(char.isdigit() for char in name) or " " in name.strip():
            return ""  # a quotation or a figure that cannot be told apart from its words
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "[name]", text)
    bare = _GAP.sub(" ", text)
    if not _rests_on(bare, " ".join(known)):
        return ""
    wider = Manner(manner.language, (*known, readable.answer), manner.secrets)
    return text if wider.is_fit(bare if bare.strip(" .,:;") else "a gap", LONGEST) else ""


def _numbers(text: str, said: str, *, english: bool) -> str:
    """Figures that are in no source become a gap."""
    there = {_digits(found.group()) for found in _NUMBER.finditer(said)}
    words = {found.group().casefold() for found in _WORD.finditer(said)}

    def figure(found: re.Match[str]) -> str:
        return found.group() if _digits(found.group()) in there else "[your number]"

    def word(found: re.Match[str]) -> str:
        plain = found.group().casefold()
        if plain not in NUMBER_WORDS or plain in _PLAIN or plain in words:
            return found.group()
        return "[your number]"

    parts = re.split(f"({_GAP.pattern})", text)
    for index in range(0, len(parts), 2):  # every other part is a gap
        parts[index] = _NUMBER.sub(figure, parts[index])
        if english:
            parts[index] = _WORD.sub(word, parts[index])
    return "".join(parts)


def _digits(figure: str) -> str:
    return "".join(char for char in figure if char.isdigit() or char in ".,:/").rstrip(".,:/")


def _rests_on(line: str, known: str) -> bool:
    """Most words with a meaning are words of the sources. Scripts without spaces are not told apart into words."""
    there = {_head(found.group()) for found in _WORD.finditer(known)}
    words = [
        found.group()
        for found in _WORD.finditer(line)
        if len(found.group()) > 3 and found.group().casefold() not in FUNCTION_WORDS
    ]
    if not words or max(map(len, words)) > 25:
        return True
    return sum(_head(word) in there for word in words) >= ENOUGH * len(words)


def _head(word: str) -> str:
    return word.casefold()[:_HEAD]
