"""What a CV says was learnt and written: degrees, courses, certificates, theses and publications."""

import re

from interview_coach.documents.blocks import Block
from interview_coach.documents.cv_cues import (
    AWARD,
    BODY,
    DATES,
    DEGREE,
    PREFIX,
    SUBJECTS,
    TABLE_HEAD,
    THESIS,
    Part,
    part_announced,
)
from interview_coach.documents.cv_heads import is_name, trimmed
from interview_coach.documents.cv_spans import item_of, parts_of
from interview_coach.documents.shortening import shortened
from interview_coach.documents.titles import ROLE_WORD
from interview_coach.domain.evidence import CvItem, CvItemKind


def education_items(text: str, block: Block) -> list[CvItem]:
    """The degree, courses or certificates of a line; a thesis is a project."""
    content = text[block.start : block.end]
    if TABLE_HEAD.fullmatch(content):
        return []
    if (
        len(content.split()) > 30
        or re.match(r"(?:I|my|we)\s", content, re.IGNORECASE)
        or not any(c.isalpha() for c in content)
    ):
        return []
    if block.bullet and not DEGREE.search(content) and len(content.split()) > 12:
        return []
    thesis = THESIS.match(content)
    if thesis:
        start = block.start + thesis.end()
        item = item_of(text, start, block.end, *shortened(text, start, block.end), CvItemKind.PROJECT, 0.6)
        return [item] if item else []
    awards = _awards(text, block)
    if awards:
        items = [item_of(text, a, b, *shortened(text, a, b), CvItemKind.EDUCATION, 0.3) for a, b in awards]
        return [item for item in items if item]
    ranges = [span for span in parts_of(text, block) if span[1] - span[0] >= 3]
    if not ranges:
        return []
    subjects = SUBJECTS.match(content)
    if subjects:
        ranges = [(block.start + subjects.end(), block.end)]
    best = next(((a, b) for a, b in ranges if DEGREE.search(text[a:b])), ranges[0])
    label_start, label_end = shortened(text, *best)
    has_degree = bool(DEGREE.search(content))
    item = item_of(
        text, block.start, block.end, label_start, label_end, CvItemKind.EDUCATION, 0.4 if has_degree else 0.25
    )
    return [item] if item else []


def _awards(text: str, block: Block) -> list[tuple[int, int]]:
    """`BLS, ACLS (exp. 2026), full driving licence` are three, `BSc Nursing, Leeds, 2019` is one: empty."""
    if BODY.search(text, block.start, block.end):
        return []
    prefix = PREFIX.match(text, block.start, block.end)
    announced = prefix is not None and part_announced(prefix.group().strip(" :\n")) is Part.EDUCATION
    parts, left = [], prefix.end() if prefix and announced else block.start
    for match in re.finditer(r"\s*[,;]\s*(?:and\s+)?|$", text[block.start : block.end]):
        stop = block.start + match.start()
        if stop < left:
            continue
        if text.count("(", left, stop) == text.count(")", left, stop):
            parts.append(trimmed(text, left, stop))
            left = block.start + match.end()
    named = [bool(AWARD.search(text[a:b]) or ROLE_WORD.search(text[a:b])) for a, b in parts]
    return parts if len(parts) > 1 and all(named) else []


def names_school_only(text: str, all_blocks: list[Block], index: int) -> bool:
    """The name of a school on a line of its own, beside the line that tells what was learnt there."""
    block = all_blocks[index]
    content = text[block.start : block.end]
    if (
        DEGREE.search(content)
        or not BODY.search(content.split(",")[0])
        or not is_name(DATES.sub("", content).strip(" ,()–-"))
    ):
        return False
    near = all_blocks[max(0, index - 1) : index + 2]
    return any(DEGREE.search(text[other.start : other.end]) for other in near)


def writing_item(text: str, block: Block) -> CvItem | None:
    """A publication, called by its title: what stands in quotation marks, or behind authors and year."""
    content = text[block.start : block.end]
    quoted = re.search(r"[“\"‘'«]([^“”\"‘’'«»]{8,160})[”\"’'»]", content)
    dated = re.match(r"[^()\n]{3,160}?\((?:19|20)\d\d[a-z]?\)[.,:]?\s+([^.?!]{8,160})", content)
    told = quoted or dated
    start, end = (block.start + told.start(1), block.start + told.end(1)) if told else _first_part(text, block)
    if end - start < 8 or len(text[start:end].split()) < 3:
        return None
    return item_of(text, block.start, block.end, *shortened(text, start, end), CvItemKind.PROJECT, 0.6)


def _first_part(text: str, block: Block) -> tuple[int, int]:
    parts = parts_of(text, block)
    return parts[0] if parts else (block.start, block.start)
