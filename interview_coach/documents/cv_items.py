"""What a CV claims: roles, projects, achievements, skills and education, as verbatim spans, the most telling first.

How a label is meant to be spoken (after `phrasing.spoken`, which takes a line's capital away):

- ROLE: a job title, "your time as <label>"; the span also holds the employer and the dates.
- PROJECT: a name, "your work on <label>".
- ACHIEVEMENT: when `phrasing.tells(label)`, a verb phrase, "you <label>" ("you trained six baristas"); otherwise a
  noun or gerund phrase, "your work on <label>"; or, by `phrasing.shape`, a present verb ("you lead a team").
- SKILL: a name of a thing, "your experience with <label>".
- EDUCATION: a degree, course or certificate, "your <label>".

Contact data, dates alone, references, interests, and whatever may not be asked of a person are never items.
"""

import re
from collections import Counter

from interview_coach.documents.blocks import Block, blocks
from interview_coach.documents.cv_achievements import achievements
from interview_coach.documents.cv_cues import (
    DATES,
    DEGREE,
    FACT_LABEL,
    NETWORK_EXPORT,
    PREFIX,
    PROJECT_LABEL,
    SEPARATOR,
    Part,
    part_announced,
)
from interview_coach.documents.cv_headings import part_heading
from interview_coach.documents.cv_learning import education_items, names_school_only, writing_item
from interview_coach.documents.cv_roles import entry, find_role, looks_like_role
from interview_coach.documents.cv_skills import skills
from interview_coach.documents.cv_spans import item_of, parts_of
from interview_coach.documents.phrasing import tells
from interview_coach.documents.shortening import shortened
from interview_coach.documents.titles import ROLE_WORD
from interview_coach.documents.words import terms
from interview_coach.domain.evidence import CvItem, CvItemKind

MOST = 150
"""Items kept at most."""
_MOST_BLOCKS = 6000
"""Lines and cells looked at: more than any CV has, and a bound on hostile texts."""


def find_cv_items(cv_text: str) -> tuple[CvItem, ...]:
    """Items of the CV, most telling first, at most `MOST`; see the module for how labels are spoken."""
    found = _items(cv_text, eager=False)
    if len(found) < 3:
        found += _items(cv_text, eager=True)
    often = Counter(terms(cv_text))
    scored = [_scored(item, often) for item in found]
    ranked = sorted(scored, key=lambda item: (-item.weight, item.span.start))
    kept: list[CvItem] = []
    seen: set[tuple[CvItemKind | None, str]] = set()
    for item in ranked:
        key = (item.kind, " ".join(item.label.casefold().split()))
        if key in seen:
            continue
        seen.add(key)
        kept.append(item)
    return tuple(kept[:MOST])


