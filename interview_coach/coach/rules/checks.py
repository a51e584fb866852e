"""What is wrong with a question, as facts about its words: shared by the offline coach and the guards of a model."""

import re
from collections.abc import Iterable, Sequence

from interview_coach.coach.rules.wordlists import wordset

MAX_WORDS = 40
WITHIN = 0.6
"""Two questions of one interview must be less alike than this."""
EARLIER = 0.8
"""The same against questions of earlier interviews."""

_STOP = wordset(
    """a an the this that these those and or but so if of to in on at for from by with as into about over than
    then there here it its is are was were be been being am do does did done have has had will would could
    should may might can you your yours i me my we us our they them their he she his her who whom which what
    how when where why not no one some any more most very just also too out up down off ad cv"""
)
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W\d_]+)?")
_PRAISE = re.compile(
    r"^\W*(?:(?:that(?:['’]s| is| was| sounds)|what)\s+(?:an?\s+|really\s+|very\s+)*)?"
    r"(?:great|good|excellent|wonderful|fantastic|nice|nicely|impressive|amazing|awesome|brilliant|perfect|superb|"
    r"outstanding|well done|well said|terrific|lovely|love (?:that|it)|i love|i like|kudos|bravo|congratulations|"
    r"thank you for (?:sharing|that|your)|thanks for|interesting)\b",
    re.I,
)
_YES_NO = wordset(
    """do does did is are was were am have has had can could will would shall should may might must don't
    doesn't didn't isn't aren't wasn't weren't haven't hasn't hadn't can't couldn't won't wouldn't shouldn't"""
)
_PLAIN_AUX = sorted(word for word in _YES_NO if "'" not in word)
_ASKING = wordset("what how which who whom whose why where when")
_IMPERATIVE = wordset("tell describe walk talk give take show explain share name pick choose think")
_LEADING = re.compile(
    r"\b(?:isn['’]t it|aren['’]t you|don['’]t you|didn['’]t you|wouldn['’]t you|would you agree|"
    r"surely|obviously|, right)\s*\?|\b(?:the (?:right|correct|best) answer (?:is|would be)|"
    r"you should (?:say|answer))\b",
    re.I,
)
_DOUBLE = re.compile(
    r"(?:\band\b|\bor\b|/)\s+(?:also\s+|then\s+)?(?:what|how|why|who|which|whom|where)\b"
    r"|\b(?:what|how|why|who|which|whom)\b[^?]*[,;]\s*(?:what|how|why|who|which|whom|where)\b"
    r"|\b(?:and|or) (?:do|did|does|are|were|have|has|can|could|would|will) (?:you|it|they|that)\b",
    re.I,
)
_PROTECTED = re.compile(
    r"\b(?:how old|your age|age (?:group|limit|range)|aged? (?:between|\d)|years? old|year of birth|date of birth|"
    r"birthday|birthplace|were you born|under the age|over the age|min(?:imum|\.)? (?:age|\d\d years)|"
    r"(?:at least|over|under|from) (?:1[4-9]|2[0-9]) years(?! of)|young(?:er)? (?:person|people|team member)|"
    r"your (?:own )?(?:famil\w+|children|kids|husband|wife|spouse|partner at home|parents|mother|father|pregnanc\w+)|"
    r"family (?:plans?|status|situation)|marital|married|divorced|pregnan\w*|maternity|childcare at home|"
    r"(?:have|having|want) (?:children|kids)|your (?:own )?(?:health|illness\w*|disabilit\w+|"
    r"medical history|diagnos\w+|"
    r"medication)|(?:good|physical|excellent|sound) health|physically (?:fit|healthy)|healthy and|disabled|"
    r"your (?:own )?(?:religion|faith|beliefs|god)|religious|religion|practising (?:christian|catholic|muslim|jew\w*)|"
    r"church member|christian|muslim|jewish|catholic|hindu|"
    r"nationalit\w+|ethnic\w*|your race|racial origin|skin colou?r|country of (?:birth|origin)|"
    r"where (?:are you|were you) (?:really )?from|your origins?|mother tongue|native[- ](?:\w+[- ])?speakers?|"
    r"native \w+ speakers?|citizens?(?:hip)?|sexual orientation|transgender|your gender|political part\w+|trade union|"
    r"criminal record|smoker)\b",
    re.I,
)
_QUOTED = re.compile(r"[“\"]([^”\"]{2,})[”\"]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SENTENCE = re.compile(r"(?<=[.!?:;])[”\"’)]*\s+")


def words(text: str) -> list[str]:
    """The words of a text, lower case, without punctuation."""
    return [found.group().casefold().replace("’", "'") for found in _WORD.finditer(text)]


def word_count(text: str) -> int:
    """Words as a reader counts them: whatever stands between spaces and has a letter or digit."""
    return sum(any(char.isalnum() for char in token) for token in text.split())


def content(text: str) -> frozenset[str]:
    """The words that carry meaning."""
    return frozenset(word for word in words(text) if word not in _STOP)


def jaccard(first: str, second: str) -> float:
    """How alike two questions are, 0..1: shared content words over all content words."""
    return _overlap(content(first), content(second))


def likeness(first: str, second: str) -> float:
    """The higher of the Jaccard index over content words and over all words."""
    return max(jaccard(first, second), _overlap(frozenset(words(first)), frozenset(words(second))))


def _overlap(left: frozenset[str], right: frozenset[str]) -> float:
    union = left | right
    return len(left & right) / len(union) if union else 0.0


def touches_protected_topic(text: str) -> bool:
    """True when the words go to age, family, health, religion, origin or another thing no interviewer may ask."""
    return bool(_PROTECTED.search(text))


def opens_with_praise(question: str) -> bool:
    """True for `Great answer!` and its relatives."""
    return bool(_PRAISE.search(question))


def is_open(question: str) -> bool:
    """True when the asking sentence cannot be answered with yes or no."""
    asking = next((part for part in reversed(_SENTENCE.split(_blank_quotes(question))) if "?" in part), "")
    tokens = words(asking)
    if not tokens:
        return False
    if tokens[0] in _YES_NO:
        return False
    if tokens[0] in _IMPERATIVE:
        return True
    if any(
        re.match(rf"\s*(?:when|where)\s+(?:{'|'.join(_PLAIN_AUX)})\b", part, re.I)
        for part in re.split(r"[,;:–—]", asking)
    ):
        return True
    clauses = [words(clause) for clause in re.split(r"[,;:–—]", asking)]
    heads = [clause[0] for clause in clauses if clause]
    if any(head in _YES_NO for head in heads[-1:]):
        return False
    # A subordinate `when` or `where` does not make a question; another question word anywhere does.
    strong = _ASKING - {"when", "where"}
    return any(token in strong for token in tokens) or any(head in _ASKING for head in heads[-1:])


def problems(question: str, asked: Sequence[str] = (), earlier: Sequence[str] = ()) -> tuple[str, ...]:
    """Names of what is wrong, empty when nothing is.

    `asked` are the questions of this interview so far, `earlier` those of earlier interviews with the same CV. Names:
    `empty`, `not_one_ask`, `double`, `too_long`, `not_open`, `praise`, `leading`, `protected`, `repeat`.
    """
    if not words(question):
        return ("empty",)
    bare = _blank_quotes(question)
    found = {
        "not_one_ask": question.count("?") != 1 or not question.rstrip('”"’ ').endswith("?"),
        "double": bool(_DOUBLE.search(_last_clause(bare))),
        "too_long": word_count(question) > MAX_WORDS,
        "not_open": not is_open(question),
        "praise": opens_with_praise(question),
        "leading": bool(_LEADING.search(bare)),
        "protected": touches_protected_topic(question),
        "repeat": repeats(question, asked, earlier),
    }
    return tuple(name for name, wrong in found.items() if wrong)


def repeats(question: str, asked: Iterable[str], earlier: Iterable[str] = ()) -> bool:
    """True when the question was as good as asked already."""
    return any(likeness(question, old) >= WITHIN for old in asked) or any(
        likeness(question, old) >= EARLIER for old in earlier
    )


def invented(question: str, sources: Iterable[str]) -> tuple[str, ...]:
    """Names, numbers and quotes of the question that occur in none of the source texts, in order.

    A name is a capitalised word that does not begin a sentence. A word is looked up without regard to case.
    """
    joined = " \n ".join(sources)
    flat = " ".join(joined.split()).casefold().replace("’", "'")
    known = set(words(joined))
    numbers = set(_NUMBER.findall(joined))
    found = []
    for quote in _QUOTED.findall(question):
        plain = " ".join(quote.split()).casefold().replace("’", "'").strip(" .,;:!?…")
        if plain and plain not in flat:
            found.append(quote)
    found += [number for number in _NUMBER.findall(question) if number not in numbers]
    for sentence in _SENTENCE.split(question):
        for index, match in enumerate(_WORD.finditer(sentence)):
            word = match.group()
            plain = word.casefold().replace("’", "'")
            if index == 0 or not word[0].isupper() or plain in _SPOKEN:
                continue
            if plain not in known and plain.removesuffix("'s") not in known:
                found.append(word)
    return tuple(dict.fromkeys(found))


_SPOKEN = wordset("i i'm i'd i'll i've cv star")


def _blank_quotes(text: str) -> str:
    """Quoted words are the person's or the ad's: they are not asked, so they are not judged as asking."""
    return _QUOTED.sub("“quote”", text)


def _last_clause(text: str) -> str:
    """The asking clause: after the last sentence mark or colon."""
    return _SENTENCE.split(text.strip())[-1]
