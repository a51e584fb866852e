"""The shortest form of a clause that is still a whole phrase."""

import re

from interview_coach.documents.endings import balanced, may_end
from interview_coach.documents.words import STOP_WORDS, wordset

_STOP_CUT = re.compile(
    r"(?:,? (?:which|who|so that|in order to|in an effort to|such as|including|especially|particularly"
    r"|e\.g\.|i\.e\.|for example|preferably|ideally|once|when|whenever|although|though|rather than|instead of"
    r"|for instance|as well as|whilst|while|where|because|whenever|whether|ensuring|making sure|like"
    r"|as (?:this|the|it|we|you|they|needed|required|appropriate|necessary|a means|part of))\b"
    r"|,\s|\s[–—-]+\s|\s\(|:\s|;\s|\s/\s|\s\[|\. )",
    re.IGNORECASE,
)
_SOFT_CUT = re.compile(
    r"\s(?:to (?=\w+)|that\b|when\b|across\b|within\b|throughout\b|during\b|through\b|using\b|via\b"
    r"|under\b|before\b|after\b|from\b"
    r"|by\b|at\b|into\b|on\b|for\b|in\b|with\b|without\b|as\b|between\b|according\b|about\b|alongside\b|but\b"
    r"|until\b|if\b"
    r"|than\b|against\b|towards?\b)",
    re.IGNORECASE,
)
_AND_ALSO = re.compile(r",?\s(?:and|or|&)\s(?=(?:\w+ing|an?|the|to|your|our|their)\s)", re.IGNORECASE)
"""Goes on with another phrase, not with the second half of one."""
_AND_CUT = re.compile(r",?\s(?:and|or|&)\s", re.IGNORECASE)
_DANGLING = re.compile(
    r"(?:[\s,]+(?:and|or|of|the|a|an|to|in|with|for|at|by|on|from|our|your|their|its|as|both|including"
    r"|such|into|across|within|is|are|be"
    r"|using|all|any|other|this|that|these|those|either|well|also|e\.g|i\.e|&|/|–|—|-|more|than|not"
    r"|between|each|every|his|her|who|which"
    r"|up|able|new|various|different|several|some|least|through|throughout|during|via|under|before|after"
    r"|when|while|if|may|can|will|must"
    r"|should|would|has|have|had|against|towards?|but|so|about|only|very|most|without|until|until the|per|along|how"
    r"|what|where|why|once"
    r"|preferably|especially|ideally|particularly|mainly|typically)\.?)+$",
    re.IGNORECASE,
)
_TORN = re.compile(r"(?:[\s,]+(?:and|or|of|the|a|an|to|with|for|our|your|their|&|including|such as))+$", re.IGNORECASE)
_PHRASAL = wordset(
    "looking looked looks took takes taking carried carrying putting picked picking setting passing passed worked deal"
)
MOST_WORDS = 9
"""More than that is a sentence and no label."""
_CUTS = ((_STOP_CUT, 2), (_SOFT_CUT, 3), (_AND_CUT, 3))
"""Where a phrase may end and the words that it must then have; an `and` is cut last."""
_BRACKET = re.compile(r"\s*(?:\((?![A-Z]{2,6}\)\s\w)|\[|\{)")
_MARK = re.compile(r":\s|;\s|\s[–—]\s")


def shortened(text: str, start: int, end: int) -> tuple[int, int]:
    """The range of a short whole phrase at the beginning of `text[start:end]`.

    At most nine words, cut between phrases where that can be; never half a bracket, never ending on a word that leads
    on. Text without any place to cut gives its first words.
    """
    end = _whole(text, start, end)
    piece = text[start:end]
    if len(piece) > 600:
        piece = piece[:600].rsplit(None, 1)[0]
    bracket = _BRACKET.search(piece)
    if bracket and any(c.isalpha() for c in piece[: bracket.start()]):
        piece = _DANGLING.sub("", piece[: bracket.start()])
    for pattern, least in _CUTS:
        if _count(piece) <= MOST_WORDS and not (pattern is _STOP_CUT and _MARK.search(piece)):
            continue
        cut = _cut(piece, pattern, least, lists=False)
        if cut is None and _count(piece) > MOST_WORDS:
            cut = _cut(piece, pattern, least, lists=True)
        if pattern is _SOFT_CUT and _count(piece) > MOST_WORDS:
            cut = max(cut or 0, _cut(piece, _AND_ALSO, least, lists=True) or 0) or None
        if cut is not None:
            piece = piece[:cut]
    if _count(piece) > MOST_WORDS:
        piece = _first_words(piece)
    piece = piece.rstrip(" \t\n.,;:!?–—-…*/·•&")
    # A phrase that runs to its own end may end on "up" or "is not"; one that the layout cut off ends on "and the".
    dangling = _TORN if start + len(piece) == end else _DANGLING
    piece = dangling.sub("", piece).rstrip(" \t\n,;:–—-")
    if not balanced(piece):
        cut = min((i for i in (piece.find("("), piece.find("["), piece.find("{")) if i > 0), default=-1)
        piece = piece[:cut].rstrip(" ,;:–—-") if cut > 0 and balanced(piece[:cut]) else piece
    return start, start + len(piece)


def tightened(label: str, most: int) -> str:
    """The beginning of a label in `most` characters, of two words or more, cut between phrases; else the label."""
    best = ""
    for pattern in (_STOP_CUT, _SOFT_CUT, _AND_CUT):
        for match in pattern.finditer(label):
            head = label[: match.start()]
            if len(best) < len(head) <= most and _count(head) >= 2 and may_end(head, label[match.start() :]):
                best = head
    return best or label


def _first_words(piece: str) -> str:
    """The most of the first nine words that may be an end; a place before a little word is the better one."""
    words = list(re.finditer(r"\S+", piece))
    ends = [words[count - 1].end() for count in range(min(MOST_WORDS, len(words)), 1, -1)]
    whole = [end for end in ends if may_end(piece[:end], piece[end:])]
    before_little = [end for end in whole if (piece[end:].split() or [""])[0].casefold() in STOP_WORDS]
    return piece[: (before_little or whole or ends)[0]]


def _cut(piece: str, pattern: re.Pattern[str], least: int, *, lists: bool) -> int | None:
    """The last good place within nine words (the first, for a strong boundary). `lists` allows to end within a list."""
    best = None
    for match in pattern.finditer(piece):
        head = piece[: match.start()]
        words = _count(head)
        if words > MOST_WORDS:
            break
        if words < least or (not lists and _in_list(piece, match)) or not may_end(head, piece[match.start() :]):
            continue
        last = head.split()[-1].casefold()
        if pattern is _SOFT_CUT and (last in _PHRASAL or (last.endswith("ed") and match.group().strip() == "by")):
            continue
        best = match.start()
        if pattern is _STOP_CUT:
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
