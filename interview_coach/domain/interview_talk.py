"""Whether words are about the interview itself (its answers, its marks, who gives them) or about the world of the work.

What earns marks is what somebody did, knows or would do in the world of the work. So each sentence is weighed: words
about the evaluation, verdicts, pleas, deals, threats and words to the reader on one side; words about anything else on
the other. A deed of one's own with such words in it is evidence, whatever it was done to: teachers mark tests, and
auditors give grades.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from interview_coach.domain.text import Token, is_content, looks_past, stem, tokenise
from interview_coach.domain.vocabulary import NUMBER_WORDS, PERFORMING, VERB_FORMS, words


def _stems(table: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(table))


_EVALUATION = _stems(
    """
    score subscore mark grade rating rate rated rubric criteria criterion band tier assessment assess assessor
    evaluation evaluate evaluator grader grading examiner examine marker scorer reviewer review rater juror
    adjudicator judge judgement judgment verdict candidate applicant applicants interviewee respondent interviewer
    answer response reply submission transcript prompt chatbot llm gpt jailbreak override rewarded award awarded
    credit credited deduct deduction maximum distinction calibration benchmark point points hundred star
    """
)
"""The evaluation: its parts, its people, its outcome."""

_VERDICT = _stems(
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

_DEALING = _stems(
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

_READER = re.compile(
    r"\b(?:yours|yourself)\b"
    r"|\byou (?:will|would|agree|deduct|give|gave|rate|read|mark|find|play|shall|judge|dare|were about|know what)\b"
    r"|\b(?:trust|beg|assure|pay|report|offer|bet|thank) you\b|\bin it for you\b"
    r"|\byou are (?:simply|the|my|by far|now|not allowed)\b"
    r"|\byou (?:can|could) (?:surely|certainly|make|simply|still)\b"
    r"|\blet (?:me|us|him|her|them) (?:through|pass|in)\b|\bmark me\b",
    re.IGNORECASE,
)
_YOURS = (_EVALUATION | _DEALING | _stems("office head end character supervisor competitor")) - _stems(
    "best story code box expert good work team words sentence quality detail action say section"
)
_INTERVIEW = _EVALUATION | _VERDICT | _DEALING | _stems("person text reader speaker")
_TOOL_WORK = words("mark score grade rate point level")
_JOINTS = words("the a an each every along on my our his her their")
_OWN = frozenset({"i", "we"})
_AUXILIARY = words("would will had have was were did do could can should i'd we'd")
_NOT_DOING = words("not never cannot can't couldn't don't didn't that you he she they it if")
_MORE_PASTS = words("sat rang threw took fetched drove stood drew saw ran won led kept felt held lent hung bent swept")
_SPEAKING = PERFORMING | words(
    """
    answer promise beg deserve know dream bet wonder need wish mean assure guarantee report recommend upgrade
    demonstrate exceed inform hear love be agree assume lose regret believe complete
    """
)
"""What one does by speaking, here and now, or only feels."""
_LIGHT = words(
    """
    give tell say pay describe meet post study like have do get put write try talk play speak
    """
)
"""Verbs that need more beside them to say that something was done."""
_MARKED = re.compile(
    r"\b(?:i|we) (?:then |also |once |always )?(?:marked|graded|scored|rated|assessed|judged|reviewed|evaluated|tested"
    r"|did it)\b",
    re.IGNORECASE,
)
"""Work that is marking."""
_BARE_TOP = re.compile(
    r"\b(?:an?|the|one) hundred\b(?! (?:and|per|times|thousand|euros?|pounds|dollars|\w+s\b))|\b(?:100|40/40|30/30"
    r"|10/10)\b(?!\s?(?:%|per|euros?|pounds|dollars|\w+s\b))|\b(\d+|ten|five) (?:out of|of|/) \1\b"
    r"|\b(?:ninety|ninety-\w+|9[0-9])\b(?! \w+s\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Talk:
    """What one sentence is about, in distinct content words."""

    evaluation: int
    verdict: int
    dealing: int
    world: int
    """Words about anything else."""
    reader: bool
    """It turns to whoever reads."""
    top: bool
    """It names a hundred, or so many of so many, of nothing."""
    deed: bool
    """It tells what the person did, does or would do in the world."""
    act: bool
    """The same with less to picture: `I marked thirty tests`."""

    @property
    def weight(self) -> float:
        """How much of it is about the interview."""
        return 2.0 * self.evaluation + self.verdict + self.dealing + 1.5 * self.reader + 1.5 * self.top

    @property
    def share(self) -> float:
        """0..1"""
        return self.weight / (self.weight + self.world) if self.weight else 0.0


def talk_of(sentence: str, asked: frozenset[str] = frozenset()) -> Talk:
    """Weigh one sentence, or a whole text; words with a stem in `asked` are about the world. Linear in its length."""
    tokens = tokenise(sentence)
    found = {token.lower for token in tokens if is_content(token) and token.lower not in NUMBER_WORDS}
    evaluation = {word for word in found if stem(word) in _EVALUATION - asked} - _on_things(tokens)
    verdict = {word for word in found - evaluation if stem(word) in _VERDICT - asked}
    dealing = {word for word in found - evaluation - verdict if stem(word) in _DEALING - asked}
    world = {word for word in found - evaluation - verdict - dealing if word.isalpha() or "-" in word or "'" in word}
    return Talk(
        len(evaluation),
        len(verdict),
        len(dealing),
        len(world),
        bool(_READER.search(sentence)) or _names_yours(tokens),
        bool(_BARE_TOP.search(sentence)),
        _tells_deed(tokens, world, least=2, speaking=_SPEAKING | _LIGHT),
        _tells_deed(tokens, world, least=1, speaking=_SPEAKING) or bool(_MARKED.search(sentence)),
    )


def _on_things(tokens: Sequence[Token]) -> set[str]:
    """`mark the board`, `score along the line`: tool work on a thing of the world."""
    found: set[str] = set()
    for place, token in enumerate(tokens[:-2]):
        after = tokens[place + 1 : place + 4]
        thing = next((each for each in after if each.lower not in _JOINTS), token)
        worldly = is_content(thing) and stem(thing.lower) not in _INTERVIEW and thing.lower not in NUMBER_WORDS
        if token.lower in _TOOL_WORK and after[0].lower in _JOINTS and worldly:
            found.add(token.lower)
    return found


def _names_yours(tokens: Sequence[Token]) -> bool:
    """`your judgement`, `your kind system`: what is the reader's is part of the evaluation."""
    return any(
        before.lower == "your" and not {stem(each.lower) for each in (after, later)}.isdisjoint(_YOURS)
        for before, after, later in zip(tokens, tokens[1:], [*tokens[2:], *tokens[-1:]], strict=False)
    )


