"""What is said about an answer: strengths and next steps that quote it, and a short summary.

Every remark rests on a verbatim span of that very answer, every improvement is one thing to do, and nothing is said
about a part that was not found, except that it was not found.
"""

from interview_coach.coach.base import AnsweredQuestion
from interview_coach.coach.rules.marking import MOST_COMPLETE, Kind, Marking, is_measured
from interview_coach.coach.rules.modes import Mode
from interview_coach.coach.rules.relevance import content_stems
from interview_coach.domain.actions import is_habit
from interview_coach.domain.evidence import Source, Span
from interview_coach.domain.outcomes import has_figure, is_modal, is_past, is_year
from interview_coach.domain.phrases import contact_data, span_of, specific_words
from interview_coach.domain.reading import Substance
from interview_coach.domain.scorecard import Remark
from interview_coach.domain.text import Clause, has_cue
from interview_coach.domain.transcript import QuestionKind
from interview_coach.domain.vocabulary import VERB_FORMS, phrases

_MOST = 3
_QUOTE_WORDS = 30
_FEW_WORDS = 50
"""In a longer answer one softened statement does not matter."""
_NUMBER = "Put one number to this result: how many, how much or how long. An honest estimate will do."
_COUNTS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five"}
_NEEDS_NO_FIGURE = frozenset({"nobody", "no", "not", "none", "never", "failed"})
_REFLECTIONS = phrases(
    """
    looking back | in hindsight | with hindsight | in retrospect | today i would | today i'd | i would today |
    next time i | next time we | i would have | i'd have | i should have | since then i | since then we |
    if i did it again | if i could do it again | another time i | i learned | i learnt | it taught me | taught me that |
    from now on i | now i always | these days i | nowadays i | i would now | i would do differently
    """
)
_JOINTS = frozenset({"and", "so", "but", "then"})
_PARTS = {"situation": "the situation", "task": "your task", "action": "what you did", "result": "what came of it"}


def quote_of(clause: Clause, answer: str) -> Span:
    """The clause, or its first words when it is long; ends before anything that looks like contact data."""
    tokens = clause.tokens
    while len(tokens) > 2 and tokens[0].lower in _JOINTS:
        tokens = tokens[1:]
    start, end = tokens[0].start, tokens[min(len(tokens), _QUOTE_WORDS) - 1].end
    for left, _ in contact_data(answer):
        if start < left < end:
            end = max((token.end for token in tokens if token.end <= left), default=end)
    return span_of(answer, start, end)


def subject(asked: AnsweredQuestion) -> str:
    """What the question is about, for use inside a sentence; empty when the ad gave nothing."""
    label = next((requirement.label.strip() for requirement in asked.requirements if requirement.label.strip()), "")
    return f"“{label}”" if label and len(label.split()) <= 10 else ""


def strengths(asked: AnsweredQuestion, marking: Marking) -> tuple[Remark, ...]:
    """What can be pointed at; none for an answer that tells nothing."""
    answer, study = asked.answer or "", marking.study
    if marking.kind is not Kind.TOLD:
        return ()
    story, star, found = study.story, study.reading.star, []

    def add(text: str, about: str, clause: Clause) -> None:
        found.append(Remark(text, about, quote_of(clause, answer)))

    measured = next((n for n in reversed(story.results) if has_figure(study.clauses[n])), None)
    if not (marking.mode is Mode.STORY or story.is_event):
        measured = None
    elif measured is not None:
        add("The result has a figure, so its size is clear.", "result", study.clauses[measured])
    elif story.results:
        add("You say how it ended.", "result", study.clauses[story.results[-1]])
    own, planned = _clearest(marking, measured), _planned(marking)
    if own is not None:
        add("Your own part is clear: you say what you did.", "action", study.clauses[own])
    elif planned:
        add("You name a step that you would take.", "action", study.clauses[planned[0]])
    if star.task is not None and marking.mode is Mode.STORY:
        add("You say what had to be achieved.", "task", _at(study.clauses, star.task))
    if star.situation is not None and star.situation != star.task and star.situation != star.action:
        add("The scene is set, so a listener can follow.", "situation", _at(study.clauses, star.situation))
    topic = subject(asked)
    linked = next((c for c in marking.told if content_stems(c.tokens) & marking.link.shared), None)
    if linked is not None and topic and len(marking.link.shared) >= 2:
        add(f"This speaks to what the ad asks for: {topic}.", "strength", linked)
    distinct = {(remark.quote.start if remark.quote else -1): remark for remark in reversed(found)}
    return tuple(remark for remark in found if distinct[remark.quote.start if remark.quote else -1] is remark)[:_MOST]


