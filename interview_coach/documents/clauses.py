"""Sentences of a block, clauses of a sentence, and a clause without the words that only lead up to it."""

import re

from interview_coach.documents.endings import is_quality, joins_adjectives
from interview_coach.documents.phrasing import VERBS, Shape, shape

_SENTENCE_END = re.compile(
    r"[.!?;…]+[\"'’”)\]]*\s+|[。！？；]+|(?<=[a-z)])\s+(?=(?:An|Being|Having|Ability|Experience|Strong"
    r"|Excellent"
    r"|Knowledge|Minimum|Proven|Willingness|Must|You) [a-z])"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.?g|i\.?e|etc|approx|incl|esp|no|nos|dr|mr|mrs|ms|prof|st|vs|inc|ltd|co|min|max|dept|hrs"
    r"|yrs|fig|resp|z\.\s?b|u\.\s?a|d\.\s?h|bzw|ca|inkl|ggf|usw|evtl|[a-z]\.[a-z])|\b[A-Z])\.$",
    re.IGNORECASE,
)

_JOIN = re.compile(
    r",?\s+(?:and|as well as|but|plus|then|along with)(?:\s+(?:also|then))?\s+|,\s+(?:also\s+|with\s+)?|\s+&\s+"
    r"|\s+[–—]\s+|;\s*|:\s+(?=[a-z]{2,}ing\s)",
    re.IGNORECASE,
)
_NEW_ASK = re.compile(
    r"(?:you(?:['’]re|['’]ll|['’]ve)?\b|(?:must|should|will|can|have|has|are|is able|be|hold|holds|need"
    r"|needs|know|knows|enjoy|enjoys|love|loves|possess)\s+\w"
    r"|(?:strong|excellent|good|solid|proven|sound|great|previous|prior|at least|minimum|experience"
    r"|knowledge|(?:the )?ability"
    r"|who (?:is|has|can|will|are)|wants? to|understanding|fluen(?:t|cy)|proficien(?:t|cy)|familiar(?:ity)?"
    r"|willing(?:ness)?"
    r"|comfortable|confident|confidence|commitment|committed|competen(?:t|ce)|attention to|able to"
    r"|capable of|happy to|prepared to|experienced|skilled|qualified|registered|keen|passionate|used to"
    r"|good at|interested in|know how|a (?:good|strong|valid|full|current|clean|keen|genuine|clear|solid"
    r"|degree|driving|passion|love|friendly|positive|calm|flexible|bachelor|master|sense|track"
    r"|background|willingness|desire|can-do|proven|recognised|relevant|recent)|an (?:eye|interest"
    r"|excellent|ability|understanding|awareness|enthusiasm|up-to-date|nvq|active)|(?:two|three|four"
    r"|five|\d+\+?) years)\b)",
    re.IGNORECASE,
)
_LEADS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"[^;:.]{3,80}, so\s+(?=(?:we|you)\b)",
        r"(?:once|when|after)\s[^:.]{5,120}?\b(?:responsibilit|responsibilites|duties"
        r"|tasks)\w* (?:will )?(?:include|be):?\s+",
        r"it would (?:also )?be [^,.;:]{3,40}? (?:if|that):?\s+(?=you\b)",
        r"it is (?:also |very )?(?:important|essential|vital|required|necessary|crucial) (?:that )?(?=you\b)",
        r"(?:this|it)\s+(?:also )?(?:entails|involves|includes|means)\s+",
        r"(?:at|on|in|during|from|once)\s[^,.;:]{2,40}?\s(?=(?:you (?:will|must|are|also|need|have)|I)\b)",
        r"(?:in|at|on|for|from|by|with|within|after|before|during|over|under|as|to|because|since|when|once"
        r"|where)\s[^,.;:]{2,60},\s+(?=(?:you|we|candidates|applicants|the (?:\w+ )?(?:candidate|role|job"
        r"|post))\b)",
        r"(?:and|or|but|also|plus|as well as|in addition(?: to this)?|additionally|furthermore|moreover"
        r"|finally|then|above all|most importantly|equally|in short|on top of that|in practice|day to day"
        r"|from day one|please note(?: that)?|ideally|preferably|occasionally|here|furthermore"
        r"|together with \w+)\b,?\s+",
        r"(?:in this (?:role|position|post|job)|as (?:a|an|our|the|part of) [^,.;]{2,60}?|on a (?:typical"
        r"|normal) \w+|at times|every \w+|each \w+|(?:most|some|on) (?:days|mornings|evenings|weekends"
        r"|shifts)|once \w+|working (?:with|alongside|under) [^,.;]{2,50}?|to succeed[^,.;]{0,40}?"
        r"|for this (?:role|job|post)),\s+",
        r"(?:the|our|an?|this)\s+(?:(?:ideal|successful|right|perfect|suitable|strong|best|new"
        r"|chosen)\s+)*(?:candidates?|applicants?|person|post-?\s?holder|role|job|position|post|work"
        r"|employee|colleague|appointee)\s+(?:(?:will|should|must|would|may|also|is|are|has|have|needs?|can"
        r"|ideally|normally|therefore|mainly|demonstrates?|possess(?:es)?|brings?|involves?|includes?"
        r"|requires?|entails?)\s+)+",
        r"(?:candidates|applicants)\s+(?:(?:will|should|must|are|have|need|with|who)\s+)+",
        r"we(?:['’](?:re|d|ll))?\s+(?:(?:are|would|will|also|currently|now|really|therefore|especially"
        r"|particularly|urgently)\s+)*(?:looking|look|searching|search|seeking|seek|needing|need|expecting"
        r"|expect|requiring|require|asking|ask|wanting|want|hope|love|like|hiring|recruiting)\s+(?:(?:for|to"
        r"|that|of|hear|from|you|someone|somebody|people|a person|person|candidates?|applicants?|colleagues?"
        r"|hire|recruit|appoint|find|see)\s+)*(?:(?:who|with|to|that|has|have|is|are|can|will|already"
        r"|also)\s+)*",
        r"(?:someone|somebody|people|anyone|those|a person|candidates|applicants)\s+(?:(?:who|with|that|is"
        r"|are|has|have|can|will|already|really|also)\s+)+",
        r"you(?:['’](?:ll|re|ve|d))?\s+(?:(?:will|would|must|should|shall|can|could|may|might|also|always"
        r"|then|ideally|already|really|therefore|both|either|preferably|are|have|be|has|need|needs|to|bring"
        r"|hold|possess|demonstrate|got|enjoy|expected|required|responsible for|in charge of|asked"
        r"|furthermore|occasionally|occassionally|regularly|mainly|primarily|sometimes|often|do"
        r"|want):?\s+)*(?:with you\s+)?",
        r"(?:must|should|will|shall|can|has to|have to|needs? to|need|to)\s+(?:(?:also|ideally|be able|have"
        r"|has|be|hold|possess|to)\s+)*",
        r"(?:your|main|key|the|core|daily|regular)?\s*(?:main |key |core |daily )?(?:tasks|duties"
        r"|responsibilities|responsibility|role|job|work|day|days|focus)\s+(?:(?:will|is|are|also|mainly"
        r"|typically|usually)\s+)*(?:include|includes|be|involve|involves|to|range from|consist of)?:?\s+",
        r"(?:be )?(?:(?:very |really |also )?(?:excited|thrilled|delighted|eager|happy|keen|ready|prepared)"
        r"\s+to get to\s+)",
        r"(?:be |play |act as |become )?(?:an? |the )?(?:\w+ )?(?:key|vital|important|integral|central|crucial"
        r"|critical|active|instrumental|valued|main|major)\s+"
        r"(?:contributor|part|member|player|role|force|driver)?\s*(?:in|of|to|for)\s+"
        r"(?:(?:helping|help|making sure)(?: to)?\s+)?(?=\w+ \w)",
        r"[^:;.]{0,60}\b(?:qualities|skills|things|areas|ways|traits|the following|as follows)\b[^:;.]{0,12}:\s+",
        r"the (?:person|candidate|colleague|one) (?:that |whom )?we(?:['’]re| are)? (?:looking|searching"
        r"|seeking|want|need)(?: for)?"
        r"\s+(?:is|has|will|must)\s+",
        r"who\s+(?:is|are|has|have|can|will)\s+",
        r"(?:first(?:ly)?|second(?:ly)?|third(?:ly)?|lastly),?\s+(?:by\s+)?(?=\w+ing\b)",
        r"\w+ly,?\s+(?=you\b)",
        r"(?:working|life|being|a day) [^,.;:]{2,50}? (?:entails|means|involves)\s+(?:being able to\s+)?",
        r"(?:our |all )?(?:[\w-]+ ){0,3}[\w-]+(?:ists|ers|ors|ants|ians|ees)\s+(?:will|must|should|are expected to"
        r"|are responsible for)\s+",
        r"(?:working|acting|serving|reporting|based|operating|joining)\s[^,.;:]{2,60}?,?\s+"
        r"(?=you (?:will|must|are|would|have)\b)",
        r"(?:be |being )?(?:responsible for|required to|expected to|tasked with|in charge of|charged with"
        r"|accountable for|able to|capable of|involved in)\s+",
        r"(?:have|having|has|hold|holding|possess|possessing|bring|with|be|being|are|is|demonstrating"
        r"|display(?:ing)?|show(?:ing)?)\s+(?=(?:an?|the|some|good|strong|excellent|at least|proven"
        r"|experience|knowledge|ability|confident|comfortable|fluent|solid|sound|able|familiar|qualified"
        r"|prior|previous|relevant|professional|\d|(?:two|three|five) )\b)",
    )
)
_QUALITY = re.compile(
    r"(?:(?:an?|the|some|any|your|his or her|their)\s+)?(?:(?:very|proven|demonstrated|demonstrable"
    r"|strong|excellent|good|great|solid|outstanding|exceptional|superb|extensive|deep|broad|sound"
    r"|thorough|high(?: level of)?|previous|prior|relevant|recent|hands-on|practical|professional"
    r"|working|basic|advanced|in-depth|significant|substantial|essential|required|desired"
    r"|minimum(?: of)?|at least|proficient|first-class|detailed|clear|genuine|confident|keen"
    r"|post-qualification|some|and|,)\s+)*"
    r"(?:(?:\d+\s?(?:\+|-\s?\d+|to \d+)?|one|two|three|four|five|six|seven|eight|ten)\s*(?:or more "
    r"|plus |full )?(?:\+\s*)?(?:years?|yrs?|months?)(?:['’])?(?: or more)?\s*(?:of\s+)?)?"
    r"(?:(?:(?:post-qualification|professional|relevant|work(?:ing)?|practical|hands-on|proven|previous"
    r"|commercial|industry|clinical)\s+)*(?:experience|expertise|knowledge|understanding|familiarity"
    r"|proficiency|competence|competency|background|awareness|command|grasp|exposure|track record"
    r"|confidence|ability|capability|skills|qualification|success)\s+(?:(?:and"
    r"|or)\s+(?:experience|knowledge|understanding|expertise|skills?|interest)\s+)?(?:(?:in|with|of|as"
    r"|to|using|on|at|working (?:with|in|on|as)|about|for)\s+)(?:(?:the|a|an)\s+)?)",
    re.IGNORECASE,
)
_PRAISE = re.compile(
    r"(?:(?:an?|the|some)\s+)?(?:(?:very|highly|proven|demonstrated|demonstrable|strong|excellent|good"
    r"|great|solid|outstanding|exceptional|superb|extensive|sound|thorough|proficient)(?:\s+|,\s+"
    r"|\s+and\s+))+(?=[^\s,]+\s+[^\s,])(?!(?:at|with|in|to|of|for|as)\b)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:[\s,(–—-]+(?:(?:is|are|would be|will be|being|as|but is|but|it is|which is)\s+)?(?:also |strongly "
    r"|highly |definitely |always |both |absolutely |usually |normally )*(?:not )?(?:an? |the "
    r"|of )?(?:big |great |real |huge |distinct |added |absolute |definite )?"
    r"(?:required|requirement|essential|necessary|needed|mandatory|must(?:-have)?|plus|bonus|advantage"
    r"|advantageous|asset|desirable|desired|preferred|helpful|useful|beneficial|welcome|expected"
    r"|nice[- ]to[- ]have|optional|preferable|ideal|important|vital|key|crucial|highly valued"
    r"|appreciated|von vorteil|wünschenswert|a must|preferred but not essential|but not essential"
    r"|though not essential|at a minimum|a minimum)"
    r"(?:\s+(?:but|though|although) not (?:required|essential|necessary))?(?: (?:for|in) (?:this"
    r"|the) (?:role|job|post|position)| for appointment\b[^,;.]{0,50})?[);.]*)+$"
    r"|,?\s+(?:is|are)(?:n['’]t| not) (?:strictly )?(?:required|necessary|essential|needed)\b.*$"
    r"|\s+to join (?:our|the|us|a)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_VERDICT = re.compile(
    r"\b(?:is|are|would be) (?:also |very |always )?(?:an? )?(?:essential|required|needed|welcome|ideal"
    r"|desirable|necessary|handy|helpful|useful|plus|bonus|advantage|must)\b",
    re.IGNORECASE,
)
_SOUGHT = re.compile(r"\b(?:look|search|seek|need|want|hir|recruit|appoint|find)", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"\w+(?: \w+)? (?:it|them|this|these|those)\b|(?:[\w'’-]+ ){1,7}(?:it|them|themselves|those|ones)\b(?! [a-z])",
    re.IGNORECASE,
)
"""`report on them`: makes no sense without what stands before."""
_REASON = re.compile(r",?\s(?:because|since|so that|as (?:we|you|this|the|one|our|a third|it))\b", re.IGNORECASE)
_ASIDE = re.compile(r"\s*\([^()]*\)\W*$")
_NAMED = re.compile(
    r"(?:an?|the|our|new|fresh|another|two|three|\d+)\s+[^,.;:()]{2,80}?\s+(?:with|who (?:has|have|is"
    r"|are|can|will|knows?|enjoys?|loves?)(?: (?:an?|able to))?|able to|capable of|who)\s+",
    re.IGNORECASE,
)


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Ranges of the sentences in `text[start:end]`."""
    found, left = [], start
    for match in _SENTENCE_END.finditer(text, start, end):
        stop = match.start() + len(match.group().rstrip())
        if text[match.start()].isspace() and text.count("(", left, match.start()) > text.count(
            ")", left, match.start()
        ):
            continue
        if text[match.start()] == "." and match.end() < end:
            following = text[match.end()]
            if _ABBREVIATION.search(text[max(left, match.start() - 12) : match.start() + 1]) or following.islower():
                continue
        if text[left:stop].strip():
            found.append((left, stop))
        left = match.end()
    if text[left:end].strip():
        found.append((left, end))
    return found


def clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Parts of a sentence that each ask for something of their own."""
    parts, left, depth_from, depth = [], start, start, 0
    first = stripped(text, start, end)
    opening = shape(text[first : first + 60])
    gerund = _first_word(text, first).endswith("ing")
    for match in _JOIN.finditer(text, start, end):
        if match.start() < left:
            continue
        depth += text.count("(", depth_from, match.start()) - text.count(")", depth_from, match.start())
        depth_from = match.start()
        if depth > 0:
            continue
        here = max(left, first) if left == start else left
        before = text[max(here, match.start() - 300) : match.start()].split()
        following = text[match.end() : min(end, match.end() + 60)]
        if len(before) < 2 or len(following.split()) < 2:
            continue
        if (
            (
                _NEW_ASK.match(following)
                and not _one_of_two(before)
                and len(before) >= (2 if opening in {Shape.ADJECTIVE, Shape.VERB} else 3)
            )
            or (_VERDICT.search(" ".join(before)) and _VERDICT.search(text, match.end(), min(end, match.end() + 300)))
            or (
                opening is Shape.VERB
                and shape(following) is Shape.VERB
                and not _joins_verbs(before)
                and not joins_adjectives(before)
                and not _POINTS_BACK.match(following)
            )
            or (
                gerund
                and re.match(r"[a-z]{2,}ing\s", following)
                and shape(before[-1]) is not Shape.VERB
                and not before[-1].endswith("ing")
                and not is_quality(before[-1])
            )
            or text[match.start()] in ";:"
        ):
            pass
        else:
            continue
        parts.append((left, match.start()))
        left = match.end()
    parts.append((left, end))
    return parts


