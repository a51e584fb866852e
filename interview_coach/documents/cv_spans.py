"""Ranges of a CV's line, and an item made of one."""

from interview_coach.documents.blocks import Block
from interview_coach.documents.cues import PROTECTED
from interview_coach.documents.cv_cues import CONTACT, DATES, SEPARATOR
from interview_coach.documents.cv_heads import trimmed
from interview_coach.domain.evidence import CvItem, CvItemKind, Source, Span


def item_of(
    text: str, start: int, end: int, label_start: int, label_end: int, kind: CvItemKind, weight: float
) -> CvItem | None:
    """The item with this range and label; None for what may not be asked, contact data and labels without a word."""
    start, end = _trim_span(text, start, end)
    label = text[label_start:label_end]
    if (
        len(label) < 2
        or PROTECTED.search(text[start:end])
        or CONTACT.search(label)
        or not any(c.isalpha() for c in label)
    ):
        return None
    contact = CONTACT.search(DATES.sub(lambda m: " " * len(m.group()), text[start:end]))
    if contact:
        start, end = label_start, label_end
    return CvItem(Span(Source.CV, text[start:end], start, end), kind, label, weight)


def _trim_span(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def parts_of(text: str, block: Block) -> list[tuple[int, int]]:
    """What dates and separators leave of a line: ranges with letters in them."""
    cuts = sorted(
        [m.span() for m in DATES.finditer(text, block.start, block.end)]
        + [m.span() for m in SEPARATOR.finditer(text, block.start, block.end)]
    )
    parts, left = [], block.start
    for a, b in cuts:
        if a > left:
            parts.append(trimmed(text, left, a))
        left = max(left, b)
    parts.append(trimmed(text, left, block.end))
    return [(a, b) for a, b in parts if b > a and any(c.isalpha() for c in text[a:b])]
