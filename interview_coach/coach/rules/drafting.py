"""How one requirement or one item of the CV is asked about: as experience, gap, case, knowledge or motive."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from interview_coach.coach.rules.backing import Backing
from interview_coach.coach.rules.bank import bank, words_of
from interview_coach.coach.rules.experience import speak_of
from interview_coach.coach.rules.labels import is_speakable, speak
from interview_coach.coach.rules.language import is_english
from interview_coach.coach.rules.proof import proof_of
from interview_coach.coach.rules.quoting import is_nameable
from interview_coach.coach.rules.shapes import Shape, lexicon
from interview_coach.documents.words import topic_terms
from interview_coach.domain.dossier import Dossier
from interview_coach.domain.evidence import CvItemKind, Requirement, RequirementKind
from interview_coach.domain.formats import Format

_WISH = re.compile(
    r"(?:looking|seeking|searching|aiming|hoping|wishing|left school|attended|moved to|born)\b|.*_", re.I
)
"""Lines of a CV that state an aim, and remains of icons: nothing to ask about."""
_TELLING = (CvItemKind.ROLE, CvItemKind.PROJECT, CvItemKind.ACHIEVEMENT)
GENERAL = frozenset(
    {"teamwork", "communication", "adaptability", "initiative", "motivation", "leadership", "organisation", "learning",
     "problem_solving", "service"}
)  # fmt: skip
"""Competencies that any work may have called for: one asks for an occasion, not for a gap in the CV."""
_STUDIED = frozenset({"expertise", "tools", "analysis", "safety"})
_SPARE = ("problem_solving", "teamwork", "organisation", "communication", "learning", "adaptability", "initiative",
          "quality", "service", "leadership", "analysis")  # fmt: skip
_SOFT = re.compile(
    r"\b(?:skills?|attitude|personality|passion\w*|interest|love|willing\w*|desire|manner|approach|mindset|eye|"
    r"abilit(?:y|ies)|habit|curiosity|compassion|empathy|patience|confidence|spirit|ethic|drive|flexib\w+|energy|"
    r"judgement|judgment|sense|commitment|enthusias\w+|motivat\w+|teamwork|communication|leadership|thinker)\b",
    re.I,
)
"""Said of a person, not of a subject: there is nothing to know about it."""
_LIVED = re.compile(r"\b(?:experience\w*|background|track record|history|success|background)\b", re.I)
"""Something that was done or not: one asks where, not what one knows of it."""
_DEGREE = re.compile(
    r"\b(?:degree|bachelor\S*|master['’]?s|b\.?sc|m\.?sc|b\.?a|m\.?a|ph\.?d|diploma|doctorate)\b", re.I
)
_LEARNER = re.compile(r"\b(?:apprentice|intern|trainee|student|volunteer|part-time)\b", re.I)
"""A role that usually comes before the one that counts."""
_RANKS = topic_terms("senior junior assistant deputy head chief lead principal trainee manager officer")
"""They say how high a role is, not in which field."""
_OFTEN = 4
"""So often one role may be named in an interview."""
_CHORE = re.compile(
    r"\b(?:travel\w*|commut\w+|weekends?|hours|shifts?|overtime|carry|lift\w*|suitcases?|phones?|telephone|e-?mails?|"
    r"errands?|invoices?|paperwork|file|filing|records?|documentation|minutes|payments?|reconcil\w+|tidy|tidying|"
    r"clean|cleaning|dust\w*|sweep\w*|other duties|as required|"
    r"attend\w*|comply\w*|adher\w+|polic(?:y|ies)|licen[cs]e|notes|write up|report to|meetings?|timesheets?|"
    r"stay\w* \w+)\b",
    re.I,
)
"""Needed, but no reason to want a job."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One topic before its evidence is looked up."""

    requirements: tuple[int, ...]
    cv_item: int | None
    kind: str
    competency: str