def _one_of_two(before: list[str]) -> bool:
    """`an experienced (and committed controller)`."""
    return before[-2].casefold() in {"a", "an", "the"} and is_quality(before[-1])


def _joins_verbs(before: list[str]) -> bool:
    """`Recruit, brief` and `to plan`: several verbs that wait for one object."""
    words = [word.strip(",").casefold() for word in before]
    return all(word in VERBS or word in {"to", "and", "or"} for word in words) or words[-1] in {
        "to",
        "and",
        "or",
        "help",
    }


def _first_word(text: str, start: int) -> str:
    parts = text[start : start + 40].split(None, 1)
    return parts[0].casefold() if parts else ""


def stripped(text: str, start: int, end: int) -> int:
    """Where the asking begins, after "You will", "The ideal candidate has" and the like."""
    for _ in range(5):
        for lead in _LEADS:
            match = lead.match(text, start, end)
            if match and len(text[match.end() : end].split()) >= 1:
                start = match.end()
                break
        else:
            break
    return start


def core(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause without lead-in, without words of praise and without "is a plus": what a person would name."""
    before = start
    aside = _ASIDE.search(text, max(start, end - 200), end)
    if aside and len(text[start : aside.start()].split()) >= 2:
        end = aside.start()
    reason = _REASON.search(text, start, end)
    if reason and len(text[start : reason.start()].split()) >= 3:
        end = reason.start()
    cut = _TAIL.search(text, max(start, end - 300), end)
    if cut and len(text[start : cut.start()].split()) >= 1:
        end = cut.start()
    start = stripped(text, start, end)
    named = _NAMED.match(text, start, end) if _SOUGHT.search(text, before, start) else None
    if named and len(text[named.end() : end].split()) >= 2:
        start = named.end()
        start = stripped(text, start, end)
    for pattern in (_QUALITY, _PRAISE):
        match = pattern.match(text, start, end)
        if match and _can_stand(text[match.end() : end]):
            start = match.end()
            start = stripped(text, start, end)
    while start < end and text[start] in ' \t\n,.;:–—-*"“':
        start += 1
    return start, end


def _can_stand(rest: str) -> bool:
    words = rest.split()
    return len(words) >= 2 or (len(words) == 1 and len(words[0].strip(".,;:")) >= 2)