def _tells_deed(tokens: Sequence[Token], world: Iterable[str], *, least: int, speaking: frozenset[str]) -> bool:
    """`I` or `we` with a verb of doing, and something in the world that it was done to."""
    things = set(world)
    for place, token in enumerate(tokens):
        if token.lower not in _OWN:
            continue
        verb = next((after.lower for after in tokens[place + 1 : place + 5] if _stops(after.lower)), "")
        follows = tokens[place + 1] if place + 1 < len(tokens) else token
        if not _is_doing(verb) and verb not in _NOT_DOING and is_content(follows):
            verb = follows.lower  # a verb that no list has
        base = VERB_FORMS.get(verb, (verb.removesuffix("ed"), ""))[0]
        if (
            verb
            and verb not in _NOT_DOING
            and speaking.isdisjoint({base, base + "e"})
            and len(things - {verb}) >= least
        ):
            return True
    return False


def _is_doing(word: str) -> bool:
    return word in VERB_FORMS or looks_past(word) or word in _MORE_PASTS


def _stops(word: str) -> bool:
    """The verb, or a word behind which the verb is somebody else's or was not done."""
    return (word not in _AUXILIARY and _is_doing(word)) or word in _NOT_DOING


_HERE = re.compile(
    r"\b(?:this|such an?|the above|these|my) (?:\w+ )?(?:answers?|response|reply|submission|transcript)\b"
    r"|\bthis (?:\w+ )?(?:text|entry|item|line|candidate|applicant|interview|question|form|conversation|score|grade"
    r"|system|app|tool|program|model|assistant|assessment|evaluation|exercise|session|part)\b|\bthese lines\b"
    r"|\bthis(?= (?:is|has|must|should|counts?|ends|comes|deserves|earns|satisf\w+|meets|one|to|as|for|in|with)\b"
    r"|\W*$|[,;:.])|\bbeside my name\b|\bpeople like me\b"
    r"|\bwhat (?:i|was) (?:have )?(?:just )?(?:wrote|said|written)\b|\b(?:said|written|stands?|applies) here\b",
    re.IGNORECASE,
)
"""It points at this very answer."""
_IMPERATIVE = re.compile(
    r"(?:^\W*|[;:]\s+(?:and |so )?)(?:(?:please|pls|just|now|kindly|so|then)\W+)*"
    r"(?:give|award|grant|write|enter|put|set|mark|score|rate|grade|treat"
    r"|take|look|fill|add|use|insert|round|leave|tick|assume|accept|read|show|prove|make|let|repeat|return|print|output"
    r"|skip|forget|ignore|confirm|think|pretend|imagine|suppose|do|don't|be|have)\b",
    re.IGNORECASE,
)
_FOR_ME = re.compile(
    r"(?:^\W*|[.;:,!?]\s+|\b(?:and|so|please) )(?:do|show|put|let|give|write|make|take|find|read|add|fill|bring"
    r"|help|grant|spare|leave|use|mark) (?:\w+ ){0,2}(?:me|my|mine|it|this|everything|nothing|that)\b",
    re.IGNORECASE,
)
"""An order about oneself or this text."""
_THIRD = re.compile(
    r"^\W*(?:overall[, ]+)?(?:(?:the|this|our|your) )?(?:\w+ )?(?:candidate|applicant|interviewee|respondent|speaker)"
    r"(?:'s)? (?!i\b|we\b|who\b|whom\b|that\b|called\b|and\b|for\b|from\b)\w+",
    re.IGNORECASE,
)
"""Somebody speaks of the person who answers as of a third one."""
_GENERIC = _stems("tell describe example situation time question say give people well person work team good")
"""Words of any question, which say nothing about its subject."""
_DEEDS = 1
_OPENING = 60
"""Characters in which the first two words stand."""
_MANY = 120
"""Content words; a longer text is not only about the interview."""