class Drafting:
    """Drafts topics for one dossier and remembers which items of the CV were used."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.requirements = dossier.requirements
        self.backing = Backing(dossier)
        self.items = [
            index
            for index, item in enumerate(dossier.cv_items)
            if is_askable(item.label) and is_askable(item.span.text, 200) and not _WISH.match(item.label)
        ]
        english = is_english(dossier.cv_text)
        self.plain = {index: speak_of(dossier.cv_items[index], english=english).plain for index in self.items}
        # What can only be quoted is talked about when there is nothing better.
        self.items.sort(key=lambda index: not self.plain[index])
        self.uses = dict.fromkeys(self.items, 0)
        self.earlier = " ".join(dossier.earlier_questions).casefold()
        self.ad = topic_terms(dossier.job_text)
        self.title = topic_terms(dossier.job_title)

    # First and last

    def opening(self, singles: Sequence[int]) -> Draft:
        """The experience that matters most: strong backing, an important requirement, not what opened earlier."""
        best: tuple[float, int, int] | None = None
        telling = self._of_kinds(_TELLING) or self.items
        for rank, index in enumerate(singles):
            if proof_of(self.requirements[index]) not in {None, "tenure"}:
                continue
            for item in telling:
                strength = self.backing.strength(index, item)
                if not strength:
                    continue
                value = self._telling(item, singles) + 1.5 * strength - 0.25 * rank
                if best is None or value > best[0] + 1e-9:
                    best = (value, index, item)
        if best is not None:
            self.uses[best[2]] += 1
            return Draft((best[1],), best[2], "opening", self.requirements[best[1]].competency)
        # Nothing matches: a role, and what is at the core of the job or nearest to what the person has done.
        cv = self._place()
        if cv is None:
            cv = max(telling, key=lambda item: (self._telling(item, singles), -item), default=None)
        fit = [i for i in singles if proof_of(self.requirements[i]) is None]
        sayable = [i for i in fit if is_speakable(self.requirements[i].label)]
        duties = [i for i in sayable if self.is_activity(i)]
        # What follows a role best is a duty of the job; a certificate is no way to begin, as long as there is room to
        # ask for it later.
        central = sorted(
            duties or sayable,
            key=lambda i: (
                self._is_general(i),
                -len(topic_terms(self.requirements[i].span.text) & (self.title | self._world(cv))),
            ),
        )
        first = tuple((central or fit or (list(singles) if len(singles) > 3 else []))[:1])
        if cv is not None:
            near = [i for i in self._near(first[0]) if not self.uses[i] and self._is_telling(i)] if first else []
            cv = near[0] if near else cv
            self.uses[cv] += 1
        competency = self.requirements[first[0]].competency if first else "motivation"
        return Draft(first, cv, "opening", competency)

    def _telling(self, item: int, singles: Sequence[int]) -> float:
        """How well an interview could begin with this item of the CV."""
        value = self.dossier.cv_items[item].weight + (1.0 if self.dossier.cv_items[item].kind in _TELLING else 0.0)
        value += 0.4 * sum(self.backing.strength(index, item) for index in singles)
        value -= 0.0 if self.plain[item] else 1.5
        value += self._nearness(item)
        return value - (1.0 if self.dossier.cv_items[item].label.casefold() in self.earlier else 0.0)

    def _world(self, item: int | None) -> frozenset[str]:
        """What an item of the CV speaks of."""
        return frozenset() if item is None else topic_terms(self.dossier.cv_items[item].span.text)

    def _nearness(self, item: int) -> float:
        """0..1: how much of the ad's world an item is from, by the words they share."""
        return min(1.0, 0.2 * len(topic_terms(self.dossier.cv_items[item].span.text) & self.ad))

    def attractive(self, indexes: Iterable[int], *, firmly: bool = False) -> list[int]:
        """What one can want a job for, the core of the work first. `firmly`: only duties."""
        found = []
        for index in indexes:
            requirement = self.requirements[index]
            label = requirement.label
            if proof_of(requirement) or _CHORE.search(label) or not is_speakable(label) or speak(label).words < 2:
                continue
            duty = self.is_activity(index) and not _SOFT.search(label)
            wanted = _SOFT.search(label) or label.split()[-1].casefold() in lexicon()["heads"]
            if duty or (wanted and not firmly and not self.is_activity(index)):
                found.append((not duty, requirement.kind is not RequirementKind.DUTY,
                              not self.title & topic_terms(label), index))  # fmt: skip
        return [entry[-1] for entry in sorted(found)]

    def shown(self, indexes: Iterable[int]) -> list[int]:
        """What something told in the CV backs."""
        telling = set(self._of_kinds(_TELLING))
        return [i for i in indexes if not telling.isdisjoint(self.backing.ranked(i))]

    def closing(self, rest: Sequence[int]) -> Draft:
        """Why this job: tied to what one can want for its own sake, or to the job as a whole."""
        item = next((i for i in self.items if self.dossier.cv_items[i].kind is CvItemKind.ROLE), None)
        return Draft(tuple(self.attractive(rest)[:1]), item, "motivation", "motivation")

    # Between them

    def draft(self, index: int) -> Draft:
        """The topic that suits the requirement best."""
        requirement = self.requirements[index]
        proof = proof_of(requirement)
        if proof is not None:
            return self._proven(index, proof)
        backed = [i for i in self.backing.ranked(index) if i in self.uses and self.plain[i] and self.uses[i] < 2]
        # Something done is better to talk about than a word in a list, and something new than what was talked about.
        listed = {CvItemKind.SKILL, CvItemKind.EDUCATION}
        for item in sorted(backed, key=lambda i: (self.dossier.cv_items[i].kind in listed, self.uses[i])):
            return self._with(index, item)
        # What may come near is asked about as that.
        for item in self._near(index):
            if not self.uses[item]:
                return self._with(index, item)
        if self.dossier.format is Format.MOCK_RESUME or (self._is_general(index) and not self.is_activity(index)):
            # What somebody loves shows anywhere, or nowhere that can be guessed.
            place = None if requirement.competency == "motivation" else self._place()
            if place is not None:
                return self._with(index, place)
        if requirement.competency != "motivation" and (place := self._place(kindred=True)) is not None:
            # In a job of this kind it has probably come up.
            return self._with(index, place)
        if self._is_general(index) or requirement.kind is RequirementKind.DUTY:
            kind = "situation" if self.is_activity(index) else "experience"
            return Draft((index,), None, kind, requirement.competency)
        if not self.backing.is_absent(index) and self._is_studied(index):
            return Draft((index,), None, "knowledge", requirement.competency)
        return Draft((index,), None, "gap" if self.items else "experience", requirement.competency)

    def _proven(self, index: int, proof: str) -> Draft:
        """A certificate or a length of time, beside what the CV has of it."""
        requirement = self.requirements[index]
        found = [i for i in self.backing.ranked(index) if i in self.uses and self.plain[i]]
        wanted = {"credential": CvItemKind.EDUCATION, "tenure": CvItemKind.ROLE}.get(proof)
        held = [i for i in found if self.dossier.cv_items[i].kind is wanted]
        if not held and proof == "credential" and _DEGREE.search(requirement.label):
            held = [
                i for i in self._of_kinds((CvItemKind.EDUCATION,)) if _DEGREE.search(self.dossier.cv_items[i].label)
            ]
        if not held and proof == "tenure" and (place := self._place(kindred=True)) is not None:
            held = [place]
        return self._with(index, held[0]) if held else Draft((index,), None, "experience", requirement.competency)

    def _near(self, index: int) -> list[int]:
        """What the person has done that has something to do with the requirement, then a tool that it names."""
        guessed = self.backing.guessed(index)
        near = [i for i in (*guessed, *self.backing.nearest(index)) if i in self.uses and self.plain[i]]
        # A role that shares a word says less than what was done in it.
        done = [i for i in near if self._is_telling(i) and self.dossier.cv_items[i].kind is not CvItemKind.ROLE]
        named = [i for i in guessed if i in near and self.dossier.cv_items[i].kind is CvItemKind.SKILL]
        return [*done, *named]

    def backed_first(self, indexes: Iterable[int]) -> list[int]:
        """What the CV has something to say about before what it has not."""
        return sorted(indexes, key=lambda i: not any(item in self.uses for item in self.backing.ranked(i)))

    def unused(self) -> list[int]:
        """Items of the CV that no topic rests on yet and that can be talked about."""
        return [i for i in self.items if not self.uses[i] and self.plain[i]]

    def _with(self, index: int, item: int) -> Draft:
        self.uses[item] += 1
        return Draft((index,), item, "experience", self.requirements[index].competency)

    def otherwise(self, draft: Draft) -> list[Draft]:
        """The same requirement in other ways that suit it, for an interview that has enough of this one."""
        if not draft.requirements or draft.cv_item is not None:
            return []
        index = draft.requirements[0]
        ways = []
        if self.is_activity(index):
            ways.append("situation")
        if self._is_studied(index):
            ways.append("knowledge")
        ways.append("experience" if self._is_general(index) else "gap")
        ways.append("experience")
        return [replace(draft, kind=kind) for kind in dict.fromkeys(ways) if kind != draft.kind]

    def loses_as_case(self, draft: Draft) -> tuple[bool, bool]:
        """What speaks against making a case of the topic: the CV shows it, no case of its field is known."""
        if not draft.requirements:
            return True, True
        index = draft.requirements[0]
        backed = draft.cv_item is not None and self.backing.strength(index, draft.cv_item) > 0
        subject = words_of(self.requirements[index].label)
        return backed, not any(form.subject & subject for form in bank().main["situation"])

    def as_case(self, draft: Draft) -> Draft | None:
        """The topic as something that may come up in the job, or None when that makes no sense."""
        if draft.kind not in {"experience", "knowledge"} or not draft.requirements:
            return None
        if not self.is_activity(draft.requirements[0]):
            return None
        if draft.cv_item is not None:
            self.uses[draft.cv_item] -= 1
        return replace(draft, kind="situation", cv_item=None)

    def is_activity(self, index: int) -> bool:
        """Only what one does makes a case: `Imagine this goes wrong` means nothing for a quality or a certificate."""
        requirement = self.requirements[index]
        if _SOFT.search(requirement.label.split()[-1]):
            # `Listening skills` are had, not done.
            return False
        return speak(requirement.label).shape in {Shape.VERB, Shape.GERUND} and proof_of(requirement) is None

    def _is_general(self, index: int) -> bool:
        return is_general(self.requirements[index])

    def _is_studied(self, index: int) -> bool:
        requirement = self.requirements[index]
        return (
            requirement.competency in _STUDIED
            and requirement.kind is not RequirementKind.SOFT
            and not _SOFT.search(requirement.label)
            and not _LIVED.search(requirement.label)
            and speak(requirement.label).shape is Shape.NOUN
            and proof_of(requirement) is None
        )

    def _place(self, *, kindred: bool = False) -> int | None:
        """The role in which something may have shown: near to the job, recent, not named too often. `kindred`: only
        if the person comes from this field."""
        roles = self._of_kinds((CvItemKind.ROLE,))
        first = min((self.dossier.cv_items[i].span.start for i in roles), default=0)

        def worth(item: int) -> float:
            role = self.dossier.cv_items[item]
            value = self._nearness(item) + 0.5 * bool((topic_terms(role.label) & self.title) - _RANKS)
            value += 0.5 * (role.span.start == first) - 0.4 * bool(_LEARNER.search(role.label))
            return value - 0.25 * self.uses[item]

        places = [i for i in roles if self.uses[i] < _OFTEN and (not kindred or self.is_of_the_field)]
        return max(places, key=lambda i: (worth(i), -i), default=None)

    @cached_property
    def is_of_the_field(self) -> bool:
        """The CV shows something of what the ad asks for, beyond what any work brings along."""
        special = [
            i for i in range(len(self.requirements)) if not self._is_general(i) and not proof_of(self.requirements[i])
        ]
        roles = self._of_kinds((CvItemKind.ROLE,))
        return any(self.backing.ranked(i) for i in special) or any(
            topic_terms(self.dossier.cv_items[i].label) & (self.title | self.ad) for i in roles
        )

    def _is_telling(self, item: int) -> bool:
        return self.dossier.cv_items[item].kind in _TELLING

    def _of_kinds(self, kinds: Sequence[CvItemKind]) -> list[int]:
        return [i for i in self.items if self.dossier.cv_items[i].kind in kinds and self.plain[i]]

    def fill(self, count: int, have: Sequence[Draft]) -> list[Draft]:
        """CV items not spoken of yet, then the same requirements from another side, then general competencies."""
        found: list[Draft] = []
        for index in self.unused():
            if len(found) < count:
                self.uses[index] += 1
                found.append(Draft((), index, "experience", self._competency_of_item(index)))
        found += self._other_sides([*have, *found])[: max(0, count - len(found))]
        asked = [draft.competency for draft in (*have, *found)]
        spare = sorted(_SPARE, key=lambda key: (asked.count(key), _SPARE.index(key)))
        while len(found) < count:
            found.append(Draft((), None, "experience", spare[len(found) % len(spare)]))
        return found[: max(0, count)]

    def more_of(self, competencies: Sequence[str], count: int, have: Sequence[Draft]) -> list[Draft]:
        """Up to `count` further questions about these competencies: what the ad asks for from another side, then
        occasions from any work, at most three for each, because the bank has no more good ways of asking."""
        found = [draft for draft in self._other_sides(have) if draft.competency in competencies]
        found += [Draft((), None, "experience", competency) for _ in range(3) for competency in competencies]
        return found[: max(0, count)]

    def _other_sides(self, have: Sequence[Draft]) -> list[Draft]:
        """The same requirements as a case and as knowledge, where that suits them."""
        known = list(dict.fromkeys(i for draft in have for i in draft.requirements))
        taken = {(i, draft.kind) for draft in have for i in draft.requirements}
        found = []
        for kind in ("situation", "knowledge"):
            for index in known:
                suits = self.is_activity(index) if kind == "situation" else self._is_studied(index)
                if suits and (index, kind) not in taken:
                    found.append(Draft((index,), None, kind, self.requirements[index].competency))
        return found

    def _competency_of_item(self, index: int) -> str:
        ranked = sorted(range(len(self.requirements)), key=lambda i: (-self.backing.strength(i, index), i))
        if ranked and self.backing.strength(ranked[0], index) > 0:
            return self.requirements[ranked[0]].competency
        return "initiative"


def is_general(requirement: Requirement) -> bool:
    """True for what people bring along from any job: there is always an occasion to ask for."""
    if proof_of(requirement) is not None:
        return False
    if speak(requirement.label).shape in {Shape.WHO, Shape.QUALITY}:
        return True
    return (
        requirement.kind is RequirementKind.SOFT
        or requirement.competency in GENERAL
        or bool(_SOFT.search(requirement.label))
    )


def is_askable(text: str, most: int = 400) -> bool:
    """False for what an interviewer must not name: protected topics, contact data, instructions to machines."""
    flat = " ".join(text[:most].split())
    return any(char.isalpha() for char in flat) and is_nameable(flat)
