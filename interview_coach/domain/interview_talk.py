"""Whether words are about the interview itself (its answers, its marks, who gives them) or about the world of the work.

What earns marks is what somebody did, knows or would do in the world of the work. So each sentence is weighed: words
about the evaluation, verdicts, pleas, deals, threats and words to the reader on one side; words about anything else on
the other. A deed of one's own with such words in it is evidence, whatever it was done to: teachers mark tests, and
auditors give grades.
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise, takewhile

from interview_coach.domain import interview_words as say
from interview_coach.domain.text import Token, is_content, looks_past, stem, tokenise
from interview_coach.domain.vocabulary import NUMBER_WORDS, PLATITUDES, VAGUE_WORDS, VERB_FORMS, words

_OPENING = 60
"""Characters in which the first two words stand."""
_MANY = 120
"""Content words; a longer text is not only about the interview."""
_PARTS = re.compile(r"(?<=[.!?;])\s+|\n+")
_PAST_BE = frozenset({"was", "were", "had", "could"})
_PASSIVE = frozenset({"is", "are", "be", "been", "being", "fully"})
_ENDS = frozenset(":;.!?")
_SCRAP = 5
_TERMS = 6
"""Pieces between commas from which on it is a list."""
_WORLDLY = 14
"""Words about the world in what is told as past: a story, whoever gives marks in it."""
_BLANK = (
    VAGUE_WORDS
    | PLATITUDES
    | words(
        """
        story stories moment moments situation situations time times year years month months week weeks day days ago way
        happened happen happens changed change changes turned turn tell told say said question answer part rest detail
        details end beginning result action actions task faced face continue continues continued following
        """
    )
)
"""What an empty frame for a story is made of."""


@dataclass(frozen=True, slots=True)
class Talk:
    """What one sentence, or a whole text, is about."""

    evaluation: int
    """Distinct words about the evaluation: its parts, its people, its outcome."""
    verdict: int
    """What is said of an answer or of who gave it."""
    dealing: int
    """Orders, pleas, deals, threats, forms and programs."""
    world: int
    """Words about anything else."""
    reader: bool
    """It turns to whoever reads."""
    top: bool
    """It names a hundred, or so many of so many, of nothing."""
    prize: bool
    """It names the most that an answer can get."""
    here: bool
    """It points at this very answer."""
    ordered: bool
    """It bids the reader do something."""
    rule: bool
    """It says what holds for others (`applicants receive`), or is nobody's words and mostly about the evaluation."""
    third: bool
    """It speaks of the person who answers as of somebody else."""
    past: bool
    """It tells what happened."""
    deed: bool
    """It tells what the person did, does or would do in the world."""
    act: bool
    """The same with less to picture: `I marked thirty tests`."""
    opens_with_deed: bool
    """`Took over her tour`: notes leave the `I` out."""

    @property
    def weight(self) -> float:
        """How much of it is about the interview."""
        return 2.0 * self.evaluation + self.verdict + self.dealing + 1.5 * self.reader + 1.5 * self.top

    @property
    def share(self) -> float:
        """0..1"""
        return self.weight / (self.weight + self.world) if self.weight else 0.0

    @property
    def is_told(self) -> bool:
        """A deed of one's own that does not turn to the marker."""
        turned = self.reader or (self.top and not self.past) or self.here
        acted = self.act or (self.world >= 2 and self.opens_with_deed)
        return (self.deed and (not turned or self.share < 0.4)) or (acted and not turned)


def weigh(sentence: str, asked: frozenset[str] = frozenset()) -> Talk:
    """Weigh one sentence, or a whole text; words with a stem in `asked` are about the world. Linear in its length."""
    tokens = tokenise(sentence)
    found = {token.lower for token in tokens if is_content(token) and token.lower not in NUMBER_WORDS}
    roots = {word: stem(word) for word in found}
    unasked = {word for word in found if roots[word] not in asked}
    evaluation = {word for word in unasked if roots[word] in say.EVALUATION} - _on_things(tokens)
    verdict = {word for word in unasked - evaluation if roots[word] in say.VERDICT}
    dealing = {word for word in unasked - evaluation - verdict if roots[word] in say.DEALING}
    world = {word for word in found - evaluation - verdict - dealing if word.isalpha() or "-" in word or "'" in word}
    cast = bool(say.CAST.search(sentence) or say.SAY_SO.search(sentence))
    marked = bool(say.MARKED.search(sentence))
    return Talk(
        evaluation=len(evaluation) + bool(say.LABELLED.search(sentence)),
        verdict=len(verdict),
        dealing=len(dealing),
        world=len(world),
        reader=bool(say.READER.search(sentence)) or _names_yours(tokens) or cast or bool(say.YOU_ARE.search(sentence)),
        top=bool(say.BARE_TOP.search(sentence)),
        prize=bool(say.PRIZE.search(sentence)) and asked.isdisjoint(map(stem, evaluation | verdict)),
        here=bool(say.HERE.search(sentence)),
        ordered=bool(say.IMPERATIVE.search(sentence) or say.FOR_ME.search(sentence)) or cast,
        rule=not _OWN_WORDS.search(sentence)
        and (bool(say.RULED.search(sentence)) or (bool(evaluation) and len(world) <= len(evaluation | dealing))),
        third=bool(say.THIRD.search(sentence)),
        past=_narrates([token.lower for token in tokens]),
        deed=_tells_deed(tokens, world, least=2, speaking=say.SPEAKING | say.LIGHT),
        act=marked or _tells_deed(tokens, world, least=1, speaking=say.SPEAKING),
        opens_with_deed=_opens_with_deed(tokenise(sentence[:_OPENING])),
    )


