"""What an interview covers, decided before its first question.

Requirements are taken by importance, must-haves first. There are as many core topics as questions remain when all
probes are used; when the important requirements outnumber them, related ones share a topic. The arc: a warm opening on
the best backed experience, then what the CV supports, gaps and cases in the middle, motivation last.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from interview_coach.coach.rules import RULES_VERSION
from interview_coach.coach.rules.chance import number
from interview_coach.coach.rules.experience import speak_of
from interview_coach.coach.rules.labels import Shape, is_speakable, shape_of
from interview_coach.coach.rules.language import is_english
from interview_coach.coach.rules.matching import BACKED, NEAR, Matcher, overlap
from interview_coach.coach.rules.proof import proof_of
from interview_coach.coach.rules.quoting import is_nameable
from interview_coach.documents.words import topic_terms
from interview_coach.domain.dossier import Dossier
from interview_coach.domain.evidence import CvItemKind, RequirementKind, Source, Span
from interview_coach.domain.formats import Format
from interview_coach.domain.plan import Plan, Topic
from interview_coach.domain.provenance import Provenance

MUSTS = 8
"""So many must-haves are aimed at."""
_WISH = re.compile(
    r"(?:looking|seeking|searching|aiming|hoping|wishing|left school|attended|moved to|born)\b|.*_", re.I
)
"""Lines of a CV that state an aim, and remains of icons: nothing to ask about."""
_TELLING = (CvItemKind.ROLE, CvItemKind.PROJECT, CvItemKind.ACHIEVEMENT)
_GENERAL = frozenset(
    {"teamwork", "communication", "adaptability", "initiative", "motivation", "leadership", "organisation", "learning",
     "problem_solving", "service"}
)  # fmt: skip
"""Competencies that any work may have called for: one asks for an occasion, not for a gap in the CV."""
_SPARE = ("problem_solving", "teamwork", "organisation", "communication", "learning", "adaptability", "initiative",
          "quality", "service", "leadership", "analysis")  # fmt: skip


def probes_for(max_questions: int, follow_ups: int) -> int:
    """Slots that probes may take: a quarter of the questions for each follow-up allowed, never more than half."""
    return min(int(max_questions * follow_ups / 4 + 0.5), max_questions // 2)


def make_plan(dossier: Dossier) -> Plan:
    """Topics for every slot: core ones for those that probes cannot take, reserves for the rest."""
    return _Planner(dossier).plan()


@dataclass(frozen=True, slots=True)
class _Draft:
    requirements: tuple[int, ...]
    cv_item: int | None
    kind: str
    competency: str


class _Planner:
    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.requirements = dossier.requirements
        self.matcher = Matcher(dossier.requirements, dossier.cv_items, dossier.cv_text)
        self.items = [
            index
            for index, item in enumerate(dossier.cv_items)
            if _askable(item.label) and _askable(item.span.text, 200) and not _WISH.match(item.label)
        ]
        self.musts: list[int] = []
        english = is_english(dossier.cv_text)
        self.plain = {index: speak_of(dossier.cv_items[index], english=english).plain for index in self.items}
        # What can only be quoted is talked about when there is nothing better.
        self.items.sort(key=lambda index: not self.plain[index])
        self.uses = dict.fromkeys(self.items, 0)
        self.earlier = " ".join(dossier.earlier_questions).casefold()

    def plan(self) -> Plan:
        total = self.dossier.max_questions
        probes = probes_for(total, self.dossier.follow_ups)
        core_count = total - probes
        pool = self._pool()
        drafts = self._drafts(pool, total, core_count)
        core, reserves = drafts[:core_count], drafts[core_count:]
        core = self._arc(core)
        topics = [self._topic(draft, reserve=False) for draft in core]
        topics += [self._topic(draft, reserve=True) for draft in reserves]
        return Plan(tuple(topics), probes, Provenance("rules", RULES_VERSION))

    # What to cover

    def _pool(self) -> list[int]:
        """Requirements worth asking for, must-haves first, near duplicates and what must not be named left out."""
        everything = range(len(self.requirements))
        self.musts = [i for i in everything if self.requirements[i].kind is RequirementKind.MUST][:MUSTS]
        # What an earlier interview already went into comes after what is new; must-haves are asked every time.
        rest = sorted(
            (i for i in everything if i not in self.musts),
            key=lambda i: (self.requirements[i].label.casefold() in self.earlier, i),
        )
        pool: list[int] = []
        for index in (*self.musts, *rest):
            requirement = self.requirements[index]
            if not _askable(requirement.label) or any(self._same(index, other) for other in pool):
                continue
            pool.append(index)
        return pool

    def _same(self, first: int, second: int) -> bool:
        one, two = (topic_terms(self.requirements[i].label) for i in (first, second))
        if not one or not two:
            return self.requirements[first].label.casefold() == self.requirements[second].label.casefold()
        return len(one & two) / len(one | two) > 0.6

    def _drafts(self, pool: list[int], total: int, core_count: int) -> list[_Draft]:
        speakable = [i for i in pool if is_speakable(self.requirements[i].label)]
        musts = [i for i in pool if i in self.musts]
        # A label that no sentence can take never stands alone while there are others: it joins a related topic.
        singles = [*speakable, *(i for i in pool if i not in speakable)][:core_count]
        left = [i for i in musts if i not in singles]
        left += [i for i in (*speakable, *pool) if i not in singles and i not in left]
        extras = list(dict.fromkeys(left))
        wanted = 6 if total >= 8 else core_count
        need = max(wanted - len(singles), sum(i in musts for i in extras) if total >= 8 else 0)
        joined = min(need, len(extras), core_count)
        opening = self._opening(singles)
        drafts = [opening]
        rest = [i for i in singles if i not in opening.requirements]
        closing = self._closing(rest) if core_count >= 4 else None
        if closing is not None:
            rest = [i for i in rest if i not in closing.requirements]
        slots = core_count - 1 - (closing is not None)
        # Without enough requirements the CV and general competencies fill the slots; nothing is made up.
        middle = [self._draft(i) for i in rest[:slots]]
        middle += self._fill(slots - len(middle), drafts + middle)
        drafts += self._balanced(middle)
        if closing is not None:
            drafts.append(closing)
        drafts = self._join(drafts, extras[:joined])
        covered = {i for draft in drafts for i in draft.requirements}
        left = [i for i in extras if i not in covered]
        spare = total - len(drafts)
        reserves = [self._draft(i) for i in left[:spare]]
        reserves += self._fill(spare - len(reserves), drafts + reserves)
        return drafts + reserves

    def _opening(self, singles: Sequence[int]) -> _Draft:
        """The experience that matters most: strong backing, an important requirement, not what opened earlier."""
        best: tuple[float, int, int] | None = None
        telling = [i for i in self.items if self.dossier.cv_items[i].kind in _TELLING and self.plain[i]] or self.items
        for rank, index in enumerate(singles):
            for item in telling:
                if overlap(self.requirements[index], self.dossier.cv_items[item]) < NEAR:
                    continue
                value = self._telling(item, singles) + min(self.matcher.strength(index, item), 3.0) - 0.25 * rank
                value -= 0.5 if proof_of(self.requirements[index]) else 0.0
                if best is None or value > best[0] + 1e-9:
                    best = (value, index, item)
        if best is not None:
            self.uses[best[2]] += 1
            return _Draft((best[1],), best[2], "opening", self.requirements[best[1]].competency)
        # Nothing matches well: the most telling part of the CV still opens better than a gap.
        cv = max(telling, key=lambda item: (self._telling(item, singles), -item), default=None)
        if cv is not None:
            self.uses[cv] += 1
        first = tuple([i for i in singles if proof_of(self.requirements[i]) is None][:1] or singles[:1])
        competency = self.requirements[first[0]].competency if first else "motivation"
        return _Draft(first, cv, "opening", competency)

    def _telling(self, item: int, singles: Sequence[int]) -> float:
        """How well an interview could begin with this item of the CV."""
        value = self.dossier.cv_items[item].weight + (1.0 if self.dossier.cv_items[item].kind in _TELLING else 0.0)
        value += 0.3 * sum(min(self.matcher.strength(index, item), 1.5) for index in singles)
        value -= 0.0 if self.plain[item] else 1.5
        return value - (1.0 if self.dossier.cv_items[item].label.casefold() in self.earlier else 0.0)

    def _closing(self, rest: Sequence[int]) -> _Draft:
        """Why this job: tied to what one can want for its own sake."""
        rest = [i for i in rest if proof_of(self.requirements[i]) is None] or list(rest)
        liked = {RequirementKind.DUTY: 2, RequirementKind.SOFT: 1, RequirementKind.MUST: 0, RequirementKind.NICE: 0}
        wanted = sorted(
            rest,
            key=lambda i: (
                shape_of(self.requirements[i].label) not in {Shape.VERB, Shape.GERUND},
                -liked[self.requirements[i].kind],
                i,
            ),
        )
        chosen = tuple(wanted[:1])
        item = next((i for i in self.items if self.dossier.cv_items[i].kind in _TELLING), None)
        return _Draft(chosen, item, "motivation", "motivation")

    def _draft(self, index: int) -> _Draft:
        requirement = self.requirements[index]
        in_depth = self.dossier.format is Format.MOCK_RESUME
        ranked = [match for match in self.matcher.ranked(index) if match.cv_item in self.uses]
        fresh = sorted(
            ranked,
            key=lambda m: (
                -(m.strength - 0.8 * self.uses[m.cv_item] - (0.0 if self.plain[m.cv_item] else 1.0)),
                m.cv_item,
            ),
        )
        strong = [m for m in fresh if m.strength - (0.0 if self.plain[m.cv_item] else 1.0) >= BACKED]
        chosen = next((m.cv_item for m in strong if self.uses[m.cv_item] < 2), None)
        general = requirement.kind is RequirementKind.SOFT or (
            requirement.competency in _GENERAL and not self._is_activity(index) and proof_of(requirement) is None
        )
        if chosen is None and (general or in_depth):
            chosen = self._setting()
        if chosen is not None:
            self.uses[chosen] += 1
            return _Draft((index,), chosen, "experience", requirement.competency)
        if general or requirement.kind is RequirementKind.DUTY:
            kind = "situation" if self._is_activity(index) else "experience"
            return _Draft((index,), None, kind, requirement.competency)
        kind = "gap" if self.matcher.is_absent(index) and self.items else "knowledge"
        return _Draft((index,), None, kind, requirement.competency)

    def _is_activity(self, index: int) -> bool:
        """Only what one does makes a case: `Imagine this goes wrong` means nothing for a quality or a certificate."""
        requirement = self.requirements[index]
        return shape_of(requirement.label) in {Shape.VERB, Shape.GERUND} and proof_of(requirement) is None

    def _setting(self) -> int | None:
        """A role or project not used yet, as the place where a general quality may have shown."""
        places = [
            i for i in self.items if self.dossier.cv_items[i].kind in _TELLING and self.plain[i] and self.uses[i] < 1
        ]
        return places[0] if places else None

    def _fill(self, count: int, have: Sequence[_Draft]) -> list[_Draft]:
        """CV items not spoken of yet, then the same requirements from another side, then general competencies."""
        found: list[_Draft] = []
        for index in self.items:
            if len(found) < count and not self.uses[index]:
                self.uses[index] += 1
                found.append(_Draft((), index, "experience", self._competency_of_item(index)))
        known = list(dict.fromkeys(i for draft in have for i in draft.requirements))
        taken = {(i, draft.kind) for draft in (*have, *found) for i in draft.requirements}
        for kind in ("situation", "knowledge"):
            for index in known:
                suits = kind != "situation" or self._is_activity(index)
                if suits and len(found) < count and (index, kind) not in taken:
                    found.append(_Draft((index,), None, kind, self.requirements[index].competency))
        asked = [draft.competency for draft in (*have, *found)]
        spare = sorted(_SPARE, key=lambda key: (asked.count(key), _SPARE.index(key)))
        while len(found) < count:
            key = spare[len(found) % len(spare)]
            found.append(_Draft((), None, "experience", key))
        return found[:count]

    def _competency_of_item(self, index: int) -> str:
        ranked = sorted(range(len(self.requirements)), key=lambda i: (-self.matcher.strength(i, index), i))
        if ranked and self.matcher.strength(ranked[0], index) > 0:
            return self.requirements[ranked[0]].competency
        return "initiative"

    # In which order

    def _balanced(self, drafts: list[_Draft]) -> list[_Draft]:
        """At most a third are gaps; an interview of some length has a case in it."""
        most = max(1, len(drafts) // 3)
        cases = 0
        gaps = 0
        mixed = []
        for draft in drafts:
            if draft.kind == "gap":
                gaps += 1
                if gaps > most:
                    draft = replace(
                        draft, kind="situation" if self._is_activity(draft.requirements[0]) else "knowledge"
                    )
            if draft.kind == "situation":
                cases += 1
                if cases > most + 1:
                    draft = self._told(draft)
            mixed.append(draft)
        if self.dossier.format is Format.MOCK and len(mixed) >= 3 and not any(d.kind == "situation" for d in mixed):
            for position in range(len(mixed) - 1, -1, -1):
                draft = mixed[position]
                if draft.kind in {"experience", "knowledge"} and any(map(self._is_activity, draft.requirements[:1])):
                    if draft.cv_item is not None:
                        self.uses[draft.cv_item] -= 1
                    mixed[position] = replace(draft, kind="situation", cv_item=None)
                    break
        return mixed

    def _told(self, draft: _Draft) -> _Draft:
        """The same requirement as something that was done instead of a case."""
        setting = self._setting()
        if setting is not None:
            self.uses[setting] += 1
        return replace(draft, kind="experience", cv_item=setting)

    def _join(self, drafts: list[_Draft], extras: Sequence[int]) -> list[_Draft]:
        joined = list(drafts)
        for extra in extras:
            open_to = [
                position
                for position, draft in enumerate(joined)
                if len(draft.requirements) == 1
                and (draft.kind not in {"opening", "motivation"} or len(extras) > len(joined) - 2)
            ]
            if not open_to:
                break
            best = max(open_to, key=lambda p: (self.matcher.related(joined[p].requirements[0], extra), -p))
            draft = joined[best]
            joined[best] = replace(draft, requirements=(*draft.requirements, extra))
        return joined

    def _arc(self, core: list[_Draft]) -> list[_Draft]:
        if len(core) < 3:
            return core
        opening, *middle = core
        last = [draft for draft in middle if draft.kind == "motivation"]
        backed = [draft for draft in middle if draft.kind == "experience"]
        other = [draft for draft in middle if draft.kind not in {"experience", "motivation"}]
        first = (len(backed) + 1) // 2
        return [opening, *backed[:first], *other, *backed[first:], *last]

    # On what it rests

    def _topic(self, draft: _Draft, *, reserve: bool) -> Topic:
        spans = [self.requirements[i].span for i in draft.requirements]
        if draft.cv_item is not None:
            spans.append(self.dossier.cv_items[draft.cv_item].span)
        if not spans:
            spans = self._ground(draft.competency)
        return Topic(draft.competency, draft.kind, draft.requirements, draft.cv_item, tuple(spans), reserve)

    def _ground(self, competency: str) -> list[Span]:
        """Something verbatim to rest a general question on: a requirement or item that is there, else a line."""
        near = [r.span for r in self.requirements if r.competency == competency and _askable(r.label)]
        near += [r.span for r in self.requirements if _askable(r.label)]
        near += [self.dossier.cv_items[i].span for i in self.items]
        if near:
            return [near[number(self.dossier.seed, competency) % len(near)]]
        for source, text in ((Source.JOB, self.dossier.job_text), (Source.CV, self.dossier.cv_text)):
            line = _line(source, text)
            if line:
                return [line]
        return []


def _askable(text: str, most: int = 400) -> bool:
    """False for what an interviewer must not name: protected topics, contact data, instructions to machines."""
    flat = " ".join(text[:most].split())
    return any(char.isalpha() for char in flat) and is_nameable(flat)


def _line(source: Source, text: str) -> Span | None:
    position = 0
    for line in text.splitlines(keepends=True):
        plain = line.strip()
        if len(plain.split()) >= 3 and _askable(plain):
            start = position + line.index(plain)
            return Span(source, plain[:200], start, start + len(plain[:200]))
        position += len(line)
    plain = text.strip()
    if plain:
        start = text.index(plain)
        return Span(source, plain[:200], start, start + len(plain[:200]))
    return None
