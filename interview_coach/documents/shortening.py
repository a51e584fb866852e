"""The shortest form of a clause that is still a whole phrase."""

import re

from interview_coach.documents.phrasing import NOUNS_TOO, VERBS
from interview_coach.documents.words import STOP_WORDS, tokens, wordset

_STOP_CUT = re.compile(
    r"(?:,? (?:which|who|so that|in order to|in an effort to|such as|including|especially|particularly"
    r"|e\.g\.|i\.e\.|for example"
    r"|for instance|as well as|whilst|while|where|because|whenever|whether|ensuring|making sure|like"
    r"|as (?:this|the|it|we|you|they|needed|required|appropriate|necessary|a means|part of))\b"
    r"|,\s|\s[–—-]+\s|\s\(|:\s|;\s|\s/\s|\s\[|\. )",
    re.IGNORECASE,
)
_SOFT_CUT = re.compile(
    r"\s(?:to (?=\w+)|that\b|when\b|across\b|within\b|throughout\b|during\b|through\b|using\b|via\b"
    r"|under\b|before\b|after\b|from\b"
    r"|by\b|at\b|into\b|on\b|for\b|in\b|with\b|without\b|as\b|between\b|according\b|but\b|until\b|if\b"
    r"|than\b|against\b|towards?\b)",
    re.IGNORECASE,
)
_AND_CUT = re.compile(r",?\s(?:and|or|&)\s", re.IGNORECASE)
_DANGLING = re.compile(
    r"(?:[\s,]+(?:and|or|of|the|a|an|to|in|with|for|at|by|on|from|our|your|their|its|as|both|including"
    r"|such|into|across|within|is|are|be"
    r"|using|all|any|other|this|that|these|those|either|well|also|e\.g|i\.e|&|/|–|—|-|more|than|not"
    r"|between|each|every|his|her|who|which"
    r"|up|able|new|various|different|several|some|least|through|throughout|during|via|under|before|after"
    r"|when|while|if|may|can|will|must"
    r"|should|would|has|have|had|against|towards?|but|so|about|only|very|most|without|until|until the|per|along)\.?)+$",
    re.IGNORECASE,
)
_TORN = re.compile(r"(?:[\s,]+(?:and|or|of|the|a|an|to|with|for|our|your|their|&|including|such as))+$", re.IGNORECASE)
_PHRASAL = wordset(
    "looking looked looks took takes taking carried carrying putting picked picking setting passing passed worked deal"
)
_VERBS_ONLY = VERBS - NOUNS_TOO
_CUTS = ((_STOP_CUT, 2, 9), (_SOFT_CUT, 3, 9), (_AND_CUT, 3, 12))
"""Where a phrase may end, the words it must then have, and from how many words on it is tried: an `and` is cut last."""
_BRACKETS = re.compile(r"[()\[\]:;]|\s[–—]\s")


def shortened(text: str, start: int, end: int) -> tuple[int, int]:
    """The range of a short whole phrase at the beginning of `text[start:end]`.

    About nine words when it can be cut between phrases, more when it cannot; never half a bracket, never ending on a
    word that leads on.
    """
    end = _whole(text, start, end)
    piece = text[start:end]
    if len(piece) > 600:
        piece = piece[:600].rsplit(None, 1)[0]
    for pattern, least, enough in _CUTS:
        if _count(piece) <= enough and not (pattern is _STOP_CUT and _BRACKETS.search(piece)):
            continue
        cut = _cut(piece, pattern, least, lists=False)
        if cut is None and _count(piece) > 12:
            cut = _cut(piece, pattern, least, lists=True)
        if cut is not None:
            piece = piece[:cut]
    words = list(re.finditer(r"\S+", piece))
    if len(words) > 14:
        piece = piece[: words[8].end()]
    piece = piece.rstrip(" \t\n.,;:!?–—-…*/·•&")
    # A phrase that runs to its own end may end on "up" or "is not"; one that the layout cut off ends on "and the".
    dangling = _TORN if start + len(piece) == end else _DANGLING
    piece = dangling.sub("", piece).rstrip(" \t\n,;:–—-")
    if not _balanced(piece):
        cut = min((i for i in (piece.find("("), piece.find("["), piece.find("{")) if i > 0), default=-1)
        piece = piece[:cut].rstrip(" ,;:–—-") if cut > 0 and _balanced(piece[:cut]) else piece
    return start, start + len(piece)


def tightened(label: str, most: int) -> str:
    """The beginning of a label in `most` characters, of two words or more, cut between phrases; else the label."""
    best = ""
    for pattern in (_STOP_CUT, _SOFT_CUT, _AND_CUT):
        for match in pattern.finditer(label):
            head = label[: match.start()]
            if len(best) < len(head) <= most and _count(head) >= 2 and _balanced(head) and not _DANGLING.search(head):
                best = head
    return best or label


def _cut(piece: str, pattern: re.Pattern[str], least: int, *, lists: bool) -> int | None:
    """The last good place within nine words (the first, for a strong boundary), else the first within thirteen.

    `lists` allows to end within an enumeration.
    """
    best = None
    for match in pattern.finditer(piece):
        head = piece[: match.start()]
        words = _count(head)
        if words > 13 or (best is not None and words > 9):
            break
        if words < least or not _balanced(head) or _DANGLING.search(head) or (not lists and _in_list(piece, match)):
            continue
        if not any(word.casefold() not in STOP_WORDS and not word.isdigit() for word in tokens(head)):
            continue
        last = head.split()[-1].casefold()
        if pattern is _SOFT_CUT and (
            last in _VERBS_ONLY or last in _PHRASAL or (last.endswith("ed") and match.group().strip() == "by")
        ):
            continue
        best = match.start()
        if words > 9 or pattern is _STOP_CUT:
            break
    return best


def _in_list(piece: str, match: re.Match[str]) -> bool:
    """A comma inside `a, b and c`: cutting there would leave half a list."""
    if match.group() != ", ":
        return False
    tail = piece[match.end() :].split(None, 3)
    return len(tail) >= 2 and (
        tail[0].casefold() in {"and", "or"} or tail[0].endswith(",") or tail[1] in {"and", "or", "&"}
    )


def _whole(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in " \t\n.,;:!?–—-…*_":
        end -= 1
    return end


def _count(piece: str) -> int:
    return len(piece.split())


def _balanced(piece: str) -> bool:
    return all(piece.count(a) == piece.count(b) for a, b in ("()", "[]", "{}", "“”")) and piece.count('"') % 2 == 0
