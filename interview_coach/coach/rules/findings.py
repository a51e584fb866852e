"""What is seen in a marked answer, as far as remarks rest on it: which deed is clearest, what could be counted, what is
said already. Marks and remarks come from the same clauses."""

from collections.abc import Iterable
from functools import cached_property

from interview_coach.coach.rules.marking import Kind, Marking, is_measured
from interview_coach.coach.rules.modes import Mode
from interview_coach.domain.actions import is_habit
from interview_coach.domain.outcomes import has_figure, is_modal, is_past, is_year
from interview_coach.domain.phrases import specific_words
from interview_coach.domain.text import Clause, Token, has_cue, is_content
from interview_coach.domain.vocabulary import MONTHS, VERB_FORMS, phrases, words

_REFLECTIONS = phrases(
    """
    looking back | in hindsight | with hindsight | in retrospect | today i would | today i'd | i would today |
    next time i | next time we | i would have | i'd have | i should have | since then i | since then we | since that |
    if i did it again | if i could do it again | another time i | i learned | i learnt | it taught me | taught me that |
    from now on i | now i always | these days i | nowadays i | i would now | i would do differently | today i
    """
)
_WHY = phrases(
    """
    because | so that | in order to | since i | since we | since it | since they | since she | since he | since the |
    that is why | that's why | otherwise | to make sure | the reason | as it | due to | therefore | to avoid | to keep |
    so they | draws me
    """
)
_DENIALS = phrases(
    """
    i have never | i've never | i never | i have not | i haven't | i did not yet | i don't have | i do not have |
    no experience | not yet
    """
)
_SPELLS = words("been while ages ago long time first years months weeks days")
"""Before `since`: a time, and no reason."""
_JOB = phrases(
    """
    this job | the job | your | yours | with you | to you | for you | this role | the role | this post | this position |
    build on | i bring | i can bring | i join | join you |
    my first week | my first month | my first day | my first weeks | my first months
    """
)
_NEXT = words("would will i'd i'll we'd we'll")
_LITTLE = 24
"""Words."""
_CHECKS = phrases(
    """
    until | check | checked | i know | measure | make sure | follow up | afterwards | write down | note | review |
    look at how | see whether | see if | ask whether | ask if | ask how
    """
)
_OTHERWISE = phrases("if it | if that | if she | if he | if they | if not | if nobody | if one | in case | otherwise")
_ORDER = words("first then next after afterwards finally later last before")
_CHANGES = words(
    """
    fell fallen drop dropped rose risen grew grown sank decreased increased reduced cut saved lost gained doubled
    halved shrank shrunk improved climbed went
    """
)
_MASS = words(
    """
    time money waste turnover revenue sales profit income cost demand traffic attendance debt volume share rate weight
    price stock backlog energy water fuel paper scrap overtime
    """
)
_COMPARING = words("fewer faster quicker slower shorter longer sooner earlier later cheaper")
_SOME = words("many most several some few lots lot part plenty less more")
_NOTHING_DONE = frozenset({"nothing", "not", "never"})
_SELVES = frozenset({"i", "we"})
_OTHERS = frozenset({"he", "she", "they", "nobody", "everybody", "everyone"})
_ONE_PERSON = frozenset({"he", "she", "nobody", "everybody", "everyone"})
_TROUBLE = words(
    """
    not never no nobody none only without refused refuse complained stopped broke broken burst ill sick late short lost
    wrong stuck missing failed failing fell problem trouble error errors mistake mistakes angry upset slow full empty
    shouted shouting shouts left alone died dead down leak leaked noise dirty cold dark afraid hard difficult used
    """
)
_PLACING = words("in at on during for after before since last one by")
_SETTING = MONTHS | words(
    """
    our my the a an last this that his her their year month week winter spring summer autumn day morning afternoon
    evening night weekend saturday sunday monday tuesday wednesday thursday friday
    """
)
_PALE = words("fine good well happy satisfied great okay ok smoothly perfectly nice pleased better success successful")
_DATED = 4
"""Letters of a plural that can be counted: `bus` and `its` are none."""


