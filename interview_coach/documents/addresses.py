"""Streets with a house number, and post codes with their town.

Each pattern starts from what is rare (a digit, a code, the word for a street) and looks around from there, so that
the time stays linear on any text.
"""

import re
from collections.abc import Iterator

_UPPER = "A-ZÀ-ÖØ-ÞĀŁŚŻŠŽČŘ"
_NAME = rf"[{_UPPER}][\w'’.-]{{0,30}}"
_TOWN = (
    rf"{_NAME}(?:[ ](?:(?:am|an|der|im|bei|upon|on|sur|de|la|le|en|del)[ ]){{0,2}}[{_UPPER}(][\w'’.)/-]{{0,30}}){{0,3}}"
)

_TYPES = (
    r"street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|way|terrace|crescent|close|"
    r"square|sq|highway|hwy|parkway|pkwy|gardens|grove|mews|quay|place|pl"
)
_NUMBER_FIRST = re.compile(
    rf"(?<![\w.,/-])\d{{1,5}}[A-Za-z]?(?:[-–/]\d{{1,4}}[A-Za-z]?)?,?[ ](?:[NSEW]{{1,2}}\.?[ ])?"
    rf"(?:(?:[{_UPPER}]|\d{{1,3}}(?:st|nd|rd|th))[\w'’.-]{{0,30}}[ ]){{1,4}}?"
    rf"(?i:{_TYPES})(?:\.|\b)(?:[ ](?:NE|NW|SE|SW|[NSEW])\b)?"
    r"(?:,?[ ](?i:apt|apartment|suite|ste|unit|flat|floor|fl|#)\.?[ ]?#?\w{1,6})?"
)
_FRENCH = re.compile(
    r"(?<![\w.,/-])\d{1,4}(?:[ ]?(?:bis|ter))?,?[ ](?i:rue|avenue|boulevard|chemin|place|allée|impasse|quai|cours)[ ]"
    rf"(?:(?:de|du|des|la|le|les|d'|l'|d’|l’)[ ]?){{0,3}}[{_UPPER}][\w'’-]{{1,40}}"
    rf"(?:[ ][{_UPPER}][\w'’-]{{1,40}}){{0,3}}"
)
_HOUSE = (
    r",?[ ](?:n[°º]?[ ]?)?(?!(?:19|20)\d\d(?!\d))\d{1,4}[ ]?(?:[a-zA-Z](?!\w))?(?:[ ]?[-–/][ ]?\d{1,4}[a-z]?)?"
    r"(?![\w%]|[.,]\d)"
)
"""A number of a house, not a year, a share or a figure."""
_WORD_THEN_HOUSE = re.compile(
    r"(?:[Ss]tra(?:ß|ss)e|[Ss]tr\.|[Gg]asse|[Aa]llee|[a-zäöüß][Pp]latz|damm|ufer|[Cc]haussee|[a-zäöüß]weg|-Weg|"
    rf"[a-zäöüß]ring|-Ring|straat|laan|gatan|vägen|gade|vej){_HOUSE}"
)
_ROMANCE = re.compile(
    r"(?<!\w)(?i:rua|calle|c/|avenida|avda\.|plaza|paseo|via|viale|corso|piazza|ulica|ul\.|al\.|praça)[ ]"
    rf"(?:(?:de|la|los|las|el|del|della|dei|di|da|do|dos)[ ]){{0,3}}[{_UPPER}][\w'’.-]{{1,40}}"
    rf"(?:[ ][\w'’.-]{{1,40}}){{0,3}}?{_HOUSE}"
)
_STREETS = (_NUMBER_FIRST, _FRENCH, _ROMANCE)
_FLAT = re.compile(r"(?<!\w)(?i:flat|apartment|apt|unit)\.?[ ]\w{1,5},?[ ]$")
_TOWN_AFTER = re.compile(
    rf"[ ]{{0,2}},[ ]{{0,2}}(?:(?:[A-Z]{{1,2}}-)?\d{{4,6}}[ ])?{_TOWN}(?:,[ ]{_TOWN}){{0,2}}(?=[ \t]*(?:[|·•;,\n]|\Z))"
    rf"|,?[ ]{{0,2}}\n[ ]{{0,8}}(?:(?:[A-Z]{{1,2}}-)?\d{{4,6}}[ ]{_TOWN}|{_TOWN},[ ]{_TOWN})(?=[ \t]*(?:[|·•;,\n]|\Z))"
    rf"|[ ]{{1,2}}(?:[·•|][ ])?(?:[A-Z]{{1,2}}-)?\d{{4,6}}[ ]{_TOWN}"
)

