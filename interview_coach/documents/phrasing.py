"""How a piece of an ad or a CV fits into a spoken sentence."""

import re
from enum import StrEnum

from interview_coach.documents.words import wordset

VERBS = wordset("""
    accompany achieve act adapt adhere administer adopt advise advocate agree analyse analyze answer apply
    approve arrange articulate assemble assess assist assure attend audit author automate balance be become
    bill book brief bring build buy calculate calibrate care carry catalogue challenge champion chair chase
    check clean close coach collaborate collate collect communicate compare compile complete comply compose
    conduct configure connect consult contribute control cook coordinate co-ordinate cover create cultivate
    cut debug decide define delegate deliver demonstrate deploy design detect determine develop diagnose
    direct discuss dispense display distribute document draft drive dust earn edit educate embed empower
    enable encourage enforce engage enhance enjoy ensure enter escalate escort establish estimate evaluate
    examine execute expand explain explore facilitate file find fit fix follow forecast foster fulfil gather
    generate give greet grow guide handle have help hire host identify implement improve influence inform
    innovate inspect inspire install instruct integrate interact interpret interview invent investigate
    invoice issue iterate join keep know launch lead learn liaise lift listen load look love maintain
    make manage map mark market master maximise measure meet mentor merge migrate minimise mix model monitor
    motivate move negotiate network observe obtain offer open operate optimise optimize order organise
    organize overcome oversee own pack participate partner perform persuade pick pitch place plan play post
    prepare present prevent prioritise prioritize proactively process procure produce program promote
    proofread propose prospect protect prove provide publish purchase pursue raise react read receive
    recognise recommend reconcile record recruit reduce refine regularly relate reload repair replace
    replenish reply report represent research resolve respond restock retain review run safeguard schedule
    screen secure seek sell send serve service set shape share ship show simplify solve speak spot stack
    standardise start steer stock store strengthen study submit summarise summarize supervise supply support
    sweep tailor take talk teach test think tidy track train transform translate transport travel treat
    troubleshoot understand undertake unload update upsell use utilise utilize validate verify visit wash
    watch weigh welcome wipe work wrap write certify spend stay
    prep triage portion label attend say come dial log serve settle sort stand steam teach turn walk warn weld weigh""")
"""Base forms that ads open their lines with."""

NOUNS_TOO = wordset("""
    care challenge check control cover design drive experience file help interview lead level list look
    market map mark master model order place plan play post process program purchase record repair report
    research review run schedule screen service set share ship show stock store study support supply test
    track train transport travel use visit watch work network partner book bill brief chair cut document
    draft estimate fit fix guide hire host issue launch load monitor move offer open pick pitch present
    raise sell start treat wrap audit coach contact""")
