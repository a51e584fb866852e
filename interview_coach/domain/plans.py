"""Which clauses say what one would do, whatever was asked: questions about them must not take them for done."""

import re
from collections.abc import Sequence

from interview_coach.domain.actions import find_actions, is_present, lowered
from interview_coach.domain.star import Story
from interview_coach.domain.text import Clause
from interview_coach.domain.vocabulary import words

_WOULD = words("would i'd we'd will i'll we'll might should")
"""Without `could` and `can`, which more often tell what was possible."""
_SAYING = words("say call describe think like love want be have hope guess argue add mention prefer expect need")
"""`I would say that I am calm` is no plan."""
_PICTURING = re.compile(r"\b(?:i|we) (?:can|could) (?:well )?(?:imagine|picture|see myself)\b")


def planned(clause_list: Sequence[Clause], story: Story) -> tuple[int, ...]:
    """Indexes of the clauses with a step that is only imagined."""
    if story.imagined_actions:
        return story.imagined_actions
    acts = find_actions(clause_list, set(), eventful=False, imagine=True)
    found = {n for n, (kind, place) in acts.items() if kind == "imagined" and _is_would(clause_list[n], place)}
    found |= {n for n, clause in enumerate(clause_list) if _PICTURING.search(" ".join(lowered(clause)))}
    return tuple(sorted(found))


def is_plan(clause_list: Sequence[Clause], story: Story) -> bool:
    """At least as much of it is imagined as was done."""
    return len(planned(clause_list, story)) >= max(1, len(story.own_actions) + len(story.shared_actions))


def _is_would(clause: Clause, place: int) -> bool:
    before = lowered(clause)[:place]
    verb = clause.tokens[place]
    return not _WOULD.isdisjoint(before) and is_present(verb) and verb.lower not in _SAYING