def asked_stems(question: str) -> frozenset[str]:
    """Stems of what is asked about: a question about marks is answered with words about marks."""
    return frozenset(stem(token.lower) for token in tokenise(question) if is_content(token)) - _GENERIC


def is_no_answer(text: str, question: str, *, beside: bool = False) -> bool:
    """The text as a whole speaks of the interview and tells nothing of the world of the work.

    `beside`: it is what was left when words about the interview were taken out, so that less is enough.
    """
    if len(text) > _MANY * 20:
        return False
    asked = asked_stems(question)
    talk = talk_of(text, asked)
    if talk.world + talk.evaluation + talk.verdict + talk.dealing > _MANY:
        return False
    directed = talk.reader or talk.top or bool(_HERE.search(text) or _FOR_ME.search(text))
    pointed = bool(talk.evaluation) or directed
    parts = [part for part in _PARTS.split(text) if part.strip()]
    if any(_is_told(part, asked) for part in parts) or ((talk.deed or talk.act) and not directed):
        return directed and talk.share >= 0.65
    if _THIRD.search(text):
        return True
    linked = any(stem(token.lower) in asked for token in tokenise(text))
    if pointed or beside:
        return talk.share >= (0.4 if linked else 0.3) and talk.weight >= (1 if beside else 2 if directed else 2.5)
    others = talk.verdict > 1 and bool(_OTHERS.search(text)) and not _OWN_WORDS.search(text)
    return talk.share >= (0.35 if others else 0.65 if linked else 0.55) and talk.weight >= 3


