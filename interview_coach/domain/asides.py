"""A written text that turns to the interviewer instead of answering: a question about the question, a wish, a greeting.

In a call `turns` decides, where every doubt makes an answer at once; here the person reads why, keeps the words and
can add to them. So more ways of asking are known, and still one word of substance makes it an answer: every part of
the text has to be such an aside, or politeness beside one.
"""

import re
from enum import StrEnum

from interview_coach.domain.turns import Meaning, TurnRules, count_words, fold, meaning_of


class Aside(StrEnum):
    """What a written text wants that answers nothing."""

    QUESTION = "question"
    """To have the question again, explained, or with an example."""
    TIME = "time"
    LATER = "later"
    """To come back to it."""
    SKIP = "skip"
    STOP = "stop"
    GREETING = "greeting"


_LONGEST = 40
"""Words. Whoever writes more has something to tell."""
_QUOTED = re.compile('["“”„«»]')
_PARTS = re.compile(r"[.?!;,:\n…]+|\s[-–—]+\s")
_IT = r"(?:it|this|that|this one|that one|(?:the|this|that|your) (?:last |whole )?question|the task)"
_MEANT = (
    r"what (?:exactly )?(?:you(?: are|'re)? (?:exactly |really )?(?:mean|meant|want|asking|asked|ask|looking for|after"
    r"|getting at|need|expect|expecting|said)|(?:this|that|it|the question) (?:means|is asking|is about|refers to))"
    r"(?: (?:me|from me|by|with|for|about|of me|to know|to hear|here|exactly|it|this|that|this question))*"
)
_YOU = r"(?:(?:can|could|would|will|might) you|would you mind|please)(?: (?:please|maybe|perhaps|possibly|just))*"
_WE = (
    r"(?:(?:can|could|may|shall|might) (?:we|i|you)|let's|let us|let me|i'd like to|i would like to|i want to|i will"
    r"|i'll)"
)
_MORE = (
    r"(?: (?:more|a bit|a little|further|differently|another way|again|once more|for me|to me|in other words|in detail"
    r"|(?:in|with) (?:simple|simpler|easier|plain|other|different) (?:words|terms|english|language)))*"
)
_LATER = r"(?: (?:later|later on|at the end|afterwards|in a moment|in a bit|in a minute|another time|last|next time))"
_ASIDES = tuple(
    (aside, re.compile("|".join(f"(?:{phrase})" for phrase in phrases)))
    for aside, phrases in (
        (
            Aside.QUESTION,
            (
                rf"{_YOU} (?:explain(?:ing)?|clarify(?:ing)?|rephras(?:e|ing)|reword(?:ing)?|simplify|elaborat(?:e|ing)"
                rf"|expand|specify|repeat(?:ing)?)(?: on| me| us)?{_MORE}(?: (?:{_IT}|{_MEANT}))?{_MORE}",
                rf"(?:can|could|would) you tell me (?:{_MEANT}|more about {_IT})",
                rf"(?:can|could|would) you be (?:(?:a bit|a little|more) )*(?:clear|clearer|specific|precise|concrete)"
                rf"(?: (?:about|on|in|with) (?:{_IT}|{_MEANT}))?",
                rf"{_YOU} (?:give|show|tell)(?: me| us)? (?:an|another|some|one|more|a|any) (?:(?:short|quick|bit of"
                rf"|bit|little|more) )*(?:example|examples|hint|idea|clue|context|detail|details|information)"
                rf"(?: (?:of|for|about|on) (?:{_IT}|{_MEANT}))?",
                rf"i(?:'m| am)(?: (?:afraid|sorry))?(?: i'm)? not (?:(?:quite|really|entirely|very|so|completely) )*"
                rf"(?:sure|clear|certain)(?: (?:i|that i|if i) (?:understand|understood|get|got|follow))?"
                rf"(?: (?:about|on))? (?:{_IT}|{_MEANT})(?: (?:right|correctly|properly))?",
                rf"i (?:don't|do not|didn't|did not|can't|cannot) (?:(?:quite|really|fully|exactly) )*(?:understand|get"
                rf"|know|follow|see) (?:{_IT}|{_MEANT})",
                rf"what (?:exactly )?(?:does|do) (?:{_IT}|you) (?:exactly )?mean(?: (?:exactly|here|by {_IT}))*",
                r"what exactly (?:do|did|are) you (?:mean|asking|want|looking for)(?: (?:by|with) (?:this|that|it))?",
                r"what (?:are|were) you (?:asking|looking for|after|getting at)(?: (?:me|exactly|here|for))*",
                r"(?:what|which) (?:kind|sort|type)s? of (?:example|answer|situation|experience|thing|story)s?"
                r" (?:(?:do|would|are|did) you) (?:want|like|mean|expect|need|looking for|after|thinking of)"
                r"(?: (?:to hear|here|from me))*",
                r"how do you mean(?: that)?",
                r"is (?:this|that|it) a trick question",
                r"how (?:long|short|detailed|much detail) (?:should|must|can|may|shall) (?:my|the|an|this|it)"
                r"(?: answer)?(?: be| have)?",
                r"how much (?:should|must|shall|do|can) i (?:have to )?(?:write|say|tell)(?: (?:here|you))?",
                r"was (?:meinen sie|meinst du)(?: (?:damit|genau))*|(?:konnen|konnten) sie (?:mir )?(?:das|die frage)"
                r" (?:bitte )?(?:genauer |naher |noch einmal )?(?:erklaren|erlautern)",
                r"(?:a )?que (?:quiere|quieres) decir(?: con eso)?|(?:puede|podria) (?:explicar|aclarar)(?:me|lo)?"
                r"(?: (?:la pregunta|eso|por favor))*",
                r"que voulez vous dire(?: par la)?|(?:pouvez|pourriez) vous (?:m')?(?:expliquer|preciser|reformuler)"
                r"(?: (?:la question|ca|cela|s'il vous plait))*",
            ),
        ),
        (
            Aside.LATER,
            (
                rf"{_WE}(?: (?:please|maybe|perhaps|just))* (?:come|get|go|circle|return) back(?: to {_IT})?{_LATER}?",
                rf"{_WE}(?: (?:please|maybe|perhaps|just))* (?:return to|do|answer|take|leave|park) {_IT}"
                rf"(?: (?:for|until))?{_LATER}",
            ),
        ),
        (
            Aside.TIME,
            (
                r"i(?:'ll| will| would|'d)? (?:have to |need to |like to )?think about (?:it|this|that)(?: first)?",
                r"i need (?:(?:some|more|a|bit|little|of) )*time(?: (?:to think|for this|for that|here))*",
                r"(?:can|could|may) (?:we|i) (?:please )?(?:have|take|get) a (?:(?:short|quick|little|small) )?"
                r"(?:break|pause|rest)",
            ),
        ),
        (Aside.SKIP, (rf"(?:{_WE} |{_YOU} )?(?:please )?skip {_IT}",)),
    )
)
_ONLY_LISTED = TurnRules(least_words=1)
_SAYS_NOTHING = (Meaning.FILLER, Meaning.NOTHING)
_HEARD = {
    Meaning.REPEAT: Aside.QUESTION,
    Meaning.THINK: Aside.TIME,
    Meaning.SKIP: Aside.SKIP,
    Meaning.STOP: Aside.STOP,
    Meaning.GREETING: Aside.GREETING,
}
_EDGES = (
    r"(?:please|sorry|i'm sorry|i am sorry|excuse me|hi|hello|um|uh|hm|hmm|erm|well|but|and|so|ok|okay|oh|actually"
    r"|maybe|first|now|thanks|thank you|if possible|if that's ok|if that's okay|if you don't mind|bitte|por favor"
    r"|s'il vous plait)"
)
_AROUND = re.compile(rf"^(?:{_EDGES} )+|(?: {_EDGES})+$")


