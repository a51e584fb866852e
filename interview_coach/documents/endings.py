"""Where a phrase may end: what comes before a cut must stand by itself when it is spoken."""

import re

from interview_coach.documents.phrasing import NOUNS_TOO, VERBS, tells
from interview_coach.documents.words import STOP_WORDS, tokens, wordset

VERBS_ONLY = VERBS - NOUNS_TOO
_LEADS_ON = wordset("""
    and or of the a an to in with for at by on from our your their its as both including such into across within is are
    be using all any other this that these those
    multiple either well also & than not between each every his her my who which
    whose whom what how why where when while whether up able new various different several some least through throughout
    during via under before after if may can could will must should would has have had against toward towards but so
    about only very most without until per along more no
    preferably especially ideally particularly mainly typically usually sometimes often always really quite
    due prior regardless according commensurate consistent inconsistent compatible responsible accountable capable
    willing willingness ability unable likely related relevant similar equal subject dependent based
    once entails involves requires includes means contains consists isn't aren't doesn't don't
    being want wants need needs like wish
    trying wanting hoping aiming needing helping seeking allowing enabling wishing looking""")
"""Words that promise more."""
_WITH_TO = wordset("desire drive capacity opportunity chance eagerness effort right aim attempt hunger passion how")
_OPENERS = wordset("that which who whose whom where when how what why whether if because")
_PREPOSITIONS = wordset("""
    in of for by with from at on to into about through and or without before after while when as than via""")
_ING_NOUNS = wordset("""
    accounting advertising banking baking bookkeeping building cabling canvassing catering ceiling cleaning coaching
    coding computing consulting cooking counselling counseling decision-making drawing driving engineering evening
    fishing fundraising funding gardening handling heating housing housekeeping knitting learning listening lighting
    machining manufacturing marketing meeting mentoring modelling modeling morning networking nursing nothing painting
    parking planning plumbing pricing printing problem-solving processing programming publishing purchasing reading
    record-keeping recruiting reporting roofing sailing scheduling scripting sewing sourcing spring staffing
    storytelling string surfacing surveying swimming teaching team-building teambuilding testing timing tooling training
    troubleshooting tutoring understanding upbringing upskilling warehousing welding wellbeing well-being wiring writing
    working monitoring logging screening editing proofreading auditing""")
_QUALITY = re.compile(
    r"(?:\w+(?:[a-z]ing|able|ible|ful|ous|ive|al|ic|ent|ant|ish|less|ary|ory|ate|ed|ient|-\w+)|short|clear|good"
    r"|strong"
    r"|safe|new|large|small|warm|calm|high|low|fast|clean|tidy|fun|complex|simple|busy|big|open|kind|polite|quick"
    r"|deep|broad|full|fresh|bright|sound|great|young|older|friendly|lively|timely|daily|weekly|monthly|honest"
    r"|polite|open|fair)",
    re.IGNORECASE,
)
_DETERMINERS = wordset("a an the our your their its very highly more most")
_JOINS = re.compile(r"\s*(?:,|&|/|\band\b|\bor\b)\s*(?:and\s+|or\s+|&\s+)?(?P<next>[\w’'-]+)?", re.IGNORECASE)


def may_end(head: str, rest: str) -> bool:
    """`head` is a whole phrase when `rest`, all that followed it, is cut off."""
    words = head.split()
    if not words:
        return False
    last = words[-1].strip(".,;:!?\"'“”’").casefold()
    before = words[-2].casefold().strip(",") if len(words) > 1 else ""
    if last in _LEADS_ON or not balanced(head) or before in _OPENERS or words[-1].endswith(("-", "–", "/")):
        return False
    if not any(word.casefold() not in STOP_WORDS and not word.isdigit() for word in tokens(head)):
        return False
    if not rest.strip():
        return True
    follows = _JOINS.match(rest)
    if re.match(r"\s*(?:is|are|was|were|will|can|has|have|does|must|should|would)\b", rest):
        return False
    if last in _WITH_TO and re.match(r"\s+to\s", rest):
        return False
    if last in VERBS and before == "to":
        return False
    if _is_verb(last) and not _QUALITY.fullmatch(last) and (before not in _DETERMINERS or follows is None):
        return False
    if last.endswith("ing") and before in _PREPOSITIONS and last not in _ING_NOUNS:
        return False
    if last.isdigit() and (
        re.match(r"\s*(?:[%–—-]|(?:to|or) \d)", rest)
        or (words[-2:-1] and words[-2].islower() and before not in {"of", "to", "by"})
    ):
        return False
    if follows is not None and not _list_may_end(words, last, before, follows.group("next") or ""):
        return False
    return not (before in _DETERMINERS and _QUALITY.fullmatch(last) and re.match(r"\s*[\w’'-]", rest) and not follows)


def _is_verb(last: str) -> bool:
    base = last.removesuffix("s")
    return last in VERBS_ONLY or (base != last and base in VERBS_ONLY and base + "s" == last)


def _list_may_end(words: list[str], last: str, before: str, following: str) -> bool:
    """Not inside `a clear, accurate letter`, nor inside `hired, trained and kept a team`."""
    adjective = bool(_QUALITY.fullmatch(last))
    if adjective and (before in _DETERMINERS or (_QUALITY.fullmatch(following) is not None and len(words) > 1)):
        return False
    bare = [word.strip(",").casefold() for word in words]
    return not all(
        word in VERBS or word in {"and", "or", "&"} or tells(word + " it") or word.endswith("ly") for word in bare
    )


def joins_adjectives(words: list[str]) -> bool:
    """The `and` after these words goes on with the next adjective: `with a confident (and engaging attitude)`."""
    return (
        len(words) > 1
        and words[-2].casefold() in _DETERMINERS | {"is", "are", "be", "being", "with", "stays", "keep"}
        and _QUALITY.fullmatch(words[-1]) is not None
    )


def is_quality(word: str) -> bool:
    """Looks like an adjective: `accurate`, `clear`. A guess by endings."""
    return _QUALITY.fullmatch(word.strip(",")) is not None


def balanced(piece: str) -> bool:
    """No bracket or quotation mark without its partner."""
    return all(piece.count(a) == piece.count(b) for a, b in ("()", "[]", "{}", "“”")) and piece.count('"') % 2 == 0


_YEARS = re.compile(
    r"(?:(?:at least|minimum(?: of)?|min\.?|over|more than|up to|a few|several|some|many|around"
    r"|about)\s+)*(?:an?\s+)?"
    r"(?:\d[\d\s+–-]*|one|two|three|four|five|six|seven|eight|ten|few|several)?(?:\s?(?:\+|to|or more|plus|\d+))*\s*"
    r"(?:years?|yrs?|months?)['’]?(?: or more)?"
    r"(?:\s+(?:of\s+)?(?:(?:relevant|related|similar|prior|previous|proven|professional|practical|work|working|paid|full"
    r"|time|recent|solid|good|hands|on|industry|equivalent|total|continuous)[\s-]+){0,4}(?:experience|work|practice))?",
    re.IGNORECASE,
)


def is_whole(label: str) -> bool:
    """The label can be said: balanced, not torn off, more than a figure or a number of years, at most nine words."""
    plain = " ".join(label.split())
    return (
        may_end(plain, "")
        and not re.search(r"<|&(?:amp|nbsp|pound|lt|gt|quot|#\d)", plain)
        and 1 <= len(plain.split()) <= 9
        and any(character.isalpha() for character in plain)
        and _YEARS.fullmatch(plain) is None
    )
