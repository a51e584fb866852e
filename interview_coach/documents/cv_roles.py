"""Roles of a CV: in the head of an entry, in one line, or told in prose."""

import re

from interview_coach.documents.blocks import Block
from interview_coach.documents.clauses import sentences
from interview_coach.documents.cv_cues import CONTACT, DATES, DEGREE, WORKED_AS, Part, part_announced
from interview_coach.documents.cv_headings import part_heading
from interview_coach.documents.cv_heads import find_head, names_job, title_range, trimmed
from interview_coach.documents.cv_spans import item_of
from interview_coach.documents.phrasing import tells
from interview_coach.documents.titles import ROLE_WORD
from interview_coach.domain.evidence import CvItem, CvItemKind


def entry(text: str, all_blocks: list[Block], index: int, part: Part) -> tuple[CvItem | None, int]:
    """A role whose head runs over several lines, and the last block of it."""

    def is_heading(at: int) -> bool:
        return part_heading(text, all_blocks[at], at) is not None

    head = find_head(text, all_blocks, index, is_heading, in_work=part is Part.WORK)
    if head is None or (not ROLE_WORD.search(text[slice(*head.label)]) and DEGREE.search(text[head.start : head.end])):
        return None, index
    return item_of(text, head.start, head.end, *head.label, CvItemKind.ROLE, 0.82 if head.dated else 0.72), head.last


def looks_like_role(content: str) -> bool:
    """Dates and a word for a job."""
    return bool(DATES.search(content) and ROLE_WORD.search(content))


def find_role(text: str, all_blocks: list[Block], index: int, part: Part, used: int) -> tuple[CvItem | None, int]:
    """A role in this block, and the last block that is used up by now."""
    block = all_blocks[index]
    content = text[block.start : block.end]
    prose = WORKED_AS.search(content)
    if prose and len(content.split()) > 6:
        start, end = block.start + prose.start(1), block.start + prose.end(1)
        sentence = next(
            ((a, b) for a, b in sentences(text, block.start, block.end) if a <= start < b), (block.start, block.end)
        )
        label_start, label_end = _title_in_prose(text, start, min(end, sentence[1]))
        return item_of(text, sentence[0], sentence[1], label_start, label_end, CvItemKind.ROLE, 0.8), used
    head = sentences(text, block.start, block.end)[0]
    if head[1] < block.end and len(text[head[0] : head[1]].split()) <= 12:
        # `Shop helper, Brightside, 2023 to 2024. Put out stock ...`: the first sentence is the entry's head.
        first = text[head[0] : head[1]]
        if DATES.search(first) and (first.count(",") >= 2 or ROLE_WORD.search(first)) and not tells(first):
            label = title_range(text, *head)
            role = label and item_of(text, head[0], head[1], *label, CvItemKind.ROLE, 0.8)
            if role:
                return role, used
    words = len(content.split())
    if words > 18 or (content.endswith((".", "!", "?")) and not DATES.search(content)) or tells(content):
        return None, used
    dated = bool(DATES.search(content))
    named = bool(ROLE_WORD.search(content)) if dated else names_job(content)
    if not (dated or (named and part is Part.WORK and not block.bullet)) or (block.bullet and not (dated and named)):
        return None, used
    if not named and part is not Part.WORK and not (index > 0 and content.count(",") >= 2 and words <= 12):
        return None, used
    if CONTACT.search(DATES.sub("", content)):
        return None, used
    if block.bullet and not _has_dates_at_an_end(content):
        return None, used  # "Lost a yard in 2014 and called the inspector": a deed with a year in it
    start, end = block.start, block.end
    label = title_range(text, start, end)
    if not named:
        before = all_blocks[index - 1] if index else None
        after = all_blocks[index + 1] if index + 1 < len(all_blocks) else None
        if (
            before is not None
            and index - 1 > used
            and _is_title(text, before)
            and part_heading(text, before, index - 1) is None
        ):
            start, label = before.start, title_range(text, before.start, before.end)
        elif after is not None and _is_title(text, after):
            end, label, used = after.end, title_range(text, after.start, after.end), index + 1
    elif not dated and index + 1 < len(all_blocks):
        after = all_blocks[index + 1]
        following = text[after.start : after.end]
        if (
            DATES.search(following)
            and not ROLE_WORD.search(following)
            and not after.bullet
            and len(following.split()) <= 14
            and not CONTACT.search(DATES.sub("", following))
        ):
            end, used = after.end, index + 1
    if label is None or (not ROLE_WORD.search(text[slice(*label)]) and DEGREE.search(content)):
        return None, used
    if part_announced(text[slice(*label)]) is not None and not ROLE_WORD.search(text[slice(*label)]):
        return None, used
    return item_of(text, start, end, *label, CvItemKind.ROLE, 0.82 if dated else 0.72), used


def _has_dates_at_an_end(content: str) -> bool:
    """As in the head of an entry: the years come first or last, perhaps with a place behind them."""
    dates = list(DATES.finditer(content))
    before, after = content[: dates[0].start()].strip(" (["), content[dates[-1].end() :].strip(" )].,")
    return not before or (len(after.split()) <= 3 and not after[:1].islower())


def _is_title(text: str, block: Block) -> bool:
    content = text[block.start : block.end]
    return (
        not block.bullet
        and len(content.split()) <= 8
        and bool(ROLE_WORD.search(content))
        and not DATES.search(content)
        and not content.endswith(".")
        and not tells(content)
    )


def _title_in_prose(text: str, start: int, end: int) -> tuple[int, int]:
    cut = re.search(r"\s(?:at|in|for|with|from|where|and|during|on|since|while|until|between)\b", text[start:end])
    return trimmed(text, start, start + cut.start() if cut and cut.start() > 2 else end)
