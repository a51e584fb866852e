"""The head of an entry of a CV that runs over several lines or cells: title, employer, place and dates in any order.

`Desert Valley Hospital, Phoenix` / `Registered Nurse, 2019-2024`; `Company` / `Title` / `Dates` / `Town`, as networks
export it; dates in a column before the title; `Designation: ...` / `Duration: ...`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from interview_coach.documents.blocks import Block
from interview_coach.documents.cv_cues import CONTACT, DATES, PLACE_OF_WORK, SEPARATOR
from interview_coach.documents.phrasing import Shape, shape, tells
from interview_coach.documents.titles import ROLE_WORD
from interview_coach.documents.words import wordset

_MOST_LINES = 6
_LABEL = re.compile(
    r"(?:(?P<name>employer|organi[sz]ation|company|firm|location|place|city)"
    r"|(?P<title>designation|position(?: held)?|job title|title|role|post)"
    r"|(?P<dates>duration|dates?|period|from|dates employed|employment dates))\s*:\s*",
    re.IGNORECASE,
)
_SMALL = wordset("of and the for de la at und der von in & am an on du do da e y für im zu")
_SMALL_BEFORE = wordset("the a an with for in at to of by on from")
_AFTER_TITLE = re.compile(
    r"\s*$|\s*[,|(/·•–—@:-]|\s+(?:(?:to|of)\s|(?:at|for|in|with|and|&)\s+(?:the )?[A-Z])"
    r"|(?:\s+[\w-]+){1,2}\s*(?:$|[,|(·–—@])"
)
_LASTED = re.compile(r"(?:\d+ years?)?(?: ?\d+ months?)?")


@dataclass(frozen=True, slots=True)
class Head:
    """`text[start:end]` is the whole head, `label` the range of the job's title in it, `last` its last block."""

    start: int
    end: int
    label: tuple[int, int]
    last: int
    dated: bool


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    """Of what stands behind a label such as `Designation:`."""
    titled: bool
    dated: bool
    labelled: bool


def find_head(
    text: str, all_blocks: list[Block], index: int, is_heading: Callable[[int], bool], *, in_work: bool
) -> Head | None:
    """The head that begins at this block and takes more than one; None when there is none.

    A title is needed, and dates too unless a heading has announced work.
    """
    lines = _lines(text, all_blocks, index, is_heading)
    while lines and not (lines[-1].titled or lines[-1].dated) and not _belongs(lines):
        lines.pop()
    title = next((line for line in lines if line.titled), None)
    dated = any(line.dated for line in lines)
    if title is None and in_work and len(lines) == 2 and lines[0].dated and not lines[1].dated:
        # `07/2018 - 09/2018` and beside it `Internship Housekeeping, Grand Hotel`
        beside = all_blocks[index + 1]
        title = lines[1] if SEPARATOR.search(text, beside.start, beside.end) else None
    if len(lines) < 2 or title is None or not (dated or in_work):
        return None
    named = all_blocks[index + lines.index(title)]
    label = title_range(text, title.start, named.end)
    if label is None:
        return None
    last = index + len(lines) - 1
    return Head(all_blocks[index].start, all_blocks[last].end, label, last, dated)


def _lines(text: str, all_blocks: list[Block], index: int, is_heading: Callable[[int], bool]) -> list[_Line]:
    found: list[_Line] = []
    titled = dated = False
    for at in range(index, min(index + _MOST_LINES, len(all_blocks))):
        block = all_blocks[at]
        if block.bullet or (found and block.after_gap) or is_heading(at):
            break
        line = _line(text, block)
        if line is None or (line.titled and titled) or (line.dated and dated):
            break
        titled, dated = titled or line.titled, dated or line.dated
        found.append(line)
    else:
        return found
    if titled and len(found) > 1 and not (found[-1].titled or found[-1].dated):
        following = all_blocks[index + len(found)] if index + len(found) < len(all_blocks) else None
        if following is not None and not following.after_gap and not following.bullet and _line(text, following):
            found.pop()  # the name of the next entry's employer
    return found


