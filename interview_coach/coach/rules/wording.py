"""From a move to the words of a question.

A question is put together from a form of the bank, what the ad asks for, the person's own work and, after a real
answer, a phrase of it. All combinations that pass the checks would do; which one is taken is decided by a hash, so
that the same interview is asked in the same words, and another one in others.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, product

from interview_coach.coach.base import Situation
from interview_coach.coach.rules import checks
from interview_coach.coach.rules.bank import Form, bank
from interview_coach.coach.rules.chance import number, shuffled
from interview_coach.coach.rules.experience import Experience, speak_of
from interview_coach.coach.rules.labels import Phrase, as_activity, as_noun, is_speakable, request, speak
from interview_coach.coach.rules.language import is_english
from interview_coach.coach.rules.matching import NEAR, overlap
from interview_coach.coach.rules.proof import proof_of
from interview_coach.coach.rules.quoting import Place, Quote, is_nameable, quotable
from interview_coach.coach.rules.trade import trades_of
from interview_coach.domain.dossier import Dossier
from interview_coach.domain.evidence import CvItemKind, Span
from interview_coach.domain.formats import Difficulty, Format
from interview_coach.domain.moves import Probe
from interview_coach.domain.plan import Topic
from interview_coach.domain.reading import Reading, Substance, read_answer
from interview_coach.domain.transcript import Turn

_LEADS = {
    Substance.DONT_KNOW: "dont_know",
    Substance.COPIED: "copied",
    Substance.HOSTILE: "hostile",
    Substance.EMPTY: "short",
    Substance.FILLER: "short",
}
_ALSO = ("Besides", "Apart from", "Beyond")
_ACTIVITY = re.compile(r"\bdo (?:this|it)\b|\bdoing (?:this|that|it)\b|\bdone properly\b|\bstart on it\b")
"""Words of a form that only make sense after something one does."""
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Worded:
    """A question and the phrase of the last answer that it quotes, if it does."""

    text: str
    quote: Span | None = None


def word(situation: Situation) -> Worded:
    """The next question for this situation."""
    return _Writer(situation).question()


class _Writer:
    def __init__(self, situation: Situation) -> None:
        self.dossier: Dossier = situation.dossier
        self.move = situation.move
        self.topic: Topic = situation.plan.topics[self.move.topic]
        self.turns = situation.transcript.turns
        self.asked = tuple(turn.question for turn in self.turns)
        self.last: Turn | None = self.turns[-1] if self.turns else None
        self.reading: Reading | None = None
        if self.last is not None and self.last.answer is not None:
            self.reading = read_answer(self.last.answer, self.last.question)
        self.key = number(
            self.dossier.seed, self.dossier.cv_text, self.dossier.job_text, self.dossier.format,
            self.dossier.difficulty,
            len(self.turns), self.last.answer if self.last else "",
        )  # fmt: skip
        self.used = " ".join((*self.asked, *self.dossier.earlier_questions)).casefold()
        self.sources = (
            self.dossier.job_text,
            self.dossier.cv_text,
            self.dossier.job_title,
            self.dossier.company,
            (self.last.answer if self.last else None) or "",
        )
        self.english = is_english(self.dossier.job_text)
        self.job = _job(self.dossier.job_title)

    @cached_property
    def trades(self) -> tuple[str, ...]:
        return trades_of(self.dossier)

    def question(self) -> Worded:
        """The best words that pass every check; what is left of the checks when none does is still one open ask."""
        fallback: Worded | None = None
        for candidate in islice(self._candidates(), 4000):
            wrong = checks.problems(candidate.text, self.asked, self.dossier.earlier_questions)
            if not wrong and not checks.invented(candidate.text, self.sources):
                return candidate
            if fallback is None and wrong == ("repeat",):
                fallback = candidate
        return fallback or Worded(self._plain())

    def _candidates(self) -> Iterator[Worded]:
        if isinstance(self.move, Probe):
            yield from self._again() if self.move.aim == "again" else self._probe(self.move.aim)
            yield from self._main()
        elif not self.turns:
            yield from self._opening()
            yield from self._main()
        else:
            yield from self._main()

    # Probes

    def _mode(self) -> str:
        if self.topic.kind == "motivation":
            return "why"
        if self.topic.kind == "situation" and not any(quote.place is Place.DID for quote in self._quotes()):
            return "future"
        return "past"

    def _probe(self, aim: str) -> Iterator[Worded]:
        mode = self._mode()
        forms = bank().probes.get((aim, mode), ()) or bank().probes[aim, "past"]
        for quote, form in product(self._quotes()[:4], self._fresh(forms)):
            if form.slots <= quote.slots.keys():
                yield Worded(_filled(form.text, quote.slots), quote.span)

    def _again(self) -> Iterator[Worded]:
        leads = shuffled(self._lead_texts(), self.key, "lead")
        mode = "proof" if self._proof() and self.topic.kind != "motivation" else self._mode()
        forms = [*bank().probes["again", mode]]
        if self.topic.cv_item is not None and self.topic.kind == "opening":
            # The opening was about the CV, whatever requirement it is tied to.
            forms = [*bank().probes["again", "cv"]]
        elif self.topic.cv_item is not None and mode == "past":
            forms += bank().probes["again", "cv"]
        ordered = [*self._fresh(forms), *self._fresh(bank().probes["again", "bare"])]
        leads.sort(key=lambda lead: lead.casefold() in self.used)
        for form, lead in product(ordered, leads):
            for slots in self._slots(form):
                text = _filled(f"{lead} {form.text}", slots)
                yield Worded(text)

    def _lead_texts(self) -> tuple[str, ...]:
        substance = self.reading.substance if self.reading else Substance.EMPTY
        return bank().leads[_LEADS.get(substance, "unclear")]

    # Main questions

    def _opening(self) -> Iterator[Worded]:
        openings = bank().openings
        groups = []
        if self.topic.cv_item is not None:
            groups.append(openings["cv" if self._strength() >= NEAR else "far"])
        if self.topic.requirements:
            groups.append(openings["plain"])
        groups.append(openings["bare"])
        for forms in groups:
            for form in self._fresh(forms):
                for slots in self._slots(form):
                    yield Worded(_filled(form.text, slots))

    def _main(self) -> Iterator[Worded]:
        quotes = self._quotes() if self._bridges else ()
        for form in self._ranked():
            yield from self._bridged(form, quotes)
        for form in self._ranked():
            for slots in self._slots(form):
                yield Worded(_filled(form.text, slots))

    def _bridged(self, form: Form, quotes: tuple[Quote, ...]) -> Iterator[Worded]:
        if not quotes:
            return
        stops = [(text, False) for text in bank().bridges]
        runs = [(text, True) for text in bank().runs] if form.text.startswith("{ad}") else []
        every = shuffled([*stops, *runs], self.key, "bridge", name=lambda way: way[0])
        tried = 0
        # Every phrase in words not used yet comes before any words used twice.
        for fresh, quote, (bridge, runs_on) in product((True, False), quotes[:6], every):
            slot = _SLOT.search(bridge)
            if slot is None or slot[1] not in quote.slots or self._was_bridged(bridge) is fresh:
                continue
            lead = bridge.replace(slot[0], quote.slots[slot[1]])
            for slots in self._slots(form, also=bridge.startswith(_ALSO), few=True):
                text = f"{lead} {_filled(form.text, slots, start=not runs_on)}"
                if checks.word_count(text) > checks.MAX_WORDS:
                    continue
                tried += 1
                yield Worded(text[0].upper() + text[1:], quote.span)
                if tried >= 12:
                    return

    def _was_bridged(self, bridge: str) -> bool:
        """True when a question of this interview began like that: probes count too."""
        before = bridge.split("{")[0].casefold() or "“"
        return any(question.casefold().startswith(before) for question in self.asked)

    def _ranked(self) -> list[Form]:
        """Forms for this topic: what names most of the topic first, chance among equals."""
        forms = [form for form in self._pool() if next(iter(self._slots(form)), None) is not None]
        trades = self.trades
        joint = len(self.topic.requirements) > 1

        def rank(form: Form) -> tuple[float, int]:
            slots = form.slots
            value = 0.0
            value -= 4.0 if self._was_asked(form) else 0.0
            value += 1.0 if slots & {"ad", "req"} and self.topic.requirements else 0.0
            value += 1.0 if slots & {"cv", "in_cv", "cv_says"} and self.topic.kind != "motivation" else 0.0
            value += 0.5 if form.trade and form.trade == trades[0] else 0.0
            value += 0.5 if form.competency == self.topic.competency else 0.0
            value += 0.5 if form.difficulty is self.dossier.difficulty else 0.0
            value += 2.0 if joint and form.kind == "joint" else 0.0
            value += 1.5 if form.kind == "resume" and self.dossier.format is Format.MOCK_RESUME else 0.0
            # Bands instead of an exact order: the best form would otherwise be asked in every interview.
            return (-(value // 1.0), number(self.key, "form", form.text))

        return sorted(forms, key=rank)

    def _pool(self) -> list[Form]:
        main, topic = bank().main, self.topic
        trades = self.trades
        kinds = [topic.kind if topic.kind != "opening" else "experience"]
        proof = self._proof()
        if proof is not None and topic.kind not in {"opening", "motivation"} and len(topic.requirements) == 1:
            return [form for form in main["proof"] if form.competency == proof and self._suits(form.difficulty)]
        if kinds == ["experience"] and topic.cv_item is not None and topic.requirements and self._strength() < NEAR:
            kinds = ["near"]
        if not topic.requirements:
            kinds = ["resume"] if topic.cv_item is not None else ["bare"]
            if topic.kind == "motivation":
                kinds.insert(0, "motivation")
        else:
            if topic.cv_item is not None and self.dossier.format is Format.MOCK_RESUME and topic.kind == "experience":
                kinds.append("resume")
            if len(topic.requirements) > 1:
                kinds.append("joint")
        forms = [form for kind in kinds for form in main[kind]]
        role = topic.cv_item is not None and self.dossier.cv_items[topic.cv_item].kind is CvItemKind.ROLE
        forms = [form for form in forms if form.kind != "resume" or (form.competency == "role") is role]
        fitting = [
            form
            for form in forms
            if (form.trade is None or form.trade in trades)
            and form.competency in {"any", "role", topic.competency, *(("past",) if topic.cv_item is not None else ())}
            and self._suits(form.difficulty)
        ]
        # The last resort for an interview that has used up everything closer: any form of the kind, then bare ones.
        return fitting or [form for form in forms if form.trade is None]

    def _suits(self, level: Difficulty) -> bool:
        wanted = self.dossier.difficulty
        if wanted is Difficulty.MEDIUM:
            return level is Difficulty.MEDIUM
        return level in {wanted, Difficulty.MEDIUM}

    # Slots

    def _slots(self, form: Form, *, also: bool = False, few: bool = False) -> Iterator[dict[str, str]]:
        """Ways of filling the form's slots; none when something it needs is not there."""
        needed = form.slots
        fixed: dict[str, str] = {"job": self.job, "employer": _employer(self.dossier.company)}
        experience = self._experience()
        if experience is not None:
            fixed |= {"cv": experience.noun, "in_cv": experience.adverbial, "cv_says": experience.clause}
        phrases = self._phrases()
        noun = as_noun(phrases[0]) if phrases else None
        if noun is not None:
            fixed["req"] = noun
        doing = as_activity(phrases[0]) if phrases else None
        if doing is not None:
            fixed["doing"] = doing
        ads = self._ads(phrases, joint=form.kind == "joint", also=also) if "ad" in needed else [""]
        ads = ads[:3] if few else ads
        if _ACTIVITY.search(form.text) and not (phrases and as_activity(phrases[0])):
            return
        if needed - {"ad"} - fixed.keys() or ("ad" in needed and not ads):
            return
        for ad in ads:
            yield {**fixed, "ad": ad}

    def _ads(self, phrases: list[Phrase], *, joint: bool, also: bool) -> list[str]:
        if not phrases:
            return []
        if joint and len(phrases) < 2:
            return []
        single = shuffled(request(phrases[0], also), self.key, "ad")
        if len(phrases) < 2:
            return single
        both = _both(phrases[0], phrases[1], also)
        return both if joint else [*both, *single]

    def _proof(self) -> str | None:
        return proof_of(self.dossier.requirements[self.topic.requirements[0]]) if self.topic.requirements else None

    def _strength(self) -> float:
        """How firmly the CV item backs the topic's first requirement."""
        if self.topic.cv_item is None or not self.topic.requirements:
            return 0.0
        item = self.dossier.cv_items[self.topic.cv_item]
        if item.kind in {CvItemKind.SKILL, CvItemKind.EDUCATION} or not speak_of(item).plain:
            return 0.0
        return overlap(self.dossier.requirements[self.topic.requirements[0]], item)

    def _phrases(self) -> list[Phrase]:
        found = []
        limit = 10 if len(self.topic.requirements) < 2 else 8
        for position, index in enumerate(self.topic.requirements):
            label = self.dossier.requirements[index].label
            # The second of two only when it can be said well: it is in the evidence anyway.
            if is_nameable(label) and (position == 0 or (self.english and is_speakable(label))):
                found.append(speak(label, limit=limit, english=self.english))
        return found

    def _experience(self) -> Experience | None:
        if self.topic.cv_item is None:
            return None
        return speak_of(self.dossier.cv_items[self.topic.cv_item], english=is_english(self.dossier.cv_text))

    @property
    def _bridges(self) -> bool:
        return self.reading is not None and self.reading.is_substantive

    def _quotes(self) -> tuple[Quote, ...]:
        if self.last is None or self.last.answer is None or self.reading is None:
            return ()
        return quotable(self.last.answer, self.reading)

    def _fresh(self, forms: tuple[Form, ...] | list[Form]) -> list[Form]:
        """The forms of the wanted level in an order of chance, those asked before last."""
        fitting = [form for form in forms if self._suits(form.difficulty)] or list(forms)
        ordered = shuffled(fitting, self.key, "fresh", name=lambda form: form.text)
        return sorted(ordered, key=self._was_asked)

    def _was_asked(self, form: Form) -> bool:
        core = form.core.casefold()
        return len(core) > 8 and core in self.used

    def _plain(self) -> str:
        """Words for the case that every form was refused, e.g. for a label that is itself a problem."""
        for form in self._fresh(bank().main["bare"]):
            if not checks.repeats(form.text, self.asked, self.dossier.earlier_questions):
                return form.text
        return self._fresh(bank().main["bare"])[0].text


