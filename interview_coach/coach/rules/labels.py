"""Putting a label of an ad or CV into a spoken sentence.

Labels are verbatim pieces of foreign documents: noun phrases, duties, gerunds, qualities, half sentences. Each is
classified by the words it begins and ends with, and only worded in ways that suit its class; what would not read
naturally is put in quotation marks.
"""

import re
from dataclasses import dataclass

from interview_coach.coach.rules.shapes import (
    AFTER_HEAD,
    DETERMINERS,
    PREPOSITIONS,
    Shape,
    label_tokens,
    lexicon,
    shape_of,
)
from interview_coach.coach.rules.wordlists import wordset
from interview_coach.documents.phrasing import VERBS, compound_verb, spoken
from interview_coach.documents.words import STOP_WORDS, topic_terms

_TAIL = wordset(
    """a an the and or but of to in on at for from by with as into about over than that which who while within
    across including such e.g eg i.e ie etc our your their its is are be using via per
    both ensuring / & - have had has how then so what where if because my own when"""
)
_FROM_OURS = re.compile(
    r"(.*?)\s+(?:with|at|in|on|for|to|of|from|between|across|within|against|and|by|into|about)\s+(?:our|us)\b",
    re.I | re.S,
)
_PLAIN_STARTS = wordset(
    "valid full clean current good strong excellent basic advanced sound solid proven relevant recent"
)
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
        bool(topic_terms(text) or len(label_tokens(text)) > 1)
        and not re.search(r"\s[-–|]\s", text)
        and shape_of(text) is not Shape.OTHER
    )


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
    if first.endswith("ly") or compound_verb(text):
        # The verb is the second word: `closely supervise`, `line manage`.
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
    tokens = label_tokens(text)
    lex = lexicon()
    if not tokens or tokens[0] in DETERMINERS or tokens[0] in {"strong-willed", "at", "minimum", "one", "two", "no"}:
        return text
    cut = next(
        (
            i
            for i, t in enumerate(tokens)
            if t in PREPOSITIONS | AFTER_HEAD or (i and t in _KINDS and len(tokens) == i + 2)
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
    if bare in _PLAIN_STARTS or compound_verb(text):
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


def _unclosed(parts: list[str]) -> bool:
    joined = " ".join(parts)
    return joined.count("(") > joined.count(")")
