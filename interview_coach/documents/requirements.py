"""What a job ad asks for, as verbatim spans, the most important first.

Headings say what a line is; where there are none, the phrases by which ads ask, wish and assign do. Lines about pay,
place, law, the employer or the way to apply are left out, and so is everything that may not be asked of a person (age,
health, religion, origin, family, police record). In a text that is not English only headings and line forms are
trusted.
"""

import re

from interview_coach.documents import cues
from interview_coach.documents.ad_lines import TAG, Line, ad_lines
from interview_coach.documents.clauses import clauses, core
from interview_coach.documents.competence import competency_of
from interview_coach.documents.employers import guess_company
from interview_coach.documents.endings import is_whole
from interview_coach.documents.phrasing import Shape, shape
from interview_coach.documents.ranking import distinct, ranked
from interview_coach.documents.sections import Section
from interview_coach.documents.shortening import shortened
from interview_coach.documents.titles import guess_title
from interview_coach.documents.words import STOP_WORDS, tokens, topic_terms, wordset
from interview_coach.domain.evidence import Requirement, RequirementKind, Source, Span

__all__ = ["find_requirements", "guess_company", "guess_title"]

MOST = 80
"""Requirements kept at most: far beyond what any interview can touch."""
_YES = re.compile(r"(?:do|are|have|can|would) you\s+", re.IGNORECASE)
_CONDITION = re.compile(
    r"(?:if (?:you|so|this|yes)|once|when you|should you)\b(?!.*\b(?:must|need|responsib\w+|duties|tasks)\b)",
    re.IGNORECASE,
)
_COME_BY = re.compile(
    r"(?:call|ring|phone|text|pop in|come by|drop in|come and|come to|talk to|visit|write to|interested"
    r"|sounds? like you)\b",
    re.IGNORECASE,
)
_NOT_A_MUST = re.compile(
    r"(?:\bnot|n['’]t) (?:strictly |absolutely )?(?:essential|required|requried|necessary|needed|a must)\b",
    re.IGNORECASE,
)
_HOLDS = re.compile(r"\b(?:candidates|applicants|you) (?:must|need to|should) (?:have|hold|be)\b", re.IGNORECASE)
_YOU_DO = re.compile(
    r"(?:[^,.;]{0,60}, |(?:in|on|at|during|every|each|before|after) (?:[\w’'-]+ ){1,5})?you(?:['’](?:ll|re|ve))? \w",
    re.IGNORECASE,
)
_WISHED_IF = re.compile(r"if you(?:['’]ve)? (?!(?:are interested|think|feel|want|would|wish)\b)\w", re.IGNORECASE)
"""`If you have worked in a shop before, so much the better`: a wish put as a condition."""
_DEMANDS = re.compile(
    r"(?:to [^,.;]{3,40}, )?you(?:['’]ll| will| would)? (?:also )?(?:"
    r"need (?!to (?!have\b|hold\b|be\b))|(?:must )?(?:have|hold|bring|possess) (?!.{0,30}\bresponsib))"
    r"|(?:you|candidates|applicants) must (?:have|hold|be)\b",
    re.IGNORECASE,
)
"""A sentence that asks for what a person has, also among sentences about what the person will do."""
_STATED = re.compile(
    r"(?:(?!\b(?:you|that|which|who|what|how|once|when|where)\b)[^,;:]){2,60}\s(?:is|are|was|were|will be)\b"
)
"""A whole sentence whose subject is not the person sought."""
_LEADS_ON = wordset("in on at for from with by of to during until as after before")
_EMPTY_ALONE = wordset("""
    experience experienced team work skills skill role job ability candidate person people someone
    requirements responsibilities duties qualified time working training join part company environment
    opportunity position new full essential desirable yes senior junior criteria two one ability capable others""")
_BASE = {RequirementKind.MUST: 0.72, RequirementKind.DUTY: 0.6, RequirementKind.SOFT: 0.5, RequirementKind.NICE: 0.34}


def find_requirements(job_text: str) -> tuple[Requirement, ...]:
    """Requirements of the ad, most important first, at most `MOST`; empty when it asks for nothing.

    Labels fit `phrasing.shape` ("experience with", "asks you to", "asks that you are") and are put into a sentence by
    `phrasing.spoken`. Where an ad wraps its lines, a label may hold a line break.
    """
    english = is_english(job_text)
    lines = ad_lines(job_text)
    found = [r for line in lines for r in _from_line(job_text, line, english, eager=not english)]
    if len(found) < 2:
        # Neither headings nor phrases that we know: every line that says something concrete may be what is asked.
        found += [r for line in lines for r in _from_line(job_text, line, english, eager=True)]
    title = guess_title(job_text).casefold()
    ordered = ranked(job_text, [r for r in found if r.kind is RequirementKind.MUST or r.label.casefold() != title])
    return tuple(distinct(ordered, MOST))