_ONLY_VERBS = wordset(
    "manage assess assure sell edit teach supervise maintain organise organize analyse analyze evaluate"
)
"""No nouns: what stands before one of these, without a joint, says how or what (`line manage`, `copy edit`)."""
_COMPOUNDS = frozenset(
    f"{before} {verb}"
    for verb, befores in {
        "check": "spot fact cross quality double safety stock",
        "call": "cold warm",
        "train": "cross",
        "finish": "hand",
        "wash": "hand pressure jet power",
        "clean": "deep dry steam",
        "paint": "spray hand",
        "take": "stock",
        "count": "stock",
        "mark": "second double",
        "shop": "mystery",
        "handle": "case man",
        "plan": "action capacity",
    }.items()
    for before in befores.split()
)
_BOUND = wordset("a an the our your their its his her")
_COUNTS = wordset("one two three four five six seven eight nine ten twelve several multiple every each all both")
_MANNER = wordset("always often also")
_OPENS_NO_COMPOUND = wordset(
    "a an the our your and or of in on at for to with by from as who that which what how no not"
)
_NOUN_FOLLOWS = re.compile(
    r"[\s-]+(?:of|skills?|experience|knowledge|management|methods?|tools?|licen[cs]e|and|or|is|in|work"
    r"|ethic|abilit\w+|background|qualifications?|certificat\w+|leader\w*|planning)\b",
    re.IGNORECASE,
)
_ADJECTIVES = re.compile(
    r"(?:very |highly |fully |truly |always |also |completely )?(?:fluent|comfortable|confident|able"
    r"|willing|happy|ready|prepared|familiar|experienced|qualified|skilled|competent|capable|proficient"
    r"|reliable|punctual|friendly|outgoing|organi[sz]ed|well[- ]organi[sz]ed|flexible|patient|calm"
    r"|honest|polite|curious|motivated|passionate|enthusiastic|proactive|independent|creative"
    r"|responsible"
    r"|trained|registered|certified|licensed|adept|keen|committed|dedicated|good (?:at|with)|great (?:at"
    r"|with)|used to|interested|self[- ]\w+|detail[- ]oriented|service[- ]minded|conversant"
    r"|knowledgeable"
    r"|accountable|available|empathetic|resilient|adaptable|analytical(?= and)|meticulous|energetic|warm"
    r"|approachable|trustworthy|kind|driven|hands-on(?= and)|eager|excited|literate|numerate|tidy"
    r"|careful|cheerful|aware|eligible)\b(?=$|[,.;]|\s+(?:in|with|at|for|to|about|of|by|as|on|under|and|or|&"
    r"|when|while|even|enough|using|without|\w+ing)\b)",
    re.IGNORECASE,
)
_FINITE = re.compile(r"\s(?:is|are|was|were|will|we|they|has|can|there)\s", re.IGNORECASE)
_SUBJECTS = wordset("you we they he she it is are was can will who that if when how not to")
_FIRST_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_PROPER = re.compile(r"[A-Z][a-z]+\b")


class Shape(StrEnum):
    """Which sentence frame a label fits."""

    NOUN = "noun"
    """`experience with <label>`, `the ad asks for <label>`; gerunds too."""
    VERB = "verb"
    """`the job asks you to <label>`."""
    ADJECTIVE = "adjective"
    """`the ad asks that you are <label>`."""
    CLAUSE = "clause"
    """Anything else: quote it."""


def shape(label: str) -> Shape:
    """The frame a label fits, judged by its first words."""
    match = _FIRST_WORD.match(label)
    if match is None:
        return Shape.NOUN if label[:1].isdigit() else Shape.CLAUSE
    word = match.group().casefold()
    rest = label[match.end() :]
    if _ADJECTIVES.match(label):
        return Shape.ADJECTIVE
    if word in _SUBJECTS:
        return Shape.CLAUSE
    if compound_verb(label):
        return Shape.VERB
    if _FINITE.search(rest) and word not in VERBS:
        return Shape.CLAUSE
    if word in VERBS and not (word in NOUNS_TOO and _is_noun_before(rest)):
        return Shape.VERB
    base = word.removesuffix("s")
    if word.endswith("s") and base in VERBS and base not in NOUNS_TOO and rest.strip():
        return Shape.CLAUSE
    return Shape.NOUN


def compound_verb(label: str) -> str:
    """`Line manage` of `Line manage two receptionists`: a noun or adverb with the base verb that it goes with, as the
    label writes them; "" when the label begins otherwise."""
    words = [(match.group(), match.group().casefold()) for match in re.finditer(r"[^\s,;:()]+", label)][:4]
    if len(words) < 3 or not words[0][1].replace("-", "").isalpha() or words[0][1] in _OPENS_NO_COMPOUND:
        return ""
    (one, first), (two, verb), (_, third) = words[:3]
    if not label.startswith(f"{one} {two}"):
        return ""
    known = f"{first} {verb}" in _COMPOUNDS and not _NOUN_FOLLOWS.match(f" {third}")
    if third in {"and", "or", "&"}:
        # `line manage and coach six people`, but `stock take and admin`
        known = (known or verb in _ONLY_VERBS) and len(words) > 3 and words[3][1] in VERBS
    elif verb in _ONLY_VERBS:
        known = known or not (first.endswith("s") and not first.endswith("ss") and first != "sales")
    elif verb in VERBS and first not in VERBS:
        # `menu design each season` is a thing, `menu design the season` could not be one.
        counted = (third in _COUNTS or third.isdigit()) and verb not in NOUNS_TOO
        known = known or first in _MANNER or ((third in _BOUND or counted) and not first.endswith("s"))
    return f"{one} {two}" if known else ""