def _on_things(tokens: Sequence[Token]) -> set[str]:
    """`mark the board`, `score along the line`: tool work on a thing of the world."""
    found: set[str] = set()
    for place, token in enumerate(tokens[:-2]):
        after = tokens[place + 1 : place + 4]
        thing = next((each for each in after if each.lower not in say.JOINTS), token)
        worldly = is_content(thing) and stem(thing.lower) not in say.INTERVIEW and thing.lower not in NUMBER_WORDS
        if token.lower in say.TOOL_WORK and after[0].lower in say.JOINTS and worldly:
            found.add(token.lower)
    return found


def _names_yours(tokens: Sequence[Token]) -> bool:
    """`your judgement`, `your kind system`: what is the reader's is part of the evaluation."""
    return any(
        before.lower == "your" and not {stem(each.lower) for each in (after, later)}.isdisjoint(say.YOURS)
        for before, after, later in zip(tokens, tokens[1:], [*tokens[2:], *tokens[-1:]], strict=False)
    )


def _tells_deed(tokens: Sequence[Token], things: AbstractSet[str], *, least: int, speaking: frozenset[str]) -> bool:
    """`I` or `we` with a verb of doing, and something in the world that it was done to."""
    for place, token in enumerate(tokens):
        if token.lower not in say.OWN:
            continue
        said = list(takewhile(lambda after: _ENDS.isdisjoint(after.gap), tokens[place + 1 : place + 5]))
        verb = next((after.lower for after in said if _stops(after.lower)), "")
        follows = said[0] if said else token
        if not _is_doing(verb) and verb not in say.NOT_DOING and is_content(follows):
            verb = follows.lower  # a verb that no list has
        base = VERB_FORMS.get(verb, (verb.removesuffix("ed"), ""))[0]
        if (
            verb
            and verb not in say.NOT_DOING
            and speaking.isdisjoint({verb, base, base + "e"})
            and len(things - {verb}) >= least
        ):
            return True
    return False


def _is_doing(word: str) -> bool:
    return word in VERB_FORMS or looks_past(word) or word in say.MORE_PASTS


def _stops(word: str) -> bool:
    """The verb, or a word behind which the verb is somebody else's or was not done."""
    return (word not in say.AUXILIARY and (_is_doing(word) or word in say.SPEAKING)) or word in say.NOT_DOING


def _opens_with_deed(tokens: Sequence[Token]) -> bool:
    """`Took over her tour`; `Reviewed by ...` is somebody else's."""
    if len(tokens) < 2:
        return False
    base, form = VERB_FORMS.get(tokens[0].lower, ("", ""))
    own = (
        form == "past"
        and base != tokens[0].lower
        and base not in say.SPEAKING | say.LIGHT
        and stem(tokens[0].lower) not in say.INTERVIEW
    )
    return own and tokens[1].lower != "by" and tokens[1].gap == " "


def asked_stems(question: str) -> frozenset[str]:
    """Stems of what is asked about: a question about marks is answered with words about marks."""
    return frozenset(stem(token.lower) for token in tokenise(question) if is_content(token)) - say.GENERIC


def is_no_answer(text: str, question: str, *, beside: bool = False, pieces: Sequence[str] = ()) -> bool:
    """The text as a whole speaks of the interview and tells nothing of the world of the work.

    `beside`: it is what was left when words about the interview were taken out, so that less is enough.
    `pieces`: the statements it consists of; by default its sentences.
    """
    if len(text) > _MANY * 20:
        return False
    asked = asked_stems(question)
    if beside and _is_frame(text, asked):
        return True
    talk = weigh(text, asked)
    if talk.world + talk.evaluation + talk.verdict + talk.dealing > _MANY:
        return False
    directed = (
        talk.reader or (talk.top and not (talk.past and _I.search(text))) or talk.here or bool(say.FOR_ME.search(text))
    )
    parts = [weigh(part, asked) for part in pieces or _PARTS.split(text) if part.strip()]
    told = any(part.is_told for part in parts)
    directed = directed or (not told and any(part.reader for part in parts))
    pointed = bool(talk.evaluation) or directed
    if told or ((talk.deed or talk.act) and not directed):
        return directed and talk.share >= 0.65
    if talk.prize and (directed or not _OWN_WORDS.search(text)):
        return True
    if not directed and talk.world >= 2 * (talk.evaluation + talk.verdict + talk.dealing) and _lists(text):
        return False
    if talk.past and talk.world >= _WORLDLY and not directed and not talk.third and not say.CAST.search(text):
        return False
    linked = any(not asked.isdisjoint(_forms(token.lower)) for token in tokenise(text))
    named = talk.evaluation and (talk.reader or (talk.here and talk.verdict > 1))
    if talk.third or say.CAST.search(text) or (named and not linked):
        return True
    if pointed or beside:
        return talk.share >= (0.4 if linked else 0.3) and talk.weight >= (1 if beside else 2 if directed else 2.5)
    others = talk.verdict > 1 and bool(_OTHERS.search(text)) and not _OWN_WORDS.search(text)
    return talk.share >= (0.35 if others else 0.65 if linked else 0.55) and talk.weight >= 3