def is_english(text: str) -> bool:
    """Enough English function words among the first thousand words."""
    words = [word.casefold() for word in tokens(text[:8000])][:1000]
    if not words:
        return True
    return sum(word in STOP_WORDS for word in words) >= 0.16 * len(words) or len(words) < 12


def _from_line(text: str, line: Line, english: bool, *, eager: bool) -> list[Requirement]:
    sentence = text[line.start : line.end]
    if len(sentence.split()) > 90:
        # No full stops: a text that lost its line ends or never had any. Its commas and lines are all there is.
        return [r for part in _pieces(text, line) for r in _from_line(text, part, english, eager=eager)]
    if not _asks(sentence, line, english, eager=eager):
        return []
    found = []
    wish = bool(cues.NICE.search(sentence))
    demand = bool(_DEMANDS.match(sentence))
    for start, end in clauses(text, line.start, line.end) if english else [(line.start, line.end)]:
        requirement = _requirement(text, start, end, line, wish=wish, demand=demand)
        if requirement is not None:
            found.append(requirement)
    return found


def _pieces(text: str, line: Line) -> list[Line]:
    found, left = [], line.start
    for match in re.finditer(r"\n+|,\s+|$", text[line.start : line.end]):
        stop = line.start + match.start()
        if 1 < len(text[left:stop].split()) <= 90:
            found.append(Line(left, stop, line.section, line.bullet, line.place))
        left = line.start + match.end()
    return found


def _asks(sentence: str, line: Line, english: bool, *, eager: bool) -> bool:
    if cues.PROTECTED.search(sentence) and not _survives(sentence):
        return False
    if cues.ELSEWHERE.search(sentence) or (sentence.rstrip().endswith("?") and len(sentence.split()) <= 3):
        return False
    section = line.section
    if line.place > 0.7 and not section.asks and _COME_BY.match(sentence):
        return False
    if section in {Section.OFFER, Section.APPLY, Section.LEGAL}:
        return section is not Section.LEGAL and bool(_HOLDS.search(sentence)) and not cues.GIFT.search(sentence)
    if section.asks and line.bullet:
        return True
    if not section.asks and cues.ELSEWHERE_IN_PROSE.search(sentence):
        return False
    if not english:
        return section.asks or (
            section is Section.OPEN and (line.bullet or (eager and 4 <= len(sentence) <= 240 and line.place > 0.1))
        )
    if cues.GIFT.search(sentence) and not cues.STRONG.search(sentence):
        return False
    if _YES.match(sentence):
        told = cues.MUST.search(sentence) or cues.SOFT.search(sentence) or cues.NICE.search(sentence)
        return section is not Section.COMPANY and bool(told or line.bullet or section.asks)
    wish = bool(cues.NICE.search(sentence))
    if cues.ABOUT_EMPLOYER.match(sentence) and not (wish or cues.EMPLOYER_ASKS.search(sentence)):
        return False
    fragment = not cues.FINITE.search(sentence)
    addressed = bool(cues.ADDRESSED.search(sentence))
    if section.asks and shape(sentence.removeprefix("To ")) is Shape.VERB:
        return True
    if not (fragment or addressed or wish):
        return eager and bool(cues.MUST.search(sentence))
    if section.asks:
        return True
    if section is Section.COMPANY and not (_YOU_DO.match(sentence) or cues.EMPLOYER_ASKS.search(sentence)):
        return False
    cued = bool(cues.MUST.search(sentence) or cues.DUTY.search(sentence) or cues.NICE.search(sentence))
    if cued or _YOU_DO.match(sentence):
        return addressed or line.place > 0 or line.bullet
    opening = shape(sentence)
    if cues.SOFT.search(sentence) and (
        line.bullet or addressed or opening is Shape.ADJECTIVE or len(sentence.split()) <= 8
    ):
        return True
    if opening is Shape.VERB or (fragment and sentence.split()[0].endswith("ing")):
        return line.bullet or line.place > 0.1
    return line.bullet or (eager and len(sentence.split()) >= 3 and line.place > 0)


def _survives(sentence: str) -> bool:
    """Something is left to ask when the protected part is taken out clause by clause."""
    return len(sentence.split()) > 14