def _both(first: Phrase, second: Phrase, also: bool) -> list[str]:
    """Clauses that name two things the ad asks for."""
    more = "also " if also else ""
    one, two = as_noun(first), as_noun(second)
    found = []
    if first.shape is second.shape and first.shape.value == "verb":
        found += [
            f"the ad {more}asks you to {first.text} and to {second.text}",
            f"in this job you would {more}{first.text}, and you would {second.text}",
        ]
    elif first.shape is second.shape and first.shape.value == "quality":
        found.append(f"the ad {more}wants someone who is {first.text} and {second.text}")
    if one and two:
        if first.shape.value == "noun" and second.shape.value == "noun":
            found += [
                f"the ad {more}asks for {one} and for {two}",
                f"this job {more}calls for {one} as well as {two}",
                f"two things in the ad go together: {one} and {two}",
            ]
        else:
            found += [f"the ad {more}mentions {one} and {two}", f"two points in the ad are {one} and {two}"]
    return found


def _filled(text: str, slots: dict[str, str], *, start: bool = True) -> str:
    """Fill the slots; what begins a sentence gets a capital, the rest keeps its own letters."""

    def put(match: re.Match[str]) -> str:
        value = slots[match.group(1)]
        before = text[: match.start()]
        begins = (start and not before) or bool(re.search(r"[.!?]\s+$", before))
        return value[:1].upper() + value[1:] if begins else value

    return " ".join(_SLOT.sub(put, text).split())


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
