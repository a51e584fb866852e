"""Putting an item of the CV into a spoken sentence."""

import re
from dataclasses import dataclass

from interview_coach.coach.rules.labels import gerund_phrase, lower_first, shorten
from interview_coach.coach.rules.shapes import Shape as LabelShape
from interview_coach.coach.rules.shapes import lexicon, shape_of, verb_like
from interview_coach.coach.rules.wordlists import wordset
from interview_coach.domain.evidence import CvItem, CvItemKind

_SELF = re.compile(r"\b(?:I|my|me|we|our|us)\b")
_ODD = re.compile(r"[“”\"?!<>{}\[\]|•*=\n]|\.\s")
_PARTS = re.compile(r"\s*(?:,|\bat\b|@|\||–|—|\s-\s|\()\s*")
_YEARS = re.compile(r"\b(?:19|20)\d\d\b|\d{1,2}/\d{4}|\bpresent\b|\bnow\b|\btoday\b", re.I)
_DEGREE = re.compile(
    r"\b(?:bachelor|master|b\.?sc|m\.?sc|b\.?a|m\.?a|ph\.?d|mba|diploma|associate|certificate|degree|nvq|btec|gcse|a-levels?|"
    r"doctorate|apprenticeship|abitur|hnd|licen[cs]e|course|training|thesis)\b",
    re.I,
)
_PASSIVE = re.compile(
    r"(?:elected|nominated|commended|seconded|entrusted|tasked|certified|accredited|awarded|voted)\b|"
    r"(?:promoted|selected|invited|recogni[sz]ed|appointed|chosen|hired|trained|named|ranked) (?:as|to|for|by|in)\b",
    re.I,
)
_ALWAYS_TURNS = wordset("fell rose went grew came became sank shrank slid was were is are")
_MAY_TURN = wordset(
    """dropped halved doubled tripled declined increased decreased climbed jumped stayed remained improved dwindled
    plummeted reduced"""
)
"""What a figure or a thing did: the words before one of these are its subject. Those that may turn do so only before a
preposition or a number; `improved forms` are things."""
_AFTER_TURN = wordset("from to by in at after within under below above over since until steadily sharply")
_LINKS = wordset(
    "that which who whom whose what when where while as so because after before since until if how and or but to"
)
_TELLS_THAT = wordset(
    """ensured made saw showed proved demonstrated found knew learned learnt heard confirmed verified guaranteed checked
    noticed realised realized watched"""
)
"""After these a whole sentence may stand: `checked rooms were ready`."""
_IRREGULAR = dict(
    pair.split("=")
    for pair in wordset(
        """began=beginning became=becoming bought=buying built=building brought=bringing caught=catching came=coming
        chose=choosing cut=cutting dealt=dealing did=doing drew=drawing drove=driving fed=feeding fought=fighting
        found=finding gave=giving got=getting grew=growing had=having held=holding hit=hitting kept=keeping
        knew=knowing laid=laying led=leading let=letting made=making met=meeting oversaw=overseeing
        overcame=overcoming paid=paying put=putting ran=running read=reading rebuilt=rebuilding redid=redoing
        rewrote=rewriting rode=riding said=saying sang=singing saw=seeing sent=sending set=setting sold=selling
        sought=seeking spent=spending spoke=speaking stood=standing taught=teaching took=taking
        undertook=undertaking went=going won=winning wrote=writing showed=showing shot=shooting sewed=sewing
        swept=sweeping spun=spinning"""
    )
)


@dataclass(frozen=True, slots=True)
class Experience:
    """Three ways of naming the same item."""

    noun: str
    """`your time as General Manager at Salt & Cedar`, `your work building a dashboard`"""
    adverbial: str
    """`when you built a dashboard`, for the beginning of a question"""
    clause: str
    """`your CV says that you built a dashboard`"""
    plain: bool = True
    """False when the words of the CV could only be quoted: there is a better item to talk about, as a rule."""


