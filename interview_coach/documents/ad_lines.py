"""The lines of a job ad with what its headings say of them: a demand, a duty, an offer, how to apply.

A heading holds until the next one, or until the ad speaks anew in whole sentences.
"""

import re
from dataclasses import dataclass

from interview_coach.documents import cues
from interview_coach.documents.blocks import Block, blocks
from interview_coach.documents.clauses import sentences
from interview_coach.documents.sections import Section, announced
from interview_coach.documents.titles import ROLE_WORD
from interview_coach.documents.words import STOP_WORDS, tokens, wordset

_MOST_BLOCKS = 4000
"""Lines and cells looked at: more than any ad has, and a bound on hostile texts."""
_INLINE_HEADING = re.compile(r"([^\n:]{3,48}):[ \t]+(?=\S)")
_LIST_ITEM = re.compile(r"\s*[,;](?!\d{3}\b)\s*(?:and\s+|und\s+|et\s+|y\s+)?|\s+(?:and|und|et|y)\s+")
TAG = re.compile(
    r"\((?:also )?(required|preferred|desirable|desired|optional|essential|nice to have|a plus)\)\W*$", re.IGNORECASE
)
"""What an ad says of one item in brackets behind it."""
_VERDICT_LAST = re.compile(
    r"\b(?:preferred|required|essential|desirable|desired|a (?:plus|must|bonus))$", re.IGNORECASE
)
_HEADS_A_LIST = wordset("""
    skills qualifications qualification requirements experience knowledge education competencies attributes criteria
    certifications licenses licences languages is are what background documents also other""")
