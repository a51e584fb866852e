"""The words that fill a form: what the ad asks for, the person's own work, the job."""

import re
from collections.abc import Iterator
from dataclasses import replace

from interview_coach.coach.rules.backing import named
from interview_coach.coach.rules.bank import Form
from interview_coach.coach.rules.chance import shuffled
from interview_coach.coach.rules.experience import Experience, name_in, shorter, speak_of
from interview_coach.coach.rules.labels import (
    Phrase,
    as_activity,
    as_noun,
    is_speakable,
    read_out,
    request,
    shorten,
    speak,
)
from interview_coach.coach.rules.language import is_english
from interview_coach.coach.rules.quoting import is_nameable
from interview_coach.coach.rules.shapes import Shape
from interview_coach.documents.matching import matches, may_fit
from interview_coach.domain.dossier import Dossier
from interview_coach.domain.evidence import CvItem, CvItemKind, Span
from interview_coach.domain.plan import Topic

_ACTIVITY = re.compile(r"\bdo (?:this|it)\b|\bdoing (?:this|that|it)\b|\bdone properly\b|\bgo(?:es)? about it\b")
"""Words of a form that only make sense after something one does, unless the CV has named it."""
_STOP = re.compile(r"[.!?:](?=\s|$)|\n")
_JOINT = re.compile(r"[,;–—]\s|\b(?:but|and|so)\s")
_PIECES = re.compile(r"[.;,|•]\s+|\s[–—-]\s")
_LONG = 16
"""Words of a line of the CV that may be named to get to the point."""
READ_OUT = 16
"""Words of the ad that may be read out at once."""
_SLOT = re.compile(r"\{(\w+)\}")


class Slots:
    """Ways of filling forms for one topic."""

    def __init__(self, dossier: Dossier, topic: Topic, key: int, asked: str = "") -> None:
        """`asked`: the interview's questions so far."""
        self._dossier = dossier
        self._topic = topic
        self._key = key
        self._asked = asked
        self._fixed = {"job": _job(dossier.job_title), "employer": _employer(dossier.company)}
        experience = self._experience()
        if experience is not None:
            self._fixed |= {"cv": experience.noun, "in_cv": experience.adverbial, "cv_says": experience.clause}
        self._phrases = self._spoken()
        if self._phrases:
            noun, doing = as_noun(self._phrases[0]), as_activity(self._phrases[0])
            self._fixed |= {"req": noun} if noun else {}
            self._fixed |= {"doing": doing} if doing else {}
        self.does = bool(self._phrases) and self._phrases[0].shape in {Shape.VERB, Shape.GERUND}
        """The requirement is something one does."""
        foreign = not is_english(dossier.job_text)
        self.reads_out = bool(self._phrases) and (self._phrases[0].shape is Shape.OTHER or foreign)
        """The requirement can only be read out."""

    def ways(self, form: Form, *, also: bool = False, few: bool = False) -> Iterator[dict[str, str]]:
        """Values for the form's slots; none when something it needs is not there. `also`: something was said before."""
        needed = form.slots
        if _ACTIVITY.search(form.text) and not self.does and "cv_says" not in needed:
            return
        ads = self._ads(joint=form.kind == "joint", also=also) if "ad" in needed else [""]
        if needed - {"ad"} - self._fixed.keys():
            return
        for ad in ads[:3] if few else ads:
            yield {**self._fixed, "ad": ad}

    def _ads(self, *, joint: bool, also: bool) -> list[str]:
        if not self._phrases or (joint and len(self._phrases) < 2):
            return []
        if joint:
            return _both(self._phrases[0], self._phrases[1], also)
        return shuffled(request(self._phrases[0], also), self._key, "ad")

    def _spoken(self) -> list[Phrase]:
        found = []
        english = is_english(self._dossier.job_text)
        limit = 10 if len(self._topic.requirements) < 2 else 8
        for position, index in enumerate(self._topic.requirements):
            requirement = self._dossier.requirements[index]
            label = requirement.label
            # The second of two only when it can be said well: it is in the evidence anyway.
            if is_nameable(label) and (position == 0 or (english and is_speakable(label))):
                phrase = speak(label, limit=limit, english=english, line=requirement.span.text)
                if phrase.shape is Shape.OTHER:
                    # Half a sentence says little when it is read out: its whole is what the ad says.
                    phrase = read_out(_sentence(self._dossier.job_text, requirement.span) or label)
                found.append(phrase)
        return found

    def _experience(self) -> Experience | None:
        if self._topic.cv_item is None:
            return None
        told = self._dossier.cv_items[self._topic.cv_item]
        item = self._to_the_point(told)
        limit = 10 if item is told else _LONG
        spoken = speak_of(item, limit=limit, english=is_english(self._dossier.cv_text))
        return shorter(spoken) if name_in(spoken) and name_in(spoken) in self._asked else spoken

    def _to_the_point(self, item: CvItem) -> CvItem:
        """A deed with so much of its line that what the ad asks for is in it: `led a team of 3` may have been to
        migrate a database."""
        if not self._topic.requirements or not item.span.text.startswith(item.label):
            return item
        asked = self._dossier.requirements[self._topic.requirements[0]]
        label, line = item.label, " ".join(item.span.text.split()).rstrip(" .;")
        says = [*matches(asked, (named(item, label),)), *may_fit(asked, (named(item, label),))]
        if says or not matches(asked, (item,)):
            return item
        if item.kind is CvItemKind.EDUCATION:
            # One line may list several: it is the one asked for that is named.
            pieces = [named(item, piece.split(" (")[0].strip()) for piece in _PIECES.split(line) if piece.strip()]
            return next((piece for piece in pieces if matches(asked, (piece,))), item)
        if item.kind not in {CvItemKind.ACHIEVEMENT, CvItemKind.PROJECT}:
            return item
        for limit in range(len(label.split()) + 2, _LONG + 1):
            longer = shorten(line, limit)
            if matches(asked, (named(item, longer),)) or may_fit(asked, (named(item, longer),)):
                return replace(item, label=longer)
        return item