def aside_of(text: str) -> Aside | None:
    """What a written text asks for when it answers nothing; None for an answer, and in doubt."""
    if count_words(text[:1000]) > _LONGEST or len(text) > 1000 or _QUOTED.search(text):
        # What stands in quotation marks is what somebody would say to a guest or a patient.
        return None
    heard = _HEARD.get(meaning_of(text))
    if heard is not None:
        return heard
    if text.rstrip().endswith("?") and re.fullmatch(r"(?:so )?(?:do|did) you mean(?: \S+){1,10}", _bare(text)):
        return Aside.QUESTION
    whole = _kind(text)
    if whole is not None:
        return whole
    found: list[Aside] = []
    for part in _PARTS.split(text):
        kind = _kind(part)
        if kind is not None:
            found.append(kind)
        elif not re.fullmatch(_EDGES, fold(part)) and meaning_of(part, rules=_ONLY_LISTED) not in _SAYS_NOTHING:
            return None
    # Whoever greets and then asks wants what was asked.
    return next((kind for kind in found if kind is not Aside.GREETING), found[0] if found else None)


def _bare(part: str) -> str:
    return _AROUND.sub("", fold(part))


def _kind(part: str) -> Aside | None:
    bare = _bare(part)
    known = next((aside for aside, pattern in _ASIDES if pattern.fullmatch(bare)), None)
    return known or _HEARD.get(meaning_of(part))
