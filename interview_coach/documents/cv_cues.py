"""What headings, dates, contact data, degrees and deeds look like in a CV. Data only."""

import re
from enum import StrEnum


class Part(StrEnum):
    OPEN = "open"
    WORK = "work"
    PROJECTS = "projects"
    WRITINGS = "writings"
    SKILLS = "skills"
    EDUCATION = "education"
    SKIP = "skip"


_HEADINGS: tuple[tuple[Part, re.Pattern[str]], ...] = tuple(
    (part, re.compile(rf"(?:{pattern})", re.IGNORECASE))
    for part, pattern in (
        (Part.SKIP, 
            r"^(?:personal (?:details|information|data)|declaration|contacts?(?: details| information)?"
            r"|references?|referees"
            r"|interests|hobbies(?: .*)?|interests .*|activities|.* and hobbies|persönliche daten|kontakt|hobbys"
            r"|interessen|coordonnées|loisirs|centres d['’]intérêt|intereses|address)$"),
        (Part.WRITINGS, r"^(?:selected |peer-reviewed |key )?publications?(?: list)?$|veröffentlichungen"),
        (Part.WORK, r"\bappointments?(?: held)?$"),
        (Part.OPEN, r"^summary of qualifications|^qualifications summary|^career profile"),
        (Part.PROJECTS, r"\bprojects?\b|^portfolio$|projekte|projets|proyectos|selected work"),
        (Part.SKILLS, 
            r"skills?\b|^it$|proficienc|^(?:(?:lab\w*|research|technical) )?methods$|technolog|\btools\b|competenc"
            r"|languages?$|expertise$|\bit\b.*knowledge|^fields$"
            r"|strengths|kenntnisse|fähigkeiten|sprachen|compétences|langues|habilidades|idiomas|competenze"
            r"|operating systems"),
        (Part.EDUCATION, 
            r"education|qualifications?$|academic|training$|certificat|\bcourses?$|licen[cs]es|studies|schooling"
            r"|degrees?$|^grants?\b|^fellowships?|scholarships?$|^hono(?:u?)rs\b|ausbildung|studium|bildung|formation|formación|diplom|awards?"),
        (Part.WORK, 
            r"experience|employment|work history|career (?:history|summary)|professional history"
            r"|positions?(?: held)?$|volunteer|internships?|placements?|achievements|highlights|beruf|praktik"
            r"|werdegang|erfahrung|expérience|experiencia|esperienz|jobs?$|^work$"),
        (Part.OPEN, r"summary|profile|about(?: me)?|objective|statement|status|overview|profil"),
    )
)  # fmt: skip

