"""The job's title and the employer's name, when an ad says them plainly; otherwise nothing."""

import re
from itertools import pairwise

from interview_coach.documents.blocks import Block, blocks
from interview_coach.documents.sections import announced

ROLE_WORD = re.compile(
    r"\b(?:engineer|developer|manager|nurse|teacher|assistant|designer|analyst|accountant|driver|chef"
    r"|cook|barista|guide|technician|officer|administrator|consultant|specialist|coordinator"
    r"|co-ordinator"
    r"|supervisor|director|worker|operative|operator|clerk|cashier|receptionist|electrician|plumber"
    r"|carpenter|mechanic|lawyer|solicitor|paralegal|scientist|researcher|architect|therapist|pharmacist"
    r"|doctor|dentist"
    r"|midwife|carer|caregiver|librarian|editor|writer|journalist|translator|interpreter|tester|trainer"
    r"|instructor|lecturer|professor|tutor|host|hostess|waiter|waitress|server|bartender|housekeeper"
    r"|cleaner|gardener|farmer"
    r"|baker|butcher|welder|machinist|pilot|steward|agent|advisor|adviser|representative|executive"
    r"|associate|secretary|lead|head|intern|trainee|apprentice|postdoc|student|picker|helper|attendant"
    r"|operative|apprentice|lifeguard|roofer|packer|planner"
    r"|buyer|merchandiser|surveyor|inspector|auditor"
    r"|controller|bookkeeper|recruiter|strategist|marketer|producer|photographer|counsellor|counselor"
    r"|psychologist|physiotherapist|paramedic|guard|warden|caretaker|porter|stylist|hairdresser|roofer"
    r"|painter|fitter|joiner|pfleger\w*|fachkraft|erzieher\w*|mitarbeiter\w*|verkäufer\w*"
    r"|\w*entwickler\w*|kaufmann|kauffrau|leiter\w*|\w*mechaniker\w*)s?\b|\bphd\b.{0,30}\b(?:position"
    r"|student|candidate|in)\b|\(m/w/d\)",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"^(?:job title|title|position|role|vacancy|post|job|job description|stelle|poste|we are hiring"
    r"|now hiring|hiring)(?: title)?\s*[:–—-]\s*(\S[^\n]{1,90})",
    re.IGNORECASE,
)
_SOUGHT = re.compile(
    r"(?:looking for|seeking|searching for|hiring|recruiting|recruit|appoint|need|seeks|requires"
    r"|suche[nt]?(?: wir)?)\s+(?:to (?:hire|recruit|appoint)\s+)?(?:an?|our next|our new|eine?n?|two"
    r"|three|several|new)\s+((?:[^\s,.;:()]+\s+){0,5}?[^\s,.;:()]+?)(?=\s+(?:to\b|who\b|with\b|for\b"
    r"|in\b|at\b|on\b|that\b|based\b|and\b|für\b|zur\b|\()|[,.;:(\n]|$)",
    re.IGNORECASE,
)
_PLURAL_SOUGHT = re.compile(
    r"(?:looking for|seeking|searching for|hiring|recruiting)\s+((?:[\w-]+[ ]){0,4}[\w-]+s)(?=\s+(?:to|who|with"
    r"|for|in|at|on|that)\b|[,.;:\n])",
    re.IGNORECASE,
)
_PLURAL_SUBJECT = re.compile(
    r"(?:^|(?<=[.!?]\s))(?:Our |The )?((?:[A-Z][\w-]+|[a-z][\w-]+)(?: [\w-]+){0,2}s) (?:are|help|work|play|lead"
    r"|will be) "
    r"(?=(?:a |an |the |our |critical|responsible|key|important|on |with |closely)\b)",
    re.MULTILINE,
)
"""`Content designers are critical members of ...`, at the beginning of a sentence."""
_AS_OUR = re.compile(
    r"\bAs (?:an?|the|our) ((?:[A-Z][\w&/-]*|18F) ?(?:[A-Z][\w&/-]* ?){0,3})(?= for\b|,| at\b"
    r"| you\b)"
)
_FILLER = re.compile(
    r"^(?:(?:an?|the|new|experienced|enthusiastic|motivated|talented|passionate|skilled|qualified"
    r"|fully qualified|dedicated|friendly|reliable|highly|organised|organized|great|full-time|part-time"
    r"|ambitious|driven|hard-working|hardworking|fresh|dynamic|creative|caring|committed|seasoned"
    r"|additional|permanent|temporary|keen|bright|fantastic|exceptional|outstanding|proactive"
    r"|detail-oriented|confident|cheerful|curious|warm|&|and)\s+)+",
    re.IGNORECASE,
)
_NAME = (
    r"((?:(?:[A-Z0-9][\w&’'.-]*|of|and|the|de|du|der|für)\s){0,5}?[A-Z0-9][\w&’'-]*(?: (?:Ltd|Limited"
    r"|Inc|GmbH|AG|plc|LLC|SE))?)"
)
_COMPANY_LABEL = re.compile(
    r"^(?:company|employer|organi[sz]ation|client|firma|arbeitgeber|entreprise|school"
    r"|hospital)\s*[:–—-]\s*(\S[^\n]{1,70})",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"^about\s+(?!us\b|you\b|this\b|our\b|the (?:role|job|position|company|team|post"
    r"|opportunity)\b)([^\n:.?!]{2,50}):?$",
    re.IGNORECASE,
)
_IS_A = re.compile(
    r"(?:^|(?<=[.!?]\s))"
    + _NAME
    + r"(?:\s\([^)]{1,20}\))? (?:is|are) (?:(?:an?|one of|the) (?:[^.]{0,60}?)(?:company|firm|charity"
    r"|school|hotel|restaurant|provider|business|agency|start-?up|organi[sz]ation|manufacturer|practice"
    r"|trust|bakery|caf[eé]|shop|museum|university|leader|retailer|bank|studio|clinic|nursery|operator"
    r"|group|supplier|consultancy|cooperative|academy|brewery|farm|hospital)\b|(?:currently "
    r"|now )?(?:looking for|hiring|seeking|recruiting)\b)",
    re.MULTILINE,
)
_JOIN = re.compile(
    r"\b(?:[Jj]oin|[Ww]ork (?:at|for)|[Hh]ere at|[Aa]t) (?:the team (?:at|of) )?"
    + _NAME
    + r"(?:,| (?:as|we|you|and|is)\b)"
)
_NOT_NAME = frozenset(
    [
        "we",
        "our",
        "us",
        "it",
        "this",
        "that",
        "the",
        "a",
        "an",
        "you",
        "they",
        "he",
        "she",
        "there",
        "join",
        "what",
        "who",
        "about",
        "as",
        "at",
        "in",
        "on",
        "here",
        "today",
        "your",
        "job",
        "role",
        "position",
        "team",
        "if",
        "all",
        "every",
        "each",
        "since",
        "founded",
    ]
)
_PLACED = re.compile(r"\s*(?:[,|·•(]|\s[–—-]\s|\bin (?=[A-Z])|\s{3,}|\t)")
"""What follows the name in such a line is a town or how one works there."""
_TERMS = re.compile(
    r"\d|[£€$@]|https?:|www\.|\b(?:full|part)[- ]time|permanent|temporary|contract\b|salary|remote|hybrid|on-?site"
    r"|posted|apply|location|department|reference|closing|hours|per (?:hour|year|annum)|grade|band\b|we\b|our\b"
    r"|you\b|job\b|vacancy|position|role\b|requirements|description",
    re.IGNORECASE,
)
"""Pay, place and terms stand below the title as well."""
_ORGANISATION = re.compile(
    r"&|^the \w|\b(?:ltd|limited|inc|gmbh|ag|plc|llc|llp|se|co|group|company|bank|council|university|college|school"
    r"|academy|hospital|infirmary|clinic|trust|centre|center|institute|foundation|hotel|inn|restaurant|caf[eé]|bakery|stores?|shop"
    r"|books|museum|library|society|association|charity|partners|systems|solutions|services|logistics|labs?|studios?"
    r"|agency|nursery|farm|garage|church|theatre|airlines?|airways|railways?|pharmacy|surgery|practice)\b",
    re.IGNORECASE,
)
"""Words by which a name says what it is the name of."""
_SMALL = frozenset({"of", "and", "the", "for", "&", "de", "la", "at", "und", "der", "von"})
_BREADCRUMB = re.compile(r".*\s[>»›]\s+(?=\S)")
_ORNAMENT = re.compile(r"^(?:[^\w(\"']+|\b(?:urgent|hot job|new)\b[\s*!:]+)+|[^\w)+#.]+$", re.IGNORECASE)
_TITLE_TAIL = re.compile(r"\s*(?:[|·•]| [–—-] |\s@\s|,|\(|\bat [A-Z]|\bto join\b|\bwanted\b).*$")


