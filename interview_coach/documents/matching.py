"""Which CV item backs a requirement. Better a gap than a false claim: a match needs words in common that say something.

The strength is the share of the requirement's telling words (of its label first) that the item has too, a word of the
same or a narrower meaning counting less than the word itself. One word in common is enough only when it is nearly all
that is asked for and means one thing; the same two words side by side are, and so is the same name. What shares less,
but something, may fit. No semantics are claimed beyond that.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from interview_coach.documents.cv_cues import DATES
from interview_coach.documents.kinship import COMPOUNDS, LANGUAGES, joined, narrower, same
from interview_coach.documents.phrasing import Shape, shape, tells
from interview_coach.documents.words import GENERIC_STEMS, STOP_WORDS, stem, tokens, topic_terms, wordset
from interview_coach.domain.evidence import CvItem, CvItemKind, Requirement

LEAST = 0.5
"""A weaker match is none that may be claimed."""
POSSIBLE = 0.3
"""A match between this and `LEAST` may fit: a person decides."""
_KIN_COUNTS = 0.75
_NARROWER_COUNTS = 0.9
_FEW = 3
_FIRMLY = 1.9
"""Telling words in common, by what they count, that are no chance even where the line is first about something else."""
_NEARLY = 0.7
_HELD = 0.45
"""As strong as a match may be that claims nothing."""

# They carry a topic in general, yet two texts that share only one of them need not be about the same thing.
_WEAK = frozenset(
    stem(word)
    for word in wordset("""
    develop design plan create application business technical management information communication written
    verbal language product user solution social media care training new first problem decision
    strategy quality complex digital online online-based change activity material local national
    international public private build use travel health equipment tool software data customer client
    computer market research write learn present meet need internal external relation relationship
    home school open close issue term word order form start end line degree bachelor master doctorate licence license
    certificate course year day test plan account audit drive assist guide cover record class case charge stage delay
    student secure security monitor review check train group clear paper late safe level goal delivery deliver
    progress control prevention response idea food service office message request
    advise advice analyse model move play child pupil patient resident guest
    parent certify certified prepare preparation call find assess assessment clean""")
)
_EMPTY = frozenset(
    stem(word)
    for word in wordset("""
    one two three four five six seven eight nine ten twelve hundred non half third first second several many daily
    weekly like well best carry carrying odd monday tuesday wednesday thursday friday saturday sunday morning
    evening night season spring summer autumn winter senior junior approved recent additional desirable essential
    every each part full-time regular basic fluent valid category current keep low
    know knows engaging engage interesting
    advanced intermediate thorough accurate timely example such""")
)
"""Figures, times and particles: in common by chance."""
_CODE = re.compile(r"\b(?=[\w+#-]*[A-Z])(?:[A-Z]{2,5}\d?|[a-z][A-Z]{2,5}|[A-Z]\+[A-Z]|[A-Z][a-z]*[A-Z]\w*)\b")
"""`CPC`, `C+E`, `GraphQL`: names that mean one thing."""
_NO_CODE = frozenset({"UK", "US", "USA", "EU", "IT", "HR", "CV", "OR", "AND", "NOT", "THE", "WE", "YOU", "PLC", "LTD"})
_ASIDE = re.compile(
    r",?\s+(?:including|such as|for example|e\.g\.|ideally|preferably|which|who|where|when|while|so that|because)\b"
    r"|,\s+(?=\w+ed\s(?:by|in|with|through)\b)",
    re.IGNORECASE,
)
"""What follows explains what stands before."""
_EXAMPLE = re.compile(r"(?:such as|for example|e\.g\.),?\s+([^.;()]{2,120})", re.IGNORECASE)
_DEGREES = frozenset(stem(word) for word in wordset("degree bachelor master doctorate ba bsc ma msc mba phd"))
_LISTED = re.compile(r"\s*,\s*|\s+(?:or|and)\s+|\s*/\s*")
_OR = re.compile(r"\s+or\s+|\s*/\s*")
_SPOKEN = re.compile(r"\b(?:fluen\w+|native|bilingual|mother tongue|spoken|speaks?)\b|\b[ABC][12]\b", re.I)

_PEOPLE = (
    r"(?:team|staff|people|volunteers|crew|employees|brigade|servers|porters|baristas|colleagues|shifts?"
    r"|students|juniors|apprentices?|starters|assistants|trainees|nurses|graduates?|interns?|engineers?|developers?"
    r"|analysts?|technicians?|teachers|chefs?|commis|cooks|bakers|drivers|carers|ambassadors?|newcomers|hires|pickers"
    r"|operatives?|colleague|designers?|agents?)"
)
_LEADS = re.compile(
    r"\b(?:led|lead\w*|head\w*|ran|run|manag\w+|supervis\w+|coordinat\w+|charge|responsible)\b", re.IGNORECASE
)
_DEEDS = (
    (
        "leading people",
        re.compile(
            rf"\b(?:lead|leading|led|leads|manag(?:e|ed|ing|es)|supervis\w+|coordinat(?:e|ed|ing)|head(?:ed"
            rf"|ing)|(?:took|take|taking|in) charge of)\b[^.;]{{0,40}}?\b{_PEOPLE}\b|\b(?:run|ran|running|led)\b"
            rf"[^.;]{{0,30}}\b(?:section|kitchen|department|floor|desk|office|shop|site) with "
            rf"[^.;]{{1,16}}\b{_PEOPLE}\b",
            re.IGNORECASE,
        ),
    ),
    (
        "training people",
        re.compile(
            rf"\b(?:train(?:ed|ing|s)?|precept(?:ed|ing|s)?|mentor(?:ed|ing|s)?|coach(?:ed|ing|es)?|onboard(?:ed|ing)?|induct(?:ed"
            rf"|ing)?)\b[^.;]{{0,40}}?\b{_PEOPLE}\b",
            re.IGNORECASE,
        ),
    ),
)
"""Deeds told in words that are common by themselves: `led a team`."""


@dataclass(frozen=True, slots=True)
class Match:
    """`strength` runs 0..1; `shared` are the stems in common: the whole reason for the match."""

    item: int
    strength: float
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Side:
    """What one text has to compare."""

    head: str
    text: str
    terms: frozenset[str]
    core: frozenset[str]
    """Those of its label: what the rest of the line only goes on to mention says less about it."""
    pairs: frozenset[tuple[str, str]]
    names: frozenset[str]
    verb: str
    """Stem of the verb it begins with, or empty."""


def matches(requirement: Requirement, cv_items: Sequence[CvItem]) -> list[Match]:
    """Every item that backs the requirement, the best first; empty when it is a gap."""
    return [match for match in _compared(requirement, cv_items) if match.strength >= LEAST]


def may_fit(requirement: Requirement, cv_items: Sequence[CvItem]) -> list[Match]:
    """Items that share something with the requirement, though too little to claim it, the best first."""
    return [match for match in _compared(requirement, cv_items) if match.strength < LEAST]


def best_evidence(requirement: Requirement, cv_items: Sequence[CvItem]) -> int | None:
    """Index of the item that backs the requirement best; None is a gap."""
    found = matches(requirement, cv_items)
    return found[0].item if found else None


def best_guess(requirement: Requirement, cv_items: Sequence[CvItem]) -> int | None:
    """Index of the item that may fit best, None when none does or when one backs the requirement."""
    found = _compared(requirement, cv_items)
    return found[0].item if found and all(match.strength < LEAST for match in found) else None


def nearest(requirement: Requirement, cv_items: Sequence[CvItem]) -> list[int]:
    """Items with a telling word in common with the requirement, those with the most first. They need not have to do
    with it: something to ask about when nothing backs it."""
    asked = _side(requirement.span.text[:600], requirement.label)
    near = []
    for index, item in enumerate(cv_items):
        credits = _credits(asked.terms, _side_of(item), item)
        points = sum(credit for term, credit in credits.items() if term not in _WEAK)
        if points >= _NEARLY:
            near.append((-points, -_told(item), index))
    return [index for *_, index in sorted(near)]


def _compared(requirement: Requirement, cv_items: Sequence[CvItem]) -> list[Match]:
    head = _ASIDE.split(requirement.label, maxsplit=1)[0] or requirement.label
    whole = requirement.span.text[:600]
    asked = _side(whole, head)
    ways = [asked.core]
    # `An instrument or a language`: one of them is enough, if it means something by itself; so is one of the examples.
    parts = [part for part in _OR.split(head) if len(part.split()) > 1]
    example = _EXAMPLE.search(whole)
    parts += _LISTED.split(example[1]) if example else []
    ways += [terms for part in parts if (terms := _terms(part)) - _WEAK]
    found = []
    for index, item in enumerate(cv_items):
        told = _side_of(item)
        strength, shared = max(_strength(wanted, asked, told, item) for wanted in ways)
        if not asked.core - _WEAK and strength < POSSIBLE:
            # A label of words that could be about anything is read with the rest of its line, and claims nothing.
            strength, shared = _strength(asked.terms, asked, told, item)
            strength = min(strength, _HELD)
        if _lacks_the_point(asked.verb, example[1] if example else "", told):
            strength = min(strength, _HELD)
        if strength >= POSSIBLE:
            found.append(Match(index, round(min(1.0, strength), 3), shared))

    def order(match: Match) -> tuple[bool, float, int]:
        return match.strength < LEAST, -(match.strength + 0.3 * _told(cv_items[match.item])), match.item

    return sorted(found, key=order)


def _lacks_the_point(verb: str, examples: str, told: _Side) -> bool:
    """Somebody is to lead and the item only takes part, or what is meant has names and it has none of them."""
    if verb == "lead" and not _LEADS.search(told.text):
        return True
    names = set(_CODE.findall(examples))
    return bool(names) and not {name.casefold() for name in names} & told.names


def _told(item: CvItem) -> float:
    """Something done is better to talk about than a word in a list."""
    return item.weight * (0.5 if item.kind in {CvItemKind.SKILL, CvItemKind.EDUCATION} else 1.0)


@lru_cache(maxsize=512)
def _side_of(item: CvItem) -> _Side:
    listed = item.kind is CvItemKind.SKILL
    return _side(item.label if listed else DATES.sub(" ", item.span.text[:1200]), item.label)


def _side(text: str, label: str) -> _Side:
    names = {code.casefold() for code in _CODE.findall(text) if code not in _NO_CODE and not text.isupper()}
    words = tokens(joined(text))
    first = tokens(label)[:1]
    acts = bool(first) and (shape(label) is Shape.VERB or first[0].casefold().endswith(("ed", "ing")) or tells(label))
    terms = _terms(text)
    return _Side(
        label, text, terms, _terms(label), _pairs(words, terms), frozenset(names), stem(first[0]) if acts else ""
    )


def _terms(text: str) -> frozenset[str]:
    return topic_terms(joined(text)) - _EMPTY


def _pairs(words: Sequence[str], telling: frozenset[str]) -> frozenset[tuple[str, str]]:
    """Stems that stand side by side but for particles: one telling, the other telling or what was done with it."""
    stems = [stem(word) for word in words if word.casefold() not in STOP_WORDS]
    return frozenset((a, b) for a, b in pairwise(stems) if a != b and b in telling and (a in telling or a in _DOING))


_DOING = frozenset(stem(word) for word in wordset("lead run manage organise")) & GENERIC_STEMS


def _strength(wanted: frozenset[str], asked: _Side, told: _Side, item: CvItem) -> tuple[float, tuple[str, ...]]:
    names = asked.names & told.names
    credits = _credits(asked.terms | wanted, told, item)
    pairs = asked.pairs & told.pairs
    shared = {*credits, *names, *(term for pair in pairs for term in pair)}
    deeds = {name for name, deed in _DEEDS if deed.search(asked.head) and deed.search(told.text)}
    strength = _share(wanted, credits)
    listed = item.kind in {CvItemKind.SKILL, CvItemKind.EDUCATION, CvItemKind.ROLE}
    if not listed and _is_by_the_way(credits, told):
        strength = min(strength, _HELD)
    if item.kind is CvItemKind.SKILL and told.core - _WEAK and told.core <= asked.terms:
        # `Services using Kafka` and Kafka in a list: the name is there, what was done with it is not told.
        strength = max(strength, _HELD)
    verb = asked.verb
    if verb and verb == told.verb and verb in credits and verb not in _WEAK:
        # The same is done: to something else perhaps, unless a second word says to what.
        strength = max(strength, LEAST if len(credits) > 1 else POSSIBLE)
    if pairs or deeds or names or LANGUAGES & credits.keys():
        strength = max(strength, 0.6)
    if item.kind is not CvItemKind.EDUCATION and shared and shared <= _DEGREES:
        # Who taught master students need not be one.
        strength = min(strength, _HELD)
    if item.kind is CvItemKind.ROLE and not deeds and any(deed.search(asked.head) for _, deed in _DEEDS):
        # Nor is leading class teachers asked of a class teacher.
        strength = min(strength, _HELD)
    if item.kind is CvItemKind.ROLE and not deeds and verb and verb not in told.terms | GENERIC_STEMS:
        # `Train the commis chefs` is asked of somebody else than a commis chef.
        strength = min(strength, _HELD)
    return strength, tuple(sorted(shared | deeds))


def _is_by_the_way(credits: dict[str, float], told: _Side) -> bool:
    """What is shared stands outside the core of the line, or is one other word in a line about more than that."""
    if sum(credit for term, credit in credits.items() if term not in _WEAK) >= _FIRMLY:
        return False
    if not any(term in COMPOUNDS or _credit_in(term, told.core) for term in credits.keys() - _WEAK or credits):
        return True
    return len(credits) == 1 and max(credits.values()) <= _KIN_COUNTS and len(told.terms) > _FEW


def _credits(asked: frozenset[str], told: _Side, item: CvItem) -> dict[str, float]:
    """Asked term -> 0..1: how far the item has it. One word of it stands for one that is asked for."""
    found: dict[str, float] = {}
    free = set(told.terms)
    for term in sorted(asked & told.terms):
        # Only who names a language as such speaks it: a lesson may be about it, an office in its country.
        spoken = item.kind in {CvItemKind.SKILL, CvItemKind.EDUCATION} or bool(_SPOKEN.search(told.text))
        if term not in LANGUAGES or spoken:
            found[term] = 1.0
            free.discard(term)
    for term in sorted(asked - told.terms):
        for other in sorted(free):
            if credit := _credit_in(term, frozenset({other})):
                found[term] = credit
                free.discard(other)
                break
    return found


def _credit_in(term: str, terms: frozenset[str]) -> float:
    """1 for the term itself, less for a kind of it, less still for another word for it."""
    if term in terms:
        return 1.0
    if not terms.isdisjoint(narrower(term)):
        return _NARROWER_COUNTS
    return _KIN_COUNTS if any(same(other, term) for other in terms) else 0.0


def _share(wanted: frozenset[str], credits: dict[str, float]) -> float:
    """How much of what is wanted is there, held down where what is shared says little."""
    named = sum(_counts(term) * credits.get(term, 0.0) for term in wanted)
    if not named:
        return 0.0
    firm = wanted - _WEAK
    points = sum(_counts(term) * credit for term, credit in credits.items())
    share = named / sum(_counts(term) for term in wanted)
    if len(credits) == 1 and share <= 0.5 and not firm <= credits.keys():
        # One shared word is enough only when it is nearly all that is asked for.
        return min(share, _HELD) if firm & credits.keys() else 0.0
    if not firm & credits.keys():
        # Words that could be about anything: all of them, or nothing.
        return share if share == 1 and points >= 1 else _HELD if share >= 0.7 else 0.0
    if points >= 2:
        return max(share, LEAST) + 0.05 * (points - 2)
    if firm <= credits.keys():
        return max(share, LEAST)
    return share if points >= 1 else min(share, _HELD)


def _counts(term: str) -> float:
    return 0.5 if term in _WEAK else 1.0