def _is_noun_before(rest: str) -> bool:
    """`support and supervise ...` goes on with a verb, `support and advice` does not."""
    pair = re.match(r"\s+(?:and|or)\s+(\w+)\s+\w", rest)
    if pair is not None and pair.group(1).casefold() in VERBS:
        return False
    return not rest.strip() or _NOUN_FOLLOWS.match(rest) is not None


def spoken(label: str) -> str:
    """The label for use in the middle of a sentence: one line, without a capital that only began a line."""
    label = " ".join(label.split())
    match = _PROPER.match(label)
    if match is None:
        return "a" + label[1:] if re.match(r"A [a-z]", label) else label
    if _FOREIGN.search(label):
        return label
    word, rest = match.group(), label[match.end() :]
    starts_line = (
        word.casefold() in VERBS
        or word.casefold() in _LINE_STARTERS
        or word.endswith(("ing", "ly", "tion", "ment", "ity", "ed", "ence", "ance", "ive", "ness", "ship"))
    )
    followed_by_lower = re.match(r"[\s-]+[a-z]", rest) is not None
    if starts_line or (followed_by_lower and word not in _PROPER_NAMES):
        return label[0].lower() + label[1:]
    return label


_FOREIGN = re.compile(
    r"\b(?:und|oder|der|die|das|den|im|zur|zum|von|mit|für|eine[rmn]?|unser\w*|et|les|des|du|le|avec"
    r"|pour|el|los|las|con|del|il|della|het|een|voor)\b"
)
"""Signs that a capital may belong to the word, as German nouns have it."""
_LINE_STARTERS = wordset("""
    a an the some all any at basic computer current customer data daily excellent full good previous sound
    strong two three five""")
_PROPER_NAMES = wordset("""
    English German French Spanish Italian Danish Dutch Polish Swedish Norwegian Finnish Portuguese Arabic
    Chinese Japanese Mandarin Hindi Urdu Welsh Irish Gaelic Russian Turkish Greek Python Java Excel Word
    Outlook Docker Kubernetes Linux Windows Azure Google Microsoft Adobe Oracle Salesforce Tableau Django
    Flask React Angular Jira Terraform Ansible Kafka Spark Snowflake Airflow Photoshop Figma Xero Sage
    Bachelor Master Monday European British American Montessori Makaton Instagram Facebook Git Scrum Agile
    Kanban Lean Prince Photoshop""")

_PAST = wordset("""
    ran led built wrote taught sold drove grew cut won made took gave kept held set met brought bought chose
    came began became oversaw rebuilt rewrote spoke spent sought put found left won dealt fed drew fought
    lost caught flew wove dug bred hung hid rode sang split spun struck swam threw tore wound
    laid lit paid read sent shot stood swept thought told understood undertook withdrew saw did got went had""")
_NOT_PAST = wordset("""
    advanced detailed experienced qualified skilled certified registered licensed applied integrated related
    required need speed mixed limited fixed united motivated embedded distributed automated-testing unified
    aged med accredited chartered dedicated focused organised organized committed talented gifted based red
    bed feed seed breed shed indeed interested accomplished seasoned""")


def tells(label: str) -> bool:
    """Begins with what somebody did ("Trained six baristas"), so that "you" can be put before it."""
    match = _FIRST_WORD.match(label)
    if match is None:
        return False
    words = label.split(None, 2)
    word = match.group().casefold()
    if word.endswith("ly") and len(words) > 1:
        word = words[1].casefold().strip(",")
    rest = label[match.end() :].strip()
    if not rest or rest[:1] in {":", "|", "–"}:
        return False
    if word in _PAST:
        return True
    if word.startswith(("co-", "re-", "pre-")):
        word = word.split("-", 1)[1]
    return word.endswith("ed") and len(word) > 4 and word not in _NOT_PAST
