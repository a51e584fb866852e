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
from interview_coach.documents.clauses import clauses, core, sentences
from interview_coach.documents.cv_cues import (
    CONTACT,
    DATES,
    DEBRIS,
    DEGREE,
    FACT_LABEL,
    FIGURE,
    GLUED,
    LEVEL,
    NETWORK_EXPORT,
    ONLY_LEVEL,
    PREFIX,
    PROFILE_OF,
    PROJECT_LABEL,
    SEPARATOR,
    SKILL_CUT,
    SPEAKER,
    SUMMARY,
    WISH,
    WORKED_AS,
    Part,
    part_announced,
)
from interview_coach.documents.cv_heads import find_head, in_capitals, is_name, names_job, title_range, trimmed
from interview_coach.documents.cv_learning import education_items, names_school_only, writing_item
from interview_coach.documents.cv_spans import item_of, parts_of
from interview_coach.documents.endings import is_whole
from interview_coach.documents.phrasing import Shape, shape, tells
from interview_coach.documents.shortening import shortened
from interview_coach.documents.titles import ROLE_WORD
from interview_coach.documents.words import STOP_WORDS, terms, tokens
from interview_coach.domain.evidence import CvItem, CvItemKind, Source, Span

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
        opened = _heading(text, block, index)
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
            head, last = _entry(text, all_blocks, index, here)
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
        if here is Part.SKILLS and not _looks_like_role(content):
            if block.bullet and tells(content):
                found += _achievements(text, block, Part.WORK, index, eager=eager)
            else:
                found += _skills(text, block)
            continue
        role = None
        if here is not Part.EDUCATION:
            role, used = _role(text, all_blocks, index, here, used)
        if role is not None:
            found.append(role)
            if role.span.end < block.end - 1:
                # A role told in prose: the sentences around it may tell deeds.
                deeds = _achievements(text, block, here, index, eager=eager)
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
        found += _achievements(text, block, here, index, eager=eager)
    return found


def _entry(text: str, all_blocks: list[Block], index: int, part: Part) -> tuple[CvItem | None, int]:
    """A role whose head runs over several lines, and the last block of it."""

    def is_heading(at: int) -> bool:
        return _heading(text, all_blocks[at], at) is not None

    head = find_head(text, all_blocks, index, is_heading, in_work=part is Part.WORK)
    if head is None or (not ROLE_WORD.search(text[slice(*head.label)]) and DEGREE.search(text[head.start : head.end])):
        return None, index
    return item_of(text, head.start, head.end, *head.label, CvItemKind.ROLE, 0.82 if head.dated else 0.72), head.last


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


def _heading(text: str, block: Block, index: int) -> Part | None:
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


def _only_dates(content: str) -> bool:
    return not any(
        character.isalpha() for character in DATES.sub("", content).replace("present", "").replace("Present", "")
    )


def _looks_like_role(content: str) -> bool:
    return bool(DATES.search(content) and ROLE_WORD.search(content))


def _role(text: str, all_blocks: list[Block], index: int, part: Part, used: int) -> tuple[CvItem | None, int]:
    block = all_blocks[index]
    content = text[block.start : block.end]
    prose = WORKED_AS.search(content)
    if prose and len(content.split()) > 6:
        start, end = block.start + prose.start(1), block.start + prose.end(1)
        sentence = next(
            ((a, b) for a, b in sentences(text, block.start, block.end) if a <= start < b), (block.start, block.end)
        )
        label_start, label_end = _title_range(text, start, min(end, sentence[1]))
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
            and _heading(text, before, index - 1) is None
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


def _title_range(text: str, start: int, end: int) -> tuple[int, int]:
    cut = re.search(r"\s(?:at|in|for|with|from|where|and|during|on|since|while|until|between)\b", text[start:end])
    return trimmed(text, start, start + cut.start() if cut and cut.start() > 2 else end)


def _skills(text: str, block: Block) -> list[CvItem]:
    found: list[CvItem] = []
    start = block.start
    prefix = PREFIX.match(text, start, block.end)
    if prefix and len(prefix.group().split()) <= 6:
        start = prefix.end()
    left = start
    cuts = [match.span() for match in SKILL_CUT.finditer(text, start, block.end)] + [(block.end, block.end)]
    for cut_start, cut_end in cuts:
        # A bracket belongs to what stands before it: cut only outside of brackets.
        if text.count("(", left, cut_start) > text.count(")", left, cut_start) and cut_start < block.end:
            continue
        if text[cut_start : cut_end + 1][:1] == "," and text[cut_start - 1 : cut_start + 2].replace(",", "").isdigit():
            continue  # 12,000
        a, b = trimmed(text, left, cut_start)
        named = PREFIX.match(text, a, b)
        if named and named.end() < b:
            if ONLY_LEVEL.fullmatch(text, named.end(), b):
                b = text.rindex(":", a, named.end())  # `German: C1`
            else:
                a = named.end()
        left = cut_end
        level = LEVEL.search(text[a:b])
        if level and level.start() > 1:
            b = a + level.start()
        words = text[a:b].split()
        if not 1 <= len(words) <= 6 or (b - a < 2 and text[a:b] not in {"R", "C"}):
            if len(words) > 6:
                x, y = shortened(text, *core(text, a, b))
                item = item_of(text, a, b, x, y, CvItemKind.ACHIEVEMENT if tells(text[x:y]) else CvItemKind.SKILL, 0.35)
                found += [item] if item else []
            continue
        if b - a == 1:
            found.append(CvItem(Span(Source.CV, text[a:b], a, b), CvItemKind.SKILL, text[a:b], 0.3))
            continue
        if (
            all(word.casefold() in STOP_WORDS for word in words)
            or not any(c.isalpha() for c in text[a:b])
            or text[a] == "/"
        ):
            continue
        item = item_of(text, a, b, a, b, CvItemKind.SKILL, 0.36)
        found += [item] if item else []
    return found


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


