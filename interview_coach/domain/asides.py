"""A text that turns to the interviewer instead of answering: a question about the question, a wish, a greeting.

More ways of asking are known here than in `turns`, which also has to tell noise, echoes and back-channels. Still one
word of substance makes it an answer: every part of the text has to be such an aside, politeness beside one, or the
admission that there is no answer.
"""

import re

from interview_coach.domain.turns import Meaning, TurnRules, count_words, fold, meaning_of

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
_MAY = (
    r"(?:(?:do|would) you mind if|(?:is|would) it (?:be )?(?:ok|okay|fine|alright|all right|possible) (?:if|to)"
    r"|i think)(?: (?:we|i|i'll|i will|i'd|i would|we should|we can))?"
)
_NEXT = r"(?:the next|another|a different|the following) (?:question|one)"
_MORE = (
    r"(?: (?:more|a bit|a little|further|differently|another way|again|once more|for me|to me|in other words|in detail"
    r"|(?:in|with) (?:simple|simpler|easier|plain|other|different) (?:words|terms|english|language)))*"
)
_LATER = r"(?: (?:later|later on|at the end|afterwards|in a moment|in a bit|in a minute|another time|last|next time))"
_ASIDES = tuple(
    (aside, re.compile("|".join(f"(?:{phrase})" for phrase in phrases)))
    for aside, phrases in (
        (
            Meaning.EXPLAIN,
            (
                rf"{_YOU} (?:explain(?:ing)?|clarify(?:ing)?|rephras(?:e|ing)|reword(?:ing)?|simplify|elaborat(?:e|ing)"
                rf"|expand|specify|repeat(?:ing)?)(?: on| me| us)?{_MORE}(?: (?:{_IT}|{_MEANT}))?{_MORE}",
                rf"(?:explain|clarify|rephrase|reword|simplify) (?:the|this|that|your) question{_MORE}",
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
            Meaning.LATER,
            (
                rf"{_WE}(?: (?:please|maybe|perhaps|just))* (?:come|get|go|circle|return) back(?: to {_IT})?{_LATER}?",
                rf"{_WE}(?: (?:please|maybe|perhaps|just))* (?:return to|do|answer|take|leave|park) {_IT}"
                rf"(?: (?:for|until))?{_LATER}",
            ),
        ),
        (
            Meaning.THINK,
            (
                r"i(?:'ll| will| would|'d)? (?:have to |need to |like to )?think about (?:it|this|that)(?: first)?",
                r"i need (?:(?:some|more|a|bit|little|of) )*time(?: (?:to think|for this|for that|here))*",
                r"(?:can|could|may) (?:we|i) (?:please )?(?:have|take|get) a (?:(?:short|quick|little|small) )?"
                r"(?:break|pause|rest)",
            ),
        ),
        (
            Meaning.SKIP,
            (
                rf"(?:{_WE} |{_YOU} |{_MAY} )?(?:(?:rather|just|please) )*"
                rf"(?:skip(?:ping)?|pass(?: on)?|leave out) {_IT}",
                rf"{_MAY} (?:move|go) on(?: to {_NEXT})?",
                rf"(?:{_YOU}|{_WE}) (?:(?:just|please) )*(?:ask|have|get|take|try|do)(?: me)?"
                rf" (?:{_NEXT}|something else)",
                rf"(?:what is|what's|ask me|give me|on to) {_NEXT}",
            ),
        ),
    )
)
_NO_ANSWER = re.compile(
    rf"i (?:(?:really|honestly|just) )*(?:don't|do not|can't|cannot|couldn't) (?:(?:really|quite) )*"
    rf"(?:know|remember|recall|answer|say|think of)(?: (?:{_IT}|one|any|anything|an? (?:good )?example|what to say))?"
    rf"(?: (?:to|for) {_IT})?(?: right now| at the moment)?"
    r"|(?:i (?:don't|do not) have|i have|i've got|there is) (?:(?:no|an?|any|good|real) )*"
    rf"(?:answer|example|idea|experience|clue)(?: (?:to|for|of|with|in|about) {_IT})?"
    r"|(?:no|nothing) (?:idea|clue|example|comes to mind)|i(?:'ve| have) never (?:done|had) (?:it|this|that)"
)
_ONLY_LISTED = TurnRules(least_words=1)
_HEARD = (Meaning.REPEAT, Meaning.THINK, Meaning.SKIP, Meaning.STOP, Meaning.GREETING)
_EDGES = (
    r"(?:please|sorry|i'm sorry|i am sorry|excuse me|hi|hello|um|uh|hm|hmm|erm|well|but|and|so|ok|okay|oh|actually"
    r"|maybe|first|now|thanks|thank you|if possible|if that's ok|if that's okay|if you don't mind|bitte|por favor"
    r"|s'il vous plait)"
)
_AROUND = re.compile(rf"^(?:{_EDGES} )+|(?: {_EDGES})+$")


_ABOUT_THE_QUESTION = re.compile(
    r"\b(?:(?:do|did) you mean|are you (?:asking|thinking of|looking for|after|interested in)"
    r"|what (?:exactly )?(?:do|did) you mean|what counts as|do you want (?:me to|to hear|an?|one|something|the)"
    r"|would you like (?:me to (?:talk|tell|speak|describe|start|focus|pick|choose|give|answer)|to hear|an example)"
    r"|should (?:i|it|this) (?:talk|tell|speak|describe|start|focus|pick|choose|give|answer|take|name|be)"
    r"|(?:can|could|may) (?:i|it|this) (?:talk|tell you|speak|describe|pick|choose|use|take an|take one|give|answer|be)"
    r"|(?:is|was) (?:this|that|it|the question|your question) (?:about|meant|for)"
    r"|(?:does|must) (?:it|this|that) (?:have to be|need to be|be|count|refer))\b"
    r"|^(?:can|could|may|might) i (?:just |quickly |please )*ask(?: you)?(?: (?:something|a question|one thing"
    r"|a quick question|a thing))?(?: (?:first|back|before (?:i|we) \w+|about (?:it|this|that|the question)))*$"
)
_TO_YOU = re.compile(r"\b(?:you|your)\b|^(?:should|shall|can|may|must|do) i\b")
_ASKS = re.compile(
    r"^(?:(?:when|if|by|with) (?:you (?:say|said|ask|asked|mean|write)|\S+(?: \S+)?) .*"
    r"|(?:in|at|from|or|what|which|who|how|where|when|why|any|is|are|was|were|do|does|did|can|could|may|might|must|should"
    r"|shall|would|will|you mean)\b.*)$"
)


def _only_asks(text: str) -> bool:
    """Nothing but questions about the question: `When you say suppliers, do you mean the drivers too?`"""
    sentences = [one.strip() for one in re.split(r"(?<=[.?!…])\s+|\n+", text.strip()) if one.strip()]
    asking = [_bare(one) for one in sentences if one.endswith("?")]
    if any(not one.endswith("?") and not _says_nothing(one) and _kind(one) is None for one in sentences):
        return False
    return all(map(_ASKS.match, asking)) and any(map(_ABOUT_THE_QUESTION.search, asking))


def aside_of(text: str) -> Meaning | None:
    """What a text asks for when it answers nothing; None for an answer, and in doubt."""
    if count_words(text[:1000]) > _LONGEST or len(text) > 1000 or _QUOTED.search(text):
        # What stands in quotation marks is what somebody would say to a guest or a patient.
        return None
    if (heard := meaning_of(text)) in _HEARD:
        return heard
    if text.rstrip().endswith("?") and re.fullmatch(r"(?:so )?(?:do|did) you mean(?: \S+){1,10}", _bare(text)):
        return Meaning.EXPLAIN
    whole = _kind(text)
    if whole is not None:
        return whole
    if _only_asks(text):
        return Meaning.EXPLAIN
    found: list[Meaning] = []
    for part in _PARTS.split(text):
        kind = _kind(part)
        if kind is not None:
            found.append(kind)
        elif not _says_nothing(part):
            return None
    # Whoever greets and then asks wants what was asked.
    return next((kind for kind in found if kind is not Meaning.GREETING), found[0] if found else None)


def asks_interviewer(answer: str) -> bool:
    """An answer that ends with a question to whoever asked: `... Should I go into the costs?`"""
    last = re.split(r"(?<=[.?!…])\s+|\n+", answer.strip())[-1]
    if not last.endswith("?") or _QUOTED.search(last):
        return False
    bare = _bare(last)
    return bool(_ABOUT_THE_QUESTION.search(bare) or _TO_YOU.search(bare))


def _says_nothing(part: str) -> bool:
    bare = fold(part)
    if re.fullmatch(_EDGES, bare) or _NO_ANSWER.fullmatch(_bare(part)):
        return True
    return meaning_of(part, rules=_ONLY_LISTED) in (Meaning.FILLER, Meaning.NOTHING)


def _bare(part: str) -> str:
    return _AROUND.sub("", fold(part))


def _kind(part: str) -> Meaning | None:
    bare = _bare(part)
    known = next((aside for aside, pattern in _ASIDES if pattern.fullmatch(bare)), None)
    if known is not None:
        return known
    return heard if (heard := meaning_of(part)) in _HEARD else None