def guess_title(job_text: str) -> str:
    """The job's title as the ad writes it, or "" when it is not plain."""
    head = blocks(job_text[:6000])
    for block in head[:12]:
        match = _LABELLED.match(job_text[block.start : block.end])
        if match and ROLE_WORD.search(match.group(1)):
            return _title(match.group(1))
    for block in head[:4]:
        line = job_text[block.start : block.end]
        if (
            len(line) <= 90
            and len(line.split()) <= 12
            and not line.endswith((".", ":", "!", "?", ","))
            and ROLE_WORD.search(line)
            and (block.emphasis or announced(line) is None or ROLE_WORD.search(_title(line)))
        ):
            title = _title(line)
            if (
                title
                and ROLE_WORD.search(title)
                and not re.search(r"\b(?:we|you|our|your|is|are|will)\b", title, re.IGNORECASE)
            ):
                return title
    for match in _SOUGHT.finditer(job_text[:6000]):
        wanted = _FILLER.sub("", match.group(1)).strip()
        if ROLE_WORD.search(wanted) and len(wanted) <= 60:
            return _single(wanted)
    for pattern in (_PLURAL_SOUGHT, _PLURAL_SUBJECT):
        for match in pattern.finditer(job_text[:3000]):
            wanted = _FILLER.sub("", match.group(1)).strip()
            if _plural_role(wanted) and len(wanted) <= 40:
                return _single(wanted)
    as_our = _AS_OUR.search(job_text[:3000])
    if as_our and ROLE_WORD.search(as_our.group(1)):
        return as_our.group(1)
    return ""


