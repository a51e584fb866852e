"""Marks by stated rules: accuracy 0-40, completeness 0-30, clarity 0-30.

Every part saturates: more than enough is as good as enough, so neither padding nor stuffing pays. Marks come from what
is told (clauses with an action, a scene, a task, a result or a figure), never from its length, its grammar or who is
in it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from interview_coach.coach.base import AnsweredQuestion
from interview_coach.coach.rules.modes import Mode, mode_of
from interview_coach.coach.rules.relevance import Relevance, relevance
from interview_coach.domain.outcomes import has_figure, is_past
from interview_coach.domain.phrases import specific_words
from interview_coach.domain.reading import Study, Substance, study_answer
from interview_coach.domain.star import asks_for_outcome
from interview_coach.domain.text import Clause, Token, cues, has_cue, is_content, is_figure, repeats
from interview_coach.domain.transcript import QuestionKind
from interview_coach.domain.vocabulary import (
    FUNCTION_WORDS,
    HEDGES,
    OPINION_CUES,
    TASK_CUES,
    VAGUE_WORDS,
    VERB_FORMS,
    phrases,
)

_HEDGES = frozenset(HEDGES)
_NAMING = frozenset({"this", "that", "what", "a", "any", "some", "the", "same", "every", "another", "which"})
_REASONS = phrases(
    """
    because | so that | in order to | since | that is why | that's why | otherwise | to make sure | the reason |
    as it | due to | therefore | to avoid | to keep | so the | so they | so we | draws me | i want to | i would like to
    """
)
_CHECKS = phrases(
    "until | check | checked | i know | measure | make sure | follow up | afterwards | write down | note | review"
)
_EXAMPLES = phrases(
    """
    for example | for instance | such as | in my | at my | when i | last year | last week | last month | once | one day
    | in january | in february | in march | in april | in may | in june | in july | in august | in september |
    in october | in november | in december
    """
)
_WENT_ON = re.compile(r"^\W*you (?:said|told|mentioned|wrote|spoke)\b|^\W*(?:and|so) ", re.IGNORECASE)
"""A question that goes on with what was said before."""
_SELF = phrases(
    """
    i am a | i'm a | i am an | i'm an | i am very | i'm very | i am good | i'm good | i am always |
    i'm always | i always | i consider myself | my strength | my strengths | team player | i see myself |
    would describe me | would say i
    """
)
"""Self-description: what one says one is, instead of what one knows or does."""
_LOOSE = 0.2
_DOUBTFUL = 0.6
"""What a story is worth when nothing leads from it back to the question: a short one and a long one. Words cannot tell
one about something else from one told in quite other words, so it is neither thrown out nor let through; the first
remark says how to show the link."""
_SOME, _MUCH = 28, 42
"""Content words between which the one turns into the other."""
_AGAIN = 0.5
"""What a story keeps that was told to an earlier question of the same interview."""
_THOUGHT = 0.7
"""The same for a plan, a view or a reason."""
_LINKED = 0.15
"""Degree of relevance from which on the link is plain."""
_FEW = 5
"""Specific words of a short answer that says something."""
_SAID = 8
"""Specific words from which on something has been said at length."""
_MANY = 12
"""Specific words that stand for points without a case."""
_PIECES = 7
_PIECE = 3.0
"""Words of a piece on average; from so many pieces on it is an enumeration and no sentence."""
_PERSONS = frozenset({"i", "we", "he", "she", "they", "it", "you", "was", "were"})
_LONG = 350
"""Words; a spoken minute is about 130."""


def is_example(clause: Clause) -> bool:
    """Names a case: `for instance`, `last year`, `when our sound system died`."""
    if has_cue(clause, _EXAMPLES):
        return True
    words = [token.lower for token in clause.tokens]
    return words[0] == "when" and (any(map(is_past, words)) or not {"was", "were", "had"}.isdisjoint(words))


class Kind(StrEnum):
    """What the marks treat an answer as."""

    NOTHING = "nothing"
    """Empty, a filler, copied or hostile: no marks."""
    UNREADABLE = "unreadable"
    DECLINED = "declined"
    """Says plainly that there is no answer."""
    ELSEWHERE = "elsewhere"
    """About something else."""
    LIST = "list"
    """Words strung together."""
    GENERAL = "general"
    """About the subject, without an event or a thought that carries."""
    TOLD = "told"
    """An event, a plan, a view or a reason, as the question asked."""


@dataclass(frozen=True, slots=True)
class Marking:
    """Marks with the facts that they and the remarks rest on."""

    kind: Kind
    mode: Mode
    study: Study
    link: Relevance
    told: tuple[Clause, ...]
    """The clauses that carry the answer."""
    detail: int
    """Distinct specific words in them."""
    accuracy: int
    completeness: int
    clarity: int
    hedges: tuple[tuple[int, str], ...]
    """(clause, words) of softened statements."""
    repeated: tuple[int, ...]
    """Clauses that say again what was said."""
    again: bool
    """The same was said to an earlier question."""

    @property
    def reason(self) -> Clause | None:
        """The first clause that says why."""
        return next((clause for clause in self.study.clauses if has_cue(clause, _REASONS)), None)

    @property
    def example(self) -> Clause | None:
        """The first clause that names a case, when nothing done is told."""
        return next((clause for clause in self.study.clauses if is_example(clause)), None)


def mark(asked: AnsweredQuestion, *, again: bool = False) -> Marking:
    """Mark one answer. Deterministic; never raises for any text. `again`: the same was said to an earlier question."""
    answer = asked.answer or ""
    follows = asked.kind is QuestionKind.PROBE
    probe = follows or bool(_WENT_ON.search(asked.question) and asks_for_outcome(asked.question))
    study = study_answer(answer, asked.question, continued=probe)
    mode = mode_of(asked.question, asked.competency)
    told = _told(study, mode)
    spoken = [c for n, c in enumerate(study.clauses) if n not in study.story.opinions] if study.story.is_event else told
    story = study.story
    happened = story.is_event or bool(story.imagined_actions) or study.reading.star.result is not None
    partial = study.reading.substance is Substance.PARTIAL
    link = relevance(asked, spoken or told, is_event=happened, is_partial=partial, is_view=mode is Mode.VIEW)
    kind = _kind(study, mode, link, told, probe=probe)
    names = {span.start for span in study.reading.names}
    detail = len(specific_words([Clause(tuple(t for t in c.tokens if t.start not in names), c.sentence) for c in told]))
    hedges = tuple(
        (n, words)
        for n, clause in enumerate(study.clauses)
        for place, words in cues(clause, _HEDGES)
        if not (words.endswith(" of") and place and clause.tokens[place - 1].lower in _NAMING)  # `that kind of thing`
    )
    repeated = repeats(study.clauses)
    marks = {
        Kind.NOTHING: (0, 0, 0),
        Kind.UNREADABLE: (0, 0, 1),
        Kind.DECLINED: (0, 0, 2),
        Kind.ELSEWHERE: (1, 0, 3),
        Kind.LIST: (2 + min(3, len(link.shared)) if link.is_about_work else 0, 0, 3),
    }.get(kind)
    if marks is None:
        marks = (
            _accuracy(kind, mode, study, link, told, detail, probe=probe),
            _completeness(kind, mode, study, link, detail, probe=probe),
            _clarity(kind, study, told, detail, len(hedges), repeated),
        )
        if kind is Kind.TOLD and not follows:
            surely = min(_sureness(mode, study, link), _AGAIN if again else 1.0)
            measured = any(has_figure(study.clauses[number]) for number in study.story.results)
            surely *= min(1.0, detail / (_FEW if probe else _SAID)) if not (probe and measured) else 1.0
            marks = (round(surely * marks[0]), round(surely * marks[1]), round(surely * marks[2]))
    return Marking(kind, mode, study, link, told, detail, *marks, hedges, repeated, again)


def _sureness(mode: Mode, study: Study, link: Relevance) -> float:
    """0..1: what an answer keeps of its marks, by how surely it is about what was asked.

    What one knows or would do is naturally said in other words than the question; a story that is told instead is not.
    """
    least = _LOOSE + (_DOUBTFUL - _LOOSE) * min(1.0, max(0.0, (link.size - _SOME) / (_MUCH - _SOME)))
    star = study.reading.star
    story = bool(study.story.own_actions) and star.result is not None and star.situation is not None
    if mode is not Mode.STORY and not story:
        least = _THOUGHT
    return least + (1 - least) * link.strength


def _told(study: Study, mode: Mode) -> tuple[Clause, ...]:
    story = study.story
    if mode is Mode.STORY and not story.is_event:
        return study.clauses
    keep = set(story.own_actions) | set(story.shared_actions) | set(story.imagined_actions) | set(story.results)
    parts = (study.reading.star.situation, study.reading.star.task)
    starts = {part.start for part in parts if part}
    for number, clause in enumerate(study.clauses):
        scene = clause.start in starts or has_cue(clause, TASK_CUES) or has_figure(clause)
        thought = mode is not Mode.STORY and has_cue(clause, _REASONS)
        if scene or thought:
            keep.add(number)
    told = tuple(study.clauses[number] for number in sorted(keep))
    return told if told and (mode is Mode.STORY or story.is_event) else study.clauses


def _kind(study: Study, mode: Mode, link: Relevance, told: Sequence[Clause], *, probe: bool) -> Kind:
    refused = study.gate.refused
    if refused is Substance.GIBBERISH:
        return Kind.UNREADABLE
    if refused is Substance.DONT_KNOW:
        return Kind.DECLINED
    if refused is not None:
        return Kind.NOTHING
    if _is_list(study):
        return Kind.LIST
    if link.is_elsewhere:
        return Kind.ELSEWHERE
    story = study.story
    if story.is_event or (probe and study.reading.star.result is not None):
        return Kind.TOLD
    if study.reading.substance is Substance.PARTIAL and mode is Mode.STORY:
        return Kind.TOLD
    linked = link.degree > _LINKED or (mode is Mode.VIEW and _is_plain_fact(study, told))
    if mode is not Mode.STORY and len(specific_words(told)) >= _FEW and linked:
        case = any(map(is_example, study.clauses)) or (mode is not Mode.PLAN and _is_particular(study, mode))
        about_oneself = any(has_cue(clause, _SELF) for clause in study.clauses)
        points = mode is not Mode.PLAN and len(specific_words(told)) >= _MANY and not about_oneself
        facts = mode is Mode.VIEW and _is_plain_fact(study, told)
        if story.imagined_actions or case or points or facts:
            return Kind.TOLD
    return Kind.GENERAL


def _is_particular(study: Study, mode: Mode) -> bool:
    """A name or a figure in digits; of a reason also `for nineteen years`."""
    digits = any(is_figure(token) for clause in study.clauses for token in clause.tokens)
    return digits or bool(study.reading.names) or (mode is Mode.REASON and any(map(has_figure, study.clauses)))


def _is_plain_fact(study: Study, told: Sequence[Clause]) -> bool:
    """Says what one knows in words that can be pictured, and nothing about oneself or what is important."""
    claims = any(has_cue(clause, _SELF) or has_cue(clause, OPINION_CUES) for clause in study.clauses)
    pale = sum(token.lower in VAGUE_WORDS for clause in told for token in clause.tokens)
    return not claims and pale <= 1 and len(specific_words(told)) >= _FEW


def _is_list(study: Study) -> bool:
    """Few words that join anything, and hardly a verb: terms set side by side."""
    tokens = [token for clause in study.clauses for token in clause.tokens]
    if _is_enumeration(tokens):
        return True
    if len(tokens) < 5 or len(study.story.own_actions) >= 2 or study.story.results:
        return False
    joining = sum(token.lower in FUNCTION_WORDS for token in tokens) / len(tokens)
    commas = sum("," in token.gap or "/" in token.gap or "|" in token.gap for token in tokens) / len(tokens)
    verbs = sum(VERB_FORMS.get(token.lower, ("", ""))[1] == "past" for token in tokens)
    if study.story.is_event:
        return joining < 0.15 and len(tokens) >= 10 and verbs <= 1 and commas > 0.2
    return joining < 0.22 or (commas > 0.22 and joining < 0.4)


def _is_enumeration(tokens: Sequence[Token]) -> bool:
    """Nearly everything stands in pieces of one to four words between commas, and nobody does anything in them."""
    pieces = 1 + sum(any(mark in token.gap for mark in ",;/|") for token in tokens)
    subjects = sum(token.lower in _PERSONS for token in tokens)
    short = pieces >= _PIECES and len(tokens) <= _PIECE * pieces
    return short and subjects * 6 <= pieces and not any(map(is_figure, tokens))


def _accuracy(
    kind: Kind, mode: Mode, study: Study, link: Relevance, told: Sequence[Clause], detail: int, *, probe: bool
) -> int:
    story = study.story
    if kind is Kind.GENERAL:
        if detail < 2:
            return min(2, detail)
        known = 0 if mode is Mode.STORY else min(6, 2 * len(link.near))  # the right things named, and no more
        return min(10, round(6 * link.degree) + min(3, detail // 2) + 1) + known
    measured = any(has_figure(study.clauses[number]) for number in story.results)
    if mode is Mode.VIEW and not probe:
        example = 13.0 if detail >= _SAID else 10.0
    elif story.own_actions or (probe and study.reading.star.result is not None):
        example = 14.0 if story.own_actions or measured or detail >= _SAID else 6.0
    elif story.shared_actions:
        example = 10.0
    elif mode is Mode.STORY:
        example = 4.0
    else:
        example = 13.0 if len(story.imagined_actions) > 1 and detail >= _SAID else 10.0
        example = example if story.imagined_actions or mode is Mode.REASON else 8.0
    figures = min(2, sum(has_figure(clause) for clause in told))
    concrete = min(8.0, detail * 0.5) + figures + 4.0 * measured
    # Shared words show a link but their number says little, so they open most of the marks at once.
    if mode is Mode.VIEW and link.degree <= _LINKED:  # what one knows is said in its own words
        return min(40, round(14 * 0.4 + 0.8 * (example + min(12.0, concrete))))
    near = 0.6 + 0.4 * link.degree if link.degree > _LINKED else 0.4
    return min(40, round(14 * near + example + min(12.0, concrete)))


def _completeness(kind: Kind, mode: Mode, study: Study, link: Relevance, detail: int, *, probe: bool) -> int:
    story, star = study.story, study.reading.star
    if kind is Kind.GENERAL:
        return 2 * sum(part is not None for part in (star.situation, star.task, star.action)) if detail >= 2 else 0
    total = 0
    if story.own_actions:
        total += 11 if detail >= 4 else 6
    elif story.shared_actions:
        total += 7 if detail >= 4 else 4
    if star.result is not None:
        total += 11 if any(has_figure(study.clauses[number]) for number in story.results) else 7
    total += 4 * (star.situation is not None) + 4 * (star.task is not None)
    total += 2 * min(2, max(0, _steps(study) - 1))
    if probe:  # A follow-up asks for one part, so that part alone nearly fills it.
        said = detail >= _SAID or any(has_figure(study.clauses[number]) for number in story.results)
        total = min(30, total + (14 if said else 4)) if total else 0
    total = max(total, _thought(mode, study, link, detail))
    return min(30, total)


def _steps(study: Study) -> int:
    """How many things were done: `I called four hotels and arranged a taxi` are two."""
    done = {*study.story.own_actions, *study.story.shared_actions}
    count = 0
    for number, place in study.story.verbs:
        if number not in done:
            continue
        tokens = study.clauses[number].tokens
        form = VERB_FORMS.get(tokens[place].lower, ("", "past"))[1]
        count += 1 + sum(
            VERB_FORMS.get(token.lower, ("", ""))[1] == form and ("," in token.gap or before.lower in {"and", "then"})
            for before, token in pairwise(tokens[place:])
        )
    return count


def _thought(mode: Mode, study: Study, link: Relevance, detail: int) -> int:
    """Completeness of an answer that need not be a story."""
    if mode is Mode.STORY:
        return 0
    story, clauses = study.story, study.clauses
    reason = any(has_cue(clause, _REASONS) for clause in clauses)
    check = any(has_cue(clause, _CHECKS) or has_figure(clause) for clause in clauses)
    example = story.is_event or any(map(is_example, clauses))
    if mode is Mode.PLAN:
        steps = len(story.imagined_actions) + len(story.own_actions)
        return min(20, 5 * steps) + 5 * reason + 5 * check + 5 * example
    if mode is Mode.REASON:
        return 9 * reason + min(9, 3 * len(link.shared)) + 12 * story.is_event + 4 * (example and not story.is_event)
    return min(15, detail) + 8 * (reason or check) + 8 * example


def _clarity(
    kind: Kind, study: Study, told: Sequence[Clause], detail: int, hedges: int, repeated: Sequence[int]
) -> int:
    if kind is Kind.GENERAL:
        return 10 if detail >= 3 else 6 if study.reading.words >= 5 else 3
    marks = 12 + min(14, detail) + _in_order(study)
    marks += 2 * (bool(told) and bool(study.clauses) and told[0].start == study.clauses[0].start)
    wordy = sum(sum(map(is_content, clause.tokens)) for clause in study.clauses) == 0 or study.reading.words > _LONG
    return max(0, min(30, marks) - min(3, (hedges >= 3) + 2 * (len(repeated) >= 2 or wordy)))


def _in_order(study: Study) -> int:
    """0-4: two or three parts, told so that they can be followed."""
    star = study.reading.star
    starts = [part.start for part in (star.situation or star.task, star.action, star.result) if part]
    return 2 * (len(starts) - 1) if len(starts) >= 2 and starts == sorted(starts) else 0
