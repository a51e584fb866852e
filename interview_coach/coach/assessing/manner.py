"""What a model's remark must not say: praise or judgement of a person, feelings, protected topics, chances, anything
that stands in none of the texts, or our own instructions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from interview_coach.coach.guards import unfounded
from interview_coach.coach.languages import is_other
from interview_coach.coach.leaks import Secrets
from interview_coach.coach.manners import manners
from interview_coach.coach.rules import checks
from interview_coach.coach.tidying import tidy

_MARKUP = re.compile(r"</?[a-z][^<>]{0,200}>|```|\]\(|https?://|www\.|[{}|]|<<|>>", re.IGNORECASE)
_PRAISE = re.compile(
    r"\b(?:great|excellent|amazing|awesome|fantastic|wonderful|impressive\w*|outstanding|brilliant\w*|superb|perfect\w*|"
    r"terrific|flawless|exceptional|remarkable|well done|good job|nice (?:work|job)|bravo|congratulations|kudos|"
    r"keep it up)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\bas an? (?:\w+ )?(?:mother|father|parent|woman|man|girl|boy|lady|foreigner|immigrant|migrant|refugee|native|"
    r"married)\b"
    r"|\byou (?:really |clearly |obviously |truly )*(?:seem|appear|sound|look|come across|felt|feel)\b"
    r"|\byou(?:['’]re| are) (?:(?:an?|the|very|so|really|clearly|obviously|truly|quite|rather|such)\s+){0,3}"
    r"(?:\w+\s+)?(?:leader|person|candidate|professional|communicator|thinker|worker|player|fit|natural|expert|asset|"
    r"capable|competent|skilled|qualified|experienced|weak|poor|lazy|careless|clever|strong|good|bad)\b",
    re.IGNORECASE,
)
_FEELING = re.compile(
    r"\b(?:nervous\w*|anxi\w*|afraid|fear\w*|scared|stress\w*|insecur\w*|shy\w*|timid\w*|enthusias\w*|passion\w*|"
    r"excite\w*|frustrat\w*|ang(?:ry|er|rily)|upset|sad(?:ness|ly)?|happ(?:y|iness|ily)|joy\w*|emotion\w*|feelings?|mood\w*|"
    r"overwhelm\w*|embarrass\w*|asham\w*|bored|depress\w*|calm\w*|confiden\w*|self-assur\w*|self-esteem|arrogan\w*|"
    r"honest\w*|sincer\w*|humble|charisma\w*|empath\w*|friendl\w*|likeab\w*|personalit\w*|temperament|intelligen\w*|"
    r"smart\w*|talent\w*|gifted|attitude\w*|persona|body language|eye contact|accent|"
    r"nervös\w*|ängstlich\w*|unsicher\w*|selbstbewusst\w*|begeister\w*|sympathisch\w*|ehrlich\w*|gefühl\w*|stimmung|"
    r"nerveu\w*|anxieu\w*|stressée?|confiante?|enthousias\w*|sincère\w*|timide\w*|"
    r"nervios\w*|ansios\w*|entusias\w*|sincer[oa]s?|tímid\w*|"
    r"nervos\w*|ansios\w*|timid\w*|simpatic\w*|sicur[oa] di (?:sé|te)|"
    r"zenuwachtig\w*|zelfverzekerd\w*|onzeker\w*|enthousias\w*|eerlijk\w*|"
    r"nerwow\w*|pewn\w+ siebie|entuzja\w*|szczer\w*)\b",
    re.IGNORECASE,
)
_CHANCES = re.compile(
    r"\b(?:hir(?:e|ed|es|ing)|employ you|job offer|offer you|get the job|land the job|your chances|strong candidate|"
    r"ready for (?:this|the) (?:job|role)|einstellen würde|embauch\w*|contratar\w*|assunt[oa]|aannemen|zatrudni\w*)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")
OWN_WORDS = "situation task action result STAR CV"
"""Names of ours that a remark may use in capitals."""


@dataclass(frozen=True, slots=True)
class Manner:
    """The rules for words about one answer or one interview."""

    language: str
    sources: tuple[str, ...]
    """Every text that a name or a number may come from."""
    secrets: Sequence[Secrets]

    def tidy(self, text: str, sentences: int) -> str:
        """The bare words, without exclamation marks, and no more than so many sentences."""
        parts = [part for part in _SENTENCE.split(tidy(text).replace("!", ".").replace("！", "。")) if part.strip()]
        wide = any("。" in part for part in parts)
        return ("" if wide else " ").join(parts[:sentences]).strip()

    def is_fit(self, text: str, longest: int, *, step: bool = False) -> bool:
        """May be shown. `step`: it says what to do, so that a small count and words to begin with may be new."""
        if not any(char.isalpha() for char in text) or len(text) > longest:
            return False
        if any(secret.leaked(text) for secret in self.secrets) or _MARKUP.search(text):
            return False
        if is_other(text, self.language):
            return False
        return not self._is_personal(text) and not self.unfounded(text, step=step)

    def unfounded(self, text: str, *, step: bool = False) -> tuple[str, ...]:
        """Names, numbers and quotations that no source has."""
        found = unfounded(text, (*self.sources, OWN_WORDS), self.language)
        return tuple(word for word in found if not (step and _may_be_new(word, text)))

    def _is_personal(self, text: str) -> bool:
        """About the person, or about what nobody may judge. Words of the answer itself are no judgement."""
        known = " ".join(self.sources).casefold()
        if _PERSON.search(text):
            return True
        for pattern in (_FEELING, _PRAISE, _CHANCES):
            if any(found.group().casefold() not in known for found in pattern.finditer(text)):
                return True
        entry = manners(self.language)
        if entry is not None and (entry.praise.search(text) or entry.protected.search(text)):
            return True
        return checks.touches_protected_topic(text) and not checks.touches_protected_topic(" ".join(self.sources))


def _may_be_new(word: str, text: str) -> bool:
    """In a step: a small count, and words in quotation marks to begin a sentence with."""
    if word.isdigit():
        return int(word) < 10
    return not any(char.isdigit() for char in word) and any(f"{left}{word}" in text for left in '“"„«')
