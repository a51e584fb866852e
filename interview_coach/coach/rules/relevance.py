"""How far an answer speaks about what was asked: words it shares with the requirement, the question and the evidence,
words of the same families (data/concepts.toml), and what a small network makes of question and answer (`subject`).

The words are plain, so that the report can show them; they show that the link is there. Whether an answer is about
something else is for the network to say, because what was asked may be told in quite other words: they only lean on it.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise

from interview_coach.coach.base import AnsweredQuestion
from interview_coach.coach.rules.fields import most_of_another, stems_of, words_called
from interview_coach.coach.rules.language import is_english
from interview_coach.coach.rules.modes import Mode, mode_of
from interview_coach.coach.rules.private import private_turns, weight_of_private_words
from interview_coach.coach.rules.subject import on_subject
from interview_coach.domain.outcomes import is_modal
from interview_coach.domain.text import Clause, Token, is_content, stem, tokenise
from interview_coach.domain.transcript import QuestionKind
from interview_coach.domain.vocabulary import VERB_FORMS
from interview_coach.domain.vocabulary import words as wordset

_FOLDER = files(__package__) / "data"
_DATA = json.loads((_FOLDER / "subjects.json").read_text(encoding="utf-8"))


def _concepts() -> dict[str, dict[str, str]]:
    return tomllib.loads((_FOLDER / "concepts.toml").read_text(encoding="utf-8"))


_COMPETENCY_WORDS = {key: stems_of(words) for key, words in _DATA["competencies"].items()}
_WORK = stems_of(_DATA["work"])
_COMMON_WORDS = stems_of(_DATA["common"])
_PEOPLE = stems_of(_DATA["people"])
_BOILERPLATE = stems_of(_DATA["boilerplate"])
_OF_WORK = _WORK | _COMMON_WORDS | _PEOPLE | _BOILERPLATE | frozenset().union(*_COMPETENCY_WORDS.values())
_FAMILIES = tuple(
    (stems_of(family["words"]), stems_of(f"{family['words']} {family['near']}")) for family in _concepts().values()
)
"""(stems that call up the family, all its stems)"""
_ENOUGH = 3.0
"""So many shared words are as good as more, which makes padding and stuffing useless."""
_NEAR = 0.7
_FIELD = 0.4
_SAID_BACK = re.compile(r"“[^”]*”")
_SAYING_BACK = re.compile(r"[^.?!]*“[^”]*”[^.?!]*(?:[.?!]+|$)")
_PRIVATE_ASKED = re.compile(
    r"n't had a (?:\w+ )?job\b|\b(?:outside (?:of )?(?:work|your job)|(?:not|never) had a (?:\w+ )?job|first job"
    r"|free time|spare time|hobb(?:y|ies)|volunteer\w*|private(?:ly)?|at school|studies|university|as a student"
    r"|in your life)\b",
    re.IGNORECASE,
)
"""Such a question may well be answered with what is no work."""
_RARE, _COMMON, _MOST_SHARED = 1.65, 0.5, 2.6
"""What a shared word says for the link: one that stands in hardly any other story, and one that stands in many."""
_COMPETENCY = (0.027, -0.3, 2.0)
_JOB = (0.055, -0.5, 2.5)
_OTHER = (0.1, 0.0, 2.0)
"""Words of the competency, of the field of the job, of another field: what share of any text they are by chance (mean
over the ladders), and the least and the most that more or less than that says."""
_COMPETENCY_WEIGHT, _JOB_WEIGHT, _OTHER_WEIGHT = 1.3, 1.8, 0.75
_UNKNOWN_JOB = 1.0
"""What an answer on the subject has of the field of the job on average: nobody is to miss what is not known."""
_PEOPLE_WEIGHT, _MOST_PEOPLE = 1.0, 2
"""Words for those whom one works with or for, and for what binds them."""
_NEAR_WEIGHT, _MOST_NEAR = 0.6, 2
_TRADE_WEIGHT = 0.7
"""A word of the job's title that the question does not have."""
_EMPLOYER_WEIGHT = 1.9
_ANYBODY = wordset("know see get have go need want say think feel look find come take")
"""`You` before one of these is mostly nobody in particular."""
_PRIVATE_WEIGHT = 33.0
"""What a word of private life says against it, over the number of all words."""
_TURN_WEIGHT = 1.2
_PAST_WEIGHT = 2.4
"""What was done, without a word of what one would do or what is so, where that was asked."""
_FREE = 30
"""One word of private life in so many says nothing."""
_START, _CROWD = 0.5, 1.2
_FEW_WORDS, _ROOM = 10, 20
"""The benefit of the doubt: in few words one may miss every word of the question, in so many one hardly does."""
_LONG, _LENIENT, _MOST_LENIENT = 26, 0.11, 1.6
"""Content words of a story that is seldom thrown out, whatever it is about: each one more needs more against it."""
_FEW_CLAUSES, _EACH_CLAUSE, _MOST_CLAUSES = 4, 0.14, 1.1
"""The same for clauses."""
_OPEN = 4.0
"""A question without a requirement asks for nothing that an answer could miss."""
MOST = 100
_LEAST = 4
_FAR = -1.7
"""Evidence of words below which an answer with something private in it, or of another kind than asked, is elsewhere."""
_LEANING, _MOST_AGAINST = 0.3, -4.0
"""What the evidence of words counts beside the network's log-odds, and how much of it against an answer at most."""
_PLAINLY = 4.0
"""Evidence of words from which on nothing is left to ask the network, which takes a tenth of a second."""
_LIMITS = ((-2.8, _LEAST), (-2.2, 60), (-1.0, MOST))
"""(log-odds, most marks): up to the first of them an answer is about something else, from the last on nothing is held
against it, and between two they rise in proportion, so that a word more or less moves little. All are far below 0,
because an honest answer held down is worse than a story that gets away with it."""
_HOW_THINGS_ARE = re.compile(
    r"^\W*(?:why|when|how|what|which) (?:is|are|does|do|must|should|can)\b(?!.*\b(?:you|your)\b)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Relevance:
    """What an answer shares with what was asked."""

    degree: float
    """0..1: `reach` over three."""
    shared: frozenset[str]
    """Stems shared with requirement, question or evidence."""
    near: frozenset[str]
    """Stems of the same family as a word of the question or the requirement."""
    evidence: float
    """What words speak for the link, less what they speak against it."""
    is_about_work: bool
    is_elsewhere: bool
    """It is about something else than was asked."""
    limit: int
    """Most marks: few where hardly anything leads to what was asked."""

    @property
    def is_doubtful(self) -> bool:
        """Little or nothing leads from it to what was asked."""
        return self.limit < MOST


def asked_stems(asked: AnsweredQuestion) -> frozenset[str]:
    """What the question is about, without the words that any question has."""
    texts = [_without_said_back(asked)]
    for requirement in asked.requirements:
        texts += [requirement.label, requirement.span.text]
    texts += [span.text for span in asked.evidence]
    return content_stems(token for text in texts for token in tokenise(text)) - _BOILERPLATE


def _without_said_back(asked: AnsweredQuestion) -> str:
    """The question without words of the last answer: only a follow-up asks about those."""
    return asked.question if asked.kind is QuestionKind.PROBE else _SAID_BACK.sub(" ", asked.question)


def _bare_question(asked: AnsweredQuestion) -> str:
    """The question without the sentence that says back, or, where there is only one, without what it says back."""
    question = _without_said_back(asked)
    if question == asked.question:
        return question
    return _SAYING_BACK.sub(" ", asked.question).strip() or question


def keywords(asked: AnsweredQuestion) -> tuple[str, ...]:
    """The words that carry the requirement, as the ad writes them and in its order.

    Left out are words that any ad has, and the verb that opens a duty (`prepare`, `handle`) when more words follow.
    """
    found: dict[str, str] = {}
    for requirement in asked.requirements:
        for text in (requirement.label, requirement.span.text):
            words = [token for token in tokenise(text) if is_content(token) and stem(token.lower) not in _BOILERPLATE]
            if len(words) > 1 and VERB_FORMS.get(words[0].lower, ("", ""))[1] == "base":
                words = words[1:]
            if words:
                found = {stem(token.lower): token.text for token in words} | found
                break
    return tuple(found.values())


def content_stems(tokens: Iterable[Token]) -> frozenset[str]:
    """Stems of the words that mean something; parts of compounds count too."""
    found = {stem(part) for token in tokens if is_content(token) for part in (token.lower, *token.lower.split("-"))}
    return frozenset(word for word in found if len(word) > 1)


def relevance(
    asked: AnsweredQuestion, told: Sequence[Clause], *, said: str = "", done: bool = False, trade: str = ""
) -> Relevance:
    """Compare the clauses that carry the answer, and what was `said` as a whole, with what was asked.

    Degree = (shared words + 0.7 for each near word + 0.4 for each word of the competency's field) / 3, at most 1.

    Whether it is about something else is weighed: the log-odds of the network, and 0.3 of what words say. Among those
    are shared words, near ones, words of the competency and of the job's field, as far as they are more than any story
    has by chance, against words and turns of private life, words of another field of work, and a tale where a plan or
    knowledge was asked for; their weights were found by logistic regression over ladders and rounded. Where they leave
    no doubt, the network is not asked. Where nothing is `said`, or not in English, or private life was asked for, they
    decide alone, and only who is far away is elsewhere. A follow-up leans on the answer before it. `done`: deeds are
    told. `trade`: what else is known of the job; what it touches is not private.
    """
    tokens = [token for clause in told for token in clause.tokens]
    words = content_stems(tokens)
    shared = words & asked_stems(asked)
    near: frozenset[str] = frozenset().union(*((words & family) - shared for family in families_of(asked)))
    field = (words & _COMPETENCY_WORDS.get(asked.competency, frozenset())) - shared
    own = _is_private_asked(asked)
    private = 0.0 if own else weight_of_private_words(tokens, _topic(asked, trade))
    turns = 0 if own else private_turns(tokens, _OF_WORK)
    past = done and not own and _asks_for_thoughts(asked) and not any(map(is_modal, tokens))
    title = content_stems(tokenise(trade)) - _BOILERPLATE
    evidence = (
        (0.0 if asked.requirements else _OPEN)
        + _benefit(len(words), len(told))
        + _links(words, shared, near, title)
        + _COMPETENCY_WEIGHT * _beyond_chance(len(field), len(words), _COMPETENCY)
        + _of_fields(words, shared, title, asked)
        + _EMPLOYER_WEIGHT * (_asks_why(asked) and _speaks_to_employer(tokens))
        - _PRIVATE_WEIGHT * max(0.0, private - len(words) / _FREE) / max(_FEW_WORDS, len(words))
        - _TURN_WEIGHT * turns * min(1.0, _LONG / max(1, len(words)))
        - _PAST_WEIGHT * past
    )
    away = private + turns > 0 or past
    if asked.kind is QuestionKind.PROBE or (said and evidence >= _PLAINLY):
        limit = MOST
    elif said and not own and is_english(said):
        limit = _most_marks(on_subject(_bare_question(asked), said) + _LEANING * max(_MOST_AGAINST, evidence))
    else:
        limit = _LEAST if away and evidence < _FAR else MOST
    reach = len(shared) + _NEAR * len(near) + _FIELD * len(field - near)
    return Relevance(
        degree=min(1.0, reach / _ENOUGH),
        shared=shared,
        near=near,
        evidence=evidence,
        is_about_work=bool(words & _WORK or field or shared or near),
        is_elsewhere=limit <= _LEAST,
        limit=limit,
    )


def _most_marks(odds: float) -> int:
    for (low, least), (high, most) in pairwise(_LIMITS):
        if odds < high:
            return least + int((most - least) * max(0.0, odds - low) / (high - low))
    return MOST


def _beyond_chance(count: int, words: int, table: tuple[float, float, float]) -> float:
    """How far a count of words exceeds what any text of that length has, in units that grow with its spread."""
    share, least, most = table
    chance = share * words
    beyond: float = (count - chance) / (0.5 + chance) ** 0.5
    return min(most, max(least, beyond))


def _asks_for_thoughts(asked: AnsweredQuestion) -> bool:
    """For what one would do or how things are, and for nothing that happened."""
    mode = mode_of(asked.question, asked.competency)
    return mode in {Mode.PLAN, Mode.FACT} or (mode is Mode.VIEW and bool(_HOW_THINGS_ARE.search(asked.question)))


def _of_fields(words: frozenset[str], shared: frozenset[str], title: frozenset[str], asked: AnsweredQuestion) -> float:
    """Words of the field that the job is in, less those of another one that nothing calls up."""
    told = words - shared
    known = words_called(title)
    of_job = _beyond_chance(len(told & known), len(words), _JOB) if known else _UNKNOWN_JOB
    texts = [asked.question, *(requirement.label for requirement in asked.requirements)]
    called = title | content_stems(token for text in texts for token in tokenise(text))
    other = _beyond_chance(most_of_another(told, called), len(words), _OTHER)
    return _JOB_WEIGHT * of_job - _OTHER_WEIGHT * other


def _is_private_asked(asked: AnsweredQuestion) -> bool:
    return bool(_PRIVATE_ASKED.search(asked.question))


def _asks_why(asked: AnsweredQuestion) -> bool:
    return mode_of(asked.question, asked.competency) is Mode.REASON


def _speaks_to_employer(tokens: Sequence[Token]) -> bool:
    """`You train people for the licence`, `your night shift`: whoever gives reasons turns to the employer."""
    for one, other in pairwise(token.lower for token in tokens):
        verb, form = VERB_FORMS.get(other, ("", ""))
        if one == "your" or (one == "you" and form == "base" and verb not in _ANYBODY):
            return True
    return False


def _benefit(words: int, clauses: int) -> float:
    """What few words may miss, and what many hardly tell about something else."""
    room = min(1.0, max(0.0, (words - _FEW_WORDS) / (_ROOM - _FEW_WORDS)))
    long = min(_MOST_LENIENT, _LENIENT * max(0, words - _LONG))
    return _START - _CROWD * room + long + min(_MOST_CLAUSES, _EACH_CLAUSE * max(0, clauses - _FEW_CLAUSES))


def _links(words: frozenset[str], shared: frozenset[str], near: frozenset[str], title: frozenset[str]) -> float:
    """What leads back to the question, its requirement and the people at work."""
    common = len(shared & _COMMON_WORDS)
    return (
        min(_MOST_SHARED, _COMMON * common + _RARE * (len(shared) - common))
        + _PEOPLE_WEIGHT * min(_MOST_PEOPLE, len(words & _PEOPLE))
        + _NEAR_WEIGHT * min(_MOST_NEAR, len(near))
        + _TRADE_WEIGHT * bool(words & (title - shared))
    )


def _topic(asked: AnsweredQuestion, trade: str) -> list[Token]:
    """What is asked about: no field of private life that it touches is private here."""
    labels = [requirement.label for requirement in asked.requirements]
    texts = (_without_said_back(asked), trade, *labels)
    return [token for text in texts for token in tokenise(text) if is_content(token)]


def families_of(asked: AnsweredQuestion) -> tuple[frozenset[str], ...]:
    """The families of words that the question and its requirements call up."""
    texts = [_without_said_back(asked), *(requirement.label for requirement in asked.requirements)]
    called = content_stems(token for text in texts for token in tokenise(text))
    return tuple(every for calling, every in _FAMILIES if calling & called)
