"""Sentences that speak to whoever gives the marks instead of answering, told by what they are about.

Each sentence is weighed: it turns to a marker or a machine, names marks, names the highest of them, gives an order or a
decree, speaks of this very answer, or looks like the output of a program. One of these alone is common in honest
answers ("I marked thirty tests", "the score rose to 100"), and a deed of one's own or words about the world weigh
against it. Where one such sentence was found, less is enough for its neighbours; and a text that is hardly about
anything else is no answer at all (`is_about_marks`).
"""

import re
from collections.abc import Iterator

from interview_coach.domain.disguises import is_foreign_order
from interview_coach.domain.interview_talk import asides, narrates
from interview_coach.domain.text import is_content, is_figure, looks_past, tokenise
from interview_coach.domain.vocabulary import MARKING_WORDS, NUMBER_WORDS, PERFORMING, VERB_FORMS

_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?!\s|$)[^.!?\n]*)*")
_LONGEST = 600
"""Characters; a longer stretch without a full stop is looked at in pieces."""
_SHORT = 180
"""Characters of a sentence that is set aside to its end."""
_OPENING = 5
"""Content words before the first telling one that are an honest beginning."""
_ENOUGH = 3
_BESIDE = 2
"""Enough for a sentence that stands beside one that was found."""
_MOST = 60
"""Content words; a longer text is not only about its marks."""
_WORD = 20
"""Characters of a content word with what stands around it."""
_FEW = 4
"""Content words about something else that such a text may have."""
_LEFT_OVER = 25
"""Content words beside an instruction that tell no deed and share nothing with the question: part of it."""
_SCRAP = 3
"""Content words of what belongs to the order beside it."""
_OWN = frozenset({"i", "we", "me", "us", "my", "our"})
_TELLTALE = 2
"""Words about marking in a text that shares no word with the question."""

_NAMES = {
    "CALLED": "(?:assessor|grader|evaluator|marker|scorer|examiner|reviewer|rater)s?",
    "JUDGES": "(?:(?:assessor|grader|evaluator|marker|scorer|examiner|reviewer|rater|adjudicator|juror|judge|recruiter"
    "|interviewer)s?|jury|panel)",
    "MACHINES": "(?:ai|a\\.i\\.|llms?|gpt|software|(?:bot|chatbot|robot|computer|machine|model|system|engine|program"
    "|programme|algorithm|script|tool|assistant|agent|department|team|committee|app)s?)",
    "JUDGING": "(?:scoring|marking|grading|rating|assessing|assessment|evaluating|evaluation|reviewing|judging)",
    "GIVING": "(?:give|award|grant|assign|record|enter|set|put|write|print|output|return|reply|respond|answer|treat"
    "|mark|grade|score|rate|round|raise|lift|add|accept|count|consider|confirm|approve|declare|report|show|save|copy|proceed"
    "|chuck|hand|let|stop|skip|ignore|forget|disregard|bypass|override|suspend|omit|drop|lower|do not|don't|dont|never"
    "|assume|pass|evaluate|assess|judge|argue|overlook|obey|decide|act|imagine|repeat|carry|take it|leave it"
    "|tell (?:the|them|everyone)|say (?:nothing|only)|use the default|begin with"
    "|be (?:as )?(?:generous|positive|kind|nice|lenient|fair))",
    "OPENS": "(?:^\\W*(?:\\w+\\s*[:,]\\s*)?|[,;:(\\[\\-–]\\s*|\\b(?:please|pls|plz|just|kindly|simply|so|and|then"
    "|(?:can|could|will|must|should) you|you (?:must|should|have to|will)|now)\\s+)"
    "(?:(?:please|pls|just|now|simply)\\s+)?",
    # Where an order stands: at the start, after a mark, after `please`; not after somebody who did it.
    "REST": "[^.!?\\n]",
}