def speak_of(item: CvItem, *, limit: int = 10, english: bool = True) -> Experience:
    """Word the item by its kind and its shape; what would not read naturally is quoted, and so is another language."""
    label = _whole_deeds(" ".join(item.label.split()).strip(" .,;:-–—•*"), limit)
    bare = re.sub(r"[“”\"?]", "", label)
    if not english or _SELF.search(label) or _ODD.search(label):
        return Experience(
            f"the line “{bare}” in your CV", f"in what your CV calls “{bare}”", f"your CV says “{bare}”", plain=False
        )
    if item.kind is CvItemKind.ROLE or (item.kind is not CvItemKind.EDUCATION and _is_title(label)):
        role = _role(label, _employer(item))
        if role:
            return role
    is_deed = item.kind not in {CvItemKind.SKILL, CvItemKind.EDUCATION} and not _tells_of_a_thing(item.label)
    action = _action(_own_clause(label)) if is_deed else None
    if action:
        return action
    text = lower_first(label)
    if item.kind is CvItemKind.SKILL:
        return Experience(f"your experience with {text}", f"in your work with {text}", f"your CV lists {text}")
    if item.kind is CvItemKind.EDUCATION:
        if _DEGREE.search(label):
            return Experience(f"your studies ({label})", f"during your studies ({label})", f"your CV lists {label}")
        return Experience(f"your training ({label})", f"in your training ({label})", f"your CV lists {label}")
    if item.kind in {CvItemKind.ROLE, CvItemKind.ACHIEVEMENT}:
        return Experience(
            f"the line “{bare}” in your CV", f"in what your CV calls “{bare}”", f"your CV says “{bare}”", plain=False
        )
    return Experience(f"your project “{bare}”", f"in your project “{bare}”", f"your CV names the project “{bare}”")


_NAMED = re.compile(r"your time as (.+ at (\w.*))")


def name_in(spoken: Experience) -> str:
    """Title and employer of a role, as they are said; empty for anything else."""
    found = _NAMED.fullmatch(spoken.noun)
    return found[1] if found else ""


def shorter(spoken: Experience) -> Experience:
    """A role that has been named before, by its employer alone."""
    found = _NAMED.fullmatch(spoken.noun)
    if found is None:
        return spoken
    where = found[2]
    return Experience(
        f"your work at {where}", f"in your work at {where}", f"I see your work at {where} in your CV", spoken.plain
    )


def _whole_deeds(text: str, limit: int) -> str:
    """The text or as much of its beginning as tells whole deeds: no `and turned the findings` without what into."""
    label = shorten(text, limit)
    rest = text[len(label) :].split()
    if not rest:
        return label
    second = re.search(r"\s+(?:and|then)\s+(\w+)\b[^,;]*$", label)
    if (
        second
        and (second[1].casefold() in lexicon()["past"] or second[1].endswith("ed"))
        and len(label[: second.start()].split()) > 1
    ):
        return label[: second.start()].rstrip(" ,;")
    last = label.split()[-1]
    if last.endswith("ed") and len(label.split()) > 3 and rest[0].casefold() in _AFTER_PARTICIPLE:
        return label[: -len(last)].rstrip(" ,;")
    return label


_AFTER_PARTICIPLE = wordset("by into for to from as in at with on")


def _is_title(label: str) -> bool:
    head = _PARTS.split(label)[0].casefold().split()
    if head[:1] in (["a"], ["an"]) and lexicon()["titles"] & set(head[1:4]):
        return True
    return bool(head) and len(head) <= 5 and head[-1] in lexicon()["titles"] and label[:1].isupper()


_PLACE = re.compile(r"\s*(?:,|\||–|—|\s-\s|@|\bat\b|\n)\s*([A-Z][\w&.'’ -]{2,40}?)\s*(?:,|\||–|—|\(|\s-\s|\n|\d|$)")


def _employer(item: CvItem) -> str:
    """The name that follows the job title in the line of the CV, when what follows it shows that it is not a town."""
    found = item.span.text.find(item.label)
    if found < 0:
        return ""
    rest = item.span.text[found + len(item.label) :]
    match = _PLACE.match(rest)
    if match is None or len(match[1].split()) > 6 or _YEARS.search(match[1]):
        return ""
    after = rest[match.end(1) :].strip()
    named = match.group().strip().startswith(("at", "@"))
    return match[1].strip() if named or re.match(r"[,|–—(]\s*[A-Z]", after) else ""