def _clearest(marking: Marking, measured: int | None) -> int | None:
    """The own deed to point at: told in the past, with `I` in it, and with the most to picture; never a description
    of what one does all the time, as long as a deed is told."""
    clauses, story = marking.study.clauses, marking.study.story
    verbs = dict(story.verbs)

    def rank(number: int) -> tuple[bool, bool, int, int]:
        clause = clauses[number]
        words = [token.lower for token in clause.tokens]
        past = number in verbs and is_past(words[verbs[number]])
        return (
            past,
            "i" in words and words[0] not in {"because", "since"},
            min(6, len(specific_words((clause,)))),
            -number,
        )

    return max((n for n in story.own_actions if n != measured), key=rank, default=None)


def _planned(marking: Marking) -> tuple[int, ...]:
    """Steps that one would take; a habit or something dated was done, whatever its tense."""
    clauses, story = marking.study.clauses, marking.study.story
    would = {clauses[n].sentence for n in story.imagined_actions if any(map(is_modal, clauses[n].tokens))}

    def is_step(clause: Clause) -> bool:
        if any(map(is_modal, clause.tokens)):
            return True
        return clause.sentence in would or (
            marking.mode is Mode.PLAN and not is_habit(clause) and not any(map(is_year, clause.tokens))
        )

    return tuple(n for n in story.imagined_actions if is_step(clauses[n]))


def _has_example(marking: Marking) -> bool:
    """A case, something that happened in a named year, or a habit of one's own."""
    if marking.study.story.is_event or marking.example is not None:
        return True
    clauses = [clause for clause in marking.study.clauses if not any(map(is_modal, clause.tokens))]
    lowered = [(clause, {token.lower for token in clause.tokens}) for clause in clauses]
    past = {clause.sentence for clause, words in lowered if any(map(is_past, words)) or words & {"was", "were", "had"}}
    if any(clause.sentence in past and any(map(is_year, clause.tokens)) for clause in clauses):
        return True
    return any(words & {"i", "we"} and is_habit(clause) and words & VERB_FORMS.keys() for clause, words in lowered)


def _reflects(marking: Marking) -> bool:
    """Says already what one would do, or does, differently by now."""
    return any(has_cue(clause, _REFLECTIONS) for clause in marking.study.clauses)


def _at(clause_list: tuple[Clause, ...], span: Span) -> Clause:
    return next(clause for clause in clause_list if clause.start == span.start)


def improvements(asked: AnsweredQuestion, marking: Marking) -> tuple[Remark, ...]:
    """What to do next time, the most useful first."""
    answer = asked.answer or ""
    if not answer.strip():
        return (_step("Next time, write two sentences: where it happened, and the first thing you did.", None),)
    if marking.kind is not Kind.TOLD:
        return (_first_step(asked, marking, answer),)
    steps = _missing(marking, answer, asked_again=asked.kind is QuestionKind.PROBE) + _polish(asked, marking, answer)
    if marking.again:
        text = (
            "You told this to an earlier question. Choose another case here, so that each answer shows something new."
        )
        steps.insert(0, _step(text, quote_of(marking.told[0], answer)))
    elif marking.link.is_doubtful:
        topic = subject(asked) or "what was asked"
        text = f"Begin with one sentence that says what this has to do with {topic}."
        steps.insert(0, _step(text, quote_of(marking.told[0], answer)))
    if not steps:
        text = "Add one sentence at the end: what you would do differently today, and why."
        if _reflects(marking):
            text = "Begin with this sentence next time: it shows your part at once."
            if _main_action(marking) is marking.study.clauses[0]:
                text = "Tell this in two minutes at most: choose the two steps that mattered most."
        elif marking.mode is Mode.REASON:
            text = "Begin with this next time: it shows more than a wish."
        elif marking.mode is not Mode.STORY:
            text = "Finish with one sentence on why this matters to you in this job."
        steps = [_step(text, quote_of(_main_action(marking), answer))]
    return tuple(steps[:_MOST])


def _step(text: str, quote: Span | None) -> Remark:
    return Remark(text, "improvement", quote)


def _whole(answer: str) -> Span:
    """The beginning of an answer that has no clause worth quoting."""
    left = len(answer) - len(answer.lstrip())
    text = answer[left : left + 80].split("\n")[0].rstrip()
    return Span(Source.ANSWER, text, left, left + len(text))