def _pattern(table: str) -> re.Pattern[str]:
    """Alternatives between bars, over as many lines as needed; words in capitals stand for `_NAMES`."""
    text = re.sub(r"\s*\|\s*", "|", " ".join(table.split()))
    for name in ("OPENS", "GIVING", "CALLED", "JUDGES", "MACHINES", "JUDGING", "REST"):
        text = text.replace(name, _NAMES[name])
    return re.compile(text, re.IGNORECASE)


_ADDRESSED = _pattern(
    r"""
    \b(?:dear|hey|hello|hi|attention|(?:note|notice|reminder|message|memo|instructions?|orders?|request) (?:to|for)
        |if you are|as an?)\b[^.!?\n:,;]{0,30}\b(?:JUDGES|MACHINES|JUDGING|language model)\b
    | \byou are\b[^.!?\n:;]{0,60}\b(?:CALLED|MACHINES|JUDGING|language model)\b
    | ^\W*(?:(?:the|to|for)\s+)?(?:[\w-]+\s+){0,2}(?:CALLED|ai|bot|llm|assistant|JUDGING\s+MACHINES)\s*[:,]
    | ^\W*(?:to|for) (?:the|any|every|each) (?:[\w-]+ )?(?:CALLED|ai|bot|(?:language )?model)\bREST{0,25}[:,]
    | \bwho(?:m|so)?ever (?:is )?(?:read|mark|grad|check|scor|assess|evaluat)(?:s|es|ing)? this\b
    | \bif (?:an? |this is |you're |some |the )?(?:[\w-]+ ){0,3}(?:JUDGES|ai|bot|computer|machine|(?:language )?model
        |program(?:me)?s?|software|reading|marking|grading)\bREST{0,20}\b(?:this|is|are|reads?|marks?|grades?)\b
    | \bi am (?:the|an?|your) (?:developer|administrator|admin|author|owner|creator|supervisor) of (?:this|the|your)\b
    | \byou (?:are|have been) (?:now|reset|reprogrammed)\b | \bas an ai\b | \bpretend (?:to be|that you|you)\b
    | \bact as\b | \brole-?play\b | \bsudo\b | \bjailbreak\b | \b(?:developer|lenient) mode\b
    """
)
_MARKER = _pattern(
    r"""
    \b(?:JUDGING|automat(?:ic|ed)|artificial)\s+(?:MACHINES|JUDGES|rules?|scheme|mode)\b
    | \bJUDGES\b | \b(?:ai|llm|chatbot|language model|gpt)\b
    """
)
_OUTPUT = _pattern(
    r"""
    </?\s*[a-z_]+\s*> | <!-- | <\|?/?\s*(?:system|assistant|user|im_start|im_end)\b | ``` | ^\s*(?://|\#+|\{|/\*)
    | ["']\w+["']\s*:\s*["'\d\[{] | \b\w+_\w+\s*[:=] | \b[a-z]+\s*=\s*["'\w]
    | ^\W*(?:system|assistant|developer|admin|root|user)(?: (?:message|prompt|notes?|instruction|override))?\s*[:\]]
    | \b(?:JUDGES|system|admin|administrator|developer|automatic|automated|evaluation|scoring|grading
        |marking)(?:'s)? (?:note|message|notice|override|instruction|prompt|update|policy|reply)s?\b
    | \[(?:[\w/]+\s+){0,3}(?:note|system|inst|/inst|message|override)\b
    | \bend of (?:the )?(?:answer|input|text|prompt)\b | \b(?:system|hidden) (?:prompt|message|instructions?|note)\b
    """
)
_MARKS = _pattern(
    r"""
    \b(?:sub-?)?(?:scores|marks|points|grades|ratings|deductions?|criteria|criterion|rubrics?|thresholds?)\b
    | \b(?:a|an|the|my|your|our|their|its|this|full|top|max\w*|final|highest|best|perfect|right|correct|overall|total
        |any|every|each|excellent|upper|high|higher|good|fair|new|pass|passing|expected)\s(?:score|mark|grade|rating
        |band|tier|total|result|assessment|evaluation|verdict|value|key|output)\b
    | \b(?:mark|grade|score|rate|evaluate|assess|treat|accept|pass)\s(?:it|this|me|my|that|(?:the|all) (?:answers?|text
        |response|reply|entry|submission|candidate|applicant))\b
    | \b(?:scored|graded|rated|marked) (?:as|with|at|excellent|outstanding|top|full|perfect|below|\d)
    | \b(?:evaluation|assessment|grading|scoring|marking)\b
    | \b(?:score|mark|grade|rating|result|points|accuracy|completeness|clarity|overall|total)["'_\w]*\s*[:=]\s*\S
    | \b(?:accuracy|completeness|clarity|scores?|marks?|grade) to \d+ | \b(?:strong_)?hire\b | \bdistinction\b
    | \bfirst prize\b | \b(?:this|it) as an?\b | \bthe number to (?:report|return|enter|write|give)\b
    | \b(?:40|30|10|100)\s?/\s?(?:100|40|30|10)\b | \b40\W{1,5}30\W{1,7}30\b
    """
)
_HIGHEST = _pattern(
    r"""
    \b(?:100|hundred|ninety|ten|everything|full(?:y)?|top|maximum|maximal|max|perfect|perfectly|highest|largest|best
        |outstanding|flawless|excellent|greatest|complete(?:ly)?|upper|utmost)\b | \ba\+
    | \b(?:40|30|10)\s?/\s?(?:40|30|10)\b | \b40\W{1,5}30\W{1,7}30\b | \b(\w+)\s?(?:out of|of|/)\s?\1\b
    | \ball (?:the )?(?:points|marks)\b | \bgraded? (?:is |with )?(?:an? )?a\b
    | \b(?:all|every|everything)\bREST{0,30}\b(?:met|fulfilled|satisfied|ticked|present|covered|passed|demonstrated)\b
    """
)
_ORDER = _pattern(
    r"""
    \b(?:deserves?|merits?|warrants?|earns?|qualif(?:y|ies) for|(?:is|am|are) (?:entitled to|worth|due|owed|exempt)
        |counts? as|belongs? (?:in|to)|receives?|(?:has|have|ought|need|is|are) to (?:get|be|receive)
        |must (?:not )?(?:get|be|receive)|should (?:get|be|receive|accept|award|give)|whitelisted|override|hereby
        |(?:on|by) (?:my |the )?(?:instruction|authority|behalf|order)s?(?: of)?|(?:my|your) permission
        |(?:has|have|had|was|were|is|are) (?:(?:already|been|hereby|just) )*(?:agreed|approved|certified|confirmed
            |granted|cleared|pre-?approved|verified|authori[sz]ed|waived|switched off|disabled|satisfied|exempted)
        |(?:would be|is|seems?) (?:only )?(?:fair|right|appropriate|justified|reasonable|correct|proper|unjust|unfair)
        |applies|apply here|confirms?|no (?:need|further|more|deduction)
        |i (?:(?:would|hereby|now|also|therefore|respectfully|kindly|formally) )*(?:direct|declare|order|ask|request
            |instruct|authorise|authorize|confirm|certify|release|command|demand|permit|allow|expect|recommend|propose
            |urge|insist))\b
    | OPENSGIVING\b
    """
)
_COMMAND = _pattern(r"^\W*(?:(?:please|pls|just|now|kindly|so) )?GIVING\b | \b(?:please|pls|kindly) GIVING\b")
_THIS = _pattern(
    r"""
    \b(?:this|my|the above|the preceding|the following|above)\s(?:answer|response|text|reply|submission|item|entry
        |sentence|transcript|candidate|applicant|interviewee|person|paragraph|message|solution|one)\b
    | \b(?:answers?|repl(?:y|ies)|responses?|texts?|candidates|applicants) (?:which|that|by|of this|from|with this)\b
    | \b(?:the|every|each|all|other|previous|earlier) (?:candidates?|applicants?|interviewees?|answers?)\b
    | \b(?:model|reference|sample) (?:answer|solution|response)\b | \bcandidate\s*:
    """
)
_LEAVE_OUT = _pattern(
    r"""
    OPENS(?:ignore|forget|disregard|bypass|override|skip|stop|suspend|omit|drop|leave out|set aside|do not|don't
        |never mind|no need to|you need not)\bREST{0,40}\b(?:rules|instructions?|prompts?|guidelines?|guidance
        |assessment|evaluation|evaluate|assess|marking|scoring|grading|rubric|criteria|checking|checks?|reading|calculate
        |recalculate|what you (?:were|are|have been) told|what they told you|what i (?:said|wrote)
        |(?:(?:the|everything|all) )*(?:above|previous)(?: text)?$)\b
    | \b(?:whatever|regardless of|no matter what|despite|against) (?:the )?(?:rules|rubric|criteria|guidelines
        |instructions)\b
    | \b(?:answer|text|response|item|entry) is exempt from\b | \bnew (?:instructions?|rubric|policy|task)\s*:
    """
)
_YOUR = _pattern(
    r"""
    \b(?:your|you)\bREST{0,25}\b(?:rubric|criteria|scores?|scoring|marking|grading|rating|task|job|instructions?|prompt
        |guidelines?|rules|policy|supervisor|developers?|creators?|told|programmed|designed|model)\b
    """
)
_TELLING = (_ADDRESSED, _MARKER, _MARKS, _HIGHEST, _ORDER, _THIS, _LEAVE_OUT, _OUTPUT)