_ENDS_ASKING = re.compile(
    r"\bto apply\b|\bapply (?:now|today|here|via|online)|send (?:us|your)|bewerben sie|postulez", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence or list item together with what its surroundings say of it."""

    start: int
    end: int
    section: Section
    bullet: bool
    place: float
    """0..1: how far down its section or text it stands."""


def ad_lines(text: str) -> list[Line]:
    """All of them, in order; headings themselves and the job's title are none."""
    found: list[Line] = []
    all_blocks = blocks(text)[:_MOST_BLOCKS]
    section = Section.OPEN
    for index, block in enumerate(all_blocks):
        following = all_blocks[index + 1] if index + 1 < len(all_blocks) else None
        place = index / len(all_blocks)
        if index < 3 and _names_job(text, block):
            continue
        opened = _heading(text, block, following)
        if opened is not None:
            # A heading in the first lines that we do not know is the job's title: it claims nothing.
            section = opened
            lead = _lead_in(text, block)
            if lead is not None:
                found += _sentences(text, lead, block.end, section, block.bullet, place)
            continue
        if (
            section in {Section.OFFER, Section.LEGAL}
            and block.after_gap
            and not block.bullet
            and not _near_heading(text, all_blocks, index)
        ):
            section = Section.OPEN
        if section.asks and index and _speaks_anew(text, all_blocks[index - 1], block):
            section = Section.OPEN
        if (
            place > 0.7
            and not block.bullet
            and _ENDS_ASKING.search(text, block.start, min(block.end, block.start + 400))
        ):
            found += _sentences(text, block.start, block.end, section, False, place)
            section = Section.APPLY
            continue
        start, here = block.start, section
        inline = _INLINE_HEADING.match(text, block.start, block.end)
        if inline and len(inline.group(1).split()) <= 6:
            told = announced(inline.group(1))
            if told is not None and not (section is Section.APPLY and told is Section.NICE):
                here, start = told, inline.end()
                if told.asks and not block.bullet:
                    section = told
                found += _listed(text, start, block.end, here, place)
                continue
        item = block.bullet or (here.asks and _is_item(text[start : block.end]))
        found += _sentences(text, start, block.end, here, item, place)
    return found


def _is_item(content: str) -> bool:
    """A line of a list that has lost its bullets."""
    return len(content.split()) <= 14 and "\n" not in content and not content.endswith((".", "!", "?"))


def _speaks_anew(text: str, before: Block, block: Block) -> bool:
    """Whole sentences, set apart from a list of items that were none: what they say is no item of it."""
    item = before.bullet or _is_item(text[before.start : before.end])
    spoken = not block.bullet and text[block.start : block.end].endswith((".", "!"))
    announces = text[before.start : before.end].endswith(":") or _heading(text, before, block) is not None
    return block.after_gap and spoken and item and not announces


def _names_job(text: str, block: Block) -> bool:
    """A short line at the top with the name of a job in it: the title, not a demand."""
    content = text[block.start : block.end]
    return (
        not ((block.bullet or content[:1].islower()) and len(text[: block.start].split()) > 1)
        and len(content.split()) <= 10
        and not content.endswith((".", "!", "?", ":"))
        and bool(ROLE_WORD.search(content))
        and not cues.ADDRESSED.search(content)
    )


def _near_heading(text: str, all_blocks: list[Block], index: int) -> bool:
    """The first paragraph after a heading belongs to it even when a blank line sets it apart."""
    before = all_blocks[index - 1]
    return _heading(text, before, all_blocks[index]) is not None


def _heading(text: str, block: Block, following: Block | None) -> Section | None:
    content = text[block.start : block.end].strip()
    words = content.split()
    last = _last_sentence(text, block)
    if content.endswith(":") and len(text[last : block.end].split()) <= 24:
        told = announced(text[last : block.end])
        return told if told is not None else (Section.OPEN if len(words) <= 6 else None)
    if block.bullet or len(words) > 9 or len(content) > 75 or content.endswith((".", ",", ";", "!")):
        return None
    if content[:1].islower() and not (block.after_gap or block.emphasis):
        return None
    if TAG.search(content) or _asks_one_thing(content):
        return None
    told = announced(content)
    alone = (
        block.after_gap
        or block.emphasis
        or content.isupper()
        or (following is not None and (following.bullet or following.after_gap))
    )
    if (
        told is not None
        and alone
        and (
            len(words) <= 5
            or block.emphasis
            or content.isupper()
            or _titled(words)
            or content.endswith("?")
            or (following is not None and following.bullet)
        )
    ):
        return told
    if (
        told is not None
        and len(words) <= 3
        and (following is None or len(text[following.start : following.end].split()) > 3)
        and not _is_ask(content)
    ):
        return told
    if (
        (block.emphasis or (content.isupper() and ":" not in content and (len(content) > 5 or block.after_gap)))
        and len(words) <= 7
        and (following is None or not following.bullet or block.after_gap)
    ):
        return Section.OPEN
    return None


def _asks_one_thing(content: str) -> bool:
    """`Spanish preferred`, but not `Skills required`."""
    heads = _HEADS_A_LIST & {word.casefold() for word in tokens(content)}
    return len(content.split()) > 1 and not heads and _VERDICT_LAST.search(content) is not None


def _is_ask(content: str) -> bool:
    return bool(
        re.search(
            r"\b(?:english|german|french|excel|communication|customer|driving|computer|people|office)\b",
            content,
            re.IGNORECASE,
        )
    )


def _titled(words: list[str]) -> bool:
    return all(word[0].isupper() or not word[0].isalpha() or word.casefold() in STOP_WORDS for word in words)


def _last_sentence(text: str, block: Block) -> int:
    parts = sentences(text, block.start, block.end)
    return parts[-1][0] if parts else block.start


def _lead_in(text: str, block: Block) -> int | None:
    """Start of the sentences that stand before the announcing one in the same block, if there are any."""
    last = _last_sentence(text, block)
    return block.start if last > block.start else None


def _sentences(text: str, start: int, end: int, section: Section, bullet: bool, place: float) -> list[Line]:
    return [Line(a, b, section, bullet, place) for a, b in sentences(text, start, end)]


def _listed(text: str, start: int, end: int, section: Section, place: float) -> list[Line]:
    """`Requirements: French B2, driving licence and first aid` holds three lines; full sentences stay whole."""
    found: list[Line] = []
    for a, b in sentences(text, start, end):
        content = text[a:b]
        items: list[tuple[int, int]] = []
        left = a
        for match in _LIST_ITEM.finditer(text, a, b):
            if "," in match.group() or ";" in match.group() or len(items) > 0:
                if text.count("(", a, match.start()) > text.count(")", a, match.start()):
                    continue
                items.append((left, match.start()))
                left = match.end()
        items.append((left, b))
        short = len(items) >= 2 and all(0 < len(text[x:y].split()) <= 7 for x, y in items)
        if short and not re.search(r"\b(?:you|we)\b", content, re.IGNORECASE):
            found += [Line(x, y, section, True, place) for x, y in items]
        else:
            found.append(Line(a, b, section, section.asks, place))
    return found
