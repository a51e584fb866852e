"""How a piece of an ad or a CV fits into a spoken sentence: its shape, and its shortest form that is still whole."""

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
    invoice issue iterate join keep know launch lead learn level liaise lift listen load look love maintain
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
    watch weigh welcome wipe work wrap write""")
"""Base forms that ads open their lines with."""

_NOUN_TOO = wordset("""
    care challenge check control cover design drive experience file help interview lead level list look
    market map mark master model order place plan play post process program purchase record repair report
    research review run schedule screen service set share ship show stock store study support supply test
    track train transport travel use visit watch work network partner book bill brief chair cut document
    draft estimate fit fix guide hire host issue launch load monitor move offer open pick pitch present
    raise sell start treat wrap audit coach contact""")
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
    r"|careful|cheerful|aware|eligible)\b(?! (?:team|work|attitude|manner|communicat|person|approach"
    r"|thinking|mind|background|professional|track|engineer|nurse))",
    re.IGNORECASE,
)
_FINITE = re.compile(r"\s(?:is|are|was|were|will|we|they|has|can|there)\s", re.IGNORECASE)
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
    if word in {
        "you",
        "we",
        "they",
        "he",
        "she",
        "it",
        "is",
        "are",
        "was",
        "can",
        "will",
        "who",
        "that",
        "if",
        "when",
        "how",
        "not",
        "to",
    }:
        return Shape.CLAUSE
    if _FINITE.search(rest) and word not in VERBS:
        return Shape.CLAUSE
    if word in VERBS and not (word in _NOUN_TOO and (not rest.strip() or _NOUN_FOLLOWS.match(rest))):
        return Shape.VERB
    base = word.removesuffix("s")
    if (
        word.endswith("s")
        and base in VERBS
        and base not in _NOUN_TOO
        and re.match(r"\s+(?:the|a|an|our|all|to|with|and|new)\b", rest)
    ):
        return Shape.CLAUSE
    return Shape.NOUN


def spoken(label: str) -> str:
    """The label for use in the middle of a sentence: one line, without a capital that only began a line."""
    label = " ".join(label.split())
    match = _PROPER.match(label)
    if match is None:
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
    piece = _DANGLING.sub("", piece).rstrip(" \t\n,;:–—-")
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
        if match.group().strip().casefold() == "by" and head.endswith("ed"):
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


_PAST = wordset("""
    ran led built wrote taught sold drove grew cut won made took gave kept held set met brought bought chose
    came began became oversaw rebuilt rewrote spoke spent sought put found left won dealt fed drew fought
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