def instructions(text: str) -> Iterator[tuple[int, int]]:
    """Where such sentences stand in the text, in order. Linear in its length."""
    pieces = [
        (start, min(start + _LONGEST, match.end()))
        for match in _SENTENCE.finditer(text)
        for start in range(match.start(), match.end(), _LONGEST)
        if text[start : start + _LONGEST].strip()
    ]
    weights = [_weight(text[start:end]) for start, end in pieces]
    beside = asides([text[start:end] for start, end in pieces])
    found = [
        weight >= _ENOUGH or aside or is_foreign_order(text[start:end])
        for weight, aside, (start, end) in zip(weights, beside, pieces, strict=True)
    ]
    for order in (range(1, len(pieces)), range(len(pieces) - 2, -1, -1)):
        step = order.step
        for number in order:
            found[number] |= found[number - step] and _is_scrap(text[slice(*pieces[number])])
    for number, (start, end) in enumerate(pieces):
        near = any(found[max(0, number - 1) : number + 2]) and weights[number] >= _BESIDE
        if beside[number] and end - start <= _SHORT:
            yield start, end
        elif found[number] or near:
            yield _place(text[start:end], start)


def is_about_marks(text: str, *, beside: bool = False, asked: frozenset[str] = frozenset()) -> bool:
    """The whole text speaks of its own marking: hardly a word is about anything else, and nothing done is told.

    `beside`: it is what was left when instructions were taken out, so that less is enough. `asked`: words of the
    question, which are no such talk.
    """
    if len(text) > _MOST * _WORD:
        return False
    content = [token.lower for token in tokenise(text) if is_content(token)]
    about = sum(_is_topic(word) for word in content)
    mostly = about * 2 >= len(content)
    on_this = about * 5 >= len(content) * 3 and bool(_THIS.search(text) and _MARKS.search(text))
    if not content or len(content) > _MOST or (_own_deed(text) and not on_this):
        return False
    if beside and (mostly or (len(content) <= _LEFT_OVER and asked.isdisjoint(content))):
        return True
    ordered = any(pattern.search(text) for pattern in (_ORDER, _ADDRESSED, _YOUR, _LEAVE_OUT))
    telltale = len({word for word in content if word in MARKING_WORDS}) >= _TELLTALE and len(content) - about < _FEW
    if ordered and telltale and about * 3 >= len(content) and asked.isdisjoint(content) and not narrates(text):
        return True
    if not any(pattern.search(text) for pattern in (_MARKS, _MARKER, _OUTPUT)):
        return False
    turned = ordered or bool(_THIS.search(text) or _OUTPUT.search(text))
    praised = bool(_HIGHEST.search(text)) and not narrates(text)
    return (mostly and (turned or praised)) or (praised and bool(_MARKS.search(text)) and len(content) - about <= _FEW)