_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|mär|mai|okt|dez|fév|avr|juin|juil|août|déc"
    r"|spring|summer|autumn|fall|winter)[a-zé]*\.?"
)
_DATE = (
    rf"(?:(?:{_MONTH}\s*)?(?:\d{{1,2}}[./]\s?)?(?:19|20)\d\d(?:\s?[-/.]\s?(?:0[1-9]|1[0-2])\b)?|\d{{1,2}}/\d{{2,4}})"
)
DATES = re.compile(
    rf"[(\[]?(?:since |from |seit |depuis )?{_DATE}(?:\s*(?:[-–—−/]+|to|until|till|bis|à|and"
    rf"|&)\s*(?:{_DATE}|present|now|today|current|(?:till |to )?date|ongoing|heute|\d\d\b"
    rf"|(?:{_MONTH})))?(?:\s*[-–—])?[)\]]?",
    re.IGNORECASE,
)
CONTACT = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,64}\.\w|https?:|www\.|\b(?:linkedin|github|twitter|xing)\b\s*(?:[:./@]|$)"
    r"|/(?:linkedin|github|twitter)|(?:^|\s)@\w"
    r"|(?:tel|phone|mobile|fax|telefon|handy|e-?mail)\b\s*[.:]|\+?\(?\d[\d ()./-]{7,24}\d\b(?!\s*%)"
    r"|\b\d{1,5}[a-z]? (?:\w+ ){1,3}(?:street|st|road|rd|avenue|ave|lane|drive|close|court|crescent"
    r"|terrace|way|place|square|boulevard|blvd)\b\.?(?!\w)|\b\w{1,40}(?:straße|strasse|weg|platz)\s+\d"
    r"|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b|^address\b|date of birth|\bborn\b"
    r"|\bdriver['’]?s? licen[cs]e number|licensed under",
    re.IGNORECASE,
)
DEGREE = re.compile(
    r"\b(?:bachelor|master|b\.?sc|m\.?sc|b\.?a|m\.?a|b\.?eng|m\.?eng|b\.?com|m\.?com|b\.?tech|m\.?tech|bba"
    r"|higher secondary|plus two|b\.?ed|mba|ph\.?d|doctorate|diploma|degree"
    r"|associate of|nvq|btec|a[- ]levels?|gcses?|certificate|certified|certification|pgce|hnd"
    r"|apprenticeship"
    r"|abitur|ausbildung|studium|licence pro|baccalaur\w+|course|city & guilds|registered nurse"
    r"|qualified teacher|level \d|driving licen[cs]e|driver['’]?s licen[cs]e(?! number))\b",
    re.IGNORECASE,
)
FIGURE = re.compile(
    r"\b\d{1,12}(?:[.,]\d{1,6})?\s?(?:%|percent|k\b|m\b|million|people|staff|customers|patients|students|hours"
    r"|covers)|[£€$]\s?\d|\b\d{2,12}\b|\b(?:doubled|tripled|halved)\b",
    re.IGNORECASE,
)
SPEAKER = re.compile(
    r"(?:(?:I(?:['’](?:ve|m))?|we|also|then|there|currently|now|since then|before that|after that|later"
    r"|here|have|had|was|am|been|mainly|mostly|usually|successfully|regularly|responsibilities included"
    r"|duties included|my (?:duties|tasks|role|job) (?:included|was|were|was to)|responsible for"
    r"|in charge of|including|key achievements?:|achievements?:|worked on)\b[:,]?\s+)+",
    re.IGNORECASE,
)
DEBRIS = re.compile(r"(?:/\S+\s+|[A-Z]{4,}\s+(?=[A-Z][a-z])|\w+\s+[●○★☆]{2,}\s+|[●○★☆]{2,}\s+)+")
"""What a neighbouring column left at the beginning of a line."""
WISH = re.compile(
    r"\b(?:looking for|seeking|hereby declare"
    r"|hoping to|hope to|would like to|aim(?:ing)? to|my goal|eager to"
    r"|references available|i (?:like|love|enjoy))\b"
    r"|^to (?:obtain|secure|gain|work in|join)\b",
    re.IGNORECASE,
)
SUMMARY = re.compile(
    r"^\d+\+? years\b|\b(?:with|for|after|over|of) (?:\w+[ -]){0,3}(?:years|decades)\b"
    r"|^(?:an? )?\w+ed (?:and \w+ )?(?:professional|graduate)"
    r"|^(?:the|this|it|they|that)\b|^graduated\b|\bI (?:am|have been) (?:an?|the)\b",
    re.IGNORECASE,
)
"""What a person is, and what a thing does: said at the top of a CV, and nothing done."""
GLUED = re.compile(r"(?:[^\W\d_]\w*\s){1,2}(?=[A-Z][a-z]+ed\s)")
"""A word of the neighbouring column before the verb that begins the line."""
PLACE_OF_WORK = re.compile(
    r"\s+(?=(?:University|Universität|College|Institute|Hospital|School|Academy|GmbH|Ltd|Inc)\b)|\s+\S+\.[a-z]{2,}$"
)
WORKED_AS = re.compile(
    r"\b(?:work(?:ed|ing)?|employed|job|position|placement|internship|trained"
    r"|volunteer(?:ed)?) as (?:an? |the )?([^\n,.;()]{3,70})",
    re.IGNORECASE,
)
PREFIX = re.compile(r"[^:\n,]{2,50}:\s*")
SKILL_CUT = re.compile(r"\s*[,;|•·●■/]\s*(?:and\s+)?|\s{2,}|\s+[–—-]\s+|\n|\.\s+|\.$|\s+and\s+(?=\S+$)|\s*[⋆★☆]+\s*")
LEVEL = re.compile(
    r"\s*[(\[–—-]\s*(?:basic|good|fluent|native|intermediate|advanced|expert|beginner|proficient"
    r"|conversational|mother tongue|[abc][12]).*$|\s+(?:basic|intermediate|advanced|expert|native|fluent"
    r"|[ABC][12])$",
    re.IGNORECASE,
)
BODY = re.compile(
    r"\b(?:universit\w*|college|school|academy|institut\w*|polytechnic|board|council|authority|association|alliance"
    r"|society|trust|hochschule)\b",
    re.IGNORECASE,
)
"""Who teaches or awards."""
AWARD = re.compile(
    r"\b[A-Z]{2,6}[+A-Z]?\b|\b(?:licen[cs]e|certificate|certified|card|ticket|permit|first aid|level \d)\b"
)
"""What a list of certificates names each of its entries by."""
PROJECT_LABEL = re.compile(r"project(?: (?:name|title))?\s*:\s*", re.IGNORECASE)
FACT_LABEL = re.compile(
    r"(?:client|team size|environment|reason for leaving|notice period|current salary|ctc|domain|location|duration"
    r"|platform|(?:key )?(?:roles? (?:and|&) responsibilities|(?:duties|tasks)(?: (?:and|&) responsibilities)?"
    r"|responsibilities))\s*:",
    re.IGNORECASE,
)
"""Facts about a job in a labelled CV, and labels that only announce the lines below."""
THESIS = re.compile(r"(?:[\w’']+ )?(?:dissertation|thesis)(?: title)?\s*:\s*", re.IGNORECASE)
SUBJECTS = re.compile(
    r"(?:(?:key|relevant|main|selected) )?(?:modules|coursework|courses|subjects)\s*:\s*", re.IGNORECASE
)
NETWORK_EXPORT = re.compile(r"linkedin\.com/in/\S+\s+\(LinkedIn\)")
"""How a profile of that network begins when it is saved as a file."""
PROFILE_OF = re.compile(r"\s*(?:,|\s(?:with|who|used to|looking|seeking|and|of|in)\b|$)", re.IGNORECASE)
"""What follows the title where a profile says what a person is."""
TABLE_HEAD = re.compile(
    r"(?:course|degree|examination|class|institut(?:e|ion)|college|school|board|university|year(?: of passing)?"
    r"|passing year|percentage|marks|cgpa|grade|s\.? ?no\.?|from|to)(?: ?/ ?\w+)?",
    re.IGNORECASE,
)
ONLY_LEVEL = re.compile(
    r"\s*(?:[abc][12]|native|fluent|basic|good|very good|intermediate|advanced|beginner|conversational|mother tongue"
    r"|business fluent)\W*",
    re.IGNORECASE,
)
SEPARATOR = re.compile(r"\s*(?:,|\||\s[–—-]+\s|[–—]\s|·|•|\s@\s|:|\()\s*|\s+(?=at [A-Z])|\s{3,}|\t")


def part_announced(heading: str) -> Part | None:
    heading = heading.strip().strip(":").strip()
    for part, pattern in _HEADINGS:
        if pattern.search(heading):
            return part
    return None
