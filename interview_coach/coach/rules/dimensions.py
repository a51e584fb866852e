"""Five dimensions per answer, 0-100, each from what can be pointed at in the words. None = not measurable.

communication: the clarity marks. technical_depth: named tools, specific words and figures, where the question is about
such knowledge. problem_solving: scene, own action, a reason given, an outcome. confidence: how the wording owns what
was done - `I` with a verb of doing against `we`, softened statements - and nothing about how anybody feels. relevance:
words shared with the requirement and the question.
"""

from interview_coach.coach.rules.marking import Kind, Marking
from interview_coach.domain.outcomes import has_figure
from interview_coach.domain.text import has_cue
from interview_coach.domain.vocabulary import phrases

NAMES = ("communication", "technical_depth", "problem_solving", "confidence", "relevance")
_TECHNICAL = frozenset({"expertise", "tools", "analysis", "quality", "safety", "problem_solving"})
_WHY = phrases(
    "because | so that | so i | in order to | since | therefore | to avoid | that is why | instead of | decided to"
)


def dimensions(marking: Marking, competency: str) -> dict[str, int | None]:
    """All five, in the order of `NAMES`."""
    kind = marking.kind
    if kind in {Kind.NOTHING, Kind.UNREADABLE, Kind.DECLINED}:
        empty: dict[str, int | None] = dict.fromkeys(NAMES)
        if marking.study.gate.refused is not None and marking.study.reading.words > 0:
            empty["relevance"] = 0
        return empty
    return {
        "communication": round(100 * marking.clarity / 30),
        "technical_depth": _technical_depth(marking) if competency in _TECHNICAL else None,
        "problem_solving": _problem_solving(marking) if kind in {Kind.TOLD, Kind.GENERAL} else None,
        "confidence": _confidence(marking),
        "relevance": 0 if kind is Kind.ELSEWHERE else round(100 * marking.link.degree),
    }


def _technical_depth(marking: Marking) -> int:
    if marking.kind is not Kind.TOLD:
        return min(20, 4 * len(marking.link.shared))
    figures = min(2, sum(has_figure(clause) for clause in marking.told))
    return min(100, 4 * min(12, marking.detail) + 16 * figures + 20 * min(1, len(marking.link.shared)))


def _problem_solving(marking: Marking) -> int:
    if marking.kind is Kind.GENERAL:
        return 10
    star, story = marking.study.reading.star, marking.study.story
    scene = star.situation is not None or star.task is not None
    acts = 30 if story.own_actions else 20 if story.shared_actions or story.imagined_actions else 0
    reasoned = any(has_cue(clause, _WHY) for clause in marking.study.clauses)
    measured = any(has_figure(marking.study.clauses[number]) for number in story.results)
    return 20 * scene + acts + 15 * reasoned + 20 * (star.result is not None) + 15 * measured


def _confidence(marking: Marking) -> int | None:
    """None under eight words or without a statement about doing."""
    story = marking.study.story
    own, shared = len(story.own_actions), len(story.shared_actions)
    if marking.study.reading.words < 8 or not (own or shared or story.imagined_actions):
        return None
    owned = 100 * min(1.0, (own + 0.4 * shared + 0.7 * len(story.imagined_actions)) / max(1, min(3, own + shared)))
    return max(0, round(min(100.0, 40 + 0.6 * owned)) - 8 * min(4, len(marking.hedges)))
