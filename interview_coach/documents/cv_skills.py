"""Skills of a CV: a line of names, cut where they part."""

from interview_coach.documents.blocks import Block
from interview_coach.documents.clauses import core
from interview_coach.documents.cv_cues import LEVEL, ONLY_LEVEL, PREFIX, SKILL_CUT
from interview_coach.documents.cv_heads import trimmed
from interview_coach.documents.cv_spans import item_of
from interview_coach.documents.phrasing import tells
from interview_coach.documents.shortening import shortened
from interview_coach.documents.words import STOP_WORDS
from interview_coach.domain.evidence import CvItem, CvItemKind, Source, Span


def skills(text: str, block: Block) -> list[CvItem]:
    """Each name of the line without its level; one too long for a name as what it tells."""
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