def _sentence(text: str, span: Span) -> str:
    """The sentence or line around the span, or so much of what leads up to it as can be read out; empty for what may
    not be named."""
    start = max((match.end() for match in _STOP.finditer(text, 0, span.start)), default=0)
    stop = _STOP.search(text, max(0, span.end - 1))
    joints = [match.end() for match in _JOINT.finditer(text, start, span.start)]
    ways = [(start, stop.start() if stop else len(text)), *((joint, span.end) for joint in (start, *joints))]
    for begin, end in ways:
        whole = " ".join(text[begin:end].split()).strip(" •*-–—,;")
        if len(whole.split()) <= READ_OUT and is_nameable(whole):
            return whole
    return ""


def fill(text: str, values: dict[str, str]) -> str:
    """Fill the slots; what begins a sentence gets a capital, the rest keeps its own letters."""

    def put(match: re.Match[str]) -> str:
        value = values[match.group(1)]
        before = text[: match.start()]
        begins = not before or bool(re.search(r"[.!?]\s+$", before))
        return value[:1].upper() + value[1:] if begins else value

    return " ".join(_SLOT.sub(put, text).split())


def _both(first: Phrase, second: Phrase, also: bool) -> list[str]:
    """Clauses that name two things the ad asks for."""
    more = "also " if also else ""
    one, two = as_noun(first), as_noun(second)
    if first.shape is second.shape and first.shape.value == "verb":
        return [
            f"the ad {more}asks you to {first.text} and to {second.text}",
            f"in this job you would {more}{first.text}, and you would {second.text}",
        ]
    if first.shape is second.shape and first.shape.value == "quality":
        return [f"the ad {more}wants someone who is {first.text} and {second.text}"]
    if one and two and first.shape is second.shape:
        return [f"the ad {more}asks for {one} and for {two}", f"this job {more}calls for {one} as well as {two}"]
    return [f"the ad {more}mentions {one} and {two}"] if one and two else []


def _job(title: str) -> str:
    plain = " ".join(title.split()).strip(" .,:;–-")
    if not plain or len(plain.split()) > 6 or not is_nameable(plain) or re.search(r"[?!“”\"<>{}]", plain):
        return "this job"
    if plain.isupper():
        plain = " ".join(word.capitalize() if len(word) > 3 else word for word in plain.split())
    if re.search(r"\b(?:role|position|job|post|vacancy)\b", plain, re.I):
        return f"the {plain}"
    if re.search(r"\b(?:at|in|for|of|with)\b|,", plain, re.I):
        return f"the role of {plain}"
    return f"the {plain} role"


def _employer(company: str) -> str:
    plain = " ".join(company.split()).strip(" ,:;–-")
    if not plain or len(plain.split()) > 5 or not is_nameable(plain) or re.search(r"[?!“”\"<>{}]", plain):
        return "this employer"
    return plain
