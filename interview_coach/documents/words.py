"""Words of a text as comparable terms: tokens, light stems, and which of them say something about a topic."""

import re
from functools import lru_cache

_TOKEN = re.compile(r"[^\W_]+(?:[.'’&][^\W_]+)*[+#]*")


def wordset(text: str) -> frozenset[str]:
    """The words of a list written as text."""
    return frozenset(text.split())


STOP_WORDS = wordset("""
    a about above across after again all along also although am an and another any anyone are around as at
    be because been before being below between both but by can cannot could did do does doing done down
    during each either else enough etc even ever every few first for from further get give given go had has
    have having he her here hers him his how however i if in including into is it its itself just least less
    let like made make makes many may me might more most much must my near need needed needs neither next no
    nor not now of off often on once one only onto or other others our ours out over own per please quite
    rather s same several shall she should since so some such t than that the their theirs them then there
    these they this those through throughout to together too two under until up upon us use used using very
    via was we well were what when where whether which while who whom whose why will with within without
    would yet you your yours yourself am ve ll re d e.g i.e""")
"""Function words: never a topic."""

_GENERIC_WORDS = wordset("""
    month monthly hour yearly annual evening weekend
    ability able applicant appropriate area aspect attitude background based basic benefit best broad busy
    candidate capable capacity career challenge clear colleague combine comfortable company competent
    comprehensive confident contribute core current daily day deep deliver demonstrate demonstrable
    desirable desire detailed develop different duty effective efficient enable encourage ensure
    enthusiastic environment equivalent essential excellent exceptional expect experience experienced expert
    expertise extensive familiar familiarity field follow full general good great group hands help high
    highly hold ideal ideally important improve include independent individual industry interest job join
    key kind knowledge large lead level long look maintain major manage member minimum multiple new office
    open opportunity organisation organization outstanding participate party passion people perform person
    personal plus position possess practical practice prefer preferred previous prior process professional
    proficiency proficient project proven provide qualification qualified quality range ready relevant
    report require required requirement responsible responsibility result role run service set setting
    similar site skill skilled small solid solution sound staff standard strong successful success suitable
    support system take task team term time track record type understand understanding various week willing
    willingness work worker working world year""")


_IRREGULAR = {
    "taught": "teach", "led": "lead", "ran": "run", "built": "build", "sold": "sell", "wrote": "writ",
    "written": "writ", "drove": "driv", "driven": "driv", "bought": "buy", "spoke": "speak", "spoken": "speak",
    "analysis": "analys", "analyses": "analys", "analyst": "analys", "analysts": "analys", "analytic": "analys",
    "analytics": "analys", "analytical": "analys", "analyze": "analys", "analyzed": "analys", "analyzing": "analys",
    "children": "child", "people": "person", "staff": "staff", "sales": "sale", "news": "news", "safety": "saf",
    "safely": "saf", "safe": "saf", "kept": "keep", "made": "make", "grew": "grow", "chose": "choos", "met": "meet",
    "organisation": "organis", "organization": "organis", "organising": "organis", "organizing": "organis",
    "organised": "organis", "organized": "organis", "organise": "organis", "organize": "organis",
    "organises": "organis", "programming": "programming", "programmer": "programming", "programmers": "programming",
    "evening": "evening", "evenings": "evening", "story": "story", "stories": "story",
    "cleaning": "clean", "cleaner": "clean", "portion": "portion", "portions": "portion", "portioning": "portion",
    "carry": "carry", "carried": "carry", "carrying": "carry", "care": "care", "caring": "care", "cared": "care",
    "carer": "care", "letter": "letter", "note": "note", "passion": "passion", "passionate": "passion",
    "million": "million", "party": "party", "ready": "ready", "site": "site", "implement": "implement",
    "implemented": "implement", "implementing": "implement", "implementation": "implement", "sale": "sale",
    "deliver": "deliver", "delivery": "deliver", "delivered": "deliver", "delivering": "deliver",
    "engineer": "engineer", "engineering": "engineer", "medicine": "medicin", "medicinal": "medicin",
    "menus": "menu", "publication": "publish", "publications": "publish",
}  # fmt: skip

_SUFFIXES = (
    ("isations", 3), ("izations", 3), ("isation", 3), ("ization", 3), ("ational", 4), ("ements", 4), ("ement", 4),
    ("ments", 4), ("ment", 4), ("ations", 4), ("ation", 4), ("itions", 4), ("ating", 4), ("ated", 4), ("ators", 4),
    ("ator", 4), ("ately", 4), ("ates", 4), ("ate", 4), ("ising", 4), ("izing", 4), ("ised", 4), ("ized", 4),
    ("isers", 4), ("izers", 4), ("iser", 4), ("izer", 4), ("ises", 4), ("izes", 4), ("ise", 4), ("ize", 4),
    ("ances", 4), ("ance", 4), ("ences", 5), ("ence", 5), ("ants", 5), ("ant", 5), ("ively", 4), ("ive", 4),
    ("ingly", 4), ("ings", 4), ("ing", 3), ("edly", 4), ("ed", 3), ("iers", 4), ("ier", 4), ("ers", 4), ("er", 4),
    ("ors", 4), ("or", 5), ("ions", 4), ("ion", 4), ("ically", 4), ("ical", 4), ("ic", 5), ("ally", 4), ("al", 5),
    ("ities", 4),
    ("ity", 4), ("ies", 3), ("ied", 3), ("ly", 4), ("es", 4), ("e", 3), ("s", 3), ("y", 4),
)  # fmt: skip


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A light English stem, good enough to put `plan`, `planned` and `planning` together; not a dictionary form."""
    word = word.casefold().replace("’", "'")
    if word.endswith("'s"):
        word = word[:-2]
    if len(word) > 40:
        return word[:40]
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) <= 3 or not word.isalpha():
        return word
    word = _singular(word)
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for suffix, left in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= left and not word.endswith(("ss", "us", "is")):
            word = word[: -len(suffix)]
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    if len(word) > 4 and word[-1] in "eiy":
        word = word[:-1]
    return word


GENERIC_STEMS = frozenset(stem(word) for word in _GENERIC_WORDS)
"""Stems that most ads and CVs share: they never make two texts alike by themselves."""


def tokens(text: str) -> list[str]:
    """Words as written, numbers included; hyphenated words come in their parts."""
    return _TOKEN.findall(text)


def terms(text: str) -> list[str]:
    """Stems of the words that are not function words, in order, repeats included."""
    return [
        stem(token)
        for token in tokens(text)
        if token.casefold() not in STOP_WORDS and (len(token) > 1 or not token.isascii())
    ]


def topic_terms(text: str) -> frozenset[str]:
    """Stems that say what a text is about: neither function words, nor words of every ad, nor bare figures."""
    return frozenset(term for term in terms(text) if term not in GENERIC_STEMS and not term[0].isdigit())