def _best(marking: Marking, answer: str) -> Span:
    phrases = marking.study.reading.phrases
    if phrases:
        return phrases[0]
    return quote_of(marking.study.clauses[0], answer) if marking.study.clauses else _whole(answer)


def _first_step(asked: AnsweredQuestion, marking: Marking, answer: str) -> Remark:
    topic = subject(asked) or "what the question asks"
    best = _best(marking, answer)
    refused = marking.study.gate.refused
    if marking.kind is Kind.LIST:
        text = "Choose one of these words and tell in two sentences where you used it."
        return _step(text, quote_of(marking.study.clauses[0], answer))
    if marking.kind is Kind.ELSEWHERE:
        return _step(f"This does not answer the question yet. Begin with one sentence about {topic}.", best)
    if marking.kind is Kind.DECLINED:
        text = "It is fine to say so. Then add one sentence about something close to it that you have done"
        return _step(f"{text}{_near(asked)}.", best)
    if refused is Substance.COPIED:
        return _step("This is the question again. Start with “I” and say one thing that you did.", _whole(answer))
    if refused is Substance.HOSTILE:
        return _step("This was not read as an answer. Write one sentence about something that you did.", _whole(answer))
    if refused is not None:
        return _step(
            "This could not be read as an answer. Write one sentence that starts with “I” and says what you did.",
            _whole(answer),
        )
    if marking.mode is Mode.REASON:
        return _step(f"Finish this sentence about {topic}: “I want to do this because …”.", best)
    if marking.mode is Mode.PLAN:
        return _step("Name the very first step that you would take, and the second.", best)
    if marking.mode is Mode.VIEW:
        return _step("Back this with one example: “For instance, when I …”.", best)
    return _step("Pick one day on which you did this, and tell what you did that day.", best)


def _near(asked: AnsweredQuestion) -> str:
    topic = subject(asked)
    return f", at work, in training or in private, even if it only touches {topic}" if topic else ""


def wants_number(marking: Marking) -> bool:
    """The result could be counted and is not. How a person reacted, or that nothing bad happened, needs no figure."""
    results = [marking.study.clauses[number] for number in marking.study.story.results]
    words = [[token.lower for token in clause.tokens[:4]] for clause in results]
    reaction = any(opening[0] in {"he", "she"} or not _NEEDS_NO_FIGURE.isdisjoint(opening) for opening in words)
    return bool(results) and not reaction and not is_measured(marking.study, marking.told)


def _is_uncounted(marking: Marking) -> bool:
    """No figure anywhere: a follow-up is short, and a figure beside the result sizes it too."""
    return wants_number(marking) and not any(map(has_figure, marking.study.clauses))


def _lacks_end(clause: Clause) -> bool:
    """A single deed without a figure; what one does again and again has no end to tell."""
    return not is_habit(clause) and not has_figure(clause)


def _main_action(marking: Marking) -> Clause:
    story = marking.study.story
    clearest = _clearest(marking, None)
    if clearest is not None:
        return marking.study.clauses[clearest]
    acted = story.shared_actions or story.imagined_actions
    return marking.study.clauses[acted[0]] if acted else marking.told[0]


def _missing(marking: Marking, answer: str, *, asked_again: bool) -> list[Remark]:
    study, steps = marking.study, []
    story, star = study.story, study.reading.star
    last = quote_of(marking.told[-1], answer)
    if marking.mode is not Mode.STORY:
        if marking.mode is Mode.PLAN and len(story.imagined_actions) < 2 and not story.is_event:
            steps.append(_step("Name the step that comes after this one.", last))
        if not _has_example(marking):
            steps.append(_step("Add one example of your own: “For instance, when I …”.", last))
        elif story.is_event and star.result is None and _lacks_end(_main_action(marking)):
            steps.append(_step("Say in one sentence what came of this.", quote_of(_main_action(marking), answer)))
        if marking.reason is None:
            steps.append(_step("Add why: one sentence with “because”.", last))
        return steps
    if asked_again and not story.is_event:
        return [_step(_NUMBER, last)] if _is_uncounted(marking) else steps
    action = quote_of(_main_action(marking), answer)
    if not story.own_actions and story.shared_actions:
        steps.append(_step("Say which part of this was yours, in one sentence that starts with “I”.", action))
    elif not story.own_actions:
        steps.append(_step("After this, add one sentence that starts with “I” and says what you did.", last))
    if star.result is None:
        text = "After this, add what changed: one sentence with a before and an after."
        steps.append(_step(text, action if story.is_event else last))
    elif _is_uncounted(marking) if asked_again else wants_number(marking):
        result = quote_of(study.clauses[story.results[0]], answer)
        steps.append(_step(_NUMBER, result))
    if asked_again or marking.completeness == MOST_COMPLETE:
        return steps  # the scene and the task belong to the answer before, or can be seen from what was done
    if star.situation is None:
        steps.append(
            _step("Before this, say in half a sentence where and when it was.", quote_of(marking.told[0], answer))
        )
    elif star.task is None:
        steps.append(_step("Before this, say in half a sentence what you had to achieve.", action))
    return steps