def _belongs(lines: list[_Line]) -> bool:
    """A name at the end is the employer or the town: one more than what the title's line itself holds."""
    return lines[-1].labelled or sum(not (line.titled or line.dated) for line in lines) <= 3


def _line(text: str, block: Block) -> _Line | None:
    start, content = block.start, text[block.start : block.end]
    label = _LABEL.match(content)
    if label:
        start += label.end()
        content = text[start : block.end]
    if not content.strip() or len(content.split()) > 14 or CONTACT.search(DATES.sub("", content)):
        return None
    if label:
        return _Line(start, label["title"] is not None, label["dates"] is not None, labelled=True)
    rest = DATES.sub("", content)
    dated = rest != content
    if dated and not any(character.isalpha() for character in re.sub(r"\bpresent\b", "", rest, flags=re.IGNORECASE)):
        return _Line(start, False, dated, labelled=False)
    if dated and _LASTED.fullmatch(rest.strip(" ()-–—")):
        return _Line(start, False, dated, labelled=False)
    if content.endswith((".", "!", "?", ":", ";")) and not dated:
        return None
    titled = names_job(rest)
    if not titled and not is_name(rest.strip(" ,;–—-()|")):
        return None
    return _Line(start, titled, dated, labelled=False)


def names_job(content: str) -> bool:
    """A title, perhaps with employer and town: one person's job, and no sentence in which such a word stands.

    `Head of Finance, Tern Ltd` and `Assistant to the dean`; not `Lead nine account managers`, nor `Shift lead for a
    team`.
    """
    content = content.strip(" ,;–—-()|")
    named = next((m for m in ROLE_WORD.finditer(content) if re.search(r"ss$|[^s]$", m.group())), None)
    if named is None or len(content.split()) > 12 or tells(content) or content[:1].islower():
        return False
    if in_capitals(content):
        return True
    before, after = content[: named.start()].split(), content[named.end() :]
    return (
        len(before) <= 5
        and not _SMALL_BEFORE & {word.casefold() for word in before}
        and (shape(content) is not Shape.VERB or (not before and ROLE_WORD.match(after.strip()) is not None))
        and _AFTER_TITLE.match(after) is not None
    )


def is_name(content: str) -> bool:
    """A short line in which every word has a capital, as names of houses and towns have, and nothing is told."""
    return len(content.split()) <= 8 and len(content) <= 80 and in_capitals(content) and not tells(content)


def in_capitals(content: str) -> bool:
    words = [word.strip("()[]\"'“”‘’.,;:|–—-/") for word in content.split()]
    words = [word for word in words if word]
    return bool(words) and all(
        not word[0].isalpha() or word[0].isupper() or word.casefold() in _SMALL for word in words
    )


def title_range(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The part of an entry's head that names the job; the first part when none does."""
    dates = [match.span() for match in DATES.finditer(text, start, end)]
    cuts = sorted(dates + [match.span() for match in SEPARATOR.finditer(text, start, end)])
    parts, left = [], start
    for cut_start, cut_end in cuts:
        if cut_start > left:
            parts.append((left, cut_start))
        left = max(left, cut_end)
    parts.append((left, end))
    ranges = [trimmed(text, a, b) for a, b in parts]
    ranges = [(a, b) for a, b in ranges if b - a >= 2 and any(c.isalpha() for c in text[a:b])]
    if not ranges:
        return None
    a, b = next(((a, b) for a, b in ranges if ROLE_WORD.search(text[a:b])), ranges[0])
    broken = text.find("\n", a, b)
    if broken > 0 and ROLE_WORD.search(text, broken, b):
        a = trimmed(text, broken, b)[0]
    named = ROLE_WORD.search(text, a, b)
    place = PLACE_OF_WORK.search(text, named.end(), b) if named else None
    return a, place.start() if place else b


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without separators, marks and half brackets around it."""
    while start < end and text[start] in " \t\n,.;:|–—-*_()[]•·/":
        start += 1
    while end > start and text[end - 1] in " \t\n,.;:|–—-*_([•·/":
        end -= 1
    if text[start:end].count(")") > text[start:end].count("(") and text[end - 1] == ")":
        end -= 1
    return start, end