def _requirement(text: str, start: int, end: int, line: Line, *, wish: bool, demand: bool) -> Requirement | None:
    clause = text[start:end]
    if cues.PROTECTED.search(clause) or (_CONDITION.match(clause) and not (wish and _WISHED_IF.match(clause))):
        return None
    core_start, core_end = core(text, start, end)
    label_start, label_end = shortened(text, core_start, core_end)
    label_end = _without_loose_number(text, label_start, label_end)
    label = text[label_start:label_end]
    if not _speaks(label) or not is_whole(label) or _tells_of_something_else(clause, label):
        return None
    # The span is the clause as the ad has it, without what only leads up to it.
    span_start = start
    while span_start < end and text[span_start] in ' \t\n,.;:–—-*"“':
        span_start += 1
    span_end = max(label_end, len(text[:end].rstrip(" \t\n,;:")) if end - span_start < 2000 else end)
    kind = _kind(clause, label, line, wish=wish, demand=demand)
    return Requirement(
        span=Span(Source.JOB, text[span_start:span_end], span_start, span_end),
        kind=kind,
        label=label,
        importance=_BASE[kind],
        competency=_competency(clause, label),
    )


def _without_loose_number(text: str, start: int, end: int) -> int:
    """`able to travel 20`: a figure that has lost its unit goes."""
    loose = re.search(
        r"(?:^|\s)(?!(?:of|to|by|level|grade|band|class|year|stage|tier|type)\s)[a-z][\w-]*(\s+\d+)$", text[start:end]
    )
    return start + loose.start(1) if loose else end


def _tells_of_something_else(clause: str, label: str) -> bool:
    """An example, page furniture, or a sentence about the employer that only happens to hold a word of asking."""
    plain = clause.strip(" \t\n,.;:–—-*")
    if cues.NOT_ASKED.search(label) or cues.NOT_ASKED.search(plain):
        return True
    if (
        re.search(r"\b(?:ones|them|it|those|these)$", label)
        and len(label.split()) <= 9
        and not re.match(r"you\b", plain, re.IGNORECASE)
    ):
        return True
    return bool(
        cues.EMPLOYER_TELLS.match(label)
        and re.search(r"\b(?:is|are|was|were|will|would|has|have|runs?|need|strive|generate|tend|the)\b", label)
    ) or bool(
        _STATED.match(label)
        and shape(label) is not Shape.VERB
        and not cues.ADDRESSED.search(label)
        and not cues.STRONG.search(label)
    )


def _competency(clause: str, label: str) -> str:
    """By the label, which is what is asked about; by the whole clause when the label has no cue."""
    found = competency_of(label)
    return found if found != "expertise" else competency_of(clause if len(clause) < 400 else label)


def _speaks(label: str) -> bool:
    """A label that says something: a word of content, no address, no bare figure or connective."""
    if len(label) < 2 or not any(character.isalpha() for character in label):
        return False
    words = [word for word in tokens(label) if not word.isdigit()]
    content = [word for word in words if word.casefold() not in STOP_WORDS]
    if not content or (len(content) == 1 and len(words) <= 2 and content[0].casefold() in _EMPTY_ALONE):
        return False
    if len(words) <= 3 and (words[0].casefold() in _LEADS_ON or (len(words) == 1 and words[0].endswith("ly"))):
        return False
    if len(words) == 1 and cues.LOGISTICS.search(label):
        return False
    return not (len(label) < 3 and not label.isupper())


def _kind(clause: str, label: str, line: Line, *, wish: bool, demand: bool) -> RequirementKind:
    tag = TAG.search(clause)
    if tag:
        must = tag[1].casefold() in {"required", "essential"}
        return RequirementKind.MUST if must else RequirementKind.NICE
    if line.section is Section.NICE or (wish and not cues.STRONG.search(_NOT_A_MUST.sub(" ", clause))):
        return RequirementKind.NICE
    told = label if cues.SOFT.search(label) else clause
    concrete = topic_terms(cues.SOFT.sub(" ", told))
    if cues.SOFT.search(told) and len(concrete) <= 2 and line.section is not Section.DUTY:
        return RequirementKind.SOFT
    if line.section is Section.MUST or demand:
        return RequirementKind.MUST
    if line.section is Section.DUTY:
        return RequirementKind.DUTY
    if (
        cues.DUTY.search(clause)
        and not cues.STRONG.search(clause)
        and not re.search(r"\b(?:experience|qualified|degree|knowledge|licen[cs]e)\b", clause, re.IGNORECASE)
    ):
        return RequirementKind.DUTY
    if cues.MUST.search(clause) or cues.STRONG.search(clause):
        return RequirementKind.MUST
    return RequirementKind.DUTY if shape(clause) in {Shape.VERB, Shape.CLAUSE} else RequirementKind.MUST
