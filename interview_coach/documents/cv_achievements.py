"""What somebody did, by the lines of a CV."""

import re

from interview_coach.documents.blocks import Block
from interview_coach.documents.clauses import clauses, core, sentences
from interview_coach.documents.cv_cues import (
    CONTACT,
    DATES,
    DEBRIS,
    FIGURE,
    GLUED,
    PROFILE_OF,
    SPEAKER,
    SUMMARY,
    WISH,
    Part,
    part_announced,
)
from interview_coach.documents.cv_heads import is_name
from interview_coach.documents.cv_spans import item_of
from interview_coach.documents.endings import is_whole
from interview_coach.documents.phrasing import Shape, shape, tells
from interview_coach.documents.shortening import shortened
from interview_coach.documents.titles import ROLE_WORD
from interview_coach.documents.words import STOP_WORDS, tokens
from interview_coach.domain.evidence import CvItem, CvItemKind


def achievements(text: str, block: Block, part: Part, index: int, *, eager: bool) -> list[CvItem]:
    """Deeds in the sentences of this block; `eager` takes what is only long enough, where a CV tells little else."""
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