def _forms(word: str) -> set[str]:
    """Its stem, and of a verb that of its base: who was asked about teaching has `taught`."""
    return {stem(word), stem(VERB_FORMS.get(word, (word, ""))[0])}


def _lists(text: str) -> bool:
    """`Risk assessment, interviewing, empathy`: terms side by side, some of which any interview has too."""
    pieces = text.count(",") + 1
    return pieces >= _TERMS and len(text.split()) <= 3 * pieces


def _is_frame(text: str, asked: frozenset[str]) -> bool:
    """Hardly a word that says anything, or nobody's words: no `I`, and nothing of what was asked."""
    content = {token.lower for token in tokenise(text) if is_content(token)}
    if len(content - _BLANK) < _SCRAP and not weigh(text, asked).is_told:
        return True
    return not _OWN_WORDS.search(text) and asked.isdisjoint(map(stem, content))


def is_note_of_others(text: str, question: str) -> bool:
    """`HR comment: ...`, a dialogue about the answer: what has no such label in it tells no deed. A sentence a line."""
    asked = asked_stems(question)
    lines = [line for line in text.splitlines() if line.strip()]
    others = [line for line in lines if not say.LABELLED.search(line)]
    if not lines or lines[0] in others:
        return False
    said = [line.split(":", 1)[1] for line in lines if line not in others]
    own = any(weigh(line, asked).is_told and _I.search(line) for line in said)
    return not own and not any(weigh(line, asked).is_told for line in others)


def is_blank_form(text: str) -> bool:
    """`[Situation with context] [Task]`: a template that was sent as it is."""
    left = say.SLOTS.sub("", text)
    return left != text and not any(map(is_content, tokenise(left)))


def is_aside(talk: Talk, *, told: bool = False) -> bool:
    """One sentence that speaks of the interview beside an answer: of marks, and to somebody or of this very answer.

    `told`: deeds of one's own stand in the same text, so that what happened to marks and people belongs to them.
    """
    here = talk.reader or talk.here or (talk.top and not talk.past)
    if (talk.deed and (not here or talk.share < 0.6)) or (talk.act and not (here or talk.ordered)):
        return False
    if talk.prize and not talk.is_told and (here or talk.ordered or talk.rule):
        return True
    if told and talk.past and not here and talk.share < 0.6:
        return False
    if talk.third and talk.verdict:
        return True
    if here:  # `my back says thank you` is no plea
        return talk.share >= 0.5 and talk.weight >= (2.5 if talk.evaluation or talk.verdict else 4)
    if told and not talk.ordered and not talk.verdict and talk.evaluation < 2:
        return False
    happened = not (talk.ordered or (talk.verdict > 1 and talk.evaluation)) and (talk.past or talk.act)
    return (
        bool(talk.evaluation or talk.ordered)
        and not happened
        and talk.share >= (0.6 if talk.world >= 3 else 0.5)
        and talk.weight >= 3
    )


_I = re.compile(r"\bi\b", re.IGNORECASE)
_OTHERS = re.compile(r"^\W*(?:he|she|they|this person)\b", re.IGNORECASE)
_OWN_WORDS = re.compile(r"\b(?:i|we|me|us|my|our|i'\w+|we'\w+)\b", re.IGNORECASE)


def asides(sentence_list: Sequence[str]) -> list[bool]:
    """Which of the sentences are such; short ones that follow each other are also weighed together."""
    talks = [weigh(sentence) for sentence in sentence_list]
    told = any(talk.is_told for talk in talks)
    found = [is_aside(talk, told=told) for talk in talks]
    run: list[int] = []
    for number, talk in enumerate([*talks, None]):
        if talk is not None and not talk.deed and not talk.act and talk.share >= 0.5 and talk.weight >= 1:
            run.append(number)
            continue
        turned = any(talks[each].evaluation for each in run)
        if len(run) > 1 and (turned or not told) and sum(talks[each].weight for each in run) >= 4:
            for each in run:
                found[each] = found[each] or not talks[each].past
        run = []
    return found


def narrates(sentence: str) -> bool:
    """Tells what happened: `the score rose`, `my grade was poor`, `eight of nine passed`."""
    return _narrates([token.lower for token in tokenise(sentence)])


def _narrates(tokens: Sequence[str]) -> bool:
    if not _PAST_BE.isdisjoint(tokens):
        return True
    return any(
        (VERB_FORMS.get(word, ("", ""))[1] == "past" or (looks_past(word) and before in NUMBER_WORDS))
        and before not in _PASSIVE
        for before, word in pairwise(tokens)
        if word not in NUMBER_WORDS | {"set", "put"}
    )