_UK = (
    r"(?:GIR[ ]?0AA|[A-PR-UWYZ](?:[A-HK-Y]?\d{1,2}|\d[A-HJKS-UW]|[A-HK-Y]\d[ABEHMNPRV-Y])"
    r"[ ]\d(?!GB|TB)[ABD-HJLNP-UW-Z]{2})"
)
_STATE = (
    r"(?:A[LKZR]|C[AOT]|D[EC]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|"
    r"W[AVIY])"
)
_CANADA = r"(?:[A-Z]{2},?[ ])?[ABCEGHJ-NPRSTVXY]\d[A-Z][ -]?\d[A-Z]\d"
_CODE = re.compile(rf"(?<![\w-])(?:{_UK}|{_STATE},?[ ]\d{{5}}(?:-\d{{4}})?|{_CANADA})(?![\w-])")
_TOWN_BEFORE = re.compile(rf"(?<!\w){_TOWN},?[ ]$")
_CODE_TOWN = re.compile(
    r"(?:^|(?<=[|·•,;:\t])|(?<=[|·•,;:][ ])|(?<=[ ])(?=[A-Z]{1,2}-))[ ]{0,8}"
    r"((?:(?:D|A|CH|F|I|B|L|E|DE|AT|FR|NL|PL|SE|DK|FI)-)?"
    r"(?:(?!\d\d000)\d{5}|\d{4}[ ]?[A-Z]{2}|\d\d-\d{3}|\d{3}[ ]\d\d|(?<=[A-Z]-)\d{4})"
    rf"[ ]{_TOWN})(?=[ \t]{{0,8}}(?:$|[|·•,;(]))",
    re.MULTILINE,
)
_BOX = re.compile(r"\b(?:P\.?[ ]?O\.?[ ]?Box|Postfach)[ ]\d[\d ]{0,10}", re.IGNORECASE)
_LOOK_BACK = 80


def find_addresses(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each street, with the town that follows it, and of each post code with its town."""
    for pattern in _STREETS:
        for match in pattern.finditer(text):
            yield _street(text, match.start(), match.end())
    for match in _WORD_THEN_HOUSE.finditer(text):
        yield _street(text, _word_start(text, match.start()), match.end())
    for match in _CODE.finditer(text):
        head = text[max(0, match.start() - _LOOK_BACK) : match.start()].rpartition("\n")[2]
        town = _TOWN_BEFORE.search(head)
        yield (match.start() - len(town.group()) if town else match.start()), match.end()
        yield match.start(), match.end()  # the town may belong to a street found already
    for match in _CODE_TOWN.finditer(text):
        yield match.start(1), match.end(1)
    for match in _BOX.finditer(text):
        yield match.start(), match.end()


def _street(text: str, start: int, end: int) -> tuple[int, int]:
    flat = _FLAT.search(text[max(0, start - 20) : start])
    if flat:
        start -= len(flat.group())
    town = _TOWN_AFTER.match(text, end)
    return start, town.end() if town else end


def _word_start(text: str, at: int) -> int:
    """Start of the street's name: of the word, and of the word before when the street's word stands alone."""
    head = text[max(0, at - _LOOK_BACK) : at + 1].rpartition("\n")[2]
    name = re.search(r"(?<![\w-])[\w'’.-]{0,60}$", head)
    length = len(name.group()) if name else 1
    if length == 1:
        name = re.search(rf"(?<![\w-]){_NAME}[ -].$", head)
        length = len(name.group()) if name else 1
    return at + 1 - length