def _role(label: str, employer: str) -> Experience | None:
    parts = [part.strip(" )") for part in _PARTS.split(label) if part.strip(" )") and not _YEARS.search(part)]
    titles = lexicon()["titles"]
    named = [
        i
        for i, part in enumerate(parts)
        if titles & {word.strip("/,").casefold() for word in re.split(r"[\s/]+", part)}
    ]
    if not named:
        return None
    title = parts[named[0]]
    others = [part for i, part in enumerate(parts) if i != named[0]]
    where = employer or next((part for part in others if len(part) > 3 and part[:1].isupper()), "")
    place = f" at {where}" if where else ""
    if " " in title and title.split(" ", 1)[1].islower():
        # `Class teacher` begins a line; `General Manager` is how it is written.
        title = title if title.split()[0].isupper() else title[0].lower() + title[1:]
    return Experience(
        f"your time as {title}{place}", f"in your role as {title}{place}", f"your CV names you as {title}{place}"
    )


def _turns(text: str) -> bool:
    """Something did something in it: `medication notes fell from 6`, but not `the team that grew`."""
    told = [word.strip(".()’'\"").casefold() for word in text.split()]
    for at, word in enumerate(told):
        if word in _LINKS or not word[-1:].isalnum():
            return False
        following = told[at + 1] if at + 1 < len(told) else ""
        turns = word in _ALWAYS_TURNS or (
            word in _MAY_TURN and (not following or following in _AFTER_TURN or following[0].isdigit())
        )
        if at and turns:
            return True
    return False


def _tells_of_a_thing(label: str) -> bool:
    """`Missed deliveries fell to 2`: the first word is what the deliveries were, not what the person did."""
    first, _, rest = label.partition(" ")
    return first.casefold() not in _TELLS_THAT and _turns(rest)


def _own_clause(label: str) -> str:
    """The label up to where something else becomes the subject: `Wrote the sheet` of `Wrote the sheet; errors fell`."""
    for mark in re.finditer(r"\s*(;|,|\s[–—-])\s+", label):
        if mark[1] == ";" or _turns(label[mark.end() :]):
            own = label[: mark.start()]
            return own if " " in own else label
    return label


def _action(label: str) -> Experience | None:
    first, _, rest = label.partition(" ")
    listed = first.endswith(",")
    plain = first.casefold().strip(",")
    if not rest:
        return None
    lex = lexicon()
    adverb = ""
    if plain.endswith("ly") and len(plain) > 4:
        adverb = plain + " "
        first, _, rest = rest.partition(" ")
        plain = first.casefold()
    told = [word.strip(",&").casefold() for word in rest.split()]
    if all(word in {"and", "or", ""} or word in lex["past"] or word.endswith("ed") for word in told):
        # `hired, trained`: the line was cut before it said whom.
        return None
    past = plain in lex["past"] or (plain.endswith("ed") and len(plain) > 3 and plain not in {"need", "speed", "seed"})
    second = rest.split()[0] if rest else ""
    if past and rest and not second.startswith("-") and shape_of(label) is not LabelShape.QUALITY:
        if _PASSIVE.match(label):
            text = f"were {plain} {rest}"
            return Experience(f"the time when you {text}", f"when you {text}", f"your CV says that you {text}")
        doing = _past_gerund(plain)
        others = re.search(r"(?:,|\band\b|&)\s+(?:\w+ly\s+|never\s+|then\s+|also\s+|later\s+)?(\w+)\b", rest)
        joined = listed or bool(others and (others[1].endswith("ed") or others[1] in lex["past"]))
        text = f"{adverb}{plain}{',' if listed else ''} {rest}"
        noun = f"the time when you {text}" if joined or doing is None else f"your work {adverb}{doing} {rest}"
        return Experience(noun, f"when you {text}", f"your CV says that you {text}")
    shape = shape_of(label)
    if shape is LabelShape.GERUND:
        text = f"{adverb}{plain} {rest}"
        return Experience(f"your work {text}", f"while {text}", f"your CV speaks of {text}")
    if shape is LabelShape.VERB and not adverb and (plain in lex["clear"] or verb_like(second)):
        doing = gerund_phrase(label[:1].lower() + label[1:])
        if doing is None:
            return None
        return Experience(f"your work {doing}", f"while {doing}", f"your CV speaks of {doing}")
    return None


def _past_gerund(past: str) -> str | None:
    if past in _IRREGULAR:
        return _IRREGULAR[past]
    if past.endswith("ied"):
        return past[:-3] + "ying"
    return past[:-2] + "ing" if past.endswith("ed") else None