def _is_told(sentence: str, asked: frozenset[str]) -> bool:
    """A deed of one's own in a sentence that does not turn to the marker."""
    talk = talk_of(sentence, asked)
    turned = talk.reader or (talk.top and not narrates(sentence)) or bool(_HERE.search(sentence))
    acted = talk.act or (talk.world >= 2 and _opens_with_deed(tokenise(sentence[:_OPENING])))
    return (talk.deed and (not turned or talk.share < 0.4)) or (acted and not turned)


def _opens_with_deed(tokens: Sequence[Token]) -> bool:
    """`Took over her tour`: notes leave the `I` out; `Reviewed by ...` is somebody else's."""
    if len(tokens) < 2:
        return False
    base, form = VERB_FORMS.get(tokens[0].lower, ("", ""))
    own = (
        form == "past"
        and base != tokens[0].lower
        and base not in _SPEAKING | _LIGHT
        and stem(tokens[0].lower) not in _INTERVIEW
    )
    return own and tokens[1].lower != "by" and tokens[1].gap == " "


def is_aside(sentence: str, *, told: bool = False) -> bool:
    """One sentence that speaks of the interview beside an answer: of marks, and to somebody or of this very answer.

    `told`: deeds of one's own stand in the same text, so that what happened to marks and people belongs to them.
    """
    talk = talk_of(sentence)
    past = narrates(sentence)
    here = talk.reader or bool(_HERE.search(sentence)) or (talk.top and not past)
    ordered = bool(_IMPERATIVE.search(sentence) or _FOR_ME.search(sentence))
    if (talk.deed and (not here or talk.share < 0.6)) or (talk.act and not (here or ordered)):
        return False
    if told and past and not here and talk.share < 0.6:
        return False
    if _THIRD.search(sentence) and talk.verdict:
        return True
    if here:
        return talk.share >= 0.5 and talk.weight >= 2.5
    if told and not ordered and not talk.verdict and talk.evaluation < 2:
        return False
    happened = not (ordered or (talk.verdict > 1 and talk.evaluation)) and (past or talk.act)
    return (
        bool(talk.evaluation or ordered)
        and not happened
        and talk.share >= (0.6 if talk.world >= 3 else 0.5)
        and talk.weight >= 3
    )


_PARTS = re.compile(r"(?<=[.!?;])\s+|\n+")
_OTHERS = re.compile(r"^\W*(?:he|she|they|this person)\b", re.IGNORECASE)
_OWN_WORDS = re.compile(r"\b(?:i|we|me|us|my|our|i'\w+|we'\w+)\b", re.IGNORECASE)


def asides(sentence_list: Sequence[str]) -> list[bool]:
    """Which of the sentences are such; short ones that follow each other are also weighed together."""
    talks = [talk_of(sentence) for sentence in sentence_list]
    told = sum(_is_told(sentence, frozenset()) for sentence in sentence_list) >= _DEEDS
    found = [is_aside(sentence, told=told) for sentence in sentence_list]
    run: list[int] = []
    for number, talk in enumerate([*talks, None]):
        if talk is not None and not talk.deed and not talk.act and talk.share >= 0.5 and talk.weight >= 1:
            run.append(number)
            continue
        if (
            len(run) > 1
            and not (told and not _is_turned(run, sentence_list))
            and sum(talks[each].weight for each in run) >= 4
        ):
            for each in run:
                found[each] = found[each] or not narrates(sentence_list[each])
        run = []
    return found


def _is_turned(run: Sequence[int], sentence_list: Sequence[str]) -> bool:
    """Some sentence of the run names the evaluation."""
    return any(talk_of(sentence_list[each]).evaluation for each in run)


def narrates(sentence: str) -> bool:
    """Tells what happened: `the score rose`, `my grade was poor`, `eight of nine passed`."""
    tokens = [token.lower for token in tokenise(sentence)]
    if not _PAST_BE.isdisjoint(tokens):
        return True
    return any(
        (VERB_FORMS.get(word, ("", ""))[1] == "past" or (looks_past(word) and before in NUMBER_WORDS))
        and before not in _PASSIVE
        for before, word in pairwise(tokens)
        if word not in NUMBER_WORDS | {"set", "put"}
    )


_PAST_BE = frozenset({"was", "were", "had", "could"})
_PASSIVE = frozenset({"is", "are", "be", "been", "being", "fully"})
