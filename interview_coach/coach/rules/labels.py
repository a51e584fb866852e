"""Putting a label of an ad or CV into a spoken sentence.

Labels are verbatim pieces of foreign documents: noun phrases, duties, gerunds, qualities, half sentences. Each is
classified by the words it begins and ends with, and only worded in ways that suit its class; what would not read
naturally is put in quotation marks.
"""

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

from interview_coach.coach.rules.wordlists import wordset
from interview_coach.documents.phrasing import VERBS, spoken
from interview_coach.documents.phrasing import Shape as DocumentsShape
from interview_coach.documents.phrasing import shape as documents_shape
from interview_coach.documents.words import STOP_WORDS, topic_terms

_TOKEN = re.compile(r"[^\W_][^\s,;:()]*")
_DETERMINERS = wordset("a an the our your their its his her this that these those all any each every some both new")
_PREPOSITIONS = wordset(
    """with on in at for to from of by about as within across into under against towards toward through over up
    out"""
)
_TAIL = wordset(
    """a an the and or but of to in on at for from by with as into about over than that which who while within
    across including such e.g eg i.e ie etc our your their its is are be using via per
    both ensuring / & - have had has how then so what where if because my own when"""
)
_FINITE = re.compile(r"\b(?:is|are|was|were|will|must|should|can|may|has|have|you|we|i|who|it|they|be|if)\b", re.I)
_PREDICATE = re.compile(
    r"\b(?:is|are|was|were|will|must|would|has (?:been|moved)|have (?:been|raised)|you['’]ll|we['’]ll|don['’]t)\b", re.I
)
_FROM_OURS = re.compile(
    r"(.*?)\s+(?:with|at|in|on|for|to|of|from|between|across|within|against|and|by|into|about)\s+(?:our|us)\b",
    re.I | re.S,
)
_PLAIN_STARTS = wordset(
    "valid full clean current good strong excellent basic advanced sound solid proven relevant recent"
)
_AT_EASE = frozenset({"comfortable", "happy", "confident", "experienced", "skilled", "good", "able"})
_AFTER_HEAD = wordset("and or that which who & without between among during before after such including because")
_NO_START = wordset(
    """to not you we i who if when must once as where while although because since there they it he she this
    these those here
    in on at of for from by with within during through under until after before just endlessly examples therefore once
    pass want please our that what how why"""
)
_PLURALS = wordset(
    "display order report check visit process place post campaign result share view sale talk need end run"
)
_BOTH = wordset(
    "level secure direct present open clean clear correct fit lead close cook coach champion process "
    "place post order welcome"
)
_ADJECTIVES_TOO = wordset("clear clean direct open secure present correct fit level own")
"""Verbs only before what shows that they are: `clear tables`, but `clear written English`."""
_OF_TWO = wordset("partner contact access interest volunteer contract")
"""Verbs only with a word beside them: `partner with agencies`."""
_MEASURES = wordset("short clear good new regular weekly daily monthly accurate great simple long several many")
"""Before a thing that something is done to: `writing short guides`."""
_QUANTIFIERS = wordset("several many multiple various two three")
_PAPERS = wordset("licence license certificate permit diploma degree qualification")
_KINDS = frozenset({"class", "category"})
_OURS = re.compile(r"\b(?:our|us|we|i|my|me)\b", re.I)


_STATE = re.compile(
    r"(?:stay|remain|love|enjoy|like|know|understand|believe|thrive|care|want|value|respect|think)(?=\s)", re.I
)
_WHO = re.compile(r"(?:someone |people )?who (?=(?:is|are|has|have|can|\w+s)\b)", re.I)