def _achievements(text: str, block: Block, part: Part, index: int, *, eager: bool) -> list[CvItem]:
    found: list[CvItem] = []
    if (
        not block.bullet
        and index < 6
        and CONTACT.search(text[block.start : block.end])
        and len(text[block.start : block.end].split()) < 14
    ):
        return found
    for start, end in sentences(text, block.start, block.end):
        for a, b in clauses(text, start, end) if end - start > 140 else [(start, end)]:
            item = _achievement(text, a, b, block, part, index, eager=eager)
            if item is not None:
                found.append(item)
    return found


def _achievement(
    text: str, start: int, end: int, block: Block, part: Part, index: int, *, eager: bool
) -> CvItem | None:
    content = text[start:end]
    words = content.split()
    if len(words) < 3 or len(words) > 90 or WISH.search(content) or CONTACT.search(DATES.sub(" ", content)):
        return None
    if not block.bullet and is_name(content):
        return None
    debris = DEBRIS.match(text, start, end)
    start = debris.end() if debris and debris.end() < end else start
    glued = GLUED.match(text, start, end)
    if glued and not tells(text[start:end]) and tells(text[glued.end() : end]):
        start = glued.end()
    heading = re.search(r"\s[A-ZÄÖÜ]{4,}$", text[start:end])
    if heading and part_announced(heading.group()) is not None and not text[start:end].isupper():
        end = start + heading.start()
    lead = SPEAKER.match(text, start, end)
    begin = lead.end() if lead and len(text[lead.end() : end].split()) >= 2 else start
    named = ROLE_WORD.search(text, begin, min(end, begin + 60)) if part is Part.OPEN else None
    if (
        named
        and lead is None
        and not named.group().endswith("s")
        and len(text[begin : named.start()].split()) <= 4
        and PROFILE_OF.match(text, named.end(), end)
        and shape(text[begin:end]) is not Shape.VERB
    ):
        return None  # "Organised administrator used to busy offices" says what a person is
    telling = tells(text[begin:end])
    if not telling:
        begin, end_core = core(text, begin, end)
    else:
        end_core = end
    label_start, label_end = shortened(text, begin, end_core)
    label = text[label_start:label_end]
    figure = bool(FIGURE.search(DATES.sub(" ", content)))
    looks = telling or shape(label) is Shape.VERB or (label.split()[:1] and label.split()[0].endswith("ing"))
    if not (
        looks
        or figure
        or block.bullet
        or (part in {Part.WORK, Part.PROJECTS} and len(words) >= 5)
        or (part is Part.OPEN and index > 0 and len(words) >= 6)
        or eager
    ):
        return None
    if len(label.split()) < 2 or not is_whole(label):
        return None
    if (
        not telling
        and not eager
        and (SUMMARY.search(content) or (shape(label) is Shape.ADJECTIVE and not block.bullet))
    ):
        return None
    if not any(token.casefold() not in STOP_WORDS for token in tokens(label)):
        return None
    weight = 0.4 + (0.12 if looks else 0) + (0.18 if figure else 0) + (0.04 if len(words) >= 7 else 0)
    if part is Part.OPEN and index < 6:
        weight -= 0.12
    if len(label.split()) <= 3 and not figure:
        weight -= 0.08
    if lead and not telling and re.search(r"\bI\b", lead.group()):
        weight -= 0.1
    if eager and not looks:
        weight = 0.2
    return item_of(text, start, end, label_start, label_end, CvItemKind.ACHIEVEMENT, weight)


def _scored(item: CvItem, often: Counter[str]) -> CvItem:
    """A little more for what the CV comes back to: it is what the person wants to be known for."""
    own = set(terms(item.label))
    again = sum(often[term] > 1 for term in own)
    bonus = 0.03 * min(3, again) if item.kind is not CvItemKind.SKILL else 0.06 * min(2, again)
    return CvItem(item.span, item.kind, item.label, round(min(1.0, item.weight + bonus), 3))
