"""Phone numbers in any national writing, told apart from dates, year ranges, figures and money."""

import re
from collections.abc import Iterator

_RUN = re.compile(r"(?<![\w.,/€$£¥+(])[+(]{0,2}\d[\d ()./\u2010-\u2013-]{5,28}\d(?![\w%])")
_LABEL = re.compile(
    r"(?:tel|telephone|telefon|phone|mobile|mobil|cell|handy|fax|whatsapp|tél|téléphone|teléfono|móvil|telefono)\b"
    r"[ .:/(]{0,4}(?:no\b|number\b|nr\b)?[ .:/)]{0,4}$",
    re.IGNORECASE,
)
_DATES = re.compile(
    r"\(?(?:\d{1,2}[./-]){0,2}(?:19|20)\d\d(?:[./-]\d{1,2}){0,2}\)?"
    r"(?:[ ]?[-–/ ][ ]?\(?(?:\d{1,2}[./-]){0,2}(?:19|20)?\d\d(?:[./-]\d{1,2}){0,2}\)?)*"
)
_FIGURE = re.compile(r"\d{1,3}(?:[ .]\d{3})+")
_MONEY_BEFORE = re.compile(r"(?:[€$£¥]|\b(?:EUR|USD|GBP|CHF|PLN|INR|SEK|DKK|NOK|Rs\.?))[ ]?$", re.IGNORECASE)
_UNIT_AFTER = re.compile(r"[ ]?(?:[€$£¥%]|(?:EUR|USD|GBP|CHF|PLN|INR|SEK|DKK|NOK|Euro)\b)|[ ][a-zäöü]{3,}")
_AMERICAN = re.compile(r"(?:\+?1[ .-])?\(?\d{3}\)?[ ./-]?[ ]?\d{3}[ .-]\d{4}(?!\d)")
_PAIRS = re.compile(r"\d\d(?:[ .-]\d\d){3,4}")
_THREES = re.compile(r"\d{3}[ -]\d{3}[ -]\d{3,4}")
_FEWEST, _MOST = 7, 15


def find_phones(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each number."""
    for run in _RUN.finditer(text):
        found = run.group()
        before = text[max(0, run.start() - 24) : run.start()]
        american = _AMERICAN.match(found)
        if american and not _MONEY_BEFORE.search(before):
            yield run.start(), run.start() + american.end()
        elif _is_phone(found, before, text[run.end() : run.end() + 24]):
            yield run.start(), run.end()


def _is_phone(found: str, before: str, after: str) -> bool:
    digits = sum(map(str.isdigit, found))
    if not _FEWEST <= digits <= _MOST or _MONEY_BEFORE.search(before):
        return False
    if _LABEL.search(before):
        return True
    if _DATES.fullmatch(found):
        return False
    plain = found.lstrip("+(")
    figure = _FIGURE.fullmatch(plain) and not plain.startswith("0")
    if figure and (_UNIT_AFTER.match(after) or plain.endswith(("000 000", "000.000"))):
        return False
    if found.startswith(("+", "(+", "00", "0", "(0")):
        return True
    if _PAIRS.fullmatch(found) or _THREES.fullmatch(found):
        return not _UNIT_AFTER.match(after)
    # A long number without any grouping: nobody writes a figure like that.
    return found.isdigit() and digits >= 10