_IN_A_STATE = re.compile(
    r"(?:(?:fully|well|highly|properly) )?"
    r"(?:signed off|used to(?= (?:\w+ing|the|a|an)\b)|trained (?:in|to|as)|qualified (?:to|in|as)"
    r"|registered (?:with|as)|certified (?:in|to|as|by)|licen[cs]ed (?:to|in|as|by)|accustomed to|prepared to|based in"
    r"|committed to|dedicated to|insured (?:to|for)|vetted|cleared (?:to|for)|authori[sz]ed to"
    r"|accredited (?:by|as|to)|versed in|practi[sc]ed in|interested in|motivated (?:by|to)|driven by|willing to"
    r"|ready to|eager to|keen (?:on|to)|unafraid|at ease|at home)\b",
    re.I,
)
"""How somebody is, as a label says it without a verb."""
_LANGUAGE = re.compile(
    r"\b(?:english|german|french|spanish|italian|danish|dutch|polish|swedish|norwegian|finnish|portuguese|arabic|chinese"
    r"|japanese|hindi|urdu|russian|turkish|welsh)\b"
)
_LEAD = re.compile(
    r"\b((?:experience|background) (?:of|in|on|with|as|within|working (?:in|with|as|on|for))(?: an?| the)? )$", re.I
)
_KNOWN = re.compile(r"\b(knowledge|understanding) of (?:the )?$", re.I)
_GOOD = re.compile(r"\b(good|excellent|strong|clear|confident|professional|sound|keen|secure) $", re.I)
_NEEDS_KIND = wordset(
    "manner command eye attitude sense approach understanding rapport handwriting presence memory knowledge"
)
_HAS_DONE = re.compile(r"(?:has|have)\s+(?=(?:\w+ly\s+)?(\w+)\s)", re.I)
_NOT_PAST = wordset(
    "need feed speed embed seed shed weed exceed proceed succeed cut hit let put read set spread bid beat"
)


def _third(verb: str) -> str:
    return verb + "s"


class Shape(StrEnum):
    """What a label is, grammatically."""

    NOUN = "noun"
    GERUND = "gerund"
    VERB = "verb"
    PAST = "past"
    QUALITY = "quality"
    WHO = "who"
    """`knows allergens`: after `someone who`."""
    OTHER = "other"


