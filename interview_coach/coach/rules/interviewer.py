"""The offline interviewer: plans by rules, words from the bank, streams like any other."""

import re
from collections.abc import AsyncIterator

from interview_coach.coach.base import Asked, Situation, Spoken, Words
from interview_coach.coach.rules import RULES_VERSION
from interview_coach.coach.rules.planning import make_plan
from interview_coach.coach.rules.wording import word
from interview_coach.domain.dossier import Dossier
from interview_coach.domain.plan import Plan
from interview_coach.domain.provenance import Provenance

_PIECE = re.compile(r"\S+\s*|\s+")


class RulesInterviewer:
    """An `Interviewer` without a model: the same dossier, seed and answers give the same words."""

    async def plan(self, dossier: Dossier) -> Plan:
        """Decide what to cover."""
        return make_plan(dossier)

    async def ask(self, situation: Situation) -> AsyncIterator[Spoken]:
        """Word the next question, word by word, then as a whole with what it rests on."""
        worded = word(situation)
        for piece in _PIECE.findall(worded.text):
            yield Words(piece)
        topic = situation.plan.topics[situation.move.topic]
        evidence = (*topic.evidence, worded.quote) if worded.quote else topic.evidence
        yield Asked(worded.text, evidence, Provenance("rules", RULES_VERSION))