def _single(title: str) -> str:
    """One person's title: `tour guides` is looked for as many and interviewed as one."""
    return title[:-1] if _plural_role(title) else title


def _plural_role(title: str) -> bool:
    last = title.split()[-1] if title else ""
    return last.endswith("s") and ROLE_WORD.fullmatch(last) is not None and ROLE_WORD.fullmatch(last[:-1]) is not None


def _title(line: str) -> str:
    line = re.sub(r"</?\w[^<>]{0,80}>", "", line)
    line = _ORNAMENT.sub("", _BREADCRUMB.sub("", line.strip().strip("*_#").strip()))
    short = _TITLE_TAIL.sub("", line).strip(" -–—:|")
    if re.match(r"phd", line, re.IGNORECASE) and "," not in line:
        short = line
    return short if 2 < len(short) <= 80 else ""


def guess_company(job_text: str) -> str:
    """The employer's name as the ad writes it, or "" when it is not plain."""
    head = blocks(job_text[:8000])
    for pattern in (_COMPANY_LABEL, _ABOUT):
        for block in head:
            match = pattern.match(_plain(job_text, block))
            if match and len(match.group(1).split()) <= 6 and match.group(1)[0].isupper():
                return match.group(1).strip(" .:*_")
    below = _below_title(job_text, head[:4]) or (_behind_title(_plain(job_text, head[0])) if head else "")
    if below:
        return below
    text = job_text[:8000]
    for pattern in (_IS_A, _JOIN):
        for match in pattern.finditer(text):
            name = match.group(1).strip()
            first = name.split()[0].casefold()
            if first not in _NOT_NAME and len(name) > 2 and not ROLE_WORD.search(name) and not name.isdigit():
                return name
    return ""


def _below_title(text: str, head: list[Block]) -> str:
    """`Senior Nurse` and below it `Lakeside Hospital, Leeds`: a short line of names right under the job's title."""
    for title, under in pairwise(head):
        named, line = _plain(text, title), _plain(text, under)
        if not (_is_head(named) and ROLE_WORD.search(named)) or ROLE_WORD.search(line) or not _is_head(line):
            continue
        name = _PLACED.split(line, maxsplit=1)[0].strip(" -–—|·•,")
        if not _TERMS.search(name) and announced(line) is None and _names_somebody(name, text[under.end :]):
            return name
    return ""


def _behind_title(line: str) -> str:
    """`Sales assistant (part time), Bramble Books & Toys`."""
    parts = _PLACED.split(line)
    name = parts[-1].strip(" )") if len(parts) > 1 and ROLE_WORD.search(parts[0]) else ""
    return name if _ORGANISATION.search(name) and not ROLE_WORD.search(name) and _names_somebody(name, "") else ""


def _names_somebody(name: str, rest: str) -> bool:
    """A name in capitals that is no town: it says what it is, or the ad speaks of it again."""
    words = name.split()
    if not words or len(name) < 3 or not all(w[0].isupper() or w[0].isdigit() or w.casefold() in _SMALL for w in words):
        return False
    again = re.search(rf"(?<!\bin )(?<!\bnear )(?<!\bfrom )(?<!\bof ){re.escape(name)}\b", rest)
    return bool(_ORGANISATION.search(name)) or again is not None


def _plain(text: str, block: Block) -> str:
    return re.sub(r"[*_#]+", "", text[block.start : block.end]).strip()


def _is_head(line: str) -> bool:
    """A short line without the marks of a sentence, as titles and names are."""
    return (
        len(line.split()) <= 8
        and len(line) <= 70
        and "\n" not in line
        and not line.rstrip().endswith((".", ":", "!", "?", ","))
    )