@cache
def lexicon() -> dict[str, frozenset[str]]:
    """The word lists, read once."""
    text = resources.files(__package__).joinpath("data/grammar.toml").read_text(encoding="utf-8")
    return {key: frozenset(value.split()) for key, value in tomllib.loads(text).items()}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A label ready to be spoken: trimmed, shortened, first letter lowered where that is right."""

    text: str
    shape: Shape
    quoted: bool
    """True when it stands in quotation marks."""

    @property
    def words(self) -> int:
        return len(self.text.split())


def speak(label: str, *, limit: int = 10, english: bool = True, line: str = "") -> Phrase:
    """The phrase to say for the label of a requirement, at most about `limit` words long.

    `line` is what the ad says around the label: a label that needs its first words again gets them back from there. A
    label in another language than the question's is always quoted, as a thing.
    """
    text = shorten(_trim(_quiet(label)), limit)
    who = _WHO.match(text)
    if english and who and not _OURS.search(text):
        return Phrase(text[who.end() :], Shape.WHO, False)
    if not english:
        return Phrase(f"“{_bare(text)}”", Shape.NOUN, True)
    if (done := _done(text)) and not _OURS.search(text):
        return Phrase(done, Shape.WHO, False)
    if _IN_A_STATE.match(text) and not _OURS.search(text):
        return Phrase(f"is {lower_first(text)}", Shape.WHO, False)
    text = _LANGUAGE.sub(lambda found: found[0].capitalize(), text)
    if re.match(r"own\s", text, re.I) and shape_of(text) is Shape.NOUN:
        text = f"your {lower_first(text)}"
    elif shape_of(text) is Shape.NOUN:
        text = _with_lead(text, label, line)
    shape = shape_of(text)
    if " " not in text and text.casefold() in VERBS and re.search(rf"\b(?:will|to|you|and) {re.escape(text)}\b", line):
        shape = Shape.VERB
    state = _STATE.match(text)
    if state and shape is Shape.VERB and not _OURS.search(text) and gerund_phrase(text):
        # Nobody is asked to love something: one does or does not.
        return Phrase(f"{_third(state[0].casefold())}{text[state.end() :]}", Shape.WHO, False)
    if shape is not Shape.OTHER:
        # Whoever reads the ad out is not the employer.
        text = re.sub(r"\bour\b", "the", text)
    ours = _FROM_OURS.match(text)
    if ours and len(ours[1].split()) >= 3 and shape in {Shape.VERB, Shape.GERUND, Shape.NOUN}:
        text = ours[1]
    if shape is Shape.OTHER or _OURS.search(text) or re.search(r"[“”\"?!<>{}\[\]|•*=]|\.\s", text):
        return Phrase(f"“{_bare(text)}”", shape, True)
    if shape is Shape.WHO:
        return Phrase(text[0].lower() + text[1:], shape, False)
    return Phrase(lower_first(text), shape, False)


def read_out(text: str) -> Phrase:
    """Words of the ad that no sentence can take."""
    return Phrase(f"“{_bare(shorten(text, 16)).rstrip(' .,;:')}”", Shape.OTHER, True)


def _quiet(label: str) -> str:
    """Without the capitals of a line that shouts; short ones may be names (`MIG`, `PPE`)."""
    words = label.split()
    if len(words) < 2 or not label.isupper():
        return label
    return " ".join(
        word if len(word) <= 3 and word.casefold() not in STOP_WORDS | {"due"} else word.lower() for word in words
    )


def _with_lead(text: str, label: str, line: str) -> str:
    """`a legal office` is a place until it is `experience in a legal office` again; a manner was a good one."""
    before = line[: max(0, line.find(label))] if line else ""
    lead = _LEAD.search(before)
    if lead and not text.split()[-1].casefold().startswith("experience"):
        return f"{lead[1].lower()}{lower_first(text)}"
    known = _KNOWN.search(before)
    if known and len(text.split()) <= 4:
        return f"{'an ' if known[1].lower() == 'understanding' else ''}{known[1].lower()} of {lower_first(text)}"
    kind = _GOOD.search(before)
    if kind and text.split()[-1].casefold() in _NEEDS_KIND:
        return f"{kind[1].lower()} {lower_first(text)}"
    return text


def _done(text: str) -> str | None:
    """What somebody has done already, as it stands after `someone who`: `has led a team`, `led a team`."""
    has = _HAS_DONE.match(text)
    if has and _is_past(has[1].casefold()):
        return f"has {text[has.end() :]}"
    first, _, rest = text.partition(" ")
    if _is_past(first.casefold()) and first.casefold() not in _NOT_PAST | {"run", "been", "done"} and rest.split()[:1]:
        # Before an article it is a deed; `felt roofing` and `left luggage` are things.
        return lower_first(text) if rest.split()[0].casefold() in {"a", "an", "the"} else None
    return None


def _is_past(word: str) -> bool:
    return word in lexicon()["past"] or (word.endswith("ed") and len(word) > 4) or word in {"run", "been", "done"}


def is_speakable(label: str) -> bool:
    """True when the label says something by itself and has a shape that a sentence can take."""
    text = _trim(label)
    return bool(_WHO.match(text)) or (
        bool(topic_terms(text) or len(_tokens(text)) > 1)
        and not re.search(r"\s[-–|]\s", text)
        and shape_of(text) is not Shape.OTHER
    )


def shape_of(label: str) -> Shape:
    """Classify a label of an ad."""
    tokens = _tokens(label)
    if not tokens or not label[:1].isalnum():
        return Shape.OTHER
    lex = lexicon()
    first, last = tokens[0], tokens[-1]
    second = tokens[1] if len(tokens) > 1 else ""
    if first == "be":
        return Shape.VERB
    if (
        first in lex["clear"] - _OF_TWO
        and second
        and (verb_like(second) or (second not in lex["heads"] and first not in _BOTH | _ADJECTIVES_TOO))
    ):
        return Shape.VERB
    if (first in _NO_START and not label.casefold().startswith(("at least", "at minimum"))) or (
        first.endswith("ly") and not second
    ):
        return Shape.OTHER
    if re.match(r"at least \w+ (?:in|with|as|of)\b", label, re.I):
        return Shape.OTHER  # two of what was said before it
    if _is_quality(tokens):
        return Shape.QUALITY
    if second and _third_person(first, second):
        return Shape.WHO
    if len(tokens) in {3, 4} and second in {"comes", "counts", "matters", "goes"}:
        return Shape.OTHER
    if _PREDICATE.search(label) and not re.search(r"\b(?:who|that|which|how|what|when|where|whether|why)\b", label):
        return Shape.OTHER
    if first.endswith("ly") and second in lex["clear"]:
        return Shape.VERB
    if _is_verb(label, first, second, last):
        return Shape.VERB
    if (
        first.endswith("ing")
        and (len(first) > 5 or first == "being")
        and second not in _PAPERS
        and (first not in lex["nouns_ing"] or second in _DETERMINERS | _MEASURES or first == "working")
    ):
        return Shape.GERUND
    if (
        second in {"the", "a", "an"} | _QUANTIFIERS
        and first.isalpha()
        and not first.endswith(("ly", "ed"))
        and first not in _DETERMINERS | _PREPOSITIONS | _AFTER_HEAD
    ):
        # `ring the supplier`: whatever stands before an article is hardly a noun.
        return Shape.VERB
    if (_FINITE.search(label) and len(tokens) > 4 and _PREDICATE.search(label)) or _is_sentence(tokens):
        return Shape.OTHER
    return Shape.NOUN


def _is_sentence(tokens: list[str]) -> bool:
    """Somebody does something in it: `specialists contribute to the team`, `the college promotes equality`."""
    lex = lexicon()
    if tokens[0] in {"the", "our", "this"} and len(tokens) > 3:
        verb = tokens[2].removesuffix("s")
        if verb != tokens[2] and verb in lex["clear"] and verb not in _PLURALS and not tokens[1].endswith("s"):
            return True
    for before, word, after in zip(tokens, tokens[1:], [*tokens[2:], ""], strict=False):
        if before in {"who", "that", "which", "what", "how", "to", "and", "or", "can", "&"} or not verb_like(after):
            continue
        base = word.removesuffix("s")
        plural = before.endswith("s") and before not in lex["heads"] and not before.endswith("ss")
        if (word in lex["clear"] and plural) or (
            base != word and base in lex["clear"] and base not in _PLURALS and not plural
        ):
            return True
    return False


def _third_person(first: str, second: str) -> bool:
    """`knows allergens`, but not `orders and deliveries`."""
    lex = lexicon()
    base = first.removesuffix("es") if first.endswith(("ches", "shes", "sses", "xes")) else first.removesuffix("s")
    if base == first or base in lex["either"] or base in _PLURALS:
        return False
    return base in lex["clear"] and (second not in {"and", "or", "of"})


def _is_verb(label: str, first: str, second: str, last: str) -> bool:
    lex = lexicon()
    listed = first in lex["clear"] | lex["either"] or documents_shape(label) is DocumentsShape.VERB
    if not listed:
        return False
    if first in _OF_TWO:
        return second in _DETERMINERS or (first in {"partner", "volunteer"} and verb_like(second))
    if verb_like(second):
        return True
    if first in _ADJECTIVES_TOO and first != "own":
        return second.endswith("s") and second not in lex["heads"] and last not in lex["heads"]
    if first == "own":
        return False
    # `secure knowledge`, `network protocols`, `design experience`: the same word before a noun that ends a phrase.
    if first in lex["either"] | _BOTH:
        return second != "of" and second not in lex["heads"] and last not in lex["heads"] and bool(second)
    return bool(second) or first in lex["clear"]


def verb_like(second: str) -> bool:
    """True when this second word shows that the first one is a verb."""
    return second in _DETERMINERS | (_PREPOSITIONS - {"of"}) | {
        "and",
        "closely",
        "together",
        "directly",
        "independently",
    }


def _is_quality(tokens: list[str]) -> bool:
    lex = lexicon()

    def adjective(word: str) -> bool:
        return word in lex["adjectives"] or word.endswith(("-minded", "-oriented", "-driven", "-focused", "-motivated"))

    words = [word for word in tokens if word not in {"highly", "very", "well", "both", "extremely", "fully", "self"}]
    if not words or not adjective(words[0]):
        return False
    for index, word in enumerate(words):
        if word.endswith("ing") and words[index + 1 : index + 2] == ["of"]:
            # `confident handling of cash` is a thing, `confident handling cash` is said of a person.
            return False
        if word in _PREPOSITIONS | {"enough"} or (word.endswith("ing") and words[0] in _AT_EASE):
            return index > 0
        if word not in {"and", "or", "&", "but"} and not adjective(word):
            return False
    return True


def request(phrase: Phrase, also: bool = False) -> tuple[str, ...]:
    """Clauses that say what the ad asks for, without end mark, in the ways that suit the phrase."""
    text = phrase.text
    more = "also " if also else ""
    if phrase.shape is Shape.VERB:
        return (
            f"the ad {more}asks you to {text}",
            f"in this job you would {more}{text}",
            f"you would {more}be expected to {text}",
        )
    if phrase.shape is Shape.GERUND:
        return (
            f"the ad {more}mentions {text}",
            f"this job {more}involves {text}",
            f"the role {more}includes {text}",
        )
    if phrase.shape is Shape.QUALITY:
        return (
            f"the ad {more}wants someone who is {text}",
            f"the employer is {more}looking for someone {text}",
            f"the job {more}calls for someone who is {text}",
            f"the ad {more}asks you to be {text}",
        )
    if phrase.shape is Shape.WHO:
        return (
            f"the ad {more}wants someone who {text}",
            f"the employer is {more}looking for someone who {text}",
            f"this job {more}calls for someone who {text}",
        )
    if phrase.shape is Shape.OTHER:
        return (f"the ad {more}says {text}", f"{'another' if also else 'one'} line of the ad is {text}")
    named = with_article(text) if not phrase.quoted else text
    return (
        f"the ad {more}asks for {named}",
        f"this job {more}calls for {named}",
        f"the employer is {more}looking for {named}",
        f"the ad {more}mentions {named}",
        f"this role {more}needs {named}",
    )


def as_noun(phrase: Phrase) -> str | None:
    """The phrase where a noun phrase is wanted (`performing penetration tests`), or None when that cannot be said."""
    if phrase.shape is Shape.NOUN:
        return phrase.text if phrase.quoted else with_article(phrase.text)
    if phrase.shape is Shape.GERUND:
        return None if phrase.quoted else phrase.text
    if phrase.shape is Shape.VERB and not phrase.quoted:
        return gerund_phrase(phrase.text)
    if phrase.shape is Shape.QUALITY and not phrase.quoted:
        return f"being {phrase.text}"
    return None


def as_activity(phrase: Phrase) -> str | None:
    """The phrase as something one does (`performing penetration tests`); None for things, and for `being` anything."""
    if phrase.text.startswith("being "):
        return None
    return as_noun(phrase) if phrase.shape in {Shape.GERUND, Shape.VERB} else None


def gerund_phrase(text: str) -> str | None:
    """`plan and teach lessons` -> `planning and teaching lessons`. Turn the leading verb, and verbs joined to
    it, into gerunds; None when the joining is unclear."""
    first, _, rest = text.partition(" ")
    if re.search(r"\b(?:and|or) to\b", text):
        return None
    lex = lexicon()
    verbs = lex["clear"] | lex["either"] | VERBS
    if first.endswith("ly"):
        verb, _, rest2 = rest.partition(" ")
        joined = gerund_phrase(f"{verb} {rest2}".strip())
        return f"{first} {joined}" if joined else None
    parts = rest.split()
    for index, word in enumerate(parts):
        if word in {"and", "or", "&"} and index + 1 < len(parts) and parts[index + 1].strip(",") in verbs:
            tail = parts[index + 1]
            plain = tail.strip(",")
            if plain in lex["either"] and index > 0:
                return None
            parts[index + 1] = gerund(plain) + tail[len(plain) :]
    if "," in first or any(part.endswith(",") for part in parts[:2]):
        return None
    return " ".join([gerund(first), *parts])


def gerund(verb: str) -> str:
    """The -ing form of a base verb."""
    if verb in {"be", "see", "flee", "agree", "oversee"} or verb.endswith(("ee", "oe", "ye")):
        return verb + "ing"
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e"):
        return verb[:-1] + "ing"
    doubled = wordset(
        """run set get put cut plan stop pit ship scan map spot sit win begin refer prefer transfer submit commit
    program log debug occur control permit admit equip dig chat tag model travel label counsel scrub swim
    plug bid hit let step wrap trim pin spin"""
    )
    if verb in doubled:
        return verb + verb[-1] + "ing"
    return verb + "ing"


def with_article(text: str) -> str:
    """`driving licence` -> `a driving licence`; text that needs none is returned unchanged."""
    tokens = _tokens(text)
    lex = lexicon()
    if not tokens or tokens[0] in _DETERMINERS or tokens[0] in {"strong-willed", "at", "minimum", "one", "two", "no"}:
        return text
    cut = next(
        (
            i
            for i, t in enumerate(tokens)
            if t in _PREPOSITIONS | _AFTER_HEAD or (i and t in _KINDS and len(tokens) == i + 2)
        ),
        len(tokens),
    )
    head = tokens[cut - 1] if cut else tokens[0]
    if head.endswith(("’s", "'s")):
        head = head[:-2]
    if head not in lex["countable"] | lex["titles"] or any(char.isdigit() for char in tokens[0]):
        return text
    if tokens[0] in lex["definite"] and cut == 1:
        return f"the {text}"
    return f"{'an' if tokens[0][0] in 'aeiou' else 'a'} {text}"


def lower_first(text: str) -> str:
    """Without the capital that only began a line; names and acronyms keep theirs."""
    first, _, rest = text.partition(" ")
    if first == "A":
        return "a" + text[1:]
    if any(char.isupper() or char.isdigit() for char in first[1:]) or len(first) < 2:
        return text
    bare = first.strip(".,;:()").casefold()
    if bare in _PLAIN_STARTS:
        return text[0].lower() + text[1:]
    lex = lexicon()
    if (
        bare in lex["clear"] | lex["either"] | lex["heads"] | lex["adjectives"] | lex["countable"]
        and not rest[:1].isupper()
    ):
        return text[0].lower() + text[1:]
    return spoken(text)


def shorten(text: str, limit: int) -> str:
    """A verbatim beginning of at most `limit` words that does not end in the middle of a thought."""
    return _HALF_RELATIVE.sub("", _cut(text, limit))


def _cut(text: str, limit: int) -> str:
    parts = text.split()
    if len(parts) <= limit:
        while len(parts) > 2 and parts[-1].casefold().strip(",;:()") in _TAIL:
            parts.pop()
            text = text[: text.rstrip().rindex(" ")].rstrip(" ,;:(–—-/&")
        return text
    best = 0
    for count in range(2, limit + 1):
        last = parts[count - 1]
        following = parts[count].casefold().strip(",;:()")
        if count < 3 and not last.endswith((",", ";", ":")):
            continue
        if last.casefold().strip(",;:()") in _TAIL or _unclosed(parts[:count]):
            continue
        if (
            last.endswith((",", ";", ":"))
            or following in _TAIL | {"who", "when", "where", "so", "once", "if", "because", "without", "whenever"}
            or parts[count].startswith("(")
        ):
            best = count
    count = best or limit
    while count > 1 and parts[count - 1].casefold().strip(",;:()") in _TAIL:
        count -= 1
    # Cut by position, not by joining, so that the result stays verbatim whatever the white space is.
    end = 0
    for part in parts[:count]:
        end = text.index(part, end) + len(part)
    return text[:end].rstrip(" ,;:(–—-/&")


_NEW_CLAUSE = re.compile(r",?\s+(?:and|but|so|because)\s+(?:you|we|they|it|the job|this)\b.*$", re.I | re.S)
_SECOND = re.compile(r",?\s+(?:and|or)\s+(?:of|for|with|in|to|on|at|by)\b.*$", re.I | re.S)
_HALF_RELATIVE = re.compile(r"\s+(?:that|which|who)\s+\w+$", re.I)
_JUDGED = re.compile(
    r"\s+(?:is|are|would be|will be)\s+(?:also |absolutely |highly |very )?(?:an? )?(?:essential|required|"
    r"needed|necessary|must|desirable|"
    r"advantage\w*|plus|ideal|preferred|important|welcome|expected|key|bonus|helpful|useful|mandatory)\b.*$|"
    r"\s+(?:matters|counts)\b(?: here| a lot| to us)?$",
    re.I | re.S,
)


def _trim(text: str) -> str:
    flat = text.strip().splitlines()[0] if text.strip() else ""
    # `A clean licence is essential`: what is asked for stands before the judgement.
    flat = _SECOND.sub("", _NEW_CLAUSE.sub("", _JUDGED.sub("", flat))).strip().strip("•*·-–—:;,. \t\n")
    return flat[:-1] if flat.endswith(")") and "(" not in flat else flat


def _bare(text: str) -> str:
    return re.sub(r"[“”\"?]", "", text).strip()


def _tokens(text: str) -> list[str]:
    return [token.casefold().strip(".’'") for token in _TOKEN.findall(text)] if text else []


def _unclosed(parts: list[str]) -> bool:
    joined = " ".join(parts)
    return joined.count("(") > joined.count(")")