class Findings:
    """Facts about one marked answer; every clause is one of the answer."""

    def __init__(self, marking: Marking) -> None:
        self.marking = marking
        self.clauses = marking.study.clauses
        self.story = marking.study.story
        self.star = marking.study.reading.star

    @property
    def asks_story(self) -> bool:
        """The question asks for something that happened."""
        return self.marking.mode is Mode.STORY

    def at(self, numbers: Iterable[int]) -> tuple[Clause, ...]:
        """The clauses with these numbers."""
        return tuple(self.clauses[number] for number in numbers)

    @property
    def results(self) -> tuple[Clause, ...]:
        """What says how it ended, the part that was found first."""
        found = self.at(self.story.results)
        best = self.star.result.start if self.star.result else -1
        # `until she found the form` says how long rather than how it ended.
        return tuple(sorted(found, key=lambda clause: (clause.tokens[0].lower == "until", clause.start != best)))

    @cached_property
    def measured(self) -> Clause | None:
        """The last result with a figure."""
        return next((clause for clause in reversed(self.at(self.story.results)) if has_figure(clause)), None)

    @cached_property
    def countable(self) -> Clause | None:
        """The result that speaks of an amount and gives none; None when none does, or the result is measured. How
        somebody reacted, or that nothing bad happened, needs no figure."""
        if is_measured(self.marking.study, self.marking.told):
            return None
        return next((clause for clause in self.results if _is_amount(clause.tokens)), None)

    @cached_property
    def is_pale_at_the_end(self) -> bool:
        """All that is said of the end would be said of any: `it went well`, `they were happy`."""
        told = [token.lower for clause in self.results for token in clause.tokens if is_content(token)]
        return bool(self.results) and not _PALE.isdisjoint(told) and len(specific_words(self.results) - _PALE) < 3

    @cached_property
    def may_end(self) -> Clause | None:
        """How the last sentence begins, when it is about others and comes after a deed: an end perhaps that no rule
        sees."""
        done = (*self.story.own_actions, *self.story.shared_actions)
        first = next((n for n, c in enumerate(self.clauses) if c.sentence == self.clauses[-1].sentence), 0)
        last = self.clauses[first] if self.clauses else None
        if last is None or not done or min(done) >= first or any(map(is_modal, last.tokens)):
            return None
        about_others = _SELVES.isdisjoint(token.lower for token in last.tokens[:3])
        return last if about_others and sum(map(is_content, last.tokens)) > 1 else None

    @cached_property
    def deed(self) -> Clause | None:
        """The own deed to point at: told in the past, with `I` in it, and with the most to picture; never a description
        of what one does all the time, as long as a deed is told."""
        verbs = dict(self.story.verbs)

        scene = self.star.situation.start if self.star.situation else -1

        def rank(number: int) -> tuple[bool, bool, bool, int, int]:
            clause = self.clauses[number]
            told = [token.lower for token in clause.tokens]
            return (
                number in verbs and is_past(told[verbs[number]]),
                clause.start != scene and _NOTHING_DONE.isdisjoint(told),
                "i" in told and told[0] not in {"because", "since"},
                min(6, len(specific_words((clause,)))),
                -number,
            )

        number = max(
            (n for n in self.story.own_actions if self.clauses[n] is not self.measured), key=rank, default=None
        )
        return None if number is None else self.clauses[number]

    @cached_property
    def planned(self) -> tuple[Clause, ...]:
        """Steps that one would take; a habit or something dated was done, whatever its tense."""
        would = {
            self.clauses[n].sentence for n in self.story.imagined_actions if any(map(is_modal, self.clauses[n].tokens))
        }

        def is_step(clause: Clause) -> bool:
            if any(map(is_modal, clause.tokens)) or clause.sentence in would:
                return True
            return self.marking.mode is Mode.PLAN and not is_habit(clause) and not any(map(is_year, clause.tokens))

        return tuple(filter(is_step, self.at(self.story.imagined_actions)))

    @property
    def main(self) -> Clause:
        """What was done, by the person, by all, or in mind; else how the answer begins."""
        acted = self.at(self.story.shared_actions) or self.at(self.story.imagined_actions)
        return self.deed or (acted or self.marking.told)[0]

    @cached_property
    def example(self) -> bool:
        """A case, something that happened in a named year, or a habit of one's own."""
        if self.story.is_event or self.marking.example is not None:
            return True
        clauses = [clause for clause in self.clauses if not any(map(is_modal, clause.tokens))]
        lowered = [(clause, {token.lower for token in clause.tokens}) for clause in clauses]
        past = {clause.sentence for clause, told in lowered if any(map(is_past, told)) or told & {"was", "were", "had"}}
        if any(clause.sentence in past and any(map(is_year, clause.tokens)) for clause in clauses):
            return True
        return any(told & {"i", "we"} and is_habit(clause) and told & VERB_FORMS.keys() for clause, told in lowered)

    @cached_property
    def case(self) -> bool:
        """An example that happened, and not only one that is imagined: `for instance, carrying the bowl`."""
        if self.story.is_event:
            return True
        return self.example and any(
            any(map(is_past, told)) or told & {"was", "were", "had"} or any(map(is_year, clause.tokens))
            for clause in self.clauses
            if not any(map(is_modal, clause.tokens))
            for told in ({token.lower for token in clause.tokens},)
        )

    @cached_property
    def reason(self) -> Clause | None:
        """The first clause that says why; `since then` says when."""
        return next((clause for clause in self.clauses if _says_why(clause)), None)

    @cached_property
    def owns_up(self) -> bool:
        """Says little more than that it was never done."""
        few = self.marking.study.reading.words <= _LITTLE and len(self.story.own_actions) < 2
        return few and self.asks_story and self._says(_DENIALS)

    @property
    def reflects(self) -> bool:
        """Says already what one would do, or does, differently by now."""
        return bool(self.reflections)

    @property
    def reflections(self) -> tuple[Clause, ...]:
        """The clauses that say it."""
        return tuple(clause for clause in self.clauses if has_cue(clause, _REFLECTIONS))

    @cached_property
    def closing(self) -> Clause | None:
        """Where the last sentence speaks of the job, the people there or a next step; None when it does not. A plan is
        all next steps, so there the job itself must be named."""
        last = [clause for clause in self.clauses if clause.sentence == self.clauses[-1].sentence]
        ahead = frozenset() if self.marking.mode is Mode.PLAN else _NEXT
        return next(
            (c for c in last if has_cue(c, _JOB) or any(token.lower in ahead for token in c.tokens)),
            None,
        )

    @property
    def checks(self) -> bool:
        """Says how one sees whether it works."""
        return self._says(_CHECKS)

    @property
    def provides(self) -> bool:
        """Says what one does if it does not work."""
        return self._says(_OTHERWISE)

    @property
    def in_order(self) -> bool:
        """Steps are put in an order by words."""
        return len({t.lower for clause in self.clauses for t in clause.tokens} & _ORDER) > 1 or len(self.planned) > 1

    @property
    def answers_back(self) -> bool:
        """Somebody else says or does something at the end."""
        ends = ([token.lower for token in clause.tokens] for clause in (*self.results, *self.clauses[-1:]))
        return any(not _OTHERS.isdisjoint(told) or _SELVES.isdisjoint(told[:4]) for told in ends)

    @property
    def is_set(self) -> bool:
        """Where or when it was is said, if only in passing: `for Easter I hung birds in our window`."""
        if self.star.situation is not None:
            return True
        first = min((*self.story.own_actions, *self.story.shared_actions), default=0)
        return any(
            one in _PLACING and (other in _SETTING or is_year(token) or token.text[0].isupper())
            for clause in self.clauses[: first + 1]
            for one, other, token in zip(
                (t.lower for t in clause.tokens),
                (t.lower for t in clause.tokens[1:]),
                clause.tokens[1:],
                strict=False,
            )
        )

    @property
    def begins_in_trouble(self) -> bool:
        """The scene names what is wrong, so that what had to be achieved is plain."""
        if self.star.situation is None:
            return False
        first = min((*self.story.own_actions, *self.story.shared_actions), default=len(self.clauses))
        told = {t.lower for clause in self.clauses[: first + 1] for t in clause.tokens}
        return not _TROUBLE.isdisjoint(told) or any(word.endswith("n't") for word in told)

    @property
    def has_figure(self) -> bool:
        """Something is counted or dated anywhere."""
        return any(has_figure(clause) or any(map(is_year, clause.tokens)) for clause in self.clauses)

    @property
    def is_told(self) -> bool:
        """It answers as the question asks."""
        return self.marking.kind is Kind.TOLD

    def _says(self, table: frozenset[str]) -> bool:
        return any(has_cue(clause, table) for clause in self.clauses)


def _says_why(clause: Clause) -> bool:
    """`It has been a while since I did it` says how long."""
    told = [token.lower for token in clause.tokens]
    return has_cue(clause, _WHY) and not ("since" in told and not _SPELLS.isdisjoint(told[: told.index("since")]))


def _is_amount(tokens: tuple[Token, ...]) -> bool:
    """`Complaints fell`, `most of them came back`, `it takes us much longer`: more or less of something."""
    told = [token.lower for token in tokens]
    if told[0] in _ONE_PERSON:
        return False
    things = [n for n, token in enumerate(tokens) if _is_plural(token) or token.lower in _MASS]
    if not _COMPARING.isdisjoint(told):
        return True
    if not _CHANGES.isdisjoint(told) and things:
        return True
    return any(word in _SOME and set(range(place + 1, place + 4)) & set(things) for place, word in enumerate(told))


def _is_plural(token: Token) -> bool:
    word = token.lower
    return is_content(token) and len(word) > _DATED and word.endswith("s") and not word.endswith(("ss", "us", "is"))
