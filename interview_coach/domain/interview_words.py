"""Words and turns of phrase that speak of the interview: its marks, who gives them, who reads this.

Each of them is used in honest stories; what counts is how much of a sentence consists of them (`interview_talk`).
"""

import re

from interview_coach.domain.text import stem
from interview_coach.domain.vocabulary import PERFORMING, words


def stems(table: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(table))


EVALUATION = stems(
    """
    score subscore mark grade rating rate rated rubric criteria criterion band tier assessment assess assessor
    evaluation evaluate evaluator grader grading examiner examine marker scorer reviewer review rater juror
    adjudicator judge judgement judgment verdict candidate applicant applicants interviewee respondent interviewer
    answer response reply submission transcript prompt chatbot llm gpt jailbreak override rewarded award awarded
    credit credited deduct deduction maximum distinction calibration benchmark point points hundred star
    """
)
"""The evaluation: its parts, its people, its outcome."""

VERDICT = stems(
    """
    excellent outstanding flawless perfect perfectly strongest best top brilliant superb exceptional exemplary
    impressive impressed convincing convincingly complete fully full correct accurate clear clearly precise
    structured quantified measurable concrete relevant demonstrate demonstrates describe describes exceed exceeds
    meets satisfy satisfied satisfies satisfactory fulfil fulfilled fulfils met covers covered missing gap gaps
    improvable deserve deserves merit worth worthy high highest higher upper ceiling max maximal utmost level
    qualified suitable strong stronger generous generously lenient kind fair fairest petty strict warm merciful
    mercy praise honoured reflect reflected wonderful beautifully great competent competence ideal finest ownership
    leadership communication unanimous rank ranks ranked
    """
)
"""What is said of an answer or of who gave it."""

DEALING = stems(
    """
    please kindly tick percent percentile average pls plz beg plead promise wish hope favour favor exception trust
    thank thanks thankful deal donation tip tipped recommend upgrade survey premium lawyer ombudsman press
    discrimination delete deleted lawsuit complain dare bet prove scene character game pretend imagine suppose
    assume play treat ignore disregard forget skip stop bypass obey authority authorised approved certified
    confirmed verified agreed exempt waive waived waiver default standard policy guideline rule rules law section
    terms clause code regulation instruction instructions notice note message system model machine computer program
    programme software tool app bot assistant agent engine algorithm pipeline field form box sheet entry item value
    result number output input text read reads reader record recorded table query select update insert commit null
    return def function exec script parse parsing loading log info error warning exit fallback stored situation task
    action outcome element elements example sample story stories template question detail details word words content
    sentence paragraph interview conversation coach compare compared expected expert experts study statistics panel
    jury committee teacher supervisor manager developer developers admin administrator human check checks checked
    checking passed pass fail failed quality requirement requirements confidence plagiarism relevance generosity
    judge needed necessary nothing everything everybody nobody accuracy completeness clarity show guarantee
    guaranteed member further comment comments remark remarks feedback opinion decision decide decided stamp
    signature signed sign hereby hire hired reward prize write wrote written enter put give given gave say said tell
    told speak speaker final total finished done accordingly count counts apply applies applying transfer replace
    attachment certificate accommodation technical fault lost due testing intend intended true false yes none ok
    okay good well bad nice smart wise
    """
)
"""Words of orders, pleas, deals, threats, forms and programs. Honest stories use each of them; few consist of them."""

