"""The offline assessor: marks and remarks by stated rules, the same for the same words, with no model."""

from collections.abc import Sequence

from interview_coach.coach.base import AnsweredQuestion, Background
from interview_coach.coach.rules.dimensions import dimensions
from interview_coach.coach.rules.marking import mark
from interview_coach.coach.rules.remarks import improvements, strengths, summary
from interview_coach.coach.rules.scaffold import scaffold
from interview_coach.domain.competencies import COMPETENCIES
from interview_coach.domain.provenance import Provenance
from interview_coach.domain.rubric import Rubric
from interview_coach.domain.scorecard import AnswerScore, Scorecard, Summary

VERSION = "assessor-rules-2"
PROVENANCE = Provenance(coach="rules", version=VERSION)


class RulesAssessor:
    """Implements `Assessor`. Reads the answer for content, and the question only to know what was asked."""

    async def assess(self, answers: Sequence[AnsweredQuestion], rubric: Rubric, background: Background) -> Scorecard:
        """Score every answer; what was not answered scores 0."""
        del background
        return Scorecard(rubric.version, tuple(score_answer(asked, rubric) for asked in answers))

    async def summarise(
        self, answers: Sequence[AnsweredQuestion], scorecard: Scorecard, background: Background
    ) -> Summary | None:
        """The report's own sentences say it."""
        del answers, scorecard, background
        return None


def score_answer(asked: AnsweredQuestion, rubric: Rubric) -> AnswerScore:
    """Marks, remarks and scaffold of one answer. `ValueError` when the rubric has other maxima than 40/30/30."""
    maxima = {criterion.key: criterion.maximum for criterion in rubric.criteria}
    if maxima != {"accuracy": 40, "completeness": 30, "clarity": 30}:
        raise ValueError("the rules mark accuracy 0-40, completeness 0-30 and clarity 0-30")
    marking = mark(asked)
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
