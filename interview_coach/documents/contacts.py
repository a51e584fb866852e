"""Contact data out of a text before a model sees it.

Found by form, not by meaning: e-mail addresses, links and profile names, phone numbers (documents/phones.py), streets
with a house number and post codes with their town (documents/addresses.py). Better one address too many than one too
few, but never a year, a date, a figure or a salary: those are what an interview is about. Every pattern takes linear
time.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from interview_coach.documents.addresses import find_addresses
from interview_coach.documents.phones import find_phones

EMAIL = "[e-mail]"
LINK = "[link]"
PHONE = "[phone]"
ADDRESS = "[address]"


@dataclass(frozen=True, slots=True)
class Contact:
    """`text[start:end]` is contact data; `placeholder` says of which kind."""

    start: int
    end: int
    placeholder: str


_EMAIL = re.compile(
    r"mailto:[^\s<>]{1,254}"
    r"|(?<![\w.+-])[\w.+'-]{1,64}[ ]?(?:@|\(at\)|\[at\])[ ]?(?:[\w-]{1,63}[ ]?(?:\.|\(dot\)|\[dot\])[ ]?){1,8}"
    r"[^\W\d_]{2,24}",
    re.IGNORECASE,
)
_HOSTS = (
    r"linkedin\.com|github\.com|gitlab\.com|bitbucket\.org|xing\.com|twitter\.com|x\.com|facebook\.com|"
    r"instagram\.com|medium\.com|behance\.net|dribbble\.com|stackoverflow\.com|kaggle\.com|t\.me|wa\.me|orcid\.org|"
    r"researchgate\.net|youtube\.com|about\.me|huggingface\.co|mastodon\.social|bsky\.app"
)
_LINK = re.compile(
    r"(?<![\w@])(?:"
    r"https?://[^\s<>\"]{1,2000}"
    r"|www\.[^\s<>\"]{1,2000}"
    rf"|(?:[a-z]{{2,3}}\.)?(?:{_HOSTS})/[^\s<>\"]{{1,500}}"
    r"|[a-z0-9-]{1,63}\.(?:github|gitlab)\.io\b[^\s<>\"]{0,500}"
    r"|(?:linkedin|github|gitlab|xing|twitter|skype|telegram|instagram|orcid|mastodon)[ ]?:[ ]?/?@?[\w@./-]{2,100}"
    r"|(?:linkedin|github|gitlab|xing)/[\w./-]{2,100}"
    r"|(?:[a-z0-9-]{1,63}\.){1,3}(?:com|dev|me|blog|portfolio|page|name)/[^\s<>\"]{1,500}"
    r")",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w@.])@[A-Za-z][\w.]{1,30}(?![\w@])")
_SITE_LINE = re.compile(
    r"(?:^|(?<=[|·•,;\t])|(?<=[|·•,;][ ]))[ \t]{0,8}([a-z0-9][a-z0-9-]{1,62}(?:\.[a-z0-9-]{2,63}){0,2}\.[a-z]{2,12})"
    r"(?=[ \t]{0,8}(?:$|[|·•,;]))",
    re.IGNORECASE | re.MULTILINE,
)
"""A bare domain that stands alone on its line or between separators, as in the head of a CV."""
_PROGRAM = re.compile(
    r"\.(?:js|net|py|io|ai|md|txt|pdf|docx?|ts|sh|java|cpp|tsx?|jsx?|sql|json|ya?ml|xml|html|css)$", re.I
)


def redact_contacts(text: str) -> str:
    """`text` with contact data replaced by `[e-mail]`, `[link]`, `[phone]`, `[address]`."""
    out: list[str] = []
    at = 0
    for contact in find_contacts(text):
        out += (text[at : contact.start], contact.placeholder)
        at = contact.end
    return "".join((*out, text[at:]))


def find_contacts(text: str) -> list[Contact]:
    """Spans of contact data in order of place, without overlap; offsets count code points."""
    taken = bytearray(len(text))
    found: list[Contact] = []
    for contact in _candidates(text):
        length = contact.end - contact.start
        if length > 0 and not any(taken[contact.start : contact.end]):
            taken[contact.start : contact.end] = b"\x01" * length
            found.append(contact)
    return sorted(found, key=lambda contact: contact.start)


def _own_handles(text: str) -> Iterator[tuple[int, int]]:
    """Lines that hold nothing but the name of one of the mail addresses: profile names whose icon got lost."""
    names = {match.group().partition("@")[0].lower() for match in _EMAIL.finditer(text)}
    at = 0
    for line in text.split("\n") if names else ():
        name = line.strip()
        if name.lower() in names:
            start = at + line.index(name)
            yield start, start + len(name)
        at += len(line) + 1


def _candidates(text: str) -> Iterator[Contact]:
    """In order of certainty: what comes first wins where two overlap."""
    for pattern, placeholder in ((_EMAIL, EMAIL), (_LINK, LINK), (_HANDLE, LINK)):
        for match in pattern.finditer(text):
            trimmed = match.group().rstrip(".,;:!?)]}'\"")
            yield Contact(match.start(), match.start() + len(trimmed), placeholder)
    for start, end in _own_handles(text):
        yield Contact(start, end, LINK)
    for match in _SITE_LINE.finditer(text):
        if not _PROGRAM.search(match[1]):
            yield Contact(match.start(1), match.end(1), LINK)
    for start, end in find_addresses(text):
        yield Contact(start, end, ADDRESS)
    for start, end in find_phones(text):
        yield Contact(start, end, PHONE)