def _items(text: str, *, eager: bool) -> list[CvItem]:
    all_blocks = [block for block in blocks(text)[:_MOST_BLOCKS] if block.end - block.start < 6000]
    found: list[CvItem] = []
    part, used = Part.OPEN, -1
    own_name = _own_name(text, all_blocks)
    for index, block in enumerate(all_blocks):
        opened = part_heading(text, block, index)
        if opened is not None:
            part = opened
            continue
        if index <= used or index in own_name:
            continue
        content = text[block.start : block.end]
        if part is Part.SKIP:
            continue
        inline = PREFIX.match(content)
        here: Part = part
        if inline and len(inline.group().split()) <= 4:
            told = part_announced(inline.group().strip(" :\n"))
            if told in {Part.SKILLS, Part.SKIP}:
                here = told or part
        if here is Part.SKIP:
            continue
        if index and here in {Part.OPEN, Part.WORK}:
            head, last = entry(text, all_blocks, index, here)
            if head is not None:
                found.append(head)
                used = last
                continue
        project = PROJECT_LABEL.match(content)
        if project and part in {Part.OPEN, Part.WORK, Part.PROJECTS}:
            start, end = shortened(text, block.start + project.end(), block.end)
            item = item_of(text, block.start + project.end(), block.end, start, end, CvItemKind.PROJECT, 0.7)
            found += [item] if item else []
            continue
        if FACT_LABEL.match(content) and part in {Part.OPEN, Part.WORK, Part.PROJECTS}:
            continue
        if _only_dates(content) or _heads_deeds(text, all_blocks, index):
            continue
        if here is Part.SKILLS and not looks_like_role(content):
            if block.bullet and tells(content):
                found += achievements(text, block, Part.WORK, index, eager=eager)
            else:
                found += skills(text, block)
            continue
        role = None
        if here is not Part.EDUCATION:
            role, used = find_role(text, all_blocks, index, here, used)
        if role is not None:
            found.append(role)
            if role.span.end < block.end - 1:
                # A role told in prose: the sentences around it may tell deeds.
                deeds = achievements(text, block, here, index, eager=eager)
                found += [
                    item for item in deeds if item.span.start >= role.span.end or item.span.end <= role.span.start
                ]
            continue
        if here is Part.EDUCATION or (
            DEGREE.search(content) and not block.bullet and len(content.split()) <= 16 and not tells(content)
        ):
            if not names_school_only(text, all_blocks, index):
                found += education_items(text, block)
            continue
        if here is Part.WRITINGS:
            item = writing_item(text, block)
            found += [item] if item else []
            continue
        if here is Part.PROJECTS:
            item = _project(text, block)
            if item is not None:
                found.append(item)
                continue
        found += achievements(text, block, here, index, eager=eager)
    return found


def _own_name(text: str, all_blocks: list[Block]) -> range:
    """The name, headline and place that a saved network profile sets between its side column and its first part."""
    if not NETWORK_EXPORT.search(text[:3000]):
        return range(0)
    for at in range(1, len(all_blocks)):
        content = text[all_blocks[at].start : all_blocks[at].end].strip()
        if content in {"Summary", "Experience"}:
            first = at
            while first > max(0, at - 4) and not all_blocks[first - 1].bullet:
                first -= 1
                if all_blocks[first].after_gap:
                    break
            return range(first, at)
    return range(0)


def _heads_deeds(text: str, all_blocks: list[Block], index: int) -> bool:
    """`Customer care` above a list of what was done there: the skill of a CV that is ordered by skills."""
    block = all_blocks[index]
    content = text[block.start : block.end]
    if block.bullet or not block.after_gap or index + 1 >= len(all_blocks) or len(content.split()) > 4:
        return False
    if DATES.search(content) or ROLE_WORD.search(content):
        return False
    after = all_blocks[index + 1]
    return after.bullet and tells(text[after.start : after.end])


def _only_dates(content: str) -> bool:
    return not any(
        character.isalpha() for character in DATES.sub("", content).replace("present", "").replace("Present", "")
    )


def _project(text: str, block: Block) -> CvItem | None:
    """A line that names a project; its description lines are achievements."""
    content = text[block.start : block.end]
    if tells(content) or (len(content.split()) > 14 and not SEPARATOR.search(content[:60])):
        return None
    if content.endswith(".") and not re.match(r"[^.]{3,50}(?:\s[–—-]\s|:\s)", content):
        return None
    parts = parts_of(text, block)
    parts = [
        part
        for part in parts
        if not re.fullmatch(
            r"(?:personal |side |own |master |bachelor |school )?projects?|role|thesis",
            text[part[0] : part[1]],
            re.IGNORECASE,
        )
    ]
    if not parts:
        return None
    label_start, label_end = shortened(text, *parts[0])
    return item_of(text, block.start, block.end, label_start, label_end, CvItemKind.PROJECT, 0.76)


def _scored(item: CvItem, often: Counter[str]) -> CvItem:
    """A little more for what the CV comes back to: it is what the person wants to be known for."""
    own = set(terms(item.label))
    again = sum(often[term] > 1 for term in own)
    bonus = 0.03 * min(3, again) if item.kind is not CvItemKind.SKILL else 0.06 * min(2, again)
    return CvItem(item.span, item.kind, item.label, round(min(1.0, item.weight + bonus), 3))