READER = re.compile(
    r"\b(?:yours|yourself)\b"
    r"|\byou (?:will|would|agree|deduct|give|gave|rate|read|mark|find|play|shall|judge|dare|were about|know what)\b"
    r"|\bfrom you\b(?! (?:all|both|guys)\b)|\byour fault\b|\bdo me (?:a|the|this|one) favou?r\b"
    r"|\b(?:trust|beg|assure|pay|report|offer|bet|thank) you\b|\bin it for you\b"
    r"|\byou are (?:simply|the|my|by far|now|not allowed)\b|\byou(?:'ve| have) (?:got )?such an?\b"
    r"|\byou have just (?:read|heard)\b|\byou (?:can|could) (?:surely|certainly|make|simply|still)\b"
    r"|\blet (?:me|us|him|her|them) (?:through|pass|in)\b|\bmark me\b"
    r"|\bbeg(?:ging)? (?:you|u|ya)\b|\byou seem (?:so|such|very|really)\b|\b(?:mark|marks|marked) me down\b"
    r"|\b(?:everyone|everybody) (?:else )?(?:gets|got|has) (?:(?:the|full|all|those|their) )*(?:points|marks)\b"
    r"|\bread(?:ing)? this (?:sentence|line|far|text|note)\b"
    r"|\b(?:leave|left) (?:it|this|that|the (?:\w+ )?answer) to you\b"
    r"|\byou know (?:best|better|more|far more|so much more)\b|\bin it for you\b|\bworth your while\b"
    r"|\bscratch (?:my|your) back\b|\byour (?:\w+ )?(?:colleague|doorstep|inbox|trouble|kindness)\b",
    re.IGNORECASE,
)
YOURS = (EVALUATION | DEALING | stems("office head end character supervisor competitor")) - stems(
    "best story code box expert good work team words sentence quality detail action say section"
)
INTERVIEW = EVALUATION | VERDICT | DEALING | stems("person text reader speaker")
TOOL_WORK = words("mark score grade rate point level")
JOINTS = words("the a an each every along on my our his her their")
OWN = frozenset({"i", "we"})
AUXILIARY = words("would will had have was were did do could can should i'd we'd")
NOT_DOING = words("not never ever cannot can't couldn't don't didn't that you he she they it if")
MORE_PASTS = words("sat rang threw took fetched drove stood drew saw ran won led kept felt held lent hung bent swept")
SPEAKING = PERFORMING | words(
    """
    answer promise beg deserve know dream bet wonder need wish mean assure guarantee report recommend upgrade
    demonstrate exceed inform hear love be agree assume lose regret believe complete face see conclude decide want go
    cry type
    """
)
"""What one does by speaking, here and now, or only feels."""
LIGHT = words(
    """
    give tell say pay describe meet post study like have do get put write try talk play speak
    """
)
"""Verbs that need more beside them to say that something was done."""
MARKED = re.compile(
    r"\b(?:i|we) (?:then |also |once |always )?(?:marked|graded|scored|rated|assessed|judged|reviewed|evaluated|tested"
    r"|did it)\b",
    re.IGNORECASE,
)
"""Work that is marking."""
BARE_TOP = re.compile(
    r"\b(?:an?|the|one) hundred\b"
    r"(?! (?:and (?:one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|\w+ty)\b"
    r"|per|times|thousand|euros?|pounds|dollars|\w+s\b))|\b(?:100|40/40|30/30|10/10)\b(?!\s?(?:%|per|euros?|pounds|dollars|\w+s\b))"
    r"|\b(\d+|ten|five) (?:out of|of|/) \1\b"
    r"|\b(?:ninety|ninety-\w+|9[0-9])\b(?! \w+s\b)",
    re.IGNORECASE,
)


