"""The employer's name, when an ad says it plainly; otherwise nothing."""

import re
from itertools import pairwise

from interview_coach.documents.blocks import Block, blocks
from interview_coach.documents.sections import announced
from interview_coach.documents.titles import ROLE_WORD

_NAME = (
    r"((?:(?:[A-Z0-9][\w&’'.-]*|of|and|the|de|du|der|für)\s){0,5}?[A-Z0-9][\w&’'-]*(?: (?:Ltd|Limited"
    r"|Inc|GmbH|AG|plc|LLC|SE))?)"
)
_COMPANY_LABEL = re.compile(
    r"^(?:company|employer|organi[sz]ation|client|firma|arbeitgeber|entreprise|school"
    r"|hospital)\s*[:–—-]\s*(\S[^\n]{1,70})",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"^about\s+(?!us\b|you\b|this\b|our\b|(?:the )?(?:role|job|position|company|team|post|client|employer"
    r"|organi[sz]ation|opportunity)\b)([^\n:.?!]{2,50}):?$",
    re.IGNORECASE,
)
_IS_A = re.compile(
    r"(?:^|(?<=[.!?]\s))"
    + _NAME
    + r"(?:\s\([^)]{1,20}\))? (?:is|are) (?:(?:an?|one of|the) (?:[^.]{0,60}?)(?:company|firm|charity"
    r"|school|hotel|restaurant|provider|business|agency|start-?up|organi[sz]ation|manufacturer|practice"
    r"|trust|bakery|caf[eé]|shop|museum|university|leader|retailer|bank|studio|clinic|nursery|operator"
    r"|group|supplier|consultancy|cooperative|academy|brewery|farm|hospital)\b|(?:currently "
    r"|now )?(?:looking for|hiring|seeking|recruiting)\b)",
    re.MULTILINE,
)
_JOIN = re.compile(
    r"\b(?:[Jj]oin|[Ww]ork (?:at|for)|[Hh]ere at|[Aa]t) (?:the team (?:at|of) )?"
    + _NAME
    + r"(?:,| (?:as|we|you|and|is)\b)"
)
_WE_ARE = re.compile(r"\b[Ww]e(?:['’]re| are) " + _NAME + r"(?=[.!,:;]|\s[–—-]\s|\s(?:and|–|—)\s)")
_TITLE_AT = re.compile(r"(?:\bat|@)\s+([A-Z0-9].*)$")
_NOT_NAME = frozenset(
    [
        "we",
        "our",
        "us",
        "it",
        "this",
        "that",
        "the",
        "a",
        "an",
        "you",
        "they",
        "he",
        "she",
        "there",
        "join",
        "what",
        "who",
        "about",
        "as",
        "at",
        "in",
        "on",
        "here",
        "today",
        "your",
        "job",
        "role",
        "position",
        "team",
        "if",
        "all",
        "every",
        "each",
        "since",
        "founded",
        "hiring",
        "looking",
        "seeking",
        "recruiting",
        "growing",
        "expanding",
        "proud",
    ]
)
_PLACED = re.compile(r"\s*(?:[,|·•(]|\s[–—-]\s|\bin (?=[A-Z])|\s{3,}|\t)")
"""What follows the name in such a line is a town or how one works there."""
_TERMS = re.compile(
    r"\d|[£€$@]|https?:|www\.|\b(?:full|part)[- ]time|permanent|temporary|contract\b|salary|remote|hybrid|on-?site"
    r"|posted|apply|location|department|reference|closing|hours|per (?:hour|year|annum)|grade|band\b|we\b|our\b"
    r"|you\b|job\b|vacancy|position|role\b|requirements|description",
    re.IGNORECASE,
)
"""Pay, place and terms stand below the title as well."""
_ORGANISATION = re.compile(
    r"&|^the \w|\b(?:ltd|limited|inc|gmbh|ag|plc|llc|llp|se|co|group|company|bank|council|university|college|school"
    r"|academy|hospital|infirmary|clinic|trust|centre|center|institute|foundation|hotel|inn|restaurant|caf[eé]|bakery|stores?|shop"
    r"|books|museum|library|society|association|charity|partners|systems|solutions|services|logistics|labs?|studios?"
    r"|agency|nursery|farm|garage|church|theatre|airlines?|airways|railways?|pharmacy|surgery|practice)\b",
    re.IGNORECASE,
)
"""Words by which a name says what it is the name of."""
_TRADE = re.compile(
    r"\S (?:architects|solicitors|accountants|consultants|surveyors|engineers|builders|roofers|plumbers|electricians"
    r"|florists|bakers|butchers|opticians|dentists|vets|caterers|brewers|printers|jewellers|joiners|couriers"
    r"|recruitment|brothers|bros|associates)$",
    re.IGNORECASE,
)
"""Who they are, in the plural, ends a name: `Osei Builders`."""
_DIVISION = re.compile(
    r"^(?:(?:technical|customer|financial|legal|support|people|student|guest|health|social|care|it|field|food|business"
    r"|shared|corporate|clinical|education|sales|and|&) )+(?:services|systems|solutions|group|logistics)$",
    re.IGNORECASE,
)
"""A part of a house, and not its name."""
_SMALL = frozenset({"of", "and", "the", "for", "&", "de", "la", "at", "und", "der", "von"})


