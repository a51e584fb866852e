"""Headings that open a part of a CV."""

from interview_coach.documents.blocks import Block
from interview_coach.documents.cv_cues import DATES, Part, part_announced
from interview_coach.documents.cv_heads import in_capitals
from interview_coach.documents.titles import ROLE_WORD


def part_heading(text: str, block: Block, index: int) -> Part | None:
    """The part that this line opens, `OPEN` for one that we do not know; None when it is no heading."""
    content = text[block.start : block.end].strip()
    if (
        block.bullet
        or len(content) > 45
        or len(content.split()) > 5
        or DATES.search(content)
        or content.endswith((".", ","))
    ):
        return None
    told = part_announced(content)
    if told is None:
        unknown = content.isupper() and len(content) >= 5 and block.after_gap and index > 0
        return Part.OPEN if unknown and not ROLE_WORD.search(content) else None
    caps = content.isupper() or content.endswith(":") or block.emphasis
    titled = in_capitals(content) or (block.after_gap and content[0].isupper() and len(content.split()) <= 3)
    if ROLE_WORD.search(content) and not caps:
        return None
    return (
        told
        if caps
        or ((block.after_gap or len(content.split()) <= 3) and titled and index > 0)
        or len(content.split()) == 1
        else None
    )