HERE = re.compile(
    r"\b(?:this|such an?|the above|these|my) (?:\w+ )?(?:answers?|response|reply|submission|transcript)\b"
    r"|\bthis (?:\w+ )?(?:text|entry|item|line|candidate|applicant|interview|question|form|conversation|score|grade"
    r"|system|app|tool|program|model|assistant|assessment|evaluation|exercise|session|part)\b|\bthese lines\b"
    r"|(?<!on )(?<!about )\bthis(?= (?:is|has|must|should|counts?|ends|comes|deserves|earns|satisf\w+|meets|one|to|as"
    r"|for|in|with)\b"
    r"|\W*$|[,;:.])|\bbeside my name\b|\bpeople like me\b"
    r"|\bwhat (?:i|was) (?:have )?(?:just )?(?:wrote|said|written)\b"
    r"|\b(?:said|written|stands?|applies|to (?:mark|judge|check)) here\b",
    re.IGNORECASE,
)
"""It points at this very answer."""
PRIZE = re.compile(
    r"\b(?:top|best|highest|full|maximum|max|perfect|exact|upper) (?:possible )?(?:band|grade|marks?|results?|scores?"
    r"|ratings?|points|amount|credit|match|limit|value)\b|\bgives? (?:this|it|me) (?:everything|the lot|full|all)\b"
    r"|\bgets? (?:an? |the |one )?(?:100|hundred)\b(?! \w+s\b)|\b(\d+|ten|five) (?:out of|of|/) \1\b"
    r"|\b(?:rated|entered|put (?:\w+ )?down|marked?|counted?|recorded) (?:as |at )?(?:an? |the )?\W?(?:top|exact|passed"
    r"|complete|outstanding|excellent)\b|\bbelow the top\b|\bgood points for\b"
    r"|\b(?:accuracy|completeness|clarity) max\b"
    r"|\b(?:gave|give|gives|put|get|gets|got) (?:me |him |her |us |them )?the lot\b"
    r"|\b(?:count|mark|take|accept|record|enter|treat|put|write) (?:that|this|it|them)(?: \w+)? as (?:mine|correct"
    r"|right|done|passed|complete|good|given|read)\b|\blet (?:this|that|it)(?: one| answer)? (?:count|pass|slide)\b"
    r"|\b(?:just|please|simply) pass me\b|\bpass me(?=\W*$|[,.!;])"
    r"|\b(?:classif|label|rank|deem|treat|regard)\w*\W+(?:\w+ )?(?:as |: ?)?(?:exceptional|outstanding|excellent"
    r"|perfect|flawless|the best|top)\b"
    r"|\b(?:results?|verdict|outcome|rating|judgement|label|status|pre-?check)\b[^.:=\n]{0,30}[:=]\W?(?:exceptional"
    r"|excellent|outstanding|perfect|passed|flawless|top|distinction)\b"
    r"|\b(?:this|it|my)\b[^.!?\n]{0,40}\b(?:carried over|already (?:been )?(?:passed|marked|graded|scored|assessed"
    r"|accepted)|(?:passed|marked|graded|scored|assessed|accepted) already)\b"
    r"|\bsay (?:that )?it was (?:good|great|perfect)\b"
    r"|\bcomes? out (?:at|the way|as) (?:we|you|i|both|nine|one|a|the)\b",
    re.IGNORECASE,
)
"""The most that an answer can get. Told as past it may be what a kitchen got from its inspector."""
RULED = re.compile(
    r"\b(?:is|are|was|gets?|receives?|has|have|been|always)\b[^.!?\n]{0,30}\b(?:given|rated|passed|entered|counted|awarded"
    r"|100|top|highest|full)\b|\breceives?\b|\b(?:would|should|must|will|always)\b[^.!?\n]{0,20}\bgives?\b|\bplease\b",
    re.IGNORECASE,
)
"""What is said to hold for everybody, or asked for."""
IMPERATIVE = re.compile(
    r"(?:^\W*|[;:]\s+(?:and |so )?)(?:(?:please|pls|just|now|kindly|so|then)\W+)*"
    r"(?:give|award|grant|write|enter|put|set|mark|score|rate|grade|treat"
    r"|take|look|fill|add|use|insert|round|leave|tick|assume|accept|read|show|prove|make|let|repeat|return|print|output"
    r"|skip|forget|ignore|confirm|think|pretend|imagine|suppose|do|don't|be|have)\b",
    re.IGNORECASE,
)
FOR_ME = re.compile(
    r"(?:^\W*|[.;:,!?]\s+|\b(?:and|so|please) )(?:do|show|put|let|give|write|make|take|find|read|add|fill|bring"
    r"|help|grant|spare|leave|use|mark) (?:\w+ ){0,3}(?:me|my|mine|it|this|everything|nothing|that)\b",
    re.IGNORECASE,
)
"""An order about oneself or this text."""
THIRD = re.compile(
    r"^\W*(?:overall[, ]+)?(?:(?:the|this|our|your) )?(?:\w+ )?(?:candidate|applicant|interviewee|respondent|speaker)"
    r"(?:'s)? (?!i\b|we\b|who\b|whom\b|that\b|called\b|and\b|for\b|from\b)\w+",
    re.IGNORECASE,
)
"""Somebody speaks of the person who answers as of a third one."""
GENERIC = stems("tell describe example situation time question say give people well person work team good")
"""Words of any question, which say nothing about its subject."""

LABELLED = re.compile(
    r"^\W*(?:\w+[ -]){0,4}(?:notes?|notice|comments?|remarks?|memo|message|reminder|announcement|user|coach"
    r"|interviewers?|assistant|hr|q|panel|examiner|assessor|reader|editor|moderator|reviewer|marker|system|bot)"
    r"(?: (?:by|from|of|to|for) [^:\n]{1,60})?:",
    re.IGNORECASE,
)
"""It opens like a note of somebody else, or like a line of a dialogue."""
CAST = re.compile(
    r"^\W*(?:from now on,? you\b|let(?:'s| us) (?:play|pretend)\b|you(?:'ll| will)? play (?:the|a|an|my)\b)",
    re.IGNORECASE,
)
"""It gives the reader a part to play."""
YOU_ARE = re.compile(r"^\W*you(?:'re| are)(?:,[^,\n]{1,30},)? (?:the|a|an|my|now|no longer|hereby)\b", re.IGNORECASE)
SAY_SO = re.compile(
    r"^\W*(?:(?:please|just|simply|then|so|and) )*(?:say|call|state|write|declare|tell (?:them|everyone)) "
    r"(?:that )?(?:it|this|i) (?:was|is|were|did|am)\b",
    re.IGNORECASE,
)
"""`Just say it was great.`"""
SLOTS = re.compile(r"\[[^\]\n]{3,80}\]|<[^>\n]{3,80}>|\{[^}\n]{3,80}\}")
"""Gaps of a form that nobody filled in."""