def guess_company(job_text: str) -> str:
    """The employer's name as the ad writes it, or "" when it is not plain."""
    head = blocks(job_text[:8000])
    for pattern in (_COMPANY_LABEL, _ABOUT):
        for block in head:
            match = pattern.match(_plain(job_text, block))
            if match and len(match.group(1).split()) <= 6 and match.group(1)[0].isupper():
                return _as_written(match.group(1).strip(" .:*_"), job_text)
    near = _below_title(job_text, head[:4]) or _behind_title(job_text, head[:3]) or _above_title(job_text, head[:3])
    if near:
        return near
    text = job_text[:8000]
    for pattern in (_IS_A, _JOIN, _WE_ARE):
        for match in pattern.finditer(text):
            name = match.group(1).strip()
            first = name.split()[0].casefold()
            if first not in _NOT_NAME and len(name) > 2 and not ROLE_WORD.search(name) and not name.isdigit():
                return name
    return ""


def _as_written(name: str, text: str) -> str:
    """A heading in capitals, as the sentences of the ad write the name."""
    if not name.isupper():
        return name
    known = next((m for m in re.finditer(re.escape(name), text, re.IGNORECASE) if not m.group().isupper()), None)
    return known.group() if known else name


def _below_title(text: str, head: list[Block]) -> str:
    """`Senior Nurse` and below it `Lakeside Hospital, Leeds`: a short line of names right under the job's title."""
    for title, under in pairwise(head):
        named, line = _plain(text, title), _plain(text, under)
        if not (_is_head(named) and ROLE_WORD.search(named)) or announced(line) is not None:
            continue
        name = _first_name(line)
        if name and _names_somebody(name, text[under.end :]):
            return name
    return ""


def _above_title(text: str, head: list[Block]) -> str:
    """`Lakeside Hospital` and below it `Senior Nurse` or `Job title: Senior Nurse`."""
    for over, title in pairwise(head):
        line, named = _plain(text, over), _plain(text, title)
        if not ROLE_WORD.search(named) or len(named) > 90 or named.endswith((".", "?")) or announced(line) is not None:
            continue
        name = _first_name(line)
        if name and _names_somebody(name, text[title.end :]):
            return name
    return ""


def _first_name(line: str) -> str:
    """What a line of names begins with: behind it stand the town and the terms."""
    name = _PLACED.split(line, maxsplit=1)[0].strip(" -–—|·•,")
    if len(line) > 110 or not _is_head(name) or line.endswith((".", ":", "?", "!")):
        return ""
    return "" if ROLE_WORD.search(name) or _TERMS.search(name) else name


def _behind_title(text: str, head: list[Block]) -> str:
    """`Sales assistant (part time), Bramble Books & Toys`; `Analyst at Northern Grid`."""
    for block in head:
        line = _plain(text, block)
        title, *parts = _PLACED.split(line)
        if len(line) > 110 or line.endswith((".", "?")) or not ROLE_WORD.search(title):
            continue
        at = _TITLE_AT.search(line)
        if at and (name := _first_name(at[1])) and _capital(name):
            return name
        for part in parts:
            name = part.strip(" )")
            trade = _TRADE.search(name)
            # `Research & Development` is a part of the house: here the `&` alone tells nothing.
            said = _ORGANISATION.search(name.replace("&", "")) and not ROLE_WORD.search(name)
            stated = trade or ((said or _is_spoken_of(name, text[block.end :])) and not _DIVISION.search(name))
            if stated and not _TERMS.search(name) and _capital(name):
                return name
    return ""


def _capital(name: str) -> bool:
    words = name.split()
    return (
        bool(words)
        and len(name) >= 3
        and all(w[0].isupper() or w[0].isdigit() or w.casefold() in _SMALL for w in words)
    )


def _is_spoken_of(name: str, rest: str) -> bool:
    """The ad says what the first word of the name does: `Meridian builds ...` of `Meridian Health`."""
    first = name.split()[0] if name.split() else ""
    if len(first) < 4 or not first[0].isupper() or ROLE_WORD.search(name):
        return False
    acts = rf"(?:^|[.!?]\s+){re.escape(first)}(?: [A-Z]\w+){{0,4}} (?:is|are|was|has|have|[a-z]{{3,}}s)\b"
    return re.search(acts, rest, re.MULTILINE) is not None


def _names_somebody(name: str, rest: str) -> bool:
    """A name in capitals that is no town: it says what it is, or the ad speaks of it again."""
    if not _capital(name):
        return False
    again = re.search(rf"(?<!\bin )(?<!\bnear )(?<!\bfrom )(?<!\bof ){re.escape(name)}\b", rest)
    told = _ORGANISATION.search(name) or _TRADE.search(name)
    return bool(told) or again is not None or _is_spoken_of(name, rest)


def _plain(text: str, block: Block) -> str:
    return re.sub(r"[*_#]+", "", text[block.start : block.end]).strip()


def _is_head(line: str) -> bool:
    """A short line without the marks of a sentence, as titles and names are."""
    return (
        len(line.split()) <= 8
        and len(line) <= 70
        and "\n" not in line
        and not line.rstrip().endswith((".", ":", "!", "?", ","))
    )