def _polish(asked: AnsweredQuestion, marking: Marking, answer: str) -> list[Remark]:
    steps, topic = [], subject(asked)
    if topic and marking.link.degree < 0.3 and not marking.link.is_doubtful:
        steps.append(_step(f"Add one sentence that ties this to {topic}.", _best(marking, answer)))
    if len(marking.hedges) > 1 or (marking.hedges and 20 <= marking.study.reading.words < _FEW_WORDS):
        number, words = marking.hedges[0]
        clause = marking.study.clauses[number]
        place = clause.start + answer[clause.start : clause.end].lower().replace("’", "'").find(words)
        hedge = answer[place : place + len(words)] if place >= clause.start else words
        steps.append(_step(f"Leave out “{hedge}” here; the sentence is stronger without it.", quote_of(clause, answer)))
    if len(marking.repeated) >= 2:
        clause = marking.study.clauses[marking.repeated[0]]
        steps.append(_step("This was already said. Leave it out the second time.", quote_of(clause, answer)))
    return steps


def summary(asked: AnsweredQuestion, marking: Marking) -> str:
    """Two or three sentences: what was found, what was not."""
    study, answer = marking.study, asked.answer or ""
    if not answer.strip():
        return "This question was not answered, so there are no marks for it."
    plain = {
        Substance.FILLER: "There is no answer in this yet, so there are no marks for it.",
        Substance.COPIED: "This is the question in its own words, so there is nothing to mark yet.",
        Substance.HOSTILE: "This is not an answer to the question, so there are no marks for it.",
        Substance.GIBBERISH: "This could not be read as words.",
        Substance.DONT_KNOW: "You say openly that you have no answer. Something close to it would earn marks.",
    }.get(study.gate.refused or Substance.STORY)
    if plain:
        return plain
    if marking.kind is Kind.LIST:
        return "These are single words side by side. None of them is tied to something that you did."
    if marking.kind is Kind.ELSEWHERE:
        return "This does not answer the question that was asked."
    aside = " Words that were not part of the answer were left out of the marks." if study.gate.set_aside else ""
    if marking.kind is Kind.GENERAL:
        return "This stays general so far: it names no single event, no step and no result." + aside
    return _found(marking, asked_again=asked.kind is QuestionKind.PROBE) + aside


def _found(marking: Marking, *, asked_again: bool) -> str:
    star, story = marking.study.reading.star, marking.study.story
    if marking.mode is not Mode.STORY:
        if story.is_event:
            return "You back what you say with something that you did."
        steps = len(_planned(marking))
        if steps:
            named = f"{_COUNTS.get(steps, str(steps))} step{'s' if steps > 1 else ''}"
            if _has_example(marking):
                return f"You name {named}, and a case that shows it."
            return f"You name {named}, but no example yet from your own experience."
        return f"You give your own view{' and name a case' if _has_example(marking) else ', but no example yet'}."
    there = [name for part, name in _PARTS.items() if getattr(star, part) is not None]
    # A follow-up asks for one part; the answer before may have told the others. What cost nothing is not missing.
    missing = (
        []
        if asked_again or marking.completeness == MOST_COMPLETE
        else [name for part, name in _PARTS.items() if getattr(star, part) is None]
    )
    text = f"You tell {_join(there)}." if there else "There is a beginning here."
    if missing:
        text += f" Not found: {_join(missing)}."
    if star.action is not None and not story.own_actions and story.shared_actions:
        text += " You say “we”, so your own part stays open."
    uncounted = _is_uncounted(marking) if asked_again else wants_number(marking)
    if star.result is not None and uncounted:
        text += " The result has no figure yet."
    if marking.link.degree < 0.15 or marking.link.is_doubtful:
        text += " How this belongs to the question is not said yet."
    return text


def _join(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
