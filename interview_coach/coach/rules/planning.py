"""What an interview covers, decided before its first question.

Requirements are taken by importance, must-haves first. There are as many core topics as questions remain when all
probes are used; when the must-haves outnumber them, two that belong together share a topic, or there is one probe
less: two things that have nothing in common are never put into one question. The arc: a warm opening on the best
backed experience, then what the CV supports, gaps and cases in the middle, motivation last.

A person who practises their weakest competencies (`Dossier.focus`) gets another plan: it opens with the weakest that
the ad asks for, then they take turns, at least half of all questions as far as the ad and the bank have something to
ask, and only then comes the rest. How many must-haves of the ad are asked gives way to that.

When time decides (`Dossier.minutes`), nobody knows how many questions there will be: after the opening the topics come
by importance, and motivation where the time will probably be over.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from math import ceil

from interview_coach.coach.rules import RULES_VERSION
from interview_coach.coach.rules.backing import go_together
from interview_coach.coach.rules.chance import number
from interview_coach.coach.rules.drafting import Draft, Drafting, is_askable
from interview_coach.coach.rules.labels import is_speakable
from interview_coach.documents.words import topic_terms
from interview_coach.domain.dossier import Dossier
from interview_coach.domain.evidence import RequirementKind, Source, Span
from interview_coach.domain.formats import Format
from interview_coach.domain.plan import Plan, Topic
from interview_coach.domain.provenance import Provenance

MUSTS = 8
"""So many must-haves are aimed at."""
SHARE = 0.8
"""So much of them has to be asked, whatever the probes take."""
LEAST = 6
"""So many requirements an interview of full length goes into."""
FULL_LENGTH = 8
MINUTES_EACH = 2.5
"""A spoken question with its answer."""


def probes_for(max_questions: int, follow_ups: int) -> int:
    """Slots that probes may take: a quarter of the questions for each follow-up allowed, never more than half."""
    return min(int(max_questions * follow_ups / 4 + 0.5), max_questions // 2)


def make_plan(dossier: Dossier) -> Plan:
    """Topics for every slot: core ones for those that probes cannot take, reserves for the rest."""
    return _Planner(dossier).plan()


class _Planner:
    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.requirements = dossier.requirements
        self.drafting = Drafting(dossier)
        self.in_depth = dossier.format is Format.MOCK_RESUME
        everything = range(len(self.requirements))
        self.musts = [i for i in everything if self.requirements[i].kind is RequirementKind.MUST][:MUSTS]
        self.earlier = " ".join(dossier.earlier_questions).casefold()

    def plan(self) -> Plan:
        total = self.dossier.max_questions
        pool = self._pool()
        probes, pairs = self._room(pool, total)
        core_count = total - probes
        if self.dossier.focus:
            core, left = self._focused(pool, core_count)
        else:
            core, left = self._core(pool, core_count, pairs)
        core = self._arc(core)
        spare = total - len(core)
        reserves = [self.drafting.draft(i) for i in left[:spare]]
        reserves += self.drafting.fill(spare - len(reserves), core + reserves)
        topics = [self._topic(draft, reserve=False) for draft in core]
        topics += [self._topic(draft, reserve=True) for draft in reserves]
        return Plan(tuple(topics), probes, Provenance("rules", RULES_VERSION))

    # What to cover

    def _pool(self) -> list[int]:
        """Requirements worth asking for, must-haves first, near duplicates and what must not be named left out."""
        # What an earlier interview already went into comes after what is new; must-haves are asked every time.
        rest = sorted(
            (i for i in range(len(self.requirements)) if i not in self.musts),
            key=lambda i: (self.requirements[i].label.casefold() in self.earlier, i),
        )
        pool: list[int] = []
        for index in (*self.musts, *rest):
            requirement = self.requirements[index]
            if is_askable(requirement.label) and not any(self._same(index, other) for other in pool):
                pool.append(index)
        # What no sentence can take comes last: it is asked only when the ad has nothing better.
        pool.sort(key=lambda i: (not is_speakable(self.requirements[i].label), i not in self.musts))
        return self._focus_first(pool)

    def _focus_first(self, pool: Sequence[int]) -> list[int]:
        """What is to be practised before the rest, the competencies taking turns."""
        turn: Counter[str] = Counter()
        places: dict[int, tuple[int, int]] = {}
        for index in pool:
            competency = self.requirements[index].competency
            if competency in self.dossier.focus:
                turn[competency] += 1
                places[index] = (turn[competency], self.dossier.focus.index(competency))
        last = (len(pool) + 1, 0)
        return sorted(pool, key=lambda i: places.get(i, last))

    def _same(self, first: int, second: int) -> bool:
        one, two = (topic_terms(self.requirements[i].label) for i in (first, second))
        if not one or not two:
            return self.requirements[first].label.casefold() == self.requirements[second].label.casefold()
        return len(one & two) / len(one | two) > 0.6

    def _wanted(self, pool: Sequence[int], total: int) -> tuple[int, int]:
        """How many must-haves and how many requirements have to be asked."""
        if total < FULL_LENGTH or self.in_depth or self.dossier.focus:
            return 0, 0
        musts = min(ceil(SHARE * len(self.musts)), sum(i in self.musts for i in pool))
        return musts, max(musts, min(LEAST, len(pool)))

    def _room(self, pool: Sequence[int], total: int) -> tuple[int, list[tuple[int, int]]]:
        """How many probes there may be, and the pairs of requirements that share a topic."""
        probes = probes_for(total, self.dossier.follow_ups)
        if self.dossier.focus:
            # Beside the opening and the closing there is room for half of all questions, whatever probes take.
            probes = max(0, min(probes, total // 2 - 2))
        _, wanted = self._wanted(pool, total)
        pairs: list[tuple[int, int]] = []
        for one, two in combinations(pool[: max(wanted, MUSTS)], 2):
            if any({one, two} & set(pair) for pair in pairs):
                continue
            if go_together(self.requirements[one], self.requirements[two]):
                pairs.append((one, two))
        while probes:
            # Why this job is asked about what can be wanted; when nothing can, that topic covers no requirement.
            paired = {i for pair in pairs for i in pair}
            core = [i for i in pool if i not in paired or i in dict(pairs)][: total - probes]
            slots = total - probes - (not self.drafting.attractive(i for i in core if i not in paired))
            short = max(0, wanted - slots)
            if short <= len(pairs):
                return probes, pairs[:short]
            probes -= 1
        return 0, pairs[: max(0, wanted - total)]

    def _core(self, pool: Sequence[int], count: int, pairs: Sequence[tuple[int, int]]) -> tuple[list[Draft], list[int]]:
        second = {two: one for one, two in pairs}
        singles = [i for i in pool if i not in second]
        chosen = self._must_first(singles, count, {i for pair in pairs for i in pair})
        # What makes the job attractive is kept for the end, pairs for the middle.
        paired = {i for pair in pairs for i in pair}
        alone = [i for i in chosen if i not in paired]
        closing = self.drafting.closing(alone) if count >= 4 else None
        kept = closing.requirements if closing is not None else ()
        opening = self.drafting.opening([i for i in alone if i not in kept])
        drafts = [opening]
        rest = [i for i in chosen if i not in (*opening.requirements, *kept)]
        rest.sort(key=lambda i: i not in paired)
        slots = count - 1 - (closing is not None)
        # Without enough requirements the CV and general competencies fill the slots; nothing is made up.
        # An interview along the CV goes into lines of the CV for half of it.
        along = min(slots, len(self.drafting.unused())) // 2 if self.in_depth else 0
        rest = self.drafting.backed_first(rest) if self.in_depth else rest
        middle = [self.drafting.draft(i) for i in rest[: slots - along]]
        middle += self.drafting.fill(slots - len(middle), drafts + middle)
        drafts += self._balanced(middle)
        if closing is not None:
            drafts.append(closing)
        first = dict(pairs)
        drafts = [
            replace(draft, requirements=(*draft.requirements, first[draft.requirements[0]]))
            if draft.requirements and draft.requirements[0] in first
            else draft
            for draft in drafts
        ]
        covered = {i for draft in drafts for i in draft.requirements}
        return drafts, [i for i in pool if i not in covered]

    def _focused(self, pool: Sequence[int], count: int) -> tuple[list[Draft], list[int]]:
        """As `_core`, for a person who practises certain competencies."""
        on = [i for i in pool if self.requirements[i].competency in self.dossier.focus]
        closing = self.drafting.closing([i for i in pool if i not in on]) if count >= 4 else None
        ends = [closing] if closing is not None else []
        kept = {i for draft in ends for i in draft.requirements}
        asked_for = {self.requirements[i].competency for i in on}
        weakest = next((name for name in self.dossier.focus if name in asked_for), None)
        first = [i for i in on if self.requirements[i].competency == weakest]
        opening = self.drafting.opening(first or [i for i in pool if i not in kept][:count])
        kept.update(opening.requirements)
        slots = count - 1 - len(ends)
        # What the ad does not ask for takes its first turn in general terms.
        middle = self.drafting.more_of([name for name in self.dossier.focus if name not in asked_for], slots, [])
        middle = middle[: len(self.dossier.focus) - len(asked_for)]
        middle += [self.drafting.draft(i) for i in on if i not in kept][: slots - len(middle)]
        there = sum(draft.competency in self.dossier.focus for draft in (opening, *middle, *ends))
        short = min(ceil(self.dossier.max_questions / 2) - there, slots - len(middle))
        middle += self.drafting.more_of(self.dossier.focus, short, [opening, *middle])
        other = [i for i in pool if i not in kept and i not in on]
        middle += [self.drafting.draft(i) for i in other[: slots - len(middle)]]
        middle += self.drafting.fill(slots - len(middle), [opening, *middle])
        drafts = [opening, *self._balanced(middle), *ends]
        covered = {i for draft in drafts for i in draft.requirements}
        return drafts, [i for i in pool if i not in covered]

    def _must_first(self, singles: Sequence[int], count: int, paired: set[int]) -> list[int]:
        """The requirements of the core topics; one that attracts is among them if the must-haves leave room."""
        musts, _ = self._wanted(singles, self.dossier.max_questions)
        musts -= len(paired) // 2
        # Must-haves that cannot be said well still have to be asked when too few others are left.
        ranked = [*singles[:count]]
        short = musts - sum(i in self.musts for i in ranked)
        for index in [i for i in singles[count:] if i in self.musts][: max(0, short)]:
            weak = next(i for i in reversed(ranked) if i not in self.musts)
            ranked.remove(weak)
            ranked.append(index)
        rest = [i for i in singles if i not in ranked]
        kept: list[int] = []
        if not self.drafting.attractive(ranked, firmly=True):
            kept = self._swapped_in(ranked, self.drafting.attractive(rest, firmly=True), paired, musts)
        if not self.drafting.shown(i for i in ranked if i not in paired):
            # Something the person has really done is the best beginning.
            self._swapped_in(ranked, [i for i in self.drafting.shown(rest) if i not in kept], paired | {*kept}, musts)
        return ranked

    def _swapped_in(self, ranked: list[int], wanted: Sequence[int], paired: set[int], musts: int) -> list[int]:
        """Put the first that is wanted in the place of the least important one that can be spared, if there is one."""
        spare = [i for i in ranked if i not in paired and i not in self.musts]
        if not spare and sum(i in self.musts for i in ranked) > musts:
            spare = [i for i in ranked if i not in paired]
        if not wanted or not spare:
            return []
        ranked[ranked.index(spare[-1])] = wanted[0]
        return [wanted[0]]

    # In which order

    def _balanced(self, drafts: list[Draft]) -> list[Draft]:
        """At most a third are gaps and a third are cases; an interview of some length has a case in it."""
        most = max(1, len(drafts) // 3)
        counts = dict.fromkeys(("gap", "situation"), 0)
        mixed = []
        for draft in drafts:
            for way in (draft, *self.drafting.otherwise(draft)):
                if way.kind not in counts or counts[way.kind] < most + (way.kind == "situation"):
                    draft = way
                    break
            if draft.kind in counts:
                counts[draft.kind] += 1
            mixed.append(draft)
        if self.dossier.format is Format.MOCK and len(mixed) >= 3 and not counts["situation"]:
            # Best where nothing of the CV is lost by it, and where a case of that very field is known.
            places = sorted(range(len(mixed)), key=lambda i: (*self.drafting.loses_as_case(mixed[i]), -i))
            for position in places:
                case = self.drafting.as_case(mixed[position])
                if case is not None:
                    mixed[position] = case
                    break
        return mixed

    def _arc(self, core: list[Draft]) -> list[Draft]:
        if len(core) < 3:
            return core
        opening, *middle = core
        last = [draft for draft in middle if draft.kind == "motivation"]
        backed = [draft for draft in middle if draft.kind == "experience"]
        other = [draft for draft in middle if draft.kind not in {"experience", "motivation"}]
        if self.dossier.minutes is not None:
            return self._by_time(opening, backed + other, last)
        if self.dossier.focus:
            turns = [draft for draft in middle if draft.kind != "motivation"]
            return [opening, *sorted(turns, key=lambda draft: draft.competency not in self.dossier.focus), *last]
        first = (len(backed) + 1) // 2
        return [opening, *backed[:first], *other, *backed[first:], *last]

    def _by_time(self, opening: Draft, middle: list[Draft], last: list[Draft]) -> list[Draft]:
        focus, behind = self.dossier.focus, len(self.requirements)
        ordered = sorted(
            middle,
            key=lambda draft: (bool(focus) and draft.competency not in focus, min(draft.requirements, default=behind)),
        )
        fitting = (self.dossier.minutes or 0) / MINUTES_EACH
        topics = 1 + len(middle) + len(last)
        # The opening and the end take two of the topics that fit beside their probes.
        place = max(1, int(fitting * topics / max(topics, self.dossier.max_questions)) - 2)
        return [opening, *ordered[:place], *last, *ordered[place:]]

    # On what it rests

    def _topic(self, draft: Draft, *, reserve: bool) -> Topic:
        spans = [self.requirements[i].span for i in draft.requirements]
        if draft.cv_item is not None:
            spans.append(self.dossier.cv_items[draft.cv_item].span)
        if not spans:
            spans = self._ground(draft.competency)
        return Topic(draft.competency, draft.kind, draft.requirements, draft.cv_item, tuple(spans), reserve)

    def _ground(self, competency: str) -> list[Span]:
        """Something verbatim to rest a general question on: a requirement or item that is there, else a line."""
        near = [r.span for r in self.requirements if r.competency == competency and is_askable(r.label)]
        near += [r.span for r in self.requirements if is_askable(r.label)]
        near += [self.dossier.cv_items[i].span for i in self.drafting.items]
        if near:
            return [near[number(self.dossier.seed, competency) % len(near)]]
        for source, text in ((Source.JOB, self.dossier.job_text), (Source.CV, self.dossier.cv_text)):
            line = _line(source, text)
            if line:
                return [line]
        return []


def _line(source: Source, text: str) -> Span | None:
    position = 0
    for line in text.splitlines(keepends=True):
        plain = line.strip()
        if len(plain.split()) >= 3 and is_askable(plain):
            start = position + line.index(plain)
            return Span(source, plain[:200], start, start + len(plain[:200]))
        position += len(line)
    plain = text.strip()
    if plain:
        start = text.index(plain)
        return Span(source, plain[:200], start, start + len(plain[:200]))
    return None
