"""What is decided without a model: whether there is an answer at all, and what of it a model gets to read.

Nothing, noise, the question given back, "I do not know", insults and another subject are marked by the rules, because
models give credit for all of these. Sentences meant for the scorer are cut out of what a model reads, so that there is
nothing in it to obey.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from interview_coach.coach.assessing.asides import unmasked, without_asides
from interview_coach.coach.base import AnsweredQuestion, Background
from interview_coach.coach.fences import visible
from interview_coach.coach.languages import detect, is_english, is_other
from interview_coach.coach.rules.assessor import score_answer
from interview_coach.coach.rules.marking import Kind, Marking, mark
from interview_coach.coach.rules.modes import Mode
from interview_coach.coach.rules.relevance import content_stems
from interview_coach.documents.contacts import redact_contacts
from interview_coach.domain.evidence import Source, Span
from interview_coach.domain.rubric import Rubric
from interview_coach.domain.scorecard import AnswerScore, Remark
from interview_coach.domain.text import is_figure, tokenise
from interview_coach.domain.transcript import QuestionKind
from interview_coach.domain.validity import Gate, Substance, pass_gate

_WHY = {
    Substance.EMPTY: "there is no answer to read",
    Substance.FILLER: "there is no answer in it yet",
    Substance.GIBBERISH: "it cannot be read as words",
    Substance.COPIED: "it gives the question back",
    Substance.DONT_KNOW: "it says that there is no answer",
    Substance.HOSTILE: "nothing in it answers the question",
}
_ELSEWHERE = "it is about something else than the question"
_SHORT = "it is only one or two words"
LEFT_OUT = (
    "Words in this answer speak to whoever gives the marks. They were left out of what was judged and change nothing."
)
_SCRAP_WORDS, _SCRAP_LETTERS = 8, 15
"""Fewer beside words for the scorer are no answer. Letters, where words are not written apart."""
_STEP = "This was not read as an answer. Write one sentence about something that you did."
_QUOTED = 80
"""Characters."""
_NO_ANSWER = "This is not an answer to the question, so there are no marks for it."


@dataclass(frozen=True, slots=True)
class Readable:
    """An answer that a model may judge."""

    asked: AnsweredQuestion
    shown: str
    """What a model reads: visible characters, no contact data, nothing addressed to the scorer."""
    is_english: bool
    """Surely enough for the rules, which read English only."""
    by_rules: AnswerScore
    """What the offline coach makes of it; its words stand in where a model's cannot be used."""
    marking: Marking
    """What the rules see in `shown`."""
    set_aside: bool

    @property
    def number(self) -> int:
        """The number of the question."""
        return self.asked.number

    @property
    def answer(self) -> str:
        """The stored answer, which quotes point into."""
        return self.asked.answer or ""


@dataclass(frozen=True, slots=True)
class Sorted:
    """Answers of one batch, each in its own order."""

    decided: tuple[AnswerScore, ...]
    readable: tuple[Readable, ...]


def sort(answers: Sequence[AnsweredQuestion], rubric: Rubric, background: Background) -> Sorted:
    """Decide what needs no model, and prepare the rest for one."""
    decided: list[AnswerScore] = []
    readable: list[Readable] = []
    for asked in answers:
        found = _look(asked, rubric, background)
        if isinstance(found, Readable):
            readable.append(found)
        else:
            decided.append(found)
    return Sorted(tuple(decided), tuple(readable))


def _look(asked: AnsweredQuestion, rubric: Rubric, background: Background) -> AnswerScore | Readable:
    seen = visible(asked.answer or "")
    base = unmasked(seen)
    first = pass_gate(base, asked.question)
    cut = without_asides(first.kept(base) if first.refused is None and first.set_aside else base)
    gate = pass_gate(cut, asked.question)
    if first.refused is Substance.HOSTILE or (cut != base and _is_scrap(cut)):
        gate = Gate(Substance.HOSTILE, (), True)
    set_aside = cut != base or gate.set_aside
    disguised = base != (asked.answer or "") and set_aside
    if gate.refused is not None:
        plain = gate.refused is not Substance.HOSTILE
        return _decided(asked, rubric, _WHY[gate.refused], set_aside=set_aside and plain, void=cut != base or disguised)
    shown = gate.kept(cut) if gate.set_aside else cut
    read = replace(asked, answer=shown)
    marking = mark(read)
    english = _reads_english(shown, background.language)
    if why := _nothing_to_judge(asked, shown, marking, background, english=english):
        return _decided(asked, rubric, why, set_aside=set_aside, void=cut != base or disguised)
    by_rules = score_answer(asked, rubric)
    return Readable(asked, redact_contacts(shown), english, by_rules, marking, set_aside)


def _is_scrap(text: str) -> bool:
    if text.isascii():
        return len(tokenise(text)) < _SCRAP_WORDS
    return sum(map(str.isalnum, text)) < _SCRAP_LETTERS


def _reads_english(text: str, language: str) -> bool:
    """The interview is in English, and so is this answer as far as can be told: lists of terms show no language."""
    if not is_english(language) or is_other(text, language):
        return False
    letters = [char for char in text if char.isalpha()]
    return detect(text) == "en" or sum(not char.isascii() for char in letters) * 50 <= len(letters)


def _nothing_to_judge(
    asked: AnsweredQuestion, text: str, marking: Marking, background: Background, *, english: bool
) -> str | None:
    """Why the rules decide on words that passed the gate."""
    tokens = tokenise(text)
    spaced = text.isascii() or len(text) <= 12 * len(tokens)
    main = asked.kind is not QuestionKind.PROBE
    if main and spaced and len(tokens) <= 2 and not any(map(is_figure, tokens)) and len(text) <= 40:
        return _SHORT
    if not english or marking.kind is not Kind.ELSEWHERE:
        return None
    if marking.mode is not Mode.STORY or marking.study.story.own_actions:
        return None  # a view, or something done, may fit the question in words that the rules do not know
    known = content_stems(token for item in background.cv_items for token in tokenise(item.span.text)) | content_stems(
        tokenise(background.job_title)
    )
    return None if known & content_stems(tokens) else _ELSEWHERE


def _decided(asked: AnsweredQuestion, rubric: Rubric, why: str, *, set_aside: bool, void: bool) -> AnswerScore:
    """The rules' score. `void`: the rules know these words for the scorer less well, so they see no answer at all."""
    if void:
        score = score_answer(replace(asked, answer=None), rubric)
        score = replace(score, feedback=_NO_ANSWER, improvements=(_first_step(asked.answer or ""),))
    else:
        score = score_answer(asked, rubric)
    note = f"This was decided by the built-in rules and not by the model, because {why}."
    return replace(score, notes=(*score.notes, note, *([LEFT_OUT] if set_aside else [])))


def _first_step(answer: str) -> Remark:
    """Quotes the beginning, so that a reader sees what is meant."""
    left = len(answer) - len(answer.lstrip())
    text = answer[left : left + _QUOTED].split("\n")[0].rstrip()
    return Remark(_STEP, "improvement", Span(Source.ANSWER, text, left, left + len(text)))
