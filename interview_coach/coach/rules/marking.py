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
from interview_coach.coach.rules.relevance import MOST, Relevance, asked_stems, content_stems, relevance
from interview_coach.coach.rules.sparing import Spared, spared
from interview_coach.domain.asking import asks_for_outcome, asks_to_imagine
from interview_coach.domain.outcomes import has_figure, is_fact, is_past
from interview_coach.domain.phrases import specific_words
from interview_coach.domain.reading import Study, Substance, study_answer
from interview_coach.domain.text import Clause, Token, cues, has_cue, is_content, is_figure, looks_past, repeats
from interview_coach.domain.transcript import QuestionKind
from interview_coach.domain.vocabulary import (
    AUXILIARIES,
    COPULAS,
    FUNCTION_WORDS,
    HABITUAL,
    HEDGES,
    MODALS,
    PLATITUDES,
    TASK_CUES,
    VAGUE_WORDS,
    VERB_FORMS,
    phrases,
    words,
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
MOST_COMPLETE = 30
_WENT_ON = re.compile(r"^\W*you (?:said|told|mentioned|wrote|spoke)\b|^\W*(?:and|so) ", re.IGNORECASE)
"""A question that goes on with what was said before."""
_WHY_ASKED = re.compile(r"^\W*(?:and |so |but )?(?:why|what made you|how come)\b", re.IGNORECASE)
_SELF = phrases(
    """
    i am a | i'm a | i am an | i'm an | i am very | i'm very | i am good | i'm good | i am always |
    i'm always | i always | i consider myself | my strength | my strengths | team player | i see myself |
    would describe me | would say i
    """
)
"""Self-description: what one says one is, instead of what one knows or does."""
_PALE = VAGUE_WORDS | HABITUAL | words("everybody everyone people nowadays anyone anybody depends whole every")
_AGAIN = 0.5
"""What a story keeps that was told to an earlier question of the same interview."""
_LINKED, _PLAIN = 0.15, 0.5
"""Degree of relevance from which on something leads to the question, and from which on it is plain."""
_LINK_NONE, _LINK_LOOSE, _LINK_PLAIN = 9, 12, 14
"""Marks for it. Shared words show a link but their number says little, so they open most of the marks at once."""
_FEW = 5
"""Specific words of a short answer that says something."""
_SAID = 8
"""Specific words from which on something has been said at length."""
_NOT_YET = re.compile(
    r"\bi(?:'ve| have)? never\b|\bi haven't\b|\bi(?:'ve| have) not\b|\bi(?:'ve| have) no (?:\w+ )?experience\b"
    r"|\bi (?:don't|do not) have (?:any |much )?(?:\w+ )?experience\b"
)
_WOULD = frozenset({"would", "i'd"})
_IMAGINED = "What would you do?"
"""Said after a question that asks for a plan in other words, so that the answer is read as one."""
_POINTS_BACK = frozenset({"that", "this", "it", "such", "one"})
_UNDONE = 65
"""Most marks for the nearest thing one has done, or for how one would begin, where the thing itself was asked for."""
_THIN, _WHOLE = 0.4, 22
"""What a thin answer of thoughts keeps of its marks, and the words that make a whole one."""
_MOST_PALE = 4
"""Pale words beyond these weigh nothing, so that padding takes nothing away."""
_RICH = 16
"""Specific words of a plan that does not need its steps to be counted."""
_SURELY = 20
"""Specific words with a plain link from which on something is told, even where no deed in it is understood."""
_PIECES = 7
_PIECE = 3.0
"""Words of a piece on average; from so many pieces on it is an enumeration and no sentence."""
_SCRAPS = 4
_VERBS = (
    AUXILIARIES | COPULAS | MODALS | words("it's that's there's he's she's you're they're isn't wasn't don't didn't")
)
_TERMS = 6
"""Distinct words from which on a list names something."""
_PERSONS = frozenset({"i", "we", "he", "she", "they", "it", "you", "was", "were"})
_SHARED = (0, 5, 9)
"""Marks of a reason for none, one and more words that lead to the job: a word lost in other wording costs nothing."""
_FIGURES = 3
"""Clauses with figures that size what was done, wherever they stand."""
_AMID, _ING = frozenset({"was", "were"}), 4
_AT_LENGTH = 30
"""Specific words of a measured story whose deeds are there, even where the rules do not see whose they are."""
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
    spared: tuple[Spared, ...]
    """What is nobody's to repeat."""

    @property
    def reason(self) -> Clause | None:
        """The first clause that says why."""
        return next((clause for clause in self.study.clauses if has_cue(clause, _REASONS)), None)

    @property
    def example(self) -> Clause | None:
        """The first clause that names a case, when nothing done is told."""
        return next((clause for clause in self.study.clauses if is_example(clause)), None)


def mark(asked: AnsweredQuestion, *, again: bool = False, trade: str = "", by_words: bool = False) -> Marking:
    """Mark one answer. Deterministic; never raises for any text. `again`: the same was said to an earlier question.
    `trade`: what else is known of the job, such as its title. `by_words`: without the network, where every millisecond
    counts; only what is far from the subject is told then.
    """
    answer = asked.answer or ""
    follows = asked.kind is QuestionKind.PROBE
    probe = follows or bool(_WENT_ON.search(asked.question) and asks_for_outcome(asked.question))
    apart = spared(answer)
    asides = [(part.start, part.end) for part in apart]
    study = study_answer(answer, asked.question, continued=probe, asides=asides)
    mode = mode_of(asked.question, asked.competency)
    if mode is Mode.PLAN and not asks_to_imagine(asked.question):
        study = study_answer(answer, f"{asked.question} {_IMAGINED}", continued=probe, asides=asides)
    undone = _is_undone(study, asked)
    if undone and mode is Mode.STORY:  # read as the plan that it is
        mode = Mode.PLAN
        study = study_answer(answer, f"{asked.question} {_IMAGINED}", continued=probe, asides=asides)
    told = _told(study, mode)
    spoken = [c for n, c in enumerate(study.clauses) if n not in study.story.opinions] if study.story.is_event else told
    is_read = not (by_words or study.gate.refused is not None or _is_list(study))
    said = study.gate.kept(answer) if is_read else ""
    link = relevance(asked, spoken or told, said=said, done=bool(study.story.own_actions), trade=trade)
    kind = _kind(asked, study, mode, link, told, probe=probe)
    names = {span.start for span in study.reading.names}
    detail = len(specific_words([Clause(tuple(t for t in c.tokens if t.start not in names), c.sentence) for c in told]))
    weighty = max(0.0, detail - min(_MOST_PALE, _pale(study)))
    if kind is Kind.TOLD and not (weighty or probe):
        kind = Kind.GENERAL  # `I have done a lot of events, and kept everything under control`
    hedges = tuple(
        (n, words)
        for n, clause in enumerate(study.clauses)
        for place, words in cues(clause, _HEDGES)
        if not (words.endswith(" of") and place and clause.tokens[place - 1].lower in _NAMING)  # `that kind of thing`
    )
    repeated = repeats(study.clauses)
    measured = is_measured(study, told)
    marks = {
        Kind.NOTHING: (0, 0, 0),
        Kind.UNREADABLE: (0, 0, 1),
        Kind.DECLINED: (0, 0, 2),
        Kind.ELSEWHERE: (1, 0, 3),
        Kind.LIST: (2 + min(3, len(link.shared)) if link.is_about_work or _names_terms(study) else 0, 0, 3),
    }.get(kind)
    if marks is None:
        marks = (
            _accuracy(kind, mode, study, link, told, detail, measured=measured, probe=probe),
            _completeness(kind, mode, study, link, detail, measured=measured, probe=probe),
            _clarity(kind, mode, study, told, detail, len(hedges), repeated),
        )
        if kind is Kind.TOLD and not follows:
            surely = _AGAIN if again else 1.0
            surely *= _weight(mode, weighty, probe=probe, measured=measured)
            marks = _times(surely, marks)
        limit = min(link.limit, _UNDONE if undone else MOST)
        if sum(marks) > limit:
            marks = _within(limit, marks)
    return Marking(kind, mode, study, link, told, detail, *marks, hedges, repeated, again, apart)


def _weight(mode: Mode, said: float, *, probe: bool, measured: bool) -> float:
    """How much of its marks an answer carries with so many words that say something. What one would do, knows or
    wants is carried by its content alone, so it takes more of it than a story with its parts.
    """
    if probe:
        return 1.0 if measured else min(1.0, said / _FEW)
    if mode is Mode.STORY:
        return min(1.0, said / _SAID)
    return round(min(1.0, _THIN + (1.0 - _THIN) * said / _WHOLE), 1)


def _within(limit: int, marks: tuple[int, int, int]) -> tuple[int, int, int]:
    """The same in proportion, and no more than `limit` together."""
    accuracy, completeness, clarity = (mark * limit // sum(marks) for mark in marks)
    return accuracy, completeness, clarity


def _is_undone(study: Study, asked: AnsweredQuestion) -> bool:
    """It says first that what was asked about was never done, and then what comes nearest or what one would do."""
    first = [token for clause in study.clauses if clause.sentence == 0 for token in clause.tokens]
    if not _NOT_YET.search(" ".join(token.lower for token in first)):
        return False
    named = not content_stems(first).isdisjoint(asked_stems(asked)) or any(t.lower in _POINTS_BACK for t in first)
    would = any(token.lower in _WOULD for clause in study.clauses for token in clause.tokens)
    return named and (would or study.story.is_event)


def _times(factor: float, marks: tuple[int, int, int]) -> tuple[int, int, int]:
    return round(factor * marks[0]), round(factor * marks[1]), round(factor * marks[2])


def _told(study: Study, mode: Mode) -> tuple[Clause, ...]:
    story = study.story
    if mode is not Mode.STORY or not story.is_event:
        return study.clauses
    keep = set(story.own_actions) | set(story.shared_actions) | set(story.imagined_actions) | set(story.results)
    parts = (study.reading.star.situation, study.reading.star.task)
    starts = {part.start for part in parts if part}
    for number, clause in enumerate(study.clauses):
        scene = clause.start in starts or has_cue(clause, TASK_CUES) or has_figure(clause)
        if scene:
            keep.add(number)
    told = tuple(study.clauses[number] for number in sorted(keep))
    return told or study.clauses


def _kind(
    asked: AnsweredQuestion, study: Study, mode: Mode, link: Relevance, told: Sequence[Clause], *, probe: bool
) -> Kind:
    refused = study.gate.refused
    if refused is Substance.GIBBERISH:
        return Kind.UNREADABLE
    if refused is Substance.DONT_KNOW:
        return Kind.DECLINED
    if refused is not None:
        return Kind.NOTHING
    if _is_list(study):
        return Kind.LIST
    if _says_nothing(study, link):
        return Kind.UNREADABLE
    if link.is_elsewhere:
        return Kind.ELSEWHERE
    story = study.story
    said = len(specific_words(told)) - min(_MOST_PALE, _pale(study))
    if said >= _SURELY and link.degree >= _PLAIN and link.limit == MOST:
        return Kind.TOLD
    if story.is_event or (probe and study.reading.star.result is not None):
        return Kind.TOLD
    if mode is Mode.STORY:
        facts = study.reading.substance is Substance.PARTIAL or bool(_WHY_ASKED.search(asked.question))
        return Kind.TOLD if facts and any(map(is_fact, study.clauses)) else Kind.GENERAL
    reasoned = any(has_cue(clause, _REASONS) for clause in study.clauses)
    if len(specific_words(told)) + reasoned < _FEW:
        return Kind.GENERAL
    pale = _pale(study)
    if mode is Mode.PLAN:
        steps = len(story.imagined_actions)
        return Kind.TOLD if steps > 1 or (steps and pale <= 1) or any(map(is_example, study.clauses)) else Kind.GENERAL
    case = any(map(is_example, study.clauses)) or _is_particular(study, mode)
    return Kind.TOLD if case or story.imagined_actions or pale <= 1 else Kind.GENERAL


def _is_particular(study: Study, mode: Mode) -> bool:
    """A name or a figure in digits; of a reason also `for nineteen years`."""
    digits = any(is_figure(token) for clause in study.clauses for token in clause.tokens)
    return digits or bool(study.reading.names) or (mode is Mode.REASON and any(map(has_figure, study.clauses)))


def is_measured(study: Study, told: Sequence[Clause]) -> bool:
    """The result has a figure, or a story with a result has several."""
    results = [study.clauses[number] for number in study.story.results]
    return any(map(has_figure, results)) or (bool(results) and sum(map(has_figure, told)) >= _FIGURES)


def _pale(study: Study) -> float:
    """How much of it would be said of any trade: platitudes, what one says one is, and vague words as halves."""
    said = {token.lower for clause in study.clauses for token in clause.tokens}
    claims = any(has_cue(clause, _SELF) for clause in study.clauses)
    return len(said & PLATITUDES) + 2 * claims + 0.5 * len(said & _PALE)


def _names_terms(study: Study) -> bool:
    """A list of words of its own between commas, whatever they lead to."""
    tokens = [token for clause in study.clauses for token in clause.tokens if not is_figure(token)]
    return _is_enumeration(tokens) and len({token.lower for token in tokens if is_content(token)}) >= _TERMS


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


def _says_nothing(study: Study, link: Relevance) -> bool:
    """Words without a verb, a figure or a link to what was asked."""
    tokens = [token for clause in study.clauses for token in clause.tokens]
    tells = any(token.lower in _VERBS or token.lower in VERB_FORMS or looks_past(token.lower) for token in tokens)
    return len(tokens) >= _SCRAPS and not tells and not link.degree and not any(map(is_figure, tokens))


def _is_enumeration(tokens: Sequence[Token]) -> bool:
    """Nearly all stands in pieces of one to four words between commas or `and`, and nobody does anything there."""
    pieces = 1 + sum(any(mark in token.gap for mark in ",;/|") or token.lower == "and" for token in tokens)
    subjects = sum(token.lower in _PERSONS for token in tokens)
    short = pieces >= _PIECES and len(tokens) <= _PIECE * pieces
    return short and subjects * 6 <= pieces and not any(map(is_figure, tokens))


def _accuracy(
    kind: Kind, mode: Mode, study: Study, link: Relevance, told: Sequence[Clause], detail: int, *,
    measured: bool, probe: bool,
) -> int:  # fmt: skip
    story = study.story
    if kind is Kind.GENERAL:
        if detail < 2:
            return min(2, detail)
        known = 0 if mode is Mode.STORY else min(6, 2 * len(link.near))  # the right things named, and no more
        return min(10, round(6 * link.degree) + min(3, detail // 2) + 1) + known
    if mode is Mode.STORY or probe:
        if story.own_actions or (measured and detail >= _AT_LENGTH):
            deed = 15
        elif probe and story.results:
            deed = 14 if measured or detail >= _SAID else 6
        else:
            deed = 10 if story.shared_actions else 4
    else:
        carried = story.is_event or len(story.imagined_actions) > 1 or mode is Mode.VIEW or detail >= _RICH
        deed = 15 if carried and detail >= _SAID else 10
    figures = min(3, sum(has_figure(clause) for clause in told))
    concrete = min(8, detail // 2) + figures + 3 * measured
    linked = _LINK_PLAIN if link.degree >= _PLAIN else _LINK_LOOSE if link.degree > _LINKED else _LINK_NONE
    return min(40, linked + deed + concrete)


def _completeness(
    kind: Kind, mode: Mode, study: Study, link: Relevance, detail: int, *, measured: bool, probe: bool
) -> int:
    story, star = study.story, study.reading.star
    if kind is Kind.GENERAL:
        return 2 * sum(part is not None for part in (star.situation, star.task, star.action)) if detail >= 2 else 0
    total = 0
    if story.own_actions or (story.is_event and measured and detail >= _AT_LENGTH):
        total += 11 if detail >= 4 else 6
    elif story.shared_actions:
        total += 7 if detail >= 4 else 4
    if star.result is not None:
        total += 11 if measured else 7
    total += 4 * (star.situation is not None or _opens_amid(study)) + 4 * (star.task is not None)
    total += 2 * min(3, max(0, _steps(study) - 1))
    if probe:  # A follow-up asks for one part, so that part alone nearly fills it.
        said = detail >= _SAID or measured
        total = min(MOST_COMPLETE, total + (14 if said else 4)) if total else 0
    total = max(total, _thought(mode, study, link, detail))
    return min(MOST_COMPLETE, total)


def _opens_amid(study: Study) -> bool:
    """`I was doing the morning round`: a scene, though it is one's own doing too."""
    told = [token.lower for token in study.clauses[0].tokens] if study.clauses else []
    return any(one in _AMID and two.endswith("ing") and len(two) > _ING for one, two in pairwise(told))


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
    example = story.is_event or any(map(is_example, clauses)) or _is_particular(study, mode)
    if mode is Mode.PLAN:
        steps = 5 * (len(story.imagined_actions) + len(story.own_actions))
        return min(20, max(steps, detail if detail >= _RICH else 0)) + 5 * reason + 5 * check + 5 * example
    if mode is Mode.REASON:
        linked = _SHARED[min(2, len(link.shared))]
        return 9 * reason + linked + 12 * story.is_event + 4 * (example and not story.is_event)
    return min(15, detail) + 8 * (reason or check) + 8 * example


def _clarity(
    kind: Kind, mode: Mode, study: Study, told: Sequence[Clause], detail: int, hedges: int, repeated: Sequence[int]
) -> int:
    if kind is Kind.GENERAL:
        return 10 if detail >= 3 else 6 if study.reading.words >= 5 else 3
    ordered = _in_order(study) if mode is Mode.STORY else 4 * (detail >= _SAID)
    marks = 12 + min(16, detail) + ordered
    marks += 2 * (bool(told) and bool(study.clauses) and told[0].start == study.clauses[0].start)
    wordy = sum(sum(map(is_content, clause.tokens)) for clause in study.clauses) == 0 or study.reading.words > _LONG
    return max(0, min(30, marks) - min(3, (hedges >= 3) + 2 * (len(repeated) >= 2 or wordy)))


def _in_order(study: Study) -> int:
    """0-4: two or three parts, told so that they can be followed."""
    star = study.reading.star
    starts = [part.start for part in (star.situation or star.task, star.action, star.result) if part]
    return 2 * (len(starts) - 1) if len(starts) >= 2 and starts == sorted(starts) else 0
