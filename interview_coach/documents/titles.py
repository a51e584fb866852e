"""The job's title, when an ad says it plainly; otherwise nothing."""

import re

from interview_coach.documents.blocks import blocks
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
    r"|teller|ambassador|groundworker|labou?rer|bricklayer|plasterer|tiler|scaffolder|glazier|decorator|handyman"
    r"|janitor|custodian|concierge|sommelier|dishwasher|caterer|confectioner|p[aâ]tissier|commis|fishmonger|grocer"
    r"|florist|seamstress|upholsterer|jeweller|watchmaker|locksmith|blacksmith|toolmaker|millwright|foreman|forewoman"
    r"|rigger|stevedore|forester|arborist|beekeeper|veterinarian|biologist|chemist|physicist|geologist|ecologist"
    r"|economist|statistician|mathematician|historian|archaeologist|archivist|curator|conservator|actor|musician"
    r"|choreographer|illustrator|animator|copywriter|proofreader|presenter|reporter|publicist|broker|underwriter"
    r"|actuary|appraiser|realtor|banker|treasurer|comptroller|notary|barrister|attorney|firefighter|constable|sergeant"
    r"|corporal|lieutenant|soldier|sailor|deckhand|dispatcher|courier|chauffeur|signaller|surgeon|physician"
    r"|radiographer|sonographer|optometrist|optician|podiatrist|dieti[tc]ian|nutritionist|chiropractor"
    r"|phlebotomist|hygienist|childminder|nanny|babysitter|chaplain|pastor|headteacher|registrar|bursar|invigilator"
    r"|programmer|webmaster|product owner|scrum master|founder|co-founder|president|storekeeper|storeman|stocker"
    r"|salesperson|salesman|saleswoman|telemarketer|fundraiser|groomer|dog walker|estimator|draughtsman|drafter|rn|lpn"
    r"|cna|(?:research|teaching|postdoctoral|doctoral) fellow|(?:team|crew) member"
    r"|\w*entwickler\w*|kaufmann|kauffrau|leiter\w*|\w*mechaniker\w*)s?\b|\bphd\b.{0,30}\b(?:position"
    r"|student|candidate|in)\b|\(m/w/d\)",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"^(?:subject|job title|title|position|role|vacancy|post|job|job description|stelle|poste|we are hiring"
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
