"""From a move to the words of a question.

A question is put together from a form of the bank, what the ad asks for, the person's own work and, after a real
answer, a phrase of it. All combinations that pass the checks would do; which one is taken is decided by a hash, so
that the same interview is asked in the same words, and another one in others.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, product

from interview_coach.coach.base import AnsweredQuestion, Background, Situation
from interview_coach.coach.rules import checks
from interview_coach.coach.rules.assessor import trade_of
from interview_coach.coach.rules.backing import backs
from interview_coach.coach.rules.bank import Form, bank, words_of
from interview_coach.coach.rules.bridging import (
    Lead,
    bridges,
    finishing,
    is_worth_saying_back,
    moving_on,
    thanking,
    turning,
)
from interview_coach.coach.rules.chance import number, shuffled
from interview_coach.coach.rules.drafting import is_general
from interview_coach.coach.rules.echoes import Echo, echoes
from interview_coach.coach.rules.experience import speak_of
from interview_coach.coach.rules.language import is_english
from interview_coach.coach.rules.marking import Kind, mark
from interview_coach.coach.rules.private import weight_of_private_words
from interview_coach.coach.rules.proof import proof_of
from interview_coach.coach.rules.quoting import quotable
from interview_coach.coach.rules.slots import Slots, fill
from interview_coach.coach.rules.sparing import spared
from interview_coach.coach.rules.trade import trades_of
from interview_coach.documents.competence import competency_of
from interview_coach.documents.words import topic_terms
from interview_coach.domain.asking import without_quotes
from interview_coach.domain.dossier import Dossier
from interview_coach.domain.evidence import CvItemKind, Source, Span
from interview_coach.domain.formats import Difficulty, Format
from interview_coach.domain.moves import Probe
from interview_coach.domain.plan import Topic
from interview_coach.domain.reading import Study, Substance, study_answer
from interview_coach.domain.text import tokenise
from interview_coach.domain.transcript import QuestionKind, Turn

_LEADS = {
    Substance.DONT_KNOW: "dont_know",
    Substance.COPIED: "copied",
    Substance.HOSTILE: "hostile",
    Substance.EMPTY: "short",
    Substance.FILLER: "short",
}
_LICENCE = re.compile(r"\b(?:licen[cs]e|registration|registered|card|permit)\b", re.I)
"""What allows one to do something: nobody learned it."""
_PRIVATE = 1.0
"""So many words of private life are too many in a phrase."""
_NOTHING = {Substance.DONT_KNOW, Substance.FILLER, Substance.EMPTY}
_HELLO = re.compile(r"^(?:Welcome|Hello|Thank you|It is a pleasure)\b[^.{]*\. ")


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
        self.plan = situation.plan
        self.topic: Topic = self.plan.topics[self.move.topic]
        self.manner = self.dossier.persona.manner if self.dossier.persona else ""
        self.level = self.dossier.level_of(self.topic.competency)
        self.turns = situation.transcript.turns
        self.asked = tuple(turn.question for turn in self.turns)
        self.last: Turn | None = self.turns[-1] if self.turns else None
        self.study: Study | None = None
        if self.last is not None and self.last.answer is not None:
            self.study = study_answer(self.last.answer, self.last.question)
        self.reading = self.study.reading if self.study else None
        self.key = number(
            self.dossier.seed, self.dossier.cv_text, self.dossier.job_text, self.dossier.format,
            self.level,
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
        self.slots = Slots(self.dossier, self.topic, self.key, " ".join(self.asked))

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

    def _mode(self, echo: Echo) -> str:
        """The tense of a probe: a case that was answered by a real one, or by a habit, is asked about as done."""
        if self.topic.kind == "motivation":
            return "why"
        return "future" if echo.is_plan else "past"

    def _probe(self, aim: str) -> Iterator[Worded]:
        if self._echoes and (self._is_elsewhere or not self._of_work):
            # What is told is far from work, or from what was asked: not to be gone into.
            yield from self._again(bank().leads["aside"])
        for echo in (self._of_work or self._echoes)[:4]:
            forms = bank().probes[aim, self._mode(echo)]
            fitting = [form for form in forms if form.slots <= echo.slots.keys()]
            for form in self._fresh(fitting):
                yield Worded(fill(form.text, echo.slots), echo.span)

    def _again(self, texts: Sequence[str] = ()) -> Iterator[Worded]:
        leads = shuffled(texts or self._lead_texts(), self.key, "lead")
        mode = {"motivation": "why", "situation": "future"}.get(self.topic.kind, "past")
        if self._proof() and mode != "why":
            mode = "proof"
        forms = [*bank().probes["again", mode]]
        if self.topic.kind == "opening" and self._was_of_cv:
            # The opening was about the CV, whatever requirement it is tied to.
            forms = [*bank().probes["again", "cv"]]
        elif mode == "past" and (self._was_of_cv or self._is_backed):
            forms += bank().probes["again", "cv"]
        ordered = [*self._fresh(forms), *self._fresh(bank().probes["again", "bare"])]
        leads.sort(key=lambda lead: lead.casefold() in self.used)
        for form, lead in product(ordered, leads):
            for values in self.slots.ways(form):
                text = fill(f"{lead} {form.text}", values)
                yield Worded(text)

    @property
    def _was_of_cv(self) -> bool:
        """True when the question asked named the topic's line of the CV: only then may a hint go back to it."""
        if self.topic.cv_item is None or self.last is None:
            return False
        line = speak_of(self.dossier.cv_items[self.topic.cv_item], english=is_english(self.dossier.cv_text))
        asked = self.last.question.casefold()
        return any(words.casefold() in asked for words in (line.noun, line.adverbial, line.clause))

    def _lead_texts(self) -> tuple[str, ...]:
        substance = self.reading.substance if self.reading else Substance.EMPTY
        return bank().leads[_LEADS.get(substance, "unclear")]

    # Main questions

    def _opening(self) -> Iterator[Worded]:
        openings = bank().openings
        groups = []
        if self.topic.cv_item is not None and self.topic.requirements:
            groups.append(openings["cv" if self._is_backed else "far"])
        if self.topic.cv_item is not None:
            groups.append(openings["item"])
        if self.topic.requirements:
            groups.append(openings["plain"])
        groups.append(openings["bare"])
        is_greeted = self.dossier.persona is not None and self.dossier.language.split("-")[0] == "en"
        for forms in groups:
            for form in self._fresh(forms):
                for values in self.slots.ways(form):
                    # Somebody with a name has said hello already, in their own words.
                    text = _HELLO.sub("", form.text) if is_greeted else form.text
                    yield Worded(fill(text, values))

    def _main(self) -> Iterator[Worded]:
        ranked = self._ranked()
        leads = tuple(self._leads())
        for form in ranked:
            yield from self._led(form, leads)
        for form in ranked:
            for values in self.slots.ways(form):
                yield Worded(fill(form.text, values))

    def _led(self, form: Form, leads: Sequence[Lead]) -> Iterator[Worded]:
        tried = 0
        for lead in leads:
            if "Let us" in lead.text and form.text.startswith("Let us"):
                continue
            for values in self.slots.ways(form, also=True, few=True):
                text = f"{lead.text} {fill(form.text, values)}"
                if checks.word_count(text) > checks.MAX_WORDS:
                    continue
                tried += 1
                yield Worded(text, lead.quote)
                if tried >= 12:
                    return

    def _leads(self) -> Iterator[Lead]:
        """Ways of coming from the last answer to this topic."""
        if not self.turns:
            return
        final = self.topic.kind == "motivation" and len(self.turns) + 1 == self.dossier.max_questions
        if self.reading is not None and self.reading.is_substantive:
            if self._said_back_before and not final and self._echoes:
                # Something said back before each question would soon sound like a machine.
                yield from thanking(self.asked, self.key, self.manner)
                return
            told = [echo for echo in self._of_work[:6] if not echo.quote.denies]
            said = [echo for echo in told if is_worth_saying_back(echo, self._subject)]
            yield from bridges(said, self.asked, self.key, final=final, manner=self.manner)
            if not said:
                upset = self.last is not None and any(part.is_distress for part in spared(self.last.answer or ""))
                if upset or not told:
                    yield from moving_on(self.asked, self.key, self.manner, upset=upset)
                else:
                    yield from turning(self.asked, self.key, final=final, manner=self.manner)
        elif self.reading is not None and self.reading.substance in _NOTHING:
            yield from moving_on(self.asked, self.key, self.manner)
        elif final:
            yield from finishing(self.key, self.manner)

    @property
    def _said_back_before(self) -> bool:
        """True when the last new topic began with words of an answer."""
        main = [turn for turn in self.turns if turn.kind is QuestionKind.QUESTION]
        return bool(main) and any(span.source is Source.ANSWER for span in main[-1].evidence)

    @cached_property
    def _of_work(self) -> tuple[Echo, ...]:
        """The echoes without those from private life that nothing asked or known makes a subject."""
        asked = self.last.question if self.last is not None else ""
        about = tuple(tokenise(" ".join((without_quotes(asked), self.dossier.job_text[:4000]))))
        return tuple(
            echo for echo in self._echoes if weight_of_private_words(tokenise(echo.span.text), about) < _PRIVATE
        )

    @cached_property
    def _is_elsewhere(self) -> bool:
        """True when words alone tell that the last answer is about something else, and it tells no deed."""
        last, known = self.last, self.dossier
        if last is None or last.answer is None or last.kind is not QuestionKind.QUESTION:
            return False
        requirements = tuple(known.requirements[number] for number in self.topic.requirements)
        asked = AnsweredQuestion(
            last.number, last.kind, self.topic.competency, last.question, last.answer, requirements, last.evidence
        )
        trade = trade_of(Background(known.cv_items, known.job_title, known.company, known.language))
        marking = mark(asked, trade=trade, by_words=True)
        return marking.kind is Kind.ELSEWHERE and not marking.study.story.own_actions

    @cached_property
    def _subject(self) -> frozenset[str]:
        """What the last question, the ad and the CV speak of."""
        asked = self.last.question if self.last is not None else ""
        return topic_terms(" ".join((without_quotes(asked), self.dossier.job_text, self.dossier.cv_text)))

    def _ranked(self) -> list[Form]:
        """Forms for this topic: what names most of the topic first, chance among equals."""
        forms = [form for form in self._pool() if next(iter(self.slots.ways(form)), None) is not None]
        trades = self.trades
        joint = len(self.topic.requirements) > 1

        def rank(form: Form) -> tuple[float, int]:
            slots = form.slots
            value = 0.0
            value -= 4.0 if self._was_asked(form) else 0.0
            value += 1.0 if slots & {"ad", "req", "doing"} and self.topic.requirements else 0.0
            value += 1.0 if slots & {"cv", "in_cv", "cv_says"} and self.topic.kind != "motivation" else 0.0
            value += 0.5 if form.trade and form.trade == trades[0] else 0.0
            value += 0.5 if form.competency == self.topic.competency else 0.0
            value += 1.0 if form.competency in {"deed", "role"} else 0.0
            # Without anything of the ad or the CV, the competency is all that a question can be about.
            value += 1.0 if form.kind == "bare" and form.competency == self.topic.competency else 0.0
            # An easy or a hard interview has to sound like one.
            value += 2.0 if form.difficulty is self.level is not Difficulty.MEDIUM else 0.0
            value += 2.0 if joint and form.kind == "joint" else 0.0
            value += 1.5 if form.kind == "resume" and self.dossier.format is Format.MOCK_RESUME else 0.0
            # A case of the very field is worth more than one that could come up anywhere.
            value += 3.0 + len(form.subject & self._words) if form.subject else 0.0
            # Bands instead of an exact order: the best form would otherwise be asked in every interview.
            return (-(value // 1.0), number(self.key, "form", form.text))

        return sorted(forms, key=rank)

    def _pool(self) -> list[Form]:
        main, topic = bank().main, self.topic
        proof = self._proof()
        if proof is not None and topic.kind not in {"opening", "motivation"} and len(topic.requirements) == 1:
            label = self.dossier.requirements[topic.requirements[0]].label
            group = "licence_held" if _LICENCE.search(label) else f"{proof}_held"
            held = [form for form in main["proof"] if form.competency == group] if self._is_backed else []
            forms = held or [form for form in main["proof"] if form.competency == proof]
            return [form for form in forms if self._suits(form.difficulty)]
        forms = [form for kind in self._kinds() for form in main[kind]]
        fitting = [form for form in forms if self._suits(form.difficulty) and self._is_about_this(form)]
        # The last resort for an interview that has used up everything closer: any form of the kind, then bare ones.
        return fitting or [form for form in forms if form.trade is None and form.competency == "any"]

    def _kinds(self) -> list[str]:
        """The kinds of forms that may ask about this topic."""
        topic = self.topic
        kind = "experience" if topic.kind == "opening" else topic.kind
        if not topic.requirements:
            kinds = ["resume"] if topic.cv_item is not None else ["bare"]
            return ["motivation"] if kind == "motivation" else kinds
        if (
            kind == "experience"
            and not self._listed
            and not is_general(self.dossier.requirements[topic.requirements[0]])
        ):
            if topic.cv_item is None:
                kind = "gap"
            elif not self._is_backed:
                kind = "near"
        if self.slots.reads_out and kind != "motivation":
            kind = "line"
        kinds = [kind]
        if topic.cv_item is not None and self.dossier.format is Format.MOCK_RESUME and topic.kind == "experience":
            kinds.append("resume")
        if len(topic.requirements) > 1:
            kinds.append("joint")
        return kinds

    def _is_about_this(self, form: Form) -> bool:
        """True when the form makes sense for what the topic rests on."""
        topic = self.topic
        role = topic.cv_item is not None and self.dossier.cv_items[topic.cv_item].kind is CvItemKind.ROLE
        if form.kind == "resume" and (form.competency == "role") is not role:
            return False
        if form.competency == "deed" and not self._is_backed:
            return False
        if form.kind == "experience" and form.competency == "any" and "motivation" in self._competencies:
            # An interest has no occasions.
            return False
        if form.kind == "motivation" and bool(form.slots & {"ad", "req", "doing"}) is not bool(topic.requirements):
            return False
        if form.kind == "experience" and self._listed != (
            form.competency if form.competency in {"listed", "studied"} else ""
        ):
            return False
        if form.kind == "motivation" and form.slots & {"ad", "req"} and ("ad" in form.slots) is not self.slots.does:
            return False
        if form.subject and not form.subject & self._words:
            return False
        if form.trade is not None and (form.trade not in self.trades or not self._is_kindred(form)):
            return False
        return form.competency in {"any", "listed", "studied", "role" if role else "deed", *self._competencies}

    def _is_kindred(self, form: Form) -> bool:
        """A question of the trade is about something particular: it comes up where the ad speaks of that."""
        if not self.topic.requirements:
            return True
        asked = topic_terms(self.dossier.requirements[self.topic.requirements[0]].span.text)
        return bool(asked & topic_terms(form.text))

    @cached_property
    def _competencies(self) -> frozenset[str]:
        """The competency of the topic, when the words that will be said are themselves about it."""
        if not self.topic.requirements:
            return frozenset({self.topic.competency})
        label = self.dossier.requirements[self.topic.requirements[0]].label
        found = competency_of(label)
        # `expertise` is also what is left when no word tells: then nothing is known about an activity.
        told = found != "expertise" or not self.slots.does
        return frozenset({self.topic.competency} & {found}) if told else frozenset()

    @cached_property
    def _words(self) -> frozenset[str]:
        """What the topic's first requirement is called."""
        if not self.topic.requirements:
            return frozenset()
        return words_of(self.dossier.requirements[self.topic.requirements[0]].label)

    def _suits(self, level: Difficulty) -> bool:
        if self.level is Difficulty.MEDIUM:
            return level is Difficulty.MEDIUM
        return level in {self.level, Difficulty.MEDIUM}

    def _proof(self) -> str | None:
        return proof_of(self.dossier.requirements[self.topic.requirements[0]]) if self.topic.requirements else None

    @property
    def _is_backed(self) -> bool:
        """True when the CV item shows what the topic's first requirement asks for."""
        if self.topic.cv_item is None or not self.topic.requirements:
            return False
        item = self.dossier.cv_items[self.topic.cv_item]
        return speak_of(item).plain and backs(item, self.dossier.requirements[self.topic.requirements[0]])

    @property
    def _listed(self) -> str:
        """`listed` for a skill, `studied` for a course: there is no deed to ask about."""
        if self.topic.cv_item is None:
            return ""
        kinds = {CvItemKind.SKILL: "listed", CvItemKind.EDUCATION: "studied"}
        return kinds.get(self.dossier.cv_items[self.topic.cv_item].kind, "")

    @cached_property
    def _echoes(self) -> tuple[Echo, ...]:
        """What of the last answer may be said back, best first."""
        if self.last is None or self.last.answer is None or self.study is None:
            return ()
        quotes = quotable(self.last.answer, self.study.reading)
        return echoes(quotes, self.study, self.last.question, self.plan.topics[self.last.topic].competency)

    def _fresh(self, forms: tuple[Form, ...] | list[Form]) -> list[Form]:
        """The forms of the wanted level in an order of chance, those asked before last."""
        fitting = [form for form in forms if self._suits(form.difficulty)] or list(forms)
        ordered = shuffled(fitting, self.key, "fresh", name=lambda form: form.text)
        if self.level is not Difficulty.MEDIUM:
            ordered.sort(key=lambda form: form.difficulty is not self.level)
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