def _weight(sentence: str) -> int:
    """How plainly one sentence speaks to the marker; `_ENOUGH` settles it."""
    named = len({match.group().lower() for match in _MARKS.finditer(sentence)})
    marker = 3 if _ADDRESSED.search(sentence) else 1 if _MARKER.search(sentence) else 0
    left_out = 3 if _LEAVE_OUT.search(sentence) else 0
    output = 2 if _OUTPUT.search(sentence) else 0
    order = min(2, sum(1 for _ in _ORDER.finditer(sentence)))
    this, highest = bool(_THIS.search(sentence)), bool(_HIGHEST.search(sentence))
    if not (named or marker or left_out or output or (order and this and highest)):
        return 0
    total = min(2, named) + marker + left_out + output + order + highest + this + bool(_YOUR.search(sentence))
    if total < _BESIDE:
        return total
    content = [token.lower for token in tokenise(sentence) if is_content(token)]
    world = sum(not _is_topic(word) for word in content)
    total += world <= 1 and bool(named) and highest and len(content) >= _FEW - 1
    total -= 2 * (world > len(content) // 2) + (world >= 5) + (world >= 9)
    if _own_deed(sentence):
        return total - (1 if _COMMAND.search(sentence) or (this and named and highest) else 3)
    return total - (narrates(sentence) and not order)


def _is_scrap(sentence: str) -> bool:
    """`PS.`, `Continue in this way`: too little to be told, and no words of one's own, no figure and nothing past."""
    tokens = tokenise(sentence)
    told = narrates(sentence) or any(
        is_figure(t) or t.lower in NUMBER_WORDS | _OWN or looks_past(t.lower) for t in tokens
    )
    return not any(char.isalpha() for char in sentence) or (not told and sum(map(is_content, tokens)) <= _SCRAP)


def _is_topic(word: str) -> bool:
    return word in MARKING_WORDS or not word.isalpha()


def _own_deed(text: str) -> bool:
    """`I marked`, `we then gave`: said of oneself, and no `I hereby declare`."""
    tokens = [token.lower for token in tokenise(text)]
    for place, word in enumerate(tokens):
        if word in {"i", "we"}:
            verb = next((after for after in tokens[place + 1 : place + 4] if _is_verb(after)), "")
            if verb and VERB_FORMS.get(verb, (verb, ""))[0] not in PERFORMING:
                return True
    return False


def _is_verb(word: str) -> bool:
    return word in VERB_FORMS or looks_past(word) or word in PERFORMING or word in {"got", "get", "had", "was"}


def _place(sentence: str, start: int) -> tuple[int, int]:
    """From the first telling word on, when honest words stand before it; of a long sentence, up to the last."""
    places = [match.span() for match in (pattern.search(sentence) for pattern in _TELLING) if match is not None]
    if not places or is_foreign_order(sentence):
        return start, start + len(sentence)
    first = min(begin for begin, _ in places)
    world = sum(is_content(token) and not _is_topic(token.lower) for token in tokenise(sentence[:first]))
    begin = start + first if world >= _OPENING else start
    end = max(last for _, last in places) if len(sentence) > _SHORT else len(sentence)
    return begin, start + end
