"""The offline assessor: marks and remarks by stated rules, the same for the same words, with no model."""

from collections.abc import Sequence
from itertools import pairwise

from interview_coach.coach.base import AnsweredQuestion, Background
from interview_coach.coach.rules.dimensions import dimensions
from interview_coach.coach.rules.marking import mark
from interview_coach.coach.rules.remarks import strengths, summary
from interview_coach.coach.rules.scaffold import scaffold
from interview_coach.coach.rules.steps import improvements
from interview_coach.domain.competencies import COMPETENCIES
from interview_coach.domain.evidence import CvItemKind
from interview_coach.domain.provenance import Provenance
from interview_coach.domain.rubric import Rubric
from interview_coach.domain.scorecard import AnswerScore, Scorecard, Summary
from interview_coach.domain.text import is_content, is_figure, stem, tokenise

VERSION = "assessor-rules-9"
PROVENANCE = Provenance(coach="rules", version=VERSION)


_TOLD = 12
"""Words of an answer that is more than a phrase."""
_SAME = 0.75
"""Share of its pairs of words from which on an answer was told before."""


class RulesAssessor:
    """Implements `Assessor`. Reads the answer for content, and the question only to know what was asked."""

    async def assess(self, answers: Sequence[AnsweredQuestion], rubric: Rubric, background: Background) -> Scorecard:
        """Score every answer; what was not answered scores 0."""
        trade = trade_of(background)
        again = told_again([asked.answer or "" for asked in answers])
        return Scorecard(
            rubric.version,
            tuple(
                score_answer(asked, rubric, again=number in again, trade=trade) for number, asked in enumerate(answers)
            ),
        )

    async def summarise(
        self, answers: Sequence[AnsweredQuestion], scorecard: Scorecard, background: Background
    ) -> Summary | None:
        """The report's own sentences say it."""
        del answers, scorecard, background
        return None


def trade_of(background: Background) -> str:
    """What is known of the job beside the questions: its title, and what the person was by their CV."""
    return " ".join((background.job_title, *(i.label for i in background.cv_items if i.kind is CvItemKind.ROLE)))


def told_again(answers: Sequence[str]) -> frozenset[int]:
    """Which answers say what an earlier one said: most of the pairs of words that follow each other stood in it.

    Pairs are of words that mean something, without figures, so that a number or a word exchanged changes little, and
    another story about the same subject shares few.
    """
    said: set[tuple[str, str]] = set()
    found: set[int] = set()
    for number, answer in enumerate(answers):
        tokens = tokenise(answer)
        words = [stem(token.lower) for token in tokens if is_content(token) and not is_figure(token)]
        pairs = set(pairwise(words))
        if len(tokens) >= _TOLD and len(pairs & said) >= _SAME * len(pairs):
            found.add(number)
        said |= pairs
    return frozenset(found)


def score_answer(asked: AnsweredQuestion, rubric: Rubric, *, again: bool = False, trade: str = "") -> AnswerScore:
    """Marks, remarks and scaffold of one answer. `ValueError` when the rubric has other maxima than 40/30/30.

    `again`: the same was said to an earlier question. `trade`: what is known of the job.
    """
    maxima = {criterion.key: criterion.maximum for criterion in rubric.criteria}
    if maxima != {"accuracy": 40, "completeness": 30, "clarity": 30}:
        raise ValueError("the rules mark accuracy 0-40, completeness 0-30 and clarity 0-30")
    marking = mark(asked, again=again, trade=trade)
    return AnswerScore(
        number=asked.number,
        category=COMPETENCIES.get(asked.competency, asked.competency),
        accuracy=marking.accuracy,
        completeness=marking.completeness,
        clarity=marking.clarity,
        star=marking.study.reading.star,
        feedback=summary(asked, marking),
        remarks=strengths(asked, marking),
        improvements=improvements(asked, marking),
        reference_answer=scaffold(asked, marking),
        dimensions=dimensions(marking, asked.competency),
        provenance=PROVENANCE,
    )
